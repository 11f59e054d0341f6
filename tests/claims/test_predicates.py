"""Each predicate by hand, in each way that it can turn out."""

import ast
from pathlib import Path

import pytest
from by_hand import FULL, NOTED, F, H, N, O, gap, made, outcome, shares, two

from wavebook import claims
from wavebook.claims import (
    about,
    above,
    always_falls,
    always_more,
    always_rises,
    at_least,
    at_most,
    below,
    bottoms,
    falls,
    gains_on,
    in_each,
    largest,
    linear,
    majority,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    smallest,
    stable,
    uncertain,
    undecided,
    unknown,
    widens,
)

THREE = {2008: 6.7, 2010: 6.9, 2014: 7.1}
CASES = [
    # one unit more is a rise, whatever was rounded: 13 is below 13.5 and 14 is not
    (rises("share"), two(13, 14), H),
    (rises("share"), two(14, 13), F),
    (rises("share"), two(14, 14), O),  # 13.6 and 14.4, or the other way round
    (rises("share"), two(None, 14), O),
    (rises("shares"), two(13, 14), O),
    (rises("grade"), two(6.7, 6.8, "grade"), H),
    (rises("grade"), two(6.74, 6.66, "grade"), O),  # both print 6.7
    (rises("grade"), two(6.74, 6.76, "grade"), O),  # they print 6.7 and 6.8, but were rounded from who knows what
    (rises("grade@2010..2013"), {"grade": {2010: 6.7, 2013: 6.9, 2014: 6.5}}, H),
    (rises("share"), two((30, 1.0), (31, 1.0)), N),
    (rises("things"), two(3, 4, "things"), H),
    (rises("things"), two(4, 4, "things"), F),  # counted, not rounded: it did not rise
    (falls("share"), two(14, 13), H),
    (falls("share"), two(13, 14), F),
    (falls("share"), two(14, 14), O),
    (falls("share"), two(14, None), O),
    (falls("share"), two((31, 1.0), (30, 1.0)), N),
    (falls("things"), two(4, 4, "things"), F),
    (stable("share"), two(14, 14), H),  # less than one apart, and one is what is hardly a change
    (stable("share"), two(13, 14), O),  # up to two apart
    (stable("share", within=0), two(14, 14), O),
    (stable("share", within=1), two(14, 13), O),
    (stable("share", within=2), two(13, 14), H),
    (stable("share", within=1), two(13, 15), F),  # more than one apart
    (stable("share", within=0.9), two(13, 15), F),
    (stable("share", within=1.1), two(13, 15), O),
    (stable("grade", within=0.2), two(6.7, 6.8, "grade"), H),
    (stable("grade", within=0.1), two(6.7, 6.9, "grade"), F),
    (stable("share"), two(None, 14), O),
    (stable("share", within=3), two((30, 0.1), (31, 0.1)), H),
    (stable("share", within=3), two((30, 2.0), (31, 2.0)), N),
    (stable("share", within=1), two((30, 0.1), (35, 0.1)), F),
    (stable("things", within=0), two(4, 4, "things"), H),
    (always_rises("share"), {"share": {2008: 29, 2013: 34, 2014: 40}}, H),
    (always_rises("share"), {"share": {2008: 29, 2013: 29, 2014: 40}}, O),
    (always_rises("share"), {"share": {2008: 34, 2013: 29, 2014: 40}}, F),
    (always_rises("share"), {"share": {2008: 34, 2013: 29, 2014: None}}, F),  # whatever 2014 was
    (always_rises("share"), {"share": {2014: 40}}, O),
    (always_rises("share"), {"share": {2008: (29, 1.0), 2013: (30, 1.0)}}, N),
    (always_falls("share"), {"share": {2008: 40, 2013: 34, 2014: 29}}, H),
    (always_falls("share"), {"share": {2008: 40, 2013: 29, 2014: 29}}, O),
    (always_falls("share"), {"share": {2008: 40, 2013: 29, 2014: 34}}, F),
    (always_falls("share"), {"share": {2008: 40, 2013: None, 2014: 29}}, O),
    (always_falls("share"), {"share": {2008: (30, 1.0), 2013: (29, 1.0)}}, N),
    (linear("grade"), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.7, 2013: 6.8, 2014: 6.9}}, F),
    (linear("grade"), {"grade": {2008: 6.7, 2010: 6.7, 2013: 6.8, 2014: 6.9}}, O),
    (linear("share"), {"share": {2008: 13, 2009: 14, 2010: 15}}, O),
    # the middle one is less than 1 off the line through the others, and so all are less than 0.5 from the best line
    (linear("share", within=0.5), {"share": {2008: 13, 2009: 14, 2010: 15}}, H),
    (linear("share", within=0.4), {"share": {2008: 13, 2009: 14, 2010: 15}}, O),
    # only the line 13.5 goes through 13, 14 and 13, and 13.5 is printed as 14
    (linear("share"), {"share": {2008: 13, 2009: 14, 2010: 13}}, F),
    (linear("share"), {"share": {2008: 14, 2009: 13, 2010: 14}}, F),
    (linear("share", within=0.5), {"share": {2008: 13, 2009: 15, 2010: 13}}, F),  # more than 1 off the others' line
    (linear("share", within=0.6), {"share": {2008: 13, 2009: 15, 2010: 13}}, O),
    (linear("share"), {"share": {2008: 13, 2014: 14}}, O),
    (linear("share"), {"share": {2008: (13, 1.0), 2009: (15, 1.0), 2010: (13, 1.0)}}, N),
    (linear("things"), {"things": {2008: 1, 2009: 2, 2010: 3}}, H),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 17, 2014: 14}}, H),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 14, 2014: 14}}, O),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 17, 2014: 18}}, F),
    (peaks("share", 2013), {"share": {2008: 13, 2013: None, 2014: 18}}, O),
    (peaks("share", 2013), {"share": {2013: 17}}, O),
    (peaks("share", 2013), {"share": {2008: (13, 1.0), 2013: (15, 1.0), 2014: (13, 1.0)}}, N),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.7}}, H),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.6}}, O),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.5}}, F),
    (bottoms("grade", 2009), {"grade": {2009: 6.6}}, O),
    (bottoms("grade", 2009), {"grade": {2008: (6.7, 0.1), 2009: (6.6, 0.1), 2010: (6.7, 0.1)}}, N),
    (more("share.a", "share.b"), shares(33, 26), H),
    (more("share.a", "share.b"), shares(33, 33), O),
    (more("share.a", "share.b"), shares(26, 33), F),
    (more("share.a", "share.b"), shares(26, None), O),
    (more("share.a", "share.b", times=2), shares(52, 25), H),
    (more("share.a", "share.b", times=2), shares(48, 25), F),  # 48.5 is less than twice 24.5
    (more("share.a", "share.b", times=2), shares(50, 25), O),
    (more("share.a", "share.b", times=2), shares(51, 25), O),  # 50.5 and 25.49
    (more("share", "grade"), {"share": {2014: 52}, "grade": {2014: 6.9}}, O),  # not of one unit
    (more("grade", "grade@2010"), two((6.7, 0.1), (6.8, 0.1), "grade"), N),  # of other people in another year
    (ranked("share.a", "share.b", "share.c"), shares(3, 2, 1), H),
    (ranked("share.a", "share.b", "share.c"), shares(3, 1, 2), F),
    (ranked("share.a", "share.b", "share.c"), shares(3, 3, 2), O),
    (ranked("share.a", "share.b", "share.c"), shares(3, 2), O),
    (ranked("grade", "grade@2010"), two((6.7, 0.1), (6.8, 0.1), "grade"), N),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2010: 6.7, 2014: 6.9}}, H),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2010: 7, 2014: 6.9}}, O),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2010: 7.1, 2014: 6.9}}, F),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2014: 6.9}}, O),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7.0}, "grade_b": {2014: 6.9}}, O),
    (largest("share.a"), shares(25, 23), H),
    (largest("share.a"), shares(25, 25), O),
    (largest("share.a"), shares(25, 26), F),
    (largest("share.a"), shares(25, None), O),
    (largest("share.a"), shares(25, 26, None), F),  # whatever c is
    (largest("share.a"), shares(25), O),
    (largest("share.a", among=["b"]), shares(25, 23, 40), H),
    (smallest("share.a"), shares(23, 25), H),
    (smallest("share.a"), shares(25, 25), O),
    (smallest("share.a"), shares(26, 25), F),
    (smallest("share.a"), shares(23, None), O),
    (smallest("share.a", among=["b"]), shares(23, 25, 2), H),
    (majority("share"), {"share": {2014: 51}}, H),
    (majority("share"), {"share": {2014: 50}}, O),
    (majority("share"), {"share": {2014: 49}}, F),
    (majority("share"), {"share": {2014: None}}, O),
    (majority("share"), {"share": {2014: (51, 2.0)}}, N),
    (above("share", 25), {"share": {2014: 26}}, H),
    (above("share", 25), {"share": {2014: 25}}, O),
    (above("share", 25), {"share": {2014: 24}}, F),
    (above("share", 24.5), {"share": {2014: 25}}, O),  # it may be 24.5 itself
    (above("share", 24.6), {"share": {2014: 25}}, O),
    (above("share", 24.4), {"share": {2014: 25}}, H),
    (above("share", 25), {"share": {2014: (26, 1.0)}}, N),
    (above("grade", "fact:target"), {"grade": {2014: 7.1}}, H),
    (above("grade", "fact:target"), {"grade": {2014: 7.0}}, O),
    (above("grade", "fact:tarket"), {"grade": {2014: 7.1}}, O),
    (above("things", 4), {"things": {2014: 4}}, F),
    (below("share", 25), {"share": {2014: 24}}, H),
    (below("share", 25), {"share": {2014: 25}}, O),
    (below("share", 25), {"share": {2014: 26}}, F),
    (below("share", 25.5), {"share": {2014: 25}}, H),  # 25.5 is printed as 26
    (below("share", 25.4), {"share": {2014: 25}}, O),
    (below("share", 25), {"share": {2014: None}}, O),
    (below("share", 25), {"share": {2014: (24, 1.0)}}, N),
    (below("fact:towns", 50), {"share": {2014: 1}}, H),  # 39 of 393
    (above("fact:towns", 50), {"share": {2014: 1}}, F),
    (above("fact:target", 50), {"share": {2014: 1}}, O),  # a fact that is no part
    (at_least("share", 24.5), {"share": {2014: 25}}, H),
    (at_least("share", 25), {"share": {2014: 25}}, O),
    (at_least("share", 24), {"share": {2014: 25}}, H),
    (at_least("share", 26), {"share": {2014: 25}}, F),
    (at_least("share", 25.5), {"share": {2014: 25}}, F),  # 25.5 is printed as 26
    (at_least("share", 25), {"share": {2014: (26, 1.0)}}, N),
    (at_least("grade", "fact:target"), {"grade": {2014: 7.0}}, O),
    (at_least("fact:half", 50), {"share": {2014: 1}}, H),
    (at_least("things", 4), {"things": {2014: 4}}, H),
    (at_most("share", 25.5), {"share": {2014: 25}}, H),
    (at_most("share", 25), {"share": {2014: 25}}, O),
    (at_most("share", 24), {"share": {2014: 25}}, F),
    (at_most("share", 24.5), {"share": {2014: 25}}, O),  # it may be 24.5 itself
    (at_most("share", 25), {"share": {2014: (24, 1.0)}}, N),
    (at_most("fact:half", 50), {"share": {2014: 1}}, H),
    (about("share", 1 / 7), {"share": {2014: 14}}, H),  # a seventh is 14.3
    (about("share", 1 / 7), {"share": {2014: 15}}, O),  # up to 15.5
    (about("share", 1 / 7, within=1.3), {"share": {2014: 15}}, H),
    (about("share", 1 / 7), {"share": {2014: 12}}, F),
    (about("share", 1 / 7), {"share": {2014: 13}}, O),
    (about("share", 1 / 7), {"share": {2014: 16}}, F),
    (about("share", 1 / 7, within=2), {"share": {2014: 13}}, H),
    (about("share", 1 / 7), {"share": {2014: None}}, O),
    (about("share", 1 / 7), {"share": {2014: (14, 1.0)}}, N),
    (about("fact:towns", 1 / 10), {"share": {2014: 1}}, H),  # 9.92
    (about("fact:towns", 1 / 8), {"share": {2014: 1}}, F),
    (about("fact:target", 1 / 8), {"share": {2014: 1}}, O),  # a fact that is no part
    (about("fact:towms", 1 / 8), {"share": {2014: 1}}, O),
    (widens("share.a", "share.b"), gap(29, 40, 13, 14), H),
    (widens("share.a", "share.b"), gap(29, 30, 13, 14), O),
    (widens("share.a", "share.b"), gap(29, 31, 13, 14), O),
    (widens("share.a", "share.b"), gap(29, 32, 13, 14), H),
    (widens("share.a", "share.b"), gap(29, 29, 13, 15), F),
    (widens("share.a", "share.b", by=5), gap(29, 40, 13, 14), H),
    (widens("share.a", "share.b", by=9), gap(29, 40, 13, 14), O),
    (widens("share.a", "share.b", by=10), gap(29, 40, 13, 14), O),  # up to 12
    (widens("share.a", "share.b", by=12), gap(29, 40, 13, 14), F),
    (widens("share.a", "share.b"), gap((29, 1.0), (33, 1.0), (13, 1.0), (14, 1.0)), O),  # who answered both?
    (narrows("share.a", "share.b"), gap(29, 29, 13, 15), H),
    (narrows("share.a", "share.b"), gap(29, 29, 13, 14), O),
    (narrows("share.a", "share.b"), gap(29, 30, 13, 14), O),
    (narrows("share.a", "share.b"), gap(29, 40, 13, 14), F),
    (widens("share.a", "share.b"), gap(10, 10, 20, 25), O),  # the second is the higher one
    (widens("share.a", "share.b"), gap(20, 18, 10, 26), F),  # from 10 above, 9 at least, to 8 below, less than 9
    (widens("share.a", "share.b"), gap(20, 18, 10, 27), O),  # from 10 above to 9 below, give or take 1
    (narrows("share.a", "share.b"), gap(20, 18, 10, 25), H),  # from 10 above to 7 below
    (widens("share.a", "share.b", by=1), gap(20, 20, 19, 28), O),  # from 1 above to 8 below
    (widens("share.a", "share.b", by=9), gap(20, 26, 22, 16), O),  # from 2 below to 10 above is 8 ± 2 farther, not 12
    (widens("share.a", "share.b", by=10), gap(20, 26, 22, 16), F),
    (gains_on("share.a", "share.b"), gap(10, 15, 20, 21), H),
    (gains_on("share.a", "share.b"), gap(10, 15, 20, 29), F),
    (gains_on("share.a", "share.b"), gap(20, 15, 10, 2), H),
    (gains_on("share.a", "share.b"), gap(10, 15, 20, 24), O),
    (gains_on("share.a", "share.b"), gap(10, None, 20, 24), O),
    (in_each("theme", more, "share.a", "share.b"), shares(2, 1, theme="@theme=work"), O),  # nothing of school
    (
        in_each("theme", more, "share.a", "share.b"),
        shares(2, 1, theme="@theme=work") | shares(5, 3, theme="@theme=school"),
        H,
    ),
    (
        in_each("theme", more, "share.a", "share.b"),
        shares(2, 1, theme="@theme=work") | shares(3, 5, theme="@theme=school"),
        F,
    ),
    (in_each("theme", more, "share.a", "share.b"), shares(1, 2, theme="@theme=work"), F),  # whatever school has
    (
        in_each("theme", above, "share", limit=1),
        {"share@theme=work": {2014: (3, 3)}, "share@theme=school": {2014: 3}},
        N,
    ),
    (in_each("topic", more, "share.a", "share.b"), shares(2, 1), O),
    (unknown("share.a@2010"), {"share.a": {2014: 1}, "share.b": {2010: 1}}, H),
    (unknown("share.a@2010"), {"share.a": {2010: 2, 2014: 1}}, F),
    (unknown("share.a@2010"), {"share.a": {2010: None, 2014: 1}}, F),  # known, and not to be shown
    (unknown("share.a@2011"), {"share.a": {2010: 2, 2014: 1}}, O),
    (unknown("shares.a@2014"), {"share.a": {2014: 1}}, O),
    (unknown("share.x@2014"), {"share.a": {2014: 1}}, O),
    (unknown("share.a@theme=works"), {"share.a": {2014: 1}}, O),
    (unknown("share.a@population=firms"), {"share.a": {2014: 1}}, O),
    (unknown("share.a@theme=work"), {"share.a": {2014: 1}}, H),
    (undecided(more("share.a", "share.b", times=2)), shares(51, 25), H),
    (undecided(more("share.a", "share.b", times=2)), shares(52, 25), F),
    (undecided(more("share.a", "share.b", times=2)), shares(40, 25), F),
    (undecided(rises("share")), two(14, 14), H),
    (undecided(rises("share")), two(None, 14), O),
    (undecided(more("share", "grade")), {"share": {2014: 52}, "grade": {2014: 6.9}}, O),
    (undecided(linear("share")), two(13, 14), O),
    (uncertain(rises("share")), two((30, 1.0), (31, 1.0)), H),
    (uncertain(rises("share")), two((30, 1.0), (35, 1.0)), F),
    (uncertain(rises("share")), two(None, (31, 1.0)), O),
    (uncertain(rises("share")), two(14, 14), O),  # nothing is known of chance
    (uncertain(rises("share")), two(13, 14), O),
]
NEVER_BY_CHANCE = {
    # within one wave the same people answered: who knows how much their answers have in common?
    "always_more",
    "largest",
    "smallest",
    "widens",
    "narrows",
    "gains_on",
    "undecided",
    "unknown",
    "uncertain",
}


def ident(value):
    return getattr(value, "text", str(value)[:50])


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_a_statement_turns_out_as_its_figures_say(predicate, series, expected):
    assert outcome(predicate, series) == expected


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_its_denial_turns_out_the_other_way(predicate, series, expected):
    assert outcome(~predicate, series) == {H: F, F: H}.get(expected, expected)


def test_every_predicate_is_tried_in_all_ways():
    seen = {}
    for line in ast.walk(ast.parse(Path(__file__).read_text(encoding="utf-8"))):
        if isinstance(line, ast.Tuple) and len(line.elts) == 3 and isinstance(line.elts[0], ast.Call):
            seen.setdefault(line.elts[0].func.id, set()).add(line.elts[2].id)
    ways = {name: set("HFO") if name in NEVER_BY_CHANCE else set("HFNO") for name in claims.STATEMENTS}
    assert ways
    assert {name: left for name, all_ways in ways.items() if (left := all_ways - seen.get(name, set()))} == {}


ACROSS = [
    rises("share.a"),
    falls("share.a"),
    stable("share.a"),
    stable("share.a", within=50),
    always_rises("share.a"),
    always_falls("share.a"),
    linear("share.a"),
    linear("share.a", within=50),
    peaks("share.a", 2014),
    bottoms("share.a", 2008),
    widens("share.a", "share.b"),
    narrows("share.b", "share.a"),
    more("share.a", "share.a@2008"),
    more("share.a", "share.b@2008"),
    ranked("share.a", "share.a@2008"),
    ~rises("share.a"),
    ~stable("share.a"),
    undecided(rises("share.a")),
    uncertain(rises("share.a")),
]
BROKEN = {"share.a": {2008: 13, 2010: 14, 2014: 16}, "share.b": {2008: 13, 2010: 13, 2014: 13}}


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_nothing_is_compared_across_a_full_break(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (found.outcome, found.reason) == (O, "the series share breaks between 2010 and 2014")


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_a_comparison_across_a_noted_break_is_made_and_carries_it(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[NOTED]))
    assert "breaks" not in found.reason
    assert found.breaks == ((2010, 2014),)


@pytest.mark.parametrize("predicate", [rises("share.a@2008..2010"), more("share.a", "share.b"), largest("share.a")])
def test_what_lies_on_one_side_of_a_break_is_free_of_it(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (found.outcome, found.breaks) == (H, ())


def test_a_break_of_another_indicator_breaks_nothing():
    assert outcome(rises("share"), two(13, 14) | {"grade": {2014: 7}}, breaks=[{**FULL, "indicators": ["grade"]}]) == H


def test_a_break_of_either_indicator_parts_two_of_them():
    series = {"grade_a": {2010: 7.0, 2014: 7.1}, "grade_b": {2010: 6.7, 2014: 6.9}}
    breaks = [{**FULL, "indicators": ["grade_b"]}]
    assert outcome(more("grade_a", "grade_b@2010"), series, breaks=breaks) == O
    assert outcome(more("grade_a@2010", "grade_b"), series, breaks=breaks) == O
    assert outcome(more("grade_a", "grade_b"), series, breaks=breaks) == H
