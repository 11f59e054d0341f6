"""The figures of a selection as the rows of a chart, each with a label of its own."""

from __future__ import annotations

from collections import Counter

from wavebook.charts.layout import Group, Row
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures, Key, Selection
from wavebook.language.wording import scale_name


def series_of(selection: Selection) -> list[Row]:
    """One row for each figure of the selection regardless of wave, oldest first, with a label of its own."""
    figures = selection.figures
    found: dict[Key, list[Figure]] = {}
    for figure in selection:
        found.setdefault(figure.key._replace(wave=""), []).append(figure)
    labels = {key: figures.label(key) for key in found}
    for more in (
        figures.apart,
        lambda key: figures.people(key.population),
        lambda key: figures.definitions.indicators[key.indicator].name[figures.language],
    ):
        for label in {label for label, times in Counter(labels.values()).items() if times > 1}:
            added = {key: more(key) for key in found if labels[key] == label}
            if len(set(added.values())) > 1:
                labels |= {key: f"{label}, {text}" if text else label for key, text in added.items()}
    order = figures.definitions.order
    return [Row(labels[key], tuple(sorted(rows, key=lambda f: order(f.key.wave)))) for key, rows in found.items()]


def groups_of(selection: Selection) -> list[Group]:
    """The figures in groups that share a heading, each group sorted from large to small."""
    figures, language = selection.figures, selection.figures.language
    groups: dict[str, list[Row]] = {}
    for figure in selection:
        key, indicator = figure.key, figures.definitions.indicators[figure.key.indicator]
        name = indicator.name[language]
        parts = [name, figures.apart(key)] if key.category else [name]
        if not key.category and not figures.apart(key):
            parts = [scale_name(figure.unit, language)]
        crossed = crossed_in(figures, key)
        if crossed:
            parts = [name, figures.name_of(*crossed[0])]
        if key.population != figures.population:
            parts.append(figures.people(key.population))
        heading = capital(", ".join([*filter(None, parts), figures.called(key.wave)]))
        groups.setdefault(heading, []).append(
            Row(figures.name_of(*crossed[1]) if crossed else figures.label(key), (figure,))
        )
    return [(heading, sorted(rows, key=lambda row: -row.figures[0].number)) for heading, rows in groups.items()]


def crossed_in(figures: Figures, key: Key) -> tuple[tuple[str, str], ...]:
    """The two segments of a combination that is drawn as such; none where categories or one segment are."""
    parts = tuple(part for part in key.parts if part != figures.own)
    return parts if len(parts) > 1 and not key.category else ()


def crossed_with(selection: Selection) -> list[tuple[str, str]]:
    """The second segments of all combinations in a selection, in the order of their declarations."""
    figures = selection.figures
    there = {crossed[1] for key in selection.keys if (crossed := crossed_in(figures, key))}
    declared = figures.definitions.segments
    return [(by, segment) for by in declared for segment in declared[by].values if (by, segment) in there]
