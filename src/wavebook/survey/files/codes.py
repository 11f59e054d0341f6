"""The meaning of codes in a column, as Polars expressions: answers are recoded and counted while they stream by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from wavebook.core.moments import Format, Moment
from wavebook.core.numerals import Numeral
from wavebook.core.spans import Span, span
from wavebook.survey.files.values import NUMBER, Raw, within

Ends = Span | tuple[Moment, Moment]


def any_of(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """Tell whether one of the conditions holds; never null."""
    conditions = list(conditions)
    return reduce(or_, conditions).fill_null(False) if conditions else pl.lit(False)


@dataclass(frozen=True)
class Column:
    """A column of a respondent file: numbers, or ``text`` in which a cell may be a number such as 01 or 0,5.

    ``form`` is its format for dates, times or numbers, if declared or detected; ``codes`` the format of dates in the
    codes that it is compared with, if different.
    """

    name: str
    text: bool
    form: Format | Numeral | None = None
    codes: Format | None = None

    def span(self, code: str) -> Ends:
        """First and last value that a code or range stands for in this column; see ``definitions.span``."""
        form = self.codes or self.form
        return form.span(code) if isinstance(form, Format) else span(code)

    @property
    def cell(self) -> pl.Expr:
        """The cells unchanged; null where one is empty."""
        return pl.col(self.name)

    @property
    def is_number(self) -> pl.Expr:
        """Tell whether a cell holds a number, stored as one or not."""
        if not self.text:
            return self.cell.is_not_null()
        written = self.form.pattern if isinstance(self.form, Numeral) else f"^(?:{NUMBER.pattern})$"
        return self.cell.str.contains(written)

    @property
    def number(self) -> pl.Expr:
        """The number in each cell; null where there is none."""
        if not self.text:
            return self.cell
        if isinstance(self.form, Numeral):
            return self.form.number(self.cell)
        written = pl.when(self.is_number).then(self.cell.str.replace(",", ".", literal=True))
        return written.cast(pl.Float64, strict=False)

    @property
    def identity(self) -> pl.Expr:
        """The cells as text, a whole number without decimals."""
        if self.text:
            return self.cell
        whole = self.cell.cast(pl.Int64, strict=False)
        return pl.when(whole == self.cell).then(whole.cast(pl.String)).otherwise(self.cell.cast(pl.String))

    def within(self, spans: Iterable[Ends]) -> pl.Expr:
        """Tell whether a cell lies in one of the ranges of its own kind: a text is in no range of numbers.

        Null or false where a cell is empty.
        """
        words: list[tuple[str, str]] = []
        numbers: list[tuple[float, float]] = []
        moments: list[tuple[Moment, Moment]] = []
        for low, high in spans:
            if isinstance(low, str) and isinstance(high, str):
                words.append((low, high))
            elif isinstance(low, int | float) and isinstance(high, int | float):
                numbers.append((low, high))
            elif isinstance(low, Moment) and isinstance(high, Moment):
                moments.append((low, high))
        codes = [low for low, high in numbers if low == high]
        found = [self.number == _whole(code) for code in codes[:1] if len(codes) == 1]
        found += [self.number.cast(pl.Float64).is_in(codes)] if len(codes) > 1 else []
        found += [self.number.is_between(_whole(low), _whole(high)) for low, high in numbers if low < high]
        if self.text:
            found += [~self.is_number & self.cell.is_between(pl.lit(a), pl.lit(z)) for a, z in words]
        if moments and isinstance(self.form, Format):
            moment = self.form.moment(self.identity)
            found += [moment.is_between(pl.lit(a), pl.lit(z)).fill_null(False) for a, z in moments]
        if not found:
            return pl.lit(False)
        return reduce(or_, found).fill_null(False) if self.text else reduce(or_, found)


def _whole(number: float) -> float:
    """A whole number as an integer, so that columns of whole numbers compare with it directly."""
    return int(number) if float(number).is_integer() else number


class Codebook:
    """The codes of one column by their meaning.

    ``missing`` are codes that mean no answer unless ``meanings``, by code or range, says otherwise.
    """

    def __init__(self, column: Column, meanings: Mapping[str, str | float], missing: Iterable[Ends]):
        self.column, self.blank = column, meanings.get("blank", "missing")
        self._spans: dict[str | float, list[Ends]] = {}
        for code, meaning in meanings.items():
            if code != "blank":
                self._spans.setdefault(meaning, []).append(column.span(code))
        self._missing = [*self._spans.pop("missing", ()), *missing]

    def meaning(self, value: Raw) -> tuple[str | float | None, bool]:
        """The meaning of a code, or None; and whether it is declared for the code itself, not a range around it."""
        for meaning, spans in (*self._spans.items(), ("missing", self._missing)):
            for ends in spans:
                if within(value, ends):
                    return meaning, ends[0] == ends[1]
        return None, False

    @property
    def words(self) -> list[str]:
        """The codes that are texts, which may tell their own meaning."""
        spans = [ends for found in self._spans.values() for ends in found]
        return [low for low, high in spans if isinstance(low, str) and low == high]

    @property
    def meanings(self) -> list[str | float]:
        """The meanings of codes, except missing."""
        return list(self._spans)

    def means(self, meaning: str | float) -> pl.Expr:
        """Tell whether the code in a cell means this."""
        return self.column.within(self._spans.get(meaning, ()))

    @property
    def coded(self) -> pl.Expr:
        """Tell whether the code in a cell means something other than no answer."""
        return self.column.within(ends for spans in self._spans.values() for ends in spans)

    @property
    def missing(self) -> pl.Expr:
        """Tell whether the code in a cell means that there is no answer."""
        found = self.column.within(self._missing)
        return found & ~self.coded if self._spans else found

    @property
    def filled(self) -> pl.Expr:
        """Tell whether a cell holds an answer, whether or not its code is known."""
        filled = self.column.cell.is_not_null()
        return filled & ~self.missing if self._missing else filled

    @property
    def number(self) -> pl.Expr:
        """The number in a cell, unless it means that there is no answer."""
        return pl.when(self.filled).then(self.column.number) if self._missing else self.column.number

    @property
    def unknown(self) -> pl.Expr:
        """Tell whether a cell holds something that has no meaning."""
        return self.filled & ~self.coded if self._spans else self.filled
