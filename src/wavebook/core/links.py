"""Links in the book's folders to what lies elsewhere, and entries that are not regular files, such as pipes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from wavebook.core.problems import Problem

_PAGES = (".md", ".ipynb", ".rst")


def problems(root: Path) -> Iterator[Problem]:
    """Report links in book/ and notebooks/ that lead out of them (W418 for a page, else W419), and pipes and such."""
    answers = os.path.realpath(root / "data" / "responses")
    if (root / "book").is_symlink():
        yield Problem("W419", "book", "is a link", "Put the folder itself there: Sphinx looks for the data beside it.")
    for part in ("book", "notebooks"):
        whole = os.path.realpath(root / part)
        for folder, folders, names in os.walk(root / part):
            for path in (Path(folder, name) for name in (*folders, *names)):
                try:
                    mode, place = path.lstat().st_mode, path.relative_to(root).as_posix()
                except FileNotFoundError:  # a notebook that has run was being written, or somebody removed it
                    continue
                if stat.S_ISLNK(mode):
                    real = os.path.realpath(path)
                    if lies_in(real, whole) and not lies_in(real, answers):
                        continue
                    code = "W418" if path.suffix in _PAGES and part == "book" else "W419"
                    action = f"Copy what may be public to {part}/, and remove the link."
                    yield Problem(code, place, f"is a link to a file outside {part}/", action)
                elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    yield Problem("W419", place, "is not a regular file", "Remove it.")


def lies_in(path: str, *places: str) -> bool:
    """Tell whether a path is one of ``places`` or lies below one, all as ``os.path.realpath`` gives them."""
    return any(place and (path == place or path.startswith(place.rstrip(os.sep) + os.sep)) for place in places)
