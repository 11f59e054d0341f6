"""Files of shapes: what is read, how shapes and segments find each other, and what is said of those that do not."""

import json
import re

import pytest
from regions import NAMES, geojson, topojson, with_regions

from wavebook.definitions import shapes as module


def found(small):
    """The borders of the regions of a small book, by segment."""
    return small.load().definitions.shapes["region"].rings


def test_each_segment_has_its_borders_and_islands(small):
    rings = found(with_regions(small))
    assert [*rings] == [name.lower() for name in NAMES]
    assert [len(rings[name]) for name in ("noordland", "kustrand")] == [1, 2]
    assert rings["noordland"][0][0] == (4.0, 53.0)
    assert rings["noordland"][0][0] != rings["noordland"][0][-1]


def test_a_topology_is_read_with_its_shared_arcs(small):
    rings = found(with_regions(small, NAMES[:2], content=topojson()))
    assert len(rings["noordland"][0]) == len(rings["oostmark"][0]) == 6
    shared = set(rings["noordland"][0]) & set(rings["oostmark"][0])
    assert shared == {(5.0, 52.0), (5.0, 52.5), (5.3, 52.75), (5.0, 53.0)}


@pytest.mark.parametrize("called", ["N1", "noord-land", "Noórd land", "Northland"])
def test_a_shape_is_known_by_the_key_or_a_name_of_its_segment(small, called):
    with_regions(small, content=geojson((called, *NAMES[1:])))
    declared = 'noordland = {nl = "Noordland", en = "Noordland"}'
    small.edit("indicators.toml", declared, 'n1 = {nl = "Noord land", en = "Northland"}')
    small.row("2014", 9, segment="n1")
    assert "n1" in found(small)


def test_all_that_do_not_match_are_listed_both_ways(small):
    with_regions(small, content=geojson(("Noordlant", "Elders", *NAMES[2:])))
    assert small.problems() == [
        "W233 data/indicators.toml, segments.region.values: have no shape in data/regions.geojson: noordland, oostmark",
        "W233 data/regions.geojson: has shapes of no segment: Noordlant (noordland?), Elders",
    ]


def test_a_property_that_shapes_do_not_have_is_told_with_those_they_have(small):
    with_regions(small, content=geojson(field="statnaam"))
    (told,) = small.problems()
    assert told.startswith("W232 data/indicators.toml, segments.region.id: 6 of 6 shapes in data/regions.geojson")
    assert told.endswith("do not have a property naam; they have statnaam")


def test_without_a_property_a_shape_is_known_by_its_own_id(small):
    content = geojson()
    for feature in content["features"]:
        feature["id"] = feature["properties"].pop("naam")
    with_regions(small, content=content)
    small.edit("indicators.toml", 'id = "naam"\n', "")
    assert len(found(small)) == 6


POLYGON = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def feature(**geometry):
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON | geometry}]}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "cannot be read as JSON: .*"),
        (b"\xff\xfe{", "cannot be read as JSON: .*"),
        ("[" * 100_000, "(is nested too deep|cannot be read as JSON: .*)"),
        ([], "is neither GeoJSON nor TopoJSON"),
        ({"type": "Feature"}, "is neither a FeatureCollection nor a Topology"),
        (feature(type="Point"), "has no polygons"),
        (feature(coordinates=3), "has a Polygon that is no list of borders"),
        (feature(coordinates=[3]), "has a Polygon that is no list of borders|has a border that is no list of points"),
        (feature(type="MultiPolygon"), "has a border that is no list of points|has a point that is none: .*"),
        (feature(coordinates=[[[0, 0], ["1", 0], [1, 1]]]), r"has a point that is none: \['1', 0\]"),
        (feature(coordinates=[[[0, 0], [float("inf"), 0], [1, 1]]]), r"has a point that is none: \[inf, 0\]"),
        (feature(coordinates=[[[0, 0], [float("nan"), 0], [1, 1]]]), r"has a point that is none: \[nan, 0\]"),
        (feature(coordinates=[[[0, 0], [1e300, 0], [1, 1]]]), r"has a point that is none: \[1e\+300, 0\]"),
        (topojson() | {"arcs": []}, "names an arc that is not there: 0"),
        (topojson() | {"arcs": None}, "is a Topology without arcs or objects"),
        (topojson() | {"transform": {}}, "has a point that is none: None"),
    ],
)
def test_what_holds_no_shapes_is_told(small, content, says):
    with_regions(small)
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    small.write("regions.geojson", text)
    (told,) = small.problems()
    assert re.fullmatch(f"W231 data/regions.geojson: (?:{says})", told)


def test_a_small_file_that_stands_for_a_very_long_border_is_refused(small, monkeypatch):
    monkeypatch.setattr(module, "MOST", 100)
    content = topojson()
    content["objects"]["regions"]["geometries"][0]["arcs"] = [[0, 1] * 40]
    with_regions(small, NAMES[:2], content=content)
    assert small.problems() == ["W231 data/regions.geojson: has more than 100 points; simplify it first"]


def test_a_file_that_is_not_there_and_a_property_of_no_file_are_told(small):
    with_regions(small)
    small.path("regions.geojson").unlink()
    assert small.problems() == ["W231 data/regions.geojson: cannot be read: No such file or directory"]
    small.edit("indicators.toml", 'shapes = "regions.geojson"\n', "")
    assert small.problems() == ["W203 data/indicators.toml, segments.region.id: is of no shapes"]


@pytest.mark.parametrize("name", ["../regions.geojson", "maps/regions.geojson", "regions.shp", ".json"])
def test_shapes_lie_in_data_itself(small, name):
    with_regions(small)
    small.edit("indicators.toml", "regions.geojson", name)
    (told,) = small.problems()
    assert told.startswith("W203 data/indicators.toml, segments.region.shapes: string should match pattern")
