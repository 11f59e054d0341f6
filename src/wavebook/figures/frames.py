"""Figures as a table for charts and tables of an editor's own, with the names that readers see beside those of keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.figures.figure import Figure
from wavebook.figures.key import Key


class Naming(Protocol):
    """The figures of an edition, as far as they name their keys for readers."""

    definitions: Definitions
    language: Language
    wave: str

    def has(self, key: Key, /) -> bool:
        """Tell whether a figure is known."""
        ...

    def called(self, wave: str, /) -> str:
        """Name of a wave."""
        ...

    def label(self, key: Key, /) -> str:
        """Name that tells a figure apart."""
        ...

    def segment_label(self, key: Key, /) -> str:
        """Name of a segment."""
        ...

    def people(self, population: str, /) -> str:
        """Name of a population."""
        ...


FRAME = [
    *("wave", "wave_label", "date", "indicator", "indicator_label", "category", "category_label"),
    *("segment", "segment_label", "population", "population_label"),
    *("label", "value", "text", "unit", "n", "ci_low", "ci_high", "status", "key", "stretch"),
]
SHOWN = ["wave_label", "indicator_label", "label", "text", "n", "key"]  # of these in a notebook


def frame_of(selection: Iterable[Figure], figures: Naming) -> pd.DataFrame:
    """The figures of a selection, a row each, in its order.

    The parts of a key stand beside their names in the language of the figures: ``wave`` and ``wave_label``. ``label``
    tells the rows apart: category, else segment, else indicator. ``date`` is a day by which a wave lies on an axis of
    time, ``text`` the value as charts write it, ``ci_low`` to ``ci_high`` its interval. ``stretch`` counts the parts of
    a series: a new one begins after a full break, and after waves of which its value is not known, so that a line that
    has it as a detail runs through neither.
    """
    chosen = list(selection)
    stretches = _stretches([figure.key for figure in chosen], figures)
    rows = [_row(figure, figures) | {"stretch": stretches[figure.key]} for figure in chosen]
    return pd.DataFrame(rows, columns=FRAME)


def _stretches(keys: Iterable[Key], figures: Naming) -> dict[Key, int]:
    """The number of the stretch of its series that each key lies in, from one."""
    d, found = figures.definitions, dict[Key, int]()
    series: dict[Key, list[str]] = {}
    for key in dict.fromkeys(keys):
        series.setdefault(key._replace(wave=""), []).append(key.wave)
    for key, waves in series.items():
        asked, number, before = d.asked(key.indicator, figures.wave), 1, ""
        for wave in sorted(waves, key=d.order):
            if before:
                between = [other for other in asked if d.order(before) < d.order(other) < d.order(wave)]
                unknown = any(not figures.has(key._replace(wave=other)) for other in between)
                number += unknown or d.full_break(key.indicator, before, wave) is not None
            found[key._replace(wave=wave)], before = number, wave
    return found


def _row(figure: Figure, figures: Naming) -> dict[str, object]:
    key, d, language = figure.key, figures.definitions, figures.language
    indicator = d.indicators[key.indicator]
    return {
        **key._asdict(),
        **figure.cells,
        "wave_label": str(figures.called(key.wave)),
        "date": _day(figures, key.wave),
        "indicator_label": indicator.name[language],
        "category_label": indicator.categories[key.category][language] if key.category else "",
        "segment_label": figures.segment_label(key),
        "population": key.population or d.population,
        "population_label": figures.people(key.population),
        "label": figures.label(key),
        "text": figure.text(language, "chart"),
        "key": str(key),
    }


def _day(figures: Naming, wave: str) -> pd.Timestamp:
    """The day by which a wave lies on an axis of time: where a year begins, beside its label; else the middle."""
    start, end = figures.definitions.period(wave)
    return pd.Timestamp(start if figures.definitions.yearly else start + (end - start) / 2)
