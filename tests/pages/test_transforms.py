"""What is done to a page once it is read."""

import json

import pytest
from docutils import nodes
from page import Page, book_with
from sphinx import addnodes

from wavebook.pages import chart_kit, transforms
from wavebook.pages.glossary import Term
from wavebook.pages.transforms import MarkTransform, TrueTransform
from wavebook.pages.uses import break_mark, draft_note, live_link, remark, statement

VERDICT = {
    "outcome": "holds",
    "reason": "is higher",
    "figures": ["grade@2010", "grade@2014"],
    "facts": [],
    "breaks": [],
    "basis": "exact",
    "margins": [],
    "absent": [],
    "known": False,
    "ways": ["any"],
    "waves": [],
    "recent": None,
    "now": False,
}


def page(figures, folder, text, *, draft=False, name="index", claims=(), **more):
    verdicts = {name: VERDICT | changed for name, changed in dict(claims).items()}
    book = book_with(figures, folder, draft=draft, claims=verdicts, **more)
    return Page(book, folder / "book", text, name=name)


# --- the page is judged -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Het werd {change}`grade` meer.", ["W407"]),
        ("Het cijfer {trend}`grade` met {change}`grade`.", []),
        ("Het cijfer {trend}`stijgt<grade>` met {change}`grade`.", []),
        ("Het cijfer {trend}`share.yes` met {change}`grade`.", ["W407"]),
        ("[Het werd {change}`grade` meer.]{.claim #a}", []),
        ("Het cijfer {trend}`grade`.\n\nMet {change}`grade`.", ["W407"]),
        ("| a |\n| --- |\n| {change}`grade` |", []),
    ],
)
def test_the_size_of_a_change_needs_its_direction_in_the_same_block(loaded, tmp_path, text, wrong):
    made = page(loaded, tmp_path, f"# T\n\n{text}\n", claims={"a": {}}).transformed(TrueTransform)
    assert [p[:4] for p in made.problems if p.startswith("W407")] == wrong
    if wrong:
        assert all(f"index.md:{3 if 'meer' in text or 'yes' in text else 5}: " in p for p in made.problems)


def test_a_number_typed_by_hand_is_named_on_its_line(loaded, tmp_path):
    made = page(loaded, tmp_path, "# T\n\nEen\n{value}`grade` en\neen 6,9.\n").transformed(TrueTransform)
    assert made.problems == ["W408 book/index.md:5: '6,9' is typed by hand"]


def test_a_page_full_of_typed_numbers_names_the_first_and_counts_the_rest(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(transforms, "MOST_TYPED", 2)
    made = page(loaded, tmp_path, "# T\n\n1 en 2 en 3 en 4 en 5.\n").transformed(TrueTransform)
    assert made.problems == [
        "W408 book/index.md: 3 more numbers are typed by hand",
        "W408 book/index.md:3: '1' is typed by hand",
        "W408 book/index.md:3: '2' is typed by hand",
    ]
    monkeypatch.setattr(transforms, "MOST_TYPED", 5)
    made = page(loaded, tmp_path, "# T\n\n1 en 2 en 3 en 4 en 5.\n").transformed(TrueTransform)
    assert len(made.problems) == 5


def test_a_declared_phrase_excuses_and_must_be_used(loaded, tmp_path):
    top = "---\nfixed:\n  niveau B1: een naam\n  artikel 5: een wet\n---\n"
    made = page(loaded, tmp_path, f"{top}# T\n\nOp niveau B1.\n").transformed(TrueTransform)
    assert made.problems == [
        "W409 book/index.md:4: 'artikel 5' is declared as fixed and is nowhere on the page",
    ]


def test_notebooks_may_hold_numbers_and_are_marked_as_dutch_in_another_language(small, tmp_path):
    for language, marked in (("nl", []), ("en", ["Titel", "Zin met 5."])):
        made = page(small.load(language=language), tmp_path, "# Titel\n\nZin met 5.\n", name="notebooks/n")
        cell = nodes.container("", nodes.paragraph("", "uitvoer 6"), classes=["cell"])
        made.document.append(cell)
        made.transformed(TrueTransform)
        assert made.problems == []
        assert [n.astext() for n in made.all(nodes.inline) if n["classes"] == ["language-nl"]] == marked


def test_a_chart_that_lost_its_headline_tells_its_subject_in_an_edition_about_a_segment(small, tmp_path):
    chart = {
        **dict.fromkeys(("name", "language", "notes", "places", "table", "svg", "summary", "subtitle"), ""),
        "figures": ["grade@2014"],
    }
    text = "# T\n\n:::{chart} line\n[Het steeg.]{.claim #a}\n\n[Het steeg ook hier.]{.claim #a}\n:::\n"
    lost = {"a": {"outcome": "fails", "reason": "is lower"}}
    of_work = small.load(segment="theme=work")
    made = page(of_work, tmp_path, text, claims=lost, charts={"line": chart}).transformed(TrueTransform)
    (drawn,) = made.all(chart_kit.chart)
    assert next(drawn.findall(nodes.caption)).astext() == "Cijfer."
    assert [r.shown for r in made.records if r.kind == "chart"] == ["Cijfer."]
    assert drawn.astext().strip() == "Cijfer."  # a caption below the picture has no subject to fall back to


def test_a_sentence_that_names_a_chart_which_an_edition_about_a_segment_lacks_goes_with_it(small, tmp_path):
    charts = {"line": {"absent": "no figures"}}
    made = page(small.load(segment="theme=work"), tmp_path, "# T\n\nEerst. Zie.\n\nNog een zin.\n", charts=charts)
    (paragraph, _) = made.all(nodes.paragraph)
    link = addnodes.pending_xref("", nodes.inline("", "figuur"), reftarget="fig-line")
    other = addnodes.pending_xref("", nodes.inline("", "figuur"), reftarget="fig-other")
    paragraph[:] = [nodes.Text("Eerst "), other, nodes.Text(". Zie "), link, nodes.Text(".")]
    made.transformed(TrueTransform)
    assert [p.astext() for p in made.all(nodes.paragraph)] == ["Eerst figuur.", "Nog een zin."]


# --- the page is marked -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Het was {value}`share.yes`.", "14 procent"),
        ("| a |\n| --- |\n| {value}`share.yes` |", "14%"),
        ("- **{value}`share.yes`** ja", "14%"),
        ("- {value}`share.yes` ja", "14 procent"),
        ("**{value}`share.yes`** ja", "14 procent"),
    ],
)
def test_a_percentage_has_a_sign_where_it_is_set_apart(loaded, tmp_path, text, shown):
    made = page(loaded, tmp_path, f"# T\n\n{text}\n").transformed(MarkTransform)
    (number,) = made.all(live_link)
    assert number.astext() == shown


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_alone_says_behind_a_sentence_that_it_does_not_hold(loaded, tmp_path, draft):
    claims = {"a": {"outcome": "not certain"}, "b": {}}
    text = "# T\n\n[Eén.]{.claim #a} [Twee.]{.claim #b}\n"
    made = page(loaded, tmp_path, text, draft=draft, claims=claims).transformed(TrueTransform, MarkTransform)
    first, second = made.all(statement)
    notes = made.all(draft_note)
    assert len(notes) == int(draft)
    assert ("claim-not-certain" in first["classes"]) == draft
    assert second["classes"] == ["claim"]
    if draft:
        assert first.parent[first.parent.index(first) + 1] is notes[0]
        assert notes[0].astext().startswith(" [niet zeker")


def test_the_first_comparison_across_a_break_is_marked_and_the_page_ends_with_the_remark(loaded, tmp_path):
    text = "# Titel\n\nHet {trend}`grade` en {trend}`share.yes`.\n\n## Kop\n\nNog {trend}`grade`.\n"
    made = page(loaded, tmp_path, text).transformed(MarkTransform)
    (mark,) = made.all(break_mark)
    assert (mark["refuri"], mark["classes"]) == ("#break-2013-2014", ["break-mark"])
    assert mark.parent.astext().startswith("Het steeg*")
    (told,) = made.all(remark)
    assert told.parent is made.all(nodes.section)[0]
    assert [p["ids"] for p in told.findall(nodes.paragraph)] == [["break-2013-2014"], ["chance"]]


def test_a_heading_gets_no_mark(loaded, tmp_path):
    made = page(loaded, tmp_path, "# Het {trend}`grade`\n\nDaarna {trend}`grade`.\n").transformed(MarkTransform)
    (mark,) = made.all(break_mark)
    assert isinstance(mark.parent, nodes.paragraph)


def test_a_page_that_compares_nothing_has_no_remark(loaded, tmp_path):
    made = page(loaded, tmp_path, "# T\n\nHet is {value}`grade`.\n").transformed(MarkTransform)
    assert (made.all(break_mark), made.all(remark)) == ([], [])


@pytest.mark.parametrize(
    ("basis", "also", "marks", "told"),
    [
        ("figures only", "", ["#chance"], ["chance"]),
        ("declared", "", ["#derived"], ["derived"]),
        ("measured", "", [], []),
        ("figures only", " Het {trend}`grade`.", ["#break-2013-2014"], ["break-2013-2014", "chance"]),
    ],
)
def test_what_errors_rest_on_is_told_and_marked_where_no_break_is(loaded, tmp_path, basis, also, marks, told):
    text = f"# T\n\n[Het cijfer is hoger.]{{.claim #a}}{also} [Het is hoog.]{{.claim #b}}\n"
    claims = {"a": {"basis": basis}, "b": {"basis": basis}}
    made = page(loaded, tmp_path, text, claims=claims).transformed(TrueTransform, MarkTransform)
    assert [mark["refuri"] for mark in made.all(break_mark)] == marks
    found = [p["ids"][0] for box in made.all(remark) for p in box.findall(nodes.paragraph)]
    assert found == told


@pytest.mark.parametrize("forms", [{"keten": "ketens", "weg": "wegen"}, json.dumps({"keten": "ketens", "weg": "x"})])
def test_a_page_that_declares_forms_is_the_glossary(loaded, tmp_path, forms):
    text = "---\nforms: x\n---\n# T\n\n| woord | betekenis |\n| --- | --- |\n| keten (de) | alles |\n"
    made = page(loaded, tmp_path, text)
    made.env.metadata["index"]["forms"] = forms
    made.transformed(MarkTransform)
    assert made.problems == ["W415 book/index.md:2: 'weg' has forms and is not a term in the table"]
    known = {"keten": Term("alles", ("keten", "ketens"), anchor="term-keten")}
    assert made.env.get_domain("").glossary == ("index", known)


@pytest.mark.parametrize(
    ("declared", "read"),
    [({"a": 1, 2: "b"}, {"a": "1", "2": "b"}), ('{"a": "b"}', {"a": "b"}), ("[1]", {}), (["a"], {}), (3, {})],
)
def test_what_is_declared_at_the_top_is_a_mapping_of_texts(declared, read):
    assert transforms._as_mapping(declared) == read
