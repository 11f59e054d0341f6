"""The words of a chart beside its picture: values, points, notes and numbers of respondents."""

from __future__ import annotations

from typing import TypedDict

from wavebook.core.text import capital
from wavebook.definitions import Break, Language
from wavebook.figures import Figure, Figures, Selection, unknown
from wavebook.language.wording import Style, exact, headed, in_series, listing, number, quantity
from wavebook.language.words import words_in

_TOLD = 4  # values that a description lists; of more it tells the ends


class Point(TypedDict):
    """A point of a chart, as described to a reader who explores it; ``wave`` is its place in time."""

    series: str
    wave: float
    says: list[str]


def said(figure: Figure | None, language: Language, style: Style = "chart") -> str:
    """A value, with its interval where it has one; "–" where there is no figure."""
    if figure is None:
        return "–"
    text = figure.text(language, style)
    if (ends := _interval(figure, language)) is None:
        return text
    return f"{text} ({words_in(language).charts['span'].format(**ends)})"


def _interval(figure: Figure, language: Language) -> dict[str, str] | None:
    """The ends of its interval, low and high, without a unit; None where they are not known."""
    if (ends := figure.interval) is None:
        return None
    texts = (quantity(end, figure.unit, figure.decimals, language, style="bare") for end in ends)
    return dict(zip(("low", "high"), texts, strict=True))


def point(series: str, figure: Figure, what: str, figures: Figures, *more: str) -> Point:
    """A figure as described to a reader: ``says`` is the text before its value, the value, and the text after it."""
    language = figures.language
    words, known = words_in(language).charts, list[str]()
    if (ends := _interval(figure, language)) is not None:
        known.append(words["ci"].format(**ends))
    if figure.n is not None:
        known.append(f"n = {number(figure.n, 0, language)}")
    if figure.status in words_in(language).marks:
        known.append(words[figure.status])
    after = "".join(words_in(language).notation.semicolon + part for part in (*known, *more))
    says = [headed(capital(what), "", language), figure.text(language, "chart"), after]
    return {"series": series, "wave": figures.definitions.time(figure.key.wave), "says": says}


def summary(rows: list[tuple[str, Figure]], language: Language, *, most: int = _TOLD) -> str:
    """Named values in words: all of a few; of more than ``most`` the lowest, the highest and their difference."""
    if len(rows) <= most:
        return listing([f"{label} {said(figure, language, 'prose')}" for label, figure in rows], language)
    low, high = min(rows, key=lambda row: row[1].number), max(rows, key=lambda row: row[1].number)
    unit, decimals = high[1].unit, high[1].decimals
    size = exact(high[1].printed) - exact(low[1].printed)
    ends = {"lowest": low[0], "low": low[1].text(language), "highest": high[0], "high": high[1].text(language)}
    span = quantity(size, unit.difference, decimals, language)
    return words_in(language).charts["extremes"].format(**ends, span=span)


def break_note(item: Break, figures: Figures) -> str:
    """A break, with its reason."""
    ends = {"start": figures.called(item.start), "end": figures.called(item.end)}
    return words_in(figures.language).charts[item.kind].format(**ends, reason=item.reason[figures.language])


def notes_of(selection: Selection, *, whiskers: bool = True) -> list[str]:
    """The notes below a chart: the question, the number of respondents, and the meaning of the whiskers if it has."""
    figures, language = selection.figures, selection.figures.language
    words = words_in(language).charts
    asked = [
        headed(capital(declared.name[language]), f"{_small(declared.definition[language], language)}.", language)
        for declared in (
            figures.definitions.indicators[name] for name in dict.fromkeys(k.indicator for k in selection.keys)
        )
    ]
    known = any(f.ci_low is not None for f in selection)
    intervals = [words["interval" if whiskers else "interval_in_table"]] if known else []
    shown = {figure.status for figure in selection}
    marked = [f"{mark} {words[status]}." for status, mark in words_in(language).marks.items() if status in shown]
    told = dict.fromkeys(unknown.told(figures, key) for key in selection.unknown)
    lacking = [f"{capital(name)}: {why}." for name, why in told]
    return [*asked, _respondents(list(selection), figures), *intervals, *marked, *lacking]


def _respondents(chosen: list[Figure], figures: Figures) -> str:
    """The n behind a chart; by wave when the waves differ."""
    language = figures.language
    words = words_in(language).charts
    waves: dict[str, list[str]] = {}
    for wave in sorted({f.key.wave for f in chosen}, key=figures.definitions.order):
        text = _span([f.n for f in chosen if f.key.wave == wave and f.n is not None], language)
        waves.setdefault(text, []).append(figures.called(wave))
    without = waves.pop("", [])
    if not waves:
        return words["no_n"]
    parts = [f"{text} ({listing(named, language)})" for text, named in waves.items()]
    if len(waves) > 3 or (len(waves) == 1 and not without):
        every = _span([f.n for f in chosen if f.n is not None], language)
        parts = [words["per_wave"].format(n=every) if len(waves) > 1 else every]
    if without:
        parts.append(f"{words['unknown']} ({listing(without, language)})")
    return f"n = {in_series(parts, language)}."


def _span(counts: list[int], language: Language) -> str:
    """ "900 tot 1.100", one number when they are alike, and nothing when there are none."""
    ends = [number(n, 0, language) for n in sorted({min(counts), max(counts)})] if counts else []
    return words_in(language).charts["span"].format(low=ends[0], high=ends[1]) if len(ends) == 2 else "".join(ends)


def _small(text: str, language: Language) -> str:
    """A text in lower case to follow a colon; names such as DigiD keep their capitals, and nouns in German."""
    word = text.split(" ")[0]
    small = word[1:].islower() and not words_in(language).prose.nouns_are_capital
    return text[:1].lower() + text[1:] if small else text
