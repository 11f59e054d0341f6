from opened import answers, problems
from workbook import xlsx

from wavebook.survey.files.opening import open_file


def test_a_workbook_is_read_without_its_empty_rows_and_with_codes_stored_as_text(folder):
    path = folder / "2016.xlsx"
    xlsx(path, [["v1", "t"], [7, "01"], [None, None], [8.5, 2], [None, 1]])
    assert answers(path) == {"v1": [7, 8.5, None], "t": ["01", "2", "1"]}


def test_of_several_sheets_one_has_to_be_chosen(folder):
    path = folder / "2016.xlsx"
    xlsx(path, [["v1"], [7]], [["v1"], [8]])
    assert problems(open_file, path) == [
        "W103 data/responses/2016.xlsx: has several sheets: Blad1 (2 × 1 cells), Blad2 (2 × 1 cells)."
    ]
    assert problems(open_file, path, sheet="Blad3") == ["W103 data/responses/2016.xlsx: has no sheet Blad3."]
    assert answers(path, sheet="Blad2") == {"v1": [8]}
