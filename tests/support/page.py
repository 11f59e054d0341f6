"""A page as this library's roles, directives and transforms see it, without a run of Sphinx."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles
from docutils.transforms import Transform
from myst_parser.docutils_ import Parser

from wavebook.figures import Figures
from wavebook.pages import directives as ours
from wavebook.pages import figure_tables
from wavebook.pages.records import Book, BookDomain, Record, records
from wavebook.pages.roles import ROLES, CreditRole, LiveRole, SparkRole
from wavebook.runs.execute import Results

DIRECTIVES = {
    "chart": ours.ChartDirective,
    "claims": ours.ClaimsDirective,
    "changes": ours.ChangesDirective,
    "accessibility": ours.AccessibilityDirective,
    "waves": ours.WavesDirective,
    "notes": ours.NotesDirective,
    **dict.fromkeys(figure_tables.TABLES, ours.TableDirective),
}


def book_with(figures: Figures, root: Path | None = None, *, draft: bool = False, **results) -> Book:
    """A book that shows these figures, and what its notebooks made: charts, claims, origin."""
    return Book(root or Path("/nowhere"), figures, draft, Results(**results))


class Page:
    """A page of a book, read: its document, the environment, and what was noted while it was read."""

    def __init__(self, book: Book, folder: Path, text: str = "", *, name: str = "index") -> None:
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.env = SimpleNamespace(
            docname=name,
            srcdir=folder,
            relfn2path=lambda name: (name, str(folder / name)),
            doc2path=lambda name: str(folder / f"{name}.md"),
            temp_data={},
            domaindata={},
            metadata=defaultdict(dict),
            found_docs={name},
            titles={name: nodes.title("", "Titel")},
            toctree_includes={},
            config=SimpleNamespace(
                html_additional_pages={},
                html_use_index=False,
                root_doc="index",
                language=book.language,
                author="",
                html_baseurl="",
                html_theme_options={},
                nb_mime_priority_overrides=[],
            ),
        )
        domain = BookDomain(self.env)
        domain.book = book
        self.env.get_domain = lambda _: domain
        self.env.app = SimpleNamespace(env=self.env, config=self.env.config)
        with _known():
            options = {"myst_enable_extensions": ["attrs_inline", "colon_fence"], "report_level": 5, "env": self.env}
            self.document = publish_doctree(text, parser=Parser(), settings_overrides=options)

    def transformed(self, *transforms: type[Transform]) -> Page:
        """The same page after these transforms."""
        for transform in transforms:
            transform(self.document).apply()
        return self

    @property
    def records(self) -> list[Record]:
        """What was noted of the page."""
        return records(self.env).get(self.env.docname, [])

    @property
    def problems(self) -> list[str]:
        """Code and finding of what is wrong."""
        return [f"{r.problem.code} {r.problem.place}: {r.problem.found}" for r in self.records if r.problem]

    def all(self, kind: type) -> list:
        """All its nodes of one kind."""
        return list(self.document.findall(kind))


@contextmanager
def _known():
    """The roles and directives, as Sphinx knows them during a run and docutils does not after it."""
    before = dict(roles._roles), dict(directives._directives)
    roles._roles.update({name: LiveRole() for name in ROLES} | {"spark": SparkRole(), "credit": CreditRole()})
    directives._directives.update(DIRECTIVES)
    try:
        yield
    finally:
        for there, kept in zip((roles._roles, directives._directives), before, strict=True):
            there.clear()
            there.update(kept)
