"""The languages of readers: each is a file beside this one, named after its code, with all its words."""

from importlib import import_module
from pkgutil import iter_modules

from wavebook import language
from wavebook.core.units import Language
from wavebook.language.lexicon import Words

LANGUAGES: dict[Language, Words] = {
    code: import_module(f"{language.__name__}.{code}").WORDS
    for _, code, _ in iter_modules(language.__path__)
    if len(code) == 2
}


def words_in(language: Language) -> Words:
    """The words of a language."""
    return LANGUAGES[language]
