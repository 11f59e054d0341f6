"""The registry of problems: the meaning of every code and what to do about it, read from problems.toml."""

from __future__ import annotations

import textwrap
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("problems.toml")
_WIDTH = 100


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its code, its title, what it means, what to do, and an example of a message."""

    code: str
    title: str
    means: str
    do: str
    example: str


@cache
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def kinds() -> dict[str, Kind]:
    """All kinds of problems by code, in order."""
    return {code: Kind(code, **entry) for code, entry in _read().items() if code != "families"}


def families() -> dict[str, str]:
    """The title of each family of codes, by the prefix that its codes share."""
    return _read()["families"]


def explain(code: str) -> str | None:
    """The meaning of a code, as the command line prints it; None for a code that does not exist."""
    kind = kinds().get(code.strip().upper())
    if kind is None:
        return None
    parts = (kind.means, f"What to do: {kind.do}", f"Example: {kind.code} {kind.example}")
    return "\n\n".join([f"{kind.code}: {kind.title}", *(textwrap.fill(part, _WIDTH) for part in parts)])


def nearest(code: str) -> Kind | None:
    """The kind whose number is nearest to that of a code that does not exist; None when it has no number."""
    digits = "".join(character for character in code if character in "0123456789")[:6]
    return min(kinds().values(), key=lambda kind: abs(int(kind.code[1:]) - int(digits))) if digits else None


def listing() -> str:
    """All codes with their titles, family by family."""
    blocks = []
    for start, title in families().items():
        lines = [f"{kind.code}  {kind.title}" for kind in kinds().values() if kind.code.startswith(start)]
        blocks.append("\n".join([title, *lines]))
    return "\n\n".join(blocks)
