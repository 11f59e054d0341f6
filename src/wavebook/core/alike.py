"""Texts that look the same and are written in other characters: composed letters, other digits, unseen signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from wavebook.core.unseen import FORMAT

BETWEEN = re.compile(r"(\d)[\W_]+(\d)")
"""Marks that tell 1-2 from 12."""
_FORMAT = re.compile(f"[{FORMAT}]")


def folded(text: str) -> str:
    """The text as it looks: letters with their accents, digits 0 to 9, plain spaces, nothing that cannot be seen.

    >>> folded("cafe\\u0301 \\uff17\\u200b"), folded("1\\u00a0234"), folded("7\\u00b2")
    ('café 7', '1 234', '7²')
    """
    if text.isascii():
        return text.strip()
    seen = unicodedata.normalize("NFC", _FORMAT.sub("", text))
    return "".join(
        digits().get(sign, " " if sign.isspace() and sign not in "\t\n\r" else sign) for sign in seen
    ).strip()


def look(text: str) -> str:
    """What a reader may take for the same: the text without capitals, marks and spaces, except between digits.

    >>> look("Ja, zeker") == look("ja zeker."), look("1-2") == look("12")
    (True, False)
    """
    plain = unicodedata.normalize("NFKC", folded(text)).lower()
    return re.sub(r"[\W_]", "", BETWEEN.sub(r"\1x\2", BETWEEN.sub(r"\1x\2", plain)))


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
