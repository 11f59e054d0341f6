"""A respondent file as its maker left it: its columns, labels, missing values and letters, whatever its format.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W101      There is no respondent file for the wave.
W102      There are several files for the wave.
W103      The file cannot be read, or has several sheets and none is chosen.
W105      The file says that it holds UTF-8 and holds something else: letters would be lost.
W108      Two columns of the file have the same name.
W147      A text file is not UTF-8 and is read as cp1252; this one is a notice and stops nothing.
========  ==========================================================================================
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import weakref
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

import polars as pl
import pyreadstat

from wavebook.core.files import hold, leave_no_core
from wavebook.core.numerals import DOUBTFUL
from wavebook.core.problems import Problem, ProblemsError, fail, raise_all
from wavebook.core.spans import Span
from wavebook.survey.files.values import PLAIN_NUMBER, Raw, from_seconds, plain, since_midnight, text_of, value_of

FORMATS = (".sav", ".zsav", ".csv", ".parquet", ".xlsx")
IN_MEMORY = 200_000_000  # bytes of needed columns; a larger file passes through Parquet beside it
# What a few bytes of a compressed file may unfold to. Respondents: six times the people of the Netherlands. A workbook
# is laid out in memory whole, with every cell up to the last one: 100 bytes each, so 2 GB, and as much text again.
ROWS, CELLS, LETTERS = 100_000_000, 20_000_000, 2_000_000_000
SAMPLE_ROWS = 10_000  # of a large text file, to see which of its columns hold numbers
# What SPSS counts in seconds: dates since the first day of the Gregorian calendar, times since midnight.
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS", "MOYR", "QYR", "WKYR")
_TIMES = ("TIME", "DTIME", "MTIME")
_MOMENTS = ("date", "time")


@dataclass(frozen=True)
class Variable:
    """A column as its maker described it; ``missing`` holds the codes SPSS calls user-missing."""

    name: str
    kind: str
    question: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Span, ...] = ()


@dataclass(frozen=True)
class ResponseSet:
    """A multiple response set; ``counted`` is the code of a chosen column, None when columns hold codes."""

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str | None


@dataclass(frozen=True)
class SurveyFile:
    """An opened file: what it says about itself, and a way to its columns.

    ``load(columns, staging, names)`` gives a lazy frame of those columns, numbers as whole ones or Float64, all else
    as text without blanks around it, and the problems met; an empty cell is null, a user-missing code is still there.
    ``names`` are columns in which 07 is something else than 7.
    """

    place: str
    variables: dict[str, Variable]
    load: Callable[..., tuple[pl.LazyFrame, list[Problem]]]
    sets: dict[str, ResponseSet] = field(default_factory=dict)
    title: str = ""
    notes: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


class Staging:
    """A folder beside the respondent file, where nothing is committed and that nobody else can open.

    It goes when this object goes, and when this process ends in whatever way: a guard waits for that, as a process that
    is killed cannot tidy up. What nobody took away, after a loss of power, goes first.
    """

    def __init__(self, path: Path):
        self._parent, self._folder = path.parent, None
        for left in self._parent.glob(".staging-*"):
            if left.is_dir() and not left.is_symlink() and (held := hold(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(held)

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed."""
        if self._folder is None:
            made = tempfile.TemporaryDirectory(dir=self._parent, prefix=".staging-")
            self._folder = Path(made.name)
            remove = ["sh", "-c", 'trap "" HUP INT TERM; read _; rm -rf -- "$0"', self._folder.resolve()]
            pipe = {"stdin": subprocess.PIPE, "start_new_session": True}
            guard = subprocess.Popen(remove, **pipe) if os.name == "posix" else None
            weakref.finalize(self, _end, made, guard, hold(self._folder))
        return self._folder


def _end(made: tempfile.TemporaryDirectory, guard: subprocess.Popen | None, held: int | None) -> None:
    made.cleanup()
    if guard is not None:
        guard.communicate()
    if held is not None:
        os.close(held)


def has_file(root: Path, wave: int) -> bool:
    """Whether the respondents of a wave are at hand."""
    return any(p.suffix.lower() in FORMATS for p in (root / "data" / "responses").glob(f"{wave}.*"))


def find_file(root: Path, wave: int) -> Path:
    """The respondent file of a wave; raises ProblemsError when there is none (W101) or a choice (W102)."""
    folder = root / "data" / "responses"
    found = sorted(p for p in folder.glob(f"{wave}.*") if p.suffix.lower() in FORMATS)
    place = f"data/responses/{wave}"
    if not found:
        kinds = ", ".join(FORMATS)
        fail(Problem("W101", place, "there is no respondent file", f"Put it there, as one of {kinds}."))
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        fail(Problem("W102", place, f"there are several files: {names}", "Keep one of them."))
    return found[0]


def open_file(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> SurveyFile:
    """The file at ``path``, no answers read yet; raises ProblemsError (W103, W108) when it cannot be opened."""
    leave_no_core()
    path = path.absolute()  # readers would take a first ~ for somebody's home
    place = f"data/responses/{path.name}" if path.parent.name == "responses" else path.name
    with readable(place), _foreign(place):
        if not path.is_file():
            raise OSError("it is no regular file") if os.path.lexists(path) else FileNotFoundError
        match path.suffix.lower():
            case ".sav" | ".zsav":
                return _open_sav(path, place, encoding)
            case ".csv":
                return _open_csv(path, place, encoding)
            case ".parquet":
                return _open_parquet(path, place)
            case ".xlsx":
                return _open_xlsx(path, place, sheet)
    raise ProblemsError([_unreadable(place, f"{path.suffix or 'no suffix'} is not one of {', '.join(FORMATS)}")])


@contextmanager
def readable(place: str) -> Iterator[None]:
    """Turn what the readers raise into W101 or W103, without the answers that Polars quotes."""
    try:
        yield
    except FileNotFoundError:
        raise ProblemsError([Problem("W101", place, "there is no such file", "Mend its name.")]) from None
    except LookupError as error:
        raise ProblemsError([_unreadable(place, str(error))]) from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        why = "its rows or columns do not hold together"
        raise ProblemsError([_unreadable(place, why)]) from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, csv.Error, OSError) as error:
        raise ProblemsError([_unreadable(place, str(error).splitlines()[0])]) from None


@contextmanager
def _foreign(place: str) -> Iterator[None]:
    """Turn whatever else a library raises at a damaged file into W103; ``readable`` knows what they should raise."""
    known = (LookupError, pl.exceptions.PolarsError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError, csv.Error)
    try:
        yield
    except (*known, OSError, ProblemsError, KeyboardInterrupt):
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        raise ProblemsError([_unreadable(place, f"what reads it fails ({type(error).__name__})")]) from None


def _unreadable(place: str, why: str) -> Problem:
    return Problem("W103", place, f"cannot be read: {why}", "Save or export it again.")


def _not_utf8(place: str, columns: Sequence[str] = ()) -> Problem:
    action = 'Write encoding = "cp1252" under responses in data/waves.toml if its letters are right then.'
    if columns:
        action = f"Look at column {', '.join(columns)}: a text may be cut within a letter. {action}"
    return Problem("W105", place, "says that it holds UTF-8 and does not: letters would be lost", action)


def _open_sav(path: Path, place: str, encoding: str | None) -> SurveyFile:
    meta, encoding, problems = _sav_metadata(path, place, encoding)
    variables = {}
    for name in meta.column_names:
        if meta.readstat_variable_types[name] == "string":
            kind = "text"
        else:
            spss = meta.original_variable_types[name].rstrip("0123456789.")
            kind = "date" if spss in _DATES else "time" if spss in _TIMES else "number"
        variables[name] = Variable(
            name,
            kind,
            " ".join((meta.column_names_to_labels[name] or "").split()),
            {_label(code, kind): label for code, label in meta.variable_value_labels.get(name, {}).items()},
            tuple((_code(ends["lo"], kind), _code(ends["hi"], kind)) for ends in meta.missing_ranges.get(name, [])),
        )
    sets = {
        f"${name}": ResponseSet(
            f"${name}",
            item["label"],
            tuple(item["variable_list"]),
            text_of(item["counted_value"]) if item["is_dichotomy"] else None,
        )
        for name, item in meta.mr_sets.items()
    }

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()):
        texts = [name for name in columns if variables[name].kind == "text"]
        kinds = {name: variables[name].kind for name in columns}
        with _foreign(place):
            spoilt = _not_utf8_texts(path, meta, texts) if texts and encoding is None else []
            try:
                frame = _sav_frame(path, meta, kinds, "WINDOWS-1252" if spoilt else encoding, staging)
            except pyreadstat.ReadstatError as error:
                if not spoilt or "encoding" not in str(error):
                    raise
                frame = _sav_frame(path, meta, kinds, "ISO-8859-1", staging)  # cp1252 has bytes without a letter
        return frame, [_not_utf8(place, spoilt)] if spoilt else []

    notes = tuple(meta.notes or ())
    title = meta.file_label or ""
    return SurveyFile(place, variables, load, sets, title, notes, meta.file_encoding, problems)


def _code(raw: Raw, kind: str) -> Raw:
    """A code of a column as its cells are loaded: dates and times as texts."""
    if kind in _MOMENTS and not isinstance(raw, str):
        return pl.select(from_seconds(pl.lit(float(raw)), kind)).item() or ""
    return value_of(raw)


def _label(code: Raw, kind: str) -> str:
    return text_of(_code(code, kind) if kind in _MOMENTS else code)


def _sav_metadata(path: Path, place: str, encoding: str | None):
    """Metadata, the encoding to read with (None: as the file says), and W105 when the file does not keep to it.

    ReadStat cuts a text at bytes that are no UTF-8 and says nothing, so they are looked at byte by byte.
    """

    def read(chosen):
        options = {"metadataonly": True, "user_missing": True, "disable_datetime_conversion": True}
        return pyreadstat.read_sav(path, encoding=chosen, **options)[1]

    if encoding:
        return read(encoding), encoding, ()
    try:
        meta = read(None)
        if meta.file_encoding.upper() != "UTF-8" or all(map(_is_utf8, _words(read("ISO-8859-1")))):
            return meta, None, ()
    except pyreadstat.ReadstatError as error:
        if "encoding" not in str(error):
            raise
    return read("WINDOWS-1252"), "WINDOWS-1252", (_not_utf8(place),)


def _words(meta) -> Iterator[str]:
    yield from meta.column_names
    yield from filter(None, [*meta.column_labels, *(meta.notes or ()), meta.file_label])
    for labels in meta.variable_value_labels.values():
        yield from labels.values()
    yield from (item["label"] for item in meta.mr_sets.values())


def _is_utf8(latin: str) -> bool:
    try:
        latin.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _not_utf8_texts(path: Path, meta, names: list[str]) -> list[str]:
    """The columns of texts that are not all UTF-8, in a file that says so."""
    if meta.file_encoding.upper() != "UTF-8":
        return []
    raw = pyreadstat.read_sav(path, metadataonly=True, encoding="ISO-8859-1")[1].column_names
    named = {raw[meta.column_names.index(name)]: name for name in names}
    beyond_ascii = pl.all().filter(pl.all().str.contains(r"[^\x00-\x7f]")).unique().implode()
    spoilt = {
        named[column.name]
        for part in _sav_parts(path, dict.fromkeys(named, "text"), "ISO-8859-1", _step(meta, names))
        for column in part.select(beyond_ascii)
        if not all(map(_is_utf8, column.item()))
    }
    return [name for name in names if name in spoilt]


def _sav_frame(path, meta, kinds: Mapping[str, str], encoding: str | None, staging: Staging) -> pl.LazyFrame:
    """The columns, from memory when they are one part, else from parts in the staging folder."""
    step = _step(meta, kinds)
    for number, part in enumerate(_sav_parts(path, kinds, encoding, step)):
        if number == 0 and part.height < step:
            return part.lazy()
        part.write_parquet(staging.folder / f"part-{number:06}.parquet")
    return _scan_parquet(sorted(staging.folder.glob("part-*.parquet")))


def _step(meta, names: Iterable[str]) -> int:
    """Rows of these columns to read at a time."""
    return max(1, IN_MEMORY // 2 // sum(max(8, meta.variable_storage_width[name]) for name in names))


def _sav_parts(path, kinds: Mapping[str, str], encoding: str | None, step: int) -> Iterator[pl.DataFrame]:
    """The columns, ``step`` rows at a time; the last part has fewer, or none.

    Only pyreadstat's frames for pandas hold numbers as numbers while they are read: its others take three times the
    memory and half as much time again.
    """
    numbers = [name for name, kind in kinds.items() if kind != "text"]
    others = [name for name, kind in kinds.items() if kind == "text"]
    cells = plain({name: pl.Float64() if kind == "number" else pl.String() for name, kind in kinds.items()})
    moments = [from_seconds(pl.col(name), kind).alias(name) for name, kind in kinds.items() if kind in _MOMENTS]
    for offset in itertools.count(0, step):
        options = {"user_missing": True, "encoding": encoding, "row_offset": offset, "row_limit": step}
        found = {}
        if others:
            found |= pyreadstat.read_sav(path, usecols=others, output_format="polars", **options)[0].to_dict()
        if numbers:
            options |= {"output_format": "pandas", "disable_datetime_conversion": True}
            frame = pyreadstat.read_sav(path, usecols=numbers, **options)[0]
            found |= {name: pl.Series(name, frame.pop(name).to_numpy(), pl.Float64) for name in numbers}
        part = pl.DataFrame({name: found[name] for name in kinds})
        yield part.with_columns(moments).select(cells)
        if part.height < step:
            return


# The one way in for Polars, which would take a name with [, ? or * in it for a pattern and read what else fits.


def _scan_parquet(paths: Sequence[Path]) -> pl.LazyFrame:
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)


def _scan_csv(path: Path, **options) -> pl.LazyFrame:
    return pl.scan_csv(path, glob=False, **options)


def _open_parquet(path: Path, place: str) -> SurveyFile:
    scan = _scan_parquet([path])
    schema = scan.collect_schema()
    if (rows := scan.select(pl.len()).collect().item()) > ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {ROWS:,} are read")
    variables = {name: Variable(name, _kind(kind), _asked(name)) for name, kind in schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()):
        return scan.select(plain({name: schema[name] for name in columns})), []

    return SurveyFile(place, variables, load)


def _kind(kind: pl.DataType) -> str:
    if kind.is_numeric() or kind == pl.Boolean:
        return "number"
    if kind == pl.Duration or kind == pl.Time:
        return "time"
    return "date" if kind.is_temporal() else "text"


def _open_csv(path: Path, place: str, encoding: str | None) -> SurveyFile:
    said, found = _csv_encoding(path)
    problems, notices = (), ()
    if encoding is None and said == "utf-8-sig" and found != said:
        problems = (_not_utf8(place),)
    elif encoding is None and found == "cp1252":
        action = "If letters look wrong, write its encoding under responses in data/waves.toml."
        notices = (Problem("W147", place, "is not UTF-8 and is read as cp1252", action),)
    chosen = encoding or found
    header, mark, above = _csv_header(path, chosen)
    raise_all(_header_problems(header, place))
    if uneven := _uneven_lines(path, chosen, mark, len(header), above=above):
        fail(_unreadable(place, f"{uneven} of its lines have more or fewer fields than the first"))

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()):
        source = path if chosen in ("utf-8", "utf-8-sig") else _as_utf8(path, chosen, staging.folder)
        options = {"separator": mark, "has_header": False, "new_columns": header, "skip_lines": above}
        scan = _scan_csv(source, infer_schema=False, **options)
        if path.stat().st_size <= IN_MEMORY // 10:  # a short text takes sixteen bytes in memory
            return scan.select(plain(dict.fromkeys(columns, pl.String()))).collect().lazy(), []
        numbers = _numbers(scan, [name for name in columns if name not in names])
        return _staged_csv(source, columns, numbers, staging, options), []

    variables = {name: Variable(name, "text", _asked(name)) for name in header}
    return SurveyFile(place, variables, load, encoding=chosen, problems=problems, notices=notices)


def _csv_header(path: Path, encoding: str) -> tuple[list[str], str, int]:
    """The names of the columns, the mark between fields, and how many lines stand above the answers.

    A name may be a quoted question with marks and line breaks in it; Excel writes a line such as sep=; above them.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        first = lines.readline(csv.field_size_limit())
        said = re.fullmatch(r'"?sep=(.)"?\s*', first)
        text = start = lines.readline(csv.field_size_limit()) if said else first
        while text.count('"') % 2 and len(text) < csv.field_size_limit() and (line := lines.readline(65_536)):
            text += line
    if text.count('"') % 2:
        text = start
    if "\0" in text or text.endswith("\r"):
        raise OSError("its first line does not end as lines of text do")
    bare = re.sub('"[^"]*"', "", text)
    mark = said[1] if said else max(";\t,|", key=bare.count)
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    return [" ".join(name.split()) for name in names], mark, max(1, text.count("\n")) + bool(said)


def _asked(name: str) -> str:
    """The question that a column without a label has for a name, as web forms export it; empty for a code."""
    return name if len(name.split()) > 1 else ""


def _numbers(scan: pl.LazyFrame, columns: Sequence[str]) -> list[str]:
    """Columns that seem to hold nothing but numbers with a decimal point, from the first rows.

    Where that point may be a mark for thousands, as in 1.250, they are left as texts, which are looked at further.
    """
    sample = scan.select(columns).head(SAMPLE_ROWS).collect(engine="streaming")
    return [cells.name for cells in sample if _plain_numbers(cells.drop_nulls())]


def _plain_numbers(cells: pl.Series) -> bool:
    if not len(cells) or not cells.str.contains(PLAIN_NUMBER).all():
        return False
    pointed = cells.filter(cells.str.contains(".", literal=True))
    return not len(pointed) or not pointed.str.contains(DOUBTFUL).all()


def _staged_csv(source, columns, numbers, staging: Staging, options: dict) -> pl.LazyFrame:
    """The columns as Parquet in the staging folder: ``numbers`` as such, unless one of them holds something else."""
    target = staging.folder / "cells.parquet"
    kinds = dict.fromkeys(numbers, pl.Float64)
    cells = _scan_csv(source, infer_schema=False, schema_overrides=kinds, **options).select(columns)
    texts = plain({name: pl.String() for name in columns if name not in kinds})
    try:
        cells.with_columns(texts).sink_parquet(target)
        staged = _scan_parquet([target])
        if not numbers or staged.select(_all_finite(numbers)).collect(engine="streaming").item():
            return staged
    except pl.exceptions.ComputeError:
        if not numbers:
            raise
    return _staged_csv(source, columns, [], staging, options)


def _all_finite(numbers: Sequence[str]) -> pl.Expr:
    """Whether no cell says nan or inf, which Polars takes for numbers."""
    return pl.all_horizontal(pl.col(numbers).is_finite().all())


def _uneven_lines(path: Path, encoding: str, mark: str, width: int, block: int = 1 << 22, above: int = 0) -> int:
    """Lines whose answers may have slid into another column; Polars sees only some of them."""
    opening = f'"(?<![^{re.escape(mark)}\n]")'  # a quote elsewhere in a field is one itself
    quoted = re.compile(opening + r'[^"]*(?:""[^"]*)*"(?!")')
    unfinished = re.compile(opening + r'[^"]*(?:""[^"]*)*$')
    uneven, rest = 0, ""
    with path.open(encoding=encoding, errors="replace") as lines:
        for _ in range(above):
            lines.readline(csv.field_size_limit())
        while some := lines.read(block):
            text = quoted.sub(lambda cell: _measure_cell(cell[0]), rest + some + lines.readline())
            goes_on = unfinished.search(text)
            end = text.rfind("\n", 0, goes_on.start() if goes_on else len(text)) + 1
            uneven += sum(line.count(mark) + 1 != width for line in text[:end].split("\n") if line)
            rest = text[end:]
            _measure_cell(rest)
    return uneven + bool(rest and (unfinished.search(rest) or rest.count(mark) + 1 != width))


def _measure_cell(text: str) -> str:
    """One letter, for a cell that is no larger than Python's reader takes."""
    if len(text) > csv.field_size_limit():
        raise csv.Error(f"field larger than field limit ({csv.field_size_limit()})")
    return "q"


def _csv_encoding(path: Path) -> tuple[str | None, str]:
    """The encoding that the first bytes claim, if any, and the one that all bytes fit."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", "utf-16"
        said = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else None
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while block := file.read(1 << 24):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return said, "cp1252"
    return said, said or "utf-8"


def _as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    target = folder / "utf8.csv"
    try:
        with path.open(encoding=encoding, newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
            while block := source.read(1 << 24):
                out.write(block)
    except UnicodeDecodeError as error:
        raise OSError(f"it is not {encoding} at byte {error.start}") from None
    return target


def _header_problems(header: list[str], place: str) -> Iterator[Problem]:
    if not header:
        yield _unreadable(place, "it has no columns")
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield Problem("W108", f"{place}, column {name}", "occurs more than once", "Give each its own name.")


def _open_xlsx(path: Path, place: str, sheet: str | None) -> SurveyFile:
    from python_calamine import CalamineError, CalamineWorkbook

    _measure_workbook(path)
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet is None and len(names) > 1:
            action = f"Write sheet = {json.dumps(names[0], ensure_ascii=False)}, or another, under responses."
            fail(Problem("W103", place, f"has several sheets: {', '.join(names)}", action))
        if sheet is not None and sheet not in names:
            action = f"Its sheets are: {', '.join(names)}."
            fail(Problem("W103", place, f"has no sheet {sheet}", action))
        rows = [row for row in book.get_sheet_by_name(sheet or names[0]).to_python() if any(cell != "" for cell in row)]
    except CalamineError as error:
        raise OSError(str(error)) from None
    header = [" ".join(text_of(cell).split()) for cell in rows[0]] if rows else []
    raise_all(_header_problems([name for name in header if name], place))
    cells = dict(zip(header, zip(*rows[1:], strict=True) if rows[1:] else [()] * len(header), strict=True))
    frame = pl.DataFrame([_cells(name, values) for name, values in cells.items() if name])
    variables = {name: Variable(name, _kind(kind), _asked(name)) for name, kind in frame.schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()):
        return frame.lazy().select(plain({name: frame.schema[name] for name in columns})), []

    return SurveyFile(place, variables, load)


def _measure_workbook(path: Path) -> None:
    """Raise OSError for a workbook that would fill the memory when it is laid out."""
    letters: list[int] = []
    with zipfile.ZipFile(path) as archive:
        if sum(item.file_size for item in archive.infolist()) > LETTERS:
            raise OSError(f"unpacked, it is larger than {LETTERS // 10**9} GB")
        parts = [name for name in archive.namelist() if name.lower().endswith(".xml")]
        for name in sorted(parts, key=lambda name: not name.lower().endswith("sharedstrings.xml")):
            with archive.open(name) as part:
                cells, text = _measure_sheet(part, letters)
            if cells > CELLS:
                raise OSError(
                    f"a sheet has room for {cells:,} cells up to its last one, and at most {CELLS:,} are read"
                )
            if text > LETTERS:
                raise OSError(f"its texts take more than {LETTERS // 10**9} GB")


def _measure_sheet(part: BinaryIO, letters: list[int]) -> tuple[int, int]:
    """The cells that a sheet has room for, and the characters in them; ``letters`` is filled with those of each text.

    A workbook holds each text once, in a part of its own, and its cells say which: a small file can say one long text
    millions of times.
    """
    row = column = width = total = 0
    shared, said = False, []

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
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cells(name: str, values: Sequence) -> pl.Series:
    """A column of a sheet: numbers, dates or times when every filled cell is one, else texts."""
    values = [None if value == "" else value for value in values]
    filled = [value for value in values if value is not None]
    if all(isinstance(value, int | float) for value in filled):
        return pl.Series(name, values, pl.Float64, strict=False)
    if all(isinstance(value, datetime.date) for value in filled):
        days = [
            value and datetime.datetime(*value.timetuple()[:6], getattr(value, "microsecond", 0)) for value in values
        ]
        return pl.Series(name, days, pl.Datetime("us"))
    if all(isinstance(value, datetime.time | datetime.timedelta) for value in filled):
        return pl.Series(
            name, [None if value is None else since_midnight(value) for value in values], pl.Duration("us")
        )
    return pl.Series(name, [None if value is None else text_of(value) for value in values], pl.String)
