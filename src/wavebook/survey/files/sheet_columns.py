"""The columns of a sheet of a workbook, laid out some rows at a time, as a cell in Python takes much memory."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import polars as pl

from wavebook.survey.files.values import since_midnight, text_of

_ROWS = 2_000  # that are laid out at a time

Rows = Callable[[], Iterable[Sequence[object]]]


def columns_of(rows: Rows, width: int) -> list[pl.Series]:
    """The columns of ``rows``, which are gone through again for those that hold several kinds of values.

    Numbers, dates or times when every filled cell is one, else texts; an empty cell is null.
    """
    parts: list[list[pl.Series]] = [[] for _ in range(width)]
    for cells in _in_parts(rows(), width):
        for part, values in zip(parts, cells, strict=True):
            part.append(_typed(values))
    kinds = [{part.dtype for part in column if part.null_count() < len(part)} or {pl.Float64()} for column in parts]
    mixed = [place for place, found in enumerate(kinds) if len(found) > 1]
    for place in mixed:
        parts[place] = []
        kinds[place] = {pl.String()}
    if mixed:
        for cells in _in_parts(rows(), width):
            for place in mixed:
                parts[place].append(_as_text(cells[place]))
    return [_joined(column, kind) for column, (kind,) in zip(parts, kinds, strict=True)]


def _in_parts(rows: Iterable[Sequence[object]], width: int) -> Iterator[list[list[object]]]:
    """Some rows at a time, as columns in which an empty cell is None."""
    going = iter(rows)
    while part := list(islice(going, _ROWS)):
        yield [[None if row[place] == "" else row[place] for row in part] for place in range(width)]


def _joined(parts: list[pl.Series], kind: pl.DataType) -> pl.Series:
    """The parts of a column as one; those without a value take its kind."""
    fitting = [part if part.dtype == kind else pl.Series([None] * len(part), dtype=kind) for part in parts]
    return pl.concat(fitting, rechunk=True) if fitting else pl.Series([], dtype=kind)


def _typed(values: Sequence[object]) -> pl.Series:
    """Some cells of a column: numbers, dates or times when every filled cell is one, else texts."""
    filled = [value for value in values if value is not None]
    if all(isinstance(value, int | float) for value in filled):
        return pl.Series(values, dtype=pl.Float64, strict=False)
    if all(isinstance(value, datetime.date) for value in filled):
        days = [_moment(value) if isinstance(value, datetime.date) else None for value in values]
        return pl.Series(days, dtype=pl.Datetime("us"))
    if all(isinstance(value, datetime.time | datetime.timedelta) for value in filled):
        times = [
            since_midnight(value) if isinstance(value, datetime.time | datetime.timedelta) else None for value in values
        ]
        return pl.Series(times, dtype=pl.Duration("us"))
    return _as_text(values)


def _as_text(values: Sequence[object]) -> pl.Series:
    return pl.Series([None if value is None else text_of(value) for value in values], dtype=pl.String)


def _moment(day: datetime.date) -> datetime.datetime:
    """A day as its first moment; a moment by the clock of its own zone."""
    if isinstance(day, datetime.datetime):
        return day.replace(tzinfo=None)
    return datetime.datetime.combine(day, datetime.time())
