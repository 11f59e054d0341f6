"""A survey of the readers of a library, made up, with waves of any key and period: its data and its figures."""

from __future__ import annotations

import textwrap
from pathlib import Path

from wavebook.definitions import Definitions
from wavebook.figures import COLUMNS, Figure, Figures, Key, load

INDICATORS = """
    [bases.readers]
    nl = "lezers"
    en = "readers"

    [populations.total]
    nl = "alle lezers"
    en = "all readers"

    [indicators.visits]
    unit = "percent"
    decimals = 0
    base = "readers"
    name.nl = "deel dat de bibliotheek bezocht"
    name.en = "share who visited the library"
    definition.nl = "Deel dat de bibliotheek bezocht"
    definition.en = "Share who visited the library"
"""
WAVE = """
    [waves.{key}]
    {more}
    name.nl = "ronde"
    name.en = "round"
    bureau = "Leeslust"
    client.nl = "de bibliotheek"
    client.en = "the library"
    source = "library"
"""
SOURCE = "@misc{library, author = {Boek, Bea}, title = {Lezers}, year = {2024}}\n"

QUARTERS = {"2023Q1": "", "2023Q2": "", "2023Q4": "", "2024Q1": ""}
"""Several waves a year, and one that was left out."""
IRREGULAR = {"2019": "", "2023-11": "", "2024-03": "", "2024H2": ""}
ROLLING = {
    "2024-01": 'period = "2023-11..2024-01"',
    "2024-02": 'period = "2023-12..2024-02"',
    "2024-03": 'period = ["2024-01-01", 2024-03-31]',
}
ROUNDS = {
    f"R{n}": f'period = "{2001 + 2 * n}-09..{2002 + 2 * n}-02"\n    label.nl = "Ronde {n}"\n    label.en = "Round {n}"'
    for n in (10, 1, 2, 9)
}
"""Declared in another order than that of time: R10 comes after R9."""


def write(root: Path, waves: dict[str, str], values: list[float], more: str = "") -> Path:
    """Write the data of a book: ``waves`` gives the lines of each, ``values`` a figure of each in order of time."""
    data = root / "data"
    (data / "figures").mkdir(parents=True)
    (data / "indicators.toml").write_text(textwrap.dedent(INDICATORS))
    declared = "".join(WAVE.format(key=key, more=line) for key, line in waves.items())
    (data / "waves.toml").write_text(textwrap.dedent(more) + declared)
    (data / "context.toml").write_text("")
    (data / "references.bib").write_text(SOURCE)
    for key, value in zip(ordered(waves), values, strict=True):
        row = f"{key},visits,total,,,,{value},percent,,,,,,published,library,page 1\n"
        (data / "figures" / f"{key}.csv").write_text(",".join(COLUMNS) + "\n" + row)
    return root


def ordered(waves: dict[str, str]) -> list[str]:
    """The keys in order of time, as whoever made them up knows it."""
    return sorted(waves, key=lambda key: int(key[1:])) if all(key[0] == "R" for key in waves) else [*waves]


def book(root: Path, waves: dict[str, str], values: list[float], more: str = "", **edition) -> Figures:
    """The figures of a book that was written to ``root``."""
    return load(write(root, waves, values, more), **{"language": "en", **edition})


def made(d: Definitions, values: dict[str, float], **edition) -> Figures:
    """Figures of a declared book without files, by wave."""
    rows = [
        Figure(Key(wave, "visits", "total", "", "", ""), value, "percent", 0, *[None] * 5, "published", "library", "1")
        for wave, value in values.items()
    ]
    options = {"wave": d.newest, "baseline": d.baseline, "population": "total", "language": "en"}
    return Figures(d, rows, **{**options, **edition})
