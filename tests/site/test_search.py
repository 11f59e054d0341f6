"""The index of words that readers' own search looks in."""

import dataclasses
import io
from types import SimpleNamespace

import pytest
import snowballstemmer
from sphinx.builders.html import StandaloneHTMLBuilder

from wavebook.language.words import LANGUAGES, words_in
from wavebook.site import search


def test_a_word_is_stemmed_once_for_all_editions_and_apart_for_each_language(monkeypatch):
    monkeypatch.setattr(search, "_STEMS", {})
    asked = []
    for code in ("nl", "en"):
        language = search.search_language(code)
        monkeypatch.setattr(language.__mro__[2], "stem", lambda self, word: asked.append(word) or word[:3])
        for _ in range(2):  # two editions
            assert language({}).stem("burgers") == "bur"
    assert asked == ["burgers", "burgers"]
    assert {language: list(stems) for language, stems in search._STEMS.items()} == {
        "nl": ["burgers"],
        "en": ["burgers"],
    }


def test_dutch_words_get_the_stem_that_the_script_in_the_browser_finds():
    dutch = search.search_language("nl")({})
    sphinx_has_porter = tuple(map(int, search.version_info[:2])) < (8, 2)
    name = "dutch_porter" if sphinx_has_porter and "dutch_porter" in snowballstemmer.algorithms() else "dutch"
    stem = snowballstemmer.stemmer(name).stemWord
    assert dutch.js_stemmer_code
    words = ("klachten", "gemeenten", "dienstverlening", "tevredenheid", "burgers")
    assert [dutch.stem(word) for word in words] == [stem(word) for word in words]


@pytest.mark.parametrize(
    ("language", "one", "more"),
    [
        ("nl", "gemeente", "gemeenten"),
        ("en", "town", "towns"),
        ("de", "Gemeinde", "Gemeinden"),
        ("fr", "commune", "communes"),
    ],
)
def test_one_and_more_are_found_alike_in_every_language(language, one, more):
    made = search.search_language(language)({})
    assert (made.lang, made.stem(one)) == (language, made.stem(more))
    assert made.stopwords


def test_sphinx_is_told_of_a_search_again_in_the_same_process(monkeypatch):
    once = search.search_language("de")
    monkeypatch.setitem(search.languages, "de", once)
    again = search.search_language("de")
    assert again.__mro__[1:] == once.__mro__[1:]


def test_a_language_without_a_stemmer_is_searched_by_whole_words(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "xx", dataclasses.replace(words_in("en"), stemmer=""))
    made = search.search_language("xx")({})
    assert (made.stem("towns"), made.stopwords) == ("towns", set())


def test_words_that_no_page_holds_any_more_are_not_in_the_index():
    found = {"terms": {"weg": [], "een": 0, "meer": [0, 1]}, "titleterms": {"weg": [], "kop": 1}, "docnames": []}
    written = io.StringIO()
    search._Index.dump(found, written)
    written.seek(0)
    read = search._Index.load(written)
    assert (read["terms"], read["titleterms"], read["docnames"]) == ({"een": 0, "meer": [0, 1]}, {"kop": 1}, [])


def test_pages_in_html_alone_have_that_index():
    html, other = StandaloneHTMLBuilder.__new__(StandaloneHTMLBuilder), SimpleNamespace()
    for builder in (html, other):
        search._use_index(SimpleNamespace(builder=builder))
    assert html.indexer_format is search._Index
    assert not hasattr(other, "indexer_format")


def test_a_language_is_registered_again_by_each_run_of_sphinx_in_a_process(monkeypatch):
    first = search.search_language("nl")
    monkeypatch.setitem(search.languages, "nl", first)
    again = search.search_language("nl")
    assert again.__mro__[1:] == first.__mro__[1:]
