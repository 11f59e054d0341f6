"""Editions made by the workers of a Dask cluster, which need this package and no shared disk.

The sources travel once, each edition with the part of the data that it may read, its site comes back as bytes. A worker
makes it in a process of its own, so that nothing leaks from one to the next; when a worker dies, Dask gives what it was
doing to another.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib.metadata
import io
import logging
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from wavebook.core import files, processes
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.figures import excerpt
from wavebook.publish.editions import edition
from wavebook.publish.editions.edition import Edition, Made
from wavebook.publish.editions.plan import Makers, Task

PATIENCE = 60  # seconds without any worker, or for the scheduler to answer
_DISTRIBUTION = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)


# --- where the editions are asked for ---------------------------------------------------------------------


def makers(address: str) -> Makers:
    """For ``editions.build_all``: make editions on the cluster whose scheduler is at ``address``.

    Raises ProblemsError (W510) when there is no such cluster, or a worker's packages are not those that are here.
    """

    def make(tasks: list[Task], shared: dict[str, bytes], into: Path) -> Iterator[tuple[Task, object, float]]:
        with _client(address) as client:
            names = tuple(sorted(set(_DISTRIBUTION.findall(shared.get("requirements.txt", b"").decode()))))
            expected = identity(names)
            _check(client, names, expected)
            # as a task, not scattered: what a worker took with it into its grave is made again
            pages = client.submit(dict, shared, key=f"sources-{excerpt.digest(shared)[:16]}", pure=True)
            futures = {
                client.submit(
                    _make, task.edition, task.data, pages, names, expected, key=f"edition-{task.slug}-{time.time_ns()}"
                ): task
                for task in tasks
            }
            for future, task in _as_completed(client, futures):
                yield task, *_landed(future, into / task.slug)

    return make


def _client(address: str):
    """A client of the scheduler, which is closed at the end."""
    try:
        from distributed import Client
    except ImportError:
        action = "Install it beside wavebook: pip install 'wavebook[cluster]'."
        fail(Problem("W510", f"cluster {address}", "needs Dask, which is not installed", action))
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told as problems
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        found = f"does not answer: {str(error).splitlines()[0].rstrip('.')}"
        fail(Problem("W510", f"cluster {address}", found, "Start it with: dask scheduler, and dask worker."))


def _check(client, names: tuple[str, ...], expected: dict[str, str]) -> None:
    """Raise ProblemsError for each worker whose code or packages are not those that are here."""
    client.wait_for_workers(1, timeout=PATIENCE)
    found = client.run(identity, names, on_error="return")
    raise_all(
        Problem("W510", f"worker {worker}", _unlike(there, expected), "Install there what is here, and start it anew.")
        for worker, there in found.items()
        if there != expected
    )


def _unlike(there: object, expected: dict[str, str]) -> str:
    if not isinstance(there, dict):
        return f"cannot run wavebook: {there}".replace("\n", " ").rstrip(".")
    differ = [n for n in sorted(expected.keys() | there.keys()) if expected.get(n) != there.get(n)]
    told = [f"{n} {there.get(n, 'missing')}, here {expected.get(n, 'missing')}" for n in differ[:3]]
    return f"is not as this machine: {'; '.join(told)}" + (f"; and {len(differ) - 3} more" if len(differ) > 3 else "")


def _as_completed(client, futures: dict) -> Iterator[tuple[object, Task]]:
    """Futures with their tasks as they are done; all that are left, when there is no worker for long."""
    from distributed import wait

    seen = time.monotonic()
    while futures:
        with contextlib.suppress(TimeoutError), client.as_current():
            wait(list(futures), timeout=2, return_when="FIRST_COMPLETED")
        if client.scheduler_info().get("workers"):
            seen = time.monotonic()
        done = [future for future in futures if future.done()]
        if not done and time.monotonic() - seen > PATIENCE:
            done = list(futures)
        for future in done:
            yield future, futures.pop(future)
            future.release()  # its bytes need not stay on the worker


def _landed(future, site: Path) -> tuple[object, float]:
    """What became of an edition, whose site is laid at ``site``, and the memory it took in MiB."""
    if not future.done():
        return processes.Failure("there were no workers to make it"), 0
    try:
        made, packed, memory = future.result()
    except Exception as error:  # whatever Dask or the worker raises
        return processes.Failure(f"{type(error).__name__}: {error}"), 0
    if isinstance(made, Made) and not made.problems:
        unpack(packed, site)
    return made, memory


# --- on a worker ------------------------------------------------------------------------------------------


@functools.cache
def identity(names: tuple[str, ...]) -> dict[str, str]:
    """What must be the same everywhere for the same bytes to come out: code, packages and Python."""
    found = {"python": platform.python_version(), "library": files.digest(files.library())[:16]}
    for name in names:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


_servers = threading.local()


def _make(
    item: Edition, data: dict, shared: dict, names: tuple[str, ...], expected: dict
) -> tuple[object, bytes, float]:
    """Make an edition in a process of its own: what became of it, its site as bytes, and the memory it took."""
    there = identity(names)
    if there != expected:
        return processes.Failure(f"a worker {_unlike(there, expected)}"), b"", 0
    for last in (False, True):
        server = getattr(_servers, "mine", None) or _Server()
        _servers.mine = server
        try:
            server.pipe.send((item, data, shared))
            return server.pipe.recv()
        except (EOFError, OSError):
            server.end()
            _servers.mine = None
            if last:
                raise


class _Server:
    """A process that has its imports behind it and forks for each edition: a worker's own has threads and cannot."""

    def __init__(self):
        ours, its = socket.socketpair()
        with its:
            command = [sys.executable, "-m", "wavebook.publish.editions.cluster", str(its.fileno())]
            self.process = subprocess.Popen(command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL)
        self.pipe = Connection(ours.detach())

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.wait()


def _serve(pipe: Connection) -> None:
    """Make one edition after the other until the worker is gone."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: a worker that is killed takes this along
    place = None
    scratch = edition.scratch()
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
        shutil.rmtree(scratch, ignore_errors=True)


def pack(folder: Path) -> bytes:
    """The files below a folder as one tar, whose bytes know no time."""
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
    """Lay what ``pack`` made in a new folder."""
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        tar.extractall(folder, filter="data")
    for path in folder.rglob("*"):
        os.utime(path)  # a tar without times would lay files of 1970


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
