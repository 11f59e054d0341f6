"""The sums that estimates are made of, and nothing else, in the plainest way that each engine has.

As a command in a book's folder: ``bare.py streaming|in-memory|pandas``.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

INDICATORS = 60
NOBODY = 99  # the code of no answer
DESIGNS = {"weights": ("area",), "weights, strata and clusters": ("area", "stratum", "cluster")}


def streaming(root: Path) -> None:
    """The sums in one streaming pass."""
    rows, keys = _rows(root)
    print(rows.group_by(keys).agg(_sums("cluster" in keys)).collect(engine="streaming").shape)


def in_memory(root: Path) -> None:
    """The sums of a table that is loaded whole."""
    rows, keys = _rows(root)
    print(rows.group_by(keys).agg(_sums("cluster" in keys)).collect(engine="in-memory").shape)


def pandas(root: Path) -> None:
    """The sums of a table that is loaded whole, in pandas."""
    import pandas as pd

    rows, keys = _rows(root)
    frame = pd.DataFrame({column.name: column.to_numpy() for column in rows.collect()})
    w, products = frame.pop("weight"), {}
    for i in range(INDICATORS):
        y = frame.pop(f"q{i}")
        known = w.where(y.notna())
        products |= {f"n{i}": y.notna(), f"b{i}": known, f"a{i}": w * y, f"v{i}": w * y * y}
        if "cluster" not in keys:
            products |= {f"bb{i}": known * w, f"ab{i}": w * y * w, f"aa{i}": w * y * (w * y)}
    print(frame.assign(**products).groupby(list(keys)).sum().shape)


def _rows(root: Path) -> tuple[pl.LazyFrame, list[str]]:
    """The answers as the sums want them, and the columns to group by."""
    (path,) = (p for p in (root / "data" / "responses").glob("2016.*") if p.suffix != ".json")
    waves = (root / "data" / "waves.toml").read_text(encoding="utf-8")
    keys = list(DESIGNS["weights, strata and clusters" if "clusters =" in waves else "weights"])
    match path.suffix:
        case ".parquet":
            rows = pl.scan_parquet(path)
        case ".csv":
            rows = pl.scan_csv(path)
        case ".sav":
            from polars.io.plugins import register_io_source

            rows = register_io_source(lambda columns, *_: _read_sav(path, columns), schema=next(_read_sav(path)).schema)
    grades = (pl.col(f"q{i}") for i in range(INDICATORS))
    answers = (pl.when(grade != NOBODY).then(grade).cast(pl.Float64) for grade in grades)
    return rows.select(*keys, "weight", *answers), keys


def _read_sav(path: Path, columns: list[str] | None = None, step: int = 100_000) -> Iterator[pl.DataFrame]:
    import pyreadstat

    for start in itertools.count(0, step):
        frame, _ = pyreadstat.read_sav(path, row_offset=start, row_limit=step, usecols=columns, user_missing=True)
        yield pl.DataFrame({name: frame[name].to_numpy() for name in columns or frame})
        if len(frame) < step:
            return


def _sums(clustered: bool) -> list[pl.Expr]:
    """Counts, sums and squares; without clusters those of the respondents' own contributions too."""
    w, sums = pl.col("weight"), []
    for i in range(INDICATORS):
        y = pl.col(f"q{i}")
        known = pl.when(y.is_not_null()).then(w)
        terms = [known, w * y, w * y * y]
        terms += [] if clustered else [known * w, w * y * w, w * y * (w * y)]
        sums += [known.count().alias(f"n{i}"), *(term.sum().alias(f"s{i}-{k}") for k, term in enumerate(terms))]
    return sums


ROUTES = {"streaming": streaming, "in-memory": in_memory, "pandas": pandas}

if __name__ == "__main__":
    ROUTES[sys.argv[1]](Path.cwd())
