"""A table of a hundred thousand figures, and one of a million: what loading, building and building again cost."""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path

from bench import ROOT, Bench, costs
from measure import Cost, Spread, command
from report import Target, cpu, spread, table

LOAD = "from pathlib import Path; from wavebook.figures import load; load(Path('.'))"
SIZES = {"68,641 figures": (342, 40), "1,000,215 figures": (5000, 40)}  # towns and indicators, in five waves
LARGEST = "1,000,215 figures"


def measure(bench: Bench) -> dict:
    """Each size: loading, loading what was loaded before, a build, one with nothing to do, and the largest page."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    import large

    pages = {}
    for name, (towns, indicators) in SIZES.items():
        if bench.quick and name == LARGEST:
            continue
        root = large.make(bench.folder / str(towns), towns=towns, indicators=indicators)
        command([sys.executable, "-c", LOAD], root, bench.env)  # compiles the modules
        for _ in range(bench.rounds):
            shutil.rmtree(root / "_build", ignore_errors=True)
            for again in ("load", "load again"):
                bench.note(f"{name}, {again}", command([sys.executable, "-c", LOAD], root, bench.env))
        shutil.rmtree(root / "_build", ignore_errors=True)
        bench.note(f"{name}, build", bench.wavebook(root))
        for _ in range(bench.rounds):
            bench.note(f"{name}, nothing changed", bench.wavebook(root))
        sizes = [_compressed(path) for path in (root / "_build" / "html").rglob("*.html")]
        pages[name] = {"count": len(sizes), "largest": max(sizes)}
    return {"costs": bench.taken(), "pages": pages}


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def report(found: dict) -> str:
    """Seconds and memory by size and work, and the largest page."""
    rows = [[name, spread(of), spread(of, cpu), _memory(of)] for name, of in costs(found["costs"]).items()]
    pages = "; ".join(
        f"{name}: {of['count']:,} pages, the largest {_kilobytes(of)}" for name, of in found["pages"].items()
    )
    return f"""## Large tables

Made-up figures of towns, 40 indicators, five waves, one language. Times are of a whole process, with the start of
Python; the memory is that of its largest moment, without the processes that it starts. *Load again* is another process
that loads what an earlier one checked. Compressed, {pages}.

{table(["", "s", "cpu s", "MB"], rows)}"""


def targets(found: dict) -> list[Target]:
    """What was to be reached at a million figures."""
    taken, largest = costs(found["costs"]), max(found["pages"].values(), key=lambda of: of["largest"])
    size = LARGEST if LARGEST in found["pages"] else next(iter(found["pages"]))
    load, nothing = taken[f"{size}, load"], taken[f"{size}, nothing changed"]
    return [
        Target(f"{size}, load", "3 s of a processor", f"{spread(load, cpu)} s", _median(load) <= 3),
        Target("", "500 MB", f"{_memory(load)} MB", max(map(_megabytes, load)) <= 500),
        Target(
            f"{size}, nothing changed", "0.3 s of a processor", f"{spread(nothing, cpu)} s", _median(nothing) <= 0.3
        ),
        Target(
            "each page of a site with these", "100 KB", f"at most {_kilobytes(largest)}", largest["largest"] <= 100_000
        ),
    ]


def _median(taken: list[Cost]) -> float:
    return Spread.of(map(cpu, taken)).median


def _megabytes(cost: Cost) -> float:
    return cost.memory * 2**20 / 1e6


def _memory(taken: list[Cost]) -> str:
    return f"{max(map(_megabytes, taken)):.0f}"


def _kilobytes(of: dict[str, int]) -> str:
    return f"{of['largest'] / 1000:.0f} KB"
