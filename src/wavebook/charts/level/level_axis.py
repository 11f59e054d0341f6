"""An axis of values below level rows, with its grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import altair as alt

from wavebook.charts.layout import Axis
from wavebook.charts.marks import Datum, at_px, layer, text_layers
from wavebook.charts.theme import colour, text_width


def level_axis(
    ticks: Sequence[float], texts: Sequence[str], axis: Axis, bottom: float, spans: Iterable[tuple[float, float]]
) -> list[alt.Chart]:
    """An axis at ``bottom`` with grid lines over ``spans``; Vega-Lite has one axis a view, a panel needs its own."""
    grid: list[Datum] = [{"x": axis.px(tick), "y": y, "y2": y2} for y, y2 in spans for tick in ticks]
    marks: list[Datum] = [{"x": axis.px(tick), "y": bottom, "y2": bottom + 4} for tick in ticks]
    base: list[Datum] = [{"x": axis.px(ticks[0]), "x2": axis.px(ticks[-1]), "y": bottom}]
    room = (max(map(text_width, texts)) + 6) / (axis.px(ticks[1]) - axis.px(ticks[0]))
    shown = list(zip(ticks, texts, strict=True))[:: math.ceil(room)]
    below: list[Datum] = [{"x": axis.px(tick), "y": bottom + 14, "text": text} for tick, text in shown]
    return [
        *layer(grid + marks, "rule", {"color": colour("grid")}, **at_px(), y2=alt.Y2(field="y2")),
        *layer(base, "rule", {"color": colour("grid")}, **at_px(), x2=alt.X2(field="x2")),
        *text_layers(below, align="center"),
    ]
