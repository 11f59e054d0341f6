"""Periods of time: read from a name such as 2024Q1 or 2023-W07, put in order, and placed on an axis."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Literal, NamedTuple

Kind = Literal["year", "half", "quarter", "month", "week", "day"]

_NAMES: dict[Kind, re.Pattern[str]] = {
    "year": re.compile(r"([12]\d{3})"),
    "half": re.compile(r"([12]\d{3})-?H([12])", re.IGNORECASE),
    "quarter": re.compile(r"([12]\d{3})-?Q([1-4])", re.IGNORECASE),
    "month": re.compile(r"([12]\d{3})-(\d\d)"),
    "week": re.compile(r"([12]\d{3})-?W(\d\d)", re.IGNORECASE),
    "day": re.compile(r"([12]\d{3})-(\d\d)-(\d\d)"),
}
_MONTHS = {"half": 6, "quarter": 3, "month": 1}


class Period(NamedTuple):
    """The first and the last day of a period; periods are in order of their start, then of their end."""

    start: datetime.date
    end: datetime.date

    @property
    def middle(self) -> float:
        """The middle of the period in years, so that all of 2014 has 2014; a whole number is an int.

        >>> named("2014").middle, named("2024Q1").middle < named("2024Q2").middle
        (2014, True)
        """
        middle = (_years(self.start) + _years(self.end + datetime.timedelta(1))) / 2 - 0.5
        return int(middle) if middle.is_integer() else middle


def _years(day: datetime.date) -> float:
    """The start of a day in years."""
    first = datetime.date(day.year, 1, 1)
    return day.year + (day - first).days / (366 if calendar.isleap(day.year) else 365)


class Named(NamedTuple):
    """The parts of a name that is a period: its kind, and its year with the number of the half-year, month or so."""

    kind: Kind
    numbers: tuple[int, ...]


def parts(name: str) -> Named | None:
    """The parts of a name that is a year, half-year, quarter, month, week or day; None for any other.

    >>> parts("2023H2"), parts("2023-W07"), parts("R8")
    (Named(kind='half', numbers=(2023, 2)), Named(kind='week', numbers=(2023, 7)), None)
    """
    for kind, pattern in _NAMES.items():
        if name.isascii() and (match := pattern.fullmatch(name)):
            found = Named(kind, tuple(map(int, match.groups())))
            return found if _of(found) else None
    return None


def named(name: str) -> Period | None:
    """The period that a name stands for; None where it is no period.

    >>> named("2024-02").end.isoformat(), named("2024-13"), named("R8")
    ('2024-02-29', None, None)
    """
    found = parts(name)
    return _of(found) if found else None


def _of(found: Named) -> Period | None:
    year, *rest = found.numbers
    try:
        if found.kind == "year":
            return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        if found.kind == "day":
            day = datetime.date(year, *rest)
            return Period(day, day)
        if found.kind == "week":
            return Period(*(datetime.date.fromisocalendar(year, rest[0], day) for day in (1, 7)))
        months = _MONTHS[found.kind]
        last = rest[0] * months
        start = datetime.date(year, last - months + 1, 1)
        return Period(start, datetime.date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:  # there is no such month, week or day
        return None


def following(name: str) -> str:
    """The name after this one: of the next year, month and so on, or with the number at its end one higher.

    >>> following("2014"), following("2023-12"), following("2023Q4"), following("R9"), following("2023-W52")
    ('2015', '2024-01', '2024Q1', 'R10', '2024-W01')
    """
    found, period = parts(name), named(name)
    if found is None or period is None or found.kind == "year":
        return re.sub(r"(\d+)(?!.*\d)", lambda match: str(int(match[0]) + 1).zfill(len(match[0])), name)
    next_day = period.end + datetime.timedelta(1)
    sign = re.sub(r"[0-9]", "", name.replace(str(found.numbers[0]), "", 1))
    if found.kind == "day":
        return next_day.isoformat()
    if found.kind == "week":
        year, number, _ = next_day.isocalendar()
        return f"{year}{sign}{number:02}"
    number = (next_day.month - 1) // _MONTHS[found.kind] + 1
    return f"{next_day.year}{sign}{number:02}" if found.kind == "month" else f"{next_day.year}{sign}{number}"


def declared(value: object) -> Period | None:
    """The period of a declaration: two dates, ``2016-09..2017-02``, or one name; None where it is not a period.

    >>> declared("2016-09..2017-02") == declared(["2016-09-01", "2017-02-28"])
    True
    """
    if isinstance(value, str):
        value = value.split("..")
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= 2:
        return None
    ends = [named(item.isoformat() if type(item) is datetime.date else str(item).strip()) for item in value]
    first, last = ends[0], ends[-1]
    if first is None or last is None or first.start > last.end:
        return None
    return Period(first.start, last.end)
