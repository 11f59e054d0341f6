"""The first minute of a newcomer: from a clone to a site, and from a clone to green tests, with an empty home."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bench import ROOT, Bench, costs
from measure import Cost, command
from report import Target, cpu, spread, table

SITE, TESTS = "clone, make book", "clone, make test"
OURS = ("PYTHONPATH", "PYTHONPYCACHEPREFIX", "VIRTUAL_ENV", "PIP_CACHE_DIR", "UV_CACHE_DIR", "MAKEFLAGS", "MAKELEVEL")


def measure(bench: Bench) -> dict:
    """The site in every round; the tests once, and not at all in a quick run."""
    for number in range(bench.rounds):
        bench.note(SITE, _from_clone("book", bench.folder / f"site-{number}"))
    if not bench.quick:
        bench.note(TESTS, _from_clone("test", bench.folder / "tests"))
    return {"taken": bench.taken()}


def _from_clone(target: str, folder: Path) -> Cost:
    """What a clone and one target of make cost together, where nothing was downloaded or kept before."""
    home, clone = folder / "home", folder / "clone"
    home.mkdir(parents=True)
    env = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("XDG_")}
    env["HOME"] = str(home)
    cloned = command([_program("git"), "clone", "--quiet", ROOT, clone], folder, env)
    made = command([_program("make"), target], clone, env)
    shutil.rmtree(folder)
    return cloned + made


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is not installed")
    return found


# --- the report -------------------------------------------------------------------------------------------


def targets(found: dict) -> list[Target]:
    """A quarter of a minute to a site, five minutes to green tests."""
    taken = costs(found["taken"])
    aims = [("a first site, from a clone", SITE, 15, "15 s"), ("green tests, from a clone", TESTS, 300, "5 min")]
    return [
        Target(
            work, f"{said} on two cores", f"{spread(taken[name], digits=1)} s", min(c.wall for c in taken[name]) <= aim
        )
        for work, name, aim, said in aims
        if name in taken
    ]


def report(found: dict) -> str:
    """Seconds on the clock and of processor time, a row each."""
    taken = costs(found["taken"])
    rows = [[name, spread(taken[name], digits=1), spread(taken[name], cpu, digits=1)] for name in taken]
    return f"""## The first minute

What a newcomer waits for, with an empty home: cloning, downloading and installing everything, and then the site or all
tests. Downloads are those of this machine's network and registry.

{table(["", "seconds", "seconds of processor time"], rows)}"""
