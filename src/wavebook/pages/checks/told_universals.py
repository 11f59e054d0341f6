"""Words for all waves or all groups within a statement: its test must have looked at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes

from wavebook.figures import Figures, Key
from wavebook.language.words import words_in
from wavebook.pages.ancestors import is_in
from wavebook.pages.checks.told_directions import denies
from wavebook.pages.records import Book
from wavebook.pages.uses import Generated

_ENDING = 2  # letters that the name of a breakdown may have more in its other forms
_SEVERAL = 3  # waves that an editor may have joined by hand


def unproven(book: Book, verdict: dict[str, Any], node: nodes.Element, sentence: str) -> Iterator[tuple[str, str, str]]:
    """Faults (code, what, action) of a statement that says more than its test shows: of all waves, or of all groups.

    A rise between two waves is no rise each year, nor is the last wave then the highest of all; and what is true of
    everyone together need not be true in each group. A test of three waves or of two groups is taken to be meant so,
    and a sentence that denies anything (*but not each year*) is left alone.
    """
    keys = [Key.read(key) for key in verdict["figures"]]
    if not keys:
        return
    said = " ".join(node.astext().split())
    typed = " ".join("".join("\0" if is_in(t, Generated) else t.astext() for t in node.findall(nodes.Text)).split())
    patterns = words_in(book.language).patterns
    told = re.search(patterns.every_wave, typed, re.IGNORECASE)
    if (
        told
        and not _is_of_all_waves(book.figures, verdict, keys)
        and not denies(_without(told, sentence), book.language)
    ):
        seen = ", ".join(dict.fromkeys(key.wave for key in keys))
        what = f"“{said}” says “{told[0]}”, and its test ({verdict['predicate']}) looks at no other wave than {seen}"
        yield "W539", what, "Test all waves, by claims.always_rises, always_falls, always_more, peaks or bottoms."
    for found in re.finditer(patterns.each, typed, re.IGNORECASE):
        name = _breakdown(book, found["of"], patterns.group)
        if name is None or {"most", "least"} & set(verdict["ways"]):
            continue
        if len(_groups(keys, name)) < 2 and not denies(_without(found, sentence), book.language):
            what = f"“{said}” says “{found[0]}”, and its test ({verdict['predicate']}) looks at no two groups"
            yield "W539", what, "Test each group, by claims.in_each."


def _without(found: re.Match, sentence: str) -> str:
    return sentence.replace(found[0], "")


def _is_of_all_waves(figures: Figures, verdict: dict[str, Any], keys: list[Key]) -> bool:
    """Tell whether a test looked at all waves in which its question was asked, or at several."""
    if "*" in verdict["waves"]:
        return True
    seen = {key.wave for key in keys}
    asked = {wave for key in keys for wave in figures.definitions.asked(key.indicator, figures.wave)}
    return len(seen) >= min(_SEVERAL, len(asked))


def _breakdown(book: Book, noun: str, group: str) -> str | None:
    """The breakdown that a noun is the name of, empty for a word for any group; None if it is neither."""
    if re.match(rf"(?:{group})", noun, re.IGNORECASE):
        return ""
    for name, declared in book.figures.definitions.segments.items():
        label = declared[book.language].casefold().split()[0]
        if noun.casefold().startswith(label[: max(len(label) - 1, 4)]) and len(noun) <= len(label) + _ENDING:
            return name
    return None


def _groups(keys: list[Key], breakdown: str) -> set[tuple[str, str]]:
    """The groups of a breakdown, or of any, among figures."""
    return {part for key in keys for part in key.parts if breakdown in ("", part[0])}
