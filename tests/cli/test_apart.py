"""A command in a process of its own: it ends as that does, and says so when that crashed."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, sys
from pathlib import Path
from wavebook.cli.apart import stand_apart
from wavebook.core.problems import ProblemsError
caller = os.getpid()
try:
    stand_apart(Path("answers.sav"), "answers.sav")
except ProblemsError as error:
    print(error.problems[0].code, error.problems[0].found)
    sys.exit(1)
assert os.getppid() == caller
os.write(2, b"a library cries")
print("told", file=sys.stderr)
{end}
"""


@pytest.mark.parametrize(
    ("end", "code", "out"),
    [
        ("sys.exit(0)", 0, ""),
        ("sys.exit(7)", 7, ""),
        ("os.kill(os.getpid(), signal.SIGSEGV)", 1, "W103 cannot be read: what reads it crashed (SIGSEGV)\n"),
    ],
)
def test_the_command_ends_as_its_own_process_does(tmp_path, end, code, out):
    script = [sys.executable, "-c", SCRIPT.format(end=end)]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, out, "told\n")
