"""Design-based estimates: means, shares, bands, multiple response, ratios, totals, and change.

Passes over the respondents give weighted sums per group × stratum × cluster (Polars, streaming, any file size); all
that follows is NumPy on that small table. Variances are Taylor-linearised, with the whole sample's design also for a
group within it, as R's survey package computes them (Lumley 2010, chapters 2 and 4; Binder 1983).
Shares are 0–1 here; `percent` turns them into the 0–100 of the figures table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import polars as pl
from scipy import special

from wavebook.survey.estimation.design import Design, Indicator
from wavebook.survey.estimation.families import KEY, Family, families, role_of
from wavebook.survey.estimation.linearisation import degrees, linearise, scores_of, variances
from wavebook.survey.estimation.sample import Run, run_over
from wavebook.survey.estimation.totals import Term

Interval = Literal["logit", "mean", "asin", "beta"]

DIGITS = 12


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
    """Estimates of all indicators for everyone and for each value of each breakdown.

    ``breakdowns`` names columns, or maps the name to print to a column; ``population`` is a column whose
    values are crossed with everyone and with every breakdown. ``source`` is named in errors.

    One row per population × segment × indicator × category, with

    - ``measure`` (mean, share, ratio, total), ``value`` in natural units, shares 0–1;
    - ``n`` respondents behind it and ``count`` those who gave the answer (shares only), both unweighted and
      without those of weight zero; ``weight``, what the weights of the n add up to (means and shares);
      ``n_effective`` = n / (design effect against a draw with replacement);
    - ``se``, ``ci_low``, ``ci_high``: t intervals, for shares on the logit scale (``share_interval`` has
      R's other methods), with ``df`` as R's ``degf`` of the design within the group: clusters − strata,
      whether or not they answered; ``df_answered`` counts only those that did;
    - ``deff``: against simple random sampling with replacement, or as R's ``deff=TRUE`` when ``replacement``
      is false, which needs weights that add up to the population.

    Nobody answered: ``value`` is null. One respondent, or all answers the same (a share of 0 or 1): error,
    interval and design effect are null, as the sample cannot tell them. No degrees of freedom: no interval.
    A respondent without a value for a breakdown is in no segment, but in the whole.

    A variance that is 0 (answers are equal within each stratum, everyone in the population answered, or the margins of
    the weights explain everything) gives an error of exactly 0 and no ``n_effective``. Row order changes the
    last digits: `significant` removes those before numbers are rounded and written.

    Raises
    ------
    ProblemsError
        W150–W159, all at once.
    """
    run = run_over(frame, design, indicators, breakdowns, population, source=source)
    return estimates_of(run, level, share_interval, replacement)


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
    """Changes from ``before`` to ``after`` (values of the column ``across``, such as wave).

    The waves are stacked in ``frame``. The design says how they relate: clusters that occur in
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
    run = run_over(frame, design, indicators, breakdowns, population, (across, before, after), source=source)
    return pl.concat(_changes(family, run, level) for family in families(run))


def difference(before: pl.DataFrame, after: pl.DataFrame, level: float = 0.95) -> pl.DataFrame:
    """Changes between two tables of independent samples, one row per key they share; as `change`.

    Needs the key columns, ``value`` and ``se``. With ``df`` in both the degrees of freedom are
    df + df − 1; without (published figures) the normal distribution is used. A missing error gives
    a change without test.
    """
    keys = [key for key in ("indicator", *KEY, "category") if key in before.columns and key in after.columns]
    both = before.join(after, on=keys, how="inner", nulls_equal=True, maintain_order="right", suffix=":after")

    def pair(name: str) -> tuple[np.ndarray, np.ndarray]:
        unknown = pl.Series([None] * both.height, dtype=pl.Float64)
        one, two = (both[x] if x in both.columns else unknown for x in (name, f"{name}:after"))
        return one.cast(pl.Float64).to_numpy(), two.cast(pl.Float64).to_numpy()

    df, se = sum(pair("df")) - 1, pair("se")
    # Student's t with infinitely many degrees of freedom is the normal distribution.
    columns = _test(*pair("value"), *se, np.hypot(*se), np.where(np.isnan(df), np.inf, df), level)
    columns |= dict(zip(("n_before", "n_after"), pair("n"), strict=True))
    shared = both.select(*keys, *(name for name in ("measure",) if name in both.columns))
    whole = ("df", "n_before", "n_after")
    return shared.with_columns(_series(name, array, whole=name in whole) for name, array in columns.items())


def percent(table: pl.DataFrame) -> pl.DataFrame:
    """The same table with shares (``measure`` is share) as 0–100, and their changes in percentage points."""
    names = ("value", "se", "ci_low", "ci_high", "before", "after", "change", "se_before", "se_after")
    factor = pl.when(pl.col("measure") == "share").then(100.0).otherwise(1.0)
    return table.with_columns(pl.col(name) * factor for name in names if name in table.columns)


def estimates_of(run: Run, level: float = 0.95, share_interval: Interval = "logit", replacement: bool = True):
    """The table of `estimate`, from sums that were made already."""
    return pl.concat(_estimates(family, run, level, share_interval, replacement) for family in families(run))


def _estimates(family: Family, run: Run, level: float, method: Interval, replacement: bool) -> pl.DataFrame:
    linear = linearise(family, run)
    variance = np.where(linear.same, np.nan, variances(family, scores_of(family, linear, run), run))
    variance[linear.n == 0] = np.nan
    drawn = np.broadcast_to(family.array("_drawn")[:, None], (family.rows.height, len(run.terms)))
    df, df_answered = (degrees(family, run, n) for n in (drawn, role_of(family.rows, run.terms, "n")))
    se, share = np.sqrt(variance), np.array([term.measure == "share" for term in run.terms])
    low, high = _t_interval(linear.value, se, df, level)
    share_low, share_high = share_interval_of(method, linear.value, se, df, linear.n, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        with_replacement = variance / linear.simple
        deff = with_replacement if replacement else with_replacement / linear.simple_left
        effective = linear.n / with_replacement
    columns = {
        "value": linear.value,
        "n": linear.n,
        "count": linear.count,
        "weight": linear.base,
        "n_effective": effective,
        "se": se,
        "ci_low": np.where(share, share_low, low),
        "ci_high": np.where(share, share_high, high),
        "deff": deff,
        "df": df,
        "df_answered": df_answered,
    }
    return _labelled(family, run.terms, columns, ("n", "count", "df", "df_answered"))


def _changes(family: Family, run: Run, level: float) -> pl.DataFrame:
    linear = linearise(family, run)
    parts = {name: getattr(family, name).with_columns(domain="part") for name in ("rows", "fits")}
    alone = replace(family, **parts, domains=family.parts)
    unknown = np.where(linear.same | (linear.n == 0), np.nan, 0.0)
    se = np.sqrt(variances(alone, scores_of(alone, linear, run), run)) + unknown
    se_change = np.sqrt(variances(family, scores_of(family, linear, run, sides=True), run))
    se_change += unknown[0::2] + unknown[1::2]
    df = degrees(family, run, role_of(family.rows, run.terms, "n")) - 1
    columns = _test(linear.value[0::2], linear.value[1::2], se[0::2], se[1::2], se_change, df, level)
    columns |= {"n_before": linear.n[0::2], "n_after": linear.n[1::2]}
    return _labelled(family, run.terms, columns, ("df", "n_before", "n_after"))


def _labelled(family: Family, terms: Sequence[Term], columns: dict[str, np.ndarray], whole) -> pl.DataFrame:
    """Arrays of domains × terms as one tidy table, with nulls for unknown values."""
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
    """The array as a column, with nulls for unknown (NaN) and unbounded values."""
    array = np.asarray(array, dtype=float).ravel()
    series = pl.Series(name, np.where(np.isfinite(array), array, np.nan), nan_to_null=True)
    return series.round().cast(pl.Int64) if whole else series


def significant(array: np.ndarray) -> np.ndarray:
    """Round to twelve significant digits: later ones depend on the order of the rows."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(array))))
        rounded = np.round(array * scale) / scale
    return np.where(np.isfinite(rounded), rounded, array)


def _t_interval(value, se, df, level) -> tuple[np.ndarray, np.ndarray]:
    reach = _t(df, level) * se
    return value - reach, value + reach


def _t(df: np.ndarray, level: float) -> np.ndarray:
    """Student's t quantile; NaN without degrees of freedom."""
    return special.stdtrit(np.where(df > 0, df, np.nan), (1 + level) / 2)


def share_interval_of(method: Interval, p, se, df, n, level) -> tuple[np.ndarray, np.ndarray]:
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
                return special.betaincinv(hits, misses + 1, tail), special.betaincinv(hits + 1, misses, 1 - tail)
    raise ValueError(f"share_interval must be one of {', '.join(Interval.__args__)}, not {method!r}")


def _test(before, after, se_before, se_after, se, df, level) -> dict[str, np.ndarray]:
    """Change with t interval and two-sided t test, as columns."""
    gap = after - before
    low, high = _t_interval(gap, se, df, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = gap / se
        p = 2 * special.stdtr(np.where(df > 0, df, np.nan), -np.abs(statistic))
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
