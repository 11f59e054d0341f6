import polars as pl
import pytest

from wavebook.core.spans import span
from wavebook.survey.files.codes import Codebook, Column, any_of

FRAME = pl.DataFrame({"n": [1.0, 5.0, 98.0, None, 2.5], "t": ["01", "A", "98", None, "0,5"]})
NUMBERS, TEXTS = Column("n", text=False), Column("t", text=True)


def of(expression):
    return FRAME.select(expression).to_series().to_list()


def test_a_number_in_a_text_is_one():
    assert of(TEXTS.number) == [1.0, None, 98.0, None, 0.5]
    assert of(TEXTS.is_number) == [True, False, True, None, True]


def test_an_identity_is_a_text_without_needless_decimals():
    assert of(NUMBERS.identity) == ["1", "5", "98", None, "2.5"]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["1"], [True, False, False, None, False]),
        (["1", "5"], [True, True, False, None, False]),
        (["2..97"], [False, True, False, None, True]),
    ],
)
def test_cells_lie_in_ranges_of_their_own_kind(codes, found):
    assert of(NUMBERS.within(map(span, codes))) == found


def test_a_number_is_no_text():
    assert of(NUMBERS.within([span("A")])) == [False]


def test_texts_lie_in_ranges_of_texts_and_of_numbers():
    assert of(TEXTS.within(map(span, ["1", "A..B"]))) == [True, True, False, False, False]


def test_a_codebook_tells_codes_that_mean_something_nothing_or_no_answer():
    book = Codebook(NUMBERS, {"1": "yes", "2..5": "no"}, [span("98..99")])
    assert of(book.means("yes")) == [True, False, False, None, False]
    assert of(book.coded) == [True, True, False, None, True]
    assert of(book.missing) == [False, False, True, None, False]
    assert of(book.filled) == [True, True, False, False, True]
    assert of(book.number) == [1.0, 5.0, None, None, 2.5]
    assert of(Codebook(NUMBERS, {"1": "yes"}, []).unknown) == [False, True, True, False, True]


def test_what_is_said_of_a_code_itself_goes_before_a_range_around_it():
    book = Codebook(NUMBERS, {"1..5": "no", "98": "missing", "blank": "no"}, [])
    assert book.blank == "no"
    assert book.meaning(3.0) == ("no", False)
    assert book.meaning(98.0) == ("missing", True)
    assert book.meaning(7.0) == (None, False)


def test_a_code_that_means_something_is_not_missing():
    book = Codebook(NUMBERS, {"98": "yes"}, [span("98")])
    assert of(book.missing) == [False] * 3 + [None, False]


def test_one_of_no_conditions_never_holds():
    assert of(any_of([])) == [False]
    assert of(any_of([pl.col("n") > 4, pl.col("n") < 2])) == [True, True, True, False, False]
