"""What editors type in pages: roles for live numbers and words, directives for charts and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from wavebook import claims
from wavebook.charts import svg
from wavebook.claims import Evidence, UntestableError, words
from wavebook.core.problems import Problem
from wavebook.figures import AbsentFigureError, Figure, MissingFigureError
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import accessibility, elements, panels
from wavebook.pages.records import TREND, Book, Record, book_of, find_line, note, place_of, typed_in

# --- roles ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What a role puts on the page: its text, in a table cell if that differs, and the figures behind it."""

    text: str
    cell: str = ""
    figures: tuple[Figure, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()
    basis: str = "exact"
    direction: str | None = None


def _value(book: Book, text: str) -> Shown:
    figure = book.figures[text]
    return Shown(figure.text(book.language), figure.text(book.language, "chart"), (figure,))


def _number(book: Book, text: str) -> Shown:
    figure = book.figures[text]
    return Shown(figure.text(book.language, "bare"), figures=(figure,))


def _word(book: Book, text: str) -> Shown:
    fact = book.figures.definitions.facts.get(text.removeprefix("fact:"))
    if fact and text.startswith("fact:"):
        return Shown(wording.number_word(fact.value, book.language))
    figure = book.figures[text]
    whole = figure.printed == int(figure.printed)  # as all else on the page shows it: 2.3 events print as 2
    shown = wording.number_word(figure.printed, book.language) if whole else figure.text(book.language, "bare")
    return Shown(shown, figures=(figure,))


def _n(book: Book, text: str) -> Shown:
    figure = book.figures[text]
    unknown = words_in(book.language).tables["unknown"]
    return Shown(unknown if figure.n is None else wording.number(figure.n, 0, book.language), figures=(figure,))


def _change(book: Book, text: str) -> Shown:
    evidence = Evidence(book.figures)
    first, last = evidence.span(text)
    apart = wording.exact(last.value) - wording.exact(first.value)
    size = wording.difference(apart, last.unit, last.decimals, book.language)
    return Shown(size, figures=(first, last), breaks=tuple(evidence.crossed), basis=evidence.basis)


def _trend(book: Book, text: str) -> Shown:
    match = TREND.fullmatch(text)
    evidence = Evidence(book.figures)
    direction = claims.direction(evidence, match["key"])
    form = (match["form"] or "").strip() or words_in(book.language).trends[0][0]
    found = tuple(book.figures[key] for key in evidence.seen)
    word = wording.trend_word(form, direction, book.language)
    return Shown(word, "", found, tuple(evidence.crossed), evidence.basis, direction or "not certain")


def _wave(book: Book, text: str) -> Shown:
    return Shown(str(book.figures.wave_of(text)))


def _segment(book: Book, text: str) -> Shown:
    """What the edition is about if it is a segment of this breakdown; else all of them together."""
    if text not in book.figures.definitions.segments:
        known = book.figures.definitions.segments
        raise MissingFigureError(f"there is no breakdown {text}{book.results.nearest(text, known)}")
    return Shown(book.figures.about if book.figures.own[0] == text else book.figures.whole(text))


def _fact(book: Book, text: str) -> Shown:
    name, _, part = text.partition(".")
    facts = book.figures.definitions.facts
    if name not in facts or part not in ("", "of", "date") or (part == "of" and facts[name].of is None):
        raise MissingFigureError(f"there is no fact {text}{book.results.nearest(name, facts)}")
    fact = facts[name]
    if part == "date":
        return Shown(wording.date(fact.date, book.language))
    return Shown(wording.number(fact.of if part else fact.value, 0, book.language))


def _margin(book: Book, text: str) -> Shown:
    """The margin that a claim's test allows, which its sentence must tell."""
    verdict = book.results.claims.get(text)
    if verdict is None or not verdict["margins"]:
        found = "has no margin" if verdict else f"is no claim{book.results.nearest(text, book.results.claims)}"
        raise MissingFigureError(f"{text} {found}")
    if len({size for _, size in verdict["margins"]}) > 1:
        raise MissingFigureError(f"{text} has several margins; split the claim")
    return Shown(words.amount(*verdict["margins"][0])(book.figures))


ROLES: dict[str, Callable[[Book, str], Shown]] = {
    "value": _value,
    "number": _number,
    "word": _word,
    "n": _n,
    "change": _change,
    "trend": _trend,
    "wave": _wave,
    "segment": _segment,
    "fact": _fact,
    "margin": _margin,
}


class LiveRole(SphinxRole):
    """A number or word that is looked up in the figures: {value}`grade_chain@baseline`."""

    def run(self):
        """The live text as one node, linked to its row on the data page where it has one."""
        book, text = book_of(self.env), typed_in(self)
        line = find_line(self.env, f"{{{self.name}}}`{self.text}`", self.lineno)
        place = place_of(self.env, line)
        stamp = book.stamp(self.name, text)
        try:
            shown = ROLES[self.name](book, text)
        except (MissingFigureError, UntestableError, KeyError) as error:
            code = "W402" if isinstance(error, UntestableError) else "W401"
            found = str(error.args[0]).rstrip(".")
            problem = Problem(code, place, found, f"Correct {{{self.name}}}`{text}`, or add what it names.")
            record = note(self.env, Record(self.name, text, line, stamp=stamp, problem=problem))
            unfit = isinstance(error, (AbsentFigureError, UntestableError))
            return [_missing(text, wavebook=self.name, record=record, unfit=unfit)], []
        keys = tuple(str(f.key) for f in shown.figures)
        record = note(self.env, Record(self.name, text, line, shown.text, keys, stamp=stamp))
        attributes = {"wavebook": self.name, "wavebook_breaks": shown.breaks, "wavebook_text": text}
        attributes |= {"wavebook_line": line, "record": record}
        attributes |= {"wavebook_basis": shown.basis}
        if shown.direction:
            attributes["wavebook_direction"] = shown.direction
        if self.name in ("wave", "trend") or not (shown.figures or self.name == "fact"):
            return [nodes.inline("", shown.text, classes=[self.name], **attributes)], []
        if self.name == "fact":
            name = text.partition(".")[0]
            anchor = f"fact-{name.replace('_', '-')}"
            panel = panels.of_fact(book.figures, name, book.figures.definitions.facts[name])
        else:
            anchor, panel = shown.figures[-1].key.anchor, book.panel(*shown.figures)
        node = nodes.reference(
            "",
            shown.text,
            classes=["figure-value"],
            internal=True,
            refuri=f"#{anchor}",
            **attributes,
        )
        node["wavebook_anchor"], node["wavebook_panel"], node["wavebook_cell"] = anchor, panel, shown.cell
        return [node], []


def _missing(text: str, **attributes) -> nodes.inline:
    """What a draft shows where nothing can be looked up."""
    return nodes.inline("", f"[{text}?]", classes=["missing"], **attributes)


class SparkRole(SphinxRole):
    """A series as a line the size of a word, up to this wave: {spark}`grade_chain`."""

    def run(self):
        """Inline SVG."""
        book, text = book_of(self.env), typed_in(self)
        line = find_line(self.env, f"{{{self.name}}}`{self.text}`", self.lineno)
        unfit = True
        try:
            series = [f for f in book.figures.series(text) if f.key.wave <= book.figures.wave]
            found = f"{text} has {len(series)} figures, and a line needs two" if len(series) < 2 else ""
        except (MissingFigureError, KeyError) as error:
            series, found = [], str(error.args[0]).rstrip(".")
            unfit = isinstance(error, AbsentFigureError)
        stamp = book.stamp("spark", text)
        if found:
            problem = Problem("W401", place_of(self.env, line), found, f"Correct {{spark}}`{text}`, or leave it out.")
            record = note(self.env, Record("spark", text, line, stamp=stamp, problem=problem))
            return [_missing(text, wavebook="spark", record=record, unfit=unfit, decoration=True)], []
        keys = [f.key for f in series]
        note(self.env, Record("spark", text, line, keys=tuple(map(str, keys)), stamp=stamp))
        breaks = [(b.start, b.end, b.kind) for b in book.figures.breaks(keys)]
        drawn = svg.spark([(f.key.wave, f.value) for f in series], breaks)
        return [nodes.raw("", drawn, format="html")], []


# --- directives -------------------------------------------------------------------------------------------


class chart(nodes.figure):
    """A chart with its caption; ``payload`` is what the notebook made of it."""


class chart_kit(nodes.Element):
    """What stands under a chart: source, notes, table and downloads, as ready HTML."""


class claim_list(nodes.General, nodes.Element):
    """Where the list of all tested sentences comes, once all pages are read."""


class ChartDirective(SphinxDirective):
    """A chart that a notebook made; the content is its caption, which says what there is to see."""

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
        elif not self.content and "absent" not in payload:
            problem = Problem("W406", place_of(self.env, line), f"chart {name} has no caption", "Say what it shows.")
        keys = tuple(payload.get("figures", ())) if payload else ()
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        caption = nodes.caption("", "", *(child for block in holder for child in block.children))
        shown = " ".join(caption.astext().split())
        reason = payload.get("absent", "") if payload else ""
        record = note(self.env, Record("chart", name, line, shown, keys, reason=reason, stamp=stamp, problem=problem))
        if problem:
            missing = nodes.inline("", f"[{name}?] ", classes=["missing"], wavebook="chart")
            return [nodes.paragraph("", "", missing, *caption.children)]
        self.set_source_info(caption)
        if "absent" in payload:
            return [chart("", caption, record=record, unfit=True)]
        kit = chart_kit(html=elements.chart_kit(payload, book.figures, book.chart_files, shown))
        node = chart("", caption, kit, classes=["chart"])
        node["svg"] = payload["svg"]
        node["summary"] = payload["summary"]
        node["language"], node["record"], node["name"] = book.language, record, name
        self.set_source_info(node)
        self.add_name_of(node, name)
        return [node]

    def add_name_of(self, node: nodes.Element, name: str) -> None:
        """Give the figure its permalink and the label that numref finds."""
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
            made = [nodes.paragraph("", "", _missing(self.name))]
        note(self.env, Record(self.name, "", self.lineno, stamp=book.stamp(self.name, ""), problem=problem))
        if self.name == "figures":
            self.env.metadata[self.env.docname]["wavebook_data"] = True
        for node in made:
            node["wavebook"] = self.name
        return made

    def tables(self, book: Book) -> list[nodes.Element]:
        """What the directive puts on the page; raises MissingFigureError where its options name what is not there."""
        return elements.TABLES[self.name](book.figures, self._cite)

    def _cite(self, source: str) -> list[nodes.Node]:
        text = directives.unchanged(f"{{cite:t}}`{source}`")
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]


class WavesDirective(TableDirective):
    """The waves so far, with a column for each of the ``indicators`` that its option names: keys without a wave."""

    option_spec: ClassVar = {"indicators": directives.unchanged}

    def tables(self, book: Book) -> list[nodes.Element]:
        """One table."""
        keys = self.options.get("indicators", "").replace(",", " ").split()
        return elements.waves_table(book.figures, self._cite, keys)


class ChangesDirective(SphinxDirective):
    """What changed in editions after they were published, and where to follow that."""

    def run(self) -> list[nodes.Node]:
        """Two sections with tables, and the address of the feed."""
        book = book_of(self.env)
        now = [c for c in book.figures.definitions.corrections if c.wave == book.figures.wave]
        unknown = sorted({page for c in now for page in c.pages} - self.env.found_docs)
        problem = None
        if unknown:
            found = f"names pages that are not in the book: {', '.join(unknown)}"
            problem = Problem("W204", "data/corrections.toml", found, "Write their file names without .md.")
        note(self.env, Record("changes", "", self.lineno, stamp=book.stamp("changes", ""), problem=problem))
        made = elements.changes_tables(book.figures, self._link)
        for node in made:
            node["wavebook"] = "changes"
        return made

    def _link(self, page: str) -> list[nodes.Node]:
        """The page's title with a link to it; its name alone when an older edition had it and this one does not."""
        target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refdoc": self.env.docname}
        return [addnodes.pending_xref("", nodes.inline("", page), **target, refexplicit=False, refwarn=False)]


class AccessibilityDirective(SphinxDirective):
    """What was tested for accessibility and what came out, and the known deviations."""

    def run(self) -> list[nodes.Node]:
        """Two sections with tables."""
        book = book_of(self.env)
        note(self.env, Record("accessibility", "", self.lineno, stamp=book.stamp("accessibility", "")))
        made = accessibility.report(book.root, book.figures.definitions, book.language)
        for node in made:
            node["wavebook"] = "accessibility"
        return made


class ClaimsDirective(SphinxDirective):
    """The list of all tested sentences of the book, with their verdicts."""

    def run(self) -> list[nodes.Node]:
        """A placeholder that is filled once all pages are read."""
        self.env.metadata[self.env.docname]["wavebook_claims"] = True
        note(self.env, Record("claims", "", self.lineno, stamp=book_of(self.env).stamp("claims", "")))
        return [claim_list()]


def visit_chart(self, node: chart) -> None:
    """Open a figure with both widths of its chart."""
    caption = next(node.findall(nodes.caption)).astext()
    identity = node["ids"][0]
    self.body.append(self.starttag(node, "figure"))
    self.body.append(elements.chart_svg(node, identity, caption))


def depart_chart(self, node: chart) -> None:
    """Close it."""
    self.body.append("</figure>\n")


def visit_kit(self, node: chart_kit) -> None:
    """Put what stands under a chart outside its caption."""
    page, config = self.builder.current_docname, self.builder.config
    figure = node.parent
    address = f"{config.html_baseurl or ''}{self.builder.get_target_uri(page)}#{figure['ids'][0]}"
    caption = " ".join(next(figure.findall(nodes.caption)).astext().split())
    cited = escape(elements.citation(book_of(self.builder.env), config, address, caption))
    html = node["html"].replace(elements.UP, "../" * page.count("/")).replace(elements.CITED, cited)
    self.body.append("</figcaption>\n" + html)
    raise nodes.SkipNode
