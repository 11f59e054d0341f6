"""An attacker who knows everything shown, and his bounds on hidden figures: linear programmes, solved exactly.

He is assumed to know every figure, base and error that is shown, in this table and in earlier editions of the wave;
which groups make up which whole; that categories of one answer add up to everyone; the scale of an answer. If weights
are unequal, he knows their sum in each group, as from the margins they were raked to. Figures are taken as unrounded,
which can only help him. He does not know here how the bases of two indicators that differ by item nonresponse relate,
for which the tests have an attacker, or that respondents are whole, for which ``worlds`` has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from wavebook.figures import Key
from wavebook.survey.disclosure.cells import System
from wavebook.survey.disclosure.relations import components

NEGLIGIBLE = 0.01  # respondents: a hidden figure that is known this well counts as computed


@dataclass(frozen=True)
class Attack:
    """An attacker's bounds on one hidden figure.

    ``low`` and ``high`` bound the figure in its own unit, ``n_low`` and ``n_high`` its base. They are exact for an
    unsafe figure; for a safe one the search stops once they are far enough apart. A group that is not in the
    table has no ``key``; its figures are then shares of the scale.
    """

    name: str
    key: Key | None
    low: float
    high: float
    n_low: float
    n_high: float
    safe: bool


@dataclass(frozen=True)
class Target:
    """A target of attack: a count and its base, by cell (either can be missing), and the ranges they need.

    The figure is the count over the cell ``over``, the weight of its base; the count itself if that is None.
    """

    name: str
    key: Key | None
    count: int | None
    base: int | None
    over: int | None
    need: float
    need_n: float


def targets(system: System, hidden: np.ndarray) -> list[Target]:
    """Every hidden or unsafe row, and every unsafe group that is not in the table."""
    rows = np.flatnonzero(hidden | np.array([bool(why) for why in system.why], bool))
    picked: list[tuple[int | None, int | None, Key | None]] = [
        (system.count_of[r], system.base_of[r], system.keys[r]) for r in rows
    ]
    for c in np.flatnonzero(system.unsafe):
        if not (cell := system.cells[c]).owners:
            picked.append((None, int(c), None) if cell.is_base else (int(c), None, None))
    found = []
    for count, base, key in picked:
        at = base if count is None else count
        if at is None:
            continue
        cell = system.cells[at]
        over = None if count is None else cell.base
        n = 1 if over is None else system.truth[over] or 1
        need = 0.0 if count is None else system.need(count) / n
        if count is not None and not cell.why:
            need = min(NEGLIGIBLE * cell.scale / n, system.most[count])
        need_n = system.need(base) if base is not None and system.unsafe[base] else 0.0
        found.append(Target(cell.name, key, count, base, over, need, need_n))
    return found


class _Pool:
    """The widest bounds on each target shown so far by points that an attacker cannot rule out."""

    def __init__(self, targets: list[Target], truth: np.ndarray):
        self.targets = targets
        self._count = np.array([-1 if t.count is None else t.count for t in targets], int)
        self._base = np.array([-1 if t.base is None else t.base for t in targets], int)
        self._over = np.array([-1 if t.over is None else t.over for t in targets], int)
        # a solver's noise over a base close to zero would look like a range
        self._least = np.minimum(0.01, truth[self._over] / 2)
        self._need, self._need_n = (np.array([getattr(t, name) for t in targets], float) for name in ("need", "need_n"))
        self.low, self.n_low = np.full((2, len(targets)), np.inf)
        self.high, self.n_high = np.full((2, len(targets)), -np.inf)
        self.add(truth)

    def add(self, point: np.ndarray) -> None:
        """Take in one more point: a value for every cell."""
        count, n, over = (np.where(at >= 0, point[at], np.nan) for at in (self._count, self._base, self._over))
        value = np.where(self._over >= 0, count / np.where(over > self._least, over, np.nan), count)
        self.low, self.high = np.fmin(self.low, value), np.fmax(self.high, value)
        self.n_low, self.n_high = np.fmin(self.n_low, n), np.fmax(self.n_high, n)

    def safe(self) -> np.ndarray:
        """Tell whether the bounds on each target are far enough apart."""
        wide = (self._count < 0) | (self.high - self.low >= self._need * (1 - 1e-6))
        return wide & ((self._need_n == 0) | (self.n_high - self.n_low >= self._need_n * (1 - 1e-6)))


def attack(system: System, hidden: np.ndarray) -> list[Attack]:
    """Bounds on every target from everything shown while the rows ``hidden`` (a mask) are not."""
    wanted = targets(system, hidden)
    pool = _bounds(system, ~system.seen(hidden), wanted)
    attacks = []
    for i, (target, safe) in enumerate(zip(wanted, pool.safe().tolist(), strict=True)):
        low, high = 0.0, 1.0
        if target.key and target.count is not None and target.over is not None:
            low, high = system.units[system.cells[target.count].owners[0]].scale
        least, most = (float(low + end[i] * (high - low)) for end in (pool.low, pool.high))
        n_low, n_high = float(pool.n_low[i]), float(pool.n_high[i])
        attacks.append(Attack(target.name, target.key, least, most, n_low, n_high, safe))
    return attacks


def concede(system: System) -> None:
    """Lower the demands on targets to what is public already: no later edition can take that back.

    An empty group counts as unknown here, as only the new table need tell that.
    """
    wanted = targets(system, ~system.public)
    pool = _bounds(system, ~system.shown(system.public), wanted)
    for i in np.flatnonzero(~pool.safe()):
        target = wanted[i]
        for c, low, high in ((target.count, pool.low, pool.high), (target.base, pool.n_low, pool.n_high)):
            if c is not None:
                apart = high[i] - low[i]
                system.most[c] = min(system.most[c], 0.999 * apart if apart > 1e-6 else 0)


def _bounds(system: System, unknown: np.ndarray, wanted: list[Target]) -> _Pool:
    """Points that an attacker to whom some cells (a mask) are ``unknown`` cannot rule out.

    They continue until each target is safe or its bounds are exact. A point from one programme bounds other targets
    too, so most are settled without one of their own.
    """
    pool = _Pool(wanted, system.truth)
    parts = _programmes(system, unknown, wanted)
    if len(wanted) > 50:
        chance = np.random.default_rng(0)
        for part in parts:
            for aim in chance.choice([-1.0, 1.0], (4, len(part.cells))):
                part.push(pool, aim)
                part.push(pool, -aim)
    for part in parts:
        _search(part, pool)
    return pool


class _Programme(NamedTuple):
    """Connected unknown ``cells``, and their constraints: equations, and limits that are at least ``least``."""

    truth: np.ndarray
    roof: float
    cells: np.ndarray
    equations: csr_array
    limits: csr_array
    least: np.ndarray

    def push(self, pool: _Pool, aim: np.ndarray) -> None:
        """Add to the pool the point furthest towards ``aim`` among all that agree with the table."""
        totals = self.equations @ self.truth[self.cells]
        most = {"A_ub": -self.limits, "b_ub": -self.least} if len(self.least) else {}
        found = linprog(-aim, A_eq=self.equations, b_eq=totals, bounds=(0, self.roof), method="highs", **most)
        if found.status == 0:
            point = self.truth.copy()
            point[self.cells] = found.x
            pool.add(point)


def _programmes(system: System, unknown: np.ndarray, wanted: list[Target]) -> list[_Programme]:
    """The programmes among the ``unknown`` cells (a mask) that the attacker must solve for the ``wanted`` targets."""
    ties = [(t.count, t.count if t.over is None else t.over) for t in wanted if t.count is not None]
    ties += [(c, c) for t in wanted for c in (t.count, t.base) if c is not None]
    ties += [pair for base, count, square, _ in system.spreads for pair in ((count, square), (count, base))]
    aims = {c for target in wanted for c in (target.count, target.base)}
    relations = csr_array(vstack([system.relations, system.squares]))
    roof = 10 * system.truth.max(initial=0) + system.settings.minimum_base
    # the rest of a limit for the unknown cells, after the share of the known ones
    slack = system.limits @ system.truth
    found = []
    for cells, inside in components(relations, unknown, ties):
        if aims.intersection(cells.tolist()):
            limits = system.limits[:, cells]
            rows = np.flatnonzero(np.diff(limits.indptr))
            least = limits[rows] @ system.truth[cells] - np.maximum(slack[rows], 0)
            found.append(_Programme(system.truth, roof, cells, relations[inside][:, cells], limits[rows], least))
    return found


def _search(part: _Programme, pool: _Pool) -> None:
    """Push each target among the cells of ``part`` up and down until its bounds are far enough apart, or exact."""
    place = {c: i for i, c in enumerate(part.cells.tolist())}

    def push(goal: dict[int | None, float]) -> None:
        aim = np.zeros(len(part.cells))
        for c in goal.keys() & place.keys():
            aim[place[c]] = goal[c]
        part.push(pool, aim)

    for i, target in enumerate(pool.targets):
        if target.count not in place and target.base not in place:
            continue
        for sign, bound in ((1, "high"), (-1, "low")):
            if target.need_n and not pool.safe()[i]:
                push({target.base: sign})
            ratio = None
            for _ in range(30 if target.count is not None else 0):
                # Dinkelbach: at the largest ratio, count - ratio x base can no longer be made positive
                best = getattr(pool, bound)[i]
                best = best if np.isfinite(best) else 0.5
                if pool.safe()[i] or (ratio is not None and abs(best - ratio) < 1e-9):
                    break
                ratio = best
                push({target.count: sign, target.over: -sign * ratio})
