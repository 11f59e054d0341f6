"""Numbers in words within a statement: its test must be about them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_NEARLY_ALL = 75.0  # per cent: what nearly everyone is more than, at least
_NEARLY_NONE = 25.0


def untested(book: Book, verdict: dict[str, Any], node: nodes.Element, sentence: str) -> Iterator[tuple[str, str, str]]:
    """Faults (code, what, action) of a statement that says a number in words which its test is not about.

    A test that a figure rises does not show that it is two thirds, nor does one that it is above two thirds.
    """
    sizes = [*verdict.get("sizes", ()), *_of_facts(book, verdict["facts"])]
    typed = "".join("\0" if is_in(text, Generated) else text.astext() for text in node.findall(nodes.Text))
    said = " ".join(node.astext().split())
    if not any(abs(size - HALF) < 1 for size in sizes):
        for phrase in _majorities(book.language, " ".join(typed.split())):
            told = f"“{said}” says “{phrase}”, and its test ({verdict['predicate']}) is not about a half"
            yield (
                "W534",
                told,
                "Test it by claims.majority, or by claims.below and 50: the largest may be less than half.",
            )
    patterns = words_in(book.language).patterns
    for pattern, is_meant in ((patterns.nearly_all, _NEARLY_ALL.__le__), (patterns.nearly_none, _NEARLY_NONE.__ge__)):
        found = re.search(pattern, typed, re.IGNORECASE)
        if found and not any(map(is_meant, sizes)):
            told = f"“{said}” says “{found[0]}”, and its test ({verdict['predicate']}) is not about such a share"
            yield "W534", told, "Test it, by claims.above or claims.below."
    for word, times in multiples(" ".join(typed.split()), book.language):
        if not is_near(times, sizes):
            told = f"“{said}” says “{word}”, and its test ({verdict['predicate']}) is not about {times} times as much"
            yield "W534", told, f"Test it too, by claims.more of two figures with times={times}."
    for found in in_words(book.language).finditer(" ".join(typed.split())):
        if not found.start() and _is_bare_limit(book.language, verdict, sentence):
            told = (
                f"“{said}” says “{found[0]}”, and its test ({verdict['predicate']}) shows a limit, and not that number"
            )
            yield (
                "W534",
                told,
                "Say on which side of it the figure is (more than, at most), or test it by claims.about.",
            )
        elif not is_one_of(found[0], sizes, book.language):
            told = f"“{said}” says “{found[0]}”, and its test ({verdict['predicate']}) is not about that number"
            action = "Test it too, by claims.about, claims.above or the like, or use a live number."
            yield "W534", told, action


def _majorities(language: Language, text: str) -> Iterator[str]:
    """What a text says of more or less than half, where it has no number for it: een ruime meerderheid, a minority."""
    half = {phrase for row in words_in(language).turns["half"] for phrase in row if phrase}
    for phrase in sorted(half):
        article, _, noun = phrase.partition(" ")
        if noun and " " not in noun and not in_words(language).search(phrase):
            found = re.finditer(rf"(?<![\w-]){article} (?:[\w-]+ )?{noun}(?!\w)", text, re.IGNORECASE)
            yield from (match[0] for match in found)


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
