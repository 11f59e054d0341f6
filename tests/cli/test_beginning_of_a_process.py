"""A process hears Ctrl-C before it imports anything, and says then what it says of it later."""

import subprocess
import sys

import pytest

COMMANDS = {
    "the command": "from wavebook.cli import command\ncommand()",
    "the module": "import runpy\nrunpy.run_module('wavebook', run_name='__main__')",
}
STRUCK = """
import os, signal, sys

class Striking:
    def find_spec(self, name, path, target=None):
        if name == "wavebook.{name}":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Striking())
"""


def run(script: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", script, "explain"], capture_output=True, text=True, **options)


def test_nothing_is_imported_before_signals_are_heard():
    script = "import sys, __future__\nbefore = {*sys.modules}\nimport wavebook.cli\nprint(*({*sys.modules} - before))"
    assert set(run(script).stdout.split()) == {"wavebook", "wavebook.cli"}


@pytest.mark.parametrize("name", ["cli.surroundings", "core", "core.interruption", "cli.running", "cli.commands"])
@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_during_any_import_is_said_in_one_line(command, name):
    ended = run(STRUCK.format(name=name) + COMMANDS[command])
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "interrupted; nothing was published\n")


def test_ctrl_c_that_the_caller_ignores_stays_ignored_from_the_first():
    ended = run(
        "import signal\nsignal.signal(2, signal.SIG_IGN)" + STRUCK.format(name="core") + COMMANDS["the command"]
    )
    assert ended.returncode == 0
    assert ended.stderr == ""
