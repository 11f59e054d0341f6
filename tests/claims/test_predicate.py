"""Statements joined and denied, and what a verdict tells of them."""

import inspect

import pytest
from by_hand import F, H, N, O, gap, made, outcome, two, verdict

from wavebook.claims import (
    Evidence,
    above,
    always_rises,
    falls,
    largest,
    more,
    peaks,
    rises,
    stable,
    unknown,
)
from wavebook.claims.evidence import Finding
from wavebook.claims.evidence import unknown as not_known
from wavebook.claims.predicate import STATEMENTS, outcome_of, statement


def test_joined_statements_keep_all_figures():
    found = verdict(rises("share.a") & more("share.a", "share.b"), gap(13, 16, 13, 13))
    assert found.figures == ("share.a@2010", "share.a@2014", "share.b@2014")


def test_what_one_part_misses_is_no_concern_of_the_other():
    series = {"grade": {"2010": 6.5, "2013": None, "2014": 7.0}, "share.a": {"2014": 30}, "share.b": {"2014": 20}}
    part, whole = always_rises("grade", known=True), largest("share.a")
    for joined in (part & whole, whole & part, unknown("share.a@2010") & whole):
        assert outcome(joined, series) == H
    assert verdict(part & whole, series).absent == ("grade@2013",)
    for joined in (always_rises("grade") | whole, whole | always_rises("grade")):
        assert outcome(joined, series) == H


def test_a_statement_that_misses_a_figure_says_why():
    found = verdict(rises("share"), {"share": {"2014": 14}, "grade": {"2010": 6.7}})
    assert found.reason == "there is no figure share@2010; share has 2014"


def test_a_verdict_names_the_figures_behind_it():
    found = verdict(rises("share"), two(13, 14))
    assert found.figures == ("share@2010", "share@2014")
    assert found.reason == "share 13 (2010) → 14 (2014)"


def test_a_reason_gives_difference_margin_p_and_basis():
    # error √2 × 0.05 = 0.0707, margin 1.96 times that; 0.08 less 0.01 for rounding is 0.99 times the error
    found = verdict(rises("grade"), two((6.52, 0.05), (6.6, 0.05), "grade"))
    assert found.reason == "grade 6.5 (2010) → 6.6 (2014); difference 0.08 ± 0.14, p = 0.72 (measured)"
    (test,) = found.tests
    assert (test.difference, test.margin) == pytest.approx((0.08, 0.1386), abs=1e-4)


def test_a_reason_gives_the_difference_that_decides():
    # falls for certain to 2010 and rises by chance to 2014: what refutes it is the fall
    series = {"grade": {"2008": (7.5, 0.05), "2010": (6.5, 0.05), "2014": (6.6, 0.05)}}
    found = verdict(always_rises("grade"), series)
    assert found.outcome == F
    assert "; difference -1 ± 0.14" in found.reason
    assert found.reason.endswith("(measured, one of 2 tests)")
    # and of two that are not certain the less certain one
    series = {"grade": {"2008": (6.3, 0.05), "2010": (6.45, 0.05), "2014": (6.5, 0.05)}}
    assert "; difference 0.05 ± 0.14" in verdict(always_rises("grade"), series).reason


@pytest.mark.parametrize(
    ("predicate", "instead"),
    [
        (rises("share"), "share falls"),
        (stable("share"), "share falls"),
        (above("share", 50), "share is below 50"),
        (peaks("share", "2008"), ""),
    ],
)
def test_a_statement_that_does_not_hold_says_what_does(predicate, instead):
    found = verdict(predicate, {"share": {"2008": 16, "2010": 20, "2014": 13}})
    assert (found.outcome, found.instead) == (F, instead)


def test_chance_alone_leaves_a_statement_not_certain_and_anything_else_leaves_it_open():
    told = [
        outcome_of(Finding(None, "", frozenset(kinds))) for kinds in (["chance"], ["rounding"], ["chance", "rounding"])
    ]
    assert told == [N, O, O]
    assert [outcome_of(finding) for finding in (Finding(True), Finding(False), not_known(""))] == [H, F, O]


def test_a_denial_says_so_and_has_the_statement_itself_for_a_rival():
    denied = ~rises("share")
    assert denied.text == "not (share rises)"
    assert denied.verdict(made(two(13, 14))).instead == "share rises"
    assert outcome(~denied, two(13, 14)) == H


def test_joined_statements_say_both_and_keep_what_each_owes_its_readers():
    both = stable("share", within=2) & peaks("share", "2014", known=True)
    assert both.text == "(share is stable within 2 and share peaks in 2014, of what is known)"
    assert both.margins == (("share", 2),)
    assert both.known
    either = rises("share") | falls("share")
    assert either.text == "(share rises or share falls)"
    assert not either.known
    assert either.rivals() == ()


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [(True, None, True), (True, False, True), (False, None, False), (None, None, None)],
)
def test_what_is_about_today_is_so_together_with_what_is_not(one, other, joined):
    assert (rises("share", now=one) & falls("share", now=other)).now is joined
    assert (falls("share", now=other) | rises("share", now=one)).now is joined


def test_a_figure_that_is_missing_leaves_the_others_that_were_missed():
    evidence = Evidence(made({"share.a": {"2014": 1}, "share.b": {"2010": 1}}))
    for key in ("share.a@2010", "share.b@2014"):
        unknown(key).find(evidence)
    assert [str(key) for key in evidence.absent] == ["share.a@2010", "share.b@2014"]


def test_a_statement_is_known_by_its_name_and_takes_now():
    @statement
    def grows_by_hand(text: str, *, known: bool = False):
        """Say it of a test."""
        return rises(text)

    try:
        assert STATEMENTS["grows_by_hand"] is grows_by_hand
        assert list(inspect.signature(grows_by_hand).parameters) == ["text", "known", "now"]
        assert grows_by_hand("share").now is None
        assert grows_by_hand("share", now=True).now is True
    finally:
        del STATEMENTS["grows_by_hand"]


@pytest.mark.parametrize("now", [True, False])
def test_now_is_kept_through_not_and_and_or(now):
    one = rises("share", now=now)
    assert ((~one).now, (one & falls("share")).now, (falls("share") | one).now) == (now, now, now)
    assert (rises("share", now=True) & rises("share", now=False)).now is True
    assert always_rises("share", known=True, now=now).now is now
