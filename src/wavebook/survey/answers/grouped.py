"""Names of groups that stand in the first of their rows only, as in a table for the eye."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wavebook.core.problems import how_many
from wavebook.survey.answers.checks import Check, Checks

_EMPTY = 2  # rows without a name for each with one: fewer may be an accident


def headings(checks: Checks, name: str, column: pl.Expr, title: str, segments: Mapping[str, pl.Expr]) -> Check:
    """Tell whether each segment has one row, the first among them, and most rows have none."""
    filled = column.is_not_null()
    found = yield {
        "most": pl.max_horizontal([here.sum() for here in segments.values()]),
        "filled": filled.sum(),
        "empty": (~filled).sum(),
    }
    if found["most"] != 1 or not 1 < found["filled"] <= found["empty"] / _EMPTY:
        return
    if (
        checks.raw.head(1).select(filled).collect(engine="streaming").item()
    ):  # asked with the sums, all rows would be held
        what = f"names each {name} in one row, and {how_many(found['empty'])} have none"
        action = "If a name is meant for the rows below it too, fill in each row in the file."
        yield checks.problem("W179", title, what, action)
