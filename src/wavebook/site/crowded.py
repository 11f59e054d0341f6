"""Paragraphs that would fill the memory: Markdown's parser keeps all that stands before each sign of emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGN = re.compile(r"[*~]|(?<!\w)_|_(?!\w)")
_MOST = 300_000_000  # letters of a paragraph times its signs: about the bytes that it takes
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(?! *\{)")  # of code: what a directive holds is parsed
_APART = re.compile(r"[ >]*(?:[-*+] |\d{1,9}[.)] |#{1,6} )")  # an item of a list, a heading
_TABLE = re.compile(r"[ >]*\|?(?: *:?-+:? *\|)+[ :-]*$")  # the line below the names of columns


def check(text: str) -> None:
    """Raise ValueError for a paragraph with too many signs for its length, by its first line."""
    for line, paragraph in _paragraphs(text):
        signs = len(_SIGN.findall(paragraph))
        if signs * len(paragraph) > _MOST:
            raise ValueError(
                f"line {line} begins a paragraph of {len(paragraph):,} letters with {signs:,} signs of markup"
            )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """What is parsed as one, with its first line: a paragraph, an item of a list, a row of a table; not code."""
    found: list[str] = []
    first, fence, table = 1, "", False
    for number, line in enumerate(text.splitlines(), 1):
        opens = _FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            continue
        blank = not line.strip() or opens is not None
        table = not blank and (table or (len(found) == 1 and _TABLE.match(line) is not None))
        if found and (blank or table or _APART.match(line)):
            yield first, "\n".join(found)
            found = []
        fence = opens[1] if opens else ""
        if not blank:
            first = first if found else number
            found.append(line)
    if found:
        yield first, "\n".join(found)
