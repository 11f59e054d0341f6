"""The rows of a table by column: a million of them fit in memory, and a figure is made when somebody asks for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from wavebook.core import hashes
from wavebook.figures.figure import Figure
from wavebook.figures.key import KEY_COLUMNS, NUMBER_COLUMNS, Key

WORDS = (*KEY_COLUMNS, "unit", "decimals", "status", "source", "locator")
"""The columns that hold one of a list of values."""
_PART = 1000
_KEPT = 20_000  # figures that stay once they are made: all of a usual book


@dataclass(frozen=True)
class Column:
    """A column of which many cells are alike: ``values`` has each content once, ``codes`` its place for each row."""

    codes: np.ndarray
    values: Sequence[Any]

    @cached_property
    def places(self) -> dict[Any, int]:
        """The place of each content in ``values``."""
        return {value: place for place, value in enumerate(self.values)}

    def at(self, row: int) -> Any:
        """The content in one row."""
        return self.values[self.codes[row]]

    def used(self) -> list[Any]:
        """Each content that a row has, once, in the order in which rows have them."""
        codes, first = np.unique(self.codes, return_index=True)
        return [self.values[code] for code in codes[np.argsort(first)]]

    def having(self, *wanted: object) -> np.ndarray:
        """Tell of each row whether its content is one of ``wanted``."""
        flags = np.zeros(len(self.values), bool)
        flags[[self.places[value] for value in wanted if value in self.places]] = True
        return flags[self.codes]

    @cached_property
    def counts(self) -> dict[Any, int]:
        """By content, how many rows have it."""
        return dict(zip(self.values, np.bincount(self.codes, minlength=len(self.values)).tolist(), strict=True))

    @classmethod
    def of(cls, contents: Iterable[Any]) -> Column:
        """A column with these contents."""
        places: dict[Any, int] = {}
        codes = np.fromiter((places.setdefault(content, len(places)) for content in contents), np.int32)
        return cls(codes, list(places))


class AllFigures(ValuesView[Figure]):
    """The figures of ``Rows``, which need not be looked up."""

    _mapping: Rows

    @property
    def rows(self) -> Rows:
        """The figures by column."""
        return self._mapping

    def __iter__(self) -> Iterator[Figure]:
        if len(self._mapping) <= _KEPT:
            return map(self._mapping.figure, range(len(self._mapping)))
        return self._mapping.in_parts()


class Rows(Mapping[Key, Figure]):
    """Figures by key, in the order of their tables.

    ``words`` holds the columns of ``WORDS``, ``numbers`` those of ``NUMBER_COLUMNS``, NaN where a number is not known.
    """

    def __init__(self, words: Mapping[str, Column], numbers: Mapping[str, np.ndarray]):
        self.words, self.numbers = words, numbers
        self._made: dict[int, Figure] = {}

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> Rows:
        """The rows of figures; the last of those with one key."""
        found = list({figure.key: figure for figure in figures}.values())
        words = {name: Column.of(getattr(f.key, name) for f in found) for name in KEY_COLUMNS}
        words |= {name: Column.of(getattr(f, name) for f in found) for name in WORDS[len(KEY_COLUMNS) :]}
        numbers = {
            name: np.array([math.nan if (x := getattr(f, name)) is None else x for f in found], float)
            for name in NUMBER_COLUMNS
        }
        made = cls(words, numbers)
        made._made = dict(enumerate(found[:_KEPT]))
        return made

    def __len__(self) -> int:
        return len(self.numbers["value"])

    def __iter__(self) -> Iterator[Key]:
        return map(self.key, range(len(self)))

    def __contains__(self, key: object) -> bool:
        return self.find(cast(Key, key)) is not None

    def __getitem__(self, key: Key) -> Figure:
        place = self.find(key)
        if place is None:
            raise KeyError(key)
        return self.figure(place)

    def values(self) -> AllFigures:
        """The figures, in order."""
        return AllFigures(self)

    def find(self, key: Key) -> int | None:
        """The row with this key; None where there is none."""
        code = 0
        for name, part in zip(KEY_COLUMNS, key, strict=True):
            column = self.words[name]
            place = column.places.get(part)
            if place is None:
                return None
            code = code * len(column.values) + place
        order, codes = self._index
        place = int(np.searchsorted(codes, code))
        return int(order[place]) if place < len(codes) and codes[place] == code else None

    @cached_property
    def _index(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows in the order of a number for each key, and these numbers."""
        most = math.prod(max(len(self.words[name].values), 1) for name in KEY_COLUMNS)
        codes = np.zeros(len(self), np.int64 if most < 2**63 else object)
        for name in KEY_COLUMNS:
            codes = codes * len(self.words[name].values) + self.words[name].codes
        order = np.argsort(codes, kind="stable")
        return order, codes[order]

    def key(self, row: int) -> Key:
        """The key of one row."""
        return Key(*(self.words[name].at(row) for name in KEY_COLUMNS))

    def figure(self, row: int) -> Figure:
        """The figure in one row."""
        if row in self._made:
            return self._made[row]
        numbers = [None if math.isnan(x) else x for x in (float(self.numbers[name][row]) for name in NUMBER_COLUMNS)]
        value, n, n_effective, se, low, high = numbers
        unit, decimals, *told = (self.words[name].at(row) for name in WORDS[len(KEY_COLUMNS) :])
        n = None if n is None else int(n)
        made = Figure(self.key(row), value, unit, decimals, n, n_effective, se, low, high, *told)
        if len(self._made) < _KEPT:
            self._made[row] = made
        return made

    def in_parts(self) -> Iterator[Figure]:
        """The figures in order, none of which is kept: one after the other they are made three times as fast."""
        for start in range(0, len(self), _PART):
            some = slice(start, start + _PART)
            words = [
                [column.values[code] for code in column.codes[some].tolist()]
                for column in (self.words[name] for name in WORDS)
            ]
            numbers = [[None if x != x else x for x in self.numbers[name][some].tolist()] for name in NUMBER_COLUMNS]
            numbers[1] = [None if n is None else int(n) for n in numbers[1]]
            keys = map(Key, *words[: len(KEY_COLUMNS)])
            unit, decimals, *told = words[len(KEY_COLUMNS) :]
            yield from map(Figure, keys, numbers[0], unit, decimals, *numbers[1:], *told)

    def take(self, rows: np.ndarray) -> Rows:
        """Some of the rows, by place or by a mask, in that order."""
        words = {name: Column(column.codes[rows], column.values) for name, column in self.words.items()}
        return Rows(words, {name: numbers[rows] for name, numbers in self.numbers.items()})

    @cached_property
    def digest(self) -> str:
        """A hash of all rows, whatever other contents their columns could have."""

        def parts() -> Iterator[tuple[str, bytes]]:
            for name, column in self.words.items():
                there = np.bincount(column.codes, minlength=len(column.values)) > 0
                yield name, repr([column.values[code] for code in np.flatnonzero(there).tolist()]).encode()
                yield name, (np.cumsum(there, dtype=np.int32) - 1)[column.codes].tobytes()
            for name, numbers in self.numbers.items():
                yield name, numbers.tobytes()

        return hashes.of_all(parts())
