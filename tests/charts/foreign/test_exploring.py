"""What readers explore in a chart of an editor's own."""

import json

import altair as alt
import pytest
from opinions import opinions

from wavebook.charts import renderer
from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.exploring import explored
from wavebook.charts.foreign.fitting import Fitted
from wavebook.charts.foreign.judging import Judge
from wavebook.charts.foreign.scene import scene_of
from wavebook.charts.foreign.specification import specification

ALL = opinions().select("oordeel", waves="all")


def explore(chart, selection=ALL):
    spec = specification(chart)
    vega = json.loads(renderer.compiled(json.dumps(spec)))
    fit = Fitted(spec, vega, scene_of(vega))
    return explored({"wide": (fit, Judge("a", vega, fit.scene, Backing(selection)))}, selection)


def lines():
    return alt.Chart(ALL.frame).mark_line(point=True).encode(x="date:T", y="value:Q", color="label:N")


def test_points_are_in_series_oldest_first_with_their_values():
    points, spots = explore(lines())
    assert [[point["says"][1] for point in row] for row in points] == [
        ["41%", "44%", "38%"],
        ["30%", "32%", "29%"],
        ["20%", "17%", "22%"],
        ["9%", "7%", "11%"],
    ]
    assert points[1][0]["says"][0] == "Tevreden. Oordeel, 2008: "
    first = [point["area"] for point in spots["wide"]["points"]][:3]
    assert first == sorted(first)
    assert first[1][1] < first[0][1] < first[2][1]


def test_a_figure_that_is_not_drawn_has_no_area():
    points, spots = explore(lines().transform_filter(alt.datum.wave != "2010"))
    assert [len(row) for row in points] == [2, 2, 2, 2]
    assert len(spots["wide"]["points"]) == 8


@pytest.mark.parametrize(
    "chart",
    [
        lines().transform_filter("datum.key === 'oordeel.c0@2014'"),
        alt.Chart(ALL.frame).mark_geoshape().encode(color="value:Q"),
    ],
)
def test_a_single_point_or_a_map_is_not_explored(chart):
    assert explore(chart) == ([], {})
