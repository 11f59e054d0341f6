"""The units of figures, the scale of each, the noise that figures may hold, and the languages of a book."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

LARGEST = 10**15  # for a number of people or things: beyond it, floating point no longer holds every whole number
NOISE = 2.0  # standard deviation of noise in figures, in respondents, unless data/waves.toml says otherwise
MOST_NOISE = 4  # the most that noise can be, in standard deviations

Language = str
"""A language by its code, as in ``book/<code>/``: one that has words in ``wavebook.language``."""
Unit = Literal["grade", "percent", "percentage_point", "count"]
Method = Literal["suppression", "cell_key"]
"""The way respondents are protected: figures are hidden, or hold noise."""

SCALES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"grade": (1, 10), "percent": (0, 100), "percentage_point": (-100, 100), "count": (0, math.inf)}
)
"""The lowest and the highest number in each unit; one respondent's count has no upper bound."""

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {unit: (low, min(high, LARGEST)) for unit, (low, high) in SCALES.items()}
)
"""Ranges of a figure in a table, which must hold a count to the last digit."""

BOUNDED: Mapping[str, tuple[float, float]] = MappingProxyType(
    {unit: ends for unit, ends in SCALES.items() if math.isfinite(ends[1])}
)
"""The units with a scale that ends, so that a mean bounds each answer; counts have none."""

WHOLE: Mapping[str, float] = MappingProxyType({unit: high for unit, (low, high) in BOUNDED.items() if low >= 0})
"""The whole of which a bar shows a part, for the units that start at or above zero: all people, or a ten."""
