"""Tables entered by hand: what they hide must not follow from what they show."""

import dataclasses

import lending
import pytest
from crossed import cross

from wavebook.core.problems import ProblemsError
from wavebook.figures import everything
from wavebook.publish import archive, build
from wavebook.publish.editions import plan
from wavebook.survey.disclosure import subtraction

RULES = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "test"\n'


@pytest.fixture
def found(small):
    """What is wrong with these figures in a table of 2013, entered by hand in a book with disclosure rules."""

    def problems(*rows, rules=RULES):
        small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + rules)
        names = ("n", "population", "segment", "indicator", "category", "value")
        for row in rows:
            cells = dict(zip(names, ("", "total", "", "grade", "", "6.5"), strict=True)) | row
            cells |= {"unit": "grade" if cells["indicator"] == "grade" else "percent"}
            cells |= {} if row.get("n") else {"status": "suppressed", "value": "", "n": ""}
            small.add("2013", segment_by="theme" if cells["segment"] else "", **cells)
        return [p.found for p in subtraction.problems(*everything(small.root))]

    # the small book has a grade of 2013 without a base, which nobody can subtract from
    text = small.path("figures/2013.csv").read_text(encoding="utf-8").splitlines()
    small.write("figures/2013.csv", "\n".join(line for line in text if ",grade," not in line) + "\n")
    return problems


def everyone(n, **more):
    return {"n": n, **more}


def theme(segment, n, **more):
    return {"segment": segment, "n": n, **more}


def test_a_row_that_is_too_small_follows_from_its_complement_and_the_total(found):
    (told,) = found(everyone(100), theme("work", 90), theme("school", 10))
    assert told == "grade of school follows from grade@2013 by subtraction, and has too few respondents"


def test_so_does_one_that_was_suppressed_by_hand(found):
    assert len(found(everyone(100), theme("work", 90), theme("school", ""))) == 1


def test_so_does_one_that_was_left_out(found):
    (told,) = found(everyone(100), theme("work", 90))
    assert told.startswith("grade of those outside work follows")


def test_and_two_that_are_too_small_together(found):
    assert len(found(everyone(100), theme("work", 12), theme("school", 10), {"n": 78, "population": "citizens"})) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [everyone(100), theme("work", 70), theme("school", 30)],
        [everyone(100), theme("work", 70), theme("school", "")],
        [everyone(100), theme("work", ""), theme("school", "")],
        [everyone(100), theme("work", 100)],
        [theme("work", 90), theme("school", 10)],
        [everyone(""), theme("work", 90), theme("school", 10)],
    ],
    ids=["all shown", "the hidden one is large", "two hidden", "nobody else", "no total", "the total hidden"],
)
def test_nothing_is_said_of_what_cannot_be_computed_or_may_be_known(found, rows):
    assert found(*rows) == []


def test_a_population_follows_from_the_total_as_a_segment_does(found):
    (told,) = found(everyone(100), {"n": 85, "population": "citizens"})
    assert "those outside citizens" in told


def test_a_group_is_named_once_whatever_the_number_of_its_figures(found):
    shares = [
        {"indicator": "share", "category": category, "value": 50, "segment": segment, "n": n}
        for category in ("no", "maybe")
        for segment, n in (("", 100), ("work", 90))
    ]
    (told,) = found(everyone(100), theme("work", 90), *shares)
    assert "(and of 2 more)" in told


def test_a_category_follows_from_those_that_make_up_100_with_it(found):
    def answer(segment, **shares):
        rows = [{"indicator": "share", "category": c, "segment": segment} for c in shares]
        return [r | ({"n": 60, "value": v} if v else {}) for r, v in zip(rows, shares.values(), strict=True)]

    (told,) = found(*answer("work", yes=50, no=30, maybe=20), *answer("school", yes=60, no=40, maybe=None))
    assert told.startswith("share.maybe@theme=school,2013 is suppressed and follows")


def test_without_rules_nothing_is_judged(found):
    assert found(everyone(100), theme("work", 90), theme("school", 10), rules="") == []


@pytest.fixture
def leaking(tmp_path):
    """A book in whose table somebody entered sizes that give a small group away."""
    root = lending.copy(tmp_path / "book")
    table, waves = root / "data/figures/2014.csv", root / "data/waves.toml"
    text = table.read_text(encoding="utf-8")
    for name, n in ((",,,,6.9", 100), (",theme,novels,,7.0", 90)):
        assert f"mark_library,total{name},grade,," in text
        text = text.replace(f"mark_library,total{name},grade,,", f"mark_library,total{name},grade,{n},")
    table.write_text(text, encoding="utf-8")
    waves.write_text(waves.read_text(encoding="utf-8") + RULES, encoding="utf-8")
    return root


@pytest.mark.parametrize("how", ["strict", "draft", "many editions", "published"])
def test_nothing_is_made_of_a_table_that_gives_a_small_group_away(leaking, how):
    web = leaking.parent / "web"
    make = {
        "strict": lambda: build.build(leaking),
        "draft": lambda: build.build(leaking, draft=True),
        "many editions": lambda: plan.build_all(leaking, [("here", {"population": "total"})]),
        "published": lambda: archive.publish(leaking, web),
    }
    with pytest.raises(ProblemsError) as error:
        make[how]()
    assert {p.code for p in error.value.problems} == {"W190"}
    assert not (leaking / "_build/html").exists()
    assert not web.exists()


# crossings and nests


@pytest.fixture
def crossed(small):
    """What is wrong with a crossed table of these sizes by breakdown and segment; 0 where the figure is hidden."""
    cross(small)
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + RULES)
    loaded = small.load()
    shown = loaded["grade"]

    def figure(by, segment, n):
        value = {"value": 6.5, "n": n} if n else {"value": None, "n": None, "status": "suppressed"}
        return dataclasses.replace(shown, key=shown.key._replace(segment_by=by, segment=segment), **value)

    def problems(cells, **others):
        sizes = {("", ""): 400, ("theme", "work"): 200, ("theme", "school"): 200}
        sizes |= {("age", "18_34"): 200, ("age", "35_up"): 200}
        sizes |= {place: others.get(place[1], n) for place, n in sizes.items() if place[1]}
        sizes |= {("theme*age", segment): n for segment, n in cells.items()}
        return [p.found for p in subtraction.problems(loaded.definitions, [figure(*k, n) for k, n in sizes.items()])]

    return problems


def test_a_combination_follows_from_a_segment_and_the_others_of_it(crossed):
    cells = {"work*18_34": 0, "work*35_up": 190, "school*18_34": 190, "school*35_up": 0}
    told = crossed(cells)
    assert any("work*18_34 follows from grade@theme=work,2014 by subtraction" in text for text in told)


def test_four_hidden_combinations_stay_hidden_among_each_other(crossed):
    cells = dict.fromkeys(("work*18_34", "work*35_up", "school*18_34", "school*35_up"), 0)
    assert crossed(cells) == []


def test_a_hidden_segment_of_which_all_combinations_but_one_are_shown_is_followed_through(crossed):
    cells = {"work*18_34": 0, "work*35_up": 120, "school*18_34": 195, "school*35_up": 80}
    told = crossed(cells, work=0, school=275, **{"18_34": 0})
    assert any("work*18_34" in text for text in told)
