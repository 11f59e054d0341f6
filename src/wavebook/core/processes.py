"""Pieces of work done side by side over all cores, each in a fork of its own that ends with it.

What a piece does to its process is gone with it, so memory does not grow with their number; one that dies, hangs or
raises is told, and the others go on.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import socket
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

PATIENCE = 900  # seconds for one piece of work
_SAID = 2000  # characters of what a failed piece printed


@dataclass(frozen=True)
class Failure:
    """Why a piece of work gave nothing, in one line, and the end of what it said."""

    reason: str
    said: str = ""


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Place:
    """Where one piece of work is done at a time."""

    def __init__(self):
        gc.collect()
        gc.freeze()  # the collector would else write to every page that the forks share
        self.task: object = None
        self.ends = 0.0

    def begin(self, task: object, work: Callable, patience: float = PATIENCE) -> None:
        """Start a fork that does ``work`` on ``task``."""
        self.task, self.patience, self.said = task, patience, tempfile.TemporaryFile()  # noqa: SIM115
        ours, its = socket.socketpair()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of OpenBLAS's threads, which outlive a fork
            self.pid = os.fork()
        if not self.pid:
            ours.close()
            self._be(Connection(its.detach()), work)
        its.close()
        self.pipe, self.ends = Connection(ours.detach()), time.monotonic() + patience

    def end(self) -> tuple[object, float]:
        """Wait for the fork, at most until its time is up: its result or Failure, and its largest memory in MiB."""
        result, spoke = None, self.pipe.poll(max(0, self.ends - time.monotonic()))
        if spoke:
            with contextlib.suppress(EOFError, OSError):
                result = self.pipe.recv()
        else:
            result = Failure(f"was not done after {self.patience:g} seconds")
        code, memory = self._reap(kill=not spoke)
        if result is None:
            how = f"by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"with exit code {code}"
            result = Failure(f"its process ended {how}")
        self.said.seek(0)
        said = self.said.read().decode(errors="replace")[-_SAID:].strip()
        self.said.close()
        if isinstance(result, Failure) and not result.said:
            result = Failure(result.reason, said)
        return result, memory

    def close(self) -> None:
        """End whatever is under way."""
        if self.task is not None:
            self._reap(kill=True)

    def _reap(self, *, kill: bool) -> tuple[int, float]:
        """The exit code and largest memory in MiB of the fork, which is killed or about to end."""
        if kill:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        _, status, used = os.wait4(self.pid, 0)
        self.pipe.close()
        self.task = None
        return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024

    def _be(self, pipe: Connection, work: Callable) -> None:
        """Do the work in the fork, and end."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then ends this
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: nothing outlives its caller
            for stream in (1, 2):
                os.dup2(self.said.fileno(), stream)
            gc.disable()  # the process ends before what it would collect matters
            pipe.send(work(self.task))
        except BaseException as error:
            pipe.send(Failure(f"{type(error).__name__}: {error}", traceback.format_exc()[-_SAID:]))
        finally:
            os._exit(0)


def each(
    tasks: Iterable, work: Callable[[object], object], *, places: int | None = None, patience: float = PATIENCE
) -> Iterator[tuple[object, object, float]]:
    """Do ``work`` on each task; yields task, result or Failure, and the fork's largest memory in MiB, as they end.

    Results go through a pipe, so they must be picklable and had better be small. When the caller stops, or is
    interrupted, all forks are ended.
    """
    waiting = iter(tasks)
    all_places = [Place() for _ in range(places or cores())]

    def go_on(place: Place) -> None:
        task = next(waiting, None)
        if task is not None:
            place.begin(task, work, patience)

    try:
        for place in all_places:
            go_on(place)
        while busy := [place for place in all_places if place.task is not None]:
            ready = wait([p.pipe for p in busy], max(0, min(p.ends for p in busy) - time.monotonic()))
            for place in busy:
                if place.pipe in ready or time.monotonic() > place.ends:
                    task, (result, memory) = place.task, place.end()
                    go_on(place)
                    yield task, result, memory
    finally:
        for place in all_places:
            place.close()
        gc.unfreeze()
