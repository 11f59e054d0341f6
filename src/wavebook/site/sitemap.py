"""The list of all pages for search engines; it needs ``html_baseurl``, the address of the site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx

from wavebook.core.files import write_whole
from wavebook.core.languages import below, source
from wavebook.pages.chart_alone import address
from wavebook.pages.parts import part
from wavebook.pages.records import book_of, in_order
from wavebook.site import added, chart_pages
from wavebook.site.row_pages import index_of


def _write(app: Sphinx, error: Exception | None) -> None:
    """Write the list and robots.txt for the newest edition; remove those of an earlier build that had an address."""
    if error is not None or app.builder.name != "html":
        return
    book, made = book_of(app.env), {}
    if app.config.html_baseurl and not book.archive.keys() & {"place", "among"} and book.of_root:
        index = index_of(app)
        rows = dict.fromkeys((page.name for page in book.layout.pages), index) if index else {}
        made["sitemap.xml"] = _sitemap(app, {name: name for name in in_order(app.env)} | rows)
        made["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(app.config.html_baseurl, 'sitemap.xml')}\n"
    for name in {"sitemap.xml", "robots.txt"} - added.files_of(app):
        if name in made:
            write_whole(Path(app.outdir, name), made[name].encode())
        else:
            Path(app.outdir, name).unlink(missing_ok=True)


def _sitemap(app: Sphinx, pages: dict[str, str]) -> str:
    """Every page with its twins in other languages; no dates, since a build does not know them.

    Each page is made from a file: its own, or for a page of figures that of their index.
    """
    book, base = book_of(app.env), app.config.html_baseurl
    folders = [(code, below(code, book.languages), source(book.root, code)) for code in book.languages]
    listed = []
    for name, made_from in pages.items():
        place = app.builder.get_target_uri(name)
        twins = {
            code: urljoin(base, f"{folder}{place}")
            for code, folder, pages_ in folders
            if code == book.language or name.startswith("notebooks/") or (pages_ / f"{made_from}.md").is_file()
        }
        listed.append(twins)
    for chart in chart_pages.charts(app):
        spoken, place = chart.twins or (book.language,), address(chart.name)
        listed.append({code: urljoin(base, f"{folder}{place}") for code, folder, _ in folders if code in spoken})
    return part("sitemap", listed)


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("build-finished", _write, priority=600)
