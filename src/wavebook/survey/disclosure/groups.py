"""Groups that make up a whole: segments everyone, populations the total, crossings both of their breakdowns' segments.

Segments also make up those of another breakdown in which they lie.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from wavebook.definitions.breakdowns import parts_of
from wavebook.figures import Key

Group = tuple[str, str]
Nesting = Collection[tuple[Group, Group]]


class Strays(NamedTuple):
    """The respondents of a group who are outside another that holds nearly all of it.

    ``n`` of them answered, their weights add up to ``weight``, and ``value`` is their figure.
    """

    n: float
    weight: float
    value: float


Astray = Mapping[tuple[Group, Group, str, str], Strays]  # inner and outer group, population, name of the figure


class Link(NamedTuple):
    """Row ``whole`` is the sum of rows ``parts``, but for a ``rest`` outside the parts and for ``strays``.

    ``complete``: no other group of the wave could be a part. ``near``: some are coded otherwise in the two breakdowns.
    ``overlapping``: it is one of several parts that have respondents in common.
    """

    whole: int
    parts: list[int]
    rest: str
    complete: bool
    strays: tuple[Strays, ...] = ()
    near: bool = False
    overlapping: bool = False


def links(keys: Sequence[Key], n: np.ndarray, within: Nesting, astray: Astray = MappingProxyType({})) -> Iterator[Link]:
    """Rows that are the sum of others.

    Segments fill everyone (or the segment they lie within, and the combinations of a crossing each segment that they
    are of), populations fill the total. If the parts together exceed the whole they overlap; each of them and those
    outside it are then a pair.
    """
    measures: dict[tuple, dict[tuple, int]] = defaultdict(dict)
    for r, key in enumerate(keys):
        measures[key.wave, key.indicator, key.category][key[2:5]] = r
    parents: dict[Group, list[Group]] = defaultdict(list)
    possible: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (by, segment), parent in sorted(within):
        parents[by, segment].append(parent)
        for wave, what in itertools.product({key.wave for key in keys}, (by, f"{by} in {parent[1]}")):
            possible[wave, what].add(segment)
    found, overlap = [], set()
    otherwise = {(inner[0], outer[0]) for inner, outer, *_ in astray}
    otherwise |= {(outer, inner) for inner, outer in otherwise}
    for (wave, _, _), groups in measures.items():
        sums: dict[tuple, list[int]] = defaultdict(list)
        for (population, by, segment), r in groups.items():
            if by:
                sums[by, (population, "", "")].append(r)
                possible[wave, by].add(segment)
            crossed = parts_of(by, segment)
            for part in crossed if len(crossed) > 1 else ():
                what = f"{by} in {'='.join(part)}"
                sums[what, (population, *part)].append(r)
                possible[wave, what].add(segment)
            if population:
                sums["population", ("", by, segment)].append(r)
                possible[wave, "population"].add(population)
            for parent in parents.get((by, segment), ()):
                sums[f"{by} in {parent[1]}", (population, *parent)].append(r)
        for (what, group), parts in sums.items():
            if (whole := groups.get(group)) is not None:
                strays = {p: lost for p in parts if (lost := _strays(astray, keys[p], keys[whole])) and lost.n}
                found.append((wave, what, whole, parts, strays))
                if n[parts].sum() - sum(lost.n for lost in strays.values()) > n[whole] > 0:  # 0 where it is hidden
                    overlap.add((wave, what))
    for wave, what, whole, parts, strays in found:
        apart = (wave, what) in overlap
        for some in [[p] for p in parts] if apart else [parts]:
            names = " and ".join(keys[p].segment or keys[p].population for p in some) if len(some) < 3 else what
            outside = tuple(strays[p] for p in some if p in strays)
            near = (keys[parts[0]].segment_by, keys[whole].segment_by) in otherwise
            full = len(some) == len(possible[wave, what])
            yield Link(whole, some, f"those outside {names}", full, outside, near, apart)


def _strays(astray: Astray, part: Key, whole: Key) -> Strays | None:
    return astray.get((part[3:5], whole[3:5], part.population, part.name)) if whole.segment_by else None
