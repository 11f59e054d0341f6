"""Published files put back as they were: from wherever the same bytes are, and from nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from wavebook.core import files
from wavebook.core.links import lies_in
from wavebook.core.writing import json_file
from wavebook.publish import checksums
from wavebook.publish.checksums import EDITIONS, RECORD, SUMS, editions, in_the_way


def mend(folder: Path, sources: Iterable[Path] = ()) -> list[str]:
    """Put back each file that is missing or changed of which the bytes are known; return their names.

    The same bytes may lie elsewhere among the editions, whose newest is there twice, or in the folders ``sources``.
    Lists and records can be made again. The checksum of each is proof that it is what was published. A list at the root
    that is lost or damaged is taken from a source that is as its own list says, and whose editions are these.
    """
    mended = _list_of_all(folder, sources := [*sources])
    expected = checksums.as_published(folder)
    there = checksums.everything(folder) if expected else {}
    lost = {name: digest for name, digest in expected.items() if there.get(name) != digest and _is_free(folder, name)}
    if not lost:
        return mended
    known = {digest: folder / name for name, digest in there.items()}
    for source in sources:
        known |= {digest: source / name for name, digest in checksums.everything(source).items()}
    for name, digest in lost.items():
        content = known[digest].read_bytes() if digest in known else _made_again(folder, name, digest, expected)
        if content is not None and checksums.digest_of(content) == digest:
            files.write_whole(folder / name, content)
            mended.append(name)
    return mended


def from_work(root: Path) -> list[Path]:
    """The sites that were made for editions in the work folder of a book."""
    return sorted((root / "_build" / ".wavebook").glob("publish-*/html"))


def _list_of_all(folder: Path, sources: Iterable[Path]) -> list[str]:
    """Put the list at the root back; return its name if that was done."""
    if checksums.listed(folder) is not None:
        return []
    own = {wave: checksums.published(folder, wave) for wave in editions(folder)}
    for source in sources:
        whole = checksums.listed(source)
        if whole is None or whole != checksums.sums(source) or not own:
            continue
        if set(own) == set(editions(source)) and all(own[wave] == checksums.published(source, wave) for wave in own):
            files.write_whole(folder / SUMS, checksums.lines(whole))
            return [SUMS]
    return []


def _is_free(folder: Path, name: str) -> bool:
    """Tell whether a file can be put at a name in a list: within its folder, and where nothing else stands.

    A list may come from anywhere.
    """
    path = PurePosixPath(name)
    real = os.path.realpath((folder / name).parent)
    inside = not path.is_absolute() and ".." not in path.parts and lies_in(real, os.path.realpath(folder))
    return inside and in_the_way(folder, name) is None


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
