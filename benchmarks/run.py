"""Measure this project beside the stock tools, in turn and on the same content, and write README.md.

python benchmarks/run.py                      everything: half an hour on two quiet cores
python benchmarks/run.py --only preview,book  some parts; the others stay in README.md as they were measured before
python benchmarks/run.py --only ""            measure nothing, write README.md again
python benchmarks/run.py --quick              one round, little of everything; prints, keeps nothing
python benchmarks/run.py --ten-million        with ten million respondents too
python benchmarks/run.py --hundred-million    with a hundred million too
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
import traceback
from datetime import date
from pathlib import Path

import banners
import editions
import first
import growth
import lighthouse
import preview
import report
import respondents
import route
import tables
from bench import HERE, Bench
from measure import environment, load, wait_until_quiet

# A part is a module with measure(bench), which gives what JSON can keep, and report(found), its section of README.md.
# It may have targets(found), rows of the table of targets, and plots(found), Altair charts by the name of their file.
PARTS = {
    "first": first,
    "book": route,
    "preview": preview,
    "growth": growth,
    "respondents": respondents,
    "tables": tables,
    "banners": banners,
    "lighthouse": lighthouse,
    "editions": editions,
}
RESULTS = HERE / "results"


def measured(name: str, folder: Path, options: argparse.Namespace) -> dict | None:
    """One part with the circumstances; None when it failed, which is told: the others go on."""
    began = time.monotonic()
    bench = Bench(
        folder / name,
        environment(folder / "compiled"),
        rounds=1 if options.quick else options.rounds,
        quick=options.quick,
        people=options.people,
    )
    bench.folder.mkdir()
    print(f"--- {name}", flush=True)
    try:
        found = PARTS[name].measure(bench)
    except (Exception, SystemExit):
        traceback.print_exc()
        return None
    return {
        "day": date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
        "rounds": bench.rounds,
        "load": statistics.median(bench.loads or [load()]),
        "minutes": (time.monotonic() - began) / 60,
        "found": found,
    }


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), metavar="PARTS", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="one round, little of everything; keeps nothing")
    for name, people, disk in (("--ten-million", 10_000_000, 2), ("--hundred-million", 100_000_000, 4)):
        said = f"{people:,} respondents too: {disk} GB of disk"
        parser.add_argument(name, dest="people", action="store_const", const=people, default=1_000_000, help=said)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wait", type=int, default=300, metavar="SECONDS", help="for a quiet machine, at most")
    options = parser.parse_args()
    options.only = [name for name in options.only.split(",") if name]
    if unknown := set(options.only) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def main() -> int:
    options = arguments()
    if options.only and not options.quick:
        wait_until_quiet(options.wait)
    failed, kept = [], {}
    with tempfile.TemporaryDirectory(prefix="wavebook-bench-") as folder:
        results = Path(folder, "results") if options.quick else RESULTS
        results.mkdir(exist_ok=True)
        for name in options.only:
            if found := measured(name, Path(folder), options):
                (results / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            else:
                failed.append(name)
        for name in PARTS:
            if (results / f"{name}.json").is_file():
                kept[name] = json.loads((results / f"{name}.json").read_text(encoding="utf-8"))
        text = report.write(PARTS, kept, results)
    print(text)
    if not options.quick:
        (HERE / "README.md").write_text(text, encoding="utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}; nothing was kept of them", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
