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


CONFINED = """
import os, resource, signal, sys
from wavebook import cli
from wavebook.cli import running
resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))
def main(arguments):
    os.write(2, b"a library cries")
    print("told", file=sys.stderr)
    {end}
    return 3
running.main = main
cli.command()
"""
LACK = (
    "told\nW507 ulimit -d: allows 1,024 MB, which is too little for this.\n"
    "     End other programs, or use a larger machine, and run it again.\n\n1 problem; nothing was published.\n"
)


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        ("pass", 3, "told\n"),
        ("sys.exit(2)", 2, "told\n"),
        ("sys.exit(1)", 1, "told\n"),
        ("import ctypes; ctypes.CDLL(None).exit(1)", 1, LACK),
        ("os.kill(os.getpid(), signal.SIGSEGV)", 1, LACK),
        ("running.stand_apart('a', 'a'); ctypes = __import__('ctypes'); ctypes.CDLL(None).exit(1)", 1, LACK),
        ("os.kill(os.getppid(), signal.SIGTERM); signal.pause()", 143, "told\ninterrupted; nothing was published\n"),
    ],
)
def test_where_memory_is_limited_the_end_by_a_library_is_told(tmp_path, end, code, said):
    script = [sys.executable, "-c", CONFINED.format(end=end)]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", said)
