"""The columns of a table of figures: one of which nothing is known throughout is left out, and a sentence says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from wavebook.definitions import Language
from wavebook.figures import Figures, Key
from wavebook.figures.rows import Rows
from wavebook.language.words import words_in

ALL = ("wave", "what", "value", "n", "ci", "source")
"""The columns of a table of figures, by their words."""
NUMERIC = frozenset(("value", "n"))
_OF_PEOPLE = {"n": ("n",), "ci": ("ci_low", "ci_high")}
"""The columns that only figures of people have, with what they are made of."""


def columns_of(figures: Figures, indicator: str, rows: Rows, *, whole: bool = True) -> list[str]:
    """The columns that a table of these rows of one indicator has, in order; unless ``whole``, it has others too."""
    without = unknown(rows) if figures.of_people(indicator) else set(_OF_PEOPLE)
    if whole and is_of_one(figures, indicator, rows):
        without.add("what")
    return [name for name in ALL if name not in without]


def is_of_one(figures: Figures, indicator: str, rows: Rows) -> bool:
    """Tell whether rows differ in nothing but their wave, so that what they are of can be said once."""
    if figures.of_people(indicator) and (figures.segment or len(rows.words["population"].used()) > 1):
        return False
    return not any(any(rows.words[name].used()) for name in ("segment", "category"))


def population_of(figures: Figures, key: Key) -> str:
    """The population that a figure is of, in words; empty where it is not about people."""
    return figures.people(key.population) if key.population and figures.of_people(key.indicator) else ""


def unknown(rows: Rows) -> set[str]:
    """The columns of which no row has anything."""
    return {name for name, parts in _OF_PEOPLE.items() if not _known(rows, parts).any()}


def _known(rows: Rows, parts: Sequence[str]) -> np.ndarray:
    return np.all([~np.isnan(rows.numbers[part]) for part in parts], axis=0)


def said(without: Iterable[str], language: Language) -> Iterator[str]:
    """A sentence for each column that is left out."""
    words, missing = words_in(language).tables, set(without)
    return (words[f"no_{name}"] for name in _OF_PEOPLE if name in missing)
