"""The marks of lines: labels at their ends, strokes, and the areas of a reader who explores them."""

from drawn import edition, plan_of, provinces

from wavebook.charts.layout import Axis
from wavebook.charts.through_time.line_marks import Field, areas, end_label, ground_of
from wavebook.charts.through_time.placing import text_box

FIELD = Field(Axis(2008, 2014, 20, 400), Axis(0, 80, 250, 0), 406, 250, True)


def test_a_label_at_the_end_has_value_and_name_and_the_wave_of_a_series_that_stopped():
    rows = [("2008", "a", 20), ("2010", "a", 30), ("2008", "b", 10), ("2014", "b", 12)]
    plan = plan_of(edition(rows, a=("percent", ()), b=("percent", ())).select("a", "b", waves="all"))
    one, other = (end_label(row, True, True, plan) for row in plan.rows)
    assert (one.value, one.name) == ("30% (2010)", ["a"])
    assert (other.value, other.name) == ("12%", ["b"])
    assert one.height == other.height


def test_a_name_stands_below_its_value_where_it_is_narrow_unless_there_are_many():
    few = plan_of(edition([("2008", "a", 20), ("2014", "a", 30)], a=("percent", ())).select("a", waves="all"))
    assert end_label(few.rows[0], True, True, few).indent
    assert not end_label(few.rows[0], True, False, few).indent
    many = plan_of(provinces())
    assert all(end_label(row, False, False, many).indent for row in many.rows)
    assert all(end_label(row, False, False, many).width < 150 for row in many.rows)


def test_each_point_has_an_area_of_its_own():
    plan = plan_of(provinces())
    found = areas(FIELD, plan)
    assert len(found) == len(plan.drawn)
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            assert min(min(one.x2, other.x2) - max(one.x, other.x), min(one.y2, other.y2) - max(one.y, other.y)) < 0.01


def test_texts_keep_off_the_dots_of_series_in_colour():
    plan = plan_of(provinces(), highlight="c7")
    ground = ground_of(FIELD, plan, 10)
    x, y = FIELD.at(plan.rows[7].figures[1], plan)
    assert not ground.is_free(text_box(x, y, ["12%"]))
    assert ground.crossed(text_box(x, y, ["12%"]))
