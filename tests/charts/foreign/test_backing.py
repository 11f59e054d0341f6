"""Numbers and texts, and the figures that are behind them."""

import pytest
from opinions import divided, opinions

from wavebook.charts.foreign.backing import Backing


@pytest.fixture(scope="module")
def grade():
    return Backing(opinions().select("cijfer", waves="all"))


@pytest.fixture(scope="module")
def shares():
    return Backing(opinions().select("oordeel", waves="all"))


@pytest.mark.parametrize("number", [6.7634, 6.8, 6.76, 6.763, 6.51, 7.02, 6.5, 7.0, 0, 1234, 2014, 6.4, 0.13])
def test_a_number_of_a_figure_is_backed_as_it_is_or_rounded_as_published(grade, number):
    assert grade.backs(number, grade.all)


@pytest.mark.parametrize("number", [6.7, 8, 6.75, 6.77, 6.9, 1233, 2013, 13, float("nan"), float("inf"), 68])
def test_any_other_number_is_not(grade, number):
    assert not grade.backs(number, grade.all)


def test_a_text_may_round_further_but_not_until_one_digit_is_left(grade, shares):
    assert grade.backs(6.8, grade.all, text=True)
    assert shares.backs(41, shares.all, text=True)
    assert not grade.backs(8, grade.all, text=True)


def test_shares_may_be_parts_of_one(shares):
    assert shares.backs(0.41, shares.of(["c0", "2008"]))
    assert not shares.backs(0.42, shares.of(["c0", "2008"]))


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["tevreden", "2014"], [29]),
        (["Tevreden", 2014.0], [29]),
        (["oordeel.c1@2014"], [29]),
        (["c1"], [30, 32, 29]),
        (["oordeel.c1", None, "", float("nan"), "iets anders"], [30, 32, 29]),
        (["tevreden", "neutraal"], []),
    ],
)
def test_names_beside_a_number_say_whose_it_is(shares, cells, values):
    assert [figure.number for figure in shares.of(cells)] == values


def test_differences_between_figures_that_differ_in_one_respect_are_backed(shares):
    own = shares.of(["tevreden"])
    assert shares.backs(-1, own)
    assert shares.backs(3, own)
    assert not shares.backs(4, own)


def test_no_difference_is_taken_across_a_full_break():
    across = Backing(divided().select("oordeel.c0", waves="all"))
    assert not across.backs(-6, across.all)
    assert across.backs(3, across.all)  # before it


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("38% is zeer tevreden, in 2014", []),
        ("39% is tevreden", ["39"]),
        ("van 1.000 mensen", ["1.000"]),
        ("1 procentpunt minder", ["1"]),  # among many figures, any number is a difference
        ("op een schaal van 0 tot 100", []),
        ("geen getal", []),
    ],
)
def test_numbers_in_a_text_are_read_as_its_language_writes_them(shares, text, found):
    assert shares.unbacked(text, shares.all) == found


def test_english_texts_have_decimal_points():
    backing = Backing(opinions("en").select("cijfer"))
    assert backing.unbacked("6.8 of 1,234 people", backing.all) == []
    assert backing.unbacked("6.9", backing.all) == ["6.9"]


def test_constants_are_figures_or_ends_of_a_scale(grade, shares):
    assert [value for value in (0, 1, 10, 5.5, 6.4) if grade.on_axis(value)] == [0, 1, 10, 6.4]
    assert [value for value in (0, 50, 100) if shares.on_axis(value)] == [0, 100]


def test_a_day_lies_in_its_wave_or_is_where_its_year_begins(shares):
    def moment(days):
        return days * 86_400_000.0

    assert shares.is_day(moment(16071), shares.of(["2014"]))  # 2014-01-01
    assert shares.is_day(moment(16200), shares.of(["2014"]))
    assert not shares.is_day(moment(16500), shares.of(["2014"]))
    assert not shares.is_day(1e300, shares.all)
