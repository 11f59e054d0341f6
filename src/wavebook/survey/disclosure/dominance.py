"""The largest contributions of respondents to each figure, which must not follow from it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import polars as pl

from wavebook.figures import KEY_COLUMNS
from wavebook.survey.disclosure.rules import Settings, dominated

_SUMS = ("largest", "second_largest", "total")


def contributions(
    frame: pl.LazyFrame, weight: str | None, amounts: Sequence[str], breakdowns: Sequence[str], population: str | None
) -> pd.DataFrame:
    """The largest two weighted contributions to each of the ``amounts``, and their total, by group.

    Columns ``largest``, ``second_largest`` and ``total``, beside those of the key without the wave.
    """
    w = pl.col(weight) if weight else pl.lit(1.0)
    tables = [pd.DataFrame(columns=[*KEY_COLUMNS[1:], *_SUMS])]
    for name in amounts:
        parts = frame.with_columns(part=(w * pl.col(name)).abs())
        tables += [table.assign(indicator=name, category="") for table in _by_group(parts, breakdowns, population)]
    return pd.concat(tables[1:] or tables)


def heaviest(table: pd.DataFrame, frame: pl.LazyFrame, weight: str, settings: Settings) -> pd.DataFrame:
    """The table with the largest two weights in each group; among those who answered, if they may dominate it."""
    parts = frame.with_columns(part=pl.col(weight).cast(pl.Float64))
    breakdowns = [name for name in dict.fromkeys(table["segment_by"]) if name]
    population = "population" if table["population"].ne("").any() else None
    names = {"largest": "largest_weight", "second_largest": "second_largest_weight"}
    found = pd.concat(_by_group(parts, breakdowns, population)).drop(columns="total").rename(columns=names)
    table = table.merge(found, how="left", on=KEY_COLUMNS[2:5])
    most, columns = (
        table["largest_weight"],
        table["indicator"] + ("." + table["category"]).where(table["category"] != "", ""),
    )
    for name, rows in table[dominated(most, most, table["weight"], settings)].groupby(columns):
        for row in rows.itertuples():
            inside = [pl.col(name).is_not_null()]
            inside += [pl.col("population").cast(pl.String) == row.population] if row.population else []
            inside += [pl.col(row.segment_by).cast(pl.String) == row.segment] if row.segment_by else []
            (two,) = _two_largest(parts.filter(*inside).select("part"), []).select(*names).rows()
            table.loc[row.Index, list(names.values())] = two
    return table


def _by_group(parts: pl.LazyFrame, breakdowns: Sequence[str], population: str | None) -> list[pd.DataFrame]:
    """The largest two of ``part`` and their sum for everyone and each group, with population and segment."""
    tables = []
    for who in dict.fromkeys([None, population]):
        for by in (None, *breakdowns):
            keys = [key for key in (who, by) if key]
            labels = {
                "population": pl.col(who).cast(pl.String) if who else pl.lit(""),
                "segment_by": pl.lit(by or ""),
                "segment": pl.col(by).cast(pl.String) if by else pl.lit(""),
            }
            found = _two_largest(parts.select(*keys, "part").drop_nulls(), keys).select(*_SUMS, **labels)
            tables.append(pd.DataFrame(found.to_dict(as_series=False)))
    return tables


def _two_largest(rows: pl.LazyFrame, keys: list[str]) -> pl.DataFrame:
    """The largest two of ``part`` (0 where there is one) and their sum by ``keys``; no row is kept."""
    rows, keys = rows.with_columns(everyone=pl.lit(0)), [*keys, "everyone"]
    part, largest = pl.col("part"), pl.col("largest")
    sums = rows.group_by(keys).agg(largest=part.max(), total=part.sum()).collect(engine="streaming")
    rows = rows.join(sums.lazy(), on=keys)
    ties, below = (part == largest).sum(), pl.when(part < largest).then(part).max()
    second = rows.group_by(keys).agg(ties=ties, below=below).collect(engine="streaming")
    second_largest = pl.when(pl.col("ties") > 1).then(largest).otherwise(pl.col("below").fill_null(0.0))
    return sums.join(second, on=keys).with_columns(second_largest=second_largest).sort(keys)
