"""Figures in the titles that settings give: they stand on every page, and no test follows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wavebook.core.problems import Problem
from wavebook.core.units import Language

_SHOWN = ("html_title", "author", "copyright", "numfig_format")
_ACTION = "Tell it on a page, where it can be a live number or a tested statement."


def typed(found: dict[str, Any], contents: object, language: Language, place: str) -> Iterator[Problem]:
    """Each figure typed in a setting that readers see (W538): in the file ``place``, and in ``contents``."""
    from wavebook.pages.checks.prose import figure_in  # with docutils, which a build that has nothing to do can spare

    told = [(f"{place}, {name}", text) for name in _SHOWN for text in _texts(found.get(name))]
    told += [("_toc.yml", text) for text in _titles(contents)]
    for where, text in told:
        if figure := figure_in(text.replace("%s", "…"), language):
            yield Problem("W538", where, f"{text[:80]!r} holds {figure!r}, typed by hand", _ACTION)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def _titles(contents: object) -> Iterator[str]:
    """The titles and captions in a table of contents."""
    if isinstance(contents, list):
        for item in contents:
            yield from _titles(item)
    elif isinstance(contents, dict):
        for key, value in contents.items():
            if key in ("title", "caption") and isinstance(value, str):
                yield value
            else:
                yield from _titles(value)
