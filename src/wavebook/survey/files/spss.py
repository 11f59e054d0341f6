"""SPSS files: their labels, missing values and multiple response sets, and texts not in the declared encoding."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import polars as pl
import pyreadstat

from wavebook.core.spans import Span
from wavebook.survey.files import limits
from wavebook.survey.files.damage import foreign, not_utf8
from wavebook.survey.files.letters import is_utf8, mend, mended, spoilt_columns, spoilt_here_and_there, words
from wavebook.survey.files.scans import scan_parquet
from wavebook.survey.files.spss_size import measure
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, ResponseSet, SurveyFile, Variable
from wavebook.survey.files.values import from_seconds, plain, text_of, value_of

# Formats that SPSS counts in seconds: dates since the first day of the Gregorian calendar, times since midnight.
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS", "MOYR", "QYR", "WKYR")
_TIMES = ("TIME", "DTIME", "MTIME")
_MOMENTS = ("date", "time")


def open_sav(path: Path, place: str, encoding: str | None) -> SurveyFile:
    """An SPSS file with its dictionary; no answers have been read yet."""
    place_of_weight = measure(path)
    meta, encoding, problems, cut = _sav_metadata(path, place, encoding)
    variables = {}
    numbers = [name for name in meta.column_names if meta.readstat_variable_types[name] != "string"]
    weight = numbers[place_of_weight] if place_of_weight is not None and place_of_weight < len(numbers) else None
    for name in meta.column_names:
        if meta.readstat_variable_types[name] == "string":
            kind = "text"
        else:
            spss = (meta.original_variable_types[name] or "").rstrip("0123456789.")
            kind = "date" if spss in _DATES else "time" if spss in _TIMES else "number"
        variables[name] = Variable(
            name,
            kind,
            " ".join((meta.column_names_to_labels[name] or "").split()),
            {_label(code, kind): label for code, label in meta.variable_value_labels.get(name, {}).items()},
            tuple(
                _ends(ends["lo"], ends["hi"], kind) if isinstance(ends, dict) else _ends(ends, ends, kind)
                for ends in meta.missing_ranges.get(name, [])
            ),
            name == weight,
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

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        texts = [name for name in columns if variables[name].kind == "text"]
        kinds = {name: variables[name].kind for name in columns}
        with foreign(place):
            spoilt = _not_utf8_texts(path, meta, texts) if texts and encoding is None else []
            mend = bool(spoilt or cut)
            frame = _sav_frame(path, meta, kinds, encoding, staging, mend=mend)
        wrong = [name for name in columns if name in cut or name in spoilt]
        return frame, [not_utf8(place, wrong)] if wrong else []

    notes = tuple(meta.notes or ())
    title = meta.file_label or ""
    return SurveyFile(place, variables, load, sets, title, notes, meta.file_encoding or "UTF-8", problems=problems)


def _code(raw: float | str, kind: str) -> float | str:
    """A code of a column as its cells are loaded: dates and times as texts."""
    if kind in _MOMENTS and not isinstance(raw, str):
        return pl.select(from_seconds(pl.lit(float(raw)), kind)).item() or ""
    return value_of(raw)


def _ends(low: float | str, high: float | str, kind: str) -> Span:
    first, last = _code(low, kind), _code(high, kind)
    if isinstance(first, str) or isinstance(last, str):
        return text_of(first), text_of(last)
    return first, last


def _label(code: float | str, kind: str) -> str:
    return text_of(_code(code, kind) if kind in _MOMENTS else code)


def _sav_metadata(path: Path, place: str, encoding: str | None):
    """Metadata, the encoding to read with (None: as declared in the file), W105 when nothing in the file keeps to it,
    and the columns that do not where others do.

    ReadStat silently cuts a text at bytes that are not UTF-8, so texts are checked byte by byte.
    """

    def read(chosen: str | None):
        read = pyreadstat.read_sav(
            path, encoding=chosen, metadataonly=True, user_missing=True, disable_datetime_conversion=True
        )
        return read[1]

    if encoding:
        return read(encoding), encoding, (), set()
    try:
        meta = read(None)
        if (meta.file_encoding or "").upper() != "UTF-8" or all(map(is_utf8, words(read("ISO-8859-1")))):
            return meta, None, (), set()
    except pyreadstat.ReadstatError as error:
        if "encoding" not in str(error):
            raise
    latin = read("ISO-8859-1")
    if spoilt_here_and_there(latin):
        spoilt = spoilt_columns(latin)
        return mend(latin), None, (), spoilt
    return read("WINDOWS-1252"), "WINDOWS-1252", (not_utf8(place),), set()


def _not_utf8_texts(path: Path, meta, names: list[str]) -> list[str]:
    """The columns with texts that are not UTF-8, in a file that declares UTF-8."""
    if (meta.file_encoding or "").upper() != "UTF-8":
        return []
    raw = pyreadstat.read_sav(path, metadataonly=True, encoding="ISO-8859-1")[1].column_names
    named = {raw[meta.column_names.index(name)]: name for name in names}
    beyond_ascii = pl.all().filter(pl.all().str.contains(r"[^\x00-\x7f]")).unique().implode()
    spoilt = {
        named[column.name]
        for part in _sav_parts(path, dict.fromkeys(named, "text"), "ISO-8859-1", _step(meta, names), whole=True)
        for column in part.select(beyond_ascii)
        if not all(map(is_utf8, column.item()))
    }
    return [name for name in names if name in spoilt]


def _sav_frame(
    path, meta, kinds: Mapping[str, str], encoding: str | None, staging: Staging, *, mend: bool = False
) -> pl.LazyFrame:
    """The columns, from memory if they are one part, else from parts in the staging folder.

    ``mend`` reads bytes that are not all UTF-8, and makes of each text what it is meant to be.
    """
    step = _step(meta, kinds)
    parts = _mended_parts(path, meta, kinds, step) if mend else _sav_parts(path, kinds, encoding, step)
    for number, part in enumerate(parts):
        if number == 0 and part.height < step:
            return part.lazy()
        part.write_parquet(staging.folder / f"part-{number:06}.parquet")
    return scan_parquet(sorted(staging.folder.glob("part-*.parquet")))


def _mended_parts(path, meta, kinds: Mapping[str, str], step: int) -> Iterator[pl.DataFrame]:
    raw = pyreadstat.read_sav(path, metadataonly=True, encoding="ISO-8859-1")[1].column_names
    latin = {raw[meta.column_names.index(name)]: name for name in kinds}
    read = {old: kinds[name] for old, name in latin.items()}
    cells = _cells(kinds)
    for part in _sav_parts(path, read, "ISO-8859-1", step, whole=True):
        texts = {
            name: pl.Series(name, [text and mended(text) for text in part[old]], pl.String)
            for old, name in latin.items()
            if kinds[name] == "text"
        }
        yield part.rename(latin).with_columns(**texts).with_columns(_moments(kinds)).select(cells)


def _cells(kinds: Mapping[str, str]) -> list[pl.Expr]:
    return plain({name: pl.Float64() if kind == "number" else pl.String() for name, kind in kinds.items()})


def _moments(kinds: Mapping[str, str]) -> list[pl.Expr]:
    return [from_seconds(pl.col(name), kind).alias(name) for name, kind in kinds.items() if kind in _MOMENTS]


def _step(meta, names: Iterable[str]) -> int:
    """Rows of these columns to read at a time."""
    return max(1, limits.IN_MEMORY // 2 // sum(max(8, meta.variable_storage_width[name]) for name in names))


def _sav_parts(
    path, kinds: Mapping[str, str], encoding: str | None, step: int, *, whole: bool = False
) -> Iterator[pl.DataFrame]:
    """The columns, ``step`` rows at a time; the last part has fewer, or none.

    ``whole`` leaves texts as they are: the last byte of a letter, as of à, may look like a blank in another encoding.

    Only pyreadstat's frames for pandas hold numbers as numbers while they are read: its others take three times the
    memory and half as much time again.
    """
    numbers = [name for name, kind in kinds.items() if kind != "text"]
    others = [name for name, kind in kinds.items() if kind == "text"]
    cells, moments = _cells(kinds), _moments(kinds)
    for offset in itertools.count(0, step):
        found: dict[str, pl.Series] = {}
        if others:
            texts = pyreadstat.read_sav(
                path,
                usecols=others,
                output_format="polars",
                user_missing=True,
                encoding=encoding,
                row_offset=offset,
                row_limit=step,
            )[0]
            if isinstance(texts, pl.DataFrame):
                found |= {name: column.cast(pl.String) for name, column in texts.to_dict().items()}  # null if empty
        if numbers:
            frame = pyreadstat.read_sav(
                path,
                usecols=numbers,
                output_format="pandas",
                user_missing=True,
                encoding=encoding,
                row_offset=offset,
                row_limit=step,
                disable_datetime_conversion=True,
            )[0]
            if isinstance(frame, pd.DataFrame):
                arrays = {name: frame[name].to_numpy() for name in numbers}
                del frame  # taking columns out of it one by one takes the square of their number
                found |= {name: pl.Series(name, arrays.pop(name), pl.Float64) for name in numbers}
        part = pl.DataFrame({name: found[name] for name in kinds})
        yield part if whole else part.with_columns(moments).select(cells)
        if part.height < step:
            return
