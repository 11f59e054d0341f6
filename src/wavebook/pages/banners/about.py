"""The sheets of a tables book that explain it: what it is, its signs, and the method of its letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wavebook.definitions.model import Source
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import technical_notes
from wavebook.pages.banners.layout import LETTERS, Layout
from wavebook.pages.banners.letters import DOWN, LEAST, UP

HIDDEN, ABSENT, FEW = "–", "·", "*"
Line = tuple[str, str]
"""What it is, and the text."""


@dataclass(frozen=True)
class Publication:
    """The publication that a tables book belongs to, as its readers may cite it."""

    title: str
    author: str = ""
    licence: str = ""
    licence_url: str = ""
    url: str = ""

    @classmethod
    def of(cls, title: str, author: str, url: str, options: Mapping[str, object]) -> Publication:
        """A publication with the licence that the options of its theme name."""
        licence, address = (str(options.get(name) or "") for name in ("licence", "licence_url"))
        return cls(title, author, licence, address, url)


def read_me(layout: Layout, publication: Publication, tables: str = "tables_are") -> Iterator[Line]:
    """Lines about the tables: wave, makers, sources, licence, where each table is, and the signs."""
    figures, words = layout.figures, words_in(layout.figures.language).banners
    d, language, methods = figures.definitions, figures.language, words_in(figures.language).methods
    theme, wave = words_in(language).theme.words, d.waves[figures.wave]
    if wave.made_up:
        yield theme["made_up"], theme["made_up_text"]
    yield words["book"], publication.title
    yield words["publisher_author"], publication.author
    name = f" ({wave.name[language]})" if wave.name else ""
    yield words["survey"], f"{figures.called(figures.wave)}{name}"
    yield words["period"], _period(figures)
    for key, text in technical_notes.told(figures, figures.wave).items():
        if key != "questionnaire" or "://" in text:  # a file of the site has no address that a workbook knows
            yield methods[key], full(d.sources[text]) if key == "report" else text
    yield words["population"], figures.people(figures.population)
    if layout.since:
        yield words["since"], figures.called(layout.since)
    for source in layout.sources:
        yield words["sources"], full(d.sources[source])
    yield words["licence"], " ".join(filter(None, (publication.licence, publication.licence_url)))
    yield words["address"], publication.url
    yield words["tables"], words[tables].format(tables=len(layout.indicators))
    yield from signs(layout)


def signs(layout: Layout) -> Iterator[Line]:
    """The signs of the workbook, each with its meaning."""
    figures, words = layout.figures, words_in(layout.figures.language).banners
    yield "A, B, …", words["letter"]
    if layout.options.ninety:
        yield "a, b, …", words["small"]
    if layout.since:
        wave = figures.called(layout.since)
        yield from ((sign, words[name].format(wave=wave)) for sign, name in ((UP, "up"), (DOWN, "down")))
    yield HIDDEN, words["hidden"]
    yield ABSENT, words["absent"]
    yield FEW, words["few"].format(least=LEAST)
    there = layout.statuses
    marks, panels = words_in(figures.language).marks, words_in(figures.language).panels
    yield from ((mark, panels[status]) for status, mark in marks.items() if status in there)


def method(layout: Layout) -> Iterator[Line]:
    """Lines about how figures were compared, and what their numbers are."""
    words, options = words_in(layout.figures.language).banners, layout.options
    yield words["compared"], words["compared_are"].format(most=len(LETTERS))
    yield words["test"], words["test_is"]
    yield words["correlation"], words["correlation_independent" if options.independent else "correlation_worst"]
    yield words["several_tests"], words["holm" if options.holm else "none"]
    yield words["no_letters"], words["no_letters_are"].format(least=LEAST)
    if layout.since:
        yield words["moves"], words["moves_are"].format(wave=layout.figures.called(layout.since))
    for name in ("margins", "bases"):
        yield words[name], words[f"{name}_are"]
    yield words["protection"], words["protection_is"]
    yield words["rounding"], words["rounding_is"]


def full(source: Source) -> str:
    """A source in full: who, when, what and where."""
    return ". ".join(filter(None, (f"{source.author} ({source.year}{source.letter})", source.title, source.url)))


def _period(figures: Figures) -> str:
    """The first and the last day of the wave, where its key does not say."""
    if figures.definitions.waves[figures.wave].period is None:
        return ""
    words, language = words_in(figures.language).panels, figures.language
    first, last = (wording.date(day.isoformat(), language) for day in figures.definitions.period(figures.wave))
    return words["span"].format(low=first, high=last)
