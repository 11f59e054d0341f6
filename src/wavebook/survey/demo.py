"""A made-up wave with known truths, as an SPSS file with the habits of one; nothing in it is a finding.

The questions come from indicators.toml, the starting values from the newest published figures. What changes is
planted on purpose and returned, so that tests can ask for it back. File, declarations and source all say that
the data are made up.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat

from wavebook.core import outputs
from wavebook.core.files import digest_text
from wavebook.core.problems import Problem, fail
from wavebook.definitions import Definitions, Indicator, find_root, load_definitions
from wavebook.figures import read_wave

MADE_UP = "VERZONNEN GEGEVENS, geen onderzoeksresultaten (made-up data, no findings)"
_MARK = f"# {MADE_UP}.\n"
_PARTS = {"book", "data", "notebooks", "_build", "_config.yml", "_toc.yml", "requirements.txt"}  # of a demonstration

PLANTED = {"grade_chain": 7.3, "grade_band_chain.high": 60.0, "grade_band_chain.fail": 18.0, "mijnoverheid_used": 34.0}
"""What differs from the newest published figures; a rise of the mean hides more fail marks on purpose."""

NULLS = ("grade_organisation", "grade_cooperation", "organisations_per_event")
BROKEN = "channel_used"
_BROKEN_BY = -14.0  # percentage points: another question, another level
_BUSINESS = {"population": 0.2, "sample": 0.5}
_BUSINESS_EXTRA = 16.0  # percentage points above everyone in every share: only weights bring the truth back
_STRATA = {1: ("noord", 60), 2: ("oost", 90), 3: ("zuid", 110), 4: ("west", 133)}
_CLUSTERS = 10  # drawn in each stratum
_ASPECTS = {
    1: "zeer ontevreden",
    2: "ontevreden",
    3: "niet tevreden, niet ontevreden",
    4: "tevreden",
    5: "zeer tevreden",
}
_POPULATIONS = {
    "citizens": ("B", "burgers", "citizens"),
    "businesses": ("O", "bedrijven", "businesses"),
}


@dataclass(frozen=True)
class Demo:
    """A made-up wave: where it is and what was planted in it.

    Attributes
    ----------
    root, path
        The folder to use as a book, and the respondent file in it.
    truths
        The value in the population by ``indicator[.category]``, in the indicator's unit.
    rises, nulls, broken
        Names that truly rise from the newest published figures, that stay, and that may not be compared.
    defects
        (code, column) → respondents, or None where the defect is not one of respondents.
    """

    root: Path
    wave: int
    path: Path
    truths: dict[str, float]
    rises: tuple[str, ...]
    nulls: tuple[str, ...]
    broken: tuple[str, ...]
    defects: dict[tuple[str, str], int | None]


def make_wave(
    folder: Path,
    *,
    seed: int = 2016,
    respondents: int = 2000,
    defects: bool = False,
    wave: int = 2016,
    planted: Mapping[str, float] = PLANTED,
    root: Path | None = None,
) -> Demo:
    """Write a made-up wave and its declarations under ``folder``, for use as a book's root.

    Parameters
    ----------
    folder
        Gets data/, copied from the book at ``root`` (default: the nearest) when it has none yet; a second call
        with another ``wave`` adds that one.
    seed, respondents, defects
        The same three give the same file. With ``defects`` it holds one of each fault that is an error.
    planted
        Truths that differ from the newest published figures; ``{}`` for a wave in which nothing changed.

    Raises
    ------
    ProblemsError
        W110 when ``folder`` holds a real book or already has the wave.
    """
    d = _prepare(folder, wave, root)
    draft = _Draft(d, wave, np.random.default_rng([seed, wave]), respondents, _truths(folder, d, planted))
    draft.fill()
    found = _spoil(draft) if defects else {}
    path = folder / "data" / "responses" / f"{wave}.sav"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write(path, spoilt=defects)
    _append(folder / "data" / "waves.toml", draft.declaration(broken=bool(planted)))
    return Demo(
        folder,
        wave,
        path,
        draft.truths,
        tuple(name for name in planted if name in draft.truths),
        tuple(name for name in NULLS if name in draft.truths and name not in planted),
        (BROKEN,) if BROKEN in d.indicators and planted else (),
        found,
    )


def clear(folder: Path, root: Path) -> Path:
    """The folder, with an earlier demonstration removed; raises ProblemsError (W110) when it holds anything else."""
    folder = outputs.chosen(root, folder, what="a demonstration", is_ours=_is_demonstration, code="W110")
    if folder.is_dir():
        shutil.rmtree(folder)
    return folder


def _is_demonstration(folder: Path) -> bool:
    waves = folder / "data" / "waves.toml"
    ours = waves.is_file() and waves.read_text(encoding="utf-8", errors="replace").startswith(_MARK)
    return ours and {path.name for path in folder.iterdir()} <= _PARTS


def _prepare(folder: Path, wave: int, root: Path | None) -> Definitions:
    """A copy of the book's declarations that says what it is, with the populations that ``wave``, if any, splits by."""
    data, waves = folder / "data", folder / "data" / "waves.toml"
    if waves.exists() and not waves.read_text(encoding="utf-8").startswith(_MARK):
        action = "Choose an empty folder: a made-up wave never enters a real book."
        fail(Problem("W110", str(folder), "holds a book that is not a demonstration", action))
    if not waves.exists():
        source = (root or find_root()) / "data"
        for name in ("indicators.toml", "waves.toml", "context.toml", "references.bib", "figures"):
            copy = shutil.copytree if (source / name).is_dir() else shutil.copy
            data.mkdir(parents=True, exist_ok=True)
            copy(source / name, data / name)
        waves.write_text(_MARK + waves.read_text(encoding="utf-8"), encoding="utf-8")
    d = load_definitions(folder)
    if wave in d.waves:
        action = "Choose another wave, or another folder."
        fail(Problem("W110", str(folder), f"already has the wave {wave}", action))
    for name, (_, dutch, english) in _POPULATIONS.items() if wave else ():
        if name not in d.populations:
            text = f'\n[populations.{name}]\nnl = "{dutch}"\nen = "{english}"\n'
            _append(data / "indicators.toml", text)
    if d.disclosure is None:
        text = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "verzonnen voor de demonstratie"\n'
        _append(waves, text)
    if "demo" not in d.sources:
        fields = f"author = {{{{Demonstratie}}}},\n  title = {{{MADE_UP}}},\n  year = {{{wave or 2016}}},"
        entry = f"\n@misc{{demo,\n  {fields}\n}}\n"
        _append(data / "references.bib", entry)
    return load_definitions(folder)


def make_municipalities(folder: Path, count: int, *, seed: int = 2016, root: Path | None = None) -> list[str]:
    """Copy the data of the book at ``root`` to ``folder``, and give every wave made-up figures of municipalities.

    Pages and notebooks that are in ``folder`` already are made to suit.

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
    d, data, rng = _prepare(folder, 0, root), folder / "data", np.random.default_rng(seed)
    names = [f"gemeente_{number:03}" for number in range(1, count + 1)]
    text = '\n[segments.municipality]\nnl = "gemeente"\nen = "municipality"\nwhole.nl = "heel Nederland"\n'
    text += 'whole.en = "the Netherlands"\n\n[segments.municipality.values]\n'
    text += "".join(f'{n}.nl = "Gemeente {n[-3:]}"\n{n}.en = "Municipality {n[-3:]}"\n' for n in names)
    _append(data / "indicators.toml", text)
    people = {name: int(rng.integers(60, 400)) if name[-1] != "3" else 20 for name in names}
    better = {name: rng.normal(0, 0.2) for name in names}
    waves = data / "waves.toml"
    for path in sorted((data / "figures").glob("*.csv")):
        rows = read_wave(path, d)
        asked = [
            row
            for row in rows.itertuples()
            if row.segment_by == "" and d.bases[d.indicators[row.indicator].base].people
        ]
        lines = [_municipal(row, name, people[name], better[name], rng) for name in names for row in asked]
        _append(path, "".join(lines))
        _put(waves, f"[waves.{path.stem}]\n", f"[waves.{path.stem}]\nmade_up = true\n")
    _ask_everyone(folder)
    return [f"municipality={name}" for name in names]


def _ask_everyone(folder: Path) -> None:
    """Let pages and notebooks take figures by theme of everyone: there are none of a theme within a municipality."""
    for path in [*folder.glob("book/**/*.md"), *folder.glob("notebooks/*.ipynb")]:
        _put(path, "@theme=", "@everyone,theme=", -1)
    for path in folder.glob("book/en/*.md"):
        text = path.read_text(encoding="utf-8")
        twin = digest_text(folder / "book" / path.name)
        path.write_text(re.sub(r"^twin: .*$", f"twin: {twin!r}", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _municipal(row, name: str, people: int, better: float, rng: np.random.Generator) -> str:
    """A municipality's row after the example of everyone's."""
    head = f"{row.wave},{row.indicator},total,municipality,{name},{row.category}"
    if people < 30:
        return f"{head},,{row.unit},,,,,,suppressed,demo,verzonnen\n"
    scale, low, high = {"percent": (12, 0, 100), "grade": (1, 1, 10)}.get(row.unit, (1, 0, 100))
    value = min(max(row.value + scale * (better + rng.normal(0, 0.15)), low), high)
    se = (max(value * (100 - value), 1) if row.unit == "percent" else 2) ** 0.5 / people**0.5
    ends = max(value - 1.96 * se, low), min(value + 1.96 * se, high)
    numbers = f"{value:.4f},{row.unit},{people},{people},{se:.4f},{ends[0]:.4f},{ends[1]:.4f}"
    return f"{head},{numbers},estimated,demo,verzonnen\n"


def _put(path: Path, old: str, new: str, times: int = 1) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, times), encoding="utf-8")


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def _truths(folder: Path, d: Definitions, planted: Mapping[str, float]) -> dict[str, float]:
    """The true value of everything respondents are asked: planted, else newest published, else a plain guess."""
    truths: dict[str, float] = {}
    for path in sorted((folder / "data" / "figures").glob("*.csv")):
        table = read_wave(path, d)
        everyone = table[(table["population"] == "total") & (table["segment_by"] == "") & table["value"].notna()]
        for row in everyone.itertuples():
            truths[f"{row.indicator}.{row.category}" if row.category else row.indicator] = row.value
    asked = {
        f"{name}.{category}" if category else name
        for name, indicator in d.indicators.items()
        if indicator.base != "questionnaire"
        for category in (indicator.categories or [""])
    }
    guess = {"grade": 6.8, "percent": 45.0, "count": 2.0, "percentage_point": 0.0}
    shift = {f"{BROKEN}.{c}": _BROKEN_BY for c in d.indicators[BROKEN].categories} if BROKEN in d.indicators else {}
    known = {k: truths.get(k, guess[d.indicators[k.partition(".")[0]].unit]) for k in sorted(asked)}
    if planted:
        known = {k: v + shift.get(k, 0) for k, v in known.items()}
    return known | {k: v for k, v in planted.items() if k in asked}


@dataclass
class _Draft:
    """The file in the making: columns with what SPSS knows of them, and how waves.toml reads them."""

    d: Definitions
    wave: int
    rng: np.random.Generator
    rows: int
    truths: dict[str, float]
    data: dict[str, np.ndarray | list] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict] = field(default_factory=dict)
    missing: dict[str, list] = field(default_factory=dict)
    columns: dict[str, str | dict] = field(default_factory=dict)
    codes: dict[str, dict] = field(default_factory=dict)
    sets: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    next_number: int = 10

    def fill(self) -> None:
        """Draw everybody: first who they are, then what they answer."""
        self.people()
        for name in self.d.segments:
            self.segment(name)
        for name, indicator in self.d.indicators.items():
            if indicator.base != "questionnaire" and not name.startswith("grade_band_"):
                self.indicator(name, indicator)
        for name in self.d.indicators:
            self.bands(name)
        self.routing()
        self.paradata()

    def add(self, name: str, values, question: str, labels=None, missing=None) -> str:
        self.data[name], self.questions[name] = values, question
        if labels:
            self.labels[name] = labels
        if missing:
            self.missing[name] = missing
        return name

    def column(self) -> str:
        self.next_number += 1
        return f"v{self.next_number}"

    def people(self) -> None:
        rng, n = self.rng, self.rows
        stratum = np.arange(n) % len(_STRATA) + 1
        cluster = stratum * 100 + rng.integers(1, _CLUSTERS + 1, n)
        business = np.arange(n) // len(_STRATA) % 2 == 1  # half of every stratum
        complete = rng.random(n) >= 0.03
        share = np.where(business, _BUSINESS["population"], 1 - _BUSINESS["population"])
        weight = share / _BUSINESS["sample"] * np.exp(rng.normal(0, 0.2, n))
        for group in (business & complete, ~business & complete):  # exact margins, and a mean of 1
            weight[group] *= share[group][0] * complete.sum() / weight[group].sum()
        self.business, self.complete = business, complete
        moods = rng.normal(0, 0.03, 1000).clip(-0.05, 0.05)
        self.mood = moods[cluster] + np.where(business, -0.04, 0.01)
        self.add("respnr", 100_000.0 + rng.permutation(n), "Respondentnummer")
        self.add("compleet", complete.astype(float), "Vragenlijst afgerond", {0.0: "nee", 1.0: "ja"})
        self.add("doelgroep", np.where(business, "O", "B"), "Doelgroep", {c: t for c, t, _ in _POPULATIONS.values()})
        self.add("landsdeel", stratum.astype(float), "Landsdeel (stratum)", {k: v for k, (v, _) in _STRATA.items()})
        self.add("gemeente", cluster.astype(float), "Gemeente (cluster)")
        sizes = np.array([0, *(size for _, size in _STRATA.values())], float)[stratum]
        self.add("gemeenten", sizes, "Aantal gemeenten in het landsdeel")
        self.add("weegfactor", np.where(complete, weight, np.nan), "Weegfactor")
        self.columns["population"] = "doelgroep"
        self.codes["population"] = {code: name for name, (code, _, _) in _POPULATIONS.items()}

    def segment(self, name: str) -> None:
        """A breakdown whose codes are stored as text; the last code is a group nobody publishes."""
        breakdown = self.d.segments[name]
        names = list(breakdown.values)
        codes = [f"{number:02}" for number in range(1, len(names) + 1)]
        drawn = np.arange(self.rows) // 8 % (len(names) + 1)
        self.mood = self.mood + np.linspace(-0.05, 0.05, len(names) + 1)[drawn]
        labels = {c: breakdown.values[n].nl for c, n in zip(codes, names, strict=True)} | {"97": "iets anders"}
        column = self.add(name if name != "theme" else "thema", np.array([*codes, "97"])[drawn], breakdown.nl, labels)
        self.columns[name] = column
        self.codes[name] = dict(zip(codes, names, strict=True)) | {"97": "other"}

    def indicator(self, name: str, indicator: Indicator) -> None:
        """One question in the form that surveys give its kind."""
        if indicator.unit == "grade":
            self.grade(name, indicator)
        elif indicator.unit == "count":
            drawn = 1 + self.rng.poisson(self.truths[name] - 1, self.rows)
            column = self.add(self.column(), drawn.astype(float), indicator.definition.nl, {98.0: "weet niet"}, [98])
            self.silence(column, 98)
            self.columns[name] = column
        elif not indicator.categories:
            self.yes_no(name, indicator)
        elif name == BROKEN:
            self.response_set(name, indicator)
        elif name.startswith("aspect_"):
            self.scales(name, indicator)
        else:
            self.choice(name, indicator)

    def silence(self, column: str, code: float, share: float = 0.02) -> None:
        self.data[column][self.rng.random(self.rows) < share] = code

    def chance(self, percent: float) -> np.ndarray:
        extra = _BUSINESS_EXTRA
        citizens = extra * _BUSINESS["population"] / (1 - _BUSINESS["population"])
        return self.rng.random(self.rows) < np.where(self.business, percent + extra, percent - citizens) / 100

    def grade(self, name: str, indicator: Indicator) -> None:
        """Marks that keep the planted mean and bands: fails around 4.2, a middle at 6.4, the rest above 8."""
        band = f"grade_band_{name.removeprefix('grade_')}"
        fail, high = self.truths.get(f"{band}.fail", 12) / 100, self.truths.get(f"{band}.high", 45) / 100
        top = (self.truths[name] - 4.2 * fail - 6.4 * (1 - fail - high)) / high + self.mood / high
        part = self.rng.random(self.rows)
        level = np.where(part < fail, 4.2, np.where(part < 1 - high, 6.4, top))
        marks = np.floor(level) + (self.rng.random(self.rows) < level % 1)  # keeps the mean, whole marks
        labels = {1.0: "zeer slecht", 10.0: "uitmuntend", 98.0: "weet niet", 99.0: "geen antwoord"}
        column = self.add(self.column(), marks, indicator.definition.nl, labels, [{"lo": 97, "hi": 99}])
        self.silence(column, 98)
        self.silence(column, 99, 0.01)
        self.columns[name] = column

    def bands(self, name: str) -> None:
        """A share in bands of marks is read from the column of the marks."""
        grade = name.replace("grade_band_", "grade_")
        if name.startswith("grade_band_") and grade in self.columns:
            self.columns[name] = self.columns[grade]
            self.codes[name] = {"8..10": "high", "6..7": "other", "1..5": "fail"}

    def yes_no(self, name: str, indicator: Indicator) -> None:
        labels = {1.0: "ja", 2.0: "nee", 9.0: "weet niet"}
        answers = np.where(self.chance(self.truths[name]), 1.0, 2.0)
        column = self.add(self.column(), answers, indicator.definition.nl, labels, [9])
        self.silence(column, 9)
        self.columns[name] = column
        self.codes[name] = {"1": "yes", "2": "no"}

    def response_set(self, name: str, indicator: Indicator) -> None:
        """Several answers possible: 1 or empty, as SPSS likes it; somebody who chose nothing chose *anders*."""
        stem, question = self.column(), f"Welke kanalen gebruikte u de afgelopen maand? ({indicator.name.nl})"
        chosen = {c: self.chance(self.truths[f"{name}.{c}"]) for c in indicator.categories}
        rest = ~np.any(list(chosen.values()), axis=0) | (self.rng.random(self.rows) < 0.1)
        names = []
        for number, (category, values) in enumerate([*chosen.items(), ("other", rest)], 1):
            label = indicator.categories[category].nl if category != "other" else "anders"
            column = self.add(f"{stem}_{number}", np.where(values, 1.0, np.nan), label, {1.0: "gekozen"})
            names.append(column)
            self.codes.setdefault(name, {})[column] = category
        self.sets["kanalen"] = (question, names)
        self.columns[name] = "$kanalen"

    def scales(self, name: str, indicator: Indicator) -> None:
        """A block of five-point questions, some answered in one straight line."""
        stem, satisfied = self.column(), name == "aspect_satisfied"
        straight = self.rng.random(self.rows) < 0.01
        self.columns[name] = {}
        for number, (category, text) in enumerate(indicator.categories.items(), 1):
            hit = self.chance(self.truths[f"{name}.{category}"])
            inside, outside = ((4, 6), (1, 4)) if satisfied else ((1, 3), (3, 6))
            marks = np.where(hit, self.rng.integers(*inside, self.rows), self.rng.integers(*outside, self.rows))
            marks = np.where(straight, 3, marks).astype(float)
            question = f"{indicator.name.nl}: {text.nl}"
            labels = {float(k): v for k, v in _ASPECTS.items()} | {9.0: "niet van toepassing"}
            column = self.add(f"{stem}_{number}", marks, question, labels, [9])
            self.silence(column, 9, 0.05)
            self.columns[name][category] = column
            # The straight lines lower the truth a little: none of them is in.
            self.truths[f"{name}.{category}"] *= 0.99
        self.codes[name] = {"4..5": "yes", "1..3": "no"} if satisfied else {"1..2": "yes", "3..5": "no"}

    def choice(self, name: str, indicator: Indicator) -> None:
        """One answer out of several; what the truths leave over answers something else."""
        names = list(indicator.categories)
        truths = np.array([self.truths[f"{name}.{c}"] for c in names])
        truths = truths * min(1, 95 / truths.sum())
        self.truths |= {f"{name}.{c}": float(t) for c, t in zip(names, truths, strict=True)}
        drawn = self.rng.choice(len(names) + 1, self.rows, p=[*(truths / 100), 1 - truths.sum() / 100]) + 1.0
        labels = {float(i): indicator.categories[c].nl for i, c in enumerate(names, 1)}
        labels |= {len(names) + 1.0: "anders", 99.0: "geen antwoord"}
        column = self.add(self.column(), drawn, indicator.definition.nl, labels, [99])
        self.silence(column, 99)
        self.columns[name] = column
        self.codes[name] = {str(i): c for i, c in enumerate(names, 1)} | {str(len(names) + 1): "other"}

    def routing(self) -> None:
        """Cooperation is asked of those who met at least two organisations."""
        self.asked_if: dict[str, dict[str, list]] = {}
        pair = "organisations_per_event", "grade_cooperation"
        if all(name in self.columns for name in pair):
            count, grade = (self.columns[name] for name in pair)
            asked = (self.data[count] >= 2) & (self.data[count] != 98)
            self.data[grade] = np.where(asked, self.data[grade], np.nan)
            self.asked_if["grade_cooperation"] = {count: ["2..97"]}

    def paradata(self) -> None:
        start = datetime.date(self.wave, 9, 1)
        days = [start + datetime.timedelta(days=int(day)) for day in self.rng.integers(0, 30, self.rows)]
        self.add("datum", days, "Datum van het gesprek")
        typed = [f"verzonnen opmerking nummer {i}" if i % 7 == 0 else "" for i in range(self.rows)]
        self.add("opmerking", typed, "Wilt u nog iets kwijt?")
        for name in ("compleet", "datum", "opmerking"):
            assert len(self.data[name]) == self.rows
        unfinished = ~self.complete
        for column in self.data:
            if column.startswith("v") and isinstance(self.data[column], np.ndarray) and column != "weegfactor":
                self.data[column] = np.where(unfinished, np.nan, self.data[column])

    def declaration(self, *, broken: bool) -> str:
        """The wave's block for waves.toml, and the planted break."""
        return _wave_text(self) + (_break_text(self) if broken and BROKEN in self.columns else "")

    def write(self, path: Path, *, spoilt: bool) -> None:
        """The .sav file; ``spoilt`` says UTF-8 and holds cp1252."""
        frame = pl.DataFrame(
            {
                name: pl.Series(name, values, nan_to_null=isinstance(values, np.ndarray) and values.dtype.kind == "f")
                for name, values in self.data.items()
            }
        )
        pyreadstat.write_sav(
            frame,
            path,
            file_label="VERZONNEN GEGEVENS (made-up data)",
            note=[MADE_UP, "source: demo"],
            column_labels=self.questions,
            variable_value_labels=self.labels,
            missing_ranges=self.missing,
            variable_format={"weegfactor": "F8.4"},
        )
        content = _with_sets(path.read_bytes(), self.sets)
        if spoilt:
            content = content.replace("één".encode(), "één".encode("cp1252") + b"  ")
        path.write_bytes(content)


def _spoil(draft: _Draft) -> dict[tuple[str, str], int | None]:
    """Plant one of every fault; what must be found, by code and column."""
    data, columns = draft.data, draft.columns
    rows = iter(np.flatnonzero(draft.complete))
    found: dict[tuple[str, str], int | None] = {("W105", ""): None}

    def take(count: int) -> list[int]:
        return [int(next(rows)) for _ in range(count)]

    def put(code: str, column: str, count: int, value) -> None:
        chosen = take(count)
        data[column][chosen] = value
        found[code, column] = count

    put("W111", columns["grade_chain"], 3, 11)
    found["W104", columns["grade_band_chain"]] = 3
    put("W104", "thema", 4, "77")
    put("W104", columns["mijnoverheid_used"], 2, 7)
    put("W122", "respnr", 1, np.nan)
    put("W131", "weegfactor", 2, np.nan)
    put("W132", "weegfactor", 2, 0)
    put("W134", "landsdeel", 1, np.nan)
    put("W135", "gemeenten", 1, 61)
    found["W135", "gemeenten"] = None
    pairs = take(4)
    data["respnr"][pairs[2:]] = data["respnr"][pairs[:2]]
    found["W121", "respnr"] = 4
    _spoil_routing(draft, found)
    data["weegfactor"] = data["weegfactor"] * 1.5
    found["W133", "weegfactor"] = None
    last = list(draft.d.segments["theme"].values)[-1]
    code = next(code for code, name in draft.codes["theme"].items() if name == last)
    data["thema"] = np.where(data["thema"] == code, "97", data["thema"])
    found["W126", "thema"] = None
    empty, renamed = list(columns["aspect_satisfied"].values())[:2]
    data[empty] = np.full(draft.rows, np.nan)
    found["W113", empty] = None
    data[f"{renamed}_nieuw"] = data.pop(renamed)
    found["W107", renamed] = None
    question, members = draft.sets["kanalen"]
    extra = draft.add("v99_9", np.full(draft.rows, np.nan), "fax")
    draft.sets["kanalen"] = (question, [*members, extra])
    found["W109", "$kanalen"] = None
    return found


def _spoil_routing(draft: _Draft, found: dict) -> None:
    data = draft.data
    count, grade = draft.columns["organisations_per_event"], draft.columns["grade_cooperation"]
    asked = np.flatnonzero(draft.complete & (data[count] >= 2) & (data[count] < 98))[-6:]
    unasked = np.flatnonzero(draft.complete & (data[count] < 2))[-5:]
    data[grade][asked], data[grade][unasked] = np.nan, 7
    found["W124", grade], found["W123", grade] = 6, 5
    texts = [f" {number:.0f} " if number == number else "" for number in data[count]]
    typed = np.flatnonzero(draft.complete & (data[count] == 1) & np.isnan(data[grade]))[-3:]
    for row in typed:
        texts[row] = "geen idee"
    draft.data[count] = texts
    draft.labels.pop(count), draft.missing.pop(count)
    found["W112", count] = 3


def _wave_text(draft: _Draft) -> str:
    year = draft.wave
    lines = [
        "",
        _MARK.rstrip("\n"),
        f"[waves.{year}]",
        f'name.nl = "verzonnen demonstratie {year}"',
        f'name.en = "made-up demonstration {year}"',
        'bureau = "verzonnen"',
        'client.nl = "niemand: verzonnen gegevens"',
        'client.en = "nobody: made-up data"',
        'source = "demo"',
        "made_up = true",
        "",
        f"[waves.{year}.responses]",
        'source = "demo"',
        'locator = "verzonnen bestand"',
        'respondent = "respnr"',
        'weight = "weegfactor"',
        f"weight_sum = {int(draft.complete.sum())}",
        'strata = "landsdeel"',
        'clusters = "gemeente"',
        'population_size = "gemeenten"',
        "filter = { compleet = [1] }",
        "missing = [98, 99]",
        "",
        f"[waves.{year}.responses.columns]",
    ]
    for name, column in draft.columns.items():
        parts = column.items() if isinstance(column, dict) else [("", column)]
        lines += [f"{name}{'.' if c else ''}{c} = {json.dumps(v)}" for c, v in parts]
    for name, table in draft.codes.items():
        lines += ["", f"[waves.{year}.responses.codes.{name}]"]
        lines += [f"{json.dumps(code)} = {json.dumps(meaning)}" for code, meaning in table.items()]
    if draft.asked_if:
        lines += ["", f"[waves.{year}.responses.asked_if]"]
    for name, rule in draft.asked_if.items():
        conditions = ", ".join(f"{column} = {json.dumps(codes)}" for column, codes in rule.items())
        lines.append(f"{name} = {{ {conditions} }}")
    return "\n".join(lines) + "\n"


def _break_text(draft: _Draft) -> str:
    before = max(year for year in draft.d.waves if year < draft.wave)
    return f"""
[[breaks]]
from = {before}
to = {draft.wave}
kind = "full"
indicators = ["{BROKEN}"]
reason.nl = "verzonnen: andere vraag in de demonstratie"
reason.en = "made up: another question in the demonstration"
"""


def _with_sets(content: bytes, sets: Mapping[str, tuple[str, list[str]]]) -> bytes:
    """A .sav with multiple response sets: record 7, subtype 7, before the end of the dictionary.

    pyreadstat reads them but does not write them. Layout: PSPP, System File Format, section Multiple Response Sets.
    """
    text = b""
    for name, (label, columns) in sets.items():
        words = label.encode()
        text += b"$%b=D1 1 %d %b %b\n" % (name.encode(), len(words), words, " ".join(columns).encode())
    if not text:
        return content
    end = _end_of_dictionary(content)
    return content[:end] + struct.pack("<4i", 7, 7, 1, len(text)) + text + content[end:]


def _end_of_dictionary(content: bytes) -> int:
    """Where record 999 starts, found by walking the records before it."""

    def number(at: int) -> int:
        return struct.unpack_from("<i", content, at)[0]

    at = 176
    while (kind := number(at)) != 999:
        if kind == 2:  # variable: label, then missing values
            label, missing, at_label = number(at + 8), number(at + 12), at + 32
            at = at_label + (4 + -(-number(at_label) // 4) * 4 if label else 0) + 8 * abs(missing)
        elif kind == 3:  # value labels
            count, at = number(at + 4), at + 8
            for _ in range(count):
                at += 8 + -(-(1 + content[at + 8]) // 8) * 8
        elif kind == 4:  # which variables these are for
            at += 8 + 4 * number(at + 4)
        elif kind == 6:  # notes
            at += 8 + 80 * number(at + 4)
        elif kind == 7:
            at += 16 + number(at + 8) * number(at + 12)
        else:
            raise ValueError(f"record {kind} at byte {at} is not of an SPSS dictionary")
    return at
