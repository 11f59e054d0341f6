"""Whatever ends a command, and whenever: no process, no folder and no half of a file is left once the next has run."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from leaf import make_leaf

import book
from wavebook.core import temporary

pytestmark = pytest.mark.slow
COMMANDS = {
    "build": ["build"],
    "editions": ["build", "--editions", "theme=work"],
    "publish": ["publish", "web"],
    "pdf": ["pdf"],
}


@pytest.fixture(scope="module")
def leaf(tmp_path_factory):
    root = make_leaf(tmp_path_factory.mktemp("left") / "book")
    waves = root / "data" / "waves.toml"
    out = "[waves.2014]\npublished = true\nreleased = 2026-11-24\n"
    waves.write_text(waves.read_text(encoding="utf-8").replace("[waves.2014]\n", out), encoding="utf-8")
    notebook = root / "notebooks" / "n.ipynb"
    text = notebook.read_text(encoding="utf-8").replace(
        'language: str = \\"nl\\"', 'language: str = \\"nl\\"\\nsegment: str = \\"\\"'
    )
    notebook.write_text(text, encoding="utf-8")
    for command in (["publish", "web"], ["build", "--editions", "theme=work"]):
        run = book.wavebook(root, *command)
        assert run.code == 0, run.err
        shutil.rmtree(root / "_build" / ".wavebook" / "editions", ignore_errors=True)
    shutil.rmtree(root / "web")
    return root


def left(root: Path, own: Path) -> list[str]:
    """What is temporary in the book, in the folder for what is, and in memory."""
    found = [*own.iterdir(), *(path for path in root.rglob("*") if path.name.startswith(temporary.PREFIX))]
    kept = [path for path in temporary.MEMORY.iterdir() if path.name.startswith(temporary.PREFIX)]
    return [*map(str, found), *(path.name for path in kept if not held(path))]


def held(path: Path) -> bool:
    """Tell whether another process, such as another test, has it, or has just removed it."""
    lock = temporary.lock(path, wait=False)
    if lock is not None:
        os.close(lock)
    return lock is None


def end(root: Path, own: Path, command: list[str], number: int, after: float) -> str:
    """What a command said that got a signal after so many seconds; all that it started has ended."""
    environment = {**os.environ, "TMPDIR": str(own)}
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
    process = subprocess.Popen([sys.executable, "-m", "wavebook", *command], cwd=root, env=environment, **said)
    time.sleep(after)
    started = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    told = process.communicate(timeout=60)[0]
    assert psutil.wait_procs(started, timeout=20)[1] == []
    return told


@pytest.mark.browser
@pytest.mark.skipif(not temporary.MEMORY.is_dir(), reason="this system keeps no folder in memory")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_left(leaf, tmp_path, command, number):
    root, own = tmp_path / "book", tmp_path / "temporary"
    shutil.copytree(leaf, root)
    own.mkdir()
    before = set(left(root, own))
    for after in (0.3, 1, 2, 4):
        told = end(root, own, COMMANDS[command], number, after)
        assert "Traceback" not in told or after < 0.5, told  # before that, Python itself is starting
        if number != signal.SIGKILL:
            assert set(left(root, own)) <= before
    environment = {**os.environ, "TMPDIR": str(own)}
    subprocess.run([sys.executable, "-m", "wavebook", "check"], cwd=root, env=environment, check=True)
    assert set(left(root, own)) <= before
    assert not (root / "_build" / ".wavebook" / "under-way").exists()
