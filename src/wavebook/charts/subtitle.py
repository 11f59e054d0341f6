"""The subtitle of a chart: what is measured, of whom and when, as far as its drawing does not say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from wavebook.charts.svg import texts
from wavebook.core.text import capital
from wavebook.definitions import Unit
from wavebook.figures import Figures, Key
from wavebook.language.wording import has_symbol, listing, quantity, scale_name


def subtitle(keys: Collection[Key], figures: Figures, drawings: Iterable[str]) -> str:
    """The indicator, unit, people and waves of a chart, without those that stand in each of its ``drawings``.

    A chart of several indicators names them in its drawing. Empty for a chart without figures, such as one of a fact.
    """
    if not keys:
        return ""
    shown = [" ".join(texts(drawing)).casefold() for drawing in drawings]

    def is_drawn(*ways: str) -> bool:
        return all(any(way.casefold() in text for way in ways if way) for text in shown)

    parts = [text for text in _what(keys, figures) if not is_drawn(text)]
    unit, *others = {figures.definitions.indicators[key.indicator].unit for key in keys}
    if not others and not is_drawn(*_unit(unit, figures)):
        parts.append(scale_name(unit, figures.language))
    parts += [text for text in _whom(keys, figures) if not is_drawn(text)]
    waves = sorted({key.wave for key in keys}, key=figures.definitions.order)
    if not all(is_drawn(*_names(wave, figures)) for wave in (waves[0], waves[-1])):
        parts.append(_when(waves, figures))
    return capital(", ".join(parts))


def _what(keys: Collection[Key], figures: Figures) -> list[str]:
    """The one indicator, and its one category; of several indicators the one answer that they share."""
    if len({key.indicator for key in keys}) > 1:
        answers = {_answer(key, figures) for key in keys}
        return [*filter(None, answers)] if len(answers) == 1 else []
    declared = figures.definitions.indicators[next(iter(keys)).indicator]
    categories = {key.category for key in keys}
    one = [declared.categories[name] for name in categories if name] if len(categories) == 1 else []
    return [text[figures.language] for text in (declared.name, *one)]


def _answer(key: Key, figures: Figures) -> str:
    categories = figures.definitions.indicators[key.indicator].categories
    return categories[key.category][figures.language] if key.category else ""


def _unit(unit: Unit, figures: Figures) -> tuple[str, ...]:
    """The words for a unit, and its symbol, if numbers in a drawing have one."""
    name = scale_name(unit, figures.language)
    if not has_symbol(unit):
        return (name,)
    return name, re.sub(r"[\d\s]", "", quantity(0, unit, 0, figures.language, style="chart"))


def _whom(keys: Collection[Key], figures: Figures) -> list[str]:
    """Those who were asked: the base, and the population and segments that all figures share."""
    d, language = figures.definitions, figures.language
    asked = [key for key in keys if d.bases[d.indicators[key.indicator].base].people]
    if not asked:
        return []
    bases = dict.fromkeys(d.bases[d.indicators[key.indicator].base][language] for key in asked)
    populations = {key.population for key in asked}
    people = [figures.people(name) for name in populations if name] if len(populations) == 1 else []
    shared = [part for part in asked[0].parts if all(part in key.parts for key in asked)]
    return [listing([*bases], language), *people, *(figures.name_of(*part) for part in shared)]


def _names(wave: str, figures: Figures) -> tuple[str, ...]:
    """The names that a drawing may give to a wave; a year may stand as ’09."""
    years = (f"’{wave[-2:]}",) if figures.definitions.yearly else ()
    return figures.called(wave), figures.called(wave, short=True), *years


def _when(waves: list[str], figures: Figures) -> str:
    """One wave, or two, or the first and last of more."""
    names = [str(figures.called(wave)) for wave in waves]
    if len(names) < 3:
        return listing(names, figures.language)
    between = " – " if any(" " in name for name in (names[0], names[-1])) else "–"
    return f"{names[0]}{between}{names[-1]}"
