"""Pages of figures in the site, and their index: made beside the pages that Sphinx reads, only where they changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sphinx.application import Sphinx

from wavebook.core import files, hashes
from wavebook.pages import row_html, row_pages
from wavebook.pages.records import Book, book_of


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Give Sphinx each page of figures that differs from the last build's; remove those that are gone."""
    book = book_of(app.env)
    layout, folder, note = book.layout, Path(app.outdir, row_pages.FOLDER), Path(app.doctreedir, "row-pages.json")
    before, made = _before(note), {}
    data = index_of(app)
    pages = layout.pages if data is not None else []
    around = _around(app, book) if pages else ""
    for place, page in enumerate(pages):
        neighbours = [other and other.name for other in layout.neighbours(place)]
        made_from = f"{around}\0{neighbours}\0{page.name}\0{row_pages.stamp(book.figures, page)}"
        made[page.name] = hashes.of(made_from, hashes.COMPARED)
        if before.get(page.name) != made[page.name] or not Path(app.outdir, f"{page.name}.html").is_file():
            yield page.name, _context(app, book, place, data), "page.html"
    if pages:
        files.write_whole(Path(app.outdir, row_html.NAMES), row_html.names_script(layout))
    files.keep_only(folder, [Path(name).name for page in pages for name in (f"{page.name}.html", row_html.NAMES)])
    files.write_whole(note, json.dumps(made).encode())


def index_of(app: Sphinx) -> str | None:
    """The page of which the pages of figures are part; without one there are none."""
    return next((name for name, told in sorted(app.env.metadata.items()) if told.get("wavebook_data")), None)


def _before(note: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        return json.loads(note.read_bytes())
    return {}


def _around(app: Sphinx, book: Book) -> str:
    """What a page of figures shows of the rest of the site."""
    titles = {name: title.astext() for name, title in app.env.titles.items()}
    menu = [app.env.toctree_includes, titles, book.title, book.draft, book.archive, app.config.html_baseurl]
    return f"{book.code}\0{book.figures!r}\0{menu!r}"


def _context(app: Sphinx, book: Book, place: int, data: str | None) -> dict[str, object]:
    """The values of a page for the theme's template."""
    layout, figures = book.layout, book.figures
    page, uri = layout.pages[place], app.builder.get_relative_uri
    turns = {
        name: {"link": uri(page.name, other.name), "title": row_pages.title(figures, other)} if other else None
        for name, other in zip(("prev", "next"), layout.neighbours(place), strict=True)
    }
    index = f"{uri(page.name, data or app.config.root_doc)}#{page.indicator.replace('_', '-')}"
    return {
        "title": row_pages.title(figures, page),
        "body": row_html.body(figures, page, index),
        "toc": "",
        "display_toc": False,
        "metatags": "",
        **turns,
    }


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_config_value("wavebook_rows", row_pages.MOST, "env", types=(int,))
    app.add_node(row_pages.row_index, html=(row_html.visit_index, None))
    app.connect("html-collect-pages", _collect)
