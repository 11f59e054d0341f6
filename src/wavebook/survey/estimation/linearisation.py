"""Linearised scores of estimates and their variances, from sums per group × stratum × cluster.

A mean r = Σwa / Σwb in a group is linearised to u = (a − r·b)/Σwb in it and 0 outside. Its variance is that of the
total Σw·u under the whole sample's design (Binder 1983; Lumley 2010, chapters 2 and 4), with calibrated weights after
removing the part of u that the margins explain (Deville & Särndal 1992).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from wavebook.survey.estimation.centring import centred
from wavebook.survey.estimation.families import Family, add_up, add_up_pairs, role_of
from wavebook.survey.estimation.sample import Run
from wavebook.survey.estimation.totals import Term

SAME = 1e-13
"""A spread below this part of the sum of squares is rounding error: all answers are the same."""

LOST = {False: 1e-6, True: 1e-14}
"""Squares below this part of their terms have lost digits; with clusters those were lost before squaring."""

NOTHING = {False: 1e-13, True: 1e-26}
"""A variance below this part of its terms is rounding error: it is 0."""


@dataclass(frozen=True)
class Linear:
    """Per part × term: estimate, base and simple-random variance; per row × term: linearised sums.

    u = (a − r·b)/base, where r is the estimate and base Σwb, or 0 and 1 for a total; ``z`` sums w·u, ``zz`` its squares
    and ``wz`` w²·u over the respondents; ``qu`` sums q·u, per row of the fits. ``size`` sums the sizes of what the
    squares are made of: below a tiny part of it they are rounding error. ``lost``: too many digits are.
    """

    value: np.ndarray
    r: np.ndarray
    base: np.ndarray
    n: np.ndarray
    count: np.ndarray
    same: np.ndarray
    lost: np.ndarray
    simple: np.ndarray
    simple_left: np.ndarray
    z: np.ndarray
    zz: np.ndarray | None
    size: np.ndarray
    wz: np.ndarray | None
    qu: np.ndarray | None


def linearise(family: Family, run: Run) -> Linear:
    """The estimates of a family and the sums of their linearised scores.

    If digits would be lost (one weight far above all others; a spread far below the mean), the respondents are
    summed again, from about the mean of their group.
    """
    plain = _linear(family, run, run.terms)
    if not plain.lost.any():
        return plain
    centre = np.where(plain.lost & np.isfinite(plain.r), plain.r, 0.0)
    return _linear(*centred(family, run, centre, np.flatnonzero(plain.lost.any(axis=0)).tolist()), centre)


def _linear(family: Family, run: Run, terms: Sequence[Term], centre: np.ndarray | float = 0.0) -> Linear:
    """The same from sums whose a is a − centre·b, for each part × term."""
    part = family.array("part")

    def role(name: str) -> np.ndarray:
        return role_of(family.rows, terms, name)

    def of_part(name: str) -> np.ndarray:
        return add_up(part, role(name), family.parts)

    clustered, calibrated = bool(run.design.clusters), bool(run.design.margins)
    total, share = (np.array([term.measure == measure for term in terms]) for measure in ("total", "share"))
    # a share of ones and zeros, whose squares need no subtraction
    binary = np.array([term.sums.get("v") == term.sums["a"] for term in terms])
    n, ww = of_part("n"), of_part("ww")
    base = np.where(total, 1.0, of_part("b"))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(n > 0, of_part("a") / base, np.nan)
        r = np.where(total, 0.0, value)
        spread = _squares(binary, r, of_part("v"), of_part("vab"), of_part("vbb"))
        simple, left = spread / ww / (n - 1) * (ww / base) ** 2, (ww - n) / ww
        a, b, base_of_row, r_of_row = role("a"), role("b"), base[part], r[part]
        z = (a - r_of_row * b) / base_of_row
        squares = binary, r_of_row, role("aa"), role("ab"), role("bb")
        zz, of_rows = (_squares(*squares, size=size) / base_of_row**2 for size in (False, True))
        size = of_rows
        if clustered:  # Σw|a| is no more than √(Σw·Σwa²)
            tops, bottoms = (np.sqrt(role("ww") * role(name)) for name in ("v", "vbb"))
            size = (np.maximum(np.abs(a), tops) + np.abs(r_of_row) * bottoms) ** 2 / base_of_row**2
        ranged = np.array(["low" in term.sums for term in terms])
        same = np.where(ranged, _alike(family, terms, part), (spread <= SAME * of_part("v")) & ~binary)
        same = np.where(share, (of_part("c") == 0) | (of_part("c") == n), same)
        of_size, of_square = (add_up(part, np.nan_to_num(x), family.parts) for x in (size, z**2 if clustered else zz))
        of_spread = _squares(binary, r, of_part("v"), of_part("vab"), of_part("vbb"), size=True)
        lost = (of_square <= LOST[clustered] * of_size) | (spread <= LOST[False] * of_spread)
        lost &= (n > 1) & ~same & ~total
        return Linear(
            value=value + np.where(total, 0.0, centre),
            r=r + centre,
            base=base,
            n=n,
            count=np.where(share, of_part("c"), np.nan),
            same=(same | (n <= 1)) & ~total,
            lost=lost,
            simple=np.where(total, np.nan, simple),
            simple_left=left,
            z=z,
            zz=zz if not clustered or run.design.people_size else None,
            size=size,
            wz=(role("aw") - r_of_row * role("bw")) / base_of_row if calibrated else None,
            qu=_residual(family, terms, r, base) if calibrated else None,
        )


def _squares(binary: np.ndarray, r: np.ndarray, aa, ab, bb, *, size: bool = False) -> np.ndarray:
    """Σ(a − r·b)² from sums of products; with ``size`` the sum of the terms added and subtracted, each as positive."""
    if size:
        return np.where(binary, (1 - r) ** 2 * aa + r**2 * bb, aa + 2 * np.abs(r * ab) + r**2 * bb)
    return np.where(binary, (1 - r) ** 2 * aa + r**2 * (bb - aa), aa - 2 * r * ab + r**2 * bb)


def _alike(family: Family, terms: Sequence[Term], part: np.ndarray) -> np.ndarray:
    """Tell where all answers are the same number, by part × term."""
    out = np.zeros((family.parts, len(terms)), dtype=bool)
    for j, term in enumerate(terms):
        if "low" in term.sums:
            ends = family.rows.select(pl.col(term.sums["low"]), pl.col(term.sums["high"]), part=part)
            ends = ends.group_by("part").agg(pl.col(term.sums["low"]).min(), pl.col(term.sums["high"]).max())
            out[ends["part"].to_numpy(), j] = (ends[term.sums["low"]] == ends[term.sums["high"]]).fill_null(True)
    return out


@dataclass(frozen=True)
class Scores:
    """Linearised sums ``z`` per domain × unit, ``zz`` the squares of its respondents (rows × terms).

    With one stage of clusters, ``zz`` has no meaning. ``size`` bounds the terms of the squares.
    """

    domain: np.ndarray
    unit: np.ndarray
    z: np.ndarray
    zz: np.ndarray
    size: np.ndarray


def _residual(family: Family, terms: Sequence[Term], r: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Σq·u per row of the fits."""
    part = family.fits["part"].to_numpy()
    return (role_of(family.fits, terms, "qa") - r[part] * role_of(family.fits, terms, "qb")) / base[part]


def scores_of(family: Family, linear: Linear, run: Run, *, sides: bool = False) -> Scores:
    """The scores of each domain, or of its change: after minus before, cluster by cluster."""

    def signed(rows: pl.DataFrame, sums: np.ndarray) -> np.ndarray:
        sign = np.where(rows["part"].to_numpy() % 2, 1.0, -1.0)[:, None] if sides else 1.0
        return np.nan_to_num(sums) * sign

    z, size = signed(family.rows, linear.z), np.nan_to_num(linear.size)
    zz = z**2 if linear.zz is None else np.nan_to_num(linear.zz)
    domain, unit = family.array("domain"), family.array("unit")
    (of_size, at), (size,) = add_up_pairs((domain, unit), (size,))
    if linear.wz is not None and linear.qu is not None:
        wz, qu = signed(family.rows, linear.wz), signed(family.fits, linear.qu)
        domain, unit, z, zz = _residuals(family, run, z, zz, wz, qu)
    (domain, unit), (z, zz) = add_up_pairs((domain, unit), (z, zz))
    full = np.zeros_like(z)
    full[np.searchsorted(domain * (unit.max() + 1) + unit, of_size * (unit.max() + 1) + at)] = size
    return Scores(domain, unit, z, zz, full)


def _residuals(family: Family, run: Run, z, zz, wz, qu):
    """The scores of calibrated weights: the part that the margins do not explain, for the whole sample per domain."""
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
    """The part of u that the margins of calibrated weights explain, by cell of the margins × term, for each domain.

    With x the margins' 0/1 columns that is x'β, where β regresses u on x with weights q (Deville & Särndal 1992; R's
    svyrecvar).
    """
    x, q = run.sample.cells.columns, np.asarray(_by_cell(run, "_q").sum(axis=0)).ravel()
    inverse = np.linalg.pinv(x.T @ (q[:, None] * x), hermitian=True)
    domain, cell = (family.fits[name].to_numpy() for name in ("domain", "cell"))
    for d in range(family.domains):
        mine = domain == d
        yield x @ (inverse @ (x.T @ add_up(cell[mine], np.nan_to_num(qu[mine]), len(x))))


def _by_cell(run: Run, name: str) -> sparse.csr_matrix:
    """A sum of the whole sample by unit × cell of the margins."""
    cells = run.sample.cells.sums
    at = cells["unit"].to_numpy(), cells["cell"].to_numpy()
    shape = len(run.sample.unit_stratum), len(run.sample.cells.columns)
    return sparse.csr_matrix((cells[name].to_numpy(), at), shape=shape)


def variances(family: Family, scores: Scores, run: Run) -> np.ndarray:
    """Variance per domain × term: Σ over strata of (1 − n/N) · n/(n − 1) · (Σz² − (Σz)²/n); exactly 0 where it is 0."""
    sample, clustered = run.sample, bool(run.design.clusters)
    of_unit = sample.unit_stratum[scores.unit]
    key = scores.domain, of_unit
    (domain, stratum), (z, zz, size) = add_up_pairs(key, (scores.z, scores.zz, scores.size))
    n = sample.n[stratum][:, None]
    mean = z / n * (n > 1)
    if clustered:  # from their mean, which keeps the digits; absent ones are 0
        here = np.searchsorted(domain * len(sample.n) + stratum, key[0] * len(sample.n) + key[1])
        apart = np.where(n[here] > 1, (scores.z - mean[here]) ** 2, scores.z**2)
        (_, _), (within, met) = add_up_pairs(key, (apart, np.ones((len(here), 1))))
        within += (n - met) * mean**2
    else:
        within = zz - n * mean**2
    rounding = NOTHING[clustered] * (1e4 if run.design.margins else 1.0) * size
    parts = sample.factor(run.design.lonely)[stratum][:, None] * np.where(within <= rounding, 0.0, within)
    variance = add_up(domain, np.nan_to_num(parts), family.domains)
    if sample.people is not None:
        m = sample.people[scores.unit][:, None]
        apart = np.where(m > 1, scores.zz - scores.z**2 / m, scores.zz)
        apart = np.where(apart <= NOTHING[False] * scores.zz, 0.0, apart)
        factor = sample.people_factor(run.design.lonely)[scores.unit][:, None]
        variance += add_up(scores.domain, factor * apart, family.domains)
    with np.errstate(invalid="ignore"):
        return variance * _averaged(family, run) if run.design.lonely == "average" else variance


def _averaged(family: Family, run: Run) -> np.ndarray:
    """R's factor under the rule *average*: strata over those with more than one cluster, by domain × term.

    The strata are those in which somebody of the domain answered, with any weight; with calibrated weights, all.
    """
    known = ~np.isnan(run.sample.factor("average"))
    if run.design.margins:
        return np.full((family.domains, 1), len(known) / known.sum() if known.any() else np.nan)
    ids, (met,) = add_up_pairs(
        (family.array("domain"), family.array("stratum")), (role_of(family.rows, run.terms, "met"),)
    )
    present = (met > 0).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        every, some = (add_up(ids[0], x, family.domains) for x in (present, present * known[ids[1]][:, None]))
        return every / some


def degrees(family: Family, run: Run, counts: np.ndarray) -> np.ndarray:
    """Clusters − strata per domain, of the rows where ``counts`` (respondents, rows × terms) is above 0."""
    d, size = family.array("domain"), family.domains
    (domain, _), (in_unit,) = add_up_pairs((d, family.array("unit")), (counts,))
    (of_stratum, _), (in_stratum,) = add_up_pairs((d, family.array("stratum")), (counts,))
    clusters = add_up(domain, (in_unit > 0).astype(float) if run.design.clusters else in_unit, size)
    return clusters - add_up(of_stratum, (in_stratum > 0).astype(float), size)
