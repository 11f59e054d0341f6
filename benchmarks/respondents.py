"""Estimates of 60 indicators × 30 groups from made-up respondents, beside the bare sums they need.

As a command: ``respondents.py estimate|bare FOLDER`` works through the Parquet files in a folder once.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path

import numpy as np
import polars as pl
from bench import HERE, Bench
from measure import command
from report import Target, lines, table

INDICATORS = 60
GROUPS = 30
CHUNK = 250_000
ROUTES = {"estimate": "wavebook.estimate", "bare": "bare Polars pass"}


def measure(bench: Bench) -> dict:
    """Seconds and memory of estimates and of the bare sums, by number of respondents."""
    sizes = (10_000, 100_000) if bench.quick else (10_000, 100_000, 1_000_000, 10_000_000)
    rows = []
    for people in (size for size in sizes if size <= bench.people):
        folder = make(bench.folder / f"people-{people}", people)
        for _ in range(bench.rounds if people < 10_000_000 else 1):
            for route in ROUTES:
                cost = command(["python", HERE / "respondents.py", route, folder], bench.folder, bench.env)
                bench.note(f"{people} respondents, {route}", cost)
        shutil.rmtree(folder)
        for route, name in ROUTES.items():
            costs = bench.costs[f"{people} respondents, {route}"]
            middle = {of: statistics.median(getattr(c, of) for c in costs) for of in ("wall", "cpu")}
            row = {"respondents": people, "route": name, "seconds": middle["wall"], "cpu": middle["cpu"]}
            rows.append(row | {"MiB": max(c.memory for c in costs)})
    return {"rows": rows}


def targets(found: dict) -> list[Target]:
    """Of the largest sample: a gigabyte of memory, and 1.5 times the bare sums."""
    ours, bare = found["rows"][-2:]
    gigabytes, times = ours["MiB"] * 2**20 / 1e9, ours["seconds"] / bare["seconds"]
    return [
        Target(f"{ours['respondents']:,} respondents", "1 GB", f"{gigabytes:.2f} GB", gigabytes < 1),
        Target("", "1.5 × the bare pass", f"{times:.2f} ×", times < 1.5),
    ]


def report(found: dict) -> str:
    """Seconds and memory by number of respondents."""
    rows = [
        [f"{r['respondents']:,}", r["route"], f"{r['seconds']:.2f}", f"{r['cpu']:.2f}", f"{r['MiB']:.0f}"]
        for r in found["rows"]
    ]
    return f"""## More respondents

{INDICATORS} indicators × {GROUPS} groups with errors and intervals, from Parquet, weights only; the *bare pass* makes
the same sums with Polars and nothing else. Both include starting Python. The respondents are made up.

![Seconds, by respondents](results/seconds.svg)

![Largest process in MiB, by respondents](results/memory.svg)

{table(["respondents", "", "s", "cpu s", "largest process, MiB"], rows)}"""


def plots(found: dict) -> dict[str, object]:
    """Seconds and memory by number of respondents, a line a route."""
    return {
        "seconds": lines(found["rows"], "respondents", "seconds", logarithmic=True),
        "memory": lines(found["rows"], "respondents", "MiB", logarithmic=True),
    }


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
