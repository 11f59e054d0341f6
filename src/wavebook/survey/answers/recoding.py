"""The recoding of answers into shares, numbers, categories and segments, as columns with the project's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import polars as pl

from wavebook.core.moments import Format
from wavebook.core.problems import Problem
from wavebook.definitions import meanings_of
from wavebook.survey.answers import boxes, grouped
from wavebook.survey.answers.agreement import Agreement
from wavebook.survey.answers.boxes import Boxes
from wavebook.survey.answers.checks import BLOCK, Checks
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.described import Texts, described
from wavebook.survey.answers.labels import sense
from wavebook.survey.answers.questions import Question
from wavebook.survey.files.codes import Codebook, any_of
from wavebook.survey.files.values import seconds_in

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


class Recoding:
    """The answers of a wave under the project's names: ``frame`` and ``questions``, with the checks they need."""

    def __init__(self, source: Columns, checks: Checks):
        self.source, self.checks = source, checks
        self.agreement = Agreement(source.d, checks)
        self.texts = Texts(source.file)
        self.frame: dict[str, pl.Expr] = {}
        self.questions: dict[str, Question] = {}
        self.books: dict[str, list[Codebook]] = {}
        self.said: set[str] = set()  # names for which asked_if settles the meaning of an empty cell

    def measure(self, name: str) -> None:
        """Put the recoded ``name`` in the frame."""
        columns = {
            category: tuple(self.source.actual[source] for source in sources if source in self.source.actual)
            for category, sources in self.source.columns[name].items()
        }
        self.questions |= described(self.source, name, columns, self.texts)
        known = meanings_of(self.source.d, name)
        if not any(columns.values()):
            return  # none of them is in the file, as was reported
        if name == "population" or name in self.source.d.segments:
            for column in columns[""]:
                self.group(name, column)
        elif not known:
            for column in columns[""]:
                self.number(name, column)
        elif name in self.source.counted or "" not in columns or not self.source.d.indicators[name].categories:
            self.shares(name, columns)
        else:
            self.choices(name, columns[""])

    def meanings(self, name: str, category: str, default: Mapping[str, str]) -> Mapping[str, str | float]:
        """The declared codebook, else ``default``."""
        declared = self.source.plan.meanings(name, category)
        return declared if declared.keys() - {"blank"} else {**default, **declared}

    def book(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column that ``name`` is read from."""
        book = self.plain(name, column, meanings)
        self.books.setdefault(name, []).append(book)
        if column not in self.source.part_of:
            self.checks.add(self.checks.answered(name, book))
        return book

    def plain(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook without checks."""
        everywhere = self.source.plan.missing_codes(name, self.source.part_of.get(column, column))
        return Codebook(self.source.column(column), meanings, [*self.source.variable(column).missing, *everywhere])

    def coded(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column in which every code must have a meaning."""
        book = self.book(name, column, meanings)
        self.checks.add(self.checks.known(name, book, self.source.variable(column).labels))
        return book

    def group(self, name: str, column: str) -> None:
        """A breakdown or the population: an Enum of its declared names."""
        d = self.source.d
        declared = [*(d.segments[name].values if name in d.segments else d.parts)]
        book = self.coded(name, column, self.meanings(name, "", {key: key for key in declared}))
        self.agreement.names(name, book, self.source.variable(column))
        found = {value: book.means(value) for value in declared if value in book.meanings}
        if book.blank in declared:
            found[book.blank] = any_of([book.means(book.blank), self.source.empty(name, book)])
        self.checks.add(self.checks.segments(name, column, found))
        if found:
            self.checks.add(grouped.headings(self.checks, name, book.column.cell, column, found))
        place = f"data/waves.toml, {self.checks.table('codes', name)}"
        self.source.notices += [
            Problem("W144", place, f"{value} has no code", "Add its code if this wave asked it.")
            for value in declared
            if value not in found
        ]
        kind = pl.Enum(declared)
        value = pl.lit(None, kind)
        # A chain of conditions streams; replacing by a table of codes would take the whole column into memory.
        for segment, here in found.items():
            value = pl.when(here).then(pl.lit(segment, kind)).otherwise(value)
        self.frame[name] = value

    def number(self, name: str, column: str) -> None:
        """A mean: the numbers themselves, with declared codes recoded."""
        book = self.book(name, column, self.meanings(name, "", {}))
        number, written = book.number, book.unknown
        if self.is_time(column):
            length = self.length(name, column)
            if length is None:
                return
            number, written = pl.when(book.filled).then(length), book.unknown & length.is_null()
        for meaning in book.meanings:
            number = pl.when(book.means(meaning)).then(pl.lit(float(meaning))).otherwise(number)
        if book.blank != "missing":
            number = pl.when(self.source.empty(name, book)).then(pl.lit(float(book.blank))).otherwise(number)
        self.frame[name] = number
        ends = self.source.plan.ranges.get(name) or self.source.d.indicators[name].unit.ends
        if book.column.text:
            self.checks.add(self.checks.written(book.column, written, most=ends[1]))
        elif not self.is_time(column):
            self.checks.add(self.checks.stored(book.column, written, most=ends[1]))
        self.checks.add(self.checks.inside(name, column, self.frame[name], *ends))
        variable, everywhere = self.source.variable(column), self.source.plan.missing_everywhere(name, column)
        everywhere = [codes for codes in everywhere if codes not in variable.missing]
        self.agreement.numbers(name, book, variable, ends, everywhere)

    def is_time(self, column: str) -> bool:
        """Tell whether a column holds times of day or lengths of time, by its kind or its declared format."""
        form = self.source.column(column).form
        return self.source.variable(column).kind == "time" or (isinstance(form, Format) and not form.order)

    def length(self, name: str, column: str) -> pl.Expr | None:
        """The lengths of time in a column, in the unit of ``name``; None if that is none of time, which is W116."""
        unit = self.source.d.indicators[name].unit
        seconds = _SECONDS.get(unit.duration or "")
        if seconds is None:
            place = f"{self.source.file.place}, column {column}"
            action = "Give it a unit of time in data/indicators.toml, such as minute, or take it out of the columns."
            self.source.problems.append(Problem("W116", place, f"holds times, and {name} is in {unit}", action))
            return None
        return seconds_in(pl.col(column)) / seconds

    def shares(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        """Yes or no, one column a category or one alone: 1 or 0."""
        default, counted = {"0": "no", self.source.counted.get(name, "1"): "yes"}, name in self.source.counted
        blank = {key: to for key, to in self.source.plan.meanings(name).items() if key == "blank"}
        parts: list[tuple[str, str, Mapping[str, str | float]]] = []
        for category, sources in columns.items():
            for column in sources:
                meanings = self.meanings(name, category, default)
                if counted:  # other labels for not chosen
                    labels = self.source.variable(column).labels.items()
                    others = {code: "no" for code, label in labels if (side := sense(label)) and side.sign < 0}
                    meanings = {**others, **default, **blank}
                parts.append((category, column, meanings))
        empty = self.blank(name, [self.plain(name, column, meanings) for _, column, meanings in parts])
        rest = {"blank": "no"} if empty else {}
        books = [(category, self.coded(name, column, {**codes, **rest})) for category, column, codes in parts]
        for category, book in books:
            if category not in ("other", ""):
                self.checks.add(self.checks.chosen(name, category, book.column.name, book.means("yes")))
        self.agreement.shares(name, books, self.source.file.variables)
        by_category: dict[str, list[pl.Expr]] = {}
        for category, share in Boxes(books, empty, self.source.asked(name)).shares():
            if category != "other":
                by_category.setdefault(category, []).append(share)
        for category, found in by_category.items():
            self.frame[f"{name}.{category}" if category else name] = pl.max_horizontal(found)

    def blank(self, name: str, books: Sequence[Codebook]) -> str | None:
        """The meaning of an empty cell in columns that say yes or no; see ``Boxes``."""
        tables, counted = self.source.plan.codes.get(name, {}).values(), name in self.source.counted
        declared = {table["blank"] for table in tables if "blank" in table}
        codes = [{key: to for key, to in table.items() if key != "blank"} for table in tables]
        silent = not counted and any(codes) and not any("no" in table.values() for table in codes)  # no code means no
        usual = counted or all(table.items() <= {("0", "no"), ("1", "yes")} for table in codes)
        ticked = silent or (usual and declared <= {"missing"} and boxes.ticked(self.checks.raw, books))
        if ticked or declared - {"missing"}:
            self.checks.add(boxes.nothing(self.checks, name, books))
        if declared:
            whole = ticked and declared == {"missing"} and len(books) > 1
            if whole and not counted:
                columns = [book.column.name for book in books]
                self.source.problems += boxes.left_out(self.checks, name, columns, self.source.file.variables)
            return "chosen" if whole else None
        if ticked and self.source.asked(name) is not None:
            self.said.add(name)
            return "no"
        if ticked or len(books) > 1 or not usual:  # otherwise somebody said no
            self.checks.add(boxes.unsaid(self.checks, name, books, ticked=ticked))
        return "chosen" if ticked else None

    def choices(self, name: str, columns: tuple[str, ...]) -> None:
        """Codes that stand for categories, in one column or several: 1 or 0 for each category."""
        categories = self.source.d.indicators[name].categories
        meanings = self.meanings(name, "", {key: key for key in categories})
        split = {column: self.source.parts[name, column] for column in columns if (name, column) in self.source.parts}
        if split and "blank" not in meanings and self.source.asked(name) is not None:
            self.said.add(name)
            meanings = {**meanings, "blank": "other"}
        columns = tuple(chain.from_iterable(split.get(column, (column,)) for column in columns))
        books = [self.coded(name, column, meanings) for column in columns]
        for book in books:
            self.agreement.names(name, book, self.source.variable(book.column.name))
            if book.column.text and not split:
                self.checks.add(boxes.joined(self.checks, name, book, self.source.block))
        for whole in (self.plain(name, column, meanings) for column in split):
            self.checks.add(self.checks.answered(name, whole))
            if "blank" not in meanings:
                self.checks.add(boxes.unsaid_cells(self.checks, name, whole))
        coded, empty = [book.coded for book in books], self.source.empty(name, *books)
        answered = any_of(coded if meanings.get("blank", "missing") == "missing" else [*coded, empty])
        for category in (c for c in categories if c in meanings.values() and books):
            given = any_of(book.means(category) for book in books)
            chosen = any_of([given, empty]) if meanings.get("blank") == category else given
            self.frame[f"{name}.{category}"] = pl.when(answered).then(chosen.cast(pl.Int8))
            if meanings.get("blank") != category:
                self.checks.add(self.checks.chosen(name, category, columns[0], given))

    # Rows as a whole

    def rows(self) -> None:
        """Check who was asked and who answered, and answers that are all the same."""
        for name in self.source.plan.asked_if:
            books, asked = self.books.get(name, []), self.source.asked(name)
            if books and asked is not None:
                said = name in self.said
                self.checks.add(self.checks.routed(name, books, asked, counted=name in self.source.counted, said=said))
        split = {name for name, _ in self.source.parts}
        for name in self.source.plan.columns:
            if len(self.books.get(name, ())) >= BLOCK and name not in self.source.counted and name not in split:
                self.checks.add(self.checks.straight(name, self.books[name]))
