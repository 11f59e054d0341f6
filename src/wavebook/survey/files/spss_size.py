"""The size of an SPSS file as its own dictionary tells it, before its reader makes room for that; and its weight."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from wavebook.survey.files import limits

_HEADER = 176  # bytes; then come records, each a number for its kind and what that kind holds
_LINE, _CELL = 80, 8  # bytes of a line of notes, and of a cell
_TIMES = 200  # that answers are larger than they are packed, at most, where there are many
_LAYOUTS = (2, 3)  # the numbers of a file whose bytes have the order that they are read in


def measure(path: Path) -> int | None:
    """Raise OSError for a file that says it holds more than is read; what is damaged is left to its reader to name.

    Gives the place, among its columns of numbers, of the one that its answers are weighted by; None if there is none.
    """
    if path.stat().st_size < _HEADER:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        try:
            return _measure(content)
        except struct.error:  # it ends too early
            return None


def _measure(content: mmap.mmap) -> int | None:
    order = "<" if struct.unpack_from("<i", content, 64)[0] in _LAYOUTS else ">"
    packed, weight, rows = struct.unpack_from(f"{order}iii", content, 72)
    if rows > limits.ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {limits.ROWS:,} are read")
    end, width, numbers = _measure_dictionary(content, order)
    if packed == 2 and end:
        _measure_blocks(content, order, end, width)
    return numbers.get(weight)


def _measure_dictionary(content: mmap.mmap, order: str) -> tuple[int, int, dict[int, int]]:
    """The place after the dictionary, 0 where it is damaged; the cells of a row; the columns of numbers by cell."""
    at, width, columns, labels, notes, count = _HEADER, 0, 0, 0, 0, 0
    numbers: dict[int, int] = {}
    number, five = struct.Struct(f"{order}I"), struct.Struct(f"{order}iiiii")
    while at < len(content):
        (kind,) = number.unpack_from(content, at)
        at += 4
        match kind:
            case 2:  # a column, or a further part of a wide one
                letters, has_label, missing, *_ = five.unpack_from(content, at)
                at, width, columns = at + 28, width + 1, columns + (letters >= 0)
                if letters == 0:
                    numbers[width] = len(numbers)
                limits.check_width(columns)
                if has_label:
                    at += 4 + -(-number.unpack_from(content, at)[0] // 4) * 4
                at += abs(missing) * _CELL
            case 3:  # labels of codes
                (count,) = number.unpack_from(content, at)
                at += 4
                _check_labels(labels + count)
                for _ in range(count):
                    at += -(-(struct.unpack_from("B", content, at + _CELL)[0] + 1) // 8) * 8 + _CELL
            case 4:  # the columns that have them
                (of,) = number.unpack_from(content, at)
                at, labels = at + 4 + 4 * of, labels + count * of
                _check_labels(labels)
            case 6:  # lines of notes
                (lines,) = number.unpack_from(content, at)
                at, notes = at + 4 + lines * _LINE, notes + lines
                if notes > limits.NOTES:
                    raise OSError(f"it has {notes:,} lines of notes, and at most {limits.NOTES:,} are read")
            case 7:  # what later versions of SPSS added
                _, size, parts = struct.unpack_from(f"{order}III", content, at)
                at += 12 + size * parts
            case 999:
                return at + 4, width, numbers
            case _:
                return 0, width, numbers
        if at > limits.DICTIONARY:
            raise OSError(f"what it says of its columns takes more than {limits.DICTIONARY // 10**6} MB")
    return 0, width, numbers


def _check_labels(labels: int) -> None:
    if labels > limits.LABELS:
        raise OSError(f"its columns have {labels:,} labels of codes, and at most {limits.LABELS:,} are read")


def _measure_blocks(content: mmap.mmap, order: str, at: int, width: int) -> None:
    """Refuse compressed blocks that are larger than SPSS makes them, or have room for too many cells."""
    _, trailer, _ = struct.unpack_from(f"{order}qqq", content, at)
    if not 0 < trailer < len(content):
        return
    _, _, largest, blocks = struct.unpack_from(f"{order}qqii", content, trailer)
    if largest > limits.BLOCK:
        raise OSError(f"it has blocks of {largest:,} bytes, and at most {limits.BLOCK:,} are read")
    total = 0
    for place in range(min(max(blocks, 0), (len(content) - trailer) // 24)):
        _, _, size, _ = struct.unpack_from(f"{order}qqii", content, trailer + 24 * (place + 1))
        if not 0 <= size <= limits.BLOCK:
            raise OSError(f"it has blocks of {size:,} bytes, and at most {limits.BLOCK:,} are read")
        total += size
    if total > limits.PACKED and total > _TIMES * len(content):
        raise OSError(f"a file of {len(content):,} bytes says that it unpacks to {total:,}")
    cells = total // (_CELL + 1)  # each takes a byte, and eight more if it is not a small whole number
    if cells > limits.MOST_CELLS:
        raise OSError(f"it has {cells:,} cells or more, and at most {limits.MOST_CELLS:,} are read")
    if (rows := cells // max(width, 1)) > limits.ROWS:
        raise OSError(f"it has {rows:,} rows or more, and at most {limits.ROWS:,} are read")
