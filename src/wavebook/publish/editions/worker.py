"""A worker of a cluster, which makes each edition in a process of its own, so that nothing leaks to the next."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import io
import os
import platform
import shutil
import socket
import sys
import tarfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from wavebook.core import files, processes
from wavebook.publish.editions import edition
from wavebook.publish.editions.edition import Edition, Made

_MODULE = "wavebook.publish.editions.worker"  # as a program, it calls itself __main__


@functools.cache
def identity(names: tuple[str, ...]) -> dict[str, str]:
    """Everything that must be the same everywhere to give the same bytes: code, packages and Python."""
    found = {"python": platform.python_version(), "library": files.digest(files.library())[:16]}
    for name in names:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def unlike(there: object, expected: dict[str, str]) -> str:
    """The differences of a worker from what is expected, in words."""
    if not isinstance(there, dict):
        return f"cannot run wavebook: {there}".replace("\n", " ").rstrip(".")
    differ = [n for n in sorted(expected.keys() | there.keys()) if expected.get(n) != there.get(n)]
    told = [f"{n} {there.get(n, 'missing')}, here {expected.get(n, 'missing')}" for n in differ[:3]]
    return f"differs from this one: {'; '.join(told)}" + (f"; and {len(differ) - 3} more" if len(differ) > 3 else "")


_helpers = threading.local()  # one for each thread of a worker


def make(
    item: Edition, data: dict, shared: dict, names: tuple[str, ...], expected: dict
) -> tuple[Made | processes.Failure, bytes, float]:
    """Make an edition in a process of its own; return the result, its site as bytes, and the memory it took."""
    there = identity(names)
    if there != expected:
        return processes.Failure(f"a worker {unlike(there, expected)}"), b"", 0
    for last in (False, True):
        helper = getattr(_helpers, "mine", None) or _Helper()
        _helpers.mine = helper
        try:
            helper.pipe.send((item, data, shared))
            return helper.pipe.recv()
        except (EOFError, OSError):
            helper.end()
            _helpers.mine = None
            if last:
                raise
    raise AssertionError("the second try answers or raises")


class _Helper:
    """A process that has done its imports and forks for each edition; the worker's own cannot, as it has threads."""

    def __init__(self) -> None:
        ours, its = socket.socketpair()
        with its:
            self.process = processes.start(_MODULE, its, apart=False)
        self.pipe = Connection(ours.detach())

    def end(self) -> None:
        self.pipe.close()
        processes.end(self.process)


def _serve(pipe: Connection) -> None:
    """Make one edition after another until the worker is gone."""
    processes.end_with_caller()
    place: processes.Place[Made] | None = None
    with edition.scratch() as scratch:
        try:
            while True:
                item, data, shared = pipe.recv()
                if place is None:
                    edition.warm_up(shared, data, item)
                    place = processes.Place()

                def work(task: Edition, data: dict = data, shared: dict = shared) -> Made:
                    return edition.make(task, shared, data, scratch / "site", scratch)

                place.begin(item, work)
                made, memory = place.end()
                packed = pack(scratch / "site") if (scratch / "site").is_dir() else b""
                shutil.rmtree(scratch / "site", ignore_errors=True)
                pipe.send((made, packed, memory))
        except (EOFError, OSError):
            pass
        finally:
            if place is not None:
                place.close()


def pack(folder: Path) -> bytes:
    """The files below a folder as one tar, whose bytes hold no times."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                member = tarfile.TarInfo(path.relative_to(folder).as_posix())
                member.size = path.stat().st_size
                with path.open("rb") as content:
                    tar.addfile(member, content)
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Unpack the result of ``pack`` in a new folder."""
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        tar.extractall(folder, filter="data")
    for path in folder.rglob("*"):
        os.utime(path)  # a tar without times would give files of 1970


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
