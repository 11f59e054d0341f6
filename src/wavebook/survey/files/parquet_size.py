"""The size of a Parquet file as its own footer tells it, before its reader makes room for that.

Polars, which reads the answers, does not pass on what the footer says of sizes.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from wavebook.survey.files import limits

_MARK = b"PAR1"
_END = 8  # bytes: the length of the footer, and the mark
_DEEP = 20  # of the footer's own structures, of which there are nine at most


class Size(NamedTuple):
    """What a file says of its columns: their bytes once unpacked, and the values of those of lists or structures."""

    unpacked: Mapping[str, int] = MappingProxyType({})
    nested: Mapping[str, int] = MappingProxyType({})


def measure(path: Path) -> Size:
    """The size of a file; nothing of one that is damaged, which its reader names.

    Raises OSError for more columns, rows or cells than are read, and for more cells than its bytes can be answers of.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END))
        end = file.read(_END)
        length = int.from_bytes(end[:4], "little")
        if end[4:] != _MARK or length + _END > size:
            return Size()
        if length > limits.DICTIONARY:
            raise OSError(f"what it says of its columns takes more than {limits.DICTIONARY // 10**6} MB")
        file.seek(size - _END - length)
        footer = file.read(length)
    rows, cells, unpacked, nested = 0, 0, Counter[str](), Counter[str]()
    with suppress(LookupError, ValueError, TypeError, AttributeError, RecursionError, struct.error):
        found = _Thrift(footer).struct()
        rows = int(found[3])
        for group in found[4]:
            limits.check_width(len(group[1]))
            for chunk in group[1]:
                name, *below = (part.decode() for part in chunk[3][3])
                cells += (count := chunk[3][5])
                unpacked[name] += chunk[3][6]
                if below:
                    nested[name] += count
    if rows > limits.ROWS:
        raise OSError(f"it says that it has {rows:,} rows, and at most {limits.ROWS:,} are read")
    if cells > limits.MOST_CELLS:
        raise OSError(f"it says that it has {cells:,} cells, and at most {limits.MOST_CELLS:,} are read")
    if cells > limits.FEW_CELLS and cells > limits.DENSEST * size:
        raise OSError(f"a file of {size:,} bytes says that it has {cells:,} cells")
    return Size(unpacked, nested)


class _Thrift:
    """Structures of Thrift's compact protocol, as what they hold by the number of each field."""

    def __init__(self, content: bytes):
        self.content, self.at = content, 0
        self.kinds: dict[int, Callable[[], Any]] = {
            1: lambda: True,
            2: lambda: False,
            3: self._byte,
            **dict.fromkeys((4, 5, 6), self._number),
            7: self._double,
            8: self._binary,
            **dict.fromkeys((9, 10), self._list),
            12: self.struct,
        }
        self.depth = 0

    def struct(self) -> dict[int, Any]:
        """The next structure."""
        self.depth += 1
        if self.depth > _DEEP:
            raise RecursionError
        found: dict[int, Any] = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._number()
            found[field] = self._of(head & 15)
        self.depth -= 1
        return found

    def _of(self, kind: int) -> Any:
        if kind not in self.kinds:
            raise TypeError(kind)
        return self.kinds[kind]()

    def _byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 128:
            value |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise TypeError(shift)
        return value | byte << shift

    def _number(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)

    def _double(self) -> float:
        self.at += 8
        return float(struct.unpack_from("<d", self.content, self.at - 8)[0])

    def _binary(self) -> bytes:
        length = self._varint()
        self.at += length
        if self.at > len(self.content):
            raise IndexError(length)
        return self.content[self.at - length : self.at]

    def _list(self) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        if count > len(self.content) - self.at:
            raise IndexError(count)
        self.depth += 1
        if self.depth > _DEEP:
            raise RecursionError
        kind = head & 15
        found = [bool(self._byte() == 1) if kind in (1, 2) else self._of(kind) for _ in range(count)]
        self.depth -= 1
        return found
