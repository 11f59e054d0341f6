"""The pictures that represent a page where it is shared."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from wavebook.charts import pictures
from wavebook.core.files import keep_only
from wavebook.pages import downloads
from wavebook.pages.records import book_of, charts_of, in_order, records

SIZE = (1200, 630)  # px, the size that consumers of OpenGraph crop least


def _pictures(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Page and title that each social picture shows, by its name; the opening page has one of its own."""
    titles = {name: app.env.titles[name].astext() for name in in_order(app.env) if _charts(app, name)}
    shown = {name: (name, title) for name, title in titles.items()}
    if titles and app.config.root_doc not in titles:
        shown[app.config.root_doc] = (next(iter(titles)), book_of(app.env).title)
    return shown


def _charts(app: Sphinx, pagename: str) -> list[tuple[str, str]]:
    """Name and caption of the charts that a page shows, in its order."""
    return list(charts_of(records(app.env).get(pagename, ())).items())


def picture(app: Sphinx, pagename: str) -> tuple[str, str]:
    """Address and text of the picture that represents a page: its first chart, or else the book's."""
    if book_of(app.env).among:
        return "", ""
    for name in (pagename, *in_order(app.env)):
        if charts := _charts(app, name):
            of_page = name == pagename
            return f"social/{pagename if of_page else app.config.root_doc}.png", charts[0][1]
    return "", ""


def _draw_later(app: Sphinx, env) -> list[str]:
    """Have the social pictures drawn while the pages are written."""
    if app.builder.name == "html" and not book_of(env).among:
        for name, (shows, title) in _pictures(app).items():
            book_of(env).later(_draw, app, shows, title, name)
    return []


def _draw(app: Sphinx, shows: str, title: str, name: str) -> None:
    """The social picture social/<name>.png with the first chart of the page ``shows``, unless it is there already."""
    book = book_of(app.env)
    chart, caption = _charts(app, shows)[0]
    picture = pictures.social(book.results.charts[chart], title=title, caption=caption, site=book.title, card=SIZE)
    kept, target = Path(app.doctreedir, "social", f"{name}.svg"), Path(app.outdir, "social", f"{name}.png")
    downloads.write_picture(kept, target, picture, scale=1)


def _tidy(app: Sphinx, error: Exception | None) -> None:
    """Remove the pictures of pages that have none any more."""
    if error is None and app.builder.name == "html":
        pictures = {} if book_of(app.env).among else _pictures(app)
        keep_only(Path(app.outdir, "social"), [f"{name}.png" for name in pictures])


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("env-updated", _draw_later, priority=600)  # once the book is found to be true
    app.connect("build-finished", _tidy, priority=600)
