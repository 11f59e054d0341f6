"""The figures of a chart as a workbook, read by the programs that readers use."""

import io
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from drawn import alone, edition

from wavebook import charts
from wavebook.pages import chart_workbook

ERRORS = {"n": 900, "se": 1.25, "ci_low": 47.5, "ci_high": 52.5}


@pytest.fixture(scope="module")
def chart():
    rows = [("2008", "way.c0", 50.4, ERRORS), ("2014", "way.c0", 20), ("2014", "grade", 6.84)]
    return alone(edition(rows, way=("percent", ("post",)), grade=("grade", ())), site="https://x.nl/")


@pytest.fixture(scope="module")
def book(chart):
    return openpyxl.load_workbook(io.BytesIO(chart_workbook.workbook(chart)))


def test_a_reader_finds_words_and_numbers(book):
    assert book.sheetnames == ["Cijfers", "Toelichting"]
    head, first, second = book["Cijfers"].iter_rows()
    row = {name.value: cell for name, cell in zip(head, first, strict=True)}
    assert (row["Onderwerp"].value, row["Antwoord"].value, row["Eenheid"].value) == ("Way", "Post", "percentage")
    assert (row["Meting"].value, row["Aantal deelnemers"].value) == (2008, 900)
    assert "Uitsplitsing" not in row
    assert second[list(row).index("Waarde")].value == 0.2


def test_a_percentage_is_a_fraction_that_is_shown_as_one(book):
    head, first, _ = book["Cijfers"].iter_rows()
    row = {name.value: cell for name, cell in zip(head, first, strict=True)}
    assert (row["Waarde"].value, row["Waarde"].number_format) == (0.504, "0%")
    assert (row["Standaardfout"].value, row["Bovengrens (95%)"].value) == (0.0125, 0.525)
    assert row["Aantal deelnemers"].number_format == "#,##0"


def test_the_second_sheet_says_what_the_figures_are(book, chart):
    rows = [tuple(cell.value for cell in row) for row in book["Toelichting"].iter_rows()]
    assert rows[0] == ("Grafiek", "Kop & staart.")
    texts = [text for _, text in rows]
    assert texts[1:] == [chart.subtitle, *(text for _, text in chart.about)]


def test_text_is_never_a_formula_and_the_bytes_do_not_hold_the_day(chart):
    from dataclasses import replace

    hostile = replace(chart, headline='=HYPERLINK("http://x.nl")')
    made = chart_workbook.workbook(hostile)
    assert made == chart_workbook.workbook(hostile)
    cell = openpyxl.load_workbook(io.BytesIO(made))["Toelichting"]["B1"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x.nl")', "s")


@pytest.mark.parametrize(("fact", "kind"), [("2015-08-03", datetime), ("2015-08", str)])
def test_a_dated_fact_has_its_day_as_a_date(fact, kind):
    from drawn import FACTS
    from page import book_with

    from wavebook.pages.chart_alone import ChartAlone

    facts = {"towns": FACTS["towns"].model_copy(update={"date": fact})}
    figures = edition([("2014", "grade", 6)], grade=("grade", ()), facts=facts)
    chart = ChartAlone(charts.tally("dorpen", figures, "towns").payload, book_with(figures), "Kop.", "a.html", "A")
    frame = pd.read_excel(io.BytesIO(chart_workbook.workbook(chart)), engine="openpyxl")
    (row,) = frame.to_dict("records")
    assert isinstance(row["Datum"], kind)
    assert (row["Feit"], row["Waarde"], row["Van de"]) == ("Gemeenten", 39, 393)


@pytest.mark.parametrize(
    ("unit", "value", "form"),
    [("EUR", 1250.5, "[$EUR] #,##0"), ("grade", 6.8, "0.0"), ("count", 12000, "#,##0"), ("minute", 85, "#,##0")],
)
def test_other_units_have_the_form_of_theirs(unit, value, form):
    chart = alone(edition([("2008", "a", value), ("2014", "a", value)], a=(unit, ())), "a")
    sheet = openpyxl.load_workbook(io.BytesIO(chart_workbook.workbook(chart)))["Cijfers"]
    column = [cell.value for cell in sheet[1]].index("Waarde")
    assert (sheet[2][column].value, sheet[2][column].number_format) == (value, form)
