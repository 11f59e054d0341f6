"""The papermill engine ``wavebook-shell``: a run is a fork of this process with IPython's shell, and no kernel.

For a process that has done its imports, has no other thread, and has many runs ahead of it, one after the other.
Outputs are those of ipykernel for code that prints, shows, returns or fails; a kernel's widgets and its questions to a
person are not there. Of IPython it overrides what is meant to be overridden, and tests/runs/test_shell.py names what is
gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from multiprocessing.connection import Connection
from typing import Any

import nbformat
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from wavebook.core.processes import Fork
from wavebook.core.text import legible
from wavebook.runs import child
from wavebook.runs.engine import WarmEngine, problem_in

NAME = "wavebook-shell"


class ShellEngine(WarmEngine):
    """papermill's engine ``wavebook-shell``; ``register`` makes it known."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        *,
        resources: dict[str, Any] | None = None,
        execution_timeout: float | None = None,
        **_: object,
    ) -> Any:
        """Run all cells of ``nb`` in place, whether or not one fails.

        Raises DeadKernelError (W312) as the stock engine does when the run ends before it is done, and CellTimeoutError
        (W311) when a cell takes more than ``execution_timeout`` seconds.
        """
        from nbclient.exceptions import CellTimeoutError, DeadKernelError

        folder = (resources or {}).get("metadata", {}).get("path")
        run = Fork(lambda pipe: _be_run(nb, folder, pipe))
        cell, done = 1, None
        why: type[Exception] = DeadKernelError
        try:
            with contextlib.suppress(EOFError, ConnectionError):
                while done is None and why is DeadKernelError:
                    if run.pipe.poll(execution_timeout):
                        cell, done = run.pipe.recv()
                    else:
                        why = CellTimeoutError
        finally:
            run.end(kill=True)  # a run that is done has ended by itself, but has not been waited for
        if done is None:
            raise why(problem_in(nb, why.__name__, cell))
        nb.update(nbformat.from_dict(json.loads(done)))
        return nb


def register() -> None:
    """Make the engine known to papermill."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, ShellEngine)


def prepare() -> None:
    """Make the shell for the forks of this process, which must be about to end: it becomes IPython's."""
    _shell()


# From here on: code that runs in the fork.


def _be_run(nb: Any, folder: str | None, pipe: Connection) -> None:
    """Run the cells, and send the position and the result."""
    os.chdir(folder or os.getcwd())
    sys.path.insert(0, "")  # as a kernel does, which finds modules beside its notebook
    child.seed()
    shell = _shell()
    outputs = shell.outputs
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


class _Outputs:
    """The outputs of the cell that runs, as nbclient writes them down."""

    def __init__(self) -> None:
        self.cell: Any = None
        self.shown: dict[str, list[Any]] = {}

    def stream(self, name: str, text: str) -> None:
        last = self.cell.outputs[-1] if self.cell.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.add("stream", name=name, text=text)

    def add(self, kind: str, **content: Any) -> None:
        self.cell.outputs.append(nbformat.v4.new_output(kind, **content))

    def display(self, data: dict, metadata: dict, identity: str | None, update: bool) -> None:
        if update:
            for output in self.shown.get(identity or "", []):
                output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(metadata)
            return
        self.add("display_data", data=data, metadata=metadata)
        if identity:
            self.shown.setdefault(identity, []).append(self.cell.outputs[-1])


class _Stream:
    """The stream to which a run prints."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self, outputs: _Outputs, name: str):
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        if text:
            if not text.isascii():  # halves of letters are refused where they are printed, as Python's own stream does
                text = text.encode("utf-8", self.errors if self.name == "stdout" else "backslashreplace").decode()
            self.outputs.stream(self.name, text)
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: no text waits."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    """The publisher of ``display``."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        identity = (transient or {}).get("display_id")
        shown: Any = json_clean(encode_images(data))
        told: Any = json_clean(metadata or {})
        json.dumps(shown, ensure_ascii=False).encode()  # what no file can hold fails in the cell that shows it
        _shell().outputs.display(shown, told, identity, update)

    def clear_output(self, wait: bool = False) -> None:
        _shell().outputs.cell.outputs = []


class _Hook(DisplayHook):
    """The hook for the value of a cell."""

    def write_output_prompt(self) -> None:
        """Do nothing: the number is written with the data."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        data, metadata = json_clean(encode_images(format_dict)), json_clean(md_dict or {})
        count = self.prompt_count
        _shell().outputs.add("execute_result", execution_count=count, data=data, metadata=metadata)

    def finish_displayhook(self) -> None:
        """Do nothing: no output was begun."""


class _Shell(InteractiveShell):
    """IPython's shell, which writes its outputs down."""

    display_pub_class, displayhook_class, compiler_class = _Publisher, _Hook, XCachingCompiler

    def __init__(self, **options: Any) -> None:
        self.outputs = _Outputs()
        super().__init__(**options)

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        """Write a traceback down: IPython says that subclasses may override this method, despite its name."""
        self.outputs.add("error", ename=etype.__name__, evalue=legible(str(evalue)), traceback=[*map(legible, stb)])


def _shell() -> _Shell:
    """The one shell of this process, which keeps no history."""
    config = Config()
    config.HistoryManager.enabled = False
    return _Shell.instance(config=config)
