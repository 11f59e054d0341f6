import dataclasses
import pickle

import pytest

from wavebook.core import units
from wavebook.core.units import BUILT_IN, COUNT, GRADE, PERCENT, PERCENTAGE_POINT, POINT, SCORE, Unit, built_in


def test_each_unit_has_the_scale_of_its_questionnaire():
    bounded = {name: unit.ends for name, unit in BUILT_IN.items() if unit.is_bounded}
    around = {"percentage_point": (-100, 100), "balance": (-100, 100)}
    assert bounded == {"grade": (1, 10), "percent": (0, 100)} | around
    assert (SCORE.on(1, 5).ends, SCORE.is_bounded) == ((1, 5), False)
    assert COUNT.low == 0


def test_a_count_has_no_end_but_in_a_table_where_each_whole_number_must_be_one():
    assert COUNT.high >= 10.0**20
    low, high = COUNT.range
    assert (low, float(high) + 1 - float(high)) == (0, 1)
    assert high < 2**53
    assert Unit("euro", "count").range == (-high, high)


def test_what_has_an_end_has_the_same_everywhere():
    assert all(unit.scale == unit.range == unit.ends for unit in BUILT_IN.values() if unit.is_bounded)
    assert COUNT.scale == (0, 1)


def test_the_default_noise_is_two_respondents_and_never_more_than_four_times_that():
    assert (units.NOISE, units.MOST_NOISE) == (2.0, 4)


def test_a_bar_shows_a_part_of_all_people_or_of_a_ten():
    assert {name: unit.whole for name, unit in BUILT_IN.items() if unit.whole} == {"grade": 10, "percent": 100}


def test_only_percentages_and_grades_differ_in_another_unit():
    assert [unit.difference for unit in (PERCENT, GRADE, COUNT)] == [PERCENTAGE_POINT, POINT, COUNT]
    assert PERCENTAGE_POINT.difference is PERCENTAGE_POINT


def test_tables_have_the_name_of_a_unit():
    assert [str(unit) for unit in BUILT_IN.values()] == list(BUILT_IN)


def test_a_unit_is_the_same_in_another_process_and_cannot_change():
    assert pickle.loads(pickle.dumps(PERCENT)) == PERCENT
    with pytest.raises(dataclasses.FrozenInstanceError):
        PERCENT.low = 1


def test_every_currency_is_a_unit_by_its_code():
    assert built_in("EUR") == Unit("EUR", "amount", currency="EUR")
    assert [built_in(name) for name in ("XQX", "eur", "EURO", "Ｅ")] == [None] * 4


def test_times_are_units_that_are_not_negative():
    assert [(built_in(name).kind, built_in(name).low) for name in ("second", "year")] == [("duration", 0)] * 2


def test_one_respondent_can_be_much_of_amounts_and_little_of_a_scale():
    found = {name for name, unit in BUILT_IN.items() if unit.is_sum}
    assert found == {"count", "index", "second", "minute", "hour", "day", "week", "month", "year"}


def test_editors_are_told_the_scale_of_a_score():
    assert (SCORE.on(1, 5).described, PERCENT.described) == ("score 1 to 5", "percent")
