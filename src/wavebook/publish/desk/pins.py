"""Sentences pinned to a wave: what they show of *the* wave is then of that one, whatever wave the book is about."""

from __future__ import annotations

import re

from wavebook.figures import Figures, Key, MissingFigureError, span_names, wave_names
from wavebook.figures.key import EVERYONE, LATEST
from wavebook.pages.checks.newest import CHANGES, NUMBERS
from wavebook.pages.records import read_trend, wave_typed

ROLE = re.compile(r"\{(?P<kind>[\w:]+)\}`(?P<text>[^`]*)`")
FLOATS = ("wave", "previous", LATEST)
"""What stands for another wave once there is a newer one."""


def pinned(typed: str, figures: Figures) -> str:
    """A sentence as it is typed, whose roles name the wave of ``figures`` where they would float; the rest stays.

    A role that asks for what is not there stays too: it is a problem of its own.
    """

    def named(found: re.Match[str]) -> str:
        try:
            text = _pinned(found["kind"], found["text"], figures)
        except (MissingFigureError, KeyError):
            return found[0]
        return f"{{{found['kind']}}}`{text}`"

    return ROLE.sub(named, typed)


def _pinned(kind: str, text: str, figures: Figures) -> str:
    if kind in CHANGES:
        form, key = read_trend(text)
        made = _change(key, figures)
        return f"{form}<{made}>" if form else made
    if kind in NUMBERS and not text.startswith("fact:"):
        waves = wave_names(text)
        return _with_wave(text, figures.resolve(text).wave) if set(waves) & set(FLOATS) else text
    if kind == "wave":
        form, wave = wave_typed(text)
        floats = set(wave_names(wave) if "@" in wave else (wave,)) & set(FLOATS)
        return f"{form} {figures.wave_of(wave)}".strip() if floats else text
    return figures.wave_of(text) if kind == "credit" and text in FLOATS else text


def _change(key: str, figures: Figures) -> str:
    """A change between waves that stay what they are."""
    first, last = span_names(key)
    if not {first, last} & set(FLOATS):
        return key
    ends: tuple[Key, Key] = figures.ends(key)
    begin, end = (one.wave if name in FLOATS else name for one, name in zip(ends, (first, last), strict=True))
    return _with_wave(key, f"{begin}..{end}")


def _with_wave(text: str, wave: str) -> str:
    """A key or change with this wave or these waves in the place of those that it has."""
    name, _, selectors = text.strip().partition("@")
    parts = [part.strip() for part in selectors.split(",") if part.strip()]
    kept = [part for part in parts if "=" in part or part == EVERYONE]
    return f"{name}@{','.join([*kept, wave])}"
