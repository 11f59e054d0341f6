"""Numbers in words within a statement: its test must be about them too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from docutils import nodes

from wavebook.core.units import Language
from wavebook.language.spoken import is_near, is_one_of, multiples
from wavebook.language.words import words_in
from wavebook.pages.ancestors import is_in
from wavebook.pages.checks.prose import in_words
from wavebook.pages.checks.told_comparisons import HALF
from wavebook.pages.records import Book
from wavebook.pages.uses import Generated

Told = tuple[str, str, str]  # what a text says, what its test does about it, and what to do
_NEARLY_ALL = 75.0  # per cent: what nearly everyone is more than, at least
_NEARLY_NONE = 25.0


def untested(book: Book, verdict: dict[str, Any], node: nodes.Element, sentence: str) -> Iterator[tuple[str, str, str]]:
    """Faults (code, what, action) of a statement that says a number in words which its test is not about.

    A test that a figure rises does not show that it is two thirds, nor does one that it is above two thirds.
    """
    sizes = [*verdict.get("sizes", ()), *_of_facts(book, verdict["facts"])]
    typed = "".join("\0" if is_in(text, Generated) else text.astext() for text in node.findall(nodes.Text))
    text, said = " ".join(typed.split()), " ".join(node.astext().split())
    found = [
        *_halves(book.language, text, sizes, set(verdict["ways"])),
        *_nearly(book.language, text, sizes),
        *_multiplied(book.language, text, sizes),
        *_numbers(book.language, text, sizes, bare=_is_bare_limit(book.language, verdict, sentence)),
    ]
    for phrase, lacks, action in found:
        yield "W534", f"“{said}” says “{phrase}”, and its test ({verdict['predicate']}) {lacks}", action


def _halves(language: Language, text: str, sizes: Sequence[float], ways: Collection[str]) -> Iterator[Told]:
    """More or less than half, where a text has no number for it: een ruime meerderheid, a minority.

    More than sixty per cent are a majority.
    """
    if any(abs(size - HALF) < 1 for size in sizes):
        return
    implied = {0, 2} if ways == {"over"} and max(sizes, default=0) >= HALF else set()
    implied |= {1, 3} if ways == {"under"} and min(sizes, default=100) <= HALF else set()
    rows = words_in(language).turns["half"]
    for phrase in sorted({one for row in rows for place, one in enumerate(row) if one and place not in implied}):
        article, _, noun = phrase.partition(" ")
        if noun and " " not in noun and not in_words(language).search(phrase):
            action = "Test it by claims.majority, or by claims.below and 50: the largest may be less than half."
            found = re.finditer(rf"(?<![\w-]){article} (?:[\w-]+ )?{noun}(?!\w)", text, re.IGNORECASE)
            yield from ((match[0], "is not about a half", action) for match in found)


def _nearly(language: Language, text: str, sizes: Sequence[float]) -> Iterator[Told]:
    """Nearly everyone, or hardly anybody."""
    patterns = words_in(language).patterns
    for pattern, is_meant in ((patterns.nearly_all, _NEARLY_ALL.__le__), (patterns.nearly_none, _NEARLY_NONE.__ge__)):
        found = re.search(pattern, text, re.IGNORECASE)
        if found and not any(map(is_meant, sizes)):
            yield found[0], "is not about such a share", "Test it, by claims.above or claims.below."


def _multiplied(language: Language, text: str, sizes: Sequence[float]) -> Iterator[Told]:
    """Doubled, halved, tripled."""
    for word, times in multiples(text, language):
        if not is_near(times, sizes):
            action = f"Test it too, by claims.more of two figures with times={times}."
            yield word, f"is not about {times} times as much", action


def _numbers(language: Language, text: str, sizes: Sequence[float], *, bare: bool) -> Iterator[Told]:
    """Two thirds, seventy per cent; what is ``bare`` at the start is said of a limit as if it were the figure."""
    for found in in_words(language).finditer(text):
        if not found.start() and bare:
            action = "Say on which side of it the figure is (more than, at most), or test it by claims.about."
            yield found[0], "shows a limit, and not that number", action
        elif not is_one_of(found[0], sizes, language):
            action = "Test it too, by claims.about, claims.above or the like, or use a live number."
            yield found[0], "is not about that number", action


def _is_bare_limit(language: Language, verdict: dict[str, Any], sentence: str) -> bool:
    """Tell whether a test knows a number as a limit alone, and a sentence has no word for more or less."""
    ways = set(verdict["ways"])
    if not verdict.get("sizes") or ways not in ({"over"}, {"under"}, {"more"}):
        return False
    turns = words_in(language).turns
    listed = {word for kind in ("bound", "compared", "half") for row in turns[kind] for word in row if word}
    return not re.search(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?!\w)", sentence, re.IGNORECASE)


def _of_facts(book: Book, names: list[str]) -> Iterator[float]:
    facts = book.figures.definitions.facts
    for fact in (facts[name] for name in names if name in facts):
        yield float(fact.value)
        yield from [100 * fact.value / fact.of] if fact.of else []
