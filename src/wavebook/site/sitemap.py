"""The list of all pages for search engines; it needs ``html_baseurl``, the address of the site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx

from wavebook.core.files import write_whole
from wavebook.pages.parts import part
from wavebook.pages.records import book_of, in_order
from wavebook.site.assets import extra_files
from wavebook.site.settings import source


def _write(app: Sphinx, error: Exception | None) -> None:
    """Write the list and robots.txt for the newest edition; remove those of an earlier build that had an address."""
    if error is not None or app.builder.name != "html":
        return
    book, made = book_of(app.env), {}
    if app.config.html_baseurl and not book.archive.keys() & {"place", "among"} and book.language == "nl":
        made["sitemap.xml"] = _sitemap(app, in_order(app.env))
        made["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(app.config.html_baseurl, 'sitemap.xml')}\n"
    for name in {"sitemap.xml", "robots.txt"} - extra_files(app):
        if name in made:
            write_whole(Path(app.outdir, name), made[name].encode())
        else:
            Path(app.outdir, name).unlink(missing_ok=True)


def _sitemap(app: Sphinx, order: list[str]) -> str:
    """Every page with its twin in the other language; no dates, since a build does not know them."""
    base = app.config.html_baseurl
    english = source(book_of(app.env).root, "en")
    pages = []
    for name in order:
        pair = {"nl": urljoin(base, app.builder.get_target_uri(name))}
        if name.startswith("notebooks/") or (english / f"{name}.md").is_file():
            pair["en"] = urljoin(base, f"en/{app.builder.get_target_uri(name)}")
        pages.append(pair)
    return part("sitemap", pages)


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("build-finished", _write, priority=600)
