"""The two ways to find effects that meet the margins: fitting in turn, and Newton steps on the dual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

import numpy as np
import polars as pl
from scipy import sparse, special

from wavebook.survey.estimation.margins import Margins

Method = Literal["raking", "linear", "logit"]
Arrays = Sequence[np.ndarray]

TOLERANCE = 1e-12
"""Largest distance between a weighted and a population total that counts as met, as a part of the population."""


def targets_of(margins: Margins, total: float | None) -> list[np.ndarray]:
    """Population totals per margin, all with exactly the same sum."""
    targets = [np.array(list(categories.values()), dtype=float) for categories in margins.values()]
    total = targets[0].sum() if total is None else total
    return [target * (total / target.sum()) for target in targets]


def raked(codes: Arrays, targets: Arrays, base: np.ndarray, max_iterations: int) -> tuple[list[np.ndarray], int]:
    """Effects by iterative proportional fitting (Deming & Stephan 1940): meet each margin in turn."""
    w, factors, iterations = base.copy(), [np.ones(len(target)) for target in targets], 0
    while iterations < max_iterations and largest(gaps_of(codes, targets, w)) > TOLERANCE * base.sum():
        for code, target, factor in zip(codes, targets, factors, strict=True):
            now = np.bincount(code, w, len(target))
            ratio = np.divide(target, now, out=np.zeros_like(now), where=now > 0)
            w *= ratio[code]
            factor *= ratio
        iterations += 1
    with np.errstate(divide="ignore"):
        return [np.log(factor) for factor in factors], iterations


class Number:
    """A column of numbers with a total: centred on its weighted mean, scaled by its spread, with its target sum."""

    def __init__(self, values: np.ndarray, weights: np.ndarray, total: float, population: float):
        self.values, self.mean = values, weights @ values / population
        self.spread = float(np.sqrt(weights @ (values - self.mean) ** 2 / population)) or 1.0
        self.standard = (values - self.mean) / self.spread
        self.target = (total - self.mean * population) / self.spread


@overload
def factor_at(method: Method, u: np.ndarray, bounds: tuple[float, float] | None) -> np.ndarray: ...


@overload
def factor_at(method: Method, u: pl.Expr, bounds: tuple[float, float] | None) -> pl.Expr: ...


def factor_at(method: Method, u: np.ndarray | pl.Expr, bounds: tuple[float, float] | None) -> np.ndarray | pl.Expr:
    """F(u), of an array or an expression; the logit has bounds."""
    if method == "linear":
        return 1 + u
    if method == "raking":
        return np.exp(u) if isinstance(u, np.ndarray) else u.exp()
    if bounds is None:
        raise ValueError("a logit has no bounds to lie between")
    low, high = bounds
    v = _steep(bounds) * u - np.log((high - 1) / (1 - low))
    return low + (high - low) * (special.expit(v) if isinstance(v, np.ndarray) else 1 / (1 + (-v).exp()))


def _steep(bounds: tuple[float, float]) -> float:
    """A of the logit: its slope is 1 where the weights stay as they are."""
    low, high = bounds
    return (high - low) / ((1 - low) * (high - 1))


def calibrated(
    codes: Arrays,
    targets: Arrays,
    base: np.ndarray,
    method: Method,
    bounds: tuple[float, float | np.ndarray],
    max_iterations: int,
    numbers: Sequence[Number] = (),
) -> tuple[list[np.ndarray], int]:
    """Effects λ of factors F(x'λ) held between bounds, by Newton steps on the dual Σd·G(x'λ) − T'λ, where G' = F."""
    sizes = np.cumsum([0, *(len(target) for target in targets)])
    columns = np.stack([code + start for code, start in zip(codes, sizes[:-1], strict=True)], axis=1)
    n, m = columns.shape
    x = sparse.csr_matrix((np.ones(n * m), columns.ravel(), np.arange(0, n * m + 1, m)), shape=(n, sizes[-1]))
    x = sparse.hstack([x, *(number.standard[:, None] for number in numbers)], format="csr")
    wanted, total = np.concatenate([*targets, [number.target for number in numbers]]), base.sum()
    low, high = bounds
    ceiling = float(np.min(high))
    steep = _steep((low, ceiling)) if method == "logit" else 0.0
    with np.errstate(divide="ignore"):
        limits = (np.log(low), np.log(high)) if method == "raking" else (low - 1, high - 1)

    def at(u: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """F, its slope and its integral; beyond a bound F is constant."""
        if method == "logit":
            factor = factor_at(method, u, (low, ceiling))
            slope = steep * (factor - low) * (ceiling - factor) / (ceiling - low)
            bend = np.logaddexp(np.log(ceiling - 1), np.log(1 - low) + steep * u)
            return factor, slope, low * u + (ceiling - low) / steep * bend
        inside = np.clip(u, *limits)
        factor = np.exp(inside) if method == "raking" else 1 + inside
        slope = np.where(inside == u, factor if method == "raking" else 1.0, 0.0)
        integral = factor if method == "raking" else inside + inside**2 / 2
        beyond = np.where(inside == u, 0.0, factor * (u - inside))
        return factor, slope, integral + beyond

    width = int(sizes[-1]) + len(numbers)
    coefficients = np.zeros(width)
    factor, slope, integral = at(x @ coefficients)
    gradient, iterations = x.T @ (base * factor) - wanted, 0
    while iterations < max_iterations and np.abs(gradient).max() > TOLERANCE * total:
        curvature = (x.T @ sparse.diags(base * slope) @ x).toarray()
        # The dummies of several margins are dependent; a slight ridge picks one of the equivalent solutions.
        curvature[np.diag_indices_from(curvature)] += 1e-12 * total
        step = np.linalg.solve(curvature, -gradient)
        height, length, tried = base @ integral - wanted @ coefficients, 1.0, coefficients
        for _ in range(40):
            tried = coefficients + length * step
            factor, slope, integral = at(x @ tried)
            if base @ integral - wanted @ tried <= height + 1e-4 * length * (gradient @ step) + 1e-14 * total:
                break
            length /= 2
        if np.array_equal(tried, coefficients):
            break
        coefficients = tried
        gradient, iterations = x.T @ (base * factor) - wanted, iterations + 1
    ends = [*sizes[1:], *range(sizes[-1] + 1, width)]
    return np.split(coefficients, ends)[: m + len(numbers)], iterations


def gaps_of(codes: Arrays, targets: Arrays, w: np.ndarray) -> list[np.ndarray]:
    """Weighted total minus population total, per margin."""
    return [np.bincount(code, w, len(target)) - target for code, target in zip(codes, targets, strict=True)]


def largest(gaps: Arrays) -> float:
    """The largest distance in any margin."""
    return max(float(np.abs(gap).max()) for gap in gaps)
