"""Disclosure control: which estimates may not be shown, and what else must be hidden so that they stay hidden.

What an attacker is taken to know: every figure and base that is shown, in this table and in earlier editions
of the wave; which groups make up which whole; that categories of one answer add to everyone; the scale of an
answer. Weights are taken as equal and figures as unrounded: both can only help the attacker. Behind a row lie two
cells, its base and its count (base x share, or base x mean moved to a scale of 0 to 1). Groups that are left out of
the table are cells too: everyone but the segments that are shown is a group whose figures follow by subtraction.
Not known to the attacker: how the bases of two indicators that differ by item nonresponse relate, and that counts are
whole numbers.

Which cells to hide besides the unsafe ones is found by the exact optimiser of tau-ARGUS (Fischetti and Salazar,
Management Science 47, 2001), which ``pytauargus`` ships with its own solver. It takes any set of linear relations, so
that breakdowns that share margins are one problem; it works cell by cell, so the bases of an indicator are settled
before its counts. It says nothing when a protection cannot be had and ignores sliding ranges. Nothing rests on it
therefore: linear programmes attack the result, and more is hidden until it holds.
"""

from __future__ import annotations

import itertools
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from pytauargus import HiTaSCtrl
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, Key
from wavebook.problems import Problem, raise_all

Nesting = Mapping[tuple[str, str], tuple[str, str]]

_SCALE = {"grade": (1, 10), "percent": (0, 100), "percentage_point": (-100, 100)}
_ALIKE = "everyone in the group answers alike"
_NUMBERS = dict.fromkeys(NUMBER_COLUMNS, float)
_NEGLIGIBLE = 0.01  # respondents: a hidden figure that is known this well counts as computed
_PLACE = "data/waves.toml, disclosure"
_SET = 'Write under [disclosure] in data/waves.toml: minimum_base = …, source = "…", dominance_share = ….'
_PUBLIC = "Withdraw that edition and estimate without it, or show the figure."
_STUCK = "Leave its breakdown or category out of the table, or join it with another."


@dataclass(frozen=True)
class Settings:
    """What may be shown; ``read_settings`` makes it from ``[disclosure]`` in data/waves.toml.

    ``minimum_base``: respondents, unweighted, behind a figure. ``source``: who sets that, and where.
    ``dominance_share``: per cent of a cell's total that one respondent may account for. ``p_percent``: the
    runner-up may not be able to estimate the largest contribution to within this many per cent.
    ``protection_range``: an attacker's range for an unsafe figure is at least this wide, in per cent of the
    answer's scale (grade 1–10, share 0–100; of a sum itself; else of the largest such mean in the table). The base of
    a group that is too small has a range of at least ``minimum_base``. Figures that are hidden only for the sake of
    others are fit to be shown; they must be uncertain, by however little.
    """

    minimum_base: int
    source: str
    dominance_share: float
    p_percent: float | None = None
    protection_range: float = 10.0


@dataclass(frozen=True)
class Suppressed:
    """A figure that is not shown, and why; holds no number, so that it can be printed anywhere."""

    key: Key
    why: str

    def __str__(self) -> str:
        return f"{self.key}: {self.why}"


@dataclass(frozen=True)
class Attack:
    """What an attacker can make of one hidden figure.

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
class Suppression:
    """The table that may be published, in the columns of the figures table; what was left out of it; the last audit."""

    table: pd.DataFrame
    report: tuple[Suppressed, ...]
    attacks: tuple[Attack, ...]


def read_settings(declared: Mapping) -> Settings:
    """The settings under ``[disclosure]``.

    Raises ProblemsError: W170 for each setting that is missing, W171 for each that is unknown or impossible.
    """
    limits = {
        "minimum_base": (2, 10**6),
        "dominance_share": (1, 100),
        "p_percent": (0, 100),
        "protection_range": (1, 100),
    }
    problems = [
        Problem("W170", f"{_PLACE}.{name}", "is not set, and there is no default for it", _SET)
        for name in ("minimum_base", "source", "dominance_share")
        if name not in declared
    ]
    for name, value in declared.items():
        where = f"{_PLACE}.{name}"
        if name == "source":
            if not isinstance(value, str) or not value.strip():
                problems.append(Problem("W171", where, "is empty", "Say who sets the rules, and where."))
        elif name not in limits:
            problems.append(Problem("W171", where, "is not a setting", "Remove it, or mend its spelling."))
        else:
            low, high = limits[name]
            kind = int if name == "minimum_base" else (int, float)
            if not isinstance(value, kind) or isinstance(value, bool) or not low <= value <= high:
                problems.append(Problem("W171", where, f"{value!r} does not fit", f"Give a number, {low}–{high}."))
    raise_all(problems)
    return Settings(**declared)


def primary(table: pd.DataFrame, settings: Settings, sums: Collection[str] = ()) -> pd.Series:
    """Why each row may not be shown by itself; empty where it may. Arguments as ``suppress``.

    A group answers alike when one of its categories holds everybody, a share that stands alone is 0 or 100, or a mean
    has no spread. A category that nobody chose, among others that add to 100, is no such case.
    """
    why = pd.Series("", index=table.index)
    why[_alike(table, sums)] = _ALIKE
    if {"largest", "total"} <= set(table):
        too_much = table["largest"] > settings.dominance_share / 100 * table["total"]
        if settings.p_percent is not None and "second_largest" in table:
            remainder = table["total"] - table["largest"] - table["second_largest"]
            too_much |= remainder < settings.p_percent / 100 * table["largest"]
        why[too_much] = "too much of it comes from one respondent"
    why[table["n"] < settings.minimum_base] = _too_few(settings)
    return why


def suppress(
    table: pd.DataFrame,
    settings: Settings,
    *,
    known: pd.DataFrame | None = None,
    within: Nesting | None = None,
    sums: Collection[str] = (),
) -> Suppression:
    """The table with everything empty that may not be shown or would give away what may not.

    Parameters
    ----------
    table
        All estimates of a wave, in the columns of the figures table, with ``n`` the unweighted base of each row.
        Optional columns, which are not passed on: ``n_cell``, the respondents in a category; ``largest``,
        ``second_largest`` and ``total``, absolute weighted contributions to a mean or sum.
    known
        Rows of the same wave that were published before.
    within
        Segments inside a segment of another breakdown: ``{("life_event", "moving"): ("theme", "housing")}``.
    sums
        Indicators whose value is a total, not a mean or share.

    Raises
    ------
    ProblemsError
        W172 a row that cannot be judged; W173 an unsafe figure that is public already; W174 one that nothing
        that can still be hidden protects.
    """
    raise_all(_unfit(table))
    index, table = table.index, table.astype(_NUMBERS).reset_index(drop=True)
    ordered = table.sort_values(KEY_COLUMNS)  # what is hidden may not depend on the order of the rows
    system = _System(ordered, settings, known, within or {}, sums)
    hidden = np.array([bool(why) for why in system.why], bool)
    raise_all(
        Problem("W173", str(system.keys[r]), f"has {system.why[r]} and is public in an earlier edition", _PUBLIC)
        for r in np.flatnonzero(hidden & system.public)
    )
    hidden, attacks = _settle(system, hidden)
    rows = np.flatnonzero(hidden)
    result = table[COLUMNS].copy()
    result.loc[ordered.index[rows], NUMBER_COLUMNS] = np.nan
    result.loc[ordered.index[rows], "status"] = "suppressed"
    reasons = _explain(system, hidden)
    report = tuple(Suppressed(system.keys[r], reasons[r]) for r in rows)
    return Suppression(result.set_axis(index), report, tuple(attacks))


def audit(
    table: pd.DataFrame,
    published: pd.DataFrame,
    settings: Settings,
    *,
    known: pd.DataFrame | None = None,
    within: Nesting | None = None,
    sums: Collection[str] = (),
) -> tuple[Attack, ...]:
    """What an attacker who has ``published`` can make of each figure that it leaves out; the last gate.

    ``table`` holds the true figures; rows are matched by key, and a row that is absent counts as hidden. Figures
    that ``primary`` forbids and that are shown all the same are unsafe. Arguments and errors as ``suppress``.
    """
    raise_all(_unfit(table))
    table = table.astype(_NUMBERS)
    shown = set(published.loc[published["status"] != "suppressed", KEY_COLUMNS].itertuples(index=False, name=None))
    system = _System(table, settings, known, within or {}, sums)
    return tuple(_attack(system, np.array([tuple(key) not in shown for key in system.keys], bool) & ~system.public))


def _too_few(settings: Settings) -> str:
    return f"fewer than {settings.minimum_base} respondents"


def _unfit(table: pd.DataFrame) -> Iterator[Problem]:
    """Rows of ``table`` that cannot be judged."""
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        yield Problem("W172", "the estimates", f"lack {', '.join(missing)}", "Give every column of the table.")
        return
    keys = pd.Series([Key(*key) for key in table[KEY_COLUMNS].itertuples(index=False)], table.index, dtype=object)
    for rows, found in (
        (table[KEY_COLUMNS].isna().any(axis=1), "has a key that is missing, not empty text"),
        (keys.duplicated(), "is there twice"),
        (~table["n"].between(0, 1e9), "has no unweighted base"),
        (table["n"].gt(0) & ~table["value"].abs().lt(np.inf), "has a base and no value"),
        (table["status"].eq("suppressed"), "is suppressed already, so that its own base cannot be judged"),
    ):
        for key in keys[rows]:
            yield Problem("W172", str(key), found, "Give each estimate once, with value and n.")


def _scaled(table: pd.DataFrame, sums: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """The count behind each row, and whether it lies between 0 and n: a share, or a mean on a bounded scale.

    A mean counts as respondents too: n x its place between the ends of its scale. A sum is itself.
    """
    low, high = (table["unit"].map(lambda unit, end=end: _SCALE.get(unit, (0, 1))[end]) for end in (0, 1))
    is_sum = table["indicator"].isin(sums)
    count = (table["value"] - low) / (high - low) * table["n"].where(~is_sum, 1)
    if "n_cell" in table:
        count = table["n_cell"].where(table["n_cell"].notna() & table["unit"].eq("percent"), count)
    return count.fillna(0).to_numpy(float), (table["unit"].isin(_SCALE) & ~is_sum).to_numpy(bool)


def _slack(n, categories):
    """How far counts from rounded shares may be from adding to ``n``."""
    return 0.5 + 0.001 * n * categories


def _partitions(table: pd.DataFrame, count: np.ndarray) -> set[tuple[int, str]]:
    """Wave and indicator where the categories of an answer add to everyone: some groups reach n, none passes it."""
    rows = table.assign(count=count)[table["category"].ne("") & table["unit"].eq("percent")]
    by = rows.groupby(KEY_COLUMNS[:5])
    low, high, total = by["n"].min(), by["n"].max(), by["count"].sum()
    slack = _slack(high, by.size())
    reached = ((total - high).abs() <= slack).groupby(level=[0, 1]).any()
    passed = ((total > high + slack) | (low < high)).groupby(level=[0, 1]).any()
    return set(reached.index[reached & ~passed])


def _alike(table: pd.DataFrame, sums: Collection[str]) -> np.ndarray:
    """Whether everyone behind a row gives the same answer; see ``primary``."""
    count, bounded = _scaled(table, sums)
    full = bounded & (count >= table["n"].to_numpy(float) - 1e-9)
    partitions = _partitions(table, count)
    exclusive = [key in partitions for key in zip(table["wave"], table["indicator"], strict=True)]
    held = pd.Series(full, table.index).groupby([table[name] for name in KEY_COLUMNS[:5]]).transform("any")
    spread = table["se"].gt(0).groupby(table["indicator"]).transform("any")  # a census has none at all
    still = table["unit"].isin(["grade", "count"]) & table["se"].eq(0) & spread
    return np.where(exclusive, held, full | (count <= 1e-9)) | still.to_numpy()


@dataclass
class _Cell:
    """A number an attacker may want: the base of a group, or a count in it."""

    truth: float
    is_base: bool = False
    base: int | None = None  # of a count: the cell of its base; None for a sum
    bounded: bool = False  # of a count: whether it cannot exceed its base
    scale: float = 1.0  # of a count: what its protection range is a part of
    why: str = ""  # why it may not be known
    name: str = ""
    owners: tuple[int, ...] = ()  # the rows that show it; none for a group that is not in the table


class _Equation(NamedTuple):
    """One whole is the sum of its parts; ``topic`` is the wave and indicator whose rows say so."""

    whole: int
    parts: tuple[int, ...]
    topic: tuple[int, str]


class _System:
    """All cells behind the rows, and the linear relations between them that an attacker knows."""

    def __init__(self, table, settings, known, within, sums):
        self.settings = settings
        rows, public = table, set()
        if known is not None:
            known = known[known["status"].ne("suppressed") & known["value"].notna()]
            public = set(known[KEY_COLUMNS].itertuples(index=False, name=None))
            if len(known := known[known["n"].notna()]):
                rows = pd.concat([table, known]).drop_duplicates(KEY_COLUMNS)
        self.keys = [Key(*key) for key in rows[KEY_COLUMNS].itertuples(index=False)]
        self.public = np.array([tuple(key) in public for key in self.keys], bool)
        self.why = [*primary(table, settings, sums), *[""] * (len(rows) - len(table))]
        self.units = rows["unit"].to_list()
        self.n = rows["n"].to_numpy(float)
        self.count, self.bounded = _scaled(rows, sums)
        self.exclusive = _partitions(rows, self.count)

        self.cells: list[_Cell] = []
        self.equations: list[_Equation] = []
        self._state(rows["indicator"].isin(sums).to_numpy(bool))
        self._rests: dict[tuple, int | None] = {}
        self._told: set[tuple] = set()
        for whole, parts, what in _links(self.keys, self.n, within):
            self._link(whole, parts, what)
        self._split()

        self.truth = np.array([cell.truth for cell in self.cells])
        self.is_base = np.array([cell.is_base for cell in self.cells], bool)
        self.unsafe = np.array([bool(cell.why) for cell in self.cells], bool)
        self.owners = np.tile(np.arange(len(rows)), 2), np.array([*self.base_of, *self.count_of], int)
        self.relations = _matrix(self.equations, len(self.cells))

    def _add(self, truth: float, **more) -> int:
        self.cells.append(_Cell(float(truth), **more))
        return len(self.cells) - 1

    def _equate(self, whole: int, parts: Iterable[int | None], topic: tuple[int, str]) -> None:
        self.equations.append(_Equation(whole, tuple(part for part in parts if part is not None), topic))

    def _state(self, is_sum: np.ndarray) -> None:
        """The base and the count of every row; figures on the same respondents share the cells of their bases."""
        ratio = self.count / np.where(is_sum, 1, np.maximum(self.n, 1))
        top: dict[str, float] = defaultdict(float)
        for key, value in zip(self.keys, ratio, strict=True):
            top[key.name] = max(top[key.name], value)
        self.base_of: list[int] = []
        self.count_of: list[int] = []
        same = _same_respondents(self.keys, self.n)
        bases: dict[tuple, int] = {}
        for r, key in enumerate(self.keys):
            group = (same[r], *key[2:5])
            if group not in bases:
                bases[group] = self._add(self.n[r], is_base=True, name=f"the base of {key}")
            b, why = bases[group], self.why[r]
            self.cells[b].owners += (r,)
            if why and self.n[r] < self.settings.minimum_base:
                self.cells[b].why = why
            scale = 1.0 if self.bounded[r] else ratio[r] if is_sum[r] and ratio[r] else top[key.name]
            own = {"bounded": self.bounded[r], "scale": scale, "why": why, "name": str(key), "owners": (r,)}
            self.base_of.append(b)
            self.count_of.append(self._add(self.count[r], base=None if is_sum[r] else b, **own))

    def _link(self, whole: int, parts: list[int], what: str) -> None:
        """Row ``whole`` is the sum of rows ``parts`` and of a rest that is not in the table."""
        topic = self.keys[whole][:2]
        base, bases = self.base_of[whole], [self.base_of[p] for p in parts]
        if (found := (base, *sorted(bases))) not in self._rests:
            size = self.n[whole] - self.n[parts].sum()
            why = _too_few(self.settings) if size < self.settings.minimum_base else ""
            rest = self._add(size, is_base=True, why=why, name=f"the base of {what}") if size else None
            self._rests[found] = rest
        rest = self._rests[found]
        if (topic, found) not in self._told:  # once for all categories
            self._told.add((topic, found))
            self._equate(base, [*bases, rest], topic)
        left = None if rest is None else self._leave(whole, parts, rest, what)
        self._equate(self.count_of[whole], [*(self.count_of[p] for p in parts), left], topic)

    def _leave(self, whole: int, parts: list[int], rest: int, what: str) -> int:
        """The count of a group that is not in the table: what the parts leave of the whole.

        Weights can take that outside the group's base; the excess counts as known to the attacker.
        """
        cell, n = self.cells[self.count_of[whole]], self.cells[rest].truth
        exact = self.count[whole] - self.count[parts].sum()
        truth = min(max(exact, 0), n if cell.bounded else np.inf)
        nobody = abs(exact) < 1e-6 and self.keys[whole][:2] not in self.exclusive
        alike = nobody or (cell.bounded and abs(exact - n) < 1e-6)
        left = self._add(
            truth,
            base=None if cell.base is None else rest,
            bounded=cell.bounded,
            scale=truth if cell.base is None and truth else cell.scale,
            why=self.cells[rest].why or (_ALIKE if alike else ""),
            name=f"{self.keys[whole].name} of {what}",
        )
        if cell.bounded:
            self._equate(rest, [left, self._add(n - truth)], self.keys[whole][:2])
        return left

    def _split(self) -> None:
        """Counts add to their base: the categories of one answer together, any other with those who say no."""
        together = defaultdict(list)
        for r, key in enumerate(self.keys):
            if key[:2] in self.exclusive and key.category:
                together[key[:5]].append(r)
            elif self.bounded[r]:
                self._equate(self.base_of[r], [self.count_of[r], self._add(self.n[r] - self.count[r])], key[:2])
        for key, rows in together.items():
            other = self.n[rows[0]] - self.count[rows].sum()
            missing = self._add(other) if other > _slack(self.n[rows[0]], len(rows)) else None
            self._equate(self.base_of[rows[0]], [*(self.count_of[r] for r in rows), missing], key[:2])

    def shown(self, rows: np.ndarray) -> np.ndarray:
        """Whether each cell is shown by at least one of ``rows`` (a mask)."""
        shown = np.zeros(len(self.cells), bool)
        row, cell = self.owners
        shown[cell[rows[row]]] = True
        return shown

    def need(self, c: int) -> float:
        """How far apart an attacker's bounds on unsafe cell ``c`` must be, in respondents or units of a sum."""
        cell = self.cells[c]
        n = 1 if cell.base is None else self.truth[cell.base]
        return self.settings.minimum_base if cell.is_base else self.settings.protection_range / 100 * cell.scale * n

    def costs(self, hidden: np.ndarray) -> np.ndarray:
        """What hiding each cell costs: figures count first, and those on everyone most.

        Among equals, groups that are ``hidden`` for some indicator go first, so that readers miss the same ones
        everywhere; after that the smallest.
        """
        gone = {self.keys[r][2:5] for r in np.flatnonzero(hidden)}
        level = [1 if key.segment_by else 1000 if key.population == "total" else 100 for key in self.keys]
        fresh = [key[2:5] not in gone for key in self.keys]
        price = np.array(level) * (1000 + 60 * np.array(fresh) + (50 * self.n / self.n.max(initial=1)).astype(int))
        row, cell = self.owners
        return np.bincount(cell, price[row], len(self.cells)).astype(int)


def _same_respondents(keys: Sequence[Key], n: np.ndarray) -> list[int]:
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


def _links(keys: Sequence[Key], n: np.ndarray, within: Nesting) -> Iterator[tuple[int, list[int], str]]:
    """Rows that are the sum of others: (whole, parts, what is left when the parts do not fill the whole).

    Segments fill everyone (or the segment they lie within), populations fill the total. Where the parts together
    exceed the whole they overlap; each of them and those outside it are then a pair.
    """
    measures: dict[tuple, dict[tuple, int]] = defaultdict(dict)
    for r, key in enumerate(keys):
        measures[key.wave, key.indicator, key.category][key[2:5]] = r
    found, overlap = [], set()
    for (wave, _, _), groups in measures.items():
        sums: dict[tuple, list[int]] = defaultdict(list)
        for (population, by, segment), r in groups.items():
            if by:
                sums[by, (population, "", "")].append(r)
            if population != "total":
                sums["population", ("total", by, segment)].append(r)
            if parent := within.get((by, segment)):
                sums[f"{by} in {parent[1]}", (population, *parent)].append(r)
        for (what, group), parts in sums.items():
            if (whole := groups.get(group)) is not None:
                found.append((wave, what, whole, parts))
                if n[parts].sum() > n[whole]:
                    overlap.add((wave, what))
    for wave, what, whole, parts in found:
        for some in [[p] for p in parts] if (wave, what) in overlap else [parts]:
            names = " and ".join(keys[p].segment or keys[p].population for p in some) if len(some) < 3 else what
            yield whole, some, f"those outside {names}"


def _matrix(equations: Sequence[_Equation], width: int) -> csr_array:
    """One row an equation, one column a cell: -1 for the whole, 1 for each part."""
    places = [(e, c, 1.0) for e, equation in enumerate(equations) for c in equation.parts]
    places += [(e, equation.whole, -1.0) for e, equation in enumerate(equations)]
    e, c, sign = zip(*places, strict=True) if places else ((), (), ())
    return csr_array((np.array(sign, float), (np.array(e, int), np.array(c, int))), shape=(len(equations), width))


def _components(relations: csr_array, loose: np.ndarray, ties=()) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The ``loose`` cells that hang together, and the equations they stand in; ``ties`` are pairs that do so anyway."""
    e, c = relations.nonzero()
    e, c = e[loose[c]], c[loose[c]]
    left, right = np.array([(a, b) for a, b in ties if loose[a] and loose[b]], int).reshape(-1, 2).T
    cells, place = np.unique(np.concatenate([c, left, right]), return_inverse=True)
    ends = place[: len(c) + len(left)], np.concatenate([e + len(cells), place[len(c) + len(left) :]])
    size = len(cells) + relations.shape[0]
    number, labels = connected_components(csr_array((np.ones(len(ends[0])), ends), shape=(size, size)), False)
    order = np.argsort(labels, kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(labels, minlength=number))[:-1]):
        if len(inside := group[group < len(cells)]):
            yield cells[inside], group[group >= len(cells)] - len(cells)


def _settle(system: _System, hidden: np.ndarray) -> tuple[np.ndarray, list[Attack]]:
    """``hidden`` and all that has to go with it, with the attacks that it withstands.

    What still gives way is asked for again, and asked for more: first of the optimiser, then whatever the price.
    Raises ProblemsError (W174) when there is nothing left to hide.
    """
    demands = {int(c): system.need(c) for c in np.flatnonzero(system.unsafe)}
    hidden = _complement(system, hidden, demands)
    for patience in itertools.count():
        attacks, targets = _attack(system, hidden), _targets(system, hidden)
        failed = [target for target, attack in zip(targets, attacks, strict=True) if not attack.safe]
        if not failed:
            return hidden, attacks
        for c in {c for target in failed for c in (target.count, target.base) if c is not None}:
            cell = system.cells[c]
            if c in demands:
                demands[c] *= 1.5
            elif not cell.is_base:
                demands[c] = 5 * _NEGLIGIBLE * cell.scale
        wider = _complement(system, hidden, demands) if patience < 9 else hidden
        if wider.sum() == hidden.sum():
            wider = _widen(system, hidden, failed)
        if wider.sum() == hidden.sum():
            raise_all(Problem("W174", target.name, "can be computed from what is public", _STUCK) for target in failed)
        hidden = wider


def _complement(system: _System, hidden: np.ndarray, demands: Mapping[int, float]) -> np.ndarray:
    """``hidden`` and the rows that protect them, indicator by indicator: bases first, then counts."""
    wanted = np.isin(np.arange(len(system.cells)), list(demands))
    public = system.shown(system.public)
    topics = defaultdict(list)
    for e, equation in enumerate(system.equations):
        topics[not system.is_base[list(equation.parts)].all(), equation.topic].append(e)
    for counts, topic in sorted(topics):
        equations = [*topics.get((False, topic), ()), *topics[True, topic]] if counts else topics[False, topic]
        # a base that is in sight after the first step stays there: from then on it is a constant
        fixed = public | (system.is_base & system.shown(~hidden)) if counts else public
        relations = system.relations[equations]
        for cells, inside in _components(relations, ~fixed):
            if wanted[cells].any():
                hidden = _protect(system, hidden, demands, cells, relations[inside])
    return hidden


def _protect(system: _System, hidden: np.ndarray, demands, cells: np.ndarray, relations: csr_array) -> np.ndarray:
    """``hidden`` and the rows that cost least to hide so that ``cells`` are as uncertain as ``demands`` asks.

    The solver wants whole costs (it crashes on others), a protection for each cell that it is told is unsafe (it gives
    up on others), and protection below and above in place of a range.
    """
    truth = system.truth[cells].round(6)
    unknown, costs = ~system.shown(~hidden), system.costs(hidden)
    roof = 2 * truth.max() + system.settings.minimum_base
    lines = ["0", str(len(cells))]
    for i, c in enumerate(cells):
        below = above = 0.0
        if c in demands:
            need, cell = demands[c], system.cells[c]
            room = max(system.truth[cell.base] - truth[i], 0) if cell.bounded else np.inf
            above = min(need - min(truth[i], need / 2), room)
            below = min(need - above, truth[i])
        status, cost = "u" if c in demands else "s", 0 if unknown[c] else costs[c]
        lines.append(f"{i} {truth[i]:.6f} {cost} {status} 0 {roof:.6f} {below:.6f} {above:.6f} 0")
    signs = relations[:, cells]
    lines.append(str(signs.shape[0]))
    for e, total in enumerate(signs @ truth):
        part = slice(signs.indptr[e], signs.indptr[e + 1])
        terms = [f"{i} ({sign:.0f})" for i, sign in zip(signs.indices[part], signs.data[part], strict=True)]
        lines.append(f"{total:.6f} {len(terms)} : {' '.join(terms)}")
    with tempfile.TemporaryDirectory() as folder:
        task, answer = Path(folder, "task.jj"), Path(folder, "answer.jj")
        task.write_text("\n".join(lines) + "\n", encoding="ascii")
        HiTaSCtrl().full_jj(in_file_jj=str(task), out_file=str(answer), max_time=1, out_dir=folder)
        found = answer.read_text(encoding="ascii").split() if answer.exists() else []
    hidden = hidden.copy()
    for i in found:
        hidden[list(system.cells[cells[int(i)]].owners)] = True
    return hidden


class _Target(NamedTuple):
    """What to attack: a count and its base, by cell (either can be missing), and the ranges they need."""

    name: str
    key: Key | None
    count: int | None
    base: int | None
    divide: bool  # whether the figure is count / base, not the count itself
    need: float
    need_n: float


def _targets(system: _System, hidden: np.ndarray) -> list[_Target]:
    """Every hidden or unsafe row, and every unsafe group that is not in the table."""
    rows = np.flatnonzero(hidden | np.array([bool(why) for why in system.why], bool))
    picked = [(system.count_of[r], system.base_of[r], system.keys[r]) for r in rows]
    for c in np.flatnonzero(system.unsafe):
        if not (cell := system.cells[c]).owners:
            picked.append((None, int(c), None) if cell.is_base else (int(c), cell.base, None))
    found = []
    for count, base, key in picked:
        cell = system.cells[base if count is None else count]
        divide = cell.base is not None
        n = max(system.truth[cell.base], 1) if divide else 1
        need = 0.0 if count is None else (system.need(count) if cell.why else _NEGLIGIBLE * cell.scale) / n
        small = base is not None and system.unsafe[base]
        found.append(_Target(cell.name, key, count, base, divide, need, system.settings.minimum_base * small))
    return found


class _Pool:
    """The widest bounds on each target that points which an attacker cannot rule out have shown so far."""

    def __init__(self, targets: list[_Target], truth: np.ndarray):
        self.targets = targets
        self._count = np.array([-1 if t.count is None else t.count for t in targets], int)
        self._base = np.array([-1 if t.base is None else t.base for t in targets], int)
        self._divide, self._need, self._need_n = (
            np.array([getattr(t, name) for t in targets], kind)
            for name, kind in (("divide", bool), ("need", float), ("need_n", float))
        )
        self.low, self.n_low = np.full((2, len(targets)), np.inf)
        self.high, self.n_high = np.full((2, len(targets)), -np.inf)
        self.add(truth)

    def add(self, point: np.ndarray) -> None:
        """Take in one more point: a value for every cell."""
        count, n = (np.where(at >= 0, point[at], np.nan) for at in (self._count, self._base))
        # a solver's noise over a base of nearly nobody would pass for a range
        value = np.where(self._divide, count / np.where(n > 0.01, n, np.nan), count)
        self.low, self.high = np.fmin(self.low, value), np.fmax(self.high, value)
        self.n_low, self.n_high = np.fmin(self.n_low, n), np.fmax(self.n_high, n)

    def safe(self) -> np.ndarray:
        """Whether the bounds on each target are far enough apart."""
        wide = (self._count < 0) | (self.high - self.low >= self._need * (1 - 1e-6))
        return wide & ((self._need_n == 0) | (self.n_high - self.n_low >= self._need_n * (1 - 1e-6)))


def _attack(system: _System, hidden: np.ndarray) -> list[Attack]:
    """Bounds on every target from all that is shown, by linear programmes.

    A point that one programme finds bounds other targets too, so most are settled without one of their own.
    """
    targets = _targets(system, hidden)
    pool = _Pool(targets, system.truth)
    ties = [(t.base, t.base) if t.count is None else (t.count, t.base if t.divide else t.count) for t in targets]
    wanted = {c for target in targets for c in (target.count, target.base)}
    parts = [
        (cells, inside)
        for cells, inside in _components(system.relations, ~system.shown(~hidden), ties)
        if wanted.intersection(cells.tolist())
    ]
    if parts and len(targets) > 50:
        cells, inside = (np.concatenate(items) for items in zip(*parts, strict=True))
        relations = system.relations[inside][:, cells]
        for aim in np.random.default_rng(0).choice([-1.0, 1.0], (4, len(cells))):
            _push(system, pool, cells, relations, aim)
            _push(system, pool, cells, relations, -aim)
    for cells, inside in parts:
        _search(system, pool, cells, system.relations[inside][:, cells])
    attacks = []
    for i, (target, safe) in enumerate(zip(targets, pool.safe().tolist(), strict=True)):
        low, high = (0, 1)
        if target.key and target.divide:
            low, high = _SCALE.get(system.units[system.cells[target.count].owners[0]], (0, 1))
        ends = (float(low + end[i] * (high - low)) for end in (pool.low, pool.high))
        attacks.append(Attack(target.name, target.key, *ends, float(pool.n_low[i]), float(pool.n_high[i]), safe))
    return attacks


def _push(system: _System, pool: _Pool, cells: np.ndarray, relations: csr_array, aim: np.ndarray) -> None:
    """Put the point into the pool that is furthest towards ``aim`` among all that agree with what is shown."""
    totals = relations @ system.truth[cells]
    roof = 10 * system.truth.max() + system.settings.minimum_base
    found = linprog(-aim, A_eq=relations, b_eq=totals, bounds=(0, roof), method="highs")
    if found.status == 0:
        point = system.truth.copy()
        point[cells] = found.x
        pool.add(point)


def _search(system: _System, pool: _Pool, cells: np.ndarray, relations: csr_array) -> None:
    """Push each target among ``cells`` up and down until its bounds are far enough apart, or exact."""
    place = {c: i for i, c in enumerate(cells.tolist())}

    def push(goal: dict[int | None, float]) -> None:
        aim = np.zeros(len(cells))
        for c in goal.keys() & place.keys():
            aim[place[c]] = goal[c]
        _push(system, pool, cells, relations, aim)

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
                push({target.count: sign, target.base: -sign * ratio * target.divide})


def _widen(system: _System, hidden: np.ndarray, failed: list[_Target]) -> np.ndarray:
    """``hidden`` and, for each equation that a ``failed`` target stands in, the cheapest row that is still shown.

    When there is none, those of everything it hides among.
    """
    shown = system.shown(~hidden)
    usable, costs = shown & ~system.shown(system.public), system.costs(hidden)
    parts = [(set(cells.tolist()), inside) for cells, inside in _components(system.relations, ~shown)]
    wider = hidden.copy()
    for target in failed:
        mine = {target.count, target.base} - {None}
        near = np.unique(system.relations[:, sorted(mine)].nonzero()[0])
        far = [e for cells, inside in parts if mine & cells for e in inside]
        for equations in (near, far):
            found = [c[usable[c]] for c in (system.relations[[e]].nonzero()[1] for e in equations)]
            picks = [cells[costs[cells].argmin()] for cells in found if len(cells)]
            for c in picks:
                wider[list(system.cells[c].owners)] = True
            if picks:
                break
    return wider


def _explain(system: _System, hidden: np.ndarray) -> list[str]:
    """Why each row is hidden: its own reason, or the nearest unsafe cell that it helps to hide."""
    sources = np.flatnonzero(system.unsafe)
    if not len(sources):
        return list(system.why)
    unknown = ~system.shown(~hidden)
    width = len(system.cells)
    e, c = system.relations.nonzero()
    base, count = np.array([system.base_of, system.count_of])[:, unknown[system.base_of]]
    ends = np.concatenate([c[unknown[c]], base]), np.concatenate([e[unknown[c]] + width, count])
    size = width + len(system.equations)
    graph = csr_array((np.ones(len(ends[0])), ends), shape=(size, size))
    options = {"directed": False, "indices": sources, "unweighted": True, "min_only": True}
    _, _, nearest = dijkstra(graph, return_predecessors=True, **options)
    return [
        why or (f"complement of {system.cells[nearest[c]].name}" if nearest[c] >= 0 else "complement")
        for why, c in zip(system.why, system.count_of, strict=True)
    ]
