"""The tools that prepare a machine, on machines made up of a few programs: what is missing is said in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from book import ROOT

SUDO_ASKS = "echo 'sudo: a password is required' >&2; exit 1"
SUDO_DOES = 'test "$1" = -n && shift; exec "$@"'
BROKEN = "exit 1"
NOTED = 'echo "apt-get $*" >> "$LOG"'


@dataclass
class Machine:
    """A folder of programs, each a line of shell, and what was done with apt-get."""

    folder: Path
    root: bool = False
    programs: dict[str, str] = field(default_factory=dict)

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run a tool of this repository with nothing but these programs, and nobody at the keyboard."""
        path = self.folder / "bin"
        path.mkdir()
        for name in ("bash", "sh", "env", "true", "dirname", "grep", "sed"):
            (path / name).symlink_to(shutil.which(name))
        for name, script in {"id": f"echo {0 if self.root else 1000}", **self.programs}.items():
            (path / name).write_text(f"#!/bin/sh\n{script}\n")
            (path / name).chmod(0o755)
        env = {"PATH": str(path), "HOME": str(self.folder), "LOG": str(self.folder / "log")}
        pipes = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "check": False}
        return subprocess.run([ROOT / "tools" / tool, *arguments], env=env, cwd=self.folder, timeout=30, **pipes)

    @property
    def log(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        ({}, "there is no apt-get here; install what Debian calls one two in this system's own way"),
        (
            {"apt-get": NOTED},
            "only an administrator can install one two, and there is no sudo; have one run 'apt-get install one two'",
        ),
        (
            {"apt-get": NOTED, "sudo": SUDO_ASKS},
            "one two must be installed with a password; run 'sudo apt-get install one two', or have an administrator "
            "run it",
        ),
        (
            {"apt-get": BROKEN, "sudo": SUDO_DOES},
            "apt-get could not install one two, and says why above; have an administrator run "
            "'apt-get install one two'",
        ),
    ],
)
def test_who_may_not_install_is_told_what_is_missing_and_who_can(tmp_path, programs, said):
    machine = Machine(tmp_path, programs=programs)
    done = machine.run("packages", "Tests of this", "--no-install-recommends", "one", "two")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"Tests of this: {said}, and run make again."
    assert "not found" not in done.stderr
    assert machine.log == []


@pytest.mark.parametrize("root", [True, False])
def test_who_may_install_does_so_without_a_question(tmp_path, root):
    programs = {"apt-get": f'{NOTED}; test "$1" = update || test "$DEBIAN_FRONTEND" = noninteractive'}
    machine = Machine(tmp_path, root=root, programs=programs | ({} if root else {"sudo": SUDO_DOES}))
    done = machine.run("packages", "Tests of this", "--no-install-recommends", "one", "two")
    assert done.returncode == 0, done.stderr
    assert machine.log == ["apt-get update -q", "apt-get install -y -q --no-install-recommends one two"]


def test_lists_of_packages_that_cannot_be_brought_up_to_date_do_not_keep_from_installing(tmp_path):
    machine = Machine(tmp_path, root=True, programs={"apt-get": f'test "$1" = install && {NOTED}'})
    assert machine.run("packages", "Tests of this", "one").returncode == 0
    assert machine.log == ["apt-get install -y -q one"]


@pytest.mark.parametrize("tool", ["dictionaries", "git", "r", "sweeps"])
def test_each_tool_says_what_it_misses(tmp_path, tool):
    done = Machine(tmp_path, programs={"apt-get": NOTED}).run(tool)
    assert done.returncode == 1
    assert "have one run 'apt-get install " in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("python", "missing"),
    [
        (None, "Python 3.11 or newer: only an administrator can install python3 python3-venv"),
        ("exit 1", "Python 3.11 or newer: only an administrator can install python3 python3-venv"),
        ('case "$*" in *"import venv"*|*ensurepip*|*pip*) exit 1;; esac', "Python's environments: only an admin"),
        ('case "$*" in *ensurepip*|*pip*) exit 1;; esac', "Python's environments: only an administrator can install"),
    ],
    ids=["no Python", "an old one", "without venv", "without anything that brings pip"],
)
def test_a_machine_without_python_s_environments_says_so(tmp_path, python, missing):
    programs = {"apt-get": NOTED, **({"python3": python} if python else {})}
    done = Machine(tmp_path, programs=programs).run("setup", "requirements.txt", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(missing)
    assert not (tmp_path / "venv").exists()


def test_uv_needs_no_package_of_python_s_environments(tmp_path):
    python = 'case "$*" in *"-m venv"*) mkdir -p "$4/bin"; cp "$0" "$4/bin/python";; *pip*) exit 1;; esac'
    log = 'echo "uv $1 $2" >> "$LOG"'
    machine = Machine(tmp_path, programs={"python3": python, "uv": log, "apt-get": NOTED})
    for name in ("mkdir", "cp"):
        machine.programs[name] = f'exec {shutil.which(name)} "$@"'
    done = machine.run("setup", "requirements.txt", str(tmp_path / "venv"))
    assert done.returncode == 0, done.stderr
    assert machine.log == ["uv pip install"] * 2
    assert os.access(tmp_path / "venv" / "bin" / "python", os.X_OK)
