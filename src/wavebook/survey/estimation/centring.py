"""Second sums over the respondents, from about the mean of their group, for estimates that would lose digits.

Σw²(y − r)² is made of the sums of w²y², w²y and w², which stream by before r is known. If one weight is a million
times all others, or the mean a thousand times the spread, only rounding is left of them. From a centre c near r,
y − c has all its digits; and whatever the centre, the sums give the same estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from wavebook.survey.estimation.families import IDS, Family, placed
from wavebook.survey.estimation.sample import Run, numbered, text_of
from wavebook.survey.estimation.totals import Sums, Term


def centred(family: Family, run: Run, centre: np.ndarray, lost: Sequence[int]) -> tuple[Family, Run, list[Term]]:
    """The family and terms with sums of a − centre·b for each part and each ``lost`` term; a pass over the rows."""
    by = [name for name in family.keys.columns if name.startswith("_") and name != "_"]
    columns = {"_population": run.population, "_segment": run.breakdowns.get(family.labels["segment_by"][0])}
    keys = {name: column for name in by if (column := columns[name]) is not None}
    keys |= {"_across": run.across[0]} if run.across else {}
    design = dict(run.keys)
    prepared = [expression for name, expression in run.prepared.items() if not name.startswith("_")]
    rows = run.frame.select(*prepared, *(pl.col(column).alias(key) for key, column in (keys | design).items()))
    w = [name for name in ("w", "q") if name in run.prepared]
    sides = {f"a:{k}": run.terms[k].top for k in lost} | {f"b:{k}": run.terms[k].bottom for k in lost}
    centres = _centres(family, run, centre, lost, by)
    rows = rows.select(*w, *keys, *design, **sides, _all=pl.lit(0)).join(centres.lazy(), on=["_all", *keys])
    rows = rows.with_columns((pl.col(f"a:{k}") - pl.col(f"c:{k}") * pl.col(f"b:{k}")).alias(f"a:{k}") for k in lost)
    sums, terms = Sums(run.design, pl.Schema()), list(run.terms)
    for k in lost:
        roles = sums.ratio(f"centred {k}", pl.col(f"a:{k}"), pl.col(f"b:{k}"))
        kept = {role: name for role, name in terms[k].sums.items() if role in ("c", "n", "low", "high", "met")}
        terms[k] = replace(terms[k], sums=roles | kept)

    def again(old: pl.DataFrame, wanted: dict[str, pl.Expr]) -> pl.DataFrame:
        ids = [name for name in IDS if name in old.columns]
        by_design = [name for name in design if ("cell" in ids or not name.startswith("_margin"))]
        by_design = [name for name in by_design if "unit" in ids or name.startswith("_margin")]
        table = rows.group_by(["_all", *keys, *by_design]).agg(wanted.values()).collect(engine="streaming")
        table = numbered(table if "_stratum0" in table.columns else table.with_columns(_stratum0=0), run.sample.indices)
        new = placed(table.drop("_all", *by_design), family.keys, by, run.across)
        return old.join(new.select("part", *ids, *wanted), on=["part", *ids], how="left", maintain_order="left")

    split = family.fits is not family.rows
    found = again(family.rows, sums.sums if split else sums.sums | sums.fits)
    fits = again(family.fits, sums.fits) if split else found
    return replace(family, rows=found, fits=fits), run, terms


def _centres(family: Family, run: Run, centre: np.ndarray, lost: Sequence[int], by: list[str]) -> pl.DataFrame:
    """The centres of each part, by the columns of its group."""
    parts = family.keys.select(*by, "domain") if by else pl.DataFrame({"domain": [0]})
    if run.across:
        sides = run.tables[0].select("_across").unique()
        side = {run.across[1]: 0, run.across[2]: 1}
        number = pl.Series("side", [side.get(text_of(value)) for value in sides["_across"]], dtype=pl.Int64)
        parts = parts.join(sides.with_columns(number).drop_nulls("side"), how="cross")
        part = parts["domain"].to_numpy() * 2 + parts["side"].to_numpy()
    else:
        part = parts["domain"].to_numpy()
    parts = parts.drop("domain", "side", strict=False).with_columns(_all=pl.lit(0))
    return parts.with_columns(pl.Series(f"c:{k}", centre[part, k]) for k in lost)
