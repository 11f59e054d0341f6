"""Numbers as text files write them, with a mark for decimals and perhaps one for thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Numeral:
    """Way in which a column of texts writes its numbers; ``thousands`` is empty where it has no mark for them.

    ``percent``: each has a sign after it, and 45% is 45.
    """

    thousands: str
    decimal: str
    percent: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression for one number, for Python and for Polars."""
        mark = self._mark
        decimals = f"(?:{re.escape(self.decimal)}[0-9]*)?"
        grouped = f"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|" if mark else ""
        sign = f"[{_SPACES}]?%" if self.percent else ""
        return f"^[+-]?(?:{grouped}[0-9]+){decimals}{sign}$"

    @property
    def _mark(self) -> str:
        return f"[{_ALIKE[self.thousands]}]" if self.thousands in _ALIKE else re.escape(self.thousands)

    def number(self, text: pl.Expr) -> pl.Expr:
        """The number in each text; null where a text is written otherwise."""
        bare = text.str.replace(f"[{_SPACES}]?%$", "") if self.percent else text
        plain = bare.str.replace_all(self._mark, "") if self._mark else bare
        plain = plain.str.replace(self.decimal, ".", literal=True)
        return pl.when(text.str.contains(self.pattern)).then(plain).cast(pl.Float64, strict=False)


_SPACES = " \u00a0\u202f"  # Excel and web pages keep a number on one line with the last two
_ALIKE = {" ": _SPACES, "'": "'’"}
_PLAIN = {
    "1234,5": Numeral("", ","),
    "1234.5": Numeral("", "."),
    "1.234,5": Numeral(".", ","),
    "1,234.5": Numeral(",", "."),
    "1 234,5": Numeral(" ", ","),
    "1 234.5": Numeral(" ", "."),
    "1'234.5": Numeral("'", "."),
    "1'234,5": Numeral("'", ","),
}
FORMS = _PLAIN | {f"{name}%": Numeral(form.thousands, form.decimal, percent=True) for name, form in _PLAIN.items()}
"""Forms of numbers by their names in waves.toml."""

DOUBTFUL = "^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""A number that may be a thousand times another: 1.250."""
