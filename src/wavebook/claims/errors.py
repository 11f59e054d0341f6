"""The reach of chance: the sampling error of a sum of figures that may share respondents."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from wavebook.core import memory
from wavebook.figures import Figure, Figures, Key
from wavebook.figures.accuracy import Accuracy


class Part(NamedTuple):
    """A figure of a sum, with its coefficient and its standard error."""

    key: Key
    factor: float
    accuracy: Accuracy
    se: float


class Errors:
    """Errors of a sum of figures (coefficient, figure, accuracy): its distance by chance from the true value.

    Estimates from one wave share respondents: their correlation is the one that was kept, or may be anything where none
    was. Those of different waves are taken as independent, unless all their correlations were kept: people who took
    part in both make a change more certain, not less. If only some were kept, they count in so far as they make it less
    certain.
    """

    def __init__(self, figures: Figures, parts: Iterable[tuple[Decimal, Figure, Accuracy]]):
        self.parts = [Part(f.key, float(c), a, a.se) for c, f, a in parts if a.se]
        pairs = list(combinations(range(len(self.parts)), 2))
        keys = [part.key for part in self.parts]
        kept = {(i, j): figures.correlation(keys[i], keys[j]) for i, j in pairs}
        across = [known for (i, j), known in kept.items() if keys[i].wave != keys[j].wave]
        self.linked = bool(across) and None not in across
        self.bounds = {(i, j): self._bounds(keys[i], keys[j], known) for (i, j), known in kept.items()}
        self.df = self._df()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def _bounds(self, one: Key, other: Key, known: tuple[float, float] | None) -> tuple[float, float]:
        if one.wave == other.wave:
            return known or (-1.0, 1.0)
        low, high = known or (0.0, 0.0)
        return (low, high) if self.linked else (min(low, 0.0), max(high, 0.0))

    def reach(self, alpha: float, *, up: bool) -> tuple[float, float]:
        """The largest and smallest distance that chance explains at two-sided ``alpha``, above or below the sum.

        Source: Zou and Donner (2008), Construction of confidence limits about effect measures, Statist. Med. 27: the
        limits of a sum from those of its parts, which for normal parts is the usual standard error.
        """
        weights = [p.factor * p.accuracy.reach(alpha, self.df, up=up == (p.factor > 0)) for p in self.parts]
        largest, smallest, _ = self._spread(weights)
        return math.sqrt(largest), math.sqrt(smallest)

    def level(self, distance: float, *, up: bool) -> float:
        """The two-sided level at which chance reaches as far as ``distance``."""
        if all(part.accuracy.people is None for part in self.parts):
            largest, _, _ = self._spread([part.factor * part.se for part in self.parts])
            return min(1.0, 2 * _tail(distance / math.sqrt(largest), self.df)) if largest else 0.0
        special = memory.special()

        def beyond(quantile: float) -> float:
            return self.reach(2 * float(special.ndtr(-quantile)), up=up)[0] - distance

        return 2 * float(special.ndtr(-_root(beyond, 0.0, 37.0)))  # a relation shown at a level is shown at higher ones

    def _spread(self, weights: list[float]) -> tuple[float, float, dict[str, float]]:
        """The largest and smallest square of a sum of errors of these sizes, and the largest by wave."""
        waves: dict[str, float] = {}
        for part, w in zip(self.parts, weights, strict=True):
            waves[part.key.wave] = waves.get(part.key.wave, 0.0) + w * w
        largest = smallest = math.fsum(waves.values())
        for (i, j), bounds in self.bounds.items():
            less, more = sorted(2 * weights[i] * weights[j] * bound for bound in bounds)
            largest, smallest = largest + more, smallest + less
            if self.parts[i].key.wave == self.parts[j].key.wave:
                waves[self.parts[i].key.wave] += more
        return max(largest, 0.0), max(smallest, 0.0), waves

    def _df(self) -> float:
        """Welch and Satterthwaite's degrees of freedom, from the variance of each wave and its fewest degrees.

        Waves that share respondents have the fewest of all.
        """
        _, _, waves = self._spread([part.factor * part.se for part in self.parts])
        fewest = {wave: min(part.accuracy.df for part in self.parts if part.key.wave == wave) for wave in waves}
        if self.linked or len(waves) < 2:
            return min(fewest.values(), default=math.inf)
        spread = math.fsum(variance**2 / fewest[wave] for wave, variance in waves.items())
        return math.fsum(waves.values()) ** 2 / spread if spread else math.inf


def _root(rises: Callable[[float], float], low: float, high: float) -> float:
    """The point just before a function that rises, nearly in a straight line, passes 0; ``high`` if it does not.

    Source: Dowell and Jarratt (1971), A modified regula falsi method for computing the root of an equation, BIT 11.
    """
    under, over = rises(low), rises(high)
    if under >= 0 or over <= 0:
        return low if under >= 0 else high
    found, side = low, 0
    for _ in range(60):
        before, found = found, (low * over - high * under) / (over - under)
        value = rises(found)
        if abs(found - before) < 1e-9 or not value:
            break
        if value < 0:
            low, under, over = found, value, over / 2 if side < 0 else over
        else:
            high, over, under = found, value, under / 2 if side > 0 else under
        side = -1 if value < 0 else 1
    return max(found - 1e-8, 0.0)


def _tail(statistic: float, df: float) -> float:
    special = memory.special()
    return float(special.stdtr(df, -statistic) if math.isfinite(df) else special.ndtr(-statistic))
