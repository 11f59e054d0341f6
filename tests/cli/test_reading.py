"""The command by which people say that they have read pages."""

import pytest
from plain import make_plain

import book


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
