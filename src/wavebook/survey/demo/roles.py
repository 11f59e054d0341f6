"""The question for each indicator of a book in a made-up survey, and its truths; by kinds and words, never names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wavebook.core.units import Kind, Unit
from wavebook.definitions import Definitions, Indicator, Text
from wavebook.figures import read_wave
from wavebook.survey.answers.labels import sense

_GUESSES: Mapping[Kind, float] = {"share": 45.0, "count": 2.0}
_MARKS = (1.0, 10.0), 6.8  # the scale of a school mark, and a guess of one
_RISE_OF_GRADE, _RISE_OF_SHARE = 0.4, 12.0
_RISE_OF_BANDS = 20.0, 4.0  # a rise of the mean hides more fail marks, on purpose
_OTHER_LEVEL = -14.0  # percentage points: another question, another level


class Band(NamedTuple):
    """A share in bands of a grade: the grade, and the categories of high, middle and low marks ("" for none)."""

    grade: str
    high: str
    middle: str
    low: str


@dataclass(frozen=True)
class Roles:
    """The role of each indicator in the made-up survey.

    Attributes
    ----------
    grades, counts, differences, answers
        Marks from 1 to 10, numbers of things, all other numbers, and shares with yes or no.
    bands
        Shares that are read from the marks of a grade.
    scales
        Blocks of five-point questions about satisfaction: 1 where yes is satisfied, -1 where it is dissatisfied.
    sets, choices
        Questions with several answers, and with one.
    """

    grades: tuple[str, ...]
    counts: tuple[str, ...]
    differences: tuple[str, ...]
    answers: tuple[str, ...]
    bands: Mapping[str, Band]
    scales: Mapping[str, int]
    sets: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def asked(self) -> list[str]:
        """Everything that respondents are asked, including bands of their marks."""
        single = (*self.grades, *self.counts, *self.differences, *self.answers)
        return [*single, *self.bands, *self.scales, *self.sets, *self.choices]

    @property
    def broken(self) -> str:
        """The question that is asked in a new way; empty if none is suitable."""
        return self.sets[0] if self.sets else ""

    @property
    def routed(self) -> tuple[str, str] | None:
        """The count, and the grade asked of people who count two or more, if both are available."""
        return (self.counts[0], self.grades[-1]) if self.counts and len(self.grades) > 1 else None


def guess(unit: Unit) -> float:
    """A value for a figure of which none is published."""
    middle = sum(unit.ends) / 2 if unit.is_bounded else 100.0
    return _MARKS[1] if unit.is_score and unit.ends == _MARKS[0] else _GUESSES.get(unit.kind, middle)


def roles_of(d: Definitions, published: Mapping[str, float]) -> Roles:
    """The roles of the indicators about people; ``published`` are the newest figures."""
    people = {name: indicator for name, indicator in d.indicators.items() if d.bases[indicator.base].people}
    single = {name: i.unit for name, i in people.items() if not i.categories and not i.plus}
    grades = tuple(name for name, unit in single.items() if unit.is_score and unit.ends == _MARKS[0])
    counts, answers = (tuple(n for n, unit in single.items() if unit.kind == kind) for kind in ("count", "share"))
    bands: dict[str, Band] = {}
    scales: dict[str, int] = {}
    sets, choices = [], []
    for name, indicator in people.items():
        if not indicator.unit.is_share or not indicator.categories:
            continue
        together = sum(published.get(f"{name}.{category}", 0) for category in indicator.categories)
        if band := _band(name, indicator, grades):
            bands[name] = band
        elif side := _satisfaction(indicator.name):
            scales[name] = side
        elif not indicator.complete or together > 100:
            sets.append(name)
        else:
            choices.append(name)
    return Roles(
        grades,
        counts,
        tuple(name for name in single if name not in (*grades, *counts, *answers)),
        answers,
        bands,
        scales,
        tuple(sets),
        tuple(choices),
    )


def _satisfaction(text: Text) -> int:
    sides = (sense(words) for words in text.words.values())
    return next((side.sign for side in sides if side and side.family == "satisfied"), 0)


def _band(name: str, indicator: Indicator, grades: tuple[str, ...]) -> Band | None:
    """The categories for satisfied and dissatisfied with the subject of a grade whose words are all in the name."""
    words = set(name.split("_"))
    of = max((grade for grade in grades if set(grade.split("_")) < words), key=len, default="")
    by_side: dict[int, list[str]] = {1: [], 0: [], -1: []}
    for category, text in indicator.categories.items():
        by_side[_satisfaction(text)].append(category)
    if not of or len(by_side[1]) != 1 or len(by_side[-1]) != 1 or len(by_side[0]) > 1:
        return None
    return Band(of, by_side[1][0], (by_side[0] or [""])[0], by_side[-1][0])


def published_in(folder: Path, d: Definitions) -> dict[str, float]:
    """The newest figure of everyone, by ``indicator[.category]``."""
    found: dict[str, float] = {}
    for path in sorted((folder / "data" / "figures").glob("*.csv")):
        table = read_wave(path, d)
        everyone = table[(table["population"] == "") & (table["segment_by"] == "") & table["value"].notna()]
        columns = (everyone[name].to_list() for name in ("indicator", "category", "value"))
        for indicator, category, value in zip(*columns, strict=True):
            found[f"{indicator}.{category}" if category else indicator] = value
    return found


def planted_in(d: Definitions, roles: Roles, published: Mapping[str, float]) -> dict[str, float]:
    """The planted rises from the newest figures: a grade, the bands of its marks, and a share."""
    planted: dict[str, float] = {}

    def rise(name: str, by: float, most: float) -> None:
        indicator = d.indicators[name.partition(".")[0]]
        value = published.get(name, guess(indicator.unit))
        planted[name] = round(min(value + by, max(most, value)), indicator.decimals)

    for name, band in list(roles.bands.items())[:1]:
        rise(band.grade, _RISE_OF_GRADE, 9.0)
        rise(f"{name}.{band.high}", _RISE_OF_BANDS[0], 70.0)
        rise(f"{name}.{band.low}", _RISE_OF_BANDS[1], 25.0)
    if not roles.bands and roles.grades:
        rise(roles.grades[0], _RISE_OF_GRADE, 9.0)
    if roles.answers:
        rise(roles.answers[0], _RISE_OF_SHARE, 90.0)
    return planted


def truths_of(
    d: Definitions, roles: Roles, published: Mapping[str, float], planted: Mapping[str, float]
) -> dict[str, float]:
    """The true values of everything respondents are asked: planted, else newest published, else a simple guess."""
    asked = sorted(
        f"{name}.{category}" if category else name
        for name in roles.asked
        for category in (d.indicators[name].categories or [""])
    )
    truths = {}
    for key in asked:
        name = key.partition(".")[0]
        truths[key] = published.get(key, guess(d.indicators[name].unit))
        if planted and name == roles.broken:
            truths[key] = max(truths[key] + _OTHER_LEVEL, 5.0)
    return truths | {key: value for key, value in planted.items() if key in truths}
