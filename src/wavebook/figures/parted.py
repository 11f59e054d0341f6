"""Large tables that cannot be read by column as a whole: read in parts, of which most can be.

What cannot be is read row by row, which takes a hundred times as long and a kilobyte a row. The first part with a fault
is the last that is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from wavebook.core import files
from wavebook.core.problems import Problem, ProblemsError, at_line, raise_all
from wavebook.core.tables import read_parts
from wavebook.core.writing import csv_lines
from wavebook.definitions import Definitions
from wavebook.figures.cells import DoubtError
from wavebook.figures.key import COLUMNS, KEY_COLUMNS
from wavebook.figures.quick import check_declared, joined, key_codes, rows_of
from wavebook.figures.rows import Rows
from wavebook.figures.table import check_row_by_row, figures_of, is_excerpt, misplaced, untold, unused

_ROWS = 40_000  # of a part
_TOLD = 1000  # problems of a table
_HEADER = csv_lines([COLUMNS]).encode()


def is_large(root: Path) -> bool:
    """Tell whether a table of this book has more than one part."""
    return any(_size(path) > files.PIECE for path in (root / "data" / "figures").glob("*.csv"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # a link that leads nowhere, which whoever reads it names
        return 0


def load_parts(root: Path, d: Definitions) -> Rows:
    """The rows of all tables, checked as ``load_table`` does; raises ProblemsError with the first faults of each."""
    folder = root / "data" / "figures"
    problems = [*misplaced(root, d)]
    waves = []
    for wave in d.waves:
        if (path := folder / f"{wave}.csv").is_file():
            try:
                waves.append(_read_wave(path, d))
            except ProblemsError as error:
                problems += error.problems
    raise_all(problems)
    rows = joined(waves)
    whole = not is_excerpt(root)
    try:
        check_declared(rows, d, whole=whole)
    except DoubtError:
        table = _table(rows)
        raise_all(untold(table, d))
        raise_all(unused(table, d) if whole else ())
    return rows


def _read_wave(path: Path, d: Definitions) -> Rows:
    place = f"data/figures/{path.name}"
    optional = () if d.populations else ("population",)
    parts, lines = [], []
    for table, uneven in read_parts(path, place, COLUMNS, "W212", optional, most=files.FIGURES, rows=_ROWS):
        rows, problems = _checked(table, path, d) if len(table) else (None, [])
        problems = [*uneven, *problems]
        if problems:
            raise_all([*problems[:_TOLD], _unread(place, problems, table)])
        if rows is not None:
            parts.append(rows)
            lines.append(table.index.to_numpy())
    if not parts:
        raise_all([Problem("W211", place, "holds no figure", "Add the wave's figures.")])
    rows = joined(parts)
    raise_all(_twice(rows, np.concatenate(lines), place))
    return rows


def _checked(table: pd.DataFrame, path: Path, d: Definitions) -> tuple[Rows | None, list[Problem]]:
    """Some rows, and their problems: by column where they can be, else one by one."""
    try:
        return rows_of(_HEADER, csv_lines(table.itertuples(index=False)).encode(), path.stem, d), []
    except DoubtError:
        frame, problems = check_row_by_row(table, path, d)
        return (None if problems else Rows.of(figures_of(frame, d))), problems


def _unread(place: str, problems: list[Problem], table: pd.DataFrame) -> Problem:
    """The last row that was checked, and how many problems are not named."""
    lines = [int(line) for problem in problems if (line := problem.place.rpartition(":")[2]).isdigit()]
    last, rest = max([*lines, *table.index[-1:].tolist()]), len(problems) - _TOLD
    found = f"is the last row that was checked, and {rest:,} further problems are not named" if rest > 0 else ""
    found = found or "is the last row that was checked"
    return Problem("W212", at_line(place, last), found, "Correct what is named, and check the table again.")


def _twice(rows: Rows, lines: np.ndarray, place: str) -> Iterator[Problem]:
    """Report figures that stand in two parts; ``lines`` are those of the rows."""
    codes = key_codes(rows.words)
    order = np.argsort(codes, kind="stable")
    again = order[1:][codes[order[1:]] == codes[order[:-1]]]
    for line in np.sort(lines[again])[:_TOLD].tolist():
        yield Problem("W215", at_line(place, line), "this figure is in the file twice", "Remove one of the two.")


def _table(rows: Rows) -> pd.DataFrame:
    """What each declaration is asked for: the rows without those that say the same of them."""
    names = [*KEY_COLUMNS, "status"]
    codes = pd.DataFrame({name: rows.words[name].codes for name in names}).drop_duplicates()
    return pd.DataFrame({name: [rows.words[name].values[code] for code in codes[name]] for name in names}, dtype=str)
