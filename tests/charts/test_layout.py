"""Where the parts of a chart stand."""

import dataclasses
from itertools import pairwise

import pytest
from measures import UNITS

from wavebook.charts.layout import spread, tick_texts, tick_values
from wavebook.core.units import SCORE, built_in


@pytest.mark.parametrize(
    ("unit", "values", "ticks"),
    [
        ("grade", [6.6, 7.1], [6, 6.5, 7, 7.5]),
        ("grade", [9.9, 9.9], [8.5, 9, 9.5, 10]),
        ("grade", [4.0, 8.0], [3, 4, 5, 6, 7, 8, 9]),
        ("percent", [13, 40], [0, 10, 20, 30, 40]),
        ("percent", [97, 99], [0, 20, 40, 60, 80, 100]),
        ("percentage_point", [-4, 6], [-4, -2, 0, 2, 4, 6]),
        ("count", [0, 0], None),
        ("index", [104, 108], [98, 100, 102, 104, 106, 108, 110]),
        ("balance", [-45, 20], [-60, -40, -20, 0, 20]),
        ("minute", [14, 15], [0, 5, 10, 15]),
    ],
)
def test_ticks_are_round_and_hold_all_values(unit, values, ticks):
    found = tick_values(UNITS[unit], values)
    assert found[0] <= min(values) <= max(values) <= found[-1]
    assert ticks is None or found == ticks


def test_blocks_are_kept_apart_and_within_the_room():
    centres = spread([50, 52, 54, 200], [20, 20, 20, 20], 0, 210)
    ordered = sorted(centres)
    assert all(b - a >= 19.9 for a, b in pairwise(ordered))
    assert ordered[0] >= 10
    assert ordered[-1] <= 200


def test_tick_texts_have_equally_many_decimals():
    assert tick_texts([6, 6.5, 7], UNITS["grade"], "nl") == ["6,0", "6,5", "7,0"]
    assert tick_texts([0, 20], UNITS["percent"], "en") == ["0%", "20%"]
    assert tick_texts([-2, 2], UNITS["percentage_point"], "en") == ["−2", "2"]


@pytest.mark.parametrize(
    ("ends", "values", "ticks"),
    [
        ((1, 5), [2.9, 3.1], [2, 2.5, 3, 3.5]),
        ((1, 5), [1.1, 4.9], [1, 2, 3, 4, 5]),
        ((0, 10), [9.9, 9.9], [8.5, 9, 9.5, 10]),
        ((0, 1), [0.4, 0.5], [0, 0.5, 1]),
        ((0, 100), [61, 63], [50, 55, 60, 65, 70]),
        ((-5, 5), [-1, 2], [-2, -1, 0, 1, 2, 3]),
    ],
)
def test_the_window_of_a_score_lies_within_its_scale(ends, values, ticks):
    found = tick_values(SCORE.on(*ends), values)
    assert ends[0] <= found[0] <= min(values) <= max(values) <= found[-1] <= ends[1]
    assert found == ticks


def test_times_have_ticks_of_whole_quarters_and_hours():
    clock = dataclasses.replace(UNITS["minute"], clock=True)
    assert tick_texts(tick_values(clock, [63, 64]), clock, "en") == ["0:00", "0:15", "0:30", "0:45", "1:00", "1:15"]
    hours = dataclasses.replace(UNITS["hour"], clock=True)
    assert tick_texts(tick_values(hours, [7.5, 9]), hours, "en") == ["0:00", "2:00", "4:00", "6:00", "8:00", "10:00"]


@pytest.mark.parametrize(
    ("unit", "ticks", "texts"),
    [
        ("count", [0, 50_000], ["0", "50,000"]),
        ("count", [0, 100_000, 250_000], ["0", "100", "250"]),
        ("count", [0, 500_000, 1_500_000], ["0.0", "0.5", "1.5"]),
        ("EUR", [-2_000_000, 0], ["−€2", "€0"]),
        ("index", [0, 200_000], ["0", "200,000"]),
    ],
)
def test_large_counts_and_amounts_are_in_thousands_or_millions(unit, ticks, texts):
    assert tick_texts(ticks, built_in(unit), "en") == texts
