"""What a statement speaks of, and what of that is not known."""

import pytest
from by_hand import F, H, O, outcome, shares, verdict

from wavebook.claims import (
    above,
    always_falls,
    always_more,
    always_rises,
    bottoms,
    in_each,
    largest,
    linear,
    more,
    peaks,
    rises,
    smallest,
)

GAP = {"share": {"2008": 13, "2010": 14, "2014": 20}}
FIVE = {"waves": ("2008", "2009", "2010", "2013", "2014")}
OVER_TIME = [always_rises, lambda text, **known: peaks(text, "2014", **known)]


@pytest.mark.parametrize("make", OVER_TIME)
def test_a_statement_about_all_waves_is_open_while_one_is_unknown(make):
    found = verdict(make("share"), GAP, **FIVE)
    assert found.outcome == O
    assert found.absent == ("share@2009", "share@2013")
    assert "not known: share@2009, share@2013" in found.reason


@pytest.mark.parametrize("make", OVER_TIME)
def test_of_those_known_it_can_be_said(make):
    found = verdict(make("share", known=True), GAP, **FIVE)
    assert (found.outcome, found.absent) == (H, ("share@2009", "share@2013"))
    assert make("share", known=True).known


@pytest.mark.parametrize("make", OVER_TIME)
def test_a_wave_in_which_it_was_not_asked_is_not_missed(make):
    found = verdict(make("share"), GAP, **FIVE, asked={"share": ("2008", "2010", "2014")})
    assert (found.outcome, found.absent) == (H, ())


@pytest.mark.parametrize(
    ("predicate", "values"),
    [
        (always_rises("share"), {"2008": 14, "2010": 13, "2014": 20}),
        (always_falls("share"), {"2008": 14, "2010": 13, "2014": 20}),
        (peaks("share", "2010"), {"2008": 14, "2010": 13, "2014": 20}),
        (bottoms("share", "2008"), {"2008": 14, "2010": 13, "2014": 20}),
        (linear("share"), {"2008": 13, "2010": 20, "2014": 13}),
    ],
)
def test_what_is_known_can_refute_a_statement_about_all(predicate, values):
    assert outcome(predicate, {"share": values}, **FIVE) == F
    assert outcome(~predicate, {"share": values}, **FIVE) == H


@pytest.mark.parametrize("name", ["linear", "always_falls", "bottoms"])
def test_each_statement_about_all_waves_knows_them(name):
    series = {"share": {"2008": 20, "2010": 16, "2014": 8}}
    makes = {
        "linear": lambda **known: linear("share", within=2, **known),
        "always_falls": lambda **known: always_falls("share", **known),
        "bottoms": lambda **known: bottoms("share", "2014", **known),
    }
    assert outcome(makes[name](), series) == H
    assert outcome(makes[name](), series, **FIVE) == O
    assert outcome(makes[name](known=True), series, **FIVE) == H


def test_waves_after_the_edition_are_not_missed():
    assert outcome(always_rises("share"), {"share": {"2008": 13, "2010": 15}}, waves=("2014",), wave="2010") == H


def test_a_suppressed_figure_is_unknown():
    found = verdict(always_rises("share"), {"share": {"2008": 13, "2010": None, "2014": 15}})
    assert (found.outcome, found.absent) == (O, ("share@2010",))


def test_always_more_speaks_of_the_waves_in_which_both_were_asked():
    series = {"grade_a": {"2008": 7.0, "2010": 7.0, "2014": 7.1}, "grade_b": {"2010": 6.7, "2014": 6.9}}
    predicate = always_more("grade_a", "grade_b")
    assert outcome(predicate, series) == O
    assert outcome(always_more("grade_a", "grade_b", known=True), series) == H
    found = verdict(predicate, series, asked={"grade_b": ("2010", "2014")})
    assert (found.outcome, found.absent) == (H, ())
    assert found.waves == ("*", "2010", "2014")
    series["grade_a"]["2008"] = None  # of no concern: the other was not asked
    assert outcome(predicate, series, asked={"grade_b": ("2010", "2014")}) == H


@pytest.mark.parametrize(("make", "values"), [(largest, (25, 23, None)), (smallest, (23, 25, None))])
def test_a_statement_about_all_answers_is_open_while_one_is_unknown(make, values):
    found = verdict(make("share.a"), shares(*values))
    assert (found.outcome, found.absent) == (O, ("share.c@2014",))
    assert outcome(make("share.a", known=True), shares(*values)) == H
    assert outcome(make("share.a", among=["b"]), shares(*values)) == H
    assert outcome(make("share.b"), shares(*values)) == F


@pytest.mark.parametrize(("make", "values"), [(largest, (25, 23)), (smallest, (23, 25))])
def test_a_question_with_more_answers_than_are_declared_leaves_it_open(make, values):
    found = verdict(make("share.a"), shares(*values), incomplete=["share"])
    assert found.outcome == O
    assert "more answers than are declared" in found.reason
    assert outcome(make("share.a", known=True), shares(*values), incomplete=["share"]) == H
    assert outcome(make("share.a", among=["b"]), shares(*values), incomplete=["share"]) == H
    assert outcome(make("share.b"), shares(*values), incomplete=["share"]) == F


def test_the_largest_group_is_larger_than_all_declared_groups():
    one = {"grade@theme=work": {"2014": 7.0}}
    both = one | {"grade@theme=school": {"2014": 6.5}}
    assert outcome(largest("grade@theme=work"), both) == H
    assert outcome(smallest("grade@theme=work"), both) == F
    found = verdict(largest("grade@theme=work"), one)
    assert (found.outcome, found.absent) == (O, ("grade@theme=school,2014",))
    assert outcome(largest("grade"), {"grade": {"2014": 7.0}}) == O  # of what?


def test_an_answer_that_is_not_declared_is_no_others():
    assert outcome(largest("share.a", among=["x"]), shares(25, 23)) == O
    assert outcome(largest("share.a", among=["x"], known=True), shares(25, 23)) == O


def rising(*themes):
    return {f"grade@theme={theme}": {"2010": 6.5, "2014": 7.0} for theme in themes}


def test_in_each_speaks_of_every_declared_group():
    assert outcome(in_each("theme", rises, "grade"), rising("work", "school")) == H
    assert outcome(in_each("theme", rises, "grade"), rising("work")) == O
    falling = {"grade@theme=school": {"2010": 7.0, "2014": 6.5}}
    assert outcome(in_each("theme", rises, "grade"), rising("work") | falling) == F


@pytest.mark.parametrize(
    ("make", "keys", "options"),
    [
        (rises, ("grade",), {}),
        (rises, ("grade@2010..2014",), {}),
        (above, ("grade",), {"limit": 6}),
        (more, ("grade", "grade@2010"), {}),
        (always_rises, ("grade",), {}),
    ],
)
def test_of_groups_that_are_known_it_can_be_said(make, keys, options):
    # school has a figure in 2014 only, or none at all
    for rest in ({}, {"grade@theme=school": {"2010": 6.5}}):
        series = rising("work") | rest
        assert outcome(in_each("theme", make, *keys, **options), series) == O
        assert outcome(in_each("theme", make, *keys, known=True, **options), series) in (H, O)
    assert outcome(in_each("theme", make, *keys, known=True, **options), rising("work")) == H


def test_groups_that_are_left_out_are_named():
    found = verdict(in_each("theme", above, "grade", limit=6, known=True), rising("work"))
    assert found.absent == ("grade@theme=school,2014",)


def test_a_misspelled_figure_is_known_of_no_group():
    assert outcome(in_each("theme", rises, "grades", known=True), rising("work")) == O
