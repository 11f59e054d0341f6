"""The sums of one breakdown: by group × unit, with a number for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from wavebook.survey.estimation.sample import Run, text_of
from wavebook.survey.estimation.totals import Term

KEY = ("population", "segment_by", "segment")


@dataclass(frozen=True)
class Family:
    """The sums of one breakdown: a row per domain × part × unit, and a label per domain.

    A *part* is what gets its own estimate: a domain, or a domain before (even) or after (odd) a change. ``fits`` is by
    domain × part × cell of the margins; without clusters it and ``rows`` are one table, by all of these. ``keys``
    has the columns of the groups as they are in the rows.
    """

    rows: pl.DataFrame
    fits: pl.DataFrame
    labels: pl.DataFrame
    keys: pl.DataFrame
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
    rows = grouped(run.tables[k], by, run.across)
    labels = rows.select(by).unique().sort(by) if by else pl.DataFrame({"_": [0]})
    labels = labels.with_columns(domain=pl.int_range(pl.len()))
    rows = placed(rows, labels, by, run.across)
    fits = rows
    if run.fits is not run.tables:
        fits = placed(grouped(run.fits[k], by, run.across), labels, by, run.across)
    text = {key: [text_of(x) for x in labels[key]] for key in by}
    names = pl.DataFrame(
        {
            "population": text.get("_population", [""] * labels.height),
            "segment_by": [name] * labels.height,
            "segment": text.get("_segment", [None] * labels.height),
        },
        schema=dict.fromkeys(KEY, pl.String),
    )
    return Family(rows, fits, names, labels, labels.height, labels.height * (2 if run.across else 1))


def grouped(table: pl.DataFrame, by: list[str], across) -> pl.DataFrame:
    """The sums by group, unit and cell, without those who are in no group."""
    table = table.drop_nulls(by) if by else table
    ids = [name for name in IDS if name in table.columns]
    others = "^_(across|population|segment|stratum|cluster|margin|smallest|largest|bad|low|high).*$"
    extremes = pl.col("^_low:.*$").min(), pl.col("^_high:.*$").max()
    return table.group_by([*by, *(["_across"] if across else []), *ids]).agg(pl.exclude(others, *ids).sum(), *extremes)


def placed(rows: pl.DataFrame, labels: pl.DataFrame, by: list[str], across) -> pl.DataFrame:
    """The rows with the number of their domain and part."""
    rows = rows.join(labels, on=by) if by else rows.with_columns(domain=pl.lit(0, pl.Int64))
    if across:
        side = {across[1]: 0, across[2]: 1}
        sides = pl.Series("_side", [side.get(text_of(value)) for value in rows["_across"]], dtype=pl.Int64)
        rows = rows.with_columns(sides).drop_nulls("_side")
        rows = rows.with_columns(part=2 * pl.col("domain") + pl.col("_side"))
    else:
        rows = rows.with_columns(part="domain")
    return rows.sort("part", *(name for name in IDS if name in rows.columns))


IDS = ("stratum", "unit", "cell")


def add_up(ids: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Rows of ``values`` summed by id: size × columns, or only size if each row is one number."""
    if values.ndim == 1:
        return np.bincount(ids, values, size)
    out = np.empty((size, values.shape[1]))
    for j, column in enumerate(values.T):
        out[:, j] = np.bincount(ids, column, size)
    return out


def add_up_pairs(keys: tuple[np.ndarray, np.ndarray], values: tuple[np.ndarray, ...]):
    """The distinct pairs of two ids, and each array's rows summed by pair."""
    width = int(keys[1].max(initial=0)) + 1
    pairs, inverse = np.unique(keys[0].astype(np.int64) * width + keys[1], return_inverse=True)
    return np.divmod(pairs, width), tuple(add_up(inverse, value, len(pairs)) for value in values)
