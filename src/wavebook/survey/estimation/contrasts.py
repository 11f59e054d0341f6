"""The contrasts that claims are made of: the pairs of figures that are kept in data/correlations/.

Pairs are kept of two answers or two questions of one group, a group and the whole, two segments, and two waves of a
panel. If nobody can have given both answers, or all who did are a figure of the table already, a pair tells nothing
about people; ``coarsening`` rounds the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product, repeat

import numpy as np
import pandas as pd

from wavebook.core.units import Unit
from wavebook.core.writing import csv_lines
from wavebook.definitions import Definitions, ResponseFile
from wavebook.definitions.breakdowns import parts_of
from wavebook.figures import KEY_COLUMNS, PERTURBED, PERTURBED_REVISED, Key, correlations
from wavebook.survey.estimation.coarsening import Contrast, Shown, rounded, steps
from wavebook.survey.estimation.covariances import Group, between, groups
from wavebook.survey.estimation.overlap import Overlap
from wavebook.survey.estimation.sample import Run

MOST_SEGMENTS = 20
"""Segments of a breakdown that are paired with each other: 20 make 190 pairs of each figure."""


@dataclass(frozen=True)
class Questions:
    """The questions of a wave: the pairs of columns that are compared, and those whose answers exclude each other."""

    pairs: frozenset[tuple[str, str]]
    exclusive: frozenset[tuple[str, str]]

    def exclude(self, one: str, other: str) -> bool:
        """Tell whether nobody can have given both answers."""
        return bool({(one, other), (other, one)} & self.exclusive)


def questions(names: Iterable[str], d: Definitions, file: ResponseFile) -> Questions:
    """The pairs among ``names`` (``indicator`` or ``indicator.category``) that claims may compare within a group.

    Categories of one indicator, and indicators that indicators.toml declares under ``compare``.
    """
    by_indicator: dict[str, list[str]] = {}
    for name in names:
        by_indicator.setdefault(name.partition(".")[0], []).append(name)
    within = {name: [*combinations(columns, 2)] for name, columns in by_indicator.items()}
    pairs = {pair for found in within.values() for pair in found}
    for name, columns in by_indicator.items():
        for other in d.indicators[name].compare:
            pairs |= {*product(columns, by_indicator.get(other, ()))}
    single = [name for name in within if _is_single(file.columns.get(name, {}))]
    return Questions(frozenset(pairs), frozenset(pair for name in single for pair in within[name]))


def _is_single(columns: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether an indicator is read from one column with a code for each category."""
    return [*columns] == [""] and len(columns[""]) == 1 and not columns[""][0].startswith("$")


@dataclass(frozen=True)
class _Sure:
    """A group with the standard errors of its estimates."""

    group: Group
    se: np.ndarray

    @classmethod
    def of(cls, run: Run, group: Group) -> _Sure:
        every = np.arange(len(run.terms))
        return cls(group, np.sqrt(np.maximum(between(run, group, every, group, every, same_people=True), 0.0)))


def contrasts(run: Run, wave: str, asked: Questions, d: Definitions) -> Iterator[Contrast]:
    """All pairs within one wave, whether or not they may be shown."""
    i, j = _places(run, asked)
    joint = [not asked.exclude(run.terms[a].indicator, run.terms[b].indicator) for a, b in zip(i, j, strict=True)]
    every = np.arange(len(run.terms))

    def pairs(one: _Sure, a, other: _Sure, b, joint: Iterable[bool], *, same_people: bool) -> Iterator[Contrast]:
        found = between(run, one.group, a, other.group, b, same_people=same_people)
        return _correlated(run, wave, one, a, run, wave, other, b, found, joint)

    whole: dict[str, _Sure] = {}
    margins: dict[tuple[str, str, str], _Sure] = {}  # of crossings
    crossed = {name for crossing in d.crossings for name in crossing.of}
    total: dict[str, _Sure] = {}
    for family in groups(run):
        seen: list[_Sure] = []
        population = ""
        for group in family:
            population = group.population
            one = _Sure.of(run, group)
            yield from pairs(one, i, one, j, joint, same_people=True)
            larger = [whole[group.population]] if group.segment_by else []
            parts = parts_of(group.segment_by, group.segment)
            larger += [margins[group.population, *part] for part in parts if len(parts) > 1]
            larger += [total[group.segment]] if group.population and group.segment in total else []
            for other in larger:
                yield from pairs(one, every, other, every, repeat(False), same_people=True)
            for other in seen:
                if other.group.population == group.population or other.group.segment == group.segment:
                    yield from pairs(other, every, one, every, repeat(False), same_people=False)
            if not group.segment_by:
                whole[group.population] = one
            if group.segment_by in crossed:
                margins[group.population, group.segment_by, group.segment] = one
            if not group.segment_by or len(d.breakdowns[group.segment_by].values) <= MOST_SEGMENTS:
                seen.append(one)
        if not population:
            total = {one.group.segment: one for one in seen}


def panel_contrasts(before: tuple[str, Run], after: tuple[str, Run], asked: Questions, d: Definitions):
    """Pairs of a figure in two waves of a panel, and for everyone also those of ``asked``, one in each wave."""
    overlap = Overlap(before[1], after[1], "respondent")
    if not overlap.known:
        return
    names = [[term.indicator for term in run.terms] for _, run in (before, after)]
    same = [(names[0].index(name), k) for k, name in enumerate(names[1]) if name in names[0]]
    asked_both_ways = {pair for one, other in asked.pairs for pair in ((one, other), (other, one))}
    crossed = [
        (names[0].index(a), names[1].index(b)) for a, b in sorted(asked_both_ways) if a in names[0] and b in names[1]
    ]
    families = (_family(before[1], found) for found in groups(before[1]))
    earlier = {(by, population): family for by, population, family in families}
    for by, population, family in (_family(after[1], found) for found in groups(after[1])):
        one = earlier.get((by, population), {})
        many = by and len(d.breakdowns[by].values) > MOST_SEGMENTS
        fixed = overlap.clustered or not (before[1].design.margins or after[1].design.margins)
        if not one.keys() & family.keys() or many or not (fixed or not (by or population)):
            continue
        wanted = same if by or population else [*same, *crossed]
        i, j = (np.array(side, dtype=int) for side in zip(*wanted, strict=True))
        columns = {"_population": "population"} if population else {}
        columns |= {"_segment": by} if by else {}
        for place, found in overlap.covariances(one, family, i, j, **columns):
            first, second = (_Sure.of(run, own[place]) for (_, run), own in ((before, one), (after, family)))
            yield from _correlated(before[1], before[0], first, i, after[1], after[0], second, j, found, repeat(True))


def _family(run: Run, family: Iterable[Group]) -> tuple[str, bool, dict[tuple[str, str, str], Group]]:
    """The breakdown of a family, whether it is by population, and its groups by their place."""
    found = {(group.population, group.segment_by, group.segment): group for group in family}
    population, by, _ = next(iter(found))
    return by, bool(population), found


def _places(run: Run, asked: Questions) -> tuple[np.ndarray, np.ndarray]:
    """The places of the terms of each pair, the first one first."""
    place = {term.indicator: k for k, term in enumerate(run.terms)}
    pairs = sorted(tuple(sorted((place[one], place[other]))) for one, other in asked.pairs)
    i, j = zip(*pairs, strict=True) if pairs else ((), ())
    return np.array(i, dtype=int), np.array(j, dtype=int)


def _correlated(run, wave, one: _Sure, i, other_run, other_wave, other: _Sure, j, covariance: np.ndarray, joint):
    """The pairs with their correlation; there is none if an error is 0 or unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = covariance / (one.se[i] * other.se[j])
    for a, b, value, tells in zip(i, j, found, joint, strict=False):
        if np.isfinite(value):
            keys = _key(run, wave, one.group, a), _key(other_run, other_wave, other.group, b)
            yield Contrast(*keys, float(np.clip(value, -1, 1)), tells)


def _key(run: Run, wave: str, group: Group, term: int) -> Key:
    indicator, _, category = run.terms[term].indicator.partition(".")
    return Key(wave, indicator, group.population, group.segment_by, group.segment, category)


# --- the kept pairs -----------------------------------------------------------------------------------------


def table(found: Iterable[Contrast], figures: Iterable[pd.DataFrame], minimum_base: int) -> bytes:
    """The pairs that may be published, as a file of data/correlations/; empty when there are none.

    ``figures`` are the tables of the waves, as they will be public: a figure that is not shown there with its error is
    in no pair, and neither is one with noise. A correlation, however rounded, would follow from the answers; without
    one claims count with the least favourable, and that is right for noise too.
    """
    shown = {key: row for one in figures for key, row in _shown(one)}
    pairs = [pair for pair in found if pair.one in shown and pair.other in shown]
    rows = [
        (str(pair.one), str(pair.other), f"{rounded(pair.correlation, step):.2f}", f"{step / 2:g}")
        for pair, step in zip(pairs, steps(pairs, shown, minimum_base), strict=True)
        if step is not None
    ]
    return csv_lines([correlations.COLUMNS, *sorted(rows)]).encode() if rows else b""


def _point(unit: Unit) -> float | None:
    """The number in a unit by which an answer counts as one respondent's; None where nothing bounds one answer.

    All of a share, one point of a scale of ten, and one thing of a count.
    """
    if unit.is_share:
        return 100
    if unit.is_bounded:
        return max(1, (unit.high - unit.low) / 9)
    return 1 if unit.kind == "count" else None


def _shown(figures: pd.DataFrame) -> Iterator[tuple[Key, Shown]]:
    told = ~figures["status"].isin(["suppressed", PERTURBED, PERTURBED_REVISED])
    rows = figures[told & figures["se"].gt(0) & figures["n_effective"].gt(0)]
    keys = zip(*(rows[name].tolist() for name in KEY_COLUMNS), strict=True)
    numbers = zip(*(rows[name].tolist() for name in ("unit", "value", "se", "n", "n_effective")), strict=True)
    for key, (unit, value, se, n, n_effective) in zip(keys, numbers, strict=True):
        if (scale := _point(unit)) is None:
            continue
        share = unit.is_share
        value, se = value / scale, se / scale
        # se² = sd² / n_effective; a design that does better than simple random sampling is not relied on
        most = se * math.sqrt(n)
        sd = min(most, math.sqrt(value * (1 - value)) if share else se * math.sqrt(n_effective))
        yield Key(*key), Shown(share, value, sd, n)
