"""Parquet as other programs read it."""

import io

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core import parquet

WHOLE = st.integers(0, 2**62)
NUMBER = st.floats(allow_nan=False)
CONTENTS = st.lists(st.tuples(st.none() | st.text(max_size=5), st.none() | WHOLE, st.none() | NUMBER), min_size=1)


def column(name, kind, contents):
    values = list(dict.fromkeys(x for x in contents if x is not None))
    return parquet.Column(name, kind, np.array([-1 if x is None else values.index(x) for x in contents]), values)


def written(columns):
    file = io.BytesIO()
    parquet.write(file, columns)
    return file.getvalue()


@given(CONTENTS)
def test_every_content_is_read_back(rows):
    texts, wholes, numbers = map(list, zip(*rows, strict=True))
    made = written([column("a", "text", texts), column("b", "whole", wholes), column("c", "number", numbers)])
    read = pl.read_parquet(io.BytesIO(made))
    assert read.schema == {"a": pl.String, "b": pl.Int64, "c": pl.Float64}
    assert read["a"].to_list() == texts
    assert read["b"].to_list() == wholes
    assert read["c"].to_list() == numbers


@pytest.mark.parametrize("count", [7, 8, 9, 1000, 3001])
def test_a_table_of_several_groups_and_many_contents_is_read_back(count, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP", 1000)
    contents = [None if row % 7 == 0 else row * 3 % 701 for row in range(count)]
    made = written([column("n", "whole", contents), column("same", "text", ["x"] * count)])
    read = pl.read_parquet(io.BytesIO(made))
    assert read["n"].to_list() == contents
    assert read["same"].to_list() == ["x"] * count
    assert made == written([column("n", "whole", contents), column("same", "text", ["x"] * count)])
