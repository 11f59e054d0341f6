"""Where the parts of a chart stand."""

from itertools import pairwise

import pytest
from measures import UNITS

from wavebook.charts.layout import spread, tick_texts, tick_values


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
