"""The English pages of a book: linked with the Dutch ones, and made after them by other commands.

The commands of this library run Sphinx once for each language. Any other program that makes the Dutch pages, such as
Jupyter Book's own command, knows only one run. A listener to the end of that run is the only way to let it make the
English pages too, and to let it fail when they are not true: so here, and nowhere else, Sphinx runs inside Sphinx.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx

from wavebook.core.problems import ProblemsError, raise_all
from wavebook.language.words import words_in
from wavebook.pages.records import book_of
from wavebook.pages.row_pages import FOLDER
from wavebook.site.application import given_to
from wavebook.site.checks import UntrueError
from wavebook.site.languages import make_english
from wavebook.site.loading import EDITION


def _make(app: Sphinx, error: Exception | None) -> None:
    """Run Sphinx on the English pages after a program that does not do so itself has made the Dutch ones."""
    if error is not None or given_to(app) is not None or app.builder.name not in ("html", "dummy"):
        return
    book = book_of(app.env)
    if book.language != "nl":
        return
    edition = {name: getattr(book.figures, name) for name in EDITION}
    archive = json.loads(app.config.wavebook_archive)
    work, out = Path(app.doctreedir).parent, Path(app.outdir)
    try:
        report = make_english(
            book.root, work, app.builder.name, out, draft=book.draft, archive=archive, within=True, **edition
        )
        raise_all(report.problems if report and not book.draft else [])
    except ProblemsError as problems:
        raise UntrueError(problems.problems) from None


def _link(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The same page in the other language, for the link in the header and for search engines."""
    book = book_of(app.env)
    folder = book.root / "book"
    page = f"{pagename}.md" if not pagename.startswith(("notebooks/", f"{FOLDER}/")) else "index.md"
    if not (folder / page).is_file() or not (folder / "en" / page).is_file():
        return
    up = "../" * pagename.count("/")
    if book.language == "nl":
        other = {"lang": "en", "label": words_in("en").name, "href": f"{up}en/{pagename}.html"}
    else:
        other = {"lang": "nl", "label": words_in("nl").name, "href": f"{up}../{pagename}.html"}
    if address := context.get("pageurl"):
        other["address"] = urljoin(address, other["href"])
    context["alternates"] = [other]


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("build-finished", _make, priority=900)
    app.connect("html-page-context", _link)
