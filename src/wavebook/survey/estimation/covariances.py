"""Covariances of estimates of one sample: two answers, two questions, a group and the whole, two groups.

With the linearised scores z of two estimates, cov = Σ over strata of (1 − n/N) · n/(n − 1) · (Σz·z′ − Σz·Σz′/n), summed
over clusters (Binder 1983). With clusters the scores of `linearisation` have everything needed. Without, Σz·z′ over
the respondents is made of sums of products per stratum, which stream by like all others: no table is as long as the
survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from wavebook.survey.estimation.design import Design, Indicator
from wavebook.survey.estimation.estimate import estimates_of
from wavebook.survey.estimation.families import Family, add_up, families
from wavebook.survey.estimation.linearisation import fits_of, linearise, scores_of
from wavebook.survey.estimation.sample import Run, run_over


def covariance(
    frame: pl.LazyFrame | pl.DataFrame,
    design: Design,
    indicators: Iterable[Indicator],
    breakdown: str | None = None,
    *,
    source: str = "respondents",
) -> tuple[pl.DataFrame, np.ndarray]:
    """The estimates of one breakdown (or of everyone) as `estimate`, and the covariance matrix of their rows.

    For contrasts that `change` does not make, such as one answer category against another. The single-cluster rule
    *average* has no covariance and raises ValueError.
    """
    if design.lonely == "average":
        raise ValueError("the covariance matrix needs another rule for single-cluster strata than average")
    if design.people_size:
        raise ValueError("the covariance matrix has no second stage: leave people_size out")
    indicators = list(indicators)
    names = [item.indicator for item in indicators]
    by = (breakdown,) if breakdown else ()
    run = run_over(frame, design, indicators, by, together=[*product(names, names)], source=source)
    *_, family = map(list, groups(run))
    m, every = len(run.terms), np.arange(len(run.terms))
    matrix = np.zeros((len(family), m, len(family), m))
    for a, b in product(range(len(family)), repeat=2):
        for i in range(m):
            matrix[a, i, b] = between(run, family[a], np.full(m, i), family[b], every, same_people=a == b)
    size = len(family) * m
    return estimates_of(run)[-size:], matrix.reshape(size, size)


@dataclass(frozen=True)
class Group:
    """The linearised estimates of one group: its place in the table, and arrays by term.

    ``z`` by unit × term. Without clusters covariances also need ``rows``, the sums of the group by stratum (× cell of
    the margins), ``r`` and ``base``; with calibrated weights the part that the margins explain by cell (``fit``), and
    w²·u by row (``wz``).
    """

    population: str
    segment_by: str
    segment: str
    z: np.ndarray
    r: np.ndarray
    base: np.ndarray
    rows: pl.DataFrame
    wz: np.ndarray | None
    fit: np.ndarray | None


def groups(run: Run) -> Iterator[Iterator[Group]]:
    """The groups of each family: everyone, the populations, and the segments of each breakdown in both."""
    return (_groups(family, run) for family in families(run))


def _groups(family: Family, run: Run) -> Iterator[Group]:
    linear = linearise(family, run)
    scores, sample = scores_of(family, linear, run), run.sample
    fits: list[np.ndarray | None] = [None] * family.domains
    if linear.qu is not None:
        fits = [*fits_of(family, run, linear.qu)]
    of_row = family.array("domain")
    for domain, label in enumerate(family.labels.iter_rows(named=True)):
        mine, here = scores.domain == domain, of_row == domain
        z = np.zeros((len(sample.unit_stratum), len(run.terms)))
        z[scores.unit[mine]] = scores.z[mine]
        wz = np.nan_to_num(linear.wz[here]) if linear.wz is not None else None
        yield Group(
            label["population"] or "",
            label["segment_by"] or "",
            label["segment"] or "",
            z,
            linear.r[domain],
            linear.base[domain],
            family.rows.filter(here),
            wz,
            fits[domain],
        )


def between(run: Run, one: Group, i: np.ndarray, other: Group, j: np.ndarray, *, same_people: bool) -> np.ndarray:
    """Covariances of terms ``i`` of one group with terms ``j`` of another, pair by pair.

    Two groups have no respondent in common unless ``same_people``: then all of ``one`` are in ``other``. Two terms of
    one group (``other`` is ``one``) must have been asked for ``together``; of two groups the terms are the same.
    """
    factor = np.nan_to_num(run.sample.factor(run.design.lonely))
    left, right = one.z[:, i], other.z[:, j]
    n, stratum = run.sample.n[:, None], run.sample.unit_stratum
    if run.design.clusters:
        left, right = (z - (add_up(stratum, z, len(n)) / n)[stratum] for z in (left, right))
        return factor[stratum] @ (left * right)
    products = _products(run, one, i, other, j) if same_people else 0.0
    products = products + _explained(run, one, i, other, j)
    return factor @ (products - np.where(n > 1, left * right / n, 0.0))


def _products(run: Run, one: Group, i: np.ndarray, other: Group, j: np.ndarray) -> np.ndarray:
    """Σz·z′ over the respondents of ``one``, before the margins are taken off, by stratum × pair."""
    stratum, out = one.rows["stratum"].to_numpy(), np.zeros((one.rows.height, len(i)))
    for k, (a, b) in enumerate(zip(i, j, strict=True)):
        swap = a > b
        roles = run.terms[a].sums if a == b else run.products[min(a, b), max(a, b)]
        names = ("aa", "ab", "ab", "bb") if a == b else ("aa", "ba", "ab", "bb") if swap else ("aa", "ab", "ba", "bb")
        aa, ab, ba, bb = (one.rows[roles[name]].to_numpy() if name in roles else 0.0 for name in names)
        r, s = one.r[a], other.r[b]
        out[:, k] = (aa - s * ab - r * ba + r * s * bb) / (one.base[a] * other.base[b])
    return add_up(stratum, np.nan_to_num(out), len(run.sample.n))


def _explained(run: Run, one: Group, i: np.ndarray, other: Group, j: np.ndarray) -> np.ndarray:
    """The addition to Σz·z′ from taking the margins off, by stratum × pair."""
    size = len(run.sample.n), len(i)
    out = np.zeros(size)
    if one.fit is None or other.fit is None or one.wz is None or other.wz is None:
        return out
    for group, wz, fit in ((one, one.wz[:, i], other.fit[:, j]), (other, other.wz[:, j], one.fit[:, i])):
        stratum, cell = (group.rows[name].to_numpy() for name in ("stratum", "cell"))
        out -= add_up(stratum, wz * fit[cell], size[0])
    cells = run.sample.cells.sums
    cell, ww = cells["cell"].to_numpy(), cells["_ww"].to_numpy()[:, None]
    return out + add_up(cells["unit"].to_numpy(), ww * one.fit[cell][:, i] * other.fit[cell][:, j], size[0])
