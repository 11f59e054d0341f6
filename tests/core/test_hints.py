import pytest

from wavebook.core import hints


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("phnoe", ["phone", "post"], "phone"),
        ("2013", ["2010", "2014"], "2014"),
        ("zzz", ["phone"], "phone"),  # however far away: there may be only one
        ("phone", [], ""),
    ],
)
def test_the_nearest_name_is_found_among_names_and_years(name, known, expected):
    assert hints.nearest(name, known) == expected


def test_a_name_that_is_like_none_is_not_guessed_where_likeness_is_asked():
    assert hints.nearest("zzz", ["phone"], at_least=0.6) == ""


def test_a_name_without_end_costs_no_more_than_a_long_one():
    assert hints.nearest("a" * 1_000_000, ["a" * 200, "b"]) == "a" * 200


def test_hints_stand_behind_what_is_wrong_or_as_a_sentence():
    assert "there is no phnoe" + hints.after("phnoe", ["phone"]) == "there is no phnoe; the nearest is phone"
    assert hints.after("phnoe", []) == ""
    assert hints.before("phnoe", ["phone"], "There are none.") == "The nearest is phone."
    assert hints.before("phnoe", [], "There are none.") == "There are none."
