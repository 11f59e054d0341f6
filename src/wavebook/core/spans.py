"""Codes and ranges of codes, as data/waves.toml writes them."""

from __future__ import annotations

import datetime
import re

Plain = tuple[float, float] | tuple[str, str]
Span = Plain | tuple[datetime.datetime, datetime.datetime] | tuple[datetime.timedelta, datetime.timedelta]
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def halves(code: str) -> tuple[str, str]:
    """Both ends of a code or range as written; empty where a range is open."""
    first, dots, last = (part.strip() for part in code.partition(".."))
    return (first, last) if dots else (first, first)


def span(code: str) -> Plain:
    """First and last value that a code stands for, as numbers when it is written as one.

    Dates and times stay texts here: only a column knows their format, see ``codes.Column.span``.
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
        if low > high:
            raise ValueError(f"{code!r} is not a code or a range like 8..10")
        return low, high
    last = last or chr(0x10FFFF)
    if first > last and not re.search("[0-9]", code):
        raise ValueError(f"{code!r} is not a code or a range like 8..10")
    return first, last


def overlap(one: Plain, other: Plain) -> bool:
    """Tell whether two codes or ranges, both of numbers or both of texts, have a value in common.

    >>> overlap(span("1..5"), span("5")), overlap(span("1..5"), span("A")), overlap(span("A..C"), span("D.."))
    (True, False, False)
    """
    (low, high), (least, most) = one, other
    if isinstance(low, str) or isinstance(high, str):
        return isinstance(least, str) and isinstance(most, str) and str(low) <= most and least <= str(high)
    return not isinstance(least, str) and not isinstance(most, str) and low <= most and least <= high
