"""Lines above a table: its title, its source, a blank line; as people put them there, and programs do."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TextIO

from wavebook.core.problems import Problem, how_many

MOST = 12
"""Rows that may stand above the names of columns."""
_LINES = 60
_LONGEST = 65_536  # characters of a line; a longer one is no title
_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*%?")


def titles_in(rows: Sequence[Sequence[str]]) -> int:
    """The number of first rows that are no part of the table: less than half as wide, with a row of names below them.

    >>> titles_in([["Export", "", ""], ["", "", ""], ["id", "v1", "v2"], ["1", "2", "3"]])
    2
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[: MOST + 2]]
    width = max(filled, default=0)
    if width < 2 or 2 * filled[0] >= width:
        return 0
    first = next(n for n, many in enumerate(filled) if many > 1 and 2 * many >= width)
    return first if _are_names(rows[first]) and first + 1 < len(rows) else 0


def _are_names(row: Sequence[str]) -> bool:
    """Tell whether cells may be names of columns: no numbers, and each its own."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(set(cells)) == len(cells) and not any(map(_NUMBER.fullmatch, cells))


def above_table(lines: TextIO, marks: str) -> tuple[int, str]:
    """The lines above the table of a text file, and the mark between its fields; (0, "") where it begins at once.

    A table is certain if all its records, of those that are looked at, have as many fields as its names.
    """
    head = list(islice(iter(lambda: lines.readline(_LONGEST), ""), _LINES))
    if len(head) < 3 or any(len(line) == _LONGEST for line in head) or re.match(r'"?sep=.', head[0]):
        return 0, ""
    found = (found for mark in marks if (found := _table_in(head, mark)) is not None)
    width, above, mark = max(found, default=(0, 0, ""), key=lambda table: (table[0], -table[1]))
    return (above, mark) if width > 1 and above else (0, "")


def _table_in(head: Sequence[str], mark: str) -> tuple[int, int, str] | None:
    """Width of the table that lines hold with this mark, and the lines above it."""
    records = list(_records(head, mark))
    if len(head) == _LINES:
        records = records[:-1]  # it may go on
    if len(records) < 2:
        return None
    width, _ = Counter(len(row) for _, row in records).most_common(1)[0]
    first = len(records)
    while first and len(records[first - 1][1]) == width:
        first -= 1
    rows = [row for _, row in records[first:]]
    if width < 2 or len(rows) < 2 or first > MOST:
        return None
    if first and not (all(cell.strip() == cell != "" for cell in rows[0]) and _are_names(rows[0])):
        return None
    return width, records[first + titles_in(rows)][0], mark


def _records(head: Sequence[str], mark: str) -> Iterator[tuple[int, list[str]]]:
    """Records that hold something, each with the number of lines above it."""
    reader, above = csv.reader(iter(head), delimiter=mark), 0
    with suppress(csv.Error):
        for row in reader:
            if row:
                yield above, row
            above = reader.line_num


def left_out(
    place: str, above: int = 0, beneath: int = 0, again: int = 0, *, asked: bool = False
) -> tuple[Problem, ...]:
    """Notices of what stands around the answers and is none."""
    told: list[tuple[str, str]] = []
    if above:
        found = f"has {how_many(above, 'line')} above the names of its columns, left out as a title"
        told.append((found, "Take them out of the file if that is wrong."))
    if asked:
        action = "If somebody answered so, move that line further down."
        told.append(("has a second line of names, which is read as the questions of its columns", action))
    if again:
        found = f"repeats the names of its columns in {how_many(again, 'line')} further down, left out"
        told.append((found, "See that all answers below are in the same columns."))
    if beneath:
        found = f"ends in {how_many(beneath, 'line')} that nobody answered, left out as a total or a note"
        told.append((found, "Take them out of the file; if they are answers, fill in who gave them."))
    return tuple(Problem("W149", place, found, action) for found, action in told)
