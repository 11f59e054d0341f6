"""Shared borders, simplified."""

from collections import Counter
from itertools import pairwise

import pytest
from regions import NAMES, geojson

from wavebook.charts.maps.topology import Topology


def grid(names=NAMES, points=40):
    return {
        feature["properties"]["naam"]: [
            [(round(x * 500), round(y * 500)) for x, y in ring[:-1]]
            for polygon in (
                feature["geometry"]["coordinates"]
                if feature["geometry"]["type"] == "MultiPolygon"
                else [feature["geometry"]["coordinates"]]
            )
            for ring in polygon
        ]
        for feature in geojson(names, points)["features"]
    }


def edges(rings):
    return Counter(frozenset(edge) for ring in rings for edge in pairwise([*ring, ring[0]]))


@pytest.mark.parametrize("least", [0, 5, 100, 3000])
def test_neighbours_keep_one_border_however_much_it_is_simplified(least):
    made = Topology(grid()).simplified(least)
    found = edges(ring for rings in made.values() for ring in rings)
    assert set(found.values()) == {1, 2}
    inside = [edge for edge, times in found.items() if times == 2]
    outside = edges([edge_ring for rings in made.values() for edge_ring in rings]) - Counter(inside) - Counter(inside)
    ends = Counter(spot for edge in outside for spot in edge)
    assert set(ends.values()) == {2}  # the outer border is closed: no gap has opened


def test_larger_corners_go_later_and_junctions_stay():
    topology = Topology(grid())
    sizes = [sum(len(ring) for rings in topology.simplified(least).values() for ring in rings) for least in (0, 5, 100)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 3 * sizes[2]
    least = {spot for rings in topology.simplified(1e9).values() for ring in rings for spot in ring}
    assert least <= {spot for rings in grid().values() for ring in rings for spot in ring}
    assert all(rings for name, rings in topology.simplified(1e9).items() if name == "Kustrand")  # its island


def test_an_enclave_and_the_hole_around_it_are_one_arc():
    topology = Topology(grid((*NAMES, "Klein")))
    made = topology.simplified(0)
    assert edges(made["Klein"]) - edges(made["Noordland"]) == Counter()


def test_rings_without_a_surface_are_left_out():
    made = Topology({"a": [[(0, 0), (1, 1)], [(0, 0), (0, 0), (5, 0)], [(0, 0), (5, 0), (5, 5)]]}).simplified(0)
    assert [len(ring) for ring in made["a"]] == [3]


def test_of_the_largest_corners_as_many_stay_as_are_asked_for():
    topology = Topology(grid())
    for most in (40, 100, 10**6):
        least = topology.least(most)
        kept = sum(weight >= least for weights in topology._weights for weight in weights)
        assert kept == min(most, sum(map(len, topology.arcs))) or kept > most  # of equals all
