import datetime
import unicodedata

import polars as pl
import pytest

from wavebook.survey.files.values import from_seconds, kind_of, only, plain, since_midnight, text_of, value_of, within


@pytest.mark.parametrize(
    ("raw", "value"), [("01", 1.0), (" 0,5 ", 0.5), ("1e3", 1000.0), ("A1", "A1"), ("1 2", "1 2"), (7, 7), (None, None)]
)
def test_a_text_that_is_a_number_is_one(raw, value):
    assert value_of(raw) == value


@pytest.mark.parametrize(("value", "text"), [(7.0, "7"), (0.1, "0.1"), (1e15, "1e+15"), (" a ", "a")])
def test_a_code_as_text(value, text):
    assert text_of(value) == text
    assert text_of(datetime.date(2016, 9, 1)) == "2016-09-01"


@pytest.mark.parametrize(
    ("value", "ends", "inside"),
    [
        (1.0, (1.0, 2.0), True),
        (2.0, (1.0, 2.0), True),
        (2.1, (1.0, 2.0), False),
        ("b", ("a", "c"), True),
        ("1", (1.0, 2.0), False),
        (1.0, ("1", "2"), False),
        (None, (1.0, 2.0), False),
    ],
)
def test_a_value_lies_in_ranges_of_its_own_kind(value, ends, inside):
    assert within(value, ends) is inside


def test_the_range_of_one_value_holds_it_alone():
    assert within("a", only("a"))
    assert not within(2.0, only(1.0))


def test_cells_are_numbers_or_texts_without_blanks_and_empty_ones_are_null():
    frame = pl.DataFrame({"n": [1.5, float("nan")], "i": [1, None], "t": [" a ", " "], "b": [True, None]})
    found = frame.select(plain(frame.schema)).to_dict(as_series=False)
    assert found == {"n": [1.5, None], "i": [1, None], "t": ["a", None], "b": [1.0, None]}


def test_spss_counts_from_the_first_day_of_the_gregorian_calendar():
    seconds = pl.DataFrame({"s": [0.0, 86_400 + 3_661.5, None]}).select(from_seconds(pl.col("s"), "date"))
    assert seconds.to_series().to_list() == ["1582-10-14", "1582-10-15 01:01:01.500", None]
    times = pl.DataFrame({"s": [90_000.0, -1.0]}).select(from_seconds(pl.col("s"), "time"))
    assert times.to_series().to_list() == ["25:00:00", "-00:00:01"]


def test_a_time_of_day_is_a_length():
    assert since_midnight(datetime.time(1, 2, 3)) == datetime.timedelta(hours=1, minutes=2, seconds=3)
    assert since_midnight(datetime.timedelta(days=2)) == datetime.timedelta(days=2)


@pytest.mark.parametrize(
    ("dtype", "kind"),
    [(pl.Int8(), "number"), (pl.Boolean(), "number"), (pl.Time(), "time"), (pl.Duration("us"), "time"),
     (pl.Datetime("us"), "date"), (pl.Date(), "date"), (pl.String(), "text")],
)  # fmt: skip
def test_types_are_told_of_as_four_kinds(dtype, kind):
    assert kind_of(dtype) == kind


def test_a_list_is_its_answers_without_empty_ones_and_each_stays_one():
    nfd = unicodedata.normalize("NFD", "café")
    lists = [["café"], [nfd, " thuis "], [""], [None], [], None, ["phone; landline", "desk"]]
    frame = pl.DataFrame({"list": lists, "numbers": [[1, 2], [None], [], None, [3], [4], [5]]})
    frame = frame.with_columns(array=pl.Series([[1, 2]] * 7, dtype=pl.Array(pl.Int64, 2)))
    read = frame.select(plain(frame.schema))
    assert read["list"].to_list() == ["café", "café;thuis", None, None, None, None, "phone, landline;desk"]
    assert read["numbers"].to_list() == ["1;2", None, None, None, "3", "4", "5"]
    assert set(read["array"]) == {"1;2"}
