"""The glossary: its terms, their senses, and where these are marked."""

import pytest
from docutils import nodes
from docutils.utils import new_document
from page import Page, book_with

from wavebook.pages.glossary import Sense, Term, mark_terms, read_senses
from wavebook.pages.records import domain_of
from wavebook.pages.transforms import MarkTransform, TrueTransform

CLAIM = {"outcome": "holds", "reason": "", "figures": ["grade@2014"], "basis": "exact", "facts": [], "absent": []}
CLAIM |= {"breaks": [], "margins": [], "known": False, "now": None, "ways": ["any"], "recent": None, "waves": ["wave"]}


def term(**sense):
    return Term("geeft een onvoldoende", ("blij", "blije"), Sense(**sense) if sense else None, "term-blij")


def marked(loaded, folder, text, terms, name="index"):
    """The words that are marked on a page, each with the term that it leads to."""
    page = Page(book_with(loaded, claims={"a": CLAIM}), folder, f"# T\n\n{text}\n", name=name).transformed(
        TrueTransform
    )
    list(mark_terms(page.document, terms, "termen.html", "nl", name))
    links = [n for n in page.all(nodes.reference) if n["refuri"].startswith("termen.html")]
    return [(n.astext(), n["refuri"].partition("#")[2]) for n in links]


SENSES = [
    (term(), "Zij zijn blij.", True),
    (term(figures=("share",)), "Van hen was {value}`share.yes` blij.", True),
    (term(figures=("share.yes",)), "Van hen was {value}`share.yes` blij.", True),
    (term(figures=("share.no",)), "Van hen was {value}`share.yes` blij.", False),
    (term(figures=("share",)), "Met een {value}`grade` is men blij.", False),
    (term(figures=("share",)), "Het was {value}`share.yes`. Zij zijn blij.", True),  # its paragraph is about it
    (term(figures=("share",)), "Het was {value}`share.yes`. Met een {value}`grade` is men blij.", False),
    (term(figures=("share",)), "Zij zijn blij.", False),
    (term(figures=("grade",)), "[Zij zijn blij.]{.claim #a}", True),  # its test is about it
    (term(pages=("index",)), "Zij zijn blij.", True),
    (term(pages=("elders",)), "Zij zijn blij.", False),
    (term(not_beside=("WCAG",)), "Blij met WCAG 2.2.", False),
    (term(not_beside=("WCAG",)), "Over WCAG 2.2. Zij zijn blij.", True),
    (term(beside=("klanten", "de klant")), "De Klant is blij.", True),
    (term(beside=("klant",)), "Klanten zijn blij.", False),  # another word
    (term(beside=("klanten",), not_beside=("hond",)), "Klanten zijn blij met hun hond.", False),
]


@pytest.mark.parametrize(("declared", "text", "is_marked"), SENSES)
def test_a_term_is_marked_only_in_its_sense(loaded, tmp_path, declared, text, is_marked):
    assert bool(marked(loaded, tmp_path, text, {"blij": declared})) == is_marked


def test_a_later_use_in_the_right_sense_is_the_one_that_is_marked(loaded, tmp_path):
    text = "Een blije {value}`grade`. Dan zijn {value}`share.yes` blij. En {value}`share.yes` blij."
    assert marked(loaded, tmp_path, text, {"blij": term(figures=("share",))}) == [("blij", "term-blij")]


TWO = {
    "blij (a)": Term("a", ("blij",), Sense(figures=("share",)), "term-a"),
    "blij (b)": Term("b", ("blij",), Sense(figures=("grade",)), "term-b"),
}


def test_each_sense_of_a_word_leads_to_its_own_meaning(loaded, tmp_path):
    text = "Met een {value}`grade` is men blij. Van hen is {value}`share.yes` blij."
    assert marked(loaded, tmp_path, text, TWO) == [("blij", "term-b"), ("blij", "term-a")]


@pytest.mark.parametrize(
    "text",
    [
        "Een {value}`grade` en {value}`share.yes`. Zij zijn blij.",  # of a paragraph about both
        "Een {value}`grade` en {value}`share.yes` zijn blij.",
        "Zij zijn blij.",
        "Een {value}`grade` is [blij]{.plain}.",
    ],
)
def test_where_the_sense_is_not_clear_nothing_is_marked(loaded, tmp_path, text):
    assert marked(loaded, tmp_path, text, TWO) == []


def test_a_word_in_another_sense_than_the_glossarys_is_left_alone():
    document = new_document("page")
    said = [nodes.Text("Zo "), nodes.inline("", "blij", classes=["plain"]), nodes.Text(" en zo blij")]
    document += nodes.paragraph("", "", *said)
    assert list(mark_terms(document, {"blij": term()}, "begrippen.html", "nl")) == ["blij"]
    (link,) = document.findall(nodes.reference)
    assert "plain" not in link.parent.get("classes")
    assert document.astext() == "Zo blij en zo blij"


TOP = "---\nforms:\n  blij: blije\nsenses:\n{senses}---\n# T\n\n| a | b |\n|---|---|\n{rows}"
ONE, BOTH = "| blij | x |\n", "| blij (a) | x |\n| blij (b) ([*glad*]{.en}) | y |\n| droef (zeer) | z |\n"
DECLARED = [
    (ONE, "  blij:\n    figures: share, grade\n", []),
    (ONE, "  blij:\n    not beside: hond\n    pages: index\n", []),
    (BOTH, "  blij (a):\n    figures: share.yes\n  blij (b):\n    beside: hond\n", []),
    (BOTH, "  blij (a):\n    figures: share\n", ["W443"]),
    (BOTH, "", ["W443"]),
    (ONE, "  blij (a):\n    figures: share\n", ["W442"]),
    (ONE, "  blij:\n    figures: shore\n", ["W442"]),
    (ONE, "  blij:\n    pages: nergens\n", ["W442"]),
    (ONE, "  blij:\n    naast: hond\n", ["W442"]),
    (ONE, "  blij:\n    figures:\n", ["W442"]),
    (ONE, "  blij: share\n", ["W442"]),
]


@pytest.mark.parametrize(("rows", "senses", "codes"), DECLARED)
def test_what_the_top_of_the_glossary_declares_is_checked(loaded, tmp_path, rows, senses, codes):
    import yaml

    text = TOP.format(rows=rows, senses=senses)
    page = Page(book_with(loaded), tmp_path, text)
    page.env.metadata["index"] = yaml.safe_load(text.split("---")[1])
    page.env.metadata["index"]["senses"] = page.env.metadata["index"]["senses"] or {}
    page.transformed(MarkTransform)
    assert [problem.partition(" ")[0] for problem in page.problems] == codes
    terms = domain_of(page.env).glossary[1]
    assert list(terms) == (["blij"] if rows == ONE else ["blij (a)", "blij (b)", "droef"])
    assert terms[next(iter(terms))].forms == ("blij", "blije")


def test_senses_come_from_json_as_myst_keeps_them(loaded):
    found, wrong = read_senses({"blij": {"not beside": "WCAG, hond"}}, loaded.definitions, ["index"], "begrippen.md:1")
    assert (found, wrong) == ({"blij": Sense(not_beside=("WCAG", "hond"))}, [])
    assert read_senses(None, loaded.definitions, [], "") == ({}, [])


def test_a_page_within_the_print_edition_keeps_its_own_senses(loaded, tmp_path):
    from sphinx.addnodes import start_of_file

    document = new_document("whole")
    for name in ("elders", "index"):
        document += start_of_file("", nodes.paragraph("", "Zij zijn blij."), docname=name)
    list(mark_terms(document, {"blij": term(pages=("index",))}, "", "nl"))
    first, second = document.children
    assert (list(first.findall(nodes.reference)), len(list(second.findall(nodes.reference)))) == ([], 1)
