"""Made-up figures of many municipalities, for building many editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from wavebook.core.front_matter import marked, twin_of
from wavebook.core.languages import declared
from wavebook.core.units import Kind
from wavebook.definitions import Definitions
from wavebook.figures import read_wave
from wavebook.language.words import words_in
from wavebook.survey.demo.declaration import in_each
from wavebook.survey.demo.folder import append, prepare, put

_SCALES: Mapping[Kind, float] = {"share": 12}
"""Distances of municipalities, by kind of unit, where they are not one."""


def make_municipalities(folder: Path, count: int, *, seed: int = 2016, root: Path | None = None) -> list[str]:
    """Copy the data of the book at ``root`` to ``folder``, and add made-up figures of municipalities to every wave.

    Pages and notebooks already in ``folder`` are adapted.

    Those whose number ends in 3 have too few respondents to show anything. Every wave says that it is made up.

    Returns
    -------
    list
        The municipalities, as ``segment`` of an edition names them.

    Raises
    ------
    ProblemsError
        W110 when ``folder`` holds a real book.
    """
    d, data, rng = prepare(folder, root), folder / "data", np.random.default_rng(seed)
    names = [f"gemeente_{number:03}" for number in range(1, count + 1)]
    lines = ["", "[segments.municipality]"]
    lines += [line.removeprefix(".") for line in in_each("", d.languages, "municipality")]
    lines += [*in_each("whole", d.languages, "country"), "", "[segments.municipality.values]"]
    for name in names:
        lines += in_each(name, d.languages, "one_municipality", number=name[-3:])
    append(data / "indicators.toml", "".join(f"{line}\n" for line in lines))
    people = {name: int(rng.integers(60, 400)) if name[-1] != "3" else 20 for name in names}
    better = {name: rng.normal(0, 0.2) for name in names}
    waves = data / "waves.toml"
    for path in sorted((data / "figures").glob("*.csv")):
        rows = read_wave(path, d)
        asked = [
            row
            for row in rows.itertuples()
            if row.population == "" and row.segment_by == "" and d.bases[d.indicators[str(row.indicator)].base].people
        ]
        lines = [_municipal(row, d, name, people[name], better[name], rng) for name in names for row in asked]
        append(path, "".join(lines))
        put(waves, f"[waves.{path.stem}]\n", f"[waves.{path.stem}]\nmade_up = true\n")
    _ask_everyone(folder, d.segments)
    return [f"municipality={name}" for name in names]


def _ask_everyone(folder: Path, breakdowns: Iterable[str]) -> None:
    """Let pages and notebooks take figures by segment from everyone: there are none within a municipality."""
    for path in [*folder.glob("book/**/*.md"), *folder.glob("notebooks/*.ipynb")]:
        for name in breakdowns:
            put(path, f"@{name}=", f"@everyone,{name}=", -1)
    for path in [path for code in declared(folder)[1:] for path in folder.glob(f"book/{code}/*.md")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(marked(text, "twin", repr(twin_of(folder / "book" / path.name))), encoding="utf-8")


def _municipal(row, d: Definitions, name: str, people: int, better: float, rng: np.random.Generator) -> str:
    """A municipality's row, modelled on everyone's."""
    unit, made_up = d.indicators[str(row.indicator)].unit, words_in(d.languages[0]).drafts["made_up"]
    head = f"{row.wave},{row.indicator},{d.population},municipality,{name},{row.category}"
    if people < 30:
        return f"{head},,{row.unit},,,,,,suppressed,demo,{made_up}\n"
    scale = _SCALES.get(unit.kind, 1)
    low, high = unit.ends if unit.is_bounded else (0, 100)
    value = min(max(row.value + scale * (better + rng.normal(0, 0.15)), low), high)
    se = (max(value * (100 - value), 1) if unit.is_share else 2) ** 0.5 / people**0.5
    ends = max(value - 1.96 * se, low), min(value + 1.96 * se, high)
    numbers = f"{value:.4f},{row.unit},{people},{people},{se:.4f},{ends[0]:.4f},{ends[1]:.4f}"
    return f"{head},{numbers},estimated,demo,{made_up}\n"
