"""What is done to a page once all pages are known."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages import directives, panels, resolve
from wavebook.pages.glossary import Term
from wavebook.pages.proof_marks import proof_mark
from wavebook.pages.records import Record, domain_of, records
from wavebook.pages.transforms import TrueTransform
from wavebook.pages.uses import made_section


def resolved(page, *, data="data", name="html"):
    """The page after the event, in a book whose page ``data`` has all figures."""
    if data:
        page.env.metadata[data]["wavebook_data"] = True
    page.env.app.builder = SimpleNamespace(name=name, get_relative_uri=lambda here, to: f"{to}.html")
    resolve._resolve(page.env.app, page.document, page.env.docname)
    return page


def shown(page):
    return [node.astext() for node in page.all(nodes.raw)]


def test_a_number_leads_to_its_row_and_its_panel_stands_at_the_end_once(loaded, tmp_path):
    made = resolved(Page(book_with(loaded), tmp_path, "# T\n\n{value}`grade` en {number}`grade`.\n"))
    first, second = made.all(panels.panel_link)
    identity, html = panels.of_figures(loaded, (loaded["grade"],))
    assert first["refuri"] == second["refuri"] == f"data.html#{loaded['grade'].key.anchor}"
    assert first["panel"] == identity
    assert first["classes"] == ["figure-value"]
    (panel,) = shown(made)
    assert panel == html.replace(panels.ROW, first["refuri"])
    assert made.document[-1].astext() == panel


def test_on_the_page_with_the_figures_itself_a_number_leads_to_the_same_page(loaded, tmp_path):
    made = resolved(Page(book_with(loaded), tmp_path, "{value}`grade`"), data="index")
    assert made.all(panels.panel_link)[0]["refuri"] == f"#{loaded['grade'].key.anchor}"


def test_without_a_page_for_the_figures_a_number_is_text(loaded, tmp_path):
    made = resolved(Page(book_with(loaded), tmp_path, "{value}`grade`"), data="")
    assert made.all(panels.panel_link) == []
    assert [n.astext() for n in made.all(nodes.inline) if n["classes"] == ["figure-value"]] == ["6,9"]
    assert shown(made) == []


def test_only_pages_in_html_have_panels(loaded, tmp_path):
    made = resolved(Page(book_with(loaded), tmp_path, "{value}`grade`"), name="latex")
    assert made.all(panels.panel_link)[0]["panel"] == ""
    assert shown(made) == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        *(("een.html", True), ("#x", True), ("http://x.nl", True), ("HTTPS://x.nl", True), ("mailto:a@x.nl", True)),
        *(("javascript:alert(1)", False), ("data:text/html,x", False), ("file:///etc", False), ("VBScript:x", False)),
    ],
)
def test_a_link_to_something_else_than_a_page_leaves_its_text(loaded, tmp_path, address, kept):
    page = Page(book_with(loaded), tmp_path, "# T\n\nZin.\n")
    page.all(nodes.paragraph)[0] += nodes.reference("", "", nodes.strong("", "hier"), refuri=address)
    resolved(page)
    assert [link["refuri"] for link in page.all(nodes.reference)] == [address] * kept
    assert page.all(nodes.strong)[0].astext() == "hier"


@pytest.mark.parametrize(
    ("language", "langid", "titled"), [("nl", "dutch", True), ("en", "dutch", False), ("en", "", True)]
)
def test_a_link_loses_its_title_where_that_is_in_another_language(small, tmp_path, language, langid, titled):
    small.edit("references.bib", "year = ", f"langid = {{{langid}}}, year = " if langid else "year = ")
    page = Page(book_with(small.load(language=language)), tmp_path, "# T\n\nZin.\n")
    page.all(nodes.paragraph)[0] += [
        nodes.reference("", "Jansen", refuri="#a", reftitle="Het rapport"),
        nodes.reference("", "elders", refuri="#b"),
    ]
    resolved(page)
    assert ["reftitle" in link for link in page.all(nodes.reference)] == [titled, False]


@pytest.mark.parametrize(
    ("name", "glossary", "marked"),
    [("index", "termen", True), ("index", "index", False), ("index", "", False), ("notebooks/n", "termen", False)],
)
def test_terms_are_explained_on_every_page_but_the_glossary_and_notebooks(loaded, tmp_path, name, glossary, marked):
    page = Page(book_with(loaded), tmp_path, "# T\n\nDe keten telt.\n", name=name)
    page.env.found_docs |= {glossary}
    domain_of(page.env).glossary = (glossary, {"keten": Term("alles <samen>", ("keten",), anchor="term-keten")})
    resolved(page)
    assert [link["refuri"] for link in page.all(panels.panel_link)] == ["termen.html#term-keten"] * marked
    assert len(shown(page)) == marked
    if marked:
        assert "termen.html#term-keten" in shown(page)[0]
        assert "alles &lt;samen&gt;" in shown(page)[0]


def test_the_list_of_claims_has_those_that_the_book_shows_in_its_order(loaded, tmp_path):
    page = Page(book_with(loaded), tmp_path, "# T\n\n```{claims}\n```\n")
    page.env.toctree_includes = {"index": ["b", "a"]}
    page.env.titles |= {"a": nodes.title("", "A"), "b": nodes.title("", "B")}
    records(page.env).update(
        a=[Record("claim", "y", 9, "laatste", outcome="holds"), Record("value", "grade", 2, "6,9")],
        b=[
            Record("claim", "x", 7, "tweede", outcome="holds", sentence=(("Tweede.", "x"),)),
            Record("claim", "w", 3, "eerste", outcome="holds"),
            Record("claim", "v", 5, "weg", outcome="holds", left_out="weg"),
            Record("reported", "report", 8, "bron"),
        ],
    )
    resolved(page)
    assert page.all(directives.claim_list) == []
    assert [section[0].astext() for section in page.all(made_section)] == ["B", "A"]
    assert [item[0].astext() for item in page.all(nodes.list_item)] == ["Eerste", "Tweede.", "Bron", "Laatste"]
    assert [link["refuri"] for link in page.all(nodes.reference)][:1] == ["b.html#x"]


def test_a_tested_sentence_leads_to_its_place_on_the_page_with_the_list(loaded, tmp_path):
    page = Page(book_with(loaded), tmp_path, "# T\n\nEen [zin]{.claim #x}. Nog een.\n").transformed(TrueTransform)
    resolved(page)
    assert page.all(proof_mark) == []  # the book has no such page
    page.env.metadata["methods"]["wavebook_claims"] = True
    resolved(page)
    assert page.all(proof_mark) == []  # nor has the book such a test
    (record,) = (record for record in records(page.env)["index"] if record.kind == "claim")
    records(page.env)["index"] = [replace(record, outcome="holds", problem=None)]
    resolved(page)
    (mark,) = page.all(proof_mark)
    assert (mark["refuri"], mark["label"]) == ("methods.html#proof-index-x", "getoetst")
