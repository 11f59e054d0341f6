"""Weights that make the respondents add up to the population: raking and linear calibration to margins.

Calibrated weights w = d·F(x'λ) stay as near as they can to the base weights d while their sums over each
margin equal the population's (Deville & Särndal 1992, equations 2.2–2.8). F(u) = exp(u) is raking, with weights
that are always positive; F(u) = 1 + u is linear calibration, the weights of the regression estimator (GREG); the logit
lies between two bounds by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl
from scipy import sparse, special

from wavebook.core import files
from wavebook.core.problems import Problem, fail, how_many, raise_all

Method = Literal["raking", "linear", "logit"]
Margins = Mapping[str, Mapping[str, float]]

TOLERANCE = 1e-12
"""Largest distance between a weighted and a population total that counts as met, as a part of the population."""

SAME_TOTAL = 1e-6
"""Margins may differ this much in their sums (rounding in the source) and still describe one population."""

_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # a thousand or one

_MANY = 20
"""Categories without a total, of which none is named: such a column tells people apart."""


@dataclass(frozen=True)
class WeightingReport:
    """What weighting did.

    ``design_effect`` is n·Σw²/(Σw)² (Kish 1965, 11.7), what unequal weights alone cost; ``effective_n`` is n over
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


def read_margins(path: Path) -> dict[str, dict[str, float]]:
    """Population totals by margin and category, from a CSV with the columns ``column``, ``category``, ``total``.

    Raises
    ------
    ProblemsError
        W160 for each row that is not usable.
    """
    wanted = ["column", "category", "total"]
    try:
        table = pl.read_csv(files.read(path, files.TABLE), infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        why = getattr(error, "strerror", None) or "it is no CSV in UTF-8 with commas between its cells"
        fail(Problem("W160", str(path), f"cannot be read: {why}", "Save it again."))
    if table.columns != wanted:
        found = f"the columns are {', '.join(table.columns)}"
        fail(Problem("W160", str(path), found, f"Give exactly the columns {', '.join(wanted)}."))
    margins: dict[str, dict[str, float]] = {}
    problems = [] if len(table) else [Problem("W160", str(path), "has no totals", "Add them, or remove the file.")]
    for row, (column, category, total) in enumerate(table.iter_rows(), start=2):
        number = _number(total)
        place = f"{path}, row {row}"
        if not column or not category:
            problems.append(Problem("W160", place, "the column or the category is empty", "Fill both."))
        elif not 0 <= number < np.inf:
            action = "Give the number of people, with a decimal point and no thousands separator."
            problems.append(Problem("W160", place, f"{total} is not a population total", action))
        elif category in margins.setdefault(column, {}):
            problems.append(Problem("W160", place, f"{column} = {category} occurs twice", "Keep one of the rows."))
        else:
            margins[column][category] = number
    doubtful = [row for row, total in enumerate(table["total"], 2) if _DOUBTFUL.fullmatch((total or "").strip())]
    if 0 < len(doubtful) < len(table):  # where all are so, they say the same of each other either way
        action = "Give the number of people, with a decimal point and no thousands separator."
        found = "the point in the total may be for thousands, and other totals have none of that form"
        problems += [Problem("W160", f"{path}, row {row}", found, action) for row in doubtful]
    raise_all(problems)
    return margins


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
        W161–W168, all that can be seen at once.

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
        Problem("W161", f"{source}, column {name}", "the column does not exist", "Mend the name or add the column.")
        for name in missing
    )
    base = pl.col(weight).cast(pl.Float64) if weight else pl.lit(1.0)
    groups = _groups(lazy, margins, base, schema, totals, by_base=trim is not None)
    raise_all(_problems(groups, margins, weight, source, totals))

    groups = groups.filter(pl.col("_n") > 0)
    targets = _targets(margins, total)
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
    numbers = [_Number(groups[name].to_numpy().astype(float), weighted, x, population) for name, x in totals.items()]
    if method == "raking" and not limits and not totals:
        effects, iterations = _raked(codes, targets, weighted, max_iterations)
    else:
        effects, iterations = _calibrated(codes, targets, weighted, method, (low, ceiling), max_iterations, numbers)

    of_numbers = effects[len(codes) :]
    u = sum(effect[code] for effect, code in zip(effects, codes, strict=False))
    u = u + sum(effect[0] * number.standard for effect, number in zip(of_numbers, numbers, strict=True))
    factor = np.clip(_factor(method, u, bounds), low, ceiling)
    gaps = _gaps(codes, targets, weighted * factor)
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
    of_row = sum(_effect(groups, *margin) for margin in zip(margins, effects, codes, strict=False))
    for name, effect, number in zip(totals, of_numbers, numbers, strict=True):
        of_row = of_row + float(effect[0] / number.spread) * (pl.col(name).cast(pl.Float64) - number.mean)
    of_row = _factor(method, of_row, bounds).clip(low, high)
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
    if method not in Method.__args__:
        raise ValueError(f"method must be one of {', '.join(Method.__args__)}, not {method!r}")
    if method == "logit" and (bounds is None or trim is not None):
        raise ValueError("the method logit needs bounds and knows no trim")
    if bounds is not None and not (0 <= bounds[0] < 1 < bounds[1]):
        raise ValueError(f"bounds must lie around 1, from 0 up: not {bounds}")
    if trim is not None and not trim > 1:
        raise ValueError(f"trim is a multiple of the mean weight above 1, not {trim}")


def as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column of codes as text, in which 1, 1.0 and "1" are one code."""
    column = pl.col(name)
    if dtype.is_float():
        # SPSS keeps whole numbers as 1.0; as text they are to equal the 1 of the margins.
        column = column.fill_nan(None)
        whole = column.round(0) == column
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String)


def _number(text: str | None) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return float("nan")


def _groups(lazy, margins: Margins, base: pl.Expr, schema: pl.Schema, totals, *, by_base: bool) -> pl.DataFrame:
    """Respondents by margins (as they are, and as text under their name and a blank) and, if asked, by base weight.

    With how many there are, how many of them count (``n``), sum, sum of squares and extremes of their weights.
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
    """What a margin adds to each row, by its value."""
    found = pl.lit(None, pl.Float64)
    for value, of_value in dict(zip(groups[name].to_list(), effect[code].tolist(), strict=True)).items():
        found = pl.when(pl.col(name) == value).then(pl.lit(of_value)).otherwise(found)
    return found


def _problems(groups: pl.DataFrame, margins: Margins, weight: str | None, source: str, totals=()) -> list[Problem]:
    """What keeps these margins and these respondents from meeting."""
    problems = []
    for name in totals:
        number = groups[name].cast(pl.Float64, strict=False)
        if count := groups.filter(~number.is_finite().fill_null(False))["_n"].sum():
            text, action = f"no number ({how_many(count)})", "Fill the column, or leave it out of the totals."
            problems.append(Problem("W165", f"{source}, column {name}", text, action))
    for what, kind in (("missing", "missing"), ("negative", "negative"), ("infinite or undefined", "infinite")):
        if count := groups[f"_{kind}"].sum():
            found = f"the base weight is {what} ({how_many(count)})"
            action = "Give every respondent a number of at least 0."
            problems.append(Problem("W166", f"{source}, column {weight}", found, action))
    counted = groups.filter(pl.col("_n") > 0)
    if not counted.height:
        problems.append(Problem("W166", source, "no respondent has a base weight above 0", "Check the file."))
    for name, categories in margins.items():
        found = dict(counted.group_by(f"{name} ").agg(pl.col("_n").sum()).iter_rows())
        problems += _margin_problems(found, name, {str(k): v for k, v in categories.items()}, source)
    sums = {name: sum(categories.values()) for name, categories in margins.items()}
    if max(sums.values()) - min(sums.values()) > SAME_TOTAL * max(sums.values()):
        listed = ", ".join(f"{name} {value:,.10g}" for name, value in sums.items())
        action = "Take all margins from one population and one date."
        problems.append(Problem("W164", "margins", f"the totals contradict each other: {listed}", action))
    return problems


def _margin_problems(found: dict, name: str, categories: dict[str, float], source: str) -> list[Problem]:
    problems = []
    if empty := found.pop(None, 0):
        action = "Fill the column, or give these respondents a category with a total of its own."
        problems.append(
            Problem("W165", f"{source}, column {name}", f"the value is missing ({how_many(empty)})", action)
        )
    for category, population in categories.items():
        place = f"margins, {name} = {category}"
        if not 0 <= population < np.inf:
            problems.append(Problem("W160", place, f"{population} is not a population total", "Mend the number."))
        elif population > 0 and category not in found:
            action = "Join the category with another, in the margins and in the data."
            problems.append(Problem("W162", place, f"there are no respondents for {population:,.10g} people", action))
        elif population == 0 and category in found:
            text = f"the population is 0, but there are answers ({how_many(found[category])})"
            problems.append(Problem("W163", place, text, "Mend the total, or leave these respondents out."))
    extra, action = sorted(set(found) - set(categories)), "Add its population total, or recode it."
    if len(extra) > _MANY:
        people = how_many(sum(found[category] for category in extra))
        text = f"the margin lacks {len(extra)} categories that respondents have ({people})"
        problems.append(Problem("W163", f"{source}, column {name}", text, "Choose a column with fewer categories."))
        extra = []
    for category in extra:
        text = f"the margin lacks this category ({how_many(found[category])})"
        problems.append(Problem("W163", f"{source}, column {name} = {category}", text, action))
    return problems


def _targets(margins: Margins, total: float | None) -> list[np.ndarray]:
    """Population totals per margin, all with exactly the same sum."""
    targets = [np.array(list(categories.values()), dtype=float) for categories in margins.values()]
    total = targets[0].sum() if total is None else total
    return [target * (total / target.sum()) for target in targets]


def _raked(codes, targets, base: np.ndarray, max_iterations: int) -> tuple[list[np.ndarray], int]:
    """Effects by iterative proportional fitting (Deming & Stephan 1940): meet each margin in turn."""
    w, factors, iterations = base.copy(), [np.ones(len(target)) for target in targets], 0
    while iterations < max_iterations and _largest(_gaps(codes, targets, w)) > TOLERANCE * base.sum():
        for code, target, factor in zip(codes, targets, factors, strict=True):
            now = np.bincount(code, w, len(target))
            ratio = np.divide(target, now, out=np.zeros_like(now), where=now > 0)
            w *= ratio[code]
            factor *= ratio
        iterations += 1
    with np.errstate(divide="ignore"):
        return [np.log(factor) for factor in factors], iterations


class _Number:
    """A column of numbers with a total: from its weighted mean, by its spread, and what that must add up to."""

    def __init__(self, values: np.ndarray, weights: np.ndarray, total: float, population: float):
        self.values, self.mean = values, weights @ values / population
        self.spread = float(np.sqrt(weights @ (values - self.mean) ** 2 / population)) or 1.0
        self.standard = (values - self.mean) / self.spread
        self.target = (total - self.mean * population) / self.spread


def _factor(method: Method, u, bounds):
    """F(u), of an array or an expression."""
    if method == "linear":
        return 1 + u
    if method == "raking":
        return np.exp(u) if isinstance(u, np.ndarray) else u.exp()
    low, high = bounds
    v = _steep(bounds) * u - np.log((high - 1) / (1 - low))
    return low + (high - low) * (special.expit(v) if isinstance(v, np.ndarray) else 1 / (1 + (-v).exp()))


def _steep(bounds: tuple[float, float]) -> float:
    """A of the logit: its slope is 1 where the weights stay as they are."""
    low, high = bounds
    return (high - low) / ((1 - low) * (high - 1))


def _calibrated(
    codes, targets, base, method: Method, bounds, max_iterations: int, numbers: list[_Number] = ()
) -> tuple[list[np.ndarray], int]:
    """Effects λ of factors F(x'λ) held between bounds, by Newton steps on the dual Σd·G(x'λ) − T'λ, where G' = F."""
    sizes = np.cumsum([0, *(len(target) for target in targets)])
    columns = np.stack([code + start for code, start in zip(codes, sizes[:-1], strict=True)], axis=1)
    n, m = columns.shape
    x = sparse.csr_matrix((np.ones(n * m), columns.ravel(), np.arange(0, n * m + 1, m)), shape=(n, sizes[-1]))
    x = sparse.hstack([x, *(number.standard[:, None] for number in numbers)], format="csr")
    wanted, total = np.concatenate([*targets, [number.target for number in numbers]]), base.sum()
    low, high = bounds
    if method == "logit":
        high = float(np.min(high))
        steep = _steep((low, high))
    with np.errstate(divide="ignore"):
        limits = (np.log(low), np.log(high)) if method == "raking" else (low - 1, high - 1)

    def at(u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """F, its slope and its integral; beyond a bound F is constant."""
        if method == "logit":
            factor = _factor(method, u, (low, high))
            slope = steep * (factor - low) * (high - factor) / (high - low)
            return (
                factor,
                slope,
                low * u + (high - low) / steep * np.logaddexp(np.log(high - 1), np.log(1 - low) + steep * u),
            )
        inside = np.clip(u, *limits)
        factor = np.exp(inside) if method == "raking" else 1 + inside
        slope = np.where(inside == u, factor if method == "raking" else 1.0, 0.0)
        integral = factor if method == "raking" else inside + inside**2 / 2
        beyond = np.where(inside == u, 0.0, factor * (u - inside))
        return factor, slope, integral + beyond

    coefficients = np.zeros(x.shape[1])
    factor, slope, integral = at(x @ coefficients)
    gradient, iterations = x.T @ (base * factor) - wanted, 0
    while iterations < max_iterations and np.abs(gradient).max() > TOLERANCE * total:
        curvature = (x.T @ sparse.diags(base * slope) @ x).toarray()
        # The dummies of several margins are dependent; a touch of ridge picks one of the equal solutions.
        curvature[np.diag_indices_from(curvature)] += 1e-12 * total
        step = np.linalg.solve(curvature, -gradient)
        height, length = base @ integral - wanted @ coefficients, 1.0
        for _ in range(40):
            tried = coefficients + length * step
            factor, slope, integral = at(x @ tried)
            if base @ integral - wanted @ tried <= height + 1e-4 * length * (gradient @ step) + 1e-14 * total:
                break
            length /= 2
        if np.array_equal(tried, coefficients):
            break
        coefficients = tried
        gradient, iterations = x.T @ (base * factor) - wanted, iterations + 1
    ends = [*sizes[1:], *range(sizes[-1] + 1, x.shape[1])]
    return np.split(coefficients, ends)[: m + len(numbers)], iterations


def _gaps(codes, targets, w: np.ndarray) -> list[np.ndarray]:
    """Weighted total minus population total, per margin."""
    return [np.bincount(code, w, len(target)) - target for code, target in zip(codes, targets, strict=True)]


def _largest(gaps: list[np.ndarray]) -> float:
    return max(float(np.abs(gap).max()) for gap in gaps)


def _out_of_reach(margins, codes, targets, base, bounds, limits: str) -> list[Problem]:
    """Categories whose population total lies outside what the limits allow, whatever the other margins are."""
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
    """Totals that were not reached, though each could be by itself."""
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
        gap=_largest(gaps) / float(targets[0].sum()),
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
