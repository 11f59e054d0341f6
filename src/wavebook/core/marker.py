"""The file by which a folder says that wavebook made it, and which of what is in it: the rest is somebody else's.

What may be exchanged for something newer is decided by it alone, never by names that a folder of ours happens to have.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wavebook.core import files
from wavebook.core.languages import shipped
from wavebook.core.writing import json_file

MARK = ".wavebook"
SPHINX_OWN = ".buildinfo"
"""Sphinx's note of settings, with the paths of whoever built it: it is no part of what is published."""
SITE, EDITIONS, ARCHIVE = "a site", "editions", "published editions"
_OLD = "A site that wavebook made, and for which it may exchange another."  # then lines, of what an editor added
# Of a site made before there was a mark: by which it is known, and what else it holds besides its pages.
_SIGNS = ("datapackage.json", "_static/wavebook.js")
_EARLIER = {
    "_downloads", "_images", "_sources", "_static", "charts", "citation.bib", "citation.json",
    "citation.ris", "data", "datapackage.json", "feed.xml", "figures", "jupyter_execute", "notebooks",
    "objects.inv", "robots.txt", "searchindex.js", "sitemap.xml", "social",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """What a folder is, what wavebook put at its top (None if it did not say so yet), and what an editor had it add."""

    what: str
    holds: frozenset[str] | None = None
    added: frozenset[str] = frozenset()

    def owns(self, name: str) -> bool:
        """Tell whether what has this name at the top of the folder was put there by wavebook."""
        if self.holds is not None:
            return name in self.holds or name in (MARK, SPHINX_OWN)
        return name.endswith(".html") or name in {MARK, SPHINX_OWN, *_EARLIER, *shipped(), *self.added}


def write(folder: Path, what: str, *, added: Collection[str] = (), coming: Collection[str] = ()) -> None:
    """Put the mark in a folder: all at its top was put there by wavebook, and an editor had it add ``added``.

    The names ``coming`` follow.
    """
    holds = sorted({*coming, *(path.name for path in folder.iterdir())} - {MARK, SPHINX_OWN})
    files.write_whole(folder / MARK, json_file({"wavebook": what, "added": sorted(added), "holds": holds}))


def read(folder: Path) -> Mark | None:
    """The mark of a folder, or what is known of a site of before the mark; None of a folder that is not ours.

    A link to the mark of another folder says nothing of this one.
    """
    try:
        text = "" if (folder / MARK).is_symlink() else files.read(folder / MARK, files.TABLE).decode()
    except (OSError, ValueError):
        text = ""
    first, *lines = text.splitlines() or [""]
    if first == _OLD:
        return Mark(SITE, added=frozenset(lines))
    try:
        told = json.loads(text)
        return Mark(str(told["wavebook"]), frozenset(told["holds"]), frozenset(told["added"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    if (folder / SPHINX_OWN).is_file() and any((folder / name).is_file() for name in _SIGNS):
        return Mark(SITE)
    return None


def is_site(folder: Path) -> bool:
    """Tell whether a folder is a site that wavebook made."""
    mark = read(folder)
    return mark is not None and mark.what == SITE


def others(folder: Path, mark: Mark | None, fresh: Path) -> list[Path]:
    """What is at the top of a folder that wavebook did not put there, and does not put there now either."""
    if mark is None or not folder.is_dir():
        return []
    found = (path for path in sorted(folder.iterdir()) if not mark.owns(path.name))
    return [path for path in found if not os.path.lexists(fresh / path.name)]


def take_along(folder: Path, fresh: Path, mark: Mark | None) -> None:
    """Have a folder that comes in the place of another hold what somebody else put at the top of that one."""
    for path in others(folder, mark, fresh):
        target = fresh / path.name
        if path.is_symlink():
            target.symlink_to(os.readlink(path))
        elif path.is_dir():
            shutil.copytree(path, target, symlinks=True, copy_function=files.link_or_copy)
        elif path.is_file():
            files.link_or_copy(str(path), str(target))
