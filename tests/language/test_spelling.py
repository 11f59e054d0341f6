"""The words that readers see are spelt as the dictionaries of their language have them."""

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import spelling

from wavebook.language.words import LANGUAGES, words_in
from wavebook.start import phrases

CODES = sorted(LANGUAGES)
NO_WORDS = {
    "patterns",
    "shortened",
    "own",
    "plurals",
    "locale",
    "bibtex",
    "stemmer",
    "abbreviations",
    "begins",
    "months_short",
}


def texts(found: object, place: str = "") -> Iterator[tuple[str, str]]:
    """All texts within, each with the names that lead to it."""
    if isinstance(found, str):
        yield place, found
    elif isinstance(found, Mapping):
        for name, part in found.items():
            if name not in NO_WORDS:
                yield from texts(part, f"{place}.{name}".strip("."))
    elif dataclasses.is_dataclass(found):
        yield from texts({field.name: getattr(found, field.name) for field in dataclasses.fields(found)}, place)
    elif isinstance(found, (tuple, list, frozenset)):
        for part in found:
            yield from texts(part, place)


def said(code: str) -> dict[str, str]:
    """The words of a language's file and of a new book in it, each with a place where it stands."""
    begun = tomllib.loads((Path(phrases.__file__).parent / "words" / f"{code}.toml").read_text(encoding="utf-8"))
    shown = {name: begun[name] for name in begun if name not in ("readme", "pages")}
    found = [*texts(words_in(code)), *texts(shown)]
    return {word: place for place, text in found for word in spelling.words(text)}


def house(code: str) -> set[str]:
    return spelling.listed(spelling.HOUSE / "names.toml", spelling.HOUSE / f"{code}.toml")


@pytest.mark.parametrize("code", CODES)
def test_every_word_of_a_language_is_in_its_dictionary_or_in_that_of_the_house(code):
    assert spelling.unknown(said(code), code, house(code)) == {}


@pytest.mark.parametrize("code", CODES)
def test_a_word_of_the_house_is_used_and_unknown_to_the_dictionary(code):
    listed = spelling.listed(spelling.HOUSE / f"{code}.toml")
    unknown = spelling.unknown(said(code), code, set())
    parts = {part.lower() for word in unknown for part in (word, *word.split("-"))}
    assert {word for word in listed if word.lower() not in parts} == set()


@pytest.mark.parametrize(
    ("code", "wrong"), [("nl", "onderzoeck"), ("en", "organisaton"), ("de", "Erhebbung"), ("fr", "enquette")]
)
def test_a_mistake_is_found_also_within_a_word_with_a_hyphen(code, wrong):
    given = {wrong: "here", f"e-{wrong}": "there", "information": "fine"}
    assert spelling.unknown(given, code, {"information"}) == {wrong: "here", f"e-{wrong}": "there"}


def test_addresses_and_what_is_filled_in_are_no_words():
    text = "Zie {wave:in} https://x.nl/qqq, data.html of n.v.t.: thema’s ${zzz}"
    assert list(spelling.words(text)) == ["Zie", "of", "thema's"]
