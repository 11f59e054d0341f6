"""The papermill engine ``wavebook``: every run is a fork of a process that has done its imports.

A server process, one for each calling process, imports what notebooks import and forks a kernel for each
run, so nothing leaks from run to run. Kernel (ipykernel) and client (papermill's, on nbclient) are those of
the stock engine and only the wire differs, pipes for sockets: the same code makes the same outputs.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from wavebook.core.notebooks import crowd
from wavebook.core.problems import Problem
from wavebook.runs import child, server
from wavebook.runs.kernel import MOST_OUTPUT, Kernel
from wavebook.runs.under_way import UnderWay

# Packages the server may import, once a notebook names them. They change no setting of another library and
# start no thread that a fork would lose: pandas 3.1 and Altair 6.3 start none, vl-convert 1.9 only when it
# first draws. Polars 2.1 starts one when it is imported, so it is left to the runs.
PRELOADED = {"altair", "numpy", "pandas", "vl_convert", "wavebook"}

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
    def execute_notebook(cls, nb: Any, kernel_name: str, *, under_way: UnderWay | None = None, **options: Any) -> Any:
        """Run ``nb`` in place, as papermill's stock engine does; who holds ``under_way`` can end it.

        Raises
        ------
        DeadKernelError, CellTimeoutError, KeyboardInterrupt
            As the stock engine does; here a problem (W311 to W313) before their text names notebook and cell.
        """
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from papermill.engines import NBClientEngine

        python = options_of(kernel_name)
        if python is None or {"km", "kernel_manager_class"} & options.keys():
            return NBClientEngine.execute_notebook(nb, kernel_name, **options)
        kernel = Kernel(python, modules_of(nb.cells), options.get("start_timeout", 60))
        try:
            with (under_way or UnderWay()).holding(kernel):
                return NBClientEngine.execute_notebook(nb, kernel_name, km=kernel, **options)
        except (DeadKernelError, CellTimeoutError, KeyboardInterrupt) as error:
            kind = KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else type(error)
            why = "TooMuchOutput" if kernel.flooded else kind.__name__
            raise kind(f"{problem_in(nb, why)}\n{error}".rstrip()) from error
        finally:
            kernel.close()

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Name of the kernel that ``nb`` asks for, or ``name``."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Name of the language that ``nb`` is written in, or ``language``."""
        from papermill.utils import nb_language

        return nb_language(nb, language)


def start(notebooks: Iterable[Path]) -> None:
    """Have a server begin importing what these notebooks (files) import, while the caller does something else."""
    with contextlib.suppress(Exception):  # the run meets the error again, where it can be reported
        texts = [path.read_bytes() for path in notebooks]
        books = [json.loads(text) for text in texts if not crowd(text)]  # nbformat takes longer to import than this
        python = options_of(books[0]["metadata"].get("kernelspec", {}).get("name", "")) or options_of("python3")
        if python is not None:
            server.start(python, modules_of(cell for nb in books for cell in nb["cells"]))


def preload(notebooks: Iterable[bytes]) -> None:
    """Import into this process, which will fork runs, what these notebooks (texts) import."""
    with contextlib.suppress(Exception):  # as above
        child.preload(modules_of(cell for text in notebooks for cell in json.loads(text)["cells"]))


@functools.cache
def can_fork() -> bool:
    """Tell whether processes fork safely and have descriptors: Linux 5.3 and later."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def options_of(kernel_name: str) -> list[str] | None:
    """Python's options for a server whose forks equal the kernel; None where only the stock engine will do."""
    if not can_fork():
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
    return argv[:-4]


def modules_of(cells: Iterable[dict[str, Any]]) -> list[str]:
    """Modules in the import statements of cells that the server may import for them."""
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    found: set[str] = set()
    for package, names in _IMPORT.findall(source):
        listed = [part.split()[0] for part in re.split(r"[,()#;]", names) if part.strip()]
        found.update([package, *(f"{package}.{name}" for name in listed)] if package else listed)
    return sorted(name for name in found if name.partition(".")[0] in PRELOADED)


_PROBLEMS = {
    "CellTimeoutError": ("W311", "the cell took longer than is allowed", "Make it faster or allow it more."),
    "DeadKernelError": ("W312", "the kernel died", "Look for a crash, an exit or too little memory."),
    "KeyboardInterrupt": ("W313", "the run was interrupted", "Run it again."),
    "TooMuchOutput": ("W314", f"its cells print more than {MOST_OUTPUT // 10**6} MB", "Print less."),
}


def problem_in(nb: Any, why: str, cell: int | None = None) -> Problem:
    """A problem that names the notebook and the cell that stopped; the last one begun unless given."""
    code, found, action = _PROBLEMS[why]
    times = [cell.metadata.get("papermill", {}).get("start_time") for cell in nb.cells]
    cell = cell or max((i for i, time in enumerate(times, 1) if time), default=1)
    path = nb.metadata.papermill.get("input_path")  # the notebook itself if papermill was given no file
    return Problem(code, f"{path if isinstance(path, str) else 'notebook'}, cell {cell}", found, action)
