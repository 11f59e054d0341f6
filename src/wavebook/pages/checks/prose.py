"""Numbers typed by hand in a page: every survey number must be live or declared.

Any digit counts, wherever readers meet it: in text, code, formulas, HTML, and in what a picture, a link or an
abbreviation says. Years, names, laws and the like are not excused by guessing: a page declares them in its front
matter, each with the reason why it may be there, and an unused declaration is a fault too. Two things are no numbers:
a name in code that has digits in it (``grade@2014``), and a whole number within a formula of which it is a part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from docutils import nodes
from sphinx import addnodes

from wavebook.language.words import words_in
from wavebook.pages import mathematics
from wavebook.pages.ancestors import above, around, is_cited, is_in, line_of
from wavebook.pages.checks import raw_html
from wavebook.pages.uses import Generated

# Text under these is not prose: it is generated, or numbered by the builder.
_NOT_PROSE = (
    nodes.raw,
    nodes.comment,
    nodes.citation,
    nodes.citation_reference,
    nodes.footnote_reference,
    nodes.label,
    nodes.system_message,
    nodes.problematic,
    nodes.substitution_definition,
    nodes.docinfo,
    Generated,
)
_CODE = (nodes.literal, nodes.literal_block)
_FORMULA = (nodes.math, nodes.math_block)
# What an element says besides its text, to those who hear it or point at it.
SAYING = (nodes.image, nodes.abbreviation, nodes.reference, nodes.meta)
SAID = ("alt", "explanation", "reftitle", "title", "content")
_DIGITS = re.compile(r"[+−-]?\d(?:[\d.,٫٬]*\d)?\s?[%‰]?|(?<![\w])[⁰¹²³⁴-⁹₀-₉]+")
_SIGNS = re.compile(r"[^\0-\x7f⁰¹²³⁴-⁹₀-₉]")
_NAME = re.compile(r"[^\s\0]*[^\W\d][^\s\0]*")  # in code


@dataclass(frozen=True)
class Typed:
    """A number typed by hand: its text, the node that holds it, and how many lines that block has before it."""

    text: str
    node: nodes.Node
    broken: int = 0

    @property
    def line(self) -> int:
        """The line of its block and those before it there."""
        return line_of(self.node) + self.broken


def typed_numbers(doctree: nodes.document, fixed: set[str], language: str) -> tuple[list[Typed], set[str]]:
    """The numbers typed by hand in a page, and the declared phrases that it uses.

    Digits count everywhere; numbers in words ("een zevende", "veertien procent") only outside claims,
    since a claim's words are tested by its predicate.
    """
    found, used = [], set()
    words = in_words(language)
    for passage in passages(doctree):
        content = re.sub(r"\s", " ", passage.text)  # an editor may break a line anywhere
        for phrase in sorted(fixed, key=len, reverse=True):
            # whole words only: the declared "7" must not excuse the 7 of 17
            pattern = re.compile(rf"(?<![\w.,]){re.escape(phrase)}(?![\w%]|[.,]\d)")
            if pattern.search(content):
                used.add(phrase)
                content = pattern.sub(lambda m: " " * len(m.group()), content)
        content = passage.without_names(content)
        hits = [*_DIGITS.finditer(content), *(c for c in _SIGNS.finditer(content) if _is_number(c[0]))]
        hits += [hit for hit in words.finditer(content) if not passage.claimed(*hit.span())]
        hits.sort(key=re.Match.start)
        found += [Typed(hit.group().strip(), passage.node(hit.start()), passage.broken(hit.start())) for hit in hits]
    return found, used


@cache
def in_words(language: str) -> re.Pattern[str]:
    """What finds a number in words, whatever spaces are in it."""
    return re.compile(words_in(language).patterns.number.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


def figure_in(text: str, language: str) -> str:
    """What is a figure beyond doubt, in a text in which other numbers belong: a share, or one with a decimal comma.

    >>> figure_in("Bijlage 2: WCAG 2.1", "nl"), figure_in("Gemiddeld een 6,4", "nl"), figure_in("1.2 Over 40 %", "en")
    ('', '6,4', '40 %')
    """
    decimals = r"|(?<![\w.,])\d+,\d{1,2}(?![\w,])" if words_in(language).notation.decimal == "," else ""
    found = re.search(rf"\d[\d.,]*\s?[%‰]{decimals}", text) or in_words(language).search(text)
    return found[0] if found else ""


def _is_number(sign: str) -> bool:
    return sign == "🔟" or unicodedata.category(sign) in ("No", "Nl")


@dataclass
class Passage:
    """The running text of one block, with a mark in place of anything that is not prose."""

    text: str = ""
    parts: list[tuple[int, nodes.Text]] = field(default_factory=list)

    def add(self, node: nodes.Text, text: str) -> None:
        """Append a node with the text that readers see of it, as far as it is prose."""
        self.parts.append((len(self.text), node))
        self.text += text

    def node(self, place: int) -> nodes.Text:
        """The node that holds ``place``."""
        return max((part for part in self.parts if part[0] <= place), key=itemgetter(0))[1]

    def broken(self, place: int) -> int:
        """How often the text breaks to another line before ``place``."""
        return self.text.count("\n", 0, place)

    def spans(self) -> Iterator[tuple[int, int, nodes.Text]]:
        """Each node with where its text begins and ends."""
        ends = [place for place, _ in self.parts[1:]] + [len(self.text)]
        yield from ((place, stop, node) for (place, node), stop in zip(self.parts, ends, strict=True))

    def without_names(self, content: str) -> str:
        """The text, or what is left of it, with blanks for the names in code."""
        coded = "".join(("c" if _is_code(node) else " ") * (stop - start) for start, stop, node in self.spans())
        for start, stop in (match.span() for match in re.finditer("c+", coded)):
            code = _NAME.sub(lambda m: " " * len(m.group()), content[start:stop])
            content = f"{content[:start]}{code}{content[stop:]}"
        return content

    def claimed(self, start: int, end: int) -> bool:
        """Tell whether all text from ``start`` to ``end`` lies in claims."""
        return all(_inside_claim(node) for place, stop, node in self.spans() if place < end and start < stop)


def passages(doctree: nodes.document) -> Iterator[Passage]:
    """All that a page says, block by block; and then, each by itself, what only some readers are told."""
    found: dict[int, Passage] = {}
    seen: dict[int, bool] = {}  # cached by parent, as most texts share theirs with another
    others: list[tuple[nodes.Element, str]] = []
    counted: set[int] = set()  # where lists end, which another may go on with
    for node in doctree.findall():
        if isinstance(node, nodes.Text):
            block = node.parent
            if id(block) not in seen:
                seen[id(block)] = _is_prose(node)
            text = _shown(node) if seen[id(block)] else _instead(node)
            found.setdefault(id(around(node)), Passage()).add(node, text)
        elif isinstance(node, nodes.raw):
            if not is_in(node, Generated) and (text := raw_html.said(node.astext())).strip():
                others.append((node, text))
        elif isinstance(node, nodes.enumerated_list):
            first, last = node.get("start", 1), node.get("start", 1) + len(node) - 1
            others += [(node, str(first))] if first > 1 and first - 1 not in counted else []
            counted.add(last)
        elif isinstance(node, SAYING):
            others += [(node, node[name]) for name in SAID if node.get(name)]
    yield from found.values()
    for node, text in others:
        said = nodes.Text(text)
        said.parent = node
        if isinstance(node, nodes.raw) or _is_prose(said):
            passage = Passage()
            passage.add(said, text)
            yield passage


def _instead(node: nodes.Text) -> str:
    """A mark in place of what is no prose; nothing for an element of HTML within a line, which parts no words."""
    told = node.astext() if "html" in node.parent.get("format", "html") else ""
    is_element = isinstance(node.parent, nodes.raw) and not raw_html.said(told).strip()
    return ("" if is_element and "<br" not in told else " " if is_element else "\0") + "\n" * told.count("\n")


def _shown(node: nodes.Text) -> str:
    """The text of a node; of a formula, what is a number."""
    return mathematics.numbers(node.astext()) if isinstance(node.parent, _FORMULA) else node.astext()


def _is_code(node: nodes.Node) -> bool:
    return is_in(node, *_CODE) and not is_in(node, addnodes.download_reference)


def _is_prose(node: nodes.Node) -> bool:
    return not is_cited(node) and not any(
        isinstance(holder, _NOT_PROSE) or "bibliography" in type(holder).__name__ for holder in above(node)
    )


def _inside_claim(node: nodes.Node) -> bool:
    return any({"claim", "else"} & set(holder["classes"]) for holder in above(node))
