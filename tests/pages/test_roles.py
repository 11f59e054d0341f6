"""Numbers and words that editors type as roles."""

from dataclasses import replace

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.figures import MissingFigureError
from wavebook.pages import roles
from wavebook.pages.uses import live, live_link

CLAIMS = {
    "near": {"margins": [("share.yes", 2)]},
    "none": {"margins": []},
    "several": {"margins": [("share.yes", 2), ("share.no", 3)]},
}


@pytest.fixture(scope="module")
def shown(loaded):
    book = book_with(loaded, claims=CLAIMS)

    def show(role, text):
        return roles.ROLES[role](book, text)

    return show


@pytest.mark.parametrize(
    ("role", "text", "words"),
    [
        ("value", "share.yes", "14 procent"),
        ("value", "grade", "6,9"),
        ("number", "share.yes", "14"),
        ("word", "share.yes", "14"),
        ("word", "grade", "6,9"),
        ("word", "fact:towns", "39"),
        ("n", "grade", "onbekend"),
        ("change", "share.yes@2010..2014", "1 procentpunt"),
        ("trend", "share.yes", "steeg"),
        ("trend", "stijgt<share.no>", "daalt"),
        ("trend", "stegen <share.yes>", "stegen"),
        ("wave", "baseline", "2010"),
        ("segment", "theme", "iedereen"),
        ("fact", "towns", "39"),
        ("fact", "towns.of", "393"),
        ("word", "fact:towns.of", "393"),
        ("fact", "towns.date", "augustus 2015"),
    ],
)
def test_a_role_shows(shown, role, text, words):
    assert shown(role, text).text == words


def test_a_percentage_has_a_sign_in_a_cell(shown):
    assert (shown("value", "share.yes").cell, shown("number", "share.yes").cell) == ("14%", "")


def test_a_word_is_that_of_the_figure_as_it_is_printed(small):
    small.row("2014", 6, value="7.2")
    small.edit("context.toml", "value = 39", "value = 12")
    book = book_with(small.load())
    assert [roles.ROLES["word"](book, text).text for text in ("share.yes", "fact:towns")] == ["zeven", "twaalf"]


def test_the_number_of_respondents_is_shown_where_it_is_known(small):
    small.row("2014", 2, n="1234")
    assert roles.ROLES["n"](book_with(small.load()), "grade").text == "1.234"


def test_a_comparison_knows_its_figures_the_break_it_crosses_and_what_it_rests_on(shown):
    for role in ("change", "trend"):
        found = shown(role, "grade")
        assert [f.key.wave for f in found.figures] == ["2010", "2014"]
        assert (found.breaks, found.basis) == ((("2013", "2014"),), "figures only")
    assert shown("trend", "grade").direction == "up"
    assert shown("change", "grade@2010..2013").breaks == ()


def test_a_change_is_that_of_the_figures_as_they_were_published(small):
    small.row("2010", 2, value="6.74")
    small.row("2014", 2, value="6.75")  # printed 6,7 and 6,8
    assert roles.ROLES["change"](book_with(small.load()), "grade").text == "0,0 punt"


@pytest.mark.parametrize(
    ("role", "text", "found"),
    [
        ("segment", "themes", "there is no breakdown themes; the nearest is theme"),
        ("fact", "town", "there is no fact town; the nearest is towns"),
        ("fact", "towns.off", "there is no fact towns.off"),
        ("margin", "nearr", "nearr is not a claim; the nearest is near"),
        ("margin", "none", "none has no margin"),
        ("margin", "several", "several margins; split the claim"),
    ],
)
def test_what_is_not_there_is_named(shown, role, text, found):
    with pytest.raises(MissingFigureError, match=found):
        shown(role, text)


def test_a_fact_of_which_no_total_is_known_has_none_to_show(small):
    small.edit("context.toml", "of = 393\n", "")
    with pytest.raises(MissingFigureError, match=r"there is no fact towns\.of"):
        roles.ROLES["fact"](book_with(small.load()), "towns.of")


def test_a_number_on_a_page_leads_to_its_row_and_keeps_what_it_was_made_from(loaded, tmp_path):
    book = book_with(loaded)
    page = Page(book, tmp_path, "# T\n\nEen {value}`grade`.\n")
    (number,) = page.all(live_link)
    assert (number.astext(), number["refuri"]) == ("6,9", f"#{loaded['grade'].key.anchor}")
    assert number.use.panel == book.panel(loaded["grade"])
    (record,) = page.records
    assert (record.kind, record.text, record.line, record.shown, record.keys) == (
        *("value", "grade", 3, "6,9"),
        ("grade@2014",),
    )
    assert record.stamp == book.stamp("value", "grade")
    assert number.use.number == 0


def test_a_change_leads_to_its_later_figure(loaded, tmp_path):
    (number,) = Page(book_with(loaded), tmp_path, "{change}`grade`").all(live_link)
    assert number.use.anchor == loaded["grade"].key.anchor
    assert number.use.keys == ("grade@2010", "grade@2014")


@pytest.mark.parametrize("typed", ["{fact}`towns.of`", "{word}`fact:towns`", "{word}`fact:towns.of`"])
def test_a_fact_leads_to_its_own_row(loaded, tmp_path, typed):
    (number,) = Page(book_with(loaded), tmp_path, typed).all(live_link)
    assert number["refuri"] == "#fact-towns"


@pytest.mark.parametrize("typed", ["{wave}`baseline`", "{trend}`grade`", "{segment}`theme`"])
def test_a_word_leads_nowhere(loaded, tmp_path, typed):
    page = Page(book_with(loaded), tmp_path, typed)
    assert (len(page.all(live)), page.all(live_link), page.problems) == (1, [], [])


@pytest.mark.parametrize(
    ("typed", "problem", "unfit"),
    [
        ("{value}`gradee`", "W401 index.md:3: there is no figure gradee@2014; the nearest is grade@2014", False),
        ("{value}`share.maybe@2010`", "W401 index.md:3", True),
        ("{trend}`share.maybe`", "W401 index.md:3", True),
        ("{spark}`share.maybe`", "W401 index.md:3: share.maybe has 1 figures, and a line needs two", True),
        ("{spark}`gradee`", "W401 index.md:3: gradee has 0 figures, and a line needs two", True),
    ],
)
def test_what_cannot_be_shown_is_named_on_its_line_and_marked(loaded, tmp_path, typed, problem, unfit):
    page = Page(book_with(loaded), tmp_path, f"# T\n\nEen {typed}.\n")
    (found,) = page.problems
    assert found.startswith(problem)
    (mark,) = page.all(live)
    assert mark["classes"] == ["missing"]
    assert mark.astext() == f"[{typed.split('`')[1]}?]"
    assert (mark.use.unfit, mark.use.decoration) == (unfit, "spark" in typed)


def test_a_series_is_drawn_up_to_the_wave_of_the_edition(small, tmp_path):
    page = Page(book_with(small.load(wave="2013")), tmp_path, "{spark}`grade`")
    (drawn,) = page.all(nodes.raw)
    assert drawn.astext().startswith("<svg")
    assert page.records[0].keys == ("grade@2010", "grade@2013")


def test_a_mark_of_what_is_missing_is_a_word_that_a_role_made():
    use = replace(roles.Use("value", "x"), unfit=True)
    assert roles.missing("x", use).use is use
