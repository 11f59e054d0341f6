"""The textbook's estimates and variances, respondent by respondent, sharing no code with the estimator."""

import numpy as np
import polars as pl

from wavebook.survey.estimation.design import Band, Mean, Ratio, Share


def textbook_variance(z, stratum, cluster, size=None):
    """Σ over strata of (1 − n/N) · n/(n − 1) · Σ over clusters of (z − mean z)²."""
    variance = 0.0
    for h in sorted(set(stratum)):
        totals = {}
        for score, own, c in zip(z, stratum, cluster, strict=True):
            if own == h:
                totals[c] = totals.get(c, 0.0) + score
        n = len(totals)
        mean = sum(totals.values()) / n
        left = 1 - n / size[h] if size else 1.0
        variance += left * n / (n - 1) * sum((t - mean) ** 2 for t in totals.values())
    return variance


def textbook_ratio(w, top, bottom, inside):
    """Estimate and linearised score of each respondent; those outside the group score 0."""
    w = np.where(inside, w, 0.0)
    top, bottom = np.nan_to_num(top), np.nan_to_num(bottom)
    r = (w * top).sum() / (w * bottom).sum()
    return r, w * (top - r * bottom) / (w * bottom).sum()


def made_up(seed: int, clustered: bool) -> pl.DataFrame:
    """Two waves in five strata, with holes, weights of zero and a group that is rare."""
    rng = np.random.default_rng(seed)
    n = 240
    stratum = rng.integers(0, 5, n)
    frame = pl.DataFrame(
        {
            "wave": rng.integers(1, 3, n),
            "stratum": stratum,
            "cluster": rng.integers(0, 6, n) if clustered else np.arange(n),
            "size": 20 + 10 * stratum if clustered else 500 + 10 * stratum,
            "w": rng.gamma(2, 1, n) * (rng.random(n) > 0.05),
            "group": rng.choice(["a", "b", "rare"], n, p=[0.5, 0.45, 0.05]),
            "kind": rng.choice(["x", "y"], n),
            "grade": rng.integers(1, 11, n).astype(float),
            "hours": rng.gamma(2, 3, n),
            "choice": rng.integers(1, 4, n),
        }
    )
    holes = pl.Series(rng.random(n) < 0.1)
    return frame.with_columns(pl.when(~holes).then(name).alias(name) for name in ("grade", "hours"))


WHAT = {
    "mean": Mean("it", "grade"),
    "band": Band("it", "grade", low=7, high=9),
    "ratio": Ratio("it", "grade", "hours"),
    "share": Share("it", "choice", {1: "one", 2: "two", 3: "three"}),
}


def textbook_columns(frame: pl.DataFrame, what: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    grade, hours, choice = (frame[name].to_numpy().astype(float) for name in ("grade", "hours", "choice"))
    answered, ones = ~np.isnan(grade), np.ones(len(grade))
    return {
        "mean": (grade, ones, answered),
        "band": ((grade >= 7) & (grade <= 9), ones, answered),
        "ratio": (grade, hours, answered & ~np.isnan(hours)),
        "share": (choice == 1, ones, ones == 1),
    }[what]
