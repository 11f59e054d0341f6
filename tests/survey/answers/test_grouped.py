import pytest
from answered import CODES, COLUMNS

TEXT = COLUMNS + "theme = 't'\n" + CODES + 'theme = { a = "education", b = "housing" }\n'


def test_names_of_groups_that_stand_above_their_rows_only_are_told(book):
    assert book.problems(TEXT, {"t": ["a", None, None, None, "b", None, None]}) == [
        "W179 data/responses/2016.parquet, column t: names each theme in one row, and 5 respondents have none."
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ["a", "a", None, None, None, None, "b"],  # a group of two
        [None, "a", None, None, None, None, "b"],  # rows above the first name
        ["a", None, None, "b", None],  # as few as an accident leaves
    ],
)
def test_a_breakdown_that_some_did_not_answer_is_read(book, cells):
    assert not any(notice.code == "W179" for notice in book.read(TEXT, {"t": cells}).notices)
