import re

import polars as pl
import pytest

from wavebook.core.numerals import DOUBTFUL, FORMS


def read(form: str, *texts: str) -> list[float | None]:
    return pl.DataFrame({"t": texts}).select(FORMS[form].number(pl.col("t")))["t"].to_list()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_the_number_it_is_named_after_and_leaves_out_the_marks(form):
    sign = "%" if form.endswith("%") else ""
    assert read(form, form, f"-12{sign}", f"7{sign}") == [1234.5, -12, 7]


@pytest.mark.parametrize(
    ("form", "text", "number"),
    [
        ("1.234,5", "1.234.567", 1_234_567),
        ("1.234,5", "1.23", None),
        ("1,234.5", "1.250", 1.25),
        ("1 234,5", "1\u202f250,5", 1250.5),
        ("1234,5", "1.250", None),
        ("1234.5", "+0.5", 0.5),
        ("1234.5", "zes", None),
        ("1'234.5", "1’250.5", 1250.5),
        ("1234,5%", "45\u00a0%", 45),
        ("1234,5%", "45", None),
        ("1234,5", "45%", None),
        ("1234,5%", "4%5", None),
    ],
)
def test_marks_stand_where_the_form_has_them_or_it_is_no_number(form, text, number):
    assert read(form, text) == [number]


@pytest.mark.parametrize(("text", "doubtful"), [("1.250", True), ("12,000", True), ("1.25", False), ("0.250", False)])
def test_a_number_that_may_be_a_thousand_times_another_is_doubtful(text, doubtful):
    assert bool(re.search(DOUBTFUL, text)) is doubtful
