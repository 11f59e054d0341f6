"""All lines of a text file, gone through before its answers are read: those that shifted, and those of nobody."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from wavebook.survey.files import limits
from wavebook.survey.files.beneath import MOST, rows_beneath

_ENDLESS = f"one of its lines is longer than {limits.LINE // 1_000_000} million letters"
_TAIL = 65_536  # letters at the end of a file, in which the rows beneath its table are


class Lines(NamedTuple):
    """The ``records`` below the header: ``uneven`` ones, whose answers may have shifted into another column, and those
    of nobody: ``empty`` ones, ``again`` the names of the columns, and the last ones ``beneath`` the table.

    All are ``longer`` if each has one more field than there are names. They are ``closed`` if that one is empty, as a
    program ends each line, and then not uneven. ``quoted`` tells whether quotation marks stand around fields, and
    ``stray`` is the first record with an odd number of them within fields that have none around them, 0 where
    there is none: Polars takes such a mark for the begin of a field, and two for what they are.
    """

    records: int = 0
    uneven: int = 0
    empty: int = 0
    again: int = 0
    beneath: int = 0
    longer: bool = False
    closed: bool = False
    quoted: bool = False
    stray: int = 0


def line_of(lines: IO[str]) -> str:
    """The next line; raises OSError for one that is longer than any line of answers."""
    line = lines.readline(limits.LINE)
    if len(line) == limits.LINE:
        raise OSError(_ENDLESS)
    return line


def looked_through(
    path: Path, encoding: str, mark: str, width: int, block: int = 1 << 22, above: int = 0, names: str = ""
) -> Lines:
    """The lines below the first ``above``, ``names`` being the one of these with the names of columns, as it stands.

    Polars sees only some of the uneven ones.
    """
    opening = f'"(?<![^{re.escape(mark)}\n]")'  # a quote elsewhere in a field is an ordinary character
    inside = opening + r'[^"]*+(?:""[^"]*+)*+'  # nothing is tried twice, which takes memory for each pair of quotes
    quoted, unfinished = re.compile(inside + '(?:(?P<closed>"(?!"))|$)'), re.compile(inside + "$")
    first = f"\n{names}\n" if re.search(r"[^\W\d_]", names) else ""  # numbers may be answers, in a file without names
    found, again, around = _Counted(mark, width), 0, 0
    rest = tail = ""
    with path.open(encoding=encoding, errors="replace") as lines:
        for _ in range(above):
            line_of(lines)
        while some := lines.read(block):
            raw = some + line_of(lines)
            tail, again = (tail + raw)[-_TAIL:], again + (f"\n{raw}".count(first) if first else 0)
            text, cells = quoted.subn(lambda cell: _measured(cell[0]) if cell["closed"] else cell[0], rest + raw)
            goes_on = unfinished.search(text)
            end = text.rfind("\n", 0, goes_on.start() if goes_on else len(text)) + 1
            found.add(text[:end].split("\n")[:-1])
            rest, around = text[end:], around + cells
            _measured(rest)
    if rest:
        found.add([rest + mark * (width + 1) if unfinished.search(rest) else rest])
    beneath = rows_beneath(_last(tail, mark, whole=len(tail) < _TAIL), width)
    uneven = found.uneven - sum(number > found.records - beneath for number in found.late)
    longer, closed = (uneven > 0 and many == uneven == found.records - found.empty - beneath for many in found.longer)
    uneven = 0 if closed else uneven
    return Lines(found.records, uneven, found.empty, again, beneath, longer, closed, around > 0, found.stray)


class _Counted:
    """Records by their fields; the last uneven ones by their number."""

    def __init__(self, mark: str, width: int):
        self.mark, self.width = mark, width
        self.records = self.uneven = self.empty = self.stray = 0
        self.longer = [0, 0]  # with one more field, and of these with an empty one at the end
        self.late = deque[int](maxlen=MOST)

    def add(self, records: Sequence[str]) -> None:
        mark, width, blank = self.mark, self.width, f"{self.mark} "
        for number, record in enumerate(records, self.records + 1):
            if not self.stray and record.count('"') % 2:
                self.stray = number
            fields = record.count(mark) + 1
            if fields == width and (record[:1] not in blank or width == 1):
                continue
            if fields <= width and not record.replace(mark, "").strip():
                self.empty += 1
            elif fields != width:
                self.uneven += 1
                self.late.append(number)
                self.longer[0] += fields == width + 1
                self.longer[1] += fields == width + 1 and record.rstrip(" ").endswith(mark)
        self.records += len(records)


def _measured(text: str) -> str:
    """One letter, for a cell within the limit of Python's reader; a blank for a cell without any."""
    if len(text) > csv.field_size_limit():
        raise csv.Error(f"field larger than field limit ({csv.field_size_limit()})")
    return "q" if text[1:-1].strip() else " "


def _last(tail: str, mark: str, *, whole: bool) -> list[list[str]]:
    """The last records of a file, of which ``tail`` are the last letters."""
    text = tail if whole else tail.partition("\n")[2]
    with suppress(csv.Error):
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    return []


def first_uneven(path: Path, encoding: str, mark: str, width: int, above: int) -> tuple[int, int] | None:
    """The line of the first record that has more or fewer fields, and how many; None where no reader finds one."""
    with path.open(encoding=encoding, errors="replace", newline="") as lines, suppress(csv.Error):
        for _ in range(above):
            line_of(lines)
        reader, began = csv.reader(_all(lines), delimiter=mark), above
        for row in reader:
            if row and len(row) != width and not (len(row) < width and not any(map(str.strip, row))):
                return began + 1, len(row)
            began = above + reader.line_num
    return None


def _all(lines: IO[str]) -> Iterator[str]:
    while line := line_of(lines):
        yield line
