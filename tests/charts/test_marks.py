"""The marks of a chart as layers."""

import altair as alt
import pytest

from wavebook.charts.layout import Axis, Box, Spot
from wavebook.charts.marks import block, frame, haloed, layer, scale_of, spot_layers, when_shown


def test_no_rows_make_no_layer():
    assert layer([], "rect", {}) == []
    (made,) = layer([{"x": 1}], "rect", {"color": "red"})
    assert made.to_dict()["data"]["values"] == [{"x": 1}]


def test_a_text_on_a_line_is_written_twice_and_the_halo_first():
    first, second = haloed([{"x": 0, "y": 0, "text": "6,9"}])
    assert "stroke" in first.to_dict()["mark"]
    assert "stroke" not in second.to_dict()["mark"]


def test_each_point_has_an_area_above_all_else_and_a_ring_when_it_is_shown():
    box = Box(0, 10, 0, 10)
    ring, areas = (part.to_dict() for part in spot_layers([Spot(box, box)]))
    assert (ring["name"], areas["name"]) == ("shown", "areas")
    assert [row["at"] for row in ring["data"]["values"]] == [0]


def test_a_frame_holds_the_layers_in_its_size():
    made = frame(when_shown(layer([block(0, 10, ["a", "b"])], "text", {})), 300, 100, left=20).to_dict()
    assert (made["width"], made["height"], made["padding"]["left"]) == (300, 100, 20)


@pytest.mark.parametrize("value", [0, 50, 100])
def test_vega_puts_a_value_where_the_axis_says(value):
    axis = Axis(0, 100, 16, 500)
    scale = scale_of(axis).to_dict()
    low, high = scale["domain"]
    start, stop = scale["range"]
    assert axis.px(value) == pytest.approx(start + (value - low) / (high - low) * (stop - start))
    assert isinstance(scale_of(axis), alt.Scale)
