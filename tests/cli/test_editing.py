"""The commands that change a sentence, and take a change back."""

import contextlib

import pytest
from plain import TOP, make_plain

from wavebook.cli import main


@pytest.fixture
def root(tmp_path):
    with contextlib.chdir(make_plain(tmp_path / "book", {"p.md": TOP + "Het is zo. Het is niet zo.\n"})) as _:
        yield tmp_path / "book"


def said(capsys, *arguments):
    code = main([*arguments])
    return code, "".join(capsys.readouterr())


def test_a_sentence_is_reworded_and_the_change_taken_back(root, capsys):
    path = root / "book" / "p.md"
    assert said(capsys, "reword", "book/p.md:4:2", "Het is zo.") == (0, "book/p.md:4: reworded\n")
    assert path.read_text(encoding="utf-8") == TOP + "Het is zo. Het is zo.\n"
    assert said(capsys, "reword", "book/p.md:4:2", "Het is zo.")[1].endswith("it reads so already\n")
    assert said(capsys, "undo") == (0, "undone: reworded book/p.md:4\n")
    assert path.read_text(encoding="utf-8") == TOP + "Het is zo. Het is niet zo.\n"
    assert said(capsys, "undo") == (0, "nothing to undo\n")


def test_without_words_those_that_would_hold_are_taken(root, capsys, monkeypatch):
    from wavebook.publish.desk import model

    asked = []
    monkeypatch.setattr(
        model, "accept_at", lambda *given: asked.append(given[2:]) or ["book/p.md:4", "notebooks/n.ipynb"]
    )
    assert said(capsys, "reword", "book/p.md:4:1", "--wave", "2013") == (
        0,
        "book/p.md:4: reworded\nnotebooks/n.ipynb: reworded\n",
    )
    assert (asked[0][0].typed, asked[0][1]) == ("Het is zo.", "2013")


def test_a_sentence_is_pinned_to_a_wave(root, capsys):
    path = root / "book" / "p.md"
    path.write_text(TOP + "Het was {value}`grade`.\n", encoding="utf-8")
    assert said(capsys, "pin", "book/p.md:4", "2013") == (0, "book/p.md:4: pinned to 2013\n")
    assert path.read_text(encoding="utf-8") == TOP + "Het was {value}`grade@2013` ({wave}`2013`).\n"
    assert said(capsys, "pin", "book/p.md:4", "2013") == (0, "nothing changed: it is pinned already\n")
    assert said(capsys, "undo") == (0, "undone: pinned book/p.md:4 to 2013\n")


def test_a_page_is_pinned_once_what_changes_was_looked_at(root, capsys):
    path = root / "book" / "p.md"
    path.write_text(TOP + "Het was {value}`grade`. En {n}`share.no`.\n", encoding="utf-8")
    code, text = said(capsys, "pin", "book/p.md", "2013", "--dry-run")
    assert code == 0
    assert "book/p.md:4: Het was {value}`grade`.\n  becomes: Het was {value}`grade@2013` ({wave}`2013`).\n" in text
    assert text.endswith("\n2 sentences and 0 notebooks would change\n")
    assert path.read_text(encoding="utf-8") == TOP + "Het was {value}`grade`. En {n}`share.no`.\n"
    assert said(capsys, "pin", "grade", "2013") == (0, "book/p.md:4: pinned to 2013\n")
    assert said(capsys, "pin", "grade", "2013") == (0, "nothing there needs a pin\n")


def test_a_review_is_taken_back_too(root, capsys):
    assert main(["review", "book/p.md", "--wave", "2013"]) == 0
    assert said(capsys, "undo")[1].endswith("undone: reviewed 1 page\n")
    assert (root / "book" / "p.md").read_text(encoding="utf-8").startswith(TOP)


def test_a_place_with_two_sentences_changes_nothing_and_says_which_there_are(root, capsys):
    code, text = said(capsys, "reword", "book/p.md:4", "Nee.")
    assert code == 1
    assert "W456 book/p.md:4: there are 2 sentences (1: Het is zo.; 2: Het is niet zo.)" in text
