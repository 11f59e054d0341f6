"""The options of charts: what they mean, and what is refused."""

import pytest
from drawn import edition

from wavebook.charts.options import Asked, Options, declared_rank, read, remarks
from wavebook.definitions import Fact, Text

ROWS = [
    ("2008", "way.c0", 50, {"ci_low": 41, "ci_high": 59}),
    ("2014", "way.c0", 20),
    ("2014", "way.c1", 70),
    ("2014", "way.c2", 40),
    ("2014", "grade", 6.5),
]
TARGET = {"date": "2010-01-01", "name": Text(nl="streefwaarde", en="target"), "source": "report", "locator": "p. 3"}
FACTS = {"target": Fact(value=80, **TARGET), "people": Fact(value=8000, **TARGET)}
ALL = tuple(Asked.__annotations__)


@pytest.fixture(scope="module")
def ways():
    return edition(ROWS, way=("percent", ("post", "telefoon", "balie")), grade=("grade", ()), facts=FACTS).select("way")


def options_of(selection, **asked):
    options, wrong = read(asked, ALL, "bars", selection)
    assert not wrong
    return options


def found_in(selection, takes=ALL, **asked):
    return [f"{code} {found} {action}" for code, found, action in read(asked, takes, "bars", selection)[1]]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({}, "c1 c2 c0"),
        ({"sort": "ascending"}, "c0 c2 c1"),
        ({"sort": "declared"}, "c0 c1 c2"),
        ({"sort": "selected"}, "c0 c1 c2"),
        ({"order": "c2"}, "c2 c1 c0"),
        ({"order": ["way.c0", "c2"], "sort": "ascending"}, "c0 c2 c1"),
    ],
)
def test_items_are_in_the_order_that_is_asked_for(ways, asked, order):
    items = options_of(ways, **asked).sorted(ways, lambda f: f.key, lambda f: f.number, default="descending")
    assert " ".join(figure.key.category for figure in items) == order


def test_the_order_of_the_declarations_is_that_of_indicator_category_and_wave():
    figures = edition(ROWS[::-1], way=("percent", ("a", "b", "c")), grade=("grade", ()))
    ranked = sorted(figures, key=lambda f: (declared_rank(figures, f.key), f.number))
    assert [str(f.key) for f in ranked] == ["way.c0@2008", "way.c0@2014", "way.c1@2014", "way.c2@2014", "grade@2014"]


def test_all_is_lit_until_something_is_highlighted(ways):
    assert all(options_of(ways).is_lit(key) for key in ways.keys)
    assert [options_of(ways, highlight="c1").is_lit(key) for key in ways.keys] == [False, True, False]


def test_labels_are_all_or_by_name(ways):
    assert all(options_of(ways, label="all").is_labelled(key) for key in ways.keys)
    assert [options_of(ways, label=["c0", "c2"]).is_labelled(key) for key in ways.keys] == [True, False, True]
    assert not any(options_of(ways, label="ends").is_labelled(key) for key in ways.keys)


def test_a_remark_is_told_in_the_language_of_the_chart_with_the_name_of_its_point(ways):
    options = options_of(ways, note={"c1": {"nl": "nieuw nummer", "en": "new number"}, "2014": "Eerste meting."})
    assert remarks(options, ways) == ["Telefoon, 2014: nieuw nummer.", "2014: Eerste meting."]
    assert options.notes_at(ways.keys[1]) == ["nieuw nummer", "Eerste meting."]
    assert options.notes_at(ways.keys[0]) == ["Eerste meting."]


def test_a_reference_has_a_name_a_value_and_a_source(ways):
    [before, target] = options_of(ways, reference=["way.c0@2008", "target"]).references
    assert (before.text, before.value, str(before.key)) == ("Post, 2008: 50%", 50, "way.c0@2008")
    assert (target.text, target.value, target.key) == ("Streefwaarde: 80%", 80, None)
    assert target.source.place == "p. 3"


def test_a_point_is_told_from_those_of_other_questions_with_the_same_answers():
    rows = [("2014", f"{name}.c0", value) for name, value in (("bus", 40), ("tram", 50), ("trein", 60))]
    figures = edition(rows, **dict.fromkeys(("bus", "tram", "trein"), ("percent", ("tevreden",))))
    chosen = figures.select("bus", "tram")
    options = options_of(chosen, note={"bus": "nieuw"}, reference="trein.c0")
    assert remarks(options, chosen) == ["Bus, tevreden, 2014: nieuw."]
    assert options.references[0].text == "Trein, tevreden: 60%"


WRONG = [
    ({"sort": "size"}, "W336 has sort='size' Write one of 'descending', 'ascending', 'declared', 'selected'."),
    ({"hightlight": "c1"}, "W336 has an option hightlight, which does not exist; the nearest is highlight"),
    ({"highlight": "c9"}, "W337 has highlight 'c9', which is in none of its figures Name"),
    ({"highlight": "wya"}, "W337 has highlight 'wya', which is in none of its figures; the nearest is way"),
    ({"order": ["c0", "x"]}, "W337 has order 'x', which is in none of its figures Name"),
    ({"order": 3}, "W336 has order=3 Write a name"),
    ({"label": "peek"}, "W337 has label 'peek'"),
    ({"note": "hello"}, "W336 has note='hello'"),
    ({"note": {"c0": {"en": "only English"}}}, "W336 has no text in nl for its note at 'c0'"),
    ({"note": {"c7": "x"}}, "W337 has note 'c7'"),
    ({"reference": 7}, "W338 has reference=7, which nothing vouches for"),
    ({"reference": [7.5]}, "W338 has reference=[7.5], which nothing vouches for"),
    ({"reference": "way.c9"}, "W338 has a reference that is not there: there is no"),
    ({"reference": "grade"}, "W338 has a reference in grade 1 to 10, grade"),
    ({"reference": "people"}, "W338 has the reference people, 8000, which is no value in percent"),
    ({"scale": (0, 60)}, "W339 has a scale from 0 to 60, and values from 20 to 70"),
    ({"scale": (100, 0)}, "W339 has a scale from 100 to 0"),
    ({"scale": (0, float("nan"))}, "W339 has scale=(0, nan)"),
    ({"scale": "wide"}, "W339 has scale='wide'"),
    ({"height": 20}, "W336 has height=20 Write px from 120 to 900."),
    ({"height": "300"}, "W336 has height='300'"),
]


@pytest.mark.parametrize(("asked", "found"), WRONG, ids=lambda value: str(value)[:30])
def test_an_option_that_says_nothing_is_named(ways, asked, found):
    told = found_in(ways, **asked)
    assert len(told) == 1
    assert " ".join(told[0].split()).startswith(found)


def test_an_option_that_the_form_does_not_take_is_named_with_those_it_takes(ways):
    [told] = found_in(ways, takes=("sort", "order"), height=200)
    assert told == "W336 has the option height, which means nothing in bars charts.bars takes sort, order."
    assert found_in(ways, takes=(), sort="ascending")[0].endswith("charts.bars takes no options.")


def test_all_that_is_wrong_is_told_at_once(ways):
    assert len(found_in(ways, sort="size", highlight="c9", height=1, scale=(0, 1))) == 4


def test_the_interval_of_a_value_must_fit_the_scale():
    selection = edition(ROWS[:1], wave="2008", way=("percent", ("post",))).select("way")
    assert options_of(selection, scale=(40, 60)).scale == (40, 60)
    assert found_in(selection, scale=(45, 60))


def test_what_is_compared_with_must_fit_the_scale(ways):
    assert options_of(ways, scale=(0, 90), reference="target").scale == (0, 90)
    assert found_in(ways, scale=(0, 75), reference="target")[0].startswith("W339 has a scale from 0 to 75, and values")


def test_nothing_is_asked(ways):
    assert options_of(ways) == Options(ways.figures)
