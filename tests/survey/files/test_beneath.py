import pytest
from opened import answers
from xlsxwriter import Workbook

from wavebook.survey.files import limits
from wavebook.survey.files.beneath import rows_beneath
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging

HEAD = "id;Waar woont u?;cijfer\n"
TABLE = HEAD + "1;Noord;7\n2;Zuid;8\n3;Noord;7\n"
READ = {"id": ["1", "2", "3"], "Waar woont u?": ["Noord", "Zuid", "Noord"], "cijfer": ["7", "8", "7"]}
TOTALS = ["Totaal;;7,3\n", "Gemiddelde:;;7.3\n", "Insgesamt;3;22\n", "Total;3;7,3", "N;3;3\n"]
NOTES = ["N=3;;\n", "N = 3\n", ";;\nExport van 3 mei;;\n", "\nExport van 3 mei\n", "* gewogen\n", "Bron: bureau;;\n"]


@pytest.mark.parametrize("beneath", [*TOTALS, *NOTES, "Totaal;;7,3\n;;\nBron: bureau\n"])
def test_totals_and_notes_beneath_answers_are_left_out_and_told(folder, beneath):
    path = folder / "2016.csv"
    path.write_text(TABLE + beneath, encoding="utf-8")
    assert answers(path) == READ
    assert [(told.code, "a total or a note" in told.found) for told in open_file(path).notices] == [("W149", True)]


@pytest.mark.parametrize(
    "last",
    ["4;;\n", "4;Totaal;8\n", ";Zuid;\n", "a4;Noord;7\n", "Totaal;zuid;7\n", "Anna;Noord;7\n", "n4;;\n4;Noord;8\n"],
)
def test_the_last_answers_stay(folder, last):
    path = folder / "2016.csv"
    path.write_text(TABLE + last, encoding="utf-8")
    assert len(answers(path)["id"]) == 3 + last.count("\n")
    assert open_file(path).notices == ()


STATISTICS = (
    "Total respondents;;3|Totaal generaal;;22|Mediaan;;7|Max;;8|St.dev.;;0,6|Std. Dev.;;0.6|Gem.;;7|Number of men;;3"
)


@pytest.mark.parametrize("row", STATISTICS.split("|"))
def test_statistics_beneath_answers_are_left_out_too(folder, row):
    path = folder / "2016.csv"
    path.write_text(f"{TABLE}{row}\n", encoding="utf-8")
    assert answers(path) == READ
    assert [told.code for told in open_file(path).notices] == ["W149"]


@pytest.mark.parametrize(("last", "left_out"), [(";;60", True), (";;12", False), ("21;;60", False), ("21;a;60", False)])
def test_a_sum_without_a_word_is_left_out_where_it_is_as_large_as_all_above(folder, last, left_out):
    path = folder / "2016.csv"
    rows = [f"{i};{'ab'[i % 2]};{i % 5}" for i in range(1, 21)]  # 40 together
    path.write_text("\n".join(["id;q;visits", *rows, last]), encoding="utf-8")
    assert len(answers(path)["id"]) == 21 - left_out


@pytest.mark.parametrize("last", ["Maxime;Noord;7", "4;Max;8", "Min of meer;Zuid;7", "Totaal oneens;Noord;8"])
def test_answers_that_begin_like_a_statistic_stay(folder, last):
    path = folder / "2016.csv"
    path.write_text(f"{TABLE}{last}\n", encoding="utf-8")
    assert len(answers(path)["id"]) == 4


@pytest.mark.parametrize("blank", ["\n", "\r\n\r\n", ";;\n", ";;\r\n;;\n", '"";"";""\n', " ; ;\n", "   \n"])
@pytest.mark.parametrize("large", [False, True])
def test_lines_without_an_answer_are_nobody(folder, monkeypatch, blank, large):
    monkeypatch.setattr(limits, "IN_MEMORY", 10 if large else limits.IN_MEMORY)
    path = folder / "2016.csv"
    path.write_bytes((TABLE + blank + "4;Noord;6\n" + blank).encode())
    read = open_file(path).load(["id", "cijfer"], staging := Staging(path))[0].collect()
    assert read["id"].cast(int).to_list() == [1, 2, 3, 4]
    assert read["cijfer"].cast(int).to_list() == [7, 8, 7, 6]
    del staging
    assert open_file(path).notices == ()


def test_a_column_alone_may_have_an_empty_cell(folder):
    path = folder / "2016.csv"
    path.write_text("cijfer\n7\n\n8\n")
    assert answers(path) == {"cijfer": ["7", None, "8"]}


def test_names_of_columns_that_stand_again_are_nobody(folder):
    path = folder / "2016.csv"
    path.write_text(TABLE + TABLE)
    assert answers(path) == {name: cells * 2 for name, cells in READ.items()}
    assert [told.found for told in open_file(path).notices] == [
        "repeats the names of its columns in 1 line further down, left out"
    ]


def test_numbers_above_columns_may_be_answers(folder):
    path = folder / "2016.csv"
    path.write_text("7;8\n6;7\n7;8\n")
    assert answers(path) == {"7": ["6", "7"], "8": ["7", "8"]}


def test_a_sheet_is_without_them_too(folder):
    path = folder / "2016.xlsx"
    rows = [line.split(";") for line in TABLE.splitlines()]
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]
    rows = [*rows, rows[0], *rows[1:], ["", "", ""], ["Totaal", "", 7.3], ["", "", ""], ["Bron: bureau", "", ""]]
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert answers(path)["cijfer"] == [7, 8, 7] * 2
    assert [told.code for told in open_file(path).notices] == ["W149", "W149"]


def test_few_rows_show_nothing():
    assert rows_beneath([["1", "7", "2"], ["N=3", "", ""]], 3) == 0
    assert rows_beneath([], 3) == 0
