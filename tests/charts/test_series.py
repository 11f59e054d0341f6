"""A series as it is drawn: what lies between its figures, and how exactly they are known."""

import pytest
from drawn import broken, edition

from wavebook.charts.layout import Row
from wavebook.charts.series import as_known, links, rows_as_known

YEARS = ("2008", "2010", "2013", "2014")


def bonds(found, key="a"):
    return [(link.bond, link.waves) for link in links(found.series(key), found)]


def with_plan(found, **waves):
    """The same figures, where indicators declare in which waves they were asked."""
    d = found.definitions
    declared = {name: d.indicators[name].model_copy(update={"waves": asked}) for name, asked in waves.items()}
    found.definitions = d.model_copy(update={"indicators": d.indicators | declared})
    return found


def test_a_wave_without_a_figure_is_unknown():
    rows = [("2008", "a", 20), ("2014", "a", 30), *((year, "b", 10) for year in YEARS)]
    found = edition(rows, a=("percent", ()), b=("percent", ()))
    assert bonds(found) == [("unknown", ("2010", "2013"))]
    assert bonds(found, "b") == [("known", ())] * 3


def test_a_suppressed_figure_is_unknown():
    rows = [("2008", "a", 20), ("2010", "a", None, {"status": "suppressed"}), ("2013", "a", 30), ("2014", "a", 31)]
    assert bonds(edition(rows, a=("percent", ()))) == [("unknown", ("2010",)), ("known", ())]


def test_a_wave_in_which_it_was_not_asked_is_no_gap():
    rows = [("2008", "a", 20), ("2014", "a", 30), *((year, "b", 10) for year in YEARS)]
    found = with_plan(edition(rows, a=("percent", ()), b=("percent", ())), a=("2008", "2013", "2014"))
    assert bonds(found) == [("unknown", ("2013",))]
    assert bonds(with_plan(found, a=("2008", "2014"))) == [("known", ())]


@pytest.mark.parametrize("kind", ["noted", "full"])
def test_nothing_is_known_across_a_break(kind):
    rows = [(year, "a", 20) for year in YEARS]
    assert bonds(edition(rows, breaks=[broken(kind)], a=("percent", ()))) == [
        ("known", ()),
        ("broken", ()),
        ("known", ()),
    ]


def test_a_rounded_figure_beside_an_estimate_shows_no_fall_that_is_none():
    rows = [("2008", "a", 7.0), ("2014", "a", 6.97, {"ci_low": 6.912, "ci_high": 7.028})]
    found = as_known(edition(rows, a=("grade", ())).series("a"))
    assert [figure.value for figure in found] == [7.0, 7.0]
    assert (found[1].ci_low, found[1].ci_high) == (6.912, 7.028)


def test_an_interval_holds_the_value_that_is_drawn():
    rows = [("2008", "a", 7.0), ("2014", "a", 6.96, {"ci_low": 6.95, "ci_high": 6.97})]
    assert as_known(edition(rows, a=("grade", ())).series("a"))[1].interval == (6.95, 7.0)


def test_estimates_beside_each_other_are_drawn_as_exactly_as_they_are_known():
    found = edition([("2008", "a", 7.04), ("2014", "a", 6.97)], a=("grade", ())).series("a")
    assert as_known(found) == found


def test_rows_keep_their_labels_and_figures():
    found = edition([("2008", "a", 7.0), ("2014", "a", 6.97), ("2014", "b", 6.44)], a=("grade", ()), b=("grade", ()))
    rows = [Row("A", tuple(found.series("a"))), Row("B", tuple(found.series("b")))]
    drawn = rows_as_known(rows)
    assert [(row.label, [figure.value for figure in row.figures]) for row in drawn] == [("A", [7.0, 7.0]), ("B", [6.4])]
    assert [f.key for row in drawn for f in row.figures] == [f.key for row in rows for f in row.figures]
