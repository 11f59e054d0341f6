"""Regions of a map at one width: simplified until their drawing is small, with hatching and room for their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from wavebook.charts.layout import Box
from wavebook.charts.maps.projection import Borders, on_plane
from wavebook.charts.maps.topology import Spot, Topology

GRID = 4000  # units along the longest side
SMALL = 10  # px; a smaller region is a dot
DOT = 5  # its radius in px
_FINEST, _COARSEST = 0.4, 2000  # px²; smaller corners are not to be seen, and larger ones all that is left
_MANY = 150  # regions of which tenths of a px would take more room than their corners do
_Rings = list[list[tuple[float, float]]]


class Region(NamedTuple):
    """A region in px: its outline as an SVG path, the box around it, its middle, and its width there."""

    path: str
    box: Box
    x: float
    y: float
    room: float
    is_dot: bool
    rings: _Rings


class Atlas:
    """The regions of a map, of which each width makes its own drawing."""

    def __init__(self, borders: Borders) -> None:
        plane = on_plane(borders)
        ends = [(ring.min(axis=0), ring.max(axis=0)) for rings in plane.values() for ring in rings]
        left, top = (min(low[i] for low, _ in ends) for i in (0, 1))
        wide, tall = (max(high[i] for _, high in ends) - low for i, low in ((0, left), (1, top)))
        self._unit = max(wide, tall) / GRID or 1.0
        self.ratio = min(max(float(wide / tall) if tall else 1.0, 0.05), 20.0)
        grid: dict[str, list[list[Spot]]] = {}
        for name, rings in plane.items():
            rounded = [((ring - (left, top)) / self._unit).round().astype(int).tolist() for ring in rings]
            grid[name] = [[(x, y) for x, y in ring] for ring in rounded]
        self._topology = Topology(grid)
        self._boxes = {name: _around(spot for ring in rings for spot in ring) for name, rings in grid.items()}
        self._digits = 0 if len(grid) > _MANY else 1
        self._point = 9 if len(grid) > _MANY else 11  # characters at most: L123,567 or L123.4,567.8
        self._simple: dict[tuple[float, int], dict[str, list[list[Spot]]]] = {}

    def fitted(self, width: float, height: float, most: int, corner: tuple[float, float]) -> dict[str, Region]:
        """The regions in a box of ``width`` × ``height`` px from its ``corner`` on, in ``most`` characters of paths."""
        scale = min(width / self.ratio, height) if self.ratio < 1 else min(width, height * self.ratio)
        scale /= GRID
        rings = self._simplified(scale, most)
        return {name: self._region(name, rings[name], scale, corner) for name in self._boxes}

    def _simplified(self, scale: float, most: int) -> dict[str, list[list[Spot]]]:
        """The borders with as many corners as fit in ``most`` characters, and none that is not to be seen."""
        if (scale, most) not in self._simple:
            # Two regions share most arcs: with as many corners as fit if none were shared, too few would stay.
            least = max(_FINEST, min(self._topology.least(most // self._point) * scale**2, _COARSEST))
            rings = self._topology.simplified(least / scale**2)
            while _length(rings, self._point) > most and least < _COARSEST:
                least *= 1.4
                rings = self._topology.simplified(least / scale**2)
            self._simple[scale, most] = rings
        return self._simple[scale, most]

    def _region(self, name: str, rings: Sequence[Sequence[Spot]], scale: float, corner: tuple[float, float]) -> Region:
        def px(spots: Sequence[Spot]) -> list[tuple[float, float]]:
            digits = self._digits
            return [(round(corner[0] + x * scale, digits), round(corner[1] + y * scale, digits)) for x, y in spots]

        found = self._boxes[name]
        (left, top), (right, bottom) = px([(found.x, found.y), (found.x2, found.y2)])
        box = Box(left, right, top, bottom)
        if max(box.x2 - box.x, box.y2 - box.y) < SMALL or not rings:
            x, y = (box.x + box.x2) / 2, (box.y + box.y2) / 2
            round_ = f"M{x - DOT:g} {y:g}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0Z"
            return Region(round_, Box(x - DOT, x + DOT, y - DOT, y + DOT), x, y, 0, True, [])
        drawn = _oriented([px(ring) for ring in rings])
        # Each ring returns to its first point: Vega closes none but the last by itself.
        path = "".join(f"M{'L'.join(f'{x:g},{y:g}' for x, y in [*ring, ring[0]])}Z" for ring in drawn)
        x, y, room = _middle(drawn, box)
        return Region(path, box, x, y, room, False, drawn)


def _length(rings: Mapping[str, Sequence[Sequence[Spot]]], point: int) -> int:
    """About how many characters the paths of these borders have, with ``point`` for each point."""
    return sum(point * (len(ring) + 1) + 2 for some in rings.values() for ring in some)


def _around(points: Iterable[tuple[float, float]]) -> Box:
    points = list(points)
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), max(across), min(down), max(down))


def _oriented(rings: _Rings) -> _Rings:
    """Rings of which holes run the other way, so that what lies in them is not part of the region."""
    boxes, made = [_around(ring) for ring in rings], list[list[tuple[float, float]]]()
    for i, ring in enumerate(rings):
        x, y = ring[0][0] + 0.01, ring[0][1] + 0.01
        outer = [
            other
            for j, other in enumerate(rings)
            if j != i and boxes[j].x < x < boxes[j].x2 and boxes[j].y < y < boxes[j].y2
        ]
        is_hole = sum(sum(at < x for at in _crossings([other], y)) % 2 for other in outer) % 2 == 1
        made.append(ring if (_surface(ring) > 0) != is_hole else ring[::-1])
    return made


def _surface(ring: list[tuple[float, float]]) -> float:
    """Twice the surface of a ring, below zero if it runs the other way."""
    return fsum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))


def _crossings(rings: _Rings, y: float) -> list[float]:
    """Where borders cross a level line, from left to right."""
    return sorted(
        ax + (y - ay) * (bx - ax) / (by - ay)
        for ring in rings
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]])
        if (ay <= y) != (by <= y)
    )


def _middle(rings: _Rings, box: Box) -> tuple[float, float, float]:
    """The middle of the widest level line within a region, of those not near its ends; and its width."""
    best = ((box.x + box.x2) / 2, (box.y + box.y2) / 2, 0.0)
    for share in range(25, 80, 5):
        y = box.y + (box.y2 - box.y) * share / 100 + 0.01
        found = _crossings(rings, y)
        for left, right in zip(found[::2], found[1::2], strict=False):
            worth = (right - left) * (1 - abs(share - 50) / 100)
            if worth > best[2] * (1 - abs((best[1] - box.y) / max(box.y2 - box.y, 1e-9) - 0.5)):
                best = ((left + right) / 2, y, right - left)
    return best


def hatching(region: Region, apart: float = 6) -> list[dict[str, float]]:
    """Slanting lines within a region, as rows with x, y, x2 and y2; a dot has one."""
    if region.is_dot:
        reach = DOT * 0.7
        ends = {"x": region.x - reach, "y": region.y + reach, "x2": region.x + reach, "y2": region.y - reach}
        return [ends]
    turned = [[(x - y, x + y) for x, y in ring] for ring in region.rings]
    box = _around(point for ring in turned for point in ring)
    found: list[dict[str, float]] = []
    level = (box.y // apart + 1) * apart + 0.01
    while level < box.y2:
        along = _crossings(turned, level)
        for a, b in zip(along[::2], along[1::2], strict=False):
            ends = {"x": (level + a) / 2, "y": (level - a) / 2, "x2": (level + b) / 2, "y2": (level - b) / 2}
            found.append({key: round(value, 1) for key, value in ends.items()})
        level += apart
    return found


def lean(regions: Mapping[str, Region], values: Mapping[str, float]) -> str:
    """The side towards which values rise clearly: north, east, south or west; empty where they do not."""
    names = [name for name in regions if name in values]
    if len(names) < 6:
        return ""
    ups = _correlation([-regions[name].y for name in names], [values[name] for name in names])
    rights = _correlation([regions[name].x for name in names], [values[name] for name in names])
    strong, weak = sorted((ups, rights), key=abs, reverse=True)
    if abs(strong) < 0.7 or abs(weak) > 0.5:
        return ""
    sides = ("north", "south") if strong == ups else ("east", "west")
    return sides[strong < 0]


def _correlation(one: list[float], other: list[float]) -> float:
    a, b = fsum(one) / len(one), fsum(other) / len(other)
    both = fsum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    size = (fsum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other)) ** 0.5
    return both / size if size else 0.0
