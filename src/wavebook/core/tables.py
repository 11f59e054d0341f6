"""Tables in CSV as editors keep them: strictly read, every cell as text, every row by its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from wavebook.core import files
from wavebook.core.problems import Problem, at_line, fail, raise_all
from wavebook.core.text import read

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""A number with a decimal point; the other forms that Python accepts are not numbers to an editor."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_UNEVEN = 1000  # rows of another width that are told


def read_csv(
    path: Path,
    place: str,
    columns: Sequence[str],
    code: str,
    optional: Collection[str] = (),
    *,
    most: int = files.TABLE,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the rows of a file as text, ``columns`` in order, indexed by line; also give the problems of other rows.

    A column that is ``optional`` is empty where the file lacks it. The file has at most ``most`` bytes.

    Unlike pandas' reader, it does not shift the columns of a row with a cell too many, fill up a row with a cell too
    few, or drop blank lines. Raises ProblemsError, with ``code`` and ``place``, when file or header cannot be read.
    """
    (found,) = read_parts(path, place, columns, code, optional, most=most)
    return found


def read_parts(
    path: Path,
    place: str,
    columns: Sequence[str],
    code: str,
    optional: Collection[str] = (),
    *,
    most: int = files.TABLE,
    rows: int = 0,
) -> Iterator[tuple[pd.DataFrame, list[Problem]]]:
    """Read a file as ``read_csv`` does, so many ``rows`` at a time; all at once if it is 0.

    Ends after the part with the thousandth row that has too many cells, or too few.
    """
    again = "Save it again as CSV in UTF-8, with commas between the cells."
    text = read(path, place, code, most=most, again=again, restore=again)
    found = _rows(text, place, code, again)
    header = next(found, (0, []))[1]
    if not header:
        fail(Problem(code, place, "is empty", "Add the header and the rows."))
    raise_all(_header_problems(header, place, columns, code, again, optional))
    action = "Leave no cell out, and put a cell that holds a comma between double quotes."
    first = True
    while True:
        even: dict[int, list[str]] = {}
        uneven: list[Problem] = []
        for at, row in islice(found, rows or None):
            if len(row) == len(header):
                even[at] = row
            else:
                said = f"has {len(row)} cells, and the header {len(header)}"
                uneven.append(Problem(code, at_line(place, at), said, action))
                if len(uneven) == _UNEVEN:
                    found = iter(())
                    break
        if not (first or even or uneven):
            return
        table = pd.DataFrame(even.values(), index=list(even), columns=header, dtype=str)
        table = table.assign(**dict.fromkeys(set(optional) - set(header), ""))
        yield table[list(columns)], uneven
        first = False


def _rows(text: str, place: str, code: str, again: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its line."""
    reader = csv.reader((line[0] for line in _LINE.finditer(text)), strict=True)
    at = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield at, row
            at = reader.line_num + 1  # a cell may hold line ends
    except csv.Error as error:
        fail(Problem(code, at_line(place, at), f"cannot be read as CSV: {error}", again))


def _header_problems(
    header: list[str], place: str, columns, code: str, again: str, optional: Collection[str]
) -> Iterator[Problem]:
    if len(header) == 1:
        mark = next((mark for mark in ";\t|" if mark in header[0]), None)
        if mark is None:
            action = "Let it begin with the names of columns, with commas between them."
            yield Problem(code, place, f"begins with {header[0][:40]!r}, not with the names of columns", action)
        else:
            yield Problem(code, place, f"has {mark!r} between its cells, not commas", again)
        return
    for name in columns:
        if name not in header and name not in optional:
            yield Problem(code, place, f"column {name} is missing", "Add it; it may be empty.")
    for name in dict.fromkeys(header):
        if name not in columns:
            yield Problem(code, place, f"column {name!r} is not known", "Remove it.")
        elif header.count(name) > 1:
            yield Problem(code, place, f"column {name} is there twice", "Remove one of the two.")
