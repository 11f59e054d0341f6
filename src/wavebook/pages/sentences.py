"""The division of a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Span = tuple[int, int]


# Words that end in a full stop within a sentence. Leaving out too long a sentence does no harm, half of one does.
_ABBREVIATED = set(
    "aant afb afl afz alg approx art bijl bijv blz bv ca cf co dd dept dhr dr drs ed eds eng enz est etc "
    "evt excl fig gem gov hfst hoofdst inc incl ing ir jl jr max mevr min mr mrs ms mv nl no nos nr nrs "
    "ong pag par para plm pp pres prof red resp sec sept sr st tab tel tfn vgl viz vlg vol vs zg zgn".split()
)


_STOP = re.compile(r"[.!?…]+[)\]’”\"'»]*(?=\s|$)\s*")


_OPENS = "‘“\"'«(["


_APOSTROPHE = re.compile(r"[’'][a-z] \S")  # ’s Ochtends, ’t Gaat


_BRACKETS = {"(": ")", "[": "]", "“": "”", "«": "»", "‘": "’"}


NO_TEXT = "\ufffc"


def sentences(
    text: str, whole: Sequence[Span] = (), starts: Sequence[int] = (), ends: Sequence[int] = ()
) -> list[Span]:
    """The spans of the sentences of ``text``; together they cover it.

    In doubt there is no end, so that half a sentence is never left out. None ends inside a span of ``whole`` or
    between brackets or quotes; one always begins at ``starts`` and ends at ``ends``.
    """
    stops = {match.end() for match in _STOP.finditer(text) if _ends(text, match, whole)}
    stops |= {*starts, *(_after(text, place) for place in ends if not _depth(text[:place]))}
    inside = {place for low, high in whole for place in stops if low < place < high}
    places = sorted({0, len(text), *(stops - inside)})
    return [span for span in pairwise(places) if span[0] < span[1]]


def _after(text: str, place: int) -> int:
    rest = text[place:].lstrip(".!?…’”\"')]")
    return len(text) - len(rest.lstrip())


def _ends(text: str, match: re.Match, whole: Sequence[Span]) -> bool:
    """Tell whether a sentence ends with this punctuation."""
    if any(low <= match.start() < high for low, high in whole) or _depth(text[: match.end()]):
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    if rest[0] == NO_TEXT:
        return True
    word = "".join(re.findall(r"[\w.’'-]*$", text[: match.start()])[:1]).lower()
    if match[0].startswith(".") and _is_abbreviated(word):
        return False
    first = rest.lstrip(_OPENS)[:1]
    if first.isdigit():
        return len(word) > 4 or word.isdigit() or not match[0].startswith(".")
    return first.isupper() or bool(_APOSTROPHE.match(rest))


def _is_abbreviated(word: str) -> bool:
    """Tell whether a word before a full stop is an abbreviation, such as bijv. or n.v.t., or an initial."""
    dotted = "." in word.strip(".") and not re.fullmatch(r"[\d.]+", word)
    return word in _ABBREVIATED or dotted or (len(word) == 1 and word.isalpha())


def _depth(text: str) -> int:
    """Count the brackets and quotes that are open at the end of ``text``; an apostrophe does not close any."""
    open_: list[str] = []
    for mark in text:
        if open_ and mark == open_[-1]:
            open_.pop()
        elif mark in _BRACKETS:
            open_.append(_BRACKETS[mark])
        elif mark == '"':
            open_.append('"')
    return len(open_)
