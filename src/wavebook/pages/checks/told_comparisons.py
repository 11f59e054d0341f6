"""Words that compare within a statement, beside a test that compares: they may not say the opposite.

Only what is certain is named. A comparison is told by the name behind *than*: where the first figure is the higher one,
the second is never *higher than* it. Words that say how large something is are looked at, and not those for how good it
is; and nothing is said where a sentence denies anything, or speaks of the contrary of what its test is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wavebook.core.units import Language
from wavebook.figures import Figures, Key
from wavebook.language.lexicon import Words
from wavebook.language.spoken import is_one_of
from wavebook.language.words import words_in
from wavebook.pages.checks.prose import in_words
from wavebook.pages.records import Book

_STEM = 5  # letters by which a word is known in its other forms
_CONTRARY = ("on", "un", "in", "im", "dis", "mé", "niet", "not", "nicht", "non")
_BEHIND = 60  # letters behind *than* in which a name is looked for
_BESIDE = 30  # letters between a verb and the word that compares
_APART = 4  # words between *more* and *than*: a higher grade than
_BEFORE = 2  # short words before the name of what a sentence is about: in the
_TO_LIMIT = 25  # letters between *less than* and the number that it is about
HALF = 50.0


@dataclass(frozen=True)
class Said:
    """A statement as it is judged: its words, those of them that an editor typed, its sentence, and its verdict."""

    text: str
    typed: str
    sentence: str
    verdict: dict[str, Any]

    @property
    def keys(self) -> list[Key]:
        """The figures that its test looked at, in its order."""
        return [Key.read(key) for key in self.verdict["figures"]]

    @property
    def ways(self) -> list[str]:
        """What its test shows of them, a word for each of its parts: up, more, most."""
        return self.verdict["ways"]

    @property
    def about(self) -> list[Key]:
        """Those that it is about: of what is the most or the least, not what that is compared with."""
        return self.keys[:1] if {"most", "least"} & set(self.ways) else self.keys


def contradicted(book: Book, said: Said) -> Iterator[str]:
    """The words of a statement that say the opposite of the comparison that its test shows."""
    (way,) = set(said.ways)
    if _is_contrary(book.figures, said):
        return
    words = words_in(book.language)
    if way in ("more", "gains") and len(said.ways) == 1:
        yield from _compared(book, said, words, way)
    elif way in ("most", "least"):
        yield from _extreme(book.figures, said, words, way == "most")
    elif way in ("over", "under"):
        yield from _bound(book, said, words, way == "over")
    elif way == "ranked":
        yield from _ranked(book.figures, said, words)


# --- more, and gains on -----------------------------------------------------------------------------------


def _compared(book: Book, said: Said, words: Words, way: str) -> Iterator[str]:
    """Words for more or less than the wrong one of two figures; one that fell less than another is left alone."""
    keys = said.keys if way == "more" else said.keys[1::2]
    if len(keys) != 2 or (way == "gains" and re.search(words.patterns.fell, said.text, re.IGNORECASE)):
        return
    names = [_names(book.figures, one, other) for one, other in (keys, keys[::-1])]
    about = " ".join(_label(book.figures, key) for key in keys).casefold()
    told: list[tuple[str, bool]] = []
    for column in (0, 1):
        for match in re.finditer(_comparing(words, column), said.text, re.IGNORECASE):
            if not _is_size(match, said, words, about, way):
                continue
            after = re.split(r"[.,;:]\s", said.text[match.end() :][:_BEHIND])[0]
            places = [_first(after, name) for name in names]
            before = after[: min(places)]
            if places[0] != places[1] and not re.search(r"\d", before) and not in_words(book.language).search(before):
                is_first = places[0] < places[1]  # the standard is the higher figure
                told.append((match[0].strip(), is_first == (column == 0)))
    if told and all(wrong for _, wrong in told):
        yield told[0][0]


def _is_size(match: re.Match, said: Said, words: Words, about: str, way: str) -> bool:
    """Tell whether a comparison is within a sentence and of the size of what a test is about, or of how it rose."""
    start, between = match.start(), match["between"].casefold().split()
    if not start or match["word"].casefold() not in said.typed.casefold():
        return False
    if re.search(words.patterns.further, match["word"], re.IGNORECASE):
        return False
    if way == "gains" and not re.search(words.patterns.rose, said.text[max(start - _BESIDE, 0) : start], re.IGNORECASE):
        return False
    return all(len(word) <= 3 or word.isdigit() or word[:_STEM] in about for word in between)


def with_than(words: Words, column: int) -> str:
    """What finds a word of comparison, for more (0) or for less (1), right before *than*."""
    plain = {row[column] for row in (*words.turns["compared"], *words.trends) if row[column]}
    return rf"(?<![\w-])(?P<word>{_any(plain)}) (?:{_than(words)})"


def _compares(text: str, words: Words) -> bool:
    return any(re.search(with_than(words, column), text) for column in (0, 1))


def _comparing(words: Words, column: int) -> str:
    """The same of words for size, with others before *than*: a higher grade than."""
    pairs = [(row[0].split(), row[1].split()) for row in words.turns["bound"]]
    rows = [(" ".join(one[:-1]), " ".join(two[:-1])) for one, two in pairs if one[-1:] == two[-1:] and len(one) > 1]
    rows += [(row[0], row[1]) for row in words.turns["compared"]]
    both = _any({word for row in rows for word in row})
    between = rf"(?P<between>(?:(?!(?:{both})(?!\w))[\w’-]+ ){{0,{_APART}}})"
    return rf"(?<![\w-])(?P<word>{_any({row[column] for row in rows})})[mnrs]? {between}(?:{_than(words)})"


def _than(words: Words) -> str:
    return "|".join(re.escape(word) + ("" if word.endswith("’") else r"\b") for word in words.turns["than"][0])


def _first(text: str, names: Sequence[str]) -> int:
    found = (re.search(rf"(?<!\w){re.escape(name)}", text, re.IGNORECASE) for name in names)
    return min((match.start() for match in found if match), default=len(text))


def _names(figures: Figures, key: Key, other: Key) -> list[str]:
    """The words by which readers tell a figure from another: of its answer, its group, its question, or its wave."""
    told = set(_words(_label(figures, key))) - set(_words(_label(figures, other)))
    names = {
        word
        for word in re.findall(r"\w[\w-]*", _label(figures, key))
        if len(word) > 4 or (len(word) > 2 and word[0].isupper())
    }
    waves = {*figures.called(key.wave).said, key.wave} if key.wave != other.wave else set()
    return [*(name for name in names if name.casefold() in told), *waves]


def _label(figures: Figures, key: Key) -> str:
    indicator = figures.definitions.indicators[key.indicator]
    answer = indicator.categories[key.category][figures.language] if key.category else ""
    return " ".join((indicator.name[figures.language], answer, figures.segment_label(key)))


# --- the largest and the smallest -------------------------------------------------------------------------


def _extreme(figures: Figures, said: Said, words: Words, most: bool) -> Iterator[str]:
    """Words for the other end of an order, where none is for its own."""
    rows = words.turns["extreme"]
    own, other = ([row[column] for row in rows] for column in ((0, 1) if most else (1, 0)))
    if re.search(rf"(?<![\w-])(?:{_any(own)})", said.text, re.IGNORECASE):
        yield from () if _compares(said.text, words) else _of_another(figures, said)
        return
    adverbs = {word for row in rows for word in row if any(one.startswith(f"{word} ") for line in rows for one in line)}
    beside = {word for row in rows if adverbs & set(row) for word in row}
    of_all = _stems(_of_groups(figures, said.keys))
    about = _stems(_subject(figures, said))
    bounds = {word for row in words.turns["bound"] for word in row if word}
    typed = re.sub(whole(bounds), "\0", said.typed, flags=re.IGNORECASE)
    pattern = rf"(?<![\w-])(?P<word>{_any(other)})[nrsm]?(?!\w)\s*(?P<next>\w*)"
    for match in re.finditer(pattern, typed, re.IGNORECASE):
        following = match["next"].casefold()[:_STEM]
        is_named = following in of_all if match["word"].casefold() not in beside else following not in about
        if not is_named:
            yield match[0][: match.end("word") - match.start()]
            return


def _of_another(figures: Figures, said: Said) -> Iterator[str]:
    """The name of another answer, group or wave with which a sentence begins that never names the one of its test."""
    others = _outdone(figures, said.keys)
    own = {name for key in others for name in _names(figures, said.keys[0], key)}
    if len(said.ways) != 1 or not own or re.search(whole(own), said.text, re.IGNORECASE):
        return
    for key in others:
        names = [name for name in _names(figures, key, said.keys[0]) if name.casefold() in said.typed.casefold()]
        begins = rf"(?:\w{{1,4}} ){{0,{_BEFORE}}}({_any(names)})(?!\w)"
        if names and (found := re.match(begins, said.text, re.IGNORECASE)):
            yield found[1]
            return


def _outdone(figures: Figures, keys: Sequence[Key]) -> list[Key]:
    """What the first of the figures of a test is the largest or the smallest of, but for itself."""
    top = keys[0]
    definitions = figures.definitions
    if len(keys) > 1:
        return [key for key in keys if key != top]
    if top.category:
        return [top._replace(category=n) for n in definitions.indicators[top.indicator].categories if n != top.category]
    groups = [(by, name) for by, name in top.parts if len(top.parts) == 1]
    return [top._replace(segment=n) for by, name in groups for n in definitions.segments[by].values if n != name]


def _of_groups(figures: Figures, keys: Iterable[Key]) -> str:
    """The names of all groups of the breakdowns of figures, and of the breakdowns."""
    declared = [figures.definitions.segments[by] for key in keys for by, _ in key.parts]
    named = [name[figures.language] for one in declared for name in (one, *one.values.values())]
    return " ".join(named)


# --- limits -----------------------------------------------------------------------------------------------


def _bound(book: Book, said: Said, words: Words, over: bool) -> Iterator[str]:
    """Words for the other side of the limit that a test is about."""
    sizes = said.verdict.get("sizes", ())
    halves = [row for row in words.turns["half"] if HALF in sizes and len(sizes) == 1]
    if halves and _is_about(book.figures, said):
        own, other = ({row[n] for row in halves for n in columns if row[n]} for columns in _sides(over))
        if not re.search(whole(own), said.text, re.IGNORECASE):
            yield from (match[0] for match in re.finditer(whole(other), said.typed, re.IGNORECASE))
    bounds = words.turns["bound"]
    own, other = ({row[n] for row in bounds for n in columns if row[n]} for columns in _sides(over))
    other -= own
    told = [*_limited(said.typed, other, sizes, book.language)]
    if told and not any(_limited(said.text, own, sizes, book.language)):
        yield told[0]


def _limited(text: str, words: Iterable[str], sizes: Sequence[float], language: Language) -> Iterator[str]:
    """Those of the words that stand before the limit."""
    for match in re.finditer(whole(words), text, re.IGNORECASE):
        behind = text[match.end() :][:_TO_LIMIT]
        number = in_words(language).search(f"{behind} ") or re.search(r"\d[\d.,]*", behind)
        if number and _is_limit(number[0], sizes, language):
            yield match[0]


def _sides(over: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((0, 2), (1, 3)) if over else ((1, 3), (0, 2))


def _is_limit(number: str, sizes: Sequence[float], language: Language) -> bool:
    if number[0].isdigit():
        plain = number.rstrip(".,").replace(words_in(language).notation.decimal, ".")
        return (
            any(abs(float(plain) - size) < 1e-9 for size in sizes) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else False
        )
    return len(sizes) == 1 and is_one_of(number, sizes, language)


def _is_about(figures: Figures, said: Said) -> bool:
    """Tell whether a sentence has a word of what its test is about."""
    return bool(_stems(said.sentence) & _stems(_subject(figures, said)))


# --- an order ---------------------------------------------------------------------------------------------


def _ranked(figures: Figures, said: Said, words: Words) -> Iterator[str]:
    """The names of an order, told one after another in one that is neither it nor its reverse."""
    keys = said.keys
    follows = re.search(words.patterns.follows, said.typed, re.IGNORECASE)
    if not follows or len(keys) < 3 or _compares(said.text, words):
        return
    others = [" ".join(_label(figures, other) for other in keys if other != key) for key in keys]
    names = [set(_words(_label(figures, key))) - set(_words(other)) for key, other in zip(keys, others, strict=True)]
    places = [
        [m.start() for name in told for m in re.finditer(whole([name]), said.text, re.IGNORECASE)] for told in names
    ]
    if any(len(found) != 1 for found in places):
        return
    order = [found[0] for found in places]
    least = whole([row[1] for row in words.turns["extreme"]])
    if order == sorted(order) or (order == sorted(order, reverse=True) and re.search(least, said.text, re.IGNORECASE)):
        return
    yield follows[0]


def _subject(figures: Figures, said: Said) -> str:
    """The names of what a test is about."""
    facts = (figures.definitions.facts[name].name[figures.language] for name in said.verdict["facts"])
    return " ".join([*(_label(figures, key) for key in said.about), *facts])


# --- words ------------------------------------------------------------------------------------------------


def _is_contrary(figures: Figures, said: Said) -> bool:
    """Tell whether a sentence has the contrary of a word of what its test is about: tevreden, ontevreden."""
    about, spoken = (set(_words(text)) for text in (_subject(figures, said), said.sentence))
    for words, others in ((about, spoken), (spoken, about)):
        stems = {word[:_STEM] for word in others}
        for word in words:
            bare = (word.removeprefix(sign) for sign in _CONTRARY if word.startswith(sign))
            if word[:_STEM] not in stems and any(len(rest) > 3 and rest[:_STEM] in stems for rest in bare):
                return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+", text.casefold())


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _words(text) if len(word) > 3}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def whole(words: Iterable[str]) -> str:
    """What finds any of these words or phrases, each as a whole."""
    return rf"(?<![\w-])(?:{_any(words)})(?!\w)"
