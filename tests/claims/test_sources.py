"""Statements about what sources give and what figures leave undecided, by hand: each in each way."""

import pytest
from by_hand import CONTRARY, F, H, N, O, ident, made, outcome, shares, two, verdict

from wavebook.claims import always_rises, linear, more, rises, uncertain, undecided, unknown

CASES = [
    (unknown("share.a@2010"), {"share.a": {"2014": 1}, "share.b": {"2010": 1}}, H),
    (unknown("share.a@2010"), {"share.a": {"2010": 2, "2014": 1}}, F),
    (unknown("share.a@2010"), {"share.a": {"2010": None, "2014": 1}}, F),  # known, and not to be shown
    (unknown("share.a@2011"), {"share.a": {"2010": 2, "2014": 1}}, O),
    (unknown("shares.a@2014"), {"share.a": {"2014": 1}}, O),
    (unknown("share.x@2014"), {"share.a": {"2014": 1}}, O),
    (unknown("share.a@theme=works"), {"share.a": {"2014": 1}}, O),
    (unknown("share.a@population=firms"), {"share.a": {"2014": 1}}, O),
    (unknown("share.a@theme=work"), {"share.a": {"2014": 1}}, H),
    (undecided(more("share.a", "share.b", times=2)), shares(51, 25), H),
    (undecided(more("share.a", "share.b", times=2)), shares(52, 25), F),
    (undecided(more("share.a", "share.b", times=2)), shares(40, 25), F),
    (undecided(rises("share")), two(14, 14), H),
    (undecided(rises("share")), two(None, 14), O),
    (undecided(more("share", "grade")), {"share": {"2014": 52}, "grade": {"2014": 6.9}}, O),
    (undecided(linear("share")), two(13, 14), O),
    (uncertain(rises("share")), two((30, 1.0), (31, 1.0)), H),
    (uncertain(rises("share")), two((30, 1.0), (35, 1.0)), F),
    (uncertain(rises("share")), two(None, (31, 1.0)), O),
    (uncertain(rises("share")), two(14, 14), O),  # nothing is known of chance
    (uncertain(rises("share")), two(13, 14), O),
]


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_a_statement_turns_out_as_its_figures_say(predicate, series, expected):
    assert outcome(predicate, series) == expected


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_its_denial_turns_out_the_other_way(predicate, series, expected):
    assert outcome(~predicate, series) == CONTRARY[expected]


def test_what_is_unknown_is_absent_and_what_is_known_is_not():
    assert verdict(unknown("share.a@2010"), {"share.a": {"2014": 1}, "share.b": {"2010": 1}}).absent == (
        "share.a@2010",
    )
    assert verdict(unknown("share.a@2010"), {"share.a": {"2010": 2, "2014": 1}}).absent == ()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("shares.a@2014", "shares"),
        ("share.x@2014", "x"),
        ("share.a@population=firms", "firms"),
        ("share.a@theme=works", "theme=works"),
        ("share.a@topic=work", "topic=work"),
    ],
)
def test_what_is_not_declared_is_no_unknown_figure(key, name):
    assert verdict(unknown(key), {"share.a": {"2014": 1}}).reason == f"{name} is not declared"


def test_an_unknown_figure_names_its_wave():
    found = verdict(unknown("share.a@2010"), {"share.a": {"2014": 1}, "share.b": {"2010": 1}})
    assert (found.waves, found.reason) == (("2010",), "share.a@2010 is not known")


def test_what_is_left_open_keeps_the_figures_that_leave_it_so():
    found = verdict(undecided(more("share.a", "share.b", times=2)), shares(51, 25))
    assert found.figures == ("share.a@2014", "share.b@2014")
    assert verdict(undecided(always_rises("share")), two(14, 14)).waves == ("*", "2010", "2014")


def test_what_is_decided_says_so_and_has_what_holds_instead():
    found = verdict(undecided(rises("share")), two(13, 14))
    assert (found.outcome, found.reason) == (F, "decided after all: share 13 (2010) → 14 (2014)")
    assert found.instead == "share rises"
    assert verdict(undecided(rises("share")), two(14, 13)).instead == "not (share rises)"


def test_chance_is_not_rounding():
    by_chance, by_rounding = two((30, 1.0), (31, 1.0)), two(14, 14)
    assert verdict(undecided(rises("share")), by_chance).reason.startswith("not for rounding: ")
    assert verdict(uncertain(rises("share")), by_rounding).reason.endswith("; no error is known")


def test_nothing_is_uncertain_for_being_one_of_many():
    close = made(two((30.0, 1.0), (33.5, 1.0)))  # shown at one in twenty, and not at one in a thousand
    assert rises("share").verdict(close).outcome == H
    assert rises("share").verdict(close, alpha=0.001).outcome == N
    assert uncertain(rises("share")).verdict(close, alpha=0.001).outcome == F
