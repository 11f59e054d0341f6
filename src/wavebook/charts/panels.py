"""Drawings of one form beside and below each other, each under its heading, as one drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from wavebook.charts.drawing import Drawable
from wavebook.charts.marks import Datum, block, text_layers
from wavebook.charts.theme import LINE, wrap

GAP, BETWEEN = 28, 30  # px between columns, and between rows
_CHANNELS = ("x", "y", "color", "fill", "stroke", "shape", "size", "opacity", "strokeDash")


class Panel(NamedTuple):
    """A heading, how its drawing is made at a width, and how many points readers explore in it."""

    heading: str
    draw: Callable[[int], Drawable]
    points: int


class Panels:
    """Panels in a grid of ``columns``, as Vega-Lite has it; every px is computed here, so that fonts move nothing."""

    def __init__(self, panels: Sequence[Panel], width: int, columns: int) -> None:
        self.panels, self.width, self.columns = panels, width, columns

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """The specification; panels become narrower until their axes leave no more than the width there is."""
        wide = (self.width - GAP * (self.columns - 1)) // self.columns
        spec, over = self._drawn(wide, validate)
        for _ in range(3):
            if over > 0:
                wide -= math.ceil(over / self.columns)
                spec, over = self._drawn(wide, validate)
        return spec

    def _drawn(self, wide: int, validate: bool) -> tuple[dict[str, Any], float]:
        """The specification with panels of this width, and how many px it is too wide."""
        return self._placed([panel.draw(wide).to_dict(validate=validate) for panel in self.panels])

    def _placed(self, made: list[dict[str, Any]]) -> tuple[dict[str, Any], float]:
        """The panels in their places, and how many px they are too wide together."""
        left, right, above, below = (
            max(one["padding"][side] for one in made) for side in ("left", "right", "top", "bottom")
        )
        grid = [made[i : i + self.columns] for i in range(0, len(made), self.columns)]
        across = [max(row[i]["width"] for row in grid if i < len(row)) for i in range(min(self.columns, len(made)))]
        heads = [
            wrap(panel.heading, 0.9 * (across[i % self.columns] + left + right)) for i, panel in enumerate(self.panels)
        ]
        head = LINE * max(map(len, heads)) + 8
        column, row = right + GAP + left, below + BETWEEN + head + above
        width = sum(across) + column * (len(across) - 1)
        height = sum(max(one["height"] for one in some) for some in grid) + row * (len(grid) - 1)
        parts, start = [], 0
        for panel, one, heading in zip(self.panels, made, heads, strict=True):
            parts.append(_part(one, start, heading, (-left, -above - head)))
            start += panel.points
        spec = {
            "$schema": made[0]["$schema"],
            "config": made[0]["config"],
            "concat": parts,
            "columns": self.columns,
            "bounds": "flush",
            "align": "each",
            "spacing": {"row": row, "column": column},
            "autosize": {"type": "none"},
            "padding": {
                "left": left,
                "right": max(right, self.width - left - width),
                "top": above + head,
                "bottom": below,
            },
            "params": [{"name": "width", "value": width}, {"name": "height", "value": height}],
            "resolve": {"scale": dict.fromkeys(_CHANNELS, "independent")},
        }
        return spec, left + width + right - self.width


def _part(one: dict[str, Any], start: int, heading: list[str], corner: tuple[float, float]) -> dict[str, Any]:
    """A drawing as a part of a larger one: its points count on from ``start``."""
    part = {name: value for name, value in one.items() if name not in ("$schema", "config", "padding", "autosize")}
    layers = [_counted_on(layer, start) for layer in one["layer"]]
    head = text_layers([block(*corner, heading)], fontWeight="bold")
    return {**part, "layer": [*(text.to_dict(validate=False, context={"top_level": False}) for text in head), *layers]}


def _counted_on(layer: dict[str, Any], start: int) -> dict[str, Any]:
    rows: list[Datum] | None = layer.get("data", {}).get("values")
    if not rows or "at" not in rows[0]:
        return dict(layer)
    return {**layer, "data": {"values": [{**row, "at": row["at"] + start} for row in rows]}}
