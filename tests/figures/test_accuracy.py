"""How well a single figure is known."""

import math
from decimal import Decimal

import pytest
from by_hand import made

from wavebook.figures.accuracy import accuracy, critical


def of(name, **columns):
    figures = made({name: {"2014": columns}})
    return accuracy(figures[name], figures.definitions)


@pytest.mark.parametrize(
    ("name", "columns", "low", "high", "closed"),
    [
        ("grade", {"value": 6.7}, "6.65", "6.75", (True, False)),  # halves go up
        ("share", {"value": 13}, "12.5", "13.5", (True, False)),
        ("gap", {"value": -3}, "-3.5", "-2.5", (False, True)),  # and below zero down
        ("gap", {"value": 0}, "-0.5", "0.5", (False, False)),
        ("share", {"value": 0}, "0", "0.5", (True, False)),  # no share is below nothing
        ("share", {"value": 100}, "99.5", "100", (True, True)),  # or above everyone
        ("grade", {"value": 10}, "9.95", "10", (True, True)),
        ("grade", {"value": 1}, "1", "1.05", (True, False)),
        ("count", {"value": 4}, "3.5", "4.5", (True, False)),  # people, of whom a sample was asked
        ("things", {"value": 4}, "4", "4", (True, True)),
        ("things", {"value": 4.5}, "4.0", "5.0", (True, False)),  # no whole number was not just counted
        ("grade", {"value": 6.74}, "6.69", "6.79", (True, False)),  # from who knows what
        ("grade", {"value": 6.7, "se": 0.1}, "6.65", "6.75", (True, False)),
        ("grade", {"value": 6.74, "se": 0.1}, "6.735", "6.745", (True, False)),
        ("grade", {"value": 6.7, "se": 0.1, "status": "estimated"}, "6.65", "6.75", (True, False)),
        ("grade", {"value": 6.71234, "se": 0.1, "status": "estimated"}, "6.712335", "6.712345", (True, False)),
        ("grade", {"value": 6.7, "status": "revised"}, "6.65", "6.75", (True, False)),
    ],
)
def test_what_was_rounded_off_leaves_a_range(name, columns, low, high, closed):
    found = of(name, **columns)
    assert (found.low, found.high, found.closed) == (Decimal(low), Decimal(high), closed)


@pytest.mark.parametrize(
    ("name", "columns", "basis", "se"),
    [
        ("grade", {"value": 6.7}, "figures only", None),
        ("grade", {"value": 6.7, "n": 1000}, "figures only", None),  # how far apart are they?
        ("share", {"value": 50, "n": 2500}, "declared", 1.0),
        ("share", {"value": 50, "n": 2500, "n_effective": 625}, "declared", 2.0),
        ("share", {"value": 20, "n": 10_000}, "declared", math.sqrt(20.5 * 79.5 / 10_000)),  # the most that prints so
        ("grade", {"value": 6.7, "se": 0.1, "n": 50}, "measured", 0.1),
        ("grade", {"value": 6.7, "ci_low": 6.5, "ci_high": 6.8}, "measured", 0.2 / 1.96),
        ("things", {"value": 4}, "exact", 0.0),
    ],
)
def test_an_error_rests_on_what_is_known_of_it(name, columns, basis, se):
    found = of(name, **columns)
    assert (found.basis, found.se) == (basis, se if se is None else pytest.approx(se, rel=1e-4))


def test_a_share_in_the_middle_reaches_about_as_far_as_a_normal_one_and_less_to_the_near_end():
    few = of("share", value=4, n=400)
    assert few.reach(0.05, math.inf, up=True) > 1.96 * few.se > few.reach(0.05, math.inf, up=False)
    many = of("share", value=50, n=100_000)
    assert many.reach(0.05, math.inf, up=True) == pytest.approx(1.96 * many.se, rel=0.02)


def test_few_clusters_reach_farther():
    share = of("share", value=40, se=2.0)
    reaches = [share.reach(0.05, df, up=True) for df in (3, 10, 100, math.inf)]
    assert reaches == sorted(reaches, reverse=True)
    assert reaches[0] > 1.5 * reaches[-1]


def test_nothing_reaches_beyond_what_a_share_can_be():
    for value in (0, 1, 99, 100):
        share = of("share", value=value, n=30)
        assert float(share.low) - share.reach(1e-9, 3, up=False) >= -1e-9
        assert float(share.high) + share.reach(1e-9, 3, up=True) <= 100 + 1e-9


@pytest.mark.parametrize(("alpha", "df", "expected"), [(0.05, math.inf, 1.96), (0.05, 3, 3.182), (0.01, 10, 3.169)])
def test_critical_values_are_those_of_the_tables(alpha, df, expected):
    assert critical(alpha, df) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("df", [1, 2, 3, 10, 61.4, 1000, math.inf])
def test_a_quantile_grows_as_the_level_falls_however_far(df):
    quantiles = [critical(level, df) for level in (1, 0.5, 0.05, 1e-6, 1e-50, 1e-200, 1e-300, 5e-324)]
    assert quantiles[0] == 0
    assert quantiles == sorted(quantiles)


@pytest.mark.parametrize("width", [1.97, 2.0, 2.6, 4.5])  # of the interval in standard errors: from 60 degrees to 3
@pytest.mark.parametrize("value", [0.4, 18.7, 50.3, 99.2])
def test_a_share_far_from_a_limit_has_a_level_that_is_a_number(value, width):
    found = of("share", value=value, se=1.1, ci_low=max(value - width * 1.1, 0), ci_high=min(value + width * 1.1, 100))
    for up in (True, False):
        reaches = [found.reach(level, found.df, up=up) for level in (0.5, 0.05, 1e-10, 1e-100, 1e-300)]
        assert reaches == sorted(reaches)
        assert all(0 <= reach <= 100 for reach in reaches)
