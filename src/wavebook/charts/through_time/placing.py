"""Places for texts in a plot, near what they are about and clear of its lines, dots and other texts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from wavebook.charts.layout import Box
from wavebook.charts.theme import LINE, text_width

Place = tuple[float, float]  # in px
_OWN = 8  # px around a point in which its own marks are
_RULED, _CROSSED, _COVERED = 5.0, 14.0, 60.0  # px farther off that a text rather stands than on the grid, a line, a dot


class Ground:
    """A plot with what stands in it: texts and dots that nothing covers, and lines that texts rather do not cross."""

    def __init__(self, area: Box) -> None:
        self.area = area
        self._levels: list[float] = []
        self._texts: list[Box] = []
        self._dots: list[Box] = []
        self._strokes: list[tuple[Place, Place]] = []
        self._columns: dict[int, list[tuple[Place, Place]]] = {}  # lines by where they are from left to right

    def take(self, boxes: Iterable[Box]) -> None:
        """Note texts."""
        self._texts += boxes

    def dot(self, boxes: Iterable[Box]) -> None:
        """Note dots and intervals."""
        self._dots += boxes

    def rule(self, levels: Iterable[float]) -> None:
        """Note the level lines of the grid."""
        self._levels += levels

    def cross(self, path: Iterable[Place]) -> None:
        """Note a line through some places."""
        for stroke in pairwise(path):
            self._strokes.append(stroke)
            for column in _columns(*sorted(x for x, _ in stroke)):
                self._columns.setdefault(column, []).append(stroke)

    def crossed(self, box: Box) -> int:
        """The number of lines through a box."""
        near = {stroke for column in _columns(box.x, box.x2) for stroke in self._columns.get(column, ())}
        return sum(_crosses(box, *stroke) for stroke in near)

    def met(self, start: Place, end: Place) -> int:
        """The number of lines, dots and texts between two places, but for lines and dots at the first of them."""
        long = math.dist(start, end)
        texts = sum(_crosses(box, start, end) for box in self._texts)
        if long <= _OWN:
            return texts
        start = start[0] + (end[0] - start[0]) * _OWN / long, start[1] + (end[1] - start[1]) * _OWN / long
        lines = sum(_meet((start, end), stroke) for stroke in self._strokes)
        return texts + lines + sum(_crosses(dot, start, end) for dot in self._dots)

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies within the plot and covers no text or dot."""
        a = self.area
        inside = a.x <= box.x and box.x2 <= a.x2 and a.y <= box.y and box.y2 <= a.y2
        return inside and not any(_overlap(box, other) for other in (*self._texts, *self._dots))

    def best(self, options: Iterable[tuple[Box, float]], *, on_lines: bool = True, on_dots: bool = False) -> Box | None:
        """The box with the least cost in px, and more for each line or dot that it covers, or the grid; it is taken.

        None covers a text or lies outside the plot. Each option is a box with its own cost.
        """
        a, found = self.area, list[tuple[float, int, Box]]()
        for i, (box, cost) in enumerate(options):
            inside = a.x <= box.x and box.x2 <= a.x2 and a.y <= box.y and box.y2 <= a.y2
            if not inside or any(_overlap(box, other) for other in self._texts):
                continue
            covered, crossed = math.fsum(_overlap(box, dot) for dot in self._dots), self.crossed(box)
            if (on_dots or not covered) and (on_lines or not crossed):
                ruled = any(box.y < level < box.y2 for level in self._levels)
                found.append((cost + _RULED * ruled + _CROSSED * crossed + _COVERED * covered, i, box))
        if not found:
            return None
        box = min(found)[2]
        self._texts.append(box)
        return box


def text_box(x: float, y: float, lines: list[str]) -> Box:
    """The box of lines of text around their centre."""
    half, tall = max(map(text_width, lines)) / 2, LINE * len(lines) / 2
    return Box(x - half, x + half, y - tall + 1, y + tall - 1)


def around(
    at: Place, lines: list[str], reach: float, *, below: bool = False, other_side: float = 4
) -> list[tuple[Box, float]]:
    """Boxes for lines of text close to a place, each with how far off it is: above it, or ``below`` it, rather.

    ``reach`` is how far what stands at that place reaches up and down; ``other_side`` how much farther off a place on
    the other side is.
    """
    (x, y), box = at, text_box(0, 0, lines)
    first = 1 if below else -1
    found: list[tuple[Box, float]] = []
    for away in (5, 10):
        for across, up in ((0, first), (0, -first), *((side, up) for up in (first, -first, 0) for side in (1, -1))):
            dx, dy = across * (box.x2 + (1 if up else away + 4)), up * (box.y2 + reach + away - 1)
            cost = away + (other_side if up == -first else 0) + (8 if across else 0)
            found.append((Box(x + dx + box.x, x + dx + box.x2, y + dy + box.y, y + dy + box.y2), cost))
    return found


def distance(box: Box, at: Place) -> float:
    """How far a place is from the nearest spot of a box."""
    return math.dist(nearest(box, at), at)


def nearest(box: Box, at: Place) -> Place:
    """The spot of a box that is nearest to a place."""
    return min(max(at[0], box.x), box.x2), min(max(at[1], box.y), box.y2)


def _columns(start: float, end: float) -> range:
    """The columns of 32 px between two places."""
    return range(math.floor(start / 32), math.floor(end / 32) + 1)


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.x2 and other.x < one.x2 and one.y < other.y2 and other.y < one.y2


def _crosses(box: Box, start: Place, end: Place) -> bool:
    """Tell whether a straight line from ``start`` to ``end`` runs through a box (Liang and Barsky's clipping)."""
    enters, leaves = 0.0, 1.0
    for low, high, first, last in ((box.x, box.x2, start[0], end[0]), (box.y, box.y2, start[1], end[1])):
        moved = last - first
        if not moved:
            if not low < first < high:
                return False
            continue
        one, two = sorted(((low - first) / moved, (high - first) / moved))
        enters, leaves = max(enters, one), min(leaves, two)
    return enters < leaves


def _meet(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
    """Tell whether two straight lines cross each other: the ends of each lie on both sides of the other."""

    def side(line: tuple[Place, Place], at: Place) -> float:
        (x, y), (x2, y2) = line
        return (x2 - x) * (at[1] - y) - (y2 - y) * (at[0] - x)

    return all(side(a, b[0]) * side(a, b[1]) < 0 for a, b in ((one, other), (other, one)))
