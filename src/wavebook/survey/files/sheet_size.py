"""The size of a workbook as it would be laid out in memory, found by going through its parts, which takes none."""

from __future__ import annotations

import re
from array import array
from typing import IO

from wavebook.survey.files import limits
from wavebook.survey.files.sheet_marks import column_number, parsed

_DIGITS = 20  # of the number of a text, far more than there are texts
_CONTENT = ("t", "v", "f")
_TEXTS = ("t", "r", "rPr", "is", "f")  # the elements of a text, beside its own: letters in bold make another


class Measure:
    """The cells, texts and other elements of a workbook, part by part; raises OSError where there are too many.

    A workbook holds each text once, in a part of its own that comes first, and its cells refer to it: a small file can
    repeat one long text millions of times.
    """

    def __init__(self) -> None:
        self.letters = array("l")  # of each text
        self.room = self.filled = self.total = self.pieces = self.beside = 0

    def add(self, part: IO[bytes]) -> None:
        """Count what a part holds."""
        self.row = self.column = self.width = self.length = self.run = self.others = self.sheets = self.merged = 0
        self.kind = self.number = self.within = ""
        parsed(part, self._start, self._end, self._said)
        self.room += self.row * self.width

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.run, self.within = 0, name
        match name:
            case "c":
                self._cell(attributes)
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "v":
                self.number = ""
            case "si":
                self.length = 0
            case _:
                self._other(name)

    def _cell(self, attributes: dict[str, str]) -> None:
        at = re.match("([A-Z]{1,3})([0-9]+)", attributes.get("r", ""))
        self.column = column_number(at[1]) + 1 if at else self.column + 1
        self.row, self.width = max(self.row, int(at[2]) if at else self.row), max(self.width, self.column)
        self.kind, self.length = attributes.get("t", ""), 0
        self.filled += 1
        if self.filled > limits.FILLED:
            raise OSError(f"it has more than {limits.FILLED:,} cells; as .sav or .csv they are read")
        if (room := self.room + self.row * self.width) > limits.CELLS:
            most = f"and at most {limits.CELLS:,} are read"
            raise OSError(f"its sheets have room for {room:,} cells up to the last one, {most}")

    def _other(self, name: str) -> None:
        if name in _TEXTS:
            self.pieces += 1
            if self.pieces > 3 * limits.FILLED:
                raise OSError(f"its texts have more than {3 * limits.FILLED:,} pieces")
            return
        self.others += 1
        if name == "sheet":
            self.sheets += 1
            if self.sheets > limits.SHEETS:
                raise OSError(f"it has more than {limits.SHEETS:,} sheets")
        elif name == "mergeCell":
            self.merged += 1
            if self.merged > limits.MERGED:
                raise OSError(f"more than {limits.MERGED:,} of its cells are merged")
        elif self.others > limits.ELEMENTS:
            raise OSError(f"a part of it has more than {limits.ELEMENTS:,} elements beside its cells")

    def _said(self, text: str) -> None:
        self.length, self.run = self.length + len(text), self.run + len(text)
        if self.run > limits.TEXT:
            raise OSError(f"a text in it is longer than {limits.TEXT:,} letters")
        if self.within not in _CONTENT:
            self.beside += len(text)
            if self.beside > limits.DICTIONARY:
                raise OSError(f"it has more than {limits.DICTIONARY // 10**6} MB of text beside its cells")
        self.number += text[: _DIGITS - len(self.number)]

    def _end(self, name: str) -> None:
        match name:
            case "si":
                self.letters.append(self.length)
                if len(self.letters) > limits.FILLED:
                    raise OSError(f"it has more than {limits.FILLED:,} texts")
            case "v" if self.kind == "s":
                self._count(self.letters[int(self.number)])
            case "c" if self.kind in ("str", "inlineStr"):
                self._count(self.length)

    def _count(self, letters: int) -> None:
        self.total += letters
        if self.total > limits.LETTERS:
            raise OSError(f"its texts take more than {limits.LETTERS // 10**6} MB")
