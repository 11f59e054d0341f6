"""Weights that make the respondents add up to the population: raking and linear calibration to margins.

Calibrated weights w = d·F(x'λ) stay as near as they can to the base weights d while their sums over each
margin equal the population's (Deville & Särndal 1992, equations 2.2–2.8). F(u) = exp(u) is raking, with weights
that are always positive; F(u) = 1 + u is linear calibration, the weights of the regression estimator (GREG); the logit
lies between two bounds by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import get_args

import numpy as np
import polars as pl

from wavebook.core.problems import Problem, how_many, raise_all
from wavebook.survey.estimation.calibration import (
    Method,
    Number,
    calibrated,
    factor_at,
    gaps_of,
    largest,
    raked,
    targets_of,
)
from wavebook.survey.estimation.margins import Margins, problems_of


@dataclass(frozen=True)
class WeightingReport:
    """A report on weighting.

    ``design_effect`` is n·Σw²/(Σw)² (Kish 1965, 11.7), the cost of unequal weights alone; ``effective_n`` is n over
    it; ``smallest`` and ``largest`` weight as multiples of the mean weight; ``factor_low`` and ``factor_high``
    the outermost ratios of new to base weight, the base weights first scaled to the population; ``bounded``
    respondents were held at a bound or trimmed. ``gap`` is the largest distance between weighted and population
    total, as a part of the population. ``margins`` has a row per category: population, respondents, and the sum
    of the weights before and after.
    """

    method: Method
    n: int
    population: float
    iterations: int
    converged: bool
    gap: float
    design_effect_before: float
    design_effect: float
    effective_n: float
    smallest: float
    largest: float
    factor_low: float
    factor_high: float
    bounded: int
    margins: pl.DataFrame


@dataclass(frozen=True)
class Weighting:
    """The new weight, as an expression over the respondents' table, and the report."""

    weight: pl.Expr
    report: WeightingReport


def calibrate(
    frame: pl.LazyFrame | pl.DataFrame,
    margins: Margins,
    *,
    totals: Mapping[str, float] | None = None,
    weight: str | None = None,
    method: Method = "raking",
    bounds: tuple[float, float] | None = None,
    trim: float | None = None,
    total: float | None = None,
    max_iterations: int = 200,
    source: str = "respondents",
) -> Weighting:
    """Weights whose sums equal the population's margins.

    ``margins`` maps column → category → population total; codes compare as text (1, 1.0 and "1" are one
    code). ``totals`` maps columns of numbers to their sum over the population (of age: people × mean age).
    ``weight`` is the base weight, all alike when not given. ``bounds`` keep the ratio of new to base weight
    between two values, and ``trim`` keeps every weight at or under that many times the mean weight;
    both are held while the margins are still met exactly, not cut off afterwards; *logit* needs bounds.
    ``total`` rescales the margins to another sum, such as the number of respondents for weights with mean 1.

    The respondents are read once, and not kept: what counts is how many there are in each combination of margins, and
    what their weights add up to (with ``trim`` how many there are of each weight, with ``totals`` of each number).

    Raises
    ------
    ProblemsError
        W161–W168, as many as can be seen at once.

    Examples
    --------
    >>> sample = pl.DataFrame({"sex": ["f", "f", "m"]})
    >>> sample.select(calibrate(sample, {"sex": {"f": 50, "m": 50}}).weight).to_series().to_list()
    [25.0, 25.0, 50.0]
    """
    _check_options(method, bounds, trim)
    totals = dict(totals or {})
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    missing = [name for name in (*margins, *totals, *([weight] if weight else [])) if name not in schema]
    raise_all(
        Problem("W161", f"{source}, column {name}", "the column does not exist", "Correct the name or add the column.")
        for name in missing
    )
    base = pl.col(weight).cast(pl.Float64) if weight else pl.lit(1.0)
    groups = _groups(lazy, margins, base, schema, totals, by_base=trim is not None)
    raise_all(problems_of(groups, margins, weight, source, totals))

    groups = groups.filter(pl.col("_n") > 0)
    targets = targets_of(margins, total)
    population = sum(targets[0])
    codes = [
        groups[f"{name} "].replace_strict(list(categories), range(len(categories)), return_dtype=pl.Int64).to_numpy()
        for name, categories in margins.items()
    ]
    scale = population / groups["_sum"].sum()
    n, weighted = groups["_n"].to_numpy().astype(float), groups["_sum"].to_numpy() * scale
    most = trim * population / n.sum() if trim is not None else np.inf
    low, high = bounds or (0.0 if method == "raking" else -np.inf, np.inf)
    ceiling = np.minimum(high, most / (groups["_least"].to_numpy() * scale))
    limits = [f"bounds {bounds[0]:g} to {bounds[1]:g}"] if bounds else []
    limits += [f"trim {trim:g}"] if trim else []
    if limits:
        raise_all(_out_of_reach(margins, codes, targets, weighted, (low, ceiling), " and ".join(limits)))
    numbers = [Number(groups[name].to_numpy().astype(float), weighted, x, population) for name, x in totals.items()]
    if method == "raking" and not limits and not totals:
        effects, iterations = raked(codes, targets, weighted, max_iterations)
    else:
        effects, iterations = calibrated(codes, targets, weighted, method, (low, ceiling), max_iterations, numbers)

    of_numbers = effects[len(codes) :]
    u = sum((effect[code] for effect, code in zip(effects, codes, strict=False)), np.zeros(groups.height))
    u = u + sum(effect[0] * number.standard for effect, number in zip(of_numbers, numbers, strict=True))
    factor = np.clip(factor_at(method, u, bounds), low, ceiling)
    gaps = gaps_of(codes, targets, weighted * factor)
    problems = _unmet(margins, targets, gaps, " and ".join(limits))
    for (name, x), number in zip(totals.items(), numbers, strict=True):
        if not abs(number.standard @ (weighted * factor) - number.target) <= 1e-9 * population:
            text = f"the population has {x:,.10g}, the weights come to {number.values @ (weighted * factor):,.10g}"
            problems.append(Problem("W167", f"totals, {name}", text, "Look at the total, or widen the limits."))
    negative = int(n[factor < 0].sum())
    if negative:
        action = "Set bounds that start at 0 or above, or rake."
        problems.append(
            Problem("W168", source, f"linear calibration makes weights negative ({how_many(negative)})", action)
        )
    raise_all(problems)
    report = _report(groups, scale, margins, codes, targets, factor, (low, ceiling), (method, iterations, gaps))
    of_row = reduce(add, (_effect(groups, *margin) for margin in zip(margins, effects, codes, strict=False)))
    for name, effect, number in zip(totals, of_numbers, numbers, strict=True):
        of_row = of_row + float(effect[0] / number.spread) * (pl.col(name).cast(pl.Float64) - number.mean)
    of_row = factor_at(method, of_row, bounds).clip(low, high)
    new = pl.when(base > 0).then((base * scale * of_row).clip(upper_bound=most)).otherwise(0.0)
    return Weighting(new, report)


def design_effect(frame: pl.LazyFrame | pl.DataFrame, weight: str) -> tuple[float, float]:
    """Kish's design effect of unequal weights, n·Σw²/(Σw)², over the weights above 0, and n divided by it."""
    w = pl.col(weight).cast(pl.Float64)
    sums = frame.lazy().filter(w > 0).select(n=pl.len(), sum=w.sum(), squares=(w * w).sum())
    n, total, squares = sums.collect(engine="streaming").row(0)
    effect = n * squares / total**2
    return effect, n / effect


def _check_options(method: str, bounds, trim) -> None:
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}, not {method!r}")
    if method == "logit" and (bounds is None or trim is not None):
        raise ValueError("the method logit needs bounds and takes no trim")
    if bounds is not None and not (0 <= bounds[0] < 1 < bounds[1]):
        raise ValueError(f"bounds must lie around 1, from 0 up: not {bounds}")
    if trim is not None and not trim > 1:
        raise ValueError(f"trim is a multiple of the mean weight above 1, not {trim}")


def as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column of codes as text, in which 1, 1.0 and "1" are one code."""
    column = pl.col(name)
    if dtype.is_float():
        # SPSS keeps whole numbers as 1.0; as text they must equal the 1 of the margins.
        column = column.fill_nan(None)
        whole = column.round(0) == column
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String)


def _groups(lazy, margins: Margins, base: pl.Expr, schema: pl.Schema, totals, *, by_base: bool) -> pl.DataFrame:
    """Respondents by margins (as they are, and as text under their name and a blank) and, if asked, by base weight.

    Columns: their number, the number that count (``n``), and sum, sum of squares and extremes of their weights.
    """
    used = pl.when((base > 0) & base.is_finite()).then(base)
    keys = [*margins, *totals, *(["_base"] if by_base else [])]
    groups = lazy.select(*margins, *totals, _base=base, _used=used).group_by(keys)
    groups = groups.agg(
        _missing=pl.col("_base").is_null().sum(),
        _negative=(pl.col("_base") < 0).sum(),
        _infinite=(pl.col("_base").is_nan() | pl.col("_base").is_infinite()).sum(),
        _n=pl.col("_used").count(),
        _sum=pl.col("_used").sum(),
        _squares=(pl.col("_used") ** 2).sum(),
        _least=pl.col("_used").min(),
        _most=pl.col("_used").max(),
    )
    groups = groups.with_columns(as_text(name, schema[name]).alias(f"{name} ") for name in margins)
    return groups.sort(keys).collect(engine="streaming")


def _effect(groups: pl.DataFrame, name: str, effect: np.ndarray, code: np.ndarray) -> pl.Expr:
    """The addition of a margin to each row, by its value."""
    found = pl.lit(None, pl.Float64)
    for value, of_value in dict(zip(groups[name].to_list(), effect[code].tolist(), strict=True)).items():
        found = pl.when(pl.col(name) == value).then(pl.lit(of_value)).otherwise(found)
    return found


def _out_of_reach(margins, codes, targets, base, bounds, limits: str) -> list[Problem]:
    """Categories whose population total the limits rule out, whatever the other margins are."""
    low, high = bounds
    problems = []
    for (name, categories), code, target in zip(margins.items(), codes, targets, strict=True):
        least, most = (np.bincount(code, np.where(base > 0, base * x, 0.0), len(target)) for x in (low, high))
        for i, category in enumerate(categories):
            if not least[i] * (1 - 1e-12) <= target[i] <= most[i] * (1 + 1e-12):
                found = (
                    f"the population has {target[i]:,.10g}, the weights can reach {least[i]:,.10g} to {most[i]:,.10g}"
                )
                action = f"Widen {limits}, or join categories."
                problems.append(Problem("W167", f"margins, {name} = {category}", found, action))
    return problems


def _unmet(margins, targets, gaps, limits: str) -> list[Problem]:
    """Totals that were not reached, although each could be by itself."""
    action = "No weights meet all margins at once: combinations of categories have no respondents. Join categories"
    action += f", or widen {limits}." if limits else "."
    return [
        Problem(
            "W167",
            f"margins, {name} = {category}",
            f"the population has {target[i]:,.10g}, the weights come to {target[i] + gap[i]:,.10g}",
            action,
        )
        for (name, categories), target, gap in zip(margins.items(), targets, gaps, strict=True)
        for i, category in enumerate(categories)
        if not abs(gap[i]) <= 1e-9 * target.sum()
    ]


def _report(groups, scale, margins, codes, targets, factor, bounds, outcome) -> WeightingReport:
    method, iterations, gaps = outcome
    n, base, squares, least, most = (
        groups[f"_{name}"].to_numpy().astype(float) * scale**power
        for name, power in (("n", 0), ("sum", 1), ("squares", 2), ("least", 1), ("most", 1))
    )
    low, ceiling = bounds
    held = np.isclose(factor, ceiling, rtol=1e-9) | np.isclose(factor, low, rtol=1e-9, atol=0)
    people = n.sum()
    effect = people * (factor**2 @ squares) / (factor @ base) ** 2
    rows = [
        {"column": name, "category": str(category), "population": target[i], "respondents": respondents[i]}
        | {"before": before[i], "after": target[i] + gap[i]}
        for (name, categories), code, target, gap in zip(margins.items(), codes, targets, gaps, strict=True)
        for respondents in [np.bincount(code, n, len(target)).astype(int)]
        for before in [np.bincount(code, base, len(target))]
        for i, category in enumerate(categories)
    ]
    mean = factor @ base / people
    return WeightingReport(
        method=method,
        n=int(people),
        population=float(targets[0].sum()),
        iterations=iterations,
        converged=True,
        gap=largest(gaps) / float(targets[0].sum()),
        design_effect_before=float(people * squares.sum() / base.sum() ** 2),
        design_effect=float(effect),
        effective_n=float(people / effect),
        smallest=float((factor * least).min() / mean),
        largest=float((factor * most).max() / mean),
        factor_low=float(factor.min()),
        factor_high=float(factor.max()),
        bounded=int(n[held].sum()),
        margins=pl.DataFrame(rows),
    )
