"""The papermill engine ``wavebook``: every run is a fork of a process that has its imports behind it.

A server process, one for each calling process, imports what notebooks import and forks a kernel for each
run, so nothing leaks from run to run. Kernel (ipykernel) and client (papermill's, on nbclient) are those of
the stock engine and only the wire differs, pipes for sockets: the same code makes the same outputs.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import gc
import importlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from multiprocessing.connection import Connection, wait
from queue import Empty

from jupyter_client.client import KernelClient
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.session import Session
from jupyter_core.utils import run_sync

from wavebook.core.problems import Problem

# Packages the server may import, once a notebook names them. They change no setting of another library and
# start no thread that a fork would lose: pandas 3.1 and Altair 6.3 start none, vl-convert 1.9 only when it
# first draws. Polars 2.1 starts one when it is imported, so it is left to the runs.
PRELOADED = {"altair", "numpy", "pandas", "vl_convert", "wavebook"}

# What ipykernel and IPython import only while a kernel starts: 30 ms a run.
_KERNEL_MODULES = [
    *("ctypes", "faulthandler", "pdb", "psutil", "sqlite3", "zmq.asyncio"),
    *("ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.debugger", "IPython.core.completerlib"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic", "IPython.utils.wildcard"),
]

# What these import if it is installed and no run needs: nobody debugs a papermill run, 250 ms, or has pandera draw
# examples, 200 ms.
_NEEDLESS = {"debugpy", "hypothesis"}

MOST_OUTPUT = 50_000_000  # bytes that a run may send: the largest of a real book sends 1 MB
PATIENCE = 2  # seconds for a run's exit hooks after each signal, about what jupyter_client allows

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+(.+)$", re.MULTILINE)


class WarmEngine:
    """papermill's engine ``wavebook``: the stock engine's outputs without its start-up.

    Use it as ``papermill --engine wavebook in.ipynb out.ipynb`` or ``papermill.execute_notebook(...,
    engine_name="wavebook")``; the options are those of papermill's stock engine. Runs may be under way in
    several threads. The stock engine itself serves where fork is unsafe or missing (all but Linux) and for
    every kernel that is not this interpreter's own ipykernel.

    Not a subclass of papermill's ``Engine``: papermill loads this module while its own are half imported.
    """

    @classmethod
    def execute_notebook(cls, nb, kernel_name, **options):
        """Run ``nb`` in place, as papermill's stock engine does.

        Raises
        ------
        DeadKernelError, CellTimeoutError, KeyboardInterrupt
            As the stock engine does; here a problem (W311 to W313) before their text names notebook and cell.
        """
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from papermill.engines import NBClientEngine

        command = _command(kernel_name)
        if command is None or {"km", "kernel_manager_class"} & options.keys():
            return NBClientEngine.execute_notebook(nb, kernel_name, **options)
        kernel = _Kernel(command, _modules(nb.cells), options.get("start_timeout", 60))
        try:
            return NBClientEngine.execute_notebook(nb, kernel_name, km=kernel, **options)
        except (DeadKernelError, CellTimeoutError, KeyboardInterrupt) as error:
            why = "TooMuchOutput" if kernel.flooded else type(error).__name__
            raise type(error)(f"{problem_in(nb, why)}\n{error}".rstrip()) from error
        finally:
            kernel.close()

    @classmethod
    def nb_kernel_name(cls, nb, name=None):
        """Name of the kernel that ``nb`` asks for, or ``name``."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb, language=None):
        """Name of the language that ``nb`` is written in, or ``language``."""
        from papermill.utils import nb_language

        return nb_language(nb, language)


def start(notebooks):
    """Have a server begin with what these notebooks, files, import, while the caller does something else."""
    with contextlib.suppress(Exception):  # whoever runs them meets it again, where it can be told
        books = [json.loads(path.read_bytes()) for path in notebooks]  # nbformat takes longer to import than this
        command = _command(books[0]["metadata"]["kernelspec"]["name"])
        if command is not None:
            with _lock:
                _server(command, _modules(cell for nb in books for cell in nb["cells"]))


def preload(notebooks):
    """Import into this process, which is to fork for runs, what these notebooks, texts, import."""
    with contextlib.suppress(Exception):  # as above
        _preload(_modules(cell for text in notebooks for cell in json.loads(text)["cells"]))


def stop():
    """End this process's servers and the runs under way in them; the next run starts a new server.

    For a long-lived process whose packages have changed: a server keeps what it has imported.
    """
    with _lock:
        for key in [key for key in _servers if key[0] == os.getpid()]:
            _servers.pop(key).stop()


@functools.cache
def _can_fork():
    """Whether processes fork safely and have descriptors: Linux 5.3 and later."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def _command(kernel_name):
    """Command of the server whose forks equal the kernel; None where only the stock engine will do."""
    if not _can_fork():
        return None
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return None  # the stock engine says so
    python, *argv = spec.argv
    ours = python in ("python", "python3") or os.path.abspath(python) == os.path.abspath(sys.executable)
    plain = not spec.env and "kernel_provisioner" not in spec.metadata
    if not (ours and plain and argv[-4:] == ["-m", "ipykernel_launcher", "-f", "{connection_file}"]):
        return None
    return [sys.executable, *argv[:-4], "-m", "wavebook.runs.engine"]


def _modules(cells):
    """Modules in the import statements of cells that the server may import for them."""
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    found = set()
    for package, names in _IMPORT.findall(source):
        listed = [part.split()[0] for part in re.split(r"[,()#;]", names) if part.strip()]
        found.update([package, *(f"{package}.{name}" for name in listed)] if package else listed)
    return sorted(name for name in found if name.partition(".")[0] in PRELOADED)


_PROBLEMS = {
    "CellTimeoutError": ("W311", "the cell took longer than it may", "Make it faster or allow it more."),
    "DeadKernelError": ("W312", "the kernel died", "Look for a crash, an exit or too little memory."),
    "KeyboardInterrupt": ("W313", "the run was interrupted", "Run it again."),
    "TooMuchOutput": ("W314", f"its cells print more than {MOST_OUTPUT // 10**6} MB", "Print less."),
}


def problem_in(nb, why, cell=None):
    """Which notebook and which cell stopped, for a reason of ``_PROBLEMS``; the last that was begun unless given."""
    code, found, action = _PROBLEMS[why]
    times = [cell.metadata.get("papermill", {}).get("start_time") for cell in nb.cells]
    cell = cell or max((i for i, time in enumerate(times, 1) if time), default=1)
    path = nb.metadata.papermill.get("input_path")  # the notebook itself where papermill was given no file
    return Problem(code, f"{path if isinstance(path, str) else 'notebook'}, cell {cell}", found, action)


class _Kernel(KernelClient):
    """One run: both the manager and the client that nbclient wants of a kernel."""

    ipykernel = True  # nbclient then keeps the history in memory

    def __init__(self, command, modules, patience):
        super().__init__(session=Session())
        self.command, self.modules, self.patience = command, modules, patience
        self.pid = self.pidfd = None
        self.received, self.flooded = 0, False

    @property
    def has_kernel(self):
        """Whether the run has been forked."""
        return self.pidfd is not None

    def start_kernel(self, extra_arguments=(), cwd=None, env=None, **_):
        """Fork the run, with the caller's environment and directory of this moment."""
        self.others = asyncio.all_tasks()
        (shell, its_shell), (iopub, its_iopub) = socket.socketpair(), socket.socketpair()
        self._shell_channel = _Channel(self.session, Connection(shell.detach()))
        self._iopub_channel = _Channel(self.session, Connection(iopub.detach()), self._count)
        with its_shell, its_iopub:
            ends = [its_shell.fileno(), its_iopub.fileno()]
            self.pid, self.pidfd = _fork(self.command, self.modules, ends, self.patience)
        env = {**(os.environ if env is None else env), "JPY_PARENT_PID": str(os.getpid())}
        env.pop("PYTHONEXECUTABLE", None)
        with contextlib.suppress(ConnectionError):  # dead already; nbclient finds out
            self._shell_channel.pipe.send((env, cwd or os.getcwd(), self.session.key, list(extra_arguments)))

    def _count(self, size):
        """End a run that sends without end: all that it sends is kept in memory."""
        self.received += size
        if self.received > MOST_OUTPUT and not self.flooded:
            self.flooded = True
            self.interrupt_kernel(signal.SIGKILL)

    def client(self):
        """The client of this kernel: itself."""
        return self

    def _nothing(self, *_, **__):
        """The pipes are there, the first request waits in them, and ``close`` follows."""

    start_channels = wait_for_ready = stop_channels = shutdown_kernel = cleanup_resources = _nothing

    def is_alive(self):
        """Whether the forked process has not ended."""
        return self.has_kernel and not wait([self.pidfd], 0)

    def interrupt_kernel(self, signum=signal.SIGINT):
        """Send a signal to the run and the processes it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signum)

    def close(self):
        """End the run, with its exit hooks if they are quick, and close its pipes."""
        try:
            if self.is_alive():
                self.shell_channel.send(self.session.msg("shutdown_request", {"restart": False}))
                for signum in signal.SIGINT, signal.SIGTERM, signal.SIGKILL:
                    if wait([self.pidfd], 0.5 if signum == signal.SIGINT else PATIENCE):
                        break
                    self.interrupt_kernel(signum)
        finally:
            if self.has_kernel:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
                wait([self.pidfd])
                os.close(self.pidfd)
                self.pidfd = None
            if self._shell_channel:
                run_sync(self._close_pipes)()

    async def _close_pipes(self):
        """Close the pipes after the tasks that read them: nbclient leaves some behind when a cell fails it."""
        tasks = asyncio.all_tasks() - self.others - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._shell_channel.pipe.close()
        self._iopub_channel.pipe.close()


class _Channel:
    """A pipe to the kernel, with the face of a ZMQ channel."""

    def __init__(self, session, pipe, count=lambda size: None):
        self.session, self.pipe, self.count = session, pipe, count

    def send(self, msg):
        """Send a message; a dead kernel gets none, as with a socket."""
        with contextlib.suppress(ConnectionError):
            self.pipe.send(self.session.serialize(msg))

    async def get_msg(self, timeout=None):
        """Next message; ``queue.Empty`` when there is none within ``timeout`` seconds."""
        try:
            return await asyncio.wait_for(self._next(), timeout)
        except TimeoutError:
            raise Empty from None

    async def _next(self):
        loop = asyncio.get_running_loop()
        readable = loop.create_future()
        loop.add_reader(self.pipe.fileno(), lambda: readable.done() or readable.set_result(None))
        try:
            await readable
        finally:
            loop.remove_reader(self.pipe.fileno())
        try:
            received = self.pipe.recv()
            self.count(sum(map(len, received)))
            _, frames = self.session.feed_identities(received)
        except (EOFError, OSError):
            return await loop.create_future()  # nothing will come; nbclient finds out by itself why
        return self.session.deserialize(frames)


class _Server:
    """The caller's hold on a server process."""

    def __init__(self, command, modules):
        self.control, its_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_control:
            fd = its_control.fileno()
            # In a session of its own: Ctrl-C in the terminal is for the caller, who then ends the run.
            self.process = subprocess.Popen(
                [*command, str(fd), *modules], pass_fds=[fd], stdin=subprocess.DEVNULL, start_new_session=True
            )

    def fork(self, modules, fds, patience):
        """Fork a kernel on two pipes: its process number and a descriptor of the process."""
        from nbclient.exceptions import DeadKernelError

        self.control.settimeout(patience)
        try:
            socket.send_fds(self.control, [" ".join(modules).encode() or b" "], fds)
            reply, pidfds, *_ = socket.recv_fds(self.control, 64, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            pidfds = []
        if not pidfds:
            raise DeadKernelError("The server that forks the kernels does not answer")
        return int(reply), pidfds[0]

    def stop(self):
        """End the server and its runs."""
        self.control.close()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:  # in the middle of an import
            self.process.kill()
            self.process.wait()


_servers: dict[tuple, _Server] = {}
_lock = threading.Lock()
atexit.register(stop)


def _fork(command, modules, fds, patience):
    """Fork from the server of this process."""
    with _lock:
        key = _server(command, modules)
        try:
            return _servers[key].fork(modules, fds, patience)
        except BaseException:  # a KeyboardInterrupt too: the reply left unread would be taken for the next
            _servers.pop(key).stop()
            raise


def _server(command, modules):
    """The key of this process's server, which is started with these modules when there is none or it has gone."""
    # An interpreter reads these variables only when it starts, so each setting has a server.
    python = tuple(sorted(item for item in os.environ.items() if item[0].startswith("PYTHON")))
    key = (os.getpid(), *command, python)
    if key in _servers and _servers[key].process.poll() is not None:
        _servers.pop(key).stop()
    if key not in _servers:
        _servers[key] = _Server(command, modules)
    return key


# From here on: what runs in the server and in its forks.


def _main():
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # as ipykernel_launcher does; the kernel adds it again
    _preload([*_KERNEL_MODULES, *sys.argv[2:]])
    try:
        pipes = _serve(socket.socket(fileno=int(sys.argv[1])))
    except MemoryError:  # the caller is told that nobody answers
        os._exit(1)
    _run(*map(Connection, pipes))


def _serve(control):
    """Fork a kernel for each request until the caller is gone; return only in a fork, with its pipes."""
    runs = {}
    while True:
        ready = wait([control, *runs])
        for pidfd in runs.keys() & ready:
            _end(pidfd, runs.pop(pidfd))
        if control not in ready:
            continue
        modules, fds, *_ = socket.recv_fds(control, 65536, 2, socket.MSG_CMSG_CLOEXEC)
        if not fds:
            break
        _preload(modules.decode().split())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of OpenBLAS's threads, which outlive a fork
            pid = os.fork()
        if not pid:
            control.close()
            for pidfd in runs:
                os.close(pidfd)
            return fds
        pidfd = os.pidfd_open(pid)
        runs[pidfd] = pid
        with contextlib.suppress(ConnectionError):  # the caller went; the next round sees it
            socket.send_fds(control, [str(pid).encode()], [pidfd])
        for fd in fds:
            os.close(fd)
    for pidfd, pid in runs.items():
        _end(pidfd, pid)
    os._exit(0)


def _preload(modules):
    """Import modules for all runs to come."""
    before = len(sys.modules)
    needless = _NEEDLESS - sys.modules.keys()
    sys.modules.update(dict.fromkeys(needless))  # not to be imported, until a run asks for one itself
    for module in modules:
        with contextlib.suppress(Exception):  # the notebook meets the same error where it can be seen
            importlib.import_module(module)
    if len(sys.modules) > before + len(needless):
        with contextlib.suppress(Exception):  # a run that needs it meets it again
            use_once(sys.modules)
    for module in needless:
        del sys.modules[module]
    if len(sys.modules) == before:
        return
    gc.collect()
    gc.freeze()  # the collector would else write to every page that the forks share


def use_once(loaded):
    """Do what packages put off to their first use, so that no run pays for it; it leaves no mark on the runs."""
    if {"altair", "pandas"} <= loaded.keys():  # 70 ms
        frame = loaded["pandas"].DataFrame({"x": [0]})
        for data in frame, loaded["altair"].Data(values=[]):
            loaded["altair"].Chart(data).mark_point().encode(x="x:Q").to_dict()
    if "pandera.pandas" in loaded:  # 260 ms
        loaded["pandera.pandas"].DataFrameSchema().validate(loaded["pandas"].DataFrame())
    if "wavebook.definitions" in loaded:  # 40 ms
        importlib.import_module("pybtex.database").parse_string("", "bibtex")
        importlib.import_module("pybtex.richtext").Text.from_latex("")


def _end(pidfd, pid):
    """End what is left of a run and of the processes it started."""
    for kill in (os.kill, os.killpg):  # a number is not given again before it has been waited for
        with contextlib.suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(pidfd)


def _run(shell, iopub):
    """Be the kernel of one run."""
    import ctypes

    os.setsid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: no run outlives the server
    env, cwd, key, arguments = shell.recv()
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # random seeds itself in a fork, NumPy does not
    sys.argv = ["ipykernel_launcher", *arguments]
    app = _app(shell, iopub, key)
    app.initialize(arguments)
    app.start()
    # The end of an interpreter, without taking every shared module apart: that costs 40 ms.
    threading._shutdown()
    atexit._run_exitfuncs()  # IPython's drops what the notebook holds
    gc.collect()
    for thing in gc.get_objects():
        if issubclass(type(thing), io.IOBase) and not thing.closed:
            with contextlib.suppress(Exception):
                thing.flush()
    os._exit(0)


def _app(shell, iopub, key):
    """ipykernel's application, with pipes for sockets."""
    import zmq
    from ipykernel.iostream import IOPubThread
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.shellchannel import ShellChannelThread
    from tornado.ioloop import IOLoop
    from traitlets import Any

    class Stream:
        """A pipe, with the face of a ZMQ stream."""

        def __init__(self, pipe, context, io_loop=None):
            self.pipe, self.context, self.io_loop = pipe, context, io_loop

        def send_multipart(self, frames, *_, **__):
            self.pipe.send([bytes(frame) for frame in frames])

        def on_recv(self, handle, copy):
            self.io_loop.add_handler(self.pipe.fileno(), lambda *_: self.read(handle), IOLoop.READ)

        def read(self, handle):
            try:
                frames = self.pipe.recv()
            except (EOFError, OSError):  # the caller is gone
                os._exit(1)
            self.io_loop.add_callback(handle, [zmq.Message(frame) for frame in frames])

        def flush(self, *_):
            """Nothing to do: messages do not wait."""

        def close(self):
            self.pipe.close()

    class Kernel(IPythonKernel):
        shell_stream = Any()

        def start(self):
            super(IPythonKernel, self).start()  # IPythonKernel adds only the debugger

    class App(IPKernelApp):
        parent_handle = 1  # no watch on the caller: the server keeps it

        def init_sockets(self):
            self.session.key = key
            self.context = zmq.Context()
            atexit.register(self.close)
            self.configure_tornado_logger()
            self.iopub_thread = IOPubThread(Stream(iopub, self.context), pipe=True, session=self.session)
            self.iopub_thread.start()
            self.iopub_socket = self.iopub_thread.background_socket
            self.shell_channel_thread = ShellChannelThread(self.context, daemon=True)

        def init_kernel(self):
            stream = Stream(shell, self.context, self.shell_channel_thread.io_loop)
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

        def nothing(self):
            """No connection file, no heartbeat."""

        init_connection_file = write_connection_file = log_connection_info = init_heartbeat = nothing

    return App.instance()


if __name__ == "__main__":
    _main()
