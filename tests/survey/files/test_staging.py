import polars as pl
import pyreadstat
import pytest

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".csv"])
def test_a_large_file_is_read_in_parts_with_the_same_answers(folder, monkeypatch, suffix):
    numbers, letters = [float(i % 10 + 1) for i in range(500)], ["a", "b"] * 250
    frame, path = pl.DataFrame({"v1": numbers, "t": letters}), folder / f"2016{suffix}"
    if suffix == ".csv":
        frame.write_csv(path)
    else:
        pyreadstat.write_sav(frame, path, compress=suffix == ".zsav")
    monkeypatch.setattr(limits, "IN_MEMORY", 1000)
    staging = Staging(path)
    made = open_file(path).load(["v1", "t"], staging)[0].select(pl.col("v1").cast(pl.Float64), "t").collect()
    assert made.to_dict(as_series=False) == {"v1": numbers, "t": letters}
    assert list(folder.glob(".staging-*"))
    del staging
    assert not list(folder.glob(".staging-*"))
