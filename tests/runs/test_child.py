"""The server that forks kernels, from within: what it imports, and what it needs of CPython."""

from __future__ import annotations

import atexit
import multiprocessing
import platform
import random
import subprocess
import sys
import threading

import pytest

from wavebook.core import processes
from wavebook.runs import child


@pytest.mark.parametrize(("module", "name"), [(threading, "_shutdown"), (atexit, "_run_exitfuncs")])
def test_cpython_has_the_private_functions_that_end_a_run(module, name):
    assert callable(getattr(module, name, None)), (
        f"CPython {platform.python_version()}: {module.__name__}.{name} is gone"
    )


def test_the_server_itself_imports_little_of_the_library():
    script = "import sys, wavebook.runs.child; print(*sorted(m for m in sys.modules if m.startswith('wavebook')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        *("wavebook", "wavebook.core", "wavebook.core.interruption", "wavebook.core.processes", "wavebook.runs"),
        "wavebook.runs.child",
    ]


def test_modules_that_no_run_needs_are_left_out_and_can_be_imported_afterwards():
    script = (
        "import sys; from wavebook.runs import child\n"
        "child.preload(['colorsys', 'no.such.module', 'hypothesis'])\n"
        "print('colorsys' in sys.modules, 'hypothesis' in sys.modules)\n"
        "import hypothesis; print(hypothesis.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "hypothesis"]


def test_numpy_draws_other_numbers_after_a_seed_of_its_own():
    import numpy as np

    np.random.seed(1)
    first = np.random.random()
    np.random.seed(1)
    random.seed(1)
    child.seed()
    assert np.random.random() != first


def test_a_run_whose_caller_was_killed_before_it_began_ends_without_a_word(capfd):
    ours, its = multiprocessing.Pipe()

    def begin(_):
        ours.close()
        child._run(its, its)

    fork = processes.Fork(begin)
    its.close()
    ours.close()
    assert fork.end(kill=False)[0] == 0
    assert capfd.readouterr().err == ""
