"""Codes and ranges of codes, as data/waves.toml writes them."""

from __future__ import annotations

import datetime
import re

Span = (
    tuple[float, float]
    | tuple[str, str]
    | tuple[datetime.datetime, datetime.datetime]
    | tuple[datetime.timedelta, datetime.timedelta]
)
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def halves(code: str) -> tuple[str, str]:
    """Both ends of a code or range as they are written; empty where a range is open."""
    first, dots, last = (part.strip() for part in code.partition(".."))
    return (first, last) if dots else (first, first)


def span(code: str) -> Span:
    """First and last value that a code stands for, as numbers when it is written as one.

    Dates and times stay texts here: how they are written is known of a column, see ``codes.Column.span``.
    Raises ValueError when the two ends are out of order or of different kinds.

    >>> span("8..10"), span("07"), span("2.."), span("A")
    ((8.0, 10.0), (7.0, 7.0), (2.0, inf), ('A', 'A'))
    """
    first, last = halves(code)
    numbers = [bool(_NUMBER.fullmatch(text)) for text in (first, last) if text]
    if not numbers or any(numbers) != all(numbers):
        raise ValueError(f"{code!r} is not a code or a range like 8..10")
    if numbers[0]:
        low = float(first.replace(",", ".")) if first else float("-inf")
        high = float(last.replace(",", ".")) if last else float("inf")
    else:
        low, high = first, last or chr(0x10FFFF)
    if low > high and not (isinstance(low, str) and re.search("[0-9]", code)):
        raise ValueError(f"{code!r} is not a code or a range like 8..10")
    return low, high
