import math
from decimal import Decimal

import pytest
from by_hand import H, O, gap, outcome, verdict

from wavebook.claims import (
    about,
    above,
    always_more,
    gains_on,
    in_each,
    linear,
    majority,
    more,
    narrows,
    ranked,
    rises,
    stable,
    widens,
)

ABSURD = [
    lambda size: widens("share.a", "share.b", by=size),
    lambda size: narrows("share.a", "share.b", by=size),
    lambda size: stable("grade", within=size),
    lambda size: linear("grade", within=size),
    lambda size: about("share", 0.5, within=size),
    lambda size: about("share", size),
    lambda size: more("share.a", "share.b", times=size),
]


@pytest.mark.parametrize("size", [-5, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("make", ABSURD)
def test_a_size_that_readers_would_be_told_otherwise_is_refused(make, size):
    with pytest.raises(ValueError, match="which must be"):
        make(size)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: about("share", 14), "from 0 to 1"),
        (lambda: more("share.a", "share.b", times=0), "more than 0"),
        (lambda: above("share", math.nan), "a finite number"),
    ],
)
def test_a_size_out_of_its_range_is_refused(make, told):
    with pytest.raises(ValueError, match=told):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: above("grade", "7"),
        lambda: above("grade", None),
        lambda: above("grade", True),
        lambda: stable("grade", within="0.5"),
        lambda: in_each("theme", above, "grade", 5),
        lambda: rises(2014),
        ranked,
        lambda: ranked("grade"),
    ],
)
def test_what_is_no_key_or_no_number_is_refused(make):
    with pytest.raises(TypeError):
        make()


def test_numbers_of_any_kind_are_sizes():
    for size in (7, 7.0, Decimal(7)):
        assert outcome(above("grade", size), {"grade": {"2014": 8}}) == H


@pytest.mark.parametrize(
    "same",
    [
        more("share.a", "share.a"),
        more("share.a", "share.a@2014"),
        gains_on("share.a", "share.a@2010..2014"),
        always_more("share.a", "share.a"),
        ranked("share.a", "share.a"),
    ],
)
def test_a_figure_is_not_compared_with_itself(same):
    for predicate in (same, ~same):
        found = verdict(predicate, gap(40, 50, 30, 20))
        assert found.outcome == O
        assert "the same figure" in found.reason


def test_below_nought_nothing_is_so_many_times_as_much():
    below = {"gap.a": {"2014": -4}, "gap.b": {"2014": -10}}
    assert outcome(more("gap.a", "gap.b"), below) == H
    assert outcome(more("gap.a", "gap.b", times=2), below) == O


def test_a_majority_is_of_a_share():
    assert outcome(majority("share"), {"share": {"2014": 60}}) == H
    assert outcome(~majority("share"), {"share": {"2014": 40}}) == H
    for name in ("gap", "count", "grade"):
        for predicate in (majority(name), ~majority(name)):
            assert "no share" in verdict(predicate, {name: {"2014": 60}}).reason
    assert outcome(majority("fact:many"), {"share": {"2014": 60}}) == H
