"""The tables of figures in data/figures/, one for each wave: read, and checked row by row against the declarations."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import pandas as pd

from wavebook.core import files, hints
from wavebook.core.problems import Problem, ProblemsError, at_line, raise_all
from wavebook.core.tables import NUMBER, read_csv
from wavebook.core.units import LARGEST
from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import CROSS, parts_of
from wavebook.figures.figure import Figure
from wavebook.figures.fractions import fractions
from wavebook.figures.key import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, STATUSES, Key

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

_WHOLE = re.compile(r"[0-9]+(\.0)?")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # either a thousand or one


@cache
def _schema() -> DataFrameSchema:
    """The bounds of the columns; their types are those that the rows are read in.

    pandera takes as long to import as a large table to read by column, and some time for each column that it knows.
    """
    import pandera.pandas as pa

    whole = pa.Check(lambda s: s % 1 == 0, name="whole")
    return pa.DataFrameSchema(
        {
            "n": pa.Column(float, [pa.Check.in_range(0, LARGEST), whole], nullable=True),
            "n_effective": pa.Column(float, pa.Check.ge(0), nullable=True),
            "se": pa.Column(float, pa.Check.ge(0), nullable=True),
            "status": pa.Column(str, pa.Check.isin(STATUSES)),
        }
    )


def load_table(root: Path, definitions: Definitions) -> pd.DataFrame:
    """Read the tables of all waves as one; check them against the declarations, and the declarations against them."""
    folder = root / "data" / "figures"
    problems = [*misplaced(root, definitions)]
    frames: dict[Path, pd.DataFrame] = {}
    for path in (path for wave in definitions.waves if (path := folder / f"{wave}.csv").exists()):
        place = f"data/figures/{path.name}"
        try:
            frames[path], wrong = _read_wave(path, definitions)
        except ProblemsError as error:
            problems += error.problems
        else:
            problems += wrong
            if frames[path].empty and not wrong:
                problems.append(Problem("W211", place, "holds no figure", "Add the wave's figures."))
    from pandera.errors import SchemaErrors

    table = pd.DataFrame()
    try:  # all at once, which costs no more than one; then one by one, to find the place
        if frames:
            table = _schema().validate(pd.concat(frames.values(), ignore_index=True), lazy=True)
    except SchemaErrors:
        problems += [problem for path, frame in frames.items() for problem in _schema_problems(frame, path)[1]]
    raise_all(problems)
    raise_all(untold(table, definitions) if frames else ())
    if not is_excerpt(root):
        raise_all(unused(table, definitions))
    return table


def misplaced(root: Path, definitions: Definitions) -> Iterator[Problem]:
    """Report tables of no declared wave, and waves without a table (W211)."""
    folder = root / "data" / "figures"
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in definitions.waves:
            action = "Declare it in data/waves.toml, or move it."
            yield Problem("W211", f"data/figures/{path.name}", "belongs to no declared wave", action)
    for wave in definitions.waves:
        if not (folder / f"{wave}.csv").exists():
            action = "Add it, or remove the wave from data/waves.toml."
            yield Problem("W211", f"data/figures/{wave}.csv", "the file is missing", action)


def untold(table: pd.DataFrame, d: Definitions) -> Iterator[Problem]:
    """Report noise of unknown size, which readers must be told (W199)."""
    noisy = set(table["wave"][table["status"].isin([PERTURBED, PERTURBED_REVISED])])
    for wave in (wave for wave in d.waves if wave in noisy and d.noise_of(wave) is None):
        found = "holds figures with noise, and nothing says how large it is"
        action = f"Write noise = … in [waves.{wave}] in data/waves.toml: its standard deviation, in respondents."
        yield Problem("W199", f"data/figures/{wave}.csv", found, action)


def is_excerpt(root: Path) -> bool:
    """Tell whether data/ holds only the part of a book's data that one edition needs."""
    return (root / "data" / files.EXCERPT).is_file()


def read_wave(path: Path, definitions: Definitions) -> pd.DataFrame:
    """Read one wave's table, checked row by row; raises ProblemsError with file and line of every fault."""
    table, problems = _read_wave(path, definitions)
    table, more = _schema_problems(table, path)
    raise_all([*problems, *more])
    return table.reset_index(drop=True)


def _schema_problems(table: pd.DataFrame, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """The table, and the faults of its cells, by line."""
    from pandera.errors import SchemaErrors

    try:
        return _schema().validate(table, lazy=True), []
    except SchemaErrors as error:
        place = f"data/figures/{path.name}"
        return table, [
            Problem(
                "W213",
                at_line(place, case.index),
                f"{case.column} is {case.failure_case!r}, which fails {case.check}",
                "Correct it.",
            )
            for case in error.failure_cases.itertuples()
        ]


def _read_wave(path: Path, definitions: Definitions) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one wave's table by line; also give its problems, apart from those that the schema finds."""
    place = f"data/figures/{path.name}"
    optional = () if definitions.populations else ("population",)
    raw, problems = read_csv(path, place, COLUMNS, "W212", optional, most=files.FIGURES)
    table, more = _read_rows(raw, path, definitions)
    return table, [*problems, *more]


def check_row_by_row(raw: pd.DataFrame, path: Path, definitions: Definitions) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows of one wave's table as they were read, by line; and their problems."""
    table, problems = _read_rows(raw, path, definitions)
    table, more = _schema_problems(table, path)
    return table, [*problems, *more]


def _read_rows(raw: pd.DataFrame, path: Path, definitions: Definitions) -> tuple[pd.DataFrame, list[Problem]]:
    place, problems = f"data/figures/{path.name}", list[Problem]()
    for line in raw.index[(raw["population"] == "") & bool(definitions.populations)]:
        found = "population is empty, and this book declares some"
        action = f"Write {definitions.population} if the figure is about all of them."
        problems.append(Problem("W214", at_line(place, line), found, action))
    raw["population"] = raw["population"].where(raw["population"] != definitions.population, "")
    for line in raw.index[raw["wave"].str.strip() != path.stem]:
        found = f"wave is {raw['wave'][line]!r}"
        problems.append(
            Problem("W213", at_line(place, line), found, f"This file holds wave {path.stem} only; move the row.")
        )
    table, unread = _numbers(raw.assign(wave=path.stem), definitions, place)
    unreadable = {problem.place for problem in unread}
    more = [*_row_problems(table, definitions, place, unreadable), *fractions(table, definitions, place)]
    return table, [*problems, *unread, *more]


def _numbers(table: pd.DataFrame, definitions: Definitions, place: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The table with its number columns as finite floats, NaN where empty; and the cells that are not numbers."""
    problems: list[Problem] = []
    large = {name for name, indicator in definitions.indicators.items() if indicator.unit.high >= 1000}

    def number(line: int, name: str, text: str) -> float:
        value = float(text) if NUMBER.fullmatch(text) else math.nan
        if text and not math.isfinite(value):
            found = f"{name} is {text!r}, not a number"
            problems.append(Problem("W213", at_line(place, line), found, _as_number(text)))
        elif text and _is_doubtful(name, text, table, line, large):
            found = f"{name} is {text!r}, " + (
                "not digits alone" if name == "n" else "whose point may be for thousands"
            )
            action = "Write it without a mark for thousands; if it has decimals, not with three of them."
            problems.append(Problem("W213", at_line(place, line), found, action))
        return value if math.isfinite(value) else math.nan

    columns = {
        name: [number(line, name, text.strip()) for line, text in zip(table.index.tolist(), table[name], strict=True)]
        for name in NUMBER_COLUMNS
    }
    return table.assign(**{name: pd.Series(found, table.index, float) for name, found in columns.items()}), problems


def _as_number(text: str) -> str:
    """What to do about a text that should be a number."""
    if text.startswith("#"):
        return "It is the error of a formula: correct that, and save its value."
    if text.endswith("%"):
        return "Leave out the sign: the unit says that it is a percentage. Write a decimal point."
    return "Write it in digits 0 to 9, with a decimal point and no mark for thousands."


def _is_doubtful(name: str, text: str, table: pd.DataFrame, line: int, large: set[str]) -> bool:
    """Tell whether a number may mean a thousand times as many: 1.000 respondents, or 1e3 of them.

    ``large`` are the indicators that can be a thousand.
    """
    if name == "n":
        return float(text).is_integer() and not _WHOLE.fullmatch(text)
    if not _DOUBTFUL.fullmatch(text):
        return False
    if name == "n_effective":
        n = str(table.at[line, "n"]).strip()
        return not _WHOLE.fullmatch(n) or float(text) < float(n) / 100
    from_a_report = str(table.at[line, "status"]).strip() in ("published", "provisional")
    return name != "se" and table.at[line, "indicator"] in large and from_a_report


class _Row(Protocol):
    """A row of a table with ``COLUMNS``; numbers that are not given are NaN."""

    Index: int
    wave: str
    indicator: str
    population: str
    segment_by: str
    segment: str
    category: str
    value: float
    unit: str
    n: float
    n_effective: float
    se: float
    ci_low: float
    ci_high: float
    status: str
    source: str
    locator: str


def _rows(table: pd.DataFrame) -> Iterator[_Row]:
    return cast("Iterator[_Row]", table.itertuples())  # pandas' types know only that it has columns


def _row_problems(table: pd.DataFrame, d: Definitions, place: str, unreadable: set[str]) -> Iterator[Problem]:
    for row in _rows(table):
        where = at_line(place, row.Index)
        for what, name, known in (
            ("indicator", row.indicator, d.indicators),
            ("population", row.population or d.population, d.populations),
            ("source", row.source, d.sources),
        ):
            if name not in known and (name or what != "population"):
                found = f"{what} {name!r} is not declared{hints.after(name, known)}"
                yield Problem("W214", where, found, "Declare it in data/, or correct it.")
        if not row.locator.strip():
            yield Problem(
                "W213", where, "locator is empty", "Say where in the source it stands: page, table or figure."
            )
        yield from _breakdown_problems(row, d, where)
        if where not in unreadable:
            yield from _number_problems(row, d, where)
    for index in table.index[table.duplicated(KEY_COLUMNS)]:
        yield Problem("W215", at_line(place, index), "this figure is in the file twice", "Remove one of the two.")


def _breakdown_problems(row: _Row, d: Definitions, where: str) -> Iterator[Problem]:
    indicator = d.indicators.get(row.indicator)
    if indicator:
        if row.unit != indicator.unit.name:
            yield Problem("W213", where, f"unit is {row.unit}, not {indicator.unit}", "Correct it, or the indicator.")
        if bool(row.category) != bool(indicator.categories) or (
            row.category and row.category not in indicator.categories
        ):
            known = ", ".join(indicator.categories) or "none"
            yield Problem(
                "W214",
                where,
                f"category {row.category!r} is not declared for {row.indicator}",
                f"Its categories are: {known}. Add it under [indicators.{row.indicator}.categories].",
            )
    if bool(row.segment_by) != bool(row.segment):
        yield Problem("W213", where, "segment_by and segment are not both filled", "Fill both, or neither.")
    elif row.segment_by and not d.segment(row.segment_by, row.segment):
        ordered = d.crossing(row.segment_by.split(CROSS))
        if ordered not in ("", row.segment_by):
            found = f"the crossing {row.segment_by} is declared as {ordered}"
            yield Problem("W218", where, found, f"Write {ordered}, and its segments in the same order.")
            return
        yield Problem(
            "W214",
            where,
            f"segment {row.segment_by}={row.segment} is not declared",
            "Declare it in data/indicators.toml.",
        )


def _number_problems(row: _Row, d: Definitions, where: str) -> Iterator[Problem]:
    suppressed = row.status == "suppressed"
    if suppressed and any(pd.notna(getattr(row, name)) for name in NUMBER_COLUMNS):
        yield Problem("W213", where, "is suppressed and still holds a number", "Empty value, n, se and interval.")
    if not suppressed and pd.isna(row.value):
        yield Problem("W213", where, "value is empty", "Remove the row: a figure that is not known has none.")
    unit = d.indicators[row.indicator].unit if row.indicator in d.indicators else None
    low, high = unit.range if unit and unit.name == row.unit else (-math.inf, math.inf)
    if pd.notna(row.value) and not low <= row.value <= high:
        yield Problem("W213", where, f"value {row.value:g} is outside {low}–{high} for a {row.unit}", "Correct it.")
    if pd.isna(row.ci_low) != pd.isna(row.ci_high):
        yield Problem("W213", where, "only one end of the interval is given", "Give both, or neither.")
    elif pd.notna(row.ci_low) and pd.notna(row.value) and not row.ci_low <= row.value <= row.ci_high:
        yield Problem("W213", where, "value lies outside its interval", "Correct ci_low, ci_high or value.")


def unused(table: pd.DataFrame, d: Definitions) -> Iterator[Problem]:
    """Report declarations in indicators.toml that no figure uses."""
    action = "Remove the declaration, or add its figures."
    used_categories = set(zip(table["indicator"], table["category"], strict=True))
    used = set(zip(table["segment_by"], table["segment"], strict=True))
    used_segments = {part for place in used for part in parts_of(*place)}
    for number, crossing in enumerate(d.crossings, 1):
        if crossing.name not in {by for by, _ in used}:
            place = f"data/indicators.toml, crossings, number {number}"
            yield Problem("W205", place, "no figure uses this crossing", action)
    for name, indicator in d.indicators.items():
        place = f"data/indicators.toml, indicators.{name}"
        if name not in set(table["indicator"]):
            yield Problem("W205", place, "no figure uses this indicator", action)
            continue
        for category in indicator.categories:
            if (name, category) not in used_categories:
                yield Problem("W205", f"{place}.categories.{category}", "no figure uses this category", action)
    for name in d.populations.keys() - {name or d.population for name in table["population"].unique()}:
        yield Problem("W205", f"data/indicators.toml, populations.{name}", "no figure uses this population", action)
    for name, breakdown in d.segments.items():
        for value in breakdown.values:
            if (name, value) not in used_segments:
                place = f"data/indicators.toml, segments.{name}.values.{value}"
                yield Problem("W205", place, "no figure uses this segment", action)


def figures_of(table: pd.DataFrame, definitions: Definitions) -> list[Figure]:
    """The rows of a checked table as figures.

    A figure about too few people is suppressed, whatever the table says, unless noise protects them.
    """
    least = definitions.disclosure.minimum_base if definitions.disclosure else 0
    found = []
    for row in _rows(table.astype(dict.fromkeys(NUMBER_COLUMNS, float))):
        too_few = row.n < least and row.status not in (PERTURBED, PERTURBED_REVISED)  # not so where n is not known
        numbers = (row.value, row.n, row.n_effective, row.se, row.ci_low, row.ci_high)
        value, n, n_effective, se, low, high = (None if too_few or math.isnan(x) else float(x) for x in numbers)
        indicator = definitions.indicators[row.indicator]
        figure = Figure(
            Key(row.wave, row.indicator, row.population, row.segment_by, row.segment, row.category),
            value,
            indicator.unit,
            indicator.decimals,
            None if n is None else int(n),
            n_effective,
            se,
            low,
            high,
            "suppressed" if too_few else row.status,
            row.source,
            row.locator,
        )
        found.append(figure)
    return found
