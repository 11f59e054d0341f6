"""The sentences of a new book, a file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

_FOLDER = Path(__file__).parent
Phrases = Mapping[str, Any]


@cache
def phrases_in(language: str) -> Phrases:
    """The sentences in a language; those in English where a language has none yet."""
    path = _FOLDER / "words" / f"{language}.toml"
    return tomllib.loads((path if path.is_file() else _FOLDER / "words" / "en.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """A file that is the same in every language."""
    return (_FOLDER / "plain" / name).read_text(encoding="utf-8")


def filled(text: str, **known: object) -> str:
    """A sentence with what is known in its place."""
    return Template(text.strip("\n")).safe_substitute(known)
