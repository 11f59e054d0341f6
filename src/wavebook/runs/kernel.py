"""One run as papermill's client sees it: a kernel that is a fork, and two pipes to it in place of sockets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.session import Session
from jupyter_core.utils import run_sync

from wavebook.runs import server

MOST_OUTPUT = 50_000_000  # bytes that a run may send: the largest of a real book sends 1 MB
LAST_SECONDS = 2  # seconds for a run's exit hooks after each signal, about as many as jupyter_client allows


class Kernel(KernelClient):
    """One run: both the manager and the client that nbclient expects of a kernel.

    Of jupyter_client it uses what its documentation names: the channels are properties of a client, and this client
    has channels of its own kind.
    """

    ipykernel = True  # nbclient then keeps the history in memory

    def __init__(self, options: Sequence[str], modules: Sequence[str], patience: float) -> None:
        """Prepare a run under these options of Python, which may want these modules; ``patience`` is in seconds."""
        super().__init__(session=Session())
        self.options, self.modules, self.patience = options, modules, patience
        self.pid = 0
        self.pidfd: int | None = None
        self.received, self.flooded, self.unwanted = 0, False, False
        self._channels: tuple[Channel, Channel] | None = None

    @property
    def shell_channel(self) -> Channel:
        """The channel of requests and their replies."""
        return self._both[0]

    @property
    def iopub_channel(self) -> Channel:
        """The channel of outputs."""
        return self._both[1]

    @property
    def _both(self) -> tuple[Channel, Channel]:
        if self._channels is None:
            raise RuntimeError("the run has not begun")
        return self._channels

    @property
    def has_kernel(self) -> bool:
        """Tell whether the run has been forked."""
        return self.pidfd is not None

    def start_kernel(
        self,
        extra_arguments: Sequence[str] = (),
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        **_: object,
    ) -> None:
        """Fork the run, with the caller's current environment and directory."""
        self.others = asyncio.all_tasks()
        (shell, its_shell), (iopub, its_iopub) = socket.socketpair(), socket.socketpair()
        self._channels = (
            Channel(self.session, Connection(shell.detach())),
            Channel(self.session, Connection(iopub.detach()), self._count),
        )
        with its_shell, its_iopub:
            ends = [its_shell.fileno(), its_iopub.fileno()]
            self.pid, self.pidfd = server.fork(self.options, self.modules, ends, self.patience)
        if self.unwanted:  # since before there was anything to end
            self.kill()
        surroundings = {**(os.environ if env is None else env), "JPY_PARENT_PID": str(os.getpid())}
        surroundings.pop("PYTHONEXECUTABLE", None)
        with contextlib.suppress(ConnectionError):  # dead already; nbclient finds out
            self.shell_channel.pipe.send((surroundings, cwd or os.getcwd(), self.session.key, list(extra_arguments)))

    def _count(self, size: int) -> None:
        """End a run that never stops sending: everything that it sends is kept in memory."""
        self.received += size
        if self.received > MOST_OUTPUT and not self.flooded:
            self.flooded = True
            self.interrupt_kernel(signal.SIGKILL)

    def client(self) -> Kernel:
        """The client of this kernel: itself."""
        return self

    def _nothing(self, *_: Any, **__: Any) -> None:
        """Nothing to do: the pipes exist, the first request waits in them, and ``close`` follows."""

    start_channels = wait_for_ready = stop_channels = shutdown_kernel = cleanup_resources = _nothing

    def is_alive(self) -> bool:
        """Tell whether the forked process is still running."""
        return self.pidfd is not None and not wait([self.pidfd], 0)

    def interrupt_kernel(self, signum: signal.Signals = signal.SIGINT) -> None:
        """Send a signal to the run and the processes it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signum)

    def kill(self) -> None:
        """End the run and the processes it started at once, or as soon as it begins; another thread may ask for it."""
        self.unwanted = True
        if self.pidfd is not None:
            self.interrupt_kernel(signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)  # it may have no group of its own yet

    def close(self) -> None:
        """End the run, with its exit hooks if they are quick, and close its pipes."""
        try:
            if self.pidfd is not None and self.is_alive():
                self.shell_channel.send(self.session.msg("shutdown_request", {"restart": False}))
                for signum in signal.SIGINT, signal.SIGTERM, signal.SIGKILL:
                    if wait([self.pidfd], 0.5 if signum == signal.SIGINT else LAST_SECONDS):
                        break
                    self.interrupt_kernel(signum)
        finally:
            if self.pidfd is not None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
                wait([self.pidfd])
                os.close(self.pidfd)
                self.pidfd = None
            if self._channels:
                run_sync(self._close_pipes)()

    async def _close_pipes(self) -> None:
        """Close the pipes after the tasks that read them: nbclient leaves some behind when a cell fails."""
        tasks = asyncio.all_tasks() - self.others - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for channel in self._both:
            channel.pipe.close()


class Channel:
    """A pipe to the kernel, with the interface of a ZMQ channel."""

    def __init__(self, session: Session, pipe: Connection, count: Callable[[int], None] = lambda size: None):
        self.session, self.pipe, self.count = session, pipe, count

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message; a dead kernel gets none, as with a socket."""
        with contextlib.suppress(ConnectionError):
            self.pipe.send(self.session.serialize(msg))

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; raises ``queue.Empty`` when there is none within ``timeout`` seconds."""
        try:
            return await asyncio.wait_for(self._next(), timeout)
        except TimeoutError:
            raise Empty from None

    async def _next(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        readable = loop.create_future()

        def note() -> None:
            if not readable.done():
                readable.set_result(None)

        loop.add_reader(self.pipe.fileno(), note)
        try:
            await readable
        finally:
            loop.remove_reader(self.pipe.fileno())
        try:
            received = self.pipe.recv()
            self.count(sum(map(len, received)))
            _, frames = self.session.feed_identities(received)
        except (EOFError, OSError):
            return await loop.create_future()  # nothing will come; nbclient finds out why by itself
        return self.session.deserialize(frames)
