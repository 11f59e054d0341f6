import os
import sys

import polars as pl
import pyreadstat
import pytest
from opened import problems

from wavebook.core.problems import ProblemsError
from wavebook.survey.files import opening
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import SurveyFile, Variable


def test_a_wave_without_a_file_is_an_error(folder):
    assert problems(find_file, folder.parents[1], "2016") == ["W101 data/responses/2016: there is no respondent file."]


def test_a_wave_with_two_files_is_an_error(folder):
    for name in ("2016.csv", "2016.parquet"):
        (folder / name).write_bytes(b"")
    assert problems(find_file, folder.parents[1], "2016") == [
        "W102 data/responses/2016: there are several files: 2016.csv, 2016.parquet."
    ]


@pytest.mark.parametrize("name", ["2016.sav", "2016.xlsx", "2016.doc"])
def test_a_file_of_another_format_or_a_broken_one_is_named(folder, name):
    (folder / name).write_bytes(b"no such file")
    assert problems(open_file, folder / name)[0].startswith(f"W103 data/responses/{name}: cannot be read")


OTHERWISE = {
    "2016.xlsm": "In Excel, save it as .xlsx.",
    "2016.ods": "In LibreOffice, Excel or Numbers, save it as .xlsx.",
    "2016.por": "In SPSS, save it as .sav.",
    "2016.dta": "Save it as .sav, with labels: in R, haven::write_sav does.",
    "2016.feather": "Save it as .parquet: in R, arrow::write_parquet does.",
    "2016.csv.gz": "Unpack it.",
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_file_of_a_kind_that_is_not_read_says_how_to_save_it(folder, name):
    (folder / name).write_bytes(b"x")
    for call, arguments in ((open_file, [folder / name]), (find_file, [folder.parents[1], "2016"])):
        with pytest.raises(ProblemsError) as error:
            call(*arguments)
        (told,) = error.value.problems
        assert (told.code, told.action) == ("W103", OTHERWISE[name])
        assert f"cannot be read: {name[name.rindex('.') :]} is not one of .sav" in told.found


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav", "xlsx"])
def test_what_nobody_sees_in_a_question_is_left_out_in_every_format(folder, kind):
    asked = "Hoe tevreden bent u\u200b?"
    frame = pl.DataFrame({"v1" if kind == "sav" else asked: [1.0, 2.0]})
    path = folder / f"2016.{kind}"
    match kind:
        case "csv":
            frame.write_csv(path)
        case "parquet":
            frame.write_parquet(path)
        case "sav":
            pyreadstat.write_sav(frame, path, column_labels={"v1": asked})
        case "xlsx":
            frame.write_excel(path)
    file = open_file(path)
    assert [variable.question for variable in file.variables.values()] == ["Hoe tevreden bent u?"]
    assert [notice.code for notice in file.notices] == ["W197"]


def test_a_reader_that_fails_on_an_answer_is_a_problem_of_its_file(folder, monkeypatch):
    (folder / "2016.sav").write_bytes(b"")

    def load(columns, staging, names=()):
        raise ZeroDivisionError

    broken = SurveyFile("data/responses/2016.sav", {"v": Variable("v", "number")}, load)
    monkeypatch.setattr(opening.spss, "open_sav", lambda *_: broken)
    file = open_file(folder / "2016.sav")
    assert problems(file.load, ["v"], Staging(folder / "2016.sav")) == [
        "W103 data/responses/2016.sav: cannot be read: what reads it fails (ZeroDivisionError)."
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="a file system that takes any name")
def test_a_folder_with_a_name_that_is_not_utf8_is_a_problem(tmp_path):
    other = tmp_path / os.fsdecode(b"caf\xe9")
    other.mkdir()
    (other / "2016.csv").write_text("v;w\n1;2\n", encoding="utf-8")
    assert problems(open_file, other / "2016.csv") == [
        "W103 2016.csv: cannot be read: its name, or that of a folder above it, is not UTF-8."
    ]
