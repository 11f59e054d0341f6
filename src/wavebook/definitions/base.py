"""The types of values in declarations: names, words, dates, texts in the languages of the book."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wavebook.core.languages import shipped
from wavebook.core.units import Language
from wavebook.core.unseen import unseen

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
SegmentName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]  # 18_34 is an age


def _words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("words", "is empty")
    if found := unseen(value):
        raise PydanticCustomError("words", "holds {what}", {"what": found.said})
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


class Release(NamedTuple):
    """When an edition comes out: its day and, if it was declared, the moment until which nothing of it may go out."""

    day: str
    moment: datetime.datetime | None = None

    @property
    def is_to_come(self) -> bool:
        """Tell whether that moment is still to come. What is out is decided here, and nowhere else."""
        return self.moment is not None and datetime.datetime.now(datetime.UTC) < self.moment


def _release(value: object) -> object:
    """A day, or a moment with its zone: TOML knows both, and a text of either will do."""
    moment = value
    if isinstance(value, str) and len(value) > len("2015-06-22"):
        try:
            moment = datetime.datetime.fromisoformat(value)
        except ValueError:
            moment = value
    if not isinstance(moment, datetime.datetime):
        return value if isinstance(value, Release) else Release(_day(value))
    if moment.tzinfo is None:
        raise PydanticCustomError("day", "is a time without its zone: write it as 2015-06-22T06:00:00+02:00")
    return Release(moment.date().isoformat(), moment)


ReleaseMoment = Annotated[Release, BeforeValidator(_release)]

# A date as far as it is known: 2015, 2015-08 or 2015-08-31.
KnownDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$"), AfterValidator(_known_date)]


class Declaration(BaseModel):
    """A table of a TOML file: frozen, and without fields that are not declared here."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Declaration):
    """Words for readers, by language: every language of the book, and any other that the library knows.

    In a book of one language a plain text will do. Loading a book's declarations says which languages it has.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words]  # pyright: ignore[reportIncompatibleVariableOverride]  # pydantic reads it

    @model_validator(mode="before")
    @classmethod
    def _by_language(cls, given: Any, info: ValidationInfo) -> Any:
        """The words in the order of the book's languages, each of which must be there."""
        languages: tuple[Language, ...] = (info.context or {}).get("languages", ())
        if isinstance(given, str) and len(languages) == 1:
            given = {languages[0]: given}
        if not isinstance(given, Mapping):
            return given
        missing = [code for code in languages if code not in given]
        unknown = [str(name) for name in given if name not in (*cls.model_fields, *languages, *shipped())]
        if missing or unknown:
            raise PydanticCustomError(
                "languages", "is not in these languages", {"missing": missing, "unknown": unknown}
            )
        return {**{code: given[code] for code in languages}, **given}

    def __getitem__(self, language: Language) -> str:
        return self.__pydantic_extra__[language]

    @property
    def said(self) -> str:
        """The words in the language of the book's root."""
        return next(iter(self.words.values()))

    @property
    def words(self) -> dict[Language, str]:
        """The words in every language, that of the book's root first."""
        return dict(self.__pydantic_extra__)
