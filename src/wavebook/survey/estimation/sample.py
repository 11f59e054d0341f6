"""A sample as its rows show it: sums per group × stratum × cluster, the design in them, and its problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from wavebook.core.problems import Problem, how_many, raise_all
from wavebook.survey.estimation.design import Design, Lonely, Mean, Ratio, Share, Total, columns_of
from wavebook.survey.estimation.totals import BAD_WEIGHT, Sums, Term, is_number, terms_of

FEWEST_SUMS, MOST_SUMS = 8, 140
GROUPS_TIMES_SUMS = 2_400_000
"""The number of sums in one pass: Polars holds each sum of each group some twenty times over while it runs. Another
pass costs little, as it reads only its own columns and those of the design."""


class Cells(NamedTuple):
    """Cells of the margins: sums of the whole sample by unit × cell, the margins as 0/1 columns, and their names."""

    sums: pl.DataFrame
    columns: np.ndarray
    names: pl.DataFrame


@dataclass(frozen=True)
class Sample:
    """The design as found in the data: ``n`` clusters and the part of the population ``left`` by stratum.

    A *unit* is a cluster or, where every respondent is one, a stratum. ``cells`` has the whole sample's sums
    per unit and cell of the calibration margins, ``margins`` the 0/1 columns of those cells. ``units`` and
    ``cell_names`` number both by the columns of the design.
    """

    n: np.ndarray
    left: np.ndarray
    unit_stratum: np.ndarray
    units: pl.DataFrame
    calibrated: Cells | None = None
    people: np.ndarray | None = None
    people_left: np.ndarray | None = None

    @property
    def indices(self) -> list[pl.DataFrame]:
        """The tables that number units and, with calibrated weights, cells."""
        return [self.units] if self.calibrated is None else [self.units, self.calibrated.names]

    @property
    def cells(self) -> Cells:
        """The cells of the margins of calibrated weights."""
        if self.calibrated is None:
            raise ValueError("weights that were not calibrated have no margins")
        return self.calibrated

    def factor(self, lonely: Lonely) -> np.ndarray:
        """(1 − n/N) · n/(n − 1); for a stratum with one cluster, the factor of its rule, NaN for average."""
        return _factor(self.n, self.left, lonely)

    def people_factor(self, lonely: Lonely) -> np.ndarray:
        """The same for the people in each cluster, times the part of the stratum's clusters that were drawn."""
        if self.people is None or self.people_left is None:
            raise ValueError("nobody was drawn from clusters")
        drawn = (1 - self.left)[self.unit_stratum]
        return drawn * _factor(self.people, self.people_left, lonely)


def _factor(n: np.ndarray, left: np.ndarray, lonely: Lonely) -> np.ndarray:
    alone = {"adjust": 1.0, "average": np.nan}.get(lonely, 0.0)
    # As in R, a stratum that was taken whole adds nothing, even if it is one cluster.
    return np.where(left < 1e-7, 0.0, left * np.where(n > 1, n / np.maximum(n - 1, 1), alone))


@dataclass(frozen=True)
class Run:
    """The results of passes over the respondents: a table of sums for each breakdown, and the design in them.

    ``tables`` are by group × unit. ``fits`` have what regressing on the margins of calibrated weights needs, by
    group × cell of the margins; without clusters they are the tables, which then are by group × stratum × cell.
    ``products`` names the sums of products of two terms, by their places, that covariances need without clusters.
    ``frame`` has the respondents, ``prepared`` the columns that the terms read, ``keys`` the columns of the design by
    their names in the tables.
    """

    design: Design
    terms: list[Term]
    breakdowns: Mapping[str, str]
    population: str | None
    across: tuple[str, str, str] | None
    tables: list[pl.DataFrame]
    fits: list[pl.DataFrame]
    sample: Sample
    products: Mapping[tuple[int, int], Mapping[str, str]]
    frame: pl.LazyFrame
    prepared: Mapping[str, pl.Expr]
    keys: Mapping[str, str]


def run_over(
    frame,
    design: Design,
    indicators,
    breakdowns=(),
    population: str | None = None,
    across: tuple[str, object, object] | None = None,
    *,
    together: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
    source: str = "respondents",
) -> Run:
    """The sums that every estimate is made from; raises ProblemsError (W150–W159).

    ``together`` has the pairs of indicators (or an indicator and itself) whose covariance will be asked for, ``apart``
    those among them of which nobody gave both answers.
    """
    indicators = list(indicators)
    names = [item.indicator for item in indicators]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"name at least one indicator, and each once: {names}")
    breakdowns = dict(breakdowns) if isinstance(breakdowns, Mapping) else {name: name for name in breakdowns}
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    columns = [*filter(None, [population, across and across[0]]), *breakdowns.values()]
    raise_all(_column_problems(schema, design, indicators, columns, source))

    sums = Sums(design, schema)
    sums.of_design(design)
    terms = terms_of(indicators, sums, source)
    raise_all(sums.problems)
    products = {} if design.clusters else _products(lazy, sums, terms, together, apart)
    units, margins = _keys(_stratum=design.strata, _cluster=design.clusters), _keys(_margin=design.margins)
    groups = ({"_population": population} if population else {}) | ({"_across": across[0]} if across else {})

    def tables(keys: dict[str, str], wanted: dict[str, pl.Expr]) -> list[pl.DataFrame]:
        segments = [{"_segment": column} for column in breakdowns.values()] or [{}]
        return [_table(lazy, keys | groups | segment, sums.columns, wanted) for segment in segments]

    split = bool(margins and design.clusters)
    by_unit = tables(units, sums.sums) if split else tables(units | margins, sums.sums | sums.fits | sums.margins)
    if across:
        across = (across[0], text_of(across[1]), text_of(across[2]))
    raise_all(_row_problems(by_unit[0], design, terms, indicators, across, source))
    by_cell = tables(margins, sums.fits) if split else by_unit
    whole = _table(lazy, units | margins, sums.columns, sums.margins) if split else by_unit[0]
    sample = _sample(by_unit[0], whole, design)
    by_unit = [numbered(table, sample.indices) for table in by_unit]
    by_cell = [numbered(table, sample.indices) for table in by_cell] if split else by_unit
    keys = units | margins
    return Run(
        design, terms, breakdowns, population, across, by_unit, by_cell, sample, products, lazy, sums.columns, keys
    )


def _products(lazy, sums: Sums, terms: list[Term], together, apart) -> dict[tuple[int, int], dict[str, str]]:
    """The sums of products of any two terms of indicators that are asked for together, by their places."""
    asked, apart = ({frozenset(pair) for pair in pairs} for pairs in (together, apart))
    pairs = {
        (i, j): frozenset((terms[i].indicator, other.indicator))
        for j, other in enumerate(terms)
        for i in range(j)
        if frozenset((terms[i].indicator, other.indicator)) in asked
    }
    base = _bases(lazy, sums, terms, pairs)
    return {
        (i, j): sums.product(i, j, terms, one_base=base[i] == base[j], apart=names in apart)
        for (i, j), names in pairs.items()
    }


def _bases(lazy, sums: Sums, terms: list[Term], pairs: Collection[tuple[int, int]]) -> list[int]:
    """For each term the first of its partners with exactly the same respondents; or itself."""
    first = {j: i for i, j in sorted(pairs, reverse=True) if not any(terms[k].bottom is None for k in (i, j))}
    bottoms = {k: term.bottom for k, term in enumerate(terms) if term.bottom is not None}
    differ = {str(j): bottoms[j].ne_missing(bottoms[i]).any() for j, i in first.items()}
    if not differ:
        return [*range(len(terms))]
    found = lazy.select(*sums.columns.values()).select(**differ).collect(engine="streaming").row(0, named=True)
    base = [*range(len(terms))]
    for j, i in sorted(first.items()):
        base[j] = base[j] if found[str(j)] else base[i]
    return base


def _keys(**kinds: str | tuple[str, ...]) -> dict[str, str]:
    """Columns of the design by the names that tables of sums have for them."""
    named = {kind: (columns,) if isinstance(columns, str) else columns for kind, columns in kinds.items()}
    return {f"{kind}{i}": column for kind, columns in named.items() for i, column in enumerate(columns)}


def _table(lazy: pl.LazyFrame, keys: Mapping[str, str], prepared: Mapping, wanted: Mapping) -> pl.DataFrame:
    """The ``wanted`` sums by ``keys``, in order, in passes over the rows that each read only their own columns."""
    rows = lazy.select(*(pl.col(column).alias(key) for key, column in keys.items()), *prepared.values())
    sums, tables, size = list(wanted.values()), [], FEWEST_SUMS
    while sums:
        some, sums = sums[:size], sums[size:]
        table = (rows.group_by(list(keys)).agg(some) if keys else rows.select(some)).collect(engine="streaming")
        tables.append(table.sort(list(keys)) if keys else table)
        size = min(MOST_SUMS, max(FEWEST_SUMS, GROUPS_TIMES_SUMS // max(1, table.height)))
    table = pl.concat([tables[0], *(more.drop(keys) for more in tables[1:])], how="horizontal")
    return table if "_stratum0" in keys else table.with_columns(_stratum0=0)  # everyone is one stratum


def _sample(table: pl.DataFrame, whole: pl.DataFrame, design: Design) -> Sample:
    """The design that the rows show."""
    strata, clusters, margins = (
        [name for name in whole.columns if name.startswith(kind)] for kind in ("_stratum", "_cluster", "_margin")
    )
    unit = table.select(*strata, *clusters).unique().sort(*strata, *clusters)
    unit = unit.with_columns(pl.struct(strata).rle_id().cast(pl.Int64).alias("stratum")).with_row_index("unit")
    unit = unit.with_columns(pl.col("unit").cast(pl.Int64))
    cell = whole.select(margins).unique().sort(margins).with_row_index("cell")
    size = pl.col("unit").n_unique() if clusters else pl.col("_rows").sum()
    in_stratum = table.join(unit, on=[*strata, *clusters]).group_by("stratum")
    by_stratum = in_stratum.agg(size.alias("n"), pl.col("^_smallest$").min()).sort("stratum")
    n = by_stratum["n"].to_numpy().astype(float)
    left = 1 - n / by_stratum["_smallest"].to_numpy() if design.population_size else np.ones_like(n)
    unit_stratum = unit["stratum"].to_numpy()
    if design.people_size:
        in_unit = table.join(unit, on=[*strata, *clusters]).group_by("unit")
        people = in_unit.agg(pl.col("_rows").sum(), pl.col("_smallest2").min()).sort("unit")
        m = people["_rows"].to_numpy().astype(float)
        left2 = 1 - m / people["_smallest2"].to_numpy()
        return Sample(n, left, unit_stratum, unit, people=m, people_left=left2)
    if not design.margins:
        return Sample(n, left, unit_stratum, unit)
    cells = whole.join(unit, on=[*strata, *clusters]).join(cell, on=margins)
    cells = cells.group_by("unit", "cell").agg(pl.col("_w", "_ww", "_q").sum()).sort("unit", "cell")
    numbers = [f"_margin{k}" for k in range(len(design.calibrated_on), len(margins))]
    x = [cell[name].to_physical().to_dummies().to_numpy() for name in margins if name not in numbers]
    x += [_standard(cell[name].to_numpy().astype(float))[:, None] for name in numbers]
    return Sample(n, left, unit_stratum, unit, Cells(cells, np.hstack(x).astype(float), cell))


def _standard(numbers: np.ndarray) -> np.ndarray:
    """Standardise numbers by mean and spread: the regression is the same, and keeps its digits."""
    return (numbers - numbers.mean()) / (numbers.std() or 1.0)


def numbered(table: pl.DataFrame, indices: list[pl.DataFrame]) -> pl.DataFrame:
    """The table with the numbers of its units and cells."""
    for index in indices:
        keys = [name for name in index.columns if name.startswith("_")]
        table = table.join(index, on=keys) if set(keys) <= set(table.columns) else table
    return table


def _column_problems(schema, design, indicators, groups, source) -> list[Problem]:
    """Problems of the columns, before any row is read."""
    numbers = {design.weight, design.population_size, design.people_size, design.base_weight} - {None}
    numbers |= set(design.calibrated_totals)
    for item in indicators:
        if isinstance(item, Mean | Total | Ratio):
            numbers |= set(columns_of(item))
    wanted = dict.fromkeys([*design.columns(), *groups, *(name for item in indicators for name in columns_of(item))])
    problems = []
    for name in wanted:
        place = f"{source}, column {name}"
        if name not in schema:
            near = f"There are {len(schema)} columns; correct the name or add the column."
            problems.append(Problem("W150", place, "the column does not exist", near))
        elif name in numbers and not is_number(schema[name]):
            found = f"the column holds {schema[name]} where numbers are needed"
            problems.append(Problem("W151", place, found, "Turn it into numbers, or choose another kind of indicator."))
    return problems


def _row_problems(table, design, terms, indicators, across, source) -> list[Problem]:
    """Problems of the rows that the sums show."""
    problems: list[Problem] = []

    def add(code: str, column: str | None, found: str, action: str) -> None:
        problems.append(Problem(code, f"{source}, column {column}" if column else source, found, action))

    seen = {name: table[name].sum() for name in table.columns if name.startswith("_bad:")}
    for name, count in seen.items():
        if count:
            _, column, what = name.split(":", 2)
            action = "Give every respondent a number of at least 0." if what in BAD_WEIGHT else "Fill the column."
            add("W152" if what in BAD_WEIGHT else "W153", column, f"{what} ({how_many(count)})", action)
    if not table["_drawn"].sum():
        add("W159", None, "there is no respondent with a weight above 0", "Check the file, the filter and the weights.")
    if across:
        present = {text_of(value) for value in table["_across"].unique()}
        for value in across[1:]:
            if value not in present:
                add("W159", across[0], f"no respondent has the value {value}", "Check the name and the file.")
    if not problems:
        problems += _design_problems(table, design, source)
        problems += _answer_problems(table, terms, indicators, source)
    return problems


def _design_problems(table, design, source) -> list[Problem]:
    strata, clusters = ([name for name in table.columns if name.startswith(kind)] for kind in ("_stratum", "_cluster"))
    problems = []
    if clusters and not design.nest:
        shared = table.select(*strata, *clusters).unique().group_by(clusters).len().filter(pl.col("len") > 1).height
        if shared:
            found = f"{shared} clusters occur in more than one stratum"
            action = "Correct the strata, or set nest = true when cluster numbers start again in each stratum."
            problems.append(Problem("W154", f"{source}, column {' × '.join(design.clusters)}", found, action))
    size = pl.struct(clusters).n_unique() if clusters else pl.col("_rows").sum()
    found = table.group_by(strata).agg(size.alias("n"), pl.col("^_smallest$").min(), pl.col("^_largest$").max())
    found = found.sort(strata)
    if design.population_size:
        action = "Give the number of clusters (without clusters: people) in the stratum's population."
        problems += _size_problems(found, design.population_size, strata, ("stratum", "strata"), action, source)
        found = found.filter(pl.col("_smallest") > pl.col("n"))
    columns = " × ".join(design.strata) or "-"
    problems += _lonely_problems(found, design, columns, strata, "cluster" if clusters else "respondent", source)
    if design.people_size:
        keys, ends = [*strata, *clusters], (pl.col("_smallest2").min(), pl.col("_largest2").max())
        people = table.group_by(keys).agg(pl.col("_rows").sum().alias("n"), *ends).sort(keys)
        people = people.rename({"_smallest2": "_smallest", "_largest2": "_largest"})
        action = "Give the number of people that the cluster has in the population."
        problems += _size_problems(people, design.people_size, clusters, ("cluster", "clusters"), action, source)
        people = people.filter(pl.col("_smallest") > pl.col("n"))
        problems += _lonely_problems(people, design, " × ".join(design.clusters), clusters, "respondent", source)
    return problems


def _size_problems(found, column, keys, words, action, source) -> Iterator[Problem]:
    """Groups whose population size is not unique, or is below the number drawn."""
    uneven = found.filter(pl.col("_smallest") != pl.col("_largest"))
    small = found.filter(pl.col("_smallest") < pl.col("n"))
    for rows, what in ((uneven, "more than one population size"), (small, "fewer in the population than drawn")):
        if rows.height:
            text = f"{_named(rows, keys, words)} {'has' if rows.height == 1 else 'have'} {what}"
            yield Problem("W156", f"{source}, column {column}", text, action)


def _lonely_problems(found, design: Design, column, keys, what, source) -> Iterator[Problem]:
    """Groups of one, when there is no rule for them."""
    alone = found.filter(pl.col("n") == 1)
    if design.lonely == "fail" and alone.height:
        words = ("cluster", "clusters") if keys[0].startswith("_cluster") else ("stratum", "strata")
        text = f"{_named(alone, keys, words)} {'has' if alone.height == 1 else 'have'} only one {what}"
        action = f"Join {words[1]}, or state a rule: lonely = adjust errs on the safe side."
        yield Problem("W157", f"{source}, column {column}", text, action)


def _answer_problems(table, terms, indicators, source) -> list[Problem]:
    problems = []
    total = table.select(pl.exclude("^_.*$").sum()).row(0, named=True)
    for item in indicators:
        mine = [term for term in terms if term.indicator == item.indicator]
        place = f"{source}, column {', '.join(columns_of(item))}"
        if not all(np.isfinite(total[name]) for term in mine for name in total.keys() & term.sums.values()):
            found = f"the sums of {item.indicator} are infinite"
            problems.append(Problem("W158", place, found, "Remove infinite answers, or list them as missing."))
        elif isinstance(item, Share):
            rest = total[mine[0].sums["n"]] - sum(total[term.sums["c"]] for term in mine)
            if rest:
                found = f"answers that are not a category of {item.indicator} ({how_many(rest)})"
                action = f"Add the code to the categories of {item.indicator}, or list it as missing."
                problems.append(Problem("W155", place, found, action))
    return problems


def _named(rows: pl.DataFrame, columns: list[str], words: tuple[str, str], most: int = 5) -> str:
    names = ["/".join(map(text_of, row)) for row in rows.select(columns).iter_rows()]
    # this many, or such names, may be people rather than strata
    if len(names) > most or any(len(name) > 30 or re.search(r"\d{5}", name) for name in names):
        return f"{len(names)} {words[len(names) != 1]}"
    return f"{words[len(names) != 1]} {', '.join(names)}"


def text_of(value: object) -> str:
    """A group's value as text; SPSS keeps whole numbers as 1.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
