"""Lines between two waves: straight lines, dots at their ends, and labels on both sides that keep apart."""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from typing import NamedTuple

import altair as alt

from wavebook.charts.footnotes import Footnotes
from wavebook.charts.layout import WIDTHS, Axis, Box, Row, Spot, dot_box, extent, spread, value_text
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
from wavebook.charts.series import rows_as_known
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.figures import Figure
from wavebook.language.words import words_in

SEVERAL = 4  # lines that have colours and shapes of their own
_SHAPES = ("circle", "square", "triangle-up", "diamond")
_HEIGHT = 300  # px of the plot, unless its labels need more
_GAP = 12  # px from a dot to its label


class Line(NamedTuple):
    """A line: its row, its colour and shape, whether it keeps its colour, and whether it crosses a break."""

    row: Row
    hue: str
    shape: str
    broken: bool


class Tag(NamedTuple):
    """The label at an end of a line: its value, and its name in lines of text, beside it or below it."""

    value: str
    name: list[str]
    below: bool

    @property
    def width(self) -> float:
        """The px that it takes."""
        value, name = text_width(self.value, bold=True), max(map(text_width, self.name), default=0)
        return max(value, name) if self.below else value + (name + 6 if name else 0)

    @property
    def height(self) -> float:
        """The px that it takes from line to line."""
        return LINE * (max(1, len(self.name)) + (1 if self.below and self.name else 0)) + 2

    @property
    def drop(self) -> float:
        """The px that its middle lies below its value, which stands beside the end of the line."""
        return self.height / 2 - LINE / 2 - 1 if self.below else 0


def draw_slope(rows: list[Row], options: Options, width: int) -> alt.LayerChart:
    """Lines with their labels; where it is narrow, the names stand at the right end only, below the values."""
    wide, notes = width == WIDTHS["wide"], Footnotes(options)
    for row in rows:
        for figure in row.figures:
            notes.number(figure.key)
    lines = _lines(rows, options)
    tags = [[_tag(line, end, wide, notes, options) for line in lines] for end in (0, 1)]
    left, right = (max(tag.width for tag in side) + _GAP for side in tags)
    plot = width - left - right
    needed = max(fsum(tag.height for tag in side) for side in tags)
    height = max(options.height or _HEIGHT if wide else _HEIGHT, needed)
    up = _up([figure for line in lines for figure in line.row.figures], options, height)
    ends = (0.0, plot)
    breaks = any(line.broken for line in lines)
    top = LINE + (LINE + 18 if breaks else 18)
    texts: list[list[Datum]] = [[], []]
    leaders: list[Datum] = []
    centres: list[list[float]] = []
    for side, (x, out) in enumerate(zip(ends, (-1, 1), strict=True)):
        points = [up.px(line.row.figures[side].number) for line in lines]
        wanted = [y + tag.drop for y, tag in zip(points, tags[side], strict=True)]
        middles = spread(wanted, [tag.height for tag in tags[side]], -12, height + 12)
        centres.append(middles)
        for line, tag, y, middle in zip(lines, tags[side], points, middles, strict=True):
            texts[side] += _texts(tag, x + out * _GAP, middle, side)
            if abs(middle - tag.drop - y) > 4:
                tip: Datum = {"x": x + out * 5, "x2": x + out * (_GAP - 2), "y": y, "y2": middle - tag.drop}
                leaders.append({**tip, "fill": line.hue, "series": line.row.label})
    below, bottom = notes.layers(height + 20, width, -left)
    rules, names = _references(options, up, plot)
    layers = [
        *_frame_of(ends, height, breaks, top, (left, right), options),
        *rules,
        *_strokes(lines, up, ends, leaders),
        *names,
        *_values(texts),
        *below,
        *spot_layers(_spots(lines, up, ends, centres, (left, right), height), dots=True),
    ]
    return frame(layers, plot, max(height + 14, bottom), left=left, right=right, top=top, bottom=4)


def _lines(rows: list[Row], options: Options) -> list[Line]:
    """The lines; those that are highlighted lie above the others."""
    d, few = options.figures.definitions, len(rows) <= SEVERAL
    made = []
    for i, row in enumerate(rows_as_known(rows)):
        first, last = (figure.key for figure in row.figures)
        hue = (HUES[i] if few else HUES[0]) if options.is_lit(first, last) else colour("muted")
        broken = bool(d.breaks_between(first.indicator, first.wave, last.wave))
        made.append(Line(row, hue, _SHAPES[i] if few else _SHAPES[0], broken))
    return made


def _tag(line: Line, end: int, wide: bool, notes: Footnotes, options: Options) -> Tag:
    figure = line.row.figures[end]
    value = value_text(figure, options.figures.language) + notes.mark(figure.key)
    shown = options.label in (None, "ends", "peaks") or options.is_labelled(figure.key)
    name = wrap(line.row.label, 150 if wide else 132, tight=True) if wide or end else []
    return Tag(value if shown else notes.mark(figure.key), name, not wide and shown)


def _up(drawn: list[Figure], options: Options, height: float) -> Axis:
    """The scale of values; no axis says it, as each end has its value beside it."""
    values = [*extent(drawn), *(reference.value for reference in options.references)]
    low, high = options.scale or (min(values), max(values))
    if low == high:
        low, high = low - 1, high + 1
    return Axis(low, high, height, 0)


def _texts(tag: Tag, x: float, middle: float, side: int) -> list[Datum]:
    """The value in bold, nearest the line, and the name."""
    top, beside = middle - tag.height / 2 + 1, text_width(tag.value, bold=True) + 6 if tag.value else 0
    if tag.below:
        return [
            {**block(x, top, [tag.value]), "bold": True},
            *([{**block(x, top + LINE, tag.name), "bold": False}] if tag.name else []),
        ]
    value = {"x": x, "y": top + tag.height / 2 - 1, "text": tag.value, "bold": True}
    name = {**block(x + (beside if side else -beside), top, tag.name), "bold": False}
    return [*([value] if tag.value else []), *([name] if tag.name else [])]


def _values(sides: list[list[Datum]]) -> list[alt.Chart]:
    made: list[alt.Chart] = []
    for rows, align in zip(sides, ("right", "left"), strict=True):
        for bold in (True, False):
            some = [{k: v for k, v in row.items() if k != "bold"} for row in rows if row["bold"] == bold]
            made += text_layers(some, align=align, fontWeight="bold" if bold else "normal")
    return made


def _frame_of(
    ends: tuple[float, float], height: float, breaks: bool, top: float, room: tuple[float, float], options: Options
) -> list[alt.Chart]:
    """The two waves by name above their rules, and the break between them."""
    figures, (left, right) = options.figures, room
    rules: list[Datum] = [{"x": x, "y": -6, "y2": height + 6} for x in ends]
    names = [figures.called(wave) for wave in (figures.baseline, figures.wave)]
    if fsum(text_width(name, bold=True) for name in names) + 12 > left + right + ends[1]:
        names = [figures.called(wave, short=True) for wave in (figures.baseline, figures.wave)]
    halves = [text_width(name, bold=True) / 2 for name in names]
    places = max(ends[0], halves[0] - left), min(ends[1], ends[1] + right - halves[1])
    named: list[Datum] = [{"x": x, "y": LINE / 2 - top, "text": name} for x, name in zip(places, names, strict=True)]
    words = words_in(figures.language).axes
    text = words["break"] if text_width(words["break"]) < ends[1] else words["break_short"]
    broken: list[Datum] = [{"x": ends[1] / 2, "y": -12, "text": text}] if breaks else []
    rule = [{"x": ends[1] / 2, "y": -4, "y2": height + 6}] if breaks else []
    dashed = {"strokeDash": [4, 3], "color": colour("muted")}
    return [
        *layer(rules, "rule", {"color": colour("grid")}, **at_px(), y2=alt.Y2(field="y2")),
        *layer(rule, "rule", dashed, **at_px(), y2=alt.Y2(field="y2")),
        *text_layers(named, align="center", fontWeight="bold"),
        *text_layers(broken, align="center"),
    ]


def _references(options: Options, up: Axis, plot: float) -> tuple[list[alt.Chart], list[alt.Chart]]:
    """Level rules, and above each its name and value."""
    made = [(up.px(reference.value), wrap(reference.text, plot - 16, tight=True)) for reference in options.references]
    rules: list[Datum] = [{"x": 0, "x2": plot, "y": y} for y, _ in made]
    wanted = [
        above if (above := y - LINE * len(text) / 2 - 2) > 0 else y + LINE * len(text) / 2 + 3 for y, text in made
    ]
    middles = spread(wanted, [LINE * len(text) + 2 for _, text in made], -4, up.start + 8)
    names = [block(plot / 2, y - LINE * len(text) / 2, text) for y, (_, text) in zip(middles, made, strict=True)]
    dashed = {"strokeDash": [5, 3], "strokeWidth": 1.5, "color": colour("text")}
    return layer(rules, "rule", dashed, **at_px(), x2=alt.X2(field="x2")), haloed(names, align="center")


def _strokes(lines: list[Line], up: Axis, ends: tuple[float, float], leaders: list[Datum]) -> list[alt.Chart]:
    """The lines, dashed where they cross a break, their intervals if they are few, and their dots."""
    order = sorted(lines, key=lambda line: line.hue != colour("muted"))
    to: Look = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    hue: Look = {"color": alt.Color("fill:N", scale=None, legend=None), "opacity": strength()}

    thick: Look = {"strokeWidth": 2.5}

    def stroke(line: Line) -> Datum:
        first, last = (up.px(figure.number) for figure in line.row.figures)
        return {"x": ends[0], "x2": ends[1], "y": first, "y2": last, "fill": line.hue, "series": line.row.label}

    spans: list[Datum] = [
        {
            "x": x + 4 * (i - (len(lines) - 1) / 2),
            "y": up.px(span[0]),
            "y2": up.px(span[1]),
            "fill": line.hue,
            "series": line.row.label,
        }
        for i, line in enumerate(lines)
        for x, figure in zip(ends, line.row.figures, strict=True)
        if len(lines) <= SEVERAL and (span := figure.interval)
    ]
    made = [
        *layer(leaders, "rule", {"strokeWidth": 1}, **to, **hue),
        *layer([stroke(line) for line in order if not line.broken], "rule", thick, **to, **hue),
        *layer([stroke(line) for line in order if line.broken], "rule", {**thick, "strokeDash": [6, 4]}, **to, **hue),
        *layer(spans, "rule", {"strokeWidth": 2}, **at_px(), y2=alt.Y2(field="y2"), **hue),
    ]
    for line in order:
        dots: list[Datum] = [
            {"x": x, "y": up.px(figure.number), "series": line.row.label}
            for x, figure in zip(ends, line.row.figures, strict=True)
        ]
        look: Look = {"filled": True, "opacity": 1, "size": 90, "shape": line.shape, "fill": line.hue}
        made += layer(
            dots, "point", look | {"stroke": colour("surface"), "strokeWidth": 1}, **at_px(), opacity=strength()
        )
    return made


def _spots(
    lines: list[Line],
    up: Axis,
    ends: tuple[float, float],
    centres: list[list[float]],
    room: tuple[float, float],
    height: float,
) -> list[Spot]:
    """The areas around the labels of each end, which keep apart where the ends of lines do not."""
    areas: list[dict[int, Box]] = []
    half = ends[1] / 2
    for (x, x2), middles in zip(((-room[0], half), (half, ends[1] + room[1])), centres, strict=True):
        order = sorted(range(len(lines)), key=lambda i: middles[i])
        cuts = [-8, *((middles[a] + middles[b]) / 2 for a, b in pairwise(order)), height + 8]
        areas.append({i: Box(x, x2, *cut) for i, cut in zip(order, pairwise(cuts), strict=True)})
    return [
        Spot(areas[side][i], dot_box(ends[side], up.px(line.row.figures[side].number)))
        for i, line in enumerate(lines)
        for side in (0, 1)
    ]
