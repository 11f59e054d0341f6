import pytest
from crossed import cross, nested

CROSSED = '[[crossings]]\nof = ["theme", "age"]'


def test_a_crossing_has_the_combinations_in_declared_order_named_in_each_language(small):
    d = cross(small).load().definitions
    assert [*d.breakdowns] == ["theme", "age", "theme*age"] or [*d.breakdowns] == ["age", "theme", "theme*age"]
    assert [*d.breakdowns["theme*age"].values] == ["work*18_34", "work*35_up", "school*18_34", "school*35_up"]
    assert d.segment("theme*age", "work*35_up").nl == "werk, 35 en ouder"
    assert d.segment("theme*age", "work*35_up").en == "work, 35 and over"
    assert d.breakdowns["theme*age"].en == "theme × age"
    assert d.crossing(["age", "theme"]) == d.crossing(["theme", "age"]) == "theme*age"
    assert (d.crossing(["age"]), d.crossing(["age", "town"])) == ("age", "")


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ('of = ["theme"]', "is not of two breakdowns"),
        ('of = ["theme", "theme"]', "is not of two breakdowns"),
        ('of = ["theme", "age", "town"]', "is not of two breakdowns"),
        ('of = ["theme", "ages"]', "breakdown ages is not declared"),
        ('of = ["theme", "age"]\n[[crossings]]\nof = ["age", "theme"]', "crosses age and theme again"),
    ],
)
def test_a_crossing_of_anything_else_is_refused(small, declared, found):
    cross(small).edit("indicators.toml", CROSSED, f"[[crossings]]\n{declared}")
    problems = small.problems()
    assert any("crossings" in problem and found in problem for problem in problems), problems


def test_a_crossing_that_no_figure_uses_is_told(small):
    cross(small)
    path = small.path("figures/2014.csv")
    path.write_text("".join(line for line in path.open() if "theme*age" not in line))
    assert small.problems() == ["W205 data/indicators.toml, crossings, number 1: no figure uses this crossing"]


def test_segments_know_in_which_they_lie(small):
    town = nested(small).load().definitions.segments["town"]
    assert (town.within, town.parents) == ("theme", {"a": "work", "b": "school"})


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('b = "school"\n', "", "b is missing"),
        ('b = "school"', 'b = "home"', "theme home is not declared"),
        ('b = "school"', 'b = "school"\nc = "work"', "segment c is not declared"),
        ('within = "theme"', 'within = "province"', "breakdown province is not declared"),
        ('within = "theme"', 'within = "town"', "leads back to itself"),
        ('within = "theme"\n', "", "are of no breakdown"),
    ],
)
def test_a_nest_with_a_hole_is_told(small, old, new, found):
    nested(small).edit("indicators.toml", old, new)
    assert any(found in problem for problem in small.problems())


def test_a_breakdown_is_not_crossed_with_the_one_it_lies_within(small):
    nested(small).edit("indicators.toml", "[segments.town]", '[[crossings]]\nof = ["town", "theme"]\n\n[segments.town]')
    assert any("town lies within theme" in problem for problem in small.problems())


def test_two_segments_of_one_name_are_told_apart_by_where_they_lie(small):
    nested(small).edit("indicators.toml", 'b = {nl = "B", en = "B"}', 'b = {nl = "A", en = "B"}')
    figures = {language: small.load(language=language) for language in ("nl", "en")}
    names = {k: [f.label(f[f"grade@town={town}"].key) for town in "ab"] for k, f in figures.items()}
    assert names == {"nl": ["A (werk)", "A (school)"], "en": ["A", "B"]}


def test_a_breakdown_is_not_named_as_what_keys_call_a_population(small):
    small.edit("indicators.toml", "[segments.theme]", '[segments.population]\nnl = "x"\nen = "x"\n\n[segments.theme]')
    assert small.problems() == [
        "W203 data/indicators.toml, segments.population: is what keys call a population, not a breakdown"
    ]


def test_segments_of_one_name_are_told_apart_by_the_segment_that_they_lie_in(small):
    nested(small).edit("indicators.toml", 'b = {nl = "B", en = "B"}', 'b = {nl = "A", en = "B"}')
    dutch, english = (small.load(language=language) for language in ("nl", "en"))
    town = dutch.definitions.segments["town"]
    assert town.shared == {"nl": {"A"}, "en": frozenset()}
    assert [dutch.name_of("town", key) for key in "ab"] == ["A (werk)", "A (school)"]
    assert [english.name_of("town", key) for key in "ab"] == ["A", "B"]
