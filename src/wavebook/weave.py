"""The Sphinx extension: live numbers, tested statements and charts in MyST pages.

What a page shows is looked up while the page is read, so it works in text, headings, captions, tables and
admonitions alike. Each use leaves a record on the environment: what was asked, where, what was shown, what
is wrong with it, and a stamp of what it was made from. Stamps that no longer match make exactly those pages
be read again; whatever is wrong stops the build before a page is written, or is marked in a draft.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from wavebook import bibliography, claims, execute, figures, files, pages, prose, wording
from wavebook.claims import Evidence, UntestableError
from wavebook.definitions import find_root
from wavebook.figures import Figure, MissingFigureError
from wavebook.problems import Problem, ProblemsError

LOG = logging.getLogger(__name__)
THEME = Path(__file__).parent / "theme"
EDITION = ("wave", "baseline", "population")


class UntrueError(SphinxError):
    """The book says what its figures do not; the message lists every problem."""

    category = "The book cannot be published"

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n" + "\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Record:
    """One use of the figures on a page.

    ``kind`` and ``text`` are what the editor typed, ``shown`` what readers see (of a claim: its sentence, of a
    chart: its caption), ``keys`` the figures behind it, ``outcome`` a claim's verdict, ``stamp`` what it was made
    from.
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


@dataclass
class Book:
    """All that the pages of one edition draw on; ``code`` is a hash of the library and the book's look."""

    root: Path
    figures: figures.Figures
    draft: bool
    results: execute.Results = field(default_factory=execute.Results)
    code: str = ""
    english: object = None  # the build.Report of the English pages, once they are made

    @property
    def language(self):
        """The language of the pages."""
        return self.figures.language

    def stamp(self, kind: str, text: str) -> str:
        """A hash of everything that ``{kind}`text``` is made from, as it is now."""
        try:
            made_from = _INGREDIENTS[kind](self, text)
        except (MissingFigureError, KeyError) as error:
            made_from = f"missing: {error}"
        return hashlib.sha256(f"{self.code}\0{made_from}".encode()).hexdigest()[:16]

    def origin(self, figure: Figure) -> str:
        """Where a number comes from, in one or two sentences for readers."""
        return pages.origin(self.figures, figure)


def _figure_ingredients(book: Book, text: str) -> str:
    if text.startswith("fact:"):
        return repr(book.figures.definitions.facts[text.removeprefix("fact:")])
    figure = book.figures[text]
    return f"{figure!r}{book.origin(figure)}"


def _change_ingredients(book: Book, text: str) -> str:
    first, last = book.figures.between(_TREND.fullmatch(text)["key"] or text)
    crossed = book.figures.definitions.breaks_between(first.key.indicator, first.key.wave, last.key.wave)
    return f"{first!r}{last!r}{crossed!r}{book.origin(last)}"


def _everything(book: Book, _: str) -> str:
    return f"{[book.origin(f) for f in book.figures]}{list(book.figures)}{book.figures.definitions!r}"


_INGREDIENTS: dict[str, Callable[[Book, str], str]] = {
    "value": _figure_ingredients,
    "number": _figure_ingredients,
    "word": _figure_ingredients,
    "n": _figure_ingredients,
    "change": _change_ingredients,
    "trend": _change_ingredients,
    "wave": lambda book, text: str(book.figures.wave_of(text)),
    "fact": lambda book, text: repr(book.figures.definitions.facts[text.partition(".")[0]]),
    "claim": lambda book, text: json.dumps(book.results.claims[text], sort_keys=True),
    "chart": lambda book, text: json.dumps(book.results.charts[text], sort_keys=True),
    "figures": _everything,
    "facts": _everything,
    "waves": _everything,
    "typed": lambda book, text: "",
    "fixed": lambda book, text: "",
    "claims": lambda book, text: json.dumps(book.results.claims, sort_keys=True),
}


# --- roles ------------------------------------------------------------------------------------------------

_TREND = re.compile(r"(?:(?P<form>[^<]*?)\s*<)?(?P<key>[^<>]*)>?")


@dataclass(frozen=True)
class Shown:
    """What a role puts on the page: its text, in a table cell if that differs, and the figures behind it."""

    text: str
    cell: str = ""
    figures: tuple[Figure, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()


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
    return Shown(wording.number_word(figure.value, book.language), figures=(figure,))


def _n(book: Book, text: str) -> Shown:
    figure = book.figures[text]
    unknown = pages.WORDS[book.language]["unknown"]
    return Shown(unknown if figure.n is None else wording.number(figure.n, 0, book.language), figures=(figure,))


def _change(book: Book, text: str) -> Shown:
    evidence = Evidence(book.figures)
    first, last = evidence.span(text)
    apart = wording.exact(last.value) - wording.exact(first.value)
    size = wording.difference(apart, last.unit, last.decimals, book.language)
    return Shown(size, figures=(first, last), breaks=tuple(evidence.crossed))


def _trend(book: Book, text: str) -> Shown:
    match = _TREND.fullmatch(text)
    evidence = Evidence(book.figures)
    direction = claims.change_direction(evidence, match["key"])
    form = match["form"] or next(iter(wording.TREND_WORDS[book.language]))
    found = tuple(book.figures[key] for key in evidence.seen)
    return Shown(wording.trend_word(form, direction, book.language), figures=found, breaks=tuple(evidence.crossed))


def _wave(book: Book, text: str) -> Shown:
    return Shown(str(book.figures.wave_of(text)))


def _fact(book: Book, text: str) -> Shown:
    name, _, part = text.partition(".")
    facts = book.figures.definitions.facts
    if name not in facts or part not in ("", "of") or (part and facts[name].of is None):
        raise MissingFigureError(f"there is no fact {text}{book.results.nearest(name, facts)}")
    fact = facts[name]
    return Shown(wording.number(fact.of if part else fact.value, 0, book.language))


ROLES: dict[str, Callable[[Book, str], Shown]] = {
    "value": _value,
    "number": _number,
    "word": _word,
    "n": _n,
    "change": _change,
    "trend": _trend,
    "wave": _wave,
    "fact": _fact,
}


class LiveRole(SphinxRole):
    """A number or word that is looked up in the figures: {value}`grade_chain@baseline`."""

    def run(self):
        """The live text as one node, linked to its row on the data page where it has one."""
        book, text = book_of(self.env), self.text.strip()
        line = _find_line(self.env, f"{{{self.name}}}`{self.text}`", self.lineno)
        place = _place(self.env, line)
        stamp = book.stamp(self.name, text)
        try:
            shown = ROLES[self.name](book, text)
        except (MissingFigureError, UntestableError, KeyError) as error:
            code = "W402" if isinstance(error, UntestableError) else "W401"
            found = str(error.args[0]).rstrip(".")
            problem = Problem(code, place, found, f"Correct {{{self.name}}}`{text}`, or add what it names.")
            _note(self.env, Record(self.name, text, line, stamp=stamp, problem=problem))
            return [nodes.inline("", f"[{text}?]", classes=["missing"], wavebook=self.name)], []
        keys = tuple(str(f.key) for f in shown.figures)
        _note(self.env, Record(self.name, text, line, shown.text, keys, stamp=stamp))
        attributes = {"wavebook": self.name, "wavebook_breaks": shown.breaks, "wavebook_text": text}
        if self.name in ("wave", "trend") or not (shown.figures or self.name == "fact"):
            return [nodes.inline("", shown.text, classes=[self.name], **attributes)], []
        if self.name == "fact":
            fact = book.figures.definitions.facts[text.partition(".")[0]]
            title, anchor = (
                pages.fact_origin(book.figures, fact),
                f"fact-{text.partition('.')[0].replace('_', '-')}",
            )
        else:
            title, anchor = book.origin(shown.figures[-1]), shown.figures[-1].key.anchor
        node = nodes.reference(
            "",
            shown.text,
            classes=["figure-value"],
            reftitle=title,
            internal=True,
            refuri=f"#{anchor}",
            **attributes,
        )
        node["wavebook_anchor"], node["wavebook_cell"] = anchor, shown.cell
        return [node], []


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
            problem = Problem("W405", _place(self.env, line), found, "Make it in a notebook, or correct the name.")
        elif not self.content:
            problem = Problem("W406", _place(self.env, line), f"chart {name} has no caption", "Say what it shows.")
        keys = tuple(payload["figures"]) if payload else ()
        holder = nodes.Element()
        if not problem:
            self.state.nested_parse(self.content, self.content_offset, holder)
        caption = nodes.caption("", "", *(child for block in holder for child in block.children))
        shown = " ".join(caption.astext().split())
        _note(self.env, Record("chart", name, line, shown, keys, stamp=stamp, problem=problem))
        if problem:
            return [nodes.paragraph("", "", nodes.inline("", f"[{name}?]", classes=["missing"], wavebook="chart"))]
        self.set_source_info(caption)
        node = chart("", caption, chart_kit(html=pages.chart_kit(payload, book.figures)), classes=["chart"])
        node["svg"] = payload["svg"]
        node["summary"] = payload["summary"]
        node["language"] = book.language
        self.set_source_info(node)
        self.add_name_of(node, name)
        return [node]

    def add_name_of(self, node: nodes.Element, name: str) -> None:
        """Give the figure its permalink and the label that numref finds."""
        node["names"].append(f"fig-{name}")
        self.state.document.note_explicit_target(node, node)


class TableDirective(SphinxDirective):
    """A table made from the declarations or figures: {figures}, {facts} or {waves}."""

    def run(self) -> list[nodes.Node]:
        """Docutils tables, marked as generated."""
        book = book_of(self.env)
        _note(self.env, Record(self.name, "", self.lineno, stamp=book.stamp(self.name, "")))
        if self.name == "figures":
            self.env.metadata[self.env.docname]["wavebook_data"] = True
        made = pages.TABLES[self.name](book.figures, self._cite)
        for node in made:
            node["wavebook"] = self.name
        return made

    def _cite(self, source: str) -> list[nodes.Node]:
        text = directives.unchanged(f"{{cite:t}}`{source}`")
        found, messages = self.state.inline_text(text, self.lineno)
        return [*found, *messages]


class ClaimsDirective(SphinxDirective):
    """The list of all tested sentences of the book, with their verdicts."""

    def run(self) -> list[nodes.Node]:
        """A placeholder that is filled once all pages are read."""
        self.env.metadata[self.env.docname]["wavebook_claims"] = True
        _note(self.env, Record("claims", "", self.lineno, stamp=book_of(self.env).stamp("claims", "")))
        return [claim_list()]


# --- once a page is read ----------------------------------------------------------------------------------


class WeaveTransform(SphinxTransform):
    """Judge a page's claims, mark breaks, use "%" in display, and find numbers typed by hand."""

    default_priority = 880  # after references in text are known, before the environment collects titles

    def apply(self, **kwargs) -> None:
        """Change the page's doctree in place and note what was found."""
        book = book_of(self.env)
        for node in self.document.findall(nodes.reference):
            if node.get("wavebook_cell") and _is_display(node):
                node[:] = [nodes.Text(node["wavebook_cell"])]
        for node in list(self.document.findall(nodes.inline)):
            if "claim" in node["classes"]:
                self.judge(book, node)
        self.check_changes()
        if not self.env.docname.startswith("notebooks/"):
            self.check_typed(book)
        self.remark_breaks(book)

    def judge(self, book: Book, node: nodes.inline) -> None:
        """Note the verdict on a claim, and mark it in a draft when it does not hold."""
        name = (node["names"] or node["ids"] or [""])[0]
        line = _find_line(self.env, f"#{name}", prose._line(node))
        place = _place(self.env, line)
        sentence = " ".join(node.astext().split())
        verdict = book.results.claims.get(name)
        if verdict is None:
            failed = [p.place for p in book.results.problems if p.code in ("W303", "W304")]
            if failed:
                reason = f"not tested, because {', '.join(sorted(set(failed)))} failed"
            else:
                reason = f"no notebook tests a claim {name or '(without #name)'}" + book.results.nearest(
                    name, book.results.claims
                )
            verdict = {"outcome": "untestable", "reason": reason, "figures": [], "breaks": []}
        outcome = verdict["outcome"]
        problem = None
        if outcome != "holds":
            word = "no longer holds" if outcome == "fails" else "cannot be tested"
            holds = f"; what holds: {verdict['instead']}" if verdict.get("instead") else ""
            found = f"“{sentence}” {word} ({name}: {verdict['reason']}{holds})"
            problem = Problem("W403" if outcome == "fails" else "W404", place, found, "Rewrite or drop the sentence.")
        _note(
            self.env,
            Record(
                "claim",
                name,
                line,
                sentence,
                tuple(verdict["figures"]),
                outcome,
                verdict["reason"],
                book.stamp("claim", name),
                problem,
            ),
        )
        node["wavebook_breaks"] = tuple(map(tuple, verdict["breaks"]))
        if problem and book.draft:
            node["classes"].append(f"claim-{outcome}")
            words = pages.WORDS[book.language]
            note = nodes.inline("", f" [{words[outcome]}]", classes=["draft-note"], wavebook="draft")
            node.parent.insert(node.parent.index(node) + 1, note)

    def check_changes(self) -> None:
        """A bare size of a change says nothing of its direction: the sentence must."""
        for node in self.document.findall(nodes.reference):
            if node.get("wavebook") != "change" or _within(node, nodes.entry):
                continue
            block = _block(node)
            key = node["wavebook_text"]
            told = any(
                n.get("wavebook") == "trend" and _TREND.fullmatch(n["wavebook_text"])["key"] == key
                for n in block.findall(nodes.inline)
            )
            if not told and not any("claim" in n["classes"] for n in block.findall(nodes.inline)):
                line = _find_line(self.env, f"{{change}}`{key}`", prose._line(node))
                found = f"{{change}}`{key}` stands without a {{trend}} of the same or a claim that says which way"
                action = "Use the trend role for the verb, or make the sentence a claim."
                problem = Problem("W407", _place(self.env, line), found, action)
                _note(self.env, Record("change", key, line, problem=problem))

    def check_typed(self, book: Book) -> None:
        """Note every number typed by hand, and every declared phrase that the page does not use."""
        fixed = _fixed(self.env)
        found, used = prose.typed_numbers(self.document, set(fixed), book.language)
        for item in found:
            line = _find_line(self.env, item.text, item.line)
            problem = Problem(
                "W408",
                _place(self.env, line),
                f"{item.text!r} is typed by hand",
                "Use a role such as {value}, or declare it under fixed in the page's front matter.",
            )
            _note(self.env, Record("typed", item.text, line, item.text, problem=problem))
        for phrase in set(fixed) - used:
            problem = Problem(
                "W409",
                _place(self.env, _find_line(self.env, phrase, 1)),
                f"{phrase!r} is declared as fixed and stands nowhere on the page",
                "Remove the declaration.",
            )
            _note(self.env, Record("fixed", phrase, 1, problem=problem))

    def remark_breaks(self, book: Book) -> None:
        """Mark the first comparison across each noted break, and say at the page's end what it means."""
        seen: dict[tuple[int, int], None] = {}
        for node in list(self.document.findall(nodes.Element)):
            for crossed in node.get("wavebook_breaks") or ():
                if crossed in seen or _within(node, nodes.title):
                    continue
                seen[crossed] = None
                mark = nodes.reference("", "*", refuri=f"#break-{crossed[0]}-{crossed[1]}", internal=True)
                mark["classes"] = ["break-mark"]
                mark["wavebook"] = "break"
                node.parent.insert(node.parent.index(node) + 1, mark)
        if seen:
            target = next(self.document.findall(nodes.section), self.document)
            target += [pages.break_remark(book.figures, *crossed) for crossed in seen]


def _within(node: nodes.Node, kind: type) -> bool:
    while node is not None:
        if isinstance(node, kind):
            return True
        node = node.parent
    return False


def _is_display(node: nodes.Node) -> bool:
    """Whether a number stands in a table or set large, where "40%" reads better than "40 procent"."""
    large = isinstance(node.parent, nodes.strong) and _within(node, nodes.list_item)
    return large or _within(node, nodes.entry)


def _block(node: nodes.Node) -> nodes.Element:
    while isinstance(node, (nodes.Inline, nodes.Text)):
        node = node.parent
    return node


def _fixed(env: BuildEnvironment) -> dict[str, str]:
    declared = env.metadata.get(env.docname, {}).get("fixed", {})
    if isinstance(declared, str):
        declared = json.loads(declared)
    return {str(k): str(v) for k, v in declared.items()}


# --- records, places, lifecycle ---------------------------------------------------------------------------

_BOOKS: dict[str, Book] = {}


def book_of(env: BuildEnvironment) -> Book:
    """The book that an environment was made for."""
    return _BOOKS[str(env.srcdir)]


def records(env: BuildEnvironment) -> dict[str, list[Record]]:
    """All records of the book, by page."""
    if not hasattr(env, "wavebook_records"):
        env.wavebook_records = {}
    return env.wavebook_records


def _note(env: BuildEnvironment, record: Record) -> None:
    records(env).setdefault(env.docname, []).append(record)


def _place(env: BuildEnvironment, line: int) -> str:
    return f"{source_of(env, env.docname)}, line {line}"


def source_of(env: BuildEnvironment, docname: str) -> str:
    """A page's file, from the book's folder."""
    path = Path(env.doc2path(docname))
    try:
        return path.relative_to(book_of(env).root).as_posix()
    except ValueError:
        return path.name


def _find_line(env: BuildEnvironment, needle: str, start: int | None) -> int:
    """The first line at or after ``start`` with ``needle``: MyST gives a paragraph's first line only."""
    start = max(start or 1, 1)
    lines = Path(env.doc2path(env.docname)).read_text(encoding="utf-8").split("\n")
    order = [*range(start - 1, len(lines)), *range(min(start - 1, len(lines)))]
    return next((i + 1 for i in order if needle in lines[i]), start)


def _load(app: Sphinx) -> None:
    """Check the data and run the stale notebooks before any page is read."""
    root = find_root(Path(app.srcdir))
    asked = {name: app.config[f"wavebook_{name}"] or None for name in EDITION}
    asked["population"] = asked["population"] or "total"
    try:
        found = figures.load(root, language=app.config.language or "nl", **asked)
    except ProblemsError as error:
        raise UntrueError(error.problems) from None
    code = files.digest([*files.library(), *files.look(root)])
    book = Book(root, found, bool(app.config.wavebook_draft), code=code)
    parameters = {name: getattr(found, name) for name in execute.PARAMETERS}
    book.results = execute.run_notebooks(root, parameters, pages=Path(app.srcdir, "notebooks"), tell=LOG.info)
    _BOOKS[str(app.srcdir)] = book


def _make_english(app: Sphinx, error: Exception | None) -> None:
    """Make the English pages in the folder en of the site, once the Dutch ones are done.

    Done here so that Jupyter Book's own command makes them too.
    """
    from wavebook import build

    book = book_of(app.env)
    if error is not None or book.language != "nl" or app.builder.name not in ("html", "dummy"):
        return
    if build.has_english(book.root):
        edition = {name: getattr(book.figures, name) for name in EDITION}
        out = Path(app.outdir, "en")
        work = Path(app.doctreedir).parent / "en"
        report = build.run_sphinx(
            book.root, work, app.builder.name, language="en", draft=book.draft, outdir=out, **edition
        )
        if report.problems and not book.draft:
            raise UntrueError(report.problems)
        book.english = report


def _alternates(book: Book, pagename: str) -> list[dict[str, str]]:
    """The same page in the other language, for the link in the header and for search engines."""
    other = {"nl": "en", "en": "nl"}[book.language]
    name = Path(f"{pagename}.md" if not pagename.startswith("notebooks/") else "index.md")
    pages_ = book.root / "book"
    if not (pages_ / "en" / name).is_file() or not (pages_ / name).is_file():
        return []
    up = "../" * pagename.count("/")
    href = f"{up}en/{pagename}.html" if other == "en" else f"{up}../{pagename}.html"
    return [{"lang": other, "label": {"en": "English", "nl": "Nederlands"}[other], "href": href}]


def _page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """What the theme's templates know of the edition."""
    book = book_of(app.env)
    context["theme_wave"] = str(book.figures.wave)
    context["theme_draft"] = str(book.draft).lower()
    context["alternates"] = _alternates(book, pagename)
    context["theme_made_up"] = str(_made_up(book)).lower()


def _made_up(book: Book) -> bool:
    """Whether the edition shows a wave that nobody measured: then every page says so."""
    return any(wave.made_up for year, wave in book.figures.definitions.waves.items() if year <= book.figures.wave)


def _outdated(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """The pages that show something which is no longer made from the same."""
    book = book_of(env)
    return [
        docname
        for docname, noted in records(env).items()
        if any(record.stamp and record.stamp != book.stamp(record.kind, record.text) for record in noted)
    ]


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    records(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    records(env).update({name: records(other)[name] for name in docnames if name in records(other)})


def problems(env: BuildEnvironment) -> list[Problem]:
    """Everything that keeps this book from being published."""
    book = book_of(env)
    found = list(book.results.problems)
    found += [r.problem for noted in records(env).values() for r in noted if r.problem]
    found += _unused(env, book)
    return sorted(set(found), key=lambda p: (re.sub(r"\d+", lambda m: m.group().zfill(6), p.place), p.code))


def _unused(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """What a notebook or data/ offers and no page uses."""
    uses = {(r.kind, r.text.partition(".")[0]) for noted in records(env).values() for r in noted}
    uses |= {("fact", text.removeprefix("fact:")) for kind, text in uses if kind == "word"}
    for kind, made, code in (("claim", book.results.claims, "W410"), ("chart", book.results.charts, "W411")):
        for name in made:
            if (kind, name) not in uses:
                found = f"{kind} {name} stands on no page"
                yield Problem(code, book.results.origin[name], found, f"Use it on a page, or remove the {kind}.")
    yield from _unreviewed(env, book)
    yield from _untwinned(env, book)
    d = book.figures.definitions
    for name in d.facts:
        if ("fact", name) not in uses:
            yield Problem("W205", f"data/context.toml, {name}", "no page uses this fact", "Use it, or remove it.")
    cited = (
        {t.key for ref in env.get_domain("cite").citation_refs for t in ref.targets} if "cite" in env.domains else set()
    )
    used = {f.source for f in d.facts.values()} | {w.source for w in d.waves.values()} | cited
    used |= {f.source for f in book.figures}
    for key in d.sources.keys() - used:
        if book.figures.wave == d.newest:  # an earlier edition leaves out what came later
            yield Problem("W205", f"data/references.bib, {key}", "nothing uses this source", "Cite it, or remove it.")


def _unreviewed(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Pages that nobody read with this wave's figures: tests see the marked statements, people see the rest."""
    wave = str(book.figures.wave)
    for docname in sorted(env.found_docs):
        reviewed = str(env.metadata.get(docname, {}).get("reviewed", "no wave"))
        if reviewed != wave and not docname.startswith("notebooks/"):
            action = f"Read the page with the figures of {wave}, then write reviewed: {wave} at its top."
            yield Problem("W413", source_of(env, docname), f"is reviewed for {reviewed}, not for {wave}", action)


def _untwinned(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """English pages whose Dutch twin changed since they were last compared, or that lack one."""
    if book.language == "nl":
        return
    for docname in sorted(env.found_docs):
        twin = book.root / "book" / f"{docname}.md"
        if docname.startswith("notebooks/") or not twin.is_file():
            continue
        now = files.digest_text(twin)
        if str(env.metadata.get(docname, {}).get("twin", "")) != now:
            action = f"Bring the page in line with it, then write twin: {now!r} at its top."
            found = f"its Dutch twin book/{docname}.md changed since the two were compared"
            yield Problem("W414", source_of(env, docname), found, action)


def _judge(app: Sphinx, env: BuildEnvironment) -> list[str] | None:
    """Stop before a page is written when something is not true; in a draft, warn.

    Raised before Sphinx keeps its environment, so the pages concerned are read again next time.
    """
    found = problems(env)
    if found and not book_of(env).draft:
        raise UntrueError(found)
    for problem in found:
        LOG.info(str(problem))
    return [name for name, data in env.metadata.items() if data.get("wavebook_claims") and _claims_changed(env)]


def _claims_changed(env: BuildEnvironment) -> bool:
    now = [
        (d, r.text, r.shown, r.outcome) for d, noted in sorted(records(env).items()) for r in noted if r.kind == "claim"
    ]
    changed = now != getattr(env, "wavebook_claims_before", None)
    env.wavebook_claims_before = now
    return changed


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Point live numbers at the data page and fill the list of claims, now that every page is known."""
    env = app.env
    data = next((name for name, m in sorted(env.metadata.items()) if m.get("wavebook_data")), None)
    for node in list(doctree.findall(nodes.reference)):
        if "wavebook_anchor" in node:
            if data is None:
                node.replace_self(nodes.inline("", node.astext(), classes=["figure-value"]))
            else:
                page = "" if data == docname else app.builder.get_relative_uri(docname, data)
                node["refuri"] = f"{page}#{node['wavebook_anchor']}"
    for node in list(doctree.findall(claim_list)):
        rows = [
            (app.builder.get_relative_uri(docname, name), env.titles[name].astext(), record)
            for name, noted in sorted(records(env).items())
            for record in noted
            if record.kind == "claim"
        ]
        node.replace_self(pages.claim_table(rows, book_of(env).figures))


def _write_files(app: Sphinx, error: Exception | None) -> None:
    """Put the downloads beside the pages, rewriting only what differs."""
    if error is None and app.builder.format == "html":
        book = book_of(app.env)
        noted = (record for _, of_page in sorted(records(app.env).items()) for record in of_page)
        captions = {r.text: r.shown for r in noted if r.kind == "chart" and not r.problem}
        charts = {name: (book.results.charts[name], captions[name]) for name in sorted(captions)}
        pages.write_downloads(Path(app.outdir), book.figures, charts)


def _mend_dutch_search(app: Sphinx) -> None:
    """Stem in Python as Sphinx's own script does in the browser.

    Sphinx before 8.2 ships the Porter stemmer for Dutch; snowballstemmer 3 renamed it, so words were indexed
    under stems that no reader's search could find.
    """
    import snowballstemmer
    from sphinx import version_info
    from sphinx.search.nl import SearchDutch

    if version_info >= (8, 2) or "dutch_porter" not in snowballstemmer.algorithms():
        return

    class Dutch(SearchDutch):
        def init(self, options: dict) -> None:
            super().init(options)
            self.stemmer = snowballstemmer.stemmer("dutch_porter")

    app.add_search_language(Dutch)


def _visit_chart(self, node: chart) -> None:
    caption = next(node.findall(nodes.caption)).astext()
    identity = node["ids"][0]
    self.body.append(self.starttag(node, "figure"))
    self.body.append(pages.chart_svg(node, identity, caption))


def _depart_chart(self, node: chart) -> None:
    self.body.append("</figure>\n")


def _visit_kit(self, node: chart_kit) -> None:
    depth = self.builder.current_docname.count("/")
    self.body.append("</figcaption>\n" + node["html"].replace("{root}", "../" * depth))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    for name in EDITION:
        app.add_config_value(f"wavebook_{name}", None, "env", types=(int, str, type(None)))
    app.add_config_value("wavebook_draft", False, "env", types=(bool,))
    for name in ROLES:
        app.add_role(name, LiveRole())
    app.add_directive("chart", ChartDirective)
    app.add_directive("claims", ClaimsDirective)
    for name in pages.TABLES:
        app.add_directive(name, TableDirective)
    app.add_enumerable_node(chart, "figure", html=(_visit_chart, _depart_chart))
    app.add_node(chart_kit, html=(_visit_kit, None))
    app.add_node(claim_list)
    app.add_transform(WeaveTransform)
    _mend_dutch_search(app)
    bibliography.register()
    if (THEME / "theme.toml").is_file():
        app.add_html_theme("wavebook", str(THEME))
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _judge)
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _page_context)
    app.connect("build-finished", _write_files)
    app.connect("build-finished", _make_english)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
