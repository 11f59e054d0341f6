"""Figures that are not there: what a message says of one, and the cause that many messages share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from wavebook.core import hints
from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.figures import unknown
from wavebook.figures.figure import AbsentFigureError, MissingFigureError
from wavebook.figures.key import CROSS, Key


class Figures(Protocol):
    """What is asked of the figures of an edition here."""

    @property
    def definitions(self) -> Definitions:
        """The declarations of the book."""
        ...

    @property
    def language(self) -> Language:
        """The language of its labels."""
        ...

    def has(self, key: Key) -> bool:
        """Tell whether there is a figure that may be shown."""
        ...

    def is_suppressed(self, key: Key) -> bool:
        """Tell whether there is a figure that may not be shown."""
        ...

    def may_show(self, key: Key) -> bool:
        """Tell whether a key is of no segment other than that of the edition."""
        ...


_ABSENT = re.compile(r"there is no figure (\S+?)(?=;|$|\s|\.\s|\.$)")
_SUPPRESSED = re.compile(r"(\S+) is suppressed: too few respondents")
_UNKNOWN = re.compile(r"there is no (wave|fact|breakdown|chart|indicator) ([^;]*?)(?=;|$)")
_DECLARED_IN = {"wave": "data/waves.toml", "fact": "data/context.toml", "chart": "notebooks/"}


def missing(figures: Figures, keys: list[Key], whole: bool = False) -> MissingFigureError:
    """Make the error for keys without a figure; ``whole`` when they stand for all categories of an indicator."""
    known = all(_is_declared(figures, key, whole) for key in keys)
    return (AbsentFigureError if known else MissingFigureError)("; ".join(explained(figures, key) for key in keys))


def explained(figures: Figures, key: Key) -> str:
    """Say that a figure is not there or not shown, and what is: the waves that have it, or the key that was meant."""
    if figures.is_suppressed(key):
        return f"{key} is suppressed: too few respondents to show it"
    if reason := unknown.reason_of(figures, key):
        return f"there is no figure {key}; it is declared unknown: {reason}"
    if waves := having(figures, key):
        if key.wave in waves:
            return f"there is no figure {key}; it has one for each of {', '.join(_categories(figures, key.indicator))}"
        return f"there is no figure {key}; {_without_wave(key)} has {', '.join(waves)}"
    close = _meant(figures, key)
    return f"there is no figure {key}" + (f"; the nearest is {close}" if close else "")


def having(figures: Figures, key: Key) -> list[str]:
    """The waves of the edition with this figure, oldest first; for a whole indicator, those with any of its answers."""
    names = [key.category] if key.category else ["", *_categories(figures, key.indicator)]
    same = [key._replace(category=name) for name in names]
    return [wave for wave in figures.definitions.waves if any(figures.has(k._replace(wave=wave)) for k in same)]


def _categories(figures: Figures, indicator: str) -> list[str]:
    declared = figures.definitions.indicators.get(indicator)
    return list(declared.categories) if declared else []


def _is_declared(figures: Figures, key: Key, whole: bool) -> bool:
    """Tell whether every name in a key is declared, or is a segment that has editions of its own."""
    d = figures.definitions
    indicator, breakdown = d.indicators.get(key.indicator), d.breakdowns.get(key.segment_by)
    return bool(
        indicator
        and (key.category in indicator.categories if key.category else whole or not indicator.categories)
        and d.has_population(key.population)
        and (not key.segment_by or not figures.may_show(key) or (breakdown and key.segment in breakdown.values))
    )


def _meant(figures: Figures, key: Key) -> str:
    """The key that was meant by one with a mistyped name; empty when no name is near, or each is declared.

    Each name is compared with those of its kind only, and the wave is never another.
    """
    d = figures.definitions
    indicator = key.indicator if key.indicator in d.indicators else hints.nearest(key.indicator, d.indicators)
    if not indicator:
        return ""
    named = d.indicators[indicator]
    changed = {"indicator": indicator}
    if key.category and key.category not in named.categories:
        changed["category"] = hints.nearest(key.category, named.categories)
    if not d.has_population(key.population):
        changed["population"] = hints.nearest(key.population, d.populations)
    if key.segment_by and key.segment_by not in d.breakdowns:
        changed["segment_by"] = hints.nearest(key.segment_by, d.breakdowns)
    by = d.breakdowns.get(changed.get("segment_by", key.segment_by))
    if by and key.segment not in by.values:
        changed["segment"] = hints.nearest(key.segment, by.values)
    found = key._replace(**changed)
    if found == key or "" in changed.values():
        return ""
    return str(found) if having(figures, found) else ""


def causes(figures: Figures, message: str) -> tuple[Problem, ...]:
    """The causes that a message of missing figures or unknown names has in common with others.

    It may come from a notebook, which hands over no more than its text.
    """
    found = dict.fromkeys(_of_figures(figures, message))
    for kind, name in _UNKNOWN.findall(message):
        said = f"there is no {kind} {name.strip()}"
        rest = message.partition(said)[2].split("; there is no ")[0]
        action = (
            f"Correct it everywhere, or declare the {kind}." if kind != "chart" else "Make it, or correct its name."
        )
        place = _DECLARED_IN.get(kind, "data/indicators.toml")
        found[Problem("W449", place, (said + rest).rstrip("."), action)] = None
    return tuple(found)


def _of_figures(figures: Figures, message: str) -> Iterator[Problem]:
    for text in [*_ABSENT.findall(message), *_SUPPRESSED.findall(message)]:
        try:
            key = Key.read(text)
        except LookupError:
            continue
        yield _cause(figures, key)


def _cause(figures: Figures, key: Key) -> Problem:
    place = f"data/figures/{key.wave}.csv"
    if figures.is_suppressed(key):
        action = f"Take {key.name}@latest if an earlier wave will do, or drop the sentences."
        return Problem("W448", place, explained(figures, key), action)
    if reason := unknown.reason_of(figures, key):
        action = "Rewrite the sentences so that they do without it, or drop them, and the chart."
        return Problem("W448", place, f"has no {_without_wave(key)}, which is declared unknown: {reason}", action)
    if told := next(_undeclared(figures.definitions, key), ""):
        return Problem("W449", "data/indicators.toml", told, "Correct the name everywhere, or declare it.")
    whole = key._replace(category="")
    if key.category and whole.wave not in having(figures, whole):
        key = whole  # of all answers to one question none is known: that is one cause, not one for each answer
    waves = having(figures, key)
    if key.wave in waves:
        return Problem("W449", "data/indicators.toml", explained(figures, key), "Name the answer that is meant.")
    if waves:
        told = f"has no {_without_wave(key)}, which {waves[-1]} has"
        action = (
            f"Take the newest there is, as in {key.name}@latest, and say of when it is; or let the sentences stay "
            f"about {waves[-1]}, with wavebook pin {key.name} {waves[-1]}; or drop them, and the chart; or add the "
            "figure if this wave has it; or declare it unknown, with the reason, in data/waves.toml."
        )
        return Problem("W448", place, told, action)
    action = "Add the figure, or drop the sentences, and the chart."
    return Problem("W448", place, f"has no {_without_wave(key)}, and no wave has", action)


def _undeclared(d: Definitions, key: Key) -> Iterator[str]:
    """Say of each name in a key that it is not declared, and which of its kind is nearest; not of its wave."""
    indicator = d.indicators.get(key.indicator)
    if indicator is None:
        yield f"there is no indicator {key.indicator}{hints.after(key.indicator, d.indicators)}"
    elif key.category and key.category not in indicator.categories:
        yield f"{key.indicator} has no answer {key.category}{hints.after(key.category, indicator.categories)}"
    if not d.has_population(key.population):
        yield f"there is no population {key.population}{hints.after(key.population, d.populations)}"
    by = d.breakdowns.get(key.segment_by)
    if key.segment_by and by is None:
        yield f"there is no breakdown {key.segment_by}{hints.after(key.segment_by, d.breakdowns)}"
    elif by and key.segment not in by.values and CROSS not in key.segment_by:
        yield f"{key.segment_by} has no segment {key.segment}{hints.after(key.segment, by.values)}"


def _without_wave(key: Key) -> str:
    return str(key).removesuffix(f"@{key.wave}").removesuffix(f",{key.wave}")
