"""Breakdowns that go together: crossed, as columns made of two; or nested, where one respondent's must agree."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wavebook.core.problems import Problem, how_many
from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import CROSS
from wavebook.survey.answers.checks import Check, Checks


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


def add_nests(checks: Checks, d: Definitions, frame: Mapping[str, pl.Expr]) -> None:
    """Check each breakdown that lies within another, where the wave has both; see ``_in_parents``."""
    for name, breakdown in d.segments.items():
        if (outer := breakdown.within or "") in frame and name in frame:
            checks.add(_in_parents(checks, d, name, frame[name], frame[outer]))


def _in_parents(checks: Checks, d: Definitions, name: str, inner: pl.Expr, outer: pl.Expr) -> Check:
    """Tell whether respondents are in a segment and in another than the one it lies within (W176).

    Those who are in no segment of the outer breakdown contradict nothing: nobody knows where they are.
    """
    breakdown = d.segments[name]
    here, there = inner.cast(pl.String), outer.cast(pl.String)
    found = yield {
        segment: ((here == segment) & (there != parent)).fill_null(False).sum()
        for segment, parent in breakdown.parents.items()
    }
    for segment, parent in breakdown.parents.items():
        if found[segment]:
            what = f"{name} {segment} lies within {breakdown.within} {parent}, and respondents are in another"
            action = "Correct the codes of one of the two, or the parent in data/indicators.toml."
            yield Problem("W176", f"{checks.place}, {name}", f"{what} ({how_many(found[segment])})", action)
