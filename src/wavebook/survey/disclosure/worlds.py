"""The decimals that may be published: as many as leave open the answers of respondents in hidden groups.

Respondents are whole, and each counts for his weight. Of two hidden groups whose weights are known from the margins,
often only one combination of answers gives a published share to its sixth decimal. So the attacker here knows the
weight and the groups of everybody, but not their answers. A *world* is a set of answers that gives the same published
numbers. Decimals are dropped until there are worlds in which an unsafe figure lies far enough apart, found by integer
programmes. He knows more than anybody can: figures that withstand him withstand everyone.

The attack is a sample where exactness is too costly: of many indicators and hidden figures some are tried
(``Precision.tried`` of ``Precision.unsafe``), of many respondents some may have answered otherwise, and each category
of an answer is tried by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

from wavebook.figures import KEY_COLUMNS, Key
from wavebook.language.wording import exact, round_half_up
from wavebook.survey.disclosure.rules import Settings

MOST = 2  # decimals of a published estimate beyond those that readers see
LEAST = 1  # those of an interval, and for judging statements: readers' decimals alone leave many open
_INDICATORS, _FIGURES = 12, 4  # at most tried: names, and unsafe figures of each
_RESPONDENTS = (400, 2500)  # kinds of respondents who may have answered otherwise: more if some are not enough


@dataclass(frozen=True)
class Precision:
    """Decimals by indicator beyond those that readers see; ``tried`` of ``unsafe`` hidden figures; ``open`` ones.

    ``open`` are the keys of figures that the attacker knows too well even at the fewest decimals.
    """

    decimals: Mapping[str, int]
    tried: int
    unsafe: int
    open: tuple[Key, ...] = ()


class _Kinds(NamedTuple):
    """Respondents of one weight in the same groups: their present sum, and its least and most, by kind."""

    frame: pl.DataFrame
    weight: np.ndarray
    answers: np.ndarray
    low: np.ndarray
    high: np.ndarray


def precision(
    frame: pl.LazyFrame, weight: str | None, table: pd.DataFrame, why: pd.Series, settings: Settings, places: Mapping
) -> Precision:
    """The decimals that may be published of each indicator of a table.

    Parameters
    ----------
    frame
        The respondents, as ``responses`` has them, with a column ``weight`` of that name, or None for equal ones.
    table
        All estimates, in the columns of the figures table and ``weight``, and ``status`` as it will be published.
    why
        The reason why a row may not be shown by itself, empty where it may.
    places
        The decimals that readers see of each indicator.
    """
    names = table["indicator"] + np.where(table["category"].ne(""), "." + table["category"], "")
    unsafe = table["status"].eq("suppressed") & why.ne("") & table["n"].gt(0)
    found = dict.fromkeys(table["indicator"], MOST)
    if weight is None:  # equal weights: ``attack`` is exact
        return Precision(found, 0, int(unsafe.sum()))
    chosen = _sample(sorted(set(names[unsafe])), _INDICATORS)
    tried, still = 0, []
    for name in chosen:
        mine, indicator = table[names == name], name.partition(".")[0]
        by = [c for c in frame.collect_schema() if c == "population" or (c and c in set(mine["segment_by"]))]
        people = _people(frame, weight, name, by)
        some, many = (_some(people, by, mine, most) for most in _RESPONDENTS)
        for row in _sample(list(mine[unsafe[mine.index]].itertuples()), _FIGURES):
            tried += 1
            for more in range(found[indicator], -1, -1):
                found[indicator] = more
                kinds = (some,) if more > LEAST else (some, many)
                if any(_apart(k, mine, row, places[indicator], more, settings) for k in kinds):
                    break
            else:
                still.append(Key(*(getattr(row, column) for column in KEY_COLUMNS)))
    return Precision(found, tried, int(unsafe.sum()), tuple(still))


def as_published(value: float, shown: int, more: int) -> float:
    """An estimate with ``more`` decimals than the ``shown`` ones, which rounds to these as the unrounded one does.

    >>> as_published(6.8496, 1, 2), as_published(6.8504, 1, 2), as_published(6.8496, 1, 1)
    (6.849, 6.85, 6.84)
    """
    if pd.isna(value):
        return value
    read, published = round_half_up(value, shown), round_half_up(value, shown + more)
    if round_half_up(published, shown) != read:
        published += Decimal(1).scaleb(-shown - more) * (1 if published < exact(value) else -1)
    return float(published)


def _span(value: float, shown: int, more: int) -> tuple[float, float]:
    """The range of values that would have been published as ``value``."""
    published, half = as_published(value, shown, more), 0.5 * 10.0 ** -(shown + more)
    read, edge = float(round_half_up(value, shown)), 0.5 * 10.0**-shown
    low = read - edge if published - half < read - edge else published - half
    high = read + edge if published + 3 * half > read + edge + half / 9 else published + half
    return low, high


def _sample(items: list, most: int) -> list:
    """At most this many of the items, evenly chosen."""
    if len(items) <= most:
        return items
    return [items[i] for i in np.linspace(0, len(items) - 1, most).round().astype(int)]


def _members(kinds: pl.DataFrame, row) -> np.ndarray:
    """The kinds of respondents in the group of a row."""
    inside = pl.repeat(True, pl.len())
    for column, name in (("population", row.population), (row.segment_by, row.segment)):
        if name:
            inside &= (pl.col(column).cast(pl.String) == name).fill_null(False)
    return kinds.select(inside).to_series().to_numpy()


def _people(frame: pl.LazyFrame, weight: str, name: str, by: list[str]) -> pl.DataFrame:
    """The kinds of respondents who answered, with their number (``n``) and the sum of their answers."""
    answer, w = pl.col(name).cast(pl.Float64), pl.col(weight).cast(pl.Float64)
    people = frame.filter(answer.is_not_null() & (w > 0)).group_by(*by, weight=w)
    sums = people.agg(n=pl.len(), answers=answer.sum(), top=answer.max())
    return sums.sort(*by, "weight").collect(engine="streaming")


def _some(people: pl.DataFrame, by: list[str], rows: pd.DataFrame, most: int) -> _Kinds:
    """At most about this many kinds, some from each combination of groups."""
    if len(people) > most:
        each = max(most // len(people.select(by).unique()), 4)
        of, number = (at.over(by) if by else at for at in (pl.len(), pl.int_range(pl.len())))
        people = people.filter(number * each // of != (number - 1) * each // of)
    n, unit = people["n"].to_numpy().astype(float), rows["unit"].iloc[0]
    top = people["top"].to_numpy().max(initial=0.0)
    low, high = (0.0, 1.0) if unit.is_share else unit.scale if unit.is_bounded else (0.0, float(top) or 1.0)
    return _Kinds(people, people["weight"].to_numpy(), people["answers"].to_numpy(), low * n, high * n)


def _apart(kinds: _Kinds, rows: pd.DataFrame, target, shown: int, more: int, settings: Settings) -> bool:
    """Tell whether worlds that give the published numbers have the target's figure as far apart as it must be."""
    per = 100.0 if target.unit.is_share else 1.0
    inside = _members(kinds.frame, target)
    aim = np.where(inside, kinds.weight, 0.0) * per / target.weight
    unit = target.unit
    scale = float(unit.high - unit.low if unit.is_bounded else rows["value"].max())
    need = settings.protection_range / 100 * scale * (1 - 1e-6)
    limits = list(_limits(kinds, rows, per, shown, more))
    # a world far enough to one side is usually found at once; only a figure without room there needs both ends
    if any(_world(kinds, limits, 0 * aim, (sign * aim, need)) is not None for sign in (-1, 1)):
        return True
    least, most = (_world(kinds, limits, sign * aim) for sign in (-1, 1))
    return least is not None and most is not None and abs(least - most) >= need


def _world(kinds: _Kinds, limits: list[LinearConstraint], goal: np.ndarray, least=None) -> float | None:
    """The size of ``goal`` in a world where it is lowest, with ``least`` moved that far; None if there is none."""
    more = [_constraint(least[0], float(least[0] @ kinds.answers) + least[1], np.inf)] if least else []
    options = {"node_limit": 200, "mip_rel_gap": 0.02}
    bounds = Bounds(kinds.low, kinds.high)  # pyright: ignore[reportArgumentType]  # one bound an answer, as documented
    whole = np.ones(len(goal))
    found = milp(goal, constraints=[*limits, *more], bounds=bounds, integrality=whole, options=options)
    return None if found.x is None else abs(float(goal @ np.rint(found.x)))


def _constraint(part: np.ndarray, low: float, high: float) -> LinearConstraint:
    """The content of one published number: the sum of ``part`` of the answers lies between two bounds."""
    return LinearConstraint(part[None, :], low, high)


def _limits(kinds: _Kinds, rows: pd.DataFrame, per: float, shown: int, more: int) -> Iterator[LinearConstraint]:
    """The constraint on answers from each row shown: its value, as rounded."""
    seen = rows[rows["status"].ne("suppressed")]
    sizes = zip(seen["weight"].to_numpy(float), seen["value"].to_numpy(float), strict=True)
    for row, (weight, value) in zip(seen.itertuples(), sizes, strict=True):
        inside = _members(kinds.frame, row)
        if inside.any():
            part = np.where(inside, kinds.weight, 0.0) * per / weight
            now, (low, high) = float(part @ kinds.answers), _span(value, shown, more)
            yield _constraint(part, now + low - value, now + high - value)
