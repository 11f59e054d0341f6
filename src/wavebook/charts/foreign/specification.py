"""The Vega-Lite of a chart that an editor made, and what may not be in it: whatever is elsewhere, or needs a script."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Spec = dict[str, Any]
Finding = tuple[str, str, str]  # code, what is wrong, what to do

_VIEWS = ("mark", "layer", "concat", "hconcat", "vconcat", "facet", "repeat", "spec")
_CHANGES = re.compile(r"\b(now|random|sampleNormal|sampleLogNormal|sampleUniform)\s*\(")
_EXPRESSIONS = ("expr", "calculate", "filter", "test", "labelExpr", "update", "signal")
_TAKE_FRAME = "Draw from a frame in the notebook, such as selection.frame; nothing may come from elsewhere."
_ALTAIR = "Give an Altair chart, its Vega-Lite as a dict, or a function of a width in px that makes one."


class NoChartError(ValueError):
    """Error that something is no chart; the message says what it is."""


def specification(chart: object) -> Spec:
    """The Vega-Lite of an Altair chart, or of a mapping that is Vega-Lite, with its rows inside.

    Raises NoChartError for anything else, and for a chart that Altair finds faults with.
    """
    if isinstance(chart, Mapping):
        spec = json.loads(json.dumps(chart, default=str))
    elif type(chart).__module__.partition(".")[0] == "altair" and hasattr(chart, "to_dict"):
        spec = _of_altair(chart)
    else:
        raise NoChartError(f"is drawn by something that is no Altair chart: {type(chart).__name__}")
    if not isinstance(spec, dict) or not any(view in spec for view in _VIEWS):
        raise NoChartError("is drawn by something that is no Vega-Lite")
    for needless in ("$schema", "usermeta", "background", "autosize", "padding"):
        spec.pop(needless, None)
    return spec


def _of_altair(chart: Any) -> Spec:
    import altair as alt

    try:
        # Whatever a notebook chose: rows are in the chart, however many there are, and the look is the house's.
        with alt.data_transformers.enable("default", max_rows=None), alt.theme.enable("none"):
            return chart.to_dict()
    except Exception as error:  # of many kinds, by part of a chart
        raise NoChartError(f"cannot be drawn: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else ''}".rstrip(".: ")[:200]


def refused(spec: Spec) -> Iterator[Finding]:
    """All in a specification that a page cannot or may not show."""
    for path, name, value in _parts(spec):
        if name == "url" and isinstance(value, str):
            yield "W343", f"loads {value[:80]}", _TAKE_FRAME
        elif name == "url" and isinstance(value, Mapping):
            yield "W343", "shows images by their addresses", "Use shapes: mark_point(shape=…)."
        elif (name == "mark" and value == "image") or (
            path and path[-1] == "mark" and (name, value) == ("type", "image")
        ):
            yield "W343", "has marks that are images", "Use shapes: mark_point(shape=…)."
        elif name == "href":
            yield "W343", "has marks that are links", "Put links in the caption of the chart."
        elif name == "bind" and value not in ("scales", "legend") and value:
            yield "W343", "asks readers for input", "Make a chart for each choice: a page runs no script of yours."
        elif name == "sample" and path and path[-1] == "transform":
            yield "W343", "draws a sample, another one each time", "Choose the figures in the notebook."
        elif name in _EXPRESSIONS and isinstance(value, str) and (found := _CHANGES.search(value)):
            yield "W343", f"uses {found[1]}(), which differs each time", "Draw what stays the same."


def _parts(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """All properties of a specification, with the names around them; what is in rows of data is none."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            yield path, name, value
            if name not in ("values", "datasets"):
                yield from _parts(value, (*path, name))
    elif isinstance(part, list):
        for item in part:
            yield from _parts(item, path)


def still(spec: Spec) -> Spec:
    """The same without what only a pointer could do: zoom, pan, and choices in a legend."""
    spec = copy.deepcopy(spec)
    for part in _views(spec):
        params = part.get("params")
        if isinstance(params, list):
            part["params"] = [
                {name: value for name, value in item.items() if name != "bind"}
                for item in params
                if not (isinstance(item, dict) and item.get("bind") == "scales")
            ]
    return spec


def _views(spec: Any) -> Iterator[Spec]:
    if isinstance(spec, dict):
        yield spec
        for name in ("layer", "concat", "hconcat", "vconcat"):
            for child in spec.get(name, ()):
                yield from _views(child)
        yield from _views(spec.get("spec"))


def maker(chart: object) -> Callable[[int], Spec]:
    """A function that gives the specification for a width, from a chart or from an editor's own function of a width."""
    if callable(chart) and not hasattr(chart, "to_dict"):
        return lambda width: specification(chart(width))
    spec = specification(chart)
    return lambda _: copy.deepcopy(spec)


def advice() -> str:
    """What to do where something is no chart."""
    return _ALTAIR
