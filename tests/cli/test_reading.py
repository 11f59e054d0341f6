"""The commands for reading a new wave."""

import pytest
from plain import make_plain

import book
from wavebook.core.problems import Problem
from wavebook.publish import build
from wavebook.site.sphinx import Report


def test_pages_are_marked_and_the_second_time_nothing_changes(tmp_path):
    root = make_plain(tmp_path / "book", {"b.md": "# B\n"})
    run = book.wavebook(root, "review", "--all", "--by", "A. de Vries")
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0] == "book/b.md: read with the figures of 2014"
    run = book.wavebook(root, "review", "book/b.md", "--wave", "2014")
    assert run.out == "book/b.md: read with the figures of 2014\n"  # without the name
    assert book.wavebook(root, "review", "book/b.md").out == "nothing changed: they were marked so already\n"


@pytest.mark.parametrize("arguments", [[], ["--all", "book/b.md"]])
def test_pages_are_named_or_all_are_meant(tmp_path, arguments):
    root = make_plain(tmp_path / "book")
    run = book.wavebook(root, "review", *arguments)
    assert (run.code, run.err) == (2, "wavebook review: name pages, or --all\n")


def test_what_waits_for_a_translation_is_listed_when_asked(tmp_path, monkeypatch):
    one, each = (Problem(code, "book/en/index.md", "is wrong", "Correct it.") for code in ("W414", "W403"))
    monkeypatch.setattr(build, "check", lambda root, **_: Report(problems=[one], waiting=[each]))
    root = make_plain(tmp_path / "book")
    assert [p.code for p in book.wavebook(root, "check").problems] == ["W414"]
    assert [p.code for p in book.wavebook(root, "check", "--each").problems] == ["W403", "W414"]


def test_two_waves_are_compared_and_no_more(tmp_path):
    root = make_plain(tmp_path / "book")
    run = book.wavebook(root, "diff", "2010", "2013", "2014")
    assert (run.code, run.err) == (2, "wavebook diff: name two waves at most\n")


@pytest.mark.parametrize("option", ["--by", "--note"])
def test_a_note_holds_nothing_that_nobody_sees(tmp_path, option):
    root = make_plain(tmp_path / "book")
    run = book.wavebook(root, "review", "--all", option, "A. de\u200b Vries")
    assert run.code == 2
    assert "holds an invisible character (U+200B, zero width space) after “A. de”: type it anew" in run.err
