"""Checks for problems in a wave's answers, or things worth a look, all counted while the respondents stream by.

Problems stop the work and come all at once; notices are only reported. Both count respondents; they quote
codes, but never a typed text, an identifier or a weight.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl

from wavebook.core.numerals import FORMS
from wavebook.core.problems import Problem, how_many
from wavebook.definitions import ResponseFile
from wavebook.survey.answers import thousands
from wavebook.survey.answers.formats import doubt, key_of
from wavebook.survey.files.codes import Codebook, Column, any_of
from wavebook.survey.files.errors import said_error
from wavebook.survey.files.quoting import ENOUGH, counted, quoted
from wavebook.survey.files.values import Raw, text_of, value_of

Counts = dict[str, Any]
"""A row of Polars' counts: whole numbers, sums and extremes, and None for the extremes of nothing."""

Check = Generator[dict[str, pl.Expr] | Problem, Counts, None]
"""A generator that yields the expressions to count, is sent the counts, and yields problems."""

EXTREME_WEIGHT = 5  # times the mean: a common cap
LARGEST_WEIGHT = 1e60  # the square of its sum, or of one over it, is still a number
COUNTS_AT_ONCE = 200  # in one pass: each reads its own columns, and Polars keeps a few parts of them in memory
ROWS_AT_ONCE = 4_000_000  # parts of one column, to see whether values occur twice
_CODES_SHOWN = 5
_MANY_CODES_WRONG = 20  # this many mean that a column does not hold the codes of its question
_LONGEST = 60  # characters of an answer that is quoted
_MANY_LABELS = 40  # this many labels may be typed answers that SPSS numbered
BLOCK = 4  # questions: equal answers to fewer are common by chance
_MANY_CODES = 1000  # nobody uses this many codes: such a column holds text or identifiers


class Checks:
    """The checks of one wave's file; ``add`` them, then ``run`` them over the rows that the filter keeps."""

    def __init__(
        self,
        place: str,
        block: str,
        plan: ResponseFile,
        raw: pl.LazyFrame,
        person: pl.Expr | None = None,
        *,
        enough: int = 0,
    ):
        self.place, self.block, self.plan, self.raw, self.person = place, block, plan, raw, person
        self.enough = max(enough, ENOUGH)  # respondents with the same answer, for a message to name it
        self._checks: list[Check] = []

    def add(self, check: Check) -> None:
        """Add a check, which starts counting when all run."""
        self._checks.append(check)

    def run(self) -> tuple[int, list[Problem]]:
        """Count the respondents and run all checks; without respondents, run none."""
        asked = [_asked(check) for check in self._checks]
        sums = {f"{i} {name}": count for i, counts in enumerate(asked) for name, count in counts.items()}
        counted = self.aggregated({"": pl.len(), **sums})
        rows: int = counted.pop("")
        problems: list[Problem] = []
        for i, (check, counts) in enumerate(zip(self._checks, asked, strict=True)):
            if rows:
                problems += _told(check, {name: counted[f"{i} {name}"] for name in counts})
        return rows, problems

    def aggregated(self, sums: Mapping[str, pl.Expr]) -> Counts:
        """Counts, sums and extremes over all respondents, by name, a limited number of them at a time."""
        todo = iter(sums.items())
        counted: Counts = {}
        while some := dict(islice(todo, COUNTS_AT_ONCE)):
            counted |= self.raw.select(**some).collect(engine="streaming").row(0, named=True)
        return counted

    def problem(self, code: str, column: str, found: str, action: str) -> Problem:
        """A problem of a column of the wave's file."""
        return Problem(code, f"{self.place}, column {column}", found, action)

    def table(self, kind: str, name: str) -> str:
        """A table of the wave's block, as written in waves.toml."""
        return f"{self.block[:-1]}.{kind}.{name}]"

    def frequencies(self, values: pl.Expr, where: pl.Expr) -> pl.DataFrame:
        """Each value with its number of respondents, most frequent first: the columns ``value`` and ``len``."""
        counts = self.raw.select(where=where, value=values).filter("where").group_by("value").len()
        return counts.sort("len", "value", descending=[True, False]).collect(engine="streaming")

    def _named(self, values: Sequence[tuple[Raw, int]]) -> list[tuple[Raw, int]]:
        """The values that a message may quote, each with its respondents: they identify nobody.

        These are codes of a few digits, and values that enough respondents gave; none where there are very many, as
        such a column holds something else.
        """
        enough = [item for item in values if _is_code(item[0]) or said_error(item[0]) or item[1] >= self.enough]
        short = [(raw, n) for raw, n in enough if len(text_of(raw)) <= _LONGEST]
        return short[:_CODES_SHOWN] if len(values) <= _MANY_CODES_WRONG else []

    # Codes

    def answered(self, name: str, book: Codebook) -> Check:
        """Tell whether somebody answered at all."""
        found = yield {"cells": book.column.cell.count(), "missing": book.missing.sum()}
        if found["cells"] == found["missing"] and book.blank == "missing":
            what = "has missing codes only" if found["missing"] else "is empty"
            action = f"Look at the file, or take {name} out of {self.block[:-1]}.columns]."
            yield self.problem("W113", book.column.name, f"{what}: nobody answered {name}", action)

    def known(self, name: str, book: Codebook, labels: Mapping[str, str]) -> Check:
        """Tell whether every code has a meaning; typed texts are counted, not shown."""
        column = book.column.name
        found = yield {"unknown": book.unknown.sum()}
        if not found["unknown"]:
            return
        if (different := self._different(column)) > _MANY_CODES:
            what = f"holds {different} different values, not the codes of {name}"
            yield self.problem("W115", column, what, f"Correct {self.block[:-1]}.columns].")
            return
        action = f"Give it a meaning under {self.table('codes', name)} in data/waves.toml, or list it as missing."
        unknown = self.frequencies(book.column.cell, book.unknown).rows()
        shown = self._named(unknown)
        for raw, count in shown:
            label = labels.get(text_of(raw)) if len(labels) <= _MANY_LABELS and count >= self.enough else None
            code = f"{text_of(value_of(raw))} ({label})" if label else text_of(value_of(raw))
            what = f"code {code} is not in the codebook of {name} ({how_many(count)})"
            yield self.problem("W104", column, what, action)
        if others := [item for item in unknown if item not in shown]:
            what = f"{_many('code', others, other=bool(shown))} not in the codebook of {name} {_known(others)}"
            yield self.problem("W104", column, what, action)

    def segments(self, name: str, column: str, segments: Mapping[str, pl.Expr]) -> Check:
        """Tell whether there are respondents in each segment."""
        found = yield {segment: here.sum() for segment, here in segments.items()}
        for segment in segments:
            if not found[segment]:
                action = f"Look at the file, or take it out of {self.table('codes', name)}."
                yield self.problem("W126", column, f"{name} {segment} has no respondents", action)

    def chosen(self, name: str, category: str, column: str, chosen: pl.Expr) -> Check:
        """Tell whether somebody gave an answer."""
        found = yield {"chosen": chosen.sum()}
        if not found["chosen"]:
            what = f"nobody answered {category} to {name}"
            yield self.problem("W143", column, what, "Look at its code; otherwise 0 is shown.")

    # Numbers

    def written(self, column: Column, among: pl.Expr, *, most: float = math.inf, relative: bool = False) -> Check:
        """Tell whether the texts ``among`` are all numbers, with one decimal mark and no mark for thousands.

        A mark for thousands is harmless if no answer is above ``most``, or if only relative sizes count (``relative``)
        and all have one.
        """
        cell, marks = column.cell, among & column.is_number
        found = yield {
            "texts": (among & ~column.is_number).sum(),
            **{mark: (marks & cell.str.contains(mark, literal=True)).sum() for mark in ".,"},
            "all": marks.sum(),
            **thousands.counts(column, marks),
        }
        if found["texts"]:
            texts = counted(self.raw, cell, among & ~column.is_number, self.person)
            what = f"there is text where a number is expected: {quoted(texts, self.enough)}"
            yield self.problem("W112", column.name, what, self._as_written(column, among))
        if column.form is not None:
            return
        if found["."] and found[","]:
            what = "has decimal points and decimal commas"
            action = f"Export the file with one of them, or write how it is under {self.block[:-1]}.formats]."
            yield self.problem("W114", column.name, what, action)
        yield from self._thousands(column, found, most, relative=relative)

    def stored(self, column: Column, among: pl.Expr, *, most: float = math.inf, relative: bool = False) -> Check:
        """Tell whether numbers that are stored as such ``among`` may be thousands that a program took for decimals."""
        found = yield {**thousands.counts(column, among), "all": among.sum()}
        if not thousands.is_settled(column):
            yield from self._thousands(column, found, most, relative=relative)

    def _thousands(self, column: Column, found: Counts, most: float, *, relative: bool) -> Iterator[Problem]:
        doubts = thousands.doubted(found)
        if doubts and most >= 1000 and not (relative and doubts == found["all"]):
            yield doubt(column, doubts, f"{self.place}, column {column.name}", f"{self.block[:-1]}.formats]")

    def _as_written(self, column: Column, among: pl.Expr) -> str:
        """What to do about texts among numbers: the forms are named that all of them have."""
        table = f"{self.block[:-1]}.formats]"
        counts = {name: (among & column.cell.str.contains(form.pattern)).sum() for name, form in FORMS.items()}
        found = self.aggregated({**counts, "": among.sum()})
        fits = [name for name in FORMS if found[name] == found[""]]
        if fits and column.form is None:
            named = " or ".join(f'"{name}"' for name in fits[:3])
            return f"Write {key_of(column.name)} = {named} under {table}: all its cells are written so."
        return f"Correct the file, list it as missing, or say in {table} how it writes numbers."

    def inside(self, name: str, column: str, number: pl.Expr, low: float, high: float) -> Check:
        """Tell whether every number is a possible answer."""
        outside = ~number.is_between(low, high)
        found = yield {"outside": outside.sum()}
        if not found["outside"]:
            return
        counts = self.frequencies(number, outside).rows()
        told = self._named(counts)
        parts = [f"{text_of(value)} ({how_many(n)})" for value, n in told]
        if others := [item for item in counts if item not in told]:
            parts.append(f"{how_many(len(others), 'other number' if told else 'number')} {_known(others)}")
        shown = ", ".join(parts)
        ends = f"{low:g}–{high:g}" if high < float("inf") else f"{low:g} and up"
        action = f"List it as missing, or correct ranges.{name} under {self.block} in data/waves.toml."
        yield self.problem("W111", column, f"has answers outside {ends} for {name}: {shown}", action)

    # The design

    _KEEP = "Correct the file, or leave these respondents out with filter."

    def numbered(self, column: str) -> Check:
        """Tell whether every respondent has a number of their own."""
        found = yield {"missing": pl.col(column).is_null().sum()}
        if found["missing"]:
            what = f"a respondent has no number ({how_many(found['missing'])})"
            yield self.problem("W122", column, what, self._KEEP)
        sharing, numbers = self._twice(column)
        if sharing:
            what = f"the same number occurs again: {how_many(sharing)} share {numbers}"
            action = "Remove the copies, or see the user guide on noise for several rows a person."
            yield self.problem("W121", column, what, action)

    def weighed(self, column: str, weight: pl.Expr) -> Check:
        """Tell whether the weights can be used, add up, and leave nobody counting for many."""
        usable = pl.when(weight.is_between(1 / LARGEST_WEIGHT, LARGEST_WEIGHT)).then(weight)
        found = yield {
            "missing": weight.is_null().sum(),
            "bad": (weight.is_not_null() & usable.is_null()).sum(),
            "n": usable.count(),
            "total": usable.sum(),
            "largest": usable.max(),
        }
        for kind, code, what in (
            ("missing", "W131", "a weight is missing"),
            ("bad", "W132", "a weight is not positive and finite"),
        ):
            if found[kind]:
                yield self.problem(code, column, f"{what} ({how_many(found[kind])})", self._KEEP)
        expected, total = self.plan.weight_sum, found["total"]
        if found["n"] and expected and abs(total / expected - 1) > 0.001:
            action = "Ask the bureau, or correct weight_sum or filter in data/waves.toml."
            yield self.problem("W133", column, f"the weights add up to {total:.6g}, not {expected:.6g}", action)
        mean = total / found["n"] if found["n"] else float("nan")
        if found["n"] and found["largest"] > EXTREME_WEIGHT * mean:
            many = self.aggregated({"many": (usable > EXTREME_WEIGHT * mean).sum()})["many"]
            what = f"the largest weight is {found['largest'] / mean:.1f} times the mean"
            what += f"; over {EXTREME_WEIGHT} times: {how_many(many)}"
            yield self.problem("W141", column, what, "Ask the bureau whether weights were to be trimmed.")

    def drawn(self, role: str, columns: Sequence[str], value: pl.Expr) -> Check:
        """Tell whether every respondent has a stratum, or a cluster."""
        found = yield {"missing": value.is_null().sum()}
        if found["missing"]:
            what = f"a {role} is missing ({how_many(found['missing'])})"
            yield self.problem("W134", ", ".join(columns), what, self._KEEP)

    def sized(self, size: pl.Expr, strata: pl.Expr | None, clusters: pl.Expr | None) -> Check:
        """Tell whether there are population sizes, one for each stratum and not below the number drawn."""
        found = yield {"missing": size.is_null().sum(), "bad": (~(size.is_finite() & (size > 0))).sum()}
        declared, strata_columns = self.plan.population_size, ", ".join(self.plan.strata)
        column = declared if isinstance(declared, str) else strata_columns
        for kind, what in (("missing", "missing"), ("bad", "not positive")):
            if found[kind]:
                what = f"a population size is {what} ({how_many(found[kind])})"
                yield self.problem("W135", column, what, self._KEEP)
        rows = self.raw.select(
            stratum=pl.lit(0) if strata is None else strata,
            cluster=pl.lit(0) if clusters is None else clusters,
            size=size,
        )
        drawn = rows.group_by("stratum", "cluster").agg(pl.len(), low=pl.min("size"), high=pl.max("size"))
        drawn = drawn.with_columns(drawn="len" if clusters is None else pl.lit(1))
        sizes = drawn.group_by("stratum").agg(pl.min("low"), pl.max("high"), pl.sum("drawn"))
        counts = sizes.select(
            varies=(pl.col("low") < pl.col("high")).sum(), small=(pl.col("low") < pl.col("drawn")).sum()
        )
        wrong = counts.collect(engine="streaming").row(0, named=True)
        for kind, what in (("varies", "varies within"), ("small", "is below the number drawn in")):
            if many := wrong[kind]:
                what = f"the population size {what} {many} {'stratum' if many == 1 else 'strata'}"
                yield self.problem("W135", column, what, "Ask the bureau for the sizes.")

    def nested(self, strata: pl.Expr, clusters: pl.Expr) -> Check:
        """Tell whether each cluster lies in one stratum."""
        yield {}
        pairs = self.raw.select(stratum=strata, cluster=clusters).unique()
        twice = pairs.group_by("cluster").len().filter(pl.col("len") > 1).select(pl.len())
        if shared := twice.collect(engine="streaming").item():
            what = f"{shared} cluster{'' if shared == 1 else 's'} in several strata count once in each"
            action = "Check whether numbers start again in every stratum."
            yield self.problem("W148", ", ".join(self.plan.clusters), what, action)

    def _parts(self, column: str) -> Iterator[pl.LazyFrame]:
        """The values of a column in parts that fit in memory; equal values are in the same part."""
        values = self.raw.select(value=column).drop_nulls()
        parts = 1 + values.select(pl.len()).collect(engine="streaming").item() // ROWS_AT_ONCE
        for part in range(parts):
            yield values.filter(pl.col("value").hash() % parts == part)

    def _different(self, column: str) -> int:
        counts = (part.select(pl.col("value").n_unique()) for part in self._parts(column))
        return sum(count.collect(engine="streaming").item() for count in counts)

    def _twice(self, column: str) -> tuple[int, int]:
        """The number of respondents who share a value with others, and the number of those values."""
        sharing = numbers = 0
        for part in self._parts(column):
            hashes = part.select(pl.col("value").hash()).collect(engine="streaming")["value"].sort()
            if not (hashes == hashes.shift()).any():
                continue  # equal values have equal hashes
            shared = part.group_by("value").len().filter(pl.col("len") > 1)
            people, values = shared.select(pl.sum("len"), n=pl.len()).collect(engine="streaming").row(0)
            sharing, numbers = sharing + people, numbers + values
        return sharing, numbers

    # Rows as a whole

    def routed(
        self, name: str, books: Sequence[Codebook], asked: pl.Expr, *, counted: bool, said: bool = False
    ) -> Check:
        """People who answered unasked, or were asked and left it empty; in a ``counted`` set no is no answer.

        ``said``: an empty cell is an unticked box.
        """
        given = [book.filled & ~book.means("no") if counted else book.filled for book in books]
        empty = pl.all_horizontal(book.column.cell.is_null() for book in books)
        found = yield {"unasked": (~asked & any_of(given)).sum(), "empty": (asked & empty).sum()}
        columns = list(dict.fromkeys(book.column.name for book in books))
        where = f"{columns[0]} to {columns[-1]}" if len(books) > 3 else ", ".join(columns)
        rule, codes = self.table("asked_if", name), self.table("codes", name)
        if found["unasked"]:
            what = f"{name} is answered by people who were not asked ({how_many(found['unasked'])})"
            yield self.problem("W123", where, what, f"Correct {rule} in data/waves.toml, or ask the bureau.")
        accepted = said or any("blank" in table for table in self.plan.codes.get(name, {}).values())
        if found["empty"] and not accepted:
            what = f"{name} is empty for people who were asked ({how_many(found['empty'])})"
            action = f'Correct {rule}; if an empty cell is no answer, write blank = "missing" in {codes}.'
            yield self.problem("W124", where, what, action)

    def straight(self, name: str, books: Sequence[Codebook]) -> Check:
        """Equal answers to a whole block: four or more columns of an indicator, with three codes in use."""
        answers = [pl.when(book.coded).then(book.column.number) for book in books]
        same: pl.Expr = pl.all_horizontal(answer.is_not_null() for answer in answers)
        same &= pl.min_horizontal(answers) == pl.max_horizontal(answers)
        texts = any_of(book.coded & ~book.column.is_number for book in books)
        found = yield {"same": same.sum(), "texts": texts.sum(), "rows": pl.len()}
        if not found["same"] or found["texts"]:
            return
        used = set().union(*(self.frequencies(answer, answer.is_not_null())["value"] for answer in answers))
        if len(used) > 2:
            where = f"{self.place}, columns {books[0].column.name} to {books[-1].column.name}"
            share = f"{100 * found['same'] / found['rows']:.1f} %"
            what = f"{how_many(found['same'])} ({share}) gave one answer to all {len(books)} of {name}"
            yield Problem("W142", where, what, "Ask the bureau how it treats them; nobody is left out.")


def _asked(check: Check) -> dict[str, pl.Expr]:
    """The expressions that a check wants counted."""
    first = next(check)
    if isinstance(first, Problem):
        raise TypeError("a check tells nothing before it has counted")
    return first


def _told(check: Check, counts: Counts) -> Iterator[Problem]:
    """The problems that a check finds in its counts."""
    try:
        told = check.send(counts)
        while True:
            if isinstance(told, Problem):
                yield told
            told = next(check)
    except StopIteration:
        pass


def _is_code(raw: Raw) -> bool:
    """Tell whether a value is a number of up to three digits, such as 7, 98 or 999: not a year, postcode or name."""
    return not isinstance(value_of(raw), str) and len(text_of(value_of(raw))) <= 3


def _many(what: str, values: Sequence[tuple[Raw, int]], *, other: bool) -> str:
    """A number of values as the subject of a sentence: "another code is", "13 codes are"."""
    if len(values) == 1:
        return f"a{'nother' if other else ''} {what} is"
    return f"{len(values)} {'other ' if other else ''}{what}s are"


def _known(values: Sequence[tuple[Raw, int]]) -> str:
    """A description of values that are not named: how many gave them, and how long they are."""
    lengths = [len(text_of(raw)) for raw, _ in values]
    low, high = min(lengths), max(lengths)
    long = f"{low} to {high} characters" if low < high else how_many(low, "character")
    return f"({how_many(sum(n for _, n in values))}), of {long}"
