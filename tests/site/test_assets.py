"""The files beside the pages."""

from types import SimpleNamespace

import pytest
from page import Page, book_with

from wavebook.core import files
from wavebook.pages.records import Record, records
from wavebook.site import assets


@pytest.fixture
def app(loaded, tmp_path):
    def made(*, builder="html", form="html", theme="wavebook", archive="{}", figures=loaded, **archived):
        book = book_with(figures, tmp_path, charts={"line": {"name": "line"}, "lost": {"name": "lost"}})
        book.title, book.archive = "Boek", archived
        app = Page(book, tmp_path / "book").env.app
        app.builder = SimpleNamespace(
            name=builder, format=form, config=app.config, get_target_uri=lambda name: f"{name}.html"
        )
        app.outdir, app.doctreedir = str(tmp_path / "site"), str(tmp_path / "trees")
        app.config.html_baseurl, app.config.author, app.config.html_favicon = "", "Wij", None
        app.config.html_theme, app.config.wavebook_archive = theme, archive
        app.config.html_theme_options = {"licence": "CC BY 4.0", "licence_url": "https://l.nl"}
        app.config.html_extra_path, app.config.html_additional_pages, app.config.html_use_index = [], {}, False
        app.confdir = str(tmp_path / "book")
        app.env.images, app.env.dlfiles, app.extensions = {}, {}, {}
        app.later = []
        book.beside = SimpleNamespace(later=lambda work, *given, **more: app.later.append((work, given, more)))
        records(app.env)["index"] = [
            Record("chart", "line", 1, "Kop."),
            Record("chart", "lost", 2, "Weg.", left_out="Weg."),
        ]
        return app

    return made


def put(folder, *names):
    for name in names:
        path = folder / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def left(folder):
    return {p.relative_to(folder / "site").as_posix() for p in (folder / "site").rglob("*") if p.is_file()}


def test_charts_are_made_beside_the_pages_and_those_of_before_are_removed(app, tmp_path):
    put(tmp_path, "charts/line.csv", "charts/line.png", "charts/lost.csv", "charts/old.js")
    made = app()
    assert assets._draw_later(made, made.env) == []
    assert left(tmp_path) == {"charts/line.csv", "charts/line.png"}
    (write, (folder, chart, _), _), (card, _, _) = made.later
    assert (write, card) == (assets.chart_pages.write, assets.chart_pages.write_card)
    assert (folder, chart.name, chart.headline) == (tmp_path / "site/charts", "line", "Kop.")


@pytest.mark.parametrize(("points", "there"), [(3, True), (2, False)])
def test_the_script_to_explore_is_there_for_a_chart_with_something_to_explore(app, tmp_path, points, there):
    put(tmp_path, "_static/explore.js", "_static/chart.css")
    made = app()
    spots = {"wide": {"points": [{}] * points}}
    assets.book_of(made.env).results.charts["line"] |= {"points": [{}] * points, "spots": spots}
    assets._write_files(made, None)
    assert ("_static/explore.js" in left(tmp_path)) == there
    assert "_static/chart.css" in left(tmp_path)


@pytest.mark.parametrize("among", ["", "2014/"])
def test_many_editions_have_one_set_of_scripts_whatever_each_shows(app, tmp_path, among):
    names = {"_static/editions.js", "_static/rows.js", "_static/explore.js"}
    put(tmp_path, *names)
    assets._write_files(app(among=among) if among else app(), None)
    assert left(tmp_path) & names == (names if among else set())


@pytest.mark.parametrize(
    ("more", "count"), [({"form": "latex"}, 0), ({"builder": "dummy", "form": ""}, 0), ({"theme": "basic"}, 2)]
)
def test_other_forms_and_themes_have_less(app, more, count):
    made = app(**more)
    assets._draw_later(made, made.env)
    assert len(made.later) == count


def test_a_site_keeps_what_its_pages_load_and_no_more(app, tmp_path):
    loaded_ = {f"_static/{name}" for name in ("wavebook.js", "house-style.css", "chart.css")}
    unused = {f"_static/{name}" for name in ("basic.css", "nl-stemmer.js", "doctools.js", "editions.js", "plus.png")}
    put(tmp_path, *loaded_, *unused, "index.html", "search.html", "404.html", "old.html", "en/x.html")
    put(tmp_path, "_images/a.png", "_images/old.png", "_downloads/12/a.csv", "_downloads/34/b.csv")
    (tmp_path / "site" / "_sources").mkdir()
    made = app()
    made.env.images, made.env.dlfiles = {"a": ({"index"}, "a.png")}, {"x": ({"index"}, "12/a.csv")}
    assets._write_files(made, None)
    assets._mark(made, None)
    found = left(tmp_path)
    assert loaded_ <= found
    assert not unused & found
    assert {"index.html", "search.html", "404.html", "en/x.html"} <= found
    assert "old.html" not in found
    assert {name for name in found if name.startswith(("_images", "_downloads"))} == {
        "_images/a.png",
        "_downloads/12/a.csv",
    }
    assert not (tmp_path / "site" / "_sources").exists()
    assert {".wavebook", "data/figures.csv", "datapackage.json"} <= found


def test_a_build_that_failed_leaves_all_as_it_was(app, tmp_path):
    put(tmp_path, "old.html", "_static/basic.css")
    assets._write_files(app(), ValueError())
    assert left(tmp_path) == {"old.html", "_static/basic.css"}


def test_english_pages_and_one_edition_of_many_bear_no_mark_of_a_site(app, small, tmp_path):
    for made in (app(figures=small.load(language="en")), app(among="2014/"), app(builder="latex", form="html")):
        assets._write_files(made, None)
        assert ".wavebook" not in left(tmp_path)


def test_one_edition_of_many_keeps_the_script_of_the_list_of_all(app, tmp_path):
    put(tmp_path, "_static/editions.js")
    assets._write_files(app(among="2014/"), None)
    assert "_static/editions.js" in left(tmp_path)


def test_editions_that_share_their_files_keep_those_that_one_of_them_needs(app, tmp_path):
    names = {"_static/chart.css", "_static/explore.js", "_static/rows.js"}
    for archived, left_over in (({}, set()), ({"among": "2014/"}, names)):
        put(tmp_path, *names)
        made = app(**archived)
        records(made.env).clear()
        assets._write_files(made, None)
        assert left(tmp_path) & names == left_over


def test_an_english_page_that_is_gone_is_not_removed_by_the_dutch_run_alone(app, small, tmp_path):
    put(tmp_path, "en/old.html")
    assets._remove_pages(app(figures=small.load(language="en")))
    assert left(tmp_path) == set()


@pytest.mark.parametrize(
    ("theme", "archive", "pages"),
    [
        ("wavebook", "{}", {"a": "b", "404": "404.html"}),
        ("wavebook", '{"among": "x/"}', {"a": "b"}),
        ("basic", "{}", {"a": "b"}),
    ],
)
def test_a_site_has_a_page_for_what_is_missing(theme, archive, pages):
    config = SimpleNamespace(html_theme=theme, wavebook_archive=archive, html_additional_pages={"a": "b"})
    assets._add_missing_page(None, config)
    assert config.html_additional_pages == pages


def test_the_theme_is_this_librarys(monkeypatch):
    themes, events = [], []
    app = SimpleNamespace(
        add_html_theme=lambda *theme: themes.append(theme), connect=lambda event, *_, **__: events.append(event)
    )
    assets.setup(app)
    assert themes == [("wavebook", str(files.THEME))]
    assert events == ["config-inited", "env-updated", "build-finished", "build-finished"]
