"""Parquet files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from wavebook.survey.files import limits
from wavebook.survey.files.scans import scan_parquet
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable, question_in
from wavebook.survey.files.values import kind_of, plain


def open_parquet(path: Path, place: str) -> SurveyFile:
    """A Parquet file; no answers have been read yet."""
    scan = scan_parquet([path])
    schema = scan.collect_schema()
    limits.check_width(len(schema))
    if (rows := scan.select(pl.len()).collect().item()) > limits.ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {limits.ROWS:,} are read")
    variables = {name: Variable(name, kind_of(kind), question_in(name)) for name, kind in schema.items()}

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        return scan.select(plain({name: schema[name] for name in columns})), []

    return SurveyFile(place, variables, load)
