"""Commands that a signal ends at a random moment: what was there stays whole, and nothing is left behind.

``--strikes 20`` strikes twenty times for each command and signal.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from struck import Ended, Forge, contents, moment

import book

pytestmark = pytest.mark.slow

SIGNALS = {
    "SIGKILL": {-9},
    "SIGTERM": {-15, 143},
    "SIGHUP": {-1, 129},
    "SIGINT": {130, -2},
}  # and the exit codes after them


def _write(root: Path, number: int) -> None:
    """Another sentence on a page, and every other time no kept runs of notebooks."""
    page = root / "book" / "methode.md"
    text = re.sub(r"\n\n(Eerste|Tweede) zin\.\n\Z", "\n", page.read_text(encoding="utf-8"))
    page.write_text(f"{text}\n\n{('Eerste', 'Tweede')[number % 2]} zin.\n", encoding="utf-8")
    if number % 4 > 1:
        shutil.rmtree(root / "_build" / ".wavebook" / "runs", ignore_errors=True)


def _answer(root: Path, number: int) -> None:
    """Other answers of the first respondents."""
    first = root / "data" / "responses" / "first.txt"
    path = root / "data" / "responses" / "2026.csv"
    if not first.exists():
        shutil.copy2(path, first)
    head, *lines = first.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *(lines[100:] if number % 2 else lines)]), encoding="utf-8")


def _take_away(root: Path, number: int) -> None:
    """No archive, or one of which a file was damaged."""
    kept, web = root.parent / "kept", root / "web"
    if web.is_dir() and not kept.exists():
        shutil.copytree(web, kept)
    shutil.rmtree(web, ignore_errors=True)
    if number % 2 and kept.exists():
        shutil.copytree(kept, web)
        (web / "2026" / "index.html").write_bytes(b"damaged")


def _begin_anew(root: Path, number: int) -> None:
    """No new book, or an empty folder for it."""
    shutil.rmtree(root / "new", ignore_errors=True)
    if number % 2:
        (root / "new").mkdir()


@dataclass(frozen=True)
class Work:
    """A command, what changes before it, and the folder of which readers see the state before it or after it."""

    arguments: list[str]
    change: Callable[[Path, int], None]
    folder: str
    until: str = ""  # said by one that does not end by itself, once it has done its work
    whole: bool = True  # there at every moment as it was or as it becomes; a demonstration is made in its place


WORKS = {
    "build": Work(["build"], _write, "_build/html"),
    "estimate": Work(["estimate", "2026"], _answer, "data/figures"),
    "publish": Work(["publish", "web"], _take_away, "web"),
    "editions": Work(["build", "--editions", "language=nl"], _write, "_build/editions"),
    "pdf": Work(["pdf", "--about"], _write, "_build/pdf"),
    "serve": Work(["serve", "--port", "0"], _write, "_build/preview", " written, "),
    "demo": Work(["demo"], _write, "_build/demo", whole=False),
    "init": Work(["init", "new", "--language", "nl", "--yes"], _begin_anew, "new"),
}


@dataclass
class Stage:
    """A small book with its forge, and what a command makes of each of its states when nothing happens."""

    forge: Forge
    root: Path
    work: Work
    after: dict[int, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    seconds: float = 0

    def rehearse(self) -> None:
        for number in (0, 1, 2, 3):
            self.work.change(self.root, number)
            began = time.monotonic()
            self.finish()
            self.seconds = max(self.seconds if number > 1 else 0, time.monotonic() - began)
            self.after[number % 2] = self.state()  # the first publication leaves a copy of the figures in the book
            self.names |= self.there()
        self.names |= self.there()

    def finish(self) -> Ended:
        """Run it to the end, which must be a good one."""
        ended = self.forge.run(
            self.root, *self.work.arguments, strike="SIGINT" if self.work.until else "", until=self.work.until
        )
        assert ended.code == 0, ended
        return ended

    def state(self) -> str:
        return contents(self.root / self.work.folder)

    def there(self) -> set[str]:
        """The names of all files and folders of the book and beside it; hashes and random parts are left out."""
        found = (path.relative_to(self.root.parent).as_posix() for path in self.root.parent.rglob("*"))
        return {re.sub("[0-9a-f]{8,}", "#", name) for name in found if not name.startswith(("place/", "kept/"))}

    def strike(self, signal: str, number: int) -> Iterator[str]:
        """Strike once and finish then; yield what is not as it should be."""
        self.work.change(self.root, number)
        before, due = self.state(), moment(self.seconds)
        ended = self.forge.run(self.root, *self.work.arguments, strike=signal, after=due)
        what = f"{signal} after {due:.2f} of {self.seconds:.2f} s, state {number}"
        if ended.code not in {*SIGNALS[signal], 0}:
            yield f"{what}: ended with {ended.code}: {ended.err}"
        if "Traceback" in ended.err:
            yield f"{what}: {ended.err}"
        if ended.left:
            yield f"{what}: left running: {ended.left}"
        if self.work.whole and self.state() not in {before, self.after[number % 2]}:
            yield f"{what}: is neither as it was nor as it should become"
        elif self.work.folder == "new" and self.state():
            return  # it was done, and does not write over what is there
        again = self.forge.run(
            self.root, *self.work.arguments, strike="SIGINT" if self.work.until else "", until=self.work.until
        )
        if again.code:
            yield f"{what}: the next run ends with {again.code}: {again.err}"
        if again.left or again.files:
            yield f"{what}: still there after the next run: {again.left} {again.files}"
        if self.work.whole and self.state() != self.after[number % 2]:
            yield f"{what}: the next run makes something else"
        if more := self.there() - self.names:
            yield f"{what}: left in the book: {sorted(more)}"
            self.names |= more


@pytest.fixture(scope="module", params=WORKS)
def stage(request, tmp_path_factory):
    """The stage of a command, rehearsed."""
    folder = tmp_path_factory.mktemp("struck")
    with Forge(folder / "place") as forge:
        assert forge.run(folder, "init", "book", "--language", "nl", "--yes").code == 0
        root = folder / "book"
        if request.param == "publish":
            book.edit(root, "data/waves.toml", "made_up = true", "published = true\nreleased = 2026-05-01\n#")
        made = Stage(forge, root, WORKS[request.param])
        made.rehearse()
        yield made


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_command_that_a_signal_strikes_leaves_what_was_there_and_nothing_else(stage, signal, request, tally):
    times = request.config.getoption("--strikes")
    wrong = [line for number in range(times) for line in stage.strike(signal, number)]
    assert wrong == []
    tally(f"strikes survived, {stage.work.arguments[0]}", times)
