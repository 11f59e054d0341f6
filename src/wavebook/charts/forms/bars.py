"""Figures beside each other, as level bars in groups."""

from __future__ import annotations

import altair as alt

from wavebook.charts.bar_marks import Bar, bar_axis, bar_layers, bar_values
from wavebook.charts.chart import Sketch, Table, across_full_break, check
from wavebook.charts.form import form
from wavebook.charts.layout import WIDTHS, Box, Group, Spot
from wavebook.charts.marks import HUES, Datum, block, frame, spot_layers, text_layers
from wavebook.charts.options import Options
from wavebook.charts.rows import crossed_with, groups_of
from wavebook.charts.theme import LINE, text_width, wrap
from wavebook.charts.words import point, said
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Selection
from wavebook.language.wording import headed, listing
from wavebook.language.words import words_in


@form()
def bars(name: str, selection: Selection, options: Options) -> Sketch:
    """Horizontal bars from zero, the largest first, with the value at the end.

    Figures of another indicator, segment or wave get a group with its own heading below the first. Combinations of two
    breakdowns are grouped by the first and coloured by the second, if that has no more segments than there are colours.

    Raises ProblemsError: the name is not a slug (W331), units differ (W332), or a full break is crossed (W334).
    """
    figures, groups = selection.figures, groups_of(selection)
    check(name, selection, across_full_break(selection))
    words, language = words_in(figures.language).charts, figures.language
    labels = dict.fromkeys(row.label for _, rows in groups for row in rows)
    found = [{row.label: row.figures[0] for row in rows} for _, rows in groups]
    table: Table = {
        "head": [words["topic"], *(heading for heading, _ in groups)],
        "rows": [[capital(text), *(said(group.get(text), language) for group in found)] for text in labels],
    }
    told = [
        headed(
            heading,
            listing([f"{row.label} {said(row.figures[0], language, 'prose')}" for row in rows], language),
            language,
        )
        for heading, rows in groups
    ]
    return Sketch(
        lambda width: _draw(groups, crossed_with(selection), language, width),
        points=[
            [point(row.label, row.figures[0], f"{row.label}. {heading}", figures)]
            for heading, rows in groups
            for row in rows
        ],
        table=table,
        told=[words["bars"], *told],
        breaks=figures.breaks(selection.keys),
    )


def _draw(groups: list[Group], crossed: list[tuple[str, str]], language: Language, width: int) -> alt.LayerChart:
    """Level bars from zero in groups below headings; the labels beside the bars, or above them where it is narrow."""
    wide = width == WIDTHS["wide"]
    drawn = [row.figures[0] for _, rows in groups for row in rows]
    names = {row.label: wrap(row.label, 210 if wide else width) for _, rows in groups for row in rows}
    left = max(text_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    indicators = list(dict.fromkeys(f.key.indicator if f.key.category else "" for f in drawn))
    headings: list[Datum] = []
    labels: list[Datum] = []
    bars: list[Bar] = []
    areas: list[Box] = []
    y = 0.0
    for heading, rows in groups:
        lines = wrap(heading, 0.94 * width)  # bold is wider
        headings.append(block(-left, y, lines))
        y += LINE * len(lines) + 8
        for row in rows:
            key = row.figures[0].key
            fill = HUES[indicators.index(key.indicator if key.category else "") % len(HUES)]
            if len(crossed) <= len(HUES) and (part := next((p for p in key.parts if p in crossed), None)):
                fill = HUES[crossed.index(part)]
            tall = LINE * len(names[row.label])
            room, thick = (max(tall, 18), 18) if wide else (tall + 17, 14)
            labels.append(block(-10 if wide else 0, y + (room - tall) / 2 if wide else y, names[row.label]))
            top = y + (room - thick) / 2 if wide else y + tall + 3
            bars.append(Bar(row.figures[0], row.label, top, thick, fill))
            areas.append(Box(-left, width - left, y - 5, y + room + 5))
            y += room + 10
        y += 18
    axis = bar_axis(drawn, width - left, language)
    layers = [
        *bar_layers(bars, axis),
        *bar_values(bars, axis, language),
        *text_layers(headings, fontWeight="bold"),
        *text_layers(labels, align="right" if wide else "left"),
        *spot_layers([Spot(area, bar.box(axis)) for area, bar in zip(areas, bars, strict=True)]),
    ]
    return frame(layers, width - left, y - 28, left=left, bottom=4)
