"""Noise in every figure, as an alternative to hiding some: the cell-key method for weighted shares and means.

The change of a figure if the respondent who counts most answered the opposite is one *respondent*; the noise has a
declared standard deviation in respondents, and is at most four times that. It has any number of decimals: someone who
knows the weights could tell noise of whole respondents from answers. Everything published about a figure follows from
its perturbed value, its perturbed base, and statistics of everyone, perturbed as well; nothing from its true error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl
from scipy.special import stdtrit

from wavebook.definitions import ResponseFile
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, Key
from wavebook.figures.accuracy import Z95
from wavebook.survey.disclosure.cellkeys import CellKeys, Secret, cell_keys
from wavebook.survey.disclosure.rules import Settings
from wavebook.survey.disclosure.suppression import Suppressed, Suppression

STEP = 1.25
"""The step of counting how unequal the weights of a group are, and how large the largest amount."""
NEAR = 2.0
"""Deviations of its noise by which a base must pass the smallest one, so that a shown figure tells little of it."""


@dataclass(frozen=True)
class Perturbed:
    """The table that may be published; reasons for hidden rows; by row, the noise as a part of the sampling error.

    ``share`` is the standard deviation of the noise over the sampling error, as published; NaN where nothing is shown.
    """

    table: pd.DataFrame
    why: pd.Series
    share: pd.Series

    @property
    def suppression(self) -> Suppression:
        """The same as ``suppression.suppress`` gives it."""
        hidden = self.table[self.table["status"].eq("suppressed")]
        keys = (Key(*key) for key in hidden[KEY_COLUMNS].itertuples(index=False, name=None))
        told = [Suppressed(key, why) for key, why in zip(keys, self.why[hidden.index], strict=True)]
        return Suppression(self.table, tuple(told), ())


@dataclass(frozen=True)
class Whole:
    """Statistics of everyone's answers to a column, used for all groups.

    ``variance`` is that of the estimate times n, perturbed; of a share it is 0. ``effect`` is the design effect, of a
    share with all that the design does, else of the weights; ``df`` the degrees of freedom of the design, ``amount``
    the mean size of an amount.
    """

    variance: float
    effect: float
    df: float
    amount: float


@dataclass(frozen=True)
class Sample:
    """The sample behind the estimates of a wave: the respondents, and how they were drawn.

    ``columns`` hold their answers; ``units`` is what the design drew, clusters or people, if it is more than weights
    (strata, clusters, margins), else 0.
    """

    frame: pl.LazyFrame
    columns: tuple[str, ...]
    weight: str | None
    breakdowns: tuple[str, ...]
    population: str | None
    units: float

    @property
    def groups(self) -> int:
        """The number of groups that somebody can be in."""
        return (1 + len(self.breakdowns)) * (2 if self.population else 1)


def perturbed(
    secret: Secret, sample: Sample, table: pd.DataFrame, declared: ResponseFile, settings: Settings
) -> Perturbed:
    """The estimates of a wave with noise, by the keys of the respondents behind them; see ``perturb``."""
    keys = cell_keys(
        sample.frame,
        secret,
        str(table["wave"].iloc[0]),
        sample.columns,
        weight=sample.weight,
        breakdowns=sample.breakdowns,
        population=sample.population,
    )
    spans = {name: high - low for name, (low, high) in declared.ranges.items()}
    return perturb(table, keys, settings, spans, units=sample.units)


def perturb(
    table: pd.DataFrame,
    keys: CellKeys,
    settings: Settings,
    spans: Mapping[str, float],
    *,
    units: float = 0.0,
) -> Perturbed:
    """The table with noise in each value and base, and errors that count it.

    Parameters
    ----------
    table
        All estimates of a wave, in the columns of the figures table, with ``n`` the unweighted base of each row.
        Optional columns: ``weight``, what the weights of the base add up to, and ``largest_weight`` of these; for
        amounts ``largest``, the largest absolute weighted contribution; ``df`` of the design.
    spans
        The distance that two answers can have, for indicators whose answers go beyond the ends of their unit.
    units
        As in ``Sample``.
    """
    columns = table["indicator"] + np.where(table["category"].ne(""), "." + table["category"], "")
    questions = columns.groupby(table["indicator"]).agg(lambda names: sorted(set(names)))
    maker = _Maker(table, columns, questions, keys, settings, spans, units)
    made = [maker.row(row, column) for row, column in zip(table.itertuples(index=False), columns, strict=True)]
    shown = pd.DataFrame(made, table.index, [*NUMBER_COLUMNS, "noise", "sampling"], dtype=float)
    result = table[COLUMNS].copy()
    result[NUMBER_COLUMNS] = shown[NUMBER_COLUMNS]
    hidden = shown["n"].isna()
    result["status"] = np.where(hidden, "suppressed", PERTURBED)
    why = hidden.map({True: f"fewer than {settings.smallest} respondents, or hardly more", False: ""})
    return Perturbed(result, why, shown["noise"] / shown["sampling"])


class _Maker:
    """Makes the published row of an estimate."""

    def __init__(self, table, columns, questions, keys: CellKeys, settings: Settings, spans, units: float):
        self.keys, self.settings, self.spans, self.units, self.questions = keys, settings, spans, units, questions
        self.weighted = "weight" in table and "largest_weight" in table
        self.offset = keys.secret.part("step", keys.wave)
        everyone = table["population"].eq("") & table["segment_by"].eq("")
        rows = zip(table[everyone].itertuples(index=False), columns[everyone], strict=True)
        self.wholes = {column: self.whole(row, column) for row, column in rows}

    def coarse(self, ratio: float) -> float:
        """The ratio or slightly more, in steps that nobody knows; 1 stays 1, as with equal weights."""
        if not ratio > 1 + 1e-9:
            return 1.0
        steps = math.ceil(math.log(ratio) / math.log(STEP) - self.offset)
        return STEP ** (steps + self.offset)

    def heaviest(self, row) -> float:
        """The largest weight over the mean weight of the base, or slightly more."""
        return self.coarse(row.largest_weight * row.n / row.weight) if self.weighted else 1.0

    def kish(self, group: tuple[str, str, str]) -> float:
        """The design effect of unequal weights in a group, or a little more."""
        sums = self.keys.sums[group]
        return self.coarse(sums["size"] * sums["ww"] / sums["w"] ** 2)

    def span(self, row) -> float:
        """The distance that two answers can have, in the unit of the figure."""
        return max(row.unit.high - row.unit.low, self.spans.get(row.indicator, 0.0))

    def reach(self, row, amount: float) -> float:
        """The amount by which one respondent can move the figure, times n; for an amount, by the largest one."""
        if row.unit.is_bounded:
            return self.span(row) * self.heaviest(row)
        largest, total = row.largest * row.n / row.weight if self.weighted else row.largest, amount or 1.0
        return total * max(self.coarse(largest / total), self.heaviest(row))

    def whole(self, row, column: str) -> Whole:
        """The statistics of everyone; see ``Whole``."""
        amount = 0.0 if row.unit.is_bounded else abs(float(f"{row.value:.1g}"))
        df = row.df if "df" in row._fields and row.df > 0 else row.n - 1
        one = 1.0 if row.unit.is_share else self.reach(row, amount)
        # an answer moves the spread between clusters most in a cluster three deviations off
        drawn = 3 * math.sqrt(row.n / self.units) if self.units else 1.0
        noise = self.settings.noise * self.keys.value(group_of(row), column, self.questions[row.indicator], "error")
        kish = self.kish(group_of(row))
        if row.unit.is_share:
            p, effect = row.value / 100, 0.0
            if self.units and row.se > 0:
                effect = row.n * (row.se / 100) ** 2 / (p * (1 - p))
                effect += noise * 4 * self.heaviest(row) * drawn * math.sqrt(max(effect, 1)) / row.n
            return Whole(0.0, max(kish, effect), df, amount)
        variance = row.n * row.se**2 if row.se > 0 else 0.0
        return Whole(max(variance + noise * drawn * one**2 / row.n, (one / 20) ** 2), kish, df, amount)

    def row(self, row, column: str) -> tuple[float, ...]:
        """The published numbers, the deviation of the noise and the sampling error; NaN where nothing is shown."""
        rules, group = self.settings, group_of(row)
        n = row.n + rules.noise * self.keys.base(group, column) if row.n else 0.0
        if row.n < rules.smallest or n < rules.smallest + NEAR * rules.noise:
            return (math.nan,) * (len(NUMBER_COLUMNS) + 2)
        n, whole = float(round(n)), self.wholes[column]
        reach, (low, high) = self.reach(row, whole.amount), row.unit.range
        noise = rules.noise * self.keys.value(group, column, self.questions[row.indicator])
        value = min(max(row.value + noise * reach / row.n, low), high)
        effect = max(whole.effect, self.kish(group))
        if row.unit.is_share:
            share = (n / effect * value / 100 + 2) / (n / effect + 4)  # Agresti and Coull (1998)
            simple = 1e4 * share * (1 - share)
        else:
            simple = whole.variance / whole.effect
        sampling, added = math.sqrt(effect * simple / n), rules.noise * reach / n
        se = math.hypot(sampling, added)
        t = float(stdtrit(max(min(whole.df, n - 1), 1), 0.975))
        far = math.hypot(t * sampling, Z95 * added)
        ends = max(value - far, low), min(value + far, high)
        return value, n, max(round(min(simple / se**2, n)), 1), se, *ends, added, sampling


def group_of(row) -> tuple[str, str, str]:
    """The group of a row: population, breakdown and segment."""
    return row.population, row.segment_by, row.segment
