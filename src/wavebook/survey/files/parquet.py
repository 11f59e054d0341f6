"""Parquet files, measured before they are read: a few bytes of one can stand for any number of cells and letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import polars as pl
from polars.datatypes import DataTypeClass

from wavebook.survey.files import limits
from wavebook.survey.files.parquet_size import Size, measure
from wavebook.survey.files.scans import scan_parquet
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable, question_in
from wavebook.survey.files.values import kind_of, plain

_PACKED = 100  # letters that a byte of a file of answers stands for at most, where there are many
_LISTED = 4  # values in lists that it does


def open_parquet(path: Path, place: str) -> SurveyFile:
    """A Parquet file; no answers have been read yet."""
    said = measure(path)
    scan = scan_parquet([path])
    schema = scan.collect_schema()
    limits.check_width(len(schema))
    if (rows := scan.select(pl.len()).collect().item()) > limits.ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {limits.ROWS:,} are read")
    variables = {name: Variable(name, kind_of(kind), question_in(name)) for name, kind in schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        wanted = {name: schema[name] for name in columns}
        _check_size(said, wanted, path.stat().st_size)
        _measure(scan, wanted, path.stat().st_size)
        return scan.select(plain(wanted)), []

    return SurveyFile(place, variables, load)


def _check_size(said: Size, columns: Collection[str], size: int) -> None:
    """Raise OSError for columns that unpack to more than the ``size`` of their file can hold of answers."""
    for name in columns:
        if (values := said.nested.get(name, 0)) > max(limits.LISTED, _LISTED * size):
            raise OSError(f"in its column {name}, lists hold {values:,} values")
        if (total := said.unpacked.get(name, 0)) > _most(size):
            raise OSError(f"its column {name} unpacks to {total // 10**6:,} MB")


def _measure(scan: pl.LazyFrame, columns: Mapping[str, pl.DataType], size: int) -> None:
    """Raise OSError for texts that take far more than the ``size`` of their file: one that is repeated."""
    counts = {name: sizes for name, kind in columns.items() if (sizes := letters(pl.col(name), kind)) is not None}
    if not counts:
        return
    totals = scan.select(**{name: count.cast(pl.UInt64).sum() for name, count in counts.items()})
    for name, total in totals.collect(engine="streaming").row(0, named=True).items():
        if total > _most(size):
            raise OSError(f"in its column {name}, texts take {total // 10**6:,} MB")


def _most(size: int) -> int:
    """The bytes that answers in one column of a file of this ``size`` take at most."""
    return max(limits.TEXTS, _PACKED * size)


def letters(cell: pl.Expr, kind: pl.DataType | DataTypeClass) -> pl.Expr | None:
    """The bytes of the texts in a cell; None where it is read as none."""
    if isinstance(kind, pl.List):
        inner = letters(pl.element(), kind.inner)
        return None if inner is None else cell.list.eval(inner).list.sum()
    if kind in (pl.Categorical, pl.Enum):
        return cell.cat.len_bytes()
    return cell.str.len_bytes() if kind == pl.String else None
