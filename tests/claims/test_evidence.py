"""What rounding leaves open, and how findings go together."""

from decimal import Decimal
from fractions import Fraction

import pytest
from by_hand import F, H, N, O, made, outcome, shares, two
from hypothesis import given
from hypothesis import strategies as st

from wavebook.claims import (
    Evidence,
    above,
    always_rises,
    falls,
    majority,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    stable,
    undecided,
    widens,
)
from wavebook.language.wording import round_half_up

# --- rounding ---------------------------------------------------------------------------------------------

hidden = st.decimals(0, 100, places=3)
terms = st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2]), hidden), min_size=1, max_size=4)


def weighed(shown, constant, *, margin=None, strictly=True):
    """What is found of a sum of rounded shares, each of an answer of its own."""
    figures = made({f"share.c{i}": {"2014": float(value)} for i, (_, value) in enumerate(shown)})
    evidence = Evidence(figures)
    parts = [(c, figures[f"share.c{i}"]) for i, (c, _) in enumerate(shown)]
    if margin is not None:
        return evidence.within(parts, Decimal(margin), Decimal(constant)).truth
    return evidence.positive(parts, Decimal(constant), strictly=strictly).truth


@given(terms, st.integers(-50, 50), st.booleans())
def test_what_rounded_figures_show_is_true_of_what_was_rounded(parts, constant, strictly):
    total = sum(c * value for c, value in parts) + constant
    found = weighed([(c, round_half_up(v, 0)) for c, v in parts], constant, strictly=strictly)
    if found is not None:
        assert found == (total > 0 if strictly else total >= 0)


@given(terms, st.integers(-50, 50), st.integers(0, 5))
def test_what_rounded_figures_show_of_a_margin_is_true_of_what_was_rounded(parts, constant, margin):
    total = sum(c * value for c, value in parts) + constant
    found = weighed([(c, round_half_up(v, 0)) for c, v in parts], constant, margin=margin)
    if found is not None:
        assert found == (abs(total) <= margin)


@given(st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2]), st.integers(5, 95)), min_size=1, max_size=4))
def test_a_sign_is_left_open_only_when_rounding_allows_another(parts):
    low = sum(c * (Fraction(v) + Fraction(-1 if c > 0 else 1, 2)) for c, v in parts)
    high = sum(c * (Fraction(v) + Fraction(1 if c > 0 else -1, 2)) for c, v in parts)
    if weighed(parts, 0) is None:
        assert low <= 0 <= high


@pytest.mark.parametrize("value", [13, 13.2, 12.6])
def test_a_figure_is_not_higher_than_itself(value):
    figures = made({"share": {"2014": value}})
    share = figures["share"]
    assert Evidence(figures).positive([(1, share), (-1, share)]).truth is False


@pytest.mark.parametrize("predicate", [rises("share"), falls("share"), ~rises("share"), ~falls("share")])
@pytest.mark.parametrize("values", [(14, 14), (13.6, 14.4), (0, 0), (100, 100)])
def test_what_prints_alike_is_neither_different_nor_equal(predicate, values):
    assert outcome(predicate, two(*values)) == O


def test_a_gap_of_four_rounded_figures_of_which_both_print_alike_is_open():
    # 0.2 before and after is really 0 to 0.4 both times
    series = {"grade_a": {"2010": 7.1, "2014": 7.1}, "grade_b": {"2010": 6.9, "2014": 6.9}}
    pair = ("grade_a", "grade_b")
    for predicate in (narrows(*pair), ~narrows(*pair), widens(*pair), ~widens(*pair)):
        assert outcome(predicate, series) == O
    assert outcome(undecided(narrows(*pair)), series) == H


def test_each_end_of_what_was_rounded_counts_as_sources_round():
    # halves go up: 13 was 12.5 or more, and less than 13.5
    assert outcome(above("share", 12.5), {"share": {"2014": 13}}) == O
    assert outcome(~above("share", 13.5), {"share": {"2014": 13}}) == H
    # and below zero away from it: −3 was more than −3.5, and −2.5 or less
    assert outcome(above("gap", -3.5), {"gap": {"2014": -3}}) == H
    assert outcome(~above("gap", -2.5), {"gap": {"2014": -3}}) == H


def test_a_share_is_never_below_nothing_or_above_everyone():
    assert outcome(above("share", 99.5), {"share": {"2014": 100}}) == O
    assert outcome(~above("share", 100), {"share": {"2014": 100}}) == H
    assert outcome(more("share.a", "share.b", times=1), shares(1, 0)) == H
    assert outcome(~above("share", 0), {"share": {"2014": 0}}) == O


# --- chance and rounding together -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # 0.01 is lost to rounding in hundredths; the error is 0.0707 and 1.96 times that is 0.139
        ((6.52, 0.05), (6.72, 0.05), H),
        ((6.52, 0.05), (6.671, 0.05), H),  # 0.1455 at the least
        ((6.52, 0.05), (6.65, 0.05), N),
        ((6.72, 0.05), (6.52, 0.05), F),
        ((6.52, 0.05), (6.7, 0.05), O),  # 0.125 at the least; 6.7 itself would do
        ((6.52, 0.05), 6.7, H),  # nobody knows what chance did in 2014; 1.96 times the error of 2010 is 0.098
        ((6.52, 0.05), 6.66, O),  # 0.085 at the least, from what was rounded who knows how
    ],
)
def test_a_rise_of_estimates_must_exceed_what_chance_explains(first, last, expected):
    assert outcome(rises("grade"), two(first, last, "grade")) == expected


def test_estimates_that_print_alike_do_not_differ_however_exact():
    assert outcome(rises("share"), two((30.1, 0.01), (30.4, 0.01))) == O
    assert outcome(~rises("share"), two((30.1, 0.01), (30.4, 0.01))) == O
    assert outcome(stable("share"), two((30.1, 0.01), (30.4, 0.01))) == H


def test_a_change_that_chance_explains_is_not_stable():
    assert outcome(stable("grade", within=0.1), two((6.52, 0.05), (6.6, 0.05), "grade")) == N
    # 0.01 apart with an error of 0.0354: 1.96 times that is 0.069, and 0.01 is lost to rounding
    assert outcome(stable("grade", within=0.1), two((6.52, 0.025), (6.53, 0.025), "grade")) == H


# --- not, and, or -----------------------------------------------------------------------------------------

TRUTH = {"yes": rises("share.a"), "no": falls("share.a"), "?": rises("share.x")}
SERIES = {"share.a": two(13, 14)["share"]}
OUTCOMES = {"yes": H, "no": F, "?": O}


@pytest.mark.parametrize(("one", "result"), [("yes", "no"), ("no", "yes"), ("?", "?")])
def test_not_turns_true_and_false_and_leaves_open_open(one, result):
    assert outcome(~TRUTH[one], SERIES) == OUTCOMES[result]


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        ("yes", "yes", "yes", "yes"),
        ("yes", "no", "no", "yes"),
        ("no", "no", "no", "no"),
        ("yes", "?", "?", "yes"),
        ("no", "?", "no", "?"),
        ("?", "?", "?", "?"),
    ],
)
def test_and_and_or_follow_kleene_in_either_order(one, other, both, either):
    for a, b in ((one, other), (other, one)):
        assert outcome(TRUTH[a] & TRUTH[b], SERIES) == OUTCOMES[both]
        assert outcome(TRUTH[a] | TRUTH[b], SERIES) == OUTCOMES[either]


def test_what_chance_and_what_rounding_leaves_is_open_together_and_not_certain_alone():
    series = {"grade_a": {"2010": (6.5, 0.2), "2014": (6.6, 0.2)}, "grade_b": {"2010": 6.5, "2014": 6.5}}
    chance, rounding = rises("grade_a"), rises("grade_b")
    assert [outcome(p, series) for p in (chance, rounding)] == [N, O]
    assert [outcome(p, series) for p in (chance & chance, chance & rounding, rounding | chance)] == [N, O, O]


def test_rises_but_not_always_needs_a_step_that_is_shown_not_to_rise():
    but = rises("share") & ~always_rises("share")
    assert outcome(but, {"share": {"2008": 13, "2010": 14, "2014": 16}}) == F
    assert outcome(but, {"share": {"2008": 13, "2010": 13, "2014": 16}}) == O
    assert outcome(but, {"share": {"2008": 13, "2010": 12, "2014": 16}}) == H


@pytest.mark.parametrize("order", [("share.a", "share.b", "share.c"), ("share.b", "share.c", "share.a")])
def test_one_wrong_step_settles_a_ranking_whatever_another_leaves_open(order):
    # a and b are too close to tell from rounded figures; c is above b for certain
    series = shares(10.3, 9.4, 20)
    assert outcome(more("share.a", "share.b"), series) == O
    assert outcome(ranked(*order), series) == F


def test_undecided_needs_every_open_part_to_be_open_by_rounding():
    open_, missing = more("share.a", "share.b", times=2), rises("share.x")
    series = {"share.a": {"2010": 51, "2014": 51}, "share.b": {"2014": 25}}
    assert outcome(undecided(open_ & open_), series) == H
    assert outcome(undecided(open_ & missing), series) == O
    assert outcome(undecided(open_ & ~majority("share.a")), series) == F


# --- reasons ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("predicate", [peaks("share@theme=work", "2013"), always_rises("share@theme=work")])
def test_a_segment_has_a_series_of_its_own(predicate):
    assert outcome(~predicate, {"share@theme=work": {"2010": 13, "2013": 12, "2014": 14}, "share": {"2014": 1}}) == H
