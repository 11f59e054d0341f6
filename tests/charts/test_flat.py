"""Figures that an axis can hardly tell apart: all zero, all alike, next to nothing."""

import pytest
from drawn import edition

from wavebook import charts
from wavebook.charts.layout import tick_values
from wavebook.core.units import BUILT_IN

VALUES = [(0, 0), (3, 0), (-0.0, 0), (1e-6, 2e-6), (5, 5), (1e12, 3e12)]
BELOW = [(-1e-6, 0), (-4, -4), (-1e12, 1e-6)]
CALLS = {
    "lines": lambda found: charts.lines("x", found.select("a", "b", waves="both")),
    "change": lambda found: charts.change("x", found.select("a", "b", waves="both")),
    "dots": lambda found: charts.dots("x", found.select("a", "b")),
    "post": lambda found: charts.post("x", found.select("a", "b")),
    "heat": lambda found: charts.heat("x", found.select("a", "b", waves="both")),
    "slope": lambda found: charts.slope("x", found.select("a", "b", waves="both")),
    "multiples": lambda found: charts.multiples(
        "x", found.select("a", "b", waves="both"), form=charts.lines, by="indicator"
    ),
}


@pytest.mark.parametrize(
    ("unit", "values"),
    [(unit, v) for unit in ("percent", "count", "index") for v in VALUES] + [("percentage_point", v) for v in BELOW],
)
def test_an_axis_has_values_that_differ_and_hold_all_figures(unit, values):
    ticks = tick_values(BUILT_IN[unit], list(values))
    assert len({*ticks}) == len(ticks) >= 2
    assert ticks[0] - 1e-5 <= min(values) <= max(values) <= ticks[-1] + 1e-5


def test_an_axis_of_zeros_begins_at_zero():
    assert tick_values(BUILT_IN["percent"], [0, 0]) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("form", CALLS)
def test_a_chart_of_zeros_is_drawn(form):
    found = edition(
        [(year, name, 0) for name in "ab" for year in ("2008", "2014")],
        a=("percent", ()),
        b=("percent", ()),
    )
    svg = CALLS[form](found).payload["svg"]["wide"]
    assert "0" in svg
    assert "NaN" not in svg
