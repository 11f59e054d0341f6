"""The columns of a wave's file that waves.toml names, and the formats of their contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import polars as pl

from wavebook.core.hints import nearest
from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers import boxes
from wavebook.survey.answers.formats import Use, find_formats
from wavebook.survey.files.codes import Codebook, Column
from wavebook.survey.files.quoting import ENOUGH
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable


class Columns:
    """The columns of a file that the declarations of a wave need, by their names in both.

    Attributes
    ----------
    columns
        By name and category, the columns as written in waves.toml; those of a set in its place.
    counted
        By name, the code of a chosen column of its multiple response set.
    actual
        The file's own name for each column named in waves.toml.
    parts
        By name and column, the columns that hold the single answers of its cells.
    problems, notices
        Problems and things to look at, so far.
    """

    def __init__(self, d: Definitions, wave: str, plan: ResponseFile, file: SurveyFile):
        self.d, self.plan, self.file = d, plan, file
        self.block = f"[waves.{wave}.responses]"
        self.enough = max(ENOUGH, d.disclosure.minimum_base or 0) if d.disclosure else ENOUGH
        self.problems = list(file.problems)
        self.notices = list(file.notices)
        self.columns: dict[str, dict[str, tuple[str, ...]]] = {}
        self.counted: dict[str, str] = {}
        self.actual: dict[str, str] = {}
        self.forms: dict[str, Column] = {}
        self.parts: dict[tuple[str, str], tuple[str, ...]] = {}
        self.part_of: dict[str, str] = {}
        self._resolve()

    def _resolve(self) -> None:
        """Find every column that is needed, as written in waves.toml and in the file."""
        plan = self.plan
        wanted = [plan.respondent, plan.weight, *plan.strata, *plan.clusters]
        wanted += [plan.population_size] if isinstance(plan.population_size, str) else []
        wanted += [*plan.filter, *plan.formats, *chain.from_iterable(plan.asked_if.values()), *plan.labels_overruled]
        wanted += plan.missing_in.keys() - plan.columns.keys()
        sets = {name.casefold(): item for name, item in self.file.sets.items()}
        for name, by_category in plan.columns.items():
            self.columns[name] = dict(by_category)
            for category, sources in by_category.items():
                if sources[0].startswith("$"):
                    found = sets.get(sources[0].casefold())
                    self.columns[name] |= self._members(name, category, sources[0], found)
            wanted += chain.from_iterable(self.columns[name].values())
        self.actual = self._match(dict.fromkeys(filter(None, wanted)))
        if any(column not in self.actual for column in plan.filter):
            raise_all(self.problems)  # without the filter, every count below would be of the wrong people

    def _match(self, wanted: Iterable[str]) -> dict[str, str]:
        known = self.file.variables
        folded = {name.casefold(): name for name in known}  # SPSS does not distinguish V12 from v12
        actual = {}
        for name in wanted:
            found = name if name in known else folded.get(name.casefold())
            if found:
                actual[name] = found
                continue
            close = nearest(name.casefold(), folded)
            hint = f"The nearest is {folded[close]}. " if close else ""
            if first := folded.get(f"{name} (1)".casefold()):
                hint = f"Several columns have this name, and are numbered: the first is {first}. "
            action = f"{hint}Correct {self.block} in data/waves.toml."
            self.problems.append(Problem("W107", f"{self.file.place}, column {name}", "is not in the file", action))
        return actual

    def _members(
        self, name: str, category: str, declared: str, found: ResponseSet | None
    ) -> dict[str, tuple[str, ...]]:
        """The columns of a multiple response set, by category when each column is one answer."""
        place = f"{self.file.place}, set {declared}"
        if found is None:
            known = ", ".join(self.file.sets) or "none"
            action = f"The sets of the file are: {known}. Correct {self.block}, or give a column a category."
            self.problems.append(Problem("W109", place, "is not in the file", action))
            return {category: ()}
        if found.counted is None:
            return {category: found.columns}
        self.counted[name] = found.counted
        meanings = {code.casefold(): (code, to) for code, to in self.plan.meanings(name).items() if code != "blank"}
        by_category: dict[str, tuple[str, ...]] = {}
        for column in found.columns:
            _, category_of = meanings.pop(column.casefold(), (None, None))
            if category_of is None:
                action = f"Say which category it is in {self.table('codes', name)}, or other."
                self.problems.append(Problem("W109", place, f"its column {column} has no meaning", action))
            else:
                by_category[str(category_of)] = (*by_category.get(str(category_of), ()), column)
        for code, _ in meanings.values():
            action = f"Its columns are: {', '.join(found.columns)}. Correct {self.table('codes', name)}."
            self.problems.append(Problem("W109", place, f"has no column {code}", action))
        return {"": (), **by_category}

    def table(self, kind: str, name: str) -> str:
        """A table of the block, as waves.toml writes it."""
        return f"{self.block[:-1]}.{kind}.{name}]"

    # Contents of the columns

    def read_formats(self, raw: pl.LazyFrame) -> None:
        """Find each column's format; raise when one of the filter's is in doubt, as that affects all counts."""
        plan = self.plan
        read = {column for by in self.columns.values() for columns in by.values() for column in columns}
        uses = [Use("filter", column, codes, keeps=True) for column, codes in plan.filter.items()]
        uses += [
            Use(f"asked_if.{name}", column, codes, keeps=column not in read)
            for name, rules in plan.asked_if.items()
            for column, codes in rules.items()
        ]
        uses += [
            Use(
                f"codes.{name}",
                column,
                [code for code in plan.meanings(name, category) if code != "blank"],
                keeps=False,
            )
            for name, by_category in self.columns.items()
            if name not in self.counted and not self.separator(name)
            for category, columns in by_category.items()
            for column in columns
        ]
        uses = [use._replace(column=self.actual[use.column]) for use in uses if use.column in self.actual]
        declared = {self.actual[column]: name for column, name in plan.formats.items() if column in self.actual}
        missing = {c: [*self.file.variables[c].missing, *plan.missing_codes("", c)] for c in self.actual.values()}
        for name, by_category in self.columns.items():
            for column in chain.from_iterable(by_category.values()):
                if column in self.actual:
                    missing[self.actual[column]] += plan.missing_codes(name, self.actual[column])
        self.forms = {name: Column(name, kind == pl.String) for name, kind in raw.collect_schema().items()}
        found = find_formats(raw, self.file, self.block, declared, missing, uses, self.person(), self.enough)
        self.forms = found.columns
        self.notices += found.notices
        self.problems += found.problems
        places = {f"{self.file.place}, column {self.actual[column]}" for column in plan.filter}
        if any(problem.place in places for problem in found.problems):
            raise_all(self.problems)

    def person(self) -> pl.Expr | None:
        """The person of a row, if somebody may have several rows: then clusters are people."""
        clusters = [self.actual[column] for column in self.plan.clusters if column in self.actual]
        if self.plan.respondent or not clusters:
            return None
        return pl.concat_str([self.column(name).identity for name in clusters], separator="|", ignore_nulls=True)

    def apart(self, raw: pl.LazyFrame) -> pl.LazyFrame:
        """``raw`` with several answers in a cell split into columns of their own."""
        marks: dict[tuple[str, str], str] = {}
        for name, by_category in self.columns.items():
            if mark := self.separator(name):
                columns = [self.actual[source] for source in by_category[""] if source in self.actual]
                marks |= {(name, column): mark for column in columns if self.column(column).text}
        raw, apart = boxes.apart(raw, {column: mark for (_, column), mark in marks.items()})
        self.parts = {(name, column): apart[column] for name, column in marks}
        self.part_of = {part: column for column, parts in apart.items() for part in parts}
        self.forms |= {part: Column(part, True) for part in self.part_of}
        for (name, column), parts in self.parts.items():
            if len(parts) > boxes.MOST_PARTS:
                what = f"has cells of more than {boxes.MOST_PARTS} parts, not the answers to {name}"
                action = f"Correct separator under {self.block}, or {self.block[:-1]}.columns]."
                self.problems.append(Problem("W115", f"{self.file.place}, column {column}", what, action))
        return raw

    def separator(self, name: str) -> str | None:
        """The separator of answers in the cells of ``name``, if its codes are categories."""
        codes = name in self.d.indicators and self.d.indicators[name].categories and "" in self.columns[name]
        return self.plan.separator_of(name) if codes and name not in self.counted else None

    def variable(self, column: str) -> Variable:
        """The file's description of a column, or of the column that a part was taken from."""
        return self.file.variables[self.part_of.get(column, column)]

    def asked(self, name: str) -> pl.Expr | None:
        """The condition for having to answer ``name``; None if nothing is declared, as everyone had to."""
        conditions = self.plan.asked_if.get(name)
        if conditions is None or any(column not in self.actual for column in conditions):
            return None
        asked = pl.all_horizontal(self.condition(column, codes) for column, codes in conditions.items())
        return asked.fill_null(False)

    def empty(self, name: str, *books: Codebook) -> pl.Expr:
        """The condition that all columns are empty for somebody who had to answer."""
        empty = pl.all_horizontal(book.column.cell.is_null() for book in books)
        asked = self.asked(name)
        return empty if asked is None else empty & asked

    def column(self, name: str) -> Column:
        """A column by its name in the file."""
        return self.forms[name]

    def condition(self, column: str, codes: Sequence[str]) -> pl.Expr:
        """The condition that ``column`` holds one of ``codes``."""
        found = self.column(self.actual[column])
        return found.within(map(found.span, codes))
