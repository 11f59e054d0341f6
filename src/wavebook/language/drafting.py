"""The first draft of a language: the English file, with the forms that CLDR has for it in place of the English ones."""

from __future__ import annotations

import re
from pathlib import Path

from wavebook.core import files
from wavebook.core.units import Language
from wavebook.language import cldr
from wavebook.language.checking import MODEL

_OF_CLDR = ("decimal", "thousands", "percent", "currency", "day", "month", "pair", "others")


def draft(code: Language) -> str:
    """The file of a language with its own numbers, dates and lists, and English texts to translate.

    Raises
    ------
    LookupError
        Babel does not know the language.
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global
    from sphinx.search import languages

    try:
        language = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        raise LookupError(code) from None
    territory = str(get_global("likely_subtags").get(code, code)).rpartition("_")[2]
    locale, name = (f"{code}_{territory}", language.english_name or code)
    text = Path(files.PACKAGE, "language", f"{MODEL}.py").read_text(encoding="utf-8")
    text = text.replace('"""English', f'"""{name}', 1).replace("an English page", "its pages", 1)
    own = {"name": language.get_display_name(code) or name, "locale": locale, "bibtex": name.lower()}
    own["stemmer"] = code if code in languages else ""
    for field, value in own.items():
        text = _replaced(text, rf"    {field}=[^\n]*\n", f"    {field}={_quoted(value)},\n")
    forms = cldr.forms_of(locale)
    lines = [f"        {field}={_quoted(forms[field])}," for field in _OF_CLDR]
    for field in ("months", "alone"):
        months = ", ".join(map(_quoted, forms[field]))
        lines += [f"        {field}=({months}),"] if months else []
    plurals = "".join(f"        {_quoted(rule)}: {_quoted(told)},\n" for rule, told in forms["plurals"].items())
    text = _replaced(text, r"    notation=Notation\(\n.*?\n    \),\n", _block("notation=Notation(", lines, ")"))
    return _replaced(text, r"    plurals=\{.*?\},\n", f"    plurals={{\n{plurals}    }},\n")


def _replaced(text: str, pattern: str, instead: str) -> str:
    """A text with the first match of a pattern replaced, whatever backslashes the other text has."""
    return re.sub(pattern, lambda _: instead, text, count=1, flags=re.DOTALL)


def _block(opened: str, lines: list[str], closed: str) -> str:
    return "\n".join([f"    {opened}", *lines, f"    {closed},\n"])


def _quoted(text: str) -> str:
    """A text as Python has it, with the spaces that one cannot see spelled out."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + quoted.replace("\u00a0", "\\u00a0").replace("\u202f", "\\u202f") + '"'
