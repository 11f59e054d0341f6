"""Design-based estimates: means, shares, bands, multiple response, ratios, totals, and change.

Passes over the respondents give weighted sums per group × stratum × cluster (Polars, streaming, any file size); all
that follows is NumPy on that small table. Variances are Taylor-linearised, with the whole sample's design also for a
group within it, as R's survey package computes them (Lumley 2010, chapters 2 and 4; Binder 1983).
Shares are 0–1 here; `percent` turns them into the 0–100 of the figures table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl
from scipy import sparse, special

from wavebook.measures import Design, Indicator
from wavebook.sample import Run, run_over, text_of
from wavebook.sums import Term

Interval = Literal["logit", "mean", "asin", "beta"]

SAME = 1e-13
"""A spread below this part of the sum of squares is rounding: all answers are the same."""

_KEY = ("population", "segment_by", "segment")


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
    run = run_over(frame, design, indicators, breakdowns, population, None, source)
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
    """Changes from ``before`` to ``after`` (values of the column ``across``, such as wave).

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
    run = run_over(frame, design, indicators, breakdowns, population, (across, before, after), source)
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
    run = run_over(frame, design, indicators, (breakdown,) if breakdown else (), None, None, source)
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


@dataclass(frozen=True)
class _Family:
    """The sums of one breakdown: a row per domain × part × unit, and a label per domain.

    A *part* is what gets its own estimate: a domain, or a domain before (even) or after (odd) a change. ``fits`` is by
    domain × part × cell of the margins; without clusters it and ``rows`` are one table, by all of these.
    """

    rows: pl.DataFrame
    fits: pl.DataFrame
    labels: pl.DataFrame
    domains: int
    parts: int

    def array(self, name: str) -> np.ndarray:
        return self.rows[name].to_numpy()


def _role(rows: pl.DataFrame, terms: Sequence[Term], role: str) -> np.ndarray:
    """The sums that have this role in each term, rows × terms; 0 where a term does not have it."""
    out = np.zeros((rows.height, len(terms)))
    for j, term in enumerate(terms):
        if role in term.sums:
            out[:, j] = rows[term.sums[role]].to_numpy()
    return out


def _families(run: Run) -> Iterator[_Family]:
    """Everyone, each population, each segment and each segment by population, in that order."""
    for k, name in enumerate([None, *run.breakdowns]):
        for by_population in (False, True) if run.population else (False,):
            by = ["_population"] * by_population + ["_segment"] * bool(name)
            family = _family(run, max(k - 1, 0), by, name)
            if family.domains:
                yield family


def _family(run: Run, k: int, by: list[str], name: str | None) -> _Family:
    rows = _grouped(run.tables[k], by, run.across)
    labels = rows.select(by).unique().sort(by) if by else pl.DataFrame({"_": [0]})
    labels = labels.with_columns(domain=pl.int_range(pl.len()))
    rows = _placed(rows, labels, by, run.across)
    fits = rows
    if run.fits is not run.tables:
        fits = _placed(_grouped(run.fits[k], by, run.across), labels, by, run.across)
    text = {key: [text_of(x) for x in labels[key]] for key in by}
    names = pl.DataFrame(
        {
            "population": text.get("_population", ["total"] * labels.height),
            "segment_by": [name] * labels.height,
            "segment": text.get("_segment", [None] * labels.height),
        },
        schema=dict.fromkeys(_KEY, pl.String),
    )
    return _Family(rows, fits, names, labels.height, labels.height * (2 if run.across else 1))


def _grouped(table: pl.DataFrame, by: list[str], across) -> pl.DataFrame:
    """The sums by group, unit and cell, without those who are in no group."""
    table = table.drop_nulls(by) if by else table
    ids = [name for name in _IDS if name in table.columns]
    sums = pl.exclude("^_(across|population|segment|stratum|cluster|margin|smallest|largest|bad).*$", *ids).sum()
    return table.group_by([*by, *(["_across"] if across else []), *ids]).agg(sums)


def _placed(rows: pl.DataFrame, labels: pl.DataFrame, by: list[str], across) -> pl.DataFrame:
    """The rows with the number of their domain and part."""
    rows = rows.join(labels, on=by) if by else rows.with_columns(domain=pl.lit(0, pl.Int64))
    if across:
        side = {across[1]: 0, across[2]: 1}
        sides = pl.Series("_side", [side.get(text_of(value)) for value in rows["_across"]], dtype=pl.Int64)
        rows = rows.with_columns(sides).drop_nulls("_side")
        rows = rows.with_columns(part=2 * pl.col("domain") + pl.col("_side"))
    else:
        rows = rows.with_columns(part="domain")
    return rows.sort("part", *(name for name in _IDS if name in rows.columns))


_IDS = ("stratum", "unit", "cell")


@dataclass(frozen=True)
class _Linear:
    """Per part × term: estimate, its base and simple-random variance; per row × term: linearised sums.

    u = (a − r·b)/Σwb; ``z`` sums w·u, ``zz`` its squares and ``wz`` w²·u over the respondents; ``qu`` sums q·u, per
    row of the fits.
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


def _linear(family: _Family, run: Run) -> _Linear:
    terms, part = run.terms, family.array("part")

    def role(name: str) -> np.ndarray:
        return _role(family.rows, terms, name)

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
            qu=_residual(family, terms, np.where(total, 0.0, value), base) if calibrated else None,
        )


@dataclass(frozen=True)
class _Scores:
    """Linearised sums ``z`` per domain × unit, ``zz`` their squares over the unit's clusters (rows × terms)."""

    domain: np.ndarray
    unit: np.ndarray
    z: np.ndarray
    zz: np.ndarray


def _residual(family: _Family, terms: Sequence[Term], r: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Σq·u per row of the fits."""
    part = family.fits["part"].to_numpy()
    return (_role(family.fits, terms, "qa") - r[part] * _role(family.fits, terms, "qb")) / base[part]


def _scores(family: _Family, linear: _Linear, run: Run, *, sides: bool = False) -> _Scores:
    """The scores of each domain, or of its change: after minus before, cluster by cluster."""

    def signed(rows: pl.DataFrame, sums: np.ndarray) -> np.ndarray:
        sign = np.where(rows["part"].to_numpy() % 2, 1.0, -1.0)[:, None] if sides else 1.0
        return np.nan_to_num(sums) * sign

    z = signed(family.rows, linear.z)
    zz = z if linear.zz is None else np.nan_to_num(linear.zz)
    domain, unit = family.array("domain"), family.array("unit")
    if run.design.calibrated_on:
        wz, qu = signed(family.rows, linear.wz), signed(family.fits, linear.qu)
        domain, unit, z, zz = _residuals(family, run, z, zz, wz, qu)
    (domain, unit), (z, zz) = _summed((domain, unit), (z, zz))
    return _Scores(domain, unit, z, z**2 if run.design.clusters else zz)


def _residuals(family: _Family, run: Run, z, zz, wz, qu):
    """The scores of calibrated weights: what the margins do not explain, for the whole sample per domain.

    With x the margins' 0/1 columns, u is replaced by u − x'β, where β regresses u on x with weights q
    (Deville & Särndal 1992; R's svyrecvar).
    """
    cells, x, units = run.sample.cells, run.sample.margins, len(run.sample.unit_stratum)
    at, shape = (cells["unit"].to_numpy(), cells["cell"].to_numpy()), (units, len(x))
    w, ww, q = (sparse.csr_matrix((cells[name].to_numpy(), at), shape=shape) for name in ("_w", "_ww", "_q"))
    inverse = np.linalg.pinv(x.T @ (q.sum(axis=0).A1[:, None] * x), hermitian=True)
    domain, unit = family.array("domain"), family.array("unit")
    of_fits, cell = (family.fits[name].to_numpy() for name in ("domain", "cell"))
    found = np.unique(domain)
    out_z, out_zz = [], []
    for d in found:
        mine, fitted = domain == d, of_fits == d
        fit = x @ (inverse @ (x.T @ _sum(cell[fitted], qu[fitted], len(x))))
        out_z.append(_sum(unit[mine], z[mine], units) - w @ fit)
        if not run.design.clusters:
            squares = zz[mine] - 2 * fit[cell[fitted]] * wz[mine]
            out_zz.append(_sum(unit[mine], squares, units) + ww @ fit**2)
    z = np.concatenate(out_z)
    return np.repeat(found, units), np.tile(np.arange(units), len(found)), z, np.concatenate(out_zz or [z])


def _variance(family: _Family, scores: _Scores, run: Run) -> np.ndarray:
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
        ids, (n_answered,) = _summed(
            (family.array("domain"), family.array("stratum")), (_role(family.rows, run.terms, "n"),)
        )
        present = (n_answered > 0).astype(float)
        known = present * ~np.isnan(sample.factor("average")[ids[1]])[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            variance *= _sum(ids[0], present, len(variance)) / _sum(ids[0], known, len(variance))
    return variance


def _degrees(family: _Family, run: Run, counts: np.ndarray) -> np.ndarray:
    """Clusters − strata per domain, of the rows where ``counts`` (respondents, rows × terms) is above 0."""
    d, size = family.array("domain"), family.domains
    (domain, _), (in_unit,) = _summed((d, family.array("unit")), (counts,))
    (of_stratum, _), (in_stratum,) = _summed((d, family.array("stratum")), (counts,))
    clusters = _sum(domain, (in_unit > 0).astype(float) if run.design.clusters else in_unit, size)
    return clusters - _sum(of_stratum, (in_stratum > 0).astype(float), size)


def _estimates(family: _Family, run: Run, level: float, method: Interval, replacement: bool) -> pl.DataFrame:
    linear = _linear(family, run)
    variance = np.where(linear.same, np.nan, _variance(family, _scores(family, linear, run), run))
    variance[linear.n == 0] = np.nan
    drawn = np.broadcast_to(family.array("_drawn")[:, None], (family.rows.height, len(run.terms)))
    df, df_answered = (_degrees(family, run, n) for n in (drawn, _role(family.rows, run.terms, "n")))
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


def _changes(family: _Family, run: Run, level: float) -> pl.DataFrame:
    linear = _linear(family, run)
    parts = {name: getattr(family, name).with_columns(domain="part") for name in ("rows", "fits")}
    alone = replace(family, **parts, domains=family.parts)
    unknown = np.where(linear.same | (linear.n == 0), np.nan, 0.0)
    se = np.sqrt(_variance(alone, _scores(alone, linear, run), run)) + unknown
    se_change = np.sqrt(_variance(family, _scores(family, linear, run, sides=True), run))
    se_change += unknown[0::2] + unknown[1::2]
    df = _degrees(family, run, _role(family.rows, run.terms, "n")) - 1
    columns = _test(linear.value[0::2], linear.value[1::2], se[0::2], se[1::2], se_change, df, level)
    columns |= {"n_before": linear.n[0::2], "n_after": linear.n[1::2]}
    return _labelled(family, run.terms, columns, ("df", "n_before", "n_after"))


def _labelled(family: _Family, terms: Sequence[Term], columns: dict[str, np.ndarray], whole) -> pl.DataFrame:
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
    return special.stdtrit(np.where(df > 0, df, np.nan), (1 + level) / 2)


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


def _sum(ids: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Rows of ``values`` summed by id: size × columns."""
    picker = sparse.csr_matrix((np.ones(len(ids)), (ids, np.arange(len(ids)))), shape=(size, len(ids)))
    return picker @ values


def _summed(keys: tuple[np.ndarray, np.ndarray], values: tuple[np.ndarray, ...]):
    """The distinct pairs of two ids, and each array's rows summed by pair."""
    width = int(keys[1].max(initial=0)) + 1
    pairs, inverse = np.unique(keys[0].astype(np.int64) * width + keys[1], return_inverse=True)
    return np.divmod(pairs, width), tuple(_sum(inverse, value, len(pairs)) for value in values)
