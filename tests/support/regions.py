"""Made-up regions that share winding borders: as shapes in a file, and as a breakdown of the small book."""

import json
import math

NAMES = ("Noordland", "Oostmark", "Zuidhoek", "Westerwolde", "Middelveld", "Kustrand")
COLUMNS = 3
WEST, NORTH, SIZE = 4.0, 53.0, 0.8  # degrees


def _way(start, end, points):
    """A winding line between two crossings of the borders, the same from both sides."""
    if start > end:
        return _way(end, start, points)[::-1]
    (x, y), (x2, y2) = start, end
    along = [i / points for i in range(points + 1)]
    bend = [0.06 * math.sin(math.pi * t) * math.sin(9 * t + 5 * x + 3 * y) for t in along]
    return [
        (round(x + (x2 - x) * t - (y2 - y) * b, 6), round(y + (y2 - y) * t + (x2 - x) * b, 6))
        for t, b in zip(along, bend, strict=True)
    ]


def borders(number, points=40):
    """The border of region ``number``, closed."""
    row, column = divmod(number, COLUMNS)
    west, north = WEST + column * SIZE, NORTH - row * SIZE * 0.6
    corners = [(west, north), (west, north - SIZE * 0.6), (west + SIZE, north - SIZE * 0.6), (west + SIZE, north)]
    corners = [(round(x, 6), round(y, 6)) for x, y in corners]
    ring = [p for a, b in zip(corners, [*corners[1:], corners[0]], strict=True) for p in _way(a, b, points)[:-1]]
    return [*ring, ring[0]]


def square(x, y, size):
    """A closed square."""
    return [(x, y), (x, y - size), (x + size, y - size), (x + size, y), (x, y)]


def geojson(names=NAMES, points=40, field="naam"):
    """Regions as GeoJSON; the last has an island, and a seventh name is a tiny region inside the first."""
    features = []
    hole = square(WEST + 0.4, NORTH - 0.2, 0.012)
    for number, name in enumerate(names[: len(NAMES)]):
        polygons = [[borders(number, points)]]
        if number == 0 and len(names) > len(NAMES):
            polygons[0].append(hole)
        if number == len(NAMES) - 1:
            polygons.append([square(WEST + 2.6, NORTH - 0.5, 0.1)])
        features.append({"type": "Feature", "properties": {field: name}, "geometry": {"type": "MultiPolygon"}})
        features[-1]["geometry"]["coordinates"] = polygons
    for name in names[len(NAMES) :]:
        shape = {"type": "Polygon", "coordinates": [hole[::-1]]}
        features.append({"type": "Feature", "properties": {field: name}, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def topojson():
    """Two regions beside each other that share an arc, in a quantised topology."""
    arcs = [
        [[0, 0], [0, 10], [3, 5], [-3, 5]],
        [[0, 20], [-10, 0], [0, -20], [10, 0]],
        [[0, 0], [10, 0], [0, 20], [-10, 0]],
    ]
    shapes = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"naam": NAMES[0]}},
        {"type": "Polygon", "arcs": [[2, ~0]], "properties": {"naam": NAMES[1]}},
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.05], "translate": [5, 52]},
        "arcs": arcs,
        "objects": {"regions": {"type": "GeometryCollection", "geometries": shapes}},
    }


DECLARED = """
[segments.region]
nl = "regio"
en = "region"
shapes = "regions.geojson"
id = "naam"
[segments.region.values]
"""
VALUES = ("6.1", "6.4", "6.8", "7.2", "7.5", "6.9", "6.6")


def with_regions(small, names=NAMES, hidden=(), content=None, wave="2014"):
    """Give a small book a breakdown into regions, with a grade in each; ``hidden`` have too few respondents."""
    values = "".join(f'{name.lower()} = {{nl = "{name}", en = "{name}"}}\n' for name in names)
    small.edit("indicators.toml", "[bases.people]", DECLARED + values + "\n[bases.people]")
    small.write("regions.geojson", json.dumps(content or geojson(names)))
    for name, value in zip(names, VALUES, strict=False):
        known = {"value": "", "status": "suppressed"} if name in hidden else {"value": value}
        small.add(wave, indicator="grade", segment_by="region", segment=name.lower(), unit="grade", **known)
    return small
