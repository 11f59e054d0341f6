"""Borders on a plane: degrees of longitude and latitude by an equal-area projection; what lies on a plane as it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

Borders = Mapping[str, Sequence[Sequence[tuple[float, float]]]]
Plane = dict[str, list[np.ndarray]]  # arrays of points (x, y), y downwards

_SCREEN = 10_000  # an extent below this is in px of a screen, on which y runs down; maps in metres are larger
_WORLD = (200, 100)  # degrees beyond which no cone fits


def on_plane(borders: Borders) -> Plane:
    """The borders of regions with equal areas kept equal, north up, in some unit of length.

    Coordinates within 180 and 90 are degrees: a cone that fits their latitudes, or all of the earth where they span it.
    Others lie on a plane already: in metres with y to the north, or in px of a screen.
    """
    arrays = {name: [np.array(ring, float) for ring in rings] for name, rings in borders.items()}
    every = np.concatenate([ring for rings in arrays.values() for ring in rings])
    low, high = every.min(axis=0), every.max(axis=0)
    if max(abs(low[0]), abs(high[0])) > 180.001 or max(abs(low[1]), abs(high[1])) > 90.001:
        flip = 1 if max(high - low) < _SCREEN else -1
        return {name: [ring * (1, flip) for ring in rings] for name, rings in arrays.items()}
    west = _west(every[:, 0])
    every = _turned(every, west)
    ends = every.min(axis=0), every.max(axis=0)
    return {name: [_projected(_turned(ring, west), *ends) for ring in rings] for name, rings in arrays.items()}


def _west(longitudes: np.ndarray) -> float:
    """The longitude at which the largest gap ends: a country on both sides of 180° stays whole."""
    sorted_ = np.unique(np.round(longitudes, 1) % 360)
    gaps = np.diff(np.append(sorted_, sorted_[0] + 360))
    return float(sorted_[(int(gaps.argmax()) + 1) % len(sorted_)]) - 0.05


def _turned(points: np.ndarray, west: float) -> np.ndarray:
    return np.column_stack([(points[:, 0] - west) % 360, points[:, 1]])


def _projected(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Degrees on a plane, by Albers' projection with its parallels a sixth from the ends, or by Equal Earth."""
    (west, south), (east, north) = low, high
    x, y = np.radians(points[:, 0] - (west + east) / 2), np.radians(points[:, 1])
    if east - west > _WORLD[0] or north - south > _WORLD[1]:
        return _equal_earth(x, y)
    first, second = (math.radians(south + (north - south) * share) for share in (1 / 6, 5 / 6))
    n = (math.sin(first) + math.sin(second)) / 2
    if abs(n) < 0.02:  # around the equator a cone is a cylinder
        across = math.cos(math.radians(max(abs(south), abs(north))) / 2)
        return np.column_stack([x * across, -np.sin(y) / across])
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    radius = np.sqrt(np.maximum(c - 2 * n * np.sin(y), 0)) / n
    return np.column_stack([radius * np.sin(n * x), radius * np.cos(n * x)])


def _equal_earth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    a = (1.340264, -0.081106, 0.000893, 0.003796)
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(y))
    slope = a[0] + 3 * a[1] * t**2 + 7 * a[2] * t**6 + 9 * a[3] * t**8
    height = a[0] * t + a[1] * t**3 + a[2] * t**7 + a[3] * t**9
    return np.column_stack([2 * x * np.cos(t) / (math.sqrt(3) * slope), -height])
