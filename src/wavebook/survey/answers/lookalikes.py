"""Cells that look like a code and are another: without a word, they would leave respondents out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import polars as pl

from wavebook.core.alike import look
from wavebook.core.problems import Problem
from wavebook.core.spans import halves
from wavebook.survey.files.codes import Column
from wavebook.survey.files.errors import is_error
from wavebook.survey.files.folding import looks
from wavebook.survey.files.quoting import quoted

Values = Callable[[pl.Expr], list[tuple[str, int]]]
"""The answers for which a condition holds, each with its respondents."""


def beside_codes(
    column: Column, place: str, kept: Collection[str], codes: Iterable[str], where: str, values: Values, enough: int
) -> Iterator[Problem]:
    """Report cells of a column that chooses respondents that look like one of its codes (W136), or are an error (W137).

    ``kept`` are the codes and ranges that choose, ``codes`` all that are declared for the column: those are known.
    """
    if not column.text or not kept:
        return
    known = column.within(map(column.span, codes)).fill_null(False)
    ends = {end for code in kept for end in halves(code)}
    wanted = sorted({look(end) for end in ends} - {""})
    itself = column.cell.is_in(sorted(ends))  # of a range whose order is not known, which is told elsewhere
    like = looks(column.cell).is_in(wanted) & ~itself & ~column.is_number.fill_null(False)
    if found := values(~known & like):
        what = f"holds what looks like a code of {where} and is not: {quoted(found, enough)}"
        yield Problem("W136", place, what, "List it there as well, or give it a meaning under codes or missing.")
    if found := values(~known & is_error(column.cell)):
        yield in_error(place, found, enough)


def in_error(place: str, found: list[tuple[str, int]], enough: int) -> Problem:
    """Make the problem of cells that hold the error of a spreadsheet."""
    what = f"has cells in which a spreadsheet could not compute anything: {quoted(found, enough)}"
    return Problem("W137", place, what, "Correct the file, or list the error as missing.")
