"""Bars and the axis they stand on."""

from drawn import edition

from wavebook.charts.level.bar_marks import Bar, bar_axis
from wavebook.charts.options import Options

FOUND = edition(
    [("2014", "deel.c0", 40), ("2014", "verschil", -5), ("2014", "gevallen", 1234567)],
    deel=("percent", ("A",)),
    verschil=("percentage_point", ()),
    gevallen=("count", ()),
)


def test_an_axis_runs_from_zero_to_the_whole_and_leaves_room_for_the_value():
    axis = bar_axis([FOUND["deel.c0"]], 600, Options(FOUND))
    assert (axis.low, axis.high, axis.start, axis.stop) == (0, 100, 0, 600)
    narrow = bar_axis([FOUND["gevallen"]], 200, Options(FOUND))
    assert narrow.low == 0
    assert narrow.px(1234567) + 60 < 200


def test_a_bar_lies_between_zero_and_its_value_on_either_side():
    below = Bar(FOUND["verschil"], "v", 10, 18, "red")
    box = below.box(bar_axis([below.figure], 600, Options(FOUND)))
    assert box.x < box.x2
    assert (box.y, box.y2) == (10, 28)
