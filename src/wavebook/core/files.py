"""The files a book is made from, hashes that show whether they changed, and writing that is never left half done."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from wavebook.core import hashes, temporary

try:
    import fcntl
    import resource
except ImportError:  # Windows, which these modules' types do not cover
    fcntl = resource = None  # type: ignore[assignment]

PACKAGE = Path(__file__).parents[1]
"""The folder of this library."""
THEME = PACKAGE / "theme"
"""The Sphinx theme: templates, style sheets, scripts."""

# In bytes, a hundred times what a book needs: its longest page, notebook or file of declarations is 10 KB and a table
# of figures 100 KB. Anything larger is a mistake, and takes time to read that grows with the square of its size.
TEXT, TABLE = 1_000_000, 20_000_000
DECLARED = 5_000_000
"""The most bytes of the declarations of segments: tens of thousands, each with its name in several languages."""
FIGURES = 200_000_000
"""The most bytes of a table of figures: two million rows, far more than a survey has in one wave."""
PIECE = 4 << 20
"""Bytes of a table of figures that are read at once: 40,000 rows."""
EXCERPT = "EXCERPT"
"""The file in data/ that marks it as part of a book's data, made for one edition by ``figures.excerpt``."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)  # opening a pipe by mistake would wait for ever


def read(path: Path, most: int = TEXT) -> bytes:
    """Read a file. Raises OSError when it is larger than ``most`` or not a regular file, and so may never end."""
    _check(path, most)
    return path.read_bytes()


def read_pieces(path: Path, most: int, size: int) -> Iterator[bytes]:
    """Read the lines of a file, about ``size`` bytes of them at a time; raises as ``read``."""
    _check(path, most)
    rest = b""
    with path.open("rb") as file:
        while block := file.read(size):
            end = block.rfind(b"\n") + 1
            if end:
                yield rest + block[:end]
            rest = block[end:] if end else rest + block
    if rest:
        yield rest


def _check(path: Path, most: int) -> None:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
    if found.st_size > most:
        raise OSError(errno.EFBIG, f"is larger than {most // 1_000_000} MB", str(path))


def digest(paths: Iterable[Path]) -> str:
    """Compute one hash of the names and contents of files, in the order given; files that are gone are skipped."""
    return hashes.of_all(_there(paths))


def _there(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.name, path.read_bytes()


def library() -> list[Path]:
    """The library's own files, theme included: its output may change when they do."""
    found: list[Path] = []
    for folder, below, names in os.walk(PACKAGE):  # five times as fast as rglob, and looked through for every build
        below[:] = sorted(name for name in below if name != "__pycache__")
        found += [Path(folder, name) for name in sorted(names)]
    return found


def look(root: Path) -> list[Path]:
    """The book's own style sheets and pictures: every page shows them."""
    return sorted(p for p in (root / "book" / "_static").rglob("*") if p.is_file())


def settings(root: Path) -> list[Path]:
    """The settings of the book and its table of contents."""
    return [path for path in (root / "_config.yml", root / "_toc.yml") if path.is_file()]


def shared(root: Path) -> list[Path]:
    """Files that any page may show or follow: settings, declarations, sources, style sheets; no figures."""
    declared = [path for path in data(root) if path.suffix in (".bib", ".json", ".toml")]
    return [*settings(root), *sorted((root / "book").glob("*/_config.yml")), *declared, *look(root)]


def data(root: Path) -> list[Path]:
    """The public data and pins that notebooks and pages draw on; never a respondent's answers."""
    folder = root / "data"
    found = [p for p in folder.rglob("*") if p.is_file() and "responses" not in p.relative_to(folder).parts]
    return sorted(found) + pins(root)


def pins(root: Path) -> list[Path]:
    """The locked requirements."""
    return [path for path in (root / "requirements.txt",) if path.is_file()]


def notebooks(root: Path) -> list[Path]:
    """The notebooks that make the charts and the verdicts."""
    return sorted((root / "notebooks").glob("*.ipynb"))


def beside_notebooks(root: Path) -> list[Path]:
    """Modules and other files beside the notebooks, which these may import and read."""
    folder = root / "notebooks"
    found = (p for p in folder.rglob("*") if p.suffix not in (".ipynb", ".pyc") and p.is_file())
    return sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def runs(root: Path) -> list[Path]:
    """Files that runs of notebooks depend on, whatever the edition."""
    return [*notebooks(root), *beside_notebooks(root), *data(root), *library()]


def book(root: Path) -> list[Path]:
    """Files that a site is made from."""
    folder = root / "book"
    pages = [p for p in folder.rglob("*") if p.is_file() and "notebooks" not in p.relative_to(folder).parts]
    return [*settings(root), *sorted(pages), *runs(root)]


_at_work = threading.RLock()


@contextmanager
def still() -> Iterator[None]:
    """Keep this process's other threads from writing meanwhile, so that folders hold only whole files."""
    with _at_work:
        yield


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Remove every file directly in ``folder`` except ``names``: earlier builds may have made others.

    The folder goes with its last file.
    """
    kept = set(names)
    with still():
        there = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
        for path in (path for path in there if path.name not in kept):
            path.unlink()
        if there and not any(folder.iterdir()):
            folder.rmdir()


def outdated(paths: Iterable[Path], most: int, *, newest: Path) -> list[Path]:
    """All of these but the ``most`` newest, by the times of their last change; ``newest`` is never among them.

    A time that is still to come, of before the clock was set back, is that of the oldest.
    """
    now = time.time()
    times = {path: path.stat().st_mtime for path in paths if path != newest}
    others = sorted(times, key=lambda path: (times[path] <= now, times[path]))
    return others[: max(0, len(others) - (most - 1))]


def holds(path: Path, content: bytes) -> bool:
    """Tell whether ``path`` is a file with exactly this ``content``."""
    return path.is_file() and path.read_bytes() == content


def link_or_copy(source: str, target: str) -> None:
    """Link a file under a second name where the disk allows it, else copy it; a ``copy_function`` for ``copytree``."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def write_whole(path: Path, content: bytes, *, private: bool = False) -> bool:
    """Write ``content`` if it differs, keeping ``path`` whole at every moment; tell whether it differed.

    Only its owner may read a ``private`` file.
    """
    if holds(path, content) and not (private and path.stat().st_mode & 0o077):
        return False
    with writing(path, private=private) as file:
        file.write(content)
    return True


@contextmanager
def writing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file that replaces ``path`` once it is written; a failure before that leaves no trace.

    Everyone may read it unless it is ``private``. Raises OSError when something other than a file is there: a device
    or a pipe must not be replaced.
    """
    if os.path.exists(path) and not path.is_file():
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
    with still():
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.part(path, 0o600 if private else 0o644) as file:
            yield file


@contextmanager
def alone(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Lock ``folder``, made if needed; wait while another process has it locked. A lock ends with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    held = os.open(folder, _FOLDER)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"waiting for another run in {folder}")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def leave_no_core() -> None:
    """Keep a crash of this process from leaving its memory, with respondents' answers, on the disk."""
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
