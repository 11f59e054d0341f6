"""The files a book is made from, hashes that say whether they changed, and writing that is never half done."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """A hash of the names and contents of files, in the order given."""
    found = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        found.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def digest_text(path: Path) -> str:
    """The first twelve digits of the SHA-256 of a page, for people to copy."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def library() -> list[Path]:
    """The library's own files, theme included: what it makes may differ when they do."""
    folder = Path(__file__).parent
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def look(root: Path) -> list[Path]:
    """The book's own style sheets and pictures: every page shows them."""
    return sorted(p for p in (root / "book" / "_static").rglob("*") if p.is_file())


def data(root: Path) -> list[Path]:
    """The public data and pins that notebooks and pages draw on; never a respondent's answers."""
    folder = root / "data"
    found = [p for p in folder.rglob("*") if p.is_file() and "responses" not in p.relative_to(folder).parts]
    return sorted(found) + pins(root)


def pins(root: Path) -> list[Path]:
    """The locked requirements."""
    return [path for path in (root / "requirements.txt",) if path.is_file()]


def book(root: Path) -> list[Path]:
    """Everything that a site is made from."""
    folder = root / "book"
    pages = [p for p in folder.rglob("*") if p.is_file() and "notebooks" not in p.relative_to(folder).parts]
    settings = [p for p in (root / "_config.yml", root / "_toc.yml") if p.is_file()]
    return [*settings, *sorted(pages), *sorted((root / "notebooks").glob("*.ipynb")), *data(root), *library()]


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Remove every file directly in ``folder`` but ``names``: what an earlier build made and this one does not."""
    kept = set(names)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and path.name not in kept:
            path.unlink()


def write_whole(path: Path, content: bytes) -> bool:
    """Write ``content`` so that ``path`` is whole at any moment, and only if it differs; whether it did."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
    return True
