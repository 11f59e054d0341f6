"""All statements together: each is tried in each way that it can turn out, and none is made across a full break."""

import ast
from pathlib import Path

import pytest
from by_hand import FULL, NOTED, H, O, made, outcome, two

from wavebook import claims
from wavebook.claims import (
    always_falls,
    always_rises,
    bottoms,
    falls,
    largest,
    linear,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    stable,
    uncertain,
    undecided,
    widens,
)

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


def test_every_predicate_is_tried_in_all_ways():
    seen = {}
    modules = {make.__module__.rpartition(".")[2] for make in claims.STATEMENTS.values()}
    for path in (Path(__file__).with_name(f"test_{module}.py") for module in modules):
        for line in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(line, ast.Tuple) and len(line.elts) == 3 and isinstance(line.elts[0], ast.Call):
                seen.setdefault(line.elts[0].func.id, set()).add(getattr(line.elts[2], "id", ""))
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
    peaks("share.a", "2014"),
    bottoms("share.a", "2008"),
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
BROKEN = {"share.a": {"2008": 13, "2010": 14, "2014": 16}, "share.b": {"2008": 13, "2010": 13, "2014": 13}}


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_nothing_is_compared_across_a_full_break(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (found.outcome, found.reason) == (O, "the series share breaks between 2010 and 2014")


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_a_comparison_across_a_noted_break_is_made_and_carries_it(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[NOTED]))
    assert "breaks" not in found.reason
    assert found.breaks == (("2010", "2014"),)


@pytest.mark.parametrize("predicate", [rises("share.a@2008..2010"), more("share.a", "share.b"), largest("share.a")])
def test_what_lies_on_one_side_of_a_break_is_free_of_it(predicate):
    found = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (found.outcome, found.breaks) == (H, ())


def test_a_break_of_another_indicator_breaks_nothing():
    assert (
        outcome(rises("share"), two(13, 14) | {"grade": {"2014": 7}}, breaks=[{**FULL, "indicators": ["grade"]}]) == H
    )


def test_a_break_of_either_indicator_parts_two_of_them():
    series = {"grade_a": {"2010": 7.0, "2014": 7.1}, "grade_b": {"2010": 6.7, "2014": 6.9}}
    breaks = [{**FULL, "indicators": ["grade_b"]}]
    assert outcome(more("grade_a", "grade_b@2010"), series, breaks=breaks) == O
    assert outcome(more("grade_a@2010", "grade_b"), series, breaks=breaks) == O
    assert outcome(more("grade_a", "grade_b"), series, breaks=breaks) == H
