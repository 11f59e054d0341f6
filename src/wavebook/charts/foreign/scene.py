"""What a chart draws: each mark with the row behind it, and each text, read from the scene that Vega draws."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from wavebook.charts import renderer
from wavebook.charts.foreign.coding import (
    Coded,
    Constant,
    Vega,
    codings,
    dated,
    everywhere,
    marks_in,
    scales_in,
    stacks_in,
)
from wavebook.charts.layout import Box
from wavebook.charts.theme import LINE, text_width

ROW = "__row"  # the number of a row among those of its data, from one
_SET = "__data"
_ABOVE = {"middle": 0.5, "top": 0, "line-top": 0, "bottom": 1, "line-bottom": 1}  # of a text's height, by baseline
_DRAWN = 0.85  # of the width in the widest font that a text has in the font of the drawing
_TOUCH = 3  # px by which texts may run into each other
_BETWEEN, _EQUALS = "\u001f", "\u001e"
Cell = str | float | None


class Item(NamedTuple):
    """A mark that is drawn: its kind, the row behind it, what it encodes, its box in px, and its text if it is one."""

    name: str
    kind: str
    row: dict[str, Cell]
    dates: frozenset[str]
    coded: list[Coded]
    box: Box
    text: str


class Text(NamedTuple):
    """A text that no row gives: a title, a heading, a label of an axis."""

    role: str
    text: str


class Written(NamedTuple):
    """A text where it stands, level, in the font of the drawing."""

    role: str
    text: str
    box: Box


@dataclass
class Scene:
    """All that a chart draws."""

    runs: list[list[Item]] = field(default_factory=list)
    """Items in the groups in which they are drawn: the points of one line are together."""
    texts: list[Text] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    days: list[tuple[str, str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    origin: tuple[float, float] = (0, 0)
    width: float = 0
    height: float = 0
    left: float = 0
    right: float = 0
    """Where texts end, in the widest of the common fonts."""
    legend: float = 0
    """The width of the widest label of a legend."""
    lines: int = 1
    """The most lines of a label of an axis."""
    written: list[Written] = field(default_factory=list)

    @property
    def items(self) -> Iterator[Item]:
        """All marks."""
        return (item for run in self.runs for item in run)

    def collisions(self) -> Iterator[tuple[Written, Written]]:
        """Pairs of texts that run over each other; a text that is drawn twice in one place is one."""
        for one, other in combinations(self.written, 2):
            across = min(one.box.x2, other.box.x2) - max(one.box.x, other.box.x)
            down = min(one.box.y2, other.box.y2) - max(one.box.y, other.box.y)
            if across > _TOUCH and down > _TOUCH and one.text != other.text:
                yield one, other


def scene_of(vega: Vega) -> Scene:
    """The scene of a specification that Vega-Lite made."""
    marked, coded, scene = _marked(vega)
    drawn = json.loads(renderer.scene(json.dumps(marked, ensure_ascii=False)))
    scene.width, scene.height = drawn["width"], drawn["height"]
    across, down = drawn.get("origin", (0, 0))
    scene.origin = across, down
    _walk(drawn["scenegraph"], across, down, coded, scene)
    return scene


def _marked(vega: Vega) -> tuple[Vega, dict[str, list[Coded]], Scene]:
    """A specification in which each row has its number and each mark says what is in its row; what marks encode."""
    marked, scene = copy.deepcopy(vega), Scene()
    columns: dict[str, None] = {}
    for number, held in enumerate(data_in(marked), 1):
        for place, row in enumerate(held["values"], 1):
            if isinstance(row, dict):
                columns |= dict.fromkeys(row)
                row[ROW], row[_SET] = place, number
    scales, coded = scales_in(marked), dict[str, list[Coded]]()
    stacked = [name for stack in stacks_in(marked) for name in (stack.field, *stack.ends)]
    scene.columns = list(columns)
    for mark in marks_in(marked):
        fields, constants = codings(mark, scales)
        coded[mark.setdefault("name", f"mark {len(coded)}")] = fields
        scene.constants += constants
        scene.days += dated(mark, scales)
        told = [ROW, _SET, *columns, *(one.field for one in fields), *stacked]
        encode = mark.setdefault("encode", {}).setdefault("update", {})
        encode["description"] = {"signal": " + ".join(map(_saying, dict.fromkeys(told))) or "''"}
    return marked, coded, scene


def data_in(vega: Vega) -> list[Vega]:
    """The data of a specification that hold rows."""
    found = [item for held in everywhere(vega, "data") if isinstance(held, list) for item in held]
    return [item for item in found if isinstance(item, dict) and isinstance(item.get("values"), list)]


def _saying(name: str) -> str:
    """An expression that tells the value of a field, if it is a number, a text or a day."""
    at = f"datum[{json.dumps(name)}]"
    told = f"isNumber({at}) ? 'n' + {at} : isDate({at}) ? 'd' + time({at}) : isString({at}) ? 's' + {at} : ''"
    return f"({json.dumps(name + _EQUALS)} + ({told}) + {json.dumps(_BETWEEN)})"


def _told(description: str) -> tuple[dict[str, Cell], frozenset[str]]:
    row: dict[str, Cell] = {}
    dates = set()
    for part in description.split(_BETWEEN):
        name, equals, value = part.partition(_EQUALS)
        if equals and value:
            row[name] = value[1:] if value[0] == "s" else float(value[1:])
            dates |= {name} if value[0] == "d" else set()
    return row, frozenset(dates)


def _walk(part: dict[str, Any], x: float, y: float, coded: dict[str, list[Coded]], scene: Scene) -> None:
    kind, role = part.get("marktype"), part.get("role", "")
    if kind == "group":
        for item in part.get("items", ()):
            for child in item.get("items", ()):
                _walk(child, x + item.get("x", 0), y + item.get("y", 0), coded, scene)
        return
    name = part.get("name", "")
    if kind == "text":
        for item in part.get("items", ()):
            _reach(item, x, y, scene, role)
    if role == "mark" and name in coded:
        run = []
        for item in part.get("items", ()):
            row, dates = _told(item.get("description", ""))
            text = _lines(item.get("text", "")) if kind == "text" else ""
            run.append(Item(name, kind or "", row, dates, coded[name], _box(item, kind, x, y), text))
        scene.runs.append(run)
    elif kind == "text":
        scene.texts += [Text(role, _lines(item.get("text", ""))) for item in part.get("items", ())]


def _reach(item: dict[str, Any], x: float, y: float, scene: Scene, role: str) -> None:
    """Note where a level text stands, and how far it comes, as a page's font may be wider than that of the drawing."""
    if item.get("angle") or not item.get("opacity", 1):
        return
    text, size = item.get("text", ""), int(item.get("fontSize", 11))
    lines = [str(line) for line in text] if isinstance(text, list) else str(text).split("\n")
    wide = max(text_width(line, size, item.get("fontWeight") in ("bold", 700)) for line in lines or [""])
    if role == "legend-label":
        scene.legend = max(scene.legend, wide)
    elif role == "axis-label":
        scene.lines = max(scene.lines, len(lines))
    at = x + (item.get("x") or 0) + (item.get("dx") or 0)
    left = {"right": 1, "center": 0.5}.get(item.get("align", "left"), 0)
    scene.left, scene.right = min(scene.left, at - left * wide), max(scene.right, at + (1 - left) * wide)
    top = y + (item.get("y") or 0) + (item.get("dy") or 0) - size * _ABOVE.get(item.get("baseline", ""), 0.8)
    high = size + (item.get("lineHeight") or LINE) * (len(lines) - 1)
    drawn = _DRAWN * wide
    if "".join(lines).strip():
        box = Box(at - left * drawn, at + (1 - left) * drawn, top, top + high)
        scene.written.append(Written(role, " ".join(lines), box))


def _lines(text: object) -> str:
    return " ".join(map(str, text)) if isinstance(text, list) else str(text)


def _box(item: dict[str, Any], kind: str | None, x: float, y: float) -> Box:
    """The box around a mark, in px."""
    left, top = item.get("x", 0) or 0, item.get("y", 0) or 0
    if kind in ("rect", "rule", "image"):
        right = item.get("x2", left + (item.get("width") or 0))
        bottom = item.get("y2", top + (item.get("height") or 0))
        (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
        if "width" in item:
            right = left + item["width"]
        if "height" in item:
            bottom = top + item["height"]
    else:
        if kind == "arc":
            middle = ((item.get("startAngle") or 0) + (item.get("endAngle") or 0)) / 2
            far = ((item.get("innerRadius") or 0) + (item.get("outerRadius") or 0)) / 2
            left, top = left + far * math.sin(middle), top - far * math.cos(middle)
        reach = max(4.0, (item.get("size") or 30) ** 0.5 / 2) if kind == "symbol" else 5.0
        left, right, top, bottom = left - reach, left + reach, top - reach, top + reach
    return Box(x + left, x + right, y + top, y + bottom)
