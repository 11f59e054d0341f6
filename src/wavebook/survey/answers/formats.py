"""Formats of the columns that codes and ranges are compared with: those of the file, declared, or detected.

Dates, times and numbers are compared as such. If a column leaves the reading of its texts open, or holds values of
another kind than those it is compared with, that is a problem, never a comparison of texts.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from wavebook.core import moments
from wavebook.core.moments import CLOCK, COMPACT, FORMATS, ISO, Format, is_year, looks_like_moment
from wavebook.core.numerals import FORMS, Numeral
from wavebook.core.problems import Problem, how_many
from wavebook.core.spans import Span, halves, span
from wavebook.survey.answers import thousands
from wavebook.survey.answers.lookalikes import beside_codes
from wavebook.survey.files.codes import Column, any_of
from wavebook.survey.files.limits import SAMPLE_ROWS
from wavebook.survey.files.quoting import ENOUGH, counted, quoted
from wavebook.survey.files.surveyfile import SurveyFile


class Use(NamedTuple):
    """A column's codes and ranges in one place of the block, such as filter; ``keeps``: they choose respondents."""

    where: str
    column: str
    codes: Sequence[str]
    keeps: bool


@dataclass
class Formats:
    """The columns by name, in the form in which codes are compared with them, and the problems."""

    columns: dict[str, Column] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def find_formats(
    raw: pl.LazyFrame,
    file: SurveyFile,
    block: str,
    declared: Mapping[str, str],
    missing: Mapping[str, Iterable[Span]],
    uses: Iterable[Use],
    person: pl.Expr | None = None,
    enough: int = ENOUGH,
) -> Formats:
    """Find the format of every column of ``raw``.

    Parameters
    ----------
    block
        The wave's table in data/waves.toml, for messages.
    declared
        Formats by column of the file.
    missing
        By column, codes that mean no answer; they need not be in its format.
    person
        The person of a row, if somebody has several rows; see ``quoting.counted``.
    enough
        The number of respondents who must have given a text for it to be quoted.
    """
    found = Formats()
    by_column: dict[str, list[Use]] = {}
    for use in uses:
        by_column.setdefault(use.column, []).append(use)
    for name, kind in raw.collect_schema().items():
        column = Column(name, kind == pl.String, _declared(declared.get(name)))
        exempt, compared = [*missing.get(name, ())], by_column.get(name, [])
        found.columns[name] = _Reading(raw, file, block, column, exempt, compared, found, person, enough).read()
    return found


def _declared(name: str | None) -> Format | Numeral | None:
    return None if name is None else FORMS.get(name) or moments.format_of(name)


class _Reading:
    """One column and the codes it is compared with; ``read`` gives it with its format, and files problems."""

    def __init__(
        self, raw, file: SurveyFile, block: str, column: Column, missing, uses: list[Use], found, person, enough: int
    ):
        self.raw, self.column, self.uses, self.found = raw, column, uses, found
        self.person, self.enough = person, enough
        self.kind = file.variables[column.name].kind
        self.place, self.block = f"{file.place}, column {column.name}", block
        self.codes = [code for use in uses for code in use.codes]
        self.ranges = [code for code in self.codes if ".." in code]
        ends = [end for code in self.codes for end in halves(code) if end]
        self.dated = [end for end in ends if looks_like_moment(end)]
        plain = [code for code in self.codes if ".." not in code and not looks_like_moment(code) and not is_year(code)]
        self.answered = column.cell.is_not_null() & ~column.within([*missing, *map(span, plain)]).fill_null(False)
        self.where = " and ".join(dict.fromkeys(use.where for use in uses if use.codes))

    def read(self) -> Column:
        column = self.column
        if isinstance(column.form, Format) and self.kind in ("date", "time"):  # it gives the format of the codes
            return Column(column.name, column.text, CLOCK if self.kind == "time" else ISO, column.form)
        if isinstance(column.form, Format):
            return self.in_order(column.form) if self.all_written(column.form) else column
        years = bool(self.codes) and all(is_year(end) for code in self.codes for end in halves(code) if end)
        if self.kind in ("date", "time"):
            form = CLOCK if self.kind == "time" else ISO
            return self.in_order(form) if self.dated or years else self.compared(column)
        if self.dated or (years and column.text and self.count(~column.is_number)):
            return self.dates()
        return self.compared(column)

    # Dates and times

    def count(self, condition: pl.Expr) -> int:
        return self.raw.select((self.answered & condition).sum()).collect(engine="streaming").item()

    def written(self, form: Format) -> pl.Expr:
        return form.moment(self.column.identity).is_not_null()

    def written_so(self, forms: Sequence[Format], rows: int | None = None) -> tuple[dict[Format, int], int]:
        """The number of answers in each format, and of all answers, among the first ``rows``."""
        raw, alike = (self.raw, forms) if rows is None else self.some_alike(forms, rows)
        counts = {str(i): (self.answered & self.written(form)).sum() for i, form in enumerate(alike)}
        found = raw.select(n=self.answered.sum(), **counts).collect(engine="streaming").row(0, named=True)
        return dict.fromkeys(forms, 0) | {form: found[str(i)] for i, form in enumerate(alike)}, found["n"]

    def some_alike(self, forms: Sequence[Format], rows: int) -> tuple[pl.LazyFrame, list[Format]]:
        """The first ``rows``, and the formats that an answer among them looks like: to compute a moment costs much."""
        raw, text = self.raw.head(rows), self.column.identity
        looks = {str(form): (self.answered & text.str.contains(form.pattern)).any() for form in forms}
        met = raw.select(n=pl.len(), **looks).collect(engine="streaming").row(0, named=True)
        return raw, [form for form in forms if met[str(form)]]

    def all_written(self, form: Format) -> bool:
        """Tell whether all answers have this format; file a problem if not."""
        others = self.count(~self.written(form))
        if others:
            self.differ(form, others)
        return not others

    def differ(self, form: Format, others: int) -> None:
        texts = self.values(~self.written(form))
        what = f"holds texts not written as {form} ({how_many(others)}): {quoted(texts, self.enough)}"
        action = f"Correct the file, list it as missing, or correct {self.table('formats')}."
        self.problem("W186", what, action)

    def dates(self) -> Column:
        """The column with the one format that all its answers are written in."""
        column = self.column
        times = not any(re.search("[-/. ]", end.strip().split(":")[0]) for end in self.dated) and bool(self.dated)
        forms = [CLOCK] if times else [form for form in FORMATS if form != CLOCK]
        forms = forms if column.text else [form for form in forms if form == COMPACT]
        some, _ = self.written_so(forms, SAMPLE_ROWS)
        likely = [form for form, n in some.items() if n == max(some.values())]
        fits, answers = self.written_so(likely)
        fitting = [form for form, n in fits.items() if answers and n == answers]
        if not answers or (not fitting and not self.ranges):
            return column  # single codes that look like dates are compared as written
        if not fitting:
            best = max(fits, key=fits.__getitem__, default=None)
            if short := self.count(moments.short_year(column.identity)):
                what = f"has years of two digits ({how_many(short)}), which may be of any century"
                self.problem("W186", what, "Export it with years of four digits.")
            elif best is None or not fits[best]:
                self.other_kind("times" if times else "dates")
            else:
                self.differ(best, answers - fits[best])
            return column
        read = [self.in_order(form, tell=False) for form in fitting]
        if len(fitting) > 1 and self.ranges and self.differs(read):
            names = " and as ".join(map(str, fitting))
            action = f'Write {key_of(column.name)} = "{fitting[0]}", or "{fitting[-1]}", under {self.table("formats")}.'
            self.problem("W185", f"has dates that can be read as {names}, and {self.where} depends on it", action)
            return column
        found = self.in_order(fitting[0])
        if found.form != ISO and len(fitting) == 1:
            self.tell(f"its {'times' if times else 'dates'} are read as {fitting[0]}, as all of them can be")
        return found

    def differs(self, readings: Sequence[Column]) -> bool:
        """Tell whether a code or range holds other answers under one reading than under another."""
        first, *others = readings
        differing = []
        for code in self.codes:
            for other in others:
                try:
                    ends = first.span(code), other.span(code)
                except ValueError:
                    return True
                differing.append(first.within([ends[0]]) != other.within([ends[1]]))
        return self.count(any_of(differing)) > 0

    def in_order(self, form: Format, *, tell: bool = True) -> Column:
        """The column with its format, and with that of the codes if those are written in another order."""
        column = self.column
        chosen = Column(column.name, column.text, form)
        if all(_reads(form, code) for code in self.codes):
            return self.apart(chosen) if tell else chosen
        others = [other for other in FORMATS if other != form and all(_reads(other, code) for code in self.codes)]
        others = others if form.order else []
        if len(others) == 1:
            found = Column(column.name, column.text, form, others[0])
            return self.apart(found) if tell else found
        if not tell:
            return chosen
        wrong = next(code for code in self.codes if not _reads(form, code))
        if len(others) > 1:
            names = " or as ".join(map(str, others))
            what = f"is written as {form}, and {wrong} in {self.where} may be meant as {names}"
            self.problem("W185", what, f"Write dates there as {form} or as 2016-09-30.")
        else:
            written = "hh:mm" if not form.order else f"{form} or as 2016-09-30"
            what = f"holds {'dates' if form.order else 'times'}, and {wrong} in {self.where} is none, or ends too early"
            self.problem("W186", what, f"Write it as {written}.")
        return chosen

    def apart(self, column: Column) -> Column:
        """The column, after a check for overlapping ranges in one place; ``definitions`` cannot check dates."""
        for use in self.uses:
            dated = [(column.span(code), code) for code in use.codes if looks_like_moment(halves(code)[0])]
            spans = sorted((_since(low), _since(high), code) for (low, high), code in dated)
            for (_, last, code), (first, _, other) in itertools.pairwise(spans):
                if not use.keeps and first <= last:
                    place = f"data/waves.toml, {self.block[:-1]}.{use.where}]"
                    found = f"codes {code} and {other} overlap"
                    self.found.problems.append(Problem("W203", place, found, "Give each code once."))
        return column

    # Numbers and texts

    def compared(self, column: Column) -> Column:
        """The column, after a check that ranges are of numbers if it holds numbers, and of texts if it holds texts."""
        kept = [code for use in self.uses if use.keeps for code in use.codes if ".." in code]
        numbers = [code for code in kept if not isinstance(span(code)[0], str)]
        texts = [code for code in self.ranges if isinstance(span(code)[0], str)]
        if numbers and column.text:
            others = self.values(~column.is_number)
            if others and self.kind in ("date", "time"):
                self.other_kind("numbers")
            elif others:
                what = (
                    f"holds texts, not numbers ({how_many(sum(n for _, n in others))}): {quoted(others, self.enough)}"
                )
                action = (
                    f"Correct the file, list it as missing, or say in {self.table('formats')} how it writes numbers."
                )
                self.problem("W186", f"{what}; {self.where} compares it with {numbers[0]}", action)
            elif column.form is None:
                self.doubt()
        elif numbers:
            self.doubt()
        if texts and not column.text:
            self.other_kind(texts[0])
        elif texts and re.search("[0-9]", "".join(texts)) and not self.alike(texts):
            what = f"holds texts, and {texts[0]} in {self.where} has no order that is known"
            self.problem("W186", what, "List its codes one by one.")
        choosing = {code: use.where for use in self.uses if use.keeps for code in use.codes}
        where = " and ".join(dict.fromkeys(choosing.values()))
        self.found.problems += beside_codes(column, self.place, choosing, self.codes, where, self.values, self.enough)
        return column

    def alike(self, ranges: Sequence[str]) -> bool:
        """Tell whether all texts begin alike, with digits of equal number: then their order is alphabetical."""
        ends = [end for code in ranges for end in halves(code)]
        shapes = {_shape(end) for end in ends}
        if len(shapes) != 1 or "" in ends or len(re.findall("[0-9]+", ends[0])) != 1:
            return False
        shape = "".join("[0-9]" if c == "9" else r"\p{L}" if c == "a" else re.escape(c) for c in shapes.pop())
        return not self.count(~self.column.cell.str.contains(f"^{shape}$"))

    # Messages

    def values(self, condition: pl.Expr) -> list[tuple[str, int]]:
        """The answers for which a condition holds, with their numbers of respondents."""
        return counted(self.raw, self.column.identity, self.answered & condition, self.person)

    def other_kind(self, what: str) -> None:
        holds = {"date": "dates", "time": "times"}.get(self.kind) or ("texts" if self.column.text else "numbers")
        if self.kind == "text" and self.column.text and not self.count(~self.column.is_number):
            holds = "numbers"
        self.problem("W186", f"holds {holds}, and {self.where} compares it with {what}", f"Correct {self.block}.")

    def doubt(self) -> None:
        self.found.problems += doubtful(self.raw, self.column, self.answered, self.place, self.table("formats"))

    def table(self, kind: str) -> str:
        return f"{self.block[:-1]}.{kind}]"

    def problem(self, code: str, found: str, action: str) -> None:
        self.found.problems.append(Problem(code, self.place, found, action))

    def tell(self, found: str) -> None:
        action = f"Write {key_of(self.column.name)} under {self.table('formats')} if that is wrong."
        self.found.notices.append(Problem("W187", self.place, found, action))


def doubtful(raw: pl.LazyFrame, column: Column, among: pl.Expr, place: str, table: str) -> Iterator[Problem]:
    """File W185 if every number with a mark may be a thousand times as large, as 1.250 may."""
    counts = raw.select(**thousands.counts(column, among)).collect(engine="streaming").row(0, named=True)
    if (doubts := thousands.doubted(counts)) and not thousands.is_settled(column):
        yield doubt(column, doubts, place, table)


def doubt(column: Column, count: int, place: str, table: str) -> Problem:
    """The problem of a column of numbers such as 1.250."""
    key, many = key_of(column.name), how_many(count)
    if column.text:
        what = f"has numbers that may have a mark for thousands or for decimals, as 1.250 has ({many})"
        action = f'Write {key} = "1.234,5", "1,234.5", "1234,5" or "1234.5" under {table}, as it is written.'
    else:
        what = f"has numbers that may be thousands which a program took for decimals, as 1.250 for 1,250 ({many})"
        action = f'Correct the file; or, if they are right, write {key} = "1234.5" under {table}.'
    return Problem("W185", place, what, action)


def _reads(form: Format, code: str) -> bool:
    if ".." not in code and not looks_like_moment(code):
        return True
    try:
        return not isinstance(form.span(code)[0], float | str)
    except ValueError:
        return False


def _shape(text: str) -> str:
    return "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in text)


def key_of(name: str) -> str:
    """The name of a column as a key in TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'


def _since(moment: object) -> datetime.timedelta:
    """A moment as the time since the first possible day, so that moments have an order."""
    if isinstance(moment, datetime.datetime):
        return moment - datetime.datetime.min
    if not isinstance(moment, datetime.timedelta):
        raise TypeError(f"not a moment: {moment!r}")
    return moment
