"""The types of values in declarations: names, words, dates, texts in both languages."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from wavebook.core.hints import after
from wavebook.core.text import CONTROL
from wavebook.core.units import BUILT_IN, Language, Unit

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
SegmentName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]  # 18_34 is an age


def _words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("words", "is empty")
    if CONTROL.search(value):
        raise PydanticCustomError("words", "holds a control character")
    return value


Words = Annotated[str, AfterValidator(_words)]


def _day(value: object) -> str:
    try:
        if type(value) is datetime.date:
            return value.isoformat()
        if isinstance(value, str):
            return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise PydanticCustomError("day", "is not a date such as 2015-06-22")


Day = Annotated[str, BeforeValidator(_day)]


def _known_date(value: str) -> str:
    _day(value + "-01-01"[len(value) - 4 :])
    return value


# A date as far as it is known: 2015, 2015-08 or 2015-08-31.
KnownDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$"), AfterValidator(_known_date)]


def _measured(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in BUILT_IN:
        raise PydanticCustomError("words", "is not a unit{close}", {"close": after(value, BUILT_IN)})
    return BUILT_IN[value]


Measured = Annotated[Unit, BeforeValidator(_measured)]
"""A unit, which declarations name."""


class Declaration(BaseModel):
    """A table of a TOML file: frozen, and without fields that are not declared here."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Declaration):
    """Words for readers in both languages."""

    nl: Words
    en: Words

    def __getitem__(self, language: Language) -> str:
        return getattr(self, language)
