"""Correlations of the estimates behind two figures: data/correlations/<wave>.csv, as claims read it.

The certainty of a difference of two estimates depends on their errors and on their correlation, which figures alone do
not give. ``contrasts`` writes the files from respondents, coarsely enough to tell nothing about people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

import pandas as pd

from wavebook.core.problems import Problem, ProblemsError, at_line, raise_all
from wavebook.core.tables import NUMBER, read_csv

COLUMNS = ("one", "other", "correlation", "within")
"""Two keys as ``str`` makes them, the correlation of their estimates, and how far the true one may lie from it."""

Correlations = Mapping[frozenset[str], tuple[float, float]]
"""The lowest and the highest that the correlation of two figures can be, by their names."""

NONE: Correlations = MappingProxyType({})
_AGAIN = "Run wavebook estimate {} again, or remove the file."


def read_correlations(folder: Path, waves: Sequence[str], shown: Mapping[str, str]) -> Correlations:
    """Read the correlations of pairs of figures from the files in ``folder``; none when there are no files.

    ``waves`` are the declared ones, oldest first; ``shown`` maps the name of each figure that is shown with its error
    to its wave.

    Raises
    ------
    ProblemsError
        W195 for each faulty row, W196 for each row about a figure that is not shown (any more).
    """
    problems: list[Problem] = []
    found: dict[frozenset[str], tuple[float, float]] = {}
    for path in sorted(folder.glob("*.csv")):
        place = f"data/correlations/{path.name}"
        if path.stem not in waves:
            problems.append(
                Problem("W196", place, "belongs to no declared wave", "Declare it in data/waves.toml, or move it.")
            )
            continue
        try:
            table, wrong = read_csv(path, place, COLUMNS, "W195")
        except ProblemsError as error:
            problems += error.problems
            continue
        problems += wrong
        for row in _rows(table):
            where = at_line(place, row.Index)
            pair = frozenset((row.one.strip(), row.other.strip()))
            wrong = [*_row_problems(row, pair, path.stem, waves, shown, where)]
            if pair in found:
                wrong.append(Problem("W195", where, "this pair is there twice", "Remove one."))
            if not wrong:
                middle, within = float(row.correlation), float(row.within)
                found[pair] = max(middle - within, -1.0), min(middle + within, 1.0)
            problems += wrong
    raise_all(problems)
    return MappingProxyType(found)


class _Row(Protocol):
    """A row of a file, each cell as its text."""

    Index: int
    one: str
    other: str
    correlation: str
    within: str


def _rows(table: pd.DataFrame) -> Iterator[_Row]:
    return cast("Iterator[_Row]", table.itertuples())  # pandas' types know only that it has columns


def _row_problems(
    row: _Row, pair: frozenset[str], wave: str, waves: Sequence[str], shown: Mapping[str, str], where: str
) -> Iterator[Problem]:
    action = _AGAIN.format(wave)
    for name in sorted(pair - shown.keys()):
        yield Problem("W196", where, f"{name} is not a figure shown with its error", action)
    if len(pair) == 1:
        yield Problem("W195", where, f"{row.one} is paired with itself", action)
    elif pair <= shown.keys() and max((shown[name] for name in pair), key=waves.index) != wave:
        yield Problem("W195", where, f"is not about wave {wave} and earlier ones", action)
    for name, cell, least in (("correlation", row.correlation, -1), ("within", row.within, 0)):
        text = cell.strip()
        number = float(text) if NUMBER.fullmatch(text) else math.nan
        if not least <= number <= 1:
            yield Problem("W195", where, f"{name} is {text!r}, not a number from {least} to 1", action)
