"""Rows and columns of a selection."""

import pytest
from crossed import cross
from drawn import edition

from wavebook.charts.grid import grid_of
from wavebook.charts.options import Options

ANSWERS = ("een", "twee", "drie")


def shape(selection, **options):
    grid = grid_of(selection, Options(selection.figures, **options))
    return [line.label for line in grid.rows], [line.label for line in grid.columns]


def test_answers_are_rows_and_waves_columns():
    rows = [(year, f"a.c{i}", 10 + i) for year in ("2008", "2014") for i in range(3)]
    found = edition(rows, a=("percent", ANSWERS)).select("a", waves="all")
    assert shape(found) == (["Een", "Twee", "Drie"], ["2008", "2014"])
    assert shape(found, sort="descending") == (["Drie", "Twee", "Een"], ["2008", "2014"])
    assert shape(found, order=("c1", "2014")) == (["Twee", "Een", "Drie"], ["2014", "2008"])


def test_questions_with_the_same_answers_are_rows_and_the_answers_columns():
    rows = [("2014", f"{name}.c{i}", 10 + i) for name in ("a", "b") for i in range(3)]
    found = edition(rows, a=("percent", ANSWERS), b=("percent", ANSWERS)).select("a", "b")
    assert shape(found) == (["A", "B"], ["Een", "Twee", "Drie"])


def test_one_wave_of_one_list_is_a_column_of_its_own():
    rows = [("2014", f"a.c{i}", 10 + i) for i in range(3)]
    assert shape(edition(rows, a=("percent", ANSWERS)).select("a")) == (["Een", "Twee", "Drie"], ["2014"])


def test_a_crossing_has_one_breakdown_as_rows_and_the_other_as_columns(small):
    found = cross(small).load(language="en").select("grade@theme=*,age=*")
    assert shape(found) == (["Work", "School"], ["18–34", "35 and over"])
    with_all = small.load(language="en").select("grade@age=*", "grade", "grade@2013")
    assert shape(with_all) == (["18–34", "35 and over", "Everyone"], ["2013", "2014"])


@pytest.mark.parametrize(
    "keys", [("grade@theme=*,age=*",), ("grade@age=*", "grade", "grade@2013,age=18_34", "grade@2013")]
)
def test_a_cell_without_a_figure_is_hidden_only_if_the_table_says_so(small, keys):
    cross(small)
    if "theme" in keys[0]:
        small.row("2014", 14, value="", status="suppressed")
        keys = ("grade@theme=work,age=*", "grade@theme=school,age=18_34")
        hidden, unknown = {(1, 1)}, set()
    else:
        small.add("2013", indicator="grade", segment_by="age", segment="18_34", value="6", unit="grade")
        hidden, unknown = set(), {(1, 0)}
    found = small.load(language="en").select(*keys)
    grid = grid_of(found, Options(found.figures))
    every = {(i, j) for i in range(len(grid.rows)) for j in range(len(grid.columns))}
    assert grid.hidden == hidden
    assert every - grid.cells.keys() - grid.hidden == unknown
