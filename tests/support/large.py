"""A book about made-up towns, with as many figures as are asked for, one story page and one notebook."""

from __future__ import annotations

import json
import random
from pathlib import Path

from wavebook.figures import COLUMNS

CONFIG = "title: Towns\nauthor: Nobody\nlanguages: [nl]\n"
PAGES = {
    "index": "# Steden\n\nIn de laatste meting is het {value}`i00`, in de kleinste stad {value}`i00@town=t00001` en in "
    "de eerste meting {value}`i00@baseline`. Van de mensen zegt {value}`choice.yes` ja.\n",
    "data": "# Alle cijfers\n\nHier staan alle cijfers.\n\n```{figures}\n```\n",
    "bronnen": "# Bronnen\n\n```{bibliography}\n```\n",
}
NOTEBOOK = """# parameters
wave: int = 2014
baseline: int = 2010
population: str = "total"
segment: str = ""
language: str = "nl"
"""
LOAD = """from wavebook import load

figures = load(wave=wave, baseline=baseline, population=population, language=language)
"""
BIB = "@misc{report, author = {Jansen, Jan}, title = {Rapport}, year = {2014}}\n"


def make(folder: Path, *, towns: int, indicators: int = 40, waves: int = 5, rows: int | None = None) -> Path:
    """Write the book: every indicator for everyone and for each town in each wave; one with three answers.

    ``rows`` is the most that a page may have; its default if it is not given.
    """
    chance, years = random.Random(1), range(2014, 2014 - waves, -1)
    names = [f"i{number:02}" for number in range(indicators)]
    write(folder / "_config.yml", CONFIG + f"sphinx:\n  config:\n    wavebook_rows: {rows}\n" * (rows is not None))
    write(folder / "_toc.yml", "format: jb-book\nroot: index\nchapters: [{file: data}, {file: bronnen}]\n")
    for name, text in PAGES.items():
        write(folder / "book" / f"{name}.md", f"---\nreviewed: 2014\n---\n\n{text}")
    cells = [_cell("title", "# Berekeningen", "markdown"), _cell("parameters", NOTEBOOK), _cell("load", LOAD)]
    cells[1]["metadata"]["tags"] = ["parameters"]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    write(folder / "notebooks" / "sums.ipynb", json.dumps(notebook))
    write(folder / "data" / "references.bib", BIB)
    write(folder / "data" / "context.toml", "")
    rules = '[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "nobody"\n'
    write(folder / "data" / "waves.toml", f"baseline = {years[-1]}\n{rules}" + "".join(map(wave_of, years)))
    write(folder / "data" / "indicators.toml", _indicators(names, towns))
    places = ["", *(f"t{number:05}" for number in range(towns))]
    for year in years:
        lines = [",".join(COLUMNS), *(_row(year, name, "", place, chance) for name in names for place in places)]
        lines += [_row(year, "choice", answer, "", chance) for answer in ("yes", "no", "maybe")]
        write(folder / "data" / "figures" / f"{year}.csv", "\n".join(lines) + "\n")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _cell(name: str, source: str, kind: str = "code") -> dict:
    more = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **more}


def both(head: str, text: str) -> str:
    return f'{head}.nl = "{text}"\n{head}.en = "{text}"\n'


def wave_of(year: int) -> str:
    texts = both("name", f"meting {year}") + both("client", "wij")
    return f'\n[waves.{year}]\n{texts}bureau = "Bureau"\nsource = "report"\n'


def _indicators(names: list[str], towns: int) -> str:
    text = '[bases.people]\nnl = "mensen"\nen = "people"\n\n[populations.total]\nnl = "iedereen"\nen = "everyone"\n'
    for name in [*names, "choice"]:
        texts = both("name", f"cijfer {name}") + both("definition", f"Wat {name} meet")
        unit = "percent" if name == "choice" or int(name[1:]) % 2 else "grade"
        text += f'\n[indicators.{name}]\nunit = "{unit}"\ndecimals = 1\nbase = "people"\n{texts}'
    text += "[indicators.choice.categories]\n" + "".join(map(both, ("yes", "no", "maybe"), ("ja", "nee", "misschien")))
    text += '\n[segments.town]\nnl = "stad"\nen = "town"\n\n[segments.town.values]\n'
    return text + "".join(both(f"t{number:05}", f"Stad {number}") for number in range(towns))


def _row(year: int, name: str, answer: str, place: str, chance: random.Random) -> str:
    share = answer or int(name[1:]) % 2
    value = chance.uniform(20, 80) if share else chance.uniform(4, 9)
    se, n = chance.uniform(0.01, 0.3), chance.randint(60, 900) if place else 10_000_000
    ends = f"{value - 2 * se:.3f},{value + 2 * se:.3f}"
    numbers = f"{value:.3f},{'percent' if share else 'grade'},{n},{n * 0.9:.0f},{se:.3f},{ends}"
    by = "town" if place else ""
    return f'{year},{name},total,{by},{place},{answer},{numbers},estimated,report,"tabel 1, kolom 2"'
