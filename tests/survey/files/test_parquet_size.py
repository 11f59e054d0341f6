from contextlib import suppress

import polars as pl
import pytest
from opened import answers, problems

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.parquet_size import measure
from wavebook.survey.files.staging import Staging

NESTED = {  # a column, the values in it, and what is said of it
    "a list in a list": pl.lit(0, pl.Int8).repeat_by(300).repeat_by(30),
    "a list in a structure": pl.struct(a=pl.lit(0, pl.Int8).repeat_by(9000)),
    "a list": pl.lit(0.5).repeat_by(9000),
}


def written(folder, **columns: pl.Expr):
    path = folder / "2016.parquet"
    pl.DataFrame({"v": list(range(40))}).with_columns(**columns).write_parquet(path)
    return path


def test_the_footer_says_what_each_column_holds(folder):
    path = written(folder, l=pl.lit(1).repeat_by(3), t=pl.lit("x" * 1000))
    found = measure(path)
    assert found.nested == {"l": 120}
    assert 1000 < found.unpacked["t"] < 2000  # the text once, in a dictionary
    assert 300 < found.unpacked["v"] < 600


@pytest.mark.parametrize("name", NESTED)
def test_lists_that_expand_are_refused_before_they_are_read_and_other_columns_are_not(folder, monkeypatch, name):
    monkeypatch.setattr(limits, "LISTED", 300_000)
    path = written(folder, l=NESTED[name])
    assert path.stat().st_size < 10_000
    assert "in its column l, lists hold 360,000 values" in problems(answers, path)[0]
    assert open_file(path).load(["v"], Staging(path))[0].collect().height == 40


def test_a_column_that_unpacks_to_far_more_than_its_file_is_refused(folder, monkeypatch):
    monkeypatch.setattr(limits, "TEXTS", 1_000_000)
    path = written(folder, t=(pl.int_range(40).cast(pl.String) + "x" * 100_000).cast(pl.Categorical()))
    assert "its column t unpacks to 4 MB" in problems(answers, path)[0]


def test_more_cells_than_the_bytes_of_a_file_can_be_answers_of_are_refused(folder, monkeypatch):
    monkeypatch.setattr(limits, "FEW_CELLS", 500_000)
    path = folder / "2016.parquet"
    pl.DataFrame({"v": [1] * 1_000_000}).write_parquet(path)
    assert "bytes says that it has 1,000,000 cells" in problems(open_file, path)[0]


def test_columns_are_counted_before_the_reader_looks_at_each(folder, monkeypatch):
    monkeypatch.setattr(limits, "COLUMNS", 2)
    path = written(folder, a=pl.lit(1), b=pl.lit(2))
    with pytest.raises(OSError, match="it has 3 columns"):
        measure(path)


def test_a_damaged_footer_is_left_to_the_reader(folder):
    path = written(folder, l=pl.lit(1).repeat_by(3))
    whole = path.read_bytes()
    for at in range(len(whole) - int.from_bytes(whole[-8:-4], "little") - 8, len(whole)):
        for byte in (0, 25, 255):
            path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
            with suppress(OSError):  # it then says that it is too large
                measure(path)
    for short in (0, 3, 8, 11):
        path.write_bytes(whole[-short:] if short else b"")
        assert measure(path).nested == {}
