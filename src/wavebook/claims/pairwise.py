"""Many pairs of figures at once: for each, the one that is shown to be higher, if either is.

A pair is judged as the statement ``more`` is, so that a table and a sentence never say different things; the arithmetic
is that of ``errors``, by column, because a book of tables has a million pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from wavebook.core import memory
from wavebook.figures.accuracy import Accuracy

Bounds = tuple[float, float]
"""The lowest and the highest that the correlation of two estimates can be."""
ANYTHING: Bounds = (-1.0, 1.0)
NOTHING: Bounds = (0.0, 0.0)


class Estimate(NamedTuple):
    """A figure that can be compared: its accuracy, and the value that readers see."""

    accuracy: Accuracy
    printed: Decimal

    @property
    def is_sampled(self) -> bool:
        """Tell whether its sampling error is known, and not nil."""
        return bool(self.accuracy.se)


class _Side(NamedTuple):
    """One figure of each pair, by column; ``people`` is NaN where it is no share."""

    low: np.ndarray
    high: np.ndarray
    se: np.ndarray
    df: np.ndarray
    people: np.ndarray
    printed: np.ndarray

    @classmethod
    def of(cls, estimates: Sequence[Estimate]) -> _Side:
        found = [e.accuracy for e in estimates]
        people = [np.nan if a.people is None else a.people for a in found]
        columns = ([float(a.low) for a in found], [float(a.high) for a in found], [a.se or 0.0 for a in found])
        more = ([a.df for a in found], people, [float(e.printed) for e in estimates])
        return cls(*(np.array(column, float) for column in (*columns, *more)))

    def take(self, places: np.ndarray) -> _Side:
        return _Side(*(column[places] for column in self))

    def reach(self, alpha: float, df: np.ndarray, *, up: bool) -> np.ndarray:
        """How far the true values may lie above ``high``, or below ``low``: see ``Accuracy.reach``."""
        special = memory.special()
        quantile = _critical(alpha, df)
        found = quantile * self.se
        share = 1 - self.high / 100 if up else self.low / 100
        exact = ~np.isnan(self.people) & (self.se > 0)
        if exact.any():
            share, people = share[exact], self.people[exact]
            people = people * (_critical(alpha, np.array([np.inf])) / quantile[exact]) ** 2
            end = special.betaincinv(people * share, people * (1 - share) + 1, alpha / 2)
            found[exact] = np.where(share <= 0, 0.0, 100 * (share - np.nan_to_num(end)))
        return found


@dataclass(frozen=True)
class Pairs:
    """Pairs of figures, each with the least correlation that their estimates can have, and its degrees of freedom."""

    first: _Side
    second: _Side
    least: np.ndarray
    df: np.ndarray

    @classmethod
    def within(cls, estimates: Sequence[Estimate], bounds: Sequence[Bounds]) -> Pairs:
        """Every two of the estimates of one wave, in the order of ``numpy.triu_indices``, with their ``bounds``."""
        side, (i, j) = _Side.of(estimates), np.triu_indices(len(estimates), 1)
        first, second = side.take(i), side.take(j)
        return cls(first, second, _least(bounds), np.minimum(first.df, second.df))

    @classmethod
    def across(cls, later: Sequence[Estimate], earlier: Sequence[Estimate], bounds: Sequence[Bounds | None]) -> Pairs:
        """Estimates of one wave, each with that of an earlier one; of no ``bounds`` if they share no respondents."""
        first, second = _Side.of(later), _Side.of(earlier)
        linked = np.array([pair is not None for pair in bounds], bool)
        a, b = first.se**2, second.se**2
        spread = a**2 / first.df + b**2 / second.df
        apart = np.full(len(a), np.inf)
        np.divide((a + b) ** 2, spread, out=apart, where=spread > 0)
        df = np.where(linked, np.minimum(first.df, second.df), apart)
        return cls(first, second, _least([pair or NOTHING for pair in bounds]), df)

    def higher(self, alpha: float) -> np.ndarray:
        """For each pair 1 where the first is shown to be higher, −1 where the second is, at two-sided ``alpha``."""
        up = self._beyond(self.first, self.second, alpha)
        down = self._beyond(self.second, self.first, alpha)
        return up.astype(int) - down.astype(int)

    def _beyond(self, one: _Side, other: _Side, alpha: float) -> np.ndarray:
        a, b = one.reach(alpha, self.df, up=False), other.reach(alpha, self.df, up=True)
        distance = np.sqrt(np.maximum(a**2 + b**2 - 2 * a * b * self.least, 0.0))
        return (one.printed > other.printed) & (one.low - other.high > distance)

    def holm(self, alpha: float) -> np.ndarray:
        """The same by Holm's procedure, for all pairs together at family-wise ``alpha``.

        As no statistic need be turned into a p-value: at each step those are found that are shown at the level of the
        last step, which rises with their number until no more are.
        """
        m, found = len(self.df), 0
        while m:
            shown = self.higher(alpha / max(m - found, 1))
            count = int(np.count_nonzero(shown))
            if count in (found, m):
                return shown
            found = count
        return np.zeros(0, int)


def _least(bounds: Sequence[Bounds]) -> np.ndarray:
    return np.array([low for low, _ in bounds], float)


def _critical(alpha: float, df: np.ndarray) -> np.ndarray:
    special = memory.special()
    found = np.full(len(df), -float(special.ndtri(alpha / 2)))
    finite = np.isfinite(df)
    found[finite] = -special.stdtrit(df[finite], alpha / 2)
    return np.where(found >= 0, found, np.inf)
