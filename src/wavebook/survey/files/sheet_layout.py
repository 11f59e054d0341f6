"""What a sheet shows otherwise than it holds: merged cells, hidden rows and columns, notes; told, never guessed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wavebook.core.problems import Problem, how_many
from wavebook.survey.files.sheet_marks import column_number, elements, holds, parsed, part_of

_SIGNS = (b"<mergeCell ", b":mergeCell ", b' hidden="1"', b' hidden="true"')
_SHOWN = 3  # places in one message
_MOST = 10_000  # merged cells, and hidden columns, that are looked at
_YES = ("1", "true")


@dataclass
class Shown:
    """Merged cells by their corners, and hidden columns, as the first and the last, from 1; and hidden rows."""

    merged: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    rows: int = 0
    columns: list[tuple[int, int]] = field(default_factory=list)
    notes: bool = False


def shown_in(path: Path, sheet: str) -> Shown:
    """What a sheet shows otherwise than it holds; nothing where its part is not found."""
    found = Shown()
    with zipfile.ZipFile(path) as archive:
        part = part_of(archive, sheet)
        if part is None:
            return found
        if holds(archive, part, *_SIGNS):
            _collect(archive, part, found)
        folder, _, name = part.rpartition("/")
        found.notes = any(
            attributes.get("Type", "").lower().endswith(("/comments", "/threadedcomment"))
            for _, attributes in elements(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
        )
    return found


def _collect(archive: zipfile.ZipFile, part: str, found: Shown) -> None:
    hidden = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal hidden
        match name:
            case "row":
                hidden = attributes.get("hidden") in _YES
            case "c" if hidden:
                found.rows, hidden = found.rows + 1, False
            case "col" if attributes.get("hidden") in _YES and len(found.columns) < _MOST:
                found.columns.append((int(attributes.get("min", "0")), int(attributes.get("max", "0"))))
            case "mergeCell" if len(found.merged) < _MOST:
                ref = attributes.get("ref", "")
                if at := re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", ref):
                    columns = (column_number(at[1]) + 1, column_number(at[3]) + 1)
                    found.merged.append((ref, int(at[2]), int(at[4]), *columns))

    with archive.open(part) as content:
        parsed(content, start)


def told(place: str, shown: Shown, titles: int, header: int, width: int) -> tuple[Problem, ...]:
    """Notices of what is shown otherwise; ``titles`` rows stand above the names, which take ``header`` rows."""
    found: list[tuple[str, str]] = []
    above = titles + header
    if rows := [ref for ref, first, last, *_ in shown.merged if last > first and last > above]:
        what = f"has cells merged over several rows, of which only the first holds what they say: {_named(rows)}"
        found.append((what, "If it belongs to all of them, undo that in the spreadsheet and fill in each row."))
    names = [ref for ref, first, _, left, right in shown.merged if right > left and titles < first <= above]
    if names and header == 1:
        what = f"has a name merged over several columns, of which only the first has it: {_named(names)}"
        found.append((what, "Undo that in the spreadsheet and give each column a name."))
    if shown.rows:
        what = f"has {how_many(shown.rows, 'hidden row')}, as a filter hides them; they are read as the others are"
        found.append((what, "Take out of the file what is no answer, or say with filter who counts."))
    if hidden := list(_hidden(shown.columns, width)):
        what = f"has hidden columns, which are read as the others are: {_named(hidden)}"
        found.append((what, "Nothing, unless they hold what should not be there."))
    if shown.notes:
        found.append(("has notes beside cells, which are not read", "Look whether one says that an answer is wrong."))
    return tuple(Problem("W178", place, what, action) for what, action in found)


def _named(places: list[str]) -> str:
    rest = len(places) - _SHOWN
    return ", ".join(places[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _hidden(columns: list[tuple[int, int]], width: int) -> Iterator[str]:
    """The letters of the hidden columns of a table, each once."""
    from xlsxwriter.utility import xl_col_to_name

    told = 0
    for first, last in sorted(columns):
        yield from (xl_col_to_name(number - 1) for number in range(max(first, told + 1), min(last, width) + 1))
        told = max(told, last)
