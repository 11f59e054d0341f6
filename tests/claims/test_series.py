"""Statements about one series, and two that move apart, by hand: each in each way that it can turn out."""

import pytest
from by_hand import CONTRARY, F, H, N, O, gap, ident, made, outcome, two, verdict

from wavebook.claims import (
    Evidence,
    always_falls,
    always_rises,
    bottoms,
    falls,
    gains_on,
    linear,
    narrows,
    peaks,
    rises,
    stable,
    widens,
)
from wavebook.claims.evidence import OpenError
from wavebook.claims.series import direction

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
    (rises("grade@2010..2013"), {"grade": {"2010": 6.7, "2013": 6.9, "2014": 6.5}}, H),
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
    (always_rises("share"), {"share": {"2008": 29, "2013": 34, "2014": 40}}, H),
    (always_rises("share"), {"share": {"2008": 29, "2013": 29, "2014": 40}}, O),
    (always_rises("share"), {"share": {"2008": 34, "2013": 29, "2014": 40}}, F),
    (always_rises("share"), {"share": {"2008": 34, "2013": 29, "2014": None}}, F),  # whatever 2014 was
    (always_rises("share"), {"share": {"2014": 40}}, O),
    (always_rises("share"), {"share": {"2008": (29, 1.0), "2013": (30, 1.0)}}, N),
    (always_falls("share"), {"share": {"2008": 40, "2013": 34, "2014": 29}}, H),
    (always_falls("share"), {"share": {"2008": 40, "2013": 29, "2014": 29}}, O),
    (always_falls("share"), {"share": {"2008": 40, "2013": 29, "2014": 34}}, F),
    (always_falls("share"), {"share": {"2008": 40, "2013": None, "2014": 29}}, O),
    (always_falls("share"), {"share": {"2008": (30, 1.0), "2013": (29, 1.0)}}, N),
    (linear("grade"), {"grade": {"2008": 6.7, "2009": 6.6, "2010": 6.7, "2013": 6.8, "2014": 6.9}}, F),
    (linear("grade"), {"grade": {"2008": 6.7, "2010": 6.7, "2013": 6.8, "2014": 6.9}}, O),
    (linear("share"), {"share": {"2008": 13, "2009": 14, "2010": 15}}, O),
    # the middle one is less than 1 off the line through the others, and so all are less than 0.5 from the best line
    (linear("share", within=0.5), {"share": {"2008": 13, "2009": 14, "2010": 15}}, H),
    (linear("share", within=0.4), {"share": {"2008": 13, "2009": 14, "2010": 15}}, O),
    # only the line 13.5 goes through 13, 14 and 13, and 13.5 is printed as 14
    (linear("share"), {"share": {"2008": 13, "2009": 14, "2010": 13}}, F),
    (linear("share"), {"share": {"2008": 14, "2009": 13, "2010": 14}}, F),
    (
        linear("share", within=0.5),
        {"share": {"2008": 13, "2009": 15, "2010": 13}},
        F,
    ),  # more than 1 off the others' line
    (linear("share", within=0.6), {"share": {"2008": 13, "2009": 15, "2010": 13}}, O),
    (linear("share"), {"share": {"2008": 13, "2014": 14}}, O),
    (linear("share"), {"share": {"2008": (13, 1.0), "2009": (15, 1.0), "2010": (13, 1.0)}}, N),
    (linear("things"), {"things": {"2008": 1, "2009": 2, "2010": 3}}, H),
    (peaks("share", "2013"), {"share": {"2008": 13, "2013": 17, "2014": 14}}, H),
    (peaks("share", "2013"), {"share": {"2008": 13, "2013": 14, "2014": 14}}, O),
    (peaks("share", "2013"), {"share": {"2008": 13, "2013": 17, "2014": 18}}, F),
    (peaks("share", "2013"), {"share": {"2008": 13, "2013": None, "2014": 18}}, O),
    (peaks("share", "2013"), {"share": {"2013": 17}}, O),
    (peaks("share", "2013"), {"share": {"2008": (13, 1.0), "2013": (15, 1.0), "2014": (13, 1.0)}}, N),
    (bottoms("grade", "2009"), {"grade": {"2008": 6.7, "2009": 6.6, "2010": 6.7}}, H),
    (bottoms("grade", "2009"), {"grade": {"2008": 6.7, "2009": 6.6, "2010": 6.6}}, O),
    (bottoms("grade", "2009"), {"grade": {"2008": 6.7, "2009": 6.6, "2010": 6.5}}, F),
    (bottoms("grade", "2009"), {"grade": {"2009": 6.6}}, O),
    (bottoms("grade", "2009"), {"grade": {"2008": (6.7, 0.1), "2009": (6.6, 0.1), "2010": (6.7, 0.1)}}, N),
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
]


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_a_statement_turns_out_as_its_figures_say(predicate, series, expected):
    assert outcome(predicate, series) == expected


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_its_denial_turns_out_the_other_way(predicate, series, expected):
    assert outcome(~predicate, series) == CONTRARY[expected]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (two(13, 14), "up"),
        (two(14, 13), "down"),
        (two(14, 14), "same"),
        (two((30.0, 1.0), (34.0, 1.0)), "up"),
        (two((30.0, 1.0), (31.0, 1.0)), None),
    ],
)
def test_the_word_for_a_change(series, expected):
    assert direction(Evidence(made(series)), "share") == expected


def test_a_change_within_what_its_indicator_declares_as_alike_is_the_same():
    close = two((30.0, 0.1), (30.2, 0.1))
    assert direction(Evidence(made(close, alike={"share": 3})), "share") == "same"


def test_a_change_that_rounding_leaves_open_has_no_word():
    with pytest.raises(OpenError, match="rounding leaves open which way it went"):
        direction(Evidence(made(two(6.74, 6.66, "grade"), alike={"grade": 0.01})), "grade")


def test_only_a_margin_that_is_given_must_be_told():
    assert stable("share").margins == linear("share").margins == widens("share", "share.a").margins == ()
    owed = stable("share", within=2), linear("share", within=2), widens("share", "share.a", by=2)
    assert [item.margins for item in owed] == [(("share", 2),)] * 3


def test_what_is_said_of_what_is_known_says_so():
    assert always_rises("share", known=True).text == "share always rises, of what is known"
    assert always_rises("share", known=True).known
    assert not always_rises("share").known


@pytest.mark.parametrize(
    ("predicate", "rivals"),
    [
        (rises("s"), ["s falls", "s is stable"]),
        (falls("s"), ["s rises", "s is stable"]),
        (stable("s"), ["s rises", "s falls"]),
        (widens("a", "b"), ["a and b move closer"]),
        (narrows("a", "b", by=2), ["a and b move closer", "a and b move apart"]),
        (gains_on("a", "b"), ["b gains on a"]),
        (always_rises("s"), []),
    ],
    ids=ident,
)
def test_what_may_hold_instead(predicate, rivals):
    assert [rival.text for rival in predicate.rivals()] == rivals


def test_two_series_of_other_units_do_not_move_apart():
    assert (
        verdict(widens("share", "grade"), two(13, 14) | two(6, 7, "grade")).reason
        == "share is in percent, grade in grade 1 to 10"
    )


@pytest.mark.parametrize("make", [widens, narrows, gains_on])
def test_changes_between_other_waves_are_not_compared(make):
    series = {name: {"2010": 10, "2012": 20, "2014": 60} for name in ("share.a", "share.b")}
    found = verdict(make("share.a@2010..2014", "share.b@2012..2014"), series)
    assert found.outcome == O
    assert "name the same waves" in found.reason
