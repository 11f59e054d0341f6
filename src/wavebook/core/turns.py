"""One run at a time in a book: each waits for the one before, and tidies up after one that was killed."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wavebook.core import files, outputs, temporary

_UNDER_WAY = "under-way"  # is there while a run is, and afterwards if it was killed
_SOURCES = ("book", "data", "notebooks")  # a run writes there too: figures, marks of translations


def one_at_a_time(work: Callable) -> Callable:
    """Make ``work(root, ...)`` wait while another run works in the same book."""

    @functools.wraps(work)
    def in_turn(root: Path, *arguments, **options):
        with files.alone(root / "_build" / ".wavebook", options.get("tell", lambda _: None)), _under_way(root):
            return work(root, *arguments, **options)

    return in_turn


@contextmanager
def _under_way(root: Path) -> Iterator[None]:
    """Note that a run is under way; before, remove what one that was killed has left."""
    note = root / "_build" / ".wavebook" / _UNDER_WAY
    tidy(root, killed=note.exists())
    note.touch()
    try:
        yield
    finally:
        with suppress(OSError):  # the next run looks once more than it needs to
            note.unlink()


def tidy(root: Path, *, killed: bool) -> None:
    """Remove what no living process owns: temporary folders, halves of files, and folders to be exchanged.

    Those of the work folder, which holds very many files, only if the last run was ``killed``.
    """
    for folder in temporary.places():
        temporary.sweep(folder)
    for folder in (root, root / "_build"):
        temporary.sweep(folder)
        outputs.settle(folder)
    for name in _SOURCES:
        temporary.sweep_below(root / name)
    if killed:
        for name in sorted(os.listdir(root / "_build")):
            temporary.sweep_below(root / "_build" / name)
