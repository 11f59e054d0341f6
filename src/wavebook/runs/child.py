"""The server that forks kernels, seen from inside, and its forks: every run of a notebook is one.

Started as ``python -m wavebook.runs.child``, with the number of a socket and modules to import. It imports nothing
that a run does not need, since every run inherits its memory.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from multiprocessing.connection import Connection, wait
from typing import Any, NoReturn

from wavebook.core import processes

# Modules that ipykernel and IPython import only while a kernel starts: 30 ms a run.
_KERNEL_MODULES = [
    *("ctypes", "faulthandler", "pdb", "psutil", "sqlite3", "zmq.asyncio"),
    *("ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.debugger", "IPython.core.completerlib"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic", "IPython.utils.wildcard"),
    "wavebook.runs.kernelapp",
]

# Optional imports of these that no run needs: nobody debugs a papermill run, 250 ms, or has pandera draw
# examples, 200 ms.
_NEEDLESS = {"debugpy", "hypothesis"}


def main() -> None:
    """Act as a server, and in its forks as a run."""
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # as ipykernel_launcher does; the kernel adds it again
    preload([*_KERNEL_MODULES, *sys.argv[2:]])
    try:
        pipes = _serve(socket.socket(fileno=int(sys.argv[1])))
    except MemoryError:  # the caller reports that nobody answers
        os._exit(1)
    _run(*map(Connection, pipes))


# --- the server -------------------------------------------------------------------------------------------


def _serve(control: socket.socket) -> list[int]:
    """Fork a kernel for each request until the caller is gone; return only in a fork, with its pipes."""
    runs: dict[int, int] = {}
    while True:
        ready = wait([control, *runs])
        for pidfd in runs.keys() & ready:
            _end(pidfd, runs.pop(pidfd))
        if control not in ready:
            continue
        modules, fds, *_ = socket.recv_fds(control, 65536, 2, socket.MSG_CMSG_CLOEXEC)
        if not fds:
            break
        preload(modules.decode().split())
        pid = processes.fork()
        if not pid:
            control.close()
            for pidfd in runs:
                os.close(pidfd)
            return fds
        pidfd = os.pidfd_open(pid)
        runs[pidfd] = pid
        with contextlib.suppress(ConnectionError):  # the caller has gone; the next round sees it
            socket.send_fds(control, [str(pid).encode()], [pidfd])
        for fd in fds:
            os.close(fd)
    for pidfd, pid in runs.items():
        _end(pidfd, pid)
    os._exit(0)


def preload(modules: Iterable[str]) -> None:
    """Import modules for all runs to come."""
    before = len(sys.modules)
    needless = _NEEDLESS - sys.modules.keys()
    # None is Python's own mark of a module that cannot be imported; it is removed for a run that asks for the module.
    sys.modules.update(dict.fromkeys(needless))  # type: ignore[arg-type] # pyright: ignore[reportCallIssue, reportArgumentType]
    for module in modules:
        with contextlib.suppress(Exception):  # the notebook meets the same error, where it is visible
            loaded = importlib.import_module(module)
            if module.partition(".")[0] == "wavebook":  # charts import Altair at their first use: 0.5 s
                for name in getattr(loaded, "__all__", ()):
                    getattr(loaded, name)
    if len(sys.modules) > before + len(needless):
        with contextlib.suppress(Exception):  # a run that needs it meets it again
            use_once(sys.modules)
    for module in needless:
        del sys.modules[module]
    if len(sys.modules) > before:
        processes.freeze()


def use_once(loaded: Mapping[str, Any]) -> None:
    """Do what packages put off until first use, so that no run pays for it; it leaves no trace in the runs."""
    if {"altair", "pandas"} <= loaded.keys():  # 70 ms
        frame = loaded["pandas"].DataFrame({"x": [0]})
        for data in frame, loaded["altair"].Data(values=[]):
            loaded["altair"].Chart(data).mark_point().encode(x="x:Q").to_dict()
    if "pandera.pandas" in loaded:  # 260 ms
        loaded["pandera.pandas"].DataFrameSchema().validate(loaded["pandas"].DataFrame())
    if "wavebook.definitions" in loaded:  # 40 ms
        importlib.import_module("pybtex.database").parse_string("", "bibtex")
        importlib.import_module("pybtex.richtext").Text.from_latex("")


def _end(pidfd: int, pid: int) -> None:
    """End the remains of a run and of the processes it started."""
    for kill in (os.kill, os.killpg):  # a process number is not reused before it has been waited for
        with contextlib.suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(pidfd)


# --- a run ------------------------------------------------------------------------------------------------


def _run(shell: Connection, iopub: Connection) -> NoReturn:
    """Act as the kernel of one run."""
    os.setsid()
    try:
        env, cwd, key, arguments = shell.recv()
    except EOFError:  # whoever asked for it was killed
        os._exit(0)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    seed()
    sys.argv = ["ipykernel_launcher", *arguments]
    importlib.import_module("wavebook.runs.kernelapp").run(shell, iopub, key, arguments)
    _end_interpreter()


def seed() -> None:
    """Give a fork random numbers of its own: the module random does that by itself, NumPy does not."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _end_interpreter() -> NoReturn:
    """End as an interpreter does, without taking every shared module apart: that costs 40 ms a run.

    CPython has no public way to wait for threads as it does at its end, or to run exit hooks and go on.
    """
    threading._shutdown()  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue] # noqa: SLF001
    atexit._run_exitfuncs()  # noqa: SLF001  (IPython's hook drops the notebook's objects)
    gc.collect()
    for thing in gc.get_objects():
        if issubclass(type(thing), io.IOBase) and not thing.closed:
            with contextlib.suppress(Exception):
                thing.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
