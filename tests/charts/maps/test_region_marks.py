"""The marks of a map."""

from wavebook.charts.layout import Box
from wavebook.charts.maps.region_marks import areas, hatches, outlines, rings

ROWS = [{"at": 0, "path": "M0,0L5,0L5,5Z", "fill": "red"}]


def test_a_region_is_drawn_in_px_and_its_area_is_the_same_outline():
    drawn, area = outlines(ROWS)[0].to_dict(), areas(ROWS)[0].to_dict()
    assert drawn["mark"]["size"] == area["mark"]["size"] == 4  # at which Vega scales a shape by one
    assert drawn["encoding"]["shape"] == area["encoding"]["shape"]
    assert drawn["data"] == area["data"]
    assert area["name"] == "areas"


def test_a_ring_shows_only_around_the_region_that_is_explored():
    drawn = [layer.to_dict() for layer in rings(ROWS, {0: Box(0, 5, 0, 5)})]
    assert [layer["name"] for layer in drawn] == ["shown"] * 2


def test_without_lines_there_is_no_hatching():
    assert hatches([]) == []
