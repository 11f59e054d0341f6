"""Text files with a separator between fields: their encoding, their header, and shifted lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from wavebook.core.numerals import DOUBTFUL
from wavebook.core.problems import Problem, fail, how_many
from wavebook.survey.files import limits
from wavebook.survey.files.damage import not_utf8, unreadable
from wavebook.survey.files.headers import MOST_ROWS, Header, header_of, numbered, same_names
from wavebook.survey.files.lines import Lines, first_uneven, line_of, looked_through
from wavebook.survey.files.scans import Layout, scan_csv, scan_parquet
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable
from wavebook.survey.files.titles import above_table, left_out
from wavebook.survey.files.values import PLAIN_NUMBER, plain

_LOST = "\ufffd"  # where a letter was
_MARKS = ";\t,|"  # between fields
_LINES = 300  # of a file that are looked at for a header: a question may have line breaks


def open_csv(path: Path, place: str, encoding: str | None) -> SurveyFile:
    """A text file with its header; no answers have been read yet."""
    found, spoilt = _csv_encoding(path)
    notices: tuple[Problem, ...] = ()
    spoilt = spoilt and encoding is None
    if encoding is None and found == "cp1252":
        action = "If letters look wrong, write its encoding under responses in data/waves.toml."
        notices = (Problem("W147", place, "is not UTF-8 and is read as cp1252", action),)
    chosen = encoding or found
    layout, header, titles = _csv_header(path, place, chosen)
    if not layout.header:
        fail(unreadable(place, "it has no columns"))
    width = len(layout.header)
    lines = looked_through(path, chosen, layout.mark, width, above=layout.above, names=layout.top)
    if lines.uneven:
        fail(_uneven(place, lines, width, first_uneven(path, chosen, layout.mark, width, layout.above)))
    if lines.stray and lines.quoted:
        fail(_stray(place, lines.stray))
    layout = layout._replace(
        header=[*layout.header, *numbered([*layout.header, ""])[-1:]] if lines.closed else layout.header,
        rows=lines.records - lines.beneath if lines.beneath else None,
        empty=bool(lines.empty),
        names=layout.names if lines.again else (),
        quoted=not lines.stray,
    )

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        as_it_is = chosen in ("utf-8", "utf-8-sig") and not spoilt
        source = path if as_it_is else _as_utf8(path, chosen, staging.folder, spoilt=spoilt)
        scan = scan_csv(source, layout)
        lost = _spoilt(scan, columns) if spoilt else []
        problems = [not_utf8(place, lost)] if lost else []
        if path.stat().st_size <= limits.IN_MEMORY // 10:  # a short text takes sixteen bytes of memory
            return scan.select(plain({name: pl.String() for name in columns})).collect().lazy(), problems
        numbers = _numbers(scan, [name for name in columns if name not in names])
        return _staged_csv(source, columns, numbers, staging, layout), problems

    variables = {n: Variable(n, "text", asked) for n, asked in zip(header.names, header.questions, strict=True)}
    around = left_out(place, titles, lines.beneath, lines.again, asked=header.guessed)
    notices += (*around, *same_names(header, place))
    return SurveyFile(place, variables, load, encoding=chosen, notices=notices)


def _uneven(place: str, lines: Lines, width: int, first: tuple[int, int] | None) -> Problem:
    """The problem of lines whose answers may stand in another column, with the first of them."""
    if first is None:
        return unreadable(place, f"{lines.uneven} of its lines have more or fewer fields than the first")
    line, fields = first
    rest = f", as in {how_many(lines.uneven - 1, 'other line')}" if lines.uneven > 1 else ""
    found = f"this line has {how_many(fields, 'field')}, and its columns are {width}{rest}"
    problem = unreadable(f"{place}:{line}", found)
    if not lines.longer:
        return problem
    action = "If each begins with its number, as R writes lines, name that at the start of the first line; if commas in"
    return replace(problem, action=f"{action} numbers or texts part them, save or export it with another mark.")


def _stray(place: str, record: int) -> Problem:
    found = f"a quotation mark stands within a field of record {record}, and others stand around fields"
    action = 'Put quotation marks around that field too, and write the one in it twice: "6"" screen".'
    return Problem("W103", place, f"cannot be read: {found}", action)


def _spoilt(scan: pl.LazyFrame, columns: Sequence[str]) -> list[str]:
    """The columns with a text that is not in UTF-8, in a file of which most is; or whose name is not."""
    cells = scan.select(pl.col(columns).str.contains(_LOST, literal=True).any()).collect(engine="streaming")
    return [name for name in columns if cells[name].item() or _LOST in name]


def _csv_header(path: Path, place: str, encoding: str) -> tuple[Layout, Header, int]:
    """The layout that the header shows, the header, and the number of lines above it that are no part of the table.

    A name may be a quoted question with marks and line breaks in it; Excel writes a line such as sep=; above them.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        titles, known = above_table(lines, _MARKS)
        lines.seek(0)
        for _ in range(titles):
            lines.readline()
        first = line_of(lines)
        said = re.fullmatch(r'"?sep=(.)"?\s*', first)
        text = start = line_of(lines) if said else first
        while text.count('"') % 2 and len(text) < csv.field_size_limit() and (line := lines.readline(65_536)):
            text += line
        if text.count('"') % 2:
            text = start
            lines.seek(0)
            for _ in range(titles + 1 + bool(said)):
                lines.readline()
        if "\0" in text:
            raise OSError("its first line does not end as lines of text do")
        if text.endswith("\r") and line_of(lines) == "\r\n":
            found = "cannot be read: each of its lines ends twice, as Python writes them on Windows without newline=''"
            fail(Problem("W103", place, found, "Save it from another program, or write it again with that."))
        if text.endswith("\r"):
            found = "cannot be read: its lines end in a carriage return alone, as on old Macintoshes"
            fail(Problem("W103", place, found, 'Save it as "CSV UTF-8", not as "CSV (Macintosh)".'))
        bare = re.sub('"[^"]*"', "", text)
        mark = said[1] if said else known or max(_MARKS, key=bare.count)
        limits.check_width(bare.count(mark) + 1)
        top = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
        below = csv.reader((line_of(lines) for _ in range(_LINES)), delimiter=mark)
        rows, ends = [top], [titles + max(1, text.count("\n")) + bool(said)]
        with suppress(csv.Error):  # what is wrong with the answers is told where they are read
            for row in below:
                rows.append(row)
                ends.append(ends[0] + below.line_num)
                if len(rows) >= MOST_ROWS and row:
                    break
    header = header_of(rows[:MOST_ROWS])
    answers = next((n for n, row in enumerate(rows[header.rows :], header.rows) if row), len(rows))  # not an empty line
    shown = "\n".join(text.splitlines())
    return Layout(mark, header.names, ends[answers - 1], shown, names=tuple(top)), header, titles


def _numbers(scan: pl.LazyFrame, columns: Sequence[str]) -> list[str]:
    """Columns that seem to hold nothing but numbers with a decimal point, from the first rows.

    If that point may be a mark for thousands, as in 1.250, they are left as texts, which are checked further.
    """
    sample = scan.select(columns).head(limits.SAMPLE_ROWS).collect(engine="streaming")
    return [cells.name for cells in sample if _plain_numbers(cells.drop_nulls())]


def _plain_numbers(cells: pl.Series) -> bool:
    if not len(cells) or not cells.str.contains(PLAIN_NUMBER).all():
        return False
    pointed = cells.filter(cells.str.contains(".", literal=True))
    return not len(pointed) or not pointed.str.contains(DOUBTFUL).all()


def _staged_csv(
    source: Path, columns: Sequence[str], numbers: Sequence[str], staging: Staging, layout: Layout
) -> pl.LazyFrame:
    """The columns as Parquet in the staging folder: ``numbers`` as such, unless one of them holds something else."""
    target = staging.folder / "cells.parquet"
    cells = scan_csv(source, layout, numbers).select(columns)
    texts = plain({name: pl.String() for name in columns if name not in numbers})
    try:
        cells.with_columns(texts).sink_parquet(target)
        staged = scan_parquet([target])
        if not numbers or staged.select(_all_finite(numbers)).collect(engine="streaming").item():
            return staged
    except pl.exceptions.ComputeError:
        if not numbers:
            raise
    return _staged_csv(source, columns, [], staging, layout)


def _all_finite(numbers: Sequence[str]) -> pl.Expr:
    """Tell whether no cell says nan or inf, which Polars takes for numbers."""
    return pl.all_horizontal(pl.col(numbers).is_finite().all())


def _csv_encoding(path: Path) -> tuple[str, bool]:
    """The encoding of a text file, as its first bytes declare or all bytes fit; and whether single lines are spoilt.

    Without a mark at its start, it is UTF-8 if that is what most of its lines are, of those with letters beyond ASCII.
    """
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", False
        said = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else None
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while block := file.read(1 << 24):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            file.seek(0)
            return (said or "utf-8", True) if said or _mostly_utf8(file) else ("cp1252", False)
    return said or "utf-8", False


def _mostly_utf8(file: BinaryIO) -> bool:
    right = wrong = 0
    while line := file.readline(1 << 20):
        if not line.isascii():
            try:
                line.decode("utf-8")
                right += 1
            except UnicodeDecodeError:
                wrong += 1
    return right > wrong


def _as_utf8(path: Path, encoding: str, folder: Path, *, spoilt: bool = False) -> Path:
    """The file in UTF-8; ``spoilt`` puts the sign of a lost letter in the place of what is none."""
    target = folder / "utf8.csv"
    errors = "replace" if spoilt else "strict"
    try:
        with (
            path.open(encoding=encoding, errors=errors, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            while block := source.read(1 << 24):
                out.write(block)
    except UnicodeDecodeError as error:
        raise OSError(f"it is not {encoding} at byte {error.start}") from None
    return target
