"""Commands that a signal strikes at a random moment, and what they leave behind.

A server, started by ``Forge``, imports what takes long once and forks for every command, so that most moments are those
of work and not of imports. Each command runs in a session of its own, as in a terminal, with a home and a folder for
temporary files that are nobody else's, and where the system allows it with shared memory of its own. Processes that
outlive their parents become the server's, so it knows all that a command leaves.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

GROUP = ("SIGINT", "SIGHUP")  # a terminal sends these to all that runs in it
GRACE = 20  # seconds in which all must have ended
_IMPORTED = (
    "sphinx.application", "sphinx.builders.html", "docutils.core", "myst_parser.parsers.sphinx_", "sphinx_external_toc",
    "numpy", "pandas", "papermill", "nbclient", "nbformat", "jupyter_client.kernelspec", "babel.dates",
    "pybtex.database",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """What became of a command: exit code, what it said, seconds, processes that stayed, and files that are there."""

    code: int
    out: str
    err: str
    seconds: float
    left: list[str]
    files: list[str]


class Forge:
    """The server; ``run`` gives what became of one command."""

    def __init__(self, place: Path) -> None:
        """Keep home, temporary files and shared memory of the commands in ``place``."""
        self.place = place
        for name in ("home", "tmp"):
            (place / name).mkdir(parents=True)

    def __enter__(self) -> Forge:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen([sys.executable, __file__, str(self.place)], text=True, env=env, **pipes)
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(self, root: Path, *arguments: str, strike: str = "", after: float = 0, until: str = "") -> Ended:
        """Run a command in ``root``.

        The signal ``strike`` comes ``after`` so many seconds, or once the command has said ``until``.
        """
        order = {"root": str(root), "arguments": arguments, "strike": strike, "after": after, "until": until}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


def moment(longest: float) -> float:
    """A random moment of a run that takes ``longest``; early ones as often as late ones."""
    return random.uniform(0, longest)


def contents(folder: Path, *names: str) -> str:
    """A hash of all files of a folder (or of these in it), with their names; empty when nothing is there."""
    paths = [folder / name for name in names] if names else sorted(p for p in folder.rglob("*") if p.is_file())
    listed = [(str(p.relative_to(folder)), hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths if p.is_file()]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest() if listed else ""


# --- the server -------------------------------------------------------------------------------------------


def _serve(place: Path) -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
    if libc.unshare(0x20000) == 0:  # CLONE_NEWNS; only for root
        libc.mount(b"none", b"/", None, 0x44000, None)  # MS_REC | MS_PRIVATE
        libc.mount(b"tmpfs", b"/dev/shm", b"tmpfs", 0, None)
    for module in _IMPORTED:
        with contextlib.suppress(ImportError):
            __import__(module)
    shared = {path.name for path in Path("/dev/shm").iterdir()}
    said = [place / "out", place / "err"]
    for line in sys.stdin:
        order = json.loads(line)
        for path in said:
            path.write_bytes(b"")
        began = time.monotonic()
        child = os.fork()
        if not child:
            _begin(order, place, said)
        code = _struck(child, order, began, said[0])
        told = {"code": code, "seconds": time.monotonic() - began, "left": _left()}
        files = [str(path.relative_to(place)) for path in (place / "tmp").rglob("*")]
        told["files"] = [*files, *(path.name for path in Path("/dev/shm").iterdir() if path.name not in shared)]
        out, err = (path.read_text(encoding="utf-8", errors="replace") for path in said)
        print(json.dumps({**told, "out": out, "err": err}), flush=True)


def _begin(order: dict, place: Path, said: list[Path]) -> None:
    """Become the command."""
    os.setsid()
    os.chdir(order["root"])
    os.environ.update({"HOME": str(place / "home"), "TMPDIR": str(place / "tmp")})
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    for name in ("SIGHUP", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # and SIGPIPE stays ignored, as Python begins
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "r" if not n else "w", buffering=1) for n in range(3))
    sys.argv = ["wavebook", *order["arguments"]]
    from wavebook.cli import command

    command()
    sys.exit()


def _struck(child: int, order: dict, began: float, out: Path) -> int:
    """Wait for the command, and send it its signal when it is time."""
    due = bool(order["strike"])
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        now = time.monotonic() - began
        ready = order["until"] in out.read_text(errors="replace") if order["until"] else now >= order["after"]
        if due and ready:
            due, number = False, getattr(signal, order["strike"])
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if order["strike"] in GROUP else os.kill)(child, number)
        if now > 300:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.002)
    return os.waitstatus_to_exitcode(ended[1])


def _left() -> list[str]:
    """The processes that have not ended in time; they are ended."""
    until = time.monotonic() + GRACE
    while (found := _children()) and time.monotonic() < until:
        time.sleep(0.01)
    for pid in found:
        os.kill(pid, signal.SIGKILL)
    return list(found.values())


def _children() -> dict[int, str]:
    """This process's children that have not ended, by number."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
