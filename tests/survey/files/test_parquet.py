import datetime

import polars as pl
import pytest
from hostile import in_time
from opened import answers, problems

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.parquet import letters


def test_parquet_lengths_lists_and_bytes_do_not_keep_the_other_columns_from_being_read(folder):
    path = folder / "2016.parquet"
    columns = {
        "v1": [7, 8, 9],
        "length": [datetime.timedelta(hours=30), datetime.timedelta(seconds=-1), None],
        "list": [["a", "b"], [], None],
        "struct": [{"x": 1}, {"x": 2}, None],
        "bytes": [b"a", b"\xff", None],
    }
    pl.DataFrame(columns).write_parquet(path)
    assert answers(path) == {
        "v1": [7, 8, 9],
        "length": ["30:00:00", "-00:00:01", None],
        "list": ["a;b", None, None],
        "struct": ["a struct", "a struct", None],
        "bytes": ["a binary", "a binary", None],
    }


REPEATED = {
    "texts": (pl.Series(["x" * 1_000_000]).new_from_index(0, 20), "in its column v, texts take 20 MB"),
    "lists": (pl.Series([[1] * 10_000]).new_from_index(0, 30), "in its column v, lists hold 300,000 values"),
}


@pytest.mark.parametrize("name", REPEATED)
def test_one_value_that_is_repeated_to_fill_the_memory_is_refused(folder, monkeypatch, name):
    monkeypatch.setattr(limits, "TEXTS", 10_000_000)
    monkeypatch.setattr(limits, "LISTED", 200_000)
    values, found = REPEATED[name]
    path = folder / "2016.parquet"
    values.alias("v").to_frame().write_parquet(path)
    assert path.stat().st_size < 100_000
    with in_time(5):
        assert found in problems(answers, path)[0]


def test_rows_and_columns_that_make_too_many_cells_are_refused(folder, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 5)
    path = folder / "2016.parquet"
    pl.DataFrame({"v": [1, 2, 3], "w": [1, 1, 1]}).write_parquet(path)
    assert "it says that it has 6 cells, and at most 5 are read" in problems(open_file, path)[0]


def test_texts_are_measured_wherever_they_stand():
    """A category that is repeated, or one in a list, takes its letters each time."""
    values = {"e": pl.Series(["a", "bb"], dtype=pl.Enum(["a", "bb"])), "l": [["x", "yy"], None], "n": [1, 2]}
    frame = pl.DataFrame(values).with_columns(k=pl.col("l").cast(pl.List(pl.Categorical())))
    lengths = {name: letters(pl.col(name), kind) for name, kind in frame.schema.items()}
    found = frame.select(**{name: length for name, length in lengths.items() if length is not None})
    assert found.sum().row(0, named=True) == {"e": 3, "l": 3, "k": 3}
