"""Directives that editors type in pages: charts, tables, lists."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from wavebook.core.problems import Problem
from wavebook.figures import MissingFigureError
from wavebook.pages import accessibility, changes, chart_kit, exploring, figure_tables, row_html, technical_notes
from wavebook.pages.records import Book, Record, book_of, note, place_of
from wavebook.pages.roles import missing
from wavebook.pages.uses import Use, made_paragraph


class claim_list(nodes.General, nodes.Element):
    """The place of the list of all tested sentences, filled once all pages are read."""


class ChartDirective(SphinxDirective):
    """A chart that a notebook made: the first paragraph is its headline, above it, and the rest a caption, below it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """A numbered figure with inline SVG."""
        book, name = book_of(self.env), self.arguments[0].strip()
        line = self.lineno
        stamp = book.stamp("chart", name)
        payload = book.results.charts.get(name)
        problem = None
        if payload is None:
            found = f"there is no chart {name}{book.results.nearest(name, book.results.charts)}"
            problem = Problem("W405", place_of(self.env, line), found, "Make it in a notebook, or correct the name.")
        keys = tuple(payload.get("figures", ())) if payload else ()
        caption, below = self.message()
        if problem is None and payload is not None and "absent" not in payload and not caption.children:
            found, action = f"chart {name} has no headline", "Begin with a sentence that says what it shows."
            problem = Problem("W406", place_of(self.env, line), found, action)
        shown = chart_kit.told(caption)
        reason = payload.get("absent", "") if payload else ""
        number = note(self.env, Record("chart", name, line, shown, keys, reason=reason, stamp=stamp, problem=problem))
        use = Use("chart", name, line, number)
        if problem or payload is None:
            return [nodes.paragraph("", "", missing(name, use), nodes.Text(" "), *caption.children), *below.children]
        self.set_source_info(caption)
        message = (caption, below) if below.children else (caption,)
        if "absent" in payload:  # the words go with it, and are known to have been there
            return [chart_kit.chart("", *message, use=replace(use, unfit=True))]
        told = {key: payload[key] for key in ("name", "language", "notes", "places", "table")}
        kit = chart_kit.chart_kit(payload=told, explored=exploring.explored(payload), language=book.language)
        kit["kinds"] = book.chart_files
        node = chart_kit.chart("", *message, kit, classes=chart_kit.classes(payload), use=use)
        for name_of in ("svg", "summary", "subtitle"):
            node[name_of] = payload[name_of]
        node["language"], node["name"], node["html"] = book.language, name, payload.get("html", "")
        self.set_source_info(node)
        self.add_name_of(node, name)
        return [node]

    def message(self) -> tuple[chart_kit.headline, chart_kit.chart_caption]:
        """The headline, without children where the content does not begin with a paragraph, and what follows it."""
        holder, unseen = nodes.Element(), (nodes.comment, nodes.target)
        self.state.nested_parse(self.content, self.content_offset, holder)
        blocks = [*holder.children]
        first = next((block for block in blocks if not isinstance(block, unseen)), None)
        if not isinstance(first, nodes.paragraph):
            return chart_kit.headline(), chart_kit.chart_caption("", *blocks)
        rest = [block for block in blocks if block is not first]
        return chart_kit.headline("", "", *first.children), chart_kit.chart_caption("", *rest)

    def add_name_of(self, node: nodes.Element, name: str) -> None:
        """Give the figure its permalink and the label for numref."""
        node["names"].append(f"fig-{name}")
        self.state.document.note_explicit_target(node, node)


class TableDirective(SphinxDirective):
    """A table made from the declarations or figures: {figures} or {facts}."""

    def run(self) -> list[nodes.Node]:
        """Docutils tables, marked as generated."""
        book, problem = book_of(self.env), None
        try:
            made = self.tables(book)
        except MissingFigureError as error:
            found, action = str(error.args[0]).rstrip("."), f"Correct the options of {{{self.name}}}."
            problem = Problem("W401", place_of(self.env, self.lineno), found, action)
            made = [made_paragraph("", "", missing(self.name, Use(self.name, line=self.lineno)))]
        note(self.env, Record(self.name, "", self.lineno, stamp=book.stamp(self.name, ""), problem=problem))
        if self.name == "figures":
            self.env.metadata[self.env.docname]["wavebook_data"] = True
        return [*made]

    def tables(self, book: Book) -> list[nodes.Element]:
        """Tables for the page; raises MissingFigureError where its options name a figure that is not there."""
        return figure_tables.TABLES[self.name](book.figures, self._cite)

    def _cite(self, source: str) -> list[nodes.Node]:
        text = directives.unchanged(f"{{cite:t}}`{source}`")
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]


class FiguresDirective(TableDirective):
    """All figures of the edition; the list of their pages, where one page cannot hold them."""

    def tables(self, book: Book) -> list[nodes.Element]:
        """A section for each indicator, or one list."""
        return [row_html.index_node(book.layout)] if book.layout.pages else super().tables(book)


class WavesDirective(TableDirective):
    """The waves so far, with a column for each key without a wave in its option ``indicators``."""

    option_spec: ClassVar = {"indicators": directives.unchanged}

    def tables(self, book: Book) -> list[nodes.Element]:
        """One table."""
        keys = self.options.get("indicators", "").replace(",", " ").split()
        return figure_tables.waves_table(book.figures, self._cite, keys)


class NotesDirective(TableDirective):
    """A technical note on each wave, the newest first: how it was measured, as far as it is known.

    Keys of waves, or ``wave`` for that of the edition, after the name of the directive give the notes on these only.
    What is not known is told once. A questionnaire in ``book/`` can be downloaded.
    """

    optional_arguments = 1
    final_argument_whitespace = True

    def tables(self, book: Book) -> list[nodes.Element]:
        """A section for each wave."""
        keys = self.arguments[0].replace(",", " ").split() if self.arguments else []
        waves = [book.figures.wave_of(key) for key in keys]
        for wave in waves or book.figures.definitions.waves:
            self._check(book, wave)
        return technical_notes.notes(book.figures, self._cite, self._link, waves)

    def _check(self, book: Book, wave: str) -> None:
        """Note that the questionnaire of a wave is not there."""
        named = book.figures.definitions.waves[wave].questionnaire
        if not named or "://" in named or not book.figures.is_shown(wave):
            return
        if not self._file(named):
            place, found = f"data/waves.toml, waves.{wave}.questionnaire", f"there is no file {named} in book/"
            problem = Problem("W223", place, found, "Put it there, correct the name, or write its address.")
            note(self.env, Record("notes", wave, self.lineno, stamp=book.stamp("notes", ""), problem=problem))

    def _file(self, named: str) -> Path | None:
        """A file of the book; None where there is none, or one elsewhere."""
        folder = book_of(self.env).root / "book"
        path = folder / named
        return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None

    def _link(self, named: str, text: str) -> list[nodes.Node]:
        """A link to a questionnaire: an address, or a file of the book, which goes with the site."""
        if "://" in named:
            return [nodes.reference("", text, refuri=named, internal=False)]
        path = self._file(named)
        if not path:
            return [nodes.Text(named)]
        target = os.path.relpath(path, Path(self.env.doc2path(self.env.docname)).parent)
        return [addnodes.download_reference("", text, reftarget=Path(target).as_posix(), refdoc=self.env.docname)]


class ChangesDirective(SphinxDirective):
    """Changes to editions after they were published, and where to follow them."""

    def run(self) -> list[nodes.Node]:
        """Two sections with tables, and the address of the feed."""
        book = book_of(self.env)
        now = [c for c in book.figures.definitions.corrections if c.wave == book.figures.wave]
        unknown = sorted({page for c in now for page in c.pages} - self.env.found_docs)
        problem = None
        if unknown:
            found = f"names pages that are not in the book: {', '.join(unknown)}"
            problem = Problem("W204", "data/corrections.toml", found, "Write their file names without .md.")
        self.env.metadata[self.env.docname]["wavebook_changes"] = True
        note(self.env, Record("changes", "", self.lineno, stamp=book.stamp("changes", ""), problem=problem))
        made = changes.changes_tables(book.figures, self._link)
        return [*made]

    def _link(self, page: str) -> list[nodes.Node]:
        """The page's title with a link to it; its name alone if only an older edition had it."""
        target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refdoc": self.env.docname}
        return [addnodes.pending_xref("", nodes.inline("", page), **target, refexplicit=False, refwarn=False)]


class AccessibilityDirective(SphinxDirective):
    """Tests of accessibility with their results, and the known deviations."""

    def run(self) -> list[nodes.Node]:
        """Two sections with tables."""
        book = book_of(self.env)
        note(self.env, Record("accessibility", "", self.lineno, stamp=book.stamp("accessibility", "")))
        made = accessibility.report(book.root, book.figures.definitions, book.language)
        return [*made]


class ClaimsDirective(SphinxDirective):
    """The list of all tested sentences of the book, with their verdicts."""

    def run(self) -> list[nodes.Node]:
        """A placeholder that is filled once all pages are read."""
        self.env.metadata[self.env.docname]["wavebook_claims"] = True
        note(self.env, Record("claims", "", self.lineno, stamp=book_of(self.env).stamp("claims", "")))
        return [claim_list()]
