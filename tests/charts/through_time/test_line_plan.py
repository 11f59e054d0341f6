"""The plan of a line chart: colours, and the values that are written."""

import pytest
from drawn import edition, plan_of, provinces

from wavebook.charts.marks import HUES
from wavebook.charts.options import Options
from wavebook.charts.through_time.line_plan import QUIET, SHAPES, Plan, peaks

PERCENT = ("percent", ())


@pytest.fixture(scope="module")
def four():
    rows = [(year, f"a.c{i}", 10 * i + 10) for year in ("2008", "2014") for i in range(4)]
    return edition(rows, a=("percent", ("een", "twee", "drie", "vier"))).select("a", waves="all")


def test_four_series_have_a_colour_and_a_shape_each(four):
    plan = plan_of(four)
    assert (plan.hues, tuple(plan.shapes)) == (HUES, SHAPES)


def test_of_four_series_one_that_is_highlighted_keeps_its_colour_and_shape(four):
    plan = plan_of(four, highlight="c2")
    assert plan.hues == [QUIET, QUIET, HUES[2], QUIET]
    assert plan.shapes[2] == SHAPES[2]


def test_of_many_series_none_is_in_colour_unless_it_is_highlighted():
    assert set(plan_of(provinces()).hues) == {QUIET}
    lit = plan_of(provinces(), highlight=["c6", "c2"])
    assert [hue for hue in lit.hues if hue != QUIET] == HUES[:2]
    assert lit.lit == [i in (2, 6) for i in range(8)]


def test_the_peaks_of_a_series_are_the_values_that_its_ends_do_not_have():
    rows = [("2008", "a", 13), ("2009", "a", 20), ("2010", "a", 13), ("2013", "a", 8), ("2014", "a", 8)]
    found = edition(rows, a=PERCENT)
    assert [str(f.key) for f in peaks(found.series("a"))] == ["a@2009"]
    assert peaks(found.series("a")[:1]) == []


def test_a_peak_that_readers_see_as_its_end_is_none():
    found = edition([("2008", "a", 13.2), ("2010", "a", 13.4), ("2014", "a", 13.3)], a=PERCENT)
    assert peaks(found.series("a")) == []


def test_a_grey_series_among_many_has_its_last_value_only():
    plan = plan_of(provinces(), highlight="c7")
    assert sorted(key.wave for key in plan.written if key.category == "c1") == ["2014"]
    assert {key.wave for key in plan.written if key.category == "c7"} == {"2008", "2010", "2014"}


def test_a_remark_about_a_wave_is_at_a_series_in_colour():
    ((figure, text),) = plan_of(provinces(), highlight="c7", note={"2010": "nieuw"}).notes
    assert (str(figure.key), text) == ("a.c7@2010", "nieuw")
    ((figure, _),) = plan_of(provinces(), note={"c3": "nieuw"}).notes
    assert str(figure.key) == "a.c3@2014"


def test_dots_that_would_touch_are_left_to_written_values_and_lone_figures():
    rows = [(year, "a", value) for year, value in {"2008": 10, "2009": 11, "2010": 30, "2013": 20, "2014": 21}.items()]
    breaks = [{"from": "2013", "to": "2014", "kind": "noted", "reason": {"nl": "x", "en": "x"}}]
    plan = plan_of(edition(rows, breaks=breaks, a=PERCENT).select("a", waves="all"))
    assert [f.key.wave for f in plan.dotted(dense=False)[0]] == ["2008", "2009", "2010", "2013", "2014"]
    assert [f.key.wave for f in plan.dotted(dense=True)[0]] == ["2008", "2010", "2014"]


def test_a_grey_series_among_many_has_a_dot_at_its_end_and_where_no_line_leads_to_it():
    rows = [(year, f"a.c{i}", 20 + i) for year in ("2008", "2010", "2013", "2014") for i in range(5)]
    breaks = [{"from": a, "to": b, "kind": "full", "reason": {"nl": "x", "en": "x"}} for a, b in (("2008", "2010"),)]
    plan = plan_of(edition(rows, breaks=breaks, a=("percent", tuple("abcde"))).select("a", waves="all"))
    assert [f.key.wave for f in plan.dotted(dense=False)[0]] == ["2008", "2014"]


def test_where_nothing_is_highlighted_in_an_edition_all_keep_their_colours(four):
    plan = Plan.of(plan_of(four).rows, (), Options(four.figures, highlight=("elsewhere",)))
    assert plan.lit == [True] * 4
