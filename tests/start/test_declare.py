"""Declarations drafted from a file of answers."""

import tomllib
from dataclasses import replace

import listeners
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
