"""The rounding of correlations, coarse enough not to tell how many people gave both of two answers.

With n respondents, of whom parts p and q gave two answers, n·(p·q + r·sd·sd′) gave both. Someone with the table and r
to within a step has that number to within step·n·sd·sd′, less impossible values (more than gave either, fewer than
none). He can also add up: segments make a whole, and so do answers that exclude each other. Steps are coarse enough for
every such number, published or not, to stay uncertain by ``minimum_base``. For means it is Σy·y′ on their own scales.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from wavebook.definitions.breakdowns import parts_of
from wavebook.figures import Key

STEPS = (0.02, 0.05, 0.1, 0.2, 0.5)
ROUNDS = 50
"""Rounds of adding up, each of which narrows the numbers further; few are needed."""


@dataclass(frozen=True)
class Contrast:
    """Two estimates and their correlation; ``joint`` where it tells how many people gave both answers."""

    one: Key
    other: Key
    correlation: float
    joint: bool = False


@dataclass(frozen=True)
class Shown:
    """The table's numbers for a figure: value and spread of the answers (a share counts each as 0 or 1), and n."""

    share: bool
    value: float
    sd: float
    n: float


def rounded(correlation: float, step: float) -> float:
    """Round to a multiple of ``step``, after removing differences between machines."""
    return round(round(correlation, 9) / step) * step + 0.0


def steps(pairs: Sequence[Contrast], shown: Mapping[Key, Shown], minimum_base: int) -> list[float | None]:
    """The step of each pair; None for a pair that may not be published. All figures are ``shown``."""
    cells = [_Cell.of(pair, shown) if pair.joint else None for pair in pairs]
    found = [
        STEPS[0] if cell is None else next((x for x in STEPS if cell.width(x) >= minimum_base - 1e-9), None)
        for cell in cells
    ]
    for topic, relations in _topics(pairs, shown):
        mine = [cell for k in topic if (cell := cells[k]) is not None]  # all pairs of a topic are joint
        told = [found[k] for k in topic]
        for k, step in zip(topic, _settled(mine, told, relations, minimum_base), strict=True):
            found[k] = step
    return found


@dataclass(frozen=True)
class _Cell:
    """The number behind a pair: ``base`` if the answers do not go together, ``people`` more for each 1 of correlation.

    ``least`` and ``most`` are the bounds that the two figures alone allow.
    """

    correlation: float
    base: float
    people: float
    least: float
    most: float

    @classmethod
    def of(cls, pair: Contrast, shown: Mapping[Key, Shown]) -> _Cell:
        one, other = shown[pair.one], shown[pair.other]
        n = math.sqrt(one.n * other.n)
        base, people = n * one.value * other.value, n * one.sd * other.sd
        least, most = base - people, base + people
        if one.share and other.share and pair.one.wave == pair.other.wave:
            least = max(least, n * max(0.0, one.value + other.value - 1))
            most = min(most, n * min(one.value, other.value))
        return cls(pair.correlation, base, people, least, most)

    def within(self, step: float | None) -> tuple[float, float]:
        """The least and the most that the number can be, taken by itself."""
        if step is None:
            return self.least, self.most
        middle = self.base + rounded(self.correlation, step) * self.people
        reach = step / 2 * self.people
        return max(self.least, middle - reach), min(self.most, middle + reach)

    def width(self, step: float | None) -> float:
        """The uncertainty of the number by itself."""
        low, high = self.within(step)
        return high - low


@dataclass(frozen=True)
class _Relation:
    """``whole`` less all ``parts`` lies between ``low`` and ``high``; a whole that no pair has is 0."""

    whole: int | None
    parts: tuple[int, ...]
    low: float
    high: float


def _settled(
    cells: list[_Cell], told: list[float | None], relations: list[_Relation], minimum_base: int
) -> list[float | None]:
    """Steps from ``told``, made coarser until adding up narrows no number to less than it may be."""
    told = [*told]
    wanted = [min(minimum_base, cell.width(None)) * (1 - 1e-9) for cell in cells]
    while any(told):
        low, high = np.array([cell.within(step) for cell, step in zip(cells, told, strict=True)]).T
        _narrow(low, high, relations)
        narrow = [k for k in range(len(cells)) if high[k] - low[k] < wanted[k]]
        if not narrow:
            return told
        coarser = [k for k in narrow if told[k]] or [k for k in range(len(cells)) if told[k]]
        for k in coarser:
            step = told[k]
            place = len(STEPS) if step is None else STEPS.index(step) + 1
            told[k] = STEPS[place] if place < len(STEPS) else None
    return told


def _narrow(low: np.ndarray, high: np.ndarray, relations: list[_Relation]) -> None:
    """Bring the ends of each number as near as its relations with others allow.

    It stops where ends cross: weighted tables do not add up as people do.
    """
    for _ in range(ROUNDS):
        before = high - low
        for relation in relations:
            parts, whole_low, whole_high = list(relation.parts), 0.0, 0.0
            least, most = low[parts].sum(), high[parts].sum()
            if (w := relation.whole) is not None:
                low[w], high[w] = max(low[w], least + relation.low), min(high[w], most + relation.high)
                whole_low, whole_high = low[w], high[w]
            for k in parts:
                rest_low, rest_high = least - low[k], most - high[k]
                low[k] = max(low[k], whole_low - relation.high - rest_high)
                high[k] = min(high[k], whole_high - relation.low - rest_low)
                least, most = rest_low + low[k], rest_high + high[k]
        if (low > high + 1e-6).any() or np.allclose(before, high - low, rtol=0, atol=1e-6):
            return


def _topics(pairs: Sequence[Contrast], shown: Mapping[Key, Shown]) -> Iterator[tuple[list[int], list[_Relation]]]:
    """The pairs whose numbers add up to each other, by their places, and their relations."""
    single = {p.one.indicator for p in pairs if not p.joint and _is_within(p) and p.one.indicator == p.other.indicator}

    def topic(key: Key) -> str:
        return key.indicator if key.indicator in single else key.name

    topics = defaultdict(list)
    for k, pair in enumerate(pairs):
        if pair.joint and _is_within(pair):
            topics[tuple(sorted((topic(pair.one), topic(pair.other))))].append(k)
    for places in topics.values():
        yield places, [*_groups(places, pairs, shown), *_answers(places, pairs, shown, single)]


def _is_within(pair: Contrast) -> bool:
    """Tell whether both figures are of one group in one wave."""
    group = (pair.one.wave, *pair.one[2:5])
    return group == (pair.other.wave, *pair.other[2:5])


def _groups(places: list[int], pairs, shown) -> Iterator[_Relation]:
    """Segments make a whole, and so do populations, and the combinations of a crossing each segment."""
    at = {(p.one[2:5], p.one.name, p.other.name): k for k, p in enumerate(pairs[x] for x in places)}
    wholes = defaultdict(list)
    for ((population, by, segment), *names), k in at.items():
        if by:
            wholes[(population, "", ""), *names, by].append(k)
        crossed = parts_of(by, segment)
        for part in crossed if len(crossed) > 1 else ():
            wholes[(population, *part), *names, by].append(k)
        if population:
            wholes[("", by, segment), *names, ""].append(k)
    for (group, *names, _), parts in wholes.items():
        whole = at.get((group, *names))
        if whole is not None:
            yield from _adds_up(whole, parts, places, pairs, shown)


def _adds_up(whole: int, parts: list[int], places, pairs, shown) -> Iterator[_Relation]:
    """A whole and its parts, with the remainder for parts that are not shown, or for weights."""
    ends = pairs[places[whole]]
    sides = [(shown[ends.one], [shown[pairs[places[k]].one] for k in parts])]
    sides.append((shown[ends.other], [shown[pairs[places[k]].other] for k in parts]))
    rest = max(abs(all_.n - sum(x.n for x in some)) for all_, some in sides)
    off = max(abs(all_.n * all_.value - sum(x.n * x.value for x in some)) for all_, some in sides)
    if rest <= 1e-9 * sides[0][0].n:
        yield _Relation(whole, tuple(parts), -off, off)
    elif all(all_.share for all_, _ in sides):
        yield _Relation(whole, tuple(parts), 0.0, max(rest, off))


def _answers(places: list[int], pairs, shown, single: set[str]) -> Iterator[_Relation]:
    """Answers that exclude each other make up all who gave the other answer, less those who gave none of them."""
    for side, across in ((0, 1), (1, 0)):
        ends = [(pairs[x].one, pairs[x].other) for x in places]
        mine = sorted(k for k, end in enumerate(ends) if end[side].indicator in single)
        key = [(end[side][:5], end[across]) for end in ends]
        for _, found in groupby(sorted(mine, key=lambda k: key[k]), key=lambda k: key[k]):
            parts = list(found)
            other = shown[ends[parts[0]][across]]
            none = max(0.0, 1 - sum(shown[ends[k][side]].value for k in parts))
            gave = other.n * other.value
            if other.share:
                yield _Relation(None, tuple(parts), -gave, -max(0.0, gave - other.n * none - 1e-6))
