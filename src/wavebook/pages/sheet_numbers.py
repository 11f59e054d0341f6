"""Numbers in a workbook: true numbers, with the form in which a sheet shows them.

A percentage is a fraction that the sheet shows as one, as spreadsheets count with them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from wavebook.core.units import Unit


class SheetNumber(NamedTuple):
    """A number and its form."""

    content: float
    form: str


def sheet_number(value: Decimal, unit: Unit | None, decimals: int | None = None) -> SheetNumber:
    """A number with the form of its unit: a share as a fraction, an amount with its currency.

    It is shown with all its decimals unless they are given.
    """
    digits = max(-int(value.normalize().as_tuple().exponent), 0) if decimals is None else decimals
    plain = "0" if digits == 0 else "0." + "0" * digits
    if unit is not None and unit.is_share:
        return SheetNumber(float(value / 100), f"{plain}%")
    if unit is not None and unit.currency:
        return SheetNumber(float(value), f"[${unit.currency}] #,##{plain}")
    return SheetNumber(float(value), plain if unit is not None and unit.is_score else f"#,##{plain}")
