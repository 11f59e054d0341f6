"""Two runs at once, folders with odd names, odd clocks: each run does its work or says why not, and nothing is left."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from struck import contents

import book

pytestmark = pytest.mark.slow
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
EDITIONS = ("build", "--editions", "language=nl")
PAIRS = {
    "build and build": (("build",), ("build",)),
    "build and publish": (("build",), ("publish", "web")),
    "estimate and build": (("estimate", "2026"), ("build",)),
    "publish and publish": (("publish", "web"), ("publish", "web")),
    "pdf and build": (("pdf",), ("build",)),
    "editions and editions": (EDITIONS, EDITIONS),
    "demo and demo": (("demo",), ("demo",)),
}
MADE = ("_build/html", "_build/pdf", "_build/editions", "web", "data")
COMMANDS = [("build",), EDITIONS, ("check",), ("publish", "web"), ("verify", "web"), ("tables",), ("pdf", "--about")]
COMMANDS += [("estimate", "2026"), ("inspect", "data/responses/2026.csv"), ("review", "--all"), ("demo",)]
NAMES = [
    "a b",
    'it\'s "a"',
    "#1",
    "100%",
    "a?b=c&d",
    "Ünï côdé",
    "-a",
    "a\nb",
    "😀",
    "d" * 200,
    "$HOME`x`",
    ".a",
    "a\\b",
]
CLOCKS = [
    "1970-01-01 00:00:10",
    "1969-12-31 12:00:00",
    "2001-01-01 00:00:00",
    "2038-01-19 03:14:00",
    "2106-02-07 06:28:20",
]


def begun(folder: Path, own: Path, *command: str, **environment: str) -> subprocess.Popen:
    """A command under way in a folder, with a folder for temporary files of its own."""
    own.mkdir(exist_ok=True)
    said = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    env = {**os.environ, "TMPDIR": str(own), **environment}
    return subprocess.Popen([sys.executable, "-m", "wavebook", *command], cwd=folder, env=env, **said)


def ended(process: subprocess.Popen) -> str:
    """What a command said, which is that it did its work, or a problem by name."""
    told = process.communicate(timeout=300)[0]
    assert process.returncode == 0 or (process.returncode == 1 and re.search(r"^W\d{3} ", told, re.MULTILINE)), told
    assert "Traceback" not in told
    assert not re.search(r"W50[368] ", told), told
    return told


def left(root: Path, own: Path) -> list[str]:
    return [str(path) for folder in (root, own) for path in folder.rglob("*") if re.match(r"\..*wavebook-", path.name)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    ended(begun(folder, folder / "own", "init", "book", "--language", "nl", "--yes"))
    book.edit(folder / "book", "data/waves.toml", "made_up = true", "published = true\nreleased = 2026-05-01\n#")
    return folder / "book"


@pytest.mark.browser
@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_at_once_each_does_its_work(made, tmp_path, pair):
    root, own = tmp_path / "book", tmp_path / "own"
    shutil.copytree(made, root)
    for process in [begun(root, own, *command) for command in PAIRS[pair]]:
        ended(process)
        assert process.returncode == 0
    state = {name: contents(root / name) for name in MADE}
    for command in PAIRS[pair]:
        ended(begun(root, own, *command))
    assert {name: contents(root / name) for name in MADE} == state
    assert left(root, own) == []


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("command", [("init", "new", "--yes"), ("init", "new", "--example")])
def test_of_two_books_begun_at_once_in_one_folder_one_is_laid(tmp_path, command, there):
    own = tmp_path / "own"
    if there:
        (tmp_path / "new").mkdir()
    processes = [begun(tmp_path, own, *command) for _ in range(2)]
    told = [ended(process) for process in processes]
    assert sorted(process.returncode for process in processes) == [0, 1]
    assert sum("W512" in each for each in told) == 1
    ended(begun(tmp_path, own, command[0], "alone", *command[2:]))
    laid = ({path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*")} for name in ("new", "alone"))
    assert next(laid) == next(laid)
    assert left(tmp_path, own) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", [*NAMES, "linked"])
def test_every_command_works_in_a_folder_of_any_name(made, tmp_path, name):
    own, root = tmp_path / "own", tmp_path / name
    shutil.copytree(made, tmp_path / "behind" if name == "linked" else root)
    if name == "linked":
        root.symlink_to(tmp_path / "behind")
    for command in COMMANDS:
        told = ended(process := begun(root, own, *command))
        assert process.returncode == 0, told
    ended(process := begun(tmp_path, own, "init", f"./{name}.new", "--yes"))
    assert process.returncode == 0
    assert left(root, own) == []


@pytest.mark.parametrize("clock", CLOCKS)
def test_nothing_is_taken_for_fresh_whatever_the_clock_says(made, tmp_path, clock):
    assert FAKETIME, "libfaketime is not installed: run tools/sweeps"
    root, own = tmp_path / "book", tmp_path / "own"
    shutil.copytree(made, root)
    ended(begun(root, own, "build"))
    faked = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"@{clock}", "NO_FAKE_STAT": "1", "FAKETIME_DISABLE_SHM": "1"}
    page = root / "book" / "methode.md"
    text = page.read_text(encoding="utf-8")
    for said, changed in {"Zin zonder tijd.": None, "Zin van vroeger.": 0, "Zin van later.": 4e9}.items():
        page.write_text(f"{text}\n\n{said}\n", encoding="utf-8")
        if changed is not None:
            os.utime(page, (changed, changed))
        for environment in (faked, {}):
            ended(process := begun(root, own, "build", **environment))
            assert process.returncode == 0
            assert said in (root / "_build" / "html" / "methode.html").read_text(encoding="utf-8")
