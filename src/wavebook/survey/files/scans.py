"""The only way to open a file with Polars, which would take a name with [, ? or * for a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl


class Layout(NamedTuple):
    """The layout of a text file: the separator of fields, the names of its columns, the lines above the answers.

    ``top`` is the line of names as it stands. Of the lines below, at most ``rows`` are answers, without empty ones if
    there are any, and without those that repeat the ``names`` of columns. In a file that is not ``quoted`` a quotation
    mark is a letter as any other.
    """

    mark: str
    header: list[str]
    above: int
    top: str = ""
    rows: int | None = None
    empty: bool = False
    names: tuple[str, ...] = ()
    quoted: bool = True


def scan_parquet(paths: Sequence[Path]) -> pl.LazyFrame:
    """The rows of these Parquet files."""
    return pl.scan_parquet(list(paths), glob=False, hive_partitioning=False)


def scan_csv(path: Path, layout: Layout, numbers: Sequence[str] = ()) -> pl.LazyFrame:
    """The rows of a text file, all as texts except these columns of ``numbers``."""
    kinds: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(numbers, pl.Float64())
    scan = pl.scan_csv(
        path,
        glob=False,
        infer_schema=False,
        schema_overrides=kinds or None,
        separator=layout.mark,
        quote_char='"' if layout.quoted else None,
        has_header=False,
        new_columns=layout.header,
        skip_lines=layout.above,
        n_rows=layout.rows,
    )
    if layout.empty:
        filled = (pl.col(n).is_not_null() if n in kinds else pl.col(n).str.contains(r"\S") for n in layout.header)
        scan = scan.filter(pl.any_horizontal(*filled).fill_null(False))
    if layout.names:
        same = (_text(name).eq_missing(pl.lit(said)) for name, said in zip(layout.header, layout.names, strict=True))
        scan = scan.filter(~pl.all_horizontal(*same))
    return scan


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("")
