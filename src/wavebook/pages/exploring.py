"""What a page holds for readers who explore a chart: nothing is loaded for it, and no script makes a text."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

FEWEST = 3  # points that are worth exploring


def is_explored(payload: dict[str, Any]) -> bool:
    """Tell whether a chart has enough to explore, and a place for each of its points in both widths."""
    points, spots = payload.get("points", ()), payload.get("spots", {})
    return len(points) >= FEWEST and bool(spots) and all(len(s["points"]) == len(points) for s in spots.values())


def explored(payload: dict[str, Any]) -> Markup | None:
    """The points of a chart as JSON for static/explore.js; None where a reader has nothing to explore.

    Each has the number of its row and of its series, its place in time, and what it says; each width has the place of
    the plot in the picture, and for each point its area, rings around its marks (0: that area) and texts beside them,
    and the place of its own plot, if there are several.
    """
    if not is_explored(payload):
        return None
    points, spots = payload["points"], payload["spots"]
    series = {name: number for number, name in enumerate(dict.fromkeys(point["series"] for point in points))}
    content = {
        "points": [[p["row"], series[p["series"]], p["wave"], p["says"]] for p in points],
        **{
            width: [
                drawn["left"],
                drawn["top"],
                [_drawn(spot) for spot in drawn["points"]],
            ]
            for width, drawn in spots.items()
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _drawn(spot: dict[str, Any]) -> list[Any]:
    rings = [0 if ring == spot["area"] else ring for ring in spot.get("rings", [])]
    return [spot["area"], rings, spot.get("texts", []), *([spot["origin"]] if any(spot.get("origin", ())) else [])]
