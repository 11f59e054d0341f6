"""The commands: each is there, says what it is for, and refuses what cannot be."""

from __future__ import annotations

import argparse

import pytest

import wavebook
from wavebook.cli import commands, main


def parsers(parser, name="wavebook"):
    """Every parser below this one, by the words that lead to it."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from parsers(below, f"{name} {word}")


def test_every_command_explains_itself_and_each_of_its_arguments():
    made = dict(parsers(commands.parser()))
    assert {"wavebook build", "wavebook language new"} <= made.keys()
    assert [name for name, parser in made.items() if not parser.description] == []
    told = [(name, a) for name, parser in made.items() for a in parser._actions if a.metavar not in {"COMMAND", "TASK"}]
    assert [(name, action.dest) for name, action in told if not action.help] == []


def test_every_command_has_a_function_or_asks_for_a_task():
    made = dict(parsers(commands.parser()))
    assert [name for name, p in made.items() if p.get_default("run") is None] == ["wavebook", "wavebook language"]


def test_the_version_is_that_of_the_library(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert (stopped.value.code, capsys.readouterr().out) == (0, f"wavebook {wavebook.__version__}\n")


@pytest.mark.parametrize("port", ["-1", "65536", "een"])
def test_a_port_that_cannot_be_is_refused(port, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--port", port])
    assert stopped.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["inspect a.sav", "estimate 2016"])
def test_what_reads_respondents_says_of_which_file(line, monkeypatch):
    monkeypatch.setattr(commands, "find_root", lambda: commands.Path("book"))
    options = commands.parser().parse_args(line.split())
    path, place = options.respondents(options)
    assert path.as_posix().endswith(place)


def test_a_code_is_explained_and_an_unknown_one_is_not(capsys):
    assert main(["explain", "W403"]) == 0
    assert capsys.readouterr().out.startswith("W403: ")
    assert main(["explain", "W999"]) == 2
