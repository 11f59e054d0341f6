"""A book on paper: tagged, with bookmarks, named pictures, and nothing of the machine that made it."""

from __future__ import annotations

import re

import lending
import pytest

import book

pytestmark = pytest.mark.browser  # it needs Chromium, in a process of its own


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, bytes]:
    def make(folder):
        root = lending.copy(folder, lending.fresh(tmp_path_factory), english=True)
        run = book.command(root, "wavebook", "pdf")
        assert run.code == 0, run.err
        return {path.name: path.read_bytes() for path in (root / "_build" / "pdf").iterdir()}, str(root)

    made, made["root"] = book.once(tmp_path_factory, "pdf", make)
    return made


DUTCH, ENGLISH = "de-leesplank.pdf", "the-bookshelf.pdf"


def texts(pdf: bytes, name: str) -> set[str]:
    """The strings under a name in the PDF's dictionaries, such as Title (of a bookmark) or Alt."""
    found = set()
    for plain, coded in re.findall(rb"/%b ?(?:\(((?:\\.|[^)\\])*)\)|<FEFF([0-9A-F]+)>)" % name.encode(), pdf):
        found.add(bytes.fromhex(coded.decode()).decode("utf-16-be") if coded else plain.decode("latin-1"))
    return found


def titles(language: str) -> set[str]:
    """The level-one headings of a book's pages, without their markup."""
    folder = lending.SOURCE / "book" / ("" if language == "nl" else language)
    lines = (line for page in folder.glob("*.md") for line in page.read_text(encoding="utf-8").splitlines())
    return {line.removeprefix("# ") for line in lines if line.startswith("# ")}


@pytest.mark.parametrize(("name", "language"), [(DUTCH, "nl"), (ENGLISH, "en")])
def test_every_page_of_a_book_is_a_bookmark(printed, name, language):
    assert titles(language) - texts(printed[name], "Title") == set()


@pytest.mark.parametrize(("name", "language"), [(DUTCH, "nl"), (ENGLISH, "en")])
def test_the_pdf_is_tagged_and_says_its_language_and_title(printed, name, language):
    catalog = re.search(rb"/Type /Catalog.*?endobj", printed[name], re.DOTALL)[0]
    assert b"/Marked true" in catalog
    assert b"/StructTreeRoot" in catalog
    assert f"/Lang ({language})".encode() in catalog
    assert b"/DisplayDocTitle true" in catalog


def test_every_chart_is_a_figure_with_its_caption_as_text(printed):
    source = (lending.SOURCE / "book" / "lenen.md").read_text(encoding="utf-8")
    captions = re.findall(r":::\{chart\} \S+\n\[([^\]]+)\]", source)
    said = " ".join(texts(printed[DUTCH], "Alt"))
    assert captions
    assert [c for c in captions if " ".join(c.split()) not in said] == []


@pytest.mark.parametrize("name", [DUTCH, ENGLISH])
def test_no_link_leads_into_the_machine_that_printed_it(printed, name):
    assert b"file:" not in printed[name]
    assert printed["root"].encode() not in printed[name]


def test_an_untrue_book_is_not_printed(tmp_path_factory):
    root = lending.copy(tmp_path_factory.mktemp("untrue"), lending.fresh(tmp_path_factory))
    book.edit(root, "book/index.md", "naar een {value}`mark_library`.", "naar een 7,4.")
    run = book.wavebook(root, "pdf")
    assert run.code == 1
    assert run.of("W408", "book/index.md")
    assert not (root / "_build" / "pdf").exists()
