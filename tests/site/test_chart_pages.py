"""The files of each chart outside its story."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from docutils import nodes
from drawn import alone
from page import Page, book_with

from wavebook.pages.records import Record, records
from wavebook.site import chart_pages


@pytest.fixture
def app(loaded, tmp_path):
    """A book of two pages that show the same chart, and the second one more."""

    def made(*, theme="wavebook", builder="html", address="", style="", **archive):
        book = book_with(loaded, tmp_path, charts={name: {"name": name} for name in ("line", "bars", "gone")})
        book.title, book.archive = "Boek", archive
        for folder, chart in (("", "line"), ("en/", "line")):
            path = tmp_path / "book" / folder / "een.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f":::{{chart}} {chart}\nKop.\n:::\n")
        if style:
            (tmp_path / "book" / "_static").mkdir(exist_ok=True)
            (tmp_path / "book" / "_static" / "house-style.css").write_text(style)
        app = Page(book, tmp_path / "book").env.app
        env, config = app.env, app.config
        env.toctree_includes = {"index": ["een", "twee"]}
        env.titles = {name: nodes.title("", name.title()) for name in ("index", "een", "twee")}
        records(env)["twee"] = [Record("chart", "line", 1, "Nog eens."), Record("chart", "bars", 3, "Staven.")]
        records(env)["een"] = [Record("chart", "line", 3, "Lijn."), Record("chart", "gone", 1, "W.", left_out="W.")]
        config.html_theme, config.html_baseurl, config.author, config.html_favicon = theme, address, "Wij", "i/a.svg"
        config.html_theme_options = {"licence": "CC BY 4.0"}
        app.builder = SimpleNamespace(
            name=builder, format="html", config=config, get_target_uri=lambda name: f"{name}.html"
        )
        app.outdir, app.doctreedir, app.later = str(tmp_path / "site"), str(tmp_path / "trees"), []
        book.beside = SimpleNamespace(later=lambda work, *given, **more: app.later.append((work, given, more)))
        return app

    return made


def test_a_chart_belongs_to_the_first_page_that_shows_it(app):
    line, bars = chart_pages.charts(app(address="https://x.nl/"))
    assert (line.name, line.headline, line.story, line.story_title) == ("line", "Lijn.", "een.html#fig-line", "Een")
    assert (line.twins, bars.twins) == (("nl", "en"), ())
    assert (bars.url, bars.licence, bars.author) == ("https://x.nl/charts/bars.html", "CC BY 4.0", "Wij")


def test_a_site_has_a_page_a_chart_and_other_themes_have_none(app):
    assert chart_pages.names(app()) == {"charts/line", "charts/bars"}
    assert chart_pages.names(app(theme="basic")) == chart_pages.names(app(builder="dummy")) == set()


@pytest.mark.parametrize(
    ("more", "kinds", "cards"),
    [
        ({}, {"xlsx", "csv", "svg", "png", "html"}, 2),
        ({"address": "https://x.nl/"}, {"xlsx", "csv", "svg", "png", "html", "oembed.json"}, 2),
        ({"theme": "basic"}, {"xlsx", "csv", "svg", "png"}, 2),
        ({"builder": "singlehtml"}, {"xlsx", "csv", "svg", "png"}, 0),
    ],
)
def test_files_are_made_while_pages_are_written_and_those_of_before_removed(app, tmp_path, more, kinds, cards):
    old = [tmp_path / "site" / name for name in ("charts/old.html", "charts/line.old", "social/een.png")]
    for path in old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    made = app(**more)
    chart_pages.draw_later(made, chart_pages.charts(made))
    assert not any(path.exists() for path in old)
    files = [given for work, given, _ in made.later if work is chart_pages.write]
    assert [(chart.name, set(wanted)) for _, chart, wanted in files] == [("bars", kinds), ("line", kinds)]
    assert [work for work, *_ in made.later].count(chart_pages.write_card) == cards
    assert {more["icon"] for work, _, more in made.later if work is chart_pages.write} == {"../_static/a.svg"}


def test_one_edition_of_many_has_no_pictures_that_take_long(app, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(chart_pages, "write", lambda folder, chart, kinds, **more: written.append(set(kinds)))
    made = app(among="2014-a/")
    chart_pages.draw_later(made, chart_pages.charts(made))
    assert written == [{"xlsx", "csv", "svg", "html"}] * 2
    assert made.later == []


def test_only_files_that_differ_are_written(loaded, tmp_path):
    chart = alone(loaded, "share.yes", root=tmp_path, site="https://x.nl/")
    kinds = ("xlsx", "csv", "svg", "html", "oembed.json")
    chart_pages.write(tmp_path / "charts", chart, kinds, kept=tmp_path / "kept")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "charts").iterdir()}
    assert before.keys() == {f"kaart.{kind}" for kind in kinds}
    chart_pages.write(tmp_path / "charts", chart, kinds, kept=tmp_path / "kept")
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "charts").iterdir()} == before


def test_a_picture_and_its_card_are_drawn_once(loaded, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(chart_pages.pictures, "png", lambda svg, scale: drawn.append(scale) or b"png")
    chart = alone(loaded, "share.yes", root=tmp_path)
    for _ in range(2):
        chart_pages.write(tmp_path / "charts", chart, ("svg", "png"), kept=tmp_path / "kept")
        chart_pages.write_card(tmp_path / "kaart.svg", tmp_path / "social" / "kaart.png", chart)
    assert drawn == [2, 1]
    assert chart.headline.partition(" &")[0] in (tmp_path / "kaart.svg").read_text(encoding="utf-8")


def test_pictures_have_the_colours_of_the_books_own_style(loaded, tmp_path, app):
    style = ":root { --chart-1: #abcdef; --chart-surface: #fedcba }"
    book = app(style=style).env.get_domain("").book
    assert list(chart_pages.problems(book)) == []
    chart = alone(loaded, "share.yes", root=tmp_path)
    chart_pages.write(tmp_path / "charts", chart, ("svg",), kept=tmp_path / "kept")
    drawn = (tmp_path / "charts" / "kaart.svg").read_text(encoding="utf-8")
    assert drawn.count("#abcdef") > 0
    assert drawn.count("#fedcba") > 0


def test_a_colour_that_no_picture_can_be_drawn_in_is_named(app):
    book = app(style=":root { --chart-1: oklch(0.5 0.1 20); --ink: oklch(0 0 0) }").env.get_domain("").book
    (problem,) = chart_pages.problems(book)
    assert (problem.code, problem.place) == ("W441", "book/_static/house-style.css, --chart-1")
    assert "oklch(0.5 0.1 20)" in problem.found


def test_a_workbook_is_made_anew_once_it_or_what_it_says_is_another(loaded, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(chart_pages.chart_workbook, "workbook", lambda chart: made.append(1) or chart.headline.encode())
    chart, path = alone(loaded, "share.yes", root=tmp_path), tmp_path / "charts" / "kaart.xlsx"

    def count(chart):
        chart_pages.write(tmp_path / "charts", chart, ("xlsx", "svg"), kept=tmp_path / "kept")
        return len(made)

    assert [count(chart), count(chart)] == [1, 1]
    assert count(replace(chart, headline="Anders.")) == 2
    path.write_bytes(b"damaged")
    assert count(replace(chart, headline="Anders.")) == 3
    path.unlink()
    assert count(replace(chart, headline="Anders.")) == 4
    assert path.read_bytes() == b"Anders."
