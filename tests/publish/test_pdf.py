"""A book on paper: a story with cover, contents and end notes, tagged as PDF/UA asks."""

from __future__ import annotations

import io
import re

import lending
import pdfua
import plain
import pytest
from pypdf import PdfReader

import book
from wavebook.language.words import words_in

pytestmark = pytest.mark.browser  # it needs Chromium, in a process of its own

DUTCH, ENGLISH = "de-leesplank.pdf", "the-bookshelf.pdf"
BOTH = pytest.mark.parametrize(("name", "language"), [(DUTCH, "nl"), (ENGLISH, "en")])
DEFINED = {"nl": "Rapportcijfer van 1 tot 10 voor de bibliotheek", "en": "Grade from 1 to 10 for the library"}
STORY = ("lenen", "app", "bronnen")  # the last has the sources that the story cites


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, bytes]:
    def make(folder):
        root = lending.copy(folder, lending.fresh(tmp_path_factory), english=True)
        run = book.command(root, "wavebook", "pdf")
        assert (run.code, run.err) == (0, "")
        return {path.name: path.read_bytes() for path in (root / "_build" / "pdf").iterdir()}, str(root)

    made, made["root"] = book.once(tmp_path_factory, "pdf", make)
    return made


@pytest.fixture(scope="module")
def readers(printed) -> dict[str, PdfReader]:
    return {name: PdfReader(io.BytesIO(printed[name])) for name in (DUTCH, ENGLISH)}


@pytest.fixture(scope="module")
def texts(readers) -> dict[str, list[str]]:
    """The text of each page."""
    return {name: [" ".join(page.extract_text().split()) for page in read.pages] for name, read in readers.items()}


@pytest.fixture
def read(readers, name) -> PdfReader:
    return readers[name]


@pytest.fixture
def pages(texts, name) -> list[str]:
    return texts[name]


def source(page: str, language: str) -> str:
    folder = lending.SOURCE / "book" / ("" if language == "nl" else language)
    return (folder / f"{page}.md").read_text(encoding="utf-8")


def title(page: str, language: str) -> str:
    return re.search(r"^# (.+)$", source(page, language), re.MULTILINE)[1]


def notes(read: PdfReader, pages: list[str], language: str) -> str:
    """The text of the notes, and what is after them."""
    first = next(page for _, told, page in bookmarks(read) if told == words_in(language).paper["notes"])
    return " ".join(pages[first - 1 :])


def bookmarks(read: PdfReader, outline=None, level=0) -> list[tuple[int, str, int]]:
    """Level, title and page of each bookmark."""
    found = []
    for item in read.outline if outline is None else outline:
        if isinstance(item, list):
            found += bookmarks(read, item, level + 1)
        else:
            found.append((level, item.title, read.get_destination_page_number(item) + 1))
    return found


def elements(read: PdfReader) -> list[tuple[str, dict]]:
    found = []

    def below(element):
        kids = element.get("/K")
        kids = kids.get_object() if kids is not None else []
        for kid in kids if isinstance(kids, list) else [kids]:
            inner = kid.get_object()
            if isinstance(inner, dict) and "/S" in inner:
                found.append((inner["/S"], inner))
                below(inner)

    below(read.trailer["/Root"]["/StructTreeRoot"])
    return found


@BOTH
def test_it_holds_to_every_rule_of_pdf_ua(printed, name, language):
    assert pdfua.faults(printed[name]) == []


@BOTH
def test_it_says_its_language_and_title_and_when_it_appeared(read, name, language):
    catalog = read.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert read.metadata.title == title("index", language)
    assert read.xmp_metadata.dc_title["x-default"] == title("index", language)


@BOTH
def test_its_bookmarks_are_the_story_its_notes_and_its_imprint(read, name, language):
    words = words_in(language)
    added = words.paper["notes"], words.paper["terms"], words.theme.words["about"]
    chapters = [words.paper["opening"], *(title(page, language) for page in STORY)]
    top = [told for level, told, _ in bookmarks(read) if level == 1]
    assert top == [words.paper["contents"], *chapters, *added]


@BOTH
def test_its_contents_give_the_pages_that_chapters_begin_on(read, pages, name, language):
    chapters = [(told, page) for level, told, page in bookmarks(read) if level == 1][1:]
    assert len({page for _, page in chapters}) > 4
    assert [told for told, page in chapters if f"{told} {page}" not in pages[1]] == []


@BOTH
def test_each_number_of_the_story_leads_to_a_note_with_its_source(read, pages, name, language):
    links = [link.get_object() for page in read.pages for link in page.get("/Annots", ())]
    marks = [str(link["/Dest"]) for link in links if str(link.get("/Dest")).startswith("/note-")]
    numbers = {int(mark.removeprefix("/note-")) for mark in marks}
    assert len(marks) > len(numbers) > 5
    assert numbers == {*range(1, max(numbers) + 1)}
    told = notes(read, pages, language)
    assert re.search(r"2008: 6[.,]7, Leeslust, 2014, figuur 2\.1; 2014: 6[.,]9, Vraagbaak, 2015, figuur 2\.1\.", told)
    assert told.count(DEFINED[language]) == 1  # of all waves of a series


@BOTH
def test_a_remark_on_a_comparison_is_a_note_that_its_sentence_leads_to(read, pages, name, language):
    reason = {"nl": "langere lijst boeken", "en": "longer list of books"}[language]
    assert re.search(rf" 1 [^.]*2013[^.]*{reason}", notes(read, pages, language))
    assert re.search(r"2008\. ?1 ", pages[2])


@BOTH
def test_every_page_but_the_cover_has_its_number_and_its_title(pages, name, language):
    titles = [title("index", language), title("lenen", language)]
    assert [page for number, page in enumerate(pages[1:], 2) if not page.startswith(str(number))] == []
    assert not pages[0].startswith("1")
    assert any(f"{titles[0]} · {titles[1]}" in page for page in pages)


@BOTH
def test_what_only_a_screen_can_do_is_not_asked_of_paper(pages, name, language):
    assert not re.search(words_in(language).patterns.screen, " ".join(pages), re.IGNORECASE)


@BOTH
def test_every_picture_and_link_is_described(read, name, language):
    told = " ".join(str(element.get("/Alt", "")) for tag, element in elements(read) if tag == "/Figure")
    captions = re.findall(r":::\{chart\} \S+\n\[([^\]]+)\]", source("lenen", language))
    assert captions
    assert [caption for caption in captions if " ".join(caption.split()) not in told] == []
    links = [a.get_object() for page in read.pages for a in page.get("/Annots", ())]
    assert len(links) > 20
    assert [link for link in links if not link["/Contents"].strip()] == []


@BOTH
def test_all_text_of_a_page_is_in_its_tags(read, name, language):
    tags = {tag for tag, _ in elements(read)}
    assert tags >= {"/H1", "/H2", "/H3", "/P", "/Figure", "/Table", "/TH", "/TD", "/L", "/LI", "/LBody", "/Link"}


@pytest.mark.parametrize("name", [DUTCH, ENGLISH])
def test_it_holds_nothing_of_the_machine_or_moment_that_made_it(printed, name):
    assert b"file:" not in printed[name]
    assert printed["root"].encode() not in printed[name]
    assert b"HeadlessChrome" not in printed[name]
    known = PdfReader(io.BytesIO(printed[name])).metadata
    assert known["/CreationDate"] == known["/ModDate"] == "D:20261124000000Z"  # on which it appeared


def columns(number: int, cell: str) -> str:
    """A table that wide."""
    lines = (
        [chr(97 + column // 26) + chr(97 + column % 26) for column in range(number)],
        ["---"] * number,
        [cell] * number,
    )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@pytest.mark.slow
def test_a_wide_table_is_made_smaller_or_turned_and_what_paper_cannot_do_is_told(tmp_path):
    tables = columns(9, "elf woorden"), columns(18, "miljoenen"), columns(60, "miljoenen")
    text = "# Begin\n\nKlik op de figuur. Lees verder.\n\n{}\n\nVerder.\n\n{}\n\nVerder.\n\n{}\n".format(*tables)
    root = plain.make_plain(tmp_path / "book", {"index.md": plain.TOP + text})
    ((output, told),) = pdfua.printed(root).items()
    assert [(found.code, found.place) for found in told] == [("W529", output.name), ("W528", output.name)]
    assert "ab" in told[0].found
    assert told[1].found == "asks for a screen: “Klik op de figuur”"
    content = output.read_bytes()
    turned = [page for page in PdfReader(io.BytesIO(content)).pages if page.mediabox.width > page.mediabox.height]
    assert ["ar" in page.extract_text() and "miljoenen" in page.extract_text() for page in turned] == [True]
    assert pdfua.faults(content) == []


def test_an_untrue_book_is_not_printed(tmp_path_factory):
    root = lending.copy(tmp_path_factory.mktemp("untrue"), lending.fresh(tmp_path_factory))
    book.edit(root, "book/index.md", "naar een {value}`mark_library`.", "naar een 7,4.")
    run = book.wavebook(root, "pdf")
    assert run.code == 1
    assert run.of("W408", "book/index.md")
    assert not (root / "_build" / "pdf").exists()
