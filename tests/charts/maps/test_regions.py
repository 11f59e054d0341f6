"""Regions at one width."""

import pytest
from regions import NAMES, geojson

from wavebook.charts.maps.regions import Atlas, hatching, lean
from wavebook.definitions import shapes


def atlas(names=NAMES, points=40):
    features = shapes._features(geojson(names, points))
    return Atlas({feature.named("naam"): feature.rings for feature in features})


def test_regions_fill_their_box_and_stay_in_it():
    for width, height in ((400, 900), (400, 100)):
        made = atlas().fitted(width, height, 10**6, (20, 30))
        left, right = min(r.box.x for r in made.values()), max(r.box.x2 for r in made.values())
        top, bottom = min(r.box.y for r in made.values()), max(r.box.y2 for r in made.values())
        assert (left, top) == (20, 30)
        assert right <= 20 + width + 0.1
        assert bottom <= 30 + height + 0.1
        assert right - left == pytest.approx(width, abs=1) or bottom - top == pytest.approx(height, abs=1)


@pytest.mark.parametrize("most", [4000, 1000])
def test_outlines_are_simplified_until_they_are_short_enough(most):
    made = atlas(points=400).fitted(400, 400, most, (0, 0))
    assert most / 4 < sum(len(region.path) for region in made.values()) <= most
    assert len(made) == len(NAMES)


def test_a_region_too_small_to_see_is_a_dot():
    made = atlas((*NAMES, "Klein")).fitted(400, 400, 10**6, (0, 0))
    assert [name for name, region in made.items() if region.is_dot] == ["Klein"]
    box = made["Klein"].box
    assert box.x2 - box.x == 10
    assert len(hatching(made["Klein"])) == 1


def test_the_middle_of_a_region_lies_in_it_and_so_does_its_hatching():
    made = atlas().fitted(400, 400, 10**6, (0, 0))
    for region in made.values():
        assert region.box.x < region.x - region.room / 2 < region.x + region.room / 2 < region.box.x2
        lines = hatching(region)
        assert len(lines) > 5
        ends = [(line[x], line[y]) for line in lines for x, y in (("x", "y"), ("x2", "y2"))]
        assert all(
            region.box.x - 1 < x < region.box.x2 + 1 and region.box.y - 1 < y < region.box.y2 + 1 for x, y in ends
        )


def test_a_hole_runs_the_other_way():
    made = atlas((*NAMES, "Klein"), 4).fitted(4000, 4000, 10**6, (0, 0))
    outer, hole = made["Noordland"].rings
    sides = [
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) > 0
        for ring in (outer, hole)
    ]
    assert sides[0] != sides[1]
    assert not made["Klein"].is_dot


@pytest.mark.parametrize(
    ("values", "side"),
    [([3, 3, 3, 1, 1, 1], "north"), ([1, 2, 3, 1, 2, 3], "east"), ([1, 3, 1, 3, 1, 3], ""), ([2, 2, 2, 2, 2, 2], "")],
)
def test_a_side_is_named_only_if_values_clearly_rise_towards_it(values, side):
    made = atlas().fitted(400, 400, 10**6, (0, 0))
    assert lean(made, dict(zip(NAMES, values, strict=True))) == side
    assert lean(made, {NAMES[0]: 1, NAMES[1]: 2}) == ""


def test_every_ring_of_a_path_ends_where_it_begins():
    made = atlas((*NAMES, "Klein"), 4).fitted(4000, 4000, 10**6, (0, 0))
    for region in made.values():
        rings = [ring.split("L") for ring in region.path.replace("Z", "").split("M")[1:]]
        assert all(ring[0] == ring[-1] for ring in rings)
    assert made["Noordland"].path.count("M") == made["Kustrand"].path.count("M") == 2


def test_of_many_regions_corners_stay_rather_than_tenths_of_a_px():
    squares = {
        str(i): [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]] for i in range(300) for x, y in [divmod(i, 20)]
    }
    made = Atlas(squares).fitted(380, 380, 17_000, (0, 0))
    assert all(region.path.count("L") == 4 for region in made.values())
    assert not any("." in region.path for region in made.values())
    assert sum(len(region.path) for region in made.values()) < 17_000


@pytest.mark.parametrize("line", [[(0, 0), (0, 5), (0, 9)], [(0, 0), (5, 0), (9, 0)], [(3, 3), (3, 3), (3, 3)]])
def test_shapes_without_a_surface_are_dots(line):
    made = Atlas({"a": [line]}).fitted(380, 400, 17_000, (0, 0))
    assert made["a"].is_dot
