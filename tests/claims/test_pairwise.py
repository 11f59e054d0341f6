"""Many pairs at once say what the statement ``more`` says of each, and what a textbook says of two groups."""

import math
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from by_hand import made
from scipy import stats

from wavebook.claims import Evidence
from wavebook.claims.pairwise import ANYTHING, NOTHING, Estimate, Pairs
from wavebook.core.multiplicity import adjusted
from wavebook.figures import Figures
from wavebook.figures.accuracy import Accuracy, accuracy


def mean(value, se, df=math.inf, half=0.0):
    """A mean with its error; ``half`` is what rounding hides."""
    low, high = (Decimal(repr(float(value + way * half))) for way in (-1, 1))
    return Estimate(Accuracy(low, high, (True, True), se, df, "measured"), Decimal(repr(float(value))))


def share(percent, people, half=0.0):
    """A share of so many people, by simple random sampling."""
    se = math.sqrt(percent * (100 - percent) / people)
    found = mean(percent, se, half=half)
    return found._replace(accuracy=replace(found.accuracy, people=people))


def within(estimates, bounds=NOTHING):
    return Pairs.within(estimates, [bounds] * math.comb(len(estimates), 2))


# --- textbooks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("df", [math.inf, 12, 3])
@pytest.mark.parametrize("alpha", [0.05, 0.10])
def test_two_independent_means_are_judged_by_z_or_t(df, alpha):
    gaps = np.linspace(0.001, 1.2, 400)
    a, b = 0.11, 0.17
    found = Pairs.across(
        [mean(7.0 + gap, a, df) for gap in gaps], [mean(7.0, b, df)] * len(gaps), [NOTHING] * len(gaps)
    )
    law = stats.norm if math.isinf(df) else stats.t(df)
    p = 2 * law.sf(gaps / math.hypot(a, b))
    assert found.higher(alpha).tolist() == (p < alpha).astype(int).tolist()
    assert 0 < found.higher(alpha).sum() < len(gaps)


def test_two_samples_without_people_in_common_have_the_degrees_of_welch():
    a, b, m, n = 0.2, 0.1, 9, 39
    gaps = np.linspace(0.001, 1, 200)
    found = Pairs.across([mean(7 + gap, a, m) for gap in gaps], [mean(7, b, n)] * len(gaps), [None] * len(gaps))
    p = stats.ttest_ind_from_stats(
        7 + gaps, a * math.sqrt(m + 1), m + 1, 7, b * math.sqrt(n + 1), n + 1, equal_var=False
    )
    assert found.higher(0.05).tolist() == (p.pvalue < 0.05).astype(int).tolist()


def test_two_shares_are_judged_by_their_exact_limits_combined():
    """Zou and Donner's limits of a difference, from those of Clopper and Pearson by scipy's beta."""
    m, n, base = 80, 150, 30.0
    percents = np.linspace(30.5, 70, 80)
    found = Pairs.across([share(p, m) for p in percents], [share(base, n)] * len(percents), [None] * len(percents))
    down = [p - 100 * stats.beta.ppf(0.025, m * p / 100, m * (1 - p / 100) + 1) for p in percents]
    up = 100 * stats.beta.ppf(0.975, n * 0.3 + 1, n * 0.7) - base
    expected = [p - base > math.hypot(d, up) for p, d in zip(percents, down, strict=True)]
    assert found.higher(0.05).tolist() == [int(way) for way in expected]
    plain = [p - base > 1.96 * math.sqrt(p * (100 - p) / m + base * 70 / n) for p in percents]
    assert sum(expected) <= sum(plain) <= sum(expected) + 10  # a little less often than the normal test


def test_a_correlation_makes_a_difference_more_or_less_certain():
    a, b = mean(7.3, 0.1), mean(7.0, 0.1)  # z = 0.3 / 0.141 = 2.12 if independent, 0.3 / 0.2 if anything
    found = [within([a, b], bounds).higher(0.05)[0] for bounds in (NOTHING, ANYTHING, (0.6, 0.7), (-0.3, -0.2))]
    assert found == [1, 0, 1, 0]


def test_rounding_that_could_tell_otherwise_leaves_a_pair_open():
    assert within([mean(7.3, 0.1, half=0.05), mean(7.0, 0.1, half=0.05)]).higher(0.05).tolist() == [0]
    assert within([mean(7.5, 0.1, half=0.05), mean(7.0, 0.1, half=0.05)]).higher(0.05).tolist() == [1]


def test_holm_is_that_of_p_values():
    chance = np.random.default_rng(7)
    for _ in range(200):
        values = chance.normal(7, 0.25, 6)
        found = within([mean(float(v), 0.1) for v in values])
        p = [2 * stats.norm.sf(abs(a - b) / math.sqrt(0.02)) for a, b in combinations(values, 2)]
        expected = [x <= 0.05 for x in adjusted(p)]
        assert np.abs(found.holm(0.05)).astype(bool).tolist() == expected


def test_nobody_to_compare_with_is_no_pair():
    assert within([]).holm(0.05).tolist() == within([mean(7, 1)]).higher(0.05).tolist() == []


# --- the statements of the book ---------------------------------------------------------------------------


def some_figures(chance, count):
    """Shares and grades as tables have them: rounded or not, with an error, an interval, a number, or several."""
    series = {}
    for at in range(count):
        n, value = int(chance.integers(30, 900)), float(np.round(chance.uniform(5, 95), int(chance.integers(0, 3))))
        se = float(np.round(chance.uniform(0.5, 4), 3))
        known = [
            {"n": n},
            {"n": n, "se": se},
            {"se": se, "ci_low": max(value - 2.4 * se, 0), "ci_high": min(value + 2.4 * se, 100)},
        ]
        series[f"share.c{at}"] = {"2014": {"value": value} | known[int(chance.integers(0, 3))]}
    return series


@pytest.mark.parametrize("seed", range(6))
def test_a_pair_is_judged_as_the_statement_more_judges_it(seed, monkeypatch):
    chance = np.random.default_rng(seed)
    figures = made(some_figures(chance, 8))
    rows = [*figures]
    kept = {}
    for a, b in combinations(rows, 2):
        if chance.random() < 0.6:
            middle = float(chance.uniform(-0.6, 0.6))
            kept[frozenset((a.key, b.key))] = middle - 0.05, middle + 0.05
    monkeypatch.setattr(Figures, "correlation", lambda self, a, b: kept.get(frozenset((a, b))))
    estimates = [Estimate(accuracy(f, figures.definitions), f.printed) for f in rows]
    pairs = Pairs.within(estimates, [kept.get(frozenset((a.key, b.key)), ANYTHING) for a, b in combinations(rows, 2)])
    for alpha in (0.05, 0.004):
        evidence = Evidence(figures, alpha)
        truths = [evidence.positive([(1, a), (-1, b)]).truth for a, b in combinations(rows, 2)]
        expected = [{True: 1, False: -1, None: 0}[truth] for truth in truths]
        assert pairs.higher(alpha).tolist() == expected
    assert len({*expected}) == 3


# --- how often they are wrong -----------------------------------------------------------------------------


def wrong(runs, groups, people, seed):
    """The part of rows in which some letter stands though all groups are alike: with Holm; and of pairs, without."""
    chance = np.random.default_rng(seed)
    rows = pairs = 0
    for _ in range(runs):
        answers = chance.binomial(people, 0.35, groups) / people * 100
        found = within([share(float(p), people) for p in np.clip(answers, 0.01, 99.99)])
        rows += bool(found.holm(0.05).any())
        pairs += np.abs(found.higher(0.05)).mean()
    return rows / runs, pairs / runs


def test_letters_are_seldom_wrong():
    rows, pairs = wrong(300, 5, 120, seed=1)
    assert rows <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 300)
    assert 0 < pairs <= 0.06


@pytest.mark.slow
@pytest.mark.parametrize(("groups", "people"), [(2, 60), (5, 120), (12, 300), (26, 900)])
def test_letters_are_seldom_wrong_in_the_long_run(groups, people):
    runs = 40_000 // groups
    rows, pairs = wrong(runs, groups, people, seed=groups)
    assert rows <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)
    assert 0.01 < pairs <= 0.055
