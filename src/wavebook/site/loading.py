"""The loading of the book before any page is read: its checked figures and the results of its notebooks."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from wavebook import figures
from wavebook.core import files, links
from wavebook.core.problems import ProblemsError
from wavebook.core.root import find_root
from wavebook.figures import published
from wavebook.pages import embargo
from wavebook.pages.records import (
    Book,
    BookDomain,
    domain_of,
)
from wavebook.runs import execute
from wavebook.site import enclosure
from wavebook.site.application import Given, given_to
from wavebook.site.checks import UntrueError
from wavebook.survey.disclosure import subtraction

LOG = logging.getLogger(__name__)
EDITION = ("wave", "baseline", "population", "segment")


def _load(app: Sphinx) -> None:
    """Check the data and run the stale notebooks before any page is read."""
    root = find_root(Path(app.srcdir))
    enclosure.enter(root)
    if outside := [*links.problems(root), *enclosure.settings(app, root)]:
        raise UntrueError(outside)
    given = given_to(app) or Given()
    try:
        found = given.figures or _figures(app, root)
        subtraction.check(root)
    except ProblemsError as error:
        raise UntrueError(error.problems) from None
    book = Book(
        root,
        found,
        bool(app.config.wavebook_draft),
        code=files.digest([*files.library(), *files.shared(root)]) + embargo.until(found),
        archive=json.loads(app.config.wavebook_archive),
        beside=given.beside,
        most_rows=app.config.wavebook_rows,
        kept=published.compared(root, found.definitions),
    )
    book.title = f"{app.config.html_title}: {book.about}" if book.about else app.config.html_title
    with enclosure.resting():
        book.results = _results(app, book, given)
    domain_of(app.env).book = book


def _figures(app: Sphinx, root: Path) -> figures.Figures:
    wave, baseline, population, segment = (app.config[f"wavebook_{name}"] or None for name in EDITION)
    return figures.load(
        root,
        wave=wave,
        baseline=baseline,
        population=population or "",
        segment=segment or "",
        language=app.config.language or None,
    )


def _results(app: Sphinx, book: Book, given: Given) -> execute.Results:
    parameters = execute.parameters_of(book.figures)
    if given.results is not None:
        results = given.results.result()
        if results.parameters == parameters:  # otherwise something was saved since they began
            return results
    shown = Path(app.srcdir, "notebooks")
    return execute.run_notebooks(book.root, parameters, pages=shown, tell=LOG.info, here=bool(book.among))


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    for name in EDITION:
        app.add_config_value(f"wavebook_{name}", None, "env", types=(int, str, type(None)))
    app.add_config_value("wavebook_draft", False, "env", types=(bool,))
    app.add_config_value("wavebook_archive", "{}", "html", types=(str,))
    app.add_domain(BookDomain)
    app.connect("builder-inited", _load)
