"""The languages of a book, as ``languages:`` in _config.yml declares them: the first is that of its site's root."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from wavebook.core import files, text, yaml_files
from wavebook.core.hints import nearest
from wavebook.core.problems import Problem, ProblemsError, fail, raise_all
from wavebook.core.units import Language

SETTINGS = "_config.yml"
EDITORS: Language = "en"
"""The language in which this library speaks with editors; a book that names no language is in it too, as in Sphinx."""
_RESTORE = "Restore it; the user guide lists the settings."


@cache
def shipped() -> tuple[Language, ...]:
    """The languages that this library has words in, each a file of ``wavebook.language``."""
    found = (path.stem for path in (files.PACKAGE / "language").glob("*.py"))
    return tuple(sorted(name for name in found if re.fullmatch("[a-z]{2}", name)))


def declared(root: Path) -> tuple[Language, ...]:
    """The languages of the book at ``root``, that of the root first; of data without settings, only the usual one.

    Raises
    ------
    ProblemsError
        Settings that cannot be read (W202), or languages that cannot be those of a book (W206).
    """
    if not (root / SETTINGS).is_file():
        return (EDITORS,)
    found = _declared(text.read(root / SETTINGS, SETTINGS, "W202", restore=_RESTORE))
    if isinstance(found, ProblemsError):
        raise ProblemsError(found.problems)
    return found


@lru_cache(8)
def _declared(content: str) -> tuple[Language, ...] | ProblemsError:
    """The languages in the text of settings, or their problems; asked again and again while it stays the same."""
    try:
        return _languages_of(parse(content, SETTINGS))
    except ProblemsError as error:
        return error


def _languages_of(settings: dict) -> tuple[Language, ...]:
    if (named := settings.get("languages")) is None:
        inner = settings.get("sphinx")
        config = inner.get("config") if isinstance(inner, dict) else None
        language = config.get("language") if isinstance(config, dict) else None
        named = [language if isinstance(language, str) else EDITORS]
    place = f"{SETTINGS}, languages"
    if not isinstance(named, list) or not named or not all(isinstance(name, str) for name in named):
        action = "Write their codes, that of the site's root first: languages: [en]."  # no: without quotes is a truth
        fail(Problem("W206", place, "is not a list of codes", action))
    raise_all(_problems(named, place))
    return tuple(named)


def _problems(named: list[str], place: str) -> list[Problem]:
    """Languages that have no words here, and those that are named twice."""
    known = ", ".join(shipped())
    found = []
    for name in dict.fromkeys(named):
        if name not in shipped():
            close = nearest(name, shipped())
            hint = f"Did you mean {close}? " if close else ""
            found.append(Problem("W206", place, f"{name!r:.40} is no language known here", f"{hint}Known: {known}."))
        elif named.count(name) > 1:
            found.append(Problem("W206", place, f"{name} stands there twice", "Name it once."))
    return found


def parse(content: str, place: str) -> dict:
    """The settings in the text of a file; raises ProblemsError (W202) where there are none."""
    try:
        found = yaml_files.parse(content)
    except ValueError as error:
        fail(Problem("W202", place, f"cannot be read: {' '.join(str(error).split())}", _RESTORE))
    if isinstance(found, list) and place == "_toc.yml":
        action = "Run jupyter-book toc migrate _toc.yml, or write format, root and chapters yourself."
        fail(Problem("W202", place, "is a list, as Jupyter Book had it before version 0.11", action))
    if not isinstance(found, dict):
        fail(Problem("W202", place, "holds no settings", _RESTORE))
    return found


def read(root: Path, place: str) -> dict:
    """The settings in a file of the book at ``root``; raises ProblemsError (W202) where it cannot be read."""
    return parse(text.read(root / place, place, "W202", restore=_RESTORE), place)


def below(language: Language, languages: tuple[Language, ...]) -> str:
    """The folder of the pages in a language, with a slash at its end; empty for that of the root.

    >>> below("nl", ("nl", "en")), below("en", ("nl", "en"))
    ('', 'en/')
    """
    return "" if language == languages[0] else f"{language}/"


def source(root: Path, language: Language) -> Path:
    """The folder of the pages in a language of the book at ``root``; raises as ``declared``."""
    return root / "book" / below(language, declared(root))


def of_page(page: str, languages: tuple[Language, ...]) -> Language:
    """The language of a page by the name of its file.

    >>> of_page("book/en/index.md", ("nl", "en")), of_page("book/index.md", ("nl", "en"))
    ('en', 'nl')
    """
    return next((code for code in languages[1:] if page.startswith(f"book/{code}/")), languages[0])


def undeclared(root: Path) -> list[Problem]:
    """Languages that are declared and have no pages, and pages in a language that is not declared (W207)."""
    languages, found = declared(root), []
    for code in languages[1:]:
        if not _has_pages(root / "book" / code):
            action = f"Write its pages in book/{code}/, or take {code} out of languages."
            found.append(Problem("W207", f"{SETTINGS}, languages", f"book/{code}/ has no pages", action))
    for code in set(shipped()) - set(languages):
        if _has_pages(root / "book" / code):
            action = f"Write languages: [{', '.join((*languages, code))}], or remove the folder."
            found.append(Problem("W207", f"book/{code}/", f"holds pages, and {SETTINGS} does not name {code}", action))
    return found


def _has_pages(folder: Path) -> bool:
    return any(folder.glob("*.md"))
