"""Hints at a mistyped name: the known name that was probably meant, and none where there is a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 200  # characters of a name that are looked at


def nearest(name: object, known: Iterable[object]) -> str:
    """Find the known name that ``name`` is a slip of the keyboard away from; empty when none is, or several are.

    A letter too many, too few, another or in the wrong place makes a slip; a long name may have up to three. A name
    that begins another one is near as well. Names with other numbers in them are of other things: 2013 is no slip for
    2014, nor v12 for v13.

    >>> nearest("phnoe", ["phone", "post"]), nearest("post", ["phone"]), nearest("2013", ["2014"]), nearest("pho", [])
    ('phone', '', '', '')
    """
    typed = str(name)[:LONGEST]
    folded, numbers = typed.casefold(), _numbers(typed)
    close: dict[str, int] = {}
    for other in dict.fromkeys(map(str, known)):
        if _numbers(other) == numbers and (far := _apart(folded, other[:LONGEST].casefold())) is not None:
            close[other] = far
    best = [other for other, far in close.items() if far == min(close.values())]
    return best[0] if len(best) == 1 else ""


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _apart(typed: str, other: str) -> int | None:
    """The number of slips between two names; None where these are too many for one to be meant as the other."""
    longest = max(len(typed), len(other))
    most = min((longest + 1) // 3, 3) if longest > 2 else 0  # of two letters, one is half
    begins = min(len(typed), len(other)) >= 3 and (typed.startswith(other) or other.startswith(typed))
    if begins:
        return min(longest - min(len(typed), len(other)), most + 1)
    if abs(len(typed) - len(other)) > most:
        return None
    found = _slips(typed, other, most)
    return found if found <= most else None


def _slips(one: str, other: str, most: int) -> int:
    """The optimal string alignment distance; where it is more than ``most``, any number above that.

    Source: Boytsov (2011), Indexing methods for approximate dictionary searching, ACM J. Exp. Algorithmics 16.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 < j and a == other[j - 2] and one[i - 2] == b:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def nearest_pair(text: str, known: Iterable[str]) -> str:
    """The pair like ``theme=work`` that ``text`` was meant to be: first its name, then a value of that name.

    >>> known = ["theme=work", "theme=school", "town=work"]
    >>> nearest_pair("thema=*", known), nearest_pair("theme=wrok", known), nearest_pair("theme=home", known)
    ('theme=*', 'theme=work', '')
    """
    name, _, value = text.partition("=")
    values: dict[str, list[str]] = {}
    for pair in known:
        by, _, one = pair.partition("=")
        values.setdefault(by, []).append(one)
    by = name if name in values else nearest(name, values)
    if not by:
        return ""
    one = value if value == "*" or value in values[by] else nearest(value, values[by])
    return f"{by}={one}" if one else ""


def after(name: object, known: Iterable[object]) -> str:
    """Give the end of a message that names the nearest name; empty when none is near.

    >>> after("phnoe", ["phone", "post"])
    '; the nearest is phone'
    """
    close = nearest(name, known)
    return f"; the nearest is {close}" if close else ""


def before(name: object, known: Iterable[object], otherwise: str) -> str:
    """The nearest name, or pair as in ``theme=work``, as a sentence; ``otherwise`` when none is near.

    >>> before("phnoe", ["phone", "post"], "There are none.")
    'The nearest is phone.'
    """
    names = list(map(str, known))
    pairs = any("=" in one for one in names)
    close = nearest_pair(str(name), names) if pairs else nearest(name, names)
    return f"The nearest is {close}." if close else otherwise
