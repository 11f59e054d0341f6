import datetime

import polars as pl
import pyreadstat
import pytest
from workbook import xlsx

from wavebook.core.problems import ProblemsError
from wavebook.survey.files import limits
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.staging import Staging


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "data" / "responses"
    made.mkdir(parents=True)
    return made


def answers(path, **options):
    """All columns of a file by name, as they are loaded."""
    file = open_file(path, **options)
    return file.load(list(file.variables), Staging(path))[0].collect().to_dict(as_series=False)


def problems(call, *args, **options):
    with pytest.raises(ProblemsError) as error:
        call(*args, **options)
    return [str(problem).splitlines()[0] for problem in error.value.problems]


# Which file


def test_a_wave_without_a_file_is_an_error(folder):
    assert problems(find_file, folder.parents[1], 2016) == ["W101 data/responses/2016: there is no respondent file."]


def test_a_wave_with_two_files_is_an_error(folder):
    for name in ("2016.csv", "2016.parquet"):
        (folder / name).write_bytes(b"")
    assert problems(find_file, folder.parents[1], 2016) == [
        "W102 data/responses/2016: there are several files: 2016.csv, 2016.parquet."
    ]


@pytest.mark.parametrize("name", ["2016.sav", "2016.xlsx", "2016.doc"])
def test_a_file_of_another_format_or_a_broken_one_is_named(folder, name):
    (folder / name).write_bytes(b"no such file")
    assert problems(open_file, folder / name)[0].startswith(f"W103 data/responses/{name}: cannot be read")


# SPSS


def test_an_spss_file_brings_its_questions_labels_and_missing_codes(folder):
    path = folder / "2016.sav"
    pyreadstat.write_sav(
        pl.DataFrame({"v1": [7.0, 98.0], "t": ["a ", ""]}),
        path,
        column_labels={"v1": "Wat  vindt u?"},
        variable_value_labels={"v1": {1.0: "slecht"}},
        missing_ranges={"v1": [{"lo": 97, "hi": 99}]},
    )
    file = open_file(path)
    found = file.variables["v1"]
    assert (found.kind, found.question, found.labels) == ("number", "Wat vindt u?", {"1": "slecht"})
    assert found.missing == ((97, 99),)
    assert file.variables["t"].kind == "text"


def test_user_missing_codes_are_still_there_and_blanks_are_not(folder):
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 98.0], "t": ["a ", " "]}), path, missing_ranges={"v1": [98]})
    assert answers(path) == {"v1": [7, 98], "t": ["a", None]}


def sav_with_bytes(folder, old, new, **options):
    """An SPSS file that says it holds UTF-8 and in which ``old`` is replaced by ``new``."""
    path = folder / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0, 8.0], "t": ["café", "b"]}), path, **options)
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


@pytest.mark.parametrize("new", [b"caf\xe9 ", b" caf\xe9"])
def test_cp1252_answers_in_a_file_that_says_utf8_are_an_error(folder, new):
    path = sav_with_bytes(folder, "café".encode(), new)
    _, found = open_file(path).load(["t"], Staging(path))
    assert [str(problem).splitlines()[0] for problem in found] == [
        "W105 data/responses/2016.sav: says that it holds UTF-8 and does not: letters would be lost."
    ]


@pytest.mark.parametrize("new", [b"caf\xc3 ", b"caf\x9d ", b"caf\xe9 "])
def test_a_text_that_is_cut_within_a_letter_is_an_error_only_where_it_is_needed(folder, new):
    path = sav_with_bytes(folder, "café".encode(), new)
    assert open_file(path).load(["v1"], Staging(path))[1] == []
    frame, found = open_file(path).load(["v1", "t"], Staging(path))
    assert frame.collect()["v1"].to_list() == [7, 8]
    assert [(problem.code, "column t:" in problem.action) for problem in found] == [("W105", True)]


def test_cp1252_labels_in_a_file_that_says_utf8_are_an_error_and_are_read(folder):
    path = sav_with_bytes(folder, "één".encode(), b"\xe9\xe9n  ", column_labels={"v1": "Vraag één"})
    file = open_file(path)
    assert [problem.code for problem in file.problems] == ["W105"]
    assert file.variables["v1"].question == "Vraag één"


def test_the_given_encoding_reads_its_letters_right(folder):
    path = sav_with_bytes(folder, "café".encode(), b"caf\xe9 ")
    assert answers(path, encoding="cp1252")["t"] == ["café", "b"]


# Text files


def test_a_dutch_csv_has_semicolons_and_keeps_its_decimal_commas(folder):
    path = folder / "2016.csv"
    path.write_text('v1;w;o\n7;0,5;"a;b"\n8;1,5;\n', encoding="utf-8")
    assert answers(path) == {"v1": ["7", "8"], "w": ["0,5", "1,5"], "o": ["a;b", None]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_keeps_its_letters_in_every_encoding(folder, encoding):
    path = folder / "2016.csv"
    path.write_text("thema,v1\nCafé,7\n€,8\n", encoding=encoding)
    assert answers(path) == {"thema": ["Café", "€"], "v1": ["7", "8"]}
    assert [n.code for n in open_file(path).notices] == (["W147"] if encoding == "cp1252" else [])


def test_a_csv_that_claims_utf8_and_is_not_is_an_error(folder):
    path = folder / "2016.csv"
    path.write_bytes(b"\xef\xbb\xbfthema,v1\ncaf\xe9,7\n")
    assert [problem.code for problem in open_file(path).problems] == ["W105"]


@pytest.mark.parametrize("content", ["a,v1\nJan,1,2\n", 'a,v1\n"Jan,1\n', ""])
def test_a_broken_text_file_is_named_without_its_content(folder, content):
    (folder / "2016.csv").write_text(content)
    found = str(problems(open_file, folder / "2016.csv"))
    assert "W103" in found
    assert "Jan" not in found


def test_two_columns_with_one_name_are_an_error(folder):
    (folder / "2016.csv").write_text("v1,v1\n1,2\n")
    assert problems(open_file, folder / "2016.csv") == [
        "W108 data/responses/2016.csv, column v1: occurs more than once."
    ]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            '"resp";"Hoe snel, goed, prettig en eerlijk, vindt u dit?"',
            ["resp", "Hoe snel, goed, prettig en eerlijk, vindt u dit?"],
        ),
        ('resp,"Hoe tevreden\nbent u?"', ["resp", "Hoe tevreden bent u?"]),
        ('"Hoe tevreden\r\nbent u?",resp', ["Hoe tevreden bent u?", "resp"]),
        ('"Zei u ""ja, graag""\nof niet?"\tresp', ['Zei u "ja, graag" of niet?', "resp"]),
        ("sep=;\nresp;v1", ["resp", "v1"]),
        ('"sep=,"\r\nresp,v1', ["resp", "v1"]),
        ('resp;het 5" scherm', ["resp", 'het 5" scherm']),
    ],
)
def test_a_heading_may_hold_marks_and_line_breaks(folder, monkeypatch, head, names):
    path, mark = folder / "2016.csv", next(c for c in ";\t," if c in head.replace("goed,", "").replace("ja,", ""))
    path.write_bytes(f"{head}\n1{mark}2\n3{mark}4\n".encode())
    expected = {names[0]: ["1", "3"], names[1]: ["2", "4"]}
    assert answers(path) == expected
    monkeypatch.setattr(limits, "IN_MEMORY", 10)
    large = open_file(path).load(names, staging := Staging(path))[0].collect()
    assert large.to_dict(as_series=False) == {names[0]: [1, 3], names[1]: [2, 4]}
    del staging


# Workbooks


def test_a_workbook_is_read_without_its_empty_rows_and_with_codes_stored_as_text(folder):
    path = folder / "2016.xlsx"
    xlsx(path, [["v1", "t"], [7, "01"], [None, None], [8.5, 2], [None, 1]])
    assert answers(path) == {"v1": [7, 8.5, None], "t": ["01", "2", "1"]}


def test_of_several_sheets_one_has_to_be_chosen(folder):
    path = folder / "2016.xlsx"
    xlsx(path, [["v1"], [7]], [["v1"], [8]])
    assert problems(open_file, path) == ["W103 data/responses/2016.xlsx: has several sheets: Blad1, Blad2."]
    assert problems(open_file, path, sheet="Blad3") == ["W103 data/responses/2016.xlsx: has no sheet Blad3."]
    assert answers(path, sheet="Blad2") == {"v1": [8]}


# Dates, times and lists


def test_spss_dates_and_times_are_texts_as_iso_8601_has_them_without_loss(folder):
    start = datetime.datetime(1582, 10, 14)
    moments = [datetime.datetime(1500, 1, 1), datetime.datetime(2016, 9, 30, 23, 59, 59, 500_000)]
    seconds = [(moment - start).total_seconds() for moment in moments]
    frame = pl.DataFrame({"d": seconds, "dt": seconds, "t": [30.25, 108_000.0], "du": [None, 5.0]})
    formats = {"d": "DATE11", "dt": "DATETIME23", "t": "TIME11", "du": "DTIME11"}
    path = folder / "2016.sav"
    pyreadstat.write_sav(frame, path, variable_format=formats)
    assert answers(path) == {
        "d": ["1500-01-01", "2016-09-30 23:59:59.500"],
        "dt": ["1500-01-01", "2016-09-30 23:59:59.500"],
        "t": ["00:00:30.250000", "30:00:00"],
        "du": [None, "00:00:05"],
    }
    assert [item.kind for item in open_file(path).variables.values()] == ["date", "date", "time", "time"]


def test_parquet_lengths_lists_and_bytes_do_not_keep_the_other_columns_from_being_read(folder):
    path = folder / "2016.parquet"
    columns = {
        "v1": [7, 8, 9],
        "length": [datetime.timedelta(hours=30), datetime.timedelta(seconds=-1), None],
        "list": [["a", "b"], [], None],
        "struct": [{"x": 1}, {"x": 2}, None],
        "bytes": [b"a", b"\xff", None],
    }
    pl.DataFrame(columns).write_parquet(path)
    assert answers(path) == {
        "v1": [7, 8, 9],
        "length": ["30:00:00", "-00:00:01", None],
        "list": ["a;b", None, None],
        "struct": ["a struct", "a struct", None],
        "bytes": ["a binary", "a binary", None],
    }


# Large files


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".csv"])
def test_a_large_file_is_read_in_parts_with_the_same_answers(folder, monkeypatch, suffix):
    numbers, letters = [float(i % 10 + 1) for i in range(500)], ["a", "b"] * 250
    frame, path = pl.DataFrame({"v1": numbers, "t": letters}), folder / f"2016{suffix}"
    if suffix == ".csv":
        frame.write_csv(path)
    else:
        pyreadstat.write_sav(frame, path, compress=suffix == ".zsav")
    monkeypatch.setattr(limits, "IN_MEMORY", 1000)
    staging = Staging(path)
    made = open_file(path).load(["v1", "t"], staging)[0].select(pl.col("v1").cast(pl.Float64), "t").collect()
    assert made.to_dict(as_series=False) == {"v1": numbers, "t": letters}
    assert list(folder.glob(".staging-*"))
    del staging
    assert not list(folder.glob(".staging-*"))
