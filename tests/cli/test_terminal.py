"""What a terminal shows: texts that it does not obey, and how far the work is."""

from __future__ import annotations

import sys

import pytest

from wavebook.cli import terminal


def test_what_a_terminal_would_obey_is_shown_as_spaces(capsys):
    terminal.say("een\x1b[2Jtwee\rdrie\nvier é")
    assert capsys.readouterr().out == "een [2Jtwee drie\nvier é\n"


@pytest.mark.parametrize(("seconds", "told"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (75, "1 min 15 s")])
def test_a_time_is_told_as_people_say_it(seconds, told):
    assert terminal.duration(seconds) == told


def test_a_path_is_told_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert terminal.shortest(tmp_path / "_build" / "html") == "_build/html"
    assert terminal.shortest(tmp_path.parent) == str(tmp_path.parent)


def test_progress_in_a_log_is_a_line_for_each_twentieth_part(capsys):
    show = terminal.progress()
    for done in range(101):
        show(done, 100, done // 50, 30.0)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0] == "0 of 100 editions, 30 s left"
    assert lines[-1] == "100 of 100 editions, 2 failed"


def test_progress_on_a_terminal_is_one_line(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    show = terminal.progress()
    show(1, 2, 0, None)
    show(2, 2, 0, 0.0)
    assert capsys.readouterr().err == "\r\x1b[K1 of 2 editions\r\x1b[K2 of 2 editions\n"


def test_of_nothing_to_do_there_is_no_progress(capsys):
    terminal.progress()(0, 0, 0, None)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("terminal_there", [True, False])
def test_steps_are_told_on_a_terminal_only(capsys, monkeypatch, terminal_there):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal_there)
    terminal.tell("printing")
    assert capsys.readouterr().err == ("wavebook: printing\n" if terminal_there else "")
