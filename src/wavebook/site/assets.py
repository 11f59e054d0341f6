"""The files beside the pages: downloads, pictures, style sheets and scripts, only as far as a page uses them."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from wavebook.core import files, marker
from wavebook.pages import downloads, exploring
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.download import Beside
from wavebook.pages.large_downloads import Made
from wavebook.pages.records import Book, book_of
from wavebook.site import added, chart_pages

# Files that Sphinx, its basic theme and myst-nb copy into every site, and the style of paper; no page loads them.
_UNUSED = (
    "*-stemmer.js", "basic.css", "doctools.js", "documentation_options.js", "file.png", "language_data.js", "minus.png",
    "mystnb.*.css", "plus.png", "pygments.css", "searchtools.js", "sphinx_highlight.js", "translations.js",
    "paper.css",
)  # fmt: skip


def _draw_later(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the files of charts made while the pages are written."""
    if app.builder.format == "html":
        chart_pages.draw_later(app, chart_pages.charts(app))
    return []


def _write_files(app: Sphinx, error: Exception | None) -> None:
    """Put the downloads beside the pages, rewriting only those that differ, and remove files that no page uses."""
    if error is None and (app.config.html_theme, app.builder.name) == ("wavebook", "html"):
        shown = [name.rpartition("/")[2] for name in chart_pages.names(app)]
        _tidy_assets(Path(app.outdir, "_static"), book_of(app.env), shown)
        _tidy_copies(app)
        added.forget(app)
        if "sphinx_design" not in app.extensions:
            Path(app.outdir, "_static", "design.css").unlink(missing_ok=True)
        with suppress(OSError):
            Path(app.outdir, "_sources").rmdir()  # Sphinx 9 makes it also when no source is copied
        _remove_pages(app)
    if error is None and app.builder.format == "html":
        book = book_of(app.env)
        options = app.config.html_theme_options
        licence = {"name": options.get("licence", "").replace(" ", "-"), "path": options.get("licence_url", "")}
        made = Made(Path(app.doctreedir, "downloads.json"), f"{book.code}\0{book.title}")
        told = Publication.of(book.title, app.config.author, app.config.html_baseurl or "", options)
        pairs = files.digest(sorted((book.root / "data" / "correlations").glob("*.csv")))
        tables = Beside(told, Path(app.doctreedir, "tables.txt"), f"{book.code}\0{pairs}")
        downloads.write_figures(
            Path(app.outdir, "data"), book.figures, title=book.title, licence=licence, made=made, tables=tables
        )


def _mark(app: Sphinx, error: Exception | None) -> None:
    """Put the mark in the site once all its files are there; other languages come below it."""
    if error is None and app.builder.name == "html":
        book = book_of(app.env)
        if book.of_root and not book.among:
            marker.write(Path(app.outdir), marker.SITE, added=added.at_top(app), coming=book.languages[1:])


def _remove_pages(app: Sphinx) -> None:
    """Remove pages whose source is gone, which Sphinx leaves."""
    config, out, book = app.config, Path(app.outdir), book_of(app.env)
    made = {*app.env.found_docs, "search", "404", *config.html_additional_pages}
    made |= {name for name in ("genindex",) if config.html_use_index}
    made |= {name.removesuffix(".html") for name in added.files_of(app)}
    made |= {page.name for page in book.layout.pages} | chart_pages.names(app)
    others = tuple(f"{code}/" for code in book.languages[1:]) if book.of_root else ()
    for path in out.rglob("*.html"):
        name = path.relative_to(out).with_suffix("").as_posix()
        if name not in made and not name.startswith(others):
            path.unlink()


def _tidy_assets(folder: Path, book: Book, shown: list[str]) -> None:
    """Leave in ``folder`` only files that a page of the theme loads.

    Many editions have one set of these files, also where an edition has no chart or few figures.
    """
    used = {
        "editions.js": False,
        "rows.js": bool(book.layout.pages),
        "chart.css": bool(shown),
        "explore.js": any(exploring.is_explored(book.results.charts[name]) for name in shown),
    }
    for name in (name for name in used if not used[name] and not book.among):
        (folder / name).unlink(missing_ok=True)
    for path in (found for pattern in _UNUSED for found in folder.glob(pattern)):
        path.unlink()


def _tidy_copies(app: Sphinx) -> None:
    """Remove copies of pictures and downloads that no page shows any more."""
    files.keep_only(Path(app.outdir, "_images"), [name for _, name in app.env.images.values()])
    wanted, copies = {Path(name).parent.name for _, name in app.env.dlfiles.values()}, Path(app.outdir, "_downloads")
    for folder in (folder for folder in copies.glob("*") if folder.name not in wanted):
        shutil.rmtree(folder)
    if copies.is_dir() and not wanted:
        copies.rmdir()


def _add_missing_page(app: Sphinx, config: Config) -> None:
    """Add the page that a host shows for an address that does not exist."""
    if config.html_theme == "wavebook" and "among" not in json.loads(config.wavebook_archive):
        config.html_additional_pages = {**config.html_additional_pages, "404": "404.html"}


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    if (files.THEME / "theme.toml").is_file():
        app.add_html_theme("wavebook", str(files.THEME))
    app.connect("config-inited", _add_missing_page)
    app.connect("env-updated", _draw_later, priority=600)  # once the book has proved to be true
    app.connect("build-finished", _write_files)
    app.connect("build-finished", _mark, priority=960)  # once the pages in other languages are made
