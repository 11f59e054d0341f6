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

from wavebook.drawer import Drawer

PATIENCE = 900  # seconds for one piece of work
_SAID = 2000  # characters of what a failed piece printed


@dataclass(frozen=True)
class Failure:
    """Why a piece of work gave nothing, in one line, and the end of what it said."""

    reason: str
    said: str = ""


@dataclass
class _Slot:
    """A place for one fork at a time, and the process that draws for it."""

    drawer: Drawer
    task: object = None
    pid: int = 0
    pipe: Connection | None = None
    said: object = None
    ends: float = 0


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(
    tasks: Iterable, work: Callable[[object], object], *, slots: int | None = None, patience: float = PATIENCE
) -> Iterator[tuple[object, object, float]]:
    """Do ``work`` on each task; yields task, result or Failure, and the fork's largest memory in MiB, as they end.

    Results go through a pipe, so they must be picklable and had better be small. When the caller stops, or is
    interrupted, all forks are ended.
    """
    gc.collect()
    gc.freeze()  # the collector would else write to every page that the forks share
    waiting = iter(tasks)
    all_slots = [_Slot(Drawer()) for _ in range(slots or cores())]
    try:
        for slot in all_slots:
            _begin(slot, next(waiting, None), work, patience)
        while busy := [slot for slot in all_slots if slot.task is not None]:
            ready = wait([slot.pipe for slot in busy], max(0, min(slot.ends for slot in busy) - time.monotonic()))
            for slot in busy:
                if slot.pipe in ready or time.monotonic() > slot.ends:
                    task, (result, memory) = slot.task, _end(slot, slot.pipe in ready, patience)
                    slot.drawer.refresh(getattr(result, "drawn", 0), doubtful=isinstance(result, Failure))
                    _begin(slot, next(waiting, None), work, patience)
                    yield task, result, memory
    finally:
        for slot in all_slots:
            if slot.task is not None:
                _kill(slot)
            slot.drawer.stop()
        gc.unfreeze()


def _begin(slot: _Slot, task: object, work: Callable, patience: float) -> None:
    slot.task = task
    if task is None:
        return
    slot.said = tempfile.TemporaryFile()  # noqa: SIM115  closed when the fork has ended
    ours, its = socket.socketpair()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of OpenBLAS's threads, which outlive a fork
        slot.pid = os.fork()
    if not slot.pid:
        ours.close()
        _be(slot, Connection(its.detach()), work)
    its.close()
    slot.pipe, slot.ends = Connection(ours.detach()), time.monotonic() + patience


def _end(slot: _Slot, spoke: bool, patience: float) -> tuple[object, float]:
    """What became of the slot's task, and its memory."""
    result = None
    if spoke:
        with contextlib.suppress(EOFError, OSError):
            result = slot.pipe.recv()
    else:
        result = Failure(f"was not done after {patience:g} seconds")
    code, memory = _kill(slot, gently=spoke)
    if result is None:
        how = f"by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"with exit code {code}"
        result = Failure(f"its process ended {how}")
    slot.said.seek(0)
    said = slot.said.read().decode(errors="replace")[-_SAID:].strip()
    slot.said.close()
    if isinstance(result, Failure) and not result.said:
        result = Failure(result.reason, said)
    return result, memory


def _kill(slot: _Slot, gently: bool = False) -> tuple[int, float]:
    """Wait for the fork, which is ended unless it ends by itself: its exit code and largest memory in MiB."""
    if not gently:
        with contextlib.suppress(ProcessLookupError):
            os.kill(slot.pid, signal.SIGKILL)
    _, status, used = os.wait4(slot.pid, 0)
    slot.pipe.close()
    slot.task = None
    return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def _be(slot: _Slot, pipe: Connection, work: Callable) -> None:
    """Do the work in the fork, and end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then ends this
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: nothing outlives its caller
        for stream in (1, 2):
            os.dup2(slot.said.fileno(), stream)
        slot.drawer.use()
        pipe.send(work(slot.task))
    except BaseException as error:
        pipe.send(Failure(f"{type(error).__name__}: {error}", traceback.format_exc()[-_SAID:]))
    finally:
        os._exit(0)
