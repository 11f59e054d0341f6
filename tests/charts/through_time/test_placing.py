"""Places for texts in a plot."""

import pytest

from wavebook.charts.layout import Box
from wavebook.charts.through_time.placing import Ground, around, distance, nearest, text_box

PLOT = Box(0, 200, 0, 100)
SMALL = Box(40, 60, 40, 60)


def test_a_text_stands_within_the_plot_and_on_no_other():
    ground = Ground(PLOT)
    assert ground.best([(Box(-1, 20, 0, 10), 0), (Box(190, 201, 0, 10), 0), (SMALL, 5)]) == SMALL
    assert ground.best([(SMALL, 0)]) is None  # it is taken
    assert ground.best([(SMALL.wider(-12), 0), (Box(60, 80, 40, 60), 9)]) == Box(60, 80, 40, 60)


def test_a_text_rather_stands_farther_off_than_across_a_line_but_not_much_farther():
    for far, chosen in ((10, Box(100, 120, 10, 30)), (30, SMALL)):
        ground = Ground(PLOT)
        ground.cross([(0, 50), (90, 50), (90, 0)])
        assert ground.best([(SMALL, 0), (Box(100, 120, 10, 30), far)]) == chosen


def test_a_text_rather_stands_a_bit_farther_off_than_on_the_grid():
    ground = Ground(PLOT)
    ground.rule([50])
    assert ground.best([(SMALL, 0), (Box(40, 60, 60, 80), 4)]) == Box(40, 60, 60, 80)
    assert ground.best([(SMALL, 0), (Box(40, 60, 80, 99), 6)]) == SMALL


def test_a_text_that_must_not_cross_a_line_is_left_out():
    ground = Ground(PLOT)
    ground.cross([(0, 0), (100, 100)])
    assert ground.best([(SMALL, 0)], on_lines=False) is None


def test_a_dot_is_covered_only_where_that_is_allowed():
    ground = Ground(PLOT)
    ground.dot([Box(48, 52, 48, 52)])
    assert not ground.is_free(SMALL)
    assert ground.best([(SMALL, 0)]) is None
    assert ground.best([(SMALL, 0)], on_dots=True) == SMALL


@pytest.mark.parametrize(
    ("line", "crossed"),
    [
        ([(0, 50), (100, 50)], 1),
        ([(50, 0), (50, 100)], 1),
        ([(0, 0), (100, 100)], 1),
        ([(0, 0), (30, 30)], 0),
        ([(0, 90), (90, 0)], 1),
        ([(0, 30), (100, 30)], 0),
        ([(45, 45), (55, 55)], 1),
    ],
)
def test_a_line_through_a_box_is_counted(line, crossed):
    ground = Ground(PLOT)
    ground.cross(line)
    assert ground.crossed(SMALL) == crossed


def test_what_lies_on_the_way_is_met():
    ground = Ground(PLOT)
    ground.cross([(50, 0), (50, 100)])
    ground.dot([Box(70, 80, 45, 55)])
    assert ground.met((40, 50), (45, 50)) == 0
    assert ground.met((10, 50), (60, 50)) == 1
    assert ground.met((10, 50), (100, 50)) == 2


def test_the_nearest_place_is_above_or_below_as_asked():
    above, _ = min(around((100, 50), ["12%"], 5), key=lambda pair: pair[1])
    below, _ = min(around((100, 50), ["12%"], 5, below=True), key=lambda pair: pair[1])
    assert above.y2 < 45
    assert below.y > 55
    assert (above.x + above.x2) / 2 == (below.x + below.x2) / 2 == pytest.approx(100)


def test_the_distance_of_a_place_to_a_box():
    assert distance(SMALL, (50, 50)) == 0
    assert distance(SMALL, (63, 64)) == 5
    assert nearest(SMALL, (63, 50)) == (60, 50)


def test_the_box_of_a_text_has_a_line_for_each():
    one, two = text_box(50, 50, ["ab"]), text_box(50, 50, ["ab", "a"])
    assert (one.y2 - one.y, two.y2 - two.y) == (14, 30)
    assert one.x2 - one.x == two.x2 - two.x
