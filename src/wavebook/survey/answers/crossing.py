"""Crossed breakdowns of respondents, as columns made from those of the two that are crossed."""

from __future__ import annotations

import polars as pl

from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import CROSS


def with_crossings(frame: pl.LazyFrame, d: Definitions) -> pl.LazyFrame:
    """The answers with a column for each declared crossing of two breakdowns that the wave has.

    It is an Enum of the combinations, and null for those who are in no segment of one of the two.
    """
    there = frame.collect_schema().names()
    made = []
    for crossing in d.crossings:
        if set(crossing.of) <= set(there):
            parts = [pl.col(name).cast(pl.String) for name in crossing.of]
            kind = pl.Enum([*d.breakdowns[crossing.name].values])
            made.append(pl.concat_str(parts, separator=CROSS).cast(kind).alias(crossing.name))
    return frame.with_columns(made)
