"""What readers can find of a page, and where that is."""

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages import passages
from wavebook.pages.chart_kit import chart, chart_kit, headline
from wavebook.pages.row_pages import row_index
from wavebook.pages.tables import table


@pytest.fixture
def found(loaded, tmp_path):
    def made(text, *more):
        document = Page(book_with(loaded), tmp_path, text).document
        section = nodes.section("", *document.children, *more)  # docutils takes a first heading for the document's
        document.children = [section]
        return passages.passages(document, "nl")

    return made


def test_sentences_are_whole_and_stand_under_their_heading(found):
    made = found("# Eén overheid\n\nEen zin, bijv. deze. Nog\neen.\n\n## Kop *twee*\n\n- Punt van 6,9.\n")
    assert made.title == "Eén overheid"
    assert made.sections == [("", ""), ("kop-twee", "Kop twee")]
    assert made.found == [
        (0, "h", "", "Eén overheid"),
        (0, "s", "", "Een zin, bijv. deze."),
        (0, "s", "", "Nog een."),
        (1, "h", "", "Kop twee"),
        (1, "s", "", "Punt van 6,9."),
    ]


def test_a_sentence_has_the_address_nearest_to_it(found):
    made = found("# Kop\n\nEerst dit. [Dan dat.]{#dat} En dan [dit]{#dit} ook.\n")
    assert [(address, text) for _, kind, address, text in made.found if kind == "s"] == [
        ("", "Eerst dit."),
        ("dat", "Dan dat."),
        ("dit", "En dan dit ook."),
    ]


def test_rows_of_tables_are_passages_with_their_cells_apart(found):
    typed = "| a | b |\n|---|---|\n| een | 1 |\n| twee | 2 |\n"
    own = table(["Jaar", "Cijfer"], [("cijfer-2014", ["2014", [nodes.inline("", "6,9")]])], "Cijfers")
    made = found(f"# Kop\n\n{typed}", own, nodes.raw("", "<table><tr><td>x</td><td>y</td></tr></table>", format="html"))
    rows = [(address, text) for _, kind, address, text in made.found if kind == "r"]
    assert rows == [("", "a · b"), ("", "een · 1"), ("", "twee · 2"), ("cijfer-2014", "2014 · 6,9"), ("", "x · y")]


def test_a_chart_is_found_by_its_message_and_its_figures(found):
    kit = chart_kit(payload={"table": {"head": ["", "n"], "rows": [["Balie", "49%"]]}})
    made = found("# Kop\n", chart("", headline("", "De balie wint."), kit, ids=["fig-balie"]))
    assert made.found[1:] == [(0, "s", "fig-balie", "De balie wint."), (0, "r", "fig-balie", "Balie · 49%")]


def test_the_index_of_a_large_table_is_found_by_its_series(found):
    made = found("# Kop\n", row_index("", series=[("cijfer", "Cijfer: wat mensen geven")]))
    assert made.found[1:] == [(0, "r", "cijfer", "Cijfer: wat mensen geven")]


def test_lines_of_code_are_of_a_kind_of_their_own_and_what_nobody_sees_is_none(found):
    code = nodes.literal_block("", "figures.select('x')\n\n  more\n")
    made = found("# Kop\n\n% weg\n", code, nodes.raw("", "<svg><title>weg</title></svg>", format="html"))
    assert made.found[1:] == [(0, "c", "", "figures.select('x')"), (0, "c", "", "more")]
