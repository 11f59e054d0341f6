"""The units of figures, the scale of each, the noise that figures may hold, and the languages of a book."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, Protocol

LARGEST = 10**15  # for a number of people or things: beyond it, floating point no longer holds every whole number
NOISE = 2.0  # standard deviation of noise in figures, in respondents, unless data/waves.toml says otherwise
MOST_NOISE = 4  # the most that noise can be, in standard deviations

Language = str
"""A language by its code, as in ``book/<code>/``: one that has words in ``wavebook.language``."""
Method = Literal["suppression", "cell_key"]
"""The way respondents are protected: figures are hidden, or hold noise."""
Kind = Literal["share", "score", "count", "amount", "duration", "index", "balance", "points"]
"""What a number in a unit is: a part of a whole, a mean on a scale, a number of things, an amount, a time, a number
beside a base, a surplus, a difference.
"""
Duration = Literal["second", "minute", "hour", "day", "week", "month", "year"]


class Spoken(Protocol):
    """Words for readers, by language."""

    def __getitem__(self, language: Language, /) -> str: ...


@dataclass(frozen=True)
class Forms:
    """Words that a book declares for a unit; None where those of the library will do.

    ``one`` and ``many`` stand after a number in running text, or around it where they hold ``{}``; ``symbol`` in tables
    and charts, where room is short; ``axis`` beside an axis, where ``{low}`` and ``{high}`` are the ends of the scale.
    """

    one: Spoken | None = None
    many: Spoken | None = None
    symbol: Spoken | None = None
    axis: Spoken | None = None


@dataclass(frozen=True)
class Unit:
    """A unit of figures: its name in tables, its kind, and the lowest and the highest number that one answer can be.

    Attributes
    ----------
    apart
        The unit of the difference of two figures, where that has one of its own.
    decimals, alike
        Those of an indicator that does not say; see ``Indicator``.
    currency
        The code of a currency, as in ISO 4217.
    duration, clock
        The time that a number counts, and whether readers see it as hours and minutes.
    base
        The number that an index compares with.
    forms
        Words that the book declares for it.
    """

    name: str
    kind: Kind
    low: float = -math.inf
    high: float = math.inf
    apart: Unit | None = None
    decimals: int | None = None
    alike: float | None = None
    currency: str = ""
    duration: Duration | None = None
    clock: bool = False
    base: float | None = None
    forms: Forms = field(default=Forms(), compare=False)

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Tell whether its figures are shares of people, in per cent; all others are means of numbers."""
        return self.kind == "share"

    @property
    def is_score(self) -> bool:
        """Tell whether its figures are means on a scale that respondents saw, which need not start at zero."""
        return self.kind == "score"

    @property
    def is_sum(self) -> bool:
        """Tell whether one respondent can be much of a figure: numbers of things, amounts, times."""
        return self.kind in ("count", "amount", "duration", "index")

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

    @property
    def described(self) -> str:
        """Its name for editors, with the ends of its scale."""
        return f"{self.name} {self.low:g} to {self.high:g}" if self.is_score and self.is_bounded else self.name

    def on(self, low: float, high: float) -> Unit:
        """The same unit on a scale with these ends."""
        return replace(self, low=low, high=high)


POINT = Unit("point", "points")
PERCENTAGE_POINT = Unit("percentage_point", "balance", -100, 100)
PERCENT = Unit("percent", "share", 0, 100, apart=PERCENTAGE_POINT)
COUNT = Unit("count", "count", 0)
SCORE = Unit("score", "score", apart=POINT)
GRADE = Unit("grade", "score", 1, 10, apart=POINT)
BALANCE = Unit("balance", "balance", -100, 100, apart=POINT)
INDEX = Unit("index", "index", 0, apart=POINT, base=100)
_DURATIONS: tuple[Duration, ...] = ("second", "minute", "hour", "day", "week", "month", "year")
_NAMED = (GRADE, PERCENT, PERCENTAGE_POINT, COUNT, SCORE, BALANCE, INDEX)
BUILT_IN: Mapping[str, Unit] = MappingProxyType(
    {unit.name: unit for unit in _NAMED} | {name: Unit(name, "duration", 0, duration=name) for name in _DURATIONS}
)
"""The units that need no declaration, by name; besides them, every currency by its code: see ``built_in``."""


def built_in(name: str) -> Unit | None:
    """The unit of this name that needs no declaration; None if there is none.

    >>> built_in("minute").kind, built_in("EUR").currency, built_in("XQX")
    ('duration', 'EUR', None)
    """
    return BUILT_IN.get(name) or (Unit(name, "amount", currency=name) if is_currency(name) else None)


def is_currency(code: str) -> bool:
    """Tell whether this is the code of a currency, as in ISO 4217."""
    if len(code) != 3 or not code.isalpha() or not code.isupper():
        return False
    from babel.core import get_global

    return code in get_global("all_currencies")
