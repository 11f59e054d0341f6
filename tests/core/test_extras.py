"""A command that needs an extra says which, where it is not installed; a book is built without any."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib

import lending
import pytest

from book import ROOT
from wavebook import cli
from wavebook.core import extras

COMMANDS = {
    "inspect": ("survey", ["inspect", "answers.csv"]),
    "estimate": ("survey", ["estimate", "2030"]),
    "diff": ("survey", ["diff", "2026", "2030"]),
    "demo": ("survey", ["demo"]),
    "pdf": ("pdf", ["pdf"]),
    "accessibility": ("pdf", ["accessibility"]),
    "build --cluster": ("cluster", ["build", "--editions", "region=*", "--cluster", "tcp://127.0.0.1:1"]),
}
BLOCKED = """
import importlib, pkgutil, sys
for name in {names}:
    sys.modules[name] = None
import wavebook
for room in ("core", "definitions", "language", "figures", "claims", "charts", "runs", "pages", "site", "publish"):
    package = importlib.import_module(f"wavebook.{{room}}")
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        try:
            importlib.import_module(found.name)
        except ImportError:
            print(found.name)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_names_the_extra_that_it_misses(command, monkeypatch, capsys):
    extra, arguments = COMMANDS[command]
    real = importlib.util.find_spec
    hidden = extras.MODULES[extra]
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name in hidden else real(name))
    monkeypatch.chdir(lending.SOURCE)
    assert cli.main(arguments) == 1
    told = capsys.readouterr().err
    assert re.search(rf"^W511 wavebook {command}: needs {hidden[0]}", told, re.MULTILINE)
    assert f"pip install 'wavebook[{extra}]'" in told


def test_nothing_is_said_of_an_extra_that_is_there():
    for extra in extras.MODULES:
        extras.need(extra, "wavebook")


def test_modules_are_those_of_the_extras_that_are_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for extra, modules in extras.MODULES.items():
        assert set(modules) <= {name.replace("-", "_") for name in declared[extra]}


def test_only_what_serves_respondents_imports_the_packages_of_an_extra():
    names = [name for modules in extras.MODULES.values() for name in modules]
    script = BLOCKED.format(names=names)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    served = ("wavebook.core.moments", "wavebook.core.numerals", "wavebook.publish.review")  # by estimate and diff
    served += ("wavebook.publish.tagging", "wavebook.publish.desk")  # by pdf and serve
    assert [name for name in done.stdout.split() if not name.startswith(served)] == []
