"""One wave's respondents: their file, read and checked against the declarations, in the project's names.

What data/waves.toml says under ``[waves.<year>.responses]`` decides everything; see ``definitions.ResponseFile``.
Problems of the file itself are those of ``surveyfile``, of how it writes dates and numbers those of ``formats``, of who
is kept those of ``filters``, of the answers those of ``checks``, of other questions than before those of ``rewording``.

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

from wavebook.checks import BLOCK, Checks
from wavebook.codes import Codebook, Column, any_of
from wavebook.definitions import Definitions, ResponseFile, meanings_of
from wavebook.filters import Part, nobody_kept
from wavebook.formats import Use, find_formats
from wavebook.problems import Problem, raise_all
from wavebook.questions import Question, earlier_codebook
from wavebook.rewording import answered_changes
from wavebook.spans import span
from wavebook.surveyfile import ResponseSet, Staging, SurveyFile, Variable, find_file, open_file, readable
from wavebook.values import value_of, within

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
        raise_all([Problem("W106", place, "is missing", action)])
    path = find_file(root, wave)
    file = open_file(path, encoding=plan.encoding, sheet=plan.sheet)
    _, before = earlier_codebook(root, wave) or (None, {})
    with readable(file.place):
        return _Reading(definitions, wave, plan, file, Staging(path)).run(before)


class _Reading:
    """What one wave's file becomes: ``run`` gives the checked responses or raises every problem."""

    def __init__(self, d: Definitions, wave: int, plan: ResponseFile, file: SurveyFile, staging: Staging):
        self.d, self.wave, self.plan, self.file, self.staging = d, wave, plan, file, staging
        self.problems = list(file.problems)
        self.notices = list(file.notices)
        self.block = f"[waves.{wave}.responses]"
        self.frame: dict[str, pl.Expr] = {}
        self.questions: dict[str, Question] = {}
        self.books: dict[str, list[Codebook]] = {}

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
        self.checks = Checks(self.file.place, self.block, self.plan, raw, self.person())
        for name in self.plan.columns:
            self.measure(name)
        self.design()
        self.rows()
        kept, found = self.checks.run()
        if not kept:
            parts = [Part(c, self.column(self.actual[c]), codes, kept_by[c]) for c, codes in self.plan.filter.items()]
            raise_all([*self.problems, *nobody_kept(whole, self.file.place, self.block, parts, self.person())])
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
        wanted += [*plan.filter, *plan.formats, *chain.from_iterable(plan.asked_if.values())]
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
            if name not in self.counted
            for category, columns in by_category.items()
            for column in columns
        ]
        uses = [use._replace(column=self.actual[use.column]) for use in uses if use.column in self.actual]
        declared = {self.actual[column]: name for column, name in plan.formats.items() if column in self.actual}
        missing = {c: [*self.file.variables[c].missing, *map(span, plan.missing)] for c in self.actual.values()}
        self.forms = {name: Column(name, kind == pl.String) for name, kind in raw.collect_schema().items()}
        found = find_formats(raw, self.file, self.block, declared, missing, uses, self.person())
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

    def column(self, name: str) -> Column:
        return self.forms[name]

    def condition(self, column: str, codes: Sequence[str]) -> pl.Expr:
        """Where ``column`` holds one of ``codes``."""
        found = self.column(self.actual[column])
        return found.within(map(found.span, codes))

    def book(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column that ``name`` is read from."""
        found = self.column(column)
        missing = [*self.file.variables[column].missing, *map(found.span, self.plan.missing)]
        book = Codebook(found, meanings, missing)
        self.books.setdefault(name, []).append(book)
        self.checks.add(self.checks.answered(name, book))
        return book

    def coded(self, name: str, column: str, meanings: Mapping[str, str | float]) -> Codebook:
        """The codebook of a column in which every code must have a meaning."""
        book = self.book(name, column, meanings)
        self.checks.add(self.checks.known(name, book, self.file.variables[column].labels))
        return book

    def measure(self, name: str) -> None:
        """Put what ``name`` becomes in the frame."""
        columns = {
            category: tuple(self.actual[source] for source in sources if source in self.actual)
            for category, sources in self.columns[name].items()
        }
        self.describe(name, columns)
        known = meanings_of(self.d, name)
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
        low, high = self.plan.ranges.get(name) or (() if known else _RANGES[self.d.indicators[name].unit]) or (0, 0)
        if name in self.counted:
            declared = {"0": "no", self.counted[name]: "yes"}
        elif not declared.keys() - {"blank"}:
            declared = {"0": "no", "1": "yes"} if "yes" in known else {key: key for key in known}
        spans = [(span(code), meaning) for code, meaning in declared.items() if code != "blank"]
        spans += [(ends, "missing") for ends in (*variable.missing, *map(span, self.plan.missing))]
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
        found = {value: book.means(value) for value in declared if value in book.meanings}
        if book.blank in declared:
            found[book.blank] = any_of([book.means(book.blank), book.column.cell.is_null()])
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
            number = pl.when(book.column.cell.is_null()).then(pl.lit(float(book.blank))).otherwise(number)
        self.frame[name] = number
        ends = self.plan.ranges.get(name) or _RANGES[self.d.indicators[name].unit]
        if book.column.text:
            self.checks.add(self.checks.written(book.column, book.unknown, most=ends[1]))
        self.checks.add(self.checks.inside(name, column, self.frame[name], *ends))

    def shares(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        """Yes or no, one column a category or one alone: 1 or 0."""
        default = {"0": "no", "1": "yes"}
        if name in self.counted:
            default = {"0": "no", self.counted[name]: "yes", "blank": "no"}
        parts: list[tuple[str, Codebook, pl.Expr]] = []
        for category, sources in columns.items():
            meanings = default if name in self.counted else self.meanings(name, category, default)
            for column in sources:
                book = self.coded(name, column, meanings)
                yes, no = pl.lit(1, pl.Int8), pl.lit(0, pl.Int8)
                parts.append((category, book, pl.when(book.means("yes")).then(yes).when(book.means("no")).then(no)))
                if category not in ("other", ""):
                    self.checks.add(self.checks.chosen(name, category, column, book.means("yes")))
        answered = any_of(share.is_not_null() for *_, share in parts) if len(parts) > 1 else pl.lit(True)
        by_category: dict[str, list[pl.Expr]] = {}
        for category, book, share in parts:
            if book.blank == "no":
                share = pl.when(book.column.cell.is_null() & answered).then(pl.lit(0, pl.Int8)).otherwise(share)
            if category != "other":
                by_category.setdefault(category, []).append(share)
        for category, found in by_category.items():
            self.frame[f"{name}.{category}" if category else name] = pl.max_horizontal(found)

    def choices(self, name: str, columns: tuple[str, ...]) -> None:
        """Codes that stand for categories, in one column or several: 1 or 0 for each category."""
        categories = self.d.indicators[name].categories
        meanings = self.meanings(name, "", {key: key for key in categories})
        books = [self.coded(name, column, meanings) for column in columns]
        coded, blank = [book.coded for book in books], [book.column.cell.is_null() for book in books]
        answered = any_of(coded if meanings.get("blank", "missing") == "missing" else [*coded, *blank])
        for category in (c for c in categories if c in meanings.values() and books):
            coded = any_of(book.means(category) for book in books)
            chosen = any_of([coded, *blank]) if meanings.get("blank") == category else coded
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
        for name, conditions in self.plan.asked_if.items():
            books = self.books.get(name, [])
            if books and all(column in self.actual for column in conditions):
                asked = pl.all_horizontal(self.condition(column, codes) for column, codes in conditions.items())
                asked = asked.fill_null(False)
                self.checks.add(self.checks.routed(name, books, asked, counted=name in self.counted))
        for name in self.plan.columns:
            if len(self.books.get(name, ())) >= BLOCK and name not in self.counted:
                self.checks.add(self.checks.straight(name, self.books[name]))
