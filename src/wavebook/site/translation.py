"""The Sphinx extension for the English edition: made in the folder en of the site, once the Dutch pages are done.

An extension of its own, so that Jupyter Book's command makes the English pages too.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx
from sphinx.config import Config

from wavebook.core.problems import ProblemsError
from wavebook.language.words import words_in
from wavebook.pages.records import book_of
from wavebook.site import extension
from wavebook.site.sphinx import has_english, run_sphinx


def _leave_out(app: Sphinx, config: Config) -> None:
    """Keep the English pages out of the Dutch ones: Sphinx reads all anew when what it leaves out is another list."""
    if config.language == "nl":
        config.exclude_patterns = [*config.exclude_patterns, "en"]


def _make(app: Sphinx, error: Exception | None) -> None:
    """Run Sphinx on the English pages after it is done with the Dutch ones."""
    if error is not None or app.builder.name not in ("html", "dummy"):
        return
    book = book_of(app.env)
    if book.language != "nl":
        return
    if not has_english(book.root):
        shutil.rmtree(Path(app.outdir, "en"), ignore_errors=True)  # of a build when there were English pages
        return
    edition = {name: getattr(book.figures, name) for name in extension.EDITION}
    work, out = Path(app.doctreedir).parent / "en", Path(app.outdir, "en")
    book.wait()  # else the English notebooks would run once more
    try:
        report = run_sphinx(
            book.root,
            work,
            app.builder.name,
            language="en",
            draft=book.draft,
            outdir=out,
            archive=json.loads(app.config.wavebook_archive),
            **edition,
        )
    except ProblemsError as problems:
        raise extension.UntrueError(problems.problems) from None
    finally:
        # myst-nb keeps its copies of the notebooks beside the folder it writes in: here that is the site.
        shutil.rmtree(Path(app.outdir, "jupyter_execute"), ignore_errors=True)
    if report.problems and not book.draft:
        raise extension.UntrueError(report.problems)
    book.english = report


def _link(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The same page in the other language, for the link in the header and for search engines."""
    book = book_of(app.env)
    folder = book.root / "book"
    page = f"{pagename}.md" if not pagename.startswith("notebooks/") else "index.md"
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


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", _leave_out, priority=850)  # before sphinx-external-toc lists what is in no contents
    app.connect("build-finished", _make, priority=900)
    app.connect("html-page-context", _link)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
