"""Declarations of a book: indicators, segments, waves with their breaks, changes, facts and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from wavebook.core.languages import EDITORS
from wavebook.core.periods import Period
from wavebook.core.units import LARGEST, NOISE, Language, Method
from wavebook.definitions.base import Day, Declaration, KnownDate, Name, Text, Words
from wavebook.definitions.breakdowns import CROSS, Breakdown, Crossing, crossed, doubled
from wavebook.definitions.measurements import Break, Same, Unknown, Wave
from wavebook.definitions.shapes import Shapes
from wavebook.definitions.units import Measure, Measured, measured
from wavebook.definitions.waves import UNDATED, WaveKey, period_of


class Base(Text):
    """People that a figure is about; ``people`` is false where it counts something else, which is not sampled."""

    people: bool = True


class Indicator(Declaration):
    """A quantity that is measured; readers see ``decimals`` decimals.

    Statements about *all*, *other* or *most* depend on what exists: ``waves`` are those in which it was asked (all
    unless set), and ``complete`` is false where the question has more answers than the categories declared here.
    ``alike``, in its own unit, is the largest change that text may call hardly one; one unit of the last decimal unless
    set.

    ``scale`` has the ends of the scale of a score whose unit does not say. ``plus`` and ``minus`` are the shares that a
    balance is made of, as ``indicator.category``. ``ordered``: the categories are a scale, in the order declared here,
    as from very satisfied to very dissatisfied; charts keep it.

    ``compare`` names indicators that claims compare with this one in the same group: ``wavebook estimate`` keeps how
    their estimates move together.
    """

    unit: Measured
    scale: tuple[float, float] | None = Field(default=None, strict=False)
    decimals: int = Field(ge=0, le=6)
    base: Name
    name: Text
    definition: Text
    categories: dict[Name, Text] = Field(default_factory=dict)
    compare: tuple[Name, ...] = Field(default=(), strict=False)
    waves: tuple[WaveKey, ...] | None = Field(default=None, strict=False)
    complete: bool = True
    ordered: bool = False
    plus: tuple[str, ...] = Field(default=(), strict=False)
    minus: tuple[str, ...] = Field(default=(), strict=False)
    alike: float | None = Field(default=None, gt=0)

    @property
    def margin(self) -> float:
        """``alike``, or one unit of the last decimal that readers see."""
        return self.alike or self.unit.alike or 10.0**-self.decimals


class Disclosure(Declaration):
    """Rules on what may not be shown, and who set them; ``survey.disclosure.rules.Settings`` explains each.

    The limits stand here alone: a build refuses what an estimate would.
    """

    minimum_base: int = Field(ge=2, le=10**6)
    dominance_share: float = Field(ge=1, le=100)  # a share written as 0.5 would hide everything
    p_percent: float | None = Field(default=None, gt=0, le=100)
    protection_range: float | None = Field(default=None, ge=1, le=100)
    revise_few: bool = False
    reason_may_show: bool = False
    method: Method = "suppression"
    noise: float | None = Field(default=None, ge=0.5, le=100)
    smallest: int | None = Field(default=None, ge=1, le=10**6)
    guess: float | None = Field(default=None, gt=50, lt=100)
    source: Words


class Correction(Declaration):
    """A mistake in the text or the code of a published edition that has been corrected, with the pages it was on.

    ``before`` and ``after``: the figures that readers saw, if the mistake was in a figure.
    """

    date: Day
    wave: WaveKey
    pages: tuple[str, ...] = Field(strict=False)
    what: Text
    reason: Text
    before: Words = ""
    after: Words = ""

    @property
    def identity(self) -> str:
        """Text that tells this change from all others, for ever: feeds and frozen editions rely on it."""
        return f"correction {self.date} {self.wave} {' '.join(self.pages)} {self.what.said}"


class Revision(Declaration):
    """A published figure that changed; ``before`` and ``after`` as the table has them, empty where there is none.

    ``reason`` is in the language of the book's root, ``reasons`` has it in others, as far as somebody has written it.
    """

    date: Day
    wave: WaveKey
    figure: str
    before: str
    after: str
    reason: Words
    reasons: dict[Language, Words] = Field(default_factory=dict)

    @property
    def identity(self) -> str:
        """Text that tells this change from all others, for ever: feeds and frozen editions rely on it."""
        return f"revision {self.date} {self.wave} {self.figure} {self.before} {self.after}"


class Deviation(Declaration):
    """Shortcoming in the site's accessibility, in the four fields of the Dutch accessibility statement.

    ``criterion`` is the WCAG criterion that it fails, if any. ``check`` and ``pages`` say which check of
    ``make accessibility`` finds it and where; empty where no check can see it.
    """

    what: Text
    criterion: Annotated[str, StringConstraints(pattern=r"^(\d\.\d\.\d+)?$")] = ""
    cause: Text
    effect: Text
    alternative: Text
    measure: Text
    check: str = ""
    pages: tuple[str, ...] = Field(default=(), strict=False)


# A number that is whole where it can be, so that it is written as its source has it.
Count = Annotated[float, AfterValidator(lambda number: int(number) if number == int(number) else number)]


class Fact(Declaration):
    """A dated fact from elsewhere, not part of the series.

    Readers see ``decimals`` decimals of its value; one with decimals is rounded, one without is exact.
    ``since``: the wave from whose edition on it is told; an earlier edition does not have it.
    """

    date: KnownDate
    value: Count = Field(ge=0, le=LARGEST)
    decimals: int = Field(default=0, ge=0, le=6)
    of: int | None = Field(default=None, gt=0, le=LARGEST)
    bound: Literal["lower", "upper"] | None = None
    name: Text
    source: Words
    locator: Words
    since: WaveKey | None = None


class Source(Declaration):
    """A bibliography entry as far as a source line needs it; ``language`` is that of the source, where it says so.

    ``second`` is the other author where there are two, and ``others`` tells that there are more. ``letter`` stands
    after the year where authors and year are those of another source too.
    """

    author: str
    second: str = ""
    others: bool
    title: str
    year: str
    letter: str = ""
    url: str | None = None
    language: Language | None = None


class Definitions(Declaration):
    """All declarations of a book; ``load_definitions`` reads them.

    ``languages`` are those of its pages, that of the site's root first. ``later`` are the facts that came after an
    edition, which does not have them.
    """

    languages: tuple[Language, ...] = Field(default=(EDITORS,), min_length=1)
    bases: dict[Name, Base]
    populations: dict[Name, Text] = Field(default_factory=dict)
    segments: dict[Name, Breakdown] = Field(default_factory=dict)
    crossings: tuple[Crossing, ...] = Field(default=(), strict=False)
    units: dict[Name, Measure] = Field(default_factory=dict)
    indicators: dict[Name, Indicator]
    waves: dict[WaveKey, Wave] = Field(min_length=1)
    baseline: WaveKey = Field(default="", validate_default=True)
    breaks: tuple[Break, ...] = Field(default=(), strict=False)
    same: tuple[Same, ...] = Field(default=(), strict=False)
    unknown: tuple[Unknown, ...] = Field(default=(), strict=False)
    disclosure: Disclosure | None = None
    corrections: tuple[Correction, ...] = Field(default=(), strict=False)
    revisions: tuple[Revision, ...] = ()
    deviations: tuple[Deviation, ...] = Field(default=(), strict=False)
    facts: dict[Name, Fact] = Field(default_factory=dict)
    later: dict[Name, Fact] = Field(default_factory=dict)
    sources: dict[str, Source] = Field(default_factory=dict)
    shapes: dict[Name, Shapes] = Field(default_factory=dict)

    @property
    def for_editors(self) -> Language:
        """The language of the book's own words in reports to editors: that of the reports, or else that of the root."""
        return EDITORS if EDITORS in self.languages else self.languages[0]

    def titles_beside(self, page: Language) -> dict[str, Language]:
        """The titles of sources that are in another language than a page, with that language."""
        return {
            source.title: source.language for source in self.sources.values() if source.language not in (None, page)
        }

    @field_validator("indicators", mode="before")
    @classmethod
    def _measured(cls, indicators: Any, info: ValidationInfo) -> Any:
        """The indicators with their units in place of names."""
        units = info.data.get("units", {})
        return {k: measured(v, units) for k, v in indicators.items()} if isinstance(indicators, Mapping) else indicators

    @cached_property
    def population(self) -> str:
        """The population of a key that names none: the first declared one, of all respondents; empty if none is."""
        return next(iter(self.populations), "")

    @property
    def parts(self) -> tuple[str, ...]:
        """The populations that are parts of the first declared one."""
        return tuple(self.populations)[1:]

    def people(self, population: str) -> Text | None:
        """Readers' name for the population of a key; None where the book declares none."""
        return self.populations.get(population or self.population)

    def has_population(self, population: str) -> bool:
        """Tell whether a key may have this population."""
        return not population or population in self.parts

    @cached_property
    def breakdowns(self) -> dict[str, Breakdown]:
        """The declared breakdowns and their crossings, these by the name that tables give them (``sex*age``)."""
        return {**self.segments, **{item.name: crossed(item, self.segments) for item in self.crossings}}

    @cached_property
    def doubled(self) -> dict[Language, frozenset[str]]:
        """By language, the names that segments of several breakdowns have."""
        return doubled(self.segments)

    def crossing(self, names: Iterable[str]) -> str:
        """The crossing of these breakdowns in its declared order; a plain one for one name; empty if there is none."""
        wanted = set(names)
        return next((name for name in self.breakdowns if set(name.split(CROSS)) == wanted), "")

    def segment(self, by: str, segment: str) -> Text | None:
        """Readers' name for a segment; None where it is not declared."""
        declared = self.breakdowns.get(by)
        return declared.values.get(segment) if declared else None

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields, and with nothing kept that follows from the old ones."""
        made = super().model_copy(update=update, deep=deep)
        for name in self.__dict__.keys() - type(self).model_fields.keys():
            vars(made).pop(name, None)
        return made

    @field_validator("waves", mode="after")
    @classmethod
    def _in_order(cls, waves: dict[str, Wave]) -> dict[str, Wave]:
        """The waves in order of their periods; those without one, which ``check`` reports, last."""
        return dict(sorted(waves.items(), key=lambda item: item[1].period or period_of(item[0]) or UNDATED))

    @field_validator("baseline", mode="before")
    @classmethod
    def _first_unless_declared(cls, baseline: object, info: ValidationInfo) -> object:
        return baseline or next(iter(info.data.get("waves") or ["1000"]))  # without waves, their fault is reported

    @cached_property
    def newest(self) -> str:
        """The newest wave."""
        return next(reversed(self.waves))

    @property
    def current(self) -> str:
        """The wave that the book is about unless another is asked for: the newest that is out, if any is."""
        return next((key for key in reversed(self.waves) if self.waves[key].is_out), self.newest)

    @property
    def in_preparation(self) -> list[str]:
        """The waves after the one that the book is about now, oldest first."""
        return [*self.waves][self.order(self.current) + 1 :]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {wave: place for place, wave in enumerate(self.waves)}

    def order(self, wave: str) -> int:
        """The place of a wave among all, the oldest first: waves are compared by it, never by their keys."""
        return self._places[wave]

    def until(self, wave: str) -> list[str]:
        """The waves up to this one, oldest first."""
        return [*self.waves][: self.order(wave) + 1]

    def before(self, wave: str) -> list[str]:
        """The waves before this one, oldest first; one that is not declared comes last if its key is no period."""
        if wave in self.waves:
            return self.until(wave)[:-1]
        period = period_of(wave)
        return [other for other in self.waves if period is None or self.period(other) < period]

    def previous(self, wave: str) -> str | None:
        """The wave before this one; None for the first."""
        return next(reversed(self.before(wave)), None)

    def told_until(self, wave: str) -> Self:
        """The declarations of the edition about a wave: without the facts that only later ones tell."""
        later = {name for name, fact in self.facts.items() if fact.since and not self.is_until(fact.since, wave)}
        apart = [{name: fact for name, fact in self.facts.items() if (name in later) == out} for out in (False, True)]
        return self.model_copy(update=dict(zip(("facts", "later"), apart, strict=True))) if later else self

    def is_until(self, wave: str, last: str) -> bool:
        """Tell whether a wave is ``last`` or an earlier one."""
        return self.order(wave) <= self.order(last)

    def period_of(self, wave: str) -> Period | None:
        """The first and last day of a wave, which need not be declared if its key is a period."""
        return (self.waves[wave].period if wave in self.waves else None) or period_of(wave)

    def period(self, wave: str) -> Period:
        """The first and last day of a declared wave."""
        found = self.period_of(wave)
        if found is None:
            raise LookupError(f"the wave {wave} has no period")
        return found

    def time(self, wave: str) -> float:
        """The place of a wave on an axis of time, in years: the middle of its period, 2014 for all of that year."""
        return self.period(wave).middle

    @cached_property
    def yearly(self) -> bool:
        """Whether every wave is named after one year: programs that read figures then get it as a number."""
        return all(len(wave) == 4 and period_of(wave) for wave in self.waves)

    def plain(self, wave: str) -> str | int:
        """A wave as programs read it: a number where every wave is a year, else its key."""
        return int(wave) if self.yearly else wave

    def method_of(self, wave: str) -> Method | None:
        """The method that protects the respondents of a wave; None where it is not declared."""
        return self.waves[wave].method or (self.disclosure.method if self.disclosure else None)

    def noise_of(self, wave: str) -> float | None:
        """The standard deviation of the noise in a wave's figures, in respondents; None where it is not declared."""
        declared = self.waves[wave].noise or (self.disclosure.noise if self.disclosure else None)
        return declared or (NOISE if self.method_of(wave) == "cell_key" else None)

    def breaks_between(self, indicator: str, first: str, last: str) -> tuple[Break, ...]:
        """The breaks that a comparison of ``indicator`` between two waves would cross.

        A wave whose questions were kept need not be declared (any more).
        """
        low, high = sorted(self.period_of(wave) or UNDATED for wave in (first, last))
        return tuple(
            b
            for b in self.breaks
            if self.period(b.start) < high
            and low < self.period(b.end)
            and (not b.indicators or indicator in b.indicators)
        )

    def asked(self, indicator: str, newest: str) -> list[str]:
        """The waves up to ``newest`` in which an indicator was asked, oldest first."""
        asked = self.indicators[indicator].waves
        return [wave for wave in self.until(newest) if asked is None or wave in asked]

    def has_several_answers(self, indicator: str, wave: str) -> bool:
        """Tell whether people could give several of an indicator's answers, as far as the file of a wave says."""
        file = self.waves[wave].responses
        columns = file.columns.get(indicator) if file else None
        if file is None or columns is None or not self.indicators[indicator].categories:
            return False
        named = [name for names in columns.values() for name in names]
        return len(named) > 1 or named[0].startswith("$") or file.separator_of(indicator) is not None

    def full_break(self, indicator: str, first: str, last: str) -> Break | None:
        """The break that forbids this comparison, or None."""
        crossed = self.breaks_between(indicator, first, last)
        return next((b for b in crossed if b.kind == "full"), None)


def meanings_of(d: Definitions, name: str, category: str = "") -> tuple[str, ...]:
    """The words that a code of ``name`` can stand for; empty when ``name`` holds numbers."""
    if name == "population":
        return (*d.parts, "other", "missing")
    if name in d.segments:
        return (*d.segments[name].values, "other", "missing")
    indicator = d.indicators[name]
    if not indicator.unit.is_share:
        return ()
    if indicator.categories and not category:
        return (*indicator.categories, "other", "missing")
    return ("yes", "no", "missing")
