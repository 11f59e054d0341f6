"""Statements of which the opposite holds: the word that says so now, and the one that would hold in its place.

Only what is certain is turned: the words are in the catalogue of the language, one of them stands in the sentence, and
stands there once, and it says what the test says. All other sentences are left to an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from wavebook.core.units import Language
from wavebook.language.lexicon import Words
from wavebook.language.words import words_in

DIRECTIONS = {"rises": 0, "falls": 1, "is stable": 2}  # columns of the trends of a language
_GAPS = {"apart": 0, "closer": 1}
_EXTREMES = {"largest": 0, "smallest": 1}
_BOUNDS = {"above": 0, "below": 1, "at least": 2, "at most": 3}
_TESTS = {"is stable": "stable", "apart": "widens", "closer": "narrows", "at least": "at_least", "at most": "at_most"}
_PINNED = re.compile(r"(.*?)((?:, of what is known)?(?:, as of [\w-]+)?)", re.DOTALL)
HALF = "50"


class Turn(NamedTuple):
    """What turns: the kind of test, the columns of words that say it and what holds, and the test that holds.

    ``test`` is empty where the two figures of the test change places; ``said`` is then unknown, as either may be named
    first. ``limit`` is the number that a figure is compared with.
    """

    kind: str
    said: int | None
    holds: int | None
    test: str
    limit: str = ""


def turn(predicate: str, instead: str) -> Turn | None:
    """What turns between a test and what holds in its place; None where that is more than one word.

    >>> turn("grade rises, as of 2014", "grade falls, as of 2014")
    Turn(kind='direction', said=0, holds=1, test='falls', limit='')
    >>> turn("a is more than b", "b is more than a")
    Turn(kind='compared', said=None, holds=None, test='', limit='')
    >>> turn("share is above 50", "share is below 50")
    Turn(kind='bound', said=0, holds=1, test='below', limit='50')
    >>> turn("a rises and b rises", "a falls")
    """
    one, two = (_PINNED.fullmatch(text) for text in (predicate, instead))
    if not (one and two and instead and one[2] == two[2]):
        return None
    for kind, pattern, columns in _KINDS:
        said, holds = (re.fullmatch(pattern, text) for text in (one[1], two[1]))
        if said and holds and _same(kind, said, holds):
            word, other = said["word"], holds["word"]
            test = _TESTS.get(other, other)
            return Turn(kind, columns[word], columns[other], test, said["limit"] if kind == "bound" else "")
    first, second = (re.fullmatch(r"(\S+) is more than (\S+)", text) for text in (one[1], two[1]))
    swapped = first and second and (first[1], first[2]) == (second[2], second[1])
    return Turn("compared", None, None, "") if swapped else None


_KINDS = (
    ("direction", r"(?P<what>\S+) (?P<word>rises|falls|is stable)( within [\d.e+-]+)?", DIRECTIONS),
    ("gap", r"(?P<what>\S+ and \S+) move (?P<word>apart|closer)", _GAPS),
    ("extreme", r"(?P<what>\S+) is the (?P<word>largest|smallest)(?P<limit>.*)", _EXTREMES),
    ("bound", r"(?P<what>\S+) is (?P<word>above|below|at least|at most) (?P<limit>\S+)", _BOUNDS),
)


def _same(kind: str, one: re.Match[str], two: re.Match[str]) -> bool:
    """Tell whether two tests are of the same figures, but for a direction, which names its waves in other ways."""
    parts = () if kind == "direction" else ("what",) if kind == "gap" else ("what", "limit")
    return all(one[part] == two[part] for part in parts)


def turned_word(sentence: str, there: Turn, language: Language) -> tuple[str, str] | None:
    """The word of a sentence for what its test says, and that for what holds; None where there is any doubt."""
    words = words_in(language)
    rows = _rows(words, there)
    found = [*_matches(sentence, {word for row in rows for word in row if word})]
    if len(found) != 1:
        return None
    word, place = found[0][0].casefold(), found[0].span()
    if there.kind != "direction" and not _is_plain(sentence, place, there, words):
        return None
    for row in rows:
        cased = [one.casefold() for one in row]
        said = there.said if there.said is not None else cased.index(word) if word in cased else None
        if said is not None and said < len(row) and cased[said] == word:
            right = row[there.holds if there.holds is not None else 1 - said]
            return (row[said], right) if right and right != row[said] else None
    return None


def _rows(words: Words, there: Turn) -> list[tuple[str, ...]]:
    if there.kind == "direction":
        return [row[:3] for row in words.trends]
    if there.kind == "gap":
        return [row[:2] for row in words.trends]
    rows = [*words.turns[there.kind]]
    return [*words.turns["half"], *rows] if there.kind == "bound" and there.limit == HALF else rows


def _matches(sentence: str, words: Iterable[str]) -> Iterable[re.Match[str]]:
    """Where these words stand, the longest first where one is within another."""
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.finditer(rf"(?<![\w-])(?:{listed})(?![\w-])", sentence, re.IGNORECASE)


def _is_plain(sentence: str, place: tuple[int, int], there: Turn, words: Words) -> bool:
    """Tell whether a word says what the test says: nothing denies it, and what it is compared with comes after it."""
    word, rest = sentence[slice(*place)].casefold(), sentence[place[1] :]
    denied, than = (rf"(?<![\w-])(?:{'|'.join(map(re.escape, words.turns[kind][0]))})" for kind in ("not", "than"))
    if re.search(rf"{denied}(?!\w)|{denied}(?<=’)", sentence[: place[0]] + " " + rest, re.IGNORECASE):
        return False
    if there.kind == "compared":
        return re.search(rf"{than}(?!\w)|{than}(?<=’)", rest, re.IGNORECASE) is not None
    if there.kind == "bound" and not any(word == one.casefold() for row in words.turns["half"] for one in row):
        return re.match(rf"\W*(?:\w+ )?(?:\d|{words.patterns.number})", rest, re.IGNORECASE) is not None
    return True


def words_that_hold(sentence: str, predicate: str, instead: str, language: Language) -> str:
    """The word for ``instead`` in the form the sentence has, or that for a direction; empty where none is certain.

    >>> words_that_hold("Het cijfer steeg.", "grade rises", "grade falls", "nl")
    '“steeg” → “daalde”'
    """
    there = turn(predicate, instead)
    if there is None:
        return ""
    if found := turned_word(sentence, there, language):
        return f"“{found[0]}” → “{found[1]}”"
    return f"“{words_in(language).trends[0][there.holds or 0]}”" if there.kind == "direction" else ""
