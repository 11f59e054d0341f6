"""A chart drawn in both widths."""

import json

from wavebook.charts.drawing import draw_both
from wavebook.charts.layout import WIDTHS
from wavebook.charts.marks import frame, layer


def test_both_widths_are_drawn_with_ids_of_the_chart_and_the_wide_one_is_told():
    def draw(width):
        return frame(layer([{"x": 1}], "rect", {"color": "red", "width": 5, "height": 5}), width, 50)

    made = draw_both("proef", draw)
    assert made.svg.keys() == made.spots.keys() == WIDTHS.keys()
    assert json.loads(made.spec)["width"] == WIDTHS["wide"]
    assert all(f'viewBox="0 0 {width} ' in made.svg[name] for name, width in WIDTHS.items())
