"""Excel workbooks, measured before they are laid out in memory."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import IO
from xml.parsers import expat

import polars as pl

from wavebook.core.problems import fail
from wavebook.survey.files import limits
from wavebook.survey.files.damage import unreadable
from wavebook.survey.files.headers import MOST_ROWS, header_of, same_names
from wavebook.survey.files.sheet_marks import marks_of
from wavebook.survey.files.sheets import chosen, marked
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable
from wavebook.survey.files.titles import MOST, left_out, titles_in
from wavebook.survey.files.values import kind_of, plain, since_midnight, text_of


def open_xlsx(path: Path, place: str, sheet: str | None) -> SurveyFile:
    """A sheet of a workbook, laid out in memory."""
    from python_calamine import CalamineError, CalamineWorkbook

    _measure_workbook(path)
    try:
        read = chosen(CalamineWorkbook.from_path(path), place, sheet)
    except CalamineError as error:
        raise OSError(str(error)) from None
    rows = [row for row in marked(read, marks_of(path, read.name)) if any(cell != "" for cell in row)]
    titles = titles_in([list(map(text_of, row)) for row in rows[: MOST + 2]])
    rows = rows[titles:]
    header = header_of([list(map(text_of, row)) for row in rows[:MOST_ROWS]])
    if not header.names:
        fail(unreadable(place, "it has no columns"))
    below = rows[header.rows :]
    cells = dict(zip(header.names, zip(*below, strict=True) if below else [()] * len(header.names), strict=True))
    named = [any(cell != "" for cell in column) for column in zip(*rows[: header.rows], strict=True)]
    full = {
        name: values
        for (name, values), has_name in zip(cells.items(), named, strict=True)
        if has_name or any(value != "" for value in values)
    }
    frame = pl.DataFrame([_cells(name, values) for name, values in full.items()])
    asked = dict(zip(header.names, header.questions, strict=True))
    variables = {name: Variable(name, kind_of(kind), asked[name]) for name, kind in frame.schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        return frame.lazy().select(plain({name: frame.schema[name] for name in columns})), []

    notices = (*read.notices, *left_out(place, titles), *same_names(header, place))
    return SurveyFile(place, variables, load, notices=notices, sheet=read.name if read.named else "")


def _measure_workbook(path: Path) -> None:
    """Raise OSError for a workbook that would fill the memory when laid out."""
    letters: list[int] = []
    with zipfile.ZipFile(path) as archive:
        if sum(item.file_size for item in archive.infolist()) > limits.LETTERS:
            raise OSError(f"unpacked, it is larger than {limits.LETTERS // 10**9} GB")
        parts = [name for name in archive.namelist() if name.lower().endswith(".xml")]
        for name in sorted(parts, key=lambda name: not name.lower().endswith("sharedstrings.xml")):
            with archive.open(name) as part:
                cells, text = _measure_sheet(part, letters)
            if cells > limits.CELLS:
                raise OSError(
                    f"a sheet has room for {cells:,} cells up to its last one, and at most {limits.CELLS:,} are read"
                )
            if text > limits.LETTERS:
                raise OSError(f"its texts take more than {limits.LETTERS // 10**9} GB")


def _measure_sheet(part: IO[bytes], letters: list[int]) -> tuple[int, int]:
    """The cells that a sheet has room for, and the characters in them; ``letters`` is filled with those of each text.

    A workbook holds each text once, in a part of its own, and its cells refer to it: a small file can repeat one long
    text millions of times.
    """
    row = column = width = total = 0
    shared = False
    said: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, width, shared
        match name.rpartition(":")[2]:
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
            case "c":
                at = re.match("([A-Z]{1,3})([0-9]+)", attributes.get("r", ""))
                column = _column_number(at[1]) if at else column + 1
                row, width, shared = max(row, int(at[2]) if at else row), max(width, column), attributes.get("t") == "s"
            case "v" | "si":
                said.clear()

    def end(name: str) -> None:
        nonlocal total
        match name.rpartition(":")[2]:
            case "si":
                letters.append(len("".join(said)))
            case "v" if shared:
                total += letters[int("".join(said))]

    def refuse(*_) -> None:
        raise OSError("it declares a document type, as no workbook does")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = said.append, refuse
    parser.ParseFile(part)
    return row * width, total


def _column_number(letters: str) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cells(name: str, values: Sequence[object]) -> pl.Series:
    """A column of a sheet: numbers, dates or times when every filled cell is one, else texts."""
    values = [None if value == "" else value for value in values]
    filled = [value for value in values if value is not None]
    if all(isinstance(value, int | float) for value in filled):
        return pl.Series(name, values, pl.Float64, strict=False)
    if all(isinstance(value, datetime.date) for value in filled):
        days = [_moment(value) if isinstance(value, datetime.date) else None for value in values]
        return pl.Series(name, days, pl.Datetime("us"))
    if all(isinstance(value, datetime.time | datetime.timedelta) for value in filled):
        times = [
            value if value is None else since_midnight(value)
            for value in values
            if value is None or isinstance(value, datetime.time | datetime.timedelta)
        ]
        return pl.Series(name, times, pl.Duration("us"))
    return pl.Series(name, [None if value is None else text_of(value) for value in values], pl.String)


def _moment(day: datetime.date) -> datetime.datetime:
    """A day as its first moment; a moment by the clock of its own zone."""
    if isinstance(day, datetime.datetime):
        return day.replace(tzinfo=None)
    return datetime.datetime.combine(day, datetime.time())
