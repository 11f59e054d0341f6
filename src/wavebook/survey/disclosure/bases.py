"""The weights of bases, and the figures of the same respondents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from wavebook.figures import Key


def sizes(rows: pd.DataFrame) -> tuple[np.ndarray, float]:
    """The weight of each base, scaled to a mean weight of 1, and the factor.

    For rows without a weight, the number of respondents.
    """
    weight, n = rows["weight"].to_numpy(float), rows["n"].to_numpy(float)
    both = weight > 0
    scale = n[both].sum() / weight[both].sum() if both.any() else 1.0
    return np.where(both, weight * scale, n), scale


def heaviest(rows: pd.DataFrame, size: np.ndarray) -> np.ndarray:
    """The largest weight in each base on the scale of ``size``; NaN where it is not known."""
    if not {"weight", "largest_weight"} <= set(rows):
        return np.full(len(rows), np.nan)
    return rows["largest_weight"].to_numpy(float) * size / rows["weight"].to_numpy(float)


def same_respondents(keys: Sequence[Key], n: np.ndarray) -> list[int]:
    """A number for each row, shared by figures of a wave whose bases agree in every group that both have."""
    measures: dict[tuple, dict[tuple, float]] = defaultdict(dict)
    for key, base in zip(keys, n, strict=True):
        measures[key.wave, key.indicator, key.category][key[2:5]] = base
    pools: list[tuple[int, dict[tuple, float]]] = []
    number = {}
    for measure, groups in measures.items():
        found = len(pools)
        for i, (wave, pool) in enumerate(pools):
            common = groups.keys() & pool.keys()
            if wave == measure[0] and common and all(groups[g] == pool[g] for g in common):
                pool.update(groups)
                found = i
                break
        else:
            pools.append((measure[0], dict(groups)))
        number[measure] = found
    return [number[key.wave, key.indicator, key.category] for key in keys]
