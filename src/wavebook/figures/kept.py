"""Checked tables kept by column, for the next process that loads them: each state of the files is checked once.

A table is kept under the hash of all that its checks depend on: tables, declarations, languages, the library. Only
large ones are, as smaller ones are read as quickly. The contents are those of ``Rows``: no figure of too few people.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import numpy as np

from wavebook.core import files, hashes
from wavebook.core.known import LARGE
from wavebook.definitions import Definitions
from wavebook.figures.key import NUMBER_COLUMNS
from wavebook.figures.rows import WORDS, Column, Rows

_TEXTS = tuple(name for name in WORDS if name not in ("unit", "decimals"))  # these two follow from the indicator
_HASH = hashlib.sha256().digest_size
_MOST = 2  # tables that stay: that of now and that of before a change


class Kept:
    """The table of a book in one state of its files, of which ``state`` is a hash."""

    def __init__(self, root: Path, state: str):
        tables = (root / "data" / "figures").glob("*.csv")
        self.path = None
        if sum(path.stat().st_size for path in tables if path.is_file()) >= LARGE:
            name = hashes.of(f"{state} {files.digest(files.library())}", hashes.NAMED)
            self.path = root / "_build" / ".wavebook" / "tables" / name

    def rows(self, definitions: Definitions) -> Rows | None:
        """The rows; None where they are not kept, or not as they were written."""
        return _read(self.path, definitions) if self.path else None

    def keep(self, rows: Rows) -> None:
        """Keep them, if the table is large, and forget all but the newest; a book may be for reading only."""
        with suppress(OSError):
            if self.path:
                _write(self.path, rows)
                for old in files.outdated(self.path.parent.iterdir(), _MOST, newest=self.path):
                    old.unlink(missing_ok=True)


def _write(path: Path, rows: Rows) -> None:
    arrays = [_smallest(rows.words[name]) for name in _TEXTS] + [rows.numbers[name] for name in NUMBER_COLUMNS]
    told = {"values": [list(rows.words[name].values) for name in _TEXTS], "kinds": [a.dtype.str for a in arrays]}
    head = json.dumps(told).encode()
    parts = [len(head).to_bytes(8), head, *(array.tobytes() for array in arrays)]
    content = hashlib.sha256()
    for part in parts:
        content.update(part)
    with files.writing(path) as file:
        for part in (content.digest(), *parts):
            file.write(part)


def _smallest(column: Column) -> np.ndarray:
    return column.codes.astype(np.min_scalar_type(max(len(column.values) - 1, 0)).newbyteorder("<"))


def _read(path: Path, d: Definitions) -> Rows | None:
    """The rows in a file; None where there is none, or where it is not as it was written."""
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    if hashlib.sha256(content[_HASH:]).digest() != content[:_HASH]:
        return None
    at = _HASH + 8
    end = at + int.from_bytes(content[_HASH:at])
    told = json.loads(bytes(content[at:end]))
    kinds = [np.dtype(kind) for kind in told["kinds"]]
    count, at = (len(content) - end) // sum(kind.itemsize for kind in kinds), end
    arrays = []
    for kind in kinds:
        arrays.append(np.frombuffer(content, kind, count, at))
        at += count * kind.itemsize
    codes, numbers = arrays[: len(_TEXTS)], arrays[len(_TEXTS) :]
    words = {
        name: Column(code.astype(np.int32), values)
        for name, code, values in zip(_TEXTS, codes, told["values"], strict=True)
    }
    of = [d.indicators[name] for name in words["indicator"].values]
    words["unit"] = Column(words["indicator"].codes, [item.unit for item in of])
    words["decimals"] = Column(words["indicator"].codes, [item.decimals for item in of])
    return Rows({name: words[name] for name in WORDS}, dict(zip(NUMBER_COLUMNS, numbers, strict=True)))
