"""The columns of a file in counts, without a value that tells of a few respondents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wavebook.core.moments import FORMATS, ISO, Format
from wavebook.core.problems import Problem
from wavebook.definitions import ResponseFile
from wavebook.survey.answers.labels import no_value
from wavebook.survey.answers.lookalikes import in_error
from wavebook.survey.files.errors import ERROR
from wavebook.survey.files.quoting import ENOUGH
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import NUMBER, text_of, value_of
from wavebook.survey.inspection.roles import named_as

LISTED = 40
_ABSENT = 5  # words for no answer among the numbers of one column
_CODE = 3  # characters: a longer number identifies somebody, unless more have it
_SHORT = 10_000  # rows of a file of which several columns at a time fit in memory
_COLUMNS, _MOST_COLUMNS, _CELLS = 200, 1_000, 5_000_000  # that are read at a time
_PARTS = 1000  # texts of a column that are checked for several answers in a cell


@dataclass(frozen=True)
class ColumnSummary:
    """A column of the file in counts; ``low`` and ``high`` for numbers only, without user-missing codes.

    They are empty if most respondents have a number of their own: the highest is then somebody's. Neither is a
    number of more than three digits that few have. ``given`` are the values that ``enough`` respondents gave (five, or
    as many as the smallest group that is published), most frequent first; of other texts there is the length of the
    shortest and of the longest. ``formats`` are those in which all texts are dates or times, ``first`` and ``last``
    the ends of the days on which enough answered, and ``separator`` the mark that seems to stand between answers in a
    cell. ``mean`` is that of numbers, which are ``positive`` or ``whole`` if all are. ``known`` are the values that
    tell of nobody: those in ``given``, short codes, and what the column's own name says; ``parts`` are the answers in
    its cells that enough gave, after which there may be ``rare`` ones. ``absent`` are the words for no answer among
    numbers, counted as missing.
    """

    variable: Variable
    answers: int
    empty: int
    missing: int
    different: int
    low: float | None
    high: float | None
    numeric: bool
    given: tuple[tuple[str, int], ...] = ()
    shortest: int = 0
    longest: int = 0
    formats: tuple[Format, ...] = ()
    first: str = ""
    last: str = ""
    separator: str = ""
    enough: int = ENOUGH
    mean: float | None = None
    positive: bool = False
    whole: bool = False
    known: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rare: bool = False
    absent: tuple[str, ...] = ()

    @property
    def apart(self) -> bool:
        """Tell whether every row has a value of its own."""
        return 0 < self.answers == self.different and not self.empty


def people_of(file: SurveyFile, plan: ResponseFile | None) -> str | None:
    """The column that tells which rows belong to one person, so that a text in several rows of one is still theirs."""
    declared = [plan.respondent or (plan.clusters[0] if len(plan.clusters) == 1 else None)] if plan else []
    folded = {name.casefold(): name for name in file.variables}
    found = [folded[name.casefold()] for name in declared if name and name.casefold() in folded]
    found += [name for name, variable in file.variables.items() if named_as("respondent", name) and not variable.labels]
    return found[0] if found else None


def summaries_of(
    file: SurveyFile, path: Path, people: str | None, enough: int
) -> tuple[list[ColumnSummary], list[Problem]]:
    """Each column in counts, and the problems met; ``people`` is the column that tells whose row it is."""
    names = list(file.variables)
    found: list[ColumnSummary] = []
    problems: list[Problem] = []
    persons = None
    start, size = 0, _COLUMNS
    while start < len(names):  # columns at a time: the staged part of a wide file stays small
        batch, staging = names[start : start + size], Staging(path)
        start += size
        wanted = list(dict.fromkeys([*batch, *([people] if people and persons is None else [])]))
        raw, spoilt = file.load(wanted, staging)
        problems += spoilt
        if people and persons is None:
            persons = _column(raw, people).hash()
        rows = len(_column(raw, batch[0]))
        if path.suffix.lower() in (".sav", ".zsav"):  # the whole file is gone through each time
            size = max(_COLUMNS, min(_MOST_COLUMNS, _CELLS // max(rows, 1)))
        short = rows <= _SHORT
        frame = raw.select(wanted).collect() if short else None  # else one fits in memory, however long the file is
        for name in batch:
            cells = _column(raw, name) if frame is None else frame[name]
            found.append(_summary(file.variables[name], cells, None if name == people else persons, enough))
            sound = found[-1].numeric and not found[-1].absent
            if cells.dtype == pl.String and not sound and cells.str.contains(ERROR).any():
                errors = cells.filter(cells.str.contains(ERROR)).value_counts(sort=True).rows()
                problems.append(in_error(f"{file.place}, column {name}", errors, enough))
    return found, problems


def _column(raw: pl.LazyFrame, name: str) -> pl.Series:
    return raw.select(name).collect(engine="streaming").to_series()


def _summary(variable: Variable, cells: pl.Series, people: pl.Series | None, enough: int) -> ColumnSummary:
    absent = _absent(cells) if cells.dtype == pl.String else ()
    numeric = absent is not None
    empty, missing = cells.null_count(), pl.Series([False]).new_from_index(0, len(cells))
    if cells.dtype == pl.String and numeric:
        if absent:
            missing = cells.is_in(absent).fill_null(False)
            cells = cells.set(missing, None)
        cells = cells.str.replace(",", ".", literal=True).cast(pl.Float64)
    for first, last in variable.missing:
        if isinstance(first, str) == (cells.dtype == pl.String):
            missing |= cells.is_between(first, last).fill_null(False)
    answered = cells.is_not_null() & ~missing
    frame = pl.DataFrame({"value": cells, "person": pl.int_range(len(cells), eager=True) if people is None else people})
    pairs = frame.filter(answered).unique() if people is not None else frame.filter(answered)
    counts = pairs.group_by("value").len().sort("len", "value", descending=[True, False])
    different, people_with = counts.height, pairs.height
    given = counts.filter(pl.col("len") >= enough)
    rest = counts.filter(pl.col("len") < enough)["value"]
    lengths = rest.str.len_chars() if rest.dtype == pl.String else None
    told = [(text_of(value), n) for value, n in given.head(LISTED).rows()]
    low, high = _ends(counts, enough) if numeric and 2 * different <= people_with else (None, None)
    formats = tuple(_formats(counts["value"])) if not numeric and variable.kind == "text" else ()
    read = ISO if variable.kind == "date" else formats[0] if len(formats) == 1 and formats[0].order else None
    first, last = _days(counts, read, enough) if read and not numeric else ("", "")
    separator = _separator(counts["value"]) if not numeric and variable.kind == "text" else ""
    parts, rare = _parts(counts, separator, enough) if separator else ((), False)
    mean, positive, whole = _size(cells.filter(answered)) if numeric else (None, False, False)
    return ColumnSummary(
        variable,
        int(answered.sum()),
        empty,
        int(missing.sum()),
        different,
        low,
        high,
        numeric,
        tuple(told),
        *_extremes(lengths),
        formats,
        first,
        last,
        separator,
        enough,
        mean,
        positive,
        whole,
        tuple(_known(variable, counts, enough)),
        parts,
        rare,
        absent or (),
    )


def _absent(cells: pl.Series) -> tuple[str, ...] | None:
    """The words for no answer in a column of texts that are numbers otherwise; None if they are not."""
    odd = cells.filter(~cells.str.contains(f"^(?:{NUMBER.pattern})$"))
    if len(odd) == len(cells) - cells.null_count():
        return None
    words = tuple(odd.unique().sort()) if len(odd) else ()
    return words if len(words) <= _ABSENT and all(map(no_value, words)) else None


def _known(variable: Variable, counts: pl.DataFrame, enough: int) -> Iterator[str]:
    """The values of a column with few different ones that tell of nobody, most frequent first."""
    named = f"{variable.name} {variable.question}".casefold()
    for value, n in counts.rows() if counts.height <= LISTED else ():
        text = text_of(value)
        if n >= enough or len(text) <= _CODE or text.casefold() in named:
            yield text


def _parts(counts: pl.DataFrame, mark: str, enough: int) -> tuple[tuple[str, ...], bool]:
    """The answers between the marks that enough respondents gave, and whether there are others."""
    given: Counter[str] = Counter()
    for cell, n in counts.rows():
        given.update(dict.fromkeys((part.strip() for part in cell.split(mark)), n))
    given.pop("", None)
    return tuple(part for part, n in given.most_common() if n >= enough), min(given.values(), default=enough) < enough


def _size(numbers: pl.Series) -> tuple[float | None, bool, bool]:
    """The mean of numbers, and whether all are positive, and whole."""
    mean = numbers.rechunk().mean()  # in one order, however many rows were read at a time
    return (
        float(mean) if isinstance(mean, int | float) else None,
        bool((numbers > 0).all()),
        bool((numbers == numbers.round()).all()),
    )


def _extremes(lengths: pl.Series | None) -> tuple[int, int]:
    """The length of the shortest and the longest text; 0 where there are none."""
    found = (0, 0) if lengths is None else (lengths.min(), lengths.max())
    least, most = (length if isinstance(length, int) else 0 for length in found)
    return least, most


def _ends(counts: pl.DataFrame, enough: int) -> tuple[float | None, float | None]:
    """The lowest and highest number that is a code, or that enough respondents have."""
    short = [len(text_of(value)) <= _CODE for value in counts["value"]]
    numbers = counts.filter(pl.Series(short, dtype=pl.Boolean) | (pl.col("len") >= enough))["value"]
    low, high = numbers.min(), numbers.max()
    return float(low) if isinstance(low, int | float) else None, float(high) if isinstance(high, int | float) else None


def _days(counts: pl.DataFrame, form: Format, least: int) -> tuple[str, str]:
    """The first and last day on which enough respondents answered; empty where there is no such day."""
    days = (
        counts.select(day=form.moment(pl.col("value")).dt.strftime("%Y-%m-%d"), n="len")
        .group_by("day")
        .agg(pl.sum("n"))
    )
    enough = days.filter(pl.col("n") >= least)["day"].drop_nulls()
    return str(enough.min() or ""), str(enough.max() or "")


def _formats(texts: pl.Series) -> Iterator[Format]:
    """The formats in which all these texts are dates or times."""
    some = texts.head(20)
    if not len(some) or not some.str.contains(r"\d").all():  # which is quicker to see than that none fits
        return
    frame, fits = texts.to_frame("text"), [form.moment(pl.col("text")).is_not_null().all() for form in FORMATS]
    first = frame.head(20).select(**{str(place): fit for place, fit in enumerate(fits)}).row(0)
    for form, fit, possible in zip(FORMATS, fits, first, strict=True):
        if possible and frame.select(fit).item():
            yield form


def _separator(texts: pl.Series) -> str:
    """The mark between several answers in a cell: split on it, there are far fewer different texts."""
    texts = texts.head(_PARTS)
    for mark in ("\n", ";", "|", ","):
        split = texts.filter(texts.str.contains(mark, literal=True))
        parts = Counter(part.strip() for text in split for part in text.split(mark))
        if len(split) > 0 and len(parts) > 1 and all(n > 1 or part in set(texts) for part, n in parts.items()):
            return mark
    return ""


def labels_of(item: ColumnSummary) -> dict[str, str]:
    """The labels of a question; not those that SPSS makes when it numbers typed texts alphabetically."""
    labels = item.variable.labels
    if not 0 < len(labels) <= LISTED:
        return {}
    texts = [label.casefold() for _, label in sorted(labels.items(), key=lambda pair: _in_order(pair[0]))]
    typed = len(labels) > ENOUGH and texts == sorted(texts) and item.different == len(labels)
    given = {value for value, _ in item.given}
    few = sum(code not in given for code in labels)
    return (
        {code: label for code, label in labels.items() if code in given}
        if typed and 2 * few > len(labels)
        else {**labels}
    )


def _in_order(code: str) -> tuple[bool, float | str]:
    value = value_of(code)
    return isinstance(value, str), value
