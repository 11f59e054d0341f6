from typing import get_args

from wavebook.core import units


def test_every_unit_has_a_scale():
    assert units.SCALES.keys() == units.RANGES.keys() == set(get_args(units.Unit))


def test_a_count_has_no_end_but_in_a_table_where_each_whole_number_must_be_one():
    assert units.SCALES["count"][1] >= 10.0**20
    low, high = units.RANGES["count"]
    assert (low, float(high) + 1 - float(high)) == (0, 1)
    assert high < 2**53


def test_what_has_an_end_has_the_same_everywhere():
    assert units.BOUNDED.keys() == units.SCALES.keys() - {"count"}
    assert all(units.SCALES[unit] == units.RANGES[unit] == ends for unit, ends in units.BOUNDED.items())


def test_each_scale_is_that_of_its_questionnaire():
    assert units.BOUNDED == {"grade": (1, 10), "percent": (0, 100), "percentage_point": (-100, 100)}
    assert units.SCALES["count"][0] == 0


def test_the_default_noise_is_two_respondents_and_never_more_than_four_times_that():
    assert (units.NOISE, units.MOST_NOISE) == (2.0, 4)


def test_a_bar_shows_a_part_of_all_people_or_of_a_ten():
    assert units.WHOLE == {"grade": 10, "percent": 100}
