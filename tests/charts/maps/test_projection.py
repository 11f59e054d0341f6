"""Degrees and metres on a plane."""

import numpy as np
import pytest

from wavebook.charts.maps.projection import on_plane


def surface(points):
    x, y = points[:, 0], points[:, 1]
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def cell(west, south, size, steps=40):
    """A square of degrees, with enough points along its sides to bend."""
    along = [i / steps * size for i in range(steps)]
    return [
        *((west + a, south) for a in along),
        *((west + size, south + a) for a in along),
        *((west + size - a, south + size) for a in along),
        *((west, south + size - a) for a in along),
    ]


@pytest.mark.parametrize(
    "corners", [((3, 50), (6, 53)), ((-70, -55), (-60, -20)), ((10, -2), (20, 1)), ((-170, -60), (100, 70))]
)
def test_surfaces_are_in_the_proportion_of_those_on_the_globe(corners):
    made = on_plane({str(i): [cell(*corner, 2)] for i, corner in enumerate(corners)})
    one, other = (surface(made[name][0]) for name in "01")
    globe = [np.sin(np.radians(south + 2)) - np.sin(np.radians(south)) for _, south in corners]
    assert one / other == pytest.approx(globe[0] / globe[1], rel=0.002)


def test_north_is_up_and_west_is_left():
    made = on_plane({"a": [cell(4, 51, 1)], "north": [cell(4, 53, 1)], "east": [cell(6, 51, 1)]})
    a, north, east = (made[name][0].mean(axis=0) for name in ("a", "north", "east"))
    assert north[1] < a[1]
    assert east[0] > a[0]


def test_a_country_on_both_sides_of_the_line_of_dates_stays_whole():
    made = on_plane({"west": [cell(176, -18, 1)], "east": [cell(-180, -18, 1)]})
    west, east = made["west"][0], made["east"][0]
    assert east[:, 0].mean() - west[:, 0].mean() == pytest.approx(4 * np.ptp(west[:, 0]), rel=0.05)


def test_what_lies_on_a_plane_stays_as_it_is_with_north_up():
    metres = on_plane({"a": [[(120_000, 480_000), (180_000, 480_000), (180_000, 500_000)]]})["a"][0]
    assert metres.tolist() == [[120_000, -480_000], [180_000, -480_000], [180_000, -500_000]]
    screen = on_plane({"a": [[(0, 0), (960, 0), (960, 600)]]})["a"][0]
    assert screen.tolist() == [[0, 0], [960, 0], [960, 600]]
