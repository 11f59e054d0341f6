"""One wave's respondents: their file, read and checked against the declarations, in the project's names.

What data/waves.toml says under ``[waves.<year>.responses]`` decides everything; see ``definitions.ResponseFile``.
Problems of the file itself are those of ``surveyfile``, of how it writes dates and numbers those of ``formats``, of who
is kept those of ``filters``, of the answers those of ``checks``, ``boxes`` and ``agreement``, of other questions than
before those of ``rewording``.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W106      data/waves.toml does not say how the wave's file is read.
W107      A column that waves.toml names is not in the file.
W109      A multiple response set is not in the file, or a column of it is not in the codes.
W110      A demonstration would be written into a real book, or over itself.
========  ==========================================================================================

========  ==========================================================================================
Code      Notice
========  ==========================================================================================
W144      A declared group has no code in this wave.
========  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

import polars as pl

from wavebook.core.problems import Problem, fail, raise_all
from wavebook.core.spans import span
from wavebook.definitions import Definitions, ResponseFile, meanings_of
from wavebook.survey.answers import boxes
from wavebook.survey.answers.agreement import Agreement
from wavebook.survey.answers.boxes import Boxes
from wavebook.survey.answers.checks import BLOCK, Checks
from wavebook.survey.answers.filters import Part, nobody_kept
from wavebook.survey.answers.formats import Use, find_formats
from wavebook.survey.answers.labels import sense
from wavebook.survey.answers.questions import Question, earlier_codebook
from wavebook.survey.answers.rewording import answered_changes
from wavebook.survey.files.codes import Codebook, Column, any_of
from wavebook.survey.files.damage import readable
from wavebook.survey.files.opening import find_file, open_file
from wavebook.survey.files.quoting import ENOUGH
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable
from wavebook.survey.files.values import value_of, within

_RANGES = {"grade": (1, 10), "count": (0, float("inf")), "percentage_point": (-100, 100)}


@dataclass(frozen=True)
class Responses:
    """One wave's checked answers in the project's names.

    Attributes
    ----------
    frame
        One row a respondent that the filter keeps, recoded as it is read; of a large file it is read from disk, as
        long as this object is there. ``weight`` and ``population_size`` are Float64; ``respondent`` is text, and so
        are ``strata`` and ``clusters`` unless one column of numbers gives them; ``population`` and each breakdown an
        Enum of the declared names, null outside them. An indicator of numbers is numeric; a share is Int8, 1 or
        0, as ``indicator`` or ``indicator.category``; null is no answer, or not asked. A column that
        waves.toml does not give is not there.
    questions
        By the names of ``frame``, without the design.
    respondents, dropped
        Rows of ``frame``, and rows that the filter left out.
    notices
        What is no error and should be looked at (W14x).
    """

    wave: int
    place: str
    frame: pl.LazyFrame
    questions: dict[str, Question]
    respondents: int
    dropped: int
    notices: tuple[Problem, ...]
    staging: Staging = field(repr=False)


def read_responses(root: Path, definitions: Definitions, wave: int) -> Responses:
    """The respondents of ``wave``, checked against the declarations.

    Raises
    ------
    ProblemsError
        Everything that is wrong with the file or its answers, at once (W10x–W13x).
    """
    declared = definitions.waves.get(wave)
    plan = declared.responses if declared else None
    if plan is None:
        place = f"data/waves.toml, waves.{wave}.responses"
        action = f"Run `wavebook inspect` on the file: it proposes the block for {wave}."
        fail(Problem("W106", place, "is missing", action))
    path = find_file(root, wave)
    file = open_file(path, encoding=plan.encoding, sheet=plan.sheet)
    _, before = earlier_codebook(root, wave) or (None, {})
    with readable(file.place):
        return _Reading(definitions, wave, plan, file, Staging(path)).run(before)


class _Reading:
    """What one wave's file becomes: ``run`` gives the checked responses or raises every problem."""

    def __init__(self, d: Definitions, wave: int, plan: ResponseFile, file: SurveyFile, staging: Staging):
        self.d, self.wave, self.plan, self.file, self.staging = d, wave, plan, file, staging
        self.enough = max(ENOUGH, d.disclosure.minimum_base or 0) if d.disclosure else ENOUGH
        self.problems = list(file.problems)
        self.notices = list(file.notices)
        self.block = f"[waves.{wave}.responses]"
        self.frame: dict[str, pl.Expr] = {}
        self.questions: dict[str, Question] = {}
        self.books: dict[str, list[Codebook]] = {}
        self.said: set[str] = set()  # names of which asked_if says what an empty cell is

    def run(self, before: dict[str, Question]) -> Responses:
        names = self.resolve()
        if not names:
            raise_all([*self.problems, Problem("W107", self.file.place, "no declared column is there", "Inspect it.")])
        plan = self.plan
        texts = (plan.respondent, *plan.strata, *plan.clusters, *plan.formats)
        identities = [names[column] for column in texts if column in names]
        raw, spoilt = self.file.load(list(dict.fromkeys(names.values())), self.staging, identities)
        self.problems += [] if self.file.problems else spoilt
        self.read_formats(raw)
        total = raw.select(pl.len()).collect(engine="streaming").item()
        kept_by = {c: self.condition(c, codes) for c, codes in self.plan.filter.items()}
        whole, raw = raw, raw.filter(*kept_by.values())
        raw = self.apart(raw)
        checks = Checks(self.file.place, self.block, self.plan, raw, self.person(), enough=self.enough)
        self.raw, self.checks = raw, checks
        self.agreement = Agreement(self.d, self.checks)
        for name in self.plan.columns:
            self.measure(name)
        self.design()
        self.rows()
        kept, found = self.checks.run()
        if not kept:
            parts = [Part(c, self.column(self.actual[c]), codes, kept_by[c]) for c, codes in self.plan.filter.items()]
            raise_all(
                [*self.problems, *nobody_kept(whole, self.file.place, self.block, parts, self.person(), self.enough)]
            )
        self.problems += [problem for problem in found if not problem.code.startswith("W14")]
        stops, told = answered_changes(self.d, self.wave, self.plan, self.file.place, before, self.questions)
        self.problems += stops
        raise_all(self.problems)
        self.notices += [*told, *(problem for problem in found if problem.code.startswith("W14"))]
        notices, frame = tuple(sorted(set(self.notices))), raw.select(**self.frame)
        return Responses(self.wave, self.file.place, frame, self.questions, kept, total - kept, notices, self.staging)

    # Which columns

    def resolve(self) -> dict[str, str]:
        """Every column that is needed, as waves.toml writes it and as the file does."""
        plan = self.plan
        wanted = [plan.respondent, plan.weight, *plan.strata, *plan.clusters]
        wanted += [plan.population_size] if isinstance(plan.population_size, str) else []
        wanted += [*plan.filter, *plan.formats, *chain.from_iterable(plan.asked_if.values()), *plan.labels_overruled]
        wanted += plan.missing_in.keys() - plan.columns.keys()
        sets = {name.casefold(): item for name, item in self.file.sets.items()}
        self.columns: dict[str, dict[str, tuple[str, ...]]] = {}
        self.counted: dict[str, str] = {}
        for name, by_category in plan.columns.items():
            self.columns[name] = dict(by_category)
            for category, sources in by_category.items():
                if sources[0].startswith("$"):
                    found = sets.get(sources[0].casefold())
                    self.columns[name] |= self.members(name, category, sources[0], found)
            wanted += chain.from_iterable(self.columns[name].values())
        self.actual = self.match(dict.fromkeys(filter(None, wanted)))
        if any(column not in self.actual for column in plan.filter):
            raise_all(self.problems)  # without the filter every count below would be of the wrong people
        return self.actual

    def match(self, wanted: Iterable[str]) -> dict[str, str]:
        known = self.file.variables
        folded = {name.casefold(): name for name in known}  # SPSS does not tell V12 from v12
        actual = {}
        for name in wanted:
            found = name if name in known else folded.get(name.casefold())
            if found:
                actual[name] = found
                continue
            longer = [key for key in folded if key.startswith(name.casefold())]
            close = longer[:1] or get_close_matches(name.casefold(), list(folded), 1)
            hint = f"The nearest is {folded[close[0]]}. " if close else ""
            action = f"{hint}Mend {self.block} in data/waves.toml."
            self.problems.append(Problem("W107", f"{self.file.place}, column {name}", "is not in the file", action))
        return actual

    def members(self, name: str, category: str, declared: str, found: ResponseSet | None):
        """The columns of a multiple response set, by category when each column is one answer."""
        place = f"{self.file.place}, set {declared}"
        if found is None:
            known = ", ".join(self.file.sets) or "none"
            action = f"The sets of the file are: {known}. Mend {self.block}, or give a column a category."
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
                by_category[category_of] = (*by_category.get(category_of, ()), column)
        for code, _ in meanings.values():
            action = f"Its columns are: {', '.join(found.columns)}. Mend {self.table('codes', name)}."
            self.problems.append(Problem("W109", place, f"has no column {code}", action))
        return {"": (), **by_category}

    def table(self, kind: str, name: str) -> str:
        return f"{self.block[:-1]}.{kind}.{name}]"

    # What the columns hold

    def read_formats(self, raw: pl.LazyFrame) -> None:
        """How each column is written; raises when one of the filter is in doubt, as all counts would be of others."""
        plan, read = (
            self.plan,
            {column for by in self.columns.values() for columns in by.values() for column in columns},
        )
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
        """Whose a row is, where somebody may have several: then clusters are people."""
        clusters = [self.actual[column] for column in self.plan.clusters if column in self.actual]
        if self.plan.respondent or not clusters:
            return None
        return pl.concat_str([self.column(name).identity for name in clusters], separator="|", ignore_nulls=True)

    def apart(self, raw: pl.LazyFrame) -> pl.LazyFrame:
        """``raw`` with the answers of each cell that holds several as columns of their own."""
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
                action = f"Mend separator under {self.block}, or {self.block[:-1]}.columns]."
                self.problems.append(Problem("W115", f"{self.file.place}, column {column}", what, action))
        return raw

    def separator(self, name: str) -> str | None:
        """What stands between the answers in the cells of ``name``, where its codes are categories."""
        codes = name in self.d.indicators and self.d.indicators[name].categories and "" in self.columns[name]
        return self.plan.separator_of(name) if codes and name not in self.counted else None

    def variable(self, column: str) -> Variable:
        """What the file says of a column, or of that which a part of it was taken from."""
        return self.file.variables[self.part_of.get(column, column)]

    def asked(self, name: str) -> pl.Expr | None:
        """Who had to answer ``name``; None where nothing says so, as everyone had to."""
        conditions = self.plan.asked_if.get(name)
        if conditions is None or any(column not in self.actual for column in conditions):
            return None
        asked = pl.all_horizontal(self.condition(column, codes) for column, codes in conditions.items())
        return asked.fill_null(False)

    def empty(self, name: str, *books: Codebook) -> pl.Expr:
        """Where all columns are empty for who had to answer."""
        empty = pl.all_horizontal(book.column.cell.is_null() for book in books)
        asked = self.asked(name)
        return empty if asked is None else empty & asked

    def column(self, name: str) -> Column:
        return self.forms[name]

    def condition(self, column: str, codes: Sequence[str]) -> pl.Expr:
        """Where ``column`` holds one of ``codes``."""
        found = self.column(self.actual[column])
        return found.within(map(found.span, codes))

    def book(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column that ``name`` is read from."""
        book = self.plain(name, column, meanings)
        self.books.setdefault(name, []).append(book)
        if column not in self.part_of:
            self.checks.add(self.checks.answered(name, book))
        return book

    def plain(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The same without checks."""
        everywhere = self.plan.missing_codes(name, self.part_of.get(column, column))
        return Codebook(self.column(column), meanings, [*self.variable(column).missing, *everywhere])

    def coded(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column in which every code must have a meaning."""
        book = self.book(name, column, meanings)
        self.checks.add(self.checks.known(name, book, self.variable(column).labels))
        return book

    def measure(self, name: str) -> None:
        """Put what ``name`` becomes in the frame."""
        columns = {
            category: tuple(self.actual[source] for source in sources if source in self.actual)
            for category, sources in self.columns[name].items()
        }
        self.describe(name, columns)
        known = meanings_of(self.d, name)
        if not any(columns.values()):
            return  # none of them is in the file, as is told
        if name == "population" or name in self.d.segments:
            for column in columns[""]:
                self.group(name, column)
        elif not known:
            for column in columns[""]:
                self.number(name, column)
        elif name in self.counted or "" not in columns or not self.d.indicators[name].categories:
            self.shares(name, columns)
        else:
            self.choices(name, columns[""])

    def describe(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        if name in self.counted:
            members = tuple(chain.from_iterable(columns.values()))
            whole = next((s for s in self.file.sets.values() if set(members) <= set(s.columns)), None)
            self.questions[name] = Question(whole.label if whole else "", {}, members)
        for category, sources in columns.items():
            if sources and category != "other":
                first = self.file.variables[sources[0]]
                text = first.question
                if not category:
                    text = next((s.label for s in self.file.sets.values() if s.columns == sources), text)
                key = f"{name}.{category}" if category else name
                self.questions[key] = Question(text, dict(self.told(name, category, first)), sources)

    def told(self, name: str, category: str, variable: Variable) -> Iterator[tuple[str, str]]:
        """The labels of the codes that are published; any other may hold what one respondent typed."""
        known, declared = meanings_of(self.d, name), self.plan.meanings(name, category)
        everywhere = self.plan.missing_codes(name, variable.name)
        low, high = self.plan.ranges.get(name) or (() if known else _RANGES[self.d.indicators[name].unit]) or (0, 0)
        if name in self.counted:
            declared = {"0": "no", self.counted[name]: "yes"}
        elif not declared.keys() - {"blank"}:
            declared = {"0": "no", "1": "yes"} if "yes" in known else {key: key for key in known}
        spans = [(span(code), meaning) for code, meaning in declared.items() if code != "blank"]
        spans += [(ends, "missing") for ends in (*variable.missing, *everywhere)]
        spans += [] if known else [((float(low), float(high)), "number")]
        for code, label in variable.labels.items():
            meaning = next((m for ends, m in spans if within(value_of(code), ends)), "other")
            if meaning not in ("other", "missing"):
                yield code, label

    def meanings(self, name: str, category: str, default: Mapping[str, str]) -> Mapping[str, str | float]:
        """The declared codebook, else ``default``."""
        declared = self.plan.meanings(name, category)
        return declared if declared.keys() - {"blank"} else {**default, **declared}

    def group(self, name: str, column: str) -> None:
        """A breakdown or the population: an Enum of its declared names."""
        known = self.d.segments[name].values if name in self.d.segments else self.d.populations
        declared = [value for value in known if (name, value) != ("population", "total")]
        book = self.coded(name, column, self.meanings(name, "", {key: key for key in declared}))
        self.agreement.names(name, book, self.variable(column))
        found = {value: book.means(value) for value in declared if value in book.meanings}
        if book.blank in declared:
            found[book.blank] = any_of([book.means(book.blank), self.empty(name, book)])
        self.checks.add(self.checks.segments(name, column, found))
        place = f"data/waves.toml, {self.checks.table('codes', name)}"
        self.notices += [
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
        number = book.number
        for meaning in book.meanings:
            number = pl.when(book.means(meaning)).then(pl.lit(float(meaning))).otherwise(number)
        if book.blank != "missing":
            number = pl.when(self.empty(name, book)).then(pl.lit(float(book.blank))).otherwise(number)
        self.frame[name] = number
        ends = self.plan.ranges.get(name) or _RANGES[self.d.indicators[name].unit]
        if book.column.text:
            self.checks.add(self.checks.written(book.column, book.unknown, most=ends[1]))
        self.checks.add(self.checks.inside(name, column, self.frame[name], *ends))
        variable, everywhere = self.variable(column), self.plan.missing_everywhere(name, column)
        everywhere = [codes for codes in everywhere if codes not in variable.missing]
        self.agreement.numbers(name, book, variable, ends, everywhere)

    def shares(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        """Yes or no, one column a category or one alone: 1 or 0."""
        default, counted = {"0": "no", self.counted.get(name, "1"): "yes"}, name in self.counted
        blank = {key: to for key, to in self.plan.meanings(name).items() if key == "blank"}
        parts: list[tuple[str, str, Mapping[str, str | float]]] = []
        for category, sources in columns.items():
            for column in sources:
                meanings = self.meanings(name, category, default)
                if counted:  # whatever else its labels call not chosen
                    labels = self.variable(column).labels.items()
                    others = {code: "no" for code, label in labels if (side := sense(label)) and side.sign < 0}
                    meanings = {**others, **default, **blank}
                parts.append((category, column, meanings))
        empty = self.blank(name, [self.plain(name, column, meanings) for _, column, meanings in parts])
        rest = {"blank": "no"} if empty else {}
        books = [(category, self.coded(name, column, {**codes, **rest})) for category, column, codes in parts]
        for category, book in books:
            if category not in ("other", ""):
                self.checks.add(self.checks.chosen(name, category, book.column.name, book.means("yes")))
        self.agreement.shares(name, books, self.file.variables)
        by_category: dict[str, list[pl.Expr]] = {}
        for category, share in Boxes(books, empty, self.asked(name)).shares():
            if category != "other":
                by_category.setdefault(category, []).append(share)
        for category, found in by_category.items():
            self.frame[f"{name}.{category}" if category else name] = pl.max_horizontal(found)

    def blank(self, name: str, books: Sequence[Codebook]) -> str | None:
        """What an empty cell means in columns that say yes or no; see ``Boxes``."""
        tables, counted = self.plan.codes.get(name, {}).values(), name in self.counted
        declared = {table["blank"] for table in tables if "blank" in table}
        codes = [{key: to for key, to in table.items() if key != "blank"} for table in tables]
        silent = not counted and any(codes) and not any("no" in table.values() for table in codes)  # no code means no
        usual = counted or all(table.items() <= {("0", "no"), ("1", "yes")} for table in codes)
        ticked = silent or (usual and declared <= {"missing"} and boxes.ticked(self.raw, books))
        if ticked or declared - {"missing"}:
            self.checks.add(boxes.nothing(self.checks, name, books))
        if declared:
            whole = ticked and declared == {"missing"} and len(books) > 1
            if whole and not counted:
                columns = [book.column.name for book in books]
                self.problems += boxes.left_out(self.checks, name, columns, self.file.variables)
            return "chosen" if whole else None
        if ticked and self.asked(name) is not None:
            self.said.add(name)
            return "no"
        if ticked or len(books) > 1 or not usual:  # else somebody said no
            self.checks.add(boxes.unsaid(self.checks, name, books, ticked=ticked))
        return "chosen" if ticked else None

    def choices(self, name: str, columns: tuple[str, ...]) -> None:
        """Codes that stand for categories, in one column or several: 1 or 0 for each category."""
        categories = self.d.indicators[name].categories
        meanings = self.meanings(name, "", {key: key for key in categories})
        split = {column: self.parts[name, column] for column in columns if (name, column) in self.parts}
        if split and "blank" not in meanings and self.asked(name) is not None:
            self.said.add(name)
            meanings = {**meanings, "blank": "other"}
        columns = tuple(chain.from_iterable(split.get(column, (column,)) for column in columns))
        books = [self.coded(name, column, meanings) for column in columns]
        for book in books:
            self.agreement.names(name, book, self.variable(book.column.name))
            if book.column.text and not split:
                self.checks.add(boxes.joined(self.checks, name, book, self.block))
        for whole in (self.plain(name, column, meanings) for column in split):
            self.checks.add(self.checks.answered(name, whole))
            if "blank" not in meanings:
                self.checks.add(boxes.unsaid_cells(self.checks, name, whole))
        coded, empty = [book.coded for book in books], self.empty(name, *books)
        answered = any_of(coded if meanings.get("blank", "missing") == "missing" else [*coded, empty])
        for category in (c for c in categories if c in meanings.values() and books):
            coded = any_of(book.means(category) for book in books)
            chosen = any_of([coded, empty]) if meanings.get("blank") == category else coded
            self.frame[f"{name}.{category}"] = pl.when(answered).then(chosen.cast(pl.Int8))
            if meanings.get("blank") != category:
                self.checks.add(self.checks.chosen(name, category, columns[0], coded))

    # The design

    def design(self) -> None:
        plan, actual, checks = self.plan, self.actual, self.checks
        if plan.respondent in actual:
            self.frame["respondent"] = self.column(actual[plan.respondent]).identity
            checks.add(checks.numbered(actual[plan.respondent]))
        if plan.weight in actual:
            self.frame["weight"] = self.quantity(actual[plan.weight])
            checks.add(checks.weighed(plan.weight, self.frame["weight"]))
        for role, kind, columns in (("strata", "stratum", plan.strata), ("clusters", "cluster", plan.clusters)):
            if columns and all(column in actual for column in columns):
                parts = [self.column(actual[column]) for column in columns]
                whole = pl.concat_str([part.identity for part in parts], separator="|")
                self.frame[role] = parts[0].cell if len(parts) == 1 else whole
                checks.add(checks.drawn(kind, columns, self.frame[role]))
        strata, clusters = self.frame.get("strata"), self.frame.get("clusters")
        self.population_size(strata)
        if "population_size" in self.frame:
            checks.add(checks.sized(self.frame["population_size"], strata, clusters))
        if strata is not None and clusters is not None:
            checks.add(checks.nested(strata, clusters))

    def population_size(self, strata: pl.Expr | None) -> None:
        size = self.plan.population_size
        if isinstance(size, str) and size in self.actual:
            self.frame["population_size"] = self.quantity(self.actual[size])
        elif isinstance(size, dict) and strata is not None:
            columns = [self.column(self.actual[column]).identity for column in self.plan.strata]
            stratum, value = pl.concat_str(columns, separator="|"), pl.lit(None, pl.Float64)
            for name, number in size.items():
                value = pl.when(stratum == name).then(pl.lit(float(number))).otherwise(value)
            self.frame["population_size"] = value
        elif isinstance(size, float | int):
            self.frame["population_size"] = pl.lit(float(size))

    def quantity(self, name: str) -> pl.Expr:
        """A weight or size; a text that is no number is reported, and is missing."""
        column = self.column(name)
        if column.text:
            relative = name == self.actual.get(self.plan.weight)
            self.checks.add(self.checks.written(column, column.cell.is_not_null(), relative=relative))
        return pl.when(~column.within(self.file.variables[name].missing)).then(column.number).cast(pl.Float64)

    # Rows as a whole

    def rows(self) -> None:
        for name in self.plan.asked_if:
            books, asked = self.books.get(name, []), self.asked(name)
            if books and asked is not None:
                said = name in self.said
                self.checks.add(self.checks.routed(name, books, asked, counted=name in self.counted, said=said))
        split = {name for name, _ in self.parts}
        for name in self.plan.columns:
            if len(self.books.get(name, ())) >= BLOCK and name not in self.counted and name not in split:
                self.checks.add(self.checks.straight(name, self.books[name]))
