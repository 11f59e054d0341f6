"""The figures of a selection as the rows of a chart, each with a label of its own."""

from __future__ import annotations

from collections import Counter

from wavebook.charts.layout import Group, Row
from wavebook.charts.naming import group_of
from wavebook.charts.options import Options, Sort
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


def groups_of(selection: Selection, options: Options) -> list[Group]:
    """The figures in groups that share a heading, each group from large to small; answers of a scale keep their order.

    Segments of which one answer is selected are one group, as are the means of several segments, with everyone among
    them; where several answers are, each segment is a group of its own. Questions of which the same answer is selected
    are one group too.
    """
    figures, language = selection.figures, selection.figures.language
    groups: dict[str, list[Row]] = {}
    answers: dict[tuple[str, ...], set[str]] = {}
    segments: dict[tuple[str, ...], set[str]] = {}
    for key in selection.keys:
        answers.setdefault(_question(key), set()).add(key.category)
        segments.setdefault(_question(key), set()).add(figures.apart(key))
    alone = all(len(found) == 1 for found in [*answers.values(), *segments.values()])
    names = {figures.label(key) if key.category else "" for key in selection.keys}
    shared = alone and len(names) == 1 and names != {""} and len({key.indicator for key in selection.keys}) > 1
    for figure in selection:
        key, indicator = figure.key, figures.definitions.indicators[figure.key.indicator]
        name, label = indicator.name[language], figures.label(key)
        crossed = crossed_in(figures, key)
        if crossed:
            parts, label = [name, figures.name_of(*crossed[0])], figures.name_of(*crossed[1])
        elif len(segments[_question(key)]) > 1 and len(answers[_question(key)]) == 1:
            parts = [name, indicator.categories[key.category][language] if key.category else ""]
            label = group_of(key, selection)
        elif shared:
            parts, label = [label, figures.apart(key)], name
        elif key.category:
            parts = [name, figures.apart(key)]
        else:
            parts = [name if figures.apart(key) else scale_name(figure.unit, language)]
        if key.population != figures.population:
            parts.append(figures.people(key.population))
        heading = capital(", ".join([*filter(None, parts), figures.called(key.wave)]))
        groups.setdefault(heading, []).append(Row(label, (figure,)))
    return [(heading, _ranked(rows, options)) for heading, rows in groups.items()]


def _question(key: Key) -> tuple[str, ...]:
    return key.indicator, key.population, key.wave


def _ranked(rows: list[Row], options: Options) -> list[Row]:
    declared = options.figures.definitions.indicators
    keys = [row.figures[0].key for row in rows]
    scale = len({key.category for key in keys}) > 1 and all(declared[key.indicator].ordered for key in keys)
    by: Sort = "declared" if scale else "descending"
    return options.sorted(rows, lambda row: row.figures[0].key, lambda row: row.figures[0].number, default=by)


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
