"""The search index: the stems that the search in browsers looks for, and no word that is gone."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import IO, Any

import snowballstemmer
from sphinx import version_info
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import SearchLanguage, js_index, languages

from wavebook.core.units import Language
from wavebook.language.words import words_in

_STEMS: dict[str, dict[str, str]] = {}  # some tens of thousands of words in a language, however many editions
_PORTER = (8, 2)
"""Sphinx before this version has the Porter stemmer for Dutch in its script.

Snowballstemmer 3 renamed it, so words were indexed under stems that no reader's search could find.
"""


class _Once(SearchLanguage):
    """Stems each word once for all editions."""

    def init(self, options: dict[str, str]) -> None:
        """Choose the stemmer that the script in the browser has."""
        super().init(options)
        old = tuple(map(int, version_info[:2])) < _PORTER
        if old and self.language_name == "Dutch" and "dutch_porter" in snowballstemmer.algorithms():
            self.stemmer = snowballstemmer.stemmer("dutch_porter")

    def stem(self, word: str) -> str:
        """The stem of a word, as the script in the browser finds it."""
        stems = _STEMS.setdefault(self.lang, {})
        if word not in stems:
            stems[word] = super().stem(word)
        return stems[word]


def search_language(language: Language) -> type[SearchLanguage]:
    """Sphinx's own search with the stemmer that a language names; for one that names none, of whole words."""
    known: Mapping[str, type[SearchLanguage] | str] = languages
    found = known.get(words_in(language).stemmer, SearchLanguage)
    if isinstance(found, str):
        module, _, name = found.rpartition(".")
        found = getattr(import_module(module), name)
    # an earlier run of Sphinx in this process may have registered one of these
    found = next(base for base in found.__mro__ if issubclass(base, SearchLanguage) and not issubclass(base, _Once))
    return type("Search", (_Once, found), {"lang": language})


class _Index:
    """Sphinx's own index, without words that no page holds any more, which Sphinx keeps."""

    load = staticmethod(js_index.load)

    @staticmethod
    def dump(found: dict[str, Any], file: IO[str]) -> None:
        """Write the index."""
        held = {part: {w: pages for w, pages in found[part].items() if pages != []} for part in ("terms", "titleterms")}
        js_index.dump({**found, **held}, file)


def _use_index(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.indexer_format = _Index


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_search_language(search_language(app.config.language))
    app.connect("builder-inited", _use_index)
