"""The lines of a table as bytes, by segment: a part of a large table is cut from it, and not made anew."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import pandas as pd

from wavebook.core.writing import csv_lines, csv_table
from wavebook.figures.key import COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, shows

Row = dict[str, str]
_NOISY = (PERTURBED, PERTURBED_REVISED)


def read_rows(text: str) -> list[Row]:
    """The rows of a table; those without any content are left out."""
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if any(row.values())]


class Lines:
    """The lines of a checked table, without the numbers of figures about fewer than ``least`` people."""

    def __init__(self, content: bytes, least: float = 0):
        content = content.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n")
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not self._divide(content + b"\n" if content else csv_lines([COLUMNS]).encode()):
            rows = [{"population": ""} | row for row in read_rows(content.decode())]
            self._divide(csv_table(COLUMNS, rows).encode())
        status = self._column("status", str)
        self._suppressed = status == "suppressed"
        few = (self._column("n", lambda n: float(n or "nan")) < least) & ~np.isin(status, _NOISY)
        by, segment = (pd.factorize(self._column(name, str)) for name in ("segment_by", "segment"))
        codes, found = pd.factorize(by[0].astype(np.int64) * max(len(segment[1]), 1) + segment[0])
        pairs = (divmod(int(code), len(segment[1])) for code in found)
        self._places = [(by[1][one], segment[1][other]) for one, other in pairs]
        self._order = np.argsort(codes, kind="stable")
        self._bounds = np.searchsorted(codes[self._order], np.arange(len(self._places) + 1))
        del self._cells
        self._hide(np.flatnonzero(few & ~self._suppressed))

    def __len__(self) -> int:
        return len(self._ends)

    def shown(self, own: tuple[str, str]) -> np.ndarray:
        """The lines that an edition about its ``own`` segment may show, in their order."""
        found = np.zeros(len(self), bool)
        for number, place in enumerate(self._places):
            if shows(*place, own):
                found[self._order[self._bounds[number] : self._bounds[number + 1]]] = True
        return np.flatnonzero(found)

    def table(self, lines: np.ndarray) -> bytes:
        """A table of some of the lines."""
        whole = len(lines) == len(self)
        return self._head + (self._body if whole else b"".join(self._each(lines)))

    def suppressed(self, lines: np.ndarray) -> list[Row]:
        """Those of the lines that show no numbers, by column."""
        return read_rows(self.table(lines[self._suppressed[lines]]).decode())

    def _divide(self, content: bytes) -> bool:
        """Divide a table into header and lines; tell whether each row is one line, and each line a row."""
        marks = np.frombuffer(content, np.uint8)
        ends = np.flatnonzero(marks == ord("\n")) + 1
        quotes = np.flatnonzero(marks == ord('"'))
        if len(quotes):
            ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
        self._head, self._body = content[: ends[0]], content[ends[0] :]
        self._ends = ends[1:] - ends[0]
        needed: list[str] = ["segment_by", "segment", "n", "status"]
        self._cells = pd.read_csv(
            io.BytesIO(content), dtype=object, usecols=needed, keep_default_na=False, skip_blank_lines=False
        )
        status = self._cells["status"]
        return len(status) == len(self) and bool((status.notna() & (status != "")).all())

    def _column(self, name: str, read: Callable[[str], object]) -> np.ndarray:
        codes, values = pd.factorize(self._cells[name].to_numpy(object))
        return np.array([read(value.strip()) for value in values], dtype=None if len(values) else object)[codes]

    def _each(self, lines: np.ndarray) -> list[bytes]:
        starts = np.append(0, self._ends)[lines]
        return [self._body[start:end] for start, end in zip(starts.tolist(), self._ends[lines].tolist(), strict=True)]

    def _hide(self, few: np.ndarray) -> None:
        """Make lines anew, without their numbers."""
        if not len(few):
            return
        hidden = dict.fromkeys(NUMBER_COLUMNS, "") | {"status": "suppressed"}
        lines = self._each(np.arange(len(self)))
        for place, row in zip(few.tolist(), read_rows(self.table(few).decode()), strict=True):
            lines[place] = csv_lines([(row | hidden).values()]).encode()
        self._body, self._ends = b"".join(lines), np.cumsum([len(line) for line in lines])
        self._suppressed[few] = True
