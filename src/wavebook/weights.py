"""Weights that make the respondents add up to the population: raking and linear calibration to margins.

Calibrated weights w = d·F(x'λ) stay as near as they can to the base weights d while their sums over each
margin equal the population's (Deville & Särndal 1992, equations 2.2–2.8). F(u) = exp(u) is raking, with weights
that are always positive; F(u) = 1 + u is linear calibration, the weights of the regression estimator (GREG).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl
from scipy import sparse

from wavebook import files
from wavebook.problems import Problem, raise_all

Method = Literal["raking", "linear"]
Margins = Mapping[str, Mapping[str, float]]

TOLERANCE = 1e-12
"""Largest distance between a weighted and a population total that counts as met, as a part of the population."""

SAME_TOTAL = 1e-6
"""Margins may differ this much in their sums (rounding in the source) and still describe one population."""

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
    """A weight for each row of the respondents' table, in its order, and the report."""

    weights: pl.Series
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
        raise_all([Problem("W160", str(path), f"cannot be read: {why}", "Save it again.")])
    if table.columns != wanted:
        found = f"the columns are {', '.join(table.columns)}"
        raise_all([Problem("W160", str(path), found, f"Give exactly the columns {', '.join(wanted)}.")])
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
    raise_all(problems)
    return margins


def calibrate(
    frame: pl.LazyFrame | pl.DataFrame,
    margins: Margins,
    *,
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
    code). ``weight`` is the base weight, all alike when not given. ``bounds`` keep the ratio of new to base
    weight between two values, and ``trim`` keeps every weight at or under that many times the mean weight;
    both are held while the margins are still met exactly, not cut off afterwards. ``total`` rescales
    the margins to another sum, such as the number of respondents for weights with mean 1.

    Raises
    ------
    ProblemsError
        W161–W168, all that can be seen at once.

    Examples
    --------
    >>> sample = pl.DataFrame({"sex": ["f", "f", "m"]})
    >>> calibrate(sample, {"sex": {"f": 50, "m": 50}}).weights.to_list()
    [25.0, 25.0, 50.0]
    """
    _check_options(method, bounds, trim)
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    missing = [name for name in (*margins, *([weight] if weight else [])) if name not in schema]
    raise_all(
        Problem("W161", f"{source}, column {name}", "the column does not exist", "Mend the name or add the column.")
        for name in missing
    )
    table = lazy.select(
        *(_as_text(name, schema[name]).alias(name) for name in margins),
        (pl.col(weight).cast(pl.Float64) if weight else pl.lit(1.0)).alias("_base"),
    ).collect(engine="streaming")
    raise_all(_problems(table, margins, weight, source))

    people, profile = _profiles(table, margins)
    targets = _targets(margins, total)
    population = sum(targets[0])
    codes = [
        people[name].replace_strict(list(categories), range(len(categories)), return_dtype=pl.Int64).to_numpy()
        for name, categories in margins.items()
    ]
    count = people["len"].to_numpy().astype(float)
    base = people["_base"].to_numpy()
    base = base * (population / (base @ count))
    low, high = bounds or (0.0 if method == "raking" else -np.inf, np.inf)
    ceiling = np.full(len(base), high)
    if trim is not None:
        mean = population / count[base > 0].sum()
        ceiling = np.minimum(ceiling, trim * mean / np.where(base > 0, base, 1.0))
    limits = [f"bounds {bounds[0]:g} to {bounds[1]:g}"] if bounds else []
    limits += [f"trim {trim:g}"] if trim else []
    if limits:
        raise_all(_out_of_reach(margins, codes, targets, base * count, (low, ceiling), " and ".join(limits)))
    if method == "raking" and not limits:
        factor, iterations = _raked(codes, targets, base * count, max_iterations)
    else:
        factor, iterations = _calibrated(codes, targets, base * count, method, (low, ceiling), max_iterations)

    new = base * factor
    gaps = _gaps(codes, targets, new * count)
    problems = _unmet(margins, targets, gaps, " and ".join(limits))
    negative = int(count[new < 0].sum())
    if negative:
        action = "Set bounds that start at 0 or above, or rake."
        problems.append(
            Problem("W168", source, f"linear calibration makes weights negative ({_people(negative)})", action)
        )
    raise_all(problems)
    report = _report(people, margins, codes, targets, base, new, count, (low, ceiling), (method, iterations, gaps))
    return Weighting(pl.Series("weight", new[profile]), report)


def design_effect(weights: pl.Series | np.ndarray) -> float:
    """Kish's design effect of unequal weights, n·Σw²/(Σw)², over the weights above 0; 1 when all are alike."""
    w = np.asarray(weights, dtype=float)
    w = w[w > 0]
    return float(len(w) * (w @ w) / w.sum() ** 2)


def _check_options(method: str, bounds, trim) -> None:
    if method not in Method.__args__:
        raise ValueError(f"method must be raking or linear, not {method!r}")
    if bounds is not None and not (0 <= bounds[0] < 1 < bounds[1]):
        raise ValueError(f"bounds must lie around 1, from 0 up: not {bounds}")
    if trim is not None and not trim > 1:
        raise ValueError(f"trim is a multiple of the mean weight above 1, not {trim}")


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
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


def _people(count: int) -> str:
    return f"{count} respondent{'s' * (count != 1)}"


def _problems(table: pl.DataFrame, margins: Margins, weight: str | None, source: str) -> list[Problem]:
    """What keeps these margins and these respondents from meeting."""
    problems = []
    base = pl.col("_base")
    for what, bad in (
        ("missing", base.is_null()),
        ("negative", base < 0),
        ("infinite or undefined", base.is_nan() | base.is_infinite()),
    ):
        if count := table.filter(bad).height:
            found = f"the base weight is {what} ({_people(count)})"
            action = "Give every respondent a number of at least 0."
            problems.append(Problem("W166", f"{source}, column {weight}", found, action))
    counted = table.filter(base > 0)
    if not counted.height:
        problems.append(Problem("W166", source, "no respondent has a base weight above 0", "Check the file."))
    for name, categories in margins.items():
        problems += _margin_problems(counted[name], name, {str(k): v for k, v in categories.items()}, source)
    sums = {name: sum(categories.values()) for name, categories in margins.items()}
    if max(sums.values()) - min(sums.values()) > SAME_TOTAL * max(sums.values()):
        listed = ", ".join(f"{name} {value:,.10g}" for name, value in sums.items())
        action = "Take all margins from one population and one date."
        problems.append(Problem("W164", "margins", f"the totals contradict each other: {listed}", action))
    return problems


def _margin_problems(answers: pl.Series, name: str, categories: dict[str, float], source: str) -> list[Problem]:
    problems = []
    found = dict(answers.value_counts().iter_rows())
    if empty := found.pop(None, 0):
        action = "Fill the column, or give these respondents a category with a total of its own."
        problems.append(Problem("W165", f"{source}, column {name}", f"the value is missing ({_people(empty)})", action))
    for category, population in categories.items():
        place = f"margins, {name} = {category}"
        if not 0 <= population < np.inf:
            problems.append(Problem("W160", place, f"{population} is not a population total", "Mend the number."))
        elif population > 0 and category not in found:
            action = "Join the category with another, in the margins and in the data."
            problems.append(Problem("W162", place, f"there are no respondents for {population:,.10g} people", action))
        elif population == 0 and category in found:
            text = f"the population is 0, but there are answers ({_people(found[category])})"
            problems.append(Problem("W163", place, text, "Mend the total, or leave these respondents out."))
    extra, action = sorted(set(found) - set(categories)), "Add its population total, or recode it."
    if len(extra) > _MANY:
        people = _people(sum(found[category] for category in extra))
        text = f"the margin lacks {len(extra)} categories that respondents have ({people})"
        problems.append(Problem("W163", f"{source}, column {name}", text, "Choose a column with fewer categories."))
        extra = []
    for category in extra:
        text = f"the margin lacks this category ({_people(found[category])})"
        problems.append(Problem("W163", f"{source}, column {name} = {category}", text, action))
    return problems


def _profiles(table: pl.DataFrame, margins: Margins) -> tuple[pl.DataFrame, np.ndarray]:
    """The distinct combinations of margins and base weight with their counts, and each row's place in it."""
    keys = [*margins, "_base"]
    people = table.group_by(keys).len().sort(keys).with_row_index("_profile")
    place = table.join(people, on=keys, how="left", maintain_order="left", nulls_equal=True)["_profile"]
    return people, place.to_numpy()


def _targets(margins: Margins, total: float | None) -> list[np.ndarray]:
    """Population totals per margin, all with exactly the same sum."""
    targets = [np.array(list(categories.values()), dtype=float) for categories in margins.values()]
    total = targets[0].sum() if total is None else total
    return [target * (total / target.sum()) for target in targets]


def _raked(codes, targets, base: np.ndarray, max_iterations: int) -> tuple[np.ndarray, int]:
    """Factors by iterative proportional fitting (Deming & Stephan 1940): meet each margin in turn."""
    w = base.copy()
    iterations = 0
    while iterations < max_iterations and _largest(_gaps(codes, targets, w)) > TOLERANCE * base.sum():
        for code, target in zip(codes, targets, strict=True):
            now = np.bincount(code, w, len(target))
            w *= np.divide(target, now, out=np.zeros_like(now), where=now > 0)[code]
        iterations += 1
    return np.divide(w, base, out=np.zeros_like(w), where=base > 0), iterations


def _calibrated(codes, targets, base, method: Method, bounds, max_iterations: int) -> tuple[np.ndarray, int]:
    """Factors F(x'λ) held between bounds, by Newton steps on the convex dual Σd·G(x'λ) − T'λ, where G' = F."""
    sizes = np.cumsum([0, *(len(target) for target in targets)])
    columns = np.stack([code + start for code, start in zip(codes, sizes[:-1], strict=True)], axis=1)
    n, m = columns.shape
    x = sparse.csr_matrix((np.ones(n * m), columns.ravel(), np.arange(0, n * m + 1, m)), shape=(n, sizes[-1]))
    wanted, total = np.concatenate(targets), base.sum()
    low, high = bounds
    with np.errstate(divide="ignore"):
        ends = (np.log(low), np.log(high)) if method == "raking" else (low - 1, high - 1)

    def at(u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """F, its slope and its integral; beyond a bound F is constant."""
        inside = np.clip(u, *ends)
        factor = np.exp(inside) if method == "raking" else 1 + inside
        slope = np.where(inside == u, factor if method == "raking" else 1.0, 0.0)
        integral = factor if method == "raking" else inside + inside**2 / 2
        beyond = np.where(inside == u, 0.0, factor * (u - inside))
        return factor, slope, integral + beyond

    coefficients = np.zeros(sizes[-1])
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
    return factor, iterations


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


def _report(people, margins, codes, targets, base, new, count, bounds, outcome) -> WeightingReport:
    method, iterations, gaps = outcome
    used = base > 0
    n = int(count[used].sum())
    factor = new[used] / base[used]
    low, ceiling = bounds
    held = np.isclose(factor, ceiling[used], rtol=1e-9) | np.isclose(factor, low, rtol=1e-9, atol=0)
    effect = n * (new**2 @ count) / (new @ count) ** 2
    rows = [
        {"column": name, "category": str(category), "population": target[i], "respondents": respondents[i]}
        | {"before": before[i], "after": target[i] + gap[i]}
        for (name, categories), code, target, gap in zip(margins.items(), codes, targets, gaps, strict=True)
        for respondents in [np.bincount(code, count * used, len(target)).astype(int)]
        for before in [np.bincount(code, base * count, len(target))]
        for i, category in enumerate(categories)
    ]
    mean = new @ count / n
    return WeightingReport(
        method=method,
        n=n,
        population=float(targets[0].sum()),
        iterations=iterations,
        converged=True,
        gap=_largest(gaps) / float(targets[0].sum()),
        design_effect_before=float(n * (base**2 @ count) / (base @ count) ** 2),
        design_effect=float(effect),
        effective_n=float(n / effect),
        smallest=float(new[used].min() / mean),
        largest=float(new[used].max() / mean),
        factor_low=float(factor.min()),
        factor_high=float(factor.max()),
        bounded=int(count[used][held].sum()),
        margins=pl.DataFrame(rows),
    )
