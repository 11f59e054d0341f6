"""The dated facts as readers download them."""

import csv
import io
import json

import openpyxl
import pandas as pd
import pytest

from wavebook.pages import downloads, fact_downloads


@pytest.fixture
def made(small, tmp_path):
    small.edit("context.toml", 'locator = "page 1"', 'locator = "=1+1"')
    folder = tmp_path / "data" / "out" / "data"
    downloads.write_figures(folder, small.load(language="en"), title="Trust", licence={"name": "", "path": ""})
    return folder


def test_each_fact_has_a_row_with_its_day_and_its_source(made):
    text = (made / "dated-facts.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["fact"], row["fact_label"], row["date"]) == ("towns", "towns", "2015-08")
    assert (row["value"], row["of"], row["bound"], row["source"]) == ("39", "393", "", "report")
    assert row["locator"] == "'=1+1"  # never a formula
    assert pd.read_csv(made / "dated-facts.csv")["value"].tolist() == [39]


def test_the_workbook_of_everything_has_them_on_a_sheet_with_their_source(made):
    book = openpyxl.load_workbook(made / "figures.xlsx")
    head, row = ([cell.value for cell in cells] for cells in book["Facts"].iter_rows())
    told = dict(zip(head, row, strict=True))
    assert (told["name of the fact"], told["value"], told["out of"]) == ("towns", 39, 393)
    assert book["Facts"]["D2"].number_format == "General"
    assert "report" in [cell.value for cell in book["Sources"]["A"]]


def test_the_data_package_describes_them(made):
    from frictionless import validate

    package = json.loads((made.parent / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in package["resources"] if r["name"] == "dated-facts"] == ["data/dated-facts.csv"]
    report = validate(made.parent / "datapackage.json")
    assert report.flatten(["name", "type", "message"]) == []


def test_a_book_without_facts_has_no_file_of_them(small, tmp_path):
    small.write("context.toml", "")
    figures = small.load()
    downloads.write_figures(tmp_path / "d" / "data", figures, title="Trust", licence={"name": "", "path": ""})
    assert f"{fact_downloads.NAME}.csv" not in {path.name for path in (tmp_path / "d" / "data").iterdir()}
    assert "Feiten" not in openpyxl.load_workbook(tmp_path / "d" / "data" / "figures.xlsx").sheetnames
