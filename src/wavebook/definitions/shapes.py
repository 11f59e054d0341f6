"""Shapes of segments: the GeoJSON or TopoJSON file of a breakdown, read and matched with its segments both ways."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavebook.core import files
from wavebook.core.hints import nearest
from wavebook.core.problems import Problem
from wavebook.definitions.breakdowns import Breakdown

Point = tuple[float, float]
Ring = tuple[Point, ...]  # a border, not closed: from its last point it returns to its first

MOST = 2_000_000  # points of all shapes in a file: far more than any drawing shows
FARTHEST = 1e9  # a coordinate, in metres or degrees
_ACTION = "Restore it; polygons in GeoJSON or TopoJSON, one for each segment."
_POLYGONS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Shapes:
    """The borders of each segment of a breakdown, outer ones and holes alike, in the coordinates of their file."""

    rings: Mapping[str, tuple[Ring, ...]]


class FaultError(ValueError):
    """Error that a file holds no shapes; its text says why."""


def read_shapes(data: Path, segments: Mapping[str, Breakdown], problems: list[Problem]) -> dict[str, Shapes]:
    """The shapes of every breakdown that names a file of them; what is wrong with it joins ``problems``."""
    found = {}
    for name, breakdown in segments.items():
        place = f"data/indicators.toml, segments.{name}.id"
        if breakdown.shapes is None:
            if breakdown.id is not None:
                problems.append(Problem("W203", place, "is of no shapes", "Name their file with shapes."))
            continue
        try:
            content = files.read(data / breakdown.shapes, files.TABLE)
            features = _features(json.loads(content))
        except OSError as error:
            told = f"cannot be read: {error.strerror or error}"
            problems.append(Problem("W231", f"data/{breakdown.shapes}", told, _ACTION))
        except RecursionError:
            problems.append(Problem("W231", f"data/{breakdown.shapes}", "is nested too deep", _ACTION))
        except (ValueError, OverflowError) as error:  # of JSON, of texts that are no UTF-8, or of FaultError
            told = str(error) if isinstance(error, FaultError) else f"cannot be read as JSON: {error}"
            problems.append(Problem("W231", f"data/{breakdown.shapes}", told, _ACTION))
        else:
            faults = [*_unnamed(features, breakdown, place)]
            matched = {} if faults else _matched(features, breakdown)
            faults += [] if faults else _mismatches(features, matched, name, breakdown)
            problems += faults
            found[name] = Shapes({segment: matched[segment] for segment in breakdown.values if segment in matched})
    return found


# --- the file ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Feature:
    id: object
    properties: Mapping[str, object]
    rings: tuple[Ring, ...]

    def named(self, field: str | None) -> str:
        """What a shape is called by a property, or by its own id; empty where it has none."""
        value = self.id if field is None else self.properties.get(field)
        return str(value).strip() if isinstance(value, str | int | float) else ""


def _features(content: Any) -> list[_Feature]:
    """The features of a file that have polygons."""
    if not isinstance(content, dict):
        raise FaultError("is neither GeoJSON nor TopoJSON")
    budget = _Budget()
    if content.get("type") == "Topology":
        found = _topology(content, budget)
    elif content.get("type") == "FeatureCollection" and isinstance(content.get("features"), list):
        items = [item for item in content["features"] if isinstance(item, dict)]
        found = [_feature(item, item.get("geometry"), budget.ring) for item in items]
    else:
        raise FaultError("is neither a FeatureCollection nor a Topology")
    shaped = [feature for feature in found if feature.rings]
    if not shaped:
        raise FaultError("has no polygons")
    return shaped


class _Budget:
    """The points that a file may still have; a small one can name a long line very often."""

    def __init__(self) -> None:
        self.left = MOST

    def ring(self, points: Any) -> Ring:
        """A border as a file has it, which ends where it begins."""
        if not isinstance(points, list):
            raise FaultError("has a border that is no list of points")
        self.left -= len(points)
        if self.left < 0:
            raise FaultError(f"has more than {MOST} points; simplify it first")
        found = tuple(_point(point) for point in points)
        return found[:-1] if found and found[0] == found[-1] else found


def _point(given: Any) -> Point:
    match given:
        case [int() | float() as x, int() | float() as y, *_] if abs(x) <= FARTHEST and abs(y) <= FARTHEST:
            return float(x), float(y)
    raise FaultError(f"has a point that is none: {given!r:.40}")


def _feature(item: Mapping[str, Any], geometry: Any, ring: Any) -> _Feature:
    """A feature with the borders of its polygons; each of them is made by ``ring``."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    properties = item.get("properties")
    borders: list[Any] = []
    if kind in _POLYGONS:
        nested = geometry.get("arcs" if "arcs" in geometry else "coordinates")
        polygons = _list([nested] if kind == "Polygon" else nested, kind)
        borders = [border for polygon in polygons for border in _list(polygon, kind)]
    rings = tuple(found for border in borders if len(found := ring(border)) > 2)
    return _Feature(item.get("id"), properties if isinstance(properties, dict) else {}, rings)


def _list(given: Any, kind: str) -> list[Any]:
    if not isinstance(given, list):
        raise FaultError(f"has a {kind} that is no list of borders")
    return given


def _topology(content: Mapping[str, Any], budget: _Budget) -> list[_Feature]:
    """The features of all objects of a TopoJSON file."""
    arcs = content.get("arcs")
    if not isinstance(arcs, list) or not isinstance(content.get("objects"), dict):
        raise FaultError("is a Topology without arcs or objects")
    lines = [_line(arc, content.get("transform"), budget) for arc in arcs]

    def ring(numbers: Any) -> Ring:
        points: list[list[float]] = []
        for number in numbers if isinstance(numbers, list) else [None]:
            if type(number) is not int or not -len(lines) <= number < len(lines):
                raise FaultError(f"names an arc that is not there: {number!r:.20}")
            line = lines[number] if number >= 0 else lines[~number][::-1]
            budget.left -= len(line)
            if budget.left < 0:
                raise FaultError(f"has more than {MOST} points; simplify it first")
            points += line[1:] if points else line
        return budget.ring(points)

    return [
        _feature(item, item, ring)
        for thing in content["objects"].values()
        if isinstance(thing, dict)
        for item in (thing["geometries"] if isinstance(thing.get("geometries"), list) else [thing])
        if isinstance(item, dict)
    ]


def _line(arc: Any, transform: Any, budget: _Budget) -> list[list[float]]:
    """The points of an arc; in a quantised file each is given by its distance to the one before."""
    points = [_point(point) for point in arc] if isinstance(arc, list) else []
    budget.left -= len(points)
    if not isinstance(transform, dict):
        return [list(point) for point in points]
    scale, move = _point(transform.get("scale")), _point(transform.get("translate"))
    x = y = 0.0
    found = []
    for dx, dy in points:
        x, y = x + dx, y + dy
        found.append([x * scale[0] + move[0], y * scale[1] + move[1]])
    return found


# --- names ------------------------------------------------------------------------------------------------


def _plain(name: str) -> str:
    """A name without capitals, accents and marks, to compare."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "_", bare).strip("_")


def _unnamed(features: list[_Feature], breakdown: Breakdown, place: str) -> Iterator[Problem]:
    """Report that shapes have no name in the property that is declared, and which properties they have."""
    without = [feature for feature in features if not feature.named(breakdown.id)]
    if without:
        known = sorted({name for feature in without for name, value in feature.properties.items() if value is not None})
        what = f"a property {breakdown.id}" if breakdown.id else "an id of their own"
        found = f"{len(without)} of {len(features)} shapes in data/{breakdown.shapes} do not have {what}"
        listed = f"; they have {', '.join(known)}" if known else ""
        yield Problem("W232", place, found + listed, "Name the property that says which segment a shape is.")


def _by_name(breakdown: Breakdown) -> dict[str, str]:
    """Segments by their keys, and by their names in any language as far as no two have the same."""
    named = [(_plain(text), segment) for segment, told in breakdown.values.items() for text in set(told.words.values())]
    times = Counter(name for name, _ in set(named))
    names = {name: segment for name, segment in named if times[name] == 1}
    return names | {_plain(segment): segment for segment in breakdown.values}


def _matched(features: list[_Feature], breakdown: Breakdown) -> dict[str, tuple[Ring, ...]]:
    """The borders of segments; several shapes of one segment are together its shape."""
    names, found = _by_name(breakdown), dict[str, tuple[Ring, ...]]()
    for feature in features:
        if segment := names.get(_plain(feature.named(breakdown.id))):
            found[segment] = (*found.get(segment, ()), *feature.rings)
    return found


def _mismatches(
    features: list[_Feature], matched: Mapping[str, object], name: str, breakdown: Breakdown
) -> Iterator[Problem]:
    """Report all shapes that are of no segment, and all segments without a shape."""
    names = _by_name(breakdown)
    shapes = list(dict.fromkeys(feature.named(breakdown.id) for feature in features))
    strange = [shape for shape in shapes if _plain(shape) not in names]
    if strange:
        near = {shape: names[close] for shape in strange if (close := nearest(_plain(shape), names))}
        told = [f"{shape} ({near[shape]}?)" if shape in near else shape for shape in strange]
        action = f"Declare them in [segments.{name}.values], correct their names, or take them out of the file."
        yield Problem("W233", f"data/{breakdown.shapes}", f"has shapes of no segment: {', '.join(told)}", action)
    bare = [segment for segment in breakdown.values if segment not in matched]
    if bare:
        found = f"have no shape in data/{breakdown.shapes}: {', '.join(bare)}"
        action = "Add their shapes, or give a segment the key or the name that its shape has."
        yield Problem("W233", f"data/indicators.toml, segments.{name}.values", found, action)
