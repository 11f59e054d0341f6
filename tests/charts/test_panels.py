"""Panels in a grid."""

import json

from wavebook.charts.layout import Box, Spot
from wavebook.charts.marks import frame, spot_layers, text_layers
from wavebook.charts.panels import Panel, Panels
from wavebook.charts.spots import taken_out


def panel(heading, left=20, right=30, at=2):
    """A plot with as many points as ``at``, whose axis takes ``left`` px."""

    def draw(width):
        plot = width - left - right
        spots = [Spot(Box(0, plot, 20 * i, 20 * i + 20), Box(0, 9, 20 * i, 20 * i + 9)) for i in range(at)]
        layers = [*text_layers([{"x": 0, "y": 5, "text": heading}]), *spot_layers(spots)]
        return frame(layers, plot, 40, left=left, right=right)

    return Panel(heading, draw, at)


def test_panels_stand_in_a_grid_that_fills_the_width():
    spec = Panels([panel(name) for name in "abcde"], 640, 3).to_dict(validate=False)
    assert (spec["columns"], len(spec["concat"])) == (3, 5)
    width = {param["name"]: param["value"] for param in spec["params"]}["width"]
    assert spec["padding"]["left"] + width + spec["padding"]["right"] == 640
    assert len({part["width"] for part in spec["concat"]}) == 1
    assert spec["concat"][0]["width"] * 3 + spec["spacing"]["column"] * 2 == width


def test_panels_with_axes_of_different_widths_stay_within_the_width():
    spec = Panels([panel("a", left=60), panel("b", left=5), panel("c", right=90)], 640, 2).to_dict(validate=False)
    width = {param["name"]: param["value"] for param in spec["params"]}["width"]
    assert spec["padding"]["left"] + width + spec["padding"]["right"] <= 640
    assert spec["padding"]["right"] >= 90


def test_points_count_on_and_each_is_in_its_own_panel():
    spec = Panels([panel("a", at=2), panel("b", at=3), panel("c", at=1)], 640, 2).to_dict(validate=False)
    rest, spots = taken_out(spec, [])
    assert [point["area"][1] for point in spots["points"]] == [0, 20, 0, 20, 40, 0]
    assert [point["rings"][0][1] for point in spots["points"]] == [-3, 17, -3, 17, 37, -3]
    first, second = spec["concat"][0]["width"], spec["spacing"]["column"]
    below = spec["concat"][0]["height"] + spec["spacing"]["row"]
    origins = [point["origin"] for point in spots["points"]]
    assert origins == [(0, 0)] * 2 + [(first + second, 0)] * 3 + [(0, below)]
    assert [layer.get("name") for part in rest["concat"] for layer in part["layer"]] == [None] * 6


def test_each_panel_is_below_its_heading():
    spec = Panels([panel("een lange naam van een deel " * 3), panel("b")], 320, 1).to_dict(validate=False)
    heads = [part["layer"][0]["data"]["values"][0] for part in spec["concat"]]
    assert heads[0]["text"].count("\n") >= 1
    assert heads[1]["text"] == "b"
    assert all(head["y"] < 0 and head["x"] == -20 for head in heads)
    assert spec["padding"]["top"] >= -heads[0]["y"]
    assert "config" not in json.dumps(spec["concat"])
