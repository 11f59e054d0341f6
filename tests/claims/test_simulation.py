"""Surveys of made-up truths: nothing that is false holds more often than is said."""

import re
from decimal import Decimal

import numpy as np
import pytest
import simulation
from simulation import CASES, FOUND_BEFORE, LONG, NOT_TRIED, PAGE, QUICK, Published, falsely, measure, more_than
from sweeps import often

from wavebook import claims
from wavebook.claims import judge
from wavebook.claims.errors import Errors
from wavebook.core.multiplicity import holm_level
from wavebook.figures import Figures, accuracy

NAMES = [case.name for case in CASES]
RISES = CASES[0]


@pytest.mark.parametrize("case", often(CASES, *CASES[::6]), ids=NAMES)
def test_what_is_false_holds_no_more_often_than_is_said(case):
    assert measure(case, QUICK).faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_is_false_holds_no_more_often_than_is_said_in_the_long_run(case):
    assert measure(case, LONG).faults() == []


@pytest.mark.parametrize(("said", "case", "publish", "n", "size"), FOUND_BEFORE, ids=[c[0] for c in FOUND_BEFORE])
def test_what_was_found_to_hold_falsely_no_longer_does(said, case, publish, n, size):
    draws = 80 if size < 19 else 12
    assert not more_than(round(falsely(case, publish, n, size, draws) * draws), draws, 0.025)


def test_every_predicate_is_simulated_or_says_nothing_of_what_is_true():
    simulated = {name for case in CASES for name in re.findall(r"[a-z_]+", case.name)}
    assert set(claims.STATEMENTS) - simulated - set(NOT_TRIED) == set()


def test_the_table_has_a_row_for_each_statement_and_its_denial():
    page = PAGE.read_text(encoding="utf-8")
    rows = {row.split("|")[1].strip() for row in page.splitlines() if row.startswith("| ")}
    assert {*NAMES, *(f"not: {name}" for name in NAMES), "all"} <= rows
    assert all(f"`{name}` is about" in page for name in NOT_TRIED)
    assert {said for said, *_ in FOUND_BEFORE} <= rows


# --- the simulation can fail ------------------------------------------------------------------------------


def test_errors_that_are_too_small_are_found(monkeypatch):
    whole = Errors.reach
    monkeypatch.setattr(Errors, "reach", lambda *given, **side: tuple(reach / 2 for reach in whole(*given, **side)))
    assert measure(RISES, simulation.Effort(10, 120, 2, 2)).faults() != []


def test_rounding_that_is_forgotten_is_found(monkeypatch):
    monkeypatch.setattr(accuracy, "_half", lambda figure, basis: Decimal(0))
    monkeypatch.setattr(simulation, "_FOUND", {})
    assert "false by rounding" in measure(RISES, simulation.Effort(400, 2, 2, 2)).faults()[0]


def test_tests_that_are_not_taken_together_are_found(monkeypatch):
    monkeypatch.setattr(simulation, "holm_level", lambda p_values, alpha: 0.05)
    assert any("19 together" in fault for fault in measure(RISES, simulation.Effort(10, 2, 2, 36)).faults())


def test_a_family_is_judged_as_a_section_is():
    rng = np.random.default_rng(1)
    names = ("grade_a", "grade_b", "grade_c", "grade_d")
    four = simulation.Case("four", None, names, ("2010", "2014"), None, None, None, simulation.even)
    truths = four.start(rng, 16) + rng.choice([-300, -150, 0, 150, 300], (16, 4, 2))
    published = simulation.measured(rng, four, truths, 40)
    for draw in simulation.draws_of(four, published):
        section = judge(draw.with_figures(), {name: claims.rises(name) for name in names}).verdicts
        family = []
        for place, name in enumerate(names):
            one = Published(
                *(getattr(published, column)[[draw.place]][:, [place]] for column in ("value", "se", "low", "high"))
            )
            one.status = published.status
            single = simulation.Case(f"four {name}", None, (name,), ("2010", "2014"), None, None, None, simulation.even)
            family += [(claims.rises(name), simulation.draws_of(single, one)[0])]
        alone = [simulation.find(*member) for member in family]
        level = holm_level((p for _, p_values in alone for p in p_values), claims.ALPHA)
        found = [simulation.find(predicate, one, level)[0] for predicate, one in family]
        assert [section[name]["outcome"] == "holds" for name in names] == [truth is True for truth in found]
        assert [section[name]["outcome"] == "fails" for name in names] == [truth is False for truth in found]


# --- respondents in common, of which the correlation is kept ----------------------------------------------


def together(rng, draws, correlation, n=1000):
    """Two grades of the same people, in hundredths, with their errors."""
    se = 1.5 / np.sqrt(n)
    first, other = rng.standard_normal((2, draws))
    other = correlation * first + np.sqrt(1 - correlation**2) * other
    errors = np.stack([first, other], 1)[:, :, None] * se
    return errors, np.full(errors.shape, se)


def held(case, truths, errors, se):
    published = Published(np.round(truths / 1000 + errors, 4), se, status="estimated")
    found = simulation.shown(case, published)[:, 0]
    return found.sum(0), len(found)


@pytest.mark.parametrize("correlation", [-0.9, 0.0, 0.8])
def test_a_kept_correlation_keeps_the_level_and_gives_back_the_power(monkeypatch, correlation):
    case = next(case for case in CASES if case.name == "more (grades)")
    rng = np.random.default_rng([7, int(10 * correlation) + 10])
    errors, se = together(rng, 240, correlation)
    even, apart = case.start(rng, 240), case.start(rng, 240)
    apart[:, 0] += 120  # 2.5 standard errors of a single grade
    bounded = held(case, apart, errors, se)[0][0]
    monkeypatch.setattr(Figures, "correlation", lambda self, one, other: (correlation - 0.02, correlation + 0.02))
    (yes, no), draws = held(case, even, errors, se)
    assert not more_than(max(yes, no), draws, 0.025)
    assert held(case, apart, errors, se)[0][0] >= bounded
    if correlation == 0.8:
        assert bounded < 0.4 * draws < 0.9 * draws < held(case, apart, errors, se)[0][0]


@pytest.mark.parametrize("kept", [False, True])
def test_a_group_and_everyone_share_respondents(monkeypatch, kept):
    # the group is 40 % of 1,000 people; what is true of both is the same
    rng = np.random.default_rng([8, kept])
    draws, part, n = 240, 0.4, 1000
    group = rng.standard_normal(draws) * 1.5 / np.sqrt(part * n)
    others = rng.standard_normal(draws) * 1.5 / np.sqrt((1 - part) * n)
    errors = np.stack([group, part * group + (1 - part) * others], 1)[:, :, None]
    sizes = np.array([1.5 / np.sqrt(part * n), 1.5 / np.sqrt(n)])
    names = ("grade@theme=work", "grade")
    case = simulation.Case("a group", lambda m: m.more(*names), names, ("2014",), None, None, None, simulation.even)
    if kept:
        bounds = (np.sqrt(part) - 0.02, np.sqrt(part) + 0.02)
        monkeypatch.setattr(Figures, "correlation", lambda self, one, other: bounds)
    (yes, no), draws = held(case, case.start(rng, draws), errors, np.broadcast_to(sizes[None, :, None], errors.shape))
    assert not more_than(max(yes, no), draws, 0.025)


@pytest.mark.parametrize("kept", [False, True])
def test_the_same_panel_in_two_waves_is_more_certain_of_a_change(monkeypatch, kept):
    rng = np.random.default_rng(9)
    errors, se = together(rng, 240, 0.7)
    errors, se = np.moveaxis(errors, 1, 2), np.moveaxis(se, 1, 2)
    if kept:
        monkeypatch.setattr(Figures, "correlation", lambda self, one, other: (0.68, 0.72))
    even = RISES.start(rng, 240)
    (yes, no), draws = held(RISES, even, errors, se)
    assert not more_than(max(yes, no), draws, 0.025)
    apart = even.copy()
    apart[:, 0, 1] += 150
    shown = held(RISES, apart, errors, se)[0][0] / draws
    assert shown > 0.9 if kept else shown < 0.8
