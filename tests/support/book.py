"""A copy of the book to build and to break, and each costly run done once for all workers together."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("book", "data", "notebooks", "_config.yml", "_toc.yml", "requirements.txt", ".gitignore")
PAGES = ("index", "een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")  # the story
APPENDIX = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")
ADDRESS = "https://voorbeeld.example/boek/"
FLIP = ("data/figures/2014.csv", "2014,grade_chain,total,,,,6.9,", "2014,grade_chain,total,,,,6.5,")

_PROBLEM = re.compile(r"^(W\d{3}) (.+?): (.*)\n {5}(\S[^\n]*)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Found:
    """One problem as an editor reads it on the terminal.

    ``text`` begins with the quoted text of the page, if there is any, and ends with the places that it touches.
    """

    code: str
    place: str
    text: str
    action: str

    @property
    def file(self) -> str:
        return re.split("[,:]", self.place)[0]

    @property
    def places(self) -> set[tuple[str, int]]:
        """The pages and lines that it names: its own, and those that it touches."""
        named = re.findall(r"(book/[\w/-]+\.md):(\d+(?:, \d+)*)", f"{self.place} {self.text}")
        return {(path, int(line)) for path, lines in named for line in lines.split(", ")}

    @property
    def line(self) -> int:
        match = re.search(r":(\d+)", self.place)
        return int(match[1]) if match else 0


def _found(code: str, place: str, told: str, action: str) -> Found:
    said, *lines = told.split("\n     ")
    quoted = [line for line in lines if line.startswith("“")]
    return Found(code, place, " ".join([*quoted, said, *(line for line in lines if line not in quoted)]), action)


@dataclass
class Run:
    """What one command gave, and the site in its output folder afterwards."""

    code: int
    out: str
    err: str
    site: dict[str, tuple[str, int]] = field(default_factory=dict)  # path: hash of the bytes, time in ns
    kept: Path | None = None  # a copy of that site

    @property
    def problems(self) -> list[Found]:
        # Each problem starts a line with its code; a blank line ends the list.
        parts = re.split(r"^(?=W\d{3} )", self.err.split("\n\n")[0], flags=re.MULTILINE)
        return [_found(*match.groups()) for part in parts if (match := _PROBLEM.match(part.rstrip() + "\n"))]

    def of(self, code: str, file: str = "") -> list[Found]:
        return [p for p in self.problems if p.code == code and p.file.endswith(file)]

    def page(self, name: str) -> str:
        return (self.kept / f"{name}.html").read_text(encoding="utf-8")


def story_wave(root: Path = ROOT) -> str | None:
    """The wave that the story is about, where its notebooks name one; None where it is that of the default edition."""
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    named = [re.search(r"load\(wave=\\\"(.+?)\\\"", path.read_text(encoding="utf-8")) for path in notebooks]
    found = {match[1] if match else None for match in named}
    assert len(found) == 1, f"the notebooks are about several waves: {found}"
    return found.pop()


def copy(folder: Path, runs: Path | None = None, *, english: bool = False, source: Path = ROOT) -> Path:
    """The sources of a book in ``folder``; with the runs of ``runs`` no notebook needs to run again."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in (source / name for name in PARTS):
        if part.is_dir():
            left = [".ipynb_checkpoints", "responses", "published"]  # tests change what came out as they like
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns(*left))
        elif part.is_file():
            shutil.copy2(part, folder / part.name)
    for made in ("notebooks", "en/notebooks") if english else ("notebooks", "en"):
        shutil.rmtree(folder / "book" / made, ignore_errors=True)
    if not english:
        edit(folder, "_config.yml", "languages: [nl, en]", "languages: [nl]")
    if runs:
        kept = Path("_build", ".wavebook", "runs")
        shutil.copytree(runs / kept, folder / kept)
    return folder


def wavebook(root: Path, *arguments: str, keep: Path | None = None, output: str = "_build/html") -> Run:
    """Run a command inside ``root``, in this process; ``keep`` gets a copy of the site as it is afterwards."""
    from wavebook.cli import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as error:
            code = error.code
    site = root / output
    if keep and site.is_dir():
        shutil.copytree(site, keep)
    return Run(code, out.getvalue(), err.getvalue(), listing(site), keep)


def command(root: Path, name: str, *arguments: str, cores: int | None = None, **environment: str) -> Run:
    """Run a command of this environment in a process of its own, on at most so many ``cores``."""
    path = Path(sys.executable).with_name(name)
    said = {"capture_output": True, "text": True, "timeout": 300, "check": False}
    if cores:
        few = sorted(os.sched_getaffinity(0))[:cores]
        said["preexec_fn"] = lambda: os.sched_setaffinity(0, few)
    done = subprocess.run([path, *arguments], cwd=root, env={**os.environ, **environment}, **said)
    return Run(done.returncode, done.stdout, done.stderr, listing(root / "_build" / "html"))


def elsewhere(folder: Path) -> dict[str, str]:
    """Settings of another person on another machine: home, time zone, language, encoding, order of sets."""
    folder.mkdir(parents=True, exist_ok=True)
    zone = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"}
    return {**zone, "HOME": str(folder), "USER": "someone", "COLUMNS": "40"}


def listing(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below ``folder``: a hash of its bytes and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rewritten(before: Run, after: Run) -> set[str]:
    """The Dutch pages that are not the very file they were."""
    return {n for n in before.site.keys() | after.site.keys() if before.site.get(n) != after.site.get(n) if is_page(n)}


def is_page(name: str) -> bool:
    return name.endswith(".html") and name != "search.html" and not name.startswith(("en/", "charts/"))


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace ``old`` in a file; a test that changes nothing would prove nothing."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def cell(root: Path, notebook: str, identity: str, old: str, new: str) -> None:
    """Replace ``old`` in one cell of a notebook."""
    import nbformat

    path = root / "notebooks" / f"{notebook}.ipynb"
    content = nbformat.read(path, as_version=4)
    found = next(c for c in content.cells if c.id == identity)
    assert old in found.source, f"cell {identity} of {notebook} no longer holds {old!r}"
    found.source = found.source.replace(old, new)
    nbformat.write(content, path)


def line_of(root: Path, file: str, text: str, occurrence: int = 1) -> int:
    """The line on which ``text`` stands for the n-th time."""
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    return [i + 1 for i, line in enumerate(lines) for _ in range(line.count(text))][occurrence - 1]


def once(factory, name: str, make: Callable[[Path], object]):
    """What ``make`` gives for a new folder: made by the first worker that asks, read by all others."""
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder = base / "book"
    folder.mkdir(exist_ok=True)
    with open(folder / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = folder / f"{name}.pickle"
        if not kept.exists():
            try:
                made = make(folder / name)
            except Exception as error:  # every test that needs it fails for the same reason, at once
                made = error
            kept.write_bytes(pickle.dumps(made))
        made = pickle.loads(kept.read_bytes())
    if isinstance(made, Exception):
        raise made
    return made


def fresh(factory) -> tuple[Path, Run, Run]:
    """The book built from nothing in a git repository, and built again: its folder and both runs."""

    def make(folder: Path):
        root = copy(folder, english=True)
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        subprocess.run(["git", "add", "-A"], cwd=root, check=True)
        first = command(root, "wavebook", "build")
        return root, first, wavebook(root, "build")

    return once(factory, "fresh", make)


def addressed(factory) -> Path:
    """The site with its address in _config.yml."""

    def make(folder: Path):
        runs, *_ = fresh(factory)
        root = copy(folder, runs, english=True)
        edit(root, "_config.yml", "sphinx:\n", f"html:\n  baseurl: {ADDRESS}\n\nsphinx:\n")
        run = wavebook(root, "build")
        assert run.code == 0, run.err
        return root / "_build" / "html"

    return once(factory, "addressed", make)
