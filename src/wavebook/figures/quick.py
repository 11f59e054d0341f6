"""Faultless tables, read by column: as ``table`` would read them, a hundred times faster.

A table that may have a fault, or a form that is seldom met, is left to ``table``, which reads row by row and says what
is wrong where. So nothing here words a problem, and each rule is at least as strict as the one there.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wavebook.core import files
from wavebook.core.units import LARGEST
from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import CROSS, parts_of
from wavebook.figures.cells import Cells, DoubtError, check_text, insist
from wavebook.figures.fractions import may_be
from wavebook.figures.key import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, STATUSES
from wavebook.figures.rows import WORDS, Column, Rows

_WITHOUT_POPULATION = [name for name in COLUMNS if name != "population"]
_EXACT: Any = {} if tuple(map(int, pd.__version__.split(".")[:2])) >= (3, 1) else {"float_precision": "round_trip"}
"""Numbers as Python reads them; since pandas 3.1 it reads no others."""
_MANY = 10_000_000  # contents that can occur together, from which on it takes longer to count than to sort


def load_rows(root: Path, definitions: Definitions, *, whole: bool) -> Rows | None:
    """The rows of all tables of a book; None where one may have a fault, or lack something that is declared.

    An excerpt need not be ``whole``: it lacks what other editions use.
    """
    folder = root / "data" / "figures"
    paths = [folder / f"{wave}.csv" for wave in definitions.waves]
    if sorted(folder.glob("*.csv")) != sorted(paths):
        return None
    try:
        rows = joined([_read_wave(path, definitions) for path in paths])
        check_declared(rows, definitions, whole=whole)
    except (DoubtError, OSError):
        return None
    return rows


def joined(parts: Sequence[Rows]) -> Rows:
    """The rows of several tables, or parts of one, in that order."""
    if len(parts) == 1:
        return parts[0]
    words: dict[str, Column] = {}
    for name in WORDS:
        places: dict[object, int] = {}
        own = []
        for part in parts:
            column = part.words[name]
            to = np.array([places.setdefault(value, len(places)) for value in column.values], np.int32)
            own.append(to[column.codes])
        words[name] = Column(np.concatenate(own), list(places))
    return Rows(words, {name: np.concatenate([part.numbers[name] for part in parts]) for name in NUMBER_COLUMNS})


def check_declared(rows: Rows, d: Definitions, *, whole: bool) -> None:
    """Raise DoubtError where noise has no size, or where a declaration is not used."""
    noisy = rows.words["status"].having(PERTURBED, PERTURBED_REVISED)
    if noisy.any():
        insist(all(d.noise_of(wave) is not None for wave in rows.take(noisy).words["wave"].used()))
    if not whole:
        return
    declared = {(name, category) for name, item in d.indicators.items() for category in item.categories or ("",)}
    insist(declared <= _pairs(rows.words["indicator"], rows.words["category"]))
    declared = {(name, segment) for name, split in d.segments.items() for segment in split.values}
    places = _pairs(rows.words["segment_by"], rows.words["segment"])
    insist(declared <= {part for place in places for part in parts_of(*place)})
    insist({crossing.name for crossing in d.crossings} <= set(rows.words["segment_by"].used()))
    insist(d.populations.keys() <= {name or d.population for name in rows.words["population"].used()})


def _pairs(one: Column, other: Column) -> set[tuple]:
    """The contents of two columns that occur together."""
    codes, most = one.codes.astype(np.int64) * len(other.values) + other.codes, len(one.values) * len(other.values)
    codes = np.flatnonzero(np.bincount(codes)) if most < _MANY else np.unique(codes)
    return {(one.values[code // len(other.values)], other.values[code % len(other.values)]) for code in codes.tolist()}


# --- one table --------------------------------------------------------------------------------------------


def _read_wave(path: Path, d: Definitions) -> Rows:
    """The rows of one table, which is read in pieces: its cells take six times its bytes."""
    header, parts = b"", []
    for piece in files.read_pieces(path, files.FIGURES, files.PIECE):
        content = piece
        if not header:
            content = content.removeprefix(b"\xef\xbb\xbf")
            header = content[: content.find(b"\n") + 1]
            content = content[len(header) :]
        if content := content.rstrip(b"\r\n"):
            parts.append(rows_of(header, content + b"\n", path.stem, d))
    insist(parts)
    rows = joined(parts)
    check_twice(rows.words)
    return rows


def rows_of(header: bytes, body: bytes, wave: str, d: Definitions) -> Rows:
    """The rows of a part of one wave's table, each of which ends in a line feed; raises DoubtError."""
    if b"\r" in header or b"\r" in body:
        header, body = header.replace(b"\r\n", b"\n"), body.replace(b"\r\n", b"\n")
    columns = header.decode("ascii", "replace").removesuffix("\n").split(",")
    insist(columns == COLUMNS or (columns == _WITHOUT_POPULATION and not d.populations))
    check_text(body)
    cells = Cells.of(body, columns)
    words = {"population": Column(np.zeros(cells.ends.shape[1], np.int32), [""])}
    words |= {name: Column(*cells.texts(name)) for name in columns if name not in NUMBER_COLUMNS}
    numbers = _parsed(header + body)
    insist(words["wave"].values == [wave])
    _check_words(words, d)
    words["population"] = Column(
        words["population"].codes, ["" if name == d.population else name for name in words["population"].values]
    )
    _check_numbers(cells, words, numbers, d)
    of = [d.indicators[name] for name in words["indicator"].values]
    words["unit"] = Column(words["indicator"].codes, [item.unit for item in of])
    words["decimals"] = Column(words["indicator"].codes, [item.decimals for item in of])
    _hide(words, numbers, d)
    return Rows(words, numbers)


def _parsed(content: bytes) -> dict[str, np.ndarray]:
    """The columns of numbers."""
    kinds: Any = dict.fromkeys(NUMBER_COLUMNS, float)
    try:
        table = pd.read_csv(
            io.BytesIO(content),
            dtype=kinds,
            usecols=NUMBER_COLUMNS,
            keep_default_na=False,
            na_values=[""],
            **_EXACT,
            low_memory=False,
            skip_blank_lines=False,
        )
    except (ValueError, OverflowError):
        raise DoubtError from None
    return {name: table[name].to_numpy(float) for name in NUMBER_COLUMNS}


def _check_words(words: dict[str, Column], d: Definitions) -> None:
    insist(all(name in d.indicators for name in words["indicator"].values))
    insist(all(name in d.sources for name in words["source"].values))
    insist(all(name in d.populations if d.populations else not name for name in words["population"].values))
    insist(all(status in STATUSES for status in words["status"].values))
    insist(all(text.strip() and len(text) < 100_000 for text in words["locator"].values))
    for name, unit in _pairs(words["indicator"], words["unit"]):
        insist(d.indicators[name].unit.name == unit)
    for name, category in _pairs(words["indicator"], words["category"]):
        declared = d.indicators[name].categories
        insist(category in declared if declared else not category)
    breakdowns = {"", *d.segments, *(crossing.name for crossing in d.crossings)}
    for by, segment in _pairs(words["segment_by"], words["segment"]):
        insist(by in breakdowns and by.count(CROSS) == segment.count(CROSS) and bool(by) == bool(segment))
        insist(all(value in d.segments[name].values for name, value in parts_of(by, segment)))


def check_twice(words: Mapping[str, Column]) -> None:
    """Raise DoubtError where two rows have one key."""
    codes = key_codes(words)
    codes.sort()
    insist((codes[1:] != codes[:-1]).all())


def key_codes(words: Mapping[str, Column]) -> np.ndarray:
    """A number for the key of each row; raises DoubtError where there are more keys than numbers."""
    insist(math.prod(len(words[name].values) for name in KEY_COLUMNS) < 2**63)
    codes = np.zeros(len(words["wave"].codes), np.int64)
    for name in KEY_COLUMNS:
        codes = codes * len(words[name].values) + words[name].codes
    return codes


def _check_numbers(cells: Cells, words: dict[str, Column], numbers: dict[str, np.ndarray], d: Definitions) -> None:
    value, n, effective, se, low, high = (numbers[name] for name in NUMBER_COLUMNS)
    known = {name: ~np.isnan(column) for name, column in numbers.items()}
    insist(not any(np.isinf(column).any() for column in numbers.values()))
    cells.check_numbers(n)
    item = words["indicator"]
    large = item.having(*(name for name in item.values if d.indicators[name].unit.high >= 1000))
    large &= words["status"].having("published", "provisional")
    insist(not large.any() or not any((cells.thousands(name) & large).any() for name in ("value", "ci_low", "ci_high")))
    for place, name in enumerate(item.values):
        share = value[(item.codes == place) & known["value"]] if d.indicators[name].unit.is_share else value[:0]
        insist(not may_be(share, d.indicators[name]))
    few = known["n_effective"] & ~(effective >= n / 100)
    insist(not few.any() or not (cells.thousands("n_effective") & few).any())
    hidden = words["status"].having("suppressed")
    insist((known["value"] != hidden).all() and not any((known[name] & hidden).any() for name in NUMBER_COLUMNS))
    ranges = np.array([d.indicators[name].unit.range for name in item.values])[item.codes]
    least, most = ranges.T
    insist(_all(value, lambda x: (least <= x) & (x <= most)))
    insist(_all(n, lambda x: (x >= 0) & (x <= LARGEST)))
    insist(_all(effective, lambda x: x >= 0) and _all(se, lambda x: x >= 0))
    insist((known["ci_low"] == known["ci_high"]).all())
    insist(_all(low, lambda x: (x <= value) & (value <= high)))


def _all(cells: np.ndarray, holds: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Tell whether it holds for every number that is known."""
    return bool((holds(cells) | np.isnan(cells)).all())


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
