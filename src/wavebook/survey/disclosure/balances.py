"""The protection of balances, which are one share less another: each tells what its shares do, and no more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import overload

import numpy as np
import pandas as pd

from wavebook.core.problems import Problem
from wavebook.figures import KEY_COLUMNS, NUMBER_COLUMNS

_GROUP = KEY_COLUMNS[1:5]  # after the wave, without the category: indicator, population, breakdown, segment


def refused(balances: Iterable[str]) -> list[Problem]:
    """A problem for each balance of a wave whose figures hold noise: its noise would be a second look at its shares."""
    found = "is a balance of shares, which cannot have noise of its own"
    action = 'Give it a column with codes for 100, 0 and -100, or protect the wave with method = "suppression".'
    return [Problem("W217", f"data/indicators.toml, indicators.{name}", found, action) for name in balances]


@overload
def without(table: pd.DataFrame, balances: Iterable[str]) -> pd.DataFrame: ...
@overload
def without(table: None, balances: Iterable[str]) -> None: ...
def without(table: pd.DataFrame | None, balances: Iterable[str]) -> pd.DataFrame | None:
    """The table without the rows of balances."""
    return table if table is None else table[~table["indicator"].isin([*balances])].reset_index(drop=True)


def following(rows: pd.DataFrame, made: pd.DataFrame, balances: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """The rows of balances, each shown in groups where all its shares are: so it tells nothing more than they do."""
    seen = made[made["status"].ne("suppressed")]
    names = seen["indicator"] + np.where(seen["category"].ne(""), "." + seen["category"], "")
    shown = set(zip(names, *(seen[name] for name in _GROUP[1:]), strict=True))
    groups = rows[_GROUP].itertuples(index=False, name=None)
    hidden = [not all((part, *group) in shown for part in balances[name]) for name, *group in groups]
    rows = rows.copy()
    rows.loc[hidden, NUMBER_COLUMNS] = math.nan
    rows.loc[hidden, "status"] = "suppressed"
    return rows


def decimals(
    balances: Mapping[str, tuple[str, ...]], places: Mapping[str, int], more: Mapping[str, int]
) -> dict[str, int]:
    """The further decimals of each balance: no more than its shares have."""
    found = {}
    for name, parts in balances.items():
        of = {part.partition(".")[0] for part in parts}
        found[name] = max(min(places[one] + more.get(one, 0) for one in of) - places[name], 0)
    return found
