"""The likeness of two texts, and the meaning of a label's words among the declared ones."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from wavebook.core.spans import span
from wavebook.definitions import Definitions, meanings_of
from wavebook.survey.answers.labels import no_answer, sense
from wavebook.survey.answers.wording import folded
from wavebook.survey.files.surveyfile import Variable
from wavebook.survey.files.values import value_of, within

YES_NO = {"yes": ("ja", "yes", "gekozen", "genoemd", "selected"), "no": ("nee", "no", "niet gekozen", "niet genoemd")}
_STEM = 5  # letters of a word that its other forms have too
_OTHER = re.compile(r"^(iets |een |un )?(ander|overig|other|sonstig|autre)", re.I)
ALIKE = 0.6  # difflib's ratio above which difflib itself calls two texts close
SAME, _NEARLY = 0.97, 0.96  # above which two texts differ only in a stop or an accent


# Texts


def texts_of(item) -> list[str]:
    """The words by which an indicator, category or breakdown may be recognised."""
    if hasattr(item, "definition"):
        return [*item.name.words.values(), *item.definition.words.values()]
    return [*item.words.values()]


def words_of(d: Definitions, name: str) -> Mapping[str, Sequence[str]]:
    """The words for the possible meanings of a code of ``name``; empty if it holds numbers."""
    if not meanings_of(d, name):
        return {}
    if name == "population":
        return {key: texts_of(d.populations[key]) for key in d.parts}
    if name in d.segments:
        return {key: texts_of(text) for key, text in d.segments[name].values.items()}
    return {key: texts_of(text) for key, text in d.indicators[name].categories.items()} or YES_NO


@lru_cache(maxsize=100_000)
def folded_words(text: str) -> tuple[str, frozenset[str]]:
    """A text without case and spare spaces, and the stems of its longer words."""
    plain = folded(text.replace("_", " "))
    return plain, frozenset(word[:_STEM] for word in re.findall(r"\w{4,}", plain))


@lru_cache(maxsize=100_000)
def _bare(text: str) -> tuple[str, ...]:
    """The words and numbers of a text without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return tuple(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


class Rarity:
    """The likeness of questions by the words that few questions of a file have, and by their numbers."""

    def __init__(self, texts: Iterable[str]):
        self._count = Counter(chain.from_iterable(folded_words(text)[1] for text in texts))

    def likeness(self, one: str, other: str) -> float:
        """The shared part of the stems of two texts, 0 to 1, rare ones first; half of it where numbers differ."""
        first, second = (folded_words(text)[1] for text in (one, other))
        whole = sum(1 / (1 + self._count[stem]) for stem in first | second)
        share = sum(1 / (1 + self._count[stem]) for stem in first & second) / whole if whole else 0.0
        numbers = [re.findall(r"\d+", folded(text)) for text in (one, other)]
        return share if numbers[0] == numbers[1] else share / 2


def likeness_of(first: str, second: str) -> float:
    """The likeness of two texts, 0 to 1, by difflib; case and spaces do not count."""
    (a, words), (b, others) = folded_words(first), folded_words(second)
    if not a or not b or min(len(a), len(b)) < 0.4 * max(len(a), len(b)):
        return 0.0
    if len(a) > 20 and not words & others:  # saves most of the time for a file of thousands of columns
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    found = matcher.ratio() if matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE else 0.0
    return found if found < SAME or _bare(a) == _bare(b) else _NEARLY  # one letter makes tevreden ontevreden


def nearest(text: str, choices: Mapping[str, Sequence[str]], least: float = ALIKE) -> str | None:
    """The choice that a text is most like; None if its likeness to each is below ``least``."""
    scores = {key: max((likeness_of(text, word) for word in words), default=0) for key, words in choices.items()}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= least else None


def plain_code(code: str) -> str:
    """A code without leading zeros: SPSS labels 1 where waves.toml may have 01."""
    return code.lstrip("0") or "0" if code.isdigit() else code


def codes_within(code: str, labels: Mapping[str, str]) -> list[str]:
    """The labelled codes that a code or range stands for."""
    return [] if code == "blank" else [inner for inner in labels if within(value_of(inner), span(code))]


def without_missing(variable: Variable, codes: Mapping) -> dict:
    """``codes`` without those that the file itself calls missing."""
    return {k: v for k, v in codes.items() if not any(within(value_of(k), ends) for ends in variable.missing)}


def codes_for(labels: Mapping[str, str], named: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """The meaning of each labelled code, see ``meaning_of``."""
    return {code: meaning_of(label, named) for code, label in labels.items()}


def meaning_of(label: str, named: Mapping[str, Sequence[str]]) -> str | None:
    """The meaning of a label: one of ``named`` word for word, else no answer or something else, else unknown."""
    if best := nearest(label, named, SAME):
        return best
    if "yes" in named and (side := sense(label)) and side.family == "yes" and side.sign:
        return "yes" if side.sign > 0 else "no"
    if no_answer(label):
        return "missing"
    return "other" if _OTHER.search(label) and "yes" not in named else None


def is_other(label: str) -> bool:
    """Tell whether a label is that of another answer than those listed."""
    return bool(_OTHER.search(label))


def meaning_of_yes_no(label: str) -> str | None:
    """Tell whether a label says yes or no; else missing, or None."""
    return meaning_of(label, YES_NO)
