"""What the marks of a Vega specification encode: fields and constants, and whether they are numbers or names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Vega = dict[str, Any]  # a specification, or a part of one

_NAMES = ("ordinal", "band", "point")  # kinds of scales that show names
_TIMES = ("time", "utc")
_TOLD = ("description", "tooltip", "defined", "aria", "ariaRole", "ariaRoleDescription", "cursor", "zindex", "href")
_FIELD = re.compile(r"datum\[(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\]")
_SCALE = re.compile(r"scale\(['\"]([^'\"]+)['\"]")


class Coded(NamedTuple):
    """A field that a mark shows through a channel; ``kind`` is number, time, name, text or px."""

    channel: str
    field: str
    kind: str


class Constant(NamedTuple):
    """A number that a mark shows and that is in no data."""

    mark: str
    channel: str
    value: float


class Stack(NamedTuple):
    """Fields that hold where a part of a stack begins and ends, of the field that is stacked."""

    field: str
    ends: tuple[str, str]
    offset: str
    groups: tuple[str, ...]


def marks_in(part: Vega) -> Iterator[Vega]:
    """All marks of a specification that draw something, however deep."""
    for mark in part.get("marks", ()):
        if mark.get("type") == "group":
            yield from marks_in(mark)
        else:
            yield mark


def everywhere(part: Any, name: str) -> Iterator[Any]:
    """The values of a property, wherever it stands in a specification, but for what is in rows of data."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == name:
                yield value
            if key not in ("values", "datasets"):
                yield from everywhere(value, name)
    elif isinstance(part, list):
        for item in part:
            yield from everywhere(item, name)


def transforms_in(vega: Vega) -> Iterator[Vega]:
    """All steps between the rows of an editor and the marks."""
    for steps in everywhere(vega, "transform"):
        if isinstance(steps, list):
            yield from (step for step in steps if isinstance(step, dict))


def stacks_in(vega: Vega) -> list[Stack]:
    """What is stacked."""
    return [
        Stack(step["field"], (step["as"][0], step["as"][1]), step.get("offset", "zero"), tuple(step.get("groupby", ())))
        for step in transforms_in(vega)
        if step.get("type") == "stack" and isinstance(step.get("field"), str)
    ]


def scales_in(vega: Vega) -> dict[str, str]:
    """The kind of each scale by its name."""
    found: dict[str, str] = {}
    for scales in everywhere(vega, "scales"):
        if isinstance(scales, list):
            found |= {scale["name"]: scale.get("type", "linear") for scale in scales if "name" in scale}
    return found


def codings(mark: Vega, scales: dict[str, str]) -> tuple[list[Coded], list[Constant]]:
    """What one mark encodes: fields, each once for each channel, and constants."""
    coded: dict[Coded, None] = {}
    constants = []
    channels = {
        name: entry
        for step in ("enter", "update")
        for name, entry in mark.get("encode", {}).get(step, {}).items()
        if name not in _TOLD
    }
    for channel, entry in channels.items():
        for rule in entry if isinstance(entry, list) else [entry]:
            for field, kind in _fields(channel, rule, scales):
                coded[Coded(channel, field, kind)] = None
            if (value := _constant(rule, scales)) is not None:
                constants.append(Constant(mark.get("name", ""), channel, value))
    return list(coded), constants


def _fields(channel: str, rule: Any, scales: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not isinstance(rule, dict):
        return
    text = rule.get("signal", "")
    scale = rule.get("scale") or next(iter(_SCALE.findall(text)), None)
    kind = "text" if channel == "text" else _kind(scale, scales)
    if isinstance(field := rule.get("field"), str):
        yield _plain(field), kind
    elif isinstance(field, dict) and isinstance(inner := field.get("datum"), str):
        yield _plain(inner), kind
    for name in _FIELD.findall(text):
        yield _unquoted(name), kind
    if isinstance(offset := rule.get("offset"), dict):
        yield from _fields(channel, offset, scales)


def _kind(scale: Any, scales: dict[str, str]) -> str:
    if not isinstance(scale, str):
        return "px"
    kind = scales.get(scale)
    return "name" if kind in _NAMES else "time" if kind in _TIMES else "number"


def _constant(rule: Any, scales: dict[str, str]) -> float | None:
    """The number that a rule shows on a scale of numbers; None where it shows none, or a field."""
    if not isinstance(rule, dict) or _kind(rule.get("scale"), scales) != "number":
        return None
    value = rule.get("value")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def dated(mark: Vega, scales: dict[str, str]) -> list[tuple[str, str]]:
    """Channels in which a mark shows a day that is in no data, each with its expression."""
    return [
        (channel, rule["signal"])
        for step in mark.get("encode", {}).values()
        for channel, rule in step.items()
        if isinstance(rule, dict) and "datum" not in rule.get("signal", "datum") and "scale" in rule
    ]


def _plain(field: str) -> str:
    """The name of a column that Vega may write with backslashes or between brackets."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"^\[['\"](.*)['\"]\]$", r"\1", field))


def _unquoted(name: str) -> str:
    try:
        return json.loads(name if name.startswith('"') else json.dumps(name[1:-1]))
    except ValueError:
        return name[1:-1]


def prettily(field: str) -> str:
    """The name of a field as an editor knows it: ``sum_value`` is the sum of value."""
    found = re.fullmatch(r"(sum|mean|average|median|min|max|count|stdev|variance|distinct|q1|q3)_(.+)", field)
    if field in ("__count", "count_*"):
        return "count of rows"
    return f"{found[1]} of {found[2]}" if found else field
