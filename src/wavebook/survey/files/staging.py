"""Private folders beside the answers, for data that do not fit in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import weakref
from pathlib import Path

from wavebook.core.files import hold


class Staging:
    """A folder beside the respondent file, where nothing is committed and nobody else can read.

    It is removed with this object, and when this process ends, however that comes about: a guard waits for that, as a
    process that is killed cannot tidy up. Folders left by a loss of power are removed first.
    """

    def __init__(self, path: Path):
        self._parent = path.parent
        self._folder: Path | None = None
        for left in self._parent.glob(".staging-*"):
            if left.is_dir() and not left.is_symlink() and (held := hold(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(held)

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed."""
        if self._folder is None:
            made = tempfile.TemporaryDirectory(dir=self._parent, prefix=".staging-")
            self._folder = folder = Path(made.name)
            remove = ["sh", "-c", 'trap "" HUP INT TERM; read _; rm -rf -- "$0"', str(folder.resolve())]
            guard = None
            if os.name == "posix":
                guard = subprocess.Popen(remove, stdin=subprocess.PIPE, start_new_session=True)
            weakref.finalize(self, _end, made, guard, hold(folder))
        return self._folder


def _end(made: tempfile.TemporaryDirectory[str], guard: subprocess.Popen[bytes] | None, held: int | None) -> None:
    made.cleanup()
    if guard is not None:
        guard.communicate()
    if held is not None:
        os.close(held)
