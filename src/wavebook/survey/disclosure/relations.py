"""An attacker's knowledge of cells, as matrices: sums of parts, and bounds on squares from possible answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

_MOST = 40  # answers of a count that are distinguished


@dataclass
class Cell:
    """A number an attacker may want: the base of a group, or a count in it."""

    truth: float
    is_base: bool = False
    base: int | None = None  # of a count: the cell of the weight of its base; None for a sum
    bounded: bool = False  # of a count: whether it cannot exceed its base
    scale: float = 1.0  # of a count: the size that its protection range is a part of
    why: str = ""  # the reason why it may not be known
    name: str = ""
    owners: tuple[int, ...] = ()  # the rows that show it; none for a group that is not in the table
    absent: bool = False  # whether it belongs to groups that have no row because nobody is in them
    given: bool = False  # whether it is known from elsewhere, like the weight of a group from population statistics


class Spread(NamedTuple):
    """The cells of one mean: base, count (``total``) and sum of squares; ``step`` lies between two answers."""

    base: int
    total: int
    square: int
    step: float


class Left(NamedTuple):
    """The cells of a group that is not in the table: its base, the weight of that, and a count (``total``)."""

    base: int
    weight: int
    total: int


class Equation(NamedTuple):
    """One whole is the sum of its parts; ``topic`` is the wave and indicator whose rows say so."""

    whole: int
    parts: tuple[int, ...]
    topic: tuple[str, str]
    beside: tuple[int, ...] = ()  # cells of that sum that the whole lacks


def neighbours(cell: Cell, step: float) -> list[tuple[float, float]]:
    """Pairs of neighbouring answers, on the scale of counts."""
    number = round(1 / step) if cell.bounded else min(int(3 * cell.scale) + 2, _MOST)
    return [(k * step, (k + 1) * step) for k in range(number)]


def limits_of(spreads: Sequence[Spread], cells: Sequence[Cell]) -> csr_array:
    """The constraints on sums of squares, as a matrix whose product with all cells is nowhere below 0.

    No answer x lies between two neighbours a and b, so (x - a)(x - b) is nowhere below 0; and on a scale from 0 to 1
    no square is above its root.
    """
    terms = []
    for base, count, square, step in spreads:
        terms += [((square, 1.0), (count, -a - b), (base, a * b)) for a, b in neighbours(cells[count], step)]
        terms += [((count, 1.0), (square, -1.0), (base, 0.0))] if cells[count].bounded else []
    places = [(e, c, factor) for e, row in enumerate(terms) for c, factor in row if factor]
    e, c, factor = zip(*places, strict=True) if places else ((), (), ())
    return csr_array((np.array(factor, float), (np.array(e, int), np.array(c, int))), shape=(len(terms), len(cells)))


def matrix_of(equations: Sequence[Equation], width: int) -> csr_array:
    """One row an equation, one column a cell: -1 for the whole, 1 for each part."""
    places = [(e, c, 1.0) for e, equation in enumerate(equations) for c in equation.parts]
    places += [(e, c, -1.0) for e, equation in enumerate(equations) for c in (equation.whole, *equation.beside)]
    e, c, sign = zip(*places, strict=True) if places else ((), (), ())
    return csr_array((np.array(sign, float), (np.array(e, int), np.array(c, int))), shape=(len(equations), width))


def components(relations: csr_array, loose: np.ndarray, ties=()) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The connected groups of ``loose`` cells, and their equations; ``ties`` are pairs that are connected anyway."""
    e, c = relations.nonzero()
    e, c = e[loose[c]], c[loose[c]]
    left, right = np.array([(a, b) for a, b in ties if loose[a] and loose[b]], int).reshape(-1, 2).T
    cells, place = np.unique(np.concatenate([c, left, right]), return_inverse=True)
    ends = place[: len(c) + len(left)], np.concatenate([e + len(cells), place[len(c) + len(left) :]])
    size = len(cells) + relations.shape[0]  # pyright: ignore[reportOptionalSubscript]  # a matrix has a shape
    number, labels = connected_components(csr_array((np.ones(len(ends[0])), ends), shape=(size, size)), False)
    order = np.argsort(labels, kind="stable")
    for group in np.split(order, np.cumsum(np.bincount(labels, minlength=number))[:-1]):
        if len(inside := group[group < len(cells)]):
            yield cells[inside], group[group >= len(cells)] - len(cells)
