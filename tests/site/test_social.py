"""The pictures that stand for pages where they are shared."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages.records import Record, records
from wavebook.site import social


@pytest.fixture
def app(loaded, tmp_path):
    """A book of three pages, the second and third of which show charts."""

    def made(*, of_index=False, builder="html", **archive):
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
        app.builder, app.outdir, app.doctreedir = SimpleNamespace(name=builder), str(tmp_path), str(tmp_path / "trees")
        book.beside = SimpleNamespace(later=lambda work, *given: app.later.append((work, *given)))
        app.later = []
        return app

    return made


def test_a_page_is_shown_by_its_first_chart_and_one_without_by_the_books(app):
    assert social.picture(app(), "een") == ("social/een.png", "Eerste.")
    assert social.picture(app(), "index") == ("social/index.png", "Eerste.")
    assert social.picture(app(), "zonder") == ("social/index.png", "Eerste.")
    assert social.picture(app(of_index=True), "zonder") == ("social/index.png", "Eigen.")


def test_a_book_without_charts_has_no_picture_and_neither_has_one_edition_of_many(app):
    made = app()
    records(made.env).clear()
    assert social.picture(made, "een") == ("", "")
    assert social._pictures(made) == {}
    assert social.picture(app(among="2014/"), "een") == ("", "")


def test_the_opening_page_has_a_picture_of_the_first_chart_under_the_title_of_the_book(app):
    pages = {"een": ("een", "Een"), "twee": ("twee", "Twee")}
    assert social._pictures(app()) == {**pages, "index": ("een", "Boek")}
    assert social._pictures(app(of_index=True)) == {**pages, "index": ("index", "Index")}


def test_pictures_are_drawn_beside_the_pages_and_for_html_alone(app):
    made = app()
    social._draw_later(made, made.env)
    assert made.later == [
        (social._draw, made, "een", "Een", "een"),
        (social._draw, made, "twee", "Twee", "twee"),
        (social._draw, made, "een", "Boek", "index"),
    ]
    for other in (app(builder="dummy"), app(among="2014/")):
        social._draw_later(other, other.env)
        assert other.later == []


def test_a_picture_shows_the_first_chart_of_its_page(app, monkeypatch, tmp_path):
    drawn, written = [], []
    monkeypatch.setattr(social.pictures, "social", lambda chart, **told: drawn.append(told) or "svg")
    monkeypatch.setattr(social.downloads, "write_picture", lambda *given, **more: written.append((*given, more)))
    social._draw(app(), "een", "Een", "index")
    assert drawn == [{"title": "Een", "caption": "Eerste.", "site": "Boek", "card": social.SIZE}]
    kept, target = tmp_path / "trees/social/index.svg", tmp_path / "social/index.png"
    assert written == [(kept, target, "svg", {"scale": 1})]


def test_pictures_of_pages_that_have_none_any_more_are_removed(app, tmp_path):
    folder = tmp_path / "social"
    folder.mkdir()
    for name in ("een", "oud"):
        (folder / f"{name}.png").touch()
    for unwanted in (app(builder="dummy"), None):
        social._tidy(unwanted or app(), None if unwanted else ValueError())
        assert len(list(folder.iterdir())) == 2
    social._tidy(app(), None)
    assert [path.name for path in folder.iterdir()] == ["een.png"]
    social._tidy(app(among="2014/"), None)
    assert not folder.is_dir() or not list(folder.iterdir())
