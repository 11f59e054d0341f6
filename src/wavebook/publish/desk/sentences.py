"""Sentences of pages by their place, and what another wording of one makes of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wavebook.core import hints, text
from wavebook.core.languages import declared, of_page
from wavebook.core.problems import Problem, fail
from wavebook.core.splice import Spliced
from wavebook.core.units import Language
from wavebook.core.unseen import REWRITE, unseen
from wavebook.pages.typed import Passage, blocks, passages
from wavebook.publish import marks
from wavebook.publish.desk import edits

_PLACE = re.compile(r"(?P<page>[^#:]+)(?:#(?P<name>[\w-]+)|:(?P<line>\d+)(?::(?P<nth>\d+))?)")
_HIDDEN = re.compile(
    r"(?P<role>\{[\w:]+\}`[^`]*`)|<!--.*?-->|^ *%[^\n]*$|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_IN_FILE = "Make this change in the file itself."


@dataclass(frozen=True)
class Page:
    """A page of the book as its file is now: its name, content and language."""

    name: str
    content: bytes
    language: Language

    @cached_property
    def spliced(self) -> Spliced:
        """Its text, of which a part can change."""
        return Spliced(self.content)

    @cached_property
    def passages(self) -> list[Passage]:
        """Its sentences."""
        return [*passages(self.spliced.text, self.language)]

    def around(self, place: int) -> Passage | None:
        """The sentence at a place in its text."""
        return next((passage for passage in self.passages if passage.start <= place < passage.end), None)

    def of_statement(self, kind: str, name: str, nth: int = 1) -> Passage | None:
        """The sentence with the nth claim of this name, or with the nth role of this ``kind`` and text."""
        words = r"\s+".join(map(re.escape, name.split()))
        pattern = rf"\{{[^{{}}]*#{words}(?![\w-])[^{{}}]*\}}" if kind == "claim" else rf"\{{{kind}\}}`\s*{words}\s*`"
        shown = _HIDDEN.sub(lambda found: found["role"] or re.sub(r"[^\n]", " ", found[0]), self.spliced.text)
        places = [found.start() for found in re.finditer(pattern, shown)]
        return self.around(places[nth - 1]) if len(places) >= nth else None

    def reworded(self, passage: Passage, new: str) -> bytes:
        """The content with other words for a sentence; none drop it.

        Raises ProblemsError (W458) where these words would be more than a sentence there, or would leave nothing of a
        heading, an item or a cell.
        """
        place = f"{self.name}:{passage.line}"
        typed = "\n".join(line.rstrip() for line in new.strip().splitlines())
        if hidden := unseen(typed):
            fail(Problem("W458", place, f"the new words hold {hidden.said}", REWRITE))
        before = self.spliced.text
        start, end = (passage.start, passage.end) if typed else _dropped(before, passage)
        after = before[:start] + typed + before[end:]
        old, more = [*blocks(before)], len(after) - len(before)
        own = next(n for n, (_, high) in enumerate(old) if passage.start < high)
        alone = not typed and passage.typed == before[slice(*old[own])].strip()
        if alone and _marked(before, passage):
            found = "the sentence is all that its heading, item, note or cell says"
            fail(Problem("W458", place, found, "Remove that in the file, with the mark before it."))
        kept = [] if alone else [(old[own][0], old[own][1] + more)]
        if [*blocks(after)] != [*old[:own], *kept, *((low + more, high + more) for low, high in old[own + 1 :])]:
            found = "the new words would begin a paragraph, item, cell or other part of the page"
            fail(Problem("W458", place, found, f"Write them as one sentence. {_IN_FILE}"))
        return self.spliced.with_change(start, end, typed)


def _dropped(whole: str, passage: Passage) -> tuple[int, int]:
    """What goes with a sentence that is dropped: the space after it, or before it where it is the last."""
    after = re.compile(r"[ \t]*\n?[ \t]*(?=\S)|[ \t]*").match(whole, passage.end)
    end = after.end() if after else passage.end
    if end < len(whole) and whole[end] != "\n" and end > passage.end:
        return passage.start, end
    begin = len(whole[: passage.start].rstrip(" \t"))
    return (begin if whole[:begin][-1:] not in ("\n", "") else passage.start), end


def _marked(whole: str, passage: Passage) -> bool:
    """Tell whether a mark stands before a sentence on its line."""
    return bool(whole[whole.rfind("\n", 0, passage.start) + 1 : passage.start].strip())


def page(root: Path, name: str) -> Page:
    """A page as it is now; raises ProblemsError where there is none (W455) or its file is no text (W418)."""
    there = marks.pages(root)
    if name not in there:
        fail(Problem("W455", name, "is no page of this book", hints.before(name, there, "Name one in book/.")))
    text.read(root / name, name, "W418")
    return Page(name, edits.seen(root, name), of_page(name, declared(root)))


def at(root: Path, place: str) -> tuple[Page, Passage]:
    """The page and the sentence at ``book/index.md:12``, ``book/index.md:12:2`` or ``book/index.md#claim``.

    The second form is for a line on which several sentences stand: it takes the second of them. Raises ProblemsError
    (W456) where that is none or several.
    """
    found = _PLACE.fullmatch(place)
    if found is None:
        fail(
            Problem("W456", place, "is no place of a sentence", "Write it as book/index.md:12, or book/index.md#claim.")
        )
    there = page(root, found["page"])
    if found["name"]:
        chosen = [*_of_claim(there, found["name"])]
        action = f"Name its line, as in {there.name}:12."
    else:
        line = int(found["line"])
        on_it = [p for p in there.passages if p.line <= line <= p.line + p.typed.count("\n")]
        chosen = on_it[int(found["nth"]) - 1 : int(found["nth"])] if int(found["nth"] or 0) else on_it
        action = f"Say which, as in {there.name}:{line}:1 for the first."
    if len(chosen) == 1:
        return there, chosen[0]
    if not chosen:
        fail(Problem("W456", place, "there is no sentence", "`wavebook check` lists the lines of all statements."))
    listed = "; ".join(f"{number}: {passage.words[:60]}" for number, passage in enumerate(chosen, 1))
    fail(Problem("W456", place, f"there are {len(chosen)} sentences ({listed})", action))


def _of_claim(there: Page, name: str) -> Iterator[Passage]:
    """The sentences that this claim is bound to."""
    number = 1
    while passage := there.of_statement("claim", name, number):
        yield passage
        number += 1


def reword(root: Path, there: Page, passage: Passage, new: str) -> bool:
    """Give a sentence other words in its file; tell whether that changed anything."""
    after = there.reworded(passage, new)
    return edits.write(root, f"reworded {there.name}:{passage.line}", {there.name: (there.content, after)})
