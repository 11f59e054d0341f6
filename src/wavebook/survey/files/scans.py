"""The only way to open a file with Polars, which would take a name with [, ? or * for a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl


class Layout(NamedTuple):
    """The layout of a text file: the separator of fields, the names of its columns, the lines above the answers."""

    mark: str
    header: list[str]
    above: int


def scan_parquet(paths: Sequence[Path]) -> pl.LazyFrame:
    """The rows of these Parquet files."""
    return pl.scan_parquet(list(paths), glob=False, hive_partitioning=False)


def scan_csv(path: Path, layout: Layout, numbers: Sequence[str] = ()) -> pl.LazyFrame:
    """The rows of a text file, all as texts except these columns of ``numbers``."""
    kinds: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(numbers, pl.Float64())
    return pl.scan_csv(
        path,
        glob=False,
        infer_schema=False,
        schema_overrides=kinds or None,
        separator=layout.mark,
        has_header=False,
        new_columns=layout.header,
        skip_lines=layout.above,
    )
