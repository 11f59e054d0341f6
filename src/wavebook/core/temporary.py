"""Temporary files and folders, each locked as long as its maker lives, and the removal of those that nobody holds.

A process that is killed cannot tidy up. The system ends its locks, however it ended: that is how a later run knows what
it may remove. Nothing of another user is touched, and nothing on a disk that has no locks.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, which these modules' types do not cover
    fcntl = None  # type: ignore[assignment]

PREFIX = ".wavebook-held-"
"""The start of the names of all of them."""
PART = ".part"
"""The end of the name of a file that is to replace another."""
MEMORY = Path("/dev/shm")
"""The folder that Linux keeps in memory."""
_SOCKET = 103  # bytes of the longest name that a socket may have on every system
_RANDOM = 10  # of a folder's name, with slashes: eight letters
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe of that name makes nobody wait


class Folder:
    """A new folder that nobody else can read, for this process until ``remove``, or until nothing refers to it.

    So none is left by a signal that strikes between its making and the block that would remove it.
    """

    def __init__(self, parent: Path | None = None, prefix: str = PREFIX, *, socket: int = 0):
        """Make it in ``parent``, by default the system's folder for such; leftovers there are removed first.

        Where a name of ``socket`` bytes in it would be too long for a socket, another folder of the system serves.
        """
        self._maker, self._lock = os.getpid(), None
        parent = parent or (_system(socket + len(prefix) + _RANDOM) if socket else _current())
        sweep(parent, prefix)
        while True:
            self.path = parent / (prefix + _random())  # known before it is made, so that it can be removed
            try:
                os.mkdir(self.path, 0o700)
            except FileExistsError:
                continue
            self._lock = lock(self.path, wait=True)
            if self.path.is_dir():
                self.path.chmod(0o700)  # whatever the mask of this process
                return
            self._release()  # another process swept it up before it was locked

    def __del__(self):
        if hasattr(self, "path") and self._maker == os.getpid():  # not in a fork, which has a copy of this object
            self.remove()

    def remove(self) -> None:
        """Remove it with all it holds, and its lock."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._release()

    def _release(self) -> None:
        held, self._lock = self._lock, None
        if held is not None:
            os.close(held)


def _random() -> str:
    return secrets.token_urlsafe(6)


def places() -> list[Path]:
    """The system's folders for temporary files, the one that this process was given first."""
    own = _current()
    while own.name.startswith(PREFIX):
        own = own.parent
    return list(dict.fromkeys((own, Path("/tmp"), Path("/var/tmp"), MEMORY)))


def _current() -> Path:
    """The folder for temporary files, which is Python's choice, without the file by which Python tries whether it is.

    A process that ends at that moment would leave this file, of which nobody could tell afterwards whose it is.
    """
    if tempfile.tempdir is None:
        named = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
        for place in (*filter(None, named), "/tmp", "/var/tmp", "/usr/tmp"):
            if os.path.isdir(place) and os.access(place, os.W_OK | os.X_OK) and shutil.disk_usage(place).free:
                tempfile.tempdir = os.path.abspath(place)
                break
    return Path(tempfile.gettempdir())


def _system(longer: int) -> Path:
    """The system's folder for temporary files, or another where a name so much longer is not too long for a socket."""
    own, *others = places()
    for place in (own, *others):
        if len(os.fsencode(place)) + longer <= _SOCKET and os.access(place, os.W_OK | os.X_OK):
            return place
    return own


@contextmanager
def folder(parent: Path | None = None, *, socket: int = 0) -> Iterator[Path]:
    """A temporary folder for a block."""
    made = Folder(parent, socket=socket)
    try:
        yield made.path
    finally:
        made.remove()


@contextmanager
def room(*, socket: int = 0) -> Iterator[None]:
    """Let all that this process, and any that it starts, keeps in temporary files during a block be in one such folder.

    Libraries and other programs leave theirs behind when they are killed. Where no folder can be made they do as ever.
    """
    try:
        made = Folder(socket=socket)
    except OSError:
        yield
        return
    given, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(made.path)
    try:
        yield
    finally:
        tempfile.tempdir = chosen
        if given is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = given
        made.remove()


@contextmanager
def part(path: Path, mode: int) -> Iterator[IO[bytes]]:
    """A new file that replaces ``path`` after the block, with these permissions; a failure before that leaves no trace.

    It is locked, so that no other run takes it for a leftover before it has got its name.
    """
    made = path.parent / f"{PREFIX}{_random()}{PART}"
    try:
        descriptor = _new(made)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
            os.chmod(made, mode)
            if fcntl is None:
                file.close()
            os.replace(made, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(made)
        raise


def _new(path: Path) -> int:
    """A new file that nobody else can read, locked."""
    while True:
        descriptor = os.open(path, _NEW, 0o600)
        if fcntl is not None:
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.lexists(path):
            return descriptor
        os.close(descriptor)  # another process swept it up before it was locked


def sweep(parent: Path, prefix: str = PREFIX) -> None:
    """Remove from ``parent``, not from folders in it, what was temporary and is held by no process any more."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(parent) as entries:
        left = [entry.path for entry in entries if entry.name.startswith(prefix)]
        for path in left:
            _sweep(path)


def sweep_below(parent: Path) -> None:
    """Do so in ``parent`` and all folders below it, without following links."""
    for inside, _, names in os.walk(parent):
        if any(name.startswith(PREFIX) for name in names):
            sweep(Path(inside))


def _sweep(path: str) -> None:
    held = lock(Path(path), wait=False)
    if held is None:
        return
    try:
        found = os.fstat(held)
        if found.st_uid != os.geteuid():
            return
        if stat.S_ISDIR(found.st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                os.unlink(path)
    finally:
        os.close(held)


def lock(path: Path, *, wait: bool) -> int | None:
    """Lock a file or folder until the descriptor that is returned is closed; None where that is not possible."""
    if fcntl is None:
        return None
    try:
        held = os.open(path, os.O_RDONLY | _SAFELY)
    except OSError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        if os.fstat(held).st_ino == os.lstat(path).st_ino:
            return held
    except OSError:
        pass
    os.close(held)
    return None
