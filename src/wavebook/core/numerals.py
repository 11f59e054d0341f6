"""Numbers as text files write them, with a mark for decimals and perhaps one for thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Numeral:
    """Way in which a column of texts writes its numbers; ``thousands`` is empty where it has no mark for them."""

    thousands: str
    decimal: str

    @property
    def pattern(self) -> str:
        """A regular expression for one number, for Python and for Polars."""
        mark = f"[{_SPACES}]" if self.thousands == " " else re.escape(self.thousands)
        decimals = f"(?:{re.escape(self.decimal)}[0-9]*)?"
        grouped = f"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|" if mark else ""
        return f"^[+-]?(?:{grouped}[0-9]+){decimals}$"

    def number(self, text: pl.Expr) -> pl.Expr:
        """The number in each text; null where a text is written otherwise."""
        marks = f"[{_SPACES}]" if self.thousands == " " else re.escape(self.thousands)
        plain = text.str.replace_all(marks, "") if marks else text
        plain = plain.str.replace(self.decimal, ".", literal=True)
        return pl.when(text.str.contains(self.pattern)).then(plain).cast(pl.Float64, strict=False)


_SPACES = " \u00a0\u202f"  # Excel and web pages keep a number on one line with the last two
FORMS = {
    "1 234,5": Numeral(" ", ","),
    "1 234.5": Numeral(" ", "."),
    "1.234,5": Numeral(".", ","),
    "1,234.5": Numeral(",", "."),
    "1234,5": Numeral("", ","),
    "1234.5": Numeral("", "."),
}
"""Forms of numbers by their names in waves.toml."""

DOUBTFUL = "^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""A number that may be a thousand times another: 1.250."""


def marked(text: pl.Expr) -> pl.Expr:
    """Tell whether a text has a mark that may be for decimals or for thousands."""
    return text.str.contains("[.,]")
