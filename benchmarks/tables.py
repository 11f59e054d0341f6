"""A table of a hundred thousand figures, and one of a million: what loading, building and building again cost."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from bench import ROOT, Bench, costs
from measure import Spread, command
from report import Target, cpu, spread, table

LOAD = "from pathlib import Path; from wavebook.figures import load; load(Path('.'))"
SIZES = {"68,641 figures": (342, 40), "a million figures": (5000, 40)}  # towns and indicators, in five waves
LARGEST = "a million figures"


def measure(bench: Bench) -> dict:
    """Loading at both sizes; a build, one with nothing to do, and the largest page at the smaller one."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    import large

    small, pages = next(iter(SIZES)), {}
    for name, (towns, indicators) in SIZES.items():
        if bench.quick and name == LARGEST:
            continue
        root = large.make(bench.folder / name.replace(" ", "-"), towns=towns, indicators=indicators)
        for _ in range(bench.rounds):
            bench.note(f"load {name}", command([sys.executable, "-c", LOAD], root, bench.env))
        if name == small:
            bench.note("build", bench.wavebook(root))
            for _ in range(bench.rounds):
                bench.note("nothing changed", bench.wavebook(root))
            pages = {"largest": max(map(_compressed, (root / "_build" / "html").rglob("*.html")))}
    return {"costs": bench.taken(), **pages}


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def report(found: dict) -> str:
    """Seconds and memory by size, and the largest page."""
    rows = [
        [name, spread(of), spread(of, cpu), f"{max(cost.memory for cost in of):.0f}"]
        for name, of in costs(found["costs"]).items()
    ]
    return f"""## Large tables

Made-up figures of towns, 40 indicators, five waves. Times are of a whole process, with the start of Python; a build and
one with nothing to do are of the smaller table. Its largest page has {found["largest"] / 1000:.0f} KB, compressed.

{table(["", "s", "cpu s", "MiB"], rows)}"""


def targets(found: dict) -> list[Target]:
    """What was to be reached at a million figures, and with nothing to do."""
    taken = costs(found["costs"])
    load, nothing = taken.get(f"load {LARGEST}", []), taken["nothing changed"]
    aimed = [
        Target("every page of figures", "≤ 100 KB", f"{found['largest'] / 1000:.0f} KB", found["largest"] <= 100_000),
        Target(
            "a large table, nothing changed",
            "≤ 0.3 s of a processor",
            f"{spread(nothing, cpu)} s",
            Spread.of(map(cpu, nothing)).median <= 0.3,
        ),
    ]
    if load:
        seconds, most = Spread.of(map(cpu, load)).median, max(cost.memory for cost in load)
        aimed.append(Target("a million figures, load", "≤ 3 s of a processor", f"{spread(load, cpu)} s", seconds <= 3))
        aimed.append(Target("the same, memory", "≤ 500 MB", f"{most * 1.048576:.0f} MB", most * 1.048576 <= 500))
    return aimed
