"""What a chart draws, with the row behind each mark."""

import json

import altair as alt
import pandas as pd

from wavebook.charts import renderer
from wavebook.charts.foreign.scene import ROW, scene_of
from wavebook.charts.foreign.specification import specification

FRAME = pd.DataFrame({"name": ["a'\"b", "c"], "v": [1 / 3, 20], "nothing": [None, None], "a.b": [1, 2]})


def drawn(chart):
    return scene_of(json.loads(renderer.compiled(json.dumps(specification(chart)))))


def test_each_mark_has_its_row_its_place_and_exact_numbers():
    scene = drawn(alt.Chart(FRAME).mark_bar().encode(x="v:Q", y="name:N"))
    one, other = scene.items
    assert (one.row[ROW], one.row["name"], one.row["v"]) == (1, "a'\"b", 1 / 3)
    assert "nothing" not in one.row
    assert one.row["a.b"] == 1
    assert other.box.x == one.box.x
    assert other.box.x2 > one.box.x2
    assert other.box.y > one.box.y2
    assert scene.origin[0] < other.box.x2 <= scene.width


def test_points_of_a_line_are_together_and_texts_have_a_role():
    scene = drawn(alt.Chart(FRAME, title="T").mark_line().encode(x="a\\.b:Q", y="v:Q"))
    assert [len(run) for run in scene.runs] == [2]
    assert ("title-text", "T") in scene.texts
    assert any(role == "axis-label" for role, _ in scene.texts)


def test_constants_are_noted_and_what_is_aggregated_has_no_row():
    rule = alt.Chart(FRAME).mark_rule().encode(y=alt.datum(7))
    scene = drawn(alt.Chart(FRAME).mark_point().encode(y="mean(v):Q") + rule)
    assert [constant.value for constant in scene.constants] == [7]
    mean = next(item for item in scene.items if "mean_v" in item.row)
    assert ROW not in mean.row


def test_texts_reach_as_far_as_the_widest_font_makes_them():
    long = FRAME.assign(name=["m" * 60, "c"])
    scene = drawn(alt.Chart(long).mark_text(align="left").encode(text="name", x="v:Q"))
    assert scene.right > scene.width
