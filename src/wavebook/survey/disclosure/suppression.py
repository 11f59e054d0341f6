"""Disclosure control: the estimates that may not be shown, and the others to hide so that they stay hidden.

The exact optimiser of tau-ARGUS (Fischetti and Salazar, Management Science 47, 2001), which ``pytauargus`` ships with
its own solver, finds the cells to hide besides the unsafe ones. It takes any set of linear relations, so breakdowns
that share margins are one problem; it works cell by cell, so the bases of an indicator are settled before its counts.
It gives no sign when a protection is impossible, and ignores sliding ranges. Therefore nothing rests on it: an attacker
(``attack``) tries the result, and more is hidden until it holds.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
from pytauargus import HiTaSCtrl
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wavebook.core.problems import Problem, fail, raise_all
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, Key
from wavebook.survey.disclosure.attack import NEGLIGIBLE, Attack, Target, attack, concede, targets
from wavebook.survey.disclosure.cells import System
from wavebook.survey.disclosure.groups import Astray, Nesting
from wavebook.survey.disclosure.relations import components
from wavebook.survey.disclosure.rules import Settings, primary, read_settings

__all__ = ["Settings", "Suppressed", "Suppression", "audit", "differences", "primary", "read_settings", "suppress"]

_NUMBERS = dict.fromkeys(NUMBER_COLUMNS, float)
_PUBLIC = "Withdraw that edition and estimate without it, or show the figure."
_STUCK = "Leave its breakdown or category out of the table, or join it with another."
_FEW = "Wait until more respondents differ, or leave these figures out; or let the owner of the data allow it: {}."


@dataclass(frozen=True)
class Suppressed:
    """A figure that is not shown, and the reason; holds no number, so that it can be printed anywhere."""

    key: Key
    why: str

    def __str__(self) -> str:
        return f"{self.key}: {self.why}"


@dataclass(frozen=True)
class Suppression:
    """The publishable table, in the columns of the figures table; the figures left out of it; the last audit."""

    table: pd.DataFrame
    report: tuple[Suppressed, ...]
    attacks: tuple[Attack, ...]


def suppress(
    table: pd.DataFrame,
    settings: Settings,
    *,
    known: pd.DataFrame | None = None,
    within: Nesting = (),
    astray: Astray = MappingProxyType({}),
    sums: Collection[str] = (),
    revising: bool = False,
    folder: Path | None = None,
) -> Suppression:
    """The table without the figures that may not be shown, or that would give those away.

    Parameters
    ----------
    table
        All estimates of a wave, in the columns of the figures table, with ``n`` the unweighted base of each row.
        Optional columns, which are not passed on: ``n_cell``, the respondents in a category; ``largest``,
        ``second_largest`` and ``total``, absolute weighted contributions to a mean or sum; ``weight``, what the weights
        of the base add up to, and of these ``largest_weight`` and ``second_largest_weight``.
    known
        Rows of the same wave that were published before.
    within
        Segments inside a segment of another breakdown: ``{(("life_event", "moving"), ("theme", "housing"))}``.
    astray
        The respondents of such a segment outside the other, by inner and outer segment, population and figure
        (``channel.phone``).
    sums
        Indicators whose value is a total, not a mean or share.
    revising
        ``table`` takes the place of ``known``, whose figures on about the same respondents those who kept it still
        have. What they give away by themselves is no error any more; nothing in ``table`` may add to it.
    folder
        The folder for the optimiser's working files, which hold the bases of small groups.

    Raises
    ------
    ProblemsError
        W172 a row that cannot be judged; W173 an unsafe figure that is public already; W174 one that nothing
        that can still be hidden protects.
    """
    raise_all(_unfit(table))
    index, table = table.index, table.astype(_NUMBERS).reset_index(drop=True)
    ordered = table.sort_values(KEY_COLUMNS)  # the choice of hidden rows may not depend on their order
    if revising and known is not None:
        known = known[_as_many(known, ordered, settings)]
    system = System(ordered, settings, known, within, sums, astray)
    unsafe = np.array([bool(why) for why in system.why], bool)
    if revising:
        concede(system)
    else:
        raise_all(
            Problem("W173", str(system.keys[r]), f"is public in an earlier edition: {system.why[r]}", _PUBLIC)
            for r in np.flatnonzero(unsafe & system.public)
        )
    hidden, attacks = _settle(system, unsafe & ~system.public, folder)
    rows = np.flatnonzero((hidden | unsafe)[: len(table)])
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
    within: Nesting = (),
    astray: Astray = MappingProxyType({}),
    sums: Collection[str] = (),
) -> tuple[Attack, ...]:
    """An attacker's bounds on each figure that ``published`` leaves out; the last gate.

    ``table`` holds the true figures; rows are matched by key, and a row that is absent counts as hidden. Figures
    that ``primary`` forbids and that are shown all the same are unsafe. Arguments and errors as ``suppress``.
    """
    raise_all(_unfit(table))
    table = table.astype(_NUMBERS)
    shown = set(published.loc[published["status"] != "suppressed", KEY_COLUMNS].itertuples(index=False, name=None))
    system = System(table, settings, known, within, sums, astray)
    return tuple(attack(system, np.array([tuple(key) not in shown for key in system.keys], bool) & ~system.public))


def _as_many(before: pd.DataFrame, after: pd.DataFrame, settings: Settings) -> np.ndarray:
    """The rows of ``before`` that rest on about as many respondents as in ``after``."""
    n = after.set_index(KEY_COLUMNS)["n"].reindex(pd.MultiIndex.from_frame(before[KEY_COLUMNS])).to_numpy(float)
    return ~(np.abs(n - before["n"].to_numpy(float)) >= settings.minimum_base)


def differences(
    before: pd.DataFrame, after: pd.DataFrame, settings: Settings, place: str, *, anew: bool = False
) -> Iterator[Problem]:
    """Figures that both tables show and that differ by a few respondents (W175).

    The difference of the two tells what those few answered. Their bases differ by a few, or are the same and the
    figure moved by no more than a few can move it; unless the same answers of the same people are weighted ``anew``.
    """
    shown = [table[table["status"].ne("suppressed") & table["n"].notna()] for table in (before, after)]
    both = shown[0].merge(shown[1], on=KEY_COLUMNS, suffixes=("", "_after"))
    apart = (both["n"] - both["n_after"]).abs()
    largest = both["value"].max()
    span = [unit.high - unit.low if unit.is_bounded else largest for unit in both["unit"]]
    change = (both["value"] - both["value_after"]).abs()
    moved = change.gt(_rounding(both)) & (change * both["n"] / span).lt(settings.minimum_base)
    same = apart.eq(0) & moved & (not anew)
    few = both[(apart.gt(0) & apart.lt(settings.minimum_base)) | same]
    if len(few) and not settings.revise_few:
        first = Key(*few.iloc[0][KEY_COLUMNS])
        found = f"{len(few)} figures would change by fewer than {settings.minimum_base} respondents ({first} first)"
        told = f"{found}: the difference tells what those answered"
        yield Problem("W175", place, told, _FEW.format("revise_few = true under [disclosure] in data/waves.toml"))


def _rounding(both: pd.DataFrame) -> pd.Series:
    """The distance of two values of a row that differ only by the decimals of their tables."""
    decimals = [
        both[name]
        .map(lambda value: len(repr(float(str(value))).partition(".")[2].rstrip("0")))
        .groupby(both["indicator"])
        for name in ("value", "value_after")
    ]
    coarser = np.minimum(*(most.transform("max").to_numpy(float) for most in decimals))
    return pd.Series(0.5 * 10.0**-coarser + 1e-9, both.index)


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


def _settle(system: System, hidden: np.ndarray, folder: Path | None) -> tuple[np.ndarray, list[Attack]]:
    """``hidden`` and all the rows that have to go with it, with the attacks that it withstands.

    Targets that are still unsafe are protected again, and further: first by the optimiser, then at any cost.
    Raises ProblemsError (W174) when there is nothing left to hide.
    """
    demands = {c: system.need(c) for c in np.flatnonzero(system.unsafe).tolist() if system.need(c) > 0}
    hidden = _complement(system, hidden, demands, folder)
    patience = 0
    while True:
        attacks = attack(system, hidden)
        failed = [t for t, found in zip(targets(system, hidden), attacks, strict=True) if not found.safe]
        if not failed:
            return hidden, attacks
        for c in {c for target in failed for c in (target.count, target.base) if c is not None}:
            cell = system.cells[c]
            if c in demands:
                demands[c] *= 1.5
            elif not cell.is_base:
                demands[c] = 5 * NEGLIGIBLE * cell.scale
        wider = _complement(system, hidden, demands, folder) if patience < 9 else hidden
        if wider.sum() == hidden.sum():
            wider = _widen(system, hidden, failed)
        if wider.sum() == hidden.sum():
            fail(*(Problem("W174", target.name, "can be computed from what is public", _STUCK) for target in failed))
        hidden, patience = wider, patience + 1


def _complement(system: System, hidden: np.ndarray, demands: Mapping[int, float], folder: Path | None) -> np.ndarray:
    """``hidden`` and the rows that protect them, indicator by indicator: bases first, then counts."""
    wanted = np.isin(np.arange(len(system.cells)), list(demands))
    topics = defaultdict(list)
    for e, equation in enumerate(system.equations):
        topics[not system.is_base[list(equation.parts)].all(), equation.topic].append(e)
    for counts, topic in sorted(topics):
        equations = [*topics.get((False, topic), ()), *topics[True, topic]] if counts else topics[False, topic]
        # a base that is visible after the first step stays so: from then on it is a constant
        fixed = system.fixed | (system.is_base & system.shown(~hidden)) if counts else system.fixed
        relations = system.relations[equations]
        for cells, inside in components(relations, ~fixed):
            if wanted[cells].any():
                hidden = _protect(system, hidden, demands, cells, relations[inside], folder)
    return hidden


def _protect(system: System, hidden: np.ndarray, demands, cells, relations: csr_array, folder) -> np.ndarray:
    """``hidden`` and the rows that cost least to hide so that ``cells`` are as uncertain as ``demands`` asks.

    The solver needs whole costs (it crashes on others), a protection for each cell declared unsafe (it gives up on
    others), and protection below and above in place of a range.
    """
    truth = system.truth[cells].round(6)
    unknown, costs = ~system.seen(hidden), system.costs(hidden)
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
    with tempfile.TemporaryDirectory(dir=folder, prefix=".hide-") as work:
        task, answer = Path(work, "task.jj"), Path(work, "answer.jj")
        task.write_text("\n".join(lines) + "\n", encoding="ascii")
        inside = f"{work}/"  # names are appended to it literally
        HiTaSCtrl().full_jj(in_file_jj=str(task), out_file=str(answer), max_time=1, out_dir=inside)
        found = answer.read_text(encoding="ascii").split() if answer.exists() else []
    hidden = hidden.copy()
    for number in found:
        hidden[list(system.cells[cells[int(number)]].owners)] = True
    return hidden


def _widen(system: System, hidden: np.ndarray, failed: list[Target]) -> np.ndarray:
    """``hidden`` and, for each equation with a ``failed`` target, the cheapest row that is still shown.

    If there is none, those of all the cells that it hides among.
    """
    shown = system.seen(hidden)
    usable, costs = shown & ~system.fixed, system.costs(hidden)
    parts = [(set(cells.tolist()), inside) for cells, inside in components(system.relations, ~shown)]
    wider = hidden.copy()
    for target in failed:
        mine = {cell for cell in (target.count, target.base) if cell is not None}
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


def _explain(system: System, hidden: np.ndarray) -> list[str]:
    """The reason why each row is hidden: its own, or the nearest unsafe cell that it helps to hide."""
    sources = np.flatnonzero(system.unsafe)
    if not len(sources):
        return list(system.why)
    unknown = ~system.seen(hidden)
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
