"""Respondents who are in no segment of either of two crossed breakdowns, whose figures follow from all those shown.

Everyone less the segments of one breakdown leaves those outside it, S. A segment of the other less its combinations
leaves those of that segment who are in S. What these leave of S together is the corner: nobody prints its figures, and
anybody can compute them. A survey that asked everyone both questions has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from wavebook.definitions.breakdowns import CROSS
from wavebook.figures import Key
from wavebook.survey.disclosure.groups import Link
from wavebook.survey.disclosure.relations import Cell, Left

Groups = dict[tuple[str, str], int]  # breakdown and segment → row


class Known(Protocol):
    """The cells behind rows and what is known of them; see ``cells.System``."""

    cells: list[Cell]
    base_of: list[int]
    size_of: list[int]
    count_of: list[int]
    outside: dict[tuple[Key, str], Left | None]

    @property
    def keys(self) -> Sequence[Key]:
        """The keys of the rows."""
        ...

    def equate(self, whole: int, parts: Iterable[int | None], topic: tuple[str, str]) -> None:
        """State that one cell is the sum of others."""

    def corner(self, link: Link, size: list[float], beside: tuple[int, int]) -> Left:
        """The cells of those outside both of two crossed breakdowns."""
        ...


def corners(system: Known) -> None:
    """State the relations of all groups that are left out beside the crossings of a table."""
    measures: dict[tuple, Groups] = defaultdict(dict)
    for r, key in enumerate(system.keys):
        measures[key[:3], key.category][key.segment_by, key.segment] = r
    for groups in measures.values():
        for by in sorted({by for by, _ in groups if CROSS in by}):
            if ("", "") in groups:
                _corner(system, by, groups)


def _corner(system: Known, by: str, groups: Groups) -> None:
    """State them for one crossing and one figure."""
    whole, (first, second) = groups["", ""], by.split(CROSS)
    key = system.keys[whole]
    if any((key, name) not in system.outside for name in (first, second, by)):
        return  # not in the table, or overlapping
    outside, beyond, both = (system.outside[key, name] for name in (first, second, by))
    if outside is None or beyond is None:
        return  # nobody is outside one of the two, so all follows from the sums
    rows = [r for (name, _), r in groups.items() if name in (first, second)]
    alone = {
        name: _alone(system, by, [r for r in rows if system.keys[r].segment_by == name]) for name in (first, second)
    }
    size = [
        system.cells[cell].truth - sum(system.cells[left[k]].truth for left in alone[second])
        for k, cell in enumerate(outside)
    ]
    if size[0] < 0:
        return
    name = f"those outside {first} and {second}"
    corner = system.corner(Link(whole, rows, name, complete=False), size, (outside.base, beyond.base))
    sums = [(outside, [*alone[second], corner]), (beyond, [*alone[first], corner])]
    sums += [(both, [outside, *alone[first]])] if both else []
    for whole_of, parts in sums:
        system.equate(whole_of.base, [part.base for part in parts], key[:2])
        system.equate(whole_of.total, [part.total for part in parts], key[:2])


def _alone(system: Known, by: str, rows: list[int]) -> list[Left]:
    """The respondents of each segment who are in no combination, where there are any."""
    found = []
    for r in rows:
        own = Left(system.base_of[r], system.size_of[r], system.count_of[r])
        left = system.outside.get((system.keys[r], by), own)
        found += [left] if left else []
    return found
