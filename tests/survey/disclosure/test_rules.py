import numpy as np
import pandas as pd
import pytest
from measures import UNITS

from wavebook.core.problems import ProblemsError
from wavebook.survey.disclosure.rules import (
    ALIKE,
    DOMINATED,
    Settings,
    dominated,
    partitions,
    primary,
    read_settings,
    scaled,
    slack,
    too_few,
)

RULES = {"minimum_base": 30, "source": "us", "dominance_share": 50}
SETTINGS = Settings(30, "us", 50.0)


def table(*rows, **more):
    """Rows of (indicator, category, value, n, se) of everyone, with columns ``more``."""
    columns = ["indicator", "category", "value", "n", "se"]
    found = pd.DataFrame(rows, columns=columns).assign(wave="2016", population="", segment_by="", segment="")
    unit = found["indicator"].map({"grade": "grade", "visits": "count"}).fillna("percent").map(UNITS)
    return found.assign(unit=unit, **more)


def why(*rows, settings=SETTINGS, sums=(), **more):
    return primary(table(*rows, **more), settings, sums).to_list()


# Settings


def test_the_rules_of_the_owner_are_read_as_they_are():
    assert read_settings(RULES | {"p_percent": 10, "revise_few": True}) == Settings(30, "us", 50, 10, 10.0, True)


@pytest.mark.parametrize("name", RULES)
def test_there_is_no_default_for_what_the_owner_decides(name):
    with pytest.raises(ProblemsError, match=f"W170 data/waves.toml, disclosure.{name}"):
        read_settings({key: value for key, value in RULES.items() if key != name})


@pytest.mark.parametrize(
    "setting",
    [
        {"minimum_base": 1},
        {"minimum_base": 10**6 + 1},
        {"minimum_base": 30.5},
        {"minimum_base": True},
        {"dominance_share": 0},
        {"dominance_share": 101},
        {"p_percent": -1},
        {"protection_range": 0},
        {"source": " "},
        {"source": 3},
        {"revise_few": 1},
        {"reason_may_show": "yes"},
        {"minimum": 30},
    ],
)
def test_an_impossible_setting_is_refused(setting):
    with pytest.raises(ProblemsError, match=f"W171 data/waves.toml, disclosure.{next(iter(setting))}"):
        read_settings(RULES | setting)


@pytest.mark.parametrize("setting", [{"minimum_base": 2}, {"minimum_base": 10**6}, {"dominance_share": 100}])
def test_the_ends_of_what_is_possible_are_possible(setting):
    assert read_settings(RULES | setting)


# Each figure by itself


@pytest.mark.parametrize(("n", "reason"), [(29, "fewer than 30 respondents"), (30, "")])
def test_a_base_below_the_minimum_is_too_small(n, reason):
    assert why(("used", "", 40.0, n, 2.0)) == [reason]
    assert too_few(30) == "fewer than 30 respondents"


@pytest.mark.parametrize(("value", "reason"), [(100.0, ALIKE), (0.0, ALIKE), (99.0, ""), (1.0, "")])
def test_a_share_that_stands_alone_shows_what_everyone_answered_at_both_ends(value, reason):
    assert why(("used", "", value, 100, 2.0)) == [reason]


def test_of_answers_that_add_to_everyone_one_that_nobody_gave_shows_nothing():
    assert why(("a", "x", 0.0, 100, 0.0), ("a", "y", 40.0, 100, 5.0), ("a", "z", 60.0, 100, 5.0)) == ["", "", ""]


def test_of_answers_that_add_to_everyone_one_that_all_gave_shows_all():
    assert why(("a", "x", 0.0, 100, 0.0), ("a", "y", 100.0, 100, 0.0)) == [ALIKE, ALIKE]


def test_a_mean_without_spread_shows_what_everyone_answered():
    rows = ("grade", "", 7.0, 100, 0.0), ("grade", "", 6.0, 100, 0.2)
    assert why(*rows) == [ALIKE, ""]


def test_so_does_a_mean_of_counts():
    assert why(("visits", "", 2.0, 100, 0.0), ("visits", "", 3.0, 100, 0.2)) == [ALIKE, ""]


def test_a_census_has_no_errors_at_all():
    assert why(("grade", "", 7.0, 100, 0.0), ("grade", "", 6.0, 100, 0.0)) == ["", ""]


@pytest.mark.parametrize(("value", "reason"), [(10.0, ALIKE), (1.0, ALIKE), (9.9, "")])
def test_a_mean_at_an_end_of_its_scale_shows_what_everyone_answered(value, reason):
    assert why(("grade", "", value, 100, 0.1)) == [reason]


def test_a_sum_has_no_ends():
    assert why(("used", "", 100.0, 100, 1.0), sums=["used"]) == [""]


@pytest.mark.parametrize(("largest", "reason"), [(50.0, ""), (51.0, DOMINATED)])
def test_one_respondent_may_be_half_of_a_sum_and_not_more(largest, reason):
    row = ("visits", "", 100.0, 100, 1.0)
    assert why(row, sums=["visits"], largest=largest, second_largest=10.0, total=100.0) == [reason]
    assert why(row, largest_weight=largest, second_largest_weight=10.0, weight=100.0) == [reason]


def test_too_few_is_said_before_anything_else():
    assert why(("used", "", 100.0, 5, 0.0), largest_weight=4.0, weight=5.0) == ["fewer than 30 respondents"]


def test_the_runner_up_may_not_know_the_largest_to_within_a_part():
    rules = Settings(30, "us", 90.0, p_percent=10)
    # the rest is 100 - 60 - 34 = 6, which is 10 % of 60
    assert not dominated(60.0, 34.0, 100.0, rules)
    assert dominated(60.0, 34.1, 100.0, rules)
    assert not dominated(60.0, None, 100.0, rules)


def test_what_is_not_known_of_contributions_is_no_reason():
    assert not dominated(np.float64("nan"), None, 100.0, SETTINGS)


# Counts


def test_shares_and_means_count_as_respondents_and_sums_as_themselves():
    rows = table(("used", "", 40.0, 50, 1.0), ("grade", "", 5.5, 10, 1.0), ("visits", "", 7.0, 10, 1.0))
    count, bounded = scaled(rows, ["visits"])
    assert count.tolist() == [20.0, 5.0, 7.0]  # 0.4 x 50, (5.5 - 1) / 9 x 10, 7
    assert bounded.tolist() == [True, True, False]


def test_a_sum_has_no_bound_whatever_its_unit():
    count, bounded = scaled(table(("used", "", 40.0, 50, 1.0)), ["used"])
    assert (count.tolist(), bounded.tolist()) == ([0.4], [False])


def test_categories_of_other_respondents_are_not_one_answer():
    rows = table(("a", "x", 40.0, 100, 1.0), ("a", "y", 60.0, 99, 1.0))
    assert partitions(rows, scaled(rows, [])[0]) == set()


def test_a_count_that_is_known_goes_before_one_from_a_rounded_share():
    rows = table(("used", "", 40.0, 51, 1.0), ("grade", "", 5.5, 10, 1.0), n_cell=[20.0, 3.0])
    assert scaled(rows, [])[0].tolist() == [20.0, 5.0]


def test_rounded_shares_may_miss_their_sum_by_half_a_respondent_and_a_thousandth_each():
    assert slack(1000, 3) == 3.5


@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        ([40.0, 60.0], True),
        ([40.0, 59.4], True),  # within 0.5 + 0.001 x 100 x 2 of 100
        ([40.0, 59.2], False),
        ([70.0, 60.0], False),
    ],
)
def test_categories_that_reach_everyone_and_never_pass_are_one_answer(shares, whole):
    rows = table(*(("a", name, share, 100, 1.0) for name, share in zip("xy", shares, strict=True)))
    assert partitions(rows, scaled(rows, [])[0]) == ({("2016", "a")} if whole else set())
