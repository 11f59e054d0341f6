"""The kept table of a wave: rounded, joined with rows entered by hand, compared with the earlier one, and written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from wavebook.core.files import write_whole
from wavebook.core.units import BUILT_IN, Language, Unit
from wavebook.core.writing import json_file
from wavebook.definitions import Definitions, ResponseFile
from wavebook.figures import (
    COLUMNS,
    KEY_COLUMNS,
    NUMBER_COLUMNS,
    PERTURBED,
    PERTURBED_REVISED,
    Key,
    published,
    read_wave,
)
from wavebook.figures.revisions import recorded
from wavebook.language.wording import round_half_up
from wavebook.survey.disclosure import worlds
from wavebook.survey.disclosure.history import fingerprint

MADE_HERE = ("estimated", "suppressed", PERTURBED, PERTURBED_REVISED)
DIGITS = 2  # of a standard error: an uncertainty has no more (Guide to the Expression of Uncertainty, 7.2.6)


def rounded(table: pd.DataFrame, places: Mapping[str, int], more: Mapping[str, int]) -> pd.DataFrame:
    """The estimates as published: no number says more than it must, as attackers live on the excess.

    The value has the decimals that readers see and as many ``more`` as disclosure control allows; an interval has one
    more, a standard error two digits; an effective number is whole.
    """
    table = table.copy()
    shown, beyond = ([int(by[name]) for name in table["indicator"]] for by in (places, more))
    rows = zip(table["value"].to_numpy(float), shown, beyond, strict=True)
    table["value"] = [worlds.as_published(value, decimals, further) for value, decimals, further in rows]
    for name in ("ci_low", "ci_high"):
        table[name] = [_half_up(x, d + worlds.LEAST) for x, d in zip(table[name], shown, strict=True)]
    # rounding may not take a value out of its interval
    table["ci_low"] = table[["ci_low", "value"]].min(axis=1).where(table["ci_low"].notna())
    table["ci_high"] = table[["ci_high", "value"]].max(axis=1).where(table["ci_high"].notna())
    size = [DIGITS - 1 - math.floor(math.log10(x)) if x > 0 else 0 for x in table["se"]]
    table["se"] = [_half_up(x, d) for x, d in zip(table["se"], size, strict=True)]
    table["n_effective"] = table["n_effective"].round()
    return table


def _half_up(value: float, decimals: int) -> float:
    return value if pd.isna(value) else float(round_half_up(value, decimals))


def keys_of(table: pd.DataFrame) -> pd.Series:
    """The key of each row as editors type it."""
    keys = table[KEY_COLUMNS].itertuples(index=False, name=None)
    return pd.Series([str(Key(*key)) for key in keys], index=table.index, dtype=object)


def changes(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Figures of which readers see something else: name, old and new value, or what else is behind it."""
    return [(c.figure, c.before, c.after) for c in published.changes(*map(_shown, (before, after)))]


def _shown(table: pd.DataFrame) -> dict[str, published.Shown]:
    """What readers see of the figures of a table, by name."""
    columns = [table[name].map(published.plain) for name in NUMBER_COLUMNS]
    marks = table["status"].map(published.mark)
    rows = zip(keys_of(table), *columns, marks, strict=True)
    named = [*NUMBER_COLUMNS, "status"]
    return {name: dict(zip(named, cells, strict=True)) if cells[0] else {} for name, *cells in rows}


def public_changes(changed: list[tuple[str, str, str]], after: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The changes without the old values of figures suppressed now: the record of revisions is public."""
    hidden = set(keys_of(after)[after["status"].eq("suppressed")])
    return ((figure, "" if figure in hidden else old, new) for figure, old, new in changed)


def with_entered(made: pd.DataFrame, entered: pd.DataFrame | None) -> pd.DataFrame:
    """The new rows and those entered by hand, in the order of their keys."""
    parts = [made[COLUMNS]]
    if entered is not None and len(entered):
        new = set(made[KEY_COLUMNS].itertuples(index=False, name=None))
        keep = [tuple(key) not in new for key in entered[KEY_COLUMNS].itertuples(index=False, name=None)]
        parts.append(entered[keep][COLUMNS])
    return pd.concat([p for p in parts if len(p)]).sort_values(KEY_COLUMNS, ignore_index=True)


def table_of(root: Path, year: str, definitions: Definitions) -> pd.DataFrame | None:
    """The figures of a wave as last written; None if there are none yet."""
    path = root / "data" / "figures" / f"{year}.csv"
    return in_units(read_wave(path, definitions), definitions) if path.is_file() else None


def public_table(root: Path, year: str, definitions: Definitions, before: pd.DataFrame | None) -> pd.DataFrame | None:
    """The figures of a published wave as they came out: those that are kept, or else those of ``before``."""
    kept, _ = published.copies(root, year)
    return in_units(read_wave(kept, definitions), definitions) if kept.is_file() else before


def entered_by_hand(table: pd.DataFrame, declared: ResponseFile) -> pd.Series:
    """Tell of each row whether somebody entered it; one that was revised has another source than the estimates."""
    elsewhere = table["source"].ne(declared.source) | table["locator"].ne(declared.locator)
    return ~table["status"].isin(MADE_HERE) & (table["status"].ne("revised") | elsewhere)


def in_units(table: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """The table with units in place of their names; one that is no longer declared has no scale."""

    def unit(indicator: str, name: str) -> Any:  # pandas' types know of no objects in cells
        declared = definitions.indicators[indicator].unit if indicator in definitions.indicators else None
        return declared if declared and declared.name == name else BUILT_IN.get(name, Unit(name, "count"))

    return table.assign(unit=[*map(unit, table["indicator"], table["unit"])])


def write_wave(
    root: Path,
    year: str,
    table: pd.DataFrame,
    report: Mapping,
    changed: list[tuple[str, str, str]],
    reasons: Mapping[Language, str],
    population: str = "",
) -> None:
    """Write the files of a wave, the table last: until it is there, nothing has changed for readers.

    ``reasons`` are those of a revision, by language, that of the book's root first; ``population`` is the name of that
    of all respondents.
    """
    data = root / "data"
    if changed:
        write_whole(data / "revisions.csv", recorded(data / "revisions.csv", year, changed, reasons))
    write_whole(data / "responses" / f"{year}.json", json_file(report, in_order=True), private=True)
    text = table.astype({"n": "Int64"}).replace({"population": {"": population}})
    write_whole(data / "figures" / f"{year}.csv", text.to_csv(index=False, lineterminator="\n").encode())


def behind(table, made, result, why, places, exact, frame, names) -> pd.DataFrame:
    """All estimates and the numbers behind them, with ``printed`` and the ``half`` width of its rounding."""
    numbers = fingerprint(table, frame, names).assign(status=made["status"], why=why)
    numbers = numbers.merge(
        result[[*KEY_COLUMNS, "value"]].rename(columns={"value": "printed"}), how="left", on=KEY_COLUMNS
    )
    decimals = numbers["indicator"].map(places) + numbers["indicator"].map(exact.decimals)
    numbers["weight"] = numbers["weight"] if "weight" in numbers else numbers["n"]
    return numbers.assign(half=0.5 * 10.0**-decimals)


def identified(table: pd.DataFrame, year: str, declared: ResponseFile) -> pd.DataFrame:
    """The estimates with the columns that are the same in every row: wave, status and source."""
    return table.assign(wave=year, status="estimated", source=declared.source, locator=declared.locator)
