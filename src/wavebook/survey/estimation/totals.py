"""The weighted sums that estimates need from the rows, each asked for once, however many use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from wavebook.core.problems import Problem
from wavebook.survey.estimation.design import Band, Design, Indicator, Mean, Multiple, Ratio, Share, Total

MISSING = "the value is missing"
BAD_WEIGHT = ("the weight is missing", "the weight is negative", "the weight is infinite or undefined")


Measure = Literal["mean", "share", "ratio", "total"]


@dataclass(frozen=True)
class Term:
    """One estimate r = Σwa / Σwb; ``sums`` maps a role in the formulas to a column of the summed table.

    ``top`` and ``bottom`` are a and b of each respondent, null outside the estimate; without ``bottom`` it is a total.
    """

    indicator: str
    category: str | None
    measure: Measure
    sums: Mapping[str, str]
    top: pl.Expr
    bottom: pl.Expr | None


class Sums:
    """The sums that terms need from the rows: ``columns`` prepared once a row, and ``sums`` of them, each once.

    Prepared are the weight ``w`` (null where it is not above 0, so that such respondents are in no sum or count),
    the regression weight ``q`` of calibrated designs, and each answer with undefined as missing. For those designs
    ``fits`` are the sums that a regression of the answers on the margins needs, ``margins`` those of the margins.
    """

    def __init__(self, design: Design, schema: pl.Schema):
        self.schema, self.calibrated = schema, bool(design.margins)
        self.by_rows = not design.clusters or bool(design.people_size)
        self.average = design.lonely == "average"
        self.columns: dict[str, pl.Expr] = {}
        self.sums: dict[str, pl.Expr] = {}
        self.fits: dict[str, pl.Expr] = {}
        self.margins: dict[str, pl.Expr] = {}
        self.problems: list[Problem] = []
        raw = pl.col(design.weight).cast(pl.Float64) if design.weight else pl.lit(1.0)
        self.w = self.prepare("w", pl.when(raw > 0).then(raw))
        self.q = pl.col("q")
        if self.calibrated:
            base = pl.col(design.base_weight).cast(pl.Float64) if design.base_weight else pl.lit(1.0)
            self.prepare("q", pl.when(raw > 0).then(base))
            products = {"_w": self.w, "_ww": self.w * self.w, "_q": self.q}
            self.margins = {name: product.sum().alias(name) for name, product in products.items()}

    def prepare(self, name: str, expression: pl.Expr) -> pl.Expr:
        """Prepare a column of that name once, for any number of sums."""
        self.columns[name] = expression.alias(name)
        return pl.col(name)

    def add(self, name: str, expression: pl.Expr) -> str:
        """Add a sum and give its name."""
        self.sums.setdefault(name, expression.sum().alias(name))
        return name

    def fit(self, name: str, expression: pl.Expr) -> str:
        """Add a sum for the regression on the margins and give its name."""
        self.fits.setdefault(name, expression.sum().alias(name))
        return name

    def count(self, name: str, expression: pl.Expr) -> str:
        """Add a count of values that are not missing and give its name."""
        self.sums.setdefault(name, expression.count().cast(pl.Int64).alias(name))
        return name

    def extremes(self, key: str, expression: pl.Expr) -> dict[str, str]:
        """Add the smallest and the largest value that is not missing and give their names."""
        self.sums.setdefault(f"_low:{key}", expression.min().alias(f"_low:{key}"))
        self.sums.setdefault(f"_high:{key}", expression.max().alias(f"_high:{key}"))
        return {"low": f"_low:{key}", "high": f"_high:{key}"}

    def of_design(self, design: Design) -> None:
        """Add counts of respondents and of values impossible in a design, and sums that calibration needs."""
        self.sums["_rows"] = pl.len().cast(pl.Int64).alias("_rows")
        self.count("_drawn", self.w)
        missing = [*design.strata, *design.clusters, *design.margins, design.population_size, design.people_size]
        bad = {(name, MISSING): pl.col(name).is_null() for name in filter(None, missing)}
        for name in filter(None, [design.weight, design.base_weight]):
            w = pl.col(name).cast(pl.Float64)
            tests = (w.is_null(), w < 0, w.is_infinite() | w.is_nan())
            bad |= {(name, what): test for what, test in zip(BAD_WEIGHT, tests, strict=True)}
        for (name, what), test in bad.items():
            self.add(f"_bad:{name}:{what}", self.prepare(f"_bad:{name}:{what}", test))
        for mark, column in (("", design.population_size), ("2", design.people_size)):
            if column:
                size = self.prepare(f"_size{mark}", pl.col(column).cast(pl.Float64).fill_nan(None))
                ends = {f"_smallest{mark}": size.min(), f"_largest{mark}": size.max()}
                self.sums |= {name: end.alias(name) for name, end in ends.items()}

    def met(self, key: str, answered: pl.Expr) -> dict[str, str]:
        """Count everyone who answered, with or without a weight: R averages the strata by these."""
        return {"met": self.add(f"met:{key}", answered.cast(pl.Int64))} if self.average else {}

    def numeric(self, column: str) -> pl.Expr:
        """The column as numbers, undefined ones as missing."""
        expression = pl.col(column).cast(pl.Float64)
        return self.prepare(f"y:{column}", expression.fill_nan(None) if self.schema[column].is_float() else expression)

    def coded(self, column: str) -> tuple[pl.Expr, type]:
        """The column as it compares with codes, and the type that codes must have."""
        if is_number(self.schema[column]):
            return self.numeric(column), float
        return self.prepare(f"y:{column}", pl.col(column).cast(pl.String)), str

    def base(self, key: str, answered: pl.Expr) -> dict[str, str]:
        """Sums of those who answered, shared by all categories of a question."""
        w, key, sums = pl.when(answered).then(self.w), f"base {key}", {}
        sums["n"], sums["b"] = self.count(f"n:{key}", w), self.add(f"b:{key}", w)
        if self.by_rows:
            sums["bb"] = self.add(f"bb:{key}", w * self.w)
        if self.calibrated:
            sums["qb"] = self.fit(f"qb:{key}", pl.when(answered).then(self.q))
        sums |= self.met(key, answered)
        return sums | {"vbb": sums["b"], "ww": sums["b"], "bw": sums.get("bb", sums["b"])}

    def mean(self, key: str, column: str) -> dict[str, str]:
        """Sums of a number."""
        y, w = self.numeric(column), self.w
        sums = self.base(column, y.is_not_null())
        sums["a"], sums["v"] = self.add(f"a:{key}", w * y), self.add(f"v:{key}", w * y * y)
        if self.by_rows:
            sums["ab"], sums["aa"] = self.add(f"ab:{key}", w * y * w), self.add(f"aa:{key}", w * y * (w * y))
        if self.calibrated:
            sums["qa"] = self.fit(f"qa:{key}", self.q * y)
        sums |= self.extremes(key, pl.when(w.is_not_null()).then(y))
        return sums | {"vab": sums["a"], "aw": sums.get("ab", sums["a"])}

    def share(self, key: str, base: dict[str, str], hit: pl.Expr) -> dict[str, str]:
        """Sums of a 0/1 answer, where squares and products are the answer itself."""
        w, sums = pl.when(hit).then(self.w), dict(base)
        sums["c"], sums["a"] = self.count(f"c:{key}", w), self.add(f"a:{key}", w)
        if self.by_rows:
            sums["ab"] = sums["aa"] = self.add(f"ab:{key}", w * self.w)
        if self.calibrated:
            sums["qa"] = self.fit(f"qa:{key}", pl.when(hit).then(self.q))
        return sums | {"v": sums["a"], "vab": sums["a"], "aw": sums.get("ab", sums["a"])}

    def ratio(self, key: str, top: pl.Expr, bottom: pl.Expr) -> dict[str, str]:
        """Sums of two numbers, over those who have both."""
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
        sums = {role: self.add(f"{role}:{key}", pl.when(both).then(x)) for role, x in products.items()}
        if self.calibrated:
            for role, x in {"qa": self.q * top, "qb": self.q * bottom}.items():
                sums[role] = self.fit(f"{role}:{key}", pl.when(both).then(x))
        return sums | {"n": self.count(f"n:{key}", pl.when(both).then(w))} | self.met(key, both)

    def total(self, key: str, column: str) -> dict[str, str]:
        """Sums of a total: those of a mean whose base is not estimated, without role b."""
        sums = self.mean(key, column)
        return {role: name for role, name in sums.items() if role in ("n", "a", "aa", "aw", "qa", "met")}

    def product(self, i: int, j: int, terms: Sequence[Term], *, one_base: bool, apart: bool) -> dict[str, str]:
        """Sums of products of two estimates: w²·a·a′, w²·a·b′, w²·b·a′ and w²·b·b′, as aa, ab, ba and bb.

        ``one_base``: b and b′ are the same; ``apart``: a·a′ is always 0.
        """

        def both(role: str, left: pl.Expr | None, right: pl.Expr | None) -> dict[str, str]:
            if left is None or right is None:
                return {}
            return {role: self.add(f"{role}:{i}:{j}", self.w * left * (self.w * right))}

        one, other = terms[i], terms[j]
        roles = {} if apart else both("aa", one.top, other.top)
        if one_base:
            return roles | {"ab": one.sums["ab"], "ba": other.sums["ab"], "bb": one.sums["bb"]}
        roles |= both("ab", one.top, other.bottom) | both("ba", one.bottom, other.top)
        return roles | both("bb", one.bottom, other.bottom)


def terms_of(indicators: Sequence[Indicator], sums: Sums, source: str) -> list[Term]:
    """The estimates that the indicators stand for; the sums they need are added to ``sums``."""
    terms = []

    def side(hit: pl.Expr, answered: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
        return pl.when(answered).then(hit.cast(pl.Float64)), pl.when(answered).then(pl.lit(1.0))

    measure: Measure
    for number, item in enumerate(indicators):
        parts: list[tuple[str | None, dict[str, str], pl.Expr, pl.Expr | None]] = []
        match item:
            case Mean():
                y = sums.numeric(item.column)
                roles = sums.mean(f"{number}", item.column)
                measure = "mean"
                parts = [(None, roles, *side(y, y.is_not_null()))]
            case Total():
                top = sums.numeric(item.column)
                measure = "total"
                parts = [(None, sums.total(f"{number}", item.column), top, None)]
            case Ratio():
                top, bottom = sums.numeric(item.numerator), sums.numeric(item.denominator)
                roles, both = sums.ratio(f"{number}", top, bottom), top.is_not_null() & bottom.is_not_null()
                measure = "ratio"
                parts = [(None, roles, pl.when(both).then(top), pl.when(both).then(bottom))]
            case Share():
                measure = "share"
                y, kind = sums.coded(item.column)
                base = sums.base(item.column, y.is_not_null())
                for name in dict.fromkeys(item.categories.values()):
                    codes = [code for code, other in item.categories.items() if other == name]
                    hit = y.is_in([_code(code, kind, item.column, sums.problems, source) for code in codes])
                    parts.append((name, sums.share(f"{number}:{name}", base, hit), *side(hit, y.is_not_null())))
            case Band():
                measure = "share"
                y, kind = sums.coded(item.column)
                base = sums.base(item.column, y.is_not_null())
                hit = _band(item, y, kind, sums.problems, source)
                parts = [(None, sums.share(f"{number}", base, hit), *side(hit, y.is_not_null()))]
            case Multiple():
                measure = "share"
                coded = {name: sums.coded(column) for name, column in item.columns.items()}
                answered = pl.any_horizontal(y.is_not_null() for y, _ in coded.values())
                base = sums.base("|".join(item.columns.values()), answered)
                for name, (y, kind) in coded.items():
                    chosen = _code(item.chosen, kind, item.columns[name], sums.problems, source)
                    hit = y.eq(chosen).fill_null(False)
                    parts.append((name, sums.share(f"{number}:{name}", base, hit), *side(hit, answered)))
            case _:
                raise TypeError(f"not an indicator: {item!r}")
        terms += [Term(item.indicator, category, measure, roles, top, bottom) for category, roles, top, bottom in parts]
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


def is_number(dtype: pl.DataType) -> bool:
    """Tell whether a column of this type holds numbers."""
    return dtype.is_numeric() or dtype in (pl.Boolean, pl.Null)
