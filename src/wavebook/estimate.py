"""Design-based estimates: means, shares, bands, multiple response, ratios, totals, and change.

One pass over the respondents gives weighted sums per group × stratum × cluster (Polars, streaming, any file
size); all that follows is NumPy on that small table. Variances are Taylor-linearised, with the whole sample's
design also for a group within it, as R's survey package computes them (Lumley 2010, chapters 2 and 4;
Binder 1983). Shares are 0–1 here; `percent` turns them into the 0–100 of the figures table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl
from scipy import sparse, special, stats

from wavebook.problems import Problem, raise_all

Lonely = Literal["fail", "adjust", "average", "remove", "certainty"]
Interval = Literal["logit", "mean", "asin", "beta"]

CHUNK_ROWS = {"people": 20_000, "clusters": 35_000}
"""Rows that Polars works on at a time. At 10⁷ rows × 60 means this halves the memory of its default (0.95 for 1.6 GB,
with 1,000 clusters 1.7 for 2.5 GB); the many groups of a clustered design need more rows at a time to stay fast."""

BATCH_ROWS = 100_000
"""Rows at a time when several breakdowns share one pass."""

SAME = 1e-13
"""A spread below this part of the sum of squares is rounding: all answers are the same."""

_KEY = ("population", "segment_by", "segment")


@dataclass(frozen=True)
class Design:
    """How the respondents were drawn; every field names columns of the respondents' table.

    ``strata`` and ``clusters`` take one column or several that count as one. ``population_size`` holds, per
    stratum, how many clusters (without clusters: people) the population has; it switches the finite
    population correction on. ``nest`` says that cluster numbers start again in each stratum.

    ``lonely`` is the rule for a stratum with one cluster, R's ``survey.lonely.psu``: *fail* (default) stops
    with the strata's names; *adjust* takes the distance to the overall mean, which errs on the large side;
    *average* gives it the mean variance of the other strata; *remove* and *certainty* let it add nothing.
    As in R, the rule is about strata with one cluster in the whole sample, not in a group.

    ``calibrated_on`` names the categorical margins that the weights were calibrated to, so that errors gain
    from the calibration. ``base_weight`` is the weight before calibration: given, residuals are those of R's
    ``calibrate`` (linear); not given, those of R's ``rake``, where every respondent counts alike.
    """

    weight: str | None = None
    strata: str | tuple[str, ...] = ()
    clusters: str | tuple[str, ...] = ()
    population_size: str | None = None
    nest: bool = False
    lonely: Lonely = "fail"
    calibrated_on: str | tuple[str, ...] = ()
    base_weight: str | None = None

    def __post_init__(self):
        for field in ("strata", "clusters", "calibrated_on"):
            value = getattr(self, field) or ()
            object.__setattr__(self, field, (value,) if isinstance(value, str) else tuple(value))
        if self.lonely not in Lonely.__args__:
            raise ValueError(f"lonely must be one of {', '.join(Lonely.__args__)}, not {self.lonely!r}")

    def columns(self) -> dict[str, None]:
        """All columns that the design reads, in order and once."""
        single = (self.weight, self.population_size, self.base_weight)
        return dict.fromkeys([*self.strata, *self.clusters, *self.calibrated_on, *filter(None, single)])


@dataclass(frozen=True)
class Mean:
    """The mean of a numeric column over those who answered."""

    indicator: str
    column: str


@dataclass(frozen=True)
class Share:
    """The share of each answer category among those who answered; ``categories`` maps code to name.

    Every code that occurs must be listed: an answer outside the categories is an error, not a rest.
    """

    indicator: str
    column: str
    categories: Mapping[object, str]


@dataclass(frozen=True)
class Band:
    """The share of answers that are one of ``values``, or from ``low`` up to and including ``high``."""

    indicator: str
    column: str
    values: Sequence[object] | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Multiple:
    """The share that chose each answer of a multiple-response set; ``columns`` maps category to column.

    The base is everyone with any of the columns filled; there an empty column means not chosen.
    """

    indicator: str
    columns: Mapping[str, str]
    chosen: object = 1


@dataclass(frozen=True)
class Ratio:
    """The ratio of two sums, over those with both columns filled."""

    indicator: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Total:
    """The weighted sum of a column; a population total when the weights add up to the population."""

    indicator: str
    column: str


Indicator = Mean | Share | Band | Multiple | Ratio | Total


def estimate(
    frame: pl.LazyFrame | pl.DataFrame,
    design: Design,
    indicators: Iterable[Indicator],
    breakdowns: Mapping[str, str] | Sequence[str] = (),
    *,
    population: str | None = None,
    level: float = 0.95,
    share_interval: Interval = "logit",
    replacement: bool = True,
    source: str = "respondents",
) -> pl.DataFrame:
    """Estimates of all indicators for everyone and for each value of each breakdown, in one pass.

    ``breakdowns`` names columns, or maps the name to print to a column; ``population`` is a column whose
    values are crossed with everyone and with every breakdown. ``source`` is named in errors.

    One row per population × segment × indicator × category, with

    - ``measure`` (mean, share, ratio, total), ``value`` in natural units, shares 0–1;
    - ``n`` respondents behind it and ``count`` those who gave the answer (shares only), both unweighted and
      without those of weight zero; ``n_effective`` = n / (design effect against a draw with replacement);
    - ``se``, ``ci_low``, ``ci_high``: t intervals, for shares on the logit scale (``share_interval`` has
      R's other methods), with ``df`` as R's ``degf`` of the design within the group: clusters − strata,
      whether or not they answered; ``df_answered`` counts only those that did;
    - ``deff``: against simple random sampling with replacement, or as R's ``deff=TRUE`` when ``replacement``
      is false, which needs weights that add up to the population.

    Nobody answered: ``value`` is null. One respondent, or all answers the same (a share of 0 or 1): error,
    interval and design effect are null, as the sample cannot tell them. No degrees of freedom: no interval.
    A respondent without a value for a breakdown is in no segment, but in the whole.

    Sums of squares lose precision when the spread is under a ten-thousandth of the values: centre such a
    column first.

    Raises
    ------
    ProblemsError
        W150–W159, all at once.
    """
    run = _run(frame, design, indicators, breakdowns, population, None, source)
    return pl.concat(_estimates(family, run, level, share_interval, replacement) for family in _families(run))


def change(
    frame: pl.LazyFrame | pl.DataFrame,
    design: Design,
    indicators: Iterable[Indicator],
    across: str,
    before: object,
    after: object,
    breakdowns: Mapping[str, str] | Sequence[str] = (),
    *,
    population: str | None = None,
    level: float = 0.95,
    source: str = "respondents",
) -> pl.DataFrame:
    """Changes from ``before`` to ``after`` (values of the column ``across``, such as wave), in one pass.

    The waves stand below each other in ``frame``. The design says how they relate: clusters that occur in
    both (a panel: the respondent's number) bring the covariance, as differences are taken by cluster; for
    independent samples ``strata`` and ``clusters`` must tell the waves apart, for instance by naming the wave
    column first. Any other two groups of one sample compare in the same way.

    Columns: the key and ``measure`` as `estimate`; ``before``, ``after``, ``change`` (after − before),
    ``se_before``, ``se_after``, ``se``, t interval, ``statistic``, ``df`` (clusters − strata − 1 of those who
    answered, as R's ``svyttest``), two-sided ``p``, ``n_before``, ``n_after``. Where the answers of one side
    are all the same, error and test are null.

    Raises
    ------
    ProblemsError
        W150–W159, all at once.
    """
    run = _run(frame, design, indicators, breakdowns, population, (across, before, after), source)
    return pl.concat(_changes(family, run, level) for family in _families(run))


def difference(before: pl.DataFrame, after: pl.DataFrame, level: float = 0.95) -> pl.DataFrame:
    """Changes between two tables of independent samples, one row per key they share; as `change`.

    Needs the key columns, ``value`` and ``se``. With ``df`` in both the degrees of freedom are
    df + df − 1; without (published figures) the normal distribution is used. A missing error gives
    a change without test.
    """
    keys = [key for key in ("indicator", *_KEY, "category") if key in before.columns and key in after.columns]
    both = before.join(after, on=keys, how="inner", nulls_equal=True, maintain_order="right", suffix=":after")

    def pair(name: str) -> tuple[np.ndarray, np.ndarray]:
        unknown = pl.Series([None] * both.height, dtype=pl.Float64)
        sides = (both[x] if x in both.columns else unknown for x in (name, f"{name}:after"))
        return tuple(side.cast(pl.Float64).to_numpy() for side in sides)

    df, se = sum(pair("df")) - 1, pair("se")
    # Student's t with infinitely many degrees of freedom is the normal distribution.
    columns = _test(*pair("value"), *se, np.hypot(*se), np.where(np.isnan(df), np.inf, df), level)
    columns |= dict(zip(("n_before", "n_after"), pair("n"), strict=True))
    shared = both.select(*keys, *(name for name in ("measure",) if name in both.columns))
    whole = ("df", "n_before", "n_after")
    return shared.with_columns(_series(name, array, whole=name in whole) for name, array in columns.items())


def adjust(p: Iterable[float | None], method: Literal["holm", "benjamini-hochberg"] = "holm") -> list[float | None]:
    """P-values adjusted for testing the whole set, in the order given; a missing p-value stays out of the set.

    Holm (1979) keeps the chance of any false finding, Benjamini and Hochberg (1995) the expected part of
    false findings among all findings. As R's ``p.adjust``.

    >>> adjust([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    if method not in ("holm", "benjamini-hochberg"):
        raise ValueError(f"method must be holm or benjamini-hochberg, not {method!r}")
    given = np.array([np.nan if x is None else x for x in p], dtype=float)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    m = len(order)
    if method == "holm":
        steps = np.maximum.accumulate(given[order] * (m - np.arange(m)))
    else:
        steps = np.minimum.accumulate((given[order] * m / (np.arange(m) + 1))[::-1])[::-1]
    given[order] = np.minimum(steps, 1.0)
    return [None if np.isnan(x) else float(x) for x in given]


def percent(table: pl.DataFrame) -> pl.DataFrame:
    """The same table with shares (``measure`` is share) as 0–100, and their changes in percentage points."""
    names = ("value", "se", "ci_low", "ci_high", "before", "after", "change", "se_before", "se_after")
    factor = pl.when(pl.col("measure") == "share").then(100.0).otherwise(1.0)
    return table.with_columns(pl.col(name) * factor for name in names if name in table.columns)


def covariance(
    frame: pl.LazyFrame | pl.DataFrame,
    design: Design,
    indicators: Iterable[Indicator],
    breakdown: str | None = None,
    *,
    source: str = "respondents",
) -> tuple[pl.DataFrame, np.ndarray]:
    """The estimates of one breakdown (or of everyone) as `estimate`, and the covariance matrix of their rows.

    For contrasts that `change` does not make, such as one answer category against another. Without clusters
    every respondent is one, so the table in memory has as many rows as the survey has respondents. The
    single-cluster rule *average* has no covariance here and raises ValueError.
    """
    if design.lonely == "average":
        raise ValueError("the covariance matrix needs another rule for single-cluster strata than average")
    frame = frame.lazy()
    if not design.clusters:
        frame, design = frame.with_row_index("_row"), replace(design, clusters="_row")
    run = _run(frame, design, indicators, (breakdown,) if breakdown else (), None, None, source)
    *_, family = _families(run)
    scores, sample, m = _scores(family, _linear(family, run), run), run.sample, len(run.terms)
    z = np.zeros((len(sample.unit_stratum), family.labels.height, m))
    z[scores.unit, scores.domain] = np.nan_to_num(scores.z)
    z = z.reshape(len(z), -1)
    centre = _sum(sample.unit_stratum, z, len(sample.n)) / sample.n[:, None] * (sample.n > 1)[:, None]
    z -= centre[sample.unit_stratum]
    return (
        _estimates(family, run, 0.95, "logit", True),
        (z * sample.factor(design.lonely)[sample.unit_stratum][:, None]).T @ z,
    )


# --- what to sum -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Term:
    """One estimate r = Σwa / Σwb; ``sums`` maps a role in the formulas to a column of the summed table."""

    indicator: str
    category: str | None
    measure: Literal["mean", "share", "ratio", "total"]
    sums: Mapping[str, str]


class _Sums:
    """What the terms need from the rows: ``columns`` prepared once a row, and ``sums`` of them, each asked for once.

    Prepared are the weight ``w`` (null where it is not above 0, so that such respondents are in no sum or count),
    the regression weight ``q`` of calibrated designs, and each answer with undefined as missing.
    """

    def __init__(self, design: Design, schema: pl.Schema):
        self.schema, self.by_rows, self.calibrated = schema, not design.clusters, bool(design.calibrated_on)
        self.columns: dict[str, pl.Expr] = {}
        self.sums: dict[str, pl.Expr] = {}
        self.problems: list[Problem] = []
        raw = pl.col(design.weight).cast(pl.Float64) if design.weight else pl.lit(1.0)
        self.w = self.prepare("w", pl.when(raw > 0).then(raw))
        self.q = pl.col("q")
        if self.calibrated:
            base = pl.col(design.base_weight).cast(pl.Float64) if design.base_weight else pl.lit(1.0)
            self.prepare("q", pl.when(raw > 0).then(base))

    def prepare(self, name: str, expression: pl.Expr) -> pl.Expr:
        self.columns[name] = expression.alias(name)
        return pl.col(name)

    def add(self, name: str, expression: pl.Expr) -> str:
        self.sums.setdefault(name, expression.sum().alias(name))
        return name

    def count(self, name: str, expression: pl.Expr) -> str:
        self.sums.setdefault(name, expression.count().cast(pl.Int64).alias(name))
        return name

    def of_design(self, design: Design) -> None:
        """Counts of respondents and of values that no design can have, and sums that calibration needs."""
        self.sums["_rows"] = pl.len().cast(pl.Int64).alias("_rows")
        self.count("_drawn", self.w)
        missing = [*design.strata, *design.clusters, *design.calibrated_on, design.population_size]
        bad = {(name, _MISSING): pl.col(name).is_null() for name in filter(None, missing)}
        for name in filter(None, [design.weight, design.base_weight]):
            w = pl.col(name).cast(pl.Float64)
            tests = (w.is_null(), w < 0, w.is_infinite() | w.is_nan())
            bad |= {(name, what): test for what, test in zip(_BAD_WEIGHT, tests, strict=True)}
        for (name, what), test in bad.items():
            self.add(f"_bad:{name}:{what}", self.prepare(f"_bad:{name}:{what}", test))
        if design.population_size:
            size = self.prepare("_size", pl.col(design.population_size).cast(pl.Float64).fill_nan(None))
            self.sums |= {"_smallest": size.min().alias("_smallest"), "_largest": size.max().alias("_largest")}
        if self.calibrated:
            self.add("_w", self.w)
            self.add("_ww", self.w * self.w)
            self.add("_q", self.q)

    def numeric(self, column: str) -> pl.Expr:
        expression = pl.col(column).cast(pl.Float64)
        return self.prepare(f"y:{column}", expression.fill_nan(None) if self.schema[column].is_float() else expression)

    def coded(self, column: str) -> tuple[pl.Expr, type]:
        """The column as it compares with codes, and the type that codes must have."""
        if _is_number(self.schema[column]):
            return self.numeric(column), float
        return self.prepare(f"y:{column}", pl.col(column).cast(pl.String)), str

    def base(self, key: str, answered: pl.Expr) -> dict[str, str]:
        """Sums of those who answered, shared by all categories of a question."""
        w, key, sums = pl.when(answered).then(self.w), f"base {key}", {}
        sums["n"], sums["b"] = self.count(f"n:{key}", w), self.add(f"b:{key}", w)
        if self.by_rows:
            sums["bb"] = self.add(f"bb:{key}", w * self.w)
        if self.calibrated:
            sums["qb"] = self.add(f"qb:{key}", pl.when(answered).then(self.q))
        return sums | {"vbb": sums["b"], "ww": sums["b"], "bw": sums.get("bb", sums["b"])}

    def mean(self, key: str, column: str) -> dict[str, str]:
        y, w = self.numeric(column), self.w
        sums = self.base(column, y.is_not_null())
        sums["a"], sums["v"] = self.add(f"a:{key}", w * y), self.add(f"v:{key}", w * y * y)
        if self.by_rows:
            sums["ab"], sums["aa"] = self.add(f"ab:{key}", w * y * w), self.add(f"aa:{key}", w * y * (w * y))
        if self.calibrated:
            sums["qa"] = self.add(f"qa:{key}", self.q * y)
        return sums | {"vab": sums["a"], "aw": sums.get("ab", sums["a"])}

    def share(self, key: str, base: dict[str, str], hit: pl.Expr) -> dict[str, str]:
        """Sums of a 0/1 answer, where squares and products are the answer itself."""
        w, sums = pl.when(hit).then(self.w), dict(base)
        sums["c"], sums["a"] = self.count(f"c:{key}", w), self.add(f"a:{key}", w)
        if self.by_rows:
            sums["ab"] = sums["aa"] = self.add(f"ab:{key}", w * self.w)
        if self.calibrated:
            sums["qa"] = self.add(f"qa:{key}", pl.when(hit).then(self.q))
        return sums | {"v": sums["a"], "vab": sums["a"], "aw": sums.get("ab", sums["a"])}

    def ratio(self, key: str, top: pl.Expr, bottom: pl.Expr) -> dict[str, str]:
        both, w = top.is_not_null() & bottom.is_not_null(), self.w
        products = {
            "a": w * top,
            "b": w * bottom,
            "v": w * top * top,
            "vab": w * top * bottom,
            "vbb": w * bottom * bottom,
            "ww": w,
        }
        if self.by_rows:
            products |= {
                "aa": w * w * top * top,
                "ab": w * w * top * bottom,
                "bb": w * w * bottom * bottom,
                "aw": w * w * top,
                "bw": w * w * bottom,
            }
        if self.calibrated:
            products |= {"qa": self.q * top, "qb": self.q * bottom}
        sums = {role: self.add(f"{role}:{key}", pl.when(both).then(x)) for role, x in products.items()}
        return sums | {"n": self.count(f"n:{key}", pl.when(both).then(w))}

    def total(self, key: str, column: str) -> dict[str, str]:
        """As a mean whose base is not estimated: no role b."""
        sums = self.mean(key, column)
        return {role: name for role, name in sums.items() if role in ("n", "a", "aa", "aw", "qa")}


def _terms(indicators: Sequence[Indicator], sums: _Sums, source: str) -> list[_Term]:
    terms = []
    for number, item in enumerate(indicators):
        parts: list[tuple[str | None, dict[str, str]]] = []
        match item:
            case Mean():
                measure, parts = "mean", [(None, sums.mean(f"{number}", item.column))]
            case Total():
                measure, parts = "total", [(None, sums.total(f"{number}", item.column))]
            case Ratio():
                top, bottom = sums.numeric(item.numerator), sums.numeric(item.denominator)
                measure, parts = "ratio", [(None, sums.ratio(f"{number}", top, bottom))]
            case Share():
                measure, (y, kind) = "share", sums.coded(item.column)
                base = sums.base(item.column, y.is_not_null())
                for name in dict.fromkeys(item.categories.values()):
                    codes = [code for code, other in item.categories.items() if other == name]
                    hit = y.is_in([_code(code, kind, item.column, sums.problems, source) for code in codes])
                    parts.append((name, sums.share(f"{number}:{name}", base, hit)))
            case Band():
                measure, (y, kind) = "share", sums.coded(item.column)
                base = sums.base(item.column, y.is_not_null())
                hit = _band(item, y, kind, sums.problems, source)
                parts = [(None, sums.share(f"{number}", base, hit))]
            case Multiple():
                measure = "share"
                coded = {name: sums.coded(column) for name, column in item.columns.items()}
                answered = pl.any_horizontal(y.is_not_null() for y, _ in coded.values())
                base = sums.base("|".join(item.columns.values()), answered)
                for name, (y, kind) in coded.items():
                    hit = y == _code(item.chosen, kind, item.columns[name], sums.problems, source)
                    parts.append((name, sums.share(f"{number}:{name}", base, hit.fill_null(False))))
            case _:
                raise TypeError(f"not an indicator: {item!r}")
        terms += [_Term(item.indicator, category, measure, roles) for category, roles in parts]
    return terms


def _code(code: object, kind: type, column: str, problems: list[Problem], source: str) -> object:
    try:
        return kind(code)
    except (TypeError, ValueError):
        found = f"the column holds numbers and cannot equal the code {code!r}"
        problems.append(Problem("W151", f"{source}, column {column}", found, "Declare the code as a number."))
        return None


def _band(item: Band, y: pl.Expr, kind: type, problems: list[Problem], source: str) -> pl.Expr:
    if item.values is not None:
        values = [_code(value, kind, item.column, problems, source) for value in item.values]
        return y.is_in(values)
    if kind is str:
        found = "the column holds text, so no answer lies between two numbers"
        problems.append(
            Problem("W151", f"{source}, column {item.column}", found, "Name the values of the band instead.")
        )
        return pl.lit(False)
    low = -np.inf if item.low is None else item.low
    high = np.inf if item.high is None else item.high
    return y.is_between(low, high)


def _is_number(dtype: pl.DataType) -> bool:
    return dtype.is_numeric() or dtype in (pl.Boolean, pl.Null)


def _columns(item: Indicator) -> list[str]:
    match item:
        case Ratio():
            return [item.numerator, item.denominator]
        case Multiple():
            return list(item.columns.values())
        case _:
            return [item.column]


# --- the pass over the rows --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sample:
    """The design as it was met in the data: ``n`` clusters and the part of the population ``left`` by stratum.

    A *unit* is a cluster or, where every respondent is one, a stratum. ``cells`` has the whole sample's sums
    per unit and cell of the calibration margins, ``margins`` the 0/1 columns of those cells.
    """

    n: np.ndarray
    left: np.ndarray
    unit_stratum: np.ndarray
    cells: pl.DataFrame | None = None
    margins: np.ndarray | None = None

    def factor(self, lonely: Lonely) -> np.ndarray:
        """(1 − n/N) · n/(n − 1); for a stratum with one cluster what the rule makes of it, NaN for average."""
        alone = {"adjust": 1.0, "average": np.nan}.get(lonely, 0.0)
        usual = self.n / np.maximum(self.n - 1, 1)
        # As in R, a stratum that was taken whole adds nothing, even if it is one cluster.
        return np.where(self.left < 1e-7, 0.0, self.left * np.where(self.n > 1, usual, alone))


@dataclass(frozen=True)
class _Run:
    """What one pass over the respondents gave: a table of sums per breakdown, and the design in it."""

    design: Design
    terms: list[_Term]
    breakdowns: list[str]
    population: str | None
    across: tuple[str, str, str] | None
    tables: list[pl.DataFrame]
    sample: _Sample


def _run(frame, design, indicators, breakdowns, population, across, source) -> _Run:
    indicators = list(indicators)
    names = [item.indicator for item in indicators]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"name at least one indicator, and each once: {names}")
    breakdowns = dict(breakdowns) if isinstance(breakdowns, Mapping) else {name: name for name in breakdowns}
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    groups = [*filter(None, [population, across and across[0]]), *breakdowns.values()]
    raise_all(_column_problems(schema, design, indicators, groups, source))

    sums = _Sums(design, schema)
    terms = _terms(indicators, sums, source)
    raise_all(sums.problems)
    sums.of_design(design)
    keys = _keys(design) | ({"_population": population} if population else {})
    keys |= {"_across": across[0]} if across else {}
    tables = [_with_constant_keys(table) for table in _pass(lazy, keys, list(breakdowns.values()), sums)]
    if across:
        across = (across[0], _text(across[1]), _text(across[2]))
    raise_all(_row_problems(tables[0], design, terms, indicators, across, source))
    sample, index = _sample(tables[0], design)
    on = [name for name in index.columns if name not in ("stratum", "unit", "cell")]
    tables = [table.join(index, on=on) for table in tables]
    return _Run(design, terms, list(breakdowns), population, across, tables, sample)


def _keys(design: Design) -> dict[str, str]:
    """The design's columns under names that the tables of sums use."""
    kinds = {"_stratum": design.strata, "_cluster": design.clusters, "_margin": design.calibrated_on}
    return {f"{kind}{i}": column for kind, columns in kinds.items() for i, column in enumerate(columns)}


def _with_constant_keys(table: pl.DataFrame) -> pl.DataFrame:
    missing = [key for key in ("_stratum0", "_margin0") if key not in table.columns]
    return table.with_columns(pl.lit(0).alias(key) for key in missing)


def _pass(lazy: pl.LazyFrame, keys: dict[str, str], segments: list[str], sums: _Sums) -> list[pl.DataFrame]:
    """One table of sums per breakdown (one in all without breakdowns); the rows are read once."""
    named = keys | {f"_segment{k}": column for k, column in enumerate(segments)}
    rows = lazy.select(*(pl.col(column).alias(key) for key, column in named.items()), *sums.columns.values())
    groupings = [[*keys, f"_segment{k}"] for k in range(len(segments))] or [list(keys)]

    def grouped(rows: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
        return rows.group_by(by).agg(sums.sums.values()) if by else rows.select(sums.sums.values())

    with pl.Config(set_streaming_chunk_size=CHUNK_ROWS["people" if sums.by_rows else "clusters"]):
        if len(groupings) == 1:
            tables = [[grouped(rows, groupings[0]).collect(engine="streaming")]]
        else:
            # Groupings that share one scan make Polars keep the rows in memory (30 GB at 10⁷ rows); batches do not.
            tables = [[] for _ in groupings]
            for batch in rows.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True, engine="streaming"):
                plans = [grouped(batch.lazy(), by) for by in groupings]
                for k, table in enumerate(pl.collect_all(plans, engine="streaming")):
                    tables[k].append(table)
                    if len(tables[k]) == 8:
                        tables[k] = [_folded(tables[k], groupings[k])]
            if not tables[0]:
                tables = [[grouped(rows, by).collect()] for by in groupings]
    folded = (_folded(parts, by) for parts, by in zip(tables, groupings, strict=True))
    return [
        table.rename({name: "_segment" for name in by if name.startswith("_segment")})
        for table, by in zip(folded, groupings, strict=True)
    ]


def _folded(tables: list[pl.DataFrame], keys: list[str]) -> pl.DataFrame:
    """Tables of sums of different rows as one."""
    if len(tables) == 1:
        return tables[0].sort(keys) if keys else tables[0]
    table = pl.concat(tables)
    folds = {"_smallest": pl.col("_smallest").min(), "_largest": pl.col("_largest").max()}
    sums = (folds.get(name, pl.col(name).sum()) for name in table.columns if name not in keys)
    return table.group_by(keys).agg(sums).sort(keys)


def _sample(table: pl.DataFrame, design: Design) -> tuple[_Sample, pl.DataFrame]:
    """The design that the rows show, and the table that numbers its strata, units and cells."""
    strata, clusters, margins = (
        [name for name in table.columns if name.startswith(kind)] for kind in ("_stratum", "_cluster", "_margin")
    )
    index = table.select(*strata, *clusters, *margins).unique().sort(*strata, *clusters, *margins)
    cell = index.select(margins).unique().sort(margins)
    index = index.with_columns(
        pl.struct(strata).rle_id().cast(pl.Int64).alias("stratum"),
        pl.struct([*strata, *clusters]).rle_id().cast(pl.Int64).alias("unit"),
    ).join(cell.with_row_index("cell"), on=margins)
    rows = table.join(index, on=[*strata, *clusters, *margins])
    size = pl.col("unit").n_unique() if clusters else pl.col("_rows").sum()
    by_stratum = rows.group_by("stratum").agg(size.alias("n"), pl.col("^_(smallest)$").min()).sort("stratum")
    n = by_stratum["n"].to_numpy().astype(float)
    left = 1 - n / by_stratum["_smallest"].to_numpy() if design.population_size else np.ones_like(n)
    unit_stratum = index.unique("unit").sort("unit")["stratum"].to_numpy()
    if not design.calibrated_on:
        return _Sample(n, left, unit_stratum), index
    cells = rows.group_by("stratum", "unit", "cell").agg(pl.col("_w", "_ww", "_q").sum()).sort("unit", "cell")
    dummies = np.hstack([cell[name].to_physical().to_dummies().to_numpy() for name in margins])
    return _Sample(n, left, unit_stratum, cells, dummies.astype(float)), index


# --- checks ------------------------------------------------------------------------------------------------


def _column_problems(schema, design, indicators, groups, source) -> list[Problem]:
    """What is wrong with the columns, before any row is read."""
    numbers = {design.weight, design.population_size, design.base_weight} - {None}
    for item in indicators:
        if isinstance(item, Mean | Total | Ratio):
            numbers |= set(_columns(item))
    wanted = dict.fromkeys([*design.columns(), *groups, *(name for item in indicators for name in _columns(item))])
    problems = []
    for name in wanted:
        place = f"{source}, column {name}"
        if name not in schema:
            near = f"There are {len(schema)} columns; mend the name or add the column."
            problems.append(Problem("W150", place, "the column does not exist", near))
        elif name in numbers and not _is_number(schema[name]):
            found = f"the column holds {schema[name]} where numbers are needed"
            problems.append(Problem("W151", place, found, "Turn it into numbers, or choose another kind of indicator."))
    return problems


def _row_problems(table, design, terms, indicators, across, source) -> list[Problem]:
    """What the sums show to be wrong with the rows."""
    problems: list[Problem] = []

    def add(code: str, column: str | None, found: str, action: str) -> None:
        problems.append(Problem(code, f"{source}, column {column}" if column else source, found, action))

    seen = {name: table[name].sum() for name in table.columns if name.startswith("_bad:")}
    for name, count in seen.items():
        if count:
            _, column, what = name.split(":", 2)
            action = "Give every respondent a number of at least 0." if what in _BAD_WEIGHT else "Fill the column."
            add("W152" if what in _BAD_WEIGHT else "W153", column, f"{what} ({_people(count)})", action)
    if not table["_drawn"].sum():
        add("W159", None, "there is no respondent with a weight above 0", "Check the file, the filter and the weights.")
    if across:
        present = {_text(value) for value in table["_across"].unique()}
        for value in across[1:]:
            if value not in present:
                add("W159", across[0], f"no respondent has the value {value}", "Check the name and the file.")
    if not problems:
        problems += _design_problems(table, design, source)
        problems += _answer_problems(table, terms, indicators, source)
    return problems


_MISSING = "the value is missing"
_BAD_WEIGHT = ("the weight is missing", "the weight is negative", "the weight is infinite or undefined")


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
        place = f"{source}, column {design.population_size}"
        uneven = found.filter(pl.col("_smallest") != pl.col("_largest"))
        small = found.filter(pl.col("_smallest") < pl.col("n"))
        for rows, what in ((uneven, "more than one population size"), (small, "fewer in the population than drawn")):
            if rows.height:
                action = "Give the number of clusters (without clusters: people) in the stratum's population."
                text = f"{_named(rows, strata, 'stratum')} {'has' if rows.height == 1 else 'have'} {what}"
                problems.append(Problem("W156", place, text, action))
        found = found.filter(pl.col("_smallest") > pl.col("n"))
    alone = found.filter(pl.col("n") == 1)
    if design.lonely == "fail" and alone.height:
        what = "cluster" if clusters else "respondent"
        text = f"{_named(alone, strata, 'stratum')} {'has' if alone.height == 1 else 'have'} only one {what}"
        action = "Join strata, or state a rule: lonely = adjust errs on the safe side."
        problems.append(Problem("W157", f"{source}, column {' × '.join(design.strata) or '-'}", text, action))
    return problems


def _answer_problems(table, terms, indicators, source) -> list[Problem]:
    problems = []
    total = table.select(pl.exclude("^_.*$").sum()).row(0, named=True)
    for item in indicators:
        mine = [term for term in terms if term.indicator == item.indicator]
        place = f"{source}, column {', '.join(_columns(item))}"
        if not all(np.isfinite(total[name]) for term in mine for name in term.sums.values()):
            found = f"the sums of {item.indicator} are infinite"
            problems.append(Problem("W158", place, found, "Remove infinite answers, or list them as missing."))
        elif isinstance(item, Share):
            rest = total[mine[0].sums["n"]] - sum(total[term.sums["c"]] for term in mine)
            if rest:
                found = f"answers that are not a category of {item.indicator} ({_people(rest)})"
                action = f"Add the code to the categories of {item.indicator}, or list it as missing."
                problems.append(Problem("W155", place, found, action))
    return problems


def _named(rows: pl.DataFrame, columns: list[str], what: str, most: int = 5) -> str:
    names = ["/".join(map(_text, row)) for row in rows.select(columns).iter_rows()]
    # so many, or such names, may be people rather than strata
    if len(names) > most or any(len(name) > 30 or re.search(r"\d{5}", name) for name in names):
        return f"{len(names)} {'stratum' if len(names) == 1 else 'strata'}"
    return f"{what if len(names) == 1 else 'strata'} {', '.join(names)}"


def _people(count: int) -> str:
    return f"{count} respondent{'s' * (count != 1)}"


def _text(value: object) -> str:
    """A group's value as text; SPSS keeps whole numbers as 1.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# --- from sums to estimates --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Family:
    """The sums of one breakdown: a row per domain × part × unit × cell, and a label per domain.

    A *part* is what gets its own estimate: a domain, or a domain before (even) or after (odd) a change.
    """

    rows: pl.DataFrame
    labels: pl.DataFrame
    domains: int
    parts: int

    def array(self, name: str) -> np.ndarray:
        return self.rows[name].to_numpy()

    def role(self, terms: Sequence[_Term], role: str) -> np.ndarray:
        """The sums that have this role in each term, rows × terms; 0 where a term does not have it."""
        out = np.zeros((self.rows.height, len(terms)))
        for j, term in enumerate(terms):
            if role in term.sums:
                out[:, j] = self.array(term.sums[role])
        return out


def _families(run: _Run) -> Iterator[_Family]:
    """Everyone, each population, each segment and each segment by population, in that order."""
    for k, name in enumerate([None, *run.breakdowns]):
        table = run.tables[max(k - 1, 0)]
        for by_population in (False, True) if run.population else (False,):
            by = ["_population"] * by_population + ["_segment"] * bool(name)
            family = _family(table, by, name, run.across)
            if family.domains:
                yield family


def _family(table: pl.DataFrame, by: list[str], name: str | None, across) -> _Family:
    part = ["_across"] if across else []
    table = table.drop_nulls(by) if by else table
    sums = pl.exclude("^_(across|population|segment|stratum|cluster|margin|smallest|largest|bad).*$", *_IDS).sum()
    rows = table.group_by([*by, *part, *_IDS]).agg(sums)
    labels = rows.select(by).unique().sort(by) if by else pl.DataFrame({"_": [0]})
    labels = labels.with_row_index("domain").with_columns(pl.col("domain").cast(pl.Int64))
    rows = rows.join(labels, on=by) if by else rows.with_columns(pl.lit(0, pl.Int64).alias("domain"))
    if across:
        side = {across[1]: 0, across[2]: 1}
        sides = pl.Series("_side", [side.get(_text(value)) for value in rows["_across"]], dtype=pl.Int64)
        rows = rows.with_columns(sides).drop_nulls("_side")
        rows = rows.with_columns((2 * pl.col("domain") + pl.col("_side")).alias("part"))
    else:
        rows = rows.with_columns(pl.col("domain").alias("part"))
    text = {key: [_text(x) for x in labels[key]] for key in by}
    names = pl.DataFrame(
        {
            "population": text.get("_population", ["total"] * labels.height),
            "segment_by": [name] * labels.height,
            "segment": text.get("_segment", [None] * labels.height),
        },
        schema=dict.fromkeys(_KEY, pl.String),
    )
    return _Family(rows.sort("part", *_IDS), names, labels.height, labels.height * (2 if across else 1))


_IDS = ("stratum", "unit", "cell")


@dataclass(frozen=True)
class _Linear:
    """Per part × term: estimate, its base and simple-random variance; per row × term: linearised sums.

    u = (a − r·b)/Σwb; ``z`` sums w·u, ``zz`` its squares, ``wz`` w²·u and ``qu`` q·u over the respondents.
    """

    value: np.ndarray
    n: np.ndarray
    count: np.ndarray
    same: np.ndarray
    simple: np.ndarray
    simple_left: np.ndarray
    z: np.ndarray
    zz: np.ndarray | None
    wz: np.ndarray | None
    qu: np.ndarray | None


def _linear(family: _Family, run: _Run) -> _Linear:
    terms, part = run.terms, family.array("part")

    def role(name: str) -> np.ndarray:
        return family.role(terms, name)

    of_part = {name: _sum(part, role(name), family.parts) for name in ("a", "b", "n", "c", "v", "vab", "vbb", "ww")}
    clustered, calibrated = bool(run.design.clusters), bool(run.design.calibrated_on)
    total, share = (np.array([term.measure == measure for term in terms]) for measure in ("total", "share"))
    n, base = of_part["n"], np.where(total, 1.0, of_part["b"])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(n > 0, of_part["a"] / base, np.nan)
        r, base_of_row = np.where(total, 0.0, value)[part], base[part]
        value_r = np.where(total, 0.0, value)
        spread = of_part["v"] - 2 * value_r * of_part["vab"] + value_r**2 * of_part["vbb"]
        mean_square = spread / of_part["ww"] * n / (n - 1) * (of_part["ww"] / base) ** 2
        simple, left = mean_square / n, (of_part["ww"] - n) / of_part["ww"]
        same = np.where(share, (of_part["c"] == 0) | (of_part["c"] == n), spread <= SAME * of_part["v"])
        return _Linear(
            value=value,
            n=n,
            count=np.where(share, of_part["c"], np.nan),
            same=(same | (n <= 1)) & ~total,
            simple=np.where(total, np.nan, simple),
            simple_left=left,
            z=(role("a") - r * role("b")) / base_of_row,
            zz=None if clustered else (role("aa") - 2 * r * role("ab") + r**2 * role("bb")) / base_of_row**2,
            wz=(role("aw") - r * role("bw")) / base_of_row if calibrated else None,
            qu=(role("qa") - r * role("qb")) / base_of_row if calibrated else None,
        )


@dataclass(frozen=True)
class _Scores:
    """Linearised sums ``z`` per domain × unit, ``zz`` their squares over the unit's clusters (rows × terms)."""

    domain: np.ndarray
    unit: np.ndarray
    z: np.ndarray
    zz: np.ndarray


def _scores(family: _Family, linear: _Linear, run: _Run, *, sides: bool = False) -> _Scores:
    """The scores of each domain, or of its change: after minus before, cluster by cluster."""
    sign = np.where(family.array("part") % 2, 1.0, -1.0)[:, None] if sides else 1.0
    domain, unit, cell = (family.array(name) for name in ("domain", "unit", "cell"))
    z = np.nan_to_num(linear.z) * sign
    zz = z if linear.zz is None else np.nan_to_num(linear.zz)
    if run.design.calibrated_on:
        wz, qu = np.nan_to_num(linear.wz) * sign, np.nan_to_num(linear.qu) * sign
        domain, unit, z, zz = _residuals(domain, unit, cell, (z, zz, wz, qu), run.sample)
    (domain, unit), (z, zz) = _summed((domain, unit), (z, zz))
    return _Scores(domain, unit, z, z**2 if run.design.clusters else zz)


def _residuals(domain, unit, cell, sums, sample: _Sample):
    """The scores of calibrated weights: what the margins do not explain, for the whole sample per domain.

    With x the margins' 0/1 columns, u is replaced by u − x'β, where β regresses u on x with weights q
    (Deville & Särndal 1992; R's svyrecvar).
    """
    cells = sample.cells
    place = {key: i for i, key in enumerate(cells.select("unit", "cell").iter_rows())}
    at = np.array([place[key] for key in zip(unit.tolist(), cell.tolist(), strict=True)], dtype=int)
    w, ww, q = (cells[name].to_numpy()[:, None] for name in ("_w", "_ww", "_q"))
    x = sample.margins[cells["cell"].to_numpy()]
    inverse = np.linalg.pinv(x.T @ (q * x), hermitian=True)
    out = []
    for d in np.unique(domain):
        mine = domain == d
        z, zz, wz, qu = (_sum(at[mine], part[mine], cells.height) for part in sums)
        fit = x @ (inverse @ (x.T @ qu))
        out.append((np.full(cells.height, d), z - fit * w, zz - 2 * fit * wz + fit**2 * ww))
    domains, z, zz = (np.concatenate(parts) for parts in zip(*out, strict=True))
    return domains, np.tile(cells["unit"].to_numpy(), len(out)), z, zz


def _variance(family: _Family, scores: _Scores, run: _Run) -> np.ndarray:
    """Variance per domain × term: Σ over strata of (1 − n/N) · n/(n − 1) · (Σz² − (Σz)²/n)."""
    sample = run.sample
    stratum = sample.unit_stratum[scores.unit]
    (domain, stratum), (z, zz) = _summed((scores.domain, stratum), (scores.z, scores.zz))
    n = sample.n[stratum][:, None]
    within = zz - np.where(n > 1, z**2 / n, 0.0)
    parts = sample.factor(run.design.lonely)[stratum][:, None] * np.maximum(within, 0.0)
    variance = _sum(domain, np.nan_to_num(parts), family.domains)
    if run.design.lonely == "average":
        # As R: the strata that have respondents of the domain with an answer, over those of them with a variance.
        ids, (n_answered,) = _summed((family.array("domain"), family.array("stratum")), (family.role(run.terms, "n"),))
        present = (n_answered > 0).astype(float)
        known = present * ~np.isnan(sample.factor("average")[ids[1]])[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            variance *= _sum(ids[0], present, len(variance)) / _sum(ids[0], known, len(variance))
    return variance


def _degrees(family: _Family, run: _Run, counts: np.ndarray) -> np.ndarray:
    """Clusters − strata per domain, of the rows where ``counts`` (respondents, rows × terms) is above 0."""
    d, size = family.array("domain"), family.domains
    (domain, _), (in_unit,) = _summed((d, family.array("unit")), (counts,))
    (of_stratum, _), (in_stratum,) = _summed((d, family.array("stratum")), (counts,))
    clusters = _sum(domain, (in_unit > 0).astype(float) if run.design.clusters else in_unit, size)
    return clusters - _sum(of_stratum, (in_stratum > 0).astype(float), size)


def _estimates(family: _Family, run: _Run, level: float, method: Interval, replacement: bool) -> pl.DataFrame:
    linear = _linear(family, run)
    variance = np.where(linear.same, np.nan, _variance(family, _scores(family, linear, run), run))
    variance[linear.n == 0] = np.nan
    drawn = np.broadcast_to(family.array("_drawn")[:, None], (family.rows.height, len(run.terms)))
    df, df_answered = (_degrees(family, run, n) for n in (drawn, family.role(run.terms, "n")))
    se, share = np.sqrt(variance), np.array([term.measure == "share" for term in run.terms])
    low, high = _t_interval(linear.value, se, df, level)
    share_low, share_high = _share_interval(method, linear.value, se, df, linear.n, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        with_replacement = variance / linear.simple
        deff = with_replacement if replacement else with_replacement / linear.simple_left
        effective = linear.n / with_replacement
    columns = {
        "value": linear.value,
        "n": linear.n,
        "count": linear.count,
        "n_effective": effective,
        "se": se,
        "ci_low": np.where(share, share_low, low),
        "ci_high": np.where(share, share_high, high),
        "deff": deff,
        "df": df,
        "df_answered": df_answered,
    }
    return _labelled(family, run.terms, columns, ("n", "count", "df", "df_answered"))


def _changes(family: _Family, run: _Run, level: float) -> pl.DataFrame:
    linear = _linear(family, run)
    alone = replace(family, rows=family.rows.with_columns(domain="part"), domains=family.parts)
    unknown = np.where(linear.same | (linear.n == 0), np.nan, 0.0)
    se = np.sqrt(_variance(alone, _scores(alone, linear, run), run)) + unknown
    se_change = np.sqrt(_variance(family, _scores(family, linear, run, sides=True), run))
    se_change += unknown[0::2] + unknown[1::2]
    df = _degrees(family, run, family.role(run.terms, "n")) - 1
    columns = _test(linear.value[0::2], linear.value[1::2], se[0::2], se[1::2], se_change, df, level)
    columns |= {"n_before": linear.n[0::2], "n_after": linear.n[1::2]}
    return _labelled(family, run.terms, columns, ("df", "n_before", "n_after"))


def _labelled(family: _Family, terms: Sequence[_Term], columns: dict[str, np.ndarray], whole) -> pl.DataFrame:
    """Arrays of domains × terms as one tidy table, unknown as null."""
    domains, m = family.domains, len(terms)
    names = {
        "indicator": pl.Series([term.indicator for term in terms] * domains, dtype=pl.String),
        "category": pl.Series([term.category for term in terms] * domains, dtype=pl.String),
        "measure": pl.Series([term.measure for term in terms] * domains, dtype=pl.String),
    }
    labels = family.labels[np.repeat(np.arange(domains), m).tolist()]
    table = pl.DataFrame({"indicator": names["indicator"], **labels.to_dict(), **names})
    return table.with_columns(_series(name, array, whole=name in whole) for name, array in columns.items())


def _series(name: str, array: np.ndarray, *, whole: bool = False) -> pl.Series:
    """The array as a column, what is not known (NaN) or has no bound as null."""
    array = np.asarray(array, dtype=float).ravel()
    series = pl.Series(name, np.where(np.isfinite(array), array, np.nan), nan_to_null=True)
    return series.round().cast(pl.Int64) if whole else series


def _t_interval(value, se, df, level) -> tuple[np.ndarray, np.ndarray]:
    reach = _t(df, level) * se
    return value - reach, value + reach


def _t(df: np.ndarray, level: float) -> np.ndarray:
    """Student's t quantile; NaN without degrees of freedom."""
    return stats.t.ppf((1 + level) / 2, np.where(df > 0, df, np.nan))


def _share_interval(method: Interval, p, se, df, n, level) -> tuple[np.ndarray, np.ndarray]:
    """R's svyciprop: xlogit (named logit here), mean, asin or beta (Korn & Graubard 1998)."""
    t = _t(df, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        match method:
            case "mean":
                return _t_interval(p, se, df, level)
            case "logit":
                reach = t * se / (p * (1 - p))
                return tuple(special.expit(special.logit(p) + sign * reach) for sign in (-1, 1))
            case "asin":
                reach = t * se / (2 * np.sqrt(p * (1 - p)))
                return tuple(np.sin(np.arcsin(np.sqrt(p)) + sign * reach) ** 2 for sign in (-1, 1))
            case "beta":
                effective = p * (1 - p) / se**2 * (_t(n - 1, level) / t) ** 2
                hits, misses, tail = effective * p, effective * (1 - p), (1 - level) / 2
                return stats.beta.ppf(tail, hits, misses + 1), stats.beta.ppf(1 - tail, hits + 1, misses)
    raise ValueError(f"share_interval must be one of {', '.join(Interval.__args__)}, not {method!r}")


def _test(before, after, se_before, se_after, se, df, level) -> dict[str, np.ndarray]:
    """Change with t interval and two-sided t test, as columns."""
    gap = after - before
    low, high = _t_interval(gap, se, df, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = gap / se
        p = 2 * stats.t.sf(np.abs(statistic), np.where(df > 0, df, np.nan))
    return {
        "before": before,
        "after": after,
        "change": gap,
        "se_before": se_before,
        "se_after": se_after,
        "se": se,
        "ci_low": low,
        "ci_high": high,
        "statistic": statistic,
        "df": df,
        "p": p,
    }


def _sum(ids: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Rows of ``values`` summed by id: size × columns."""
    picker = sparse.csr_matrix((np.ones(len(ids)), (ids, np.arange(len(ids)))), shape=(size, len(ids)))
    return picker @ values


def _summed(keys: tuple[np.ndarray, np.ndarray], values: tuple[np.ndarray, ...]):
    """The distinct pairs of two ids, and each array's rows summed by pair."""
    width = int(keys[1].max(initial=0)) + 1
    pairs, inverse = np.unique(keys[0].astype(np.int64) * width + keys[1], return_inverse=True)
    return np.divmod(pairs, width), tuple(_sum(inverse, value, len(pairs)) for value in values)
