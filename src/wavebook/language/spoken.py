"""Numbers in words, read back: two thirds, six in ten and seventy per cent as the percentages that they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from wavebook.core.units import Language
from wavebook.language.lexicon import Words
from wavebook.language.words import words_in

_NEAR = 0.6  # percentage points: a seventh is 14.3 per cent, which a test may have as 14
_ROUNDED = 1.0  # of a number from ten: almost ninety per cent may be 89
_ABOUT = 0.1  # of a smaller one, as a part of it: almost three times as many may be 2.7 times


def is_one_of(phrase: str, sizes: Sequence[float], language: Language) -> bool:
    """Tell whether a number in words may be one of these: percentages, other limits, or how many times.

    A phrase that cannot be read, such as one with a half, may be any of them.

    >>> is_one_of("Zes op de tien", [60], "nl"), is_one_of("driekwart", [50], "nl"), is_one_of("a third", [], "en")
    (True, False, False)
    """
    said = value_of(phrase, language)
    return bool(sizes) if said is None else is_near(said, sizes)


def is_near(said: float, sizes: Sequence[float]) -> bool:
    """Tell whether a number that a text says may be one of these.

    >>> is_near(2, [1.9]), is_near(2, [1.5]), is_near(90, [89]), is_near(100 / 7, [14])
    (True, False, True, True)
    """
    whole = _ROUNDED if said >= 10 else _ABOUT * said
    return any(abs(said - size) <= (whole if said == int(said) else _NEAR) for size in sizes)


def multiples(text: str, language: Language) -> Iterator[tuple[str, int]]:
    """The words of a text by which something doubled, halved, tripled, each with its factor.

    >>> list(multiples("Het aandeel verdubbelde.", "nl")), list(multiples("It has tripled, not halved.", "en"))
    ([('verdubbelde', 2)], [('halved', 2), ('tripled', 3)])
    """
    for times, pattern in enumerate(words_in(language).patterns.multiples.split(), 2):
        for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE):
            yield found[0], times


def value_of(phrase: str, language: Language) -> float | None:
    """The number that a phrase says, a part of a whole in percent; None if it is of a form that is not read.

    >>> value_of("two-thirds", "en"), value_of("één op de vijf", "nl"), value_of("dreiviertel", "de")
    (66.66666666666667, 20.0, 75.0)
    """
    words = words_in(language)
    counts = {_plain(word): n for n, word in enumerate(words.numbers)}
    tokens = [_plain(token) for token in re.findall(r"\w+", phrase)]
    found = re.search(words.patterns.number, " ".join(phrase.split()), re.IGNORECASE)
    ends = [_count(token, counts) for token in (tokens[0], tokens[-1])]
    if found and found.groupdict().get("ratio"):
        part, whole = ends
        return 100 * part / whole if part and whole else None
    for n, pattern in enumerate(words.patterns.parts.split(), 2):
        if told := re.fullmatch(rf"(?P<count>\w*?)(?:{_plain(pattern)})", tokens[-1]):
            of = told["count"] or (tokens[-2] if len(tokens) > 1 and n > 2 else "")
            count = _count(of, counts) if told["count"] or of in counts else 1
            return 100 * count / n if count else None
    return _counted(phrase, words)


def _counted(phrase: str, words: Words) -> float | None:
    """The number that a phrase begins with, where no decimals or parts follow: seventy-five per cent, three times."""
    tokens = [_plain(token) for token in re.findall(r"\w+", phrase)]
    known = {_joined(_plain(word)): n for n, word in enumerate(words.patterns.counts.split())}
    parts = re.compile("|".join([*map(_plain, words.patterns.parts.split()), words.patterns.scales]), re.IGNORECASE)
    for end in range(len(tokens) - 1, 0, -1):
        if (number := known.get("".join(tokens[:end]))) is not None:
            more = any(known.get(token, 100) < 100 or parts.fullmatch(token) for token in tokens[end:])
            return None if more else float(number)
    return None


def _joined(word: str) -> str:
    return "".join(re.findall(r"\w+", word))


def _count(word: str, counts: Mapping[str, int]) -> int | None:
    """The number that a word is, also with an ending: eine, einer, une."""
    one = next(word for word, n in counts.items() if n == 1)
    return 1 if word.startswith(one) and len(word) < len(one) + 3 else counts.get(word)


def _plain(word: str) -> str:
    """A word without capitals and accents: één is een."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
