"""Segments that lie inside one of another breakdown, wholly or except for a few respondents, and those few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import polars as pl

from wavebook.definitions.breakdowns import CROSS
from wavebook.survey.disclosure.groups import Astray, Group, Strays


def overlaps(
    frame: pl.LazyFrame, weight: str | None, breakdowns: Sequence[str], names: Mapping[str, float], few: int
) -> tuple[set[tuple[Group, Group]], Astray]:
    """Pairs of segments, inner and outer, of which the inner one has fewer than ``few`` respondents outside.

    The meaning of segments reveals such pairs: a life event belongs to one theme, and nearly all of 35 to 59 are in 35
    to 64. Those few are less than half of the inner segment; of two that nearly agree, the inner one has fewer outside.

    Parameters
    ----------
    frame
        The respondents, as ``responses`` has them, with a column ``weight`` of that name, or None for equal ones.
    names
        The columns of answers, each with the factor that makes its mean a figure.

    Returns
    -------
    tuple
        The pairs, and the respondents outside, for pairs that have them; see ``disclosure.suppress``.
    """
    within, loose = set(), {}
    counts = {
        name: frame.group_by(pl.col(name).cast(pl.String)).len().collect(engine="streaming") for name in breakdowns
    }
    for inner, outer in permutations(breakdowns, 2):
        if {*inner.split(CROSS)} >= {*outer.split(CROSS)} or {*inner.split(CROSS)} <= {*outer.split(CROSS)}:
            continue  # a crossing and one of its breakdowns, whose sums are known without asking anybody
        met = frame.select(pl.col(inner, outer).cast(pl.String)).drop_nulls(inner)
        sizes = met.group_by(inner, outer).agg(n=pl.len()).collect(engine="streaming")
        of, size = (dict(counts[name].rows()) for name in (inner, outer))
        near = [
            (segment, parent)
            for segment, parent, n in sizes.sort(inner, outer).rows()
            if parent is not None
            and of[segment] - n < few
            and 2 * n > of[segment]
            and (of[segment] <= size[parent] or size[parent] - n >= few)
        ]
        within |= {((inner, segment), (outer, parent)) for segment, parent in near}
        met_by = {(segment, parent): n for segment, parent, n in sizes.rows()}
        loose[inner, outer] = [pair for pair in near if met_by[pair] < of[pair[0]]]
    astray: dict[tuple[Group, Group, str, str], Strays] = {}
    for (inner, outer), pairs in loose.items():
        if pairs:
            astray |= _who(frame, weight, inner, outer, dict(pairs), names)
    return within, astray


def _who(
    frame: pl.LazyFrame, weight: str | None, inner: str, outer: str, parents: dict[str, str], names: Mapping[str, float]
) -> Astray:
    """Respondents of each inner segment outside its outer one: how many answered, their weights, their figure."""
    home = pl.col(inner).cast(pl.String).replace_strict(parents, default=None)
    lost = frame.filter(home.is_not_null() & pl.col(outer).cast(pl.String).ne_missing(home))
    w = pl.col(weight).cast(pl.Float64) if weight else pl.lit(1.0)
    sums: dict[str, pl.Expr] = {}
    for name in names:
        answered = pl.col(name).is_not_null()
        sums |= {
            f"n:{name}": answered.sum(),
            f"w:{name}": pl.when(answered).then(w).sum(),
            f"y:{name}": (w * pl.col(name).cast(pl.Float64)).sum(),
        }
    found = {}
    populations = ["population"] if "population" in frame.collect_schema().names() else []
    for by in ([], populations) if populations else ([],):
        rows = lost.group_by(pl.col(inner, *by).cast(pl.String)).agg(**sums).collect(engine="streaming")
        for row in rows.rows(named=True):
            for name, factor in names.items():
                n, total, answers = (row[f"{kind}:{name}"] for kind in "nwy")
                if n and total > 0:
                    pair = (inner, row[inner]), (outer, parents[row[inner]])
                    who = row["population"] if by else ""
                    found[*pair, who, name] = Strays(n, total, factor * answers / total)
    return found
