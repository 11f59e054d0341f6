"""Borders that neighbours share, simplified once for both, so that no gap opens between them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Spot = tuple[float, float]
Ring = Sequence[Spot]


class Topology:
    """Regions on a grid of whole numbers as rings of arcs, each arc once, whoever shares it."""

    def __init__(self, regions: Mapping[str, Sequence[Ring]]) -> None:
        rings = {
            name: [ring for one in given if len(ring := _without_repeats(one)) > 2] for name, given in regions.items()
        }
        junctions = _junctions(ring for some in rings.values() for ring in some)
        self.arcs: list[tuple[Spot, ...]] = []
        self._known: dict[tuple[Spot, ...], int] = {}
        self.rings = {name: [self._cut(ring, junctions) for ring in some] for name, some in rings.items()}
        self._weights = [_weights(arc) for arc in self.arcs]
        self._sorted = sorted((weight for weights in self._weights for weight in weights), reverse=True)

    def least(self, most: int) -> float:
        """The size of the smallest corner if only the ``most`` largest of all arcs stay."""
        return self._sorted[min(most, len(self._sorted)) - 1] if self._sorted else 0.0

    def _cut(self, ring: Ring, junctions: set[Spot]) -> list[tuple[int, bool]]:
        """The arcs of a ring, each with whether it is followed backwards."""
        ends = [i for i, spot in enumerate(ring) if spot in junctions] or [min(range(len(ring)), key=ring.__getitem__)]
        around = [*ring[ends[0] :], *ring[: ends[0]], ring[ends[0]]]
        cuts = [*(i - ends[0] for i in ends), len(ring)]
        return [self._arc(tuple(around[a : b + 1])) for a, b in pairwise(cuts)]

    def _arc(self, arc: tuple[Spot, ...]) -> tuple[int, bool]:
        back = arc[::-1]
        one = min(arc, back)
        if one not in self._known:
            self._known[one] = len(self.arcs)
            self.arcs.append(one)
        return self._known[one], one != arc

    def simplified(self, least: float) -> dict[str, list[list[Spot]]]:
        """The rings of each region without corners that span less than ``least`` (in square units of the grid)."""
        arcs = [
            [spot for spot, weight in zip(arc, weights, strict=True) if weight >= least]
            for arc, weights in zip(self.arcs, self._weights, strict=True)
        ]
        return {name: [made for ring in rings if (made := _joined(ring, arcs))] for name, rings in self.rings.items()}


def _joined(ring: list[tuple[int, bool]], arcs: list[list[Spot]]) -> list[Spot]:
    """A ring of simplified arcs; empty where nothing with a surface is left."""
    made: list[Spot] = []
    for number, back in ring:
        made += (arcs[number][::-1] if back else arcs[number])[:-1]
    return made if len(made) > 2 else []


def _without_repeats(ring: Ring) -> list[Spot]:
    kept = [spot for i, spot in enumerate(ring) if spot != ring[i - 1]]
    return kept if len(set(kept)) > 2 else []


def _junctions(rings: Iterable[Ring]) -> set[Spot]:
    """The spots at which borders meet or part: those with other neighbours in another ring, or twice in one."""
    beside: dict[Spot, frozenset[Spot]] = {}
    found: set[Spot] = set()
    for ring in rings:
        for i, spot in enumerate(ring):
            around = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
            if beside.setdefault(spot, around) != around:
                found.add(spot)
    return found


def _weights(arc: tuple[Spot, ...]) -> list[float]:
    """For each spot of an arc the size of the corner that goes with it (Visvalingam and Whyatt); its ends stay.

    Of an arc that returns to its start, an island, the two spots farthest from that stay too: it keeps a surface.
    """
    weights = [float("inf")] * len(arc)
    before, after = [i - 1 for i in range(len(arc))], [i + 1 for i in range(len(arc))]
    kept = {0, len(arc) - 1}
    if arc[0] == arc[-1] and len(arc) > 3:
        far = max(range(len(arc)), key=lambda i: _distance(arc[0], arc[i]))
        kept |= {far, max(range(len(arc)), key=lambda i: _corner(arc[0], arc[far], arc[i]))}
    heap = [(_corner(arc[i - 1], arc[i], arc[i + 1]), i) for i in range(1, len(arc) - 1) if i not in kept]
    heapq.heapify(heap)
    now = {i: size for size, i in heap}
    most = 0.0
    while heap:
        size, i = heapq.heappop(heap)
        if now.get(i) != size:
            continue
        most = max(most, size)
        weights[i] = most
        del now[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for beside in (left, right):
            if beside in now:
                now[beside] = _corner(arc[before[beside]], arc[beside], arc[after[beside]])
                heapq.heappush(heap, (now[beside], beside))
    return weights


def _distance(a: Spot, b: Spot) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _corner(a: Spot, b: Spot, c: Spot) -> float:
    """The surface of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
