"""A chart drawn in both widths."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from altair.utils.schemapi import debug_mode

from wavebook.charts import renderer
from wavebook.charts.layout import WIDTHS
from wavebook.charts.spots import Spots, taken_out
from wavebook.charts.svg import clean


class Drawable(Protocol):
    """What knows its Vega-Lite specification."""

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """The specification."""
        ...


class Drawn(NamedTuple):
    """A chart in both widths: the wide one's specification, and by variant the SVG and what readers explore."""

    spec: str
    svg: dict[str, str]
    spots: dict[str, Spots]


def draw_both(name: str, draw: Callable[[int], Drawable], series: Sequence[str] = ()) -> Drawn:
    """Both variants of a chart; ``draw`` is called with a width in px, and ``series`` are those of its points."""
    with debug_mode(False):  # Altair's checks of every part cost twice as much as drawing; the tests check the specs
        made = {variant: taken_out(draw(width).to_dict(validate=False), series) for variant, width in WIDTHS.items()}
    specs = {variant: _json(spec) for variant, (spec, _) in made.items()}
    svg = {variant: clean(renderer.drawing(spec), f"{name}-{variant}") for variant, spec in specs.items()}
    return Drawn(specs["wide"], svg, {variant: spots for variant, (_, spots) in made.items()})


def _json(spec: Mapping[str, object]) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
