import polars as pl

from wavebook.survey.files.scans import Layout, scan_csv, scan_parquet


def test_a_name_is_no_pattern(tmp_path):
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "[x]*.parquet")
    pl.DataFrame({"a": [2]}).write_parquet(tmp_path / "x.parquet")
    assert scan_parquet([tmp_path / "[x]*.parquet"]).collect()["a"].to_list() == [1]
    (tmp_path / "a?.csv").write_text("sep=;\na;b\n07;1.5\n")
    (tmp_path / "ab.csv").write_text("other\n")
    found = scan_csv(tmp_path / "a?.csv", Layout(";", ["a", "b"], 2), ["b"]).collect()
    assert found.to_dict(as_series=False) == {"a": ["07"], "b": [1.5]}
