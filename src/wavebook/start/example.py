"""The example book, copied whole into a new folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from wavebook.core import files
from wavebook.core.problems import Problem, fail
from wavebook.start.begin import lay

_LEFT_OUT = ("_build", "__pycache__", ".ipynb_checkpoints", "responses")


def sources() -> Path | None:
    """The folder of the example: of this installation, or in the repository that the library is in; None without."""
    folders = [files.PACKAGE / "start" / "example", *sorted((files.PACKAGE.parents[1] / "examples").glob("*"))]
    return next((folder for folder in folders if (folder / "data" / "indicators.toml").is_file()), None)


def copied(folder: Path) -> list[str]:
    """Copy the example; the names of its files. Raises ProblemsError (W512, W515), and then nothing is written."""
    source = sources()
    if source is None:
        fail(Problem("W515", "wavebook init --example", "has no example in this installation", "Leave it out."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(Problem("W512", str(folder), "is not an empty folder", "Choose an empty or new one."))
    left_out = shutil.ignore_patterns(*_LEFT_OUT)
    _, names = lay(folder.absolute(), lambda made: shutil.copytree(source, made, ignore=left_out, dirs_exist_ok=True))
    return [*names]
