import ast
import copy
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from wavebook import claims
from wavebook.claims import (
    OpenError,
    about,
    above,
    always_more,
    always_rises,
    below,
    bottoms,
    direction,
    falls,
    holm,
    judge,
    largest,
    linear,
    majority,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    stable,
    undecided,
    unknown,
    widens,
)
from wavebook.definitions import Definitions
from wavebook.figures import COLUMNS, Figure, Figures, Key, figures_of, load
from wavebook.wording import round_half_up

WORDS = {"nl": "x", "en": "x"}
UNITS = {"grade": ("grade", 1), "share": ("percent", 0), "count": ("count", 0), "gap": ("percentage_point", 0)}
FULL = {"from": 2010, "to": 2014, "kind": "full", "reason": WORDS}
NOTED = {**FULL, "kind": "noted"}


def made(series, *, breaks=(), facts=None, wave=None):
    """Figures by hand: ``{"share.yes": {2010: 13, 2014: (14, se)}}``; the key's first word says the unit."""
    rows, indicators, years = [], {}, set()
    for name, values in series.items():
        text, _, theme = name.partition("@theme=")
        indicator, _, category = text.partition(".")
        unit, decimals = UNITS[re.match("[a-z]+", indicator)[0]]
        declared = indicators.setdefault(
            indicator,
            {"unit": unit, "decimals": decimals, "base": "all", "name": WORDS, "definition": WORDS, "categories": {}},
        )
        if category:
            declared["categories"][category] = WORDS
        years |= set(values)
        for year, value in values.items():
            value, se = value if isinstance(value, tuple) else (value, np.nan)
            status = "suppressed" if value is None else "published"
            empty = [np.nan] * 2
            segment = ("theme", theme) if theme else ("", "")
            row = [year, indicator, "total", *segment, category, np.nan if value is None else value, unit]
            rows.append([*row, *empty, se, *empty, status, "s", "p"])
    years = sorted(years)
    wave_ = {"name": WORDS, "bureau": "b", "client": WORDS, "source": "s"}
    definitions = Definitions.model_validate(
        {
            "bases": {"all": WORDS},
            "populations": {"total": WORDS},
            "segments": {"theme": {**WORDS, "values": {"work": WORDS}}},
            "indicators": indicators,
            "baseline": years[0],
            "waves": dict.fromkeys(years, wave_),
            "breaks": list(breaks),
            "facts": facts or {},
        }
    )
    return Figures(
        definitions,
        figures_of(pd.DataFrame(rows, columns=COLUMNS), definitions),
        wave=wave or years[-1],
        baseline=years[0],
        population="total",
        language="nl",
    )


def outcome(predicate, series, **options):
    return predicate.verdict(made(series, **options)).outcome


H, F, U = "holds", "fails", "untestable"

# --- each predicate, by hand ------------------------------------------------------------------------------

TOWNS = {"towns": {"date": "2015", "value": 39, "of": 393, "name": WORDS, "source": "s", "locator": "p"}}
TARGET = {"target": {"date": "2008", "value": 7, "name": WORDS, "source": "s", "locator": "p"}}


def two(first, last, name="share"):
    return {name: {2010: first, 2014: last}}


def shares(*values):
    return {f"share.{name}": {2014: value} for name, value in zip("abc", values, strict=False)}


CASES = [
    # one unit more is a rise, whatever was rounded: 13 is below 13.5 and 14 is not
    (rises("share"), two(13, 14), H),
    (rises("share"), two(14, 13), F),
    (rises("share"), two(14, 14), F),
    (rises("share"), two(None, 14), U),
    (rises("shares"), two(13, 14), U),
    (rises("grade"), two(6.7, 6.8, "grade"), H),
    (rises("grade"), two(6.74, 6.66, "grade"), F),  # both print 6.7
    (rises("grade"), two(6.74, 6.76, "grade"), U),  # they print 6.7 and 6.8, but were rounded from who knows what
    (rises("grade@2010..2013"), {"grade": {2010: 6.7, 2013: 6.9, 2014: 6.5}}, H),
    (falls("share"), two(14, 13), H),
    (falls("share"), two(13, 14), F),
    (falls("share"), two(14, 14), F),
    (falls("share"), two(14, None), U),
    (stable("share"), two(14, 14), H),
    (stable("share"), two(13, 14), F),
    (stable("share", within=1), two(13, 14), H),
    (stable("share", within=1), two(14, 13), H),
    (stable("share", within=1), two(13, 15), F),
    (stable("grade", within=0.1), two(6.7, 6.8, "grade"), H),
    (stable("grade", within=0.1), two(6.7, 6.9, "grade"), F),
    (stable("share"), two(None, 14), U),
    (always_rises("share"), {"share": {2008: 29, 2013: 34, 2014: 40}}, H),
    (always_rises("share"), {"share": {2008: 29, 2013: 29, 2014: 40}}, F),
    (always_rises("share"), {"share": {2008: 34, 2013: 29, 2014: 40}}, F),
    (always_rises("share"), {"share": {2014: 40}}, U),
    (linear("grade"), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.7, 2013: 6.8, 2014: 6.9}}, F),
    (linear("grade"), {"grade": {2008: 6.7, 2010: 6.7, 2013: 6.8, 2014: 6.9}}, H),
    (linear("share"), {"share": {2008: 13, 2009: 14, 2010: 15}}, H),
    (linear("share"), {"share": {2008: 13, 2009: 13, 2010: 14}}, H),
    # only the line 13.5 goes through 13, 14 and 13, and 13.5 is printed as 14
    (linear("share"), {"share": {2008: 13, 2009: 14, 2010: 13}}, F),
    (linear("share"), {"share": {2008: 14, 2009: 13, 2010: 14}}, F),
    (linear("share"), {"share": {2008: 13, 2009: 15, 2010: 13}}, F),
    (linear("share"), {"share": {2008: 13, 2014: 14}}, U),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 17, 2014: 14}}, H),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 14, 2014: 14}}, F),
    (peaks("share", 2013), {"share": {2008: 13, 2013: 17, 2014: 18}}, F),
    (peaks("share", 2013), {"share": {2008: 13, 2013: None, 2014: 18}}, U),
    (peaks("share", 2013), {"share": {2013: 17}}, U),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.7}}, H),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.6}}, F),
    (bottoms("grade", 2009), {"grade": {2008: 6.7, 2009: 6.6, 2010: 6.5}}, F),
    (bottoms("grade", 2009), {"grade": {2009: 6.6}}, U),
    (more("share.a", "share.b"), {"share.a": {2014: 33}, "share.b": {2014: 26}}, H),
    (more("share.a", "share.b"), {"share.a": {2014: 33}, "share.b": {2014: 33}}, F),
    (more("share.a", "share.b"), {"share.a": {2014: 26}, "share.b": {2014: 33}}, F),
    (more("share.a", "share.b"), {"share.a": {2014: 26}, "share.b": {2014: None}}, U),
    (more("share.a", "share.b", times=2), {"share.a": {2014: 52}, "share.b": {2014: 25}}, H),
    (more("share.a", "share.b", times=2), {"share.a": {2014: 50}, "share.b": {2014: 25}}, F),
    (more("share.a", "share.b", times=2), {"share.a": {2014: 51}, "share.b": {2014: 25}}, U),  # 50.5 and 25.49
    (more("share", "grade"), {"share": {2014: 52}, "grade": {2014: 6.9}}, U),  # not of one unit
    (ranked("share.a", "share.b", "share.c"), shares(3, 2, 1), H),
    (ranked("share.a", "share.b", "share.c"), shares(3, 1, 2), F),
    (ranked("share.a", "share.b", "share.c"), shares(3, 3, 2), F),
    (ranked("share.a", "share.b", "share.c"), shares(3, 2), U),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2010: 6.7, 2014: 6.9}}, H),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2010: 7, 2014: 6.9}}, F),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7, 2014: 7.1}, "grade_b": {2014: 6.9}}, H),
    (always_more("grade_a", "grade_b"), {"grade_a": {2010: 7.0}, "grade_b": {2014: 6.9}}, U),
    (largest("share.a"), {"share.a": {2014: 25}, "share.b": {2014: 23}}, H),
    (largest("share.a"), {"share.a": {2014: 25}, "share.b": {2014: 25}}, F),
    (largest("share.a"), {"share.a": {2014: 25}, "share.b": {2014: 26}}, F),
    (largest("share.a"), {"share.a": {2014: 25}, "share.b": {2014: None}}, U),
    (largest("share.a"), {"share.a": {2014: 25}}, U),
    (largest("share.a", among=["b"]), {"share.a": {2014: 25}, "share.b": {2014: 23}, "share.c": {2014: 40}}, H),
    (majority("share"), {"share": {2014: 51}}, H),
    (majority("share"), {"share": {2014: 50}}, F),
    (majority("share"), {"share": {2014: 49}}, F),
    (majority("share"), {"share": {2014: None}}, U),
    (above("share", 25), {"share": {2014: 26}}, H),
    (above("share", 25), {"share": {2014: 25}}, F),
    (above("share", 24.5), {"share": {2014: 25}}, U),  # it may be 24.5 itself
    (above("share", 24.6), {"share": {2014: 25}}, U),
    (above("share", 24.4), {"share": {2014: 25}}, H),
    (above("grade", "fact:target"), {"grade": {2014: 7.1}}, H),
    (above("grade", "fact:target"), {"grade": {2014: 7.0}}, F),
    (above("grade", "fact:tarket"), {"grade": {2014: 7.1}}, U),
    (below("share", 25), {"share": {2014: 24}}, H),
    (below("share", 25), {"share": {2014: 25}}, F),
    (below("share", 25.5), {"share": {2014: 25}}, H),  # 25.5 is printed as 26
    (below("share", 25.4), {"share": {2014: 25}}, U),
    (below("share", 25), {"share": {2014: None}}, U),
    (below("fact:towns", 50), {"share": {2014: 1}}, H),  # 39 of 393
    (above("fact:towns", 50), {"share": {2014: 1}}, F),
    (above("fact:target", 50), {"share": {2014: 1}}, U),  # a fact that is no part
    (about("share", 1 / 7), {"share": {2014: 14}}, H),  # a seventh is 14.3
    (about("share", 1 / 7), {"share": {2014: 15}}, H),
    (about("share", 1 / 7), {"share": {2014: 13}}, F),
    (about("share", 1 / 7), {"share": {2014: 16}}, F),
    (about("share", 1 / 7, within=2), {"share": {2014: 13}}, H),
    (about("share", 1 / 7), {"share": {2014: None}}, U),
    (about("fact:towns", 1 / 10), {"share": {2014: 1}}, H),  # 9.92
    (about("fact:towns", 1 / 8), {"share": {2014: 1}}, F),
    (about("fact:target", 1 / 8), {"share": {2014: 1}}, U),  # a fact that is no part
    (about("fact:towms", 1 / 8), {"share": {2014: 1}}, U),
    (widens("share.a", "share.b"), {"share.a": two(29, 40)["share"], "share.b": two(13, 14)["share"]}, H),
    (widens("share.a", "share.b"), {"share.a": two(29, 30)["share"], "share.b": two(13, 14)["share"]}, F),
    (widens("share.a", "share.b"), {"share.a": two(29, 31)["share"], "share.b": two(13, 14)["share"]}, U),
    (widens("share.a", "share.b"), {"share.a": two(29, 32)["share"], "share.b": two(13, 14)["share"]}, H),
    (widens("share.a", "share.b"), {"share.a": two(29, 29)["share"], "share.b": two(13, 15)["share"]}, F),
    (widens("share.a", "share.b", by=5), {"share.a": two(29, 40)["share"], "share.b": two(13, 14)["share"]}, H),
    (widens("share.a", "share.b", by=9), {"share.a": two(29, 40)["share"], "share.b": two(13, 14)["share"]}, U),
    (widens("share.a", "share.b", by=10), {"share.a": two(29, 40)["share"], "share.b": two(13, 14)["share"]}, F),
    (narrows("share.a", "share.b"), {"share.a": two(29, 29)["share"], "share.b": two(13, 15)["share"]}, H),
    (narrows("share.a", "share.b"), {"share.a": two(29, 29)["share"], "share.b": two(13, 14)["share"]}, U),
    (narrows("share.a", "share.b"), {"share.a": two(29, 40)["share"], "share.b": two(13, 14)["share"]}, F),
    (unknown("share.a@2010"), {"share.a": {2014: 1}, "share.b": {2010: 1}}, H),
    (unknown("share.a@2010"), {"share.a": {2010: 2, 2014: 1}}, F),
    (unknown("share.a@2010"), {"share.a": {2010: None, 2014: 1}}, F),  # known, and not to be shown
    (unknown("share.a@2011"), {"share.a": {2010: 2, 2014: 1}}, U),
    (unknown("shares.a@2014"), {"share.a": {2014: 1}}, U),
    (unknown("share.x@2014"), {"share.a": {2014: 1}}, U),
    (unknown("share.a@theme=works"), {"share.a": {2014: 1}}, U),
    (unknown("share.a@population=firms"), {"share.a": {2014: 1}}, U),
    (unknown("share.a@theme=work"), {"share.a": {2014: 1}}, H),
    (undecided(more("share.a", "share.b", times=2)), {"share.a": {2014: 51}, "share.b": {2014: 25}}, H),
    (undecided(more("share.a", "share.b", times=2)), {"share.a": {2014: 52}, "share.b": {2014: 25}}, F),
    (undecided(more("share.a", "share.b", times=2)), {"share.a": {2014: 40}, "share.b": {2014: 25}}, F),
    (undecided(rises("share")), two(None, 14), U),
    (undecided(more("share", "grade")), {"share": {2014: 52}, "grade": {2014: 6.9}}, U),
    (undecided(linear("share")), two(13, 14), U),
]


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=lambda v: getattr(v, "text", str(v)[:50]))
def test_a_statement_holds_fails_or_cannot_be_tested(predicate, series, expected):
    assert outcome(predicate, series, facts=TOWNS | TARGET) == expected


def test_every_predicate_is_tried_in_all_three_ways():
    names = [n for n, f in vars(claims).items() if getattr(f, "__annotations__", {}).get("return") == "Predicate"]
    public = {name for name in names if not name.startswith("_")}
    seen = {}
    for line in ast.walk(ast.parse(Path(__file__).read_text(encoding="utf-8"))):
        if isinstance(line, ast.Tuple) and len(line.elts) == 3 and isinstance(line.elts[0], ast.Call):
            seen.setdefault(line.elts[0].func.id, set()).add(line.elts[2].id)
    assert public
    assert {name for name in public if seen.get(name) != {"H", "F", "U"}} == set()


def test_an_untestable_statement_says_why():
    verdict = rises("share").verdict(made({"share": {2014: 14}, "grade": {2010: 6.7}}))
    assert verdict.reason == "there is no figure share@2010; share has 2014"


def test_a_verdict_names_the_figures_behind_it():
    verdict = rises("share").verdict(made(two(13, 14)))
    assert verdict.figures == ("share@2010", "share@2014")
    assert verdict.reason == "share 13 (2010) → 14 (2014)"


@pytest.mark.parametrize(
    ("predicate", "instead"),
    [
        (rises("share"), "share falls"),
        (stable("share"), "share falls"),
        (above("share", 50), "share is below 50"),
        (linear("share"), ""),
    ],
)
def test_a_statement_that_fails_says_what_holds_instead(predicate, instead):
    figures = made({"share": {2008: 14, 2010: 20, 2014: 13}})
    assert (predicate.verdict(figures).outcome, predicate.verdict(figures).instead) == ("fails", instead)


@pytest.mark.parametrize("predicate", [peaks("share@theme=work", 2013), always_rises("share@theme=work")])
def test_a_segment_has_a_series_of_its_own(predicate):
    assert outcome(~predicate, {"share@theme=work": {2010: 13, 2013: 12, 2014: 14}, "share": {2014: 1}}) == H


# --- what rounding leaves open ----------------------------------------------------------------------------


def figure(value, decimals=0, se=None, wave=2014):
    key = Key(wave, "share", "total", "", "", "")
    return Figure(key, value, "percent", decimals, None, None, se, None, None, "published", "s", "p")


hidden = st.decimals(0, 100, places=3)


@given(st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2]), hidden), min_size=1, max_size=4), st.integers(-50, 50))
def test_a_sign_told_from_rounded_figures_is_the_sign_of_what_was_rounded(terms, constant):
    shown = [(c, figure(float(round_half_up(value, 0)))) for c, value in terms]
    total = sum(c * value for c, value in terms) + constant
    try:
        found = direction(shown, Decimal(constant))
    except OpenError:
        return
    if found == "same":
        assert sum(c * f.printed for c, f in shown) + constant == 0
    else:
        assert total > 0 if found == "up" else total < 0


@given(st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2]), st.integers(5, 95)), min_size=1, max_size=4))
def test_a_sign_is_left_open_only_when_rounding_allows_another(terms):
    shown = [(c, figure(float(value))) for c, value in terms]
    low = sum(c * (Fraction(v) + Fraction(-1 if c > 0 else 1, 2)) for c, v in terms)
    high = sum(c * (Fraction(v) + Fraction(1 if c > 0 else -1, 2)) for c, v in terms)
    try:
        direction(shown)
    except OpenError:
        assert low <= 0 <= high


@pytest.mark.parametrize("value", [13, 13.2, 12.6])
def test_a_figure_does_not_differ_from_itself(value):
    assert direction([(1, figure(value)), (-1, figure(value))]) == "same"


# --- a straight line --------------------------------------------------------------------------------------


def fits(gates):
    """The same question put to a linear programme: how far below every upper end can a line stay?"""
    x0 = gates[0].x
    above_low = [[-1, -(g.x - x0), 0] for g in gates]
    below_high = [[1, g.x - x0, 0 if g.closed else 1] for g in gates]
    limits = [-float(g.low) for g in gates] + [float(g.high) for g in gates]
    found = linprog([0, 0, -1], above_low + below_high, limits, bounds=[(None, None), (None, None), (0, 1)])
    margin = -found.fun if found.status == 0 else -1
    return margin >= 0 if all(g.closed for g in gates) else margin > 1e-7


years = st.lists(st.integers(2000, 2012), min_size=3, max_size=6, unique=True).map(sorted)


@given(years, st.data())
def test_linear_agrees_with_a_linear_programme(waves, data):
    values = data.draw(st.lists(st.integers(12, 17), min_size=len(waves), max_size=len(waves)))
    figures = [figure(float(value), wave=wave) for wave, value in zip(waves, values, strict=True)]
    gates = [claims._bounds(f) for f in figures]
    assert claims._line_fits(gates) == fits(gates)


@given(years, st.integers(-300, 300), st.integers(3000, 6000))
def test_a_straight_line_is_linear_however_it_is_rounded(waves, slope, start):
    series = {
        wave: float(round_half_up(Decimal(start + slope * (wave - 2006)) / 100, 0)) for wave in waves
    }  # slope and start in hundredths
    assume(all(0 <= value <= 100 for value in series.values()))
    assert outcome(linear("share"), {"share": series}) == H


def test_a_line_may_pass_anywhere_in_the_intervals_of_estimates():
    # the interval of 15 ± 1.96 reaches 13.04, so 13, 13, 13 fits; that of 15 ± 0.98 does not reach 13.5
    assert outcome(linear("share"), {"share": {2008: 13, 2009: (15, 1.0), 2010: 13}}) == H
    assert outcome(linear("share"), {"share": {2008: 13, 2009: (15, 0.5), 2010: 13}}) == F


# --- chance -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # the standard error of the difference is 1.414; 1.96 times that is 2.77
        ((30, 1.0), (33, 1.0), H),
        ((30, 1.0), (32.7, 1.0), F),
        ((30, 1.0), (32.8, 1.0), H),
        ((33, 1.0), (30, 1.0), F),
        # a published figure is rounded and has no known error: 33 may be 32.5 or nearly 33.5
        ((30, 1.0), 33, H),  # 2.5 at the least, chance explains 1.96
        ((30, 1.0), 31, F),  # 1.5 at the most
        ((30, 1.0), 32, U),  # 1.5 or 2.5
        ((30.2, 1.0), 32, U),  # 1.3 or 2.3
    ],
)
def test_a_rise_of_estimates_must_exceed_what_chance_explains(first, last, expected):
    assert outcome(rises("share"), two(first, last)) == expected


def test_a_change_that_chance_explains_is_stable():
    assert outcome(stable("share"), two((30, 1.0), (32, 1.0))) == H


def test_estimates_that_print_alike_do_not_differ_however_exact():
    assert outcome(rises("share"), two((30.1, 0.01), (30.4, 0.01))) == F


def test_a_gap_of_four_estimates_has_the_error_of_all_four():
    # standard error 2; 1.96 times that is 3.92
    series = {"share.a": {2010: (30, 1), 2014: (34, 1)}, "share.b": {2010: (20, 1), 2014: (20, 1)}}
    assert outcome(widens("share.a", "share.b"), series) == H
    series["share.a"][2014] = (33.9, 1)
    assert outcome(widens("share.a", "share.b"), series) == F


@pytest.mark.parametrize(
    ("p_values", "rejected"),
    [
        ([0.05], 1),
        ([0.051], 0),
        ([0.01, 0.04, 0.03], 1),  # 0.01 ≤ 0.05/3, 0.03 > 0.05/2
        ([0.01, 0.02, 0.03], 3),
        ([0.02, 0.02, 0.02], 0),
        ([0.0, 0.9], 1),
    ],
)
def test_holm_rejects_the_smallest_first(p_values, rejected):
    assert sum(p <= holm(p_values) for p in p_values) == rejected


def test_without_tests_the_level_is_that_of_a_single_one():
    assert holm([]) == 0.05


def test_a_large_change_from_a_rounded_figure_is_no_less_certain_for_being_the_only_one():
    assert judge(made({"grade": {2010: 6.7, 2014: (7.4, 0.05)}}), {"a": rises("grade")}).verdicts["a"]["outcome"] == H


@given(st.lists(st.floats(0, 0.2), max_size=8))
def test_holm_rejects_what_its_definition_does(p_values):
    ordered = sorted(p_values)
    passed = [p <= 0.05 / (len(ordered) - place) for place, p in enumerate(ordered)]
    rejected = ordered[: passed.index(False)] if False in passed else ordered
    assert [p for p in ordered if p <= holm(p_values)] == rejected


def test_a_section_of_many_statements_asks_more_of_each():
    # difference 3.07 with standard error 1.414: p = 0.030, enough alone and not for two
    series = {f"share.{c}": {2010: (30, 1.0), 2014: (33.07, 1.0)} for c in "ab"}
    one, both = {"a": rises("share.a")}, {c: rises(f"share.{c}") for c in "ab"}
    assert judge(made(series), one).verdicts["a"]["outcome"] == H
    assert {v["outcome"] for v in judge(made(series), both).verdicts.values()} == {F}


@pytest.mark.parametrize("last", [45, 60, 99])  # 10, 21 and 49 standard errors: p-values that doubles barely hold
def test_a_change_far_beyond_chance_holds(last):
    series = {"share.a": {2010: (30, 1.0), 2014: (last, 1.0)}, "share.b": {2010: (30, 1.0), 2014: (31, 1.0)}}
    found = judge(made(series), {c: rises(f"share.{c}") for c in "ab"}).verdicts
    assert [found[c]["outcome"] for c in "ab"] == [H, F]


def test_published_figures_do_not_count_as_tests():
    series = {"share.a": {2010: (30, 1.0), 2014: (33.07, 1.0)}, "share.b": {2010: 13, 2014: 14}}
    found = judge(made(series), {c: rises(f"share.{c}") for c in "ab"}).verdicts
    assert [found[c]["outcome"] for c in "ab"] == [H, H]


# --- breaks -----------------------------------------------------------------------------------------------

ACROSS = [
    rises("share.a"),
    falls("share.a"),
    stable("share.a"),
    stable("share.a", within=50),
    always_rises("share.a"),
    linear("share.a"),
    peaks("share.a", 2014),
    bottoms("share.a", 2008),
    widens("share.a", "share.b"),
    narrows("share.b", "share.a"),
    more("share.a", "share.a@2008"),
    more("share.a", "share.b@2008"),
    ranked("share.a", "share.a@2008"),
    ~rises("share.a"),
    undecided(rises("share.a")),
]
BROKEN = {"share.a": {2008: 13, 2010: 14, 2014: 16}, "share.b": {2008: 13, 2010: 13, 2014: 13}}


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_nothing_is_compared_across_a_full_break(predicate):
    verdict = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (verdict.outcome, verdict.reason) == (U, "the series share breaks between 2010 and 2014")


@pytest.mark.parametrize("predicate", ACROSS, ids=lambda p: p.text)
def test_a_comparison_across_a_noted_break_is_made_and_carries_it(predicate):
    verdict = predicate.verdict(made(BROKEN, breaks=[NOTED]))
    assert verdict.outcome != U
    assert verdict.breaks == ((2010, 2014),)


@pytest.mark.parametrize("predicate", [rises("share.a@2008..2010"), more("share.a", "share.b"), largest("share.a")])
def test_what_lies_on_one_side_of_a_break_is_free_of_it(predicate):
    verdict = predicate.verdict(made(BROKEN, breaks=[FULL]))
    assert (verdict.outcome, verdict.breaks) == (H, ())


def test_a_break_of_another_indicator_breaks_nothing():
    assert outcome(rises("share"), two(13, 14) | {"grade": {2014: 7}}, breaks=[{**FULL, "indicators": ["grade"]}]) == H


def test_a_break_of_either_indicator_parts_two_of_them():
    series = {"grade_a": {2010: 7.0, 2014: 7.1}, "grade_b": {2010: 6.7, 2014: 6.9}}
    breaks = [{**FULL, "indicators": ["grade_b"]}]
    assert outcome(more("grade_a", "grade_b@2010"), series, breaks=breaks) == U
    assert outcome(more("grade_a@2010", "grade_b"), series, breaks=breaks) == U
    assert outcome(more("grade_a", "grade_b"), series, breaks=breaks) == H


# --- not, and, or -----------------------------------------------------------------------------------------

TRUTH = {"yes": rises("share.a"), "no": falls("share.a"), "?": rises("share.x")}
SERIES = {"share.a": two(13, 14)["share"]}
OUTCOMES = {"yes": H, "no": F, "?": U}


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


@pytest.mark.parametrize("order", [("share.a", "share.b", "share.c"), ("share.b", "share.c", "share.a")])
def test_one_wrong_step_settles_a_ranking_whatever_another_leaves_open(order):
    # a and b are too close to tell from rounded figures; c is above b for certain
    series = {"share.a": {2014: 10.3}, "share.b": {2014: 9.4}, "share.c": {2014: 20}}
    assert outcome(more("share.a", "share.b"), series) == U
    assert outcome(ranked(*order), series) == F


def test_a_ranking_with_one_step_left_open_is_open():
    series = {"share.a": {2014: 10.3}, "share.b": {2014: 9.4}, "share.c": {2014: 2}}
    assert outcome(ranked("share.a", "share.b", "share.c"), series) == U


def test_undecided_needs_every_open_part_to_be_open_by_rounding():
    open_, missing = more("share.a", "share.b", times=2), rises("share.x")
    series = {"share.a": {2010: 51, 2014: 51}, "share.b": {2014: 25}}
    assert outcome(undecided(open_ & open_), series) == H
    assert outcome(undecided(open_ & missing), series) == U
    assert outcome(undecided(open_ & ~majority("share.a")), series) == F


def test_joined_statements_keep_all_figures_and_breaks():
    verdict = (rises("share.a") & more("share.a", "share.b")).verdict(made(BROKEN, breaks=[NOTED]))
    assert verdict.figures == ("share.a@2008", "share.a@2014", "share.b@2014")
    assert verdict.breaks == ((2010, 2014),)


def test_a_section_shows_its_verdicts_as_text_and_as_data():
    shown = judge(made(two(13, 14)), {"groei": rises("share")})._repr_mimebundle_()
    assert shown["text/plain"] == "groei: holds (share 13 (2010) → 14 (2014))"
    assert shown[claims.MIME]["groei"]["figures"] == ["share@2010", "share@2014"]


# --- the claims of the book can fail ----------------------------------------------------------------------

SLUGS = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")


def predicates_of(root, slug, figures):
    """The predicates of a notebook's claims cell, by name."""
    caught = {}
    ours = SimpleNamespace(**{**vars(claims), "judge": lambda figures, predicates: caught.update(predicates)})
    for cell in nbformat.read(root / "notebooks" / f"{slug}.ipynb", as_version=4).cells:
        if cell.id == "claims":
            exec(cell.source, {"figures": figures, "claims": ours})
    return caught


@pytest.fixture(scope="module")
def book(root):
    figures = load(root)
    return figures, {slug: predicates_of(root, slug, figures) for slug in SLUGS}


def changed(figures, key, value):
    """The same figures but one."""
    other = copy.copy(figures)
    other._rows = {**figures._rows, key: replace(figures._rows[key], value=value)}
    return other


def other_values(figure):
    """Values all over a figure's range, close to its own and far off."""
    unit = 10.0**-figure.decimals
    low, high = {"grade": (1, 10), "percent": (0, 100)}.get(figure.unit, (0, 3 * figure.value))
    near = [figure.value + step * unit for step in (1, -1, 2, -2, 3, -3, 5, -5)]
    return [round(value, 6) for value in (*near, low, high) if low <= value <= high]


def other_facts(figures):
    d = figures.definitions
    for name, fact in d.facts.items():
        for value in (1, 10 * fact.value):
            other = copy.copy(figures)
            facts = {**d.facts, name: fact.model_copy(update={"value": value})}
            other.definitions = d.model_copy(update={"facts": facts})
            yield other


def flips(predicate, figures):
    """Keys of the figures whose change alone makes a statement fail or untestable; "fact" for a dated fact."""
    found = set()
    for text in predicate.verdict(figures).figures:
        figure = figures[text]
        if any(
            predicate.verdict(changed(figures, figure.key, value)).outcome != "holds" for value in other_values(figure)
        ):
            found.add(text)
    if any(predicate.verdict(other).outcome != "holds" for other in other_facts(figures)):
        found.add("fact")
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_of_the_book_holds(book, slug):
    figures, predicates = book
    assert {name: p.verdict(figures).outcome for name, p in predicates[slug].items()} == dict.fromkeys(
        predicates[slug], "holds"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_of_the_book_fails_for_other_figures(book, slug):
    figures, predicates = book
    unmoved = {name for name, p in predicates[slug].items() if not flips(p, figures)}
    without = {name for name in unmoved if "is unknown" in predicates[slug][name].text}  # these rest on no figure
    assert unmoved == without


def test_what_is_said_to_be_unknown_fails_once_it_is_known(book):
    figures, predicates = book
    for predicate in (p for named in predicates.values() for p in named.values() if "is unknown" in p.text):
        keys = re.findall(r"([\w.]+@\d{4}) is unknown", predicate.text)
        assert keys
        for text in keys:
            key = figures.resolve(text)
            known = copy.copy(figures)
            known._rows = {**figures._rows, key: replace(next(iter(figures)), key=key, value=50.0)}
            assert predicate.verdict(known).outcome == "fails"


def live_figures(root, figures):
    """Keys of the figures that the Dutch pages print."""
    live = set()
    for page in (root / "book").glob("*.md"):
        for role, text in re.findall(r"\{(value|number|word|change|trend)\}`([^`]+)`", page.read_text("utf-8")):
            text = re.sub(r".*<(.*)>", r"\1", text)
            if text.startswith("fact:"):
                continue
            found = figures.between(text) if role in ("change", "trend") else [figures[text]]
            live |= {str(figure.key) for figure in found}
    return live


def test_every_figure_that_a_statement_rests_on_is_printed_or_moves_a_statement(book, root):
    figures, predicates = book
    every = [p for named in predicates.values() for p in named.values()]
    used = {key for p in every for key in p.verdict(figures).figures}
    guarded = live_figures(root, figures).union(*(flips(p, figures) for p in every))
    assert used
    assert used - guarded == set()
