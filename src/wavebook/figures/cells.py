"""The cells of a table as bytes: where each begins and ends, and how numbers are written; all rows at once.

Nothing here words a problem: whatever is not certain to be faultless raises DoubtError.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from wavebook.core.unseen import may_be_unseen, unseen

_COMMA, _QUOTE, _END, _POINT, _ZERO, _NINE = (ord(c) for c in ',"\n.09')
_CONTROLS = bytes(code for code in (*range(32), 127) if code != _END)
_ODD = bytes(chr(code) not in "0123456789.-," for code in range(256))  # 1 for what no number has
_LONGEST = 250  # of the cells of numbers in one row: 256 of _ODD would be counted as none
_WIDE = 32  # bytes of a cell of text that are compared eight at a time: faster than a text for each cell
_FIRST = np.array([256**count - 1 for count in range(9)], np.uint64)
_POWERS = 10.0 ** np.arange(1, 17)


class DoubtError(ValueError):
    """Error that a table is not certain to be faultless."""


def insist(holds: object) -> None:
    """Raise DoubtError unless it holds."""
    if not holds:
        raise DoubtError


class Cells(NamedTuple):
    """The bytes of a table without its header, quotes included, and for each column where its cells end.

    ``eight`` has the eight bytes from each place on as one number.
    """

    columns: Sequence[str]
    body: bytes
    marks: np.ndarray
    eight: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, body: bytes, columns: Sequence[str]) -> Cells:
        """The cells of rows that each end in a line feed: one for each column."""
        marks = np.frombuffer(body, np.uint8)
        insist(len(body) < 2**31)
        at = np.flatnonzero((marks == _COMMA) | (marks == _END) | (marks == _QUOTE)).astype(np.int32)
        kinds = marks[at]
        quotes = kinds == _QUOTE
        if quotes.any():
            inside = (np.cumsum(quotes, dtype=np.int8) & 1).astype(bool)
            insist(not inside[-1] and not (inside & (kinds == _END)).any())
            edges = at[quotes]
            before, after = marks[edges[::2] - 1], marks[edges[1::2] + 1]
            insist(all(np.isin(beside, (_COMMA, _END, _QUOTE)).all() for beside in (before, after)))
            outside = ~(inside | quotes)
            at, kinds = at[outside], kinds[outside]
        width = len(columns)
        insist(len(at) % width == 0)
        insist((kinds[width - 1 :: width] == _END).all() and np.count_nonzero(kinds == _END) == len(at) // width)
        eight = np.ndarray((len(body),), "<u8", body + bytes(8), strides=(1,))
        return cls(columns, body, marks, eight, np.ascontiguousarray(at.reshape(-1, width).T))

    def texts(self, name: str) -> tuple[np.ndarray, list[str]]:
        """A column of texts: for each cell its place among the different contents, and these, without their quotes."""
        column = self.columns.index(name)
        before = self.ends[column - 1] if column else np.append(np.int32(-1), self.ends[-1][:-1])
        start, end = before + 1, self.ends[column]
        codes = self._codes(start, end)
        first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))  # codes are in order of appearance
        cells = [self.body[one:other].decode() for one, other in zip(start[first], end[first], strict=True)]
        contents = [cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell for cell in cells]
        places = {content: place for place, content in enumerate(dict.fromkeys(contents))}
        return np.array([places[content] for content in contents], np.int32)[codes], list(places)

    def _codes(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Number cells so that those with the same bytes have one number."""
        length = end - start
        longest = int(length.max())
        if longest > _WIDE:
            cells = [self.body[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]
            return pd.factorize(np.array(cells, object))[0]
        codes = np.zeros(len(start), np.int64)
        for at in range(0, longest, 8):
            part = self.eight[np.minimum(start, end - at) + at] & _FIRST[np.clip(length - at, 0, 8)]
            if (part != part[0]).any():
                found, several = pd.factorize(part)
                codes = pd.factorize(codes * len(several) + found)[0]
        return codes

    def check_numbers(self, n: np.ndarray) -> None:
        """Raise DoubtError unless all numbers are digits with a point and a sign, and ``n`` digits alone."""
        odd = np.frombuffer(self.body.translate(_ODD), np.uint8)
        spans = [self._bounds(*ends) for ends in (("value", "value"), ("n", "ci_high"))]  # there stand only numbers
        insist(all(int((end - before).max()) < _LONGEST for before, end in spans))
        found = np.add.reduceat(
            odd, np.stack([edge for span in spans for edge in span], axis=1).ravel(), dtype=np.uint8
        )
        insist(not found[::2].any())
        before, end = self._bounds("n", "n")
        length = np.where(np.isnan(n), 0, np.searchsorted(_POWERS, n, side="right") + 1)
        insist((end - before - 1 == length).all())

    def thousands(self, name: str) -> np.ndarray:
        """Of a column of numbers, which may mean a thousand times as many: 1.234 for 1234."""
        before, end = self._bounds(name, name)
        length, first = end - before - 1, self.marks[before + 1]
        point = self.marks[np.maximum(end - 4, 0)] == _POINT
        return point & (length >= 5) & (length <= 7) & (first > _ZERO) & (first <= _NINE)

    def _bounds(self, first: str, last: str) -> tuple[np.ndarray, np.ndarray]:
        """The comma before column ``first`` of each row, and that after ``last``; neither is at an end of the row."""
        return self.ends[self.columns.index(first) - 1], self.ends[self.columns.index(last)]


def check_text(content: bytes) -> None:
    """Raise DoubtError unless it is UTF-8 without characters that nobody sees, or controls other than line feeds."""
    insist(len(content.translate(None, _CONTROLS)) == len(content))
    if not content.isascii():
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise DoubtError from None
        insist(not may_be_unseen(content) or unseen(text) is None)
