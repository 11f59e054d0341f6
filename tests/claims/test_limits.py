"""Statements that hold a figure against a number, by hand: each in each way that it can turn out."""

import pytest
from by_hand import CONTRARY, F, H, N, O, ident, made, outcome, verdict

from wavebook.claims import about, above, at_least, at_most, below, majority

CASES = [
    (majority("share"), {"share": {"2014": 51}}, H),
    (majority("share"), {"share": {"2014": 50}}, O),
    (majority("share"), {"share": {"2014": 49}}, F),
    (majority("share"), {"share": {"2014": None}}, O),
    (majority("share"), {"share": {"2014": (51, 2.0)}}, N),
    (above("share", 25), {"share": {"2014": 26}}, H),
    (above("share", 25), {"share": {"2014": 25}}, O),
    (above("share", 25), {"share": {"2014": 24}}, F),
    (above("share", 24.5), {"share": {"2014": 25}}, O),  # it may be 24.5 itself
    (above("share", 24.6), {"share": {"2014": 25}}, O),
    (above("share", 24.4), {"share": {"2014": 25}}, H),
    (above("share", 25), {"share": {"2014": (26, 1.0)}}, N),
    (above("grade", "fact:target"), {"grade": {"2014": 7.1}}, H),
    (above("grade", "fact:target"), {"grade": {"2014": 7.0}}, O),
    (above("grade", "fact:tarket"), {"grade": {"2014": 7.1}}, O),
    (above("things", 4), {"things": {"2014": 4}}, F),
    (below("share", 25), {"share": {"2014": 24}}, H),
    (below("share", 25), {"share": {"2014": 25}}, O),
    (below("share", 25), {"share": {"2014": 26}}, F),
    (below("share", 25.5), {"share": {"2014": 25}}, H),  # 25.5 is printed as 26
    (below("share", 25.4), {"share": {"2014": 25}}, O),
    (below("share", 25), {"share": {"2014": None}}, O),
    (below("share", 25), {"share": {"2014": (24, 1.0)}}, N),
    (below("fact:towns", 50), {"share": {"2014": 1}}, H),  # 39 of 393
    (above("fact:towns", 50), {"share": {"2014": 1}}, F),
    (above("fact:target", 50), {"share": {"2014": 1}}, O),  # a fact that is no part
    (at_least("share", 24.5), {"share": {"2014": 25}}, H),
    (at_least("share", 25), {"share": {"2014": 25}}, O),
    (at_least("share", 24), {"share": {"2014": 25}}, H),
    (at_least("share", 26), {"share": {"2014": 25}}, F),
    (at_least("share", 25.5), {"share": {"2014": 25}}, F),  # 25.5 is printed as 26
    (at_least("share", 25), {"share": {"2014": (26, 1.0)}}, N),
    (at_least("grade", "fact:target"), {"grade": {"2014": 7.0}}, O),
    (at_least("fact:half", 50), {"share": {"2014": 1}}, H),
    (at_least("things", 4), {"things": {"2014": 4}}, H),
    (at_most("share", 25.5), {"share": {"2014": 25}}, H),
    (at_most("share", 25), {"share": {"2014": 25}}, O),
    (at_most("share", 24), {"share": {"2014": 25}}, F),
    (at_most("share", 24.5), {"share": {"2014": 25}}, O),  # it may be 24.5 itself
    (at_most("share", 25), {"share": {"2014": (24, 1.0)}}, N),
    (at_most("fact:half", 50), {"share": {"2014": 1}}, H),
    (about("share", 1 / 7), {"share": {"2014": 14}}, H),  # a seventh is 14.3
    (about("share", 1 / 7), {"share": {"2014": 15}}, O),  # up to 15.5
    (about("share", 1 / 7, within=1.3), {"share": {"2014": 15}}, H),
    (about("share", 1 / 7), {"share": {"2014": 12}}, F),
    (about("share", 1 / 7), {"share": {"2014": 13}}, O),
    (about("share", 1 / 7), {"share": {"2014": 16}}, F),
    (about("share", 1 / 7, within=2), {"share": {"2014": 13}}, H),
    (about("share", 1 / 7), {"share": {"2014": None}}, O),
    (about("share", 1 / 7), {"share": {"2014": (14, 1.0)}}, N),
    (about("fact:towns", 1 / 10), {"share": {"2014": 1}}, H),  # 9.92
    (about("fact:towns", 1 / 8), {"share": {"2014": 1}}, F),
    (about("fact:target", 1 / 8), {"share": {"2014": 1}}, O),  # a fact that is no part
    (about("fact:towms", 1 / 8), {"share": {"2014": 1}}, O),
]


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_a_statement_turns_out_as_its_figures_say(predicate, series, expected):
    assert outcome(predicate, series) == expected


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_its_denial_turns_out_the_other_way(predicate, series, expected):
    assert outcome(~predicate, series) == CONTRARY[expected]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (above("fact:many", 70), H),  # 30 of 40 or more
        (above("fact:many", 80), O),
        (above("fact:few", 30), F),  # 10 of 40 at most
        (above("fact:few", 20), O),
        (above("grade", "fact:least"), O),  # 7 or more
    ],
)
def test_a_source_that_gives_a_bound_gives_no_more(predicate, expected):
    assert outcome(predicate, {"grade": {"2014": 7.4}}) == expected


def test_a_figure_below_the_least_that_a_fact_can_be_is_below_it():
    figures = made({"grade": {"2014": 6.4}})
    assert above("grade", "fact:least").verdict(figures).outcome == F
    assert (~above("grade", "fact:least")).verdict(figures).outcome == H


@pytest.mark.parametrize(
    ("make", "rivals"),
    [
        (above, ["below", "at most"]),
        (at_most, ["above"]),
        (below, ["above", "at least"]),
        (at_least, ["below"]),
    ],
)
def test_a_limit_has_its_denial_for_a_rival_and_what_says_more(make, rivals):
    assert [rival.text for rival in make("share", 25).rivals()] == [f"share is {word} 25" for word in rivals]


def test_a_majority_is_above_half():
    assert majority("share").text == "share is above 50"


def test_a_limit_is_told_with_the_figure():
    assert verdict(above("share", 25), {"share": {"2014": 26}}).reason == "share@2014 26, limit 25"
    assert verdict(above("fact:towns", 9), {"share": {"2014": 1}}).reason == "fact:towns 9.924 %, limit 9"
    assert verdict(above("fact:many", 70), {"share": {"2014": 1}}).reason == "fact:many 75 to 100 %, limit 70"
    assert verdict(above("fact:few", 30), {"share": {"2014": 1}}).reason == "fact:few 0 to 25 %, limit 30"
    found = verdict(above("grade", "fact:least"), {"grade": {"2014": 7.4}})
    assert found.reason == "grade@2014 7.4, limit at least 7, which is not known exactly"


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (at_least("fact:many", 75), H),
        (above("fact:many", 75), O),
        (below("fact:few", 25), O),
        (at_most("fact:few", 25), H),
        (above("fact:few", 25), F),
        (about("fact:many", 7 / 8, within=12.5), H),  # 75 to 100
        (about("fact:many", 7 / 8, within=12.4), O),
        (about("fact:many", 1 / 2, within=24), F),
        (below("grade", "fact:least"), O),
        (at_least("grade", "fact:least"), O),
    ],
    ids=ident,
)
def test_a_bound_that_a_source_gives_is_no_value(predicate, expected):
    assert outcome(predicate, {"grade": {"2014": 7.4}}) == expected


def test_only_a_margin_of_other_than_one_point_must_be_told():
    assert about("share", 1 / 7).margins == ()
    assert about("share", 1 / 7, within=2).margins == (("share", 2),)
    assert about("share", 1 / 7, within=2).text == "share is about 0.143 within 2"


@pytest.mark.parametrize(
    "predicate", [below("share", 150), above("share", -1), at_most("grade", 11), at_least("grade", 0)]
)
def test_a_limit_beyond_the_scale_shows_nothing(predicate):
    found = verdict(predicate, {"share": {"2014": 40}, "grade": {"2014": 6.9}})
    assert found.outcome == O
    assert "and the limit is" in found.reason


def test_a_limit_at_the_end_of_the_scale_is_one():
    assert outcome(below("share", 100), {"share": {"2014": 40}}) == H
