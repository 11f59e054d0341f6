"""Published files put back as they were: from wherever the same bytes are, and from nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from wavebook.core import files
from wavebook.core.links import lies_in
from wavebook.core.writing import json_file
from wavebook.publish import checksums
from wavebook.publish.checksums import EDITIONS, RECORD, SUMS, editions


def mend(folder: Path, sources: Iterable[Path] = ()) -> list[str]:
    """Put back each file that is missing or changed of which the bytes are known; return their names.

    The same bytes may lie elsewhere among the editions, whose newest is there twice, or in the folders ``sources``.
    Lists and records can be made again. The checksum of each is proof that it is what was published.
    """
    expected = checksums.as_published(folder)
    there = checksums.everything(folder) if expected else {}
    lost = {name: digest for name, digest in expected.items() if there.get(name) != digest and _is_inside(folder, name)}
    if not lost:
        return []
    known = {digest: folder / name for name, digest in there.items()}
    for source in sources:
        known |= {digest: source / name for name, digest in checksums.everything(source).items()}
    mended = []
    for name, digest in lost.items():
        content = known[digest].read_bytes() if digest in known else _made_again(folder, name, digest, expected)
        if content is not None and checksums.digest_of(content) == digest:
            files.write_whole(folder / name, content)
            mended.append(name)
    return mended


def from_work(root: Path) -> list[Path]:
    """The sites that were made for editions in the work folder of a book."""
    return sorted((root / "_build" / ".wavebook").glob("publish-*/html"))


def _is_inside(folder: Path, name: str) -> bool:
    """Tell whether a name in a list is that of a file in its folder: a list may come from anywhere."""
    path = PurePosixPath(name)
    real = os.path.realpath((folder / name).parent)
    return not path.is_absolute() and ".." not in path.parts and lies_in(real, os.path.realpath(folder))


def _made_again(folder: Path, name: str, digest: str, expected: dict[str, str]) -> bytes | None:
    """The content of a list or a record, which follows from the others."""
    tried = [*_lists(name, expected), *_records(folder, name)]
    return next((content for content in tried if checksums.digest_of(content) == digest), None)


def _lists(name: str, expected: dict[str, str]) -> Iterator[bytes]:
    below, _, last = name.rpartition("/")
    if last == SUMS and below:
        parts = {n.removeprefix(f"{below}/"): d for n, d in expected.items() if n.startswith(f"{below}/")}
        yield checksums.lines({n: d for n, d in parts.items() if n != SUMS})


def _records(folder: Path, name: str) -> Iterator[bytes]:
    """The record at the root is that of the newest edition, with the editions that its pages lead to."""
    below, _, last = name.rpartition("/")
    if last != RECORD:
        return
    if below:
        at_root = checksums.record(folder)
        yield json_file({field: value for field, value in at_root.items() if field != EDITIONS})
    else:
        held = editions(folder)
        for wave in held:
            yield json_file({**checksums.record(folder / wave), EDITIONS: held})
