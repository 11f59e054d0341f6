"""Figures that are declared unknown: nobody can give them, and readers are told why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np

from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.definitions.measurements import Unknown
from wavebook.figures.key import Key
from wavebook.figures.rows import Rows
from wavebook.language.words import words_in


class Asked(Protocol):
    """What is asked of the figures of an edition here."""

    @property
    def definitions(self) -> Definitions:
        """The declarations of the book."""
        ...

    @property
    def language(self) -> Language:
        """The language of its labels."""
        ...


class Named(Asked, Protocol):
    """The same, with the names of figures for readers."""

    def has(self, key: Key) -> bool:
        """Tell whether there is a figure that may be shown."""
        ...

    def label(self, key: Key) -> str:
        """The name of an answer."""
        ...

    def segment_label(self, key: Key) -> str:
        """The name of a segment; empty for everyone."""
        ...

    def called(self, wave: str) -> object:
        """The name of a wave."""
        ...


def reason_of(figures: Asked, key: Key) -> str:
    """The reason why nobody knows a figure, as somebody declared it, for readers; empty for any other."""
    d = figures.definitions
    found = (item.reason[figures.language] for item in d.unknown if item.wave == key.wave and _is_of(key, item, d))
    return next(found, "")


def among(figures: Named, key: Key, years: Iterable[str]) -> list[Key]:
    """The declared ones among the keys of a figure, or of all answers to a question, in these waves."""
    if not figures.definitions.unknown:
        return []
    declared = figures.definitions.indicators.get(key.indicator)
    names = [key.category] if key.category or declared is None else [*declared.categories] or [""]
    each = [key._replace(wave=year, category=name) for year in years for name in names]
    return [one for one in each if not figures.has(one) and reason_of(figures, one)]


def told(figures: Named, key: Key) -> tuple[str, str]:
    """The name of a figure that nobody knows, with its wave, and why that is, in readers' words."""
    language, indicator = figures.language, figures.definitions.indicators[key.indicator]
    parts = [indicator.name[language], figures.label(key) if key.category else "", figures.segment_label(key)]
    why = words_in(language).tables["unknown_because"].format(reason=reason_of(figures, key))
    return f"{', '.join(filter(None, parts))} ({figures.called(key.wave)})", why


def contradicted(d: Definitions, rows: Rows) -> Iterator[Problem]:
    """Report declarations of figures that are there after all."""
    for number, item in enumerate(d.unknown, 1):
        wanted = {text.partition("@")[0].partition(".")[0].strip() for text in item.figures}
        there = rows.words["wave"].having(item.wave) & rows.words["indicator"].having(*wanted)
        there &= ~rows.words["status"].having("suppressed")
        found = (key for key in map(rows.key, np.flatnonzero(there).tolist()) if _is_of(key, item, d))
        for key in list(found)[:1]:
            place, told = f"data/waves.toml, unknown, number {number}", f"{key} is declared unknown, and is there"
            yield Problem("W544", place, told, "Remove the declaration, or the figure.")


def _is_of(key: Key, item: Unknown, d: Definitions) -> bool:
    selectors = [f"{by}={segment}" for by, segment in key.parts]
    return item.names(key.indicator, key.category, [*selectors, f"population={key.population or d.population}"])
