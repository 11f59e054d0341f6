"""A chart drawn in both widths."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from altair.utils.schemapi import debug_mode

from wavebook.charts import renderer
from wavebook.charts.layout import WIDTHS
from wavebook.charts.svg import clean

# Set by a page in a chart that a reader explores: the number of the point that is shown, and its series.
_SIGNALS = [{"name": "at", "value": -1}, {"name": "of", "value": ""}]


class Drawable(Protocol):
    """What knows its Vega-Lite specification."""

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """The specification."""
        ...


class Drawn(NamedTuple):
    """A chart in both widths: the wide one's specification, and by variant the SVG and Vega's specification as JSON."""

    spec: str
    svg: dict[str, str]
    vega: dict[str, str]


def draw_both(name: str, draw: Callable[[int], Drawable]) -> Drawn:
    """Both variants of a chart; ``draw`` is called with a width in px."""
    with debug_mode(False):  # Altair's checks of every part cost twice as much as drawing; the tests check the specs
        specs = {variant: _json(_signalled(draw(width))) for variant, width in WIDTHS.items()}
    drawn = {variant: renderer.drawing(spec) for variant, spec in specs.items()}
    svg = {variant: clean(picture, f"{name}-{variant}") for variant, (_, picture) in drawn.items()}
    return Drawn(specs["wide"], svg, {variant: vega for variant, (vega, _) in drawn.items()})


def _signalled(drawn: Drawable) -> dict[str, Any]:
    spec = drawn.to_dict(validate=False)
    return {**spec, "params": [*spec.get("params", ()), *_SIGNALS]}


def _json(spec: Mapping[str, object]) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
