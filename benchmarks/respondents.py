"""A wave of made-up respondents, from their file to the figures table, beside the bare sums that this needs."""

from __future__ import annotations

import shutil
import statistics
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat
from bare import DESIGNS, INDICATORS, NOBODY
from bench import HERE, Bench
from measure import command
from polars.io.plugins import register_io_source
from report import Target, lines, table

GROUPS, STRATA, CLUSTERS = 30, 10, 1000
PIECE = 250_000
ESTIMATE = "import sys; from wavebook import cli; sys.exit(cli.main(['estimate', '2016']))"
ROUTES = {
    "wavebook": "wavebook estimate",
    "streaming": "bare sums, Polars streaming",
    "in-memory": "bare sums, Polars in memory",
    "pandas": "bare sums, pandas",
}
LARGEST = {"in-memory": 1_000_000, "pandas": 1_000_000, "csv": 10_000_000, "sav": 1_000_000}
"""Respondents up to which a route, or a format, is tried: beyond it takes more memory or time than it is worth."""


def measure(bench: Bench) -> dict:
    """Seconds and memory by number of respondents, design, format of the file, and route."""
    sizes = (10_000, 100_000) if bench.quick else (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
    rows = []
    for people in (size for size in sizes if size <= bench.people):
        for form in ("parquet", "csv", "sav"):
            if people > LARGEST.get(form, bench.people):
                continue
            root = make(bench.folder / f"people-{people}-{form}", people, form)
            for design in DESIGNS if form == "parquet" and people <= 10_000_000 else list(DESIGNS)[:1]:
                declare(root, form, design)
                rows += _measured(bench, root, people, form, design)
            shutil.rmtree(root)
    return {"rows": rows}


def _measured(bench: Bench, root: Path, people: int, form: str, design: str) -> Iterator[dict]:
    """One row a route; they take turns."""
    routes = [route for route in ROUTES if people <= LARGEST.get(route, people)]
    routes = routes if form == "parquet" else routes[:2]
    name = f"{people} respondents, {form}, {design}, {{}}"
    for _ in range(bench.rounds if people <= (10_000_000 if form == "parquet" else 1_000_000) else 1):
        for route in routes:
            work = ["-c", ESTIMATE] if route == "wavebook" else [HERE / "bare.py", route]
            cost = command(["python", *work], root, bench.env)
            bench.note(name.format(route), cost)
    for route in routes:
        costs = bench.costs[name.format(route)]
        middle = {of: statistics.median(getattr(c, of) for c in costs) for of in ("wall", "cpu")}
        row = {"respondents": people, "form": form, "design": design, "route": route}
        yield row | {"seconds": middle["wall"], "cpu": middle["cpu"], "MiB": max(c.memory for c in costs)}


# What was found


def _beside(found: dict, **chosen: object) -> list[tuple[dict, dict]]:
    """Rows of wavebook with those of the bare streaming sums, by number of respondents."""
    pairs: dict[int, dict[str, dict]] = {}
    for row in found["rows"]:
        if all(row[name] == value for name, value in chosen.items()):
            pairs.setdefault(row["respondents"], {})[row["route"]] = row
    return [(pair["wavebook"], pair["streaming"]) for _, pair in sorted(pairs.items())]


def targets(found: dict) -> list[Target]:
    """A gigabyte of memory and 1.5 times the bare sums at ten million; ten times the work for ten times the people.

    Processor time, as other work on the machine would move seconds on the clock.
    """
    aims = []
    for design in DESIGNS:
        pairs = [p for p in _beside(found, form="parquet", design=design) if p[0]["respondents"] <= 10_000_000]
        ours, bare = pairs[-1]
        gigabytes, times = ours["MiB"] * 2**20 / 1e9, ours["cpu"] / bare["cpu"]
        work = f"{ours['respondents']:,} respondents to figures, {design}"
        aims.append(Target(work, "1 GB", f"{gigabytes:.2f} GB", gigabytes < 1))
        aims.append(Target("", "1.5 × the processor time of the bare sums", f"{times:.2f} ×", times < 1.5))
    pairs = _beside(found, form="parquet", design=next(iter(DESIGNS)))
    if pairs[-1][0]["respondents"] > 10_000_000:
        times = pairs[-1][0]["cpu"] / pairs[-2][0]["cpu"]
        aims.append(
            Target("100,000,000 respondents", "10 × the processor time of 10,000,000", f"{times:.1f} ×", times < 11)
        )
    return aims


def report(found: dict) -> str:
    """Seconds and memory by number of respondents."""
    parts = []
    for design in DESIGNS:
        for form in ("parquet", "csv", "sav"):
            rows = [
                [
                    f"{ours['respondents']:,}",
                    *(f"{row['seconds']:.2f} | {row['cpu']:.2f} | {row['MiB']:.0f}" for row in (ours, bare)),
                    f"{ours['cpu'] / bare['cpu']:.2f}",
                ]
                for ours, bare in _beside(found, form=form, design=design)
            ]
            if rows:
                head = ["respondents", *("s", "cpu s", "MiB") * 2, "cpu ÷ bare"]
                parts.append(f"{NAMES[form]}, {design}; wavebook estimate, then the bare sums:\n\n{table(head, rows)}")
    engines = [
        [f"{row['respondents']:,}", ROUTES[row["route"]], f"{row['seconds']:.2f}", f"{row['MiB']:.0f}"]
        for row in found["rows"]
        if row["route"] != "wavebook" and (row["form"], row["design"]) == ("parquet", next(iter(DESIGNS)))
    ]
    engines = table(["respondents", "engine", "s", "MiB"], engines)
    return f"""## More respondents

{INDICATORS} indicators × {GROUPS} groups, from a file of respondents to the figures table: every check, estimates with
errors and intervals, suppression. The *bare sums* are those that the estimates are made of, by group × stratum ×
cluster, and nothing else. Both include starting Python. The respondents are made up; there are {STRATA} strata and
{CLUSTERS:,} clusters. An SPSS file is read by pyreadstat on both sides, which takes most of the time.

![Seconds, by respondents](results/seconds.svg)

![Largest memory in MiB, by respondents](results/memory.svg)

{chr(10).join(f"{part}{chr(10)}" for part in parts)}
The same bare sums by other engines, from Parquet, weights:

{engines}"""


NAMES = {"parquet": "Parquet", "csv": "CSV", "sav": "SPSS"}


def plots(found: dict) -> dict[str, object]:
    """Seconds and memory by number of respondents, a line a route and design."""
    rows = [
        row | {"route": f"{ROUTES[row['route']]}; {row['design']}"}
        for row in found["rows"]
        if row["form"] == "parquet" and row["route"] in ("wavebook", "streaming")
    ]
    return {
        "seconds": lines(rows, "respondents", "seconds", logarithmic=True),
        "memory": lines(rows, "respondents", "MiB", logarithmic=True),
    }


# A book with respondents


def declare(root: Path, form: str, design: str) -> None:
    """What a book says of such a wave."""
    indicators = [
        '[bases.people]\nnl = "mensen"\nen = "people"\n[populations.total]\nnl = "iedereen"\nen = "everyone"',
        '[segments.area]\nnl = "gebied"\nen = "area"\n[segments.area.values]',
        *(f'a{g} = {{ nl = "gebied {g}", en = "area {g}" }}' for g in range(GROUPS)),
    ]
    for i in range(INDICATORS):
        words = f'{{ nl = "vraag {i}", en = "question {i}" }}'
        indicators.append(f'[indicators.q{i}]\nunit = "grade"\ndecimals = 1\nbase = "people"')
        indicators.append(f"name = {words}\ndefinition = {words}")
    wave = [
        "baseline = 2016",
        '[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "made up"',
        '[waves.2016]\nname = { nl = "verzonnen", en = "made up" }\nbureau = "nobody"\nmade_up = true',
        'client = { nl = "niemand", en = "nobody" }\nsource = "nobody"',
        f'[waves.2016.responses]\nsource = "nobody"\nlocator = "made up"\nmissing = [{NOBODY}]',
        'respondent = "number"\nweight = "weight"',
        'strata = "stratum"\nclusters = "cluster"' if "cluster" in DESIGNS[design] else "",
        '[waves.2016.responses.columns]\narea = "area"',
        *(f'q{i} = "q{i}"' for i in range(INDICATORS)),
        "[waves.2016.responses.codes.area]",
        *(f'{g + 1} = "a{g}"' for g in range(GROUPS)),
    ]
    source = "@misc{nobody, author = {Nobody}, title = {Made up}, year = {2016}}"
    texts = {"indicators.toml": indicators, "waves.toml": wave, "context.toml": [], "references.bib": [source]}
    for name, rows in texts.items():
        (root / "data" / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def make(root: Path, people: int, form: str) -> Path:
    """A book with a respondent file, written piece by piece."""
    folder = root / "data" / "responses"
    folder.mkdir(parents=True)
    path = folder / f"2016.{form}"
    if form == "sav":
        _write_sav(path, people)
        return root
    rows = register_io_source(lambda *_: _pieces(people), schema=next(_pieces(1)).schema)
    rows.sink_parquet(path) if form == "parquet" else rows.sink_csv(path)
    return root


def _pieces(people: int) -> Iterator[pl.DataFrame]:
    """Grades of 1 to 10 with no answer from one in twenty, a weight, an area, a stratum and a cluster in it."""
    random = np.random.default_rng(people)
    for start in range(0, people, PIECE):
        size = min(PIECE, people - start)
        cluster = random.integers(0, CLUSTERS, size, dtype=np.int16)
        columns = {
            "number": np.arange(start + 1, start + size + 1, dtype=np.int32),
            "weight": random.uniform(0.5, 2, size).round(4),
            "area": random.integers(1, GROUPS + 1, size, dtype=np.int8),
            "stratum": (cluster % STRATA).astype(np.int8),
            "cluster": cluster,
        }
        for i in range(INDICATORS):
            drawn = random.integers(0, 200, size, dtype=np.uint8)
            columns[f"q{i}"] = np.where(drawn < 190, drawn % 10 + 1, NOBODY).astype(np.int8)
        yield pl.DataFrame(columns)


def _write_sav(path: Path, people: int) -> None:
    """An SPSS file in pieces: the dictionary of the first with the number of all, and the data of each."""
    missing = {f"q{i}": [NOBODY] for i in range(INDICATORS)}
    part = path.with_suffix(".piece.sav")
    with path.open("wb") as whole:
        for number, piece in enumerate(_pieces(people)):
            pyreadstat.write_sav(piece, part, missing_ranges=missing)
            content = part.read_bytes()
            end = content.index(struct.pack("<2i", 999, 0)) + 8  # of the dictionary
            whole.write(content[end if number else 0 :])
        whole.seek(80)
        whole.write(struct.pack("<i", people))
    part.unlink()
