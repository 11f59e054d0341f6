"""The faults of the words of a language: beside those of the others, beside CLDR, and beside what Sphinx has."""

from __future__ import annotations

import dataclasses
import re
import string
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wavebook.core.units import Language
from wavebook.language import cldr
from wavebook.language.lexicon import Words
from wavebook.language.words import words_in

OWN = ("locale", "bibtex", "stemmer", "notation", "prose", "plurals", "patterns", "trends", "turns", "numbers")
"""What differs from language to language in more than its texts."""
MODEL: Language = "en"

_WAVES = ("wave", "first", "last", "start", "end")
"""The names of what is filled in that are waves, except among the names of periods and of two values."""

Place = tuple[str | int, ...]


def faults(code: Language, words: Words) -> list[str]:
    """The faults of a language, each with its place: ``claims, rises, 1: …``; none if it is complete."""
    found = [*_beside_others(code, words), *_of_texts(words), *_of_grammar(words)]
    return [*found, *_beside_cldr(words), *_beside_sphinx(code, words)]


def texts_of(part: object, *place: str | int) -> Iterator[tuple[Place, str]]:
    """Every text of a language, by its place in it."""
    if dataclasses.is_dataclass(part):
        fields = [field.name for field in dataclasses.fields(part) if field.name not in OWN]
        part = {name: getattr(part, name) for name in fields}
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from texts_of(inner, *place, name)
    elif isinstance(part, tuple):
        for at, inner in enumerate(part):
            yield from texts_of(inner, *place, at)
    elif part:
        yield place, str(part)


def braces(text: str) -> set[str]:
    """The names of what is filled in, here or by a script."""
    try:
        filled = {name for _, name, _, _ in string.Formatter().parse(text.replace("${", "{")) if name}
    except ValueError:
        return {"a brace that is not closed"}
    return filled | set(re.findall("%s", text))


def _forms_in(text: str) -> Iterator[tuple[str, str]]:
    """What is filled in in another form than its own."""
    yield from re.findall(r"(?<!\$)\{(\w+):(\w*)\}", text)


def _at(place: Place) -> str:
    return ", ".join(map(str, place))


def _of_kind(words: Words) -> dict[Place, str]:
    """The texts of which all languages have the same; a language counts in as many forms as it needs."""
    return {place: text for place, text in texts_of(words) if place[0] != "units"}


def _beside_others(code: Language, words: Words) -> Iterator[str]:
    model = words_in(MODEL)
    wanted, found = _of_kind(model), _of_kind(words)
    of_model, of_words = [*wanted, *(("units", name) for name in model.units)], {*found}
    of_words |= {("units", name) for name in words.units}
    yield from (f"{_at(place)}: is missing" for place in of_model if place not in of_words)
    yield from (f"{_at(place)}: is in no other language" for place in sorted(of_words - {*of_model}, key=str))
    for place in [place for place in wanted if place in found]:
        if braces(found[place]) != braces(wanted[place]):
            yield f"{_at(place)}: has {_braced(found[place])}, and others have {_braced(wanted[place])}"
    if code != MODEL:
        same = [place for place in wanted if found.get(place) == wanted[place] and _is_translatable(wanted[place])]
        yield from (f"{_at(place)}: is left in English: {wanted[place][:40]}" for place in same)
        yield from (f"trends, {row[0]}: is left in English" for row in words.trends if row in model.trends)
        yield from (["numbers: are left in English"] if words.numbers == model.numbers else [])


def _braced(text: str) -> str:
    return " ".join(f"{{{name}}}" if name != "%s" else name for name in sorted(braces(text))) or "no braces"


def _is_translatable(text: str) -> bool:
    """Tell whether a text has two words or more: single words may be alike, as Status and Source are."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[\w:]*\}", "", text))
    return len(words) > 1 and len(max(words, key=len)) > 2


def _of_texts(words: Words) -> Iterator[str]:
    for place, text in texts_of(words):
        if not text.strip():
            yield f"{_at(place)}: is empty"
        elif "  " in text:
            yield f"{_at(place)}: has two spaces in a row"
        for name, form in _forms_in(text):
            if form not in ("the", "in"):
                yield f"{_at(place)}: {{{name}:{form}}} asks for a form that a wave does not have; use the or in"
            elif place[0] == "periods" or place == ("charts", "from_to") or name not in _WAVES:
                yield f"{_at(place)}: {{{name}:{form}}} asks for a form of what is not a wave"
    for name, (said, denied) in words.claims.items():
        if said == denied:
            yield f"claims, {name}: its denial says the same"


def _of_grammar(words: Words) -> Iterator[str]:
    counts = len(words.plurals) + 1
    yield from (
        f"units, {name}: has {len(f)} forms, not {counts}" for name, f in words.units.items() if len(f) != counts
    )
    ups = [row[0] for row in words.trends]
    for row in words.trends:
        if len(row) != 4 or len(set(row)) != 4 or not all(map(str.strip, row)):
            yield f"trends, {row[0]}: needs four words that differ"
        elif ups.count(row[0]) > 1 or set(row[1:]) & set(ups):
            yield f"trends, {row[0]}: a word serves for two directions, or stands twice"
    yield from _of_turns(words)
    if len(ups) < 6:
        yield "trends: has too few forms to write with"
    if len(words.numbers) < 10 or len(set(words.numbers)) != len(words.numbers):
        yield "numbers: needs words from nought to nine or further, all different"
    for name in (field.name for field in dataclasses.fields(words.patterns)):
        yield from (f"patterns, {name}: {told}" for told in _of_pattern(getattr(words.patterns, name)))
    if "(?P<of>" not in words.patterns.each:
        yield "patterns, each: has no group named of"
    yield from _unseen_numbers(words)
    if words.prose.begins:
        yield from (f"prose, begins: {told}" for told in _of_pattern(words.prose.begins))


_TURNS = {"compared": 2, "extreme": 2, "bound": 4, "half": 4, "than": 0, "not": 0}
"""The words that stand in each other's place, by kind; as many as there are, where that is 0."""


def _of_turns(words: Words) -> Iterator[str]:
    yield from (f"turns, {kind}: is missing" for kind in _TURNS if not words.turns.get(kind))
    yield from (f"turns, {kind}: is in no other language" for kind in words.turns if kind not in _TURNS)
    for kind, rows in words.turns.items():
        wanted = _TURNS.get(kind, 0)
        for row in rows:
            said = [*filter(None, row)]
            if (wanted and len(row) != wanted) or len(said) < min(wanted, 2) or len({*said}) != len(said):
                yield f"turns, {kind}, {row[0]}: needs {wanted or 'its'} words that differ"
        for word in sorted({word for row in rows for word in row if word and wanted}):
            if len({place for row in rows for place, one in enumerate(row) if one == word}) > 1:
                yield f"turns, {kind}, {word}: says two things"


def _of_pattern(pattern: str) -> Iterator[str]:
    try:
        made = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        yield f"is no regular expression: {error}"
        return
    if made.search("") or made.search("xyz 7"):
        yield "finds what is not there"


def _unseen_numbers(words: Words) -> Iterator[str]:
    """Numbers in words that a page could hold without the check of typed numbers seeing them."""
    percent = words.units.get("percent", ("",))[-1].strip()
    try:
        pattern = re.compile(words.patterns.number, re.IGNORECASE)
    except re.error:
        return
    if percent.isalpha():
        unseen = [word for word in words.numbers[2:] if not pattern.search(f"xyz {word} {percent}.")]
        yield from (f"patterns, number: does not find “{word} {percent}”" for word in unseen)


def _beside_cldr(words: Words) -> Iterator[str]:
    try:
        forms = cldr.forms_of(words.locale)
    except LookupError:
        yield f"locale: Babel has no locale {words.locale!r:.20}"
        return
    for name, wanted in forms.items():
        found: Any = dict(words.plurals) if name == "plurals" else getattr(words.notation, name)
        if found != wanted and not words.notation.own.get(name):
            place = name if name == "plurals" else f"notation, {name}"
            yield f"{place}: is {found!r}, and CLDR has {wanted!r}; follow it, or give the reason under own"


def _beside_sphinx(code: Language, words: Words) -> Iterator[str]:
    from sphinx.search import languages

    if words.stemmer not in languages:
        yield f"stemmer: Sphinx has none for {words.stemmer or code}: the search finds whole words only"
    for package, folder in (("sphinx", "locale"), ("docutils", "languages")):
        spec = find_spec(package)
        home = Path(spec.origin).parent / folder if spec and spec.origin else Path(folder)
        if code != MODEL and not (home / code).is_dir() and not (home / f"{code}.py").is_file():
            yield f"{package.capitalize()} has no catalogue for {code}: its own messages stay English"
