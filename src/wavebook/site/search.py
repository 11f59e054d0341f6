"""The search index: the stems that the search in browsers looks for, and no word that is gone."""

from __future__ import annotations

from typing import IO, Any

import snowballstemmer
from sphinx import version_info
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import SearchLanguage, js_index
from sphinx.search.en import SearchEnglish
from sphinx.search.nl import SearchDutch

_STEMS: dict[str, dict[str, str]] = {"nl": {}, "en": {}}  # some tens of thousands of words, however many editions


class _Once(SearchLanguage):
    """Stems each word once for all editions."""

    def stem(self, word: str) -> str:
        """The stem of a word, as the script in the browser finds it."""
        if word not in _STEMS[self.lang]:
            _STEMS[self.lang][word] = super().stem(word)
        return _STEMS[self.lang][word]


class _Dutch(_Once, SearchDutch):
    """Sphinx's own Dutch search, with the stemmer of its script.

    Sphinx before 8.2 ships the Porter stemmer for Dutch; snowballstemmer 3 renamed it, so words were indexed
    under stems that no reader's search could find.
    """

    def init(self, options: dict[str, str]) -> None:
        """Choose the stemmer."""
        super().init(options)
        if tuple(map(int, version_info[:2])) < (8, 2) and "dutch_porter" in snowballstemmer.algorithms():
            self.stemmer = snowballstemmer.stemmer("dutch_porter")


class _English(_Once, SearchEnglish):
    """Sphinx's own English search."""


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
    app.add_search_language(_Dutch)
    app.add_search_language(_English)
    app.connect("builder-inited", _use_index)
