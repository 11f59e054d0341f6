"""Estimates of 60 indicators × 30 groups from made-up respondents, beside the bare sums they need.

As a command: ``respondents.py estimate|bare FOLDER`` works through the Parquet files in a folder once.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

INDICATORS = 60
GROUPS = 30
CHUNK = 250_000


def make(folder: Path, people: int) -> Path:
    """Grades of 1 to 10 with one in twenty missing, a weight and a group, in files of ``CHUNK`` people."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(people)
    for number, start in enumerate(range(0, people, CHUNK)):
        size = min(CHUNK, people - start)
        columns = {"weight": random.uniform(0.5, 2, size), "group": random.integers(0, GROUPS, size, dtype=np.int8)}
        for i in range(INDICATORS):
            grades = pl.Series(random.integers(1, 11, size, dtype=np.int8))
            columns[f"q{i}"] = grades.set(pl.Series(random.random(size) < 0.05), None)
        pl.DataFrame(columns).write_parquet(folder / f"{number:03}.parquet")
    return folder


def estimate(folder: Path) -> int:
    """Means with errors and intervals, for everyone and for each group: the rows made."""
    from wavebook.estimate import Design, Mean
    from wavebook.estimate import estimate as estimates

    rows = pl.scan_parquet(folder / "*.parquet")
    means = [Mean(f"q{i}", f"q{i}") for i in range(INDICATORS)]
    return estimates(rows, Design(weight="weight"), means, ["group"]).height


def bare(folder: Path) -> int:
    """The sums that those estimates are made of, in one plain streaming pass: the rows made."""
    w, sums = pl.col("weight"), []
    for i in range(INDICATORS):
        y = pl.col(f"q{i}").cast(pl.Float64)
        known = pl.when(y.is_not_null()).then(w)
        terms = (known, known * w, w * y, w * y * y, w * w * y, (w * y) ** 2)
        sums += [known.count().alias(f"n{i}"), *(term.sum().alias(f"s{i}-{k}") for k, term in enumerate(terms))]
    return pl.scan_parquet(folder / "*.parquet").group_by("group").agg(sums).collect(engine="streaming").height


if __name__ == "__main__":
    print({"estimate": estimate, "bare": bare}[sys.argv[1]](Path(sys.argv[2])))
