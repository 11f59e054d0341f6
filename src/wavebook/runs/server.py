"""The servers that fork kernels, as the process that starts them sees them: one for each setting of Python."""

from __future__ import annotations

import atexit
import os
import socket
import threading
from collections.abc import Sequence

from wavebook.core import processes

_servers: dict[tuple[object, ...], Server] = {}
_lock = threading.Lock()


class Server:
    """The caller's handle on a server process."""

    def __init__(self, options: Sequence[str], modules: Sequence[str]) -> None:
        """Start a server under these options of Python, which begins by importing these modules."""
        self.control, its_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_control:
            self.process = processes.start("wavebook.runs.child", its_control, *modules, options=options)

    def fork(self, modules: Sequence[str], ends: Sequence[int], patience: float) -> tuple[int, int]:
        """Fork a kernel on two pipes: its process number and a descriptor of the process.

        Raises DeadKernelError when the server does not answer within ``patience`` seconds.
        """
        from nbclient.exceptions import DeadKernelError

        self.control.settimeout(patience)
        try:
            socket.send_fds(self.control, [" ".join(modules).encode() or b" "], ends)
            reply, pidfds, *_ = socket.recv_fds(self.control, 64, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            reply, pidfds = b"", []
        if not pidfds:
            raise DeadKernelError("The server that forks the kernels does not answer")
        return int(reply), pidfds[0]

    def stop(self) -> None:
        """End the server and its runs."""
        self.control.close()
        processes.end(self.process, 1)  # it may be in the middle of an import


def start(options: Sequence[str], modules: Sequence[str]) -> None:
    """Start a server under these options of Python, unless there is one."""
    with _lock:
        _server(options, modules)


def fork(options: Sequence[str], modules: Sequence[str], ends: Sequence[int], patience: float) -> tuple[int, int]:
    """Fork from the server of this process: see `Server.fork`."""
    with _lock:
        key = _server(options, modules)
        try:
            return _servers[key].fork(modules, ends, patience)
        except BaseException:  # a KeyboardInterrupt too: the reply left unread would be taken for the next
            _servers.pop(key).stop()
            raise


def running() -> list[Server]:
    """The servers of this process."""
    return [server for key, server in _servers.items() if key[0] == os.getpid()]


@atexit.register
def stop() -> None:
    """End this process's servers and the runs under way in them; the next run starts a new server.

    For a long-lived process whose packages have changed: a server keeps what it has imported.
    """
    with _lock:
        for key in [key for key in _servers if key[0] == os.getpid()]:
            _servers.pop(key).stop()


def _server(options: Sequence[str], modules: Sequence[str]) -> tuple[object, ...]:
    """The key of this process's server, started with these modules if there is none or it has gone."""
    # An interpreter reads these variables only when it starts, so each setting has a server.
    python = tuple(sorted(item for item in os.environ.items() if item[0].startswith("PYTHON")))
    key = (os.getpid(), *options, python)
    if key in _servers and _servers[key].process.poll() is not None:
        _servers.pop(key).stop()
    if key not in _servers:
        _servers[key] = Server(options, modules)
    return key
