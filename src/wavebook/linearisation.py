"""Linearised scores of estimates and their variances, from sums per group × stratum × cluster.

A mean r = Σwa / Σwb in a group is linearised to u = (a − r·b)/Σwb in it and 0 outside. Its variance is that of the
total Σw·u under the whole sample's design (Binder 1983; Lumley 2010, chapters 2 and 4), with calibrated weights after
what the margins explain of u was taken off (Deville & Särndal 1992).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from wavebook.sample import Run, text_of
from wavebook.sums import Term

SAME = 1e-13
"""A spread below this part of the sum of squares is rounding: all answers are the same."""

KEY = ("population", "segment_by", "segment")


@dataclass(frozen=True)
class Family:
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
        """A column of the rows."""
        return self.rows[name].to_numpy()


def role_of(rows: pl.DataFrame, terms: Sequence[Term], role: str) -> np.ndarray:
    """The sums that have this role in each term, rows × terms; 0 where a term does not have it."""
    out = np.zeros((rows.height, len(terms)))
    for j, term in enumerate(terms):
        if role in term.sums:
            out[:, j] = rows[term.sums[role]].to_numpy()
    return out


def families(run: Run) -> Iterator[Family]:
    """Everyone, each population, each segment and each segment by population, in that order."""
    for k, name in enumerate([None, *run.breakdowns]):
        for by_population in (False, True) if run.population else (False,):
            by = ["_population"] * by_population + ["_segment"] * bool(name)
            family = _family(run, max(k - 1, 0), by, name)
            if family.domains:
                yield family


def _family(run: Run, k: int, by: list[str], name: str | None) -> Family:
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
        schema=dict.fromkeys(KEY, pl.String),
    )
    return Family(rows, fits, names, labels.height, labels.height * (2 if run.across else 1))


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
class Linear:
    """Per part × term: estimate, base and simple-random variance; per row × term: linearised sums.

    u = (a − r·b)/base, where r is the estimate and base Σwb, or 0 and 1 for a total; ``z`` sums w·u, ``zz`` its squares
    and ``wz`` w²·u over the respondents; ``qu`` sums q·u, per row of the fits.
    """

    value: np.ndarray
    r: np.ndarray
    base: np.ndarray
    n: np.ndarray
    count: np.ndarray
    same: np.ndarray
    simple: np.ndarray
    simple_left: np.ndarray
    z: np.ndarray
    zz: np.ndarray | None
    wz: np.ndarray | None
    qu: np.ndarray | None


def linearise(family: Family, run: Run) -> Linear:
    """The estimates of a family and the sums of their linearised scores."""
    terms, part = run.terms, family.array("part")

    def role(name: str) -> np.ndarray:
        return role_of(family.rows, terms, name)

    of_part = {name: add_up(part, role(name), family.parts) for name in ("a", "b", "n", "c", "v", "vab", "vbb", "ww")}
    clustered, calibrated = bool(run.design.clusters), bool(run.design.calibrated_on)
    total, share = (np.array([term.measure == measure for term in terms]) for measure in ("total", "share"))
    n, base = of_part["n"], np.where(total, 1.0, of_part["b"])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(n > 0, of_part["a"] / base, np.nan)
        r_of_part = np.where(total, 0.0, value)
        r, base_of_row = r_of_part[part], base[part]
        spread = of_part["v"] - 2 * r_of_part * of_part["vab"] + r_of_part**2 * of_part["vbb"]
        mean_square = spread / of_part["ww"] * n / (n - 1) * (of_part["ww"] / base) ** 2
        simple, left = mean_square / n, (of_part["ww"] - n) / of_part["ww"]
        same = np.where(share, (of_part["c"] == 0) | (of_part["c"] == n), spread <= SAME * of_part["v"])
        return Linear(
            value=value,
            r=r_of_part,
            base=base,
            n=n,
            count=np.where(share, of_part["c"], np.nan),
            same=(same | (n <= 1)) & ~total,
            simple=np.where(total, np.nan, simple),
            simple_left=left,
            z=(role("a") - r * role("b")) / base_of_row,
            zz=None if clustered else (role("aa") - 2 * r * role("ab") + r**2 * role("bb")) / base_of_row**2,
            wz=(role("aw") - r * role("bw")) / base_of_row if calibrated else None,
            qu=_residual(family, terms, r_of_part, base) if calibrated else None,
        )


@dataclass(frozen=True)
class Scores:
    """Linearised sums ``z`` per domain × unit, ``zz`` their squares over the unit's clusters (rows × terms)."""

    domain: np.ndarray
    unit: np.ndarray
    z: np.ndarray
    zz: np.ndarray


def _residual(family: Family, terms: Sequence[Term], r: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Σq·u per row of the fits."""
    part = family.fits["part"].to_numpy()
    return (role_of(family.fits, terms, "qa") - r[part] * role_of(family.fits, terms, "qb")) / base[part]


def scores_of(family: Family, linear: Linear, run: Run, *, sides: bool = False) -> Scores:
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
    (domain, unit), (z, zz) = add_up_pairs((domain, unit), (z, zz))
    return Scores(domain, unit, z, z**2 if run.design.clusters else zz)


def _residuals(family: Family, run: Run, z, zz, wz, qu):
    """The scores of calibrated weights: what the margins do not explain, for the whole sample per domain."""
    units = len(run.sample.unit_stratum)
    w, ww = (_by_cell(run, name) for name in ("_w", "_ww"))
    domain, unit = family.array("domain"), family.array("unit")
    of_fits, cell = (family.fits[name].to_numpy() for name in ("domain", "cell"))
    out_z, out_zz = [], []
    for d, fit in enumerate(fits_of(family, run, qu)):
        mine = domain == d
        out_z.append(add_up(unit[mine], z[mine], units) - w @ fit)
        if not run.design.clusters:
            squares = zz[mine] - 2 * fit[cell[of_fits == d]] * wz[mine]
            out_zz.append(add_up(unit[mine], squares, units) + ww @ fit**2)
    z, found = np.concatenate(out_z), np.arange(family.domains)
    return np.repeat(found, units), np.tile(np.arange(units), len(found)), z, np.concatenate(out_zz or [z])


def fits_of(family: Family, run: Run, qu: np.ndarray) -> Iterator[np.ndarray]:
    """What the margins of calibrated weights explain of u, by cell of the margins × term, for each domain.

    With x the margins' 0/1 columns that is x'β, where β regresses u on x with weights q (Deville & Särndal 1992; R's
    svyrecvar).
    """
    x, q = run.sample.margins, _by_cell(run, "_q").sum(axis=0).A1
    inverse = np.linalg.pinv(x.T @ (q[:, None] * x), hermitian=True)
    domain, cell = (family.fits[name].to_numpy() for name in ("domain", "cell"))
    for d in range(family.domains):
        mine = domain == d
        yield x @ (inverse @ (x.T @ add_up(cell[mine], np.nan_to_num(qu[mine]), len(x))))


def _by_cell(run: Run, name: str) -> sparse.csr_matrix:
    """A sum of the whole sample by unit × cell of the margins."""
    cells = run.sample.cells
    at, shape = (
        (cells["unit"].to_numpy(), cells["cell"].to_numpy()),
        (len(run.sample.unit_stratum), len(run.sample.margins)),
    )
    return sparse.csr_matrix((cells[name].to_numpy(), at), shape=shape)


def variances(family: Family, scores: Scores, run: Run) -> np.ndarray:
    """Variance per domain × term: Σ over strata of (1 − n/N) · n/(n − 1) · (Σz² − (Σz)²/n)."""
    sample = run.sample
    stratum = sample.unit_stratum[scores.unit]
    (domain, stratum), (z, zz) = add_up_pairs((scores.domain, stratum), (scores.z, scores.zz))
    n = sample.n[stratum][:, None]
    within = zz - np.where(n > 1, z**2 / n, 0.0)
    parts = sample.factor(run.design.lonely)[stratum][:, None] * np.maximum(within, 0.0)
    variance = add_up(domain, np.nan_to_num(parts), family.domains)
    if run.design.lonely == "average":
        # As R: the strata that have respondents of the domain with an answer, over those of them with a variance.
        ids, (n_answered,) = add_up_pairs(
            (family.array("domain"), family.array("stratum")), (role_of(family.rows, run.terms, "n"),)
        )
        present = (n_answered > 0).astype(float)
        known = present * ~np.isnan(sample.factor("average")[ids[1]])[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            variance *= add_up(ids[0], present, len(variance)) / add_up(ids[0], known, len(variance))
    return variance


def degrees(family: Family, run: Run, counts: np.ndarray) -> np.ndarray:
    """Clusters − strata per domain, of the rows where ``counts`` (respondents, rows × terms) is above 0."""
    d, size = family.array("domain"), family.domains
    (domain, _), (in_unit,) = add_up_pairs((d, family.array("unit")), (counts,))
    (of_stratum, _), (in_stratum,) = add_up_pairs((d, family.array("stratum")), (counts,))
    clusters = add_up(domain, (in_unit > 0).astype(float) if run.design.clusters else in_unit, size)
    return clusters - add_up(of_stratum, (in_stratum > 0).astype(float), size)


def add_up(ids: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Rows of ``values`` summed by id: size × columns."""
    picker = sparse.csr_matrix((np.ones(len(ids)), (ids, np.arange(len(ids)))), shape=(size, len(ids)))
    return picker @ values


def add_up_pairs(keys: tuple[np.ndarray, np.ndarray], values: tuple[np.ndarray, ...]):
    """The distinct pairs of two ids, and each array's rows summed by pair."""
    width = int(keys[1].max(initial=0)) + 1
    pairs, inverse = np.unique(keys[0].astype(np.int64) * width + keys[1], return_inverse=True)
    return np.divmod(pairs, width), tuple(add_up(inverse, value, len(pairs)) for value in values)
