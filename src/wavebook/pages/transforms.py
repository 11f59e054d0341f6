"""Transforms of each page once it has been read: they judge, cut and mark it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from wavebook.core.problems import Problem
from wavebook.core.unseen import REWRITE
from wavebook.language.words import words_in
from wavebook.pages import chart_kit, glossary, omission, remarks
from wavebook.pages.ancestors import above, around, is_in, line_of
from wavebook.pages.blocks import put_after, replace_node
from wavebook.pages.checks import concealed, prose, statements
from wavebook.pages.places import find_line, line_in, place_in
from wavebook.pages.records import (
    Book,
    Record,
    book_of,
    domain_of,
    note,
    place_of,
    read_trend,
    records,
    source_of,
)
from wavebook.pages.uses import Use, Used, break_mark, draft_note, live, live_link, lost_xref, statement

_REMARKS = {"figures only": "chance", "declared": "derived"}  # remarks for readers, by the basis of errors
MOST_TYPED = 200  # problems of a page with a line: finding each takes time in proportion to the page's length


class TrueTransform(SphinxTransform):
    """Judge a page's claims, find numbers typed by hand, and take out what the edition does not show."""

    default_priority = 870  # after references in text are known (850), before the environment collects titles (880)

    def apply(self, **kwargs) -> None:
        """Change the page's doctree in place and note its problems."""
        book = book_of(self.env)
        for node in statements.bind(self.document):
            statements.judge(self.env, book, node)
        statements.check(self.env, book, self.document)
        self.check_changes()
        if self.env.docname.startswith("notebooks/"):
            self.mark_language(book)
        else:
            self.check_typed(book)
            self.check_concealed()
        self.leave_out(book)

    def mark_language(self, book: Book) -> None:
        """Mark titles and paragraphs of notebooks, which are in the root's language; but not the output of cells."""
        if book.of_root:
            return
        for node in [
            n for n in self.document.findall(nodes.TextElement) if isinstance(n, (nodes.title, nodes.paragraph))
        ]:
            if not any("cell" in holder["classes"] for holder in above(node)):
                node[:] = [nodes.inline("", "", *node.children, classes=[f"language-{book.languages[0]}"])]

    def leave_out(self, book: Book) -> None:
        """Take out the parts that this edition does not show."""
        absent = {f"fig-{name}" for name, chart in book.results.charts.items() if "absent" in chart}
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link.get("reftarget") in absent:
                use = Use("numref", link["reftarget"], unfit=True)
                replace_node(link, lost_xref(link.rawsource, *link.children, **link.attributes, use=use))
        page = omission.leave_out(
            self.document, book.language, about_segment=bool(book.figures.segment), bare=self.bare_changes
        )
        noted = records(self.env).get(self.env.docname, [])
        noted[:] = omission.settle(noted, page)
        for chart in self.document.findall(chart_kit.chart):
            caption = next(chart.findall(nodes.caption))
            if any(caption is left for left in page.neutral):
                caption += nodes.Text(chart_kit.neutral_caption(book.results.charts[chart["name"]], book.figures))
            shown = " ".join(caption.astext().split())
            noted[:] = [replace(r, shown=shown) if (r.kind, r.text) == ("chart", chart["name"]) else r for r in noted]
        for node, code, found in page.problems:
            line = line_of(node)
            action = "Make it a sentence of its own, right after the one it stands in for." if code == "W416" else ""
            problem = Problem(code, place_of(self.env, line), found, action or "Give it one with .else.")
            note(self.env, Record("alternative", "", line, problem=problem))

    def check_changes(self) -> None:
        """Note each bare size of a change, which gives no direction, in a sentence that gives none either."""
        for node in self.bare_changes():
            key, line = node.use.text, node.use.line
            found = f"{{change}}`{key}` is without a {{trend}} of the same or a claim that gives its direction"
            action = "Use the trend role for the verb, or make the sentence a claim."
            problem = Problem("W407", place_of(self.env, line), found, action)
            note(self.env, Record("change", key, line, problem=problem))

    def bare_changes(self) -> list[live_link]:
        """The sizes of changes in blocks that do not give their direction."""
        found = []
        for node in self.document.findall(live_link):
            if node.use.kind != "change" or is_in(node, nodes.entry):
                continue
            block = around(node)
            trends = [n.use.text for n in block.findall(live) if n.use.kind == "trend"]
            told = any(read_trend(text)[1] == node.use.text for text in trends)
            if not told and not any({"claim", "else"} & set(n["classes"]) for n in block.findall(nodes.inline)):
                found.append(node)
        return found

    def check_concealed(self) -> None:
        """Note every text that holds a character that nobody sees."""
        for node, found in concealed.concealed(self.document):
            line = concealed.line_in(Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8"), node)
            problem = Problem("W545", place_of(self.env, line), f"holds {found.said}", REWRITE)
            note(self.env, Record("concealed", found.said, line, problem=problem))

    def check_typed(self, book: Book) -> None:
        """Note every number typed by hand, and every declared phrase that the page does not use."""
        fixed = _declared(self.document, "fixed")
        found, used = prose.typed_numbers(self.document, set(fixed), book.language)
        if len(found) > MOST_TYPED:
            rest, place = len(found) - MOST_TYPED, source_of(self.env, self.env.docname)
            problem = Problem("W408", place, f"{rest} more numbers are typed by hand", "Correct the others first.")
            note(self.env, Record("typed", str(rest), 1, problem=problem))
        for item in found[:MOST_TYPED]:
            place = place_in(self.env, item.node, item.text, typed=True, broken=item.broken)
            line = line_in(place)
            problem = Problem(
                "W408",
                place,
                f"{item.text!r} is typed by hand",
                "Use a role such as {value}, or declare it under fixed in the page's front matter.",
            )
            note(self.env, Record("typed", item.text, line, item.text, problem=problem))
        for phrase in set(fixed) - used:
            problem = Problem(
                "W409",
                place_of(self.env, find_line(self.env, phrase, 1)),
                f"{phrase!r} is declared as fixed and is nowhere on the page",
                "Remove the declaration.",
            )
            note(self.env, Record("fixed", phrase, 1, problem=problem))


class MarkTransform(SphinxTransform):
    """Use "%" in display, and mark breaks, terms and, in a draft, doubtful claims; headings stay plain elsewhere."""

    default_priority = 880  # after the environment has collected titles

    def apply(self, **kwargs) -> None:
        """Change the page's doctree in place."""
        book = book_of(self.env)
        for node in [*self.document.findall(live), *self.document.findall(live_link)]:
            if node.use.cell and _is_display(node):
                node[:] = [nodes.Text(node.use.cell)]
        if book.draft:
            self.mark_doubtful(book)
        self.remark(book)
        self.read_glossary()

    def read_glossary(self) -> None:
        """Keep the terms of a page that declares their forms at its top, for all other pages."""
        forms, senses = (self.env.metadata.get(self.env.docname, {}).get(name) for name in ("forms", "senses"))
        if forms is not None:
            place = place_of(self.env, find_line(self.env, "forms:", 1))
            given = json.loads(senses) if isinstance(senses, str) else senses
            of_senses = place_of(self.env, find_line(self.env, "senses:", 1))
            d = book_of(self.env).figures.definitions
            known, wrong = glossary.read_senses(given, d, self.env.found_docs, of_senses)
            terms, found = glossary.read_glossary(self.document, _as_mapping(forms), place, known)
            domain_of(self.env).glossary = (self.env.docname, terms)
            for problem in (*found, *wrong):
                note(self.env, Record("forms", problem.found, 1, problem=problem))

    def mark_doubtful(self, book: Book) -> None:
        """Put a note beside each claim that does not hold, and each number that is not as it was published."""
        words = words_in(book.language).tables
        for node in [*self.document.findall(statement), *self.document.findall(live_link)]:
            outcome = node.use.outcome
            if outcome != "holds":
                node["classes"].append(f"claim-{outcome.replace(' ', '-')}")
                badge = draft_note("", f" [{words[outcome]}]", classes=["draft-note"])
                put_after(node, badge)

    def remark(self, book: Book) -> None:
        """Mark the first comparison across each noted break, and explain the mark at the page's end.

        The remark also says that figures without a known error may differ by chance; a page without a break has a mark
        for that at the first statement about them.
        """
        seen: dict[str | tuple[str, str], None] = {}
        marked: list[str | tuple[str, str]] = []
        doubted: dict[str, nodes.Element] = {}  # the first statement about figures whose error nobody measured
        for node in list(self.document.findall(Used)):
            if is_in(node, nodes.title):
                continue
            if node.use.outcome == "holds" and (remark := _REMARKS.get(node.use.basis)):
                doubted.setdefault(remark, node)
            new = [crossed for crossed in node.use.breaks if crossed not in seen]
            if new:
                seen |= dict.fromkeys(new)
                marked.append(self._mark(node, new[0]))
        for remark, doubtful in doubted.items():
            if not seen:
                marked.append(self._mark(doubtful, remark))
            seen[remark] = None
        if seen:
            target = next(self.document.findall(nodes.section), self.document)
            target.append(remarks.remarks_on(book.figures, seen, marked))

    @staticmethod
    def _mark(node: nodes.Element, remark: str | tuple[str, str]) -> str | tuple[str, str]:
        """Link a sentence to a remark on it, which it returns."""
        mark = break_mark("", "*", refuri=f"#{remarks.remark_id(remark)}", internal=True)
        mark["classes"], mark["ids"] = ["break-mark"], [remarks.mark_id(remark)]
        put_after(node, mark)
        return remark


def _is_display(node: nodes.Node) -> bool:
    """Tell whether a number is in a table or in large type, where "40%" reads better than "40 procent"."""
    large = isinstance(node.parent, nodes.strong) and is_in(node, nodes.list_item)
    return large or is_in(node, nodes.entry)


def _declared(document: nodes.document, name: str) -> dict[str, str]:
    """A mapping from the front matter of the page being read; the environment has it only later."""
    for top in document.findall(nodes.field):
        if top.children[0].astext() == name:
            return _as_mapping(top.children[1].astext())
    return {}


def _as_mapping(declared: object) -> dict[str, str]:
    if isinstance(declared, str):
        declared = json.loads(declared)
    if not isinstance(declared, dict):
        return {}  # this hears of its page before the page is read
    return {str(k): str(v) for k, v in declared.items()}


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_transform(TrueTransform)
    app.add_transform(MarkTransform)
