"""The values in cells of a respondent file: numbers, or texts; dates, times and lists are texts in one format."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import overload

import polars as pl

from wavebook.core.moments import Moment
from wavebook.core.spans import Span
from wavebook.survey.files.folding import folded_cells

NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")
PLAIN_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_GREGORIAN = datetime.datetime(1582, 10, 14)  # the origin of SPSS's seconds for a date

Raw = float | str | None


@overload
def value_of(raw: float | str) -> float | str: ...


@overload
def value_of(raw: None) -> None: ...


def value_of(raw: Raw) -> Raw:
    """The value in a cell: a number, even if stored as a text such as 01 or 0,5; else the text."""
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else text


def text_of(value) -> str:
    """A code as text: 7 for 7.0, a date as 2016-09-01, a moment as 2016-09-01 14:30:00."""
    if isinstance(value, int | float):
        return f"{float(value):.15g}"
    return str(value).strip()


def within(value: Raw, ends: Span | tuple[Moment, Moment]) -> bool:
    """Tell whether a value lies in a range of its own kind: a text is in no range of numbers."""
    low, high = ends
    if isinstance(value, str) and isinstance(low, str) and isinstance(high, str):
        return low <= value <= high
    if isinstance(value, int | float) and isinstance(low, int | float) and isinstance(high, int | float):
        return type(value) is type(low) and low <= value <= high
    return False


def only(value: float | str) -> Span:
    """The range of one value."""
    if isinstance(value, str):
        return value, value
    return value, value


def since_midnight(time: datetime.time | datetime.timedelta) -> datetime.timedelta:
    """A time of day, or a length of time, as a length."""
    if isinstance(time, datetime.timedelta):
        return time
    clock = {"hours": time.hour, "minutes": time.minute, "seconds": time.second, "microseconds": time.microsecond}
    return datetime.timedelta(**clock)


def kind_of(kind: pl.DataType) -> str:
    """The name of a column type in messages: numbers, dates, times or texts."""
    if kind.is_numeric() or kind == pl.Boolean:
        return "number"
    if kind == pl.Duration or kind == pl.Time:
        return "time"
    return "date" if kind.is_temporal() else "text"


def plain(schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    """Every column as numbers, or as text as it looks, without blanks around it; empty cells are null."""
    cells = []
    for name, kind in schema.items():
        if kind.is_integer():
            cells.append(pl.col(name))
        elif kind.is_numeric() or kind in (pl.Boolean, pl.Null):
            cells.append(pl.col(name).cast(pl.Float64).fill_nan(None))
        elif kind.is_temporal():
            cells.append(_written(pl.col(name), kind).alias(name))
        elif kind.is_nested() or kind == pl.Binary:
            cells.append(_listed(pl.col(name), kind).alias(name))
        else:
            text = folded_cells(pl.col(name).cast(pl.String).str.strip_chars())
            cells.append(pl.when(text != "").then(text).alias(name))
    return cells


def from_seconds(seconds: pl.Expr, kind: str) -> pl.Expr:
    """A number of seconds from SPSS as text: a day, a day with its time, or a time, perhaps of more than a day."""
    micros: pl.Expr = pl.when(seconds.is_finite()).then(seconds)
    if kind == "date":
        offset = (_GREGORIAN - datetime.datetime(1970, 1, 1)).total_seconds()
        micros = ((micros + offset) * 1e6).round().cast(pl.Int64, strict=False)
        return _written(micros.cast(pl.Datetime("us")), pl.Datetime("us"))
    return _written((micros * 1e6).round().cast(pl.Int64, strict=False).cast(pl.Duration("us")), pl.Duration("us"))


def seconds_in(times: pl.Expr) -> pl.Expr:
    """The seconds in lengths of time such as 26:30:00 or 8:30 (hours first); null for any other text."""
    parts = times.str.extract_groups(r"^(-?)([0-9]{1,6}):([0-5]?[0-9])(?::([0-5]?[0-9](?:\.[0-9]+)?))?$")
    hours, minutes, seconds = (parts.struct.field(str(i)).cast(pl.Float64, strict=False) for i in (2, 3, 4))
    length = hours * 3600 + minutes * 60 + seconds.fill_null(0)
    return pl.when(parts.struct.field("1") == "-").then(-length).otherwise(length)


def _written(moment: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Dates and times as ISO 8601 writes them, by the clock of their own zone; a duration as 26:30:00."""
    if kind == pl.Datetime:
        moment = moment.dt.replace_time_zone(None).cast(pl.Datetime("us"))
        day, at = moment.dt.strftime("%Y-%m-%d"), moment.dt.strftime("%Y-%m-%d %H:%M:%S%.f")
        return pl.when(moment == moment.dt.truncate("1d")).then(day).otherwise(at)
    if kind == pl.Duration or kind == pl.Time:
        micros = moment.cast(pl.Duration("us")).cast(pl.Int64)
        length = micros.abs()
        parts = [length // 3_600_000_000, length // 60_000_000 % 60, length // 1_000_000 % 60]
        clock = pl.concat_str([part.cast(pl.String).str.zfill(2) for part in parts], separator=":")
        rest = length % 1_000_000
        fraction = pl.when(rest > 0).then("." + rest.cast(pl.String).str.zfill(6)).otherwise(pl.lit(""))
        return pl.when(micros < 0).then(pl.lit("-")).otherwise(pl.lit("")) + clock + fraction
    return moment.cast(pl.String)


def _listed(cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A cell that holds several values, as one text with ``;`` between them; null where it holds none.

    The mark within a value becomes a comma, or one answer would be two.
    """
    if isinstance(kind, pl.List | pl.Array) and not kind.inner.is_nested():
        value = pl.element().cast(pl.String).str.replace_all(";", ",", literal=True).str.strip_chars()
        cells = cell.cast(pl.List(kind.inner)).list.eval(folded_cells(value))
        texts = cells.list.eval(pl.element().filter(pl.element() != ""))
        return pl.when(texts.list.len() > 0).then(texts.list.join(";"))
    return pl.when(cell.is_not_null()).then(pl.lit(f"a {str(kind).split('(')[0].lower()}"))
