"""The command that begins a book."""

from __future__ import annotations

import io

import pytest

from wavebook.cli import beginning, main


@pytest.mark.parametrize(("typed", "answer"), [(" own \n", "own"), ("\n", "usual"), ("", "usual")])
def test_a_question_that_nobody_answers_has_its_default(typed, answer, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert beginning._answer("Title", "usual") == answer
    assert capsys.readouterr().out == "Title [usual]: "


def test_the_example_is_not_made_of_answers(tmp_path, capsys):
    assert main(["init", str(tmp_path / "b"), "--example", "--from", "a.sav"]) == 2
    assert "do not go together" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_what_is_asked_on_a_terminal_goes_into_the_book(tmp_path, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal("fr\n2024Q1\nMa page\n"))
    assert main(["init", str(tmp_path / "b")]) == 0
    assert 'title: "Ma page"' in (tmp_path / "b" / "_config.yml").read_text(encoding="utf-8")
    assert (tmp_path / "b" / "data" / "figures" / "2024Q1.csv").is_file()
    assert "Title [Une bibliothèque imaginaire]" in capsys.readouterr().out
