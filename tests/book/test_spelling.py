"""The words of this book's pages are spelt as the dictionaries of their language have them."""

from pathlib import Path

import pytest
import spelling
from lxml import html

OWN = Path(__file__).parent / "spelling"
UNREAD = {"script", "style", "code", "pre"}
SAID = ("aria-label", "alt", "title", "placeholder")


def texts(element, language):
    """All texts of an element that readers see or hear, each with its language."""
    if not isinstance(element.tag, str) or element.tag in UNREAD:
        return
    language = element.get("lang", language)
    yield from ((language, text) for text in (element.text, *map(element.get, SAID)) if text)
    for child in element:
        yield from texts(child, language)
        if child.tail:
            yield language, child.tail


@pytest.fixture(scope="module")
def said(site):
    """By language, each word of the pages with the first page that has it."""
    found = {}
    for path in sorted(site.rglob("*.html"), reverse=True):
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        for language, text in texts(page, page.get("lang")):
            for word in spelling.words(text):
                found.setdefault(language, {})[word] = path.relative_to(site).as_posix()
    assert min(map(len, found.values())) > 1000
    return found


def house(language):
    """The words of this book and of the library."""
    names = (OWN / "names.toml", OWN / f"{language}.toml")
    return spelling.listed(*names, spelling.HOUSE / "names.toml", spelling.HOUSE / f"{language}.toml")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_of_the_pages_is_in_the_dictionary_or_in_that_of_the_house(said, language):
    assert spelling.unknown(said[language], language, house(language)) == {}


def test_a_word_of_the_house_is_used_and_unknown_to_a_dictionary(said):
    unknown = {lang: spelling.unknown(words, lang, set()) for lang, words in said.items()}
    parts = {lang: {p.lower() for word in found for p in (word, *word.split("-"))} for lang, found in unknown.items()}
    for name, needed in (("names", set().union(*parts.values())), *parts.items()):
        assert {word for word in spelling.listed(OWN / f"{name}.toml") if word.lower() not in needed} == set(), name


def test_no_page_has_words_in_a_language_that_the_book_does_not_have(said):
    assert said.keys() == {"nl", "en"}
