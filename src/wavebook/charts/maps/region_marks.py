"""The marks of a map: outlines, hatching, and the areas that answer to a reader who explores it."""

from __future__ import annotations

import altair as alt

from wavebook.charts.layout import Box
from wavebook.charts.marks import AREAS, Datum, Look, at_px, layer, named_layer, when_shown
from wavebook.charts.theme import colour

# A path as the shape of a point at the corner: at this size Vega draws it in px.
_WHOLE: Look = {"size": 4, "opacity": 1}


def _paths(rows: list[Datum], **style: object) -> list[alt.Chart]:
    return layer(rows, "point", {**_WHOLE, **style}, **_where())


def _where() -> Look:
    return {"x": alt.XValue(0), "y": alt.YValue(0), "shape": alt.Shape("path:N", scale=None, legend=None)}


def outlines(rows: list[Datum]) -> list[alt.Chart]:
    """Regions with their ``path`` and ``fill``."""
    fill = alt.Fill("fill:N", scale=None, legend=None)
    style: Look = {"stroke": colour("muted"), "strokeWidth": 0.8, "strokeJoin": "round"}
    return layer(rows, "point", {**_WHOLE, **style}, **_where(), fill=fill)


def hatches(rows: list[Datum]) -> list[alt.Chart]:
    """Slanting lines."""
    ends = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return layer(rows, "rule", {"color": colour("muted"), "strokeWidth": 1}, **at_px(), **ends)


def rings(rows: list[Datum], spots: dict[int, Box]) -> list[alt.Chart]:
    """A line around the region that is shown, and around its row in the ranking."""
    where: Look = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    boxes: list[Datum] = [{"at": at, **box._asdict()} for at, box in spots.items()]
    return [*when_shown(_paths(rows)), *when_shown(layer(boxes, "rect", {"cornerRadius": 2}, **where))]


def areas(rows: list[Datum]) -> list[alt.Chart]:
    """The regions once more, unseen, for pointer and focus."""
    return named_layer(AREAS, rows, "point", _WHOLE, **_where())
