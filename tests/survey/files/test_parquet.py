import datetime

import polars as pl
from opened import answers


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
