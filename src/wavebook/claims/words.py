"""Tests in readers' words, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from wavebook.core.units import PERCENT
from wavebook.figures import Figures, Key, MissingFigureError, span_names
from wavebook.figures.key import LATEST
from wavebook.language import wording
from wavebook.language.wave_names import WaveName
from wavebook.language.words import words_in

# The words of a statement and of its denial, by predicate.
Part = Callable[[Figures], str]


@dataclass(frozen=True)
class Said:
    """A statement in words: the name of its template and what fills it, each worded for the figures at hand."""

    name: str
    parts: dict[str, Part] = field(default_factory=dict)
    negative: bool = False

    def text(self, figures: Figures) -> str:
        """The statement in the language of ``figures``."""
        template = words_in(figures.language).claims[self.name][self.negative]
        return template.format(**{name: part(figures) for name, part in self.parts.items()})

    def denied(self) -> Said:
        """The words for its denial."""
        return replace(self, negative=not self.negative)

    def joined(self, other: Said, word: Literal["and", "or"]) -> Said:
        """The words for both together."""
        return Said(word, {"one": self.text, "two": other.text})

    def of_known(self) -> Said:
        """The words of a statement about what sources give, and nothing else."""
        return Said("known", {"inner": self.text, "denied": self.denied().text})


def phrase(name: str, **parts: Part) -> Part:
    """A part that has a template of its own."""
    return Said(name, parts).text


def plain(text: object) -> Part:
    """A part that is the same in every language."""
    return lambda figures: str(text)


def figure(text: str, *, dated: bool = True) -> Part:
    """The readers' name for the figure of a key, or for a dated fact; with its wave if it is ``dated``."""

    def said(figures: Figures) -> str:
        if text.startswith("fact:"):
            fact = figures.definitions.facts.get(text.removeprefix("fact:"))
            return fact.name[figures.language] if fact else text
        try:
            key = figures.resolve(text.partition("@")[0] + _without_span(text))
        except MissingFigureError:
            return text
        name = name_of(figures, key)
        return (
            words_in(figures.language).claims["dated"][0].format(what=name, wave=figures.called(key.wave))
            if dated
            else name
        )

    return said


def other(text: str, beside: str) -> Part:
    """The name for the figure of a key after that of another: without what the other has said already."""

    def said(figures: Figures) -> str:
        try:
            key, first = (figures.resolve(name.partition("@")[0] + _without_span(name)) for name in (text, beside))
        except MissingFigureError:
            return figure(text)(figures)
        indicator = figures.definitions.indicators.get(key.indicator)
        answers = indicator.categories if indicator else {}
        if key.wave != first.wave:
            return figure(text)(figures)
        if key.category in answers and key._replace(category="") == first._replace(category=""):
            return answers[key.category][figures.language]
        return figure(text, dated=False)(figures)

    return said


def _without_span(text: str) -> str:
    """The selectors of a change as those of a key: without its two waves."""
    parts = [part.strip() for part in text.partition("@")[2].split(",")]
    kept = [part for part in parts if part and ".." not in part]
    return f"@{','.join(kept)}" if kept else ""


def name_of(figures: Figures, key: Key) -> str:
    """The readers' name for a figure, without its wave: indicator, answer, group."""
    indicator = figures.definitions.indicators.get(key.indicator)
    if indicator is None:
        return key.name
    language, apart = figures.language, []
    if key.category:
        answer = indicator.categories.get(key.category)
        apart.append(answer[language] if answer else key.category)
    if key.population:
        apart.append(figures.people(key.population) or key.population)
    try:
        apart += [segment] if (segment := figures.segment_label(key)) else []
    except KeyError:
        apart.append(key.segment.replace("*", ", "))
    return indicator.name[language] + (f" ({', '.join(apart)})" if apart else "")


def wave(text: str, end: int = 0) -> Part:
    """The name of a wave that a change names: its first (0) or last (-1)."""

    def said(figures: Figures) -> WaveName:
        name = span_names(text)[end]
        try:
            return figures.called(figures.ends(text)[end].wave if name == LATEST else figures.wave_of(name))
        except MissingFigureError:
            return WaveName(name)

    return said


def named(wave: str) -> Part:
    """The name of this wave."""
    return lambda figures: figures.called(wave) if wave in figures.definitions.waves else WaveName(wave)


def factor(times: float) -> Part:
    """A number by which something is multiplied."""
    return lambda figures: wording.number(times, _decimals(times), figures.language)


def _decimals(size: float) -> int:
    return min(wording.decimals_of(size), 2)


def amount(text: str, size: float, *, apart: bool = True) -> Part:
    """A size in the unit of a key: as a difference if it is ``apart``, else as a value."""

    def said(figures: Figures) -> str:
        name = text.partition("@")[0].partition(".")[0]
        indicator = figures.definitions.indicators.get(name)
        unit = PERCENT if indicator is None else indicator.unit
        told = wording.difference if apart else wording.quantity
        return told(size, unit, _decimals(size), figures.language)

    return said


def limit(text: str, bound: float | str) -> Part:
    """The limit for the figure of a key: a number in its unit, or the value of a dated fact with its name."""
    if not isinstance(bound, str):
        return amount(text, bound, apart=False)

    def said(figures: Figures) -> str:
        fact = figures.definitions.facts.get(bound.removeprefix("fact:"))
        if fact is None:
            return bound
        return f"{wording.number(fact.value, fact.decimals, figures.language)} ({fact.name[figures.language]})"

    return said


def listed(parts: list[Part]) -> Part:
    """Parts as readers list them."""
    return lambda figures: wording.listing([part(figures) for part in parts], figures.language)


def turned_on(closest: dict[str, Any] | None, figures: Figures) -> str:
    """The difference that a test turns on, with what rounding and chance can do to it; empty if there is none to tell.

    ``closest`` is that of a verdict.
    """
    if closest is None:
        return ""
    figure, language = figures[Key.read(closest["key"])], figures.language
    templates, decimals = words_in(language).claims, figure.decimals

    def size(number: float, places: int) -> str:
        return wording.quantity(number, figure.unit.difference, places, language, style="bare")

    finer = wording.decimals_of(wording.round_half_up(closest["size"], decimals + 1))  # from an aim such as 1/7
    whole = wording.difference(closest["size"], figure.unit, max(decimals, finer), language)
    told = templates[closest["kind"]][0].format(size=whole)
    if closest["among"] > 1:
        told = templates["closest"][0].format(inner=told)
    parts = [told]
    if closest["rounding"]:
        rounding = closest["rounding"]
        parts.append(templates["rounding"][0].format(size=size(rounding, _decimals(rounding))))
    if closest["chance"] is not None:
        parts.append(templates["by_chance"][0].format(size=size(closest["chance"], decimals + 1)))
    return wording.in_series(parts, language)
