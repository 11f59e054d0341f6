"""The division of a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from wavebook.core.units import Language
from wavebook.language.lexicon import Prose
from wavebook.language.words import words_in

Span = tuple[int, int]

_FIXED = "\u00a0\u202f"  # the spaces within French quotes


@dataclass(frozen=True)
class _Marks:
    """The marks of one language: a full stop with all that closes after it, and brackets and quotes by their first."""

    stop: re.Pattern[str]
    closing: str
    opening: str
    pairs: Mapping[str, str]
    begins: re.Pattern[str] | None
    prose: Prose


@cache
def _marks(language: Language) -> _Marks:
    prose = words_in(language).prose
    pairs = {"(": ")", "[": "]", **dict(prose.quotes)}
    closing = "".join(dict.fromkeys([*pairs.values(), *"’\"'"]))
    stop = re.compile(rf"[.!?…]+(?:[{_FIXED}]?[{re.escape(closing)}])*(?=\s|$)\s*")
    begins = re.compile(prose.begins) if prose.begins else None
    return _Marks(stop, closing, f"{''.join(pairs)}\"'{_FIXED}", pairs, begins, prose)


NO_TEXT = "\ufffc"


def sentences(
    text: str, language: Language, whole: Sequence[Span] = (), starts: Sequence[int] = (), ends: Sequence[int] = ()
) -> list[Span]:
    """The spans of the sentences of ``text``; together they cover it.

    In doubt there is no end, so that half a sentence is never left out. None ends inside a span of ``whole`` or
    between brackets or quotes; one always begins at ``starts`` and ends at ``ends``.
    """
    marks = _marks(language)
    stops = {match.end() for match in marks.stop.finditer(text) if _ends(text, match, whole, marks)}
    stops |= {*starts, *(_after(text, place, marks) for place in ends if not _depth(text[:place], marks))}
    inside = {place for low, high in whole for place in stops if low < place < high}
    places = sorted({0, len(text), *(stops - inside)})
    return [span for span in pairwise(places) if span[0] < span[1]]


def _after(text: str, place: int, marks: _Marks) -> int:
    rest = text[place:].lstrip(f".!?…{marks.closing}")
    return len(text) - len(rest.lstrip())


def _ends(text: str, match: re.Match, whole: Sequence[Span], marks: _Marks) -> bool:
    """Tell whether a sentence ends with this punctuation."""
    if any(low <= match.start() < high for low, high in whole) or _depth(text[: match.end()], marks):
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    if rest[0] == NO_TEXT:
        return True
    word = "".join(re.findall(r"[\w.’'-]*$", text[: match.start()])[:1]).lower()
    if match[0].startswith(".") and _is_abbreviated(word, marks.prose):
        return False
    is_typed = not any(high == match.start() for _, high in whole)
    if match[0].startswith(".") and marks.prose.ordinals and is_typed and re.fullmatch(r"\d\d?", word):
        return False
    first = rest.lstrip(marks.opening)[:1]
    if first.isdigit():
        return len(word) > 4 or word.isdigit() or not match[0].startswith(".")
    return first.isupper() or bool(marks.begins and marks.begins.match(rest))


def _is_abbreviated(word: str, prose: Prose) -> bool:
    """Tell whether a word before a full stop is an abbreviation, such as bijv. or n.v.t., or an initial."""
    dotted = "." in word.strip(".") and not re.fullmatch(r"[\d.]+", word)
    return word in prose.abbreviations or dotted or (len(word) == 1 and word.isalpha())


def _depth(text: str, marks: _Marks) -> int:
    """Count the brackets and quotes that are open at the end of ``text``; an apostrophe does not close any."""
    open_: list[str] = []
    for mark in text:
        if open_ and mark == open_[-1]:
            open_.pop()
        elif mark in marks.pairs:
            open_.append(marks.pairs[mark])
        elif mark == '"':
            open_.append('"')
    return len(open_)
