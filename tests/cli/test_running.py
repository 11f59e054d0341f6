"""What an editor is told of a command that could not be done, whatever kept it from that."""

import argparse

import pytest

from wavebook.cli import main, running
from wavebook.core.interruption import Interrupted
from wavebook.core.problems import Problem, ProblemsError

ENDS = {
    "a problem of the book": (ProblemsError([Problem("W101", "here", "is wrong", "Do so.")]), 1, "W101 here: is wrong"),
    "a disk that is full": (OSError(28, "No space left on device", "there"), 1, "W506 there: cannot be used: No space"),
    "a copy to a disk that is full": (
        OSError(28, "No space left", "from", None, "to"),
        1,
        "W506 to: cannot be used: No",
    ),
    "no memory": (MemoryError(), 1, "W507 this machine"),
    "no memory for a library": (ImportError("x.so: failed to map segment from shared object"), 1, "W507 this machine"),
    "a fault here, which may quote an answer": (ValueError("secret"), 1, "met a ValueError"),
    "Ctrl-C": (KeyboardInterrupt(), 130, "interrupted; nothing was published"),
    "a signal to end": (Interrupted(15), 143, "interrupted; nothing was published"),
}


@pytest.mark.parametrize("end", ENDS)
def test_each_end_has_its_exit_code_and_its_sentence(monkeypatch, capsys, end):
    error, code, said = ENDS[end]

    def run(_):
        raise error

    parser = argparse.ArgumentParser()
    parser.set_defaults(run=run)
    monkeypatch.setattr(running, "parser", lambda: parser)
    assert main([]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "secret" not in told.err
    assert told.out == ""


def test_too_little_memory_is_told_without_memory_for_it(monkeypatch, capsys):
    def run(_):
        monkeypatch.setattr(Problem, "__str__", run)
        raise MemoryError

    parser = argparse.ArgumentParser()
    parser.set_defaults(run=run)
    monkeypatch.setattr(running, "parser", lambda: parser)
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("W507 this machine: has too little memory for this.\n")
