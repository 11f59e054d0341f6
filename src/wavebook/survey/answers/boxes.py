"""Tick boxes: the meaning of an empty cell, in columns that say yes or no and in cells with several answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from wavebook.core.problems import Problem, how_many
from wavebook.survey.answers.checks import Check, Checks
from wavebook.survey.files.codes import Codebook, Column, any_of
from wavebook.survey.files.limits import SAMPLE_ROWS
from wavebook.survey.files.quoting import said_mark
from wavebook.survey.files.values import value_of

MOST_PARTS = 100  # answers in a cell: more are a typed text
_MARKS = "\n;|,/"
_ALIKE = 2  # boxes whose names differ only in a number, like those of their question


@dataclass(frozen=True)
class Boxes:
    """The columns of one name that say yes or no, by category, and the meaning of an empty cell in them.

    ``blank``: *no*, for people who were ``asked``; *chosen*, no for those who filled any column; None, per codebook.
    """

    books: Sequence[tuple[str, Codebook]]
    blank: str | None
    asked: pl.Expr | None

    def shares(self) -> Iterator[tuple[str, pl.Expr]]:
        """1 for yes, 0 for no and null for no answer, by category; in the order of the columns."""
        yes, no = pl.lit(1, pl.Int8), pl.lit(0, pl.Int8)
        filled = any_of(book.filled for _, book in self.books)
        for category, book in self.books:
            share = pl.when(book.means("yes")).then(yes).when(book.means("no")).then(no)
            means = self.blank or (book.blank if book.blank != "missing" else None)
            if means is not None:
                empty = book.column.cell.is_null()
                if means == "chosen":
                    empty &= filled
                elif self.asked is not None:
                    empty &= self.asked
                share = share.when(empty).then(yes if means == "yes" else no)
            yield category, share.otherwise(None)


def ticked(raw: pl.LazyFrame, books: Iterable[Codebook]) -> bool:
    """Tell whether the columns hold ticked boxes: nobody said no to any of them. Usually a few rows are enough."""
    no = any_of(book.means("no") for book in books).any()
    return not any(rows.select(no).collect(engine="streaming").item() for rows in (raw.head(SAMPLE_ROWS), raw))


def unsaid(checks: Checks, name: str, books: Sequence[Codebook], *, ticked: bool) -> Check:
    """Tell whether an empty cell may be an unticked box, where nothing says what it is.

    If boxes are ``ticked`` and everybody ticked one, everybody was asked and an empty one is a no.
    """
    some = any_of(book.filled for book in books)
    counts: dict[str, pl.Expr] = {}
    for i, book in enumerate(books):
        empty = book.column.cell.is_null()
        counts |= {f"yes {i}": book.means("yes").sum(), f"no {i}": book.means("no").sum(), f"empty {i}": empty.sum()}
        if len(books) > 1:
            counts[f"skipped {i}"] = (empty & some).sum()
    if ticked:
        counts |= {"rows": pl.len(), "none": pl.all_horizontal(book.column.cell.is_null() for book in books).sum()}
    found = yield counts
    numbers = range(len(books))
    yes, no = (sum(found[f"{what} {i}"] for i in numbers) for what in ("yes", "no"))
    if not yes:
        return
    action = f"Say in {checks.table('asked_if', name)} who was asked, or write in {checks.table('codes', name)} "
    action += 'blank = "no" if everyone was, blank = "missing" if it is no answer.'
    if no and len(books) > 1:
        doubtful = [i for i in numbers if found[f"yes {i}"] and not found[f"no {i}"] and found[f"skipped {i}"]]
    else:
        doubtful = [i for i in numbers if not no and found[f"empty {i}"] and (not ticked or found["none"])]
    if not doubtful:
        return
    where = [books[i].column.name for i in doubtful]
    if no or not ticked or len(books) == 1:
        many = sum(found[f"{'skipped' if no else 'empty'} {i}"] for i in doubtful)
        what = f"has yes and empty cells but no no, and nothing says what these mean for {name} ({how_many(many)})"
    else:
        what = f"hold boxes of {name}, some ticked and some empty, and nothing says who was asked"
        what += f" ({found['none']:.0f} of {how_many(found['rows'])} ticked nothing)"
    yield checks.problem("W180", _span(where), what, action)


def nothing(checks: Checks, name: str, books: Sequence[Codebook]) -> Check:
    """Tell whether anybody ticked anything, where empty cells count as no."""
    found = yield {"cells": any_of(book.filled for book in books).sum()}
    if not found["cells"]:
        action = f"Look at the file, or take {name} out of {checks.block[:-1]}.columns]."
        where = _span([book.column.name for book in books])
        yield checks.problem("W113", where, f"is empty: nobody answered {name}", action)


def left_out(checks: Checks, name: str, columns: Sequence[str], known: Iterable[str]) -> Iterator[Problem]:
    """The columns that look like boxes of the same question, where the base is those who ticked any of them."""
    stems = [match[1].casefold() for column in columns if (match := re.fullmatch(r"(.*\D)\d+", column))]
    stem = max(set(stems), key=stems.count, default=None)
    if stem is None or stems.count(stem) < _ALIKE:
        return
    here = {column.casefold() for column in columns}
    others = [c for c in known if re.fullmatch(re.escape(stem) + r"\d+", c.casefold()) and c.casefold() not in here]
    if others:
        what = (
            f"who ticked one of these is the base of {name}, and {_span(others)} look like boxes of the same question"
        )
        action = f"Give these to {name}.other in {checks.block[:-1]}.columns]; or say in "
        action += f'{checks.table("asked_if", name)} who was asked, with blank = "no".'
        yield checks.problem("W180", _span(columns), what, action)


# Several answers in a cell


def apart(raw: pl.LazyFrame, marks: Mapping[str, str]) -> tuple[pl.LazyFrame, dict[str, tuple[str, ...]]]:
    """``raw`` with each answer in a cell as a column of its own, null where a cell holds fewer; and the columns' names.

    ``marks`` gives the separator of the answers, by column.
    """
    counts = {c: pl.col(c).str.count_matches(mark, literal=True).max() for c, mark in marks.items()}
    most = raw.select(**counts).collect(engine="streaming").row(0, named=True) if counts else {}
    names: dict[str, tuple[str, ...]] = {}
    for column, mark in marks.items():
        answers, number = pl.col(column).str.split(mark), min(most[column] or 0, MOST_PARTS) + 1
        cells = [answers.list.get(i, null_on_oob=True).str.strip_chars() for i in range(number)]
        names[column] = tuple(f"{column}, answer {i + 1}" for i in range(number))
        parts = zip(names[column], cells, strict=True)
        raw = raw.with_columns(pl.when(cell != "").then(cell).alias(part) for part, cell in parts)
    return raw, names


def joined(checks: Checks, name: str, book: Codebook, separate: str) -> Check:
    """Tell whether cells without a meaning hold several answers; ``separate`` is where their separator is declared."""
    column: Column = book.column
    marked = column.cell.str.contains(f"[{_MARKS}]") & book.unknown
    found = yield {"marked": marked.sum()}
    if not found["marked"]:
        return
    cells = checks.frequencies(column.cell, marked).head(1000).rows()
    for mark in _MARKS:
        between, written = f"with {said_mark(mark)} between them", f"separator = {{ {name} = {json.dumps(mark)} }}"
        together = [n for cell, n in cells if mark in cell and _known(cell.split(mark), book)]
        if together:
            what = f"holds several answers to {name} in a cell, {between} ({how_many(sum(together))})"
            yield checks.problem("W183", column.name, what, f"Write {written} under {separate}.")
            return
    for mark in _MARKS:
        between, written = f"with {said_mark(mark)} between them", f"separator = {{ {name} = {json.dumps(mark)} }}"
        beside = [
            n for cell, n in cells if mark in cell and any(_known([p], book) for p in cell.split(mark) if p.strip())
        ]
        if beside:
            what = f"may hold several answers to {name} in a cell, {between}, some of them unknown"
            action = f"Write {written} under {separate} if so, and give each answer a meaning."
            yield checks.problem("W183", column.name, f"{what} ({how_many(sum(beside))})", action)
            return


def unsaid_cells(checks: Checks, name: str, book: Codebook) -> Check:
    """Tell whether cells that could hold several answers are empty and nothing says what that means."""
    found = yield {"empty": book.column.cell.is_null().sum()}
    if found["empty"]:
        what = f"is empty, and nothing says what that means for {name} ({how_many(found['empty'])})"
        action = f"Say in {checks.table('asked_if', name)} who was asked, or write in {checks.table('codes', name)} "
        action += 'blank = "no" if everyone was and these chose nothing, blank = "missing" if it is no answer.'
        yield checks.problem("W180", book.column.name, what, action)


def _known(texts: Iterable[str], book: Codebook) -> bool:
    return all(book.meaning(value_of(text))[0] is not None for text in texts if text.strip())


def _span(columns: Sequence[str]) -> str:
    return f"{columns[0]} to {columns[-1]}" if len(columns) > 3 else ", ".join(columns)
