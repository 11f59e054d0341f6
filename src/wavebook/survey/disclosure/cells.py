"""The numbers that an attacker may want, and the relations between them that he knows.

Behind a row of the table are two cells, its base and its count (base x share, or base x mean moved to a scale of 0 to
1). Groups that are left out of the table are cells too: everyone outside the segments that are shown is a group whose
figures follow by subtraction. A mean whose error is shown has a third cell, the sum of the squares of its answers:
the error gives it away, and with it a group in which nobody differs from the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from types import MappingProxyType

import numpy as np
import pandas as pd

from wavebook.figures import KEY_COLUMNS, Key
from wavebook.survey.disclosure.bases import heaviest, same_respondents, sizes
from wavebook.survey.disclosure.corners import corners
from wavebook.survey.disclosure.groups import Astray, Link, Nesting, links
from wavebook.survey.disclosure.relations import Cell, Equation, Left, Spread, limits_of, matrix_of, neighbours
from wavebook.survey.disclosure.rules import (
    ALIKE,
    COVER,
    DOMINATED,
    Settings,
    dominated,
    partitions,
    primary,
    scaled,
    slack,
    too_few,
)


class System:
    """All cells behind the rows, and the linear relations between them that an attacker knows."""

    def __init__(
        self,
        table: pd.DataFrame,
        settings: Settings,
        known: pd.DataFrame | None,
        within: Nesting,
        sums: Collection[str],
        astray: Astray = MappingProxyType({}),
    ):
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
        count, self.bounded = scaled(rows, sums)
        self.exclusive = partitions(rows, count)
        self.weighted = "weight" in rows
        is_sum = rows["indicator"].isin(sums).to_numpy(bool)
        self.size, self.scale = sizes(rows) if self.weighted else (self.n, 1.0)
        self.heaviest = heaviest(rows, self.size)
        self.count = np.where(is_sum, count, count / np.maximum(self.n, 1) * self.size) if self.weighted else count

        self.cells: list[Cell] = []
        self.equations: list[Equation] = []
        self.spreads: list[Spread] = []
        self._sums_of_squares: list[Equation] = []
        self._state(is_sum)
        if not settings.reason_may_show:
            self._cover()
        self._square(rows)
        self._rests: dict[tuple[int, ...], list[tuple[int, int] | None]] = {}
        self.outside: dict[tuple[Key, str], Left | None] = {}
        self._told: set[tuple] = set()
        for link in links(self.keys, self.n, within, astray):
            self._link(link)
        corners(self)
        self._split()

        self.truth = np.array([cell.truth for cell in self.cells])
        self.is_base = np.array([cell.is_base for cell in self.cells], bool)
        self.unsafe = np.array([bool(cell.why) for cell in self.cells], bool)
        self.absent = np.array([cell.absent for cell in self.cells], bool)
        self.given = np.array([cell.given for cell in self.cells], bool)
        self.most = np.full(len(self.cells), np.inf)  # how uncertain a base or a figure can still be made
        pairs = [(r, c) for c, cell in enumerate(self.cells) for r in cell.owners]
        self.owners = tuple(np.array(pairs, int).reshape(-1, 2).T)
        self.relations = matrix_of(self.equations, len(self.cells))
        self.squares = matrix_of(self._sums_of_squares, len(self.cells))
        self.limits = limits_of(self.spreads, self.cells)

    def _add(self, truth: float, **more) -> int:
        self.cells.append(Cell(float(truth), **more))
        return len(self.cells) - 1

    def equate(self, whole: int, parts: Iterable[int | None], topic: tuple[str, str], beside=()) -> None:
        """State that one cell is the sum of others."""
        self.equations.append(Equation(whole, tuple(part for part in parts if part is not None), topic, beside))

    def _state(self, is_sum: np.ndarray) -> None:
        """The base and the count of every row; figures on the same respondents share the cells of their bases."""
        ratio = self.count / np.where(is_sum, 1, np.maximum(self.size, 1e-9 if self.weighted else 1))
        top: dict[str, float] = defaultdict(float)
        for key, value in zip(self.keys, ratio, strict=True):
            top[key.name] = max(top[key.name], value)
        self.base_of: list[int] = []
        self.size_of: list[int] = []
        self.count_of: list[int] = []
        same = same_respondents(self.keys, self.n)
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
            self.size_of.append(self._add(self.size[r], given=True) if self.weighted else b)
            base = None if is_sum[r] else self.size_of[r]
            self.count_of.append(self._add(self.count[r], base=base, **own))

    def _cover(self) -> None:
        """Let no other figure of a group show that it is large enough, if all of it gave the same answer to something.

        A row that is hidden while the size of its group shows must be hidden for its answers, which are then known, as
        all of the group answered alike. The size of a survey is known anyway.
        """
        groups = defaultdict(list)
        for r, key in enumerate(self.keys):
            if key.segment_by or key.population:
                groups[key.wave, *key[2:5]].append(r)
        for rows in groups.values():
            for r in [r for r in rows if self.why[r] == ALIKE]:
                for other in rows:
                    if abs(self.n[other] - self.n[r]) < self.settings.minimum_base:
                        base = self.cells[self.base_of[other]]
                        base.why = base.why or COVER
                        self.why[other] = self.why[other] or COVER

    def _square(self, rows: pd.DataFrame) -> None:
        """The sum of squares of every mean with a known error.

        Error and effective number together give the variance of the answers, whatever the design. Where all answers
        are the same there is no error, and no variance.
        """
        self.square_of: list[int | None] = [None] * len(rows)
        numbers = zip(*(rows[name].to_numpy(float).tolist() for name in ("se", "n", "n_effective")), strict=True)
        for r, (unit, (se, n, n_effective)) in enumerate(zip(self.units, numbers, strict=True)):
            if unit.is_share or self.cells[self.count_of[r]].base is None:
                continue
            low, high = unit.scale
            variance = (se / (high - low)) ** 2 * n_effective * (n - 1) / max(n, 1)
            if np.isnan(variance) and self.why[r]:
                variance = 0.0
            if not np.isnan(variance):
                size = self.size[r] if self.weighted else max(n, 1)
                truth = self.size[r] * variance + (self.count[r] ** 2 / size if size else 0)
                self.square_of[r] = self._spread(self.size_of[r], self.count_of[r], truth, 1 / (high - low), (r,))

    def _spread(self, base: int, count: int, square: float, step: float, owners: tuple[int, ...] = ()) -> int:
        """A cell for a sum of squares; rounding and weights can take that outside what answers can give."""
        n, cell = self.cells[base].truth, self.cells[count]
        least = max((a + b) * cell.truth - a * b * n for a, b in neighbours(cell, step))
        truth = min(max(square, least), cell.truth if cell.bounded else np.inf)
        self.spreads.append(Spread(base, count, self._add(truth, owners=owners), step))
        return self.spreads[-1].square

    def _link(self, link: Link) -> None:
        """State the relations of bases and counts in ``link``.

        If its parts fill the whole, that is known beforehand if they are complete. If a few respondents are coded
        elsewhere, their number is taken as known; their answers are to stay unknown.
        """
        whole, parts = link.whole, link.parts
        lost = self._together(link)
        size = [
            at[whole] + more - at[parts].sum() for at, more in zip((self.n, self.size, self.count), lost, strict=True)
        ]
        strays = f"those of {link.rest.removeprefix('those outside ')} who are elsewhere"
        self._bridge(link, [(size, link.rest, 1), (lost, strays, -1)][: 2 if lost[0] else 1])

    def _together(self, link: Link) -> list[float]:
        """The strays of a link: respondents, weight, and count."""
        n = sum(lost.n for lost in link.strays)
        if not n:
            return [0, 0, 0]
        low, high = self.units[link.whole].scale
        weight = [lost.weight * self.scale if self.weighted else lost.n for lost in link.strays]
        count = sum(w * (lost.value - low) / (high - low) for w, lost in zip(weight, link.strays, strict=True))
        return [n, sum(weight), count]

    def _bridge(self, link: Link, sides: list[tuple[list[float], str, int]]) -> None:
        """Equate whole and parts with the groups between them: size, name, and whether beside parts (1) or whole."""
        whole, parts, topic = link.whole, link.parts, self.keys[link.whole][:2]
        base, bases = self.base_of[whole], [self.base_of[p] for p in parts]
        found = (base, *sorted(bases))
        if found not in self._rests:
            self._rests[found] = [
                None if link.complete and not size[0] and len(sides) == 1 else self._outside(link, size, name)
                for size, name, _ in sides
            ]
        between = self._rests[found]
        counts = [
            None if cells is None else self._leave(link, size, *cells, name)
            for (size, name, _), cells in zip(sides, between, strict=True)
        ]

        def equate(whole: int, parts: list[int], outside: list[int | None]) -> None:
            also = {side: [c for c, (_, _, s) in zip(outside, sides, strict=True) if s == side] for side in (1, -1)}
            self.equate(whole, [*parts, *also[1]], topic, tuple(also[-1]))

        if (topic, found) not in self._told:  # once for all categories
            self._told.add((topic, found))
            equate(base, bases, [None if cells is None else cells[0] for cells in between])
        equate(self.count_of[whole], [self.count_of[p] for p in parts], counts)
        if not link.overlapping and len(sides) == 1:
            rest = None if between[0] is None or counts[0] is None else Left(*between[0], counts[0])
            self.outside[self.keys[whole], self.keys[parts[0]].segment_by] = rest
        if len(sides) == 1:
            weight = None if between[0] is None else between[0][1]
            self._link_squares(whole, parts, weight, counts[0], topic)

    def corner(self, link: Link, size: list[float], beside: tuple[int, int]) -> Left:
        """The cells of those outside both of two crossed breakdowns, who are left of two groups with these bases."""
        found = (*beside, -1)
        if found not in self._rests:
            self._rests[found] = [self._outside(link, size, link.rest)]
        cells = self._rests[found][0] or (0, 0)
        return Left(*cells, self._leave(link, size, *cells, link.rest))

    def _outside(self, link: Link, size: list[float], name: str) -> tuple[int, int]:
        """The cells of the base and weight of a group that is not in the table; one where there are no weights.

        The respondent with the largest weight in the whole, if in none of the parts, may dominate the rest.
        """
        few = 0 != size[0] < self.settings.minimum_base
        why = too_few(self.settings.minimum_base) if few else ""
        more = {"name": f"the base of {name}", "absent": not size[0], "given": few and link.near}
        base = self._add(size[0], is_base=True, why="" if few and link.near else why, **more)
        if not self.weighted:
            return base, base
        heaviest, weight = self.heaviest[link.whole], max(size[1], 0)
        outside = heaviest > self.heaviest[link.parts].max() * (1 + 1e-9)
        if outside and not self.cells[base].given and dominated(heaviest, None, weight, self.settings):
            self.cells[base].why = why or DOMINATED
        return base, self._add(weight, given=True)

    def _link_squares(self, whole: int, parts: list[int], weight: int | None, left: int | None, topic) -> None:
        """The same for the sums of squares, where all of them are known."""
        square, squares = self.square_of[whole], [c for p in parts if (c := self.square_of[p]) is not None]
        if square is None or len(squares) < len(parts):
            return
        other = None
        if left is not None and self.cells[left].absent:
            other = self._add(0, absent=True)
        elif left is not None and weight is not None:
            low, high = self.units[whole].scale
            n, cell = self.cells[weight].truth, self.cells[left]
            exact = self.cells[square].truth - sum(self.cells[c].truth for c in squares)
            other = self._spread(weight, left, exact, 1 / (high - low))
            if not cell.why and n and self.cells[other].truth - cell.truth**2 / n < 1e-6 * n:
                cell.why = ALIKE
        parts_and_rest = tuple(c for c in (*squares, other) if c is not None)
        self._sums_of_squares.append(Equation(square, parts_and_rest, topic))

    def _leave(self, link: Link, size: list[float], base: int, weight: int, name: str) -> int:
        """The count of a group that is not in the table: the whole less the parts.

        Rounding can take that outside the group's base; the excess counts as known to the attacker.
        """
        cell, n, exact = self.cells[self.count_of[link.whole]], self.cells[weight].truth, size[2]
        key = self.keys[link.whole]
        truth = min(max(exact, 0), n if cell.bounded else np.inf)
        nobody = abs(exact) < 1e-6 and key[:2] not in self.exclusive
        alike = nobody or (cell.bounded and abs(exact - n) < 1e-6)
        absent = self.cells[base].absent
        few = too_few(self.settings.minimum_base) if 0 < size[0] < self.settings.minimum_base else ""
        left = self._add(
            truth,
            base=None if cell.base is None else weight,
            bounded=cell.bounded,
            scale=truth if cell.base is None and truth else cell.scale,
            why=few or self.cells[base].why or (ALIKE if alike and not absent else ""),
            name=f"{key.name} of {name}",
            absent=absent,
        )
        if cell.bounded:
            self.equate(weight, [left, self._add(n - truth, absent=absent)], key[:2])
        return left

    def _split(self) -> None:
        """Counts add to their base: the categories of one answer together, any other with those who say no."""
        together = defaultdict(list)
        for r, key in enumerate(self.keys):
            if key[:2] in self.exclusive and key.category:
                together[key[:5]].append(r)
            elif self.bounded[r]:
                self.equate(self.size_of[r], [self.count_of[r], self._add(self.size[r] - self.count[r])], key[:2])
        for answer, rows in together.items():
            other = self.size[rows[0]] - self.count[rows].sum()
            missing = self._add(other) if other > slack(float(self.size[rows[0]]), len(rows)) else None
            self.equate(self.size_of[rows[0]], [*(self.count_of[r] for r in rows), missing], answer[:2])

    def shown(self, rows: np.ndarray) -> np.ndarray:
        """Tell whether each cell is shown by at least one of ``rows`` (a mask), or is given."""
        shown = self.given.copy()
        row, cell = self.owners
        shown[cell[rows[row]]] = True
        return shown

    def seen(self, hidden: np.ndarray) -> np.ndarray:
        """Tell whether each cell is shown while the rows ``hidden`` (a mask) are not, was shown before, or is nobody's.

        A group without a row, even a suppressed one, is known to be empty.
        """
        return self.shown(~hidden | self.public) | self.absent

    @property
    def fixed(self) -> np.ndarray:
        """Tell whether each cell is seen whatever is hidden."""
        return self.shown(self.public) | self.absent

    def need(self, c: int) -> float:
        """The distance that an attacker's bounds on unsafe cell ``c`` must have, in respondents or units of a sum."""
        cell = self.cells[c]
        if cell.is_base:  # a covered one could be anything for all an attacker knows, even too small
            return min(max(self.settings.minimum_base, cell.truth if cell.why == COVER else 0), self.most[c])
        n = 1 if cell.base is None else self.truth[cell.base]
        return min(self.settings.protection_range / 100 * cell.scale, self.most[c]) * n

    def costs(self, hidden: np.ndarray) -> np.ndarray:
        """The cost of hiding each cell: figures count first, and those on everyone most.

        Among equals, groups that are ``hidden`` for some indicator go first, so that readers miss the same ones
        everywhere; after that the smallest.
        """
        gone = {self.keys[r][2:5] for r in np.flatnonzero(hidden)}
        level = [_level(key) for key in self.keys]
        fresh = [key[2:5] not in gone for key in self.keys]
        price = np.array(level) * (1000 + 60 * np.array(fresh) + (50 * self.n / self.n.max(initial=1)).astype(int))
        row, cell = self.owners
        return np.bincount(cell, price[row], len(self.cells)).astype(int)


def _level(key: Key) -> float:
    """How much a figure counts among those that might be hidden; a combination of segments least."""
    return (0.2 if len(key.parts) > 1 else 1) if key.segment_by else 100 if key.population else 1000
