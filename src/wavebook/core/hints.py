"""Hints at a mistyped name: the known name nearest to it."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: object, known: Iterable[object], *, at_least: float = 0.0) -> str:
    """Find the known name most like ``name``; empty when none is ``at_least`` so much like it: 0 (any) to 1 (the same).

    >>> nearest("phnoe", ["phone", "post"]), nearest("post", []), nearest("x", ["post"], at_least=0.6)
    ('phone', '', '')
    """
    from difflib import get_close_matches

    close = get_close_matches(str(name)[:200], list(map(str, known)), 1, at_least)
    return close[0] if close else ""


def after(name: object, known: Iterable[object]) -> str:
    """Give the end of a message that names the nearest name; empty when no name is known.

    >>> after("phnoe", ["phone", "post"])
    '; the nearest is phone'
    """
    close = nearest(name, known)
    return f"; the nearest is {close}" if close else ""


def before(name: object, known: Iterable[object], otherwise: str, *, at_least: float = 0.0) -> str:
    """The nearest name as a sentence, or ``otherwise`` when none is near.

    >>> before("phnoe", ["phone", "post"], "There are none.")
    'The nearest is phone.'
    """
    close = nearest(name, known, at_least=at_least)
    return f"The nearest is {close}." if close else otherwise
