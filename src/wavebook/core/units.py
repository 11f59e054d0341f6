"""The units of figures, the scale of each, the noise that figures may hold, and the languages of a book."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

LARGEST = 10**15  # for a number of people or things: beyond it, floating point no longer holds every whole number
NOISE = 2.0  # standard deviation of noise in figures, in respondents, unless data/waves.toml says otherwise
MOST_NOISE = 4  # the most that noise can be, in standard deviations

Language = str
"""A language by its code, as in ``book/<code>/``: one that has words in ``wavebook.language``."""
Method = Literal["suppression", "cell_key"]
"""The way respondents are protected: figures are hidden, or hold noise."""
Kind = Literal["share", "score", "count", "balance", "points"]
"""What a number in a unit is: a part of a whole, a mean on a scale, a number of things, a surplus, a difference."""


@dataclass(frozen=True)
class Unit:
    """A unit of figures: its name in tables, its kind, and the lowest and the highest number that one answer can be.

    ``apart`` is the unit of the difference of two figures, where that has one of its own.
    """

    name: str
    kind: Kind
    low: float = -math.inf
    high: float = math.inf
    apart: Unit | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Tell whether its figures are shares of people, in per cent; all others are means of numbers."""
        return self.kind == "share"

    @property
    def is_bounded(self) -> bool:
        """Tell whether its scale ends on both sides, so that a mean bounds each answer."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number that one answer can be."""
        return self.low, self.high

    @property
    def scale(self) -> tuple[float, float]:
        """The ends of its scale; zero and one of the thing itself where it has none."""
        return (self.low, self.high) if self.is_bounded else (0, 1)

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest figure in a table, which must hold a count to the last digit."""
        return max(self.low, -LARGEST), min(self.high, LARGEST)

    @property
    def whole(self) -> float | None:
        """The whole of which a bar shows a part, if it starts at or above zero: all people, or a ten."""
        return self.high if self.is_bounded and self.low >= 0 else None

    @property
    def difference(self) -> Unit:
        """The unit of the difference of two figures."""
        return self.apart or self


POINT = Unit("point", "points")
PERCENTAGE_POINT = Unit("percentage_point", "balance", -100, 100)
PERCENT = Unit("percent", "share", 0, 100, apart=PERCENTAGE_POINT)
COUNT = Unit("count", "count", 0)
GRADE = Unit("grade", "score", 1, 10, apart=POINT)
BUILT_IN: Mapping[str, Unit] = MappingProxyType({unit.name: unit for unit in (GRADE, PERCENT, PERCENTAGE_POINT, COUNT)})
"""The units that need no declaration, by name."""
