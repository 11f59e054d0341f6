"""The figures of one edition: look one up by its key, compare two, follow a series, select for a chart."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from wavebook.core.units import Language
from wavebook.definitions import Break, Definitions
from wavebook.figures import absence, unknown
from wavebook.figures.correlations import NONE, Correlations
from wavebook.figures.figure import AbsentFigureError, Figure, FirstWaveError, MissingFigureError
from wavebook.figures.frames import SHOWN, frame_of
from wavebook.figures.key import (
    CROSS,
    EARLIER,
    EVERYONE,
    LATEST,
    WAVE_NAMES,
    Key,
    each_segment,
    shows,
    span_names,
    typed,
    wave_names,
)
from wavebook.figures.rows import Rows
from wavebook.figures.waves import called
from wavebook.language.wave_names import WaveName
from wavebook.language.wording import cited, foreign, in_series
from wavebook.language.words import words_in


@dataclass(frozen=True)
class Selection:
    """Figures picked for one chart, in the order they were asked for."""

    figures: Figures
    keys: tuple[Key, ...]
    unknown: tuple[Key, ...] = ()
    """Those that were asked for and that nobody knows, as somebody declared."""

    def __iter__(self) -> Iterator[Figure]:
        return (self.figures[key] for key in self.keys)

    @property
    def frame(self) -> pd.DataFrame:
        """Table of the figures with the names that readers see, from which charts and tables are made."""
        return frame_of(self, self.figures)

    def _repr_html_(self) -> str:
        return self.frame[SHOWN].to_html(index=False)


class SourceLine(NamedTuple):
    """A source with the place in it, as a source line names it; ``language`` is that of the place if it is another.

    ``url`` is where the source can be read, if it is on the web.
    """

    cited: str
    place: str
    language: Language | None
    url: str = ""

    def __str__(self) -> str:
        return f"{self.cited} ({self.place})"


class Figures:
    """The figures that one edition may show: those of its wave and of earlier ones.

    An edition about a segment has the figures of that segment and of everyone, none of its fellow segments.

    Parameters
    ----------
    definitions
        The declarations the table was checked against.
    rows
        All figures of a checked table, by column or one by one.
    wave, baseline, population, segment, language
        The edition: the meaning of ``wave`` and ``baseline`` in a key, whose figures (``population`` empty for the
        first declared, ``segment`` as in ``"municipality=utrecht"``, empty for everyone), and in which language.
    correlations
        The correlations of estimates, where they are known.
    """

    def __init__(
        self,
        definitions: Definitions,
        rows: Rows | Iterable[Figure],
        *,
        wave: str,
        baseline: str,
        population: str,
        language: Language,
        segment: str = "",
        correlations: Correlations = NONE,
    ):
        self.definitions, self._correlations = definitions, correlations
        self.wave, self.baseline, self.population, self.language = wave, baseline, population, language
        self.segment = segment
        breakdown, _, value = segment.partition("=")
        self.own = breakdown, value
        self._rows: Mapping[Key, Figure] = self._shown(rows if isinstance(rows, Rows) else Rows.of(rows))

    def __repr__(self) -> str:
        who = [self.population or self.definitions.population, self.segment or EVERYONE]
        edition = [f"wave {self.wave}", f"baseline {self.baseline}", *filter(None, who), self.language]
        return f"<{len(self)} figures: {', '.join(edition)}>"

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, text: str | Key) -> Figure:
        """The figure that ``text`` names, such as ``channel.phone@baseline``, or that has this key.

        Raises MissingFigureError, naming the nearest key, when it is not there or is suppressed.
        """
        key = text if isinstance(text, Key) else self.resolve(text)
        figure = self._rows.get(key)
        if figure is None or figure.status == "suppressed":
            raise absence.missing(self, [key])
        return figure

    def _shown(self, rows: Rows) -> Rows:
        waves, by, of = (rows.words[name] for name in ("wave", "segment_by", "segment"))
        shown = waves.having(*(wave for wave in waves.values if self.is_shown(wave)))
        for name in by.values if self.own[0] else ():
            if self.own[0] in name.split(CROSS):
                shown &= ~by.having(name) | of.having(*(value for value in of.values if shows(name, value, self.own)))
        return rows if shown.all() else rows.take(shown)

    @property
    def rows(self) -> Rows:
        """The figures by column."""
        return self._rows if isinstance(self._rows, Rows) else Rows.of(self._rows.values())

    def may_show(self, key: Key) -> bool:
        """Tell whether a key is of no segment other than the one the edition is about."""
        return key.may_show(self.own)

    def resolve(self, text: str) -> Key:
        """The key that ``text`` means in this edition, whether or not there is such a figure.

        In an edition about a segment, that is the segment's figure, unless the key says ``everyone`` or does not count
        people: no figure about people is silently taken from everyone.
        """
        parts = typed(text)
        if parts is None:
            raise MissingFigureError(f"{text!r} is not a key; write indicator.category@selectors")
        wave, population = self.wave, self.population
        named: dict[str, str] = {}
        chosen: set[str] = set()
        for selector in parts.selectors:
            name, equals, value = (part.strip() for part in selector.partition("="))
            if name == EVERYONE and not equals:
                kind = EVERYONE
            elif not equals:
                kind, wave = "wave", name if name == LATEST else self.wave_of(name)
            elif name == "population":
                kind, population = name, value if value != self.definitions.population else ""
            else:
                kind = f"segment of {name}"
                named[name] = value
            if kind in chosen:
                raise MissingFigureError(f"{text!r} names more than one {kind}")
            chosen.add(kind)
        own = self.own if EVERYONE not in chosen and self.of_people(parts.indicator) else ("", "")
        segment_by, segment = self._crossed(text, named, own)
        key = Key(wave, parts.indicator, population, segment_by, segment, parts.category)
        return self._latest(key) if wave == LATEST else key

    def _latest(self, key: Key) -> Key:
        """The key in the newest wave that has such a figure; in that of the edition if none has."""
        return key._replace(wave=([self.wave, *absence.having(self, key)])[-1])

    def _crossed(self, text: str, named: dict[str, str], own: tuple[str, str]) -> tuple[str, str]:
        """The breakdown and segment of a key that names these segments in any order, in an edition about ``own``."""
        together = named | dict([own]) if own[0] else named
        by = self.definitions.crossing(together) if len(together) > 1 else next(iter(together), "")
        if own[0] and (not by or named.get(own[0], own[1]) != own[1]):
            found = f"the figures of {self.segment} are not split by {' and '.join(named)}"
            raise AbsentFigureError(f"{text!r}: {found}; for those of everyone, write {EVERYONE} too")
        if together and not by:
            listed = ", ".join(f'"{name}"' for name in together)
            action = f"declare [[crossings]] of = [{listed}] in data/indicators.toml"
            raise MissingFigureError(f"{text!r} crosses {' and '.join(together)}, which are not crossed; {action}")
        return by, CROSS.join(together[name] for name in by.split(CROSS)) if by else ""

    def of_people(self, indicator: str) -> bool:
        """Tell whether an indicator is about people, who can be split; the number of questions, for example, is not."""
        declared = self.definitions.indicators.get(indicator)
        return declared is None or self.definitions.bases[declared.base].people

    def wave_of(self, name: str) -> str:
        """The wave that ``wave``, ``baseline``, ``previous`` or its own key stands for, or that of a figure.

        ``grade@latest`` is that of the newest such figure.
        """
        if "@" in name:
            key = self.resolve(name)
            if key.wave not in absence.having(self, key):
                raise absence.missing(self, [key])
            return key.wave
        if name == LATEST:
            raise MissingFigureError("latest is the newest wave of a figure: write which, as in grade@latest")
        if name == "previous":
            earlier = self.definitions.previous(self.wave)
            if earlier is None:
                raise FirstWaveError(f"{self.wave}: {FirstWaveError.FOUND}")
            return earlier
        if name in WAVE_NAMES:
            return getattr(self, name)
        if name in self.definitions.waves:
            return name
        known = [*WAVE_NAMES, LATEST, *self.definitions.waves]
        raise MissingFigureError(f"there is no wave {name}; the waves are {', '.join(known)}")

    def is_shown(self, wave: str) -> bool:
        """Tell whether a wave is that of the edition or an earlier one."""
        return self.definitions.is_until(wave, self.wave)

    @property
    def is_first(self) -> bool:
        """Whether the edition is about the first wave, so that nothing can have changed."""
        return self.definitions.previous(self.wave) is None

    def since(self, baseline: str) -> Figures:
        """Copy the figures with another wave to compare with."""
        other = copy.copy(self)
        other.baseline = baseline
        return other

    def as_of(self, wave: str) -> Figures:
        """Copy the figures as those of the edition about an earlier wave; raises MissingFigureError for a later one."""
        if not self.is_shown(self.wave_of(wave)):
            raise MissingFigureError(f"{wave} comes after {self.wave}, the wave of this edition")
        other = copy.copy(self)
        other.wave = self.wave_of(wave)
        other._rows = other._shown(self.rows)  # noqa: SLF001  (of its own class)
        return other

    def between(self, text: str) -> tuple[Figure, Figure]:
        """The two figures of a change: ``key`` from baseline to wave, ``key@previous`` or ``key@2010..2014``."""
        first, last = self.ends(text)
        missing = [key for key in (first, last) if not self.has(key)]
        if missing:
            raise absence.missing(self, missing)
        return self[first], self[last]

    def ends(self, text: str) -> tuple[Key, Key]:
        """The two keys of a change, whether or not there are such figures."""
        name, _, selectors = text.strip().partition("@")
        parts = [part.strip() for part in selectors.split(",") if part.strip()]
        spans = [part for part in parts if ".." in part or part in (*EARLIER, LATEST)]
        others = [part for part in parts if part not in spans]
        if len(spans) > 1 or any("=" not in part and part != EVERYONE for part in others):
            raise MissingFigureError(f"{text!r} is not a change; write key, key@previous or key@2010..2014")
        if self.is_first:
            raise FirstWaveError(f"{text}: {FirstWaveError.FOUND}")
        first, last = (self.resolve(f"{name}@{','.join([*others, wave])}") for wave in span_names(text))
        if self.definitions.order(first.wave) >= self.definitions.order(last.wave):
            raise MissingFigureError(f"{text!r} is not a change: {first.wave} does not come before {last.wave}")
        return first, last

    def has(self, key: Key) -> bool:
        """Tell whether there is a figure with this key that may be shown."""
        return key in self._rows and self._rows[key].status != "suppressed"

    def is_suppressed(self, key: Key) -> bool:
        """Tell whether there is a figure with this key that may not be shown, as too few people are behind it."""
        return key in self._rows and self._rows[key].status == "suppressed"

    def correlation(self, one: Key, other: Key) -> tuple[float, float] | None:
        """The lowest and highest possible correlation of two estimates; None where it is not known.

        Of the sampling errors, not of the answers: with it the error of a difference is √(a² + b² − 2·r·a·b). Known for
        pairs that ``wavebook estimate`` kept and that this edition may show; an estimate and itself have 1.
        """
        if not (self.has(one) and self.has(other)):
            return None
        return (1.0, 1.0) if one == other else self._correlations.get(frozenset((str(one), str(other))))

    def correlation_of(self, one: str, other: str) -> tuple[float, float] | None:
        """As ``correlation``, by the names of two figures that are known to be shown: for very many."""
        return self._correlations.get(frozenset((one, other)))

    def series(self, text: str) -> list[Figure]:
        """List the figures of one key through the waves of this edition, oldest first; empty when there are none."""
        key = self.resolve(text)
        same = (self._rows.get(key._replace(wave=year)) for year in self.definitions.waves)
        return [figure for figure in same if figure and figure.status != "suppressed"]

    def select(self, *keys: str, waves: str = "wave") -> Selection:
        """The figures of ``keys``; a key without category takes every category that has a figure.

        Parameters
        ----------
        keys
            As in ``figures[...]``; ``town=*`` is each segment that has a figure, and beside ``province=x`` those in x.
        waves
            ``"wave"``: each key's own wave; ``"both"``: baseline and wave; ``"all"``: the whole series.

        Raises
        ------
        MissingFigureError
            Names every key that has no figure, at once. An edition about a segment leaves out absent figures.
        """
        if waves == "both" and self.is_first:
            raise FirstWaveError(f"{', '.join(keys)}: {FirstWaveError.FOUND}")
        chosen: list[Key] = []
        declared: list[Key] = []
        missing: list[MissingFigureError] = []
        known_why: list[MissingFigureError] = []
        for text in (one for several in keys for one in self._each(several, waves)):
            try:
                key = self.resolve(text)
            except MissingFigureError as error:
                missing.append(error)
                continue
            newest = key.wave if LATEST in wave_names(text) else self.wave
            years = {
                "wave": [key.wave],
                "both": [self.baseline, newest],
                "all": [*self.definitions.waves],
            }[waves]
            found = self._expand(key, years, complete=waves == "both")
            chosen += found
            told = unknown.among(self, key, years)
            declared += told
            if not found:
                absent = [key] if waves == "all" else [key._replace(wave=year) for year in years]
                lost = [absence.missing(self, [k], whole=not k.category) for k in absent if not self.has(k)]
                (known_why if told else missing).extend(lost)
        ends = {key.wave for key in chosen} - {self.baseline} if waves == "both" else set()
        if len(ends) > 1:
            several = ", ".join(sorted(ends, key=self.definitions.order))
            raise MissingFigureError(f"{', '.join(keys)} end in {several}; draw those of one wave, all with @{LATEST}")
        missing += [] if chosen else known_why
        wrong = [error for error in missing if not (self.segment and isinstance(error, AbsentFigureError))]
        if wrong:
            raise MissingFigureError("; ".join(dict.fromkeys(map(str, wrong))))
        return Selection(self, tuple(chosen), tuple(dict.fromkeys(declared)))

    def _each(self, text: str, waves: str) -> list[str]:
        """The keys that one with ``theme=*`` stands for: those that have figures, or all if none has."""
        each = each_segment(text, self.definitions.segments)
        return [one for one in each if self._any(one, waves)] or each if len(each) > 1 else each

    def _any(self, text: str, waves: str) -> bool:
        try:
            key = self.resolve(text)
        except MissingFigureError:
            return False
        return bool(self._expand(key, [key.wave] if waves == "wave" else [*self.definitions.waves], complete=False))

    def _expand(self, key: Key, years: list[str], *, complete: bool) -> list[Key]:
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
        """Name of a figure for readers: its category, else its segment, population or the like, else its indicator."""
        indicator = self.definitions.indicators[key.indicator]
        if key.category:
            return indicator.categories[key.category][self.language]
        return self.apart(key) or indicator.name[self.language]

    def apart(self, key: Key) -> str:
        """Name of the figure's segment for readers, without that of the edition; empty where there is no other."""
        parts = [part for part in key.parts if part != self.own]
        return ", ".join(self.name_of(*part, apart=True) for part in parts) if key.parts else self.segment_label(key)

    def called(self, wave: str, *, short: bool = False) -> WaveName:
        """Name of a wave for readers: March 2024, or Mar 2024 if ``short``."""
        return called(self.definitions, wave, self.language, short=short)

    def time(self, figure: Figure) -> float:
        """The place of a figure's wave on an axis of time."""
        return self.definitions.time(figure.key.wave)

    def segment_label(self, key: Key) -> str:
        """Name of the figure's segment for readers; empty for everyone, except in an edition about a segment."""
        if key.segment_by:
            return ", ".join(self.name_of(*part) for part in key.parts)
        return self.whole(self.own[0]) if self.segment and self.of_people(key.indicator) else ""

    def name_of(self, breakdown: str, segment: str, *, apart: bool = False) -> str:
        """Name of a segment for readers, with that of its parent where two segments have the same.

        ``apart`` adds that of the breakdown where a segment of another has the same: Utrecht (province).
        """
        declared = self.definitions.segments[breakdown]
        name = declared.values[segment][self.language]
        if declared.within and name in declared.shared[self.language]:
            return f"{name} ({self.name_of(declared.within, declared.parents[segment])})"
        doubled = apart and name in self.definitions.doubled[self.language]
        return f"{name} ({declared[self.language]})" if doubled else name

    def people(self, population: str) -> str:
        """Name of a key's population for readers; empty where the book declares none."""
        text = self.definitions.people(population)
        return text[self.language] if text else ""

    def whole(self, breakdown: str) -> str:
        """Name of all segments of a breakdown together for readers."""
        whole = self.definitions.segments[breakdown].whole
        return whole[self.language] if whole else words_in(self.language).tables["everyone"]

    @property
    def about(self) -> str:
        """Name for readers of the segment that the edition is about; empty for everyone."""
        breakdown, segment = self.own
        return self.definitions.segments[breakdown].values[segment][self.language] if breakdown else ""

    def breaks(self, keys: Iterable[Key]) -> list[Break]:
        """The breaks that a line through ``keys`` crosses, in order of time."""
        keys = list(keys)
        order = self.definitions.order
        first, last = (end((k.wave for k in keys), key=order) for end in (min, max))
        indicators, found = {k.indicator for k in keys}, []
        for declared in self.definitions.breaks:
            crossed = any(declared in self.definitions.breaks_between(name, first, last) for name in indicators)
            if crossed and declared not in found:
                found.append(declared)
        return sorted(found, key=lambda b: order(b.start))

    def sources(self, keys: Iterable[Key]) -> list[SourceLine]:
        """The sources behind ``keys`` for a source line, without the remarks that follow a place after a semicolon."""
        found: dict[str, dict[str, None]] = {}
        for key in keys:
            figure = self._rows[key]
            found.setdefault(figure.source, {})[figure.locator.partition(";")[0]] = None
        return [self.sourced(source, in_series(places, self.language)) for source, places in found.items()]

    def sourced(self, source: str, place: str) -> SourceLine:
        """A source as a source line names it, with the place in it."""
        told = self.definitions.sources[source]
        url = told.url if told.url and told.url.lower().startswith(("https://", "http://")) else ""
        return SourceLine(cited(told, self.language), place, foreign(place, told.language, self.language), url)
