"""The keys of waves as editors choose them, their periods, and their order in time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Container, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from wavebook.core import periods
from wavebook.core.periods import Period
from wavebook.core.problems import Problem

_KEY = re.compile(r"(?=.*[0-9])[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_LONGEST = 32


UNDATED = Period(datetime.date.max, datetime.date.max)
"""The period of a wave without one, which ``problems`` reports: after all others."""


def wave_key(value: object) -> object:
    """A wave as its key: TOML and notebooks may write a year as a number, and a day as a date."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if type(value) is datetime.date else value


def _fit(value: str) -> str:
    if not is_wave_key(value):
        raise PydanticCustomError(
            "wave_key",
            "is not a key for a wave: letters, digits and single hyphens, with at least one digit, such as 2018, "
            "2024-03, 2023H2 or R8",
        )
    return value


def is_wave_key(value: str) -> bool:
    """Tell whether a wave may have this key."""
    return len(value) <= _LONGEST and bool(_KEY.fullmatch(value))


WaveKey = Annotated[str, BeforeValidator(wave_key), AfterValidator(_fit)]
"""The key of a wave: it names files and folders, is typed after @, and stands in addresses."""


def _period(value: object) -> Period:
    found = value if isinstance(value, Period) else periods.declared(value)
    if found is None:
        raise PydanticCustomError("words", 'is not a period such as ["2016-08-31", "2017-02-27"] or 2016-09..2017-02')
    return found


DeclaredPeriod = Annotated[Period, BeforeValidator(_period)]


def period_of(key: str, declared: object = None) -> Period | None:
    """The period of a wave: as declared, or else the one that its key names; None where neither gives one."""
    return periods.named(key) if declared is None else periods.declared(declared)


def in_order(raw: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The keys of the waves of a TOML file that was checked, oldest first."""
    found = {key: period_of(key, wave.get("period")) for key, wave in raw.items()}
    return sorted(found, key=lambda key: found[key] or UNDATED)


def problems(waves: Mapping[str, Period | None], others: Container[str]) -> Iterator[Problem]:
    """List waves without a period, with the period of another, and with a key that another wave or indicator has.

    ``others`` are the names of the indicators.
    """
    of: dict[Period, str] = {}
    names: dict[str, str] = {}
    for key, period in waves.items():
        place = f"data/waves.toml, waves.{key}"
        if other := names.get(key.lower()):
            found = f"differs from {other} only in capital letters"
            yield Problem("W208", place, found, "Rename one: not every computer can tell their files apart.")
        names[key.lower()] = key
        if key.lower() in others:
            yield Problem("W208", place, "is also an indicator, whose file has that name", "Rename one of the two.")
        if period is None:
            action = 'Add period = "2016-09..2017-02", or two dates: the first and last day of its fieldwork.'
            yield Problem("W208", place, "is not a year, half-year, quarter, month or week, and has no period", action)
        elif period in of:
            found = f"has the same period as {of[period]}, so that neither comes first"
            yield Problem("W209", place, found, "Declare the period of one or both more exactly, or join them.")
        else:
            of[period] = key


def preparing(current: str, later: Mapping[str, datetime.datetime | None]) -> Iterator[Problem]:
    """A notice of each wave after the one that the book is about now (W453); ``later`` has the embargo of each."""
    for wave, embargo in later.items():
        why = f"is under embargo until {embargo.isoformat(' ', 'minutes')}" if embargo else "is not published"
        action = f"Make the edition about it with --wave {wave}" + ("." if embargo else ", or set published = true.")
        yield Problem("W453", f"data/waves.toml, waves.{wave}", f"{why}, so the book is about {current}", action)
