"""The folder of a book, found from any folder inside it."""

from __future__ import annotations

from pathlib import Path

from wavebook.core.problems import Problem, fail


def find_root(start: Path | None = None) -> Path:
    """The nearest folder at or above ``start`` that holds data/indicators.toml.

    Raises ProblemsError (W201) when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "data" / "indicators.toml").is_file():
            return folder
    fail(Problem("W201", str(start), "no data/indicators.toml here or above", "Run this inside a book."))
