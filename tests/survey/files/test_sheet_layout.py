import datetime

import pytest
import xlsxwriter
from opened import answers

from wavebook.survey.files.opening import open_file
from wavebook.survey.files.sheet_layout import Shown, told


def notices(folder, fill, **options):
    path = folder / "2016.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        fill(book, book.add_worksheet())
    return [f"{notice.code} {notice.found}" for notice in open_file(path).notices]


def rows(sheet, *more):
    for number, row in enumerate([["region", "v", "w"], *([["a", 7, 1]] * 9), *more]):
        sheet.write_row(number, 0, row)


def merged(book, sheet):
    rows(sheet)
    sheet.merge_range("A2:A5", "north")
    sheet.merge_range("A6:A10", "south")


def named_together(book, sheet):
    rows(sheet)
    sheet.merge_range("B1:C1", "How satisfied?")


def filtered(book, sheet):
    rows(sheet)
    for number in (2, 5, 100):
        sheet.set_row(number, None, None, {"hidden": True})


def hidden(book, sheet):
    rows(sheet)
    sheet.set_column("C:C", None, None, {"hidden": True})
    sheet.set_column("F:XFD", None, None, {"hidden": True})


def noted(book, sheet):
    rows(sheet)
    sheet.write_comment("B3", "ended too soon")


def titled(book, sheet):
    sheet.merge_range("A1:C1", "A survey")
    for number, row in enumerate([["region", "v", "w"], *([["a", 7, 1]] * 9)], 1):
        sheet.write_row(number, 0, row)


TOLD = {
    merged: "W178 has cells merged over several rows, of which only the first holds what they say: A2:A5, A6:A10",
    named_together: "W178 has a name merged over several columns, of which only the first has it: B1:C1",
    filtered: "W178 has 2 hidden rows, as a filter hides them; they are read as the others are",
    hidden: "W178 has hidden columns, which are read as the others are: C",
    noted: "W178 has notes beside cells, which are not read",
    titled: "W149 has 1 line above the names of its columns, left out as a title",
}


@pytest.mark.parametrize("fill", TOLD, ids=lambda fill: fill.__name__)
def test_what_a_sheet_shows_otherwise_than_it_holds_is_told(folder, fill):
    assert notices(folder, fill) == [TOLD[fill]]


def test_a_sheet_that_shows_what_it_holds_has_no_notice(folder):
    assert notices(folder, lambda book, sheet: rows(sheet)) == []


def test_names_merged_over_columns_with_answers_below_them_are_read_without_a_notice(folder):
    def fill(book, sheet):
        sheet.write(0, 0, "id")
        sheet.merge_range("B1:C1", "How?")
        sheet.write_row(1, 1, ["desk", "web"])
        sheet.write_row(2, 0, [1, 2, 3])

    assert notices(folder, fill) == []
    assert answers(folder / "2016.xlsx") == {"id": [1], "How?: desk": [2], "How?: web": [3]}


@pytest.mark.parametrize("first", [1900, 1904])
def test_a_day_is_the_same_whichever_year_a_workbook_counts_from(folder, first):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["day", "v"])
        sheet.write_datetime(1, 0, datetime.datetime(2016, 9, 1), book.add_format({"num_format": "d mmmm yyyy"}))
        sheet.write(1, 1, 7)

    assert notices(folder, fill, date_1904=first == 1904) == []
    assert answers(folder / "2016.xlsx") == {"day": ["2016-09-01"], "v": [7]}


def test_hidden_columns_are_told_once_however_often_the_sheet_says_it():
    shown = Shown(columns=[(27, 28), (1, 2), *([(2, 16_384)] * 9_000), (0, 0)])
    (notice,) = told("2016.xlsx", shown, 0, 1, 28)
    assert notice.found.endswith("as the others are: A, B, C and 25 more")
    (notice,) = told("2016.xlsx", Shown(columns=[(27, 28), (27, 27)]), 0, 1, 28)
    assert notice.found.endswith(": AA, AB")
