"""Quantiles of a number, such as the median of an amount, with Woodruff's intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy import special

from wavebook.core.problems import Problem, fail
from wavebook.survey.estimation.design import Band, Design
from wavebook.survey.estimation.estimate import Interval, estimate, share_interval_of
from wavebook.survey.estimation.sample import text_of


def quantiles(
    frame: pl.LazyFrame | pl.DataFrame,
    design: Design,
    column: str,
    p: Sequence[float] = (0.5,),
    breakdown: str | None = None,
    *,
    level: float = 0.95,
    interval: Interval = "mean",
    source: str = "respondents",
) -> pl.DataFrame:
    """Quantiles of a column for everyone and for each value of a breakdown.

    The quantile is the smallest answer at or under which a part ``p`` of the weights lies. The ends of its interval are
    the quantiles of the ends of the interval of that part (Woodruff 1952; R's ``svyquantile``, qrule *math*);
    ``interval`` is the method for those. An end outside 0–1 is null, and so are both of the largest answer, above which
    the sample has nobody. ``se`` is the interval's width over 2t.

    One row per segment × p, with ``segment_by``, ``segment``, ``p``, ``value``, ``n``, ``se``, ``ci_low``, ``ci_high``,
    ``df``. Memory holds the weight of each different answer.

    Raises
    ------
    ProblemsError
        W150–W159 as `estimate`.
    """
    if not all(0 < x < 1 for x in p):
        raise ValueError(f"quantiles lie between 0 and 1: {p}")
    frame, by = frame.lazy(), [breakdown] if breakdown else []
    schema = frame.collect_schema()
    if column not in schema or not schema[column].is_numeric():
        found = "holds no numbers" if column in schema else "does not exist"
        action = "Name a column of numbers."
        fail(Problem("W150" if column not in schema else "W151", f"{source}, column {column}", found, action))
    tables: dict[str | None, pl.DataFrame] = {None: _steps(frame, design, column, [])}
    if breakdown:
        parts = _steps(frame, design, column, by).drop_nulls(breakdown).sort(breakdown)
        tables |= {text_of(key[0]): part for key, part in parts.partition_by(breakdown, as_dict=True).items()}
    values = {(segment, x): _at(table, x) for segment, table in tables.items() for x in p}
    bands = {value: Band(repr(value), column, high=value) for value in values.values() if value is not None}
    estimates = estimate(frame, design, bands.values(), by, source=source)
    rows = []
    for (segment, x), value in values.items():
        of = estimates.filter(pl.col("segment").eq_missing(pl.lit(segment)), pl.col("indicator") == repr(value))
        row = of.row(0, named=True) if of.height else {}
        low, high = (_at(tables[segment], end) for end in _ends(row, level, interval))
        se = None
        if low is not None and high is not None:
            se = (high - low) / (2 * special.stdtrit(row["df_answered"], (1 + level) / 2))
        rows.append(
            {"segment_by": breakdown if segment is not None else None, "segment": segment, "p": x, "value": value}
            | {"n": row.get("n"), "se": se, "ci_low": low, "ci_high": high, "df": row.get("df_answered")}
        )
    kinds = dict.fromkeys(("p", "value", "se", "ci_low", "ci_high"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides=kinds | {"segment_by": pl.String, "segment": pl.String, "n": pl.Int64})


def _steps(frame: pl.LazyFrame, design: Design, column: str, by: list[str]) -> pl.DataFrame:
    """The different answers in order, with the part of the weights at or under each, by group."""
    weight = pl.col(design.weight).cast(pl.Float64) if design.weight else pl.lit(1.0)
    rows = frame.select(*by, y=pl.col(column).cast(pl.Float64).fill_nan(None), w=weight).filter(pl.col("w") > 0)
    table = rows.drop_nulls("y").group_by([*by, "y"]).agg(pl.col("w").sum()).collect(engine="streaming").sort("y")
    part = pl.col("w").cum_sum() / pl.col("w").sum()
    return table.with_columns((part.over(by) if by else part).alias("part"))


def _at(table: pl.DataFrame, p: float | None) -> float | None:
    """The smallest answer at or under which a part p of the weights lies."""
    if p is None or not table.height or not 0 <= p <= 1:
        return None
    place = np.searchsorted(table["part"].to_numpy(), p * (1 - 1e-12))
    return float(table["y"][min(int(place), table.height - 1)])


def _ends(row: Mapping[str, Any], level: float, interval: Interval) -> tuple[float | None, float | None]:
    """The interval of the part of the answers no larger than the quantile, among the people who answered."""
    if row.get("se") is None:
        return None, None
    p, se, df, n = (np.array([row[name]], dtype=float) for name in ("value", "se", "df_answered", "n"))
    low, high = (float(end[0]) for end in share_interval_of(interval, p, se, df, n, level))
    return None if np.isnan(low) else low, None if np.isnan(high) else high
