"""A text file of which a part changes: its other lines, its line ends and its byte order mark stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

_MARK = "\ufeff"


def alike_at_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """The number of parts that two texts or contents share at the start, and of the others at the end.

    >>> alike_at_ends("abcd", "abxcd"), alike_at_ends("aa", "a"), alike_at_ends("", "a")
    ((2, 2), (1, 0), (0, 0))
    """
    shorter = min(len(one), len(other))
    start = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    end = next((n for n in range(shorter - start) if one[-1 - n] != other[-1 - n]), shorter - start)
    return start, end


class Spliced:
    """The content of a text file; ``text`` is what it says: each line ends in a line feed, and no mark comes first.

    >>> Spliced(b"one\\r\\ntwo\\r\\n").with_change(4, 7, "2\\n3")
    b'one\\r\\n2\\r\\n3\\r\\n'
    """

    def __init__(self, content: bytes):
        whole = content.decode("utf-8")
        self._mark = _MARK if whole.startswith(_MARK) else ""
        self._raw = whole.removeprefix(_MARK)
        self.text = self._raw.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _pairs(self) -> list[int]:
        """The places in ``text`` of lines that end in two characters."""
        return [found.start() - n for n, found in enumerate(re.finditer("\r\n", self._raw))]

    @property
    def _end(self) -> str:
        """The end of its first line, which new lines get."""
        found = re.search(r"\r\n?|\n", self._raw)
        return found[0] if found else "\n"

    def _place(self, place: int) -> int:
        return place + sum(pair < place for pair in self._pairs)

    def with_change(self, start: int, end: int, new: str) -> bytes:
        """The content with ``new`` in the place of ``text[start:end]``."""
        typed = new.replace("\r\n", "\n").replace("\r", "\n").replace("\n", self._end)
        raw = self._raw[: self._place(start)] + typed + self._raw[self._place(end) :]
        return (self._mark + raw).encode()

    def changed_to(self, text: str) -> bytes:
        """The content once it says ``text``: all before the first difference and after the last stays as it is."""
        start, alike = alike_at_ends(self.text, text)
        return self.with_change(start, len(self.text) - alike, text[start : len(text) - alike])
