"""Dots on level rows: one axis for all, intervals, and values beside the dots."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import (
    Axis,
    Box,
    Spot,
    axis_title,
    dot_box,
    extent,
    spread,
    tick_texts,
    tick_values,
    value_text,
)
from wavebook.charts.level.facets import Facet, grouped
from wavebook.charts.level.ladder import Rung, Sign, ladder, legend, reference_layers, reference_room
from wavebook.charts.level.level import Level
from wavebook.charts.level.level_axis import level_axis
from wavebook.charts.marks import (
    HUES,
    Datum,
    Look,
    at_px,
    block,
    frame,
    haloed,
    layer,
    spot_layers,
    strength,
    text_layers,
)
from wavebook.charts.options import Options
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.figures import Figure

SHAPES = ("circle", "square", "triangle-up", "diamond")
_STEP = 15  # px between figures beside each other that have a line of their own
_NEAR = 14  # px between dots that would otherwise lie over each other, and their values


class Dot(NamedTuple):
    """A dot in its place: its figure, the number of its column, whether it keeps its colour, and its series."""

    figure: Figure
    column: int
    x: float
    y: float
    lit: bool
    series: str

    @property
    def paint(self) -> str:
        """Its colour."""
        return HUES[self.column] if self.lit else colour("muted")


def draw_dots(level: Level, options: Options, width: int) -> alt.LayerChart:
    """Rows with their dots between a legend and an axis."""
    figures, language = options.figures, options.figures.language
    drawn = [figure for row in level.rows for figure in row.cells.values()]
    several, unit, ticks = len(level.columns) > 1, drawn[0].unit, _ticks(drawn, options)
    room = max(text_width(value_text(figure, language)) for figure in drawn) + 14
    left = ladder(_groups(level, 0, options), width).left
    axis = Axis(ticks[0], ticks[-1], room, width - left - room)
    apart = several and (any(f.interval for f in drawn) or (len(level.columns) > 2 and _touch(level, axis)))
    if apart or not several:
        axis = axis._replace(start=max(map(text_width, tick_texts(ticks, unit, language))) / 2 + 2)
    tall = _STEP * len(level.columns) if apart else 2 * _NEAR if several else 18
    groups = _groups(level, tall, options)
    signs, texts, top = legend([c.label for c in level.columns] if level.across else [], width, left)
    placed = ladder(groups, width, top=top + reference_room(options.references, width))
    rows = [
        _placed(row, level, body, axis, apart, options) for row, body in zip(level.rows, placed.bodies, strict=True)
    ]
    bottom = placed.height + 6
    title = [] if unit.is_share else wrap(axis_title(drawn, ticks, figures), width)  # a per cent sign says it
    spans = placed.groups if placed.wide else [(y - 3, y2 + 3) for y, y2 in placed.bodies]
    ends = (-left, width - left)
    spots = [spot for row, around in zip(rows, placed.rooms, strict=True) for spot in _spots(row, around, ends)]
    layers = [
        *level_axis(ticks, tick_texts(ticks, unit, language), axis, bottom, spans),
        *_guides(rows, axis),
        *reference_layers(options.references, axis, placed, top, width),
        *_whiskers(rows, axis),
        *_dots([dot for row in rows for dot in row]),
        *_values(rows, axis, options),
        *_signs(signs),
        *text_layers(texts),
        *placed.layers(),
        *text_layers([block(-left, bottom + LINE + 12, title)] if title else []),
        *spot_layers(spots, dots=True),
    ]
    height = bottom + LINE + 6 + (LINE * len(title) + 8 if title else 0)
    return frame(layers, width - left, height, left=left, bottom=4)


def _groups(level: Level, tall: float, options: Options) -> list[tuple[str, list[Rung]]]:
    return [
        (heading, [Rung(row.label, tall, level.remarks(row, options)) for row in rows])
        for heading, rows in grouped(level.rows)
    ]


def _touch(level: Level, axis: Axis) -> bool:
    """Tell whether dots of a row would lie over each other."""
    rows = [sorted(axis.px(figure.number) for figure in row.cells.values()) for row in level.rows]
    return any(other - one < _NEAR for row in rows for one, other in pairwise(row))


def _ticks(drawn: list[Figure], options: Options) -> list[float]:
    """Round values that hold all that is drawn, or those between the ends that are asked for."""
    unit = drawn[0].unit
    if options.scale is None:
        return tick_values(unit, [*extent(drawn), *(reference.value for reference in options.references)])
    low, high = options.scale
    inner = [tick for tick in tick_values(unit, [low, high]) if low < tick < high]
    return [low, *inner, high]


def _placed(
    row: Facet, level: Level, body: tuple[float, float], axis: Axis, apart: bool, options: Options
) -> list[Dot]:
    """The dots of a row: each on a line of its own if they stand ``apart``, or else on one, but for those too near."""
    middle = (body[0] + body[1]) / 2
    there = [(i, row.cells[c.part]) for i, c in enumerate(level.columns) if c.part in row.cells]
    heights = {i: middle for i, _ in there}
    if apart:
        heights = {i: middle + (i - (len(level.columns) - 1) / 2) * _STEP for i, _ in there}
    else:
        order = sorted(there, key=lambda item: item[1].number)
        for (one, lower), (other, upper) in pairwise(order):
            if axis.px(upper.number) - axis.px(lower.number) < _NEAR:
                heights[one] = heights[one] if heights[one] != middle else middle - _NEAR / 2
                heights[other] = 2 * middle - heights[one]
    return [
        Dot(
            figure,
            i,
            axis.px(figure.number),
            heights[i],
            options.is_lit(figure.key),
            level.columns[i].label if level.across else row.whole_label,
        )
        for i, figure in there
    ]


def _guides(rows: list[list[Dot]], axis: Axis) -> list[alt.Chart]:
    """A faint line along each row, and a stronger one between dots on the same line."""
    faint: list[Datum] = [{"x": axis.start, "x2": axis.stop, "y": y} for row in rows for y in {dot.y for dot in row}]
    between: list[Datum] = []
    for row in rows:
        ends = sorted(dot.x for dot in row)
        if len(row) > 1 and len({dot.y for dot in row}) == 1:
            between.append({"x": ends[0], "x2": ends[-1], "y": row[0].y})
    return [
        *layer(faint, "rule", {"color": colour("grid")}, **at_px(), x2=alt.X2(field="x2")),
        *layer(between, "rule", {"color": colour("muted"), "strokeWidth": 3}, **at_px(), x2=alt.X2(field="x2")),
    ]


def _whiskers(rows: list[list[Dot]], axis: Axis) -> list[alt.Chart]:
    spans: list[Datum] = [
        {"x": axis.px(ends[0]), "x2": axis.px(ends[1]), "y": dot.y, "fill": dot.paint, "series": dot.series}
        for row in rows
        for dot in row
        if (ends := dot.figure.interval)
    ]
    hue = alt.Color("fill:N", scale=None, legend=None)
    return layer(spans, "rule", {"strokeWidth": 2}, **at_px(), x2=alt.X2(field="x2"), color=hue, opacity=strength())


def _dots(dots: list[Dot]) -> list[alt.Chart]:
    """The dots, of one shape for each column; those that keep their colour lie above others."""
    made: list[alt.Chart] = []
    for lit in (False, True):
        for column, shape in enumerate(SHAPES):
            some = [dot for dot in dots if dot.column == column and dot.lit == lit]
            rows: list[Datum] = [{"x": dot.x, "y": dot.y, "series": dot.series} for dot in some]
            look = _look(shape, HUES[column] if lit else colour("muted"))
            made += layer(rows, "point", look, **at_px(), opacity=strength())
    return made


def _look(shape: str, fill: str) -> Look:
    edge = {"stroke": colour("surface"), "strokeWidth": 1}
    return {"filled": True, "opacity": 1, "size": 100, "shape": shape, "fill": fill, **edge}


def _signs(signs: list[Sign]) -> list[alt.Chart]:
    """The dots of the legend."""
    named = zip(signs, SHAPES, HUES, strict=False)
    return [
        made
        for sign, shape, hue in named
        for made in layer([{"x": sign.x + 8, "y": sign.y}], "point", _look(shape, hue), **at_px())
    ]


def _values(rows: list[list[Dot]], axis: Axis, options: Options) -> list[alt.Chart]:
    """Values to the right of dots and their intervals, and to the left of the lowest of several on a line."""
    language = options.figures.language
    numbers = [dot.figure.number for row in rows for dot in row]
    beside: dict[str, list[Datum]] = {"left": [], "right": []}
    for row in rows:
        one_line = len({dot.y for dot in row}) == 1
        ends = {min(dot.x for dot in row), max(dot.x for dot in row)} if one_line else {dot.x for dot in row}
        for dot in row:
            is_peak = options.label == "peaks" and dot.figure.number in (min(numbers), max(numbers))
            is_end = options.label in (None, "ends") and dot.x in ends
            if not (is_peak or is_end or options.is_labelled(dot.figure.key)):
                continue
            before = one_line and len(ends) > 1 and dot.x == min(ends)
            low, high = (axis.px(value) for value in dot.figure.interval or (dot.figure.number,) * 2)
            x = min(low, dot.x) - 10 if before else max(high, dot.x) + 10
            beside["left" if not before else "right"].append(
                {"x": x, "y": dot.y, "text": value_text(dot.figure, language)}
            )
    return [made for side, texts in beside.items() for made in haloed(texts, align=side)]


def _spots(row: list[Dot], room: tuple[float, float], ends: tuple[float, float]) -> list[Spot]:
    """The part of its row that is nearest to each dot: a level part if they lie above each other, or else a width."""
    marks = [dot_box(dot.x, dot.y) for dot in row]
    if len({dot.y for dot in row}) == len(row):
        order = sorted(row, key=lambda dot: dot.y)
        cuts = [room[0], *((one.y + other.y) / 2 for one, other in pairwise(order)), room[1]]
        areas = {dot.column: Box(*ends, *cut) for dot, cut in zip(order, pairwise(cuts), strict=True)}
    else:
        centres = spread([dot.x for dot in row], [_NEAR] * len(row), *ends)
        placed = sorted(zip(centres, row, strict=True), key=lambda item: item[0])
        cuts = [ends[0], *((one + other) / 2 for (one, _), (other, _) in pairwise(placed)), ends[1]]
        areas = {dot.column: Box(*cut, *room) for (_, dot), cut in zip(placed, pairwise(cuts), strict=True)}
    return [Spot(areas[dot.column], mark) for dot, mark in zip(row, marks, strict=True)]
