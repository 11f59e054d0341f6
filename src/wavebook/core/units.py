"""The units of figures, the scale of each, the noise that may be in them, and the languages in which they are told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

LARGEST = 10**15  # of a number of people or things: beyond it, floating point no longer holds every whole number
NOISE = 2.0  # standard deviation of noise in figures, in respondents, unless data/waves.toml says otherwise
MOST_NOISE = 4  # standard deviations that it is at most

Language = str
"""A language by its code, as in ``book/<code>/``: one that has words in ``wavebook.language``."""
Unit = Literal["grade", "percent", "percentage_point", "count"]
Method = Literal["suppression", "cell_key"]
"""How respondents are protected: figures are hidden, or hold noise."""

SCALES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"grade": (1, 10), "percent": (0, 100), "percentage_point": (-100, 100), "count": (0, math.inf)}
)
"""The lowest and the highest that a number in each unit can be; a respondent may count without end."""

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {unit: (low, min(high, LARGEST)) for unit, (low, high) in SCALES.items()}
)
"""Ranges of a figure in a table, which must hold a count to the last digit."""

BOUNDED: Mapping[str, tuple[float, float]] = MappingProxyType(
    {unit: ends for unit, ends in SCALES.items() if math.isfinite(ends[1])}
)
"""The units with a scale that ends, of which a mean tells what each answer can be at most; no count has one."""

WHOLE: Mapping[str, float] = MappingProxyType({unit: high for unit, (low, high) in BOUNDED.items() if low >= 0})
"""The whole of which a bar shows a part, of the units that start at or above zero: all people, or a ten."""
