"""The rules of the owner of the data, and the figures that they do not allow, each by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wavebook.core.problems import Problem, fail
from wavebook.core.units import NOISE, Unit
from wavebook.definitions import Disclosure
from wavebook.figures import KEY_COLUMNS

COVER = "it would show why another figure of the group is hidden"
DOMINATED = "too much of it comes from one respondent"
ALIKE = "everyone in the group answers alike"
_SET = 'Write under [disclosure] in data/waves.toml: minimum_base = …, source = "…", dominance_share = ….'


@dataclass(frozen=True)
class Settings:
    """Rules on what may be shown; ``read_settings`` makes them from ``[disclosure]`` in data/waves.toml.

    ``minimum_base``: respondents, unweighted, behind a figure. ``source``: who sets that, and where.
    ``dominance_share``: per cent of a cell's total, and of the weight of a group, that one respondent may account for.
    ``p_percent``: the runner-up may not be able to estimate the largest contribution to within this many per cent.
    ``protection_range``: an attacker's range for an unsafe figure is at least this wide, in per cent of the
    answer's scale (grade 1–10, share 0–100; of a sum itself; else of the largest such mean in the table). The base of
    a group that is too small has a range of at least ``minimum_base``. Figures that are hidden only for the sake of
    others are fit to be shown; they must be uncertain, by however little. ``revise_few``: a published table may be
    revised although fewer than ``minimum_base`` respondents came, went or moved to another group.
    ``reason_may_show``: a group that is hidden for one question, as all of it answered that alike, is shown for others
    all the same, from which readers see that it is large enough and hence why it is hidden.

    ``method``: *suppression*, or *cell_key* for noise in every figure (``perturbation``). Then ``noise`` is its
    standard deviation, in respondents who count most; ``smallest`` the respondents that a group must have in any case;
    ``guess`` how often, in per cent, someone who knows all other answers may guess one right, where 50 is no knowledge.
    """

    minimum_base: int
    source: str
    dominance_share: float
    p_percent: float | None = None
    protection_range: float = 10.0
    revise_few: bool = False
    reason_may_show: bool = False
    method: str = "suppression"
    noise: float = NOISE
    smallest: int = 5
    guess: float = 80.0


def read_settings(declared: Mapping) -> Settings:
    """The settings under ``[disclosure]``, within the limits that ``definitions.Disclosure`` declares.

    Raises ProblemsError: W170 for each setting that is missing, W171 for each that is unknown or impossible.
    """
    try:
        rules = Disclosure.model_validate(dict(declared))
    except ValidationError as error:
        fail(*map(_problem, error.errors()))
    return Settings(**rules.model_dump(exclude_none=True))


def _problem(error: ErrorDetails) -> Problem:
    place = f"data/waves.toml, disclosure.{error['loc'][0]}"
    match error["type"]:
        case "missing":
            return Problem("W170", place, "is not set, and there is no default for it", _SET)
        case "extra_forbidden":
            return Problem("W171", place, "is not a setting", "Remove it, or correct its spelling.")
    found = f"{error['input']!r} does not fit: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return Problem("W171", place, found, "Correct it.")


def primary(table: pd.DataFrame, settings: Settings, sums: Collection[str] = ()) -> pd.Series:
    """The reason why each row may not be shown by itself; empty where it may. Arguments as ``suppress``.

    A group answers alike when one of its categories holds everybody, a share without others is 0 or 100, or a mean
    has no spread. A category that nobody chose, among others that add to 100, is no such case.
    """
    why = pd.Series("", index=table.index)
    why[_alike(table, sums)] = ALIKE
    contributions = ("largest", "second_largest", "total"), ("largest_weight", "second_largest_weight", "weight")
    for largest, second, total in contributions:
        if {largest, total} <= set(table):
            why[dominated(table[largest], table.get(second), table[total], settings)] = DOMINATED
    why[table["n"] < settings.minimum_base] = too_few(settings.minimum_base)
    return why


def dominated(largest, second, total, settings: Settings):
    """Tell whether too much of a total comes from one respondent; unknown (NaN) is no."""
    too_much = largest > settings.dominance_share / 100 * total
    if settings.p_percent is not None and second is not None:
        too_much |= total - largest - second < settings.p_percent / 100 * largest
    return too_much


def too_few(minimum: int) -> str:
    """The reason why a group of fewer than ``minimum`` is not shown."""
    return f"fewer than {minimum} respondents"


def are(table: pd.DataFrame, what: Literal["is_share", "is_bounded"]) -> pd.Series:
    """Tell of each row whether its unit is that."""
    return pd.Series([getattr(unit, what) for unit in table["unit"]], table.index, bool)


def scaled(table: pd.DataFrame, sums: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """The count behind each row, and whether it lies between 0 and n: a share, or a mean on a bounded scale.

    A mean also counts as respondents: n x its place between the ends of its scale. A sum is unchanged.
    """
    units: list[Unit] = table["unit"].tolist()
    low, high = (pd.Series([unit.scale[end] for unit in units], table.index, float) for end in (0, 1))
    is_sum = table["indicator"].isin(sums)
    count = (table["value"] - low) / (high - low) * table["n"].where(~is_sum, 1)
    if "n_cell" in table:
        count = table["n_cell"].where(table["n_cell"].notna() & are(table, "is_share"), count)
    return count.fillna(0).to_numpy(float), (are(table, "is_bounded") & ~is_sum).to_numpy(bool)


def slack(n, categories):
    """The distance by which counts from rounded shares may miss ``n``: of one answer, or of each in a column."""
    return 0.5 + 0.001 * n * categories


def partitions(table: pd.DataFrame, count: np.ndarray) -> set[tuple[str, str]]:
    """Waves and indicators whose categories of an answer add up to everyone: some groups reach n, none exceeds it."""
    rows = table.assign(count=count)[table["category"].ne("") & are(table, "is_share")]
    by = rows.groupby(KEY_COLUMNS[:5])
    low, high, total = by["n"].min(), by["n"].max(), by["count"].sum()
    room = slack(high, by.size())
    reached = ((total - high).abs() <= room).groupby(level=[0, 1]).any()
    passed = ((total > high + room) | (low < high)).groupby(level=[0, 1]).any()
    return set(reached.index[reached & ~passed])


def _alike(table: pd.DataFrame, sums: Collection[str]) -> np.ndarray:
    """Tell whether everyone behind a row gives the same answer; see ``primary``."""
    count, bounded = scaled(table, sums)
    full = bounded & (count >= table["n"].to_numpy(float) - 1e-9)
    whole = partitions(table, count)
    exclusive = [key in whole for key in zip(table["wave"], table["indicator"], strict=True)]
    held = pd.Series(full, table.index).groupby([table[name] for name in KEY_COLUMNS[:5]]).transform("any")
    spread = table["se"].gt(0).groupby(table["indicator"]).transform("any")  # a census has none at all
    # estimates have no error where all answers are the same
    still = ~are(table, "is_share") & table["se"].fillna(0).eq(0) & spread
    return np.where(exclusive, held, full | (count <= 1e-9)) | still.to_numpy()
