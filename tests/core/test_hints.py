import time

import pytest

from wavebook.core import hints


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("phnoe", ["phone", "post"], "phone"),
        ("fone", ["phone", "post"], "phone"),
        ("Phone", ["phone", "post"], "phone"),
        ("mark_libary", ["mark_library", "mark_desk"], "mark_library"),
        ("minut", ["min", "h", "percent"], "min"),  # one begins the other
        ("question", ["question_new", "age"], "question_new"),
    ],
)
def test_the_name_that_was_meant_is_found(name, known, expected):
    assert hints.nearest(name, known) == expected


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("zzz", ["phone"]),  # the only one there is, and not like it
        ("channels", ["aspects", "gender"]),
        ("kanalen", ["aspecten"]),
        ("2013", ["2010", "2014"]),  # another year is another wave
        ("v12", ["v13", "v1"]),  # another number is another question
        ("c9", ["c0", "c1"]),
        ("es", ["de", "en"]),  # one letter of two
        ("grade", ["grade_one", "grade_two"]),  # either may be meant
        ("bat", ["cat", "hat"]),
        ("phone", []),
        ("", ["phone"]),
    ],
)
def test_a_name_that_is_like_none_or_like_several_is_not_guessed(name, known):
    assert hints.nearest(name, known) == ""


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("ab", "ba", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("same", "same", 0), ("", "abc", 3)],
)
def test_slips_are_letters_too_many_too_few_another_or_two_swapped(one, other, slips):
    assert hints._slips(one, other, 9) == hints._slips(other, one, 9) == slips


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("theme=wrok", "theme=work"),
        ("thema=*", "theme=*"),
        ("thema=school", "theme=school"),
        ("theme=utrecht", ""),  # a value of another name
        ("place=work", ""),
    ],
)
def test_of_a_pair_each_part_is_compared_with_its_own_kind(pair, expected):
    assert hints.nearest_pair(pair, ["theme=work", "theme=school", "town=utrecht"]) == expected


def test_a_name_without_end_costs_no_more_than_a_long_one():
    began = time.process_time()
    assert hints.nearest("a" * 1_000_000, ["a" * 200, "b"]) == "a" * 200
    assert hints.nearest("x" * 1_000_000, ["y" * 200] * 1000) == ""
    assert time.process_time() - began < 1


def test_hints_stand_behind_what_is_wrong_or_as_a_sentence():
    assert "there is no phnoe" + hints.after("phnoe", ["phone"]) == "there is no phnoe; the nearest is phone"
    assert hints.after("phnoe", ["zebra"]) == hints.after("phnoe", []) == ""
    assert hints.before("phnoe", ["phone"], "There are none.") == "The nearest is phone."
    assert hints.before("theme=wrok", ["theme=work"], "There are none.") == "The nearest is theme=work."
    assert hints.before("phnoe", [], "There are none.") == "There are none."
