"""The rows of pages of figures are those that a small table has; the index leads to every page."""

import json
import re

import large
import pytest

from wavebook.figures import load
from wavebook.pages import row_html
from wavebook.pages.figure_tables import figures_tables
from wavebook.pages.records import Book
from wavebook.pages.row_pages import Layout
from wavebook.pages.tables import table_html
from wavebook.runs.execute import Results

ROW = re.compile(r'<tr id="([^"]+)">(.*?)</tr>', re.DOTALL)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = large.make(tmp_path_factory.mktemp("towns"), towns=30, indicators=3)
    return Book(root, load(root), draft=False, results=Results(), most_rows=60)


def test_a_row_is_that_of_a_small_table_but_for_the_link_to_its_source(book):
    sections = figures_tables(book.figures, lambda source: ["Jansen, 2014"])
    whole = "".join(table_html(section.children[-1]) for section in sections if section.tagname == "section")
    pages = "".join(row_html.body(book.figures, page, "data.html") for page in book.layout.pages)
    assert dict(ROW.findall(pages)) == dict(ROW.findall(whole))
    assert len(ROW.findall(pages)) == len(book.figures)


def test_the_index_leads_to_every_page_and_has_anchors_about_everyone(book):
    html = row_html.index_html(book, lambda name: f"{name}.html")
    assert re.findall(r'<li><a href="([^"]+)"', html) == [f"{page.name}.html" for page in book.layout.pages]
    keys = [figure.key for figure in book.figures if not figure.key.segment]
    everyone = {key.anchor: f"{book.layout.page_of(key)}.html#{key.anchor}" for key in keys}
    assert dict(re.findall(r'<a id="([^"]+)" href="([^"]+)"', html)) == everyone


def test_the_index_has_no_more_anchors_than_its_most_and_those_of_the_newest_wave_first(book, monkeypatch):
    monkeypatch.setattr(row_html, "ANCHORS", 4)
    html = row_html.index_html(book, lambda name: f"{name}.html")
    anchors = re.findall(r'<a id="([^"]+)"', html)
    assert len(anchors) == 4
    assert all(anchor.endswith("-2014") for anchor in anchors)


def test_a_book_on_one_page_has_an_index_without_links(book):
    assert "href" not in row_html.index_html(book, lambda name: "").replace('href="data/', "")


def test_the_names_are_in_the_order_of_the_pages(book):
    script = row_html.names_script(book.layout).decode()
    names = json.loads(script.removeprefix("rowNames(").removesuffix(");\n"))
    assert names["segments"]["town"][:2] == [["town-t00000", "Stad 0"], ["town-t00001", "Stad 1"]]
    assert names["categories"] == {"choice": ["yes", "no", "maybe"]}
    node = row_html.index_node(Layout(book.figures, 60))
    assert node["series"][0][0] == "i00"
    assert node["series"][0][1].startswith("cijfer i00: Wat i00 meet")
