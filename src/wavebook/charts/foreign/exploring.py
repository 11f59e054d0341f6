"""What readers explore in an editor's own chart: an area over each mark of a figure, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping

from wavebook.charts.foreign.fitting import Fitted
from wavebook.charts.foreign.judging import Judge
from wavebook.charts.layout import Box
from wavebook.charts.spots import Spot, Spots, shape_of
from wavebook.charts.words import Point, point
from wavebook.core.text import capital
from wavebook.figures import Figure, Key, Selection

_LEAST = 24  # px of an area, for a finger


def explored(
    made: Mapping[str, tuple[Fitted, Judge]], selection: Selection
) -> tuple[list[list[Point]], dict[str, Spots]]:
    """The points of a chart by series, and by variant where they lie; nothing where readers can explore nothing."""
    places = {variant: _places(fit, judge) for variant, (fit, judge) in made.items()}
    shared = [key for key in selection.keys if all(key in found for found in places.values())]
    if len(shared) < 2:
        return [], {}
    order = _by_series(selection, shared)
    figures = selection.figures
    points = [[_point(figures[key], selection) for key in row] for row in order]
    keys = [key for row in order for key in row]
    return points, {variant: _spots([found[key] for key in keys]) for variant, found in places.items()}


def _places(fit: Fitted, judge: Judge) -> dict[Key, Box]:
    """The box of the first mark of each figure, that of a shape rather than of a text or a line."""
    found: dict[Key, tuple[int, Box]] = {}
    for item in fit.scene.items:
        behind = judge.behind(item)
        if len(behind) == 1 and item.kind != "shape":  # of which only the scene of a browser knows the place
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
    label, apart = figures.label(key), figures.apart(key)
    parts = dict.fromkeys([indicator if indicator != label else "", apart if apart != label else ""])
    what = capital(", ".join([*filter(None, parts), figures.called(key.wave)]))
    told = f"{capital(label)}. {what}"
    return point(str(key._replace(wave="")), figure, told, figures)


def _spots(boxes: list[Box]) -> Spots:
    """An unseen area over each point, and a ring around its mark."""
    points: list[Spot] = [
        {"area": shape_of(_for_finger(box)._asdict()), "rings": [shape_of(box.wider(3)._asdict(), 2)]} for box in boxes
    ]
    return {"left": 0, "top": 0, "points": points}


def _for_finger(box: Box) -> Box:
    """The same, and no smaller than what a finger hits."""
    across, down = max(0, _LEAST - (box.x2 - box.x)) / 2, max(0, _LEAST - (box.y2 - box.y)) / 2
    return Box(box.x - across, box.x2 + across, box.y - down, box.y2 + down)
