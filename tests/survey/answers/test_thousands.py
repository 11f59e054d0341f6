import polars as pl
import pytest

from wavebook.core.numerals import FORMS
from wavebook.survey.answers.thousands import counts, doubted, is_settled
from wavebook.survey.files.codes import Column


def found(*numbers, form=None):
    """How many of these may be thousands."""
    frame = pl.DataFrame({"v": numbers}, strict=False)
    column = Column("v", frame["v"].dtype == pl.String, form)
    return doubted(frame.select(**counts(column, pl.col("v").is_not_null())).row(0, named=True))


@pytest.mark.parametrize(
    ("numbers", "many"),
    [
        (("1.250", "900", None), 1),
        (("1,250", "12,5", "1,575", "3,125", "2,001"), 5),
        (("1.250", "2.5"), 0),
        (("1.250", "0.5"), 0),
        (("1.2504", "1.250"), 0),
        (("1250", "900"), 0),
        ((1.25, 1.375, 1.5, 669.0), 0),
        ((1.227, 669.0, None), 1),
        ((-1.227, 12.434, 999.999), 3),
        ((1.227, 2.32, 3.333, 4.001), 4),
        ((1.227, 2.32, 3.333, 1000.0), 0),
        ((1.227, 0.5), 0),
        ((1.0000004, 2.0), 0),
        ((1, 2, 3000), 0),
    ],
)
def test_numbers_may_be_thousands_if_none_of_them_shows_otherwise(numbers, many):
    assert found(*numbers) == many


@pytest.mark.parametrize(
    ("text", "form", "settled"),
    [(True, "1.234,5", True), (False, "1.234,5", False), (False, "1234,5", True), (True, None, False)],
)
def test_a_declared_form_settles_it_where_numbers_are_written_in_one(text, form, settled):
    assert is_settled(Column("v", text, FORMS[form] if form else None)) is settled
