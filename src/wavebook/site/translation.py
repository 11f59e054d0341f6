"""The pages of a book in its other languages: linked with those of the root, and made after them by other commands.

The commands of this library run Sphinx once for each language. Any other program that makes the pages of the root, such
as Jupyter Book's own command, knows only one run. A listener to the end of that run is the only way to let it make the
other pages too, and to let it fail when they are not true: so here, and nowhere else, Sphinx runs inside Sphinx.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx

from wavebook.core.languages import below, source
from wavebook.core.problems import ProblemsError, raise_all
from wavebook.language.words import words_in
from wavebook.pages.records import book_of
from wavebook.pages.row_pages import FOLDER
from wavebook.site.application import given_to
from wavebook.site.checks import UntrueError
from wavebook.site.languages import clear, make_below
from wavebook.site.loading import EDITION


def _make(app: Sphinx, error: Exception | None) -> None:
    """Run Sphinx in each other language after a program that does not do so itself has made the pages of the root."""
    if error is not None or given_to(app) is not None or app.builder.name not in ("html", "dummy"):
        return
    book = book_of(app.env)
    if not book.of_root:
        return
    run = {name: getattr(book.figures, name) for name in EDITION}
    run |= {"draft": book.draft, "archive": json.loads(app.config.wavebook_archive), "within": True}
    work, out = Path(app.doctreedir).parent, Path(app.outdir)
    clear(out, book.languages)
    try:
        for language in book.languages[1:]:
            report = make_below(book.root, work, app.builder.name, out, language, **run)
            raise_all([] if book.draft else report.problems)
    except ProblemsError as problems:
        raise UntrueError(problems.problems) from None


def _link(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The same page in the other languages, for the links in the header and for search engines."""
    book = book_of(app.env)
    shared = pagename.startswith(("notebooks/", f"{FOLDER}/"))
    page = f"{app.config.root_doc if shared else pagename}.md"
    everywhere = pagename == "search"  # which has no source
    there = [code for code in book.languages if everywhere or (source(book.root, code) / page).is_file()]
    if book.language not in there or len(there) < 2:
        return
    up = "../" * (pagename.count("/") + bool(book.below))
    others = []
    for code in there:
        if code != book.language:
            href = f"{up}{below(code, book.languages)}{pagename}.html"
            others.append({"lang": code, "label": words_in(code).name, "href": href})
            if address := context.get("pageurl"):
                others[-1]["address"] = urljoin(address, href)
    context["alternates"] = others


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("build-finished", _make, priority=900)
    app.connect("html-page-context", _link)
