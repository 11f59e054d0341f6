"""Bars from zero, for bar charts and parts of a whole."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import Axis, Box, extent, tick_values, value_text
from wavebook.charts.marks import Look, at_px, layer, level_whiskers, px, scale_of, strength, text_layers
from wavebook.charts.options import Options
from wavebook.charts.theme import colour, text_width
from wavebook.definitions import Language
from wavebook.figures import Figure


class Bar(NamedTuple):
    """A bar: its figure with a label, its top and its thickness in px, and its colour."""

    figure: Figure
    label: str
    y: float
    thick: float
    fill: str

    def box(self, axis: Axis) -> Box:
        """The box around it."""
        left, right = sorted((axis.px(0), axis.px(self.figure.number)))
        return Box(left, right, self.y, self.y + self.thick)


def bar_axis(drawn: list[Figure], width: float, options: Options) -> Axis:
    """An axis from zero to the whole (100 %, or a ten), a round number or the end that is asked for.

    Every value fits at the end of its bar, and every reference on the axis.
    """
    references = [reference.value for reference in options.references]
    low, whole = min(0, *extent(drawn), *references), drawn[0].unit.whole
    high = whole or max(tick_values(drawn[0].unit, [*extent(drawn), *references]))
    if options.scale:
        low, high = options.scale
    rooms = [
        (width - 10 - text_width(value_text(f, options.figures.language), bold=True))
        * (high - low)
        / max(max(0, *extent([f])) - low, 1e-9)
        for f in drawn
    ]
    return Axis(low, high, 0, min(width, *rooms))


def bar_layers(bars: list[Bar], axis: Axis, outline: str | None = None, *, tracks: bool = True) -> list[alt.Chart]:
    """Bars from zero with their intervals, each on a track that shows the whole, if there is one on the axis."""
    boxes = [
        {"value": bar.figure.value, "y": bar.y, "y2": bar.y + bar.thick, "fill": bar.fill, "series": bar.label}
        for bar in bars
    ]
    zero = [{"x": axis.px(0), "y": bar.y - 4, "y2": bar.y + bar.thick + 4} for bar in bars if axis.low < 0]
    wholes = [{"y": bar.y, "y2": bar.y + bar.thick} for bar in bars if tracks and bar.figure.unit.whole == axis.high]
    spans = [
        {"low": ends[0], "high": ends[1], "y": bar.y + bar.thick / 2, "series": bar.label}
        for bar in bars
        if (ends := bar.figure.interval)
    ]
    across: Look = {"y": px(alt.Y), "y2": alt.Y2(field="y2")}
    whole: Look = {"x": alt.XValue(axis.start), "x2": alt.X2Value(axis.stop), **across}
    value: Look = {"x": alt.X("value:Q", axis=None, scale=scale_of(axis)), "x2": alt.X2Datum(0), **across}
    fill = alt.Color("fill:N", scale=None, legend=None)
    return [
        *layer(wholes, "rect", {"color": colour("grid"), "opacity": 0.55}, **whole),
        *layer(zero, "rule", {"color": colour("muted")}, **at_px(), y2=alt.Y2(field="y2")),
        *layer(boxes, "rect", {}, **value, color=fill, opacity=strength()),
        *(layer(wholes, "rect", {"filled": False, "stroke": outline, "opacity": 1}, **whole) if outline else []),
        *level_whiskers(spans, axis, colour("text"), halo=True),
    ]


def bar_values(bars: list[Bar], axis: Axis, language: Language) -> list[alt.Chart]:
    """Values at the ends of bars and their intervals."""
    rows = [
        {
            "end": max(0, *extent([bar.figure])),
            "y": bar.y + bar.thick / 2,
            "text": value_text(bar.figure, language),
        }
        for bar in bars
    ]
    return text_layers(rows, x=alt.X("end:Q", axis=None, scale=scale_of(axis)), dx=6, fontWeight="bold")
