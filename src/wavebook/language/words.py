"""The languages of readers: each is a file beside this one, named after its code, with all its words."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pkgutil import iter_modules

from wavebook import language
from wavebook.core.units import Language
from wavebook.language.lexicon import Words


class _Languages(MutableMapping[Language, Words]):
    """The words of each language by its code, imported when they are first asked for."""

    def __init__(self) -> None:
        self._words: dict[Language, Words | None] = {
            code: None for _, code, _ in iter_modules(language.__path__) if len(code) == 2
        }

    def __getitem__(self, code: Language) -> Words:
        found = self._words[code]
        if found is None:
            found = self._words[code] = import_module(f"{language.__name__}.{code}").WORDS
        return found

    def __setitem__(self, code: Language, words: Words) -> None:
        self._words[code] = words

    def __delitem__(self, code: Language) -> None:
        del self._words[code]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, code: object) -> bool:
        return code in self._words


LANGUAGES = _Languages()


def words_in(language: Language) -> Words:
    """The words of a language."""
    return LANGUAGES[language]
