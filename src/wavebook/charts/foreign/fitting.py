"""An editor's own chart in the two widths of a page: its plots get the width that is left beside axes and labels."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from wavebook.charts import renderer
from wavebook.charts.foreign.coding import Vega
from wavebook.charts.foreign.look import Look, finished, housed
from wavebook.charts.foreign.scene import Scene, scene_of
from wavebook.charts.foreign.specification import Spec, still
from wavebook.charts.layout import WIDTHS
from wavebook.charts.theme import LINE

_EDGE = 6  # px around a drawing, for marks at its edge
_LEAST = 60  # px of a plot in which anything can be seen
_PANEL = 130  # px of a panel beside another one on a phone
_SYMBOL = 32  # px of a sign in a legend, with the room around it
_BETWEEN = 8  # px between the labels of two rows
_NAME = 24  # px of a name below a chart
_FUNCTION = "Leave out its width, or give a function of a width in px that makes the chart: 640, and 320 on a phone."
_FEWER = "Give each name a row of its own, write fewer texts, or give a function of a width in px that does on a phone."
_ROUNDS = 6
_PLAIN = ("mark", "layer")
_TOGETHER = ("hconcat", "vconcat", "concat")


class Fitted(NamedTuple):
    """A chart in one width: what it was drawn from, its scene and its size in px."""

    spec: Spec
    vega: Vega
    scene: Scene


class NoRoomError(ValueError):
    """Error that a chart does not fit; the message says why, and ``action`` what to do."""

    def __init__(self, found: str, action: str) -> None:
        super().__init__(found)
        self.action = action


def fitted(spec: Spec, width: int, look: Look) -> Fitted:
    """Fit a chart into a width in px.

    Raises NoRoomError where its own width, its labels or its panels take more, ValueError where Vega cannot draw it.
    """
    spec = housed(still(spec), look)
    if spec.get("width") == width:
        del spec["width"]  # the room that there is
    if look.narrow and not _is_plain(spec):
        spec = _piled(spec)
    edges = {"left": _EDGE, "right": _EDGE, "top": 4, "bottom": 4}
    size, panels = (float(width), 1.0) if _is_plain(spec) else _panels(spec, width, edges, look=look)
    legend, high = spec["config"]["legend"], spec["config"]["view"]["discreteHeight"]
    made = _drawn(spec, size, edges, look=look)
    for _ in range(_ROUNDS):
        beside = _columns(made.scene, width)
        if _is_plain(spec) and made.scene.width > width + 1:
            beside = min(beside, max(1, legend["columns"] - 1))
        if look.across == 0 and (apart := _apart(made.scene)):
            look = look._replace(across=apart)
            made = _drawn(spec, size, edges, look=look)
            continue
        step = LINE * made.scene.lines + _BETWEEN
        if beside < legend["columns"] or step > high.get("step", step):
            legend["columns"], high["step"] = min(beside, legend["columns"]), max(step, high.get("step", step))
            made = _drawn(spec, size, edges, look=look)
            continue
        out = 0.0 if _is_plain(spec) else max(0.0, made.scene.width - width)
        left, right = max(0.0, -made.scene.left), max(0.0, made.scene.right - made.scene.width)
        if left + right + out < 1:
            break
        edges["left"], edges["right"] = edges["left"] + round(left + 0.5), edges["right"] + round(right + 0.5)
        if not _is_plain(spec):
            size -= (out + left + right) / panels
        made = _drawn(spec, size, edges, look=look)
    wide = max(made.scene.width, made.scene.right)
    if size < _LEAST:
        raise NoRoomError(f"has no room for its panels in {width} px", _FUNCTION)
    if wide > width + 1:
        raise NoRoomError(f"takes {wide:.0f} px where a page has {width}", _FUNCTION)
    for one, other in made.scene.collisions():
        found = f"has texts that run over each other where it is {width} px wide: {one.text!r} and {other.text!r}"
        raise NoRoomError(found, _FEWER)
    return made


def _apart(scene: Scene) -> float:
    """The room for each name below a chart, if names run over each other there."""
    names = ("axis-label", "axis-label")
    pairs = [pair for pair in scene.collisions() if (pair[0].role, pair[1].role) == names]
    middles = [[(text.box.x + text.box.x2) / 2 for text in pair] for pair in pairs]
    return max(_NAME, min((abs(one - other) for one, other in middles), default=0) - 4) if pairs else 0.0


def _columns(scene: Scene, width: int) -> int:
    """The number of names of a legend that fit beside each other."""
    return max(1, int((width - 2 * _EDGE) // (scene.legend + _SYMBOL)))


def _drawn(spec: Spec, size: float, edges: Mapping[str, float], *, look: Look) -> Fitted:
    sized = _sized(copy.deepcopy(spec), size) | {"padding": dict(edges)}
    if _is_plain(sized) and sized.get("width") == size:
        sized["autosize"] = {"type": "fit-x", "contains": "padding"}
    vega = finished(json.loads(renderer.compiled(json.dumps(sized, ensure_ascii=False))), look)
    return Fitted(sized, vega, scene_of(vega))


def _is_plain(spec: Spec) -> bool:
    """Tell whether a chart is one plot, which Vega fits by itself."""
    return any(kind in spec for kind in _PLAIN) and not _facets(spec)


def _facets(spec: Spec) -> list[str]:
    """The channels of a plot that make panels of it."""
    encoding = spec.get("encoding") or {}
    return [channel for channel in ("facet", "column", "row") if channel in encoding]


def _panels(spec: Spec, width: int, edges: Mapping[str, float], *, look: Look) -> tuple[float, float]:
    """The width of a panel with which the whole is ``width``, and the number of panels beside each other.

    The width of the whole is linear in that of a panel.
    """
    one, two = 100.0, 160.0
    first, second = (_drawn(spec, size, edges, look=look).scene.width for size in (one, two))
    panels = (second - first) / (two - one)
    if panels < 0.5:
        return float(width), 1.0  # every panel has a width of its own
    return one + (width - first) / panels, panels


def _weight(spec: Spec) -> float:
    """The number of panels of one width beside each other, as far as the specification says."""
    if "hconcat" in spec:
        return sum(map(_weight, spec["hconcat"]))
    if "vconcat" in spec:
        return max(map(_weight, spec["vconcat"]), default=1)
    if "concat" in spec:
        return max(map(_weight, spec["concat"]), default=1) * min(len(spec["concat"]), spec.get("columns") or 9)
    return 1


def _sized(spec: Spec, size: float) -> Spec:
    """Give each plot without a width of its own this one; a plot below several others has theirs together."""
    for together in _TOGETHER:
        if together in spec:
            most = max(map(_weight, spec[together]), default=1)
            for child in spec[together]:
                _sized(child, size * most / _weight(child) if together == "vconcat" else size)
            return spec
    if "spec" in spec:
        inner = spec["spec"]
        if any(kind in inner for kind in (*_TOGETHER, "spec")):
            _sized(inner, size)
        elif inner.get("width") in (None, "container"):
            inner["width"] = size
    elif spec.get("width") in (None, "container"):
        spec["width"] = size
    return spec


def _piled(spec: Spec) -> Spec:
    """Put panels beside each other below each other, where a phone has no room for them beside each other."""
    most = max(1, WIDTHS["narrow"] // _PANEL)
    spec = dict(spec)
    if "hconcat" in spec and len(spec["hconcat"]) > 1:
        spec["vconcat"] = spec.pop("hconcat")
    for together in ("vconcat", "concat"):
        if together in spec:
            spec[together] = [_piled(child) for child in spec[together]]
    if "concat" in spec:
        spec["columns"] = 1
    if isinstance(facet := spec.get("facet"), dict):
        if set(facet) == {"column"}:
            spec["facet"] = facet["column"]
        if "row" not in facet:
            spec["columns"] = min(most, spec.get("columns") or most)
    if isinstance(repeat := spec.get("repeat"), dict) and set(repeat) == {"column"}:
        spec["repeat"] = {"row": repeat["column"]}
        spec["spec"] = json.loads(json.dumps(spec["spec"]).replace('{"repeat": "column"}', '{"repeat": "row"}'))
    elif isinstance(repeat, list):
        spec["columns"] = 1
    if _facets(spec) == ["column"]:
        encoding: dict[str, Any] = dict(spec["encoding"])
        encoding["facet"] = {**encoding.pop("column"), "columns": most}
        spec["encoding"] = encoding
    elif _facets(spec) == ["facet"]:
        facet = spec["encoding"]["facet"]
        spec["encoding"] = spec["encoding"] | {"facet": {**facet, "columns": min(most, facet.get("columns") or most)}}
    return spec


def as_wide(svg: str, width: int) -> str:
    """A drawing with room to its right until it has this width, so that no page makes its text larger."""
    return re.sub(r'viewBox="0 0 [\d.]+ ', f'viewBox="0 0 {width} ', svg, count=1)
