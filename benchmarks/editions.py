"""One source, many editions: made-up municipalities on this machine and on Dask workers, beside the stock route."""

from __future__ import annotations

import contextlib
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import stock
from bench import ROOT, Bench, clean, costs
from report import Target, cpu, lines, ratios, table, wall

from wavebook.survey import demo

QUERY = ("--editions", "municipality=*")


def measure(bench: Bench) -> dict:
    """Seconds and memory by number of editions; the stock route for one; one Dask worker and two."""
    counts = (1, 4) if bench.quick else (1, 10, 100, 393)
    rows, few = [], 4 if bench.quick else 48
    stocked = bench.book("stock")
    books = stock.books(bench, stocked, stock.LANGUAGES)
    bench.wavebook(_municipal(bench, 1), *QUERY)  # its modules are compiled from now on
    for count in counts:
        if count == counts[-1]:  # before and after the longest work, as machines are not equally fast all day
            bench.note("an edition, stock", stock.route(bench, stocked, books))
        root = _municipal(bench, count)
        cost = bench.wavebook(root, *QUERY)
        bench.note(f"{count} editions", cost)
        rows.append(
            {"editions": count, "route": "this project", "seconds": cost.wall, "cpu": cost.cpu, "MiB": cost.memory}
        )
        bench.note(f"{count} editions, one changed", _changed(bench, root))
        shutil.rmtree(root)
    bench.note("an edition, stock", stock.route(bench, stocked, books))
    for workers in (1, 2):
        first, root = _municipal(bench, workers), _municipal(bench, few)
        with _cluster(bench, workers) as address:
            bench.wavebook(first, *QUERY, "--cluster", address)  # an edition for each worker, which warms up
            bench.note(f"{workers} Dask workers", bench.wavebook(root, *QUERY, "--cluster", address))
    return {"costs": bench.taken(), "rows": rows, "few": few}


def targets(found: dict) -> list[Target]:
    """Editions beside the stock route, memory, and two workers beside one."""
    taken, rows = costs(found["costs"]), found["rows"]
    many, stocked = rows[-1], taken["an edition, stock"]
    faster = statistics.mean(cost.wall for cost in stocked) * many["editions"] / many["seconds"]
    grown = many["MiB"] / rows[1]["MiB"]
    workers = ratios(taken["2 Dask workers"], taken["1 Dask workers"]).median
    return [
        Target(f"{many['editions']} editions in two languages", "25 × stock", f"{faster:.1f} ×", faster >= 25),
        Target(f"memory, {many['editions']} editions ÷ {rows[1]['editions']}", "about 1", f"{grown:.2f}", grown < 1.2),
        Target("two Dask workers", "1.7 × one", f"{workers:.2f} ×", workers >= 1.7),
    ]


def report(found: dict) -> str:
    """A row for each number of editions, and one for each number of workers."""
    taken = costs(found["costs"])
    again = {row["editions"]: taken[f"{row['editions']} editions, one changed"][0].wall for row in found["rows"]}
    told = [
        [
            str(row["editions"]),
            *(f"{row[name]:.1f}" for name in ("seconds", "cpu")),
            f"{row['cpu'] / row['editions']:.2f}",
            f"{row['MiB']:.0f}",
            f"{again[row['editions']]:.1f}",
        ]
        for row in found["rows"]
    ]
    stocked = taken["an edition, stock"]
    workers = [[name, *(f"{of(taken[name][0]):.1f}" for of in (wall, cpu))] for name in taken if "Dask" in name]
    return f"""## Editions

Made-up municipalities, in Dutch and English, from nothing; then again with one figure of one municipality changed. The
stock route, all its commands for one edition in both languages, before and after the {told[-1][0]} editions:
{" and ".join(f"{cost.wall:.1f} s, {cost.cpu:.1f} cpu s" for cost in stocked)}.

![Seconds from nothing, by editions](results/editions.svg)

{table(["editions", "s", "cpu s", "cpu s an edition", "largest process, MiB", "one changed, s"], told)}

{found["few"]} editions on warm Dask workers of one core each, on this machine; cpu seconds are those of the client
alone.

{table(["", "s", "cpu s"], workers)}

An edition is a whole book but for imports and PNG: more than half of its processor time reads and writes pages, the
rest runs notebooks and draws their charts, as *By stage* shows for one book. All cores are busy all the time, so
only more of them, or more machines, would make many editions faster."""


def plots(found: dict) -> dict[str, object]:
    """Seconds by number of editions."""
    return {"editions": lines(found["rows"], "editions", "seconds")}


def _municipal(bench: Bench, count: int) -> Path:
    """The book with so many made-up municipalities."""
    root = bench.book(f"municipal-{count}-{time.monotonic_ns()}")
    shutil.rmtree(root / "data")
    demo.make_municipalities(root, count, root=ROOT)
    clean(root)
    return root


def _changed(bench: Bench, root: Path):
    """The cost of a build after one figure of the first municipality moved within its interval."""
    path = root / "data" / "figures" / "2014.csv"
    text = path.read_text(encoding="utf-8").splitlines()
    place = next(
        i for i, line in enumerate(text) if line.startswith("2014,grade_chain,total,municipality,gemeente_001,")
    )
    cells = text[place].split(",")
    cells[6] = str((float(cells[11]) + 3 * float(cells[12])) / 4)
    text[place] = ",".join(cells)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return bench.wavebook(root, *QUERY)


@contextlib.contextmanager
def _cluster(bench: Bench, workers: int) -> Iterator[str]:
    """The address of a scheduler on this machine with so many workers of one core."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address, started = f"tcp://127.0.0.1:{port}", []

    def start(name: str, *arguments: str) -> None:
        here = bench.folder / f"dask-{workers}-{len(started)}"
        here.mkdir()
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments, "--no-dashboard"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, cwd=here, env=bench.env, **quiet))

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        for _ in range(workers):
            start("worker", address, "--nthreads", "1", "--no-nanny")
        from distributed import Client

        with Client(address, timeout=120, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
        yield address
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
