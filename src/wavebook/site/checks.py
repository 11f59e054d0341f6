"""The checks before a page is written: everything that keeps a book from being published."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinxcontrib.bibtex.domain import BibtexDomain

from wavebook import figures
from wavebook.core import files, front_matter, notebooks, yaml_files
from wavebook.core.problems import Problem, at_line, by_place
from wavebook.core.text import NotTextError, decoded
from wavebook.figures import published
from wavebook.pages import chart_alone, embargo, row_pages
from wavebook.pages.records import (
    Book,
    book_of,
    fact_in,
    records,
    source_of,
)
from wavebook.site import bibliography, causes, chart_pages, crowded, enclosure, imprint, reviewing

LOG = logging.getLogger(__name__)
_LINE = re.compile(r"line (\d+)")


class UntrueError(SphinxError):
    """Error that the book says what its figures do not; the message lists every problem."""

    category = "The book cannot be published"

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n" + "\n".join(map(str, self.problems)))


def _check_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before reading pages that would take for ever or stop Sphinx half-way, and name every such page."""
    found, action = [], "Correct it; split it if it is too long."
    for name in docnames:
        path, place = Path(env.doc2path(name)), source_of(env, name)
        try:
            _check_text(files.read(path, files.TABLE if path.suffix == ".ipynb" else files.TEXT), path.suffix)
        except OSError as error:
            found.append(Problem("W418", place, f"cannot be read: {error.strerror}", action))
        except NotTextError as error:
            found.append(Problem("W418", at_line(place, error.line), error.found, error.action))
        except (ValueError, RecursionError) as error:
            found.append(Problem("W418", place, " ".join(str(error).split()), action))
    if found:
        raise UntrueError(found)


def _check_cell(number: int, text: str) -> None:
    try:
        crowded.check(text)
    except ValueError as error:
        raise ValueError(f"cell {number}: {error}") from None


def _check_text(content: bytes, kind: str) -> None:
    """Raise ValueError for a page that is not text, or whose front matter is faulty."""
    text = decoded(content)
    if kind == ".ipynb":
        if found := notebooks.crowd(content):
            raise ValueError(f"cannot be read: {found}")
        for number, cell in enumerate(notebooks.cells_of(text), 1):
            if cell.get("cell_type") == "markdown":
                _check_cell(number, "".join(cell["source"]))
        return
    crowded.check(text)
    if kind == ".md" and front_matter.is_open(text):
        raise ValueError("has marks at its top that no line of --- closes")
    if kind == ".md" and (top := front_matter.marks(text)):
        try:
            declared = yaml_files.parse(top)
        except ValueError as error:
            below = text.count("\n", 0, text.find("---")) + 1  # the lines above the first of its marks
            told = _LINE.sub(lambda line: f"line {int(line[1]) + below}", str(error))
            raise ValueError(f"has front matter that cannot be read: {told}") from None
        for name in ("fixed", "forms"):
            if isinstance(declared, dict) and not isinstance(declared.get(name, {}), dict):
                raise ValueError(f"has {name} at its top, which is not a table of phrase: reason")
        _check_phrases(declared if isinstance(declared, dict) else {}, top)


def _check_phrases(declared: dict[str, dict[object, object] | None], top: str) -> None:
    """Raise ValueError for a phrase that YAML reads as something else than its text, or that is there for no reason."""
    for name in ("fixed", "forms"):
        for phrase, told in (declared.get(name) or {}).items():
            if isinstance(phrase, bool) or not isinstance(phrase, str | int) or str(phrase) not in top:
                raise ValueError(f"has a phrase under {name} that YAML reads as {phrase}: put it between quotes")
            if name == "fixed" and not str(told or "").strip():
                raise ValueError(f"has {phrase!r} under fixed, without the reason why it may be there")


def _judge(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop before a page is written when something is not true; in a draft, only when something is not the book's.

    The error comes before Sphinx keeps its environment, so the pages concerned are read again next time.
    """
    found = problems(env)
    if found and (not book_of(env).draft or any(problem.code in enclosure.CODES for problem in found)):
        list(env.check_dependents(app, set()))  # numbers the charts
        for docname in sorted(env.found_docs):  # Sphinx finds dead links only now; they belong in the same list
            env.get_and_resolve_doctree(docname, app.builder)
        raise UntrueError(found)
    for problem in found:
        LOG.info(str(problem))
    return []


def problems(env: BuildEnvironment) -> list[Problem]:
    """Everything that keeps this book from being published."""
    book = book_of(env)
    found = [*book.results.problems, *_outside(env), *reviewing.unreviewed(env, book), *_sources(env, book)]
    found += chart_pages.problems(book)
    found += _taken(env, book)
    found += imprint.problems(book, env.config)
    found += book.kept.problems
    unfinished, unused = reviewing.Unfinished(env, book), [*_unused(env, book)]
    found += [problem for name, problem in unused if not unfinished.is_waiting(name)]
    noted = [record for page in records(env).values() for record in page]
    found = causes.explained(book, found, noted)
    return sorted(set(unfinished.grouped(found, [name for name, _ in unused])), key=by_place)


def waiting(env: BuildEnvironment) -> list[Problem]:
    """The problems of unfinished pages, each by itself, of which ``problems`` tells one a page."""
    unfinished = reviewing.Unfinished(env, book_of(env))
    found = [r.problem for noted in records(env).values() for r in noted if r.problem]
    return sorted({problem for problem in found if unfinished.waits(problem)}, key=by_place)


def notices(env: BuildEnvironment) -> list[Problem]:
    """What an editor should know of this book, and what keeps nothing from being published."""
    book = book_of(env)
    told = {*reviewing.in_preparation(book), *reviewing.read_later(env, book)}
    if book.of_root and (moment := embargo.until(book.figures)):
        place = f"data/waves.toml, waves.{book.figures.wave}.released"
        told.add(
            Problem("W543", place, f"is under embargo until {moment}", "Put this site nowhere before that moment.")
        )
    if book.of_root and not book.among:
        told.update(published.not_kept(book.root, book.figures.definitions))
    return sorted(told, key=by_place)


def _taken(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Report pages at addresses at which the site has a page of its own, which would take their place."""
    config = env.config
    made = {"search", "404", *config.html_additional_pages, *(["genindex"] if config.html_use_index else [])}
    folders = {name.partition("/")[0] for name in env.found_docs if "/" in name}
    made |= chart_pages.names(env.app) if chart_alone.FOLDER in folders else set()
    made |= {page.name for page in book.layout.pages} if row_pages.FOLDER in folders else set()
    own = {name.casefold() for name in made}
    for name in sorted(env.found_docs):
        if name.casefold() in own:
            found = f"{name}.html is a page that the site makes itself"
            yield Problem("W461", source_of(env, name), found, "Give the file another name, also in _toc.yml.")


def _unused(env: BuildEnvironment, book: Book) -> Iterator[tuple[str, Problem]]:
    """Report charts, claims and facts that no page uses, each with its name."""
    uses = {(r.kind, r.text.partition(".")[0]) for noted in records(env).values() for r in noted}
    typed = [(r.kind, r.text) for noted in records(env).values() for r in noted]
    uses |= {("fact", fact_in(kind, text)) for kind, text in typed}
    drawn = [made for name, made in book.results.charts.items() if ("chart", name) in uses]
    uses |= {("fact", name) for made in drawn for name in made.get("facts", ())}
    for kind, made, code in (("claim", book.results.claims, "W410"), ("chart", book.results.charts, "W411")):
        for name in made:
            if (kind, name) not in uses:
                found = f"{kind} {name} is on no page"
                yield name, Problem(code, book.results.origin[name], found, f"Use it on a page, or remove the {kind}.")
    for name in book.figures.definitions.facts:
        if ("fact", name) not in uses and _is_newest(book):
            action = "Use it, or remove it."
            yield name, Problem("W205", f"data/context.toml, {name}", "no page uses this fact", action)


def _is_newest(book: Book) -> bool:
    """Tell whether an edition is about the last wave: an earlier one leaves out what belongs to later ones."""
    return book.figures.wave == book.figures.definitions.newest


def _sources(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Report sources that nothing uses."""
    d = book.figures.definitions
    cite = env.get_domain("cite") if "cite" in env.domains else None
    used = bibliography.used(book, cite.citation_refs if isinstance(cite, BibtexDomain) else [])
    for key in d.sources.keys() - used:
        if _is_newest(book) and not figures.is_excerpt(book.root):  # one of many leaves out those of others
            yield Problem("W205", f"data/references.bib, {key}", "nothing uses this source", "Cite it, or remove it.")


def _outside(env: BuildEnvironment) -> Iterator[Problem]:
    """Report files that a page shows or copies and that are not the book's, and refused requests."""
    folder, root = Path(env.srcdir), book_of(env).root.resolve()
    drawn = [(page, folder / name) for page, names in env.dependencies.items() for name in names]
    for files_ in (env.images, env.dlfiles):
        drawn += [(page, folder / name) for name, (pages_, _) in files_.items() for page in pages_]
    made = Path(env.app.outdir).resolve().parent / "jupyter_execute"  # notebooks' pictures
    held = Path(env.doctreedir).resolve()  # pictures that are part of a page, which is a problem by itself (W436)
    ours = ((root / "book").resolve(), made, held, root / "data" / "references.bib")
    for page, path in sorted(set(drawn)):
        if not any(path.resolve().is_relative_to(place) for place in ours):
            found = f"shows {os.path.relpath(path.resolve(), root)}, which lies outside book/"
            yield Problem("W419", source_of(env, page), found, "Copy what may be public to book/ and show that.")
    yield from enclosure.refused()


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("env-before-read-docs", _check_pages)
    app.connect("env-updated", _judge)
