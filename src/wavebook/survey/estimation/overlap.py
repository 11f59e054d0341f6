"""Covariances of estimates of two waves that share members: a panel, or samples that overlap.

They are those of one sample in which both waves are stacked and each member is a cluster (see `estimate.change`): Σz·z′
is summed over the members in both. These are joined while both files stream by, a few estimates at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from wavebook.survey.estimation.covariances import Group
from wavebook.survey.estimation.families import add_up
from wavebook.survey.estimation.sample import Run, text_of
from wavebook.survey.estimation.weights import as_text

AT_ONCE = 8
"""Pairs of estimates whose scores are held side by side for all members in both waves."""

Place = tuple[str, str, str]
"""Population, breakdown and segment of a group."""


class Overlap:
    """The members in both of two waves; ``member`` is the column with their permanent number.

    With clusters in both designs, the clusters that are in both count, and no number is needed. ``known`` is false if
    nobody is in both or the designs do not match: one has clusters and the other does not, or members moved to another
    stratum.
    """

    def __init__(self, before: Run, after: Run, member: str):
        self.before, self.after, self.member = before, after, member
        self.clustered = bool(after.design.clusters)
        self.known = False
        strata = [_strata(run) for run in (before, after)]
        self.strata = sorted({name for names in strata for name in names})
        self.places = [np.searchsorted(self.strata, names) for names in strata]
        numbered = all(member in run.frame.collect_schema() for run in (before, after))
        if bool(before.design.clusters) != self.clustered or not (self.clustered or numbered):
            return
        if self.clustered:
            both = _units(before).join(_units(after), on=["_stratum", "_cluster"], suffix=":after")
            self.units = both["unit"].to_numpy(), both["unit:after"].to_numpy()
            stayed = both.group_by("_stratum").len()
        else:
            members = _rows(before, member).join(_rows(after, member), on="_member", suffix=":after")
            moves = members.group_by("_stratum", "_stratum:after").len().collect(engine="streaming")
            if moves.filter(pl.col("_stratum") != pl.col("_stratum:after")).height:
                return
            stayed = moves.select("_stratum", "len")
        self.known = stayed.height > 0
        n = sum(self._aligned(run.sample.n, place) for run, place in zip((before, after), self.places, strict=True))
        self.n = n - _by_name(stayed, self.strata, ["len"])[:, 0]
        self.factor = self.n / np.maximum(self.n - 1, 1)
        for run, place in zip((before, after), self.places, strict=True):
            self.factor = self.factor * np.sqrt(self._aligned(run.sample.left, place))

    def _aligned(self, array: np.ndarray, place: np.ndarray) -> np.ndarray:
        """An array by stratum of one wave, by the strata of both."""
        return add_up(place, array, len(self.strata))

    def covariances(
        self, one: Mapping[Place, Group], other: Mapping[Place, Group], i: np.ndarray, j: np.ndarray, **by: str
    ) -> Iterator[tuple[Place, np.ndarray]]:
        """By group that is in both waves, covariances of terms ``i`` of the first, ``j`` of the second.

        ``by`` names the columns of the groups: ``_population``, ``_segment``, both or none. Calibrated
        weights have none.
        """
        shared = [place for place in other if place in one]
        products = {} if self.clustered else self._products(one, other, i, j, by)
        for place in shared:
            left, right = one[place].z[:, i], other[place].z[:, j]
            sums = [
                self._aligned(add_up(run.sample.unit_stratum, z, len(run.sample.n)), own)
                for run, z, own in zip((self.before, self.after), (left, right), self.places, strict=True)
            ]
            if self.clustered:
                stratum = self.places[1][self.after.sample.unit_stratum[self.units[1]]]
                both = add_up(stratum, left[self.units[0]] * right[self.units[1]], len(self.strata))
            else:
                both = products.get(place, np.zeros((len(self.strata), len(i))))
            yield place, np.nan_to_num(self.factor) @ (both - sums[0] * sums[1] / self.n[:, None])

    def _products(self, one, other, i, j, by: Mapping[str, str]) -> dict[Place, np.ndarray]:
        """Σz·z′ over the members who are in one group in both waves, by stratum × pair."""
        found: dict[Place, list[np.ndarray]] = {}
        segment_by = next(iter(other))[1]
        every = [*zip(i.tolist(), j.tolist(), strict=True)]
        for pairs in (every[k : k + AT_ONCE] for k in range(0, len(every), AT_ONCE)):
            left = _scored(self.before, self.member, one, {a for a, _ in pairs}, by)
            right = _scored(self.after, self.member, other, {b for _, b in pairs}, by)
            both = left.join(right, on=["_member", *by], suffix=":after")
            sums = [(pl.col(f"z:{a}") * pl.col(f"z:{b}:after")).sum().alias(f"{a}:{b}") for a, b in pairs]
            sums_by = both.group_by("_stratum", *by).agg(sums).collect(engine="streaming")
            for key, rows in sums_by.partition_by([*by], as_dict=True).items() if by else [((), sums_by)]:
                label = dict(zip(by, key, strict=True))
                place = (label.get("_population", ""), segment_by, label.get("_segment", ""))
                names = [f"{a}:{b}" for a, b in pairs]
                found.setdefault(place, []).append(_by_name(rows, self.strata, names))
        return {place: np.hstack(parts) for place, parts in found.items()}


def _strata(run: Run) -> list[str]:
    """The names of a wave's strata, in their order."""
    columns = [name for name in run.sample.units.columns if name.startswith("_stratum")]
    rows = run.sample.units.select(*columns, "stratum").unique().sort("stratum").drop("stratum").rows()
    return ["|".join(map(text_of, row)) if run.design.strata else "" for row in rows]


def _units(run: Run) -> pl.DataFrame:
    """The clusters of a wave by name and number."""
    names = [name for name in run.sample.units.columns if name.startswith("_cluster")]
    cluster = ["|".join(map(text_of, row)) for row in run.sample.units.select(names).rows()]
    strata = _strata(run)
    stratum = [strata[h] for h in run.sample.unit_stratum]
    return pl.DataFrame({"_stratum": stratum, "_cluster": cluster, "unit": run.sample.units["unit"]})


def _rows(run: Run, member: str, by: Mapping[str, str] | None = None) -> pl.LazyFrame:
    """The respondents: their number, stratum, groups, cell of the margins, and the columns that the terms read."""
    schema = run.frame.collect_schema()

    def text(name: str) -> pl.Expr:
        return as_text(name, schema[name])

    names = [text(name) for name in run.design.strata]
    strata = pl.concat_str(names, separator="|") if names else pl.lit("")
    margins = {f"_margin{k}": pl.col(name) for k, name in enumerate(run.design.margins)}
    groups = {key: text(name) for key, name in (by or {}).items()}
    prepared = [expression for name, expression in run.prepared.items() if not name.startswith("_")]
    return run.frame.select(*prepared, _member=text(member), _stratum=strata, **groups, **margins)


def _scored(run: Run, member: str, groups: Mapping[Place, Group], terms: set[int], by) -> pl.LazyFrame:
    """Number, stratum, groups and linearised scores of the respondents, each in the group that they are in."""
    rows, keep = _rows(run, member, by), ["_member", "_stratum", *by]
    labels = {"_population": 0, "_segment": 2}
    table = pl.DataFrame(
        {key: [place[labels[key]] for place in groups] for key in by}
        | {f"r:{k}": [group.r[k] for group in groups.values()] for k in terms}
        | {f"base:{k}": [group.base[k] for group in groups.values()] for k in terms}
    )
    rows = rows.join(table.lazy(), on=[*by]) if by else rows.join(table.lazy(), how="cross")
    fit: dict[int, pl.Expr | float] = dict.fromkeys(terms, 0.0)
    if run.design.margins:
        (group,) = groups.values()
        names = [f"_margin{k}" for k in range(len(run.design.margins))]
        fits = np.zeros((len(run.sample.cells.columns), len(run.terms))) if group.fit is None else group.fit
        cells = run.sample.cells.names.sort("cell").select(names)
        cells = cells.with_columns(pl.Series(f"fit:{k}", fits[:, k]) for k in terms)
        rows = rows.join(cells.lazy(), on=names)
        fit = fit | {k: pl.col(f"fit:{k}") for k in terms}
    scores = {}
    for k in terms:
        term, base = run.terms[k], pl.col(f"base:{k}")
        u = (term.top - pl.col(f"r:{k}") * (0.0 if term.bottom is None else term.bottom)) / base
        scores[f"z:{k}"] = (pl.col("w") * (u - fit[k])).fill_null(0.0)
    return rows.select(*keep, **scores)


def _by_name(table: pl.DataFrame, strata: list[str], columns: list[str]) -> np.ndarray:
    """Columns of a table by stratum, 0 where it has none."""
    out = np.zeros((len(strata), len(columns)))
    out[np.searchsorted(strata, table["_stratum"].to_list())] = table.select(columns).to_numpy()
    return out
