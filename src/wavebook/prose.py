"""Find numbers that were typed by hand in a page: every survey number must be live or declared.

Any digit counts. Years, names, laws and the like are not guessed away: a page declares them in its front
matter, each with why it may stand there, and a declaration that nothing uses is a fault too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

# Text under these is not prose: generated, quoted code, or numbered by the builder.
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
)
_DIGITS = re.compile(r"[+−-]?\d(?:[\d.,]*\d)?\s?%?")
_COUNT = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    r"zeventien|achttien|negentien|(?:\w+ën|\w+en)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|"
    r"negentig)|honderd)"
)
_PART = r"(?:derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende)"
_WORDS = {
    "nl": re.compile(
        rf"\b(?:{_COUNT} (?:komma {_COUNT} )?procent(?:punt(?:en)?)?|{_COUNT} komma {_COUNT}|"
        rf"{_COUNT} op (?:de|elke) {_COUNT}|{_COUNT} {_PART}|de helft|een kwart|driekwart|twee ?derde)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:\w+ per ?cent|\w+ percentage points?|\w+ point \w+|half of|"
        r"\w+ (?:in|out of) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten)|"
        r"an? (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth))\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Typed:
    """A number typed by hand: its text, and the line of the block it stands in."""

    text: str
    line: int


def typed_numbers(doctree: nodes.document, fixed: set[str], language: str) -> tuple[list[Typed], set[str]]:
    """The numbers typed by hand in a page, and which of the declared phrases it used.

    Digits count everywhere; numbers in words ("een zevende", "veertien procent") only outside claims,
    since a claim's words are tested by its predicate.
    """
    found, used = [], set()
    for text in _prose(doctree):
        content = text.astext()
        for phrase in sorted(fixed, key=len, reverse=True):
            # whole words only: the declared "7" must not excuse the 7 of 17
            pattern = re.compile(rf"(?<![\w.,]){re.escape(phrase)}(?![\w%]|[.,]\d)")
            if pattern.search(content):
                used.add(phrase)
                content = pattern.sub(lambda m: " " * len(m.group()), content)
        hits = list(_DIGITS.finditer(content))
        if not _inside_claim(text):
            hits += _WORDS[language].finditer(content)
        line = _line(text)
        found += [Typed(match.group().strip(), line) for match in hits]
    return found, used


def _prose(doctree: nodes.document) -> Iterator[nodes.Text]:
    for text in doctree.findall(nodes.Text):
        node = text.parent
        while node is not None:
            quoted = isinstance(node, _NOT_PROSE) or node.get("refdomain") == "cite"
            if quoted or node.get("wavebook") or "bibliography" in type(node).__name__:
                break
            node = node.parent
        else:
            yield text
    for image in doctree.findall(nodes.image):
        if image.get("alt"):
            alt = nodes.Text(image["alt"])
            alt.parent = image
            yield alt


def _inside_claim(node: nodes.Node) -> bool:
    while node.parent is not None:
        node = node.parent
        if "claim" in node.get("classes", ()):
            return True
    return False


def _line(node: nodes.Node) -> int:
    while node is not None:
        if getattr(node, "line", None):
            return node.line
        node = node.parent
    return 1
