"""The reading of a wave's respondent file: its columns, the meanings of its codes, its design and its weighting."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from wavebook.core.alike import folded
from wavebook.core.spans import Span, span
from wavebook.definitions.base import Declaration, Name, Words

# An indicator, or a category of one.
QuestionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
Mark = Annotated[str, StringConstraints(min_length=1)]  # between answers; also a line break
DESIGN = ("respondent", "weight", "strata", "clusters", "population_size")


def _codes(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    for item in items:
        if isinstance(item, bool) or not isinstance(item, int | float | str | datetime.date | datetime.time):
            raise PydanticCustomError("codes", "write codes, as in [98, 99] or ['1..5']")
        _check_span(str(item))
    return tuple(map(str, items))


def _check_span(code: str) -> None:
    try:
        span(code)
    except ValueError as error:
        raise PydanticCustomError("codes", "{message}", {"message": str(error)}) from None


def _as_seen(value: object) -> object:
    """Names and codes as they look, as the cells of a file are read; see ``core.alike``."""
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, list):
        return [_as_seen(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {folded(key): _as_seen(item) for key, item in value.items()}
    if len(made) < len(value):
        raise PydanticCustomError("codes", "write each name and code once: two of them look the same")
    return made


def _names(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    names = tuple(item for item in items if isinstance(item, str) and item)
    if not names or len(names) != len(items):
        raise PydanticCustomError("columns", "write the name of a column, or several as ['v1', 'v2']")
    return names


def _by_category(value: object) -> dict[str, tuple[str, ...]]:
    return {k: _names(v) for k, v in value.items()} if isinstance(value, dict) else {"": _names(value)}


def _codebook(value: object) -> dict[str, dict[str, str | float]]:
    tables: dict[str, dict[str, Any]] = {"": {}}
    for code, meaning in value.items() if isinstance(value, dict) else [("", value)]:
        if isinstance(meaning, dict):
            tables[code] = meaning
        else:
            tables[""][code] = meaning
    for table in tables.values():
        for code, meaning in table.items():
            if isinstance(meaning, bool) or not isinstance(meaning, int | float | str):
                raise PydanticCustomError("codes", "write what each code means, as in 1 = 'phone'")
            _check_span(code)
    return tables


def _by_name(value: object) -> object:
    """A table in which a.b and {a = {b = ...}} are the same."""
    if not isinstance(value, dict):
        return value
    inner = {name: item if isinstance(item, dict) else {"": item} for name, item in value.items()}
    return {f"{name}.{key}" if key else name: text for name, item in inner.items() for key, text in item.items()}


def _format(value: str) -> str:
    from wavebook.core import moments, numerals

    try:
        return value if value in numerals.FORMS else str(moments.format_of(value))
    except ValueError as error:
        raise PydanticCustomError("format", "{message}", {"message": str(error)}) from None


FormatName = Annotated[str, AfterValidator(_format)]
CodeList = Annotated[tuple[str, ...], BeforeValidator(_codes)]
Codebook = Annotated[dict[str, dict[str, str | float]], BeforeValidator(_codebook)]
ColumnNames = Annotated[tuple[str, ...], BeforeValidator(_names)]


class Weighting(Declaration):
    """Calibration of weights to population margins; see ``weights.calibrate``."""

    method: Literal["raking", "linear", "logit"] = "raking"
    bounds: Annotated[tuple[float, float], Field(strict=False)] | None = None
    trim: float | None = Field(default=None, gt=1)


class ResponseFile(Declaration):
    """Mapping of the columns of a wave's respondent file to indicators, breakdowns and the design.

    Attributes
    ----------
    source, locator
        The citation for figures made from this file.
    respondent
        The column that numbers respondents; each number may occur once. Leave it out, and make it
        ``clusters``, when someone has several rows (one a life event).
    weight, strata, clusters, population_size
        Columns of the design. ``strata`` and ``clusters`` may be several columns together;
        ``population_size`` is a column, one number, or a number by stratum.
    filter
        Columns and the codes that keep a respondent; all must hold.
    missing, missing_in
        Codes that mean no answer in every column, unless ``codes`` gives them a meaning; and column or name →
        its own list, which replaces the list for all columns.
    separator
        The separator in a cell that holds several answers, as ``;`` in A;B, or a line break: for every indicator with
        categories that is read by codes, or by name.
    columns
        Indicator, breakdown or ``population`` → column. An indicator with categories takes one column
        with codes, several such columns, a multiple response set (``$name``), or one column a
        category, here by category. The category ``other`` holds columns that are not published.
    codes
        Name → what each code or range means: a category or segment; ``yes`` or ``no``; ``other``
        (answered, not published); ``missing``; a number. The code ``blank`` is an empty cell of somebody who
        was asked: ``no`` for a box that is not ticked, ``missing`` where it means no answer. A table by
        category inside it is that category's own.
    ranges
        Lowest and highest possible answer; 1 to 10 for a grade unless stated otherwise.
    asked_if
        Name → the columns and codes that tell who had to answer; without it, everyone had to.
    formats
        Column → the format of its dates, times or numbers, where the column alone is ambiguous: ``dd-mm-yyyy``,
        ``mm/dd/yyyy``, ``yyyymmdd``, ``hh:mm``; ``1.234,5``, ``1,234.5``, ``1 234,5`` or ``1'234.5`` for numbers with
        marks for thousands, ``1234.5`` or ``1234,5`` for those without; each with ``%`` after it, as ``1234,5%``, where
        45% is 45.
    reworded
        Name → the reason why it means the same as in the previous wave, despite another wording of question or labels:
        what the wave's mapping has as the answer ``same``, which is the place for it now.
    labels_overruled
        Column → labels of the file, by code, that are wrong where ``codes`` are right; or its question.
    lonely
        The rule for a stratum with one cluster; see ``estimate.Design``.
    weighting
        The method of calibration to data/margins/<wave>.csv; without it, the file's weights are used as they are.
    """

    source: Words
    locator: Words
    respondent: Words | None = None
    weight: Words | None = None
    weight_sum: float | None = Field(default=None, gt=0)
    strata: ColumnNames = ()
    clusters: ColumnNames = ()
    population_size: Words | int | dict[str, int] | None = None  # 17.475 is not a number of people
    filter: dict[Words, CodeList] = Field(default_factory=dict)
    missing: CodeList = ()
    missing_in: dict[Words, CodeList] = Field(default_factory=dict)
    separator: Mark | dict[Name, Mark] | None = None
    encoding: Words | None = None
    sheet: Words | None = None
    columns: dict[Name, Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_category)]]
    codes: dict[Name, Codebook] = Field(default_factory=dict)
    ranges: dict[Name, Annotated[tuple[float, float], Field(strict=False)]] = Field(default_factory=dict)
    asked_if: dict[Name, dict[Words, CodeList]] = Field(default_factory=dict)
    formats: dict[Words, FormatName] = Field(default_factory=dict)
    reworded: Annotated[dict[QuestionName, Words], BeforeValidator(_by_name)] = Field(default_factory=dict)
    labels_overruled: dict[Words, Words | dict[str, Words]] = Field(default_factory=dict)
    lonely: Literal["fail", "adjust", "average", "remove", "certainty"] = "fail"
    weighting: Weighting | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_as_seen(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: item if key == "separator" else _as_seen(item) for key, item in value.items()}

    def meanings(self, name: str, category: str = "") -> dict[str, str | float]:
        """Meanings of the codes of ``name``; a category's own table comes first."""
        tables = self.codes.get(name, {})
        return tables.get(category) or tables.get("", {})

    def missing_codes(self, name: str, column: str) -> list[Span]:
        """The codes that mean no answer in a column that ``name`` is read from."""
        folded = {key.casefold(): codes for key, codes in self.missing_in.items()}
        codes = folded.get(column.casefold(), folded.get(name, self.missing))
        return [span(code) for code in codes]

    def missing_everywhere(self, name: str, column: str) -> list[Span]:
        """The codes for no answer in every column, where this column and ``name`` have no list of their own."""
        if {key.casefold() for key in self.missing_in} & {name, column.casefold()}:
            return []
        own = {span(code) for code, meaning in self.meanings(name).items() if code != "blank" and meaning == "missing"}
        return [codes for codes in map(span, self.missing) if codes not in own]

    def separator_of(self, name: str) -> str | None:
        """Separator between the answers in a cell of ``name``."""
        return self.separator.get(name) if isinstance(self.separator, dict) else self.separator
