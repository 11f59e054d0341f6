"""The tables book of a large survey: time and memory, and the part of it that only reads the figures."""

from __future__ import annotations

import sys
import zipfile

from bench import ROOT, Bench, costs
from measure import Cost, Spread, command
from report import Target, cpu, spread, table
from tables import LOAD

SIZES = {"30 indicators × 5 breakdowns": (30, 5), "300 indicators × 20 breakdowns": (300, 20)}
LARGEST = "300 indicators × 20 breakdowns"
BOOK = "tables book"


def measure(bench: Bench) -> dict:
    """Each size: loading figures and correlations, and the whole tables book with an earlier wave."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    import crosstabs

    files = {}
    for name, (indicators, breakdowns) in SIZES.items():
        if bench.quick and name == LARGEST:
            continue
        root = crosstabs.make(bench.folder / str(indicators), indicators=indicators, breakdowns=breakdowns)
        for _ in range(bench.rounds):
            bench.note(f"{name}, load", command([sys.executable, "-c", LOAD], root, bench.env))
            bench.note(f"{name}, {BOOK}", command(["wavebook", "tables", "--since", "previous"], root, bench.env))
        (made,) = (root / "_build" / "tables").glob("*.xlsx")
        with zipfile.ZipFile(made) as book:
            cells = sum(book.read(sheet).count(b"<c ") for sheet in book.namelist() if "/worksheets/" in sheet)
        rows = sum(1 for path in (root / "data" / "figures").glob("*.csv") for _ in path.open()) - len(crosstabs.YEARS)
        (kept,) = (root / "data" / "correlations").glob("*.csv")
        pairs = sum(1 for _ in kept.open()) - 1
        files[name] = {"bytes": made.stat().st_size, "cells": cells, "figures": rows, "pairs": pairs}
    return {"costs": bench.taken(), "files": files}


def report(found: dict) -> str:
    """Seconds and memory by size and work, and how large the workbooks are."""
    taken = costs(found["costs"])
    rows = [[name, spread(of), spread(of, cpu), f"{_memory(of):.0f}"] for name, of in taken.items()]
    sizes = "; ".join(
        f"{name}: {of['figures']:,} figures and {of['pairs']:,} correlations give {of['cells']:,} cells in "
        f"{of['bytes'] / 1e6:.1f} MB"
        for name, of in found["files"].items()
    )
    return f"""## Tables books

Made-up figures as of a million respondents in two waves; each breakdown has eight segments, and a third of the
indicators five answers. `wavebook tables --since previous` reads the figures, compares every two segments of each
breakdown and the two waves, and writes the workbook; *load* only reads. Times are of a whole process, with the start of
Python. {sizes}.

{table(["", "s", "cpu s", "MB"], rows)}"""


def targets(found: dict) -> list[Target]:
    """What was to be reached with the largest."""
    size = LARGEST if LARGEST in found["files"] else next(iter(found["files"]))
    made = costs(found["costs"])[f"{size}, {BOOK}"]
    return [
        Target(
            f"{size}, {BOOK}", "60 s of a processor", f"{spread(made, cpu)} s", Spread.of(map(cpu, made)).median <= 60
        ),
        Target("", "500 MB", f"{_memory(made):.0f} MB", _memory(made) <= 500),
    ]


def _memory(taken: list[Cost]) -> float:
    return max(cost.memory * 2**20 / 1e6 for cost in taken)
