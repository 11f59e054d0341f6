"""ipykernel's application with pipes for sockets: the one module that knows the structure of ipykernel.

ipykernel has no public way to leave out sockets, heartbeat, connection file and debugger. This does so by its methods
of initialisation: a run of one cell takes 0.3 s where the stock engine, with a process of its own and sockets, takes
2.8 s (the least of six, on a busy machine with two cores). When a new ipykernel calls them otherwise,
tests/runs/test_kernelapp.py names what is gone.
"""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

import traitlets
import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.shellchannel import ShellChannelThread
from jupyter_client.session import json_packer
from tornado.ioloop import IOLoop

from wavebook.core import text


class Stream:
    """A pipe, with the interface of a ZMQ stream."""

    def __init__(self, pipe: Connection, context: zmq.Context[Any] | None, io_loop: IOLoop | None = None) -> None:
        self.pipe, self.context, self.io_loop = pipe, context, io_loop

    def send_multipart(self, frames: Sequence[Any], *_: object, **__: object) -> None:
        """Send a message."""
        self.pipe.send([bytes(frame) for frame in frames])

    def on_recv(self, handle: Callable[[list[zmq.Message]], object], copy: bool) -> None:
        """Call ``handle`` with each message that comes."""
        if self.io_loop is None:
            raise RuntimeError("a stream without a loop cannot receive")
        self.io_loop.add_handler(self.pipe.fileno(), lambda *_: self.read(handle), IOLoop.READ)

    def read(self, handle: Callable[[list[zmq.Message]], object]) -> None:
        """Take one message from the pipe; the process ends when the caller is gone."""
        try:
            frames = self.pipe.recv()
        except (EOFError, OSError):
            os._exit(1)
        if self.io_loop is not None:
            self.io_loop.add_callback(handle, [zmq.Message(frame) for frame in frames])

    def flush(self, *_: object) -> None:
        """Nothing to do: messages do not wait."""

    def close(self) -> None:
        """Close the pipe."""
        self.pipe.close()


class Output(OutStream):
    """ipykernel's stream to which a run prints, which refuses halves of letters where they are printed.

    As Python's own does; ipykernel's loses what stands around them, later on, with a traceback of its own.
    """

    def write(self, string: str) -> int | None:  # type: ignore[override]  # as ipykernel's own
        """Write a text; on the stream of errors halves of letters are written by their codes."""
        if isinstance(string, str) and not string.isascii():
            string = string.encode("utf-8", "strict" if self.name == "stdout" else "backslashreplace").decode()
        return super().write(string)


def pack(content: Any) -> bytes:
    """Put the content of a message into bytes: that of an error also if it holds halves of letters."""
    try:
        return json_packer(content)
    except UnicodeEncodeError:
        if "ename" not in content:
            raise
    told = json.dumps(content, ensure_ascii=False, default=str)
    return json_packer(json.loads(text.legible(told)))


class Kernel(IPythonKernel):
    """ipykernel's kernel on a stream that is not ZMQ's."""

    shell_stream = traitlets.Any()

    def start(self) -> None:
        """Start without the debugger, which is all that IPythonKernel adds here."""
        super(IPythonKernel, self).start()

    async def do_shutdown(self, restart: bool) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]  # as it asks
        """Shut down; ipykernel warns of what is not awaited, and a warning may be an error (PYTHONWARNINGS)."""
        return super().do_shutdown(restart)


class App(IPKernelApp):
    """ipykernel's application on two pipes."""

    parent_handle = 1  # no watch on the caller: the server keeps it
    outstream_class = "wavebook.runs.kernelapp.Output"
    pipes: tuple[Connection, Connection]
    key: bytes

    def init_sockets(self) -> None:
        """Start the threads of outputs and of requests, without a socket."""
        _, iopub = self.pipes
        self.session.key, self.session.pack = self.key, pack
        self.context = zmq.Context()
        atexit.register(self.close)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(Stream(iopub, self.context), pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket
        self.shell_channel_thread = ShellChannelThread(self.context, daemon=True)

    def init_kernel(self) -> None:
        """Make the kernel, without the sockets of control and debugger."""
        shell, _ = self.pipes
        # not a ZMQStream, as ipykernel's annotation wants, but with all that is used of one
        stream: Any = Stream(shell, self.context, self.shell_channel_thread.io_loop)
        self.shell_channel_thread.shell_stream = stream
        self.shell_channel_thread.start()
        self.kernel = Kernel.instance(
            parent=self,
            session=self.session,
            shell_stream=stream,
            shell_channel_thread=self.shell_channel_thread,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count

    def nothing(self, **_: Any) -> None:
        """Do nothing: there is no connection file and no heartbeat."""

    init_connection_file = write_connection_file = log_connection_info = init_heartbeat = nothing


def run(shell: Connection, iopub: Connection, key: bytes, arguments: list[str]) -> None:
    """Act as a kernel until it is told to shut down."""
    app = App.instance()
    app.pipes, app.key = (shell, iopub), key
    app.initialize(arguments)
    app.start()
