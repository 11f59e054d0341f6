"""Texts that look the same and are written in other characters: composed letters, other digits, unseen signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Characters that take no room: soft hyphens, joiners, marks for the direction of text."""
_UNSEEN = re.compile(f"[{UNSEEN}]")


def folded(text: str) -> str:
    """The text as it looks: letters with their accents, digits 0 to 9, plain spaces, nothing that cannot be seen.

    >>> folded("cafe\\u0301 \\uff17\\u200b"), folded("1\\u00a0234"), folded("7\\u00b2")
    ('café 7', '1 234', '7²')
    """
    if text.isascii():
        return text.strip()
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return "".join(
        digits().get(sign, " " if sign.isspace() and sign not in "\t\n\r" else sign) for sign in seen
    ).strip()


def look(text: str) -> str:
    """What a reader may take for the same: the text without capitals, marks and spaces.

    >>> look("Ja, zeker") == look("ja zeker.")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", folded(text)).casefold())


def same(texts: Iterable[str]) -> list[list[str]]:
    """Groups of two or more of these texts that readers cannot tell apart, but for capitals."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(" ".join(folded(text).split()).casefold(), []).append(text)
    return [group for group in groups.values() if len(group) > 1]


@cache
def digits() -> dict[str, str]:
    """Tell what the digits of all scripts but 0 to 9 are."""
    beyond = map(chr, range(0x660, 0x1FC00))  # the first and last that Unicode has
    return {sign: str(unicodedata.decimal(sign)) for sign in beyond if sign.isdecimal()}
