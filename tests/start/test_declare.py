"""Declarations drafted from a file of answers."""

import struct
import tomllib
from dataclasses import replace

import listeners
import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from wavebook.core.problems import ProblemsError
from wavebook.start import declare
from wavebook.start.options import Options, completed


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = listeners.spss(tmp_path_factory.mktemp("bureau") / "2024.sav")
    return declare.planned(completed(Options(path.parent / "b", ("nl", "en"), file=path)), path)


def test_the_sample_is_found_and_not_drafted(plan):
    assert plan.design == {"respondent": "idno", "weight": "pspwght"}
    assert {draft.name for draft in plan.drafts} & {"idno", "pspwght"} == set()


def test_texts_are_in_each_language_of_the_book(plan):
    waves = tomllib.loads(declare.waves_toml(plan, "s", "2024.sav"))["waves"]["2024"]
    assert waves["name"] == {"nl": "meting van 2024", "en": "survey of 2024"}
    assert set(tomllib.loads(declare.indicators_toml(plan))["bases"]["people"]) == {"nl", "en"}


def test_the_sheet_that_is_asked_for_is_read_and_declared(tmp_path):
    path = tmp_path / "2024.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Uitleg").write_row(0, 0, ["wat", "hoe"])
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, ["nr", "tevreden"])
        for row in range(1, 60):
            sheet.write_row(row, 0, [row, "ja" if row % 3 else "nee"])
    wanted = completed(Options(tmp_path / "b", ("nl",), file=path))
    with pytest.raises(ProblemsError, match="has several sheets: Uitleg"):
        declare.planned(wanted, path)
    made = declare.planned(replace(wanted, sheet="Data"), path)
    assert tomllib.loads(declare.waves_toml(made, "s", path.name))["waves"]["2024"]["responses"]["sheet"] == "Data"


def test_what_is_in_doubt_of_the_sample_is_a_comment(plan):
    text = declare.waves_toml(replace(plan, doubts={"strata": "region"}), "s", "2024.sav")
    assert '# strata = ""  # is it region?' in text
    assert "strata" not in tomllib.loads(text)["waves"]["2024"]["responses"]


def test_a_source_is_made_for_the_answers(plan):
    assert "Antwoorden op de vragenlijst van 2024" in declare.references_bib(plan, "answers2024")


def test_those_who_completed_it_are_the_respondents_and_no_question(tmp_path):
    path = tmp_path / "2024.sav"
    frame = pd.DataFrame(
        {"completed": [1.0, 1.0, 2.0] * 40, "used": [1.0, 2.0, 2.0] * 40, "ophoog": [0.5, 1.5, 1] * 40}
    )
    yes_no = {1: "Yes", 2: "No"}
    pyreadstat.write_sav(frame, path, variable_value_labels={"completed": yes_no, "used": yes_no})
    content = bytearray(path.read_bytes())
    struct.pack_into("<i", content, 76, 3)  # SPSS was told to weight by the third column
    path.write_bytes(content)
    made = declare.planned(completed(Options(tmp_path / "b", ("en",), file=path)), path)
    assert [draft.name for draft in made.drafts] == ["used"]
    responses = tomllib.loads(declare.waves_toml(made, "s", path.name))["waves"]["2024"]["responses"]
    assert (responses["filter"], responses["weight"]) == ({"completed": [1]}, "ophoog")


def test_a_weight_that_is_not_above_nought_is_asked_about_and_no_question(tmp_path):
    path = tmp_path / "2024.csv"
    for wrong in ("0", "-1", "85%", "inf"):
        rows = [f"{i},{'yes' if i % 2 else 'no'},{wrong if i == 1 else '1.5'}" for i in range(60)]
        path.write_text("\n".join(["id,used,weight", *rows]), encoding="utf-8")
        made = declare.planned(completed(Options(tmp_path / "b", ("en",), file=path)), path)
        assert [draft.name for draft in made.drafts] == ["used"], wrong
        assert '# weight = ""  # is it weight?' in declare.waves_toml(made, "s", path.name)
