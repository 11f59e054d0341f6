import pytest
import xlsxwriter
from opened import answers, problems

from wavebook.survey.files.opening import open_file

READ = {"id": [1, 2], "v": [7, 8]}


def table(workbook, name="Data"):
    sheet = workbook.add_worksheet(name)
    for row, cells in enumerate((["id", "v"], [1, 7], [2, 8])):
        sheet.write_row(row, 0, cells)
    return sheet


def other(workbook, name="Uitleg"):
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, ["uitleg"])
    return sheet


def chart(workbook):
    drawn = workbook.add_chart({"type": "bar"})
    drawn.add_series({"values": "=Data!$B$2:$B$3"})
    workbook.add_chartsheet("Grafiek").set_chart(drawn)


@pytest.fixture
def book(folder):
    def made(make):
        path = folder / "2016.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            make(workbook)
        return path

    return made


def test_the_only_sheet_with_cells_is_read_whatever_else_there_is(book):
    path = book(lambda w: (table(w), chart(w), w.add_worksheet("Blad2")))
    assert answers(path) == READ
    assert (open_file(path).sheet, open_file(path).notices) == ("", ())


def test_a_hidden_sheet_is_told_and_the_visible_one_is_read(book):
    path = book(lambda w: (table(w), other(w).hide()))
    file = open_file(path)
    assert (answers(path), file.sheet) == (READ, "Data")
    assert [(n.code, n.found) for n in file.notices] == [
        ("W149", "its sheet Data is read, and not what is hidden: Uitleg")
    ]
    assert answers(path, sheet="Uitleg") == {"uitleg": []}


def test_of_several_sheets_the_largest_is_proposed(book):
    path = book(lambda w: (other(w), table(w), chart(w)))
    assert problems(open_file, path) == [
        "W103 data/responses/2016.xlsx: has several sheets: Uitleg (1 × 1 cells), Data (3 × 2 cells)."
    ]
    assert (answers(path, sheet="Data"), open_file(path, sheet="Data").sheet) == (READ, "Data")


def test_a_sheet_is_known_by_the_look_of_its_name(book):
    path = book(lambda w: (other(w), table(w, "Gegevens caf\u00e9")))
    assert answers(path, sheet="Gegevens cafe\u0301") == READ


def test_a_sheet_that_is_not_there_or_holds_a_chart_is_named(book):
    path = book(lambda w: (table(w), chart(w)))
    place = "W103 data/responses/2016.xlsx:"
    assert problems(open_file, path, sheet="Grafiek") == [f"{place} its sheet Grafiek holds a chart, no table."]
    assert problems(open_file, path, sheet="Dat") == [f"{place} has no sheet Dat."]
