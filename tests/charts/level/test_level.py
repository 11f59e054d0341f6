"""Level rows: their order, remarks and words."""

from drawn import edition

from wavebook.charts.level.level import level_of, points_of, table_of, told_of
from wavebook.charts.options import Options, read

ROWS = [
    (year, f"{name}.c0", value + (year == "2014"))
    for year in ("2008", "2014")
    for name, value in (("b", 40), ("a", 60))
]


def both():
    return edition(ROWS, a=("percent", ("ja",)), b=("percent", ("ja",))).select("a", "b", waves="both")


def test_rows_are_sorted_by_the_newest_wave_and_waves_stand_in_time():
    level = level_of(both(), Options(both().figures), "wave")
    assert [row.label for row in level.rows] == ["a", "b"]
    assert [column.label for column in level.columns] == ["2008", "2014"]
    table = table_of(level, both().figures)
    assert table == {"head": ["Onderwerp", "2008", "2014"], "rows": [["A", "60%", "61%"], ["B", "40%", "41%"]]}
    rows = level_of(both(), Options(both().figures), None).rows
    assert [row.whole_label for row in rows] == ["A, 2008", "A, 2014", "B, 2008", "B, 2014"]


def test_a_remark_on_one_figure_of_a_row_begins_with_its_name():
    options, _ = read({"note": {"2008": "eerste keer", "a": "nieuw"}}, ("note",), "dots", both())
    level = level_of(both(), options, "wave")
    assert level.remarks(level.rows[0], options) == ["2008: eerste keer", "nieuw"]


def test_few_values_are_told_all_and_each_has_a_point():
    figures = both().figures
    level = level_of(both(), Options(figures), "wave")
    assert told_of(level, figures) == ["2008: a 60 procent en b 40 procent", "2014: a 61 procent en b 41 procent"]
    assert [len(row) for row in points_of(level, figures)] == [2, 2]


def test_a_rounded_figure_beside_an_estimate_is_as_far_from_zero():
    selection = edition([("2008", "a", 7.0), ("2014", "a", 6.97)], a=("grade", ())).select("a", waves="both")
    options, _ = read({"beside": "wave"}, ("beside",), "dots", selection)
    (row,) = level_of(selection, options, "wave").rows
    assert [figure.number for figure in row.cells.values()] == [7.0, 7.0]
