"""Classes of values on a ramp."""

from decimal import Decimal

import pytest
from drawn import edition

from wavebook.charts.ramp import Entry, Ramp, legend
from wavebook.core.units import built_in


def figures(values, unit="percent"):
    found = edition([("2014", f"a.c{i}", v) for i, v in enumerate(values)], a=(unit, [str(v) for v in values]))
    return list(found.select("a"))


@pytest.mark.parametrize(
    ("values", "unit", "limits"),
    [
        ([26, 74, 39, 45, 49, 54, 60, 67], "percent", [40, 50, 60, 70]),
        ([1, 99], "percent", [20, 40, 60, 80]),
        ([6.1, 6.4, 6.8, 7.2, 7.5], "grade", ["6.5", "7.0"]),
        ([6.8, 6.9, 7.0], "grade", ["6.9"]),
        ([50, 50], "percent", []),
        ([0, 1], "percent", [1]),
        ([1234567, 98], "count", []),
    ],
)
def test_limits_are_round_and_no_more_than_the_ramp_has_steps(values, unit, limits):
    drawn = figures(values, unit)
    ramp = Ramp.of(drawn)
    assert len(ramp.limits) <= 4
    assert {ramp.class_of(f) for f in drawn} >= {0}
    if limits:
        assert ramp.limits == tuple(map(Decimal, limits))
    classes = sorted((f.number, ramp.class_of(f)) for f in drawn)
    assert [one for _, one in classes] == sorted(one for _, one in classes)


def test_a_value_is_in_the_class_that_its_printed_form_is_in():
    low, printed = figures([39.6, 20])
    ramp = Ramp.of([low, printed], (0, 100))
    assert ramp.words("nl") == ["onder 20%", "20% tot 40%", "40% tot 60%", "60% tot 80%", "80% en hoger"]
    assert [ramp.class_of(low), ramp.class_of(printed)] == [2, 1]
    assert "ramp-3" in ramp.fill(low)
    assert "ramp-text-3" in ramp.ink(low)


def test_one_value_is_one_class():
    assert Ramp.of(figures([50])).words("en") == ["all values"]


def test_a_legend_takes_the_lines_it_needs():
    drawn = figures([0, 100, 20, 40])
    ramp = Ramp.of(drawn, (0, 100))
    entries = [Entry("red", text) for text in ramp.words("en")]
    (_, wide, low), (_, narrow, lower) = (legend(built_in("percent"), entries, "en", width) for width in (640, 200))
    assert low < lower
    assert all(box.x2 < 200 for box in narrow)
    assert len(wide) == 5
