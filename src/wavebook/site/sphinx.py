"""One run of Sphinx under Jupyter Book's configuration, with its messages as problems."""

from __future__ import annotations

import contextlib
import io
import logging
import pickle
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wavebook.core import memory
from wavebook.core.beside import Beside
from wavebook.core.languages import below, declared, source
from wavebook.core.problems import Problem, ProblemsError, fail, grouped, raise_all
from wavebook.core.units import Language
from wavebook.site.settings import settings

if TYPE_CHECKING:  # Sphinx is imported while the notebooks run, and nothing heavy when the site is as it was
    from wavebook.figures import Figures
    from wavebook.runs.execute import Results
    from wavebook.site.application import Application, Given


@dataclass
class Report:
    """The result of a build: the edition's folder, notebooks that ran, pages written, reasons, problems and notices."""

    output: Path | None = None
    ran: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    turned: list[Problem] = field(default_factory=list)  # notices of what moved the other way since the wave before
    waiting: list[Problem] = field(default_factory=list)  # each of those that are one problem a page
    records: dict[str, list] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    claims: dict[str, dict[str, dict]] = field(default_factory=dict)  # the notebooks' verdicts, by language and name

    def add(self, other: Report, language: Language) -> None:
        """Add the report of the run in another language, in the folder of that name."""
        self.ran += other.ran
        self.written += [f"{language}/{name}" for name in other.written]
        self.pages += other.pages
        self.problems = grouped([*self.problems, *other.problems])
        self.notices += other.notices
        self.waiting += other.waiting
        self.records |= other.records
        self.why |= other.why
        self.claims |= other.claims


def run_sphinx(
    root: Path,
    work: Path,
    builder: str,
    *,
    language: Language = "",
    draft: bool,
    outdir: Path | None = None,
    archive: dict | None = None,
    tell: Callable[[str], None] = lambda _: None,
    found: Figures | None = None,
    results: Future[Results] | None = None,
    beside: Beside | None = None,
    within: bool = False,
    **edition: Any,
) -> Report:
    """Run Sphinx with the settings of _config.yml, on the pages in one language, by default that of the root.

    ``archive`` is the data about other editions for the pages: {"place": "2014/"} for one that is frozen there, or
    {"editions": {2008: [page, ...]}} for the newest among these, {"among": "2014-theme-education/"} for one of many in
    a folder. ``found`` are the figures of the edition and ``results`` those of its notebooks, where the caller has
    them; the caller waits for the work in ``beside``, which need not be done before a page is written. ``within``
    another run of Sphinx, docutils has the roles and nodes of that run, which Sphinx would warn about.

    Raises ProblemsError when Sphinx cannot go on, with its message.
    """
    from wavebook.definitions import load_definitions
    from wavebook.site import speed
    from wavebook.site.application import Given

    spoken = declared(root)
    language = language or spoken[0]
    if language == spoken[0]:
        load_definitions(root)  # Sphinx's bibliography reads data/references.bib before an extension can check it
    speed.freeze()
    overrides = {f"wavebook_{name}": value for name, value in edition.items() if value is not None}
    wanted: dict[str, Any] = {
        "srcdir": str(source(root, language)),
        "confdir": None,
        "outdir": str(outdir or work / builder),
        "doctreedir": str(work / f"doctrees-{language}"),
        "buildername": builder,
        "confoverrides": {**settings(root, language, archive), **overrides, "wavebook_draft": draft},
    }
    if within:
        known = [f"app.add_{what}" for what in ("node", "directive", "role", "generic_role")]
        wanted["confoverrides"]["suppress_warnings"] = [*wanted["confoverrides"]["suppress_warnings"], *known]
    tell(f"reading the pages ({language})")
    with contextlib.nullcontext(beside) if beside else Beside() as aside:
        app, written, problems = _run(root, Given(found, results, aside), wanted)
    return _report(app, below(language, spoken), written, problems)


def _run(root: Path, given: Given, wanted: dict[str, Any]) -> tuple[Application, list[str], list[Problem]]:
    """Sphinx after its run, the pages that it wrote, and the problems."""
    from sphinx import locale
    from sphinx.errors import SphinxError
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from wavebook.site import checks, enclosure, incremental, warned
    from wavebook.site.application import Application

    warnings, written = io.StringIO(), []
    nocolor()  # Sphinx's messages are collected here, so it must not colour them
    locale.translators.clear()  # from a run in another language: Sphinx would go on with them
    app = None
    with patch_docutils(), docutils_namespace(), _only_warnings(), enclosure.closed():
        try:
            app = Application(given, status=None, warning=warnings, freshenv=False, **wanted)
            app.connect("html-page-context", lambda app, pagename, *_: written.append(pagename))
            app.build()
        except checks.UntrueError as error:
            raise ProblemsError([*error.problems, *warned.problems(app, warnings.getvalue(), root)]) from None
        except SphinxError as error:
            raise_all(enclosure.refused())
            cause = getattr(error, "orig_exc", None)
            if isinstance(cause, OSError | ProblemsError) or (cause and memory.is_lack(cause)):
                raise cause from None  # in an extension: not a fault of the book
            if isinstance(cause, pickle.UnpicklingError | EOFError):
                action = "Remove that folder; it is made again."
                fail(Problem("W503", "_build/.wavebook", "what earlier builds kept there is damaged", action))
            action = "See the message; the user guide lists the settings."
            place = "_toc.yml" if re.search(r"\[etoc\]|master document", str(error)) else "_config.yml"
            fail(Problem("W503", place, str(error).strip().rstrip("."), action))
        except (ProblemsError, MemoryError):
            raise
        except OSError:
            raise_all(enclosure.refused())
            raise
        except Exception as error:  # Sphinx and its parts can raise any exception at odd pages and settings
            if memory.is_lack(error):
                raise
            fail(*(enclosure.refused() or [_stopped(error, app)]))
        found = checks.problems(app.env)
    told = warned.problems(app, warnings.getvalue(), root)
    files = [named[0] for problem in told if (named := re.match(r"[^,:]+", problem.place))]
    # a problem in a notebook names the editor's file, and the page is made of one in the folder of pages
    incremental.read_again(app, [folder / name for name in files for folder in (root, Path(app.srcdir))])
    return app, written, [*found, *told]


def _report(app: Application, folder: str, written: list[str], problems: list[Problem]) -> Report:
    from wavebook.pages import records
    from wavebook.site import checks

    env, book = app.env, records.book_of(app.env)
    why = {f"notebooks/{name}.ipynb ({book.language})": text for name, text in sorted(book.results.why.items())}
    pages = [name for name in written if name in env.found_docs]
    for name in pages:
        usual = "a part of another page that it shows changed: a title, a number or a place in the book"
        why[f"{folder}{name}.html"] = f"written: {book.why.get(name, usual)}"
    return Report(
        ran=list(book.results.ran),
        written=pages,
        pages=len(env.found_docs),
        problems=grouped(problems),
        notices=checks.notices(env),
        waiting=checks.waiting(env),
        records={records.source_of(env, name): noted for name, noted in sorted(records.records(env).items())},
        why=why,
        claims={book.language: book.results.claims},
    )


@contextlib.contextmanager
def _only_warnings() -> Iterator[None]:
    """Log only warnings: Sphinx has thousands of lines for a terminal that nobody sees."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


def _stopped(error: Exception, app: Application | None) -> Problem:
    """The error that Sphinx raised, as a problem at the page that it was reading."""
    from wavebook.pages import records

    env = app.env if app is not None else None
    page = env.temp_data.get("docname") if env is not None else None
    place = records.source_of(env, page) if env is not None and page else "_config.yml"
    if isinstance(error, RecursionError):
        found = "is nested too deep, or includes itself"
        return Problem("W503", place, found, "Write it flat, and include no page in itself.")
    action = "Undo the last change to a page or setting; if that does not help, report it."
    return Problem("W503", place, f"stops Sphinx with {type(error).__name__}: {error}".rstrip("."), action)
