"""The figures table: load it, check it, look a figure up. Everything past data/figures/ starts here."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

from wavebook.core import files
from wavebook.core.problems import Problem, ProblemsError, raise_all
from wavebook.core.tables import NUMBER, at_line, read_csv
from wavebook.definitions import LARGEST, Break, Definitions, Language, find_root, load_definitions
from wavebook.figures.correlations import NONE, Correlations, read_correlations
from wavebook.language.wording import Style, quantity, round_half_up
from wavebook.language.words import LANGUAGES, words_in

KEY_COLUMNS = ["wave", "indicator", "population", "segment_by", "segment", "category"]
NUMBER_COLUMNS = ["value", "n", "n_effective", "se", "ci_low", "ci_high"]
COLUMNS = [
    *KEY_COLUMNS,
    "value",
    "unit",
    *NUMBER_COLUMNS[1:],
    "status",
    "source",
    "locator",
]
STATUSES = ("published", "estimated", "provisional", "revised", "suppressed")
RANGES = {"grade": (1, 10), "percent": (0, 100), "percentage_point": (-100, 100), "count": (0, LARGEST)}

SCHEMA = pa.DataFrameSchema(
    {
        "wave": pa.Column(int),
        "indicator": pa.Column(str),
        "population": pa.Column(str),
        "segment_by": pa.Column(str),
        "segment": pa.Column(str),
        "category": pa.Column(str),
        "value": pa.Column(float, nullable=True),
        "unit": pa.Column(str, pa.Check.isin(list(RANGES))),
        "n": pa.Column(
            float, [pa.Check.in_range(0, LARGEST), pa.Check(lambda s: s % 1 == 0, name="whole")], nullable=True
        ),
        "n_effective": pa.Column(float, pa.Check.ge(0), nullable=True),
        "se": pa.Column(float, pa.Check.ge(0), nullable=True),
        "ci_low": pa.Column(float, nullable=True),
        "ci_high": pa.Column(float, nullable=True),
        "status": pa.Column(str, pa.Check.isin(STATUSES)),
        "source": pa.Column(str),
        "locator": pa.Column(str),
    },
    strict=True,
    coerce=True,
)

# What a spreadsheet takes for a formula: at the start of a cell, or after what ends a cell in the CSV of some country.
_FORMULA = re.compile(r"(^|[;,|\t\r\n\"])(?=[=+\-@＝＋－＠].)", re.DOTALL)
_WHOLE = re.compile(r"[0-9]+(\.0)?")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # a thousand or one
_KEY = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)(?:\.(?P<category>[a-z0-9_]+))?(?:@(?P<selectors>[^@]+))?")
EXCERPT = "EXCERPT"  # the file in data/ that says it is part of a book's data; see ``excerpt``
WAVE_NAMES = ("wave", "baseline", "previous")
EVERYONE = "everyone"  # the selector that leaves the segment of an edition


class Key(NamedTuple):
    """What identifies a figure: the first six columns of the table."""

    wave: int
    indicator: str
    population: str
    segment_by: str
    segment: str
    category: str

    def __str__(self) -> str:
        """The key as an editor types it, with its wave: ``channel_used.phone@theme=education,2014``."""
        selectors = [f"{self.segment_by}={self.segment}"] if self.segment_by else []
        if self.population != "total":
            selectors.append(f"population={self.population}")
        return f"{self.name}@{','.join([*selectors, str(self.wave)])}"

    @classmethod
    def read(cls, text: str) -> Key:
        """The key that ``str`` made; raises LookupError for anything else."""
        match = _KEY.fullmatch(text)
        *selectors, year = match["selectors"].split(",") if match and match["selectors"] else [""]
        named = dict(part.partition("=")[::2] for part in selectors)
        population = named.pop("population", "total")
        if not year.isdecimal() or len(named) > 1:
            raise LookupError(f"{text!r} is not a key with its wave")
        breakdown = next(iter(named.items()), ("", ""))
        return cls(int(year), match["indicator"], population, *breakdown, match["category"] or "")

    @property
    def name(self) -> str:
        """Indicator and category: ``channel_used.phone``."""
        return f"{self.indicator}.{self.category}" if self.category else self.indicator

    @property
    def anchor(self) -> str:
        """The id of this figure's row on the data page."""
        return re.sub(r"[^a-z0-9]+", "-", str(self))


@dataclass(frozen=True)
class Figure:
    """One row of the table; numbers the source does not give are None, never guessed."""

    key: Key
    value: float | None
    unit: str
    decimals: int
    n: int | None
    n_effective: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    status: str
    source: str
    locator: str

    @property
    def printed(self):
        """The value as readers see it: a Decimal, rounded half up to the indicator's decimals."""
        return round_half_up(self.value, self.decimals)

    def text(self, language: Language, style: Style = "prose") -> str:
        """The value in words of ``language``, marked when it is provisional or revised; see ``wording.quantity``.

        A dash when it is suppressed.
        """
        if self.value is None:
            return "–"
        mark = words_in(language).marks.get(self.status, "")
        return quantity(self.value, self.unit, self.decimals, language, style=style) + (f"\u00a0{mark}" if mark else "")


def as_text(cell: str) -> str:
    """A text for a cell of a CSV: with an apostrophe before whatever a spreadsheet would take for a formula.

    >>> as_text("=1+1"), as_text("bladzijde 12"), as_text("-"), as_text("zie;=1+1")
    ("'=1+1", 'bladzijde 12', '-', "zie;'=1+1")
    """
    return _FORMULA.sub(r"\1'", cell)


def wave_names(text: str) -> tuple[str, ...]:
    """The names of waves in a key or change as it is typed: baseline, 2009, wave; ``wave`` where it has none.

    >>> wave_names("grade@theme=work,2009"), wave_names("grade@2008..2009"), wave_names("grade")
    (('2009',), ('2008', '2009'), ('wave',))
    """
    selectors = [part.strip() for part in text.partition("@")[2].split(",")]
    named = [part for part in selectors if part and "=" not in part and part != EVERYONE]
    return tuple(end.strip() for part in named or ["wave"] for end in part.split(".."))


class MissingFigureError(LookupError):
    """A figure that is asked for is not there; the message says what is nearest."""


class AbsentFigureError(MissingFigureError):
    """What is asked for is declared, but no source gives it, or too few people are behind it."""


@dataclass(frozen=True)
class Selection:
    """Figures picked for one chart, in the order they were asked for."""

    figures: Figures
    keys: tuple[Key, ...]

    def __iter__(self) -> Iterator[Figure]:
        return (self.figures[key] for key in self.keys)

    @property
    def frame(self) -> pd.DataFrame:
        """One row a figure: wave, indicator, category, segment, label, value, unit, n, interval, status, key.

        ``label`` is what tells the rows apart for readers: category, else segment, else indicator.
        """
        columns = [
            "wave",
            "indicator",
            "category",
            "segment",
            "label",
            "value",
            "unit",
            "n",
            "ci_low",
            "ci_high",
        ]
        rows = [
            {
                **item.key._asdict(),
                **item.__dict__,
                "label": self.figures.label(item.key),
                "key": str(item.key),
            }
            for item in self
        ]
        return pd.DataFrame(rows, columns=[*columns, "status", "key"])

    def _repr_html_(self) -> str:
        return self.frame.to_html(index=False)


class Figures:
    """The figures that one edition may show: those of its wave and of earlier ones.

    An edition about a segment has that segment's figures and everyone's, and of no other segment of that breakdown.

    Parameters
    ----------
    definitions
        The declarations the table was checked against.
    rows
        All figures of a checked table; see ``figures_of``.
    wave, baseline, population, segment, language
        The edition: what ``wave`` and ``baseline`` mean in a key, whose figures (``segment`` as in
        ``"municipality=utrecht"``, empty for everyone), and in which language.
    correlations
        How estimates move together, where it is known.
    """

    def __init__(
        self,
        definitions: Definitions,
        rows: Iterable[Figure],
        *,
        wave: int,
        baseline: int,
        population: str,
        language: Language,
        segment: str = "",
        correlations: Correlations = NONE,
    ):
        self.definitions, self._correlations = definitions, correlations
        self.wave, self.baseline, self.population, self.language = wave, baseline, population, language
        self.segment = segment
        self.own = tuple(segment.split("=", 1)) if segment else ("", "")  # breakdown and segment
        self._rows: dict[Key, Figure] = {
            figure.key: figure for figure in rows if figure.key.wave <= wave and self.may_show(figure.key)
        }

    def __repr__(self) -> str:
        edition = f"wave {self.wave}, baseline {self.baseline}, {self.population}, {self.segment or EVERYONE}"
        edition = f"{edition}, {self.language}"
        return f"<{len(self)} figures: {edition}>"

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, text: str | Key) -> Figure:
        """The figure that ``text`` names, such as ``channel_used.phone@baseline``, or that has this key.

        Raises MissingFigureError, naming the nearest key, when it is not there or is suppressed.
        """
        key = text if isinstance(text, Key) else self.resolve(text)
        figure = self._rows.get(key)
        if figure is None or figure.status == "suppressed":
            raise self._missing([key])
        return figure

    def may_show(self, key: Key) -> bool:
        """Whether a figure with this key is of no other segment than the edition is about."""
        breakdown, segment = self.own
        return key.segment_by != breakdown or key.segment == segment

    def resolve(self, text: str) -> Key:
        """The key that ``text`` means in this edition, whether or not there is such a figure.

        In an edition about a segment that is the segment's figure, unless the key says ``everyone`` or counts no
        people: nothing about people is taken from everyone in silence.
        """
        match = _KEY.fullmatch(text.strip())
        if not match:
            raise MissingFigureError(f"{text!r} is not a key; write indicator.category@selectors")
        chosen: dict[str, object] = {}
        for selector in filter(None, (match["selectors"] or "").split(",")):
            name, equals, value = (part.strip() for part in selector.partition("="))
            if name == EVERYONE and not equals:
                kind, value = EVERYONE, True
            elif not equals:
                kind, value = "wave", self.wave_of(name)
            else:
                kind = "population" if name == "population" else "segment"
            if kind in chosen:
                raise MissingFigureError(f"{text!r} names more than one {kind}")
            chosen[kind] = (name, value) if kind == "segment" else value
        wave, population = chosen.get("wave", self.wave), chosen.get("population", self.population)
        own = self.own if EVERYONE not in chosen and self._of_people(match["indicator"]) else ("", "")
        segment_by, segment = chosen.get("segment", own)
        if own[0] and (segment_by, segment) != own:
            found = f"the figures of {self.segment} are not split by {segment_by}"
            raise AbsentFigureError(f"{text!r}: {found}; for those of everyone, write {EVERYONE} too")
        return Key(wave, match["indicator"], population, segment_by, segment, match["category"] or "")

    def _of_people(self, indicator: str) -> bool:
        """Whether an indicator is about people, who can be split; the number of questions, say, is not."""
        declared = self.definitions.indicators.get(indicator)
        return declared is None or self.definitions.bases[declared.base].people

    def wave_of(self, name: str) -> int:
        """The year that ``wave``, ``baseline``, ``previous`` or a year stands for."""
        if name == "previous":
            earlier = [year for year in self.definitions.waves if year < self.wave]
            if not earlier:
                raise MissingFigureError(f"there is no wave before {self.wave}")
            return max(earlier)
        if name in WAVE_NAMES:
            return getattr(self, name)
        if name.isdecimal() and int(name) in self.definitions.waves:
            return int(name)
        known = [*WAVE_NAMES, *map(str, self.definitions.waves)]
        raise MissingFigureError(f"there is no wave {name}; the waves are {', '.join(known)}")

    def since(self, baseline: int) -> Figures:
        """The same figures with another wave to compare with."""
        other = copy.copy(self)
        other.baseline = baseline
        return other

    def between(self, text: str) -> tuple[Figure, Figure]:
        """The two figures of a change: ``key`` from baseline to wave, or ``key@2010..2014``."""
        name, _, selectors = text.strip().partition("@")
        parts = [part for part in selectors.split(",") if part]
        spans = [part for part in parts if ".." in part]
        others = [part for part in parts if ".." not in part]
        if len(spans) > 1 or any("=" not in part and part.strip() != EVERYONE for part in others):
            raise MissingFigureError(f"{text!r} is not a change; write key or key@2010..2014")
        ends = (spans or ["baseline..wave"])[0].split("..")
        first, last = (self.resolve(f"{name}@{','.join([*others, wave.strip()])}") for wave in (ends[0], ends[-1]))
        if first.wave >= last.wave:
            raise MissingFigureError(f"{text!r} is not a change: {first.wave} does not come before {last.wave}")
        missing = [key for key in (first, last) if not self.has(key)]
        if missing:
            raise self._missing(missing)
        return self[first], self[last]

    def has(self, key: Key) -> bool:
        """Whether there is a figure with this key that may be shown."""
        return key in self._rows and self._rows[key].status != "suppressed"

    def correlation(self, one: Key, other: Key) -> tuple[float, float] | None:
        """Lowest and highest that the correlation of two estimates can be; None where it is not known.

        Of the sampling errors, not of the answers: with it the error of a difference is √(a² + b² − 2·r·a·b). Known for
        pairs that ``wavebook estimate`` kept and that this edition may show; an estimate and itself have 1.
        """
        if not (self.has(one) and self.has(other)):
            return None
        return (1.0, 1.0) if one == other else self._correlations.get(frozenset((str(one), str(other))))

    def series(self, text: str) -> list[Figure]:
        """All figures of one key, through the waves of this edition, oldest first; empty when none."""
        key = self.resolve(text)
        same = (self._rows.get(key._replace(wave=year)) for year in sorted(self.definitions.waves))
        return [figure for figure in same if figure and figure.status != "suppressed"]

    def select(self, *keys: str, waves: str = "wave") -> Selection:
        """The figures of ``keys``; a key without category takes every category that has a figure.

        Parameters
        ----------
        keys
            As in ``figures[...]``.
        waves
            ``"wave"``: each key's own wave; ``"both"``: baseline and wave; ``"all"``: the whole series.

        Raises
        ------
        MissingFigureError
            Names every key that has no figure, at once. In an edition about a segment, what is absent is left out.
        """
        chosen: list[Key] = []
        missing: list[MissingFigureError] = []
        for text in keys:
            try:
                key = self.resolve(text)
            except MissingFigureError as error:
                missing.append(error)
                continue
            years = {
                "wave": [key.wave],
                "both": [self.baseline, self.wave],
                "all": sorted(self.definitions.waves),
            }[waves]
            found = self._expand(key, years, complete=waves == "both")
            chosen += found
            if not found:
                absent = [key] if waves == "all" else [key._replace(wave=year) for year in years]
                missing += [self._missing([k], whole=not k.category) for k in absent if not self.has(k)]
        wrong = [error for error in missing if not (self.segment and isinstance(error, AbsentFigureError))]
        if wrong:
            raise MissingFigureError("; ".join(dict.fromkeys(map(str, wrong))))
        return Selection(self, tuple(chosen))

    def _expand(self, key: Key, years: list[int], *, complete: bool) -> list[Key]:
        """The keys of ``key``'s categories that have a figure in these years, or in every one of them."""
        found = []
        for name in [key.category] if key.category else ["", *self._categories(key.indicator)]:
            present = [k for k in (key._replace(wave=year, category=name) for year in years) if self.has(k)]
            found += present if len(present) == len(years) or not complete else []
        return found

    def _categories(self, indicator: str) -> Iterable[str]:
        declared = self.definitions.indicators.get(indicator)
        return declared.categories if declared else ()

    def label(self, key: Key) -> str:
        """What readers call a figure: its category, else what sets it apart, else its indicator."""
        indicator = self.definitions.indicators[key.indicator]
        if key.category:
            return indicator.categories[key.category][self.language]
        return self.apart(key) or indicator.name[self.language]

    def apart(self, key: Key) -> str:
        """What readers call the figure's segment where it is not that of the edition; else empty."""
        return "" if (key.segment_by, key.segment) == self.own else self.segment_label(key)

    def segment_label(self, key: Key) -> str:
        """What readers call the figure's segment; empty for everyone, save in an edition about a segment."""
        if key.segment_by:
            return self.definitions.segments[key.segment_by].values[key.segment][self.language]
        return self.whole(self.own[0]) if self.segment and self._of_people(key.indicator) else ""

    def whole(self, breakdown: str) -> str:
        """What readers call all segments of a breakdown together."""
        return self.definitions.segments[breakdown].whole[self.language]

    @property
    def about(self) -> str:
        """What readers call the segment that the edition is about; empty for everyone."""
        breakdown, segment = self.own
        return self.definitions.segments[breakdown].values[segment][self.language] if breakdown else ""

    def breaks(self, keys: Iterable[Key]) -> list[Break]:
        """The breaks that a line through ``keys`` crosses, in order of time."""
        keys = list(keys)
        first, last = min(k.wave for k in keys), max(k.wave for k in keys)
        crossed = {b for k in keys for b in self.definitions.breaks_between(k.indicator, first, last)}
        return sorted(crossed, key=lambda b: b.start)

    def sources(self, keys: Iterable[Key]) -> list[str]:
        """The sources behind ``keys`` for a source line: "Kanne e.a., 2016 (paragraaf 2.2)"."""
        found: dict[str, dict[str, None]] = {}
        for key in keys:
            figure = self._rows[key]
            found.setdefault(figure.source, {})[figure.locator.split(", afgelezen")[0]] = None
        return [
            f"{self.definitions.sources[source].short(self.language)} ({'; '.join(places)})"
            for source, places in found.items()
        ]

    def _missing(self, keys: list[Key], whole: bool = False) -> MissingFigureError:
        """What to raise for keys that have no figure; ``whole`` when they stand for all categories of an indicator."""
        known = all(self._is_declared(key, whole) for key in keys)
        return (AbsentFigureError if known else MissingFigureError)("; ".join(map(self._explain, keys)))

    def _is_declared(self, key: Key, whole: bool) -> bool:
        """Whether all that a key names is declared, or is of a segment that has editions of its own."""
        d = self.definitions
        indicator, breakdown = d.indicators.get(key.indicator), d.segments.get(key.segment_by)
        return bool(
            indicator
            and (key.category in indicator.categories if key.category else whole or not indicator.categories)
            and key.population in d.populations
            and (not key.segment_by or not self.may_show(key) or (breakdown and key.segment in breakdown.values))
        )

    def _explain(self, key: Key) -> str:
        if key in self._rows:
            return f"{key} is suppressed: too few respondents to show it"
        same = sorted({k.wave for k in self._rows if k._replace(wave=key.wave) == key})
        if same:
            return f"there is no figure {key}; {key.name} has {', '.join(map(str, same))}"
        keys = set(map(str, self._rows))
        nearest = get_close_matches(str(key), sorted(keys), 1, 0)
        return f"there is no figure {key}" + (f"; the nearest is {nearest[0]}" if nearest else "")


def load(
    root: Path | None = None,
    *,
    wave: int | None = None,
    baseline: int | None = None,
    population: str = "total",
    segment: str = "",
    language: Language = "nl",
) -> Figures:
    """The checked figures of an edition.

    Parameters
    ----------
    root
        The book's folder; by default the nearest one at or above the current folder.
    wave, baseline
        Years; by default the newest wave and the baseline that waves.toml declares.
    population, segment, language
        Whose figures (``segment`` as in ``"municipality=utrecht"``, empty for everyone), and in which language labels
        are.

    Raises
    ------
    ProblemsError
        Everything that is wrong with the declarations or the tables, at once (W20x–W22x).
    """
    root = root or find_root()
    definitions, rows, correlations = _checked(root)
    wave = definitions.newest if wave is None else wave
    baseline = definitions.baseline if baseline is None else baseline
    raise_all(_edition_problems(definitions, wave, baseline, population, segment, language))
    edition = {"wave": wave, "baseline": baseline, "population": population, "segment": segment}
    return Figures(definitions, rows, **edition, language=language, correlations=correlations)


def everything(root: Path) -> tuple[Definitions, list[Figure]]:
    """The declarations of a book and all its checked figures, whichever edition may show them; errors as ``load``."""
    definitions, rows, _ = _checked(root)
    return definitions, rows


_CHECKED: dict[tuple[Path, str], tuple[Definitions, list[Figure], Correlations]] = {}


def _checked(root: Path) -> tuple[Definitions, list[Figure], Correlations]:
    """Declarations, figures and how they move together; those of before as long as no file in data/ changes."""
    now = root, files.digest(files.data(root))
    if now in _CHECKED:
        return _CHECKED[now]
    definitions = load_definitions(root)
    rows = figures_of(load_table(root, definitions), definitions)
    with_error = {str(figure.key): figure.key.wave for figure in rows if figure.se is not None}
    folder = root / "data" / "correlations"
    found = definitions, rows, read_correlations(folder, [*map(str, definitions.waves)], with_error)
    if files.digest(files.data(root)) == now[1]:  # else some of it was saved meanwhile
        if len(_CHECKED) > 1:
            _CHECKED.clear()
        _CHECKED[now] = found
    return found


def is_excerpt(root: Path) -> bool:
    """Whether data/ holds only what one edition needs of a book's data."""
    return (root / "data" / EXCERPT).is_file()


def _edition_problems(d: Definitions, wave, baseline, population, segment, language) -> Iterator[Problem]:
    for name, value, known in (
        ("wave", wave, sorted(d.waves)),
        ("baseline", baseline, sorted(d.waves)),
        ("population", population, sorted(d.populations)),
        ("language", language, list(LANGUAGES)),
    ):
        if value not in known:
            choices = ", ".join(map(str, known))
            yield Problem("W501", f"{name} {value!r}", "is not known", f"Choose one of: {choices}.")
    segments = [f"{name}={value}" for name, breakdown in d.segments.items() for value in breakdown.values]
    if segment and segment not in segments:
        nearest = get_close_matches(segment, segments, 1, 0)
        action = f"The nearest is {nearest[0]}." if nearest else "This book declares no segments."
        yield Problem("W501", f"segment {segment!r}", "is not known", action)
    if isinstance(wave, int) and isinstance(baseline, int) and baseline >= wave:
        yield Problem("W501", f"baseline {baseline}", f"does not come before wave {wave}", "Choose an earlier one.")


def load_table(root: Path, definitions: Definitions) -> pd.DataFrame:
    """All waves' tables as one, ``COLUMNS`` as columns, checked in both directions."""
    folder = root / "data" / "figures"
    problems: list[Problem] = []
    frames: dict[Path, pd.DataFrame] = {}
    for path in sorted(folder.glob("*.csv")):
        place = f"data/figures/{path.name}"
        if path.stem not in map(str, definitions.waves):
            problems.append(
                Problem("W211", place, "is of no declared wave", "Declare it in data/waves.toml, or move it.")
            )
            continue
        try:
            frames[path], found = _read_wave(path, definitions)
        except ProblemsError as error:
            problems += error.problems
        else:
            problems += found
            if frames[path].empty and not found:
                problems.append(Problem("W211", place, "holds no figure", "Add the wave's figures."))
    try:  # all at once, which costs no more than one; then one by one, to say where
        table = SCHEMA.validate(pd.concat(frames.values(), ignore_index=True), lazy=True) if frames else None
    except pa.errors.SchemaErrors:
        problems += [problem for path, frame in frames.items() for problem in _schema_problems(frame, path)[1]]
    for year in definitions.waves:
        if not (folder / f"{year}.csv").exists():
            action = "Add it, or remove the wave from data/waves.toml."
            problems.append(Problem("W211", f"data/figures/{year}.csv", "the file is missing", action))
    raise_all(problems)
    if not is_excerpt(root):
        raise_all(_unused(table, definitions))
    return table


def read_wave(path: Path, definitions: Definitions) -> pd.DataFrame:
    """One wave's table, checked row by row; raises ProblemsError with file and line of every fault."""
    table, problems = _read_wave(path, definitions)
    table, more = _schema_problems(table, path)
    raise_all([*problems, *more])
    return table.reset_index(drop=True)


def _schema_problems(table: pd.DataFrame, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """The table as the schema has it, and what is wrong with its cells, by line."""
    try:
        return SCHEMA.validate(table, lazy=True), []
    except pa.errors.SchemaErrors as error:
        place = f"data/figures/{path.name}"
        return table, [
            Problem(
                "W213",
                at_line(place, case.index),
                f"{case.column} is {case.failure_case!r}, which fails {case.check}",
                "Correct it.",
            )
            for case in error.failure_cases.itertuples()
        ]


def _read_wave(path: Path, definitions: Definitions) -> tuple[pd.DataFrame, list[Problem]]:
    """One wave's table by line, and what is wrong with it but for the schema."""
    place = f"data/figures/{path.name}"
    raw, problems = read_csv(path, place, COLUMNS, "W212")
    for line in raw.index[raw["wave"].str.strip() != path.stem]:
        found = f"wave is {raw['wave'][line]!r}"
        problems.append(
            Problem("W213", at_line(place, line), found, f"This file holds wave {path.stem} only; move the row.")
        )
    table, unread = _numbers(raw.assign(wave=0 if problems else int(path.stem)), place)
    unreadable = {problem.place for problem in unread}
    return table, [*problems, *unread, *_row_problems(table, definitions, place, unreadable)]


def _numbers(table: pd.DataFrame, place: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The table with its number columns as finite floats, NaN where empty, and what is no number."""
    problems = []

    def number(line: int, name: str, text: str) -> float:
        value = float(text) if NUMBER.fullmatch(text) else math.nan
        if text and not math.isfinite(value):
            found = f"{name} is {text!r}, not a number"
            problems.append(Problem("W213", at_line(place, line), found, "Write it with a decimal point."))
        elif text and _is_doubtful(name, text, table.loc[line]):
            found = f"{name} is {text!r}, " + (
                "not digits alone" if name == "n" else "whose point may be for thousands"
            )
            action = "Write it without a mark for thousands; if it has decimals, not with three of them."
            problems.append(Problem("W213", at_line(place, line), found, action))
        return value if math.isfinite(value) else math.nan

    columns = {
        name: [number(line, name, text.strip()) for line, text in table[name].items()] for name in NUMBER_COLUMNS
    }
    return table.assign(**{name: pd.Series(found, table.index, float) for name, found in columns.items()}), problems


def _is_doubtful(name: str, text: str, row: pd.Series) -> bool:
    """Whether a number may stand for a thousand times as many: 1.000 respondents, or 1e3 of them."""
    if name == "n":
        return float(text).is_integer() and not _WHOLE.fullmatch(text)
    if not _DOUBTFUL.fullmatch(text):
        return False
    if name == "n_effective":
        n = row["n"].strip()
        return not _WHOLE.fullmatch(n) or float(text) < float(n) / 100
    return name != "se" and row["unit"] == "count" and row["status"].strip() in ("published", "provisional")


def _row_problems(table: pd.DataFrame, d: Definitions, place: str, unreadable: set[str]) -> Iterator[Problem]:
    for row in table.itertuples():
        where = at_line(place, row.Index)
        for what, name, known in (
            ("indicator", row.indicator, d.indicators),
            ("population", row.population, d.populations),
            ("source", row.source, d.sources),
        ):
            if name not in known:
                close = get_close_matches(str(name), list(map(str, known)), 1, 0)
                hint = f"; the nearest is {close[0]}" if close else ""
                yield Problem(
                    "W214",
                    where,
                    f"{what} {name!r} is not declared{hint}",
                    "Declare it in data/, or correct it.",
                )
        if not row.locator.strip():
            yield Problem(
                "W213", where, "locator is empty", "Say where in the source it stands: page, table or figure."
            )
        yield from _breakdown_problems(row, d, where)
        if where not in unreadable:
            yield from _number_problems(row, where)
    for index in table.index[table.duplicated(KEY_COLUMNS)]:
        yield Problem("W215", at_line(place, index), "this figure stands in the file twice", "Remove one of the two.")


def _breakdown_problems(row, d: Definitions, where: str) -> Iterator[Problem]:
    indicator = d.indicators.get(row.indicator)
    if indicator:
        if row.unit != indicator.unit and row.unit in RANGES:
            yield Problem("W213", where, f"unit is {row.unit}, not {indicator.unit}", "Correct it, or the indicator.")
        if bool(row.category) != bool(indicator.categories) or (
            row.category and row.category not in indicator.categories
        ):
            known = ", ".join(indicator.categories) or "none"
            yield Problem(
                "W214",
                where,
                f"category {row.category!r} is not declared for {row.indicator}",
                f"Its categories are: {known}. Add it under [indicators.{row.indicator}.categories].",
            )
    if bool(row.segment_by) != bool(row.segment):
        yield Problem("W213", where, "segment_by and segment are not both filled", "Fill both, or neither.")
    elif row.segment_by and (row.segment_by not in d.segments or row.segment not in d.segments[row.segment_by].values):
        yield Problem(
            "W214",
            where,
            f"segment {row.segment_by}={row.segment} is not declared",
            "Declare it in data/indicators.toml.",
        )


def _number_problems(row, where: str) -> Iterator[Problem]:
    suppressed = row.status == "suppressed"
    if suppressed and any(pd.notna(getattr(row, name)) for name in NUMBER_COLUMNS):
        yield Problem("W213", where, "is suppressed and still holds a number", "Empty value, n, se and interval.")
    if not suppressed and pd.isna(row.value):
        yield Problem("W213", where, "value is empty", "Remove the row: a figure that is not known has none.")
    low, high = RANGES.get(row.unit, (float("-inf"), float("inf")))
    if pd.notna(row.value) and not low <= row.value <= high:
        yield Problem("W213", where, f"value {row.value:g} is outside {low}–{high} for a {row.unit}", "Correct it.")
    if pd.isna(row.ci_low) != pd.isna(row.ci_high):
        yield Problem("W213", where, "only one end of the interval is given", "Give both, or neither.")
    elif pd.notna(row.ci_low) and pd.notna(row.value) and not row.ci_low <= row.value <= row.ci_high:
        yield Problem("W213", where, "value lies outside its interval", "Correct ci_low, ci_high or value.")


def _unused(table: pd.DataFrame, d: Definitions) -> Iterator[Problem]:
    """What indicators.toml declares and no figure uses."""
    action = "Remove the declaration, or add its figures."
    used_categories = set(zip(table["indicator"], table["category"], strict=True))
    used_segments = set(zip(table["segment_by"], table["segment"], strict=True))
    for name, indicator in d.indicators.items():
        place = f"data/indicators.toml, indicators.{name}"
        if name not in set(table["indicator"]):
            yield Problem("W205", place, "no figure uses this indicator", action)
            continue
        for category in indicator.categories:
            if (name, category) not in used_categories:
                yield Problem("W205", f"{place}.categories.{category}", "no figure uses this category", action)
    for name in d.populations.keys() - set(table["population"]):
        yield Problem("W205", f"data/indicators.toml, populations.{name}", "no figure uses this population", action)
    for name, breakdown in d.segments.items():
        for value in breakdown.values:
            if (name, value) not in used_segments:
                place = f"data/indicators.toml, segments.{name}.values.{value}"
                yield Problem("W205", place, "no figure uses this segment", action)


def figures_of(table: pd.DataFrame, definitions: Definitions) -> list[Figure]:
    """The rows of a checked table as figures.

    One of fewer people than may be shown is suppressed, whatever the table says of it.
    """
    least = definitions.disclosure.minimum_base if definitions.disclosure else 0
    found = []
    for row in table.itertuples():
        too_few = pd.notna(row.n) and row.n < least

        def known(number, kind=float, too_few=too_few):
            return None if too_few or pd.isna(number) else kind(number)

        figure = Figure(
            Key(*(getattr(row, name) for name in KEY_COLUMNS)),
            known(row.value),
            row.unit,
            definitions.indicators[row.indicator].decimals,
            known(row.n, int),
            known(row.n_effective),
            known(row.se),
            known(row.ci_low),
            known(row.ci_high),
            "suppressed" if too_few else row.status,
            row.source,
            row.locator,
        )
        found.append(figure)
    return found
