"""One wave's respondents: read their file, check every answer against the declarations, name the columns.

What data/waves.toml says under ``[waves.<year>.responses]`` decides everything; see
``definitions.ResponseFile``. Problems stop the work and come all at once; notices are reported and do not.
Both count respondents and never show one respondent's answers, nor a text that somebody typed.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W101      There is no respondent file for the wave.
W102      There are several files for the wave.
W103      The file cannot be read, or has several sheets and none is chosen.
W104      A code has no meaning in the codebook of its indicator or breakdown.
W105      The file says that it holds UTF-8 and holds something else: letters would be lost.
W106      data/waves.toml does not say how the wave's file is read.
W107      A column that waves.toml names is not in the file.
W108      Two columns of the file have the same name.
W109      A multiple response set is not in the file, or a column of it is not in the codes.
W110      A demonstration would be written into a real book, or over itself.
W111      A number lies outside what can be answered.
W112      A text stands where a number is expected.
W113      A column has no answers.
W114      A column has decimal points and decimal commas.
W115      A column with codes holds free text or identifiers.
W121      Respondents share a number.
W122      A respondent has no number.
W123      An answer of somebody who was not asked.
W124      No answer, not even a missing code, of somebody who was asked.
W125      No respondents, or none that the filter keeps.
W126      A group has no respondents.
W131      A weight is missing.
W132      A weight is not positive and finite.
W133      The weights do not add up to what waves.toml says.
W134      A stratum or cluster is missing.
W135      A population size is missing, varies within a stratum, or is below the sample.
========  ==========================================================================================

========  ==========================================================================================
Code      Notice
========  ==========================================================================================
W141      The largest weight is far above the mean.
W142      Respondents gave the same answer to a whole block of questions.
W143      Nobody gave an answer that has a code.
W144      A declared group has no code in this wave.
W145      A question was asked in other words than in the previous wave.
W146      An answer was labelled otherwise than in the previous wave.
W147      A text file is not UTF-8 and is read as cp1252.
W148      The same cluster occurs in several strata; they count as different clusters.
========  ==========================================================================================
"""

from __future__ import annotations

import codecs
import csv
import datetime
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandera.polars as pa
import polars as pl
import pyreadstat

from wavebook.definitions import Definitions, ResponseFile, Span, meanings_of, span
from wavebook.problems import Problem, ProblemsError, raise_all

FORMATS = (".sav", ".zsav", ".csv", ".parquet", ".xlsx")
IN_MEMORY = 200_000_000  # bytes of needed columns; a larger file passes through Parquet beside it
EXTREME_WEIGHT = 5  # times the mean: where a cap is commonly set
_CODES_SHOWN = 5
_BLOCK = 4  # questions: equal answers to fewer are common by chance
_MANY_CODES = 1000  # nobody codes an answer in so many ways: such a column holds text or identifiers
_RANGES = {"grade": (1, 10), "count": (0, float("inf")), "percentage_point": (-100, 100)}
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS", "MOYR", "QYR", "WKYR")

Raw = float | str | None


# The file as its maker left it


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

    ``load(columns, staging)`` gives a lazy frame of those columns, numbers as Float64, all else as text
    without blanks around it, and the problems met; an empty cell is null, a user-missing code is still there.
    """

    place: str
    variables: dict[str, Variable]
    load: Callable[[Sequence[str], Staging], tuple[pl.LazyFrame, list[Problem]]]
    sets: dict[str, ResponseSet] = field(default_factory=dict)
    title: str = ""
    notes: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


class Staging:
    """A folder beside the respondent file, where nothing is committed; it goes when this object goes."""

    def __init__(self, path: Path):
        self._parent, self._folder = path.parent, None

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(dir=self._parent, prefix=".staging-")
        return Path(self._folder.name)


def find_file(root: Path, wave: int) -> Path:
    """The respondent file of a wave; raises ProblemsError when there is none (W101) or a choice (W102)."""
    folder = root / "data" / "responses"
    found = sorted(p for p in folder.glob(f"{wave}.*") if p.suffix.lower() in FORMATS)
    place = f"data/responses/{wave}"
    if not found:
        kinds = ", ".join(FORMATS)
        raise_all([Problem("W101", place, "there is no respondent file", f"Put it there, as one of {kinds}.")])
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        raise_all([Problem("W102", place, f"there are several files: {names}", "Keep one of them.")])
    return found[0]


def open_file(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> SurveyFile:
    """The file at ``path``, no answers read yet; raises ProblemsError (W103, W108) when it cannot be opened."""
    place = f"data/responses/{path.name}" if path.parent.name == "responses" else path.name
    openers = {".sav": _open_sav, ".zsav": _open_sav, ".csv": _open_csv, ".parquet": _open_parquet}
    opener = openers.get(path.suffix.lower())
    if opener is None and path.suffix.lower() != ".xlsx":
        raise_all([_unreadable(place, f"{path.suffix or 'no suffix'} is not one of {', '.join(FORMATS)}")])
    with _readable(place):
        return opener(path, place, encoding) if opener else _open_xlsx(path, place, sheet)


@contextmanager
def _readable(place: str) -> Iterator[None]:
    """Turn what the readers raise into W101 or W103, without the answers that Polars quotes."""
    try:
        yield
    except FileNotFoundError:
        raise ProblemsError([Problem("W101", place, "there is no such file", "Mend its name.")]) from None
    except LookupError as error:
        raise ProblemsError([_unreadable(place, str(error))]) from None
    except pl.exceptions.PolarsError:
        why = "its rows or columns do not hold together"
        raise ProblemsError([_unreadable(place, why)]) from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, csv.Error, OSError) as error:
        raise ProblemsError([_unreadable(place, str(error).splitlines()[0])]) from None


def _unreadable(place: str, why: str) -> Problem:
    return Problem("W103", place, f"cannot be read: {why}", "Save or export it again.")


def _not_utf8(place: str) -> Problem:
    action = 'Write encoding = "cp1252" under responses in data/waves.toml if its letters are right then.'
    return Problem("W105", place, "says that it holds UTF-8 and does not: letters would be lost", action)


def _open_sav(path: Path, place: str, encoding: str | None) -> SurveyFile:
    meta, encoding, problems = _sav_metadata(path, place, encoding)
    variables = {}
    for name in meta.column_names:
        if meta.readstat_variable_types[name] == "string":
            kind = "text"
        else:
            kind = "date" if meta.original_variable_types[name].startswith(_DATES) else "number"
        variables[name] = Variable(
            name,
            kind,
            " ".join((meta.column_names_to_labels[name] or "").split()),
            {_text(code): label for code, label in meta.variable_value_labels.get(name, {}).items()},
            tuple(_missing(item) for item in meta.missing_ranges.get(name, [])),
        )
    sets = {
        f"${name}": ResponseSet(
            f"${name}",
            item["label"],
            tuple(item["variable_list"]),
            _text(item["counted_value"]) if item["is_dichotomy"] else None,
        )
        for name, item in meta.mr_sets.items()
    }

    def load(columns: Sequence[str], staging: Staging) -> tuple[pl.LazyFrame, list[Problem]]:
        texts = [name for name in columns if variables[name].kind == "text"]
        spoilt = bool(texts) and encoding is None and not _texts_are_utf8(path, meta, texts)
        frame = _sav_frame(path, meta.number_rows, columns, "WINDOWS-1252" if spoilt else encoding, staging)
        return frame, [_not_utf8(place)] if spoilt else []

    notes = tuple(meta.notes or ())
    title = meta.file_label or ""
    return SurveyFile(place, variables, load, sets, title, notes, meta.file_encoding, problems)


def _sav_metadata(path: Path, place: str, encoding: str | None):
    """Metadata, the encoding to read with (None: as the file says), and W105 when the file does not keep to it.

    ReadStat cuts a text at bytes that are no UTF-8 and says nothing, so they are looked at byte by byte.
    """

    def read(chosen):
        return pyreadstat.read_sav(path, metadataonly=True, user_missing=True, encoding=chosen)[1]

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


def _texts_are_utf8(path: Path, meta, names: list[str]) -> bool:
    if meta.file_encoding.upper() != "UTF-8":
        return True
    raw = pyreadstat.read_sav(path, metadataonly=True, encoding="ISO-8859-1")[1].column_names
    wanted = [raw[meta.column_names.index(name)] for name in names]
    frame = pyreadstat.read_sav(path, usecols=wanted, encoding="ISO-8859-1", output_format="polars")[0]
    beyond_ascii = frame.select(pl.all().filter(pl.all().str.contains(r"[^\x00-\x7f]")).unique().implode())
    return all(_is_utf8(text) for column in beyond_ascii for text in column.item())


def _sav_frame(path, rows: int, columns, encoding: str | None, staging: Staging) -> pl.LazyFrame:
    def read(**limits) -> pl.DataFrame:
        options = {"usecols": list(columns), "user_missing": True, "encoding": encoding}
        frame = pyreadstat.read_sav(path, output_format="polars", **options, **limits)[0]
        return frame.select(_plain(frame.schema))

    if rows * 8 * len(columns) <= IN_MEMORY:
        return read().lazy()
    step = max(1, IN_MEMORY // (32 * len(columns)))
    for number, offset in enumerate(range(0, rows, step)):
        part = read(row_offset=offset, row_limit=step)
        part.write_parquet(staging.folder / f"part-{number:06}.parquet")
    return pl.scan_parquet(staging.folder / "part-*.parquet")


def _plain(schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    """Every column as Float64, or as text without blanks around it; what is empty is null."""
    plain = []
    for name, kind in schema.items():
        if kind.is_numeric() or kind in (pl.Boolean, pl.Null):
            plain.append(pl.col(name).cast(pl.Float64).fill_nan(None))
        else:
            text = pl.col(name).cast(pl.String).str.strip_chars()
            plain.append(pl.when(text != "").then(text).alias(name))
    return plain


def _missing(item: dict) -> Span:
    return _value(item["lo"]), _value(item["hi"])


def _open_parquet(path: Path, place: str, encoding: str | None) -> SurveyFile:
    scan = pl.scan_parquet(path)
    schema = scan.collect_schema()
    variables = {name: Variable(name, _kind(kind)) for name, kind in schema.items()}

    def load(columns: Sequence[str], staging: Staging) -> tuple[pl.LazyFrame, list[Problem]]:
        return scan.select(_plain({name: schema[name] for name in columns})), []

    return SurveyFile(place, variables, load)


def _kind(kind: pl.DataType) -> str:
    if kind.is_numeric() or kind == pl.Boolean:
        return "number"
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
    with path.open(encoding=chosen, errors="replace", newline="") as lines:
        first = lines.readline()
    mark = max(";\t,|", key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=mark), [])]
    raise_all(_header_problems(header, place))
    if uneven := _uneven_lines(path, chosen, mark, len(header)):
        raise_all([_unreadable(place, f"{uneven} of its lines have more or fewer fields than the first")])

    def load(columns: Sequence[str], staging: Staging) -> tuple[pl.LazyFrame, list[Problem]]:
        source = path if chosen in ("utf-8", "utf-8-sig") else _as_utf8(path, chosen, staging.folder)
        scan = pl.scan_csv(source, separator=mark, infer_schema=False, new_columns=header)
        texts = scan.select(_plain(dict.fromkeys(columns, pl.String())))
        if path.stat().st_size <= IN_MEMORY:
            return texts.collect().lazy(), []
        texts.sink_parquet(staging.folder / "texts.parquet")
        return pl.scan_parquet(staging.folder / "texts.parquet"), []

    variables = {name: Variable(name, "text") for name in header}
    return SurveyFile(place, variables, load, encoding=chosen, problems=problems, notices=notices)


def _uneven_lines(path: Path, encoding: str, mark: str, width: int) -> int:
    """Lines whose answers may have slid into another column; Polars sees only some of them."""
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        return sum(len(row) not in (0, width) for row in csv.reader(lines, delimiter=mark))


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

    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet is None and len(names) > 1:
            action = f"Write sheet = {json.dumps(names[0], ensure_ascii=False)}, or another, under responses."
            raise_all([Problem("W103", place, f"has several sheets: {', '.join(names)}", action)])
        if sheet is not None and sheet not in names:
            action = f"Its sheets are: {', '.join(names)}."
            raise_all([Problem("W103", place, f"has no sheet {sheet}", action)])
        rows = [row for row in book.get_sheet_by_name(sheet or names[0]).to_python() if any(cell != "" for cell in row)]
    except CalamineError as error:
        raise OSError(str(error)) from None
    header = [_text(cell) for cell in rows[0]] if rows else []
    raise_all(_header_problems([name for name in header if name], place))
    cells = dict(zip(header, zip(*rows[1:], strict=True) if rows[1:] else [()] * len(header), strict=True))
    frame = pl.DataFrame([_cells(name, values) for name, values in cells.items() if name])
    variables = {name: Variable(name, _kind(kind)) for name, kind in frame.schema.items()}

    def load(columns: Sequence[str], staging: Staging) -> tuple[pl.LazyFrame, list[Problem]]:
        return frame.lazy().select(_plain({name: frame.schema[name] for name in columns})), []

    return SurveyFile(place, variables, load)


def _cells(name: str, values: Sequence) -> pl.Series:
    """A column of a sheet: numbers when every filled cell is one, else texts."""
    values = [None if value == "" else value for value in values]
    if all(isinstance(value, int | float) for value in values if value is not None):
        return pl.Series(name, values, pl.Float64, strict=False)
    return pl.Series(name, [None if value is None else _text(value) for value in values], pl.String)


def _value(raw: Raw) -> Raw:
    """What a cell holds: a number, also when it is stored as a text such as 01 or 0,5; else the text."""
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text


def _text(value) -> str:
    """A code as text: 7 for 7.0, a date as 2016-09-01."""
    if isinstance(value, int | float):
        return f"{float(value):.15g}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


# From columns to indicators


@dataclass(frozen=True)
class Question:
    """What was asked: the question, its labels by code, and the columns of the file that hold it."""

    text: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Responses:
    """One wave's checked answers in the project's names.

    Attributes
    ----------
    frame
        One row a respondent that the filter keeps; of a large file it is read from disk, as long as this
        object is there. ``weight`` and ``population_size`` are Float64;
        ``respondent``, ``strata`` and ``clusters`` text; ``population`` and each breakdown an Enum of
        the declared names, null outside them. An indicator of numbers is Float64; a share is Int8, 1 or
        0, as ``indicator`` or ``indicator.category``; null is no answer, or not asked. A column that
        waves.toml does not give is not there.
    questions
        By the names of ``frame``, without the design.
    respondents, dropped
        Rows of ``frame``, and rows that the filter left out.
    notices
        What is no error and should be looked at (W14x).
    """

    wave: int
    place: str
    frame: pl.LazyFrame
    questions: dict[str, Question]
    respondents: int
    dropped: int
    notices: tuple[Problem, ...]
    staging: Staging = field(repr=False)


def read_responses(root: Path, definitions: Definitions, wave: int) -> Responses:
    """The respondents of ``wave``, checked against the declarations.

    Raises
    ------
    ProblemsError
        Everything that is wrong with the file or its answers, at once (W10x–W13x).
    """
    declared = definitions.waves.get(wave)
    plan = declared.responses if declared else None
    if plan is None:
        place = f"data/waves.toml, waves.{wave}.responses"
        action = f"Run `wavebook inspect` on the file: it proposes the block for {wave}."
        raise_all([Problem("W106", place, "is missing", action)])
    path = find_file(root, wave)
    file = open_file(path, encoding=plan.encoding, sheet=plan.sheet)
    before = load_codebook(root, wave, earlier=True)
    with _readable(file.place):
        return _Reading(definitions, wave, plan, file, Staging(path)).run(before)


@dataclass
class _Sorted:
    """The values of a column by what they mean, with their numbers of respondents."""

    meant: dict[str | float, list[Raw]] = field(default_factory=dict)
    counts: dict[str | float, int] = field(default_factory=dict)
    rest: list[tuple[Raw, int]] = field(default_factory=list)
    blank: int = 0

    def answers(self) -> list[Raw]:
        return [raw for meaning, raws in self.meant.items() if meaning != "missing" for raw in raws]


def _sort(table: list[tuple[Raw, int]], meanings: Mapping[str, str | float], missing: Iterable[Span]) -> _Sorted:
    spans = [(span(code), meaning) for code, meaning in meanings.items() if code != "blank"]
    spans += [(ends, "missing") for ends in missing]
    found = _Sorted({meaning: [] for _, meaning in spans}, {meaning: 0 for _, meaning in spans})
    for raw, count in table:
        if raw is None:
            found.blank += count
            continue
        value = _value(raw)
        meaning = next((m for ends, m in spans if _within(value, ends)), None)
        if meaning is None:
            found.rest.append((raw, count))
        else:
            found.meant[meaning].append(raw)
            found.counts[meaning] += count
    return found


def _within(value: Raw, ends: Span) -> bool:
    return type(value) is type(ends[0]) and ends[0] <= value <= ends[1]


def _among(column: str, raws: list[Raw]) -> pl.Expr:
    """True where the column holds one of ``raws``; never null."""
    return pl.col(column).is_in(raws).fill_null(False) if raws else pl.lit(False)


def _either(conditions: Iterable[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(False), *conditions)


def _people(count: int) -> str:
    return f"{count} respondent{'' if count == 1 else 's'}"


class _Reading:
    """One pass over one wave's file: ``run`` gives the checked responses or raises every problem."""

    def __init__(self, d: Definitions, wave: int, plan: ResponseFile, file: SurveyFile, staging: Staging):
        self.d, self.wave, self.plan, self.file, self.staging = d, wave, plan, file, staging
        self.problems = list(file.problems)
        self.notices = list(file.notices)
        self.block = f"[waves.{wave}.responses]"
        self.tables: dict[str, list[tuple[Raw, int]]] = {}
        self.frame: dict[str, pl.Expr] = {}
        self.questions: dict[str, Question] = {}
        self.numbers: dict[str, tuple[str, float, float]] = {}
        self.sources: dict[str, list[tuple[str, _Sorted]]] = {}
        self.everyone = {_value(code) for code in plan.missing}

    def run(self, before: dict[str, Question] | None) -> Responses:
        names = self.resolve()
        if not names:
            raise_all([*self.problems, Problem("W107", self.file.place, "no declared column is there", "Inspect it.")])
        self.raw, spoilt = self.file.load(list(dict.fromkeys(names.values())), self.staging)
        self.problems += [] if self.file.problems else spoilt
        total = self.raw.select(pl.len()).collect().item()
        self.raw = self.raw.filter(*(self.condition(c, codes) for c, codes in self.plan.filter.items()))
        self.tables.clear()
        kept = self.raw.select(pl.len()).collect().item()
        if not kept:
            action = "Look at filter, and at the file." if total else "Look at the file."
            raise_all([*self.problems, Problem("W125", self.file.place, "no respondents are left", action)])
        for name in self.plan.columns:
            self.measure(name)
        self.design()
        for name in self.plan.asked_if:
            self.routing(name)
        self.straight_lines()
        made = self.raw.select(**self.frame)
        self.check_columns(made)
        self.check_design(made)
        raise_all(self.problems)
        if before:
            self.notices += self.changed(before)
        notices = tuple(sorted(set(self.notices)))
        return Responses(self.wave, self.file.place, made, self.questions, kept, total - kept, notices, self.staging)

    # Which columns

    def resolve(self) -> dict[str, str]:
        """Every column that is needed, as waves.toml writes it and as the file does."""
        plan = self.plan
        wanted = [plan.respondent, plan.weight, *plan.strata, *plan.clusters]
        wanted += [plan.population_size] if isinstance(plan.population_size, str) else []
        wanted += [*plan.filter, *chain.from_iterable(plan.asked_if.values())]
        sets = {name.casefold(): item for name, item in self.file.sets.items()}
        self.columns: dict[str, dict[str, tuple[str, ...]]] = {}
        self.counted: dict[str, str] = {}
        for name, by_category in plan.columns.items():
            self.columns[name] = dict(by_category)
            for category, sources in by_category.items():
                if sources[0].startswith("$"):
                    found = sets.get(sources[0].casefold())
                    self.columns[name] |= self.members(name, category, sources[0], found)
            wanted += chain.from_iterable(self.columns[name].values())
        self.actual = self.match(dict.fromkeys(filter(None, wanted)))
        if any(column not in self.actual for column in plan.filter):
            raise_all(self.problems)  # without the filter every count below would be of the wrong people
        return self.actual

    def match(self, wanted: Iterable[str]) -> dict[str, str]:
        known = self.file.variables
        folded = {name.casefold(): name for name in known}  # SPSS does not tell V12 from v12
        actual = {}
        for name in wanted:
            found = name if name in known else folded.get(name.casefold())
            if found:
                actual[name] = found
                continue
            longer = [key for key in folded if key.startswith(name.casefold())]
            close = longer[:1] or get_close_matches(name.casefold(), list(folded), 1)
            hint = f"The nearest is {folded[close[0]]}. " if close else ""
            action = f"{hint}Mend {self.block} in data/waves.toml."
            self.problems.append(Problem("W107", f"{self.file.place}, column {name}", "is not in the file", action))
        return actual

    def members(self, name: str, category: str, declared: str, found: ResponseSet | None):
        """The columns of a multiple response set, by category when each column is one answer."""
        place = f"{self.file.place}, set {declared}"
        if found is None:
            known = ", ".join(self.file.sets) or "none"
            action = f"The sets of the file are: {known}. Mend {self.block}, or give a column a category."
            self.problems.append(Problem("W109", place, "is not in the file", action))
            return {category: ()}
        if found.counted is None:
            return {category: found.columns}
        self.counted[name] = found.counted
        meanings = {code.casefold(): (code, to) for code, to in self.plan.meanings(name).items() if code != "blank"}
        by_category: dict[str, tuple[str, ...]] = {}
        for column in found.columns:
            _, category_of = meanings.pop(column.casefold(), (None, None))
            if category_of is None:
                action = f"Say which category it is in {self.table('codes', name)}, or other."
                self.problems.append(Problem("W109", place, f"its column {column} has no meaning", action))
            else:
                by_category[category_of] = (*by_category.get(category_of, ()), column)
        for code, _ in meanings.values():
            action = f"Its columns are: {', '.join(found.columns)}. Mend {self.table('codes', name)}."
            self.problems.append(Problem("W109", place, f"has no column {code}", action))
        return {"": (), **by_category}

    def table(self, kind: str, name: str) -> str:
        return f"{self.block[:-1]}.{kind}.{name}]"

    # What the columns hold

    def values(self, column: str) -> list[tuple[Raw, int]]:
        """The values of a column with their counts, most frequent first."""
        if column not in self.tables:
            counts = self.raw.group_by(column).len().collect(engine="streaming")
            self.tables[column] = sorted(counts.rows(), key=lambda row: (-row[1], str(row[0])))
        return self.tables[column]

    def condition(self, column: str, codes: Sequence[str]) -> pl.Expr:
        """Where ``column`` holds one of ``codes``."""
        actual = self.actual[column]
        found = _sort(self.values(actual), dict.fromkeys(codes, "yes"), ())
        return _among(actual, found.meant.get("yes", []))

    def sorted(self, name: str, column: str, meanings: Mapping[str, str | float]) -> _Sorted:
        missing = [*self.file.variables[column].missing, *map(span, self.plan.missing)]
        found = _sort(self.values(column), meanings, missing)
        self.sources.setdefault(name, []).append((column, found))
        answered = found.rest or any(n for meaning, n in found.counts.items() if meaning != "missing")
        if not answered and meanings.get("blank", "missing") == "missing":
            what = "has missing codes only" if found.counts.get("missing") else "is empty"
            action = f"Look at the file, or take {name} out of {self.block[:-1]}.columns]."
            self.problem("W113", column, f"{what}: nobody answered {name}", action)
        return found

    def problem(self, code: str, column: str, found: str, action: str) -> None:
        self.problems.append(Problem(code, f"{self.file.place}, column {column}", found, action))

    def notice(self, code: str, where: str, found: str, action: str) -> None:
        self.notices.append(Problem(code, where, found, action))

    def measure(self, name: str) -> None:
        """Put what ``name`` becomes in the frame."""
        columns = {
            category: tuple(self.actual[source] for source in sources if source in self.actual)
            for category, sources in self.columns[name].items()
        }
        self.describe(name, columns)
        known = meanings_of(self.d, name)
        grouped = name == "population" or name in self.d.segments
        if grouped:
            self.group(name, columns[""])
        elif not known:
            self.number(name, columns[""])
        elif name in self.counted or "" not in columns or not self.d.indicators[name].categories:
            self.shares(name, columns)
        else:
            self.choices(name, columns[""])

    def describe(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        if name in self.counted:
            members = tuple(chain.from_iterable(columns.values()))
            whole = next((s for s in self.file.sets.values() if set(members) <= set(s.columns)), None)
            self.questions[name] = Question(whole.label if whole else "", {}, members)
        for category, sources in columns.items():
            if sources and category != "other":
                first = self.file.variables[sources[0]]
                text = first.question
                if not category:
                    text = next((s.label for s in self.file.sets.values() if s.columns == sources), text)
                key = f"{name}.{category}" if category else name
                self.questions[key] = Question(text, first.labels, sources)

    def meanings(self, name: str, category: str, default: Mapping[str, str]) -> Mapping[str, str | float]:
        """The declared codebook, else ``default``."""
        declared = self.plan.meanings(name, category)
        return declared if declared.keys() - {"blank"} else {**default, **declared}

    def unknown(self, name: str, column: str, found: _Sorted) -> None:
        """Report codes without a meaning; typed texts are counted, not shown."""
        labels = self.file.variables[column].labels
        action = f"Give it a meaning under {self.table('codes', name)} in data/waves.toml, or list it as missing."
        if len(self.values(column)) > _MANY_CODES:
            what = f"holds {len(self.values(column))} different values, not the codes of {name}"
            self.problem("W115", column, what, f"Mend {self.block[:-1]}.columns].")
            return
        shown = [(raw, n) for raw, n in found.rest if _is_code(raw) or _text(raw) in labels]
        for raw, count in shown[:_CODES_SHOWN]:
            label = labels.get(_text(raw))
            code = f"{_text(_value(raw))} ({label})" if label else _text(_value(raw))
            self.problem("W104", column, f"code {code} is not in the codebook of {name} ({_people(count)})", action)
        others = [item for item in found.rest if item not in shown[:_CODES_SHOWN]]
        if others:
            what = f"{len(others)} {'other ' if shown else ''}codes are not in the codebook of {name}"
            self.problem("W104", column, f"{what} ({_people(sum(n for _, n in others))})", action)

    def group(self, name: str, columns: tuple[str, ...]) -> None:
        """A breakdown or the population: an Enum of its declared names."""
        known = self.d.segments[name].values if name in self.d.segments else self.d.populations
        declared = [value for value in known if (name, value) != ("population", "total")]
        for column in columns:
            meanings = self.meanings(name, "", {key: key for key in declared})
            found = self.sorted(name, column, meanings)
            self.unknown(name, column, found)
            for value in dict.fromkeys(v for v in meanings.values() if v in declared):
                if not found.counts.get(value):
                    action = f"Look at the file, or take it out of {self.table('codes', name)}."
                    self.problem("W126", column, f"{name} {value} has no respondents", action)
            unused = [value for value in declared if value not in meanings.values()]
            for value in unused:
                self.notice(
                    "W144", f"data/waves.toml, {self.table('codes', name)}", f"{value} has no code",
                    "Add its code if this wave asked it.",
                )  # fmt: skip
            pairs = [(raw, value) for value in declared for raw in found.meant.get(value, [])]
            kind = pl.Enum(list(declared))
            text = pl.lit(None, kind)
            if pairs:
                old, new = zip(*pairs, strict=True)
                text = pl.col(column).replace_strict(list(old), list(new), default=None, return_dtype=kind)
            blank = meanings.get("blank")
            if blank in declared:
                text = text.fill_null(pl.when(pl.col(column).is_null()).then(pl.lit(blank, kind)))
            self.frame[name] = text

    def number(self, name: str, columns: tuple[str, ...]) -> None:
        """A mean: the numbers themselves, with declared codes recoded."""
        for column in columns:
            meanings = self.meanings(name, "", {})
            found = self.sorted(name, column, meanings)
            texts = self.texts(column, found.rest)
            number = self.as_number(column)
            number = pl.when(~_among(column, [*found.meant.get("missing", []), *texts])).then(number)
            for meaning, raws in found.meant.items():
                if meaning != "missing":
                    number = pl.when(_among(column, raws)).then(pl.lit(float(meaning))).otherwise(number)
            if meanings.get("blank", "missing") != "missing":
                number = pl.when(pl.col(column).is_null()).then(pl.lit(float(meanings["blank"]))).otherwise(number)
            self.frame[name] = number.cast(pl.Float64)
            low, high = self.plan.ranges.get(name) or _RANGES[self.d.indicators[name].unit]
            self.numbers[name] = (column, low, high)

    def texts(self, column: str, table: list[tuple[Raw, int]]) -> list[str]:
        """The texts in ``table`` that are no number; they are reported, and so are two decimal marks."""
        texts = [(raw, n) for raw, n in table if isinstance(raw, str)]
        bad = [(raw, n) for raw, n in texts if not isinstance(_value(raw), float)]
        if bad:
            what = f"a text stands where a number is expected ({_people(sum(n for _, n in bad))})"
            self.problem("W112", column, what, "Correct the file, or list its missing codes as missing.")
        marks = [mark for mark in ".," if any(mark in raw for raw, _ in texts if (raw, 0) and _value(raw) != raw)]
        if len(marks) == 2:
            self.problem("W114", column, "has decimal points and decimal commas", "Export the file with one of them.")
        return [raw for raw, _ in bad]

    def as_number(self, column: str) -> pl.Expr:
        if self.raw.collect_schema()[column] == pl.String:
            return pl.col(column).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        return pl.col(column)

    def shares(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        """Yes or no, one column a category or one alone: 1 or 0."""
        default = {"0": "no", "1": "yes"}
        if name in self.counted:
            default = {"0": "no", self.counted[name]: "yes", "blank": "no"}
        parts: list[tuple[str, str, pl.Expr, bool]] = []
        for category, sources in columns.items():
            meanings = default if name in self.counted else self.meanings(name, category, default)
            for column in sources:
                found = self.sorted(name, column, meanings)
                self.unknown(name, column, found)
                yes, no = (_among(column, found.meant.get(word, [])) for word in ("yes", "no"))
                share = pl.when(yes).then(pl.lit(1, pl.Int8)).when(no).then(pl.lit(0, pl.Int8))
                blank = meanings.get("blank")
                parts.append((category, column, share, blank == "no"))
                if category != "other" and category and not found.counts.get("yes"):
                    self.nobody(name, category, column)
        answered = _either(share.is_not_null() for _, _, share, _ in parts) if len(parts) > 1 else pl.lit(True)
        by_category: dict[str, list[pl.Expr]] = {}
        for category, column, share, blank_is_no in parts:
            if blank_is_no:
                share = pl.when(pl.col(column).is_null() & answered).then(pl.lit(0, pl.Int8)).otherwise(share)
            if category != "other":
                by_category.setdefault(category, []).append(share)
        for category, found in by_category.items():
            self.frame[f"{name}.{category}" if category else name] = pl.max_horizontal(found)

    def choices(self, name: str, columns: tuple[str, ...]) -> None:
        """Codes that stand for categories, in one column or several: 1 or 0 for each category."""
        categories = self.d.indicators[name].categories
        meanings = self.meanings(name, "", {key: key for key in categories})
        answered, chosen, counts = [], {}, dict.fromkeys(categories, 0)
        for column in columns:
            found = self.sorted(name, column, meanings)
            self.unknown(name, column, found)
            blank = pl.col(column).is_null()
            answered.append(_among(column, found.answers()))
            if meanings.get("blank", "missing") != "missing":
                answered.append(blank)
            for category in categories:
                here = _among(column, found.meant.get(category, []))
                chosen.setdefault(category, []).append(here | blank if meanings.get("blank") == category else here)
                counts[category] += found.counts.get(category, 0)
        for category in (c for c in categories if c in meanings.values()):
            if columns:
                share = pl.when(_either(answered)).then(_either(chosen[category]).cast(pl.Int8))
                self.frame[f"{name}.{category}"] = share
                if not counts[category] and meanings.get("blank") != category:
                    self.nobody(name, category, columns[0])

    def nobody(self, name: str, category: str, column: str) -> None:
        where = f"{self.file.place}, column {column}"
        self.notice("W143", where, f"nobody answered {category} to {name}", "Look at its code; 0 is shown else.")

    # The design

    def design(self) -> None:
        plan, actual = self.plan, self.actual
        if plan.respondent in actual:
            self.frame["respondent"] = self.identity(actual[plan.respondent])
        if plan.weight in actual:
            self.frame["weight"] = self.quantity(actual[plan.weight])
        for role, columns in (("strata", plan.strata), ("clusters", plan.clusters)):
            if columns and all(column in actual for column in columns):
                parts = [self.identity(actual[column]) for column in columns]
                self.frame[role] = pl.concat_str(parts, separator="|")
        size = plan.population_size
        if isinstance(size, str) and size in actual:
            self.frame["population_size"] = self.quantity(actual[size])
        elif isinstance(size, dict) and "strata" in self.frame:
            sizes = self.frame["strata"].replace_strict(size, default=None, return_dtype=pl.Float64)
            self.frame["population_size"] = sizes
        elif isinstance(size, float | int):
            self.frame["population_size"] = pl.lit(float(size))

    def identity(self, column: str) -> pl.Expr:
        if self.raw.collect_schema()[column] == pl.String:
            return pl.col(column)
        whole = pl.col(column).cast(pl.Int64, strict=False)
        text = pl.col(column).cast(pl.String)
        return pl.when(whole == pl.col(column)).then(whole.cast(pl.String)).otherwise(text)

    def quantity(self, column: str) -> pl.Expr:
        """A weight or size; a text that is no number is reported, and is missing."""
        number = self.as_number(column)
        if self.raw.collect_schema()[column] == pl.String:
            self.texts(column, self.values(column))
        for low, high in self.file.variables[column].missing:
            number = pl.when(~number.is_between(low, high)).then(number)
        return number

    def check_columns(self, made: pl.LazyFrame) -> None:
        """Hold the numbers and the design against their pandera schema, one column in memory at a time."""
        infinite = float("inf")
        positive = pa.Check.in_range(0, infinite, include_min=False, include_max=False)
        schema = {
            "respondent": pa.Column(pl.String, unique=True, nullable=False),
            "weight": pa.Column(pl.Float64, positive, nullable=False),
            "strata": pa.Column(pl.String, nullable=False),
            "clusters": pa.Column(pl.String, nullable=False),
            "population_size": pa.Column(pl.Float64, positive, nullable=False),
        }
        for name, (_, low, high) in self.numbers.items():
            schema[name] = pa.Column(pl.Float64, pa.Check.in_range(low, high), nullable=True)
        for name, column in schema.items():
            if name not in self.frame:
                continue
            try:
                pa.DataFrameSchema({name: column}).validate(made.select(name).collect(), lazy=True)
            except pa.errors.SchemaErrors as error:
                cases = error.failure_cases.with_columns(pl.col("failure_case").cast(pl.String))
                for check, found in cases.group_by("check"):
                    self.failed(name, str(check[0]), found["failure_case"])

    def failed(self, name: str, check: str, cases: pl.Series) -> None:
        """A pandera finding in an editor's words."""
        count, plan = len(cases), self.plan
        if name in self.numbers:
            column, low, high = self.numbers[name]
            counts = sorted(cases.value_counts().rows(), key=lambda row: -row[1])
            shown = ", ".join(f"{_text(float(value))} ({_people(n)})" for value, n in counts[:_CODES_SHOWN])
            more = f" and {len(counts) - _CODES_SHOWN} more" if len(counts) > _CODES_SHOWN else ""
            ends = f"{low:g}–{high:g}" if high < float("inf") else f"{low:g} and up"
            action = f"List it as missing, or mend ranges.{name} under {self.block} in data/waves.toml."
            self.problem("W111", column, f"has answers outside {ends} for {name}: {shown}{more}", action)
            return
        places = {
            "respondent": plan.respondent,
            "weight": plan.weight,
            "strata": ", ".join(plan.strata),
            "clusters": ", ".join(plan.clusters),
            "population_size": plan.population_size,
        }
        empty = check == "not_nullable"
        keep = "Correct the file, or leave these respondents out with filter."
        if name == "respondent" and not empty:
            numbers, count = cases.drop_nulls().n_unique(), cases.drop_nulls().len()
            if count:
                what = f"the same number occurs again: {_people(count)} share {numbers}"
                action = "Remove the copies, or see respondent in CONTRIBUTING.md for several rows a person."
                self.problem("W121", places[name], what, action)
            return
        code, what = {
            "respondent": ("W122", "a respondent has no number"),
            "weight": ("W131", "a weight is missing") if empty else ("W132", "a weight is not positive and finite"),
            "strata": ("W134", "a stratum is missing"),
            "clusters": ("W134", "a cluster is missing"),
            "population_size": ("W135", f"a population size is {'missing' if empty else 'not positive'}"),
        }[name]
        where = places[name] if isinstance(places[name], str) else ", ".join(plan.strata)
        self.problem(code, where, f"{what} ({_people(count)})", keep)

    def check_design(self, made: pl.LazyFrame) -> None:
        """The sum and extremes of the weights; population sizes and clusters by stratum."""
        if "weight" in self.frame:
            self.check_weights(made)
        if "population_size" in self.frame:
            self.check_population(made)
        if "strata" in self.frame and "clusters" in self.frame:
            by_cluster = made.group_by("clusters").agg(pl.col("strata").n_unique())
            shared = by_cluster.filter(pl.col("strata") > 1).select(pl.len()).collect().item()
            if shared:
                where = f"{self.file.place}, column {', '.join(self.plan.clusters)}"
                what = f"{shared} cluster{'' if shared == 1 else 's'} in several strata count once in each"
                self.notice("W148", where, what, "Look whether the numbers are given anew in every stratum.")

    def check_weights(self, made: pl.LazyFrame) -> None:
        weight = pl.col("weight")
        usable = made.filter(weight.is_finite() & (weight > 0)).select("weight").collect()["weight"]
        if usable.is_empty():
            return
        total, mean, largest = usable.sum(), usable.mean(), usable.max()
        expected = self.plan.weight_sum
        if expected and abs(total / expected - 1) > 0.001:
            action = "Ask the bureau, or mend weight_sum or filter in data/waves.toml."
            self.problem("W133", self.plan.weight, f"the weights add up to {total:.6g}, not {expected:.6g}", action)
        if largest > EXTREME_WEIGHT * mean:
            many = int((usable > EXTREME_WEIGHT * mean).sum())
            what = f"the largest weight is {largest / mean:.1f} times the mean"
            what += f"; over {EXTREME_WEIGHT} times: {_people(many)}"
            where = f"{self.file.place}, column {self.plan.weight}"
            self.notice("W141", where, what, "Ask the bureau whether weights were to be trimmed.")

    def check_population(self, made: pl.LazyFrame) -> None:
        by = "strata" if "strata" in self.frame else pl.lit("everyone").alias("strata")
        drawn = pl.col("clusters").n_unique() if "clusters" in self.frame else pl.len()
        sizes = made.group_by(by).agg(
            pl.col("population_size").min().alias("low"),
            pl.col("population_size").max().alias("high"),
            drawn.alias("drawn"),
        )
        found = sizes.select(
            varies=(pl.col("low") < pl.col("high")).sum(), small=(pl.col("low") < pl.col("drawn")).sum()
        ).collect()
        size = self.plan.population_size
        column = size if isinstance(size, str) else ", ".join(self.plan.strata)
        for kind, what in (("varies", "varies within"), ("small", "is below what was drawn in")):
            count = found[kind].item() or 0
            if count:
                strata = f"{count} {'stratum' if count == 1 else 'strata'}"
                self.problem("W135", column, f"the population size {what} {strata}", "Ask the bureau for the sizes.")

    # Rows as a whole

    def routing(self, name: str) -> None:
        """Who answered without being asked, and who was asked and left it empty."""
        conditions = self.plan.asked_if[name]
        sources = self.sources.get(name, [])
        if not sources or any(column not in self.actual for column in conditions):
            return
        asked = pl.all_horizontal(self.condition(column, codes) for column, codes in conditions.items())
        answered = _either(_among(column, self.given(name, found)) for column, found in sources)
        empty = pl.all_horizontal(pl.col(column).is_null() for column, _ in sources)
        counts = self.raw.select(unasked=(~asked & answered).sum(), empty=(asked & empty).sum()).collect()
        where = ", ".join(dict.fromkeys(column for column, _ in sources))
        if len(sources) > 3:
            where = f"{sources[0][0]} to {sources[-1][0]}"
        rule = self.table("asked_if", name)
        if unasked := counts["unasked"].item():
            action = f"Mend {rule} in data/waves.toml, or ask the bureau."
            self.problem("W123", where, f"{name} is answered by who was not asked ({_people(unasked)})", action)
        accepted = any("blank" in table for table in self.plan.codes.get(name, {}).values())
        if (left := counts["empty"].item()) and not accepted:
            action = (
                f'Mend {rule}; if an empty cell is no answer, write blank = "missing" in {self.table("codes", name)}.'
            )
            self.problem("W124", where, f"{name} is empty for who was asked ({_people(left)})", action)

    def given(self, name: str, found: _Sorted) -> list[Raw]:
        """The raw values that are an answer; not chosen in a set is none."""
        answers = [*found.answers(), *(raw for raw, _ in found.rest)]
        return [raw for raw in answers if raw not in found.meant.get("no", [])] if name in self.counted else answers

    def straight_lines(self) -> None:
        """Report equal answers to a whole block: an indicator's columns four or more, with three codes in use."""
        for name in self.plan.columns:
            block = list(dict(self.sources.get(name, [])).items())
            used = {_value(raw) for _, found in block for raw in found.answers()}
            if (
                name in self.counted
                or len(block) < _BLOCK
                or len(used) < 3
                or not all(isinstance(v, float) for v in used)
            ):
                continue
            answers = [pl.when(_among(c, found.answers())).then(self.as_number(c)) for c, found in block]
            same = (pl.min_horizontal(answers) == pl.max_horizontal(answers)) & pl.all_horizontal(
                answer.is_not_null() for answer in answers
            )
            count, rows = self.raw.select(same.sum(), pl.len().alias("rows")).collect().row(0)
            if count:
                where = f"{self.file.place}, columns {block[0][0]} to {block[-1][0]}"
                what = f"{_people(count)} ({100 * count / rows:.1f} %) gave one answer to all {len(block)} of {name}"
                self.notice("W142", where, what, "Ask the bureau how it treats them; nobody is left out.")

    def changed(self, before: dict[str, Question]) -> Iterator[Problem]:
        for change in wording_changes(before, self.questions):
            column = self.questions[change.name].columns[0]
            code, what = ("W145", "question") if change.what == "question" else ("W146", change.what)
            yield Problem(
                code,
                f"{self.file.place}, column {column}",
                f"the {what} of {change.name} was “{change.before}” and is “{change.after}”",
                "If it measures something else now, declare a break in data/waves.toml.",
            )


def _is_code(raw: Raw) -> bool:
    """Whether a value is short enough to be a code rather than something that was typed."""
    return isinstance(_value(raw), float) or bool(re.fullmatch(r"\w{1,3}", str(raw)))


# The questions as they were put, kept from wave to wave


class Change(NamedTuple):
    """Wording that differs between two waves; ``what`` is question or label of a code."""

    name: str
    what: str
    before: str
    after: str


def wording_changes(before: dict[str, Question], after: dict[str, Question]) -> list[Change]:
    """Questions and labels that both waves have and that differ, but for spaces."""
    changes = []
    for name in after.keys() & before.keys():
        old, new = before[name], after[name]
        pairs = [("question", old.text, new.text)]
        pairs += [
            (f"label of code {code}", old.labels[code], new.labels[code]) for code in old.labels.keys() & new.labels
        ]
        changes += [Change(name, what, a, b) for what, a, b in pairs if a and b and a.split() != b.split()]
    return sorted(changes)


def save_codebook(root: Path, responses: Responses) -> Path:
    """Write data/codebooks/<wave>.json: question texts and labels of the indicators, no answers, no counts."""
    path = root / "data" / "codebooks" / f"{responses.wave}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    questions = {
        name: {"question": item.text, "labels": dict(item.labels), "columns": list(item.columns)}
        for name, item in sorted(responses.questions.items())
    }
    content = {"wave": responses.wave, "questions": questions}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def load_codebook(root: Path, wave: int, *, earlier: bool = False) -> dict[str, Question] | None:
    """The questions of ``wave``, or with ``earlier`` of the newest wave before it; None when not kept."""
    kept = {int(p.stem): p for p in (root / "data" / "codebooks").glob("*.json") if p.stem.isdecimal()}
    years = [year for year in kept if year < wave] if earlier else [wave]
    path = kept.get(max(years, default=None))
    if path is None:
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["questions"]
        return {k: Question(v["question"], v["labels"], tuple(v["columns"])) for k, v in content.items()}
    except (ValueError, KeyError, TypeError):
        place = f"data/codebooks/{path.name}"
        raise_all([Problem("W202", place, "cannot be read", "Restore it, or estimate its wave again.")])


# What a new file holds, beside what is expected

_ROLES = {
    "respondent": r"resp(ondent)?_?(nr|num|id)|^id$|volgnummer|caseid",
    "weight": r"weeg|weight|gewicht|^wgt|^wf$",
    "strata": r"strat",
    "clusters": r"cluster|^psu$",
    "population_size": r"^fpc|pop(ulation)?_?size|populatieomvang",
    "filter": r"complete?d?$|compleet|afgerond|voltooid",
}
_YES_NO = {"yes": ("ja", "yes", "gekozen", "genoemd", "selected"), "no": ("nee", "no", "niet gekozen", "niet genoemd")}
_NO_ANSWER = re.compile(
    r"weet (ik )?niet|geen (antwoord|mening)|wil niet|n\.?v\.?t|niet van toepassing|don.?t know|refus", re.I
)
_OTHER = re.compile(r"^(iets |een )?(ander|overig|other)", re.I)
_ALIKE = 0.6  # difflib's ratio above which difflib itself calls two texts close
_LISTED = 40


@dataclass(frozen=True)
class ColumnSummary:
    """A column of the file in counts; ``low`` and ``high`` for numbers only, without user-missing codes."""

    variable: Variable
    answers: int
    empty: int
    missing: int
    different: int
    low: float | None
    high: float | None
    numeric: bool


@dataclass(frozen=True)
class Proposal:
    """How one declared name may be read: its columns as in waves.toml, its codes, and why this was chosen.

    ``columns`` is empty when nothing in the file resembles it; ``codes`` with None still need a meaning.
    """

    name: str
    columns: str | dict[str, str]
    codes: dict[str, str | float | None]
    why: str


@dataclass(frozen=True)
class Inspection:
    """What is in a respondent file beside what is declared; ``str`` is the report, ``block`` the TOML."""

    place: str
    wave: int
    rows: int
    file: SurveyFile
    columns: tuple[ColumnSummary, ...]
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    compared_with: int | None
    block: str

    def __str__(self) -> str:
        return "\n".join(_report(self))


def inspect(
    path: Path,
    definitions: Definitions,
    *,
    root: Path | None = None,
    wave: int | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Inspection:
    """What is in the file at ``path``, and a proposal for its block in data/waves.toml.

    Parameters
    ----------
    root
        The book, for the questions of the previous wave (data/codebooks/); None compares nothing.
    wave
        By default the year in the file's name, else the one after the newest wave.

    Raises ProblemsError (W101, W103, W108) when the file cannot be opened.
    """
    year = re.search(r"(?:19|20)\d\d", path.stem)
    wave = wave or (int(year.group()) if year else definitions.newest + 1)
    file = open_file(path, encoding=encoding, sheet=sheet)
    with _readable(file.place):
        summaries = tuple(_summaries(file, Staging(path)))
    rows = summaries[0].answers + summaries[0].empty + summaries[0].missing if summaries else 0
    earlier = [y for y in definitions.waves if y < wave and definitions.waves[y].responses]
    known = definitions.waves[wave].responses if wave in definitions.waves else None
    plan = known or (definitions.waves[max(earlier)].responses if earlier else None)
    kept = load_codebook(root, wave, earlier=True) if root else None
    compared = max((y for y in _kept_waves(root) if y < wave), default=None) if root else None
    proposals = tuple(_proposals(file, definitions, plan))
    changes = wording_changes(kept, dict(_questions(file, proposals))) if kept else []
    block = _block(file, definitions, wave, summaries, proposals, plan)
    return Inspection(file.place, wave, rows, file, summaries, proposals, tuple(changes), compared, block)


def _summaries(file: SurveyFile, staging: Staging) -> Iterator[ColumnSummary]:
    names = list(file.variables)
    for start in range(0, len(names), 200):  # a batch of columns: wide files stay small in memory
        batch = names[start : start + 200]
        raw = file.load(batch, staging)[0].collect()
        for name in batch:
            yield _summary(file.variables[name], raw[name])


def _summary(variable: Variable, cells: pl.Series) -> ColumnSummary:
    values = cells.drop_nulls()
    if values.dtype == pl.String:
        numeric = len(values) > 0 and values.str.contains(f"^(?:{_NUMBER.pattern})$").all()
        if numeric:
            values = values.str.replace(",", ".", literal=True).cast(pl.Float64)
    else:
        numeric = True
    missing = pl.zeros(len(values), pl.Boolean, eager=True)
    for low, high in variable.missing:
        if isinstance(low, float) == (values.dtype == pl.Float64):
            missing |= values.is_between(low, high)
    answers = values.filter(~missing)
    numbers = answers if numeric else answers.clear().cast(pl.Float64)
    return ColumnSummary(
        variable,
        len(answers),
        cells.null_count(),
        int(missing.sum()),
        answers.n_unique(),
        numbers.min(),
        numbers.max(),
        bool(numeric),
    )


@lru_cache(maxsize=100_000)
def _folded(text: str) -> tuple[str, frozenset[str]]:
    """A text without case and spare spaces, and its longer words."""
    folded = " ".join(text.casefold().replace("_", " ").split())
    return folded, frozenset(re.findall(r"\w{4,}", folded))


def _alike(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1, by difflib; case and spaces do not count."""
    (a, words), (b, others) = _folded(first), _folded(second)
    if not a or not b or min(len(a), len(b)) < 0.4 * max(len(a), len(b)):
        return 0.0
    if len(a) > 20 and not words & others:  # saves a file of thousands of columns most of the time
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE else 0.0


def _texts(item) -> list[str]:
    """The words an indicator, category or breakdown may be recognised by."""
    if hasattr(item, "definition"):
        return [item.name.nl, item.name.en, item.definition.nl, item.definition.en]
    return [item.nl, item.en]


def _nearest(texts: Iterable[str], choices: Mapping[str, Sequence[str]]) -> tuple[str | None, float]:
    """The choice that one of ``texts`` is most like, and how much; None below the threshold."""
    scores = {key: max((_alike(t, c) for t in texts for c in found), default=0) for key, found in choices.items()}
    best = max(scores, key=scores.get, default=None)
    return (best, scores[best]) if best is not None and scores[best] >= _ALIKE else (None, 0.0)


def _proposals(file: SurveyFile, d: Definitions, plan: ResponseFile | None) -> Iterator[Proposal]:
    wanted = {"population": None, **d.segments, **d.indicators}
    words = {name: [v.name, v.question] for name, v in file.variables.items()}
    grades: dict[str, str] = {}
    for name, item in wanted.items():
        texts = [name, "doelgroep", "populatie"] if item is None else [name, *_texts(item)]
        found = _as_before(file, name, plan)
        if not found and getattr(item, "categories", None):
            found = _several(file, name, item, words)
        found = found or _single(file, d, name, texts, words)
        if not found.columns and meanings_of(d, name):
            found = _banded(name, grades) or found
        if name not in d.indicators and isinstance(found.columns, str):
            words.pop(found.columns, None)  # who somebody is, is no answer to a question too
        elif d.indicators[name].unit == "grade" and isinstance(found.columns, str) and found.columns:
            grades[name] = found.columns
        yield found


def _banded(name: str, grades: Mapping[str, str]) -> Proposal | None:
    """A share in bands of a grade, known by its name: grade_band_chain is of grade_chain."""
    words = set(name.split("_"))
    of = max((g for g in grades if set(g.split("_")) < words), key=len, default=None)
    return Proposal(name, grades[of], {}, f"bands of {of}? say which marks are which category") if of else None


def _as_before(file: SurveyFile, name: str, plan: ResponseFile | None) -> Proposal | None:
    """The declared reading of ``name``, of this wave or the one before, if its columns are there."""
    if plan is None or name not in plan.columns:
        return None
    by_category = plan.columns[name]
    known = {key.casefold() for key in (*file.variables, *file.sets)}
    if any(column.casefold() not in known for column in chain.from_iterable(by_category.values())):
        return None
    parts = {c: list(columns) if len(columns) > 1 else columns[0] for c, columns in by_category.items()}
    columns = parts[""] if set(parts) == {""} else parts
    return Proposal(name, columns, dict(plan.meanings(name)), "as declared before")


def _several(file: SurveyFile, name: str, item, words: Mapping[str, list[str]]) -> Proposal | None:
    """A multiple response set, or one column a category."""
    named = {key: _texts(text) for key, text in item.categories.items()}
    for found in file.sets.values():
        labels = {column: [file.variables[column].question] for column in found.columns}
        if found.counted is None:
            labels = {code: [label] for code, label in file.variables[found.columns[0]].labels.items()}
        codes = {code: _meaning(text[0], named) for code, text in labels.items()}
        if len({v for v in codes.values() if v in named}) * 2 > len(named):
            return Proposal(name, found.name, codes, f"set: {found.label}")
    columns = {}
    for category, texts in named.items():
        both = [f"{start}: {text}" for start in (item.name.nl, item.name.en) for text in texts]
        best, _ = _nearest([*both, f"{name}_{category}"], words)
        if best:
            columns[category] = best
    if len(set(columns.values())) * 2 <= len(named):
        return None
    first = file.variables[next(iter(columns.values()))]
    return Proposal(name, columns, _asked(first, _codes_for(first.labels, {}, yes_no=True)), "questions")


def _single(file: SurveyFile, d: Definitions, name: str, texts: list[str], words) -> Proposal:
    best, score = _nearest(texts, words)
    if best is None:
        return Proposal(name, "", {}, "nothing in the file resembles it")
    labels = file.variables[best].labels
    why = f"question alike ({100 * score:.0f} %)"
    known = meanings_of(d, name)
    if name in d.segments or name == "population":
        declared = d.segments[name].values if name in d.segments else d.populations
        codes = _codes_for(labels, {key: _texts(text) for key, text in declared.items() if key != "total"})
    elif known and d.indicators[name].categories:
        codes = _codes_for(labels, {key: _texts(text) for key, text in d.indicators[name].categories.items()})
        if not set(codes.values()) & d.indicators[name].categories.keys():
            codes, why = {}, f"{why}; say which codes or ranges are which category"
    elif known:
        codes = _codes_for(labels, {}, yes_no=True)
    else:
        codes = {code: "missing" for code, label in labels.items() if _NO_ANSWER.search(label)}
    return Proposal(name, best, _asked(file.variables[best], codes), why)


def _asked(variable: Variable, codes: dict) -> dict:
    """``codes`` without those that the file itself calls missing."""
    return {k: v for k, v in codes.items() if not any(_within(_value(k), ends) for ends in variable.missing)}


def _codes_for(labels: Mapping[str, str], named: Mapping[str, list[str]], *, yes_no: bool = False) -> dict:
    words = {key: list(texts) for key, texts in (_YES_NO.items() if yes_no else named.items())}
    return {code: _meaning(label, words) for code, label in labels.items()}


def _meaning(label: str, named: Mapping[str, Sequence[str]]) -> str | None:
    """What a label says: one of ``named``, else no answer or something else, else unknown."""
    best, _ = _nearest([label], named)
    if best:
        return best
    if _NO_ANSWER.search(label):
        return "missing"
    return "other" if _OTHER.search(label) and "yes" not in named else None


def _questions(file: SurveyFile, proposals: Iterable[Proposal]) -> Iterator[tuple[str, Question]]:
    folded = {name.casefold(): name for name in (*file.variables, *file.sets)}
    for item in proposals:
        parts = item.columns if isinstance(item.columns, dict) else {"": item.columns}
        for category, column in parts.items():
            columns = [column] if isinstance(column, str) else column
            columns = [folded.get(c.casefold(), c) for c in columns if c]
            if not columns or category == "other":
                continue
            if columns[0] in file.sets:
                found = file.sets[columns[0]]
                yield item.name, Question(found.label, {}, found.columns)
                for member in found.columns:
                    variable, meaning = file.variables[member], item.codes.get(member)
                    if found.counted is not None and meaning not in (None, "other"):
                        yield f"{item.name}.{meaning}", Question(variable.question, variable.labels, (member,))
                continue
            variable = file.variables[columns[0]]
            key = f"{item.name}.{category}" if category else item.name
            yield key, Question(variable.question, variable.labels, tuple(columns))


# The proposal as TOML, and the report


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _toml(value) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _text(value)


def _remark(text: str) -> str:
    """A comment of one line: TOML knows no control characters there."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"  # {words[:100]}" if words else ""


def _block(file, d: Definitions, wave: int, summaries, proposals, plan: ResponseFile | None) -> str:
    """The wave's tables for data/waves.toml; what is not certain stands in a comment."""
    table = f"waves.{wave}.responses"
    lines = []
    if wave not in d.waves:
        lines += [
            f"[waves.{wave}]",
            f'name.nl = "meting {wave}"',
            f'name.en = "measurement of {wave}"',
            'bureau = ""  # fill in',
            'client.nl = ""  # fill in',
            'client.en = ""  # fill in',
            f'source = "bureau{wave}"  # a key of data/references.bib',
            "",
        ]
    lines += [f"[{table}]", f'source = "bureau{wave}"  # a key of data/references.bib']
    lines += [f"locator = {_toml(file.place.rsplit('/', 1)[-1])}", *_design_lines(summaries, plan)]
    if any(problem.code == "W105" for problem in file.problems):
        lines.append('encoding = "cp1252"  # the file says UTF-8')
    if plan and plan.missing:
        lines.append(f"missing = {_toml([_number_or_text(code) for code in plan.missing])}")
    lines += ["", f"[{table}.columns]"]
    for item in proposals:
        parts = item.columns.items() if isinstance(item.columns, dict) else [("", item.columns)]
        for category, column in parts:
            name = f"{item.name}.{category}" if category else item.name
            if not column:
                lines.append(f'# {name} = ""  # {item.why}')
                continue
            unsure = "# " if "say which" in item.why else ""
            known = file.variables.get(column) if isinstance(column, str) else None
            why = item.why if unsure or not known else known.question
            lines.append(f"{unsure}{name} = {_toml(column)}{_remark(why)}")
    for item in proposals:
        if item.codes and item.columns and "say which" not in item.why:
            lines += ["", f"[{table}.codes.{item.name}]", *_code_lines(file, item)]
    for name, rules in (plan.asked_if if plan else {}).items():
        conditions = ", ".join(
            f"{_key(c)} = {_toml([_number_or_text(code) for code in codes])}" for c, codes in rules.items()
        )
        lines += ["", f"[{table}.asked_if]"] if f"[{table}.asked_if]" not in lines else []
        lines.append(f"{name} = {{ {conditions} }}")
    for name, ends in (plan.ranges if plan else {}).items():
        lines += ["", f"[{table}.ranges]"] if f"[{table}.ranges]" not in lines else []
        lines.append(f"{name} = {_toml(ends)}")
    return "\n".join(lines) + "\n"


def _number_or_text(code: str) -> float | str:
    value = _value(code)
    return value if isinstance(value, float) and not code.strip().startswith("0") else code


def _design_lines(summaries: Sequence[ColumnSummary], plan: ResponseFile | None) -> Iterator[str]:
    names = {item.variable.name.casefold(): item.variable for item in summaries}
    for role, pattern in _ROLES.items():
        before = getattr(plan, role, None) if plan else None
        if role == "filter":
            yield from _filter_lines(summaries, pattern, before)
            continue
        columns = [before] if isinstance(before, str) else list(before or ()) if not isinstance(before, dict) else []
        if columns and all(column.casefold() in names for column in columns):
            yield f"{role} = {_toml(columns[0] if len(columns) == 1 else columns)}  # as declared before"
            continue
        found = [v for v in names.values() if re.search(pattern, v.name, re.I)]
        found = found or [v for v in names.values() if re.search(pattern, v.question, re.I)]
        if found:
            yield f"{role} = {_toml(found[0].name)}{_remark(found[0].question)}"


def _filter_lines(summaries: Sequence[ColumnSummary], pattern: str, before) -> Iterator[str]:
    if before:
        rules = ", ".join(f"{_key(c)} = {_toml([_number_or_text(x) for x in codes])}" for c, codes in before.items())
        yield f"filter = {{ {rules} }}  # as declared before"
        return
    for item in summaries:
        variable = item.variable
        if re.search(pattern, variable.name, re.I) or re.search(pattern, variable.question, re.I):
            yes = [code for code, label in variable.labels.items() if _meaning(label, _YES_NO) == "yes"]
            if yes:
                rule = f"{_key(variable.name)} = {_toml([_number_or_text(code) for code in yes])}"
                yield f"filter = {{ {rule} }}{_remark(variable.question)}"
                return


def _code_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    first = next(iter(item.columns.values())) if isinstance(item.columns, dict) else item.columns
    first = first if isinstance(first, str) else first[0]
    labels = file.variables[first].labels if first in file.variables else {}
    if first in file.sets:
        counted = file.sets[first].counted is not None
        members = file.sets[first].columns
        labels = {c: file.variables[c].question for c in members} if counted else file.variables[members[0]].labels
    for code, meaning in item.codes.items():
        if isinstance(meaning, dict):
            inner = ", ".join(f"{_key(c)} = {_toml(m)}" for c, m in meaning.items())
            yield f"{_key(code)} = {{ {inner} }}"
        elif meaning is None:
            yield f'# {_key(code)} = ""{_remark(labels.get(code, ""))}'
        else:
            yield f"{_key(code)} = {_toml(meaning)}{_remark(labels.get(code, ''))}"


def _report(found: Inspection) -> Iterator[str]:
    file = found.file
    yield f"{found.place}: {found.rows} rows, {len(found.columns)} columns, {file.encoding}"
    yield from (f"  {text}" for text in (file.title, *file.notes) if text)
    yield from map(str, (*file.problems, *file.notices))
    yield ""
    used: dict[str, list[str]] = {}
    for name, question in _questions(file, found.proposals):
        for column in question.columns:
            used.setdefault(column, []).append(name)
    yield f"{'column':<16} {'kind':<7} {'answers':>8} {'empty':>8} {'missing':>8}  values"
    ordered = sorted(found.columns, key=lambda item: item.variable.name not in used)
    for item in ordered[:_LISTED]:
        yield from _column_lines(item, used.get(item.variable.name, []))
    if len(ordered) > _LISTED:
        yield f"and {len(ordered) - _LISTED} other columns"
    for name, item in file.sets.items():
        what = f"chosen is {item.counted}" if item.counted is not None else "columns hold codes"
        yield f"{name}: multiple response set of {', '.join(item.columns)}; {what}; {item.label}"
    absent = [item.name for item in found.proposals if not item.columns]
    if absent:
        yield f"\nDeclared and not found: {', '.join(absent)}"
    if found.compared_with:
        yield f"\nChanged since {found.compared_with}: " + ("" if found.changes else "no question, no label")
        yield from (f"  {c.name}, {c.what}: “{c.before}” → “{c.after}”" for c in found.changes)
    yield "\nFor data/waves.toml, after a look at every line:\n"
    yield found.block


def _column_lines(item: ColumnSummary, used: list[str]) -> Iterator[str]:
    variable = item.variable
    kind = "number" if item.numeric and variable.kind != "date" else variable.kind
    values = f"{item.different} different"
    if item.numeric and variable.kind != "date" and item.low is not None:
        values = f"{item.low:g} to {item.high:g}"
        values += ", stored as text" if variable.kind == "text" else ""
    row = f"{variable.name:<16} {kind:<7} {item.answers:>8} {item.empty:>8} {item.missing:>8}  {values}"
    yield f"{row}  → {', '.join(used)}" if used else row
    if variable.question:
        yield f"{'':<16} {variable.question}"
    if 0 < len(variable.labels) <= _LISTED:
        labels = "; ".join(f"{code} {label}" for code, label in variable.labels.items())
        yield f"{'':<16} {labels}"


def _kept_waves(root: Path) -> list[int]:
    return [int(p.stem) for p in (root / "data" / "codebooks").glob("*.json") if p.stem.isdecimal()]
