"""Tables as Parquet: columns of few contents by number, whole numbers and numbers, none of them compressed.

Written here because each library that could is far larger than this one, and writes other bytes in every version.
Format: https://parquet.apache.org/docs/file-format/. Every column has a dictionary; a row group a number for each row.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

import numpy as np

Kind = Literal["text", "whole", "number"]
_TYPES: dict[str, int] = {"whole": 2, "number": 5, "text": 6}  # INT64, DOUBLE, BYTE_ARRAY
_GROUP = 131_072  # rows that are written together
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12  # of Thrift's compact protocol


@dataclass(frozen=True)
class Column:
    """A column: its name, and for each row the place of its content among ``values``, −1 where it has none."""

    name: str
    kind: Kind
    codes: np.ndarray
    values: Sequence[Any]


def write(file: IO[bytes], columns: Sequence[Column]) -> None:
    """Write a table; the same columns give the same bytes."""
    count = len(columns[0].codes)
    file.write(b"PAR1")
    at, groups = 4, []
    for start in range(0, count, _GROUP):
        chunks, size, rows = [], 0, min(_GROUP, count - start)
        for column in columns:
            codes, used = _used(column.codes[start : start + rows])
            pages = [_dictionary(column, used), _data(codes, len(used))]
            for page in pages:
                file.write(page)
            length = sum(map(len, pages))
            meta = _meta(column, rows, at, at + len(pages[0]), length)
            chunks.append(_struct([(2, _I64, _zigzag(at)), (3, _STRUCT, meta)]))
            at, size = at + length, size + length
        fields = [(1, _LIST, _list(_STRUCT, chunks)), (2, _I64, _zigzag(size)), (3, _I64, _zigzag(rows))]
        groups.append(_struct(fields))
    footer = _footer(columns, count, groups)
    file.write(footer + struct.pack("<I", len(footer)) + b"PAR1")


def _used(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The codes numbered anew, and which of the old they are; −1 stays."""
    used, again = np.unique(codes, return_inverse=True)
    none = int(len(used) > 0 and used[0] < 0)
    return again - none, used[none:]


# --- pages ------------------------------------------------------------------------------------------------


def _dictionary(column: Column, used: np.ndarray) -> bytes:
    values = [column.values[code] for code in used.tolist()]
    if column.kind == "text":
        texts = [str(value).encode() for value in values]
        body = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    else:
        body = np.array(values, "<i8" if column.kind == "whole" else "<f8").tobytes()
    header = _struct([(1, _I32, _zigzag(len(values))), (2, _I32, _zigzag(0))])  # plain
    return _page(2, 7, header, body)


def _data(codes: np.ndarray, size: int) -> bytes:
    there = codes >= 0
    levels = _packed(there.astype(np.int64), 1)
    width = max(int(size - 1).bit_length(), 1)
    body = struct.pack("<I", len(levels)) + levels + bytes([width]) + _packed(codes[there], width)
    fields = [(1, len(codes)), (2, 8), (3, 3), (4, 3)]  # by dictionary; levels in runs
    return _page(0, 5, _struct([(name, _I32, _zigzag(value)) for name, value in fields]), body)


def _packed(codes: np.ndarray, width: int) -> bytes:
    """Numbers of ``width`` bits, as one run of groups of eight; as one repeated number where all are alike."""
    if len(codes) and (codes == codes[0]).all():
        return _varint(len(codes) << 1) + int(codes[0]).to_bytes((width + 7) // 8, "little")
    groups = -(-len(codes) // 8)
    padded = np.zeros(groups * 8, np.int64)
    padded[: len(codes)] = codes
    bits = (padded[:, None] >> np.arange(width)) & 1
    return _varint(groups << 1 | 1) + np.packbits(bits.astype(np.uint8).ravel(), bitorder="little").tobytes()


def _page(kind: int, name: int, header: bytes, body: bytes) -> bytes:
    sizes = [(number, _I32, _zigzag(value)) for number, value in ((1, kind), (2, len(body)), (3, len(body)))]
    return _struct([*sizes, (name, _STRUCT, header)]) + body


# --- what describes them, in Thrift's compact protocol ----------------------------------------------------


def _meta(column: Column, rows: int, dictionary: int, data: int, length: int) -> bytes:
    encodings = _list(_I32, [_zigzag(0), _zigzag(3), _zigzag(8)])
    return _struct(
        [
            (1, _I32, _zigzag(_TYPES[column.kind])),
            (2, _LIST, encodings),
            (3, _LIST, _list(_BINARY, [_text(column.name)])),
            (4, _I32, _zigzag(0)),  # not compressed
            (5, _I64, _zigzag(rows)),
            (6, _I64, _zigzag(length)),
            (7, _I64, _zigzag(length)),
            (9, _I64, _zigzag(data)),
            (11, _I64, _zigzag(dictionary)),
        ]
    )


def _footer(columns: Sequence[Column], count: int, groups: list[bytes]) -> bytes:
    root = _struct([(4, _BINARY, _text("table")), (5, _I32, _zigzag(len(columns)))])
    schema = [root]
    for column in columns:
        fields = [(1, _I32, _zigzag(_TYPES[column.kind])), (3, _I32, _zigzag(1)), (4, _BINARY, _text(column.name))]
        text = [(6, _I32, _zigzag(0)), (10, _STRUCT, _struct([(1, _STRUCT, _struct([]))]))]  # UTF-8
        schema.append(_struct([*fields, *(text if column.kind == "text" else [])]))
    return _struct(
        [
            (1, _I32, _zigzag(1)),
            (2, _LIST, _list(_STRUCT, schema)),
            (3, _I64, _zigzag(count)),
            (4, _LIST, _list(_STRUCT, groups)),
            (6, _BINARY, _text("wavebook")),
        ]
    )


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def _zigzag(value: int) -> bytes:
    return _varint(value << 1)


def _text(text: str) -> bytes:
    content = text.encode()
    return _varint(len(content)) + content


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    head = bytes([len(items) << 4 | kind]) if len(items) < 15 else bytes([0xF0 | kind]) + _varint(len(items))
    return head + b"".join(items)


def _struct(fields: Iterable[tuple[int, int, bytes]]) -> bytes:
    made, before = bytearray(), 0
    for number, kind, content in fields:
        made += bytes([(number - before) << 4 | kind]) + content
        before = number
    return bytes(made) + b"\0"
