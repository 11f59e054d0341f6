"""Columns in counts."""

from dataclasses import replace

import pandas as pd
import polars as pl
import pyreadstat
import pytest

from wavebook.survey.files.opening import open_file
from wavebook.survey.inspection import summaries
from wavebook.survey.inspection.summaries import people_of, summaries_of


@pytest.fixture
def counted(tmp_path):
    def made(**columns):
        path = tmp_path / "2016.parquet"
        pl.DataFrame(columns).write_parquet(path)
        file = open_file(path)
        found, problems = summaries_of(file, path, people_of(file, None), 5)
        assert problems == []
        return {item.variable.name: item for item in found}

    return made


def test_numbers_have_a_mean_a_sign_and_may_be_whole(counted):
    found = counted(w=[0.5, 1.5, 1.0], k=[1, 2, 3], z=[0.0, -1, 2.5], t=["a", "b", "c"])
    assert [(i.mean, i.positive, i.whole) for i in found.values()][:2] == [(1.0, True, False), (2.0, True, True)]
    assert (found["z"].positive, found["z"].whole) == (False, False)
    assert (found["t"].mean, found["t"].positive) == (None, False)


def test_rows_that_all_differ_are_told(counted):
    found = counted(id=[1, 2, 3], same=[1, 1, 2], gap=[1, 2, None])
    assert [item.apart for item in found.values()] == [True, False, False]


def test_people_are_told_apart_by_a_column_that_is_no_answer(tmp_path):
    path = tmp_path / "2016.parquet"
    pl.DataFrame({"demonstration": [1], "ideology": [1], "case_id": [4]}).write_parquet(path)
    assert people_of(open_file(path), None) == "case_id"


def test_values_that_tell_of_nobody_are_known_however_few_gave_them(counted):
    found = counted(code=[1, 99, 1], Phone=["Phone", "Phone", None], typed=["Jan Jansen", "Piet", "geen idee"])
    assert {name: item.known for name, item in found.items()} == {"code": ("1", "99"), "Phone": ("Phone",), "typed": ()}
    assert found["Phone"].given == ()


def test_answers_in_a_cell_are_counted_one_by_one(counted):
    cells = ["a1 x;b2 y"] * 3 + ["a1 x"] * 3 + ["b2 y;a rare one"] * 2 + ["a rare one"]
    (item,) = counted(used=cells).values()
    assert (item.separator, item.parts, item.rare) == (";", ("a1 x", "b2 y"), True)


@pytest.mark.parametrize("mark", ["\n", ";", "|", ","])
def test_the_mark_between_answers_is_found_a_line_break_too(counted, mark):
    (item,) = counted(used=[f"a1 x{mark}b2 y", "a1 x", "b2 y"] * 6).values()
    assert (item.separator, item.parts) == (mark, ("a1 x", "b2 y"))


def test_a_wide_file_of_spss_is_gone_through_a_few_times(tmp_path, monkeypatch):
    """Its reader goes through all of it for any of its columns."""
    path = tmp_path / "2016.sav"
    pyreadstat.write_sav(pd.DataFrame({f"v{number}": [1.0, 2.0] for number in range(30)}), path)
    read = open_file(path)
    loads = []
    monkeypatch.setattr(summaries, "_COLUMNS", 4)
    monkeypatch.setattr(summaries, "_MOST_COLUMNS", 10)
    watched = replace(read, load=lambda columns, *rest: loads.append(len(columns)) or read.load(columns, *rest))
    found, _ = summaries_of(watched, path, None, 5)
    assert [item.variable.name for item in found] == [f"v{number}" for number in range(30)]
    assert {item.different for item in found} == {2}
    assert loads == [4, 10, 10, 6]


def test_numbers_with_words_for_no_answer_are_numbers(counted):
    found = counted(v=["7,5", "NA", "-", "8"] * 6, w=["7", "goed"] * 12, x=["NA", "-"] * 12)
    v = found["v"]
    assert (v.numeric, v.absent, v.answers, v.missing, v.mean) == (True, ("-", "NA"), 12, 12, 7.75)
    assert not found["w"].numeric
    assert not found["x"].numeric
