"""Faultless tables, read by column: as ``table`` would read them, a hundred times faster.

A table that may have a fault, or a form that is seldom met, is left to ``table``, which reads row by row and says what
is wrong where. So nothing here words a problem, and each rule is at least as strict as the one there.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wavebook.core import files
from wavebook.core.text import CONTROL
from wavebook.core.units import LARGEST
from wavebook.definitions import Definitions
from wavebook.figures.key import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, STATUSES
from wavebook.figures.rows import WORDS, Column, Rows

_TEXTS = [name for name in COLUMNS if name not in NUMBER_COLUMNS]
_EXACT: Any = {} if tuple(map(int, pd.__version__.split(".")[:2])) >= (3, 1) else {"float_precision": "round_trip"}
"""Numbers as Python reads them; since pandas 3.1 it reads no others."""
_COMMA, _QUOTE, _END, _POINT, _MINUS, _ZERO, _NINE = (ord(c) for c in ',"\n.-09')


class DoubtError(ValueError):
    """Error that a table is not certain to be faultless."""


def load_rows(root: Path, definitions: Definitions, *, whole: bool) -> Rows | None:
    """The rows of all tables of a book; None where one may have a fault, or lack something that is declared.

    An excerpt need not be ``whole``: it lacks what other editions use.
    """
    folder = root / "data" / "figures"
    paths = [folder / f"{wave}.csv" for wave in definitions.waves]
    if sorted(folder.glob("*.csv")) != sorted(paths):
        return None
    try:
        rows = _joined([_read_wave(path, definitions) for path in paths])
        _check_declared(rows, definitions, whole=whole)
    except (DoubtError, OSError):
        return None
    return rows


def _joined(waves: Sequence[tuple[dict[str, Column], dict[str, np.ndarray]]]) -> Rows:
    words: dict[str, Column] = {}
    for name in WORDS:
        places: dict[object, int] = {}
        own = []
        for columns, _ in waves:
            column = columns[name]
            to = np.array([places.setdefault(value, len(places)) for value in column.values], np.int32)
            own.append(to[column.codes])
        words[name] = Column(np.concatenate(own), list(places))
    return Rows(words, {name: np.concatenate([numbers[name] for _, numbers in waves]) for name in NUMBER_COLUMNS})


def _check_declared(rows: Rows, d: Definitions, *, whole: bool) -> None:
    """Raise DoubtError where noise has no size, or where a declaration is not used."""
    noisy = rows.words["status"].having(PERTURBED, PERTURBED_REVISED)
    if noisy.any():
        _insist(all(d.noise_of(wave) is not None for wave in rows.take(noisy).words["wave"].used()))
    if not whole:
        return
    declared = {(name, category) for name, item in d.indicators.items() for category in item.categories or ("",)}
    _insist(declared <= _pairs(rows.words["indicator"], rows.words["category"]))
    declared = {(name, segment) for name, split in d.segments.items() for segment in split.values}
    _insist(declared <= _pairs(rows.words["segment_by"], rows.words["segment"]))
    _insist({crossing.name for crossing in d.crossings} <= set(rows.words["segment_by"].used()))
    _insist(d.populations.keys() <= {name or d.population for name in rows.words["population"].used()})


def _insist(holds: object) -> None:
    if not holds:
        raise DoubtError


def _pairs(one: Column, other: Column) -> set[tuple]:
    """The contents of two columns that occur together."""
    codes = np.unique(one.codes.astype(np.int64) * len(other.values) + other.codes)
    return {(one.values[code // len(other.values)], other.values[code % len(other.values)]) for code in codes.tolist()}


# --- one table --------------------------------------------------------------------------------------------


def _read_wave(path: Path, d: Definitions) -> tuple[dict[str, Column], dict[str, np.ndarray]]:
    content = files.read(path, files.FIGURES).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    content = content.rstrip(b"\n") + b"\n"
    header = ",".join(COLUMNS).encode() + b"\n"
    _insist(content.startswith(header) and len(content) > len(header))
    _check_text(content)
    body = content[len(header) :]
    marks = np.frombuffer(body, np.uint8)
    starts, ends = _cells(marks)
    texts, numbers = _parsed(content)
    words = {name: _column(texts.pop(name)) for name in _TEXTS}
    _insist(words["wave"].values == [path.stem])
    _check_words(words, d)
    words["population"] = Column(
        words["population"].codes, ["" if name == d.population else name for name in words["population"].values]
    )
    _check_numbers(marks, starts, ends, words, numbers, d)
    of = [d.indicators[name] for name in words["indicator"].values]
    words["unit"] = Column(words["indicator"].codes, [item.unit for item in of])
    words["decimals"] = Column(words["indicator"].codes, [item.decimals for item in of])
    _check_twice(words)
    _hide(words, numbers, d)
    return words, numbers


def _check_text(content: bytes) -> None:
    marks = np.frombuffer(content, np.uint8)
    _insist(not ((marks < 32) & (marks != _END)).any() and not (marks == 127).any())
    if (marks > 127).any():
        try:
            _insist(not CONTROL.search(content.decode("utf-8")))
        except UnicodeDecodeError:
            raise DoubtError from None


def _cells(marks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each cell of each row begins and ends: one for each column, with quotes where they may be."""
    commas, line_ends = marks == _COMMA, marks == _END
    quotes = np.flatnonzero(marks == _QUOTE)
    if len(quotes):
        inside = (np.cumsum(marks == _QUOTE, dtype=np.int8) & 1).astype(bool)
        _insist(not inside[-1] and not (line_ends & inside).any())
        opening, closing = quotes[::2], quotes[1::2]
        before, after = marks[opening - 1], marks[closing + 1]
        _insist(np.isin(before, (_COMMA, _END, _QUOTE)).all() and np.isin(after, (_COMMA, _END, _QUOTE)).all())
        commas &= ~inside
    at = np.flatnonzero(commas | line_ends)
    _insist(len(at) % len(COLUMNS) == 0)
    ends = at.reshape(-1, len(COLUMNS))
    _insist((marks[ends[:, -1]] == _END).all() and int(line_ends.sum()) == len(ends))
    starts = np.empty_like(ends)
    starts[:, 1:] = ends[:, :-1] + 1
    starts[0, 0], starts[1:, 0] = 0, ends[:-1, -1] + 1
    return starts, ends


def _parsed(content: bytes) -> tuple[dict[str, pd.Series], dict[str, np.ndarray]]:
    """The cells of texts and of numbers."""
    kinds: Any = {name: float if name in NUMBER_COLUMNS else object for name in COLUMNS}
    try:
        table = pd.read_csv(
            io.BytesIO(content),
            dtype=kinds,
            keep_default_na=False,
            na_values={name: [""] for name in NUMBER_COLUMNS},
            **_EXACT,
            low_memory=False,
            skip_blank_lines=False,
        )
    except (ValueError, OverflowError):
        raise DoubtError from None
    return {name: table[name] for name in _TEXTS}, {name: table[name].to_numpy(float) for name in NUMBER_COLUMNS}


def _column(cells: pd.Series) -> Column:
    codes, values = pd.factorize(cells.to_numpy(object))
    return Column(codes.astype(np.int32), list(values))


def _check_words(words: dict[str, Column], d: Definitions) -> None:
    _insist(all(name in d.indicators for name in words["indicator"].values))
    _insist(all(name in d.sources for name in words["source"].values))
    _insist(all(name in d.populations if d.populations else not name for name in words["population"].values))
    _insist(all(status in STATUSES for status in words["status"].values))
    _insist(all(text.strip() and len(text) < 100_000 for text in words["locator"].values))
    for name, unit in _pairs(words["indicator"], words["unit"]):
        _insist(d.indicators[name].unit.name == unit)
    for name, category in _pairs(words["indicator"], words["category"]):
        declared = d.indicators[name].categories
        _insist(category in declared if declared else not category)
    for name, segment in _pairs(words["segment_by"], words["segment"]):
        _insist(segment in d.segments[name].values if name in d.segments else not (name or segment))


def _check_twice(words: dict[str, Column]) -> None:
    """Raise DoubtError where two rows have one key."""
    _insist(math.prod(len(words[name].values) for name in KEY_COLUMNS) < 2**63)
    codes = np.zeros(len(words["wave"].codes), np.int64)
    for name in KEY_COLUMNS:
        codes = codes * len(words[name].values) + words[name].codes
    codes.sort()
    _insist((codes[1:] != codes[:-1]).all())


def _check_numbers(
    marks: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    words: dict[str, Column],
    numbers: dict[str, np.ndarray],
    d: Definitions,
) -> None:
    value, n, effective, se, low, high = (numbers[name] for name in NUMBER_COLUMNS)
    known = {name: ~np.isnan(cells) for name, cells in numbers.items()}
    _insist(not any(np.isinf(cells).any() for cells in numbers.values()))
    thousands = _check_written(marks, starts, ends)
    item = words["indicator"]
    large = item.having(*(name for name in item.values if d.indicators[name].unit.high >= 1000))
    large &= words["status"].having("published", "provisional")
    _insist(not any((thousands[name] & large).any() for name in ("value", "ci_low", "ci_high")))
    _insist(not (thousands["n_effective"] & ~(effective >= n / 100)).any())
    hidden = words["status"].having("suppressed")
    _insist((known["value"] != hidden).all() and not any((known[name] & hidden).any() for name in NUMBER_COLUMNS))
    ranges = np.array([d.indicators[name].unit.range for name in item.values])[item.codes]
    least, most = ranges.T
    _insist(_all(value, lambda x: (least <= x) & (x <= most)))
    _insist(_all(n, lambda x: (x >= 0) & (x <= LARGEST)))
    _insist(_all(effective, lambda x: x >= 0) and _all(se, lambda x: x >= 0))
    _insist((known["ci_low"] == known["ci_high"]).all())
    _insist(_all(low, lambda x: (x <= value) & (value <= high)))


def _all(cells: np.ndarray, holds: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Tell whether it holds for every number that is known."""
    return bool((holds(cells) | np.isnan(cells)).all())


def _check_written(marks: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> dict[str, np.ndarray]:
    """Of each column of numbers, which may mean a thousand times as many; all are digits with a point and a sign."""
    place = {name: COLUMNS.index(name) for name in COLUMNS}
    spans = np.zeros(len(marks) + 1, np.int8)
    for first, last in (("value", "value"), ("n", "ci_high")):  # between these stand only numbers
        spans[starts[:, place[first]]] += 1
        spans[ends[:, place[last]]] -= 1
    fits = (marks >= _ZERO) & (marks <= _NINE) | (marks == _POINT) | (marks == _MINUS) | (marks == _COMMA)
    _insist((fits | (np.cumsum(spans, dtype=np.int8)[:-1] == 0)).all())
    found = {}
    for name in NUMBER_COLUMNS:
        start, end = starts[:, place[name]], ends[:, place[name]]
        length = end - start
        for at in range(int(length.max()) if name == "n" else 0):
            digit = marks[np.where(length > at, start + at, 0)]
            _insist((((digit >= _ZERO) & (digit <= _NINE)) | (length <= at)).all())
        first = marks[start]
        point = marks[np.maximum(end - 4, 0)] == _POINT
        found[name] = point & (length >= 5) & (length <= 7) & (first > _ZERO) & (first <= _NINE)
    return found


def _hide(words: dict[str, Column], numbers: dict[str, np.ndarray], d: Definitions) -> None:
    """Suppress figures about too few people, unless noise protects them."""
    least = d.disclosure.minimum_base if d.disclosure else 0
    status = words["status"]
    few = (numbers["n"] < least) & ~status.having(PERTURBED, PERTURBED_REVISED)
    if few.any():
        values: list[object] = list(dict.fromkeys([*status.values, "suppressed"]))
        words["status"] = Column(np.where(few, values.index("suppressed"), status.codes).astype(np.int32), values)
        for name in NUMBER_COLUMNS:
            numbers[name] = np.where(few, math.nan, numbers[name])
