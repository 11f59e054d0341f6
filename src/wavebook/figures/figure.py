"""A figure, which is a row of the table; and the errors raised when a figure is not there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from wavebook.core.units import Language, Unit
from wavebook.figures.key import COLUMNS, PERTURBED, PERTURBED_REVISED, Key
from wavebook.language.wording import Style, quantity, round_half_up
from wavebook.language.words import words_in


@dataclass(frozen=True)
class Figure:
    """A row of the table; numbers that the source does not give are None, never guessed."""

    key: Key
    value: float | None
    unit: Unit
    decimals: int
    n: int | None
    n_effective: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    status: str
    source: str
    locator: str

    @property
    def cells(self) -> dict[str, object]:
        """The columns of the table after the key, as its file has them."""
        return {**{name: getattr(self, name) for name in COLUMNS[6:]}, "unit": self.unit.name}

    @property
    def number(self) -> float:
        """The value of a figure that has one; raises ValueError for one that is suppressed."""
        if self.value is None:
            raise ValueError(f"{self.key} is suppressed")
        return self.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends of its interval, if it has one."""
        return None if self.ci_low is None or self.ci_high is None else (self.ci_low, self.ci_high)

    @property
    def is_perturbed(self) -> bool:
        """Tell whether it holds noise that protects respondents."""
        return self.status in (PERTURBED, PERTURBED_REVISED)

    @property
    def printed(self) -> Decimal:
        """The value as readers see it, rounded half up to the indicator's decimals."""
        return round_half_up(self.number, self.decimals)

    def text(self, language: Language, style: Style = "prose") -> str:
        """The value in words of ``language``, marked when it is provisional or revised; see ``wording.quantity``.

        A dash when it is suppressed.
        """
        if self.value is None:
            return "–"
        mark = words_in(language).marks.get(self.status, "")
        return quantity(self.value, self.unit, self.decimals, language, style=style) + (f"\u00a0{mark}" if mark else "")


class MissingFigureError(LookupError):
    """Error that a figure is not there; the message names the nearest."""


class AbsentFigureError(MissingFigureError):
    """Error that a figure is declared, but no source gives it, or too few people are behind it."""


class FirstWaveError(MissingFigureError):
    """Error that a change is asked for where there is one wave; every message has the text of ``FOUND``."""

    FOUND: ClassVar = "there is no wave before the first, and a change needs two"
