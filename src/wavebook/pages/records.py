"""Records of each page: the figures that it shows, what these were made from, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from wavebook import figures
from wavebook.charts import house
from wavebook.core import hashes, languages
from wavebook.core.beside import Beside
from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.figures import Figure, MissingFigureError, published
from wavebook.pages import accessibility, panels, technical_notes
from wavebook.pages.glossary import Term
from wavebook.pages.row_pages import MOST, Layout
from wavebook.runs import execute

STATED = ("claim", "reported", "trend")  # kinds of records of statements
LONGEST = 200  # characters of a role's text: a key has at most half as many


@dataclass(frozen=True)
class Record:
    """One use of the figures on a page.

    ``kind`` and ``text`` are what the editor typed, ``shown`` what readers see (of a claim: its sentence, of a
    chart: its headline), ``keys`` the figures behind it, ``outcome`` a claim's verdict, ``stamp`` a hash of what it was
    made from, ``notice`` what an editor should know of it. ``left_out`` are the words that this edition does not show
    because of it, ``instead`` those in their place; ``spare`` when they are an alternative that it does not need.
    ``sentence`` is the whole sentence around a statement, in pieces: text, and the address on the page of the statement
    that this belongs to.
    """

    kind: str
    text: str
    line: int
    shown: str = ""
    keys: tuple[str, ...] = ()
    outcome: str = ""
    reason: str = ""
    stamp: str = ""
    problem: Problem | None = None
    notice: Problem | None = None
    left_out: str = ""
    instead: str = ""
    spare: bool = False
    sentence: tuple[tuple[str, str], ...] = ()


@dataclass
class Book:
    """Everything that the pages of one edition draw on.

    ``code`` is a hash of the library and the book's look, ``archive`` the data about other editions; see
    ``run_sphinx`` in site.
    """

    root: Path
    figures: figures.Figures
    draft: bool
    results: execute.Results = field(default_factory=execute.Results)
    code: str = ""
    archive: dict = field(default_factory=dict)
    title: str = ""  # of the publication, and the name of the edition's subject
    beside: Beside = field(default_factory=Beside)
    why: dict[str, str] = field(default_factory=dict)  # the reason why a page is written
    most_rows: int = MOST  # on a page of figures
    kept: published.Comparison = field(default_factory=published.Comparison)  # published figures that changed since

    @property
    def language(self):
        """The language of the pages."""
        return self.figures.language

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the book, that of the root first."""
        return self.figures.definitions.languages

    @property
    def of_root(self) -> bool:
        """Tell whether the pages are those at the root of the site."""
        return self.language == self.languages[0]

    @property
    def below(self) -> str:
        """The folder of the pages in the site, with a slash at its end; empty for those at the root."""
        return languages.below(self.language, self.languages)

    @property
    def among(self) -> str:
        """The folder of this edition where it is one of many; else empty."""
        return self.archive.get("among", "")

    def lasting(self, base: str) -> str:
        """The folder in which its pages stay as they are, of the one at the address ``base`` that follows the newest.

        ``base`` itself, unless editions lie beside each other.
        """
        wave = self.figures.wave
        kept = base and wave in self.archive.get("editions", {})
        return f"{base.removesuffix(self.below)}{wave}/{self.below}" if kept else base

    @property
    def chart_files(self) -> tuple[str, ...]:
        """The forms in which charts can be downloaded; PNG takes too long to draw for many editions."""
        return ("xlsx", "csv", "svg") if self.among else ("xlsx", "csv", "svg", "png")

    @cached_property
    def style(self) -> str:
        """The style sheet with the colours of the house, which pictures outside a page have too."""
        return house.style_sheet(self.root).read_text(encoding="utf-8")

    @property
    def made_up(self) -> bool:
        """Tell whether the edition shows a wave that nobody measured: then every page says so."""
        waves = self.figures.definitions.waves
        return any(wave.made_up for key, wave in waves.items() if self.figures.is_shown(key))

    @property
    def about(self) -> str:
        """The people whom the edition is about, unless everyone."""
        figures = self.figures
        people = figures.people(figures.population) if figures.population else ""
        return ", ".join(filter(None, (people, figures.about)))

    @property
    def released(self) -> str:
        """The day on which the edition came out; empty if it has not yet."""
        return self.figures.definitions.waves[self.figures.wave].released or ""

    def because(self, docnames: Iterable[str], reason: str) -> list[str]:
        """Return the pages, and note this reason for writing them unless there is one already."""
        found = list(docnames)
        self.why |= {name: reason for name in found if name not in self.why}
        return found

    def stamp(self, kind: str, text: str) -> str:
        """A hash of everything that ``{kind}`text``` is made from, as it is now."""
        try:
            made_from = _INGREDIENTS[kind](self, text)
        except (MissingFigureError, KeyError) as error:
            made_from = f"missing: {error}"
        return hashes.of(f"{self.code}\0{made_from}", hashes.COMPARED)

    def later(self, work: Callable, *arguments, **options) -> None:
        """Do ``work`` alongside the reading and writing of pages, which needs only one processor.

        One of many editions does it at once: its process may fork, and the other processors make other editions.
        """
        if self.among:
            work(*arguments, **options)
        else:
            self.beside.later(work, *arguments, **options)

    @cached_property
    def everything(self) -> str:
        """Everything that the book's tables can show; what is made from that follows from ``code``."""
        return f"{self.figures!r}{self.figures.rows.digest}{self.figures.definitions!r}{self.most_rows}"

    @cached_property
    def layout(self) -> Layout:
        """The pages of figures, where one page cannot hold them all."""
        return Layout(self.figures, self.most_rows)

    def panel(self, *shown: Figure) -> tuple[str, str]:
        """Identity and HTML of the panel that gives the origin of the number made from these figures."""
        return panels.of_figures(self.figures, shown)


def fact_in(kind: str, text: str) -> str:
    """The dated fact that a role names, as in ``{fact}`towns.date` `` or ``{word}`fact:towns` ``; empty for none.

    >>> fact_in("fact", "towns.date"), fact_in("word", "fact:towns.of"), fact_in("word", "towns")
    ('towns', 'towns', '')
    """
    marked = text.startswith("fact:")
    return text.removeprefix("fact:").partition(".")[0] if kind == "fact" or (kind == "word" and marked) else ""


def _figure_ingredients(book: Book, text: str) -> str:
    if name := fact_in("word", text):
        return repr(book.figures.definitions.facts[name])
    figure = book.figures[text]
    return f"{figure!r}{book.panel(figure)}{book.kept.unexplained.get(str(figure.key), '')}"


def _change_ingredients(book: Book, text: str) -> str:
    first, last = book.figures.between(read_trend(text)[1] or text)
    crossed = book.figures.definitions.breaks_between(first.key.indicator, first.key.wave, last.key.wave)
    changed = [book.kept.unexplained.get(str(figure.key)) for figure in (first, last)]
    return f"{first!r}{last!r}{crossed!r}{book.panel(first, last)}{changed if any(changed) else ''}"


def _compared_ingredients(book: Book, text: str) -> str:
    ends = book.figures.ends(text)
    return _change_ingredients(book, text) if all(map(book.figures.has, ends)) else _figure_ingredients(book, text)


def _credited(book: Book, text: str) -> tuple[Definitions, str, Language]:
    return book.figures.definitions, book.figures.wave_of(text), book.language


def _everything(book: Book, _: str) -> str:
    return book.everything


_INGREDIENTS: dict[str, Callable[[Book, str], str]] = {
    "value": _figure_ingredients,
    "number": _figure_ingredients,
    "word": _figure_ingredients,
    "n": _figure_ingredients,
    "spark": lambda book, text: f"{book.figures.series(text)!r}{book.figures.definitions.breaks!r}",
    "change": _change_ingredients,
    "trend": _change_ingredients,
    "compared": _compared_ingredients,
    "wave": lambda book, text: book.figures.wave_of(wave_typed(text)[1]),
    "segment": lambda book, text: book.figures.segment,
    "fact": lambda book, text: repr(book.figures.definitions.facts[text.partition(".")[0]]),
    "claim": lambda book, text: json.dumps(book.results.claims[text], sort_keys=True),
    "chart": lambda book, text: json.dumps([book.results.charts[text], book.released], sort_keys=True),
    "figures": _everything,
    "facts": _everything,
    "waves": _everything,
    "notes": _everything,
    "credit": lambda book, text: repr(technical_notes.credit(*_credited(book, text))),
    "changes": _everything,
    "accessibility": lambda book, text: "".join(
        section.pformat() for section in accessibility.report(book.root, book.figures.definitions, book.language)
    ),
    "margin": lambda book, text: json.dumps(book.results.claims[text]["margins"]),
    "typed": lambda book, text: "",
    "fixed": lambda book, text: "",
    "claims": lambda book, text: json.dumps(book.results.claims, sort_keys=True),
}


def below(env: BuildEnvironment, name: str) -> list[str]:
    """The pages below one in the table of contents, in its order, each once."""
    found, queue = [], [name]
    while queue:
        page = queue.pop(0)
        if page not in found:
            found.append(page)
            queue = [*env.toctree_includes.get(page, ()), *queue]
    return found[1:]


def in_order(env: BuildEnvironment) -> list[str]:
    """All pages in the order of the table of contents."""
    root = env.config.root_doc
    return [root, *below(env, root)]


class BookDomain(Domain):
    """The book's part of Sphinx's environment: kept with it, and split and merged as it is.

    ``book`` is set by each run of Sphinx; the rest comes from the pages that were read.
    """

    name = "wavebook"
    label = "Wavebook"
    initial_data: dict[str, Any] = {  # noqa: RUF012 (Sphinx copies it)
        "records": {},  # by page
        "glossary": ("", {}),  # the page that explains terms, and its terms
        "before": {},  # by name, the content shared by several pages, as it was in the last build
    }
    book: Book | None = None

    @property
    def records(self) -> dict[str, list[Record]]:
        """All records, by page."""
        return self.data["records"]

    @property
    def glossary(self) -> tuple[str, dict[str, Term]]:
        """The page that explains terms, and its terms; empty when there is none."""
        page, terms = self.data["glossary"]
        return (page, terms) if page in self.env.found_docs else ("", {})

    @glossary.setter
    def glossary(self, found: tuple[str, dict[str, Term]]) -> None:
        self.data["glossary"] = found

    def before(self, name: str) -> Any:
        """The content given to ``changed`` in the last build; None if there was none."""
        return self.data["before"].get(name)

    def changed(self, name: str, now: object) -> bool:
        """Tell whether content shared by several pages differs from that of the last build."""
        before, self.data["before"] = self.data["before"], {**self.data["before"], name: now}
        return before.get(name) != now

    def clear_doc(self, docname: str) -> None:
        """Forget a page that will be read again, or is gone."""
        self.records.pop(docname, None)
        if self.data["glossary"][0] == docname:
            self.data["glossary"] = ("", {})

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        theirs = otherdata["records"]
        self.records.update({name: theirs[name] for name in docnames if name in theirs})
        if otherdata["glossary"][0] in docnames:
            self.data["glossary"] = otherdata["glossary"]

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode) -> list:
        """Find nothing: nothing here is referred to by name."""
        return []


def domain_of(env: BuildEnvironment) -> BookDomain:
    """The book's part of an environment."""
    return cast(BookDomain, env.get_domain(BookDomain.name))


def book_of(env: BuildEnvironment) -> Book:
    """The book that an environment was made for."""
    book = domain_of(env).book
    if book is None:
        raise LookupError("the book is not loaded yet")
    return book


def read_trend(text: str) -> tuple[str, str]:
    """The form and the key in a {trend}: ``rose<grade>``, or a key alone; look-up reports an invalid key."""
    form, opened, rest = text.partition("<")
    return (form, rest.removesuffix(">")) if opened else ("", text.removesuffix(">"))


def wave_typed(text: str) -> tuple[str, str]:
    """The form and the wave in a {wave}, which may be that of a figure.

    >>> wave_typed("in 2014"), wave_typed("grade@theme=work, latest"), wave_typed("In grade@latest")
    (('in', '2014'), ('', 'grade@theme=work, latest'), ('In', 'grade@latest'))
    """
    head, _, selectors = text.strip().partition("@")
    form, _, key = head.rpartition(" ")
    return form, f"{key}@{selectors}" if selectors else key


def typed_in(role) -> str:
    """The text that an editor typed in a role, cut if it is too long for a key: the search for the nearest is slow."""
    text = role.text.strip()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def records(env: BuildEnvironment) -> dict[str, list[Record]]:
    """All records of the book, by page."""
    return domain_of(env).records


def note(env: BuildEnvironment, record: Record) -> int:
    """Keep a record of the page that is being read; its place among those of the page."""
    noted = records(env).setdefault(env.docname, [])
    noted.append(record)
    return len(noted) - 1


def list_of_statements(env: BuildEnvironment) -> str:
    """The page with the list of all statements; empty if the book has none."""
    return next((name for name in sorted(env.metadata) if env.metadata[name].get("wavebook_claims")), "")


def charts_of(noted: Iterable[Record]) -> dict[str, str]:
    """The charts that a page shows, in its order: headline by name."""
    in_order = sorted(noted, key=lambda record: record.line)
    return {r.text: r.shown for r in in_order if r.kind == "chart" and not (r.problem or r.left_out)}


def place_of(env: BuildEnvironment, line: int) -> str:
    """A line of the page that is being read, as problems name it."""
    return f"{source_of(env, env.docname)}:{line}"


def source_of(env: BuildEnvironment, docname: str) -> str:
    """A page's file, from the book's folder."""
    path = Path(env.doc2path(docname))
    try:
        return path.relative_to(book_of(env).root).as_posix()
    except ValueError:
        return path.name
