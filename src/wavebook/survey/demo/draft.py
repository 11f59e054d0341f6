"""A made-up file in the making: the respondents, and their answers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat
from pyreadstat.pyclasses import MissingRange

from wavebook.core.periods import Period, named
from wavebook.definitions import Definitions, Indicator
from wavebook.survey.demo.dictionary import with_sets
from wavebook.survey.demo.folder import MADE_UP
from wavebook.survey.demo.roles import Roles

_STRATA = {1: ("noord", 60), 2: ("oost", 90), 3: ("zuid", 110), 4: ("west", 133)}
_CLUSTERS = 10  # drawn in each stratum
_OF_TWO = {"population": 0.2, "sample": 0.5}  # the share of the second population
_EXTRA = 16.0  # percentage points by which it exceeds everyone in every share: only weights restore the truth
_POINTS = {
    1: "zeer ontevreden",
    2: "ontevreden",
    3: "niet tevreden, niet ontevreden",
    4: "tevreden",
    5: "zeer tevreden",
}
_MARKS = 4.2, 6.4  # the mean of fail marks, and of those in the middle
_SILENT = 98  # "don't know" of a number
_LARGE = 50  # counts of which 98 may be an answer


@dataclass
class Draft:
    """The columns of a file with their SPSS metadata and their declarations for waves.toml."""

    d: Definitions
    roles: Roles
    populations: tuple[str, str]
    wave: str
    rng: np.random.Generator
    rows: int
    truths: dict[str, float]
    data: dict[str, np.ndarray] = field(default_factory=dict)
    questions: dict[str, str | None] = field(default_factory=dict)
    labels: dict[str, Mapping[float, str] | Mapping[str, str]] = field(default_factory=dict)
    missing: dict[str, list[float | str | MissingRange]] = field(default_factory=dict)
    columns: dict[str, str | dict[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    sets: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    missing_in: dict[str, list[float]] = field(default_factory=dict)
    asked_if: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    next_number: int = 10

    @property
    def period(self) -> Period:
        """The period of the wave; a year after the newest where its key is none."""
        newest = self.d.period(self.d.newest)
        return named(self.wave) or Period(*(day + datetime.timedelta(365) for day in newest))

    def __post_init__(self) -> None:
        """Draw everybody: first the respondents, then their answers."""
        self._people()
        for name in self.d.segments:
            self._segment(name)
        for name, indicator in self.d.indicators.items():
            if name in self.roles.asked and name not in self.roles.bands:
                self._indicator(name, indicator)
        self._bands()
        self._routing()
        self._paradata()

    def add(
        self,
        name: str,
        values: np.ndarray,
        question: str,
        labels: Mapping[float, str] | Mapping[str, str] | None = None,
        missing: list[float | str | MissingRange] | None = None,
    ) -> str:
        """Put a column in the file."""
        self.data[name], self.questions[name] = values, question
        if labels:
            self.labels[name] = labels
        if missing:
            self.missing[name] = missing
        return name

    def column_of(self, name: str) -> str:
        """The one column that ``name`` is read from."""
        column = self.columns[name]
        if not isinstance(column, str):
            raise TypeError(f"{name} has several columns")
        return column

    def _next(self) -> str:
        self.next_number += 1
        return f"v{self.next_number}"

    def _people(self) -> None:
        rng, n = self.rng, self.rows
        stratum = np.arange(n) % len(_STRATA) + 1
        cluster = stratum * 100 + rng.integers(1, _CLUSTERS + 1, n)
        second = np.arange(n) // len(_STRATA) % 2 == 1  # half of every stratum
        complete = rng.random(n) >= 0.03
        share = np.where(second, _OF_TWO["population"], 1 - _OF_TWO["population"])
        weight = share / _OF_TWO["sample"] * np.exp(rng.normal(0, 0.2, n))
        for group in (second & complete, ~second & complete):  # exact margins, and a mean of 1
            weight[group] *= share[group][0] * complete.sum() / weight[group].sum()
        self.second, self.complete = second, complete
        moods = rng.normal(0, 0.03, 1000).clip(-0.05, 0.05)
        self.mood = moods[cluster] + np.where(second, -0.04, 0.01)
        self.add("respnr", 100_000.0 + rng.permutation(n), "Respondentnummer")
        self.add("compleet", complete.astype(float), "Vragenlijst afgerond", {0.0: "nee", 1.0: "ja"})
        names = {code: self.d.populations[name].said for code, name in zip("BO", self.populations, strict=True)}
        self.add("doelgroep", np.where(second, "O", "B"), "Doelgroep", names)
        self.add(
            "landsdeel", stratum.astype(float), "Landsdeel (stratum)", {float(k): v for k, (v, _) in _STRATA.items()}
        )
        self.add("gemeente", cluster.astype(float), "Gemeente (cluster)")
        sizes = np.array([0, *(size for _, size in _STRATA.values())], float)[stratum]
        self.add("gemeenten", sizes, "Aantal gemeenten in het landsdeel")
        self.add("weegfactor", np.where(complete, weight, np.nan), "Weegfactor")
        self.columns["population"] = "doelgroep"
        self.codes["population"] = dict(zip("BO", self.populations, strict=True))

    def _segment(self, name: str) -> None:
        """Add a breakdown whose codes are stored as text; the last code is an unpublished group."""
        breakdown = self.d.segments[name]
        names = list(breakdown.values)
        codes = [f"{number:02}" for number in range(1, len(names) + 1)]
        if name == next(iter(self.d.segments)):
            together = max(1, min(8, self.rows // (len(names) + 1)))
            drawn = np.arange(self.rows) // together % (len(names) + 1)
        else:
            drawn = self.rng.permutation(np.arange(self.rows) % (len(names) + 1))
        self.mood = self.mood + np.linspace(-0.05, 0.05, len(names) + 1)[drawn]
        rest = "97" if len(names) < 97 else "0"
        labels = {c: breakdown.values[n].said for c, n in zip(codes, names, strict=True)} | {rest: "iets anders"}
        written = re.sub(r"\W+", "_", breakdown.said.casefold())
        values = np.array([*codes, rest])[drawn]
        column = self.add(
            name if written in self.data or written[:1] in "v_" else written, values, breakdown.said, labels
        )
        self.columns[name] = column
        self.codes[name] = dict(zip(codes, names, strict=True)) | {rest: "other"}

    def _indicator(self, name: str, indicator: Indicator) -> None:
        """Add a question in the form usual for its kind."""
        if name in self.roles.grades:
            self._grade(name, indicator)
        elif name in self.roles.counts:
            self._count(name, indicator)
        elif name in self.roles.differences:
            unit = indicator.unit
            spread = (unit.high - unit.low) / 10 if unit.is_bounded else abs(self.truths[name]) / 3 + 1
            low, high = unit.ends if unit.is_bounded else (max(unit.low, 0), np.inf)
            drawn = np.clip(np.round(self.truths[name] + self.rng.normal(0, spread, self.rows)), low, high)
            self.columns[name] = self.add(self._next(), drawn, indicator.definition.said)
            self.missing_in[self.column_of(name)] = []
        elif name in self.roles.sets:
            self._response_set(name, indicator)
        elif name in self.roles.scales:
            self._scales(name, indicator)
        elif name in self.roles.choices:
            self._choice(name, indicator)
        else:
            self._yes_no(name, indicator)

    def _silence(self, column: str, code: float, share: float = 0.02) -> None:
        self.data[column][self.rng.random(self.rows) < share] = code

    def _chance(self, percent: float) -> np.ndarray:
        """Draw who says yes: fewer of the first population and more of the second, as far as possible."""
        part = _OF_TWO["population"] / (1 - _OF_TWO["population"])
        extra = max(min(_EXTRA, 100 - percent, percent / part), 0)
        return self.rng.random(self.rows) < np.where(self.second, percent + extra, percent - extra * part) / 100

    def _grade(self, name: str, indicator: Indicator) -> None:
        """Draw marks that keep the mean and the bands: fails, a middle, and the rest as high as the mean requires."""
        shares = {"high": 45.0, "low": 12.0}
        banded = [(share, band) for share, band in self.roles.bands.items() if band.grade == name]
        for share, band in banded:
            shares = {"high": self.truths[f"{share}.{band.high}"], "low": self.truths[f"{share}.{band.low}"]}
        low, high = shares["low"] / 100, shares["high"] / 100
        rest = _MARKS[0] * low + _MARKS[1] * (1 - low - high)
        top = (self.truths[name] - rest) / high
        part = self.rng.random(self.rows)
        if banded and not 8.1 <= top <= 9.8:  # published means and bands combine in other ways
            top = min(max(top, 8.1), 9.8)
            self.truths[name] = rest + top * high
        level = np.where(part < low, _MARKS[0], np.where(part < 1 - high, _MARKS[1], top + self.mood / high))
        if not banded and not 1.2 <= top <= 9.8:
            level = self.truths[name] + self.mood
        marks = np.floor(level) + (self.rng.random(self.rows) < level % 1)  # keeps the mean, whole marks
        labels = {1.0: "zeer slecht", 10.0: "uitmuntend", 98.0: "weet niet", 99.0: "geen antwoord"}
        column = self.add(self._next(), marks.clip(1, 10), indicator.definition.said, labels, [{"lo": 97, "hi": 99}])
        self._silence(column, _SILENT)
        self._silence(column, 99, 0.01)
        self.columns[name] = column

    def _bands(self) -> None:
        """Have a share in bands of marks read from the column of the marks."""
        for name, band in self.roles.bands.items():
            self.columns[name] = self.columns[band.grade]
            self.codes[name] = {"8..10": band.high, "6..7": band.middle or "other", "1..5": band.low}

    def _count(self, name: str, indicator: Indicator) -> None:
        truth = self.truths[name]
        least = 1 if truth >= 1 else 0
        drawn = least + self.rng.poisson(max(truth - least, 0), self.rows)
        silent = float(_SILENT) if truth < _LARGE else 10.0 ** (len(f"{truth:.0f}") + 1) - 2
        question, labels = indicator.definition.said, {silent: "weet niet"}
        column = self.add(self._next(), drawn.astype(float), question, labels, [silent])
        self._silence(column, silent)
        self.columns[name] = column
        if silent != _SILENT:
            self.missing_in[column] = [silent]

    def _yes_no(self, name: str, indicator: Indicator) -> None:
        labels = {1.0: "ja", 2.0: "nee", 9.0: "weet niet"}
        answers = np.where(self._chance(self.truths[name]), 1.0, 2.0)
        column = self.add(self._next(), answers, indicator.definition.said, labels, [9])
        self._silence(column, 9)
        self.columns[name] = column
        self.codes[name] = {"1": "yes", "2": "no"}

    def _response_set(self, name: str, indicator: Indicator) -> None:
        """Add a question with several answers: 1 or empty, as in SPSS; somebody who chose nothing chose *anders*."""
        stem, question = self._next(), f"Welke antwoorden zijn op u van toepassing? ({indicator.name.said})"
        chosen = {c: self._chance(self.truths[f"{name}.{c}"]) for c in indicator.categories}
        rest = ~np.any(list(chosen.values()), axis=0) | (self.rng.random(self.rows) < 0.1)
        names = []
        for number, (category, values) in enumerate([*chosen.items(), ("other", rest)], 1):
            label = indicator.categories[category].said if category != "other" else "anders"
            column = self.add(f"{stem}_{number}", np.where(values, 1.0, np.nan), label, {1.0: "gekozen"})
            names.append(column)
            self.codes.setdefault(name, {})[column] = category
        self.sets[f"set_{stem}"] = (question, names)
        self.columns[name] = f"$set_{stem}"

    def _scales(self, name: str, indicator: Indicator) -> None:
        """Add a block of five-point questions, some answered in one straight line."""
        stem, satisfied = self._next(), self.roles.scales[name] > 0
        straight = self.rng.random(self.rows) < 0.01
        found: dict[str, str] = {}
        for number, (category, text) in enumerate(indicator.categories.items(), 1):
            hit = self._chance(self.truths[f"{name}.{category}"])
            inside, outside = ((4, 6), (1, 4)) if satisfied else ((1, 3), (3, 6))
            marks = np.where(hit, self.rng.integers(*inside, self.rows), self.rng.integers(*outside, self.rows))
            marks = np.where(straight, 3, marks).astype(float)
            question = f"{indicator.name.said}: {text.said}"
            labels = {float(k): v for k, v in _POINTS.items()} | {9.0: "niet van toepassing"}
            column = self.add(f"{stem}_{number}", marks, question, labels, [9])
            self._silence(column, 9, 0.05)
            found[category] = column
            # The straight lines would lower the truth a little, so they are left out of it.
            self.truths[f"{name}.{category}"] *= 0.99
        self.columns[name] = found
        self.codes[name] = {"4..5": "yes", "1..3": "no"} if satisfied else {"1..2": "yes", "3..5": "no"}

    def _choice(self, name: str, indicator: Indicator) -> None:
        """Add a question with one answer out of several; the remaining respondents answer something else."""
        names = list(indicator.categories)
        truths = np.array([self.truths[f"{name}.{c}"] for c in names])
        truths = truths * min(1, 95 / truths.sum())
        self.truths |= {f"{name}.{c}": float(t) for c, t in zip(names, truths, strict=True)}
        drawn = self.rng.choice(len(names) + 1, self.rows, p=[*(truths / 100), 1 - truths.sum() / 100]) + 1.0
        labels = {float(i): indicator.categories[c].said for i, c in enumerate(names, 1)}
        labels |= {len(names) + 1.0: "anders", 99.0: "geen antwoord"}
        column = self.add(self._next(), drawn, indicator.definition.said, labels, [99])
        self._silence(column, 99)
        self.columns[name] = column
        self.codes[name] = {str(i): c for i, c in enumerate(names, 1)} | {str(len(names) + 1): "other"}

    def _routing(self) -> None:
        """Have a grade asked only of people who count two or more."""
        if self.roles.routed is None:
            return
        count, grade = map(self.column_of, self.roles.routed)
        silent = max(self.missing_in.get(count, [_SILENT]))
        asked = (self.data[count] >= 2) & (self.data[count] != silent)
        self.data[grade] = np.where(asked, self.data[grade], np.nan)
        self.asked_if[self.roles.routed[1]] = {count: [f"2..{silent - 1:g}"]}

    def _paradata(self) -> None:
        start = datetime.date(self.period.start.year, 9, 1)
        days = [start + datetime.timedelta(days=int(day)) for day in self.rng.integers(0, 30, self.rows)]
        self.add("datum", np.array(days), "Datum van het gesprek")
        typed = [f"verzonnen opmerking nummer {i}" if i % 7 == 0 else "" for i in range(self.rows)]
        self.add("opmerking", np.array(typed), "Wilt u in één zin nog iets kwijt?")
        for column, values in self.data.items():
            if re.match(r"v[0-9]", column):
                self.data[column] = np.where(self.complete, values, np.nan)

    def write(self, path: Path, *, spoilt: bool) -> None:
        """Write the .sav file; ``spoilt`` declares UTF-8 and holds cp1252."""
        frame = pl.DataFrame(
            {
                name: pl.Series(name, values if values.dtype.kind == "f" else values.tolist(), nan_to_null=True)
                for name, values in self.data.items()
            }
        )
        pyreadstat.write_sav(
            frame,  # pyright: ignore[reportArgumentType]  # its own type for a frame differs from Polars'
            path,
            file_label="VERZONNEN GEGEVENS (made-up data)",
            note=[MADE_UP, "source: demo"],
            column_labels=self.questions,
            # its types omit the labels of texts
            variable_value_labels=self.labels,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            missing_ranges=self.missing,
            variable_format={"weegfactor": "F8.4"},
        )
        content = with_sets(path.read_bytes(), self.sets)
        if spoilt:
            content = content.replace("één".encode(), "één".encode("cp1252") + b"  ")
        path.write_bytes(content)
