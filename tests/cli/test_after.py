"""The commands for what is published, as an editor types them, in a book of one page."""

import argparse

import leaf
import pytest

import book
from wavebook.cli import after


@pytest.mark.parametrize("text", ["", "nl", "=reden", "nl=", " = "])
def test_a_reason_names_its_language(text):
    with pytest.raises(argparse.ArgumentTypeError):
        after.reason(text)
    assert after.reason("nl=1 = 1") == ("nl", "1 = 1")


def test_a_changed_figure_stops_a_build_is_marked_in_a_draft_and_shown_as_revised(tmp_path):
    root = leaf.make_leaf(tmp_path)
    book.edit(root, "data/waves.toml", "[waves.2014]\n", "[waves.2014]\npublished = true\n")
    page = "{value}`grade` en {value}`grade@2013`"
    (root / "book" / "index.md").write_text(leaf.TOP + page + leaf.END, encoding="utf-8")
    assert "kept as they came out" in book.wavebook(root, "revise").out
    assert book.wavebook(root, "check").code == 0
    book.edit(root, "data/figures/2014.csv", "2014,grade,total,,,,6.9", "2014,grade,total,,,,7.0")
    run = book.wavebook(root, "build")
    assert (run.code, [(p.code, p.file) for p in run.problems]) == (1, [("W225", "data/figures/2014.csv")])
    assert run.problems[0].places == {("book/index.md", 8)}
    assert book.wavebook(root, "revise").problems[0].code == "W229"
    draft = book.wavebook(root, "build", "--draft", keep=tmp_path / "_build" / "kept" / "draft")
    assert (draft.code, draft.page("index").count("[niet zoals gepubliceerd]")) == (0, 1)
    assert book.wavebook(root, "revise", "2014", "--reason", "nl=Telfout.").code == 0
    run = book.wavebook(root, "build", keep=tmp_path / "_build" / "kept" / "strict")
    assert (run.code, run.err) == (0, "")
    assert "7,0\u00a0[r]" in run.page("index")
    assert "niet zoals gepubliceerd" not in run.page("index")
