"""Numbers typed by hand in a page: every survey number must be live or declared.

Any digit counts. Years, names, laws and the like are not excused by guessing: a page declares them in its front
matter, each with the reason why it may be there, and an unused declaration is a fault too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from docutils import nodes

from wavebook.language.words import words_in
from wavebook.pages import mathematics, raw_html
from wavebook.pages.ancestors import above, around, is_in, line_of
from wavebook.pages.uses import Generated

# Text under these is not prose: it is generated, quoted code, or numbered by the builder.
_NOT_PROSE = (
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.comment,
    nodes.math,
    nodes.math_block,
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
_DIGITS = re.compile(r"[+−-]?\d(?:[\d.,]*\d)?\s?[%‰]?|[¼-¾⅐-⅞]")


@dataclass(frozen=True)
class Typed:
    """A number typed by hand: its text, and the line of the block that holds it."""

    text: str
    line: int


def typed_numbers(doctree: nodes.document, fixed: set[str], language: str) -> tuple[list[Typed], set[str]]:
    """The numbers typed by hand in a page, and the declared phrases that it uses.

    Digits count everywhere; numbers in words ("een zevende", "veertien procent") only outside claims,
    since a claim's words are tested by its predicate.
    """
    found, used = [], set()
    words = re.compile(words_in(language).patterns.number, re.IGNORECASE)
    for passage in _passages(doctree):
        content = passage.text
        for phrase in sorted(fixed, key=len, reverse=True):
            # whole words only: the declared "7" must not excuse the 7 of 17
            pattern = re.compile(rf"(?<![\w.,]){re.escape(phrase)}(?![\w%]|[.,]\d)")
            if pattern.search(content):
                used.add(phrase)
                content = pattern.sub(lambda m: " " * len(m.group()), content)
        hits = list(_DIGITS.finditer(content))
        hits += [hit for hit in words.finditer(content) if not passage.claimed(*hit.span())]
        hits.sort(key=re.Match.start)
        found += [Typed(hit.group().strip(), passage.line(hit.start())) for hit in hits]
    return found, used


@dataclass
class Passage:
    """The running text of one block, with a mark in place of anything that is not prose."""

    text: str = ""
    parts: list[tuple[int, nodes.Text]] = field(default_factory=list)

    def add(self, node: nodes.Text, prose: bool) -> None:
        """Append a node; line ends count as spaces, since an editor may break a line anywhere."""
        self.parts.append((len(self.text), node))
        self.text += re.sub(r"\s", " ", node.astext()) if prose else "\0"

    def line(self, place: int) -> int:
        """The line of the node that holds ``place``."""
        return line_of(max((part for part in self.parts if part[0] <= place), key=itemgetter(0))[1])

    def claimed(self, start: int, end: int) -> bool:
        """Tell whether all text from ``start`` to ``end`` lies in claims."""
        ends = [place for place, _ in self.parts[1:]] + [len(self.text)]
        return all(
            _inside_claim(node)
            for (place, node), stop in zip(self.parts, ends, strict=True)
            if place < end and start < stop
        )


def _passages(doctree: nodes.document) -> Iterator[Passage]:
    passages: dict[int, Passage] = {}
    seen: dict[int, bool] = {}  # cached by parent, as most texts share theirs with another
    for node in doctree.findall(nodes.Text):
        block = node.parent
        if id(block) not in seen:
            seen[id(block)] = _is_prose(node)
        prose = seen[id(block)]
        passages.setdefault(id(around(node)), Passage()).add(node, prose)
    yield from passages.values()
    for raw in doctree.findall(nodes.raw):
        if not is_in(raw, Generated) and (text := raw_html.text(raw.astext())).strip():
            typed = nodes.Text(text)
            typed.parent = raw
            passage = Passage()
            passage.add(typed, True)
            yield passage
    for image in doctree.findall(nodes.image):
        if image.get("alt"):
            alt = nodes.Text(image["alt"])
            alt.parent = image
            passage = Passage()
            passage.add(alt, _is_prose(alt))
            yield passage


def _is_prose(node: nodes.Node) -> bool:
    if isinstance(node.parent, nodes.math) and mathematics.is_number(node.astext()):
        return True  # a figure in the dress of a formula
    return not any(
        isinstance(holder, _NOT_PROSE) or holder.get("refdomain") == "cite" or "bibliography" in type(holder).__name__
        for holder in above(node)
    )


def _inside_claim(node: nodes.Node) -> bool:
    return any({"claim", "else"} & set(holder["classes"]) for holder in above(node))
