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


ANSWERS = [["1", "Ja", "0,5", "7"], ["2", "Nee", "1,5", "8"], ["3", "Ja", "1", ""], ["4", "Ja", "1,25", "6"]]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (["id", "v1", "w", "v2"], ["Nummer", "Belde u?", "Gewicht", "Cijfer?"], 1),
        (["Uw nummer", "Belde u?", "Gewicht", "Uw cijfer"], ["id", "v1", "w", "v2"], 0),
        (["id", "v1", "w", "v2"], ["id", "Belde u zelf?", "", "Uw cijfer"], 1),
    ],
)
def test_a_second_row_of_names_is_no_respondent(first, second, asked):
    found = header_of([first, second, *ANSWERS])
    assert (found.names, found.rows, found.guessed) == (first, 2, True)
    assert found.questions[1] == (first, second)[asked][1]


@pytest.mark.parametrize(
    "second",
    [
        ["0", "Ja", "1,5", "7"],
        ["A1", "Ja", "een", "zeven"],  # an answer that others give too
        ["A1", "anders", "", ""],
        ["A1", "anders", "een", "7"],
        ["id", "v1", "w", "v2"],  # the names again
    ],
)
def test_a_first_respondent_stays_one(second):
    found = header_of([["id", "v1", "w", "v2"], second, *ANSWERS])
    assert (found.rows, found.guessed) == (1, False)


def test_texts_beside_one_column_of_numbers_take_more_to_be_names():
    names, first = ["naam", "mening", "leeftijd"], ["Jan", "vreemd", "dertig"]
    rows = [[f"p{number}", f"m{number % 3}", str(20 + number)] for number in range(12)]
    assert header_of([names, first, *rows[:5]]).rows == 1
    assert header_of([names, first, *rows]).rows == 2
    assert header_of([names, ["Jan", "m1", "dertig"], *rows]).rows == 1
