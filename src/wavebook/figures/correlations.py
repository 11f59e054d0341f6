"""Correlations of the estimates behind two figures: data/correlations/<wave>.csv, as claims read it.

The certainty of a difference of two estimates depends on their errors and on their correlation, which figures alone do
not give. ``contrasts`` writes the files from respondents, coarsely enough to tell nothing about people.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from sys import intern
from types import MappingProxyType
from typing import Protocol, cast

import pandas as pd

from wavebook.core.files import FIGURES
from wavebook.core.problems import Problem, ProblemsError, at_line, raise_all
from wavebook.core.tables import NUMBER, read_csv
from wavebook.core.text import read

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
    known = cache(shown.get)  # a name comes in many pairs
    for path in sorted(folder.glob("*.csv")):
        place = f"data/correlations/{path.name}"
        if path.stem not in waves:
            problems.append(
                Problem("W196", place, "belongs to no declared wave", "Declare it in data/waves.toml, or move it.")
            )
            continue
        quick = _faultless(path, place, waves, known, found)
        if quick is not None:
            found |= quick
            continue
        try:
            table, wrong = read_csv(path, place, COLUMNS, "W195", most=FIGURES)
        except ProblemsError as error:
            problems += error.problems
            continue
        problems += wrong
        for row in _rows(table):
            where = at_line(place, row.Index)
            pair = frozenset((intern(row.one.strip()), intern(row.other.strip())))
            wrong = [*_row_problems(row, pair, path.stem, waves, known, where)]
            if pair in found:
                wrong.append(Problem("W195", where, "this pair is there twice", "Remove one."))
            if not wrong:
                middle, within = float(row.correlation), float(row.within)
                found[pair] = max(middle - within, -1.0), min(middle + within, 1.0)
            problems += wrong
    raise_all(problems)
    return MappingProxyType(found)


def _faultless(
    path: Path, place: str, waves: Sequence[str], known: Callable[[str], str | None], before: Correlations
) -> dict[frozenset[str], tuple[float, float]] | None:
    """Read a file without a fault as it comes by: a large survey has a million pairs; None for any other.

    Nothing here words a problem: whatever is not certain to be faultless is left to the reader of rows.
    """
    found: dict[frozenset[str], tuple[float, float]] = {}
    order = {wave: at for at, wave in enumerate(waves)}
    last, between = order[path.stem], cache(_between)
    try:
        rows = csv.reader(
            io.StringIO(read(path, place, "W195", most=FIGURES, again="", restore=""), newline=""), strict=True
        )
        if next(rows, None) != [*COLUMNS]:
            return None
        for one, other, correlation, within in rows:
            of, with_ = known(one), known(other)
            if of is None or with_ is None or one == other or max(order[of], order[with_]) != last:
                return None
            if not (NUMBER.fullmatch(correlation) and NUMBER.fullmatch(within)):
                return None
            pair, bounds = frozenset((intern(one), intern(other))), between(correlation, within)
            if bounds is None or pair in found or pair in before:
                return None
            found[pair] = bounds
    except (ProblemsError, ValueError, csv.Error):
        return None
    return found


def _between(correlation: str, within: str) -> tuple[float, float] | None:
    """The lowest and the highest that a correlation can be; None where it can be none."""
    middle, reach = float(correlation), float(within)
    return (max(middle - reach, -1.0), min(middle + reach, 1.0)) if -1 <= middle <= 1 and 0 <= reach <= 1 else None


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
    row: _Row,
    pair: frozenset[str],
    wave: str,
    waves: Sequence[str],
    known: Callable[[str], str | None],
    where: str,
) -> Iterator[Problem]:
    action, of = _AGAIN.format(wave), {name: known(name) for name in sorted(pair)}
    there = [found for found in of.values() if found is not None]
    for name in (name for name, found in of.items() if found is None):
        yield Problem("W196", where, f"{name} is not a figure shown with its error", action)
    if len(pair) == 1:
        yield Problem("W195", where, f"{row.one} is paired with itself", action)
    elif len(there) == len(pair) and max(there, key=waves.index) != wave:
        yield Problem("W195", where, f"is not about wave {wave} and earlier ones", action)
    for name, cell, least in (("correlation", row.correlation, -1), ("within", row.within, 0)):
        text = cell.strip()
        number = float(text) if NUMBER.fullmatch(text) else math.nan
        if not least <= number <= 1:
            yield Problem("W195", where, f"{name} is {text!r}, not a number from {least} to 1", action)
