"""The tables book as pages: they stand alone, and say what the workbook says."""

import re
from html.parser import HTMLParser

import pytest
from bannered import ABOUT, bannered
from markup import faults
from small import SmallBook

from wavebook.pages.banners import pages
from wavebook.pages.banners.layout import Layout, Options
from wavebook.pages.banners.table import Cell


class Tables(HTMLParser):
    """The tables of a page: rows of the texts of their cells."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.inside = tag in ("td", "th") or (self.inside and tag == "span")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += data


def made(root, folder, **options):
    pages.write(folder, Layout(root.load(), Options(independent=True, since="previous", **options)), ABOUT)
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return made(bannered(SmallBook(folder / "book")), folder / "made")


def test_each_breakdown_is_a_table_beside_the_total(found):
    age, theme = Tables(found["1.html"]).tables
    assert theme == [
        ["Antwoord", "Cijfer", "Iedereen", "Werk A", "School B"],
        ["Respondenten (ongewogen)", "2.000", "900", "700"],
        ["Effectief aantal", "2.000", "900", "700"],
        ["Cijfer", "rapportcijfer (1–10)", "6,9", "7,2", "6,5"],
        ["Hoger dan", "", "B", ""],
        ["95% van", "6,9", "7,1", "6,4"],
        ["95% tot", "7,0", "7,3", "6,6"],
    ]
    assert age[1] == ["Respondenten (ongewogen)", "2.000", "25*", "900"]
    assert age[-1] == ["Verschil met 2013 (punt)", "+0,1", "", ""]  # of the total alone: once


def test_what_is_hidden_has_its_sign_and_nothing_else(found):
    (theme,) = Tables(found["2.html"]).tables
    rows = theme[[row[0] for row in theme].index("Nee") :]
    assert rows == [
        ["Nee", "percentage", "70%", "–", "67%"],
        ["95% van", "68%", "", "63%"],
        ["95% tot", "72%", "", "70%"],
    ]


def test_links_lead_to_pages_that_are_there_and_nothing_is_loaded(found):
    assert found.keys() == {"index.html", "method.html", "1.html", "2.html"}
    for text in found.values():
        links = re.findall(r'href="([^"]*)"', text)
        assert {*links} <= found.keys()
        assert not re.search(r"<script|src=|@import|url\(", text)
    assert {"1.html", "2.html", "method.html"} == {*re.findall(r'href="([^"]*)"', found["index.html"])}
    assert re.findall(r'rel="(\w+)"', found["1.html"] + found["2.html"]) == ["next", "prev"]


def test_the_markup_is_what_validators_ask(found):
    assert [fault for text in found.values() for fault in faults(text)] == []


def test_pages_of_tables_that_are_no_more_go(tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "9.html").write_text("old")
    assert "9.html" not in made(bannered(SmallBook(tmp_path / "book")), tmp_path / "made")


def test_text_is_never_markup(tmp_path):
    small = bannered(SmallBook(tmp_path / "book"))
    for text in ("werk", "cijfer", "ja", "Rapportcijfer", "mensen", "ander bureau"):
        name = "waves.toml" if text == "ander bureau" else "indicators.toml"
        small.edit(name, f'nl = "{text}"', f'nl = "<script>1</script> {text}"')
    for text in made(small, tmp_path / "made").values():
        assert "<script" not in text.casefold()


@pytest.mark.parametrize(
    ("content", "form", "language", "text"),
    [
        (0.1426, "0.0%", "nl", "14,3%"),
        (0.1426, '0%" [p]"', "fr", "14\u00a0% [p]"),
        (1234.5, "#,##0", "en", "1,235"),
        (-2.74, "+#,##0.0;−#,##0.0;#,##0.0", "nl", "−2,7"),
        (0.0, "+#,##0;−#,##0;#,##0", "nl", "0"),
        (25.0, '#,##0"*"', "nl", "25*"),
        (3.1, "[$EUR] #,##0.00", "nl", "EUR 3,10"),
        (6.85, "0.0", "en", "6.9"),
    ],
)
def test_numbers_are_as_their_form_and_language_have_them(content, form, language, text):
    assert pages.shown(Cell(content, "", form), language) == text
