"""Keys of respondents and of cells, from which noise follows: the same people in the same cell get the same noise.

A record key is a keyed hash of a respondent's identity, and a cell key a sum over the cell, so that the order of rows
does not matter. The base of a figure has the noise of the people in it, whatever was asked. The value has the noise of
the people with their weights and answers to the whole question: if noise came only from those who gave one answer,
equal noise would tell that nobody gave it here or there, and a revised answer would show the categories it moved
between.

Source: Thompson, Broadfoot and Elazar (2013), ABS; continuous as in Giessing and Tent (2019), Destatis.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from scipy.special import ndtr, ndtri

from wavebook.core.files import write_whole
from wavebook.core.units import MOST_NOISE
from wavebook.definitions.breakdowns import CROSS

FILE = "cell_key.secret"
_CUT = 3.9978405908064003
"""The cut of a standard normal that, scaled to a deviation of 1, ends at MOST_NOISE."""
CUT_OFF = 2 * float(ndtr(-_CUT))
"""The part of a normal that lies beyond the cut."""
_LOW, _PARTS, _SHIFT = 2**31 - 1, 2, 30


@dataclass(frozen=True)
class Secret:
    """The key of all noise of a book; never visible in anything printed."""

    key: bytes = field(repr=False)

    @classmethod
    def make(cls, folder: Path) -> Secret:
        """A new secret, in ``folder`` for its owner alone."""
        made = cls(secrets.token_bytes(32))
        write_whole(folder / FILE, made.key.hex().encode() + b"\n", private=True)
        return made

    @classmethod
    def read(cls, folder: Path) -> Secret | None:
        """The secret in ``folder``; None if there is none. Raises ValueError for a file that is not a secret."""
        path = folder / FILE
        if not path.is_file():
            return None
        found = cls(bytes.fromhex(path.read_bytes().decode("ascii").strip()))
        if len(found.key) != 32:
            raise ValueError("is not a secret")
        return found

    @property
    def fingerprint(self) -> str:
        """A fingerprint that tells it from any other secret and reveals nothing else."""
        return hashlib.sha256(b"wavebook cell key\0" + self.key).hexdigest()

    def hashed(self, *what: object) -> int:
        """Derive 64 bits from the secret and from ``what``."""
        text = "\x1f".join(map(str, what)).encode()
        return int.from_bytes(hashlib.blake2b(text, key=self.key, digest_size=8).digest(), "big")

    def part(self, *what: object) -> float:
        """A number between 0 and 1, evenly spread over all secrets."""
        return ((self.hashed(*what) >> 11) + 0.5) / 2**53

    def noise(self, *what: object) -> float:
        """A normal number with mean 0 and deviation 1 over all secrets, but never beyond ``MOST_NOISE``."""
        return float(ndtri(CUT_OFF / 2 + self.part(*what) * (1 - CUT_OFF)) * MOST_NOISE / _CUT)


@dataclass(frozen=True)
class CellKeys:
    """The keys of all groups of a wave.

    ``sums`` has, by group (population, breakdown, segment) and column, two numbers for the people who answered and two
    for their answers; and the sums of weights (``w``) and of their squares (``ww``) in the group, with its ``size``.
    """

    secret: Secret
    wave: str
    sums: Mapping[tuple[str, str, str], Mapping[str, float]]

    def base(self, group: tuple[str, str, str], column: str) -> float:
        """The noise of the number of respondents of a group with an answer in ``column``."""
        sums = self.sums[group]
        return self.secret.noise("n", self.wave, *(sums[f"{column}:base{k}"] for k in range(_PARTS)))

    def value(self, group: tuple[str, str, str], column: str, question: Iterable[str], what: str = "value") -> float:
        """The noise of the figure of ``column``; ``question`` are all columns of its indicator."""
        sums = self.sums[group]
        answers = (sums[f"{name}:{part}{k}"] for name in question for part in ("base", "answer") for k in range(_PARTS))
        return self.secret.noise(what, self.wave, column, *answers)


def cell_keys(
    frame: pl.LazyFrame,
    secret: Secret,
    wave: str,
    columns: Sequence[str],
    *,
    weight: str | None = None,
    breakdowns: Sequence[str] = (),
    population: str | None = None,
) -> CellKeys:
    """The keys of everyone, of each population and of each segment of the respondents in ``frame``.

    A respondent is identified by the column ``respondent``, or without one by the whole row: then equal rows have the
    same key; a crossing of breakdowns adds nothing to a row. A weight counts with six digits, as the order of rows
    changes those of a calibrated one after the tenth.
    """
    schema = frame.collect_schema()
    w = pl.col(weight).cast(pl.Float64) if weight else pl.lit(1.0)
    names = (
        ["respondent"]
        if "respondent" in schema
        else sorted(name for name in schema if name != weight and CROSS not in name)
    )
    text = pl.concat_str([pl.col(name).cast(pl.String).fill_null("\0") for name in names], separator="\x1f")
    by = [name for name in (population, *breakdowns) if name]
    rows = frame.select(*by, *columns, _w=w, _who=text).filter(pl.col("_w") > 0)
    who, weighed = (_record_keys(secret, heavy) for heavy in (False, True))
    rows = rows.with_columns(_key=who, _heavy=weighed)
    sums = {"size": pl.len(), "w": pl.col("_w").sum(), "ww": (pl.col("_w") ** 2).sum()}
    for name in columns:
        answered = pl.col(name).is_not_null()
        sums |= {f"{name}:base{k}": _half("_key", k).filter(answered).sum() for k in range(_PARTS)}
        mixed = (_mixed(secret, rows, name, k) for k in range(_PARTS))
        sums |= {f"{name}:answer{k}": part.filter(answered).sum() for k, part in enumerate(mixed)}
    cells = rows.group_by(*by, _everyone=pl.lit(0)).agg(**sums).collect(engine="streaming")
    found: dict = {}
    for labels, table in _by_group(cells, list(sums), breakdowns, population):
        found |= dict(zip(labels, table.iter_rows(named=True), strict=True))
    return CellKeys(secret, wave, found)


def _record_keys(secret: Secret, weighed: bool) -> pl.Expr:
    """The key of each row: of its respondent, or of the respondent and the weight."""

    def keys(rows: pl.Series) -> pl.Series:
        parts = rows.struct.unnest().rows()
        made = (secret.hashed("record", who, *([f"{w:.5e}"] if weighed else ())) for who, w in parts)
        return pl.Series(list(made), dtype=pl.UInt64)

    return pl.struct("_who", "_w").map_batches(keys, return_dtype=pl.UInt64, is_elementwise=True)


def _half(key: str, part: int) -> pl.Expr:
    """One half of a key: 31 bits, so that four billion of them add up without loss."""
    return pl.col(key) // 2**33 if part else pl.col(key).mod(2**31)


def _mixed(secret: Secret, rows: pl.LazyFrame, name: str, part: int) -> pl.Expr:
    """Half a key of each row mixed with its answers."""
    values = rows.select(pl.col(name).cast(pl.Float64).drop_nulls().unique()).collect(engine="streaming")
    answers = values.to_series().sort().to_list()
    if not answers:
        return pl.lit(0, pl.UInt64)
    of = [secret.hashed("answer", name, repr(answer), part) & _LOW for answer in answers]
    mixed = pl.col(name).cast(pl.Float64).replace_strict(answers, of, default=0, return_dtype=pl.UInt64)
    return _half("_heavy", part) * mixed // 2**_SHIFT


def _by_group(cells: pl.DataFrame, sums: Sequence[str], breakdowns: Sequence[str], population: str | None):
    """The sums of cells for everyone, by population and by segment in both: the groups, and a row for each."""
    for who in dict.fromkeys([None, population]):
        for breakdown in (None, *breakdowns):
            keys = [key for key in (who, breakdown) if key]
            rows = cells.drop_nulls(keys) if keys else cells
            found = rows.group_by(*keys, _all=pl.lit(0)).agg(pl.col(*sums).sum())
            named = [found[key].cast(pl.String).to_list() if key else None for key in (who, breakdown)]
            labels = zip(
                named[0] or [""] * len(found),
                [breakdown or ""] * len(found),
                named[1] or [""] * len(found),
                strict=True,
            )
            yield [*labels], found.select(*sums)
