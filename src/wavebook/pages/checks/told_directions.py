"""Words for a direction, or that compare, within a statement: its test may not show the opposite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from docutils import nodes

from wavebook.claims.predicate import Way
from wavebook.core.units import Language
from wavebook.figures import Figure, Figures, Key
from wavebook.language.lexicon import Words
from wavebook.language.spoken import multiples
from wavebook.language.words import words_in
from wavebook.pages.ancestors import is_in
from wavebook.pages.blocks import Sentence
from wavebook.pages.checks import told_comparisons
from wavebook.pages.records import Book
from wavebook.pages.uses import Generated

_OTHERS = {"up": ("down", "same"), "down": ("up", "same"), "wider": ("closer", "same"), "closer": ("wider", "same")}
_OPPOSITE = {"up": "down", "down": "up", "wider": "closer", "closer": "wider"}
_EITHER = (("up", "down"), ("down", "up"))
_SHOWN = {"up": "went up", "down": "went down", "same": "hardly changed", "wider": "grew", "closer": "became smaller"}
_FORMS = {"up": "rose", "down": "fell"}  # the patterns of a language that are called otherwise
_ALMOST = 0.75  # of a multiple: almost doubled is one and a half times at least
_OF_A_LIMIT = {"none", "over", "under"}  # tests that say nothing of a change
WavesIn = Callable[[str, Figures], Iterable[str]]


def contradicted(
    book: Book, verdict: dict[str, Any], node: nodes.Element, sentence: str, waves_in: WavesIn
) -> Iterator[tuple[str, str, str]]:
    """Faults (code, what, action) of a statement that says the opposite of what its test shows.

    Only what is certain is one: all that its test shows went one way, its words for a change are all of the other way,
    and nothing in its ``sentence`` denies anything. A statement that compares is told by the wave after *than*: fewer
    than in the first is fewer in the last. ``waves_in`` finds the waves that a text names.
    """
    said = " ".join(node.astext().split())
    typed = " ".join("".join("\0" if is_in(t, Generated) else t.astext() for t in node.findall(nodes.Text)).split())
    judged = told_comparisons.Said(said, typed, sentence, verdict)
    for word, shows in _opposites(book, judged, waves_in):
        what = f"“{said}” says “{word}”, and its test ({verdict['predicate']}) shows {shows}"
        yield "W536", what, "Say what the test shows, or test what the sentence says."


def contradicted_by_figures(book: Book, sentence: Sentence, keys: Iterable[str], waves_in: WavesIn) -> Iterator[str]:
    """Faults of a sentence without a test that shows one or two figures and says the opposite of them.

    A direction is that of the figures only right before them: it fell from 6.7 to 6.9.
    """
    found = [book.figures[key] for key in dict.fromkeys(map(Key.read, keys))]
    beside = _right_before(sentence.text, words_in(book.language)) if len(found) > 1 else sentence.typed
    for ways, shown in _shown(book, found):
        verdict = {
            "ways": [ways],
            "figures": [str(one.key) for one in shown],
            "facts": [],
            "sizes": [told_comparisons.HALF],
        }
        judged = told_comparisons.Said(sentence.text, beside, sentence.text, verdict)
        for word, shows in _opposites(book, judged, waves_in, tested=False):
            yield f"“{sentence.text}” says “{word}”, and its figures show {shows}"
        if ways in _OPPOSITE and not denies(sentence.text, book.language):
            low, high = sorted(float(one.printed) for one in shown)
            for word, times in multiples(beside, book.language):
                if low > 0 and high < low * times * _ALMOST:
                    shows = f"the higher of its figures is {high / low:.2g} × the lower"
                    yield f"“{sentence.text}” says “{word}”, and {shows}"


def _shown(book: Book, found: Sequence[Figure]) -> Iterator[tuple[Way, Sequence[Figure]]]:
    """The way in which one or two figures go, as a test of them would have it; nothing where they print alike."""
    if len(found) == 1 and found[0].unit.is_share and found[0].printed != told_comparisons.HALF:
        yield ("over" if found[0].printed > told_comparisons.HALF else "under"), found
    if len(found) != 2 or found[0].printed == found[1].printed:
        return
    one, two = found
    if one.key._replace(wave="") == two.key._replace(wave=""):
        first, last = sorted(found, key=lambda figure: book.figures.definitions.order(figure.key.wave))
        yield ("up" if last.printed > first.printed else "down"), (first, last)
    elif (one.unit, one.key.wave, one.key.indicator) == (two.unit, two.key.wave, two.key.indicator):
        yield "more", sorted(found, key=lambda figure: figure.printed, reverse=True)


def _right_before(text: str, words: Words) -> str:
    """What of a sentence is told of a number: at most four words before it, or a comparison."""
    joined = words.notation.pair.format("", "").strip()
    near = (match[0] for match in re.finditer(r"(?:[^\W\d][\w’-]* ){1,5}(?=[+−-]?\d)", text))
    told = [part for part in near if joined not in part.split()]
    for column in (0, 1):
        told += [match[0] for match in re.finditer(told_comparisons.with_than(words, column), text, re.IGNORECASE)]
    return " \0 ".join(told)


def _opposites(
    book: Book, judged: told_comparisons.Said, waves_in: WavesIn, *, tested: bool = True
) -> Iterator[tuple[str, str]]:
    """Words that say the opposite, each with what is shown; what was not ``tested`` may be called much the same."""
    said, typed, verdict = judged.text, judged.typed, judged.verdict
    all_ways = set(judged.ways)
    bounds = {word for row in words_in(book.language).turns["bound"] for word in row if word}
    if denies(re.sub(told_comparisons.whole(bounds), " ", judged.sentence, flags=re.IGNORECASE), book.language):
        return
    if len(all_ways) == 1:
        for word in islice(told_comparisons.contradicted(book, judged), 1):
            yield word, "the opposite"
            return
    ways = all_ways - _OF_A_LIMIT
    if len(ways) != 1:
        return
    shown = _as_change(book, verdict, *ways)
    compared = _compared(typed, said, book, verdict["figures"], waves_in)
    others = [(other, shown) for other in _OTHERS.get(shown, ())] or (_EITHER if shown == "same" else ())
    others = [pair for pair in others if tested or pair[0] != "same"]
    for other, own in others:
        told = [*_said(typed, other, book.language), *(word for word, way in compared if way == other)]
        if told and not _said(said, own, book.language) and own not in {way for _, way in compared}:
            yield told[0], f"that it {_SHOWN[shown]}"
            return


def _as_change(book: Book, verdict: dict[str, Any], way: str) -> str:
    """A way as a change, where one wave of a figure is shown to be more than another of it."""
    keys = [Key.read(key) for key in verdict["figures"]]
    if way != "more" or len(keys) != 2 or keys[0]._replace(wave="") != keys[1]._replace(wave=""):
        return way
    one, two = (book.figures.definitions.order(key.wave) for key in keys)
    return "up" if one > two else "down"


def denies(sentence: str, language: Language) -> bool:
    """Tell whether a sentence holds a word that denies something.

    >>> denies("Het daalde niet.", "nl"), denies("Le chiffre n’a pas baissé.", "fr"), denies("It fell.", "en")
    (True, True, False)
    """
    listed = "|".join(map(re.escape, words_in(language).turns["not"][0]))
    return re.search(rf"(?<![\w-])(?:{listed})(?:(?!\w)|(?<=’))", sentence, re.IGNORECASE) is not None


def _said(text: str, way: str, language: Language) -> list[str]:
    """The words of a text that say that something went this way."""
    patterns = words_in(language).patterns
    told = re.sub(patterns.attributive, "\0", text, flags=re.IGNORECASE)
    return [found[0] for found in re.finditer(getattr(patterns, _FORMS.get(way, way)), told, re.IGNORECASE)]


def _compared(typed: str, shown: str, book: Book, keys: Iterable[str], waves_in: WavesIn) -> list[tuple[str, str]]:
    """The words that compare with a wave of the test, each with the way that the figure then went."""
    figures, words = book.figures, words_in(book.language)
    waves = sorted({Key.read(key).wave for key in keys}, key=figures.definitions.order)
    found = []
    for column, way in enumerate(("up", "down")):
        for match in re.finditer(told_comparisons.with_than(words, column), shown, re.IGNORECASE):
            after = {*waves_in(re.split(r"[.,;:]\s", shown[match.end() :][:60])[0], figures)}
            if match["word"].casefold() not in typed.casefold() or len(waves) < 2:
                continue
            if waves[0] in after and waves[-1] not in after:
                found.append((match[0].strip(), way))
            elif waves[-1] in after and waves[0] not in after:
                found.append((match[0].strip(), _OPPOSITE[way]))
    return found
