"""Tests judged together, so that looking often does not by itself turn chance into a finding."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal


def holm_level(p_values: Iterable[float], alpha: float) -> float:
    """The p-value up to which Holm's procedure rejects, at family-wise level ``alpha``.

    It lies between the p-values that are rejected and those that are not.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6.

    >>> round(holm_level([0.01, 0.04, 0.03], 0.05), 4)
    0.0167
    """
    ordered = sorted(p_values)
    m = len(ordered)
    found = next((place for place, p in enumerate(ordered) if p > alpha / (m - place)), m)
    return last_step(found, m, alpha)


def last_step(found: int, m: int, alpha: float) -> float:
    """Holm's level for the last of the ``found`` tests, out of ``m``, that reject, or for the first if none does."""
    return alpha / max(1, m - max(found, 1) + 1)


def adjusted(p: Iterable[float | None], method: Literal["holm", "benjamini-hochberg"] = "holm") -> list[float | None]:
    """P-values adjusted for testing the whole set, in the order given; a missing p-value stays out of the set.

    Holm (1979) keeps the chance of any false finding, Benjamini and Hochberg (1995) the expected part of
    false findings among all findings. As R's ``p.adjust``.

    >>> adjusted([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    if method not in ("holm", "benjamini-hochberg"):
        raise ValueError(f"method must be holm or benjamini-hochberg, not {method!r}")
    given = list(p)
    ordered = sorted((x, at) for at, x in enumerate(given) if x is not None and not math.isnan(x))
    made: list[float | None] = [None] * len(given)
    m, reached = len(ordered), 0.0
    if method == "holm":
        for place, (x, at) in enumerate(ordered):
            reached = max(reached, x * (m - place))
            made[at] = min(reached, 1.0)
        return made
    reached = math.inf
    for place, (x, at) in reversed([*enumerate(ordered, 1)]):
        reached = min(reached, x * m / place)
        made[at] = min(reached, 1.0)
    return made
