import opened
import polars as pl
import pyreadstat
import pytest
from opened import answers

from wavebook.survey.files.opening import open_file

NFC, NFD = "Café", "Cafe\u0301"


def saved(folder, kind, data):
    return opened.saved(folder, kind, pl.DataFrame(data), dict.fromkeys(data, f"Vraag {NFD}"))


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "sav"])
def test_names_and_cells_of_every_format_are_read_as_they_look(folder, kind):
    path = saved(folder, kind, {NFD: [NFD, "\uff17", "ja\u200b", "voil\u00e0"], "v1": ["a", "b", "c", "d"]})
    assert answers(path) == {NFC: [NFC, "7", "ja", "voilà"], "v1": ["a", "b", "c", "d"]}


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav"])
def test_columns_whose_names_look_the_same_are_numbered(folder, kind):
    path = saved(folder, kind, {"v1": ["1"], "v1\u200b": ["2"]})
    file = open_file(path)
    assert answers(path) == {"v1 (1)": ["1"], "v1 (2)": ["2"]} or answers(path) == {"v1 (1)": [1], "v1 (2)": [2]}
    assert [(notice.code, notice.found) for notice in file.notices] == [("W108", "have the same name: v1")]


def test_labels_and_codes_of_an_spss_file_are_read_as_they_look(folder):
    path = folder / "2016.sav"
    labels = {"v": {NFD: f"naar het {NFD}", "\uff12": "nee"}}
    pyreadstat.write_sav(pl.DataFrame({"v": [NFD, "\uff12"]}), path, variable_value_labels=labels)
    assert open_file(path).variables["v"].labels == {NFC: f"naar het {NFC}", "2": "nee"}


def test_a_file_in_ascii_is_the_same(folder):
    file = open_file(saved(folder, "csv", {"v1": ["1"]}))
    assert (file.notices, list(file.variables)) == ((), ["v1"])
