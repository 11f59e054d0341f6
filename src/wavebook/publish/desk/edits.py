"""Changes in the files of a book: made whole or not at all, refused where a file is not as it was seen, and undone."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wavebook.core import files, hashes
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.core.splice import alike_at_ends

MOST = 200  # changes that can be undone
_AGAIN = "Look at it again, and make the change in the file as it is now."


def seen(root: Path, name: str) -> bytes:
    """The content of a file of the book now; raises ProblemsError (W457) where it cannot be read."""
    try:
        return files.read(root / name, files.TABLE)
    except OSError as error:
        fail(Problem("W457", name, f"cannot be read: {error.strerror}", "Restore it."))


def write(root: Path, about: str, changes: Mapping[str, tuple[bytes, bytes]]) -> bool:
    """Write files whose content is still what was seen, and keep how to undo it; tell whether anything changed.

    Parameters
    ----------
    about
        What is done, in words: ``reworded book/index.md:12``.
    changes
        By the name of a file, the content that was seen and the content that it gets.

    Raises
    ------
    ProblemsError
        W457 for each file that somebody changed in the meantime: then none is written.
    """
    changed = {name: sides for name, sides in changes.items() if sides[0] != sides[1]}
    if not changed:
        return False
    with files.alone(_folder(root)):
        raise_all(_stale(root, {name: before for name, (before, _) in changed.items()}))
        _write_all(root, changed)
        today = datetime.datetime.now().isoformat(" ", "seconds")
        entry = {"about": about, "when": today, "files": [_kept(name, *sides) for name, sides in changed.items()]}
        _keep(root, [*made(root), entry])
    return True


def undo(root: Path) -> str:
    """Take the last change back; what it was in words, empty if there is none.

    Raises ProblemsError (W457) where a file was changed since by others.
    """
    with files.alone(_folder(root)):
        if not (entries := made(root)):
            return ""
        last = entries[-1]
        now = {part["file"]: seen(root, part["file"]) for part in last["files"]}
        raise_all(
            Problem("W457", part["file"], f"was changed since it was {last['about'].partition(' ')[0]}", _BY_HAND)
            for part in last["files"]
            if hashes.of(now[part["file"]]) != part["after"]
        )
        _write_all(
            root, {part["file"]: (now[part["file"]], _before(now[part["file"]], part)) for part in last["files"]}
        )
        _keep(root, entries[:-1])
    return last["about"]


_BY_HAND = "Change it back by hand; it holds more than the change that would be undone."


def made(root: Path) -> list[dict[str, Any]]:
    """The changes that can be undone, the last one at the end; none where what was kept of them is damaged."""
    try:
        found = json.loads((_folder(root) / "changes.json").read_text(encoding="utf-8"))
        return [entry for entry in found if entry["about"] and entry["files"]]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _folder(root: Path) -> Path:
    return root / "_build" / ".wavebook" / "desk"


def _keep(root: Path, entries: list[dict[str, Any]]) -> None:
    text = json.dumps(entries[-MOST:], indent=1)
    files.write_whole(_folder(root) / "changes.json", text.encode(), private=True)


def _stale(root: Path, expected: Mapping[str, bytes]) -> Iterable[Problem]:
    for name, content in expected.items():
        if seen(root, name) != content:
            yield Problem("W457", name, "was changed in the meantime, and is left as it is", _AGAIN)


def _write_all(root: Path, changed: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write every file, or leave all as they were."""
    done: list[str] = []
    try:
        for name, (_, after) in changed.items():
            _write(root / name, after)
            done.append(name)
    except OSError:
        for name in done:
            with contextlib.suppress(OSError):
                _write(root / name, changed[name][0])
        raise


def _write(path: Path, content: bytes) -> None:
    """Write one file, also where a link leads to it; who may read and write it stays the same."""
    there = path.resolve()
    mode = there.stat().st_mode & 0o777
    files.write_whole(there, content)
    os.chmod(there, mode)


def _kept(name: str, before: bytes, after: bytes) -> dict[str, Any]:
    """The part of a file that changes, and a hash of what it becomes."""
    start, alike = alike_at_ends(before, after)
    part = {"old": before[start : len(before) - alike], "new": after[start : len(after) - alike]}
    said = {side: text.decode("utf-8", "surrogateescape") for side, text in part.items()}
    return {"file": name, "after": hashes.of(after), "start": start} | said


def _before(now: bytes, part: Mapping[str, Any]) -> bytes:
    """The content of a file before a change."""
    old, new = (part[side].encode("utf-8", "surrogateescape") for side in ("old", "new"))
    return now[: part["start"]] + old + now[part["start"] + len(new) :]


def state(contents: Mapping[str, bytes]) -> str:
    """A mark of the content of files, to tell later whether one of them changed."""
    return hashes.of(json.dumps(hashes.by_name(contents), sort_keys=True), hashes.NAMED)
