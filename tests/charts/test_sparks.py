"""Sparks: lines the size of a word."""

import re

import pytest
from drawn import broken, edition

from wavebook.charts.sparks import HEIGHT, WIDTH, sparks

PERCENT = ("percent", ())


def ends(svg):
    """The lines of a spark as (x, y, x, y), and its dots as (x, y)."""
    lines = [tuple(map(float, found)) for found in re.findall(r'd="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"', svg)]
    return lines, [tuple(map(float, found)) for found in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]


def drawn(rows, *sets, **options):
    found = edition(rows, **options)
    return sparks([[found.series(key) for key in keys] for keys in sets], found)


def steepness(svg):
    """How far the line goes up or down in all."""
    heights = [y for line in ends(svg)[0] for y in line[1::2]]
    return max(heights) - min(heights)


@pytest.mark.parametrize("kind", ["noted", "full"])
def test_no_line_runs_through_a_break(kind):
    rows = [(year, "a", 30) for year in ("2008", "2010", "2013", "2014")]
    ((svg,),) = drawn(rows, ["a"], breaks=[broken(kind)], a=PERCENT)
    lines, dots = ends(svg)
    assert len(lines) == 2
    assert len(dots) == 1
    x = 5 + (2011.5 - 2008) / 6 * (WIDTH - 10)
    assert f'<line x1="{x:g}" x2="{x:g}"' in svg


def test_a_figure_between_two_breaks_is_a_dot():
    rows = [(year, "a", 30) for year in ("2008", "2010", "2013")]
    ((svg,),) = drawn(rows, ["a"], breaks=[broken("full")], wave="2013", a=PERCENT)
    assert [len(found) for found in ends(svg)] == [1, 1]
    ((svg,),) = drawn(rows[1:], ["a"], breaks=[broken("full")], wave="2013", a=PERCENT)
    assert [len(found) for found in ends(svg)] == [0, 2]


def test_waves_that_nobody_knows_are_dotted():
    rows = [("2008", "a", 30), ("2014", "a", 40), ("2010", "b", 1)]
    ((svg,),) = drawn(rows, ["a"], a=PERCENT, b=PERCENT)
    lines, dots = ends(svg)
    assert 'stroke-dasharray="0 4"' in svg
    assert (lines[0][:2], lines[0][2:]) == (dots[0], dots[1])


def test_all_sparks_of_a_page_have_one_axis_of_time():
    rows = [("2008", "a", 30), ("2014", "a", 40), ("2010", "b", 6.1), ("2014", "b", 6.9), ("2008", "c", 1)]
    found = drawn(rows, ["a"], ["b"], a=PERCENT, b=("grade", ()), c=PERCENT)
    (long,), (short,) = (ends(svg)[0] for (svg,) in found)
    assert long[0] == 5
    assert short[0] == pytest.approx(5 + (WIDTH - 10) / 3, abs=0.1)
    assert long[2] == short[2] == WIDTH - 5


def test_sparks_that_stand_together_have_one_scale():
    rows = [("2008", "a", 20), ("2014", "a", 60), ("2008", "b", 70), ("2014", "b", 80)]
    kinds = {"a": PERCENT, "b": PERCENT}
    ((one, other),) = drawn(rows, ["a", "b"], **kinds)
    assert steepness(one) == pytest.approx(HEIGHT - 10, abs=0.2)
    assert steepness(other) == pytest.approx(steepness(one) / 4, abs=0.2)
    _, (apart,) = drawn(rows, ["a"], ["b"], **kinds)
    assert steepness(apart) == pytest.approx(HEIGHT - 10, abs=0.2)


def test_a_change_that_text_calls_hardly_one_is_no_plunge():
    rows = [("2008", "a", 6.9), ("2014", "a", 6.8), ("2008", "b", 20), ("2014", "b", 19)]
    for (svg,) in drawn(rows, ["a"], ["b"], a=("grade", ()), b=PERCENT):
        assert 0 < steepness(svg) < HEIGHT / 8


def test_a_change_within_the_intervals_is_no_plunge():
    rows = [("2008", "a", 40, {"ci_low": 32, "ci_high": 48}), ("2014", "a", 30, {"ci_low": 22, "ci_high": 38})]
    ((svg,),) = drawn(rows, ["a"], a=PERCENT)
    assert steepness(svg) < HEIGHT / 4


def test_a_rounded_figure_beside_an_estimate_shows_no_fall_that_is_none():
    ((svg,),) = drawn([("2008", "a", 7.0), ("2014", "a", 6.97)], ["a"], a=("grade", ()))
    assert steepness(svg) == 0


def test_a_page_without_sparks_has_none():
    assert drawn([("2008", "a", 30)], a=PERCENT, wave="2008") == []
