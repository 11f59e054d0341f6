"""Hashes of large files that need not be read again while they are the same to the disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from wavebook.core import hashes

LARGE = 1_000_000  # bytes; all smaller files of a book are read in a few milliseconds
_SETTLED = 2_000_000_000  # nanoseconds: two changes within one tick of a disk's clock have the same time
State = tuple[int, ...]


class Known:
    """The contents of large files by hash, each with the state in which the disk had it.

    The state of a file is its size, its number, and the times of its last change: of the contents, and of anything
    about it, which no program can set back. A file that changed a moment ago is read again next time.

    ``before`` is what ``kept`` of an earlier one held.
    """

    def __init__(self, before: object = None):
        self._found: dict[str, tuple[State, str]] = {}
        for path, known in before.items() if isinstance(before, Mapping) else ():
            if isinstance(known, list) and known and isinstance(known[-1], str):
                self._found[str(path)] = tuple(known[:-1]), known[-1]

    def digest(self, paths: Iterable[Path]) -> str:
        """Compute one hash of the names and contents of files, in the order given; files that are gone are skipped."""
        found = hashlib.sha256()
        for path in paths:
            try:
                found.update(f"{path.name}\0{self._of(path)}\0".encode())
            except FileNotFoundError:
                continue
        return found.hexdigest()

    def kept(self) -> dict[str, list[int | str]]:
        """What was found, in a form that JSON can hold."""
        return {path: [*state, content] for path, (state, content) in self._found.items()}

    def _of(self, path: Path) -> str:
        state = _state(path)
        if state[0] < LARGE:
            return hashes.of(path.read_bytes())
        name = str(path.absolute())
        known = self._found.get(name)
        if known and known[0] == state:
            return known[1]
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        self._found.pop(name, None)
        if max(state[2:]) < time.time_ns() - _SETTLED and _state(path) == state:
            self._found[name] = state, content
        return content


def _state(path: Path) -> State:
    found = path.stat()
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns
