"""Markup that would be printed as it is typed, vanish or stay empty: named while a page is read.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W432      A picture is too large for readers.
W435      Markup did not parse, and would be printed as text, or is not closed.
W436      HTML would be blocked on every page, or vanish.
W437      A picture has no alternative text.
W438      A cell of a notebook gives something that a page cannot show.
W439      A page uses what this book cannot show: code that is to be run, a formula that cannot be read.
W535      A mark of a statement is misspelt, or on what is no piece of text, so that nothing tests it.
========  ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.transforms import SphinxTransform

from wavebook import claims
from wavebook.charts import svg
from wavebook.core.problems import Problem
from wavebook.language.words import words_in
from wavebook.pages import attachments, mathematics
from wavebook.pages.ancestors import above, is_in, line_of
from wavebook.pages.checks import leftovers, picture_files, raw_html, vanished
from wavebook.pages.places import find_line, line_in, place_in, source, text_at
from wavebook.pages.records import Record, book_of, note, place_of, source_of
from wavebook.pages.uses import Generated, statement
from wavebook.runs import bare

_MARKS = ("claim", "else", "reported", "segment")
_MARKED = re.compile(r"""class=["']?[^"'>]*\b(?:claim|else)\b(?!-)""", re.IGNORECASE)
_IN_PAIRS = "Open and close elements in pairs."
_AS_A_MARK = "Put square brackets around the sentence, and {.claim #name} behind them."
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})(.*)$")
_OPTIONS = 8  # lines in which a directive says what its picture needs
_NO_ALTERNATIVE = re.compile(r":alt:[ ]*(\"\"|'')[ ]*$|\balt=(\"\"|'')", re.MULTILINE)
_TOLD = 100  # signs of one page that are named: each is looked for on it
_LINES_OF_A_CELL = 10_000  # in the lines that myst-nb gives to nodes
_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class MarkupTransform(SphinxTransform):
    """Name what did not come out as its editor meant, and take out what editors noted for each other."""

    default_priority = 865  # after references in text are known (850), before a page is judged (870)

    def apply(self, **kwargs: object) -> None:
        """Change the page's doctree in place and note its problems."""
        path = self.env.doc2path(self.env.docname)
        self.notebook, self.runs = path.endswith(".ipynb"), self.env.docname.startswith("notebooks/")
        if path.endswith(".md"):
            self.place_terms()
            self.check_source()
        if not self.runs:  # its page is an appendix, made for whoever looks up a chart
            self.check_headings()
        self.check_languages()
        self.check_texts()
        self.check_marks()
        self.check_raw()
        self.check_pictures()
        self.check_formulas()
        self.check_cells()
        self.check_contents()

    def say(self, code: str, node: nodes.Node, found: str, action: str, place: str = "") -> None:
        """Note a problem at a place, or at the line of a node."""
        place = place or self.place(node)
        line = line_of(node) if self.notebook else line_in(place)
        note(self.env, Record("markup", "", line, found, problem=Problem(code, place, found, action)))

    def place(self, node: nodes.Node, needle: str = "", broken: int = 0) -> str:
        """The place of a node, or of ``needle`` in or after it; in a notebook that of its cell."""
        if not self.notebook:
            return place_in(self.env, node, needle, broken=broken)
        file = f"{self.env.docname}.ipynb" if self.runs else source_of(self.env, self.env.docname)
        return f"{file}, cell {self.cell(line_of(node))}"

    def cell(self, line: int) -> int:
        """The cell of a notebook that myst-nb's line is of, without the one with the parameters of this run."""
        number = line // _LINES_OF_A_CELL
        made = (holder for holder in self.document.findall(nodes.container) if "cell_index" in holder)
        injected = ["injected-parameters" in (holder.get("cell_metadata") or {}).get("tags", ()) for holder in made]
        return number - any(injected) * (number > 1)

    def place_terms(self) -> None:
        """Give the terms of glossaries, which have lines from the top of theirs, those of the page."""
        lines = source(self.env, self.env.doc2path(self.env.docname)).text.split("\n")
        for glossary in self.document.findall(addnodes.glossary):
            first = glossary.line or len(lines)
            while first < len(lines) and re.match(r"\s*(?::[\w-]+:|$)", lines[first]):
                first += 1
            for term in glossary.findall(nodes.term):
                if (term.line or first) < first:
                    term.line = first + 1 + (term.line or 0)

    def check_source(self) -> None:
        """Note what can be seen in the source alone: what is not closed, and what is left out."""
        text = source(self.env, self.env.doc2path(self.env.docname)).text
        for line, opening in unclosed(text.splitlines()):
            found, action = f"{opening} is not closed, and the rest is in it", "Close it by as many of the same signs."
            self.say_at(line, "W435", found, action)
        for line, name in vanished.unreferred(text):
            action = f"Write [^{name}] where it belongs, or remove it."
            self.say_at(line, "W464", f"nothing refers to the footnote {name}, and it is left out", action)
        for line, found, action in vanished.fences(text):
            self.say_at(line, "W465", found, action)
        for line, tag in vanished.templates(text):
            action = "It is of another program: write what it stands for, or put it between backticks."
            self.say_at(line, "W435", f"{tag[:60]!r} vanishes", action)
        for line, formula in vanished.formulas(text):
            found = f"{formula[:60]!r} is no formula, and loses its backslashes"
            self.say_at(line, "W435", found, "Write it between dollars: $x$, or $$ on lines of their own.")
        for block in self.document.findall(nodes.literal_block):
            if first := vanished.indented(text, block):
                found = f"{first[:60]!r} is indented by four spaces or more, and printed as code"
                self.say("W435", block, found, "Begin it at the margin, or put code between lines of ```.")
        for table in self.document.findall(nodes.table):
            if table.source in (None, self.env.doc2path(self.env.docname)):
                for line, found in vanished.rows(text, table):
                    self.say_at(
                        line, "W463", found, "Give each row a cell for each column; write \\| for the sign itself."
                    )

    def say_at(self, line: int, code: str, found: str, action: str) -> None:
        """Note a problem at a line of the page."""
        note(
            self.env, Record("markup", "", line, found, problem=Problem(code, place_of(self.env, line), found, action))
        )

    def check_headings(self) -> None:
        """Note what keeps a page from having one title, and each section a name."""
        for line, found, action in vanished.headings(self.document):
            if self.notebook:
                file = source_of(self.env, self.env.docname)
                place = f"{file}, cell {self.cell(line)}" if line else file
                note(self.env, Record("markup", "", line, found, problem=Problem("W462", place, found, action)))
            else:
                first = source(self.env, self.env.doc2path(self.env.docname)).first
                self.say_at(line or first, "W462", found, action)

    def check_languages(self) -> None:
        """Note blocks of code in a language that is none."""
        for block in self.document.findall(nodes.literal_block):
            if not self.is_output(block) and (wrong := vanished.language(str(block.get("language", "")))):
                self.say("W465", block, *wrong)

    def check_texts(self) -> None:
        """Note roles, links and the like that did not parse."""
        sources, told = book_of(self.env).figures.definitions.sources, 0
        for left in leftovers.leftovers(self.document, sources, self.is_output):
            place = self.place(left.node, left.text.split()[0], left.broken)
            if self.notebook or not self.is_meant(left.sign, text_at(self.env, place)):
                found = f"{left.text[:60]!r} is printed as it is typed"
                told += 1
                if told == _TOLD:
                    self.say("W435", left.node, f"{found}, and so is more below", left.action, place)
                    break
                self.say("W435", left.node, found, left.action, place)

        for left in leftovers.fields(self.document):
            place = self.place(left.node, left.text)
            self.say("W435", left.node, f"{left.text[:60]!r} is shown as the name of a field", left.action, place)

        for link in self.document.findall(nodes.reference):
            if ":" in link.get("refuri", "") and not link.children and not is_in(link, Generated):
                action = "Write what it leads to between the brackets: [text](address)."
                self.say("W412", link, "a link has no text", action, self.place(link, "[]("))

    def check_marks(self) -> None:
        """Note what was meant as a statement and is none, so that nothing would test it."""
        for node in self.document.findall(nodes.Element):
            named: list[str] = list(node.get("classes", []))
            if isinstance(node, statement) or not named:
                continue
            if not isinstance(node, nodes.inline):
                wrong = [(mark, mark) for mark in named if mark in _MARKS[:2]]
            else:
                near = ((mark, get_close_matches(mark.lower(), _MARKS, 1, 0.8)) for mark in named)
                wrong = [(mark, meant[0]) for mark, meant in near if meant and meant[0] != mark]
            for mark, meant in wrong[:1]:
                found, action = f".{mark} marks no statement, and nothing tests it", f"{_AS_A_MARK[:-1]}, as .{meant}."
                self.say("W535", node, found, action, self.place(node, f".{mark}"))
        for node in self.document.findall(nodes.raw):
            if not is_in(node, Generated) and (match := _MARKED.search(node.astext())):
                told = f"{match[0]} marks no statement, and nothing tests it"
                self.say("W535", node, told, _AS_A_MARK, self.place(node, match[0]))

    @staticmethod
    @lru_cache(256)
    def is_meant(sign: str, line: str) -> bool:
        """Tell whether a sign is meant as text: behind a backslash wherever it is on its line, or typed by its name."""
        there = [match[1] for match in re.finditer(rf"(\\?){re.escape(sign)}", line)]
        return all(there) if there else sign in "<&"

    def is_output(self, node: nodes.Node) -> bool:
        """Tell whether a cell of a notebook gave it."""
        return self.notebook and any("cell_output" in holder["classes"] for holder in above(node))

    def check_raw(self) -> None:
        """Note HTML that a page cannot show, and take comments out of all other."""
        opened: list[tuple[raw_html.Move, nodes.raw]] = []
        for node in list(self.document.findall(nodes.raw)):
            if isinstance(node, Generated) or is_in(node, Generated) or self.is_output(node):
                continue
            if "html" not in node.get("format", "").split():
                if node.astext().strip() == "\\\\":
                    continue  # the end of a line, as MyST writes it for paper beside that for a site
                self.say("W439", node, f"raw {node.get('format')} is not shown", "Write it in MyST, or as HTML.")
                continue
            html = node.astext()
            if 'class="task-list-item-checkbox"' in html:
                self.mark_task(node, done="checked" in html)
                continue
            for found, action, line, typed in raw_html.faults(html):
                place = self.place(node, typed, line)
                self.say("W436", node, found, f"{action[0].upper()}{action[1:]}.", place)
            for move in raw_html.moves(html):
                if move.opens:
                    opened.append((move, node))
                elif opened and opened[-1][0].tag == move.tag:
                    opened.pop()
                else:
                    place = self.place(node, move.typed, move.line)
                    self.say("W436", node, f"</{move.tag}> closes what is not open", _IN_PAIRS, place)
            if "<!--" in html:
                for holder in above(node):
                    if isinstance(holder, nodes.admonition):  # which has its title, with the note, for a class
                        holder["classes"] = [name for name in holder["classes"] if not name.startswith("admonition-")]
                self.replace(node, raw_html.without_comments(html))
        for move, node in opened:
            place = self.place(node, move.typed, move.line)
            self.say("W436", node, f"<{move.tag}> is not closed", _IN_PAIRS, place)

    @staticmethod
    def replace(node: nodes.raw, html: str) -> None:
        """Change the HTML of a node; one without any goes."""
        if html.strip():
            node[:] = [nodes.Text(html)]
        else:
            node.parent.remove(node)

    def mark_task(self, node: nodes.raw, *, done: bool) -> None:
        """Show whether an item of a list is done by a sign with a name: a box to tick would be an empty control."""
        name = words_in(self.env.config.language).theme.words["task_done" if done else "task_open"]
        sign = "☑" if done else "☐"
        node[:] = [nodes.Text(f'<span class="task" role="img" aria-label="{name}">{sign}</span> ')]

    def check_pictures(self) -> None:
        """Note pictures without an alternative text, and those that are not of this book."""
        for node in list(self.document.findall(nodes.image)):
            name = str(node.get("uri", "")).rpartition("/")[2][:60]
            if name.startswith(attachments.SCHEME) and not self.unpack(node):
                action = "Paste it again, or save it in book/ as a file."
                self.say("W436", node, f"{name} is attached to no cell that shows it", action)
                node.parent.remove(node)
                continue
            if not self.notebook and not isinstance(node.parent, nodes.paragraph):
                node.line = find_line(self.env, name, line_of(node.parent))  # a directive has the line of its section
            if str(node.get("uri", "")).startswith("data:"):
                self.say("W436", node, "a picture that is part of the page is blocked", "Save it in book/ as a file.")
            elif not self.notebook and Path(self.env.srcdir, node.get("uri", "")).is_dir():
                action = "Write its name between the brackets: ![text](file.png)."
                self.say("W412", node, "a picture has no file", action, self.place(node, f"![{node.get('alt', '')}]("))
                node.parent.remove(node)
            elif "://" in node.get("uri", ""):
                action = "A build takes nothing from a network: save it in book/ and show that."
                self.say("W430", node, f"asks for {node['uri']}, which is not in the book", action)
            elif self.is_output(node):
                if not node.get("alt", "").strip() and not any(map(_is_bare, above(node))):
                    action = 'Give its cell "mystnb": {"image": {"alt": "..."}} as metadata, or use charts.picture.'
                    self.say("W437", node, "a picture that a cell gives has no alternative text", action)
            elif not node.get("alt") and not self.is_decoration(node):
                action = 'Write ![what it shows](file), or :alt: in the directive; :alt: "" if it is decoration.'
                self.say("W437", node, f"{name} has no alternative text", action)
            if "://" not in (uri := node.get("uri", "")) and (
                excess := picture_files.excess(Path(self.env.relfn2path(uri)[1]))
            ):
                self.say("W432", node, f"{name} {excess}", "Save it smaller: 1,600 pixels wide fill a page sharply.")
        for figure in self.document.findall(nodes.figure):
            if "width" in figure:
                self.say("W439", figure, "figwidth has no effect", "Give the picture a width.")

    def unpack(self, node: nodes.image) -> bool:
        """Give a picture that was pasted into a notebook a file; tell whether it is there."""
        return self.notebook and attachments.unpack(self.env, node, line_of(node) // _LINES_OF_A_CELL)

    def is_decoration(self, node: nodes.image) -> bool:
        """Tell whether a picture is said to need no alternative text, by a class or by an empty one."""
        lines = Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8").splitlines()
        typed = "\n".join(lines[line_of(node) - 1 :][:_OPTIONS]).partition("\n\n")[0]
        return "decoration" in node["classes"] or _NO_ALTERNATIVE.search(typed) is not None

    def check_formulas(self) -> None:
        """Note formulas that cannot be shown, and give those without a label one that stays the same."""
        domain = self.env.get_domain("math")
        for node in [*self.document.findall(nodes.math), *self.document.findall(nodes.math_block)]:
            try:
                mathematics.mathml(node.astext(), block=isinstance(node, nodes.math_block))
            except ValueError as error:
                self.say("W439", node, f"a formula cannot be shown: {error}", "Write it in the commands of amsmath.")
            if isinstance(domain, MathDomain) and _RANDOM.search(label := str(node.get("label") or "")):
                self.label(domain, node, label)

    def label(self, domain: MathDomain, node: nodes.Element, label: str) -> None:
        """Replace a label that is made anew in each build."""
        name = f"{self.env.docname}-{node.get('number')}"
        if label in domain.equations:
            domain.equations[name] = domain.equations.pop(label)
        node["label"], node["ids"] = name, [nodes.make_id(f"equation-{node.get('number')}")]

    def check_cells(self) -> None:
        """Note cells on a page, which nothing runs, and outputs of notebooks that a page cannot show."""
        for node in self.document.findall(nodes.container):
            if node.get("nb_element") == "cell_code" and not self.runs:
                found = "holds a cell with code, which nothing runs here"
                self.say("W439", node, found, "Put it in a notebook in notebooks/, and show its chart or claim.")
                return
            if node.get("nb_element") == "mime_bundle":
                self.check_output(node)

    def check_contents(self) -> None:
        """Note a list of pages that a page declares: the order of pages has one place."""
        for node in list(self.document.findall(addnodes.toctree)):
            if "restart_numbering" not in node:  # which all from _toc.yml have
                action = "Name the pages in _toc.yml; {tableofcontents} lists those below a page."
                self.say("W439", node, "a toctree has no effect: the order of pages is in _toc.yml", action)
                node.parent.remove(node)

    def check_output(self, bundle: nodes.Element) -> None:
        """Note what a page cannot show of the form of an output that it would show."""
        from myst_nb.core.render import get_mime_priority  # with the rest of myst-nb

        forms = {node["mime_type"]: node for node in bundle.children if isinstance(node, nodes.Element)}
        order = get_mime_priority("html", self.env.config.nb_mime_priority_overrides)
        shown = next((forms[name] for name in order if name in forms), None)
        if shown is None or shown["mime_type"] in (svg.MIME, claims.MIME):
            return
        if not shown["mime_type"].startswith(("text/html", "application/")):
            return
        if "widget" in shown["mime_type"]:
            action = "Show what readers need of it: a chart, a table or a sentence."
            self.say("W438", bundle, "a cell gives a widget, which needs a kernel and scripts", action)
            return
        if _is_bare(bundle):
            return  # the run has said so
        found = [fault for raw in shown.findall(nodes.raw) for fault in raw_html.faults(raw.astext(), output=True)]
        if found:
            action = (
                "Show a chart or table of wavebook.charts or a plain table, or give the cell the tag remove-output."
            )
            self.say("W438", bundle, f"a cell gives HTML in which {found[0].found}", action)


def _is_bare(holder: nodes.Node) -> bool:
    """Tell whether this is an output of a cell that is a chart or table of another program."""
    if not isinstance(holder, nodes.Element) or holder.get("nb_element") != "mime_bundle":
        return False
    forms = (node for node in holder.children if isinstance(node, nodes.Element))
    return bare.bare({node["mime_type"]: node.astext() for node in forms if "mime_type" in node}) is not None


def unclosed(lines: list[str], first: int = 1) -> Iterator[tuple[int, str]]:
    """The fences that are left open, also in what a directive holds: line and opening."""
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening is None or (opening[1][0] == "`" and "`" in opening[2]):
            at += 1
            continue
        close = re.compile(rf" {{0,3}}{opening[1][0]}{{{len(opening[1])},}}\s*$")
        end = next((n for n in range(at + 1, len(lines)) if close.match(lines[n])), None)
        if end is None:
            yield first + at, lines[at].strip()
            return
        if opening[2].strip().startswith("{") and not opening[2].strip().startswith(("{code", "{literal", "{eval-rst")):
            yield from unclosed(lines[at + 1 : end], first + at + 1)
        at = end + 1


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_transform(MarkupTransform)
