"""Numbers in a workbook, by their unit."""

from decimal import Decimal

import pytest

from wavebook.core.units import COUNT, GRADE, PERCENT, PERCENTAGE_POINT, built_in
from wavebook.pages.sheet_numbers import sheet_number


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        ("50.4", PERCENT, 0, (0.504, "0%")),
        ("50.4", PERCENT, None, (0.504, "0.0%")),
        ("0.1", PERCENT, 1, (0.001, "0.0%")),
        ("6.85", GRADE, 1, (6.85, "0.0")),
        ("12000", COUNT, 0, (12000.0, "#,##0")),
        ("-2.5", PERCENTAGE_POINT, 1, (-2.5, "#,##0.0")),
        ("3.1", built_in("EUR"), 2, (3.1, "[$EUR] #,##0.00")),
        ("2", None, None, (2.0, "#,##0")),
    ],
)
def test_a_number_keeps_its_worth_and_has_the_form_of_its_unit(value, unit, decimals, expected):
    assert sheet_number(Decimal(value), unit, decimals) == expected
