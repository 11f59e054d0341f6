import datetime
from itertools import pairwise

import pytest

from wavebook.core import periods
from wavebook.core.periods import Period, declared, following, named


def days(text):
    return Period(*map(datetime.date.fromisoformat, text.split()))


@pytest.mark.parametrize(
    ("name", "between"),
    [
        ("2018", "2018-01-01 2018-12-31"),
        ("2023H1", "2023-01-01 2023-06-30"),
        ("2023-h2", "2023-07-01 2023-12-31"),
        ("2024Q1", "2024-01-01 2024-03-31"),
        ("2024-Q4", "2024-10-01 2024-12-31"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2023-02", "2023-02-01 2023-02-28"),
        ("2023-W07", "2023-02-13 2023-02-19"),
        ("2020W53", "2020-12-28 2021-01-03"),
        ("2024-03-05", "2024-03-05 2024-03-05"),
    ],
)
def test_a_name_of_a_time_is_its_first_and_last_day(name, between):
    assert named(name) == days(between)
    assert periods.parts(name).numbers[0] == int(name[:4])


@pytest.mark.parametrize(
    "name", ["R8", "2024-13", "2024Q5", "2023H3", "2023-W60", "2024-02-30", "24", "٢٠١٨", "", "0999"]
)
def test_any_other_name_is_none(name):
    assert named(name) is None


@pytest.mark.parametrize(
    ("value", "between"),
    [
        (["2016-08-31", "2017-02-27"], "2016-08-31 2017-02-27"),
        ([datetime.date(2016, 8, 31), "2017-02"], "2016-08-31 2017-02-28"),
        ("2016-09..2017-02", "2016-09-01 2017-02-28"),
        ("2016Q3", "2016-07-01 2016-09-30"),
        ("2017..2016", None),
        ("", None),
        ([], None),
        (["2016", "2017", "2018"], None),
        (2016, None),
        ("spring", None),
    ],
)
def test_a_period_is_declared_by_its_ends(value, between):
    assert declared(value) == (days(between) if between else None)


def test_the_middles_of_periods_are_as_far_apart_as_they_are_in_time():
    assert [named(name).middle for name in ("2012", "2013", "2014")] == [2012, 2013, 2014]
    assert all(type(named(name).middle) is int for name in ("2012", "2013"))
    quarters = [named(f"2023Q{n}").middle for n in (1, 2, 3, 4)]
    assert [b - a for a, b in pairwise(quarters)] == pytest.approx([0.25] * 3, abs=0.003)
    assert named("2023H1").middle < named("2023").middle < named("2023H2").middle


def test_what_follows_a_name_is_the_next_of_its_kind():
    pairs = {"2014": "2015", "2014-12": "2015-01", "2014-Q3": "2014-Q4", "2014Q4": "2015Q1", "2014H2": "2015H1"}
    pairs |= {
        "2020-W53": "2021-W01",
        "2024-02-29": "2024-03-01",
        "R9": "R10",
        "round-09": "round-10",
        "2009-a1": "2009-a2",
    }
    assert {name: following(name) for name in pairs} == pairs
