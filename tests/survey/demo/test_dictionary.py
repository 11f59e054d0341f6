import polars as pl
import pyreadstat
import pytest

from wavebook.survey.demo.dictionary import with_sets


def test_a_set_is_read_back_with_its_question_and_columns(tmp_path):
    path = tmp_path / "a.sav"
    labels = {"k1": {1.0: "gekozen"}, "k2": {1.0: "gekozen"}}
    frame = pl.DataFrame({"k1": [1.0, None], "k2": [None, 1.0]})
    pyreadstat.write_sav(frame, path, variable_value_labels=labels, note="een noot", missing_ranges={"k1": [9]})
    path.write_bytes(with_sets(path.read_bytes(), {"kanalen": ("Welke één?", ["k1", "k2"])}))
    read, meta = pyreadstat.read_sav(path, output_format="polars")
    assert meta.mr_sets["kanalen"]["label"] == "Welke één?"
    assert meta.mr_sets["kanalen"]["variable_list"] == ["k1", "k2"]
    assert read["k2"].to_list() == [None, 1.0]


def test_without_sets_nothing_is_added(tmp_path):
    assert with_sets(b"anything", {}) == b"anything"


def test_what_is_no_dictionary_is_refused():
    with pytest.raises(ValueError, match="record 5 at byte 176"):
        with_sets(b"\0" * 176 + b"\5\0\0\0", {"a": ("b", ["c"])})
