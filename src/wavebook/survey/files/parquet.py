"""Parquet files, measured before they are read: a few bytes of one can stand for any number of cells and letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import polars as pl

from wavebook.survey.files import limits
from wavebook.survey.files.scans import scan_parquet
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable, question_in
from wavebook.survey.files.values import kind_of, plain

_PACKED = 100  # letters that a byte of a file of answers stands for at most, where there are many


def open_parquet(path: Path, place: str) -> SurveyFile:
    """A Parquet file; no answers have been read yet."""
    scan = scan_parquet([path])
    schema = scan.collect_schema()
    limits.check_width(len(schema))
    if (rows := scan.select(pl.len()).collect().item()) > limits.ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {limits.ROWS:,} are read")
    if (cells := rows * len(schema)) > limits.MOST_CELLS:
        raise OSError(f"it says that it has {cells:,} cells, and at most {limits.MOST_CELLS:,} are read")
    variables = {name: Variable(name, kind_of(kind), question_in(name)) for name, kind in schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        wanted = {name: schema[name] for name in columns}
        _measure(scan, wanted, path.stat().st_size)
        return scan.select(plain(wanted)), []

    return SurveyFile(place, variables, load)


def _measure(scan: pl.LazyFrame, columns: Mapping[str, pl.DataType], size: int) -> None:
    """Raise OSError for texts or lists that take far more than the ``size`` of their file: one that is repeated."""
    counts = {
        name: pl.col(name).str.len_bytes() if kind == pl.String else pl.col(name).list.len()
        for name, kind in columns.items()
        if kind == pl.String or isinstance(kind, pl.List)
    }
    if not counts:
        return
    totals = scan.select(**{name: count.cast(pl.UInt64).sum() for name, count in counts.items()})
    found = totals.collect(engine="streaming").row(0, named=True)
    for name, total in found.items():
        texts = columns[name] == pl.String
        most = max(limits.LETTERS, _PACKED * size) if texts else limits.CELLS
        if total > most:
            what = f"texts take {total // 10**6:,} MB" if texts else f"lists hold {total:,} values"
            raise OSError(f"in its column {name}, {what}")
