"""The commands: each is there, says what it is for, and refuses what cannot be."""

from __future__ import annotations

import pytest

from wavebook.cli import commands, main


def names():
    action = next(a for a in commands.parser()._actions if a.choices)
    return dict.fromkeys(action.choices, action)


@pytest.mark.parametrize("name", names())
def test_every_command_has_a_function_and_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert f"usage: wavebook {name}" in capsys.readouterr().out


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
