"""What readers meet who explore a chart, taken out of its picture."""

import pytest
from drawn import edition

from wavebook import charts
from wavebook.charts.layout import Box, Spot
from wavebook.charts.marks import at_px, block, frame, haloed, layer, spot_layers, strength, when_shown
from wavebook.charts.spots import taken_out

AREA, MARK = Box(0, 20, 0.04, 30), Box(8, 12, 10, 14)


def spec(*layers):
    return frame([part for several in layers for part in several], 100, 50, left=7.25, top=3).to_dict(validate=False)


@pytest.mark.parametrize(("dots", "ring"), [(True, [4.5, 6.5, 11, 11, 8.5]), (False, [5, 7, 10, 10, 2])])
def test_a_point_has_its_area_a_ring_around_its_mark_and_the_place_of_the_plot(dots, ring):
    rest, spots = taken_out(spec(spot_layers([Spot(AREA, MARK)], dots=dots), layer([{"x": 1}], "rect", {})), [])
    assert spots == {"left": 7.2, "top": 3, "points": [{"area": [0, 0, 20, 30, 0], "rings": [ring]}]}
    assert len(rest["layer"]) == 1


def test_a_text_is_told_once_though_it_is_drawn_with_its_halo_and_only_of_its_point():
    texts = when_shown(haloed([{"at": 1, **block(5, 10, ["6,6"])}]))
    rest, spots = taken_out(spec(texts, spot_layers([Spot(AREA, MARK)] * 2)), [])
    assert [point.get("texts") for point in spots["points"]] == [None, [[5, 18, "6,6"]]]
    assert rest["layer"] == []


def test_a_shape_is_a_path():
    rows = [{"at": 0, "path": "M0,0L1,1Z"}]
    shown = when_shown(layer(rows, "point", {}, **at_px()))
    (area,) = layer([{"path": "M0,0L2,2Z"}], "point", {}, **at_px())
    area["name"] = "areas"
    assert taken_out(spec(shown, [area]), [])[1]["points"] == [{"area": "M0,0L2,2Z", "rings": ["M0,0L1,1Z"]}]


def test_layers_within_layers_are_looked_into():
    inner = frame(spot_layers([Spot(AREA, MARK)]), 10, 10).to_dict(validate=False)
    rest, spots = taken_out({"layer": [{"layer": inner["layer"]}]}, [])
    assert rest == {"layer": [{"layer": []}]}
    assert (spots["left"], spots["top"], len(spots["points"])) == (0, 0, 1)


def test_marks_of_a_series_have_its_number_and_others_none():
    rows = [{"x": 1, "series": "b"}, {"x": 2, "series": "weg"}, {"x": 3}]
    made = spec(layer(rows, "rect", {}, opacity=strength()), layer(rows, "rect", {}))
    marked, plain = taken_out(made, ["a", "a", "b"])[0]["layer"]
    assert [row.get("of") for row in marked["data"]["values"]] == ["series 1", None, None]
    assert "opacity" not in marked["encoding"]
    assert plain["data"]["values"] == rows


def test_the_picture_has_the_number_of_each_series_and_no_other_trace_of_it():
    rows = [(year, name, value) for year in ("2008", "2014") for name, value in (("a", 6.5), ("b", 7.0))]
    chart = charts.lines("a", edition(rows, a=("grade", ()), b=("grade", ())).select("a", "b", waves="all"))
    for svg in chart.payload["svg"].values():
        assert {svg.count(f'data-of="{number}"') for number in (0, 1)} <= {1, 2, 3}
        assert 'data-of="2"' not in svg
        assert "aria-" not in svg.partition(">")[2]
        assert "series" not in svg
        assert "opacity" not in svg
