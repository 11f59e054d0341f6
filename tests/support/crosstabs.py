"""A book of a large survey: as many indicators and breakdowns as are asked for, with errors and kept correlations."""

from __future__ import annotations

import itertools
import math
import random
from pathlib import Path

from large import BIB, both, wave_of, write

from wavebook.figures import COLUMNS
from wavebook.figures.correlations import COLUMNS as PAIRS

SEGMENTS, ANSWERS = 8, ("never", "sometimes", "often", "always", "unknown")
YEARS = (2014, 2012)


def make(folder: Path, *, indicators: int, breakdowns: int, people: int = 1_000_000) -> Path:
    """Write the book: a third grades, a third shares, a third questions of five answers, in two waves."""
    chance = random.Random(1)
    write(folder / "_config.yml", "title: Survey\nauthor: Nobody\nlanguages: [nl]\n")
    write(folder / "_toc.yml", "format: jb-book\nroot: index\n")
    write(folder / "book" / "index.md", "# Vragen\n\nTekst.\n")
    write(folder / "data" / "references.bib", BIB)
    write(folder / "data" / "context.toml", "")
    rules = '[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "nobody"\n'
    write(folder / "data" / "waves.toml", f"baseline = {YEARS[-1]}\n{rules}" + "".join(map(wave_of, YEARS)))
    names = [f"i{number:03}" for number in range(indicators)]
    write(folder / "data" / "indicators.toml", _declared(names, breakdowns))
    groups = [("", ""), *((f"b{b:02}", f"s{s}") for b in range(breakdowns) for s in range(SEGMENTS))]
    for year in YEARS:
        rows = (_row(year, name, answer, *group, people, chance) for name, answer in _of(names) for group in groups)
        write(folder / "data" / "figures" / f"{year}.csv", "\n".join([",".join(COLUMNS), *rows]) + "\n")
    write(folder / "data" / "correlations" / f"{YEARS[0]}.csv", _pairs(names, breakdowns))
    return folder


def _of(names: list[str]) -> list[tuple[str, str]]:
    """Indicators with their answers, if they have any."""
    return [(name, answer) for name in names for answer in (ANSWERS if _kind(name) == 2 else ("",))]


def _kind(name: str) -> int:
    return int(name[1:]) % 3


def _declared(names: list[str], breakdowns: int) -> str:
    text = '[bases.people]\nnl = "mensen"\nen = "people"\n\n[populations.total]\nnl = "iedereen"\nen = "everyone"\n'
    for name in names:
        texts = both("name", f"vraag {name}") + both("definition", f"Wat {name} meet")
        unit = "grade" if _kind(name) == 0 else "percent"
        text += f'\n[indicators.{name}]\nunit = "{unit}"\ndecimals = 1\nbase = "people"\n{texts}'
        if _kind(name) == 2:
            text += f"[indicators.{name}.categories]\n" + "".join(both(answer, answer) for answer in ANSWERS)
    for b in range(breakdowns):
        text += f"\n[segments.b{b:02}]\n" + "".join(f'{code} = "uitsplitsing {b}"\n' for code in ("nl", "en"))
        text += f"[segments.b{b:02}.values]\n" + "".join(both(f"s{s}", f"Groep {b}.{s}") for s in range(SEGMENTS))
    return text


def _row(year: int, name: str, answer: str, by: str, segment: str, people: int, chance: random.Random) -> str:
    n = people if not by else people // SEGMENTS
    if _kind(name) == 0:
        value, unit = round(chance.gauss(7, 0.02), 4), "grade"
        se = round(1.5 / math.sqrt(n / 1.4), 6)
    else:
        value, unit = round(chance.gauss(30, 0.4), 4), "percent"
        se = round(math.sqrt(value * (100 - value) / (n / 1.4)), 6)
    ends = f"{value - 1.96 * se:.6f},{value + 1.96 * se:.6f}"
    numbers = f"{value},{unit},{n},{n / 1.4:.1f},{se:.6f},{ends}"
    return f"{year},{name},total,{by},{segment},{answer},{numbers},estimated,report,respondents"


def _pairs(names: list[str], breakdowns: int) -> str:
    lines = [",".join(PAIRS)]
    for name, answer in _of(names):
        said = f"{name}.{answer}" if answer else name
        for b in range(breakdowns):
            for one, other in itertools.combinations(range(SEGMENTS), 2):
                ends = ",".join(f'"{said}@b{b:02}=s{s},{YEARS[0]}"' for s in (one, other))
                lines.append(f"{ends},0.00,0.01")
    return "\n".join(lines) + "\n"
