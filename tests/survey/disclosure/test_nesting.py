import polars as pl

from wavebook.survey.disclosure.groups import Strays
from wavebook.survey.disclosure.nesting import overlaps


def frame(*groups):
    """Respondents of (event, theme, how many), who all answer 2, and 8 where they are outside the first theme."""
    rows = [(event, theme) for event, theme, n in groups for _ in range(n)]
    answers = [8.0 if theme == "home" else 2.0 for _, theme in rows]
    return pl.LazyFrame(rows, schema=["event", "theme"], orient="row").with_columns(
        grade=pl.Series(answers), weight=pl.lit(2.0)
    )


def test_a_segment_wholly_inside_another_is_a_pair_with_nobody_astray():
    within, astray = overlaps(
        frame(("job", "work", 40), ("move", "home", 60), ("rent", "home", 30)), None, ["event", "theme"], {}, 5
    )
    assert (("event", "job"), ("theme", "work")) in within
    assert (("theme", "work"), ("event", "job")) in within  # they are the same people
    assert (("event", "move"), ("theme", "home")) in within
    assert (("theme", "home"), ("event", "move")) not in within
    assert astray == {}


def test_a_few_outside_are_told_with_their_weight_and_figure():
    within, astray = overlaps(
        frame(("job", "work", 40), ("job", "home", 4), ("pay", "work", 9), ("move", "home", 60)),
        "weight",
        ["event", "theme"],
        {"grade": 100.0},
        5,
    )
    pair = ("event", "job"), ("theme", "work")
    assert pair in within
    assert astray[*pair, "", "grade"] == Strays(4, 8.0, 800.0)


def test_as_many_outside_as_the_smallest_group_are_no_few():
    within, _ = overlaps(
        frame(("job", "work", 40), ("job", "home", 5), ("pay", "work", 9), ("move", "home", 60)),
        None,
        ["event", "theme"],
        {},
        5,
    )
    assert (("event", "job"), ("theme", "work")) not in within


def test_most_of_a_segment_must_be_inside():
    within, _ = overlaps(
        frame(("job", "work", 4), ("job", "home", 4), ("move", "work", 60)), None, ["event", "theme"], {}, 5
    )
    assert (("event", "job"), ("theme", "work")) not in within


def test_of_two_that_nearly_agree_the_inner_one_has_fewer_outside():
    within, _ = overlaps(
        frame(("job", "work", 40), ("job", "home", 4), ("move", "home", 60)), None, ["event", "theme"], {}, 5
    )
    assert (("theme", "work"), ("event", "job")) in within
    assert (("event", "job"), ("theme", "work")) not in within
