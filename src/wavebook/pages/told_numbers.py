"""Numbers in words within a statement: its test must be about them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from wavebook.language.spoken import is_one_of
from wavebook.pages.ancestors import is_in
from wavebook.pages.prose import in_words
from wavebook.pages.records import Book
from wavebook.pages.uses import Generated


def untested(book: Book, verdict: dict[str, Any], node: nodes.Element) -> Iterator[tuple[str, str, str]]:
    """Faults (code, what, action) of a statement that says a number in words which its test is not about.

    A test that a figure rises does not show that it is two thirds.
    """
    sizes = [*verdict.get("sizes", ()), *_of_facts(book, verdict["facts"])]
    typed = "".join("\0" if is_in(text, Generated) else text.astext() for text in node.findall(nodes.Text))
    for found in in_words(book.language).finditer(" ".join(typed.split())):
        if not is_one_of(found[0], sizes, book.language):
            said = " ".join(node.astext().split())
            told = f"“{said}” says “{found[0]}”, and its test ({verdict['predicate']}) is not about that number"
            action = "Test it too, by claims.about, claims.above or the like, or use a live number."
            yield "W534", told, action


def _of_facts(book: Book, names: list[str]) -> Iterator[float]:
    facts = book.figures.definitions.facts
    for fact in (facts[name] for name in names if name in facts):
        yield float(fact.value)
        yield from [100 * fact.value / fact.of] if fact.of else []
