"""Hashes (SHA-256, in hexadecimal) that show whether contents changed, cut to the length that each use needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

COPIED, COMPARED, NAMED = 12, 16, 24
"""Digits for people to copy, for comparing versions of one thing, and for naming one among very many."""


def of(content: bytes | str, digits: int = 64) -> str:
    """The hash of a content, or its first digits.

    >>> of("abc", COPIED)
    'ba7816bf8f01'
    """
    content = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(content).hexdigest()[:digits]


def of_all(contents: Iterable[tuple[str, bytes]]) -> str:
    """Compute one hash of contents and their names, in the order given."""
    found = hashlib.sha256()
    for name, content in contents:
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def by_name(contents: Mapping[str, bytes]) -> dict[str, str]:
    """A hash of each content, to compare with an earlier one."""
    return {name: of(content, COMPARED) for name, content in contents.items()}
