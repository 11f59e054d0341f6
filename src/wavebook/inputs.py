"""The files that a book is made from, and hashes of them: what says whether anything changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """A hash of the names and contents of files, in the order given."""
    found = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        found.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


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
    return sorted(found) + [p for p in (root / "requirements.txt",) if p.is_file()]


def book(root: Path) -> list[Path]:
    """Everything that a site is made from."""
    pages = [
        p for p in (root / "book").rglob("*") if p.is_file() and p.relative_to(root / "book").parts[0] != "notebooks"
    ]
    settings = [p for p in (root / "_config.yml", root / "_toc.yml") if p.is_file()]
    return [*settings, *sorted(pages), *sorted((root / "notebooks").glob("*.ipynb")), *data(root), *library()]
