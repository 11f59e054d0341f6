"""The rows above the answers."""

import pytest

from wavebook.survey.files.headers import header_of, same_names


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (["id", "v1"], ["1", "7"], ["id", "v1"]),
        (["", "v1"], ["", "7"], ["column 1", "v1"]),  # an unnamed first column, and answers
        (["id", "", "v1"], ["", "3", "4"], ["id", "column 2", "v1"]),  # numbers name no answers
        (["id", "", "v1"], ["", "", "Response"], ["id", "column 2", "v1"]),
        (["id", "Q", ""], ["", "A", "B"], ["id", "Q: A", "Q: B"]),
        (["id", "Q"], ["", "A"], ["id", "Q"]),  # a first respondent without a number
        (["a (1)", "a", "a"], ["1", "2", "3"], ["a (1)", "a (2)", "a (3)"]),
        ([], [], []),
    ],
)
def test_names_are_found_and_differ(first, second, names):
    assert header_of([first, second, ["1"] * len(first)]).names == names


def test_a_third_row_is_that_of_qualtrics_only_if_all_of_it_is():
    rows = [["a", "b"], ["x", "y"], ['{"ImportId":"q"}', "5"]]
    assert header_of(rows).rows == 1
    assert header_of([*rows[:2], ['{"ImportId":"q"}', ""]]).rows == 3


def test_only_names_that_were_the_same_are_told():
    assert same_names(header_of([["a", "b (1)", "b (2)"]]), "x.csv") != ()  # as a numbered file is written again
    assert same_names(header_of([["a", "b (2)"]]), "x.csv") == ()
