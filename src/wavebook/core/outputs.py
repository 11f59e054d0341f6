"""Folders where a site may be put: empty, new, or made by this library; nothing else is ever replaced."""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path

from wavebook.core import files, marker, temporary
from wavebook.core.links import lies_in
from wavebook.core.problems import Problem, fail, raise_all

_OURS = ("book", "notebooks", "data", "_build/.wavebook")  # of a book: its sources, and where work is kept
_NEW, _OLD = ".wavebook-new", ".wavebook-old"
_KINDS = {
    stat.S_IFREG: "is a file",
    stat.S_IFIFO: "is a pipe",
    stat.S_IFSOCK: "is a socket",
    stat.S_IFCHR: "is a device",
    stat.S_IFBLK: "is a device",
}


def chosen(root: Path, output: Path, *, what: str, is_ours: Callable[[Path], bool], code: str = "W502") -> Path:
    """The folder at ``output`` that may be exchanged for a new one; nothing is written.

    Parameters
    ----------
    root
        The book's folder.
    what
        What is put there, for messages: "a site".
    is_ours
        Whether a folder with something in it was made here.
    code
        Of the problem.

    Raises
    ------
    ProblemsError
        When something else lies there, or a link (W502).
    OSError
        When it cannot be read, or a file stands where a folder should be.
    """
    real = os.path.realpath(output)
    action = f"Choose an empty or new folder, or one that holds {what} that was made here."
    if os.path.islink(output):
        aim = f"Name the folder that it leads to, {real}." if os.path.isdir(real) else action
        fail(Problem(code, str(output), "is a link, not a folder", aim))
    raise_all(Problem(code, str(output), found, action) for found in _wrong(root, real, what, is_ours))
    return Path(real)


def no_links(root: Path, *names: str) -> None:
    """Raise ProblemsError (W533) for each of these names in a book's folder that is a link: no file takes its place."""
    action = "Put the file or folder itself there, and remove the link."
    links = [name for name in names if (root / name).is_symlink()]
    raise_all(Problem("W533", name, "is a link, and would be written to", action) for name in links)


def _wrong(root: Path, real: str, what: str, is_ours: Callable[[Path], bool]) -> Iterator[str]:
    try:
        mode = os.lstat(real).st_mode
    except FileNotFoundError:
        mode = None
    ours = [os.path.realpath(root / name) for name in _OURS]
    if mode is not None and not stat.S_ISDIR(mode):
        yield f"{_KINDS.get(stat.S_IFMT(mode), 'is something else')}, not a folder"
    elif any(lies_in(inside, real) for inside in (os.path.realpath(root), *ours, os.path.realpath(Path.home()))):
        yield "is the book's own folder, your home, or around one of them"
    elif lies_in(real, *ours):
        yield "lies within the sources of the book"
    elif mode is not None and os.path.ismount(real):
        yield "is the root of another disk, which cannot be exchanged; name a folder in it"
    elif mode is not None and (mounted := next(_mounted(real), None)):
        yield f"holds the root of another disk, whose files would go: {mounted}"
    elif mode is not None and os.listdir(real) and not is_ours(Path(real)):
        yield f"holds something other than {what} that was made here"


def _mounted(folder: str) -> Iterator[str]:
    """The roots of other disks below a folder."""
    for inside, names, _ in os.walk(folder):
        yield from (path for name in names if os.path.ismount(path := os.path.join(inside, name)))


# --- putting it in place ----------------------------------------------------------------------------------


def publish(site: Path, output: Path) -> None:
    """Replace ``output`` by a copy of ``site`` in one step; nothing is done where they are the same.

    Files that did not change keep their times. What somebody else put beside them stays there.
    """
    with files.still():
        before = marker.read(site)
        marker.write(site, marker.SITE, added=before.added if before else ())  # with languages that came after the root
        mark = marker.read(output)
        if is_same(site, output, without=[path.name for path in marker.others(output, mark, site)]):
            return
    with files.alone(output.parent):
        fresh = beside(output)
        with files.still():
            shutil.copytree(site, fresh, ignore=shutil.ignore_patterns(marker.SPHINX_OWN))  # copy2: times are kept
        open_to_readers(fresh)
        if output.is_dir():
            keep_times(output, fresh)
            marker.take_along(output, fresh, mark)
        exchange(fresh, output)


def open_to_readers(folder: Path) -> None:
    """Let everybody read what is below a folder, whatever the mask of the processes that made it.

    Who serves it is another user. Who may write in its folders stays as it is, but for strangers.
    """
    for inside, _, names in os.walk(folder):
        _permit(inside, lambda mode: (mode | 0o755) & ~0o002)
        for name in names:
            if not os.path.islink(path := os.path.join(inside, name)):
                _permit(path, lambda _: 0o644)


def _permit(path: str, wanted: Callable[[int], int]) -> None:
    mode = stat.S_IMODE(os.stat(path).st_mode)
    if mode != wanted(mode):
        with suppress(PermissionError):  # it is another's, who shares this book
            os.chmod(path, wanted(mode))


def beside(output: Path) -> Path:
    """Name a new folder beside ``output``, to be filled and exchanged for it; remove leftovers of a stopped run.

    The caller has the folder that both lie in to itself: ``files.alone``.
    """
    fresh, aside = _beside(output)
    if aside.is_dir() and not os.path.lexists(output):  # stopped where exchanging takes several steps
        os.rename(aside, output)
    for left in (fresh, aside):
        shutil.rmtree(left, ignore_errors=True)
    return fresh


def settle(folder: Path) -> None:
    """Remove what runs that were killed have left beside their output in ``folder``, unless one is at work there."""
    left = [name for name in os.listdir(folder) if name.startswith(".") and name.endswith((_NEW, _OLD))]
    if left and (held := temporary.lock(folder, wait=False)) is not None:
        try:
            for name in left:
                beside(folder / name[1:].removesuffix(_NEW).removesuffix(_OLD))
        finally:
            os.close(held)


def _beside(output: Path) -> tuple[Path, Path]:
    """The names of the new folder beside ``output`` and, while they are exchanged, of the old one."""
    return output.parent / f".{output.name}{_NEW}", output.parent / f".{output.name}{_OLD}"


def exchange(fresh: Path, output: Path) -> None:
    """Replace ``output`` by a new folder in one step, and remove the old one."""
    if not os.path.lexists(output):
        os.rename(fresh, output)
        return
    if output.is_symlink() or not output.is_dir():  # it has changed since ``chosen`` looked
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output))
    _swap(fresh, output)
    shutil.rmtree(fresh)


def keep_times(before: Path, after: Path) -> None:
    """Give files that did not change their old times: Sphinx also rewrites pages that are the same."""
    for name, _ in _files(after):
        path, old = after / name, before / name
        if old.is_file() and not old.samefile(path) and filecmp.cmp(old, path, shallow=False):
            times = old.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def listing(folder: Path) -> dict[str, list[int]]:
    """Size and time of every file below a folder."""
    return dict(_files(folder))


def _files(folder: Path, below: str = "", without: Collection[str] = ()) -> Iterator[tuple[str, list[int]]]:
    """Yield every file below a folder with its size and time, one by one: many editions have very many files."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name) if folder.is_dir() else ():
        if entry.name in without or entry.name == marker.SPHINX_OWN:
            continue
        if entry.is_dir():
            yield from _files(Path(entry.path), f"{below}{entry.name}/")
        elif entry.is_file():
            known = entry.stat()
            yield f"{below}{entry.name}", [known.st_size, known.st_mtime_ns]


def is_same(one: Path, two: Path, without: Collection[str] = ()) -> bool:
    """Tell whether two folders hold the same files, by size and time; the second one may have some more at its top."""
    here, there = _files(one), _files(two, without=without)
    return two.is_dir() and all(mine == theirs for mine, theirs in zip_longest(here, there))


def _swap(one: Path, two: Path) -> None:
    """Swap the names of two folders: in one step where the system can (Linux), else in three."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is not None and hasattr(libc, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        if libc.renameat2(here, os.fsencode(one), here, os.fsencode(two), exchange) == 0:
            return
    _, aside = _beside(two)
    os.rename(two, aside)
    os.rename(one, two)
    os.rename(aside, one)
