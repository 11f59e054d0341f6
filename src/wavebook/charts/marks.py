"""The marks of a chart as layers of Altair, and the frame that holds them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

import altair as alt

from wavebook.charts.layout import Axis, Spot
from wavebook.charts.theme import LINE, SIZE, colour

FONT = "Liberation Sans"  # bundled with vl-convert: the same on every machine
AREAS, SHOWN = "areas", "shown"  # names of layers for readers who explore: see ``spots``
RECEDES: dict[str, Any] = {"condition": {"test": "datum.series", "value": 1}, "value": 1}  # see ``strength``
HUES = [colour(str(i)) for i in range(1, 5)]
Datum = dict[str, Any]  # a row of the data of a layer, by field
Look = dict[str, Any]  # properties of a mark, or its encodings by channel

_THEME: Look = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SIZE,
        "labelColor": colour("text"),
        "labelOverlap": False,
        "labelLimit": 0,
        "labelFlush": False,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "titleColor": colour("text"),
        "gridColor": colour("grid"),
        "domainColor": colour("muted"),
        "tickColor": colour("muted"),
    },
    "aria": False,  # a page describes the picture, and its points to those who explore it
    "mark": {"aria": False},
}


class _Rows:
    """Data that Altair's methods pass on as they are; they copy everything else in the chart, list by list."""

    _schema: ClassVar[dict[str, str]] = {"type": "array"}  # by this Altair recognises an object that converts itself

    def __init__(self, rows: list[Datum]) -> None:
        self.rows = rows

    def to_dict(self) -> list[Datum]:
        """The rows themselves."""
        return self.rows


class _Layer(alt.Chart):
    """A chart that is used once, so that Altair need not copy it at each step, which takes half of the time."""

    def __deepcopy__(self, _: object) -> _Layer:
        return self


def _data(rows: list[Datum]) -> alt.Data:
    values: Any = _Rows(rows)  # Altair's types do not know objects that convert themselves
    return alt.Data(values=values)


def layer(rows: list[Datum], mark: str, style: Look, **encoding: Any) -> list[alt.Chart]:
    """One kind of mark for ``rows``; nothing when there are none."""
    return [getattr(_Layer(_data(rows)), f"mark_{mark}")(**style).encode(**encoding)] if rows else []


def named_layer(name: str, rows: list[Datum], mark: str, style: Look, **encoding: Any) -> list[alt.Chart]:
    """One kind of mark that scripts and style sheets find by its name."""
    return [getattr(_Layer(_data(rows), name=name), f"mark_{mark}")(**style).encode(**encoding)]


def px(channel: type[alt.X | alt.Y], field: str = "") -> alt.X | alt.Y:
    """A position in px, read from ``field``; by default from the field of that name."""
    return channel(f"{field or channel.__name__.lower()}:Q", scale=None, axis=None)


def at_px() -> Look:
    """Positions in px, from the fields x and y."""
    return {"x": px(alt.X), "y": px(alt.Y)}


def text_layers(rows: list[Datum], **style: Any) -> list[alt.Chart]:
    """Texts at x and y in px, the first line centred on y; an encoding in ``style`` takes precedence."""
    where: Look = at_px() | {name: style.pop(name) for name in ("x", "y") if name in style}
    look: Look = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE}
    look |= {"fontSize": SIZE, "color": colour("text"), **style}
    return layer(rows, "text", look, **where, text=alt.Text("text:N"))


def inked(rows: list[Datum], **style: Any) -> list[alt.Chart]:
    """Texts in the middle of x and y in px, each in the colour of its field ``ink``."""
    look: Look = {"align": "center", "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE, "fontSize": SIZE}
    ink = alt.Color("ink:N", scale=None, legend=None)
    return layer(rows, "text", {**look, **style}, **at_px(), color=ink, text=alt.Text("text:N"))


def haloed(rows: list[Datum], **style: Any) -> list[alt.Chart]:
    """Texts with a halo, which stay readable on a line."""
    halo: Look = {"stroke": colour("surface"), "strokeWidth": 4, "strokeJoin": "round"}
    return [*text_layers(rows, **style, **halo), *text_layers(rows, **style)]


def block(x: float, y: float, lines: list[str]) -> Datum:
    """Lines of text with the top of the first at ``y``."""
    return {"x": x, "y": y + LINE / 2, "text": "\n".join(lines)}


def strength() -> alt.OpacityValue:
    """Opacity of marks that recede in a chart that is explored, when a point of another series is shown."""
    return alt.OpacityValue(**RECEDES)


def when_shown(layers: list[alt.Chart]) -> list[alt.Chart]:
    """Layers whose rows are shown with the point that they are ``at``: nothing in the static picture."""
    for part in layers:
        part["name"] = SHOWN
    return layers


def spot_layers(spots: list[Spot], *, dots: bool = False) -> list[alt.Chart]:
    """A ring around the mark of the point that is shown and, above all else, an unseen area for each point.

    Around dots it is a circle.
    """
    where: Look = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    rings: list[Datum] = [{"at": at, **spot.mark.wider(3.5 if dots else 3)._asdict()} for at, spot in enumerate(spots)]
    areas = [spot.area._asdict() for spot in spots]
    return [
        *when_shown(layer(rings, "rect", {"cornerRadius": 8.5 if dots else 2}, **where)),
        *named_layer(AREAS, areas, "rect", {}, **where),
    ]


def scale_of(axis: Axis) -> alt.Scale:
    """The scale of an axis for Vega-Lite."""
    return alt.Scale(domain=[axis.low, axis.high], range=[axis.start, axis.stop], nice=False, zero=False)


def value_axis(ticks: list[float], texts: list[str], title: list[str], corner: tuple[float, float]) -> alt.Axis:
    """An upright axis with these texts at its values, and its title above the plot with its top left at ``corner``."""
    return alt.Axis(
        values=ticks,
        labelExpr=f"{json.dumps(texts)}[indexof({ticks}, datum.value)]",  # so that Vega does not format numbers
        labelPadding=6,
        domain=False,
        ticks=False,
        title=title,
        titleX=corner[0],
        titleY=corner[1],
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleBaseline="top",
        titleLineHeight=LINE,
    )


def level_whiskers(rows: list[Datum], axis: Axis, paint: str, halo: bool = False) -> list[alt.Chart]:
    """Horizontal intervals; rows have ``low``, ``high``, ``series`` and ``y`` in px. A halo makes them show on bars."""
    where: Look = {"x": alt.X("low:Q", axis=None, scale=scale_of(axis)), "x2": alt.X2(field="high"), "y": px(alt.Y)}
    where["opacity"] = strength()
    around = {"strokeWidth": 6, "color": colour("surface")}
    return [
        *(layer(rows, "rule", around, **where) if halo else []),
        *layer(rows, "rule", {"strokeWidth": 2, "color": paint}, **where),
    ]


def frame(
    layers: Sequence[alt.Chart], width: float, height: float, *, own_x: bool = False, **margin: float
) -> alt.LayerChart:
    """The layers on a plot of ``width`` × ``height`` px with the theme; ``own_x``: each keeps its own x scale."""
    made = alt.layer(  # all at once: each further method of Altair's would copy the whole chart
        *layers,
        width=width,
        height=height,
        padding={"left": 0, "right": 0, "top": 2, "bottom": 2, **margin},
        autosize=alt.AutoSizeParams(type="none"),
        resolve={"scale": {"x": "independent" if own_x else "shared"}},
        config=_THEME,
    )
    if not isinstance(made, alt.LayerChart):
        raise TypeError(f"layers make a {type(made).__name__}")  # of facets, of which there are none
    return made
