"""Marks after tested sentences."""

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages.proof_marks import proof_mark, put_marks
from wavebook.pages.records import records
from wavebook.pages.transforms import TrueTransform
from wavebook.pages.verdicts import first_address

CLAIM = {"outcome": "holds", "reason": "", "figures": ["grade@2014"], "basis": "exact", "facts": [], "absent": []}
CLAIM |= {"breaks": [], "margins": [], "known": False, "now": None, "ways": ["any"], "recent": None, "waves": ["wave"]}
CASES = [
    ("[Het steeg.]{.claim #a} Daarna niet.", "Het steeg.✓ Daarna niet."),
    ("Zo is het: [het steeg]{.claim #a}, zegt men. Mooi.", "Zo is het: het steeg, zegt men.✓ Mooi."),
    ("Eerst [het een]{.claim #a}, toen [het ander]{.claim #b}. Klaar.", "Eerst het een, toen het ander.✓ Klaar."),
    ("[Het een.]{.claim #a} [Het ander.]{.claim #b}", "Het een.✓ Het ander.✓"),
    ("Los. [Het een]{.claim #a} gaat. Los. Dan [het ander]{.claim #b}.", "Los. Het een gaat.✓ Los. Dan het ander.✓"),
    ("*Ja: [het steeg]{.claim #a}.* Nee.", "Ja: het steeg.✓ Nee."),
    ("[Een {value}`grade`]{.claim #a}", "Een 6,9✓"),
    ("Dan een {value}`grade`, [dus meer]{.claim #a} {value}`grade`", "Dan een 6,9, dus meer 6,9✓"),
    ("# [Het steeg]{.claim #a}\n\nNiets.", "Het steeg✓"),
    ("Geen zin.", "Geen zin."),
    ("Het {trend}`grade`, van {value}`grade@baseline`. Los.", "Het steeg, van 6,7.✓ Los."),
    ("Het {trend}`grade`, en [meer]{.claim #a}. Los.", "Het steeg, en meer.✓ Los."),
]


def read(loaded, tmp_path, text, **more):
    book = book_with(loaded, claims=dict.fromkeys("ab", CLAIM | more))
    return Page(book, tmp_path, text).transformed(TrueTransform)


def marked(page, language="nl"):
    noted = records(page.env).get("index", [])
    put_marks(page.document, language, {first_address(r) for r in noted if r.kind != "reported"}, "#proof-", "getoetst")
    for mark in page.all(proof_mark):
        mark += nodes.Text("✓")
    return page


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_mark_stands_after_the_sentence_of_each_claim(loaded, tmp_path, text, shown):
    page = marked(read(loaded, tmp_path, text))
    block = next(page.document.findall(lambda n: isinstance(n, (nodes.paragraph, nodes.title))))
    assert " ".join(block.astext().split()) == shown


def test_a_mark_leads_to_the_first_statement_of_its_sentence_and_stands_outside_it(loaded, tmp_path):
    page = marked(read(loaded, tmp_path, "Eerst [het een]{.claim #a}, toen [het ander.]{.claim #b}"))
    (mark,) = page.all(proof_mark)
    assert (mark["refuri"], mark["label"]) == ("#proof-a", "getoetst")
    assert isinstance(mark.parent, nodes.paragraph)


def test_the_record_of_a_claim_has_its_whole_sentence(loaded, tmp_path):
    text = "Los. Het cijfer {value}`grade` is er:\n[het\nsteeg]{.claim #a}, en [het\ndaalde]{.claim #b}. Los."
    first, second = (r for r in read(loaded, tmp_path, text).records if r.kind == "claim")
    assert first.sentence == second.sentence
    assert first.sentence == (
        ("Het cijfer 6,9 is er: ", ""),
        ("het steeg", "a"),
        (", en ", ""),
        ("het daalde", "b"),
        (".", ""),
    )


def test_a_word_that_a_test_chose_has_an_address_unless_it_stands_within_a_statement(loaded, tmp_path):
    page = read(loaded, tmp_path, "Het {trend}`grade`. [Het {trend}`grade` dus.]{.claim #a}")
    stated = [r.sentence for r in page.records if r.sentence]
    assert stated == [(("Het ", ""), ("steeg", "trend-index-1"), (".", "")), (("Het steeg dus.", "a"),)]


REPORTED = [
    ("[Men is blij]{.reported}, staat er {cite:p}`report`. Los.", "Men is blij, staat er.", ""),
    ("[Men is blij. Heel blij]{.reported}, staat er {cite:p}`report`.", "Men is blij. Heel blij, staat er.", ""),
    ("[Men is blij.]{.reported} {cite:p}`report`", "Men is blij.", ""),
    ("[Men is blij.]{.reported} Dat staat er {cite:p}`report`.", "Men is blij.", "W426"),
    ("Ergens {cite:p}`report`. [Men is blij.]{.reported}", "Men is blij.", "W426"),
]


@pytest.mark.parametrize(("text", "whole", "code"), REPORTED)
def test_what_a_source_says_names_it_in_the_same_sentence(loaded, tmp_path, text, whole, code):
    (record,) = (r for r in cited(loaded, tmp_path, text).records if r.kind == "reported")
    assert "".join(piece for piece, _ in record.sentence) == whole
    assert (record.problem.code if record.problem else "") == code
    assert {address for _, address in record.sentence} <= {"", "reported-index-1"}


def cited(loaded, tmp_path, text):
    """A page whose citations are nodes, as sphinxcontrib-bibtex makes them."""
    from docutils.parsers.rst import roles
    from sphinx import addnodes

    def role(name, rawtext, text, *args, **options):
        return [addnodes.pending_xref("", nodes.inline("", f"[{text}]"), refdomain="cite", reftarget=text)], []

    roles._roles["cite:p"] = role
    try:
        return read(loaded, tmp_path, text)
    finally:
        del roles._roles["cite:p"]
