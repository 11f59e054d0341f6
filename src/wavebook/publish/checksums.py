"""The lists of checksums of published editions: which files there were, and whether they are still the same.

A list lies in each edition and, for everything, at the root, in the format of sha256sum.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from wavebook.core import files, marker
from wavebook.core.marker import Mark
from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import is_wave_key

SUMS, RECORD = "SHA256SUMS", "edition.json"
EDITIONS = "editions"
"""In the record at the root: the editions that its pages lead to."""
_UNLISTED = (marker.MARK, ".git", ".hg", ".svn")
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^\0-\x1f]+)")
_OF_WAVE = re.compile(rf"[^/]+/{SUMS}").fullmatch
_RESTORE = (
    "Run wavebook verify --repair; what that cannot find, publish makes again from the sources of the edition, and the "
    "host has in the files that it was given."
)
_BLOCKED = "Move it elsewhere, and run wavebook verify --repair."
_ADDED = "Move it elsewhere; what is to come with every edition is named by html_extra_path in _config.yml."


def are_editions(folder: Path) -> bool:
    """Tell whether a folder holds editions that were published here, also before they had a mark, or one site."""
    found = marker.read(folder)
    if found is not None and found.what in (marker.SITE, marker.ARCHIVE):
        return True
    return any((folder / wave / RECORD).is_file() for wave in editions(folder))


def mark(folder: Path) -> Mark:
    """What wavebook put at the top of a folder of editions: what is listed there, if it has no mark of its own yet."""
    found = marker.read(folder)
    if found is not None and found.what == marker.ARCHIVE:
        return Mark(marker.ARCHIVE, frozenset({*(found.holds or ()), *editions(folder)}))
    names = {name.partition("/")[0] for name in listed(folder) or ()}
    if found is not None:
        names |= {path.name for path in folder.iterdir() if found.owns(path.name)}
    return Mark(marker.ARCHIVE, frozenset({SUMS, *names, *editions(folder)}))


def editions(folder: Path) -> list[str]:
    """The waves whose editions lie in ``folder`` or are listed there, each with a list of its own files."""
    there = {path.parent.name for path in folder.glob(f"*/{SUMS}")}
    named = {name.removesuffix(f"/{SUMS}") for name in listed(folder) or () if name.endswith(f"/{SUMS}")}
    return sorted(name for name in there | named if is_wave_key(name))


def record(edition: Path) -> dict:
    """What an edition says of itself; empty when that cannot be read."""
    try:
        found = json.loads(files.read(edition / RECORD))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def sums(edition: Path) -> dict[str, str]:
    """SHA-256 by name of every file in an edition, or in a folder of editions, except its own list."""
    found = everything(edition)
    found.pop(SUMS, None)
    return found


def is_sphinxs(name: str) -> bool:
    """Tell whether a file is Sphinx's own note, which earlier editions hold and which no reader needs."""
    return name.rpartition("/")[2] == marker.SPHINX_OWN


def everything(folder: Path) -> dict[str, str]:
    """SHA-256 by name of every file in a folder, but for its mark and what a system of versions keeps there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: digest(path) for name, path in names.items() if name.partition("/")[0] not in _UNLISTED}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(content: bytes) -> str:
    """SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def lines(sums: dict[str, str]) -> bytes:
    """A list of checksums, as it is written."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def listed(folder: Path) -> dict[str, str] | None:
    """SHA-256 by name from the list in ``folder``; None when there is none, or it is damaged.

    A list at the root is damaged too where that of an edition, which both know, tells otherwise, or where it has an
    edition without its list or a list without its edition: what is wrong is then the list, and none of the files that
    it would accuse.
    """
    found = _read(folder)
    if (
        found is None
        or _is_torn(found)
        or any(_gainsays(folder / name.rpartition("/")[0], found) for name in found if _OF_WAVE(name))
    ):
        return None
    return found


def _read(folder: Path) -> dict[str, str] | None:
    """A list of checksums as it stands; None where it is not as it was written, but for where its lines end."""
    try:
        content = files.read(folder / SUMS, files.TABLE).decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    parts = [_LINE.fullmatch(line) for line in content.removesuffix("\n").split("\n")]
    found = {part["name"]: part["digest"] for part in parts if part}
    whole = content.endswith("\n") and len(found) == len(parts)
    return found if whole and not any(_leaves(name) for name in found) else None


def _is_torn(whole: dict[str, str]) -> bool:
    """Tell whether a list at the root has the files of an edition, or the list of them, and not both."""
    waves = {name.partition("/")[0] for name in whole if "/" in name and is_wave_key(name.partition("/")[0])}
    with_list = {name.partition("/")[0] for name in whole if _OF_WAVE(name)}
    with_files = {name.partition("/")[0] for name in whole if "/" in name and not _OF_WAVE(name)}
    return bool(with_list) and any((wave in with_list) != (wave in with_files) for wave in waves)


def _leaves(name: str) -> bool:
    """Tell whether a name would lead out of its folder."""
    return name.startswith("/") or ".." in name.split("/")


def _gainsays(edition: Path, whole: dict[str, str]) -> bool:
    """Tell whether a list at the root differs from that of an edition in one thing only: its files, or that list."""
    own = _read(edition)
    if own is None or lines(own) != (edition / SUMS).read_bytes():
        return False  # it is damaged itself
    below = f"{edition.name}/"
    parts = {n.removeprefix(below): d for n, d in whole.items() if n.startswith(below) and n != below + SUMS}
    parts = {n: d for n, d in parts.items() if n.partition("/")[0] not in _UNLISTED}
    return (parts == own) != (whole[below + SUMS] == digest(edition / SUMS))


def published(folder: Path, wave: str) -> dict[str, str]:
    """SHA-256 by name of an edition as it was published, by the list at the root or else its own; empty if unknown."""
    whole = listed(folder)
    if whole is None:
        return listed(folder / wave) or {}
    below = f"{wave}/"
    return {n.removeprefix(below): d for n, d in whole.items() if n.startswith(below) and n != f"{below}{SUMS}"}


def as_published(folder: Path) -> dict[str, str]:
    """SHA-256 by name of all that was published: by the list at the root, or else by those of the editions."""
    whole = listed(folder)
    if whole is not None:
        return whole
    return {f"{wave}/{name}": digest for wave in editions(folder) for name, digest in published(folder, wave).items()}


def verify(folder: Path) -> list[str]:
    """Give a line for each edition in ``folder`` and one for the folder, if every file is as it was published.

    Raises
    ------
    ProblemsError
        Every file that is missing, changed or added, and every list of files that cannot be read (W522).
    """
    raise_all(unlike(folder))
    places = [*(folder / wave for wave in editions(folder)), folder]
    return [f"{place}: {len(sums(place))} files as published" for place in places]


def unlike(folder: Path, parts: Collection[str] | None = None) -> Iterator[Problem]:
    """Changes in a folder of editions since its publication: in all, or in ``parts`` (waves, and "" for its root)."""
    if parts is not None and not parts:
        return
    expected, there, held = as_published(folder), everything(folder), editions(folder)
    if listed(folder) is None and (parts is None or "" in parts):
        found = "is missing, or is not the list of checksums that was written"
        action = "Name the files that the host was given with --repair --source, or publish the newest edition again."
        yield Problem("W522", str(folder / SUMS), found, action)
        return
    ours, whole = mark(folder), listed(folder) is not None
    blocked = {name: path for name in expected if (path := in_the_way(folder, name)) is not None}
    told: set[Path] = set()
    for name in sorted((expected.keys() | there.keys()) - {SUMS}):
        first, _, rest = name.partition("/")
        if expected.get(name) == there.get(name):
            continue
        if parts is not None and (first if first in held else "") not in parts:
            continue
        if name not in expected and parts is not None and (not ours.owns(first) or (rest == SUMS and not whole)):
            continue  # somebody else's, which is taken along; or the list itself, where there is no other
        if (path := blocked.get(name, folder / name)) in blocked.values():
            if path not in told:
                yield Problem("W522", str(path), "has taken the place of what was published", _BLOCKED)
            told.add(path)
            continue
        word = "is missing" if name not in there else "was added" if name not in expected else "was changed"
        action = _ADDED if word == "was added" else _RESTORE
        yield Problem("W522", str(folder / name), f"{word} since it was published", action)


def in_the_way(folder: Path, name: str) -> Path | None:
    """What stands where a published file was, or where a folder above it was, and is something else."""
    path = folder / name
    above = [folder / parent for parent in reversed(PurePosixPath(name).parents[:-1])]
    wrong = (place for place in above if os.path.lexists(place) and not place.is_dir())
    return next(wrong, path if path.exists() and not path.is_file() else None)
