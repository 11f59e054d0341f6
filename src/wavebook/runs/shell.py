"""The papermill engine ``wavebook-shell``: a run is a fork of this process with IPython's shell, and no kernel.

For a process that has its imports behind it, no other thread, and many runs before it that come one after the other.
Outputs are those of ipykernel for code that prints, shows, returns or fails; a kernel's widgets and its questions to a
person are not there.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import signal
import socket
import sys
from multiprocessing.connection import Connection

import nbformat
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from wavebook.runs.engine import WarmEngine, problem_in

NAME = "wavebook-shell"


class ShellEngine(WarmEngine):
    """papermill's engine ``wavebook-shell``; ``register`` makes it known."""

    @classmethod
    def execute_notebook(cls, nb, kernel_name, *, resources=None, execution_timeout=None, **_):
        """Run all cells of ``nb`` in place, whether or not one fails.

        Raises DeadKernelError (W312) as the stock engine does when the run ends before it is done, and CellTimeoutError
        (W311) when a cell takes more than ``execution_timeout`` seconds.
        """
        from nbclient.exceptions import CellTimeoutError, DeadKernelError

        ours, its = socket.socketpair()
        pid = os.fork()
        if not pid:
            ours.close()
            _be_run(nb, (resources or {}).get("metadata", {}).get("path"), Connection(its.detach()))
        its.close()
        cell, done, why = 1, None, DeadKernelError
        try:
            with Connection(ours.detach()) as pipe, contextlib.suppress(EOFError, ConnectionError):
                while done is None and why is DeadKernelError:
                    if pipe.poll(execution_timeout):
                        cell, done = pipe.recv()
                    else:
                        why = CellTimeoutError
        finally:
            os.kill(pid, signal.SIGKILL)  # what is done has ended by itself, but has not been waited for
            os.waitpid(pid, 0)
        if done is None:
            raise why(problem_in(nb, why.__name__, cell))
        nb.update(nbformat.from_dict(json.loads(done)))
        return nb


def register() -> None:
    """Make the engine known to papermill."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, ShellEngine)


def prepare() -> None:
    """Make the shell that the forks of this process use: a process that is about to end, for it becomes IPython's."""
    _shell()


# From here on: what runs in the fork.


def _be_run(nb, folder: str | None, pipe: Connection) -> None:
    """Run the cells, send where it is and what came of it, and end."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: no run outlives its caller
        os.chdir(folder or os.getcwd())
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()  # random seeds itself in a fork, NumPy does not
        outputs, shell = _OUTPUTS, _shell()
        for number, cell in enumerate(nb.cells, 1):
            pipe.send((number, None))
            if cell.cell_type == "code" and cell.source.strip():
                outputs.cell = cell
                cell.outputs = []
                with (
                    contextlib.redirect_stdout(_Stream(outputs, "stdout")),
                    contextlib.redirect_stderr(_Stream(outputs, "stderr")),
                ):
                    shell.run_cell(cell.source, store_history=True)
                cell.execution_count = shell.execution_count - 1
        nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        pipe.send((len(nb.cells), json.dumps(nb)))
        code = 0
    finally:
        os._exit(code)


class _Outputs:
    """The outputs of the cell that runs, as nbclient writes them down."""

    def __init__(self):
        self.cell = None
        self.shown = {}

    def stream(self, name: str, text: str) -> None:
        last = self.cell.outputs[-1] if self.cell.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.add("stream", name=name, text=text)

    def add(self, kind: str, **content) -> None:
        self.cell.outputs.append(nbformat.v4.new_output(kind, **content))

    def display(self, data: dict, metadata: dict, identity: str | None, update: bool) -> None:
        if update:
            for output in self.shown.get(identity, []):
                output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(metadata)
            return
        self.add("display_data", data=data, metadata=metadata)
        if identity:
            self.shown.setdefault(identity, []).append(self.cell.outputs[-1])


_OUTPUTS = _Outputs()


class _Stream:
    """Where a run prints."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self, outputs: _Outputs, name: str):
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        if text:
            self.outputs.stream(self.name, text)
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


@functools.cache
def _shell() -> InteractiveShell:
    """IPython's shell, which keeps no history and writes its outputs down."""
    outputs = _OUTPUTS

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, *, transient=None, update=False, **_):
            identity = (transient or {}).get("display_id")
            outputs.display(json_clean(encode_images(data)), json_clean(metadata or {}), identity, update)

        def clear_output(self, wait=False):
            outputs.cell.outputs = []

    class Hook(DisplayHook):
        def write_output_prompt(self):
            """The number is written with the data."""

        def write_format_data(self, format_dict, md_dict=None):
            data, metadata = json_clean(encode_images(format_dict)), json_clean(md_dict or {})
            outputs.add("execute_result", execution_count=self.prompt_count, data=data, metadata=metadata)

        def finish_displayhook(self):
            """Nothing was begun."""

    class Shell(InteractiveShell):
        display_pub_class, displayhook_class, compiler_class = Publisher, Hook, XCachingCompiler

        def _showtraceback(self, etype, evalue, stb):
            outputs.add("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)

    config = Config()
    config.HistoryManager.enabled = False
    return Shell.instance(config=config)
