import zipfile

import pytest
import xlsxwriter
from opened import answers
from workbook import xlsx

from wavebook.survey.files import sheet_marks
from wavebook.survey.files.sheet_marks import Marks, holds, marks_of


def saved(folder, write, *, at=(0, 0)):
    path = folder / "2016.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(*at, ["v", "w"])
        sheet.write_row(at[0] + 1, at[1], [7, 1])
        sheet.write_row(at[0] + 2, at[1], [8, 2])
        write(workbook, sheet)
    return path


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
@pytest.mark.parametrize("at", [(0, 0), (3, 2)])
def test_an_error_is_no_empty_cell(folder, error, at):
    path = saved(folder, lambda _, sheet: sheet.write_formula(at[0] + 1, at[1], "=NA()", None, error), at=at)
    assert answers(path) == {"v": [error, "8"], "w": [1, 2]}


def test_a_formula_that_nobody_computed_is_no_empty_cell(folder):
    path = saved(folder, lambda _, sheet: sheet.write_formula(2, 0, "=4+4", None, ""))
    assert answers(path) == {"v": ["7", "#NOT COMPUTED!"], "w": [1, 2]}


def test_a_formula_with_its_result_is_that(folder):
    path = saved(folder, lambda _, sheet: sheet.write_formula(2, 0, "=4+4", None, 8))
    assert answers(path) == {"v": [7, 8], "w": [1, 2]}


@pytest.mark.parametrize("form", ["0%", "0.00%", "0.0 %", '[Red]0%;"min"0%'])
def test_a_number_that_is_shown_as_a_percentage_is_one(folder, form):
    def write(workbook, sheet):
        sheet.write_row(1, 0, [0.45, 0.07], workbook.add_format({"num_format": form}))
        sheet.write_number(2, 1, 0.5, workbook.add_format({"num_format": '0.0"%"'}))  # a letter, no percentage

    assert answers(saved(folder, write)) == {"v": ["45%", "8"], "w": ["7%", "0.5"]}


def test_a_sheet_of_numbers_and_texts_has_no_marks(folder):
    path = folder / "2016.xlsx"
    xlsx(path, [["v"], [7], ["x"]])
    assert marks_of(path, "Blad1") == Marks()
    assert marks_of(path, "Blad2") == Marks()


@pytest.mark.parametrize("sign", [b"<f", b' hidden="true"'])
def test_a_sign_is_found_wherever_blocks_end(tmp_path, monkeypatch, sign):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("part", b"x" * 20 + sign + b"x" * 20)
        archive.writestr("other", b"x" * 20 + sign[:-1] + b"x" * 20)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        for size in range(1, 50):
            monkeypatch.setattr(sheet_marks, "_BLOCK", size)
            assert holds(archive, "part", b"<nothing", sign), size
            assert not holds(archive, "other", b"<nothing", sign), size
