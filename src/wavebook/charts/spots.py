"""What a reader meets who explores a chart: where each point answers, and what is shown of it.

Forms write it as layers (``marks.spot_layers`` and ``marks.when_shown``), in the px of the plot. Nothing of it is drawn
before a reader asks: it is taken out of the specification, and a page draws it on the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any, NotRequired, TypedDict

from wavebook.charts.marks import AREAS, RECEDES, SHOWN, Look
from wavebook.charts.svg import SERIES

Shape = str | list[float]  # a path, or x, y, width, height and the radius of the corners


class Spot(TypedDict):
    """A point: the area that answers to pointer and focus, the rings around its marks, and texts beside them.

    All is in the px of its plot; ``origin`` is where that lies in a picture of several.
    """

    area: Shape
    rings: NotRequired[list[Shape]]
    texts: NotRequired[list[tuple[float, float, str]]]
    origin: NotRequired[tuple[float, float]]


class Spots(TypedDict):
    """The points of one width, and where the plot, or the first one, lies in the picture."""

    left: float
    top: float
    points: list[Spot]


def taken_out(spec: dict[str, Any], series: Sequence[str]) -> tuple[dict[str, Any], Spots]:
    """A specification without what only readers see who explore, and that.

    Its marks of one of ``series`` are described by the number of that series, by which a page finds them.
    """
    numbers = {name: number for number, name in enumerate(dict.fromkeys(series))}
    padding, points = spec.get("padding", {}), list[Spot]()
    if "concat" in spec:
        parts: list[dict[str, Any]] = []
        for part, origin in zip(spec["concat"], _origins(spec), strict=True):
            rest, own = _of_plot(part, numbers, len(points))
            parts.append(rest)
            for spot in own:
                spot["origin"] = origin
            points += own
        rest = spec | {"concat": parts}
    else:
        rest, points = _of_plot(spec, numbers, 0)
    return rest, {"left": _short(padding.get("left", 0)), "top": _short(padding.get("top", 0)), "points": points}


def _of_plot(spec: dict[str, Any], numbers: dict[str, int], first: int) -> tuple[dict[str, Any], list[Spot]]:
    """A plot without what readers see who explore, and its points; ``first`` is the number of the first."""
    points: list[Spot] = []
    shown: list[tuple[Look, dict[str, Any]]] = []

    def kept(layers: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for layer in layers:
            if "layer" in layer:
                yield layer | {"layer": [*kept(layer["layer"])]}
            elif layer.get("name") == AREAS:
                points.extend(Spot(area=shape_of(row)) for row in layer["data"]["values"])
            elif layer.get("name") == SHOWN:
                shown.extend((layer["mark"], row) for row in layer["data"]["values"])
            else:
                yield _of_series(layer, numbers)

    rest = spec | {"layer": [*kept(spec["layer"])]} if "layer" in spec else spec
    for mark, row in shown:
        spot = points[row["at"] - first]
        if "text" in row:
            _add(spot, "texts", [_short(row["x"]), _short(row["y"]), row["text"]])
        else:
            _add(spot, "rings", shape_of(row, mark.get("cornerRadius", 0)))
    return rest, points


def _origins(spec: dict[str, Any]) -> list[tuple[float, float]]:
    """Where each plot of a grid lies, from the first: columns and rows are as wide and high as their largest plot."""
    plots, columns = spec["concat"], spec["columns"]
    across = [max(plot["width"] for plot in plots[i::columns]) for i in range(min(columns, len(plots)))]
    down = [max(plot["height"] for plot in plots[i : i + columns]) for i in range(0, len(plots), columns)]
    return [
        (
            _short(fsum(across[: i % columns]) + spec["spacing"]["column"] * (i % columns)),
            _short(fsum(down[: i // columns]) + spec["spacing"]["row"] * (i // columns)),
        )
        for i in range(len(plots))
    ]


def _add(spot: Any, name: str, item: object) -> None:
    """Add a ring or a text, once: there is a layer for its halo too."""
    if item not in spot.setdefault(name, []):
        spot[name].append(item)


def shape_of(row: Mapping[str, Any], radius: float = 0) -> Shape:
    """The path of a row, or its box: x, x2, y and y2."""
    if "path" in row:
        return row["path"]
    box = [row["x"], row["y"], row["x2"] - row["x"], row["y2"] - row["y"]]
    return [_short(number) for number in (*box, radius)]


def _short(number: float) -> float:
    """A number with at most one decimal: a tenth of a pixel."""
    number = round(number, 1)  # first: what should be whole may be a billionth off
    return int(number) if number == int(number) else number


def _of_series(layer: dict[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    """A layer whose marks recede with their series, with the number of that as their description."""
    if layer.get("encoding", {}).get("opacity") != RECEDES:
        return layer
    encoding = {name: channel for name, channel in layer["encoding"].items() if name != "opacity"}
    rows = [
        row | ({"of": f"{SERIES}{numbers[row['series']]}"} if row.get("series") in numbers else {})
        for row in layer["data"]["values"]
    ]
    mark = layer["mark"] | {"aria": True, "opacity": 1}  # Vega's own points are pale
    described = encoding | {"description": {"field": "of", "type": "nominal"}}
    return layer | {"encoding": described, "data": {"values": rows}, "mark": mark}
