"""Numbers that may be a thousand times as large: 1.250, and 2.32 where a program took 2.320 for a decimal number."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wavebook.core.numerals import DOUBTFUL, Numeral
from wavebook.survey.files.codes import Column

_FEWER = "^[+-]?[1-9][0-9]{0,2}[.,][0-9]{1,2}$"
_MOST = 0.25  # of the numbers that have a mark: one in ten ends in a nought by chance
_ALMOST = 1e-6  # as near as a number with three decimals is stored


def counts(column: Column, among: pl.Expr) -> dict[str, pl.Expr]:
    """The counts that ``doubted`` wants, of numbers in a column that are stored as such, or as texts with a mark."""
    if column.text:
        marked = column.cell.str.contains("[.,]")
        three, fewer = column.cell.str.contains(DOUBTFUL), column.cell.str.contains(_FEWER)
    else:
        number = column.number.cast(pl.Float64).abs()
        fraction = number != number.floor()
        marked = fraction | (number >= 1000)  # such a number would have a mark, and be a fraction now
        possible = fraction & number.is_between(1, 1000) & _is_whole(number * 1000)
        fewer = possible & _is_whole(number * 100)
        three = possible & ~fewer
    found = {"marked": marked, "three": three, "fewer": fewer}
    return {name: (among & condition).sum() for name, condition in found.items()}


def doubted(found: Mapping[str, int]) -> int:
    """How many numbers may be thousands, as ``counts`` has counted them: all with a mark, or none.

    Nearly all of them have three decimals; the others may have lost a nought at the end.
    """
    possible = found["three"] + found["fewer"]
    return possible if found["marked"] == possible and found["fewer"] <= _MOST * possible else 0


def is_settled(column: Column) -> bool:
    """Tell whether a form is declared that settles it: stored numbers have no mark for thousands."""
    return isinstance(column.form, Numeral) and (column.text or not column.form.thousands)


def _is_whole(number: pl.Expr) -> pl.Expr:
    return (number - number.round()).abs() < _ALMOST
