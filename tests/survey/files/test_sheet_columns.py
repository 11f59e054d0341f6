"""Columns of a sheet, laid out in parts."""

import datetime

import polars as pl
import pytest

from wavebook.survey.files import sheet_columns
from wavebook.survey.files.sheet_columns import columns_of

DAY, MOMENT = datetime.date(2016, 9, 1), datetime.datetime(2016, 9, 1, 0, 0)
KINDS = {
    "numbers": ([1.0, "", True, 2.5], [1.0, None, 1.0, 2.5], pl.Float64()),
    "texts": (["a", "", "", "b"], ["a", None, None, "b"], pl.String()),
    "days": (
        [DAY, "", datetime.datetime(2016, 9, 1, 14, 30), DAY],
        [MOMENT, None, datetime.datetime(2016, 9, 1, 14, 30), MOMENT],
        pl.Datetime("us"),
    ),
    "times": ([datetime.time(1, 30), ""], [datetime.timedelta(minutes=90), None], pl.Duration("us")),
    "nothing": (["", "", ""], [None] * 3, pl.Float64()),
    "numbers and then texts": ([1.0, 2.5, "", "x"], ["1", "2.5", None, "x"], pl.String()),
    "a day, a moment and a number": ([DAY, MOMENT, 7.0], ["2016-09-01", "2016-09-01 00:00:00", "7"], pl.String()),
    "nothing and then days": (["", "", "", DAY], [None, None, None, MOMENT], pl.Datetime("us")),
}


@pytest.mark.parametrize("rows", [1, 2, 1000])
def test_a_column_has_one_kind_of_values_however_it_is_cut(monkeypatch, rows):
    monkeypatch.setattr(sheet_columns, "_ROWS", rows)
    for given, found, kind in KINDS.values():
        (column,) = columns_of(lambda given=given: [[value] for value in given], 1)
        assert (column.to_list(), column.dtype) == (found, kind)


def test_columns_stay_beside_each_other_and_may_be_without_rows():
    assert [column.to_list() for column in columns_of(lambda: [[1.0, "a"], ["", "b"]], 2)] == [[1.0, None], ["a", "b"]]
    assert [len(column) for column in columns_of(list, 3)] == [0, 0, 0]
