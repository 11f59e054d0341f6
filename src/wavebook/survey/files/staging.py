"""Private folders beside the answers, for data that do not fit in memory."""

from __future__ import annotations

import os
import subprocess
import weakref
from pathlib import Path

from wavebook.core import temporary

_PREFIX = ".staging-"


class Staging:
    """A folder beside the respondent file, where nothing is committed and nobody else can read.

    It is removed with this object, and when this process ends, however that comes about: a guard waits for that, as a
    process that is killed cannot tidy up. Folders left by a loss of power are removed first.
    """

    def __init__(self, path: Path):
        self._parent = path.parent
        self._folder: Path | None = None
        temporary.sweep(self._parent, _PREFIX)

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed."""
        if self._folder is None:
            made = temporary.Folder(self._parent, _PREFIX)
            self._folder = made.path
            remove = ["sh", "-c", 'trap "" HUP INT TERM; read _; rm -rf -- "$0"', str(made.path.resolve())]
            guard = None
            if os.name == "posix":
                guard = subprocess.Popen(remove, stdin=subprocess.PIPE, start_new_session=True)
            weakref.finalize(self, _end, made, guard)
        return self._folder


def _end(made: temporary.Folder, guard: subprocess.Popen[bytes] | None) -> None:
    made.remove()
    if guard is not None:
        guard.communicate()
