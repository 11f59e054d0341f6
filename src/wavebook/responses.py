"""One wave's respondents: read their file, check every answer against the declarations, name the columns.

What data/waves.toml says under ``[waves.<year>.responses]`` decides everything; see
``definitions.ResponseFile``. Problems stop the work and come all at once; notices are reported and do not.
Both count respondents; they quote codes, never a text that somebody typed, an identifier or a weight.
Problems of the file itself are those of ``surveyfile``.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W104      A code has no meaning in the codebook of its indicator or breakdown.
W106      data/waves.toml does not say how the wave's file is read.
W107      A column that waves.toml names is not in the file.
W109      A multiple response set is not in the file, or a column of it is not in the codes.
W110      A demonstration would be written into a real book, or over itself.
W111      A number lies outside what can be answered.
W112      A text stands where a number is expected.
W113      A column has no answers.
W114      A column has decimal points and decimal commas.
W115      A column with codes holds free text or identifiers.
W121      Respondents share a number.
W122      A respondent has no number.
W123      An answer of somebody who was not asked.
W124      No answer, not even a missing code, of somebody who was asked.
W125      No respondents, or none that the filter keeps.
W126      A group has no respondents.
W131      A weight is missing.
W132      A weight is not positive and finite.
W133      The weights do not add up to what waves.toml says.
W134      A stratum or cluster is missing.
W135      A population size is missing, varies within a stratum, or is below the sample.
========  ==========================================================================================

========  ==========================================================================================
Code      Notice
========  ==========================================================================================
W141      The largest weight is far above the mean.
W142      Respondents gave the same answer to a whole block of questions.
W143      Nobody gave an answer that has a code.
W144      A declared group has no code in this wave.
W145      A question was asked in other words than in the previous wave.
W146      An answer was labelled otherwise than in the previous wave.
W148      The same cluster occurs in several strata; they count as different clusters.
========  ==========================================================================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandera.polars as pa
import polars as pl
from pydantic import TypeAdapter

from wavebook import files
from wavebook.definitions import Declaration, Definitions, ResponseFile, Span, meanings_of, span
from wavebook.problems import Problem, raise_all
from wavebook.surveyfile import (
    Raw,
    ResponseSet,
    Staging,
    SurveyFile,
    Variable,
    find_file,
    open_file,
    readable,
    text_of,
    value_of,
    within,
)

EXTREME_WEIGHT = 5  # times the mean: where a cap is commonly set
_CODES_SHOWN = 5
_BLOCK = 4  # questions: equal answers to fewer are common by chance
_MANY_CODES_WRONG = 20  # so many that a column holds something else than the codes of its question
_MANY_GAVE = 5  # respondents with the same answer: it is nobody's own
_MANY_LABELS = 40  # so many that labels may be answers that were typed, numbered by SPSS
_MANY_CODES = 1000  # nobody codes an answer in so many ways: such a column holds text or identifiers
_RANGES = {"grade": (1, 10), "count": (0, float("inf")), "percentage_point": (-100, 100)}


@dataclass(frozen=True)
class Question:
    """What was asked: the question, its labels by code, and the columns of the file that hold it."""

    text: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Responses:
    """One wave's checked answers in the project's names.

    Attributes
    ----------
    frame
        One row a respondent that the filter keeps; of a large file it is read from disk, as long as this
        object is there. ``weight`` and ``population_size`` are Float64;
        ``respondent``, ``strata`` and ``clusters`` text; ``population`` and each breakdown an Enum of
        the declared names, null outside them. An indicator of numbers is Float64; a share is Int8, 1 or
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


@dataclass
class _Sorted:
    """The values of a column by what they mean, with their numbers of respondents."""

    meant: dict[str | float, list[Raw]] = field(default_factory=dict)
    counts: dict[str | float, int] = field(default_factory=dict)
    rest: list[tuple[Raw, int]] = field(default_factory=list)

    def answers(self) -> list[Raw]:
        return [raw for meaning, raws in self.meant.items() if meaning != "missing" for raw in raws]


def _sort(table: list[tuple[Raw, int]], meanings: Mapping[str, str | float], missing: Iterable[Span]) -> _Sorted:
    spans = [(span(code), meaning) for code, meaning in meanings.items() if code != "blank"]
    spans += [(ends, "missing") for ends in missing]
    found = _Sorted({meaning: [] for _, meaning in spans}, {meaning: 0 for _, meaning in spans})
    for raw, count in table:
        if raw is None:
            continue
        value = value_of(raw)
        meaning = next((m for ends, m in spans if within(value, ends)), None)
        if meaning is None:
            found.rest.append((raw, count))
        else:
            found.meant[meaning].append(raw)
            found.counts[meaning] += count
    return found


def _among(column: str, raws: list[Raw]) -> pl.Expr:
    """True where the column holds one of ``raws``; never null."""
    return pl.col(column).is_in(raws).fill_null(False) if raws else pl.lit(False)


def _either(conditions: Iterable[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(False), *conditions)


def _people(count: int) -> str:
    return f"{count} respondent{'' if count == 1 else 's'}"


class _Reading:
    """One pass over one wave's file: ``run`` gives the checked responses or raises every problem."""

    def __init__(self, d: Definitions, wave: int, plan: ResponseFile, file: SurveyFile, staging: Staging):
        self.d, self.wave, self.plan, self.file, self.staging = d, wave, plan, file, staging
        self.problems = list(file.problems)
        self.notices = list(file.notices)
        self.block = f"[waves.{wave}.responses]"
        self.tables: dict[str, list[tuple[Raw, int]]] = {}
        self.frame: dict[str, pl.Expr] = {}
        self.questions: dict[str, Question] = {}
        self.numbers: dict[str, tuple[str, float, float]] = {}
        self.sources: dict[str, list[tuple[str, _Sorted]]] = {}

    def run(self, before: dict[str, Question]) -> Responses:
        names = self.resolve()
        if not names:
            raise_all([*self.problems, Problem("W107", self.file.place, "no declared column is there", "Inspect it.")])
        self.raw, spoilt = self.file.load(list(dict.fromkeys(names.values())), self.staging)
        self.problems += [] if self.file.problems else spoilt
        total = self.raw.select(pl.len()).collect().item()
        self.raw = self.raw.filter(*(self.condition(c, codes) for c, codes in self.plan.filter.items()))
        self.tables.clear()
        kept = self.raw.select(pl.len()).collect().item()
        if not kept:
            action = "Look at filter, and at the file." if total else "Look at the file."
            raise_all([*self.problems, Problem("W125", self.file.place, "no respondents are left", action)])
        for name in self.plan.columns:
            self.measure(name)
        self.design()
        for name in self.plan.asked_if:
            self.routing(name)
        self.straight_lines()
        made = self.raw.select(**self.frame)
        self.check_columns(made)
        self.check_design(made)
        raise_all(self.problems)
        self.notices += self.changed(before)
        notices = tuple(sorted(set(self.notices)))
        return Responses(self.wave, self.file.place, made, self.questions, kept, total - kept, notices, self.staging)

    # Which columns

    def resolve(self) -> dict[str, str]:
        """Every column that is needed, as waves.toml writes it and as the file does."""
        plan = self.plan
        wanted = [plan.respondent, plan.weight, *plan.strata, *plan.clusters]
        wanted += [plan.population_size] if isinstance(plan.population_size, str) else []
        wanted += [*plan.filter, *chain.from_iterable(plan.asked_if.values())]
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

    def values(self, column: str) -> list[tuple[Raw, int]]:
        """The values of a column with their counts, most frequent first."""
        if column not in self.tables:
            counts = self.raw.group_by(column).len().collect(engine="streaming")
            self.tables[column] = sorted(counts.rows(), key=lambda row: (-row[1], str(row[0])))
        return self.tables[column]

    def condition(self, column: str, codes: Sequence[str]) -> pl.Expr:
        """Where ``column`` holds one of ``codes``."""
        actual = self.actual[column]
        found = _sort(self.values(actual), dict.fromkeys(codes, "yes"), ())
        return _among(actual, found.meant.get("yes", []))

    def sort(self, name: str, column: str, meanings: Mapping[str, str | float]) -> _Sorted:
        missing = [*self.file.variables[column].missing, *map(span, self.plan.missing)]
        found = _sort(self.values(column), meanings, missing)
        self.sources.setdefault(name, []).append((column, found))
        answered = found.rest or any(n for meaning, n in found.counts.items() if meaning != "missing")
        if not answered and meanings.get("blank", "missing") == "missing":
            what = "has missing codes only" if found.counts.get("missing") else "is empty"
            action = f"Look at the file, or take {name} out of {self.block[:-1]}.columns]."
            self.problem("W113", column, f"{what}: nobody answered {name}", action)
        return found

    def problem(self, code: str, column: str, found: str, action: str) -> None:
        self.problems.append(Problem(code, f"{self.file.place}, column {column}", found, action))

    def notice(self, code: str, where: str, found: str, action: str) -> None:
        self.notices.append(Problem(code, where, found, action))

    def measure(self, name: str) -> None:
        """Put what ``name`` becomes in the frame."""
        columns = {
            category: tuple(self.actual[source] for source in sources if source in self.actual)
            for category, sources in self.columns[name].items()
        }
        self.describe(name, columns)
        known = meanings_of(self.d, name)
        grouped = name == "population" or name in self.d.segments
        if grouped:
            self.group(name, columns[""])
        elif not known:
            self.number(name, columns[""])
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

    def unknown(self, name: str, column: str, found: _Sorted) -> None:
        """Report codes without a meaning; typed texts are counted, not shown."""
        labels = self.file.variables[column].labels
        action = f"Give it a meaning under {self.table('codes', name)} in data/waves.toml, or list it as missing."
        if len(self.values(column)) > _MANY_CODES:
            what = f"holds {len(self.values(column))} different values, not the codes of {name}"
            self.problem("W115", column, what, f"Mend {self.block[:-1]}.columns].")
            return
        shown = [item for item in found.rest if _may_be_told(*item, found.rest, labels)][:_CODES_SHOWN]
        for raw, count in shown:
            label = labels.get(text_of(raw)) if len(labels) <= _MANY_LABELS else None
            code = f"{text_of(value_of(raw))} ({label})" if label else text_of(value_of(raw))
            self.problem("W104", column, f"code {code} is not in the codebook of {name} ({_people(count)})", action)
        others = [item for item in found.rest if item not in shown]
        if others:
            what = f"{len(others)} {'other ' if shown else ''}codes are not in the codebook of {name}"
            self.problem("W104", column, f"{what} ({_people(sum(n for _, n in others))})", action)

    def group(self, name: str, columns: tuple[str, ...]) -> None:
        """A breakdown or the population: an Enum of its declared names."""
        known = self.d.segments[name].values if name in self.d.segments else self.d.populations
        declared = [value for value in known if (name, value) != ("population", "total")]
        for column in columns:
            meanings = self.meanings(name, "", {key: key for key in declared})
            found = self.sort(name, column, meanings)
            self.unknown(name, column, found)
            for value in dict.fromkeys(v for v in meanings.values() if v in declared):
                if not found.counts.get(value):
                    action = f"Look at the file, or take it out of {self.table('codes', name)}."
                    self.problem("W126", column, f"{name} {value} has no respondents", action)
            unused = [value for value in declared if value not in meanings.values()]
            for value in unused:
                self.notice(
                    "W144", f"data/waves.toml, {self.table('codes', name)}", f"{value} has no code",
                    "Add its code if this wave asked it.",
                )  # fmt: skip
            pairs = [(raw, value) for value in declared for raw in found.meant.get(value, [])]
            kind = pl.Enum(list(declared))
            text = pl.lit(None, kind)
            if pairs:
                old, new = zip(*pairs, strict=True)
                text = pl.col(column).replace_strict(list(old), list(new), default=None, return_dtype=kind)
            blank = meanings.get("blank")
            if blank in declared:
                text = text.fill_null(pl.when(pl.col(column).is_null()).then(pl.lit(blank, kind)))
            self.frame[name] = text

    def number(self, name: str, columns: tuple[str, ...]) -> None:
        """A mean: the numbers themselves, with declared codes recoded."""
        for column in columns:
            meanings = self.meanings(name, "", {})
            found = self.sort(name, column, meanings)
            texts = self.texts(column, found.rest)
            number = self.as_number(column)
            number = pl.when(~_among(column, [*found.meant.get("missing", []), *texts])).then(number)
            for meaning, raws in found.meant.items():
                if meaning != "missing":
                    number = pl.when(_among(column, raws)).then(pl.lit(float(meaning))).otherwise(number)
            if meanings.get("blank", "missing") != "missing":
                number = pl.when(pl.col(column).is_null()).then(pl.lit(float(meanings["blank"]))).otherwise(number)
            self.frame[name] = number.cast(pl.Float64)
            low, high = self.plan.ranges.get(name) or _RANGES[self.d.indicators[name].unit]
            self.numbers[name] = (column, low, high)

    def texts(self, column: str, table: list[tuple[Raw, int]]) -> list[str]:
        """The texts in ``table`` that are no number; they are reported, and so are two decimal marks."""
        texts = [(raw, n) for raw, n in table if isinstance(raw, str)]
        bad = [(raw, n) for raw, n in texts if not isinstance(value_of(raw), float)]
        if bad:
            what = f"a text stands where a number is expected ({_people(sum(n for _, n in bad))})"
            self.problem("W112", column, what, "Correct the file, or list its missing codes as missing.")
        marks = [mark for mark in ".," if any(mark in raw for raw, _ in texts if value_of(raw) != raw)]
        if len(marks) == 2:
            self.problem("W114", column, "has decimal points and decimal commas", "Export the file with one of them.")
        return [raw for raw, _ in bad]

    def as_number(self, column: str) -> pl.Expr:
        if self.raw.collect_schema()[column] == pl.String:
            return pl.col(column).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        return pl.col(column)

    def shares(self, name: str, columns: dict[str, tuple[str, ...]]) -> None:
        """Yes or no, one column a category or one alone: 1 or 0."""
        default = {"0": "no", "1": "yes"}
        if name in self.counted:
            default = {"0": "no", self.counted[name]: "yes", "blank": "no"}
        parts: list[tuple[str, str, pl.Expr, bool]] = []
        for category, sources in columns.items():
            meanings = default if name in self.counted else self.meanings(name, category, default)
            for column in sources:
                found = self.sort(name, column, meanings)
                self.unknown(name, column, found)
                yes, no = (_among(column, found.meant.get(word, [])) for word in ("yes", "no"))
                share = pl.when(yes).then(pl.lit(1, pl.Int8)).when(no).then(pl.lit(0, pl.Int8))
                blank = meanings.get("blank")
                parts.append((category, column, share, blank == "no"))
                if category != "other" and category and not found.counts.get("yes"):
                    self.nobody(name, category, column)
        answered = _either(share.is_not_null() for _, _, share, _ in parts) if len(parts) > 1 else pl.lit(True)
        by_category: dict[str, list[pl.Expr]] = {}
        for category, column, share, blank_is_no in parts:
            if blank_is_no:
                share = pl.when(pl.col(column).is_null() & answered).then(pl.lit(0, pl.Int8)).otherwise(share)
            if category != "other":
                by_category.setdefault(category, []).append(share)
        for category, found in by_category.items():
            self.frame[f"{name}.{category}" if category else name] = pl.max_horizontal(found)

    def choices(self, name: str, columns: tuple[str, ...]) -> None:
        """Codes that stand for categories, in one column or several: 1 or 0 for each category."""
        categories = self.d.indicators[name].categories
        meanings = self.meanings(name, "", {key: key for key in categories})
        answered, chosen, counts = [], {}, dict.fromkeys(categories, 0)
        for column in columns:
            found = self.sort(name, column, meanings)
            self.unknown(name, column, found)
            blank = pl.col(column).is_null()
            answered.append(_among(column, found.answers()))
            if meanings.get("blank", "missing") != "missing":
                answered.append(blank)
            for category in categories:
                here = _among(column, found.meant.get(category, []))
                chosen.setdefault(category, []).append(here | blank if meanings.get("blank") == category else here)
                counts[category] += found.counts.get(category, 0)
        for category in (c for c in categories if c in meanings.values()):
            if columns:
                share = pl.when(_either(answered)).then(_either(chosen[category]).cast(pl.Int8))
                self.frame[f"{name}.{category}"] = share
                if not counts[category] and meanings.get("blank") != category:
                    self.nobody(name, category, columns[0])

    def nobody(self, name: str, category: str, column: str) -> None:
        where = f"{self.file.place}, column {column}"
        self.notice("W143", where, f"nobody answered {category} to {name}", "Look at its code; 0 is shown else.")

    # The design

    def design(self) -> None:
        plan, actual = self.plan, self.actual
        if plan.respondent in actual:
            self.frame["respondent"] = self.identity(actual[plan.respondent])
        if plan.weight in actual:
            self.frame["weight"] = self.quantity(actual[plan.weight])
        for role, columns in (("strata", plan.strata), ("clusters", plan.clusters)):
            if columns and all(column in actual for column in columns):
                parts = [self.identity(actual[column]) for column in columns]
                self.frame[role] = pl.concat_str(parts, separator="|")
        size = plan.population_size
        if isinstance(size, str) and size in actual:
            self.frame["population_size"] = self.quantity(actual[size])
        elif isinstance(size, dict) and "strata" in self.frame:
            sizes = self.frame["strata"].replace_strict(size, default=None, return_dtype=pl.Float64)
            self.frame["population_size"] = sizes
        elif isinstance(size, float | int):
            self.frame["population_size"] = pl.lit(float(size))

    def identity(self, column: str) -> pl.Expr:
        if self.raw.collect_schema()[column] == pl.String:
            return pl.col(column)
        whole = pl.col(column).cast(pl.Int64, strict=False)
        text = pl.col(column).cast(pl.String)
        return pl.when(whole == pl.col(column)).then(whole.cast(pl.String)).otherwise(text)

    def quantity(self, column: str) -> pl.Expr:
        """A weight or size; a text that is no number is reported, and is missing."""
        number = self.as_number(column)
        if self.raw.collect_schema()[column] == pl.String:
            self.texts(column, self.values(column))
        for low, high in self.file.variables[column].missing:
            number = pl.when(~number.is_between(low, high)).then(number)
        return number

    def check_columns(self, made: pl.LazyFrame) -> None:
        """Hold the numbers and the design against their pandera schema, one column in memory at a time."""
        infinite = float("inf")
        positive = pa.Check.in_range(0, infinite, include_min=False, include_max=False)
        schema = {
            "respondent": pa.Column(pl.String, unique=True, nullable=False),
            "weight": pa.Column(pl.Float64, positive, nullable=False),
            "strata": pa.Column(pl.String, nullable=False),
            "clusters": pa.Column(pl.String, nullable=False),
            "population_size": pa.Column(pl.Float64, positive, nullable=False),
        }
        for name, (_, low, high) in self.numbers.items():
            schema[name] = pa.Column(pl.Float64, pa.Check.in_range(low, high), nullable=True)
        for name, column in schema.items():
            if name not in self.frame:
                continue
            try:
                pa.DataFrameSchema({name: column}).validate(made.select(name).collect(), lazy=True)
            except pa.errors.SchemaErrors as error:
                cases = error.failure_cases.with_columns(pl.col("failure_case").cast(pl.String))
                for check, found in cases.group_by("check"):
                    self.failed(name, str(check[0]), found["failure_case"])

    def failed(self, name: str, check: str, cases: pl.Series) -> None:
        """A pandera finding in an editor's words."""
        count, plan = len(cases), self.plan
        if name in self.numbers:
            column, low, high = self.numbers[name]
            counts = sorted(((float(value), n) for value, n in cases.value_counts().rows()), key=lambda row: -row[1])
            told = [item for item in counts if _may_be_told(*item, counts)][:_CODES_SHOWN]
            shown = ", ".join(f"{text_of(value)} ({_people(n)})" for value, n in told)
            if len(counts) > len(told):
                shown += f" and {len(counts) - len(told)} more" if told else f"{len(counts)} different numbers"
            ends = f"{low:g}–{high:g}" if high < float("inf") else f"{low:g} and up"
            action = f"List it as missing, or mend ranges.{name} under {self.block} in data/waves.toml."
            self.problem("W111", column, f"has answers outside {ends} for {name}: {shown}", action)
            return
        places = {
            "respondent": plan.respondent,
            "weight": plan.weight,
            "strata": ", ".join(plan.strata),
            "clusters": ", ".join(plan.clusters),
            "population_size": plan.population_size,
        }
        empty = check == "not_nullable"
        keep = "Correct the file, or leave these respondents out with filter."
        if name == "respondent" and not empty:
            numbers, count = cases.drop_nulls().n_unique(), cases.drop_nulls().len()
            if count:
                what = f"the same number occurs again: {_people(count)} share {numbers}"
                action = "Remove the copies, or see respondent in CONTRIBUTING.md for several rows a person."
                self.problem("W121", places[name], what, action)
            return
        code, what = {
            "respondent": ("W122", "a respondent has no number"),
            "weight": ("W131", "a weight is missing") if empty else ("W132", "a weight is not positive and finite"),
            "strata": ("W134", "a stratum is missing"),
            "clusters": ("W134", "a cluster is missing"),
            "population_size": ("W135", f"a population size is {'missing' if empty else 'not positive'}"),
        }[name]
        where = places[name] if isinstance(places[name], str) else ", ".join(plan.strata)
        self.problem(code, where, f"{what} ({_people(count)})", keep)

    def check_design(self, made: pl.LazyFrame) -> None:
        """The sum and extremes of the weights; population sizes and clusters by stratum."""
        if "weight" in self.frame:
            self.check_weights(made)
        if "population_size" in self.frame:
            self.check_population(made)
        if "strata" in self.frame and "clusters" in self.frame:
            by_cluster = made.group_by("clusters").agg(pl.col("strata").n_unique())
            shared = by_cluster.filter(pl.col("strata") > 1).select(pl.len()).collect().item()
            if shared:
                where = f"{self.file.place}, column {', '.join(self.plan.clusters)}"
                what = f"{shared} cluster{'' if shared == 1 else 's'} in several strata count once in each"
                self.notice("W148", where, what, "Look whether the numbers are given anew in every stratum.")

    def check_weights(self, made: pl.LazyFrame) -> None:
        weight = pl.col("weight")
        usable = made.filter(weight.is_finite() & (weight > 0)).select("weight").collect()["weight"]
        if usable.is_empty():
            return
        total, mean, largest = usable.sum(), usable.mean(), usable.max()
        expected = self.plan.weight_sum
        if expected and abs(total / expected - 1) > 0.001:
            action = "Ask the bureau, or mend weight_sum or filter in data/waves.toml."
            self.problem("W133", self.plan.weight, f"the weights add up to {total:.6g}, not {expected:.6g}", action)
        if largest > EXTREME_WEIGHT * mean:
            many = int((usable > EXTREME_WEIGHT * mean).sum())
            what = f"the largest weight is {largest / mean:.1f} times the mean"
            what += f"; over {EXTREME_WEIGHT} times: {_people(many)}"
            where = f"{self.file.place}, column {self.plan.weight}"
            self.notice("W141", where, what, "Ask the bureau whether weights were to be trimmed.")

    def check_population(self, made: pl.LazyFrame) -> None:
        by = "strata" if "strata" in self.frame else pl.lit("everyone").alias("strata")
        drawn = pl.col("clusters").n_unique() if "clusters" in self.frame else pl.len()
        sizes = made.group_by(by).agg(
            pl.col("population_size").min().alias("low"),
            pl.col("population_size").max().alias("high"),
            drawn.alias("drawn"),
        )
        found = sizes.select(
            varies=(pl.col("low") < pl.col("high")).sum(), small=(pl.col("low") < pl.col("drawn")).sum()
        ).collect()
        size = self.plan.population_size
        column = size if isinstance(size, str) else ", ".join(self.plan.strata)
        for kind, what in (("varies", "varies within"), ("small", "is below what was drawn in")):
            count = found[kind].item() or 0
            if count:
                strata = f"{count} {'stratum' if count == 1 else 'strata'}"
                self.problem("W135", column, f"the population size {what} {strata}", "Ask the bureau for the sizes.")

    # Rows as a whole

    def routing(self, name: str) -> None:
        """Who answered without being asked, and who was asked and left it empty."""
        conditions = self.plan.asked_if[name]
        sources = self.sources.get(name, [])
        if not sources or any(column not in self.actual for column in conditions):
            return
        asked = pl.all_horizontal(self.condition(column, codes) for column, codes in conditions.items())
        answered = _either(_among(column, self.given(name, found)) for column, found in sources)
        empty = pl.all_horizontal(pl.col(column).is_null() for column, _ in sources)
        counts = self.raw.select(unasked=(~asked & answered).sum(), empty=(asked & empty).sum()).collect()
        where = ", ".join(dict.fromkeys(column for column, _ in sources))
        if len(sources) > 3:
            where = f"{sources[0][0]} to {sources[-1][0]}"
        rule = self.table("asked_if", name)
        if unasked := counts["unasked"].item():
            action = f"Mend {rule} in data/waves.toml, or ask the bureau."
            self.problem("W123", where, f"{name} is answered by who was not asked ({_people(unasked)})", action)
        accepted = any("blank" in table for table in self.plan.codes.get(name, {}).values())
        if (left := counts["empty"].item()) and not accepted:
            action = (
                f'Mend {rule}; if an empty cell is no answer, write blank = "missing" in {self.table("codes", name)}.'
            )
            self.problem("W124", where, f"{name} is empty for who was asked ({_people(left)})", action)

    def given(self, name: str, found: _Sorted) -> list[Raw]:
        """The raw values that are an answer; not chosen in a set is none."""
        answers = [*found.answers(), *(raw for raw, _ in found.rest)]
        return [raw for raw in answers if raw not in found.meant.get("no", [])] if name in self.counted else answers

    def straight_lines(self) -> None:
        """Report equal answers to a whole block: an indicator's columns four or more, with three codes in use."""
        for name in self.plan.columns:
            block = list(dict(self.sources.get(name, [])).items())
            used = {value_of(raw) for _, found in block for raw in found.answers()}
            if (
                name in self.counted
                or len(block) < _BLOCK
                or len(used) < 3
                or not all(isinstance(v, float) for v in used)
            ):
                continue
            answers = [pl.when(_among(c, found.answers())).then(self.as_number(c)) for c, found in block]
            same = (pl.min_horizontal(answers) == pl.max_horizontal(answers)) & pl.all_horizontal(
                answer.is_not_null() for answer in answers
            )
            count, rows = self.raw.select(same.sum(), pl.len().alias("rows")).collect().row(0)
            if count:
                where = f"{self.file.place}, columns {block[0][0]} to {block[-1][0]}"
                what = f"{_people(count)} ({100 * count / rows:.1f} %) gave one answer to all {len(block)} of {name}"
                self.notice("W142", where, what, "Ask the bureau how it treats them; nobody is left out.")

    def changed(self, before: dict[str, Question]) -> Iterator[Problem]:
        for change in wording_changes(before, self.questions):
            column = self.questions[change.name].columns[0]
            code, what = ("W145", "question") if change.what == "question" else ("W146", change.what)
            yield Problem(
                code,
                f"{self.file.place}, column {column}",
                f"the {what} of {change.name} was “{change.before}” and is “{change.after}”",
                "If it measures something else now, declare a break in data/waves.toml.",
            )


def _may_be_told(raw: Raw, count: int, among: Sequence[tuple[Raw, int]], labels: Iterable[str] = ()) -> bool:
    """Whether a message may quote a value: a code, and neither what somebody typed nor what tells people apart.

    A code is short, or many gave it; of a column with very many of them none is quoted.
    """
    value, text = value_of(raw), text_of(value_of(raw))
    short = len(text) <= 4 if isinstance(value, float) else bool(re.fullmatch(r"\w{1,3}", text))
    coded = isinstance(value, float) or text_of(raw) in labels
    return len(among) <= _MANY_CODES_WRONG and (short or (coded and count >= _MANY_GAVE))


# The questions as they were put, kept from wave to wave


class Change(NamedTuple):
    """Wording that differs between two waves; ``what`` is question or label of a code."""

    name: str
    what: str
    before: str
    after: str


def wording_changes(before: dict[str, Question], after: dict[str, Question]) -> list[Change]:
    """Questions and labels that both waves have and that differ, but for spaces."""
    changes = []
    for name in after.keys() & before.keys():
        old, new = before[name], after[name]
        pairs = [("question", old.text, new.text)]
        pairs += [
            (f"label of code {code}", old.labels[code], new.labels[code]) for code in old.labels.keys() & new.labels
        ]
        changes += [Change(name, what, a, b) for what, a, b in pairs if a and b and a.split() != b.split()]
    return sorted(changes)


class _Kept(Declaration):
    question: str
    labels: dict[str, str]
    columns: list[str]


_KEPT = TypeAdapter(dict[str, _Kept])


def save_codebook(root: Path, responses: Responses) -> Path:
    """Write data/codebooks/<wave>.json: question texts and labels of the indicators, no answers, no counts."""
    path = root / "data" / "codebooks" / f"{responses.wave}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    questions = {
        name: {"question": item.text, "labels": dict(item.labels), "columns": list(item.columns)}
        for name, item in sorted(responses.questions.items())
    }
    content = {"wave": responses.wave, "questions": questions}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def load_codebook(root: Path, wave: int) -> dict[str, Question] | None:
    """The questions of ``wave``; None when they are not kept. Raises ProblemsError (W202) when they are spoilt."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    if not path.is_file():
        return None
    try:
        content = _KEPT.validate_python(json.loads(files.read(path, files.TABLE))["questions"])
        return {k: Question(v.question, v.labels, tuple(v.columns)) for k, v in content.items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        place = f"data/codebooks/{path.name}"
        raise_all([Problem("W202", place, "cannot be read", "Restore it, or estimate its wave again.")])


def earlier_codebook(root: Path, wave: int) -> tuple[int, dict[str, Question]] | None:
    """The newest wave before ``wave`` of which the questions are kept, and those; None when there is none."""
    kept = [int(p.stem) for p in (root / "data" / "codebooks").glob("*.json") if p.stem.isdecimal()]
    newest = max((year for year in kept if year < wave), default=None)
    return (newest, load_codebook(root, newest)) if newest else None
