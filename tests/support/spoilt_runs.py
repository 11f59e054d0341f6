"""Commands on a book of which one file is spoilt: ``python tests/support/spoilt_runs.py FOLDER cheap 0 100``.

Each number is a command and a file that it reads, spoilt in its own way. It prints the number, what was done and the
codes of what was found; it stops at a result that is neither right nor refused in the documented form. A library that
reads respondents may crash: who started this goes on behind the number that was not printed (``all_told``).
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
from hostile import in_time, is_proper
from leaf import END, TOP, make_leaf, put_notebook
from opened import saved
from small import RESPONDENTS
from spoilt import spoilt

import book
from wavebook import figures
from wavebook.core import marker
from wavebook.core.problems import ProblemsError

MEMORY = 4 << 30
SECONDS = 60  # that nothing takes, on a machine that does other work too
KINDS = ("csv", "sav", "parquet", "xlsx")
FRAME = pl.DataFrame({"v": [6.0, 7.0, None] * 20, "w": [1.0, 1.5, 2.0] * 20, "s": ["a", "bé", "c"] * 20})
TEXT = "Het cijfer was {value}`grade`. [Het cijfer steeg.]{.claim #up}\n\n:::{chart} c\nHet cijfer.\n:::\n"
CELLS = (
    "from wavebook import charts, claims, load\n"
    "f = load(wave=wave, baseline=baseline, population=population, language=language)",
    'claims.judge(f, {"up": claims.rises("grade")})',
    'charts.lines("c", f.select("grade", waves="all"))',
)
FIGURES, DATA = (
    "data/figures/2014.csv",
    [f"data/{name}" for name in ("waves.toml", "indicators.toml", "references.bib")],
)
PUBLIC = ["book/index.md", "notebooks/n.ipynb", "_toc.yml", "_config.yml", "data/context.toml", FIGURES, *DATA]
MADE = "data/figures/2016.csv"
_PAGES_MADE = re.compile(r"book/(?:[a-z]{2}/)?notebooks/")  # as their notebooks are run


def make(folder: Path) -> None:
    """Make a book with a page, a chart, a claim and a wave of respondents in each form; and its archive."""
    root = make_leaf(folder)
    put_notebook(root, *CELLS)
    (root / "book" / "index.md").write_text(TOP + TEXT + END, encoding="utf-8")
    waves = root / "data" / "waves.toml"
    public = re.sub(r"(\[waves\.\d+\]\n)", r"\1published = true\nreleased = 2015-06-01\n", waves.read_text("utf-8"))
    waves.write_text(public + RESPONDENTS, encoding="utf-8")
    (root / "answers").mkdir()
    for kind in KINDS:
        saved(root / "answers", kind, FRAME)
    put_answers(root, "csv")
    for command in (["estimate", "2016"], ["publish", "archive", "--wave", "2014"]):
        run = book.wavebook(root, *command)
        assert run.code == 0, run.err
    shutil.rmtree(root / "data" / "responses")
    shutil.copy2(root / MADE, root / "_build" / "right.csv")


def put_answers(root: Path, kind: str) -> None:
    """Put the respondents where ``estimate`` looks for them."""
    (root / "data" / "responses").mkdir(exist_ok=True)
    shutil.copy2(root / "answers" / f"2016.{kind}", root / "data" / "responses")


def sources(root: Path) -> dict[str, bytes]:
    """All files that are not in _build."""
    found = (p for p in root.rglob("*") if p.is_file() and p.relative_to(root).parts[0] != "_build")
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def restore(root: Path, good: dict[str, bytes]) -> None:
    now = sources(root)
    for name in now.keys() - good.keys():
        (root / name).unlink()
    for name, content in good.items():
        if now.get(name) != content:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    shutil.rmtree(root / "new", ignore_errors=True)


def _archived(good: dict[str, bytes]) -> list[str]:
    """The files of an archive, but for its marks: without one it is known by its checksums."""
    return [name for name in good if name.startswith("archive/") and not name.endswith(marker.MARK)]


def cheap(good: dict[str, bytes], chance: random.Random) -> tuple[list[str], str, str]:
    """A command without a build, the file to spoil, and the kind of respondents that it reads."""
    kind = chance.choice(KINDS)
    answers = f"answers/2016.{kind}"
    declared = chance.choice([answers, answers, *DATA[:2]])
    archived = chance.choice(_archived(good))
    return chance.choice(
        [
            (["estimate", "2016"], chance.choice([declared, declared, FIGURES]), kind),
            (["inspect", answers], chance.choice([answers, answers, "data/waves.toml"]), kind),
            (["inspect", answers, "--mapping"], declared, kind),
            (["init", "new", "--from", answers, "--yes"], answers, kind),
            (["check", "--wave", "2014"], chance.choice(PUBLIC), ""),
            (["tables", "--wave", "2014"], chance.choice([FIGURES, *DATA, "_config.yml"]), ""),
            (["diff", "2013", "2014"], chance.choice([FIGURES, *DATA]), ""),
            (["pin", "grade", "2014"], chance.choice(PUBLIC), ""),
            (["reword", "book/index.md#up", "Het cijfer ging omhoog."], chance.choice(PUBLIC), ""),
            (["review", "--all", "--wave", "2014"], chance.choice(PUBLIC), ""),
            (["verify", "archive"], archived, ""),
            (["verify", "archive", "--repair"], archived, ""),
        ]
    )


def costly(good: dict[str, bytes], chance: random.Random) -> tuple[list[str], str, str]:
    """A command that builds."""
    wave = ["--wave", "2014"]
    archived = chance.choice(_archived(good))
    command = chance.choice([["build", *wave], ["build", "--draft", *wave], ["publish", "archive", *wave]])
    return command, archived if command[0] == "publish" and chance.random() < 0.5 else chance.choice(PUBLIC), ""


def turn(root: Path, good: dict[str, bytes], which: str, seed: int) -> tuple[list[str], str, str]:
    """Run the command of a number; what it was, the file, and what came of it."""
    command, name, kind = {"cheap": cheap, "costly": costly}[which](good, random.Random(seed))
    bad = spoilt(name, good[name], seed)
    (root / name).write_bytes(bad)
    if command[0] == "estimate":
        put_answers(root, kind)
    before = sources(root)
    with in_time(SECONDS):
        run = book.wavebook(root, *command)
    try:
        problem = wrong(root, good, before, command, name, run)
        said = f"{' '.join(command)}, {name} spoilt\n{run.out[-500:]}\n{run.err}"
        assert not problem, f"{which} {seed}: {problem}: {said}"
    finally:
        restore(root, good)
    return command, name, " ".join(sorted({p.code for p in run.problems})) if run.code else "done"


def problems_of(run: book.Run) -> str:
    """What a command says of problems, without the notices before them."""
    told = re.split(r"^(?=W\d{3} )", run.err, flags=re.MULTILINE)
    count = re.search(r"^(\d+) problems?\b", run.err, re.MULTILINE)
    return "".join(told[-int(count[1]) :]) if count else run.err


def wrong(root, good, before, command, name, run: book.Run) -> str:
    """What is wrong with the end of a command, if anything."""
    told = run.out + run.err
    if "W508" in told or "W507" in told or "Traceback" in told or re.search(r"\x1b|\x00", told):
        return "its own mistake"
    if run.code not in (0, 1) or (run.code == 1 and not is_proper(problems_of(run))):
        return f"ends in {run.code} without proper problems"
    now = sources(root)
    changed = sorted(n for n in now.keys() | before.keys() if now.get(n) != before.get(n) and not _PAGES_MADE.match(n))
    if run.code == 1 and changed and command[0] != "publish":
        return f"failed and changed {changed[:5]}"
    if command[0] == "verify" and not run.code and now[name] != good[name]:
        return "passed an archive that was changed"
    if command[0] == "estimate" and not run.code and name.startswith("data/figures"):
        right = (root / "_build" / "right.csv").read_bytes()
        return "" if now[MADE] == right else "the figures are others"
    if command[0] == "estimate" and not run.code:
        return _unlike_its_declarations(root)
    return ""


def _unlike_its_declarations(root: Path) -> str:
    """What is wrong with the table that was made; that of an earlier wave may no longer fit what is declared now."""
    try:
        figures.load(root)
    except ProblemsError as error:
        return "; ".join(str(problem) for problem in error.problems if problem.place.startswith(MADE))
    return ""


def main(folder: Path, which: str, first: int, last: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    root, kept = folder / "book", folder / "good"
    if not kept.is_dir():
        make(root)
        shutil.copytree(root, kept, ignore=shutil.ignore_patterns("_build"))
    good = sources(kept)
    restore(root, good)
    for seed in range(first, last):
        command, name, found = turn(root, good, which, seed)
        print(seed, command[0], name, found, sep="\t", flush=True)


def all_told(folder: Path, which: str, first: int, last: int) -> tuple[list[list[str]], list[str]]:
    """Run numbers in processes of their own; a row for each, and those that crashed what reads respondents."""
    told, crashes = [], []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    while first < last:
        command = [sys.executable, __file__, str(folder), which, str(first), str(last)]
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        rows = [line.split("\t") for line in run.stdout.splitlines()]
        told += rows
        if not run.returncode:
            break
        assert run.returncode < 0, run.stderr[-3000:]
        first = int(rows[-1][0]) + 1 if rows else first
        crashes.append(f"{which} {first}")
        first += 1
    return told, crashes


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2], *map(int, sys.argv[3:5]))
