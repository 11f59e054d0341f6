"""Shares that were typed as fractions: 0.14 where 14 percent is meant, as a spreadsheet holds what it shows as 14%."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from wavebook.core.problems import Problem, at_line
from wavebook.definitions import Definitions, Indicator
from wavebook.figures.key import KEY_COLUMNS

_TYPED = ("published", "provisional")
_WHOLE = 0.005  # by which shares of a whole may differ from it, rounded as they are


def fractions(table: pd.DataFrame, d: Definitions, place: str) -> Iterator[Problem]:
    """Report shares of an indicator in a wave's table that all lie between 0 and 1, and would be shown as 0%.

    Shares as small as that are told from fractions by their decimals, or by those of all answers, which make 100.
    """
    typed = table[table["status"].isin(_TYPED) & table["value"].notna()]
    for name, rows in typed.groupby("indicator", sort=False):
        indicator = d.indicators.get(str(name))
        if indicator is None or not may_be(rows["value"].to_numpy(float), indicator):
            continue
        if indicator.decimals == 0 or _make_one(rows, indicator):
            found = f"the {len(rows)} shares of {name} lie between 0 and 1, as fractions do"
            action = "Write percentages: 14 for 0.14. Let readers see decimals if the shares are as small as that."
            yield Problem("W213", at_line(place, rows.index[0]), found, action)


def may_be(values: np.ndarray, indicator: Indicator) -> bool:
    """Tell whether the values of an indicator, two or more, can be fractions."""
    if not indicator.unit.is_share or len(values) < 2:
        return False
    return bool(((values >= 0) & (values <= 1)).all() and (values % 1 != 0).any())


def _make_one(rows: pd.DataFrame, indicator: Indicator) -> bool:
    """Tell whether all answers to a question make 1 in a group."""
    if not (indicator.complete and indicator.categories):
        return False
    groups = rows.groupby([name for name in KEY_COLUMNS if name != "category"], dropna=False)["value"]
    whole = groups.sum()[groups.size() == len(indicator.categories)]
    return bool((abs(whole - 1) <= _WHOLE * len(indicator.categories)).any())
