"""What readers explore in an editor's own chart: an area over each mark of a figure, and what it tells."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from wavebook.charts.foreign.coding import Vega, everywhere, transforms_in
from wavebook.charts.foreign.fitting import Fitted
from wavebook.charts.foreign.judging import Judge
from wavebook.charts.layout import Box
from wavebook.charts.theme import colour
from wavebook.charts.words import Point, point
from wavebook.core.text import capital
from wavebook.figures import Figure, Key, Selection

# Steps that the scripts of a page can do: those of vega-transforms and vega-view-transforms.
_BEYOND = (
    "geopoint",
    "geoshape",
    "geopath",
    "projection",
    "graticule",
    "force",
    "voronoi",
    "loess",
    "regression",
    "kde",
)
_LEAST = 24  # px of an area, for a finger


def explored(
    made: Mapping[str, tuple[Fitted, Judge]], selection: Selection
) -> tuple[list[list[Point]], dict[str, Vega]]:
    """The points of a chart by series, and by variant what draws them; nothing where readers can explore nothing."""
    places = {variant: _places(fit, judge) for variant, (fit, judge) in made.items()}
    shared = [key for key in selection.keys if all(key in found for found in places.values())]
    able = not any(_is_beyond(fit.vega) for fit, _ in made.values())
    if not able or len(shared) < 2:
        return [], {}
    order = _by_series(selection, shared)
    figures = selection.figures
    points = [[_point(figures[key], selection) for key in row] for row in order]
    keys = [key for row in order for key in row]
    return points, {
        variant: _with_areas(fit, [places[variant][key] for key in keys]) for variant, (fit, _) in made.items()
    }


def _places(fit: Fitted, judge: Judge) -> dict[Key, Box]:
    """The box of the first mark of each figure, that of a shape rather than of a text or a line."""
    found: dict[Key, tuple[int, Box]] = {}
    for item in fit.scene.items:
        behind = judge.behind(item)
        if len(behind) == 1:
            rank = {"rect": 0, "arc": 0, "symbol": 1, "rule": 2, "line": 3, "area": 3}.get(item.kind, 4)
            key = behind[0].key
            if key not in found or rank < found[key][0]:
                found[key] = rank, item.box
    return {key: box for key, (_, box) in found.items()}


def _by_series(selection: Selection, keys: list[Key]) -> list[list[Key]]:
    """The keys by all but their wave, each series in order of time."""
    rows: dict[Key, list[Key]] = {}
    for key in keys:
        rows.setdefault(key._replace(wave=""), []).append(key)
    order = selection.figures.definitions.order
    return [sorted(row, key=lambda key: order(key.wave)) for row in rows.values()]


def _point(figure: Figure, selection: Selection) -> Point:
    figures, key = selection.figures, figure.key
    indicator = figures.definitions.indicators[key.indicator].name[figures.language]
    label = figures.label(key)
    parts = dict.fromkeys([capital(label), capital(indicator) if indicator != label else "", figures.apart(key)])
    told = ", ".join([*(part for part in parts if part and part.casefold() != ""), figures.called(key.wave)])
    return point(str(key._replace(wave="")), figure, told, figures)


def _is_beyond(vega: Vega) -> bool:
    return any(step.get("type") in _BEYOND for step in transforms_in(vega)) or any(
        mark in ("shape", "image") for mark in everywhere(vega, "type")
    )


def _with_areas(fit: Fitted, boxes: list[Box]) -> Vega:
    """A specification with an unseen area over each point, and a ring around the one that is shown."""
    vega = copy.deepcopy(fit.vega)
    left, top = fit.scene.origin
    rows = [{"at": at, **_at(box, left, top)} for at, box in enumerate(boxes)]
    wide = [{"at": at, **_at(_for_finger(box), left, top)} for at, box in enumerate(boxes)]
    vega.setdefault("data", []).extend(
        [
            {"name": "wavebook_areas", "values": wide},
            {
                "name": "wavebook_rings",
                "values": rows,
                "transform": [{"type": "filter", "expr": "datum.at === at"}],
            },
        ]
    )
    vega.setdefault("signals", []).extend([{"name": "at", "value": -1}, {"name": "of", "value": ""}])
    where: dict[str, Any] = {name: {"field": name} for name in ("x", "x2", "y", "y2")}
    ring = where | {"stroke": {"value": colour("text")}, "strokeWidth": {"value": 2}, "cornerRadius": {"value": 2}}
    for name in ("x", "y"):
        ring |= {name: {"field": name, "offset": -3}, f"{name}2": {"field": f"{name}2", "offset": 3}}
    vega.setdefault("marks", []).extend(
        [
            {"type": "rect", "name": "rings_marks", "from": {"data": "wavebook_rings"}, "aria": False,
             "encode": {"update": ring}},
            {"type": "rect", "name": "areas_marks", "from": {"data": "wavebook_areas"},
             "encode": {"update": where | {"fill": {"value": "transparent"}}}},
        ]
    )  # fmt: skip
    return vega


def _at(box: Box, left: float, top: float) -> dict[str, float]:
    return {name: round(value - (left if "x" in name else top), 2) for name, value in box._asdict().items()}


def _for_finger(box: Box) -> Box:
    """The same, and no smaller than what a finger hits."""
    across, down = max(0, _LEAST - (box.x2 - box.x)) / 2, max(0, _LEAST - (box.y2 - box.y)) / 2
    return Box(box.x - across, box.x2 + across, box.y - down, box.y2 + down)
