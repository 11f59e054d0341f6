"""The pictures that stand for pages where they are shared."""

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages.records import Record, records
from wavebook.site import social


@pytest.fixture
def app(loaded, tmp_path):
    """A book of three pages, the second and third of which show charts."""

    def made(*, of_index=False, **archive):
        book = book_with(loaded, tmp_path, charts={"line": {}, "bars": {}, "gone": {}})
        book.title, book.archive = "Boek", archive
        app = Page(book, tmp_path / "book").env.app
        env = app.env
        env.toctree_includes = {"index": ["een", "twee"]}
        env.titles = {name: nodes.title("", name.title()) for name in ("index", "een", "twee")}
        records(env)["een"] = [
            Record("chart", "bars", 9, "Tweede."),
            Record("chart", "line", 3, "Eerste."),
            Record("chart", "gone", 1, "Weg.", left_out="Weg."),
        ]
        records(env)["twee"] = [Record("chart", "bars", 1, "Staven.")]
        if of_index:
            records(env)["index"] = [Record("chart", "line", 1, "Eigen.")]
        return app

    return made


def test_a_page_is_shown_by_its_first_chart_and_one_without_by_the_books(app):
    assert social.picture(app(), "een") == ("social/line.png", "Eerste.")
    assert social.picture(app(), "twee") == ("social/bars.png", "Staven.")
    assert social.picture(app(), "index") == ("social/line.png", "Eerste.")
    assert social.picture(app(), "zonder") == ("social/line.png", "Eerste.")
    assert social.picture(app(of_index=True), "zonder") == ("social/line.png", "Eigen.")


def test_a_book_without_charts_has_no_picture_and_neither_has_one_edition_of_many(app):
    made = app()
    records(made.env).clear()
    assert social.picture(made, "een") == ("", "")
    assert social.picture(app(among="2014/"), "een") == ("", "")
