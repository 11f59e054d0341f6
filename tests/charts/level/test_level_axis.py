"""An axis below level rows."""

import json

from wavebook.charts.layout import Axis
from wavebook.charts.level.level_axis import level_axis


def data(layers):
    return [row for part in layers for row in json.loads(json.dumps(part.to_dict(validate=False)))["data"]["values"]]


def test_each_tick_has_a_line_over_each_span_and_its_text_where_there_is_room():
    roomy = data(level_axis([0, 50, 100], ["0%", "50%", "100%"], Axis(0, 100, 0, 300), 90, [(0, 40), (50, 80)]))
    assert sum("y2" in row for row in roomy) == 3 * 2 + 3
    assert [row["text"] for row in roomy if "text" in row] == ["0%", "50%", "100%"]
    tight = data(level_axis([0, 50, 100], ["0%", "50%", "100%"], Axis(0, 100, 0, 60), 90, [(0, 40)]))
    assert [row["text"] for row in tight if "text" in row] == ["0%", "100%"]
