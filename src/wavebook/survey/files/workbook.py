"""Excel workbooks, measured before they are laid out in memory."""

from __future__ import annotations

import re
import zipfile
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from wavebook.core.problems import fail
from wavebook.survey.files import limits
from wavebook.survey.files.beneath import rows_beneath
from wavebook.survey.files.damage import unreadable
from wavebook.survey.files.headers import MOST_ROWS, header_of, same_names
from wavebook.survey.files.sheet_columns import columns_of
from wavebook.survey.files.sheet_layout import shown_in, told
from wavebook.survey.files.sheet_marks import marks_of, parts_named
from wavebook.survey.files.sheet_size import Measure
from wavebook.survey.files.sheets import chosen
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable
from wavebook.survey.files.titles import MOST, left_out, titles_in
from wavebook.survey.files.unpacking import check_unpacked
from wavebook.survey.files.values import kind_of, plain, text_of

_LAST = 60  # rows that show whether some stand beneath the answers


def open_xlsx(path: Path, place: str, sheet: str | None) -> SurveyFile:
    """A sheet of a workbook, laid out in memory."""
    from python_calamine import CalamineError, CalamineWorkbook

    _measure_workbook(path)
    try:
        read = chosen(CalamineWorkbook.from_path(path), place, sheet)
    except CalamineError as error:
        raise OSError(str(error)) from None
    marks = marks_of(path, read.name).by_row()

    def rows(most: int | None = None) -> Iterator[list[object]]:
        return (row for row in islice(read.rows(marks), most) if any(cell != "" for cell in row))

    titles = titles_in([list(map(text_of, row)) for row in islice(rows(), MOST + 2)])
    top = list(islice(rows(), titles, titles + MOST_ROWS))
    header = header_of([list(map(text_of, row)) for row in top])
    if not header.names:
        fail(unreadable(place, "it has no columns"))
    limits.check_width(len(header.names))
    named = [any(cell != "" for cell in column) for column in zip(*top[: header.rows], strict=True)]
    above, (total, beneath, again) = titles + header.rows, _of_nobody(read.rows(marks), top[0], len(named))

    def answers() -> Iterator[list[object]]:
        return (row for row in islice(rows(total - beneath), above, None) if not again or row != top[0])

    columns = columns_of(answers, len(named))
    frame = pl.DataFrame(
        [
            column.alias(name)
            for name, column, has_name in zip(header.names, columns, named, strict=True)
            if has_name or column.null_count() < len(column)
        ]
    )
    asked = dict(zip(header.names, header.questions, strict=True))
    variables = {name: Variable(name, kind_of(kind), asked[name]) for name, kind in frame.schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        return frame.lazy().select(plain({name: frame.schema[name] for name in columns})), []

    shown = told(place, shown_in(path, read.name), titles, header.rows, len(header.names))
    around = left_out(place, titles, beneath, again, asked=header.guessed)
    notices = (*read.notices, *around, *same_names(header, place), *shown)
    return SurveyFile(place, variables, load, notices=notices, sheet=read.name if read.named else "")


def _of_nobody(rows: Iterable[list[object]], names: list[object], width: int) -> tuple[int, int, int]:
    """The number of rows, of those beneath the answers, and of those that hold the names of columns again."""
    last: deque[list[object]] = deque(maxlen=_LAST)
    total = again = 0
    for row in rows:
        last.append(row)
        total, again = total + 1, again + (row == names)
    named = any(re.search(r"[^\W\d_]", text_of(name)) for name in names)  # numbers may be answers
    return total, rows_beneath([list(map(text_of, row)) for row in last], width), again - 1 if named else 0


def _measure_workbook(path: Path) -> None:
    """Raise OSError for a workbook that would fill the memory when laid out, or take long to go through."""
    with zipfile.ZipFile(path) as archive:
        check_unpacked(path, archive, limits.UNPACKED, limits.TAGS)
        named = parts_named(archive)
        parts = [n for n in archive.namelist() if n.lower().endswith(".xml") or n.lower().rpartition("/")[2] in named]
        measure = Measure()
        for name in sorted(parts, key=lambda name: not name.lower().endswith("sharedstrings.xml")):
            with archive.open(name) as part:
                measure.add(part)
