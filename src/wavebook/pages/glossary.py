"""The glossary: its terms, the senses in which they hold, and their marks in running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes
from sphinx.addnodes import start_of_file

from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.figures import Key
from wavebook.pages.ancestors import above
from wavebook.pages.blocks import Sentence, read_block
from wavebook.pages.panels import panel_link
from wavebook.pages.uses import Used

PLAIN = "plain"  # the class of words that are no terms where they stand
_APART = {"findings", "remark", "proofs"}  # classes of what is no running text


@dataclass(frozen=True)
class Sense:
    """The places where a term has the meaning of the glossary: all that are declared must hold.

    ``figures`` are indicators, or answers to them: the sentence is about one of these, or it shows none and its
    paragraph does. ``pages`` are the only pages; of the words ``beside`` one stands in its sentence, of ``not_beside``
    none.
    """

    figures: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term: its meaning, all its forms, its sense if it has but one of several, and its address in the glossary."""

    meaning: str
    forms: tuple[str, ...]
    sense: Sense | None = None
    anchor: str = ""


# --- reading it -------------------------------------------------------------------------------------------


def read_glossary(
    document: nodes.document, forms: Mapping[str, str], place: str, senses: Mapping[str, Sense] | None = None
) -> tuple[dict[str, Term], list[Problem]]:
    """The terms of the first table on a page by name, and what is wrong; its rows get addresses.

    ``forms`` are other forms of the terms, separated by commas: {"keten": "ketens"}. The first brackets after a name
    belong to it only where another row has the same name: these are two senses.
    """
    senses = senses or {}
    terms: dict[str, Term] = {}
    rows: list[tuple[nodes.row, str, str]] = []
    for row in next(document.findall(nodes.tbody), nodes.tbody()).findall(nodes.row):
        first, second, *_ = (" ".join(entry.astext().split()) for entry in row.findall(nodes.entry))
        rows.append((row, first, second))
    times = Counter(first.partition(" (")[0] for _, first, _ in rows)
    for row, first, meaning in rows:
        plain = first.partition(" (")[0]
        name = first[: first.find(")") + 1] or first if times[plain] > 1 else plain
        anchor = f"term-{nodes.make_id(name)}"
        row["ids"].append(anchor)
        others = [form.strip() for form in str(forms.get(name, forms.get(plain, ""))).split(",")]
        terms[name] = Term(meaning, tuple(filter(None, [plain, *others])), senses.get(name), anchor)
    action = "Correct the name under forms: at the top of the page, or add the term to the table."
    known = terms.keys() | times.keys()
    unknown = (f"{name!r} has forms and is not a term in the table" for name in sorted(forms.keys() - known))
    found = [Problem("W415", place, found, action) for found in unknown]
    action = "Write the name as it stands in the table: of two with one name, with its brackets."
    unknown = (f"{name!r} has a sense and is not a term in the table" for name in sorted(senses.keys() - terms.keys()))
    found += [Problem("W442", place, said, action) for said in unknown]
    return terms, [*found, *_unclear(terms, place)]


def _unclear(terms: Mapping[str, Term], place: str) -> Iterator[Problem]:
    """Two terms with a form in common, of which one says nowhere when it holds."""
    of_form: dict[str, list[str]] = {}
    for name, term in terms.items():
        for form in dict.fromkeys(form.lower() for form in term.forms):
            of_form.setdefault(form, []).append(name)
    shared = {tuple(names): form for form, names in reversed(of_form.items()) if len(names) > 1}
    for names, form in reversed(shared.items()):
        if any(terms[name].sense is None for name in names):
            found = f"{form!r} is a form of {' and '.join(map(repr, names))}, and not all of them say when they hold"
            yield Problem("W443", place, found, "Say so under senses: at the top of the page, for each of them.")


def read_senses(
    declared: Any, d: Definitions, pages: Iterable[str], place: str
) -> tuple[dict[str, Sense], list[Problem]]:
    """The senses that the top of the glossary declares, by term, and what is wrong with them.

    ``{"toets": {"not beside": "WCAG"}, "bank (om op te zitten)": {"figures": "seats"}}``
    """
    found: dict[str, Sense] = {}
    wrong: list[str] = []
    options = {"figures": "figures", "pages": "pages", "beside": "beside", "not beside": "not_beside"}
    answers = {f"{name}.{answer}" for name, item in d.indicators.items() for answer in item.categories}
    known = {"figures": d.indicators.keys() | answers, "pages": set(pages)}
    for name, given in declared.items() if isinstance(declared, Mapping) else ():
        sense = Sense()
        for option, text in given.items() if isinstance(given, Mapping) else [(given, "")]:
            parts = tuple(filter(None, (part.strip() for part in str(text).split(","))))
            if option in options and parts:
                sense = replace(sense, **{options[option]: parts})
            else:
                wrong.append(f"{name!r} has a sense {option!r}, not {' or '.join(options)} with words after it")
            for part in parts:
                if option in known and part not in known[option]:
                    wrong.append(f"{name!r} has a sense of {part!r}, which is not among the {option} of the book")
        found[str(name)] = sense
    action = "Write figures: with indicators, pages: with page names, beside: or not beside: with words."
    return found, [Problem("W442", place, said, action) for said in wrong]


# --- marking its terms ------------------------------------------------------------------------------------


def mark_terms(
    doctree: nodes.document, terms: Mapping[str, Term], address: str, language: Language, docname: str = ""
) -> Iterator[str]:
    """Make each term a link where a page first uses it in running text, in its sense; yields the names of those found.

    A word in another sense than the glossary's is left alone: ``[satisfied]{.plain}``.
    """
    by_form: dict[str, list[str]] = {}
    for name, term in terms.items():
        for form in dict.fromkeys(form.lower() for form in term.forms):
            by_form.setdefault(form, []).append(name)
    if not by_form:
        return
    longest_first = "|".join(re.escape(form) for form in sorted(by_form, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])", re.IGNORECASE)
    left = set(terms)
    for paragraph in [p for p in doctree.findall(nodes.paragraph) if _is_running(p)]:
        context: _Context | None = None
        for text in list(paragraph.findall(nodes.Text)):
            around = text.parent
            if isinstance(around, (nodes.reference, nodes.literal, nodes.emphasis, nodes.citation)):
                continue
            if PLAIN in around.get("classes", ()):
                continue
            parts, done = [], 0
            for match in pattern.finditer(text):
                names = [name for name in by_form[match[0].lower()] if name in left]
                if names and any(terms[name].sense for name in by_form[match[0].lower()]):
                    page = next((h["docname"] for h in above(paragraph) if isinstance(h, start_of_file)), docname)
                    context = context or _Context(paragraph, language, page)
                    rivals = [terms[name] for name in by_form[match[0].lower()]]
                    names = [n for n in names if context.holds(terms[n], rivals, text, match.start())]
                if len(names) == 1:
                    left.remove(names[0])
                    yield names[0]
                    link = _term_link(terms[names[0]], match[0], address)
                    parts += [nodes.Text(text[done : match.start()]), link]
                    done = match.end()
            if parts:
                text.parent.replace(text, [*parts, nodes.Text(text[done:])])


class _Context:
    """What the sentences of a paragraph are about, as it was before any term in it was marked."""

    def __init__(self, paragraph: nodes.paragraph, language: Language, docname: str) -> None:
        pieces, self.sentences, _ = read_block(paragraph, language)
        self.starts = {id(piece.node): piece.span[0] for piece in pieces}
        self.whole = {subject for sentence in self.sentences for subject in _subjects(sentence)}
        self.docname = docname

    def holds(self, term: Term, rivals: Iterable[Term], text: nodes.Text, place: int) -> bool:
        """Tell whether a term has its sense at this place of a text; ``rivals`` are all terms with that form."""
        sense, sentence = term.sense or Sense(), self._sentence(text, place)
        if sense.pages and self.docname not in sense.pages:
            return False
        told = sentence.text if sentence else text.astext()
        if (sense.beside and not _has(told, sense.beside)) or _has(told, sense.not_beside):
            return False
        if not sense.figures:
            return True
        subjects = set(_subjects(sentence)) if sentence else set()
        if subjects:
            return bool(subjects & set(sense.figures))
        others = {key for rival in rivals if rival is not term and rival.sense for key in rival.sense.figures}
        return bool(self.whole & set(sense.figures)) and not self.whole & others

    def _sentence(self, text: nodes.Text, place: int) -> Sentence | None:
        holders = (node for node in (text, *above(text)) if id(node) in self.starts)
        start = next((self.starts[id(node)] + (place if node is text else 0) for node in holders), None)
        if start is None:
            return None
        return next((s for s in self.sentences if s.span[0] <= start < s.span[1]), None)


def _subjects(sentence: Sentence) -> Iterator[str]:
    """The indicators, and answers to them, of the figures that a sentence shows or rests on."""
    for node in sentence.marked:
        for key in map(Key.read, node.use.keys if isinstance(node, Used) else ()):
            yield key.indicator
            if key.category:
                yield f"{key.indicator}.{key.category}"


def _has(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


def _is_running(paragraph: nodes.paragraph) -> bool:
    """Tell whether a paragraph is running text: not in a table, caption, remark or list of sources, nor set large."""
    apart = (nodes.entry, nodes.caption, nodes.legend, nodes.citation, nodes.block_quote, nodes.footnote)
    return not any(isinstance(holder, apart) or _APART & set(holder["classes"]) for holder in above(paragraph))


def _term_link(term: Term, shown: str, address: str) -> panel_link:
    place = f"{address}#{term.anchor}"
    return panel_link("", shown, classes=["term"], refuri=place, panel=f"panel-{term.anchor}", internal=True)
