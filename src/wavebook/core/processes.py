"""Processes that this one starts and that end with it: forks that do one thing, helpers that stay, parallel work.

A process takes its memory with it, so memory does not grow with the number of pieces of work; one that dies, hangs or
raises is reported, and the others go on.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import IO, Generic, NoReturn, TypeVar

from wavebook.core.interruption import Interrupted

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 900  # seconds for one piece of work
_TIDYING = 10  # seconds for a fork to end orderly: a library that is stuck hears no signal
_SAID = 2000  # characters of a failed piece's output
_DEATH_SIGNAL, _DUMPABLE = 1, 4  # PR_SET_PDEATHSIG, PR_SET_DUMPABLE


def cores() -> int:
    """The number of processes that can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- calls to the operating system -----------------------------------------------------------------------


@functools.cache
def _prctl() -> Callable[[int, int], int] | None:
    """Linux's own call for settings of a process; None on other systems."""
    import ctypes  # most processes start no other

    return getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None


def end_with_caller() -> None:
    """Have this process killed when the thread that started it ends, however that comes about. Linux only."""
    if prctl := _prctl():
        prctl(_DEATH_SIGNAL, signal.SIGKILL)


def leave_no_core() -> None:
    """Keep a crash of this process from leaving a core file, also with programs that collect them. Linux only."""
    if prctl := _prctl():
        prctl(_DUMPABLE, 0)


def fork() -> int:
    """Fork: return zero in the fork, which ends when this process does, and its process number here."""
    _prctl()  # looked up once, not in every fork
    caller = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of OpenBLAS's threads, which outlive a fork
        pid = os.fork()
    if not pid:
        end_with_caller()
        if os.getppid() != caller:  # it ended before this fork could ask to end with it
            os._exit(1)
    return pid


def go_on_in_fork() -> int | None:
    """Go on in a fork, where this returns None; here, wait for the fork and return its exit code.

    A signal to end is passed on to it, and a fork that does not hear it is killed.
    """
    pid = fork()
    if not pid:
        return None
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except KeyboardInterrupt as interrupted:  # at Ctrl-C the fork got it too, which does no harm
        number = interrupted.number if isinstance(interrupted, Interrupted) else signal.SIGINT
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
    ends = time.monotonic() + _TIDYING
    while time.monotonic() < ends:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 128 + number


def freeze() -> None:
    """Keep the garbage collector off all present objects: it would otherwise write to every page the forks share."""
    gc.collect()
    gc.freeze()


def how(code: int) -> str:
    """A description of how a process ended, from its exit code."""
    return f"by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"with exit code {code}"


# --- forks --------------------------------------------------------------------------------------------------


class Fork:
    """A fork of this process that does one thing, with a pipe to it."""

    def __init__(self, work: Callable[[Connection], None]):
        """Let a fork do ``work``, which gets one end of the pipe; the fork then ends, with exit code 1 if it raised."""
        ours, its = socket.socketpair()
        self.pid = fork()
        if not self.pid:
            ours.close()
            _do(work, Connection(its.detach()))
        its.close()
        self.pipe = Connection(ours.detach())

    def end(self, *, kill: bool) -> tuple[int, float]:
        """Wait until it ends, which is soon unless it is killed; return its exit code and its peak memory in MiB."""
        if kill:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        _, status, used = os.wait4(self.pid, 0)
        self.pipe.close()
        return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def _do(work: Callable[[Connection], None], pipe: Connection) -> NoReturn:
    code = 1
    try:
        work(pipe)
        code = 0
    finally:
        os._exit(code)


# --- helpers ------------------------------------------------------------------------------------------------


def start(
    module: str,
    ends: socket.socket,
    *arguments: str,
    options: Sequence[str] = (),
    apart: bool = True,
    stdin: int = subprocess.DEVNULL,
    stderr: int | None = None,
) -> subprocess.Popen:
    """Start ``python -m module`` with the number of its own copy of a socket, followed by the arguments.

    Parameters
    ----------
    ends
        The socket that it gets.
    options
        Options of Python itself.
    apart
        In a session of its own: Ctrl-C in the terminal is then for the caller alone.
    """
    fd = ends.fileno()
    command = [sys.executable, *options, "-m", module, str(fd), *arguments]
    return subprocess.Popen(command, pass_fds=[fd], stdin=stdin, stderr=stderr, start_new_session=apart)


def end(process: subprocess.Popen, patience: float = 0) -> None:
    """Wait this many seconds for a helper that was told to end, then kill it if it has not."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# --- pieces of work, side by side ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Failure:
    """The reason why a piece of work gave nothing, in one line, and the end of its output."""

    reason: str
    said: str = ""


class Place(Generic[Result]):
    """A place where one piece of work is done at a time."""

    def __init__(self) -> None:
        freeze()
        self.ends = 0.0
        self.patience: float = PATIENCE
        self._fork: Fork | None = None
        self._said: IO[bytes] | None = None

    @property
    def busy(self) -> bool:
        """Tell whether work is under way."""
        return self._fork is not None

    @property
    def pipe(self) -> Connection:
        """The pipe by which the work under way sends its result."""
        return self._under_way.pipe

    @property
    def _under_way(self) -> Fork:
        if self._fork is None:
            raise RuntimeError("nothing is under way in this place")
        return self._fork

    def begin(self, task: Task, work: Callable[[Task], Result], patience: float = PATIENCE) -> None:
        """Start a fork that does ``work`` on ``task``."""
        said = tempfile.TemporaryFile()  # noqa: SIM115
        self._fork = Fork(lambda pipe: _answer(pipe, task, work, said))
        self.patience, self._said = patience, said
        self.ends = time.monotonic() + patience

    def end(self) -> tuple[Result | Failure, float]:
        """Wait for the fork until its time is up; return its result or Failure, and its peak memory in MiB."""
        results: list[Result | Failure] = []
        spoke = self.pipe.poll(max(0, self.ends - time.monotonic()))
        if spoke:
            with contextlib.suppress(EOFError, OSError):
                results.append(self.pipe.recv())
        code, memory = self._reap(kill=not spoke)
        said = self._heard()
        if results:
            (result,) = results
            if isinstance(result, Failure) and not result.said:
                return Failure(result.reason, said), memory
            return result, memory
        reason = f"its process ended {how(code)}" if spoke else f"was not done after {self.patience:g} seconds"
        return Failure(reason, said), memory

    def close(self) -> None:
        """End whatever is under way."""
        if self._fork is not None:
            self._reap(kill=True)
            self._heard()

    def _reap(self, *, kill: bool) -> tuple[int, float]:
        fork, self._fork = self._under_way, None
        return fork.end(kill=kill)

    def _heard(self) -> str:
        """The end of the work's output."""
        if self._said is None:
            return ""
        with self._said as said:
            said.seek(0)
            return said.read().decode(errors="replace")[-_SAID:].strip()


def _answer(pipe: Connection, task: Task, work: Callable[[Task], object], said: IO[bytes]) -> None:
    """Do a piece of work in its fork, and send the result."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then ends this
        for number in signal.SIGTERM, signal.SIGHUP:
            signal.signal(number, signal.SIG_DFL)
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
        gc.disable()  # the process ends before garbage would matter
        pipe.send(work(task))
    except BaseException as error:
        pipe.send(Failure(f"{type(error).__name__}: {error}", traceback.format_exc()[-_SAID:]))


def each(
    tasks: Iterable[Task], work: Callable[[Task], Result], *, places: int | None = None, patience: float = PATIENCE
) -> Iterator[tuple[Task, Result | Failure, float]]:
    """Do ``work`` on each task; yield task, result or Failure, and the fork's peak memory in MiB, as they end.

    Results go through a pipe, so they must be picklable and should be small. When the caller stops, or is
    interrupted, all forks are ended.
    """
    waiting = iter(tasks)
    all_places: list[Place[Result]] = [Place() for _ in range(places or cores())]
    doing: dict[Place[Result], Task] = {}

    def go_on(place: Place[Result]) -> None:
        for task in waiting:
            doing[place] = task
            place.begin(task, work, patience)
            return

    try:
        for place in all_places:
            go_on(place)
        while busy := [place for place in all_places if place.busy]:
            ready = wait([p.pipe for p in busy], max(0, min(p.ends for p in busy) - time.monotonic()))
            for place in busy:
                if place.pipe in ready or time.monotonic() > place.ends:
                    task, (result, memory) = doing[place], place.end()
                    go_on(place)
                    yield task, result, memory
    finally:
        for place in all_places:
            place.close()
        gc.unfreeze()
