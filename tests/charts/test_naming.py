"""Names by which an editor picks figures of a chart."""

import pytest
from drawn import edition

from wavebook.charts.naming import fits, group_of, names_in
from wavebook.figures import Figures

ROWS = [("2008", "phone.c0", 50), ("2014", "phone.c0", 60), ("2014", "phone.c1", 40), ("2014", "grade", 6.5)]


@pytest.fixture(scope="module")
def figures():
    return edition(ROWS, phone=("percent", ("ja", "nee")), grade=("grade", ()))


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("phone", ["phone.c0@2008", "phone.c0@2014", "phone.c1@2014"]),
        ("phone.c1", ["phone.c1@2014"]),
        ("c0", ["phone.c0@2008", "phone.c0@2014"]),
        ("2008", ["phone.c0@2008"]),
        ("baseline", ["phone.c0@2008"]),
        ("previous", ["phone.c0@2008"]),
        ("wave", ["phone.c0@2014", "phone.c1@2014", "grade@2014"]),
        ("phone.c0@2008", ["phone.c0@2008"]),
        ("phone.c0@baseline", ["phone.c0@2008"]),
        ("grade@wave", ["grade@2014"]),
        ("phone.c0@everyone", ["phone.c0@2008", "phone.c0@2014"]),
        ("everyone", ["phone.c0@2008", "phone.c0@2014", "phone.c1@2014", "grade@2014"]),
        ("c2", []),
        ("phone@", []),
        ("not a key@2008", []),
        ("", []),
    ],
)
def test_a_name_fits_the_figures_whose_keys_have_it(figures, name, fitting):
    assert [str(figure.key) for figure in figures if fits(name, figure.key, figures)] == fitting


def test_every_name_that_is_offered_fits(figures):
    chosen = figures.select("phone", waves="all")
    offered = names_in(chosen)
    assert {"phone", "phone.c1", "c1", "2008", "phone.c1@2014"} <= set(offered)
    assert all(any(fits(name, key, figures) for key in chosen.keys) for name in offered)


def test_a_group_is_named_beside_others_and_so_is_that_of_an_edition():
    rows = [("2014", "a", value, {"segment_by": "region", "segment": f"s{i}"}) for i, value in enumerate((6, 7))]
    found = edition([*rows, ("2014", "a", 6.5)], a=("grade", ()), segments={"region": ("noord", "zuid")})

    def named(selection):
        return [group_of(key, selection) for key in selection.keys]

    assert named(found.select("a@region=*", "a")) == ["noord", "zuid", "iedereen"]
    assert named(found.select("a")) == [""]
    asked = {"wave": "2014", "baseline": "2014", "population": "", "language": "nl"}
    own = Figures(found.definitions, list(found), segment="region=s1", **asked)
    assert named(own.select("a", "a@everyone")) == ["zuid", "iedereen"]
