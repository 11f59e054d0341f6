"""The sentences of a page as editors type them, each by its place in the text of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wavebook.core.units import Language
from wavebook.pages.sentences import Span, sentences

_TOP = re.compile(r"-{3,}[ \t]*\n.*?\n-{3,}[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^ *(?P<fence>`{3,}|~{3,})(?P<about>.*)", re.MULTILINE)
_CODE = re.compile(r"\{(?:code|code-block|code-cell|math|raw|eval-rst|bibliography|toctree|include)\}")
_NO_TEXT = re.compile(r" *(?::::|%|:[\w-]+:|\([\w-]+\)= *$|\+\+\+|-{3,} *$|={3,} *$)")
_BEFORE = re.compile(
    r"(?: *>)* *(?:#{1,6} +|(?:[-*+]|\d{1,9}[.)]) +(?:\[[ xX]\] +)?|\[\^[^\]]+\]: *|: +)?"
)  # what marks a quote, a heading, an item, a note, or what a term means
_CELL = re.compile(r"(?:\\.|`[^`]*`|[^|`\\]|`)+")
_KEPT = re.compile(r"\{[\w:]+\}`[^`]*`|(?<![}`])`[^`]+`|\]\([^)]*\)")  # no sentence ends in these
_ROLE = re.compile(r"\{(?P<kind>[\w:]+)\}`(?P<text>[^`]*)`")
_NOTE = re.compile(r"(?<=[.!?…])(?:\[\^[\w-]+\])+")
_WORDY = ("trend", "compared", "wave", "word")  # roles that show a word as it is typed at their start
_BRACKETED = re.compile(r"\](?P<about>\{[^{}]*\})")
_STOP = re.compile(r"[.!?…][”’\"')]*\Z")


class Passage(NamedTuple):
    """A part of the text of a page: where it begins and ends, the line on which it begins, and what is typed there."""

    start: int
    end: int
    line: int
    typed: str

    @property
    def words(self) -> str:
        """What is typed there, on one line."""
        return " ".join(self.typed.split())


def passages(text: str, language: Language) -> Iterator[Passage]:
    """The sentences of a page, in its order: of paragraphs, headings, items of lists, notes and cells of tables.

    ``text`` has lines that end in a line feed. None of the top of the page, of comments and of code.
    """
    for start, end in blocks(text):
        shown = text[start:end]
        masked = _masked(shown)
        kept = [found.span() for found in _KEPT.finditer(shown)]
        kept += [found.span("about") for found in _BRACKETED.finditer(masked)]
        ends = [found.end() for found in _BRACKETED.finditer(masked) if _STOP.search(masked[: found.start()])]
        for low, high in sentences(masked, language, kept, (), ends):
            typed = shown[low:high].strip()
            if re.search(r"\w", typed):
                first = start + low + len(shown[low:high]) - len(shown[low:high].lstrip())
                yield Passage(first, first + len(typed), text.count("\n", 0, first) + 1, typed)


def _masked(shown: str) -> str:
    """Text as long as ``shown``, in which roles begin as what they show, and notes and marks of quotes are no text."""
    shown = re.sub(r"(?<=\n)(?: *>)+", lambda found: " " * len(found[0]), shown)
    shown = _NOTE.sub(lambda found: "’" * len(found[0]), shown)

    def begun(found: re.Match[str]) -> str:
        word = found["text"][:1] if found["kind"] in _WORDY else "" if found["kind"].startswith("cite") else "0"
        return (word or "{") + found[0][1:]

    return _ROLE.sub(begun, shown)


def blocks(text: str) -> Iterator[Span]:
    """The spans of text that belong together, each without what marks it as a heading, an item, a note or a cell."""
    top = _TOP.match(text)
    place, fence, is_item = 0, "", False
    open_: Span | None = None
    hidden = _COMMENT.sub(lambda found: re.sub(r"[^\n]", "%", found[0]), text)
    for line in hidden.splitlines(keepends=True):
        start, place = place, place + len(line)
        said = line.rstrip()
        if top and start < top.end():
            continue
        found = _FENCE.match(line)
        marked = _BEFORE.match(said)
        begins = marked.end() if marked else 0
        if fence:
            fence = "" if said.strip().startswith(fence) and not said.strip().strip(fence[0]) else fence
        elif found:
            about = found["about"].strip()
            is_text = about.startswith("{") and not _CODE.match(about)
            fence = "" if is_text or (not about and found["fence"] in _opened(text[:start])) else found["fence"]
        elif said.strip() and not _NO_TEXT.match(said):
            if said.lstrip().startswith("|"):
                cells = (cell.span() for cell in _CELL.finditer(said) if re.search(r"\w", cell[0]))
                yield from ((start + first, start + last) for first, last in cells)
            elif said[begins:].strip():
                mark = said[:begins].strip(" >")
                is_new = bool(mark) and (open_ is None or is_item or not mark[:-1].isdecimal() or mark[:-1] == "1")
                begins = begins if is_new or open_ is None else 0
                is_item = is_new or (open_ is not None and is_item)
                if open_ is not None and is_new:
                    yield open_
                    open_ = None
                open_ = (start + begins, start + len(said)) if open_ is None else (open_[0], start + len(said))
                if said.lstrip(" >").startswith("#") and is_new:
                    yield open_
                    open_ = None
                continue
        if open_ is not None:
            yield open_
            open_ = None
    if open_ is not None:
        yield open_


def _opened(text: str) -> list[str]:
    """The fences of directives with text that are open at the end of ``text``."""
    open_: list[str] = []
    for found in _FENCE.finditer(text):
        about = found["about"].strip()
        if about.startswith("{") and not _CODE.match(about):
            open_.append(found["fence"])
        elif not about and open_ and open_[-1] == found["fence"]:
            open_.pop()
    return open_
