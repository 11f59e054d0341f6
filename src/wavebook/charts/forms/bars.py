"""Figures beside each other, as level bars in groups."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from wavebook.charts.chart import Check, Sketch, Table, across_full_break, check
from wavebook.charts.form import form
from wavebook.charts.layout import WIDTHS, Box, Group, Spot
from wavebook.charts.level.bar_marks import Bar, bar_axis, bar_layers, bar_values
from wavebook.charts.level.facets import grouped
from wavebook.charts.level.ladder import Rung, ladder, legend, reference_layers, reference_room
from wavebook.charts.level.level import Level, level_checks, level_of, points_of, table_of, told_of
from wavebook.charts.marks import HUES, Datum, Look, at_px, frame, layer, spot_layers, text_layers
from wavebook.charts.options import Options
from wavebook.charts.rows import crossed_with, groups_of
from wavebook.charts.series import as_known
from wavebook.charts.theme import colour
from wavebook.charts.words import point, said, summary
from wavebook.core.text import capital
from wavebook.figures import Figure, Key, Selection
from wavebook.language.wording import headed, listing
from wavebook.language.words import words_in


@form("sort", "order", "highlight", "label", "note", "reference", "scale", "beside")
def bars(name: str, selection: Selection, options: Options) -> Sketch:
    """Horizontal bars from zero, the largest first, with the value at the end; answers of a scale keep their order.

    Figures of another indicator, segment or wave get a group with its own heading below the first; segments with one
    figure each are a group together. Combinations of two breakdowns are grouped by the first and coloured by the
    second, if that has no more segments than there are colours. What ``beside`` names has its bars side by side.

    Raises ProblemsError: the name is not a slug (W331), units differ (W332), more than four stand beside each other
    (W333), a full break is crossed (W334), the scale leaves out zero (W339), or nothing differs in what ``beside``
    names (W359).
    """
    figures = selection.figures
    if options.beside:
        level = level_of(selection, options, options.beside)
        check(name, selection, *level_checks(selection, options, level), _from_zero(options))
        names = listing([column.label for column in level.columns], figures.language)
        return Sketch(
            lambda width: _draw_beside(level, options, width),
            points=points_of(level, figures),
            table=table_of(level, figures),
            told=[words_in(figures.language).charts["beside"].format(names=names), *told_of(level, figures)],
            breaks=figures.breaks(selection.keys),
        )
    check(name, selection, across_full_break(selection), _from_zero(options))
    groups = groups_of(selection, options)
    words, language = words_in(figures.language).charts, figures.language
    labels = dict.fromkeys(row.label for _, rows in groups for row in rows)
    found = [{row.label: row.figures[0] for row in rows} for _, rows in groups]
    table: Table = {
        "head": [words["topic"], *(heading for heading, _ in groups)],
        "rows": [[capital(text), *(said(group.get(text), language) for group in found)] for text in labels],
    }
    told = [
        headed(heading, summary([(row.label, row.figures[0]) for row in rows], language, most=_TOLD), language)
        for heading, rows in groups
    ]
    return Sketch(
        lambda width: _draw(groups, crossed_with(selection), options, width),
        points=[
            [point(row.label, row.figures[0], f"{row.label}. {heading}", figures)]
            for heading, rows in groups
            for row in rows
        ],
        table=table,
        told=[words["bars"], *told, *([words["in_table"]] if any(len(rows) > _TOLD for _, rows in groups) else [])],
        breaks=figures.breaks(selection.keys),
    )


_TOLD = 7  # values of a group that the description lists


def _from_zero(options: Options) -> Check:
    low, high = options.scale or (0, 0)
    action = "Begin at zero, or use charts.dots."
    return low > 0 or high < 0, "W339", f"has bars on a scale from {low:g} to {high:g}", action


def _draw(groups: list[Group], crossed: list[tuple[str, str]], options: Options, width: int) -> alt.LayerChart:
    """Level bars from zero in groups below headings; the labels beside the bars, or above them where it is narrow."""
    thick = 18 if width == WIDTHS["wide"] else 14
    drawn = as_known(row.figures[0] for _, rows in groups for row in rows)
    labels = [row.label for _, rows in groups for row in rows]
    is_headed = options.panel and len(groups) == 1  # by its panel
    rungs = [
        ("" if is_headed else heading, [Rung(r.label, thick, options.notes_at(r.figures[0].key)) for r in rows])
        for heading, rows in groups
    ]
    placed = ladder(rungs, width, top=reference_room(options.references, width))
    leads = [rows[0].figures[0].key for _, rows in groups for _ in rows]
    questions = list(dict.fromkeys(lead.indicator if lead.category else "" for lead in leads))

    def fill(key: Key, lead: Key) -> str:
        if not options.is_lit(key):
            return colour("muted")
        if len(crossed) <= len(HUES) and (part := next((p for p in key.parts if p in crossed), None)):
            return HUES[crossed.index(part)]
        return HUES[questions.index(lead.indicator if lead.category else "") % len(HUES)]

    bars = [
        Bar(figure, label, body[0], thick, fill(figure.key, lead))
        for figure, lead, label, body in zip(drawn, leads, labels, placed.bodies, strict=True)
    ]
    axis = bar_axis(drawn, width - placed.left, options)
    areas = [Box(-placed.left, width - placed.left, *room) for room in placed.rooms]
    layers = [
        *bar_layers(bars, axis),
        *reference_layers(options.references, axis, placed, 0, width),
        *bar_values(_labelled(bars, options), axis, options.figures.language),
        *placed.layers(),
        *spot_layers([Spot(area, bar.box(axis)) for area, bar in zip(areas, bars, strict=True)]),
    ]
    return frame(layers, width - placed.left, placed.height, left=placed.left, bottom=4)


def _draw_beside(level: Level, options: Options, width: int) -> alt.LayerChart:
    """Bars beside each other on each row, in the order of a legend above them."""
    thick = 16 if width == WIDTHS["wide"] else 15
    groups = [
        (heading, [Rung(row.label, (thick + 2) * len(row.cells) - 2, level.remarks(row, options)) for row in rows])
        for heading, rows in grouped(level.rows)
    ]
    left = ladder(groups, width).left
    signs, texts, top = legend([column.label for column in level.columns], width, left)
    placed = ladder(groups, width, top=top + reference_room(options.references, width), gap=16)
    drawn: list[Figure] = []
    bars: list[Bar] = []
    areas: list[Box] = []
    for row, (y, _), (start, stop) in zip(level.rows, placed.bodies, placed.rooms, strict=True):
        there = [(i, column) for i, column in enumerate(level.columns) if column.part in row.cells]
        for place, (i, column) in enumerate(there):
            figure, at = row.cells[column.part], y + place * (thick + 2)
            drawn.append(figure)
            bars.append(
                Bar(figure, column.label, at, thick, HUES[i] if options.is_lit(figure.key) else colour("muted"))
            )
            above, below = start if place == 0 else at - 1, stop if place == len(there) - 1 else at + thick + 1
            areas.append(Box(-left, width - left, above, below))
    axis = bar_axis(drawn, width - left, options)
    keys = [Box(sign.x, sign.x + 14, sign.y - 7, sign.y + 7) for sign in signs]
    layers = [
        *bar_layers(bars, axis, tracks=False),
        *reference_layers(options.references, axis, placed, top, width),
        *bar_values(_labelled(bars, options), axis, options.figures.language),
        *_key_layers(keys),
        *text_layers(texts),
        *placed.layers(),
        *spot_layers([Spot(area, bar.box(axis)) for area, bar in zip(areas, bars, strict=True)]),
    ]
    return frame(layers, width - left, placed.height, left=left, bottom=4)


def _key_layers(keys: Sequence[Box]) -> list[alt.Chart]:
    """The colours of the legend."""
    rows: list[Datum] = [{**box._asdict(), "fill": hue} for box, hue in zip(keys, HUES, strict=False)]
    where: Look = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return layer(rows, "rect", {}, **where, color=alt.Color("fill:N", scale=None, legend=None))


def _labelled(bars: list[Bar], options: Options) -> list[Bar]:
    """The bars whose values are written: all, unless ``label`` says otherwise."""
    if options.label is None:
        return bars
    numbers = [bar.figure.number for bar in bars]
    peaks = {min(numbers), max(numbers)} if options.label in ("ends", "peaks") else set()
    return [bar for bar in bars if bar.figure.number in peaks or options.is_labelled(bar.figure.key)]
