"""A table as a picture to share."""

import pandas as pd
import pytest
from drawn import texts

from wavebook.charts.foreign.cells import grid_of
from wavebook.charts.foreign.table_picture import drawn_table
from wavebook.charts.svg import size

TABLE = pd.DataFrame({"wie": ["een lange naam <b>", "b"], "2010": ["12%", "3%"], "2014": ["20%", "4%"]})
WIDE = TABLE.join(TABLE[["2010", "2014"]].rename(columns=lambda name: f"{name} en nog veel meer woorden")).assign(
    nog="-"
)


@pytest.mark.parametrize("width", [640, 320])
@pytest.mark.parametrize("table", [TABLE, WIDE])
def test_every_text_is_within_the_picture(table, width):
    svg = drawn_table(grid_of(table), width)
    found = texts(svg)
    assert size(svg)[0] == width
    assert all(left >= -1 and right <= width + 1 and bottom <= size(svg)[1] for _, left, _, right, bottom in found)
    shown = " ".join(text for text, *_ in found)
    assert all(part in shown for part in ("een lange naam <b>", "12%", "4%"))


def test_columns_without_room_beside_each_other_stand_below_each_other():
    lefts = [left for text, left, *_ in texts(drawn_table(grid_of(WIDE), 320)) if text in ("12%", "20%")]
    assert max(lefts) - min(lefts) < 1
    tops = {text: top for text, _, top, *_ in texts(drawn_table(grid_of(TABLE), 320))}
    assert tops["12%"] == tops["20%"]


def test_a_cell_of_several_rows_stands_once_and_the_others_beside_it():
    html = (
        "<table><thead><tr><th rowspan=2>wie</th><th colspan=2>jaar</th></tr><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><th>x</th><td>1</td><td>2</td></tr></tbody></table>"
    )
    table = type("Table", (), {"to_html": lambda self: html})()
    places = {text: (left, top) for text, left, top, *_ in texts(drawn_table(grid_of(table), 640))}
    assert places["a"][1] > places["jaar"][1]
    assert places["a"][0] > places["wie"][0]
