"""The tables of a wave: for each indicator its answers as rows, and all breakdowns side by side as columns.

Such a row of columns is a *banner*. It holds what the table of figures holds, and nothing else: a figure that is hidden
there is hidden here, and no sum, difference or base is made that involves one.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from wavebook.core.problems import Problem, ProblemsError
from wavebook.core.text import capital
from wavebook.definitions import Break
from wavebook.figures import Figure, Figures, Key, MissingFigureError
from wavebook.figures.rows import Rows
from wavebook.language.words import words_in

LETTERS = string.ascii_uppercase
"""Of the columns of a breakdown; one with more segments has none, as nobody reads letters across so many."""
MOST_COLUMNS = 16_384 - 3
"""The columns of a sheet in Excel, but for the names of rows and the total."""

Place = tuple[str, str, str]
"""Population, breakdown and segment of a column; all empty for the total."""


class Column(NamedTuple):
    """A column: whose figures it has, its name for readers, and its letter, if it has one."""

    place: Place
    name: str
    letter: str = ""


class Group(NamedTuple):
    """The columns of a breakdown, with its name for readers."""

    name: str
    columns: tuple[Column, ...]

    @property
    def is_lettered(self) -> bool:
        """Tell whether its columns are compared with each other."""
        return bool(self.columns[0].letter)


@dataclass(frozen=True)
class Options:
    """What is asked of a tables book.

    Parameters
    ----------
    since
        The wave that figures are compared with; empty for none.
    breakdowns
        Those that make columns; all if there are none.
    ninety
        Small letters too, for differences that are shown at 90 % alone.
    holm
        The pairs of a row in a breakdown are judged together, by Holm's procedure.
    independent
        Groups whose correlation is not known are taken as independent, not as whatever is least favourable.
    """

    since: str = ""
    breakdowns: tuple[str, ...] = ()
    ninety: bool = False
    holm: bool = True
    independent: bool = False


@dataclass(frozen=True)
class Table:
    """An indicator with its rows (categories, or an empty one) and columns, and the figures of two waves by place."""

    number: int
    indicator: str
    categories: tuple[str, ...]
    groups: tuple[Group, ...]
    cells: dict[tuple[Place, str], Figure]
    before: dict[tuple[Place, str], Figure]
    breaks: tuple[Break, ...]

    @property
    def columns(self) -> list[Column]:
        """All columns, the total first."""
        return [column for group in self.groups for column in group.columns]

    def at(self, column: Column, category: str) -> Figure | None:
        """The figure in a cell, hidden or not; None where there is none."""
        return self.cells.get((column.place, category))

    def known(self, column: Column, category: str) -> Figure | None:
        """The figure in a cell, if it has a value."""
        return _shown(self.at(column, category))

    def earlier(self, column: Column, category: str) -> Figure | None:
        """The figure of the earlier wave, if it has a value."""
        return _shown(self.before.get((column.place, category)))


def _shown(figure: Figure | None) -> Figure | None:
    return None if figure is None or figure.value is None else figure


class Layout:
    """The tables of an edition's wave, each made when it is asked for.

    Raises
    ------
    ProblemsError
        The wave has no figures (W530), more columns than a sheet has (W531), or a name in ``options`` is not known
        (W532).
    """

    def __init__(self, figures: Figures, options: Options):
        self.figures, self.options = figures, options
        self.since = self._earlier()
        unknown = [name for name in options.breakdowns if name not in figures.definitions.breakdowns]
        if unknown:
            choices = ", ".join(figures.definitions.breakdowns) or "none"
            raise ProblemsError([_unknown("breakdown", name, f"Choose one of: {choices}.") for name in unknown])
        if not self.indicators:
            found = f"has no figures of {figures.people(figures.population) or 'anybody'}"
            raise ProblemsError(
                [Problem("W530", f"wave {figures.wave}", found, "Estimate it first, or name another with --wave.")]
            )
        if (count := sum(len(group.columns) for group in self.groups[1:])) > MOST_COLUMNS:
            action = "Name those that you need with --breakdown, once for each."
            found = f"make {count} columns, and a sheet has room for {MOST_COLUMNS}"
            raise ProblemsError([Problem("W531", "the breakdowns", found, action)])

    def _earlier(self) -> str:
        """The wave to compare with; empty for none."""
        if not (name := self.options.since):
            return ""
        try:
            wave = self.figures.wave_of(name)
        except MissingFigureError as error:
            raise ProblemsError([_unknown("since", name, f"{error}.")]) from None
        order = self.figures.definitions.order
        if order(wave) >= order(self.figures.wave):
            raise ProblemsError([_unknown("since", name, f"Choose a wave before {self.figures.wave}.")])
        return wave

    @cached_property
    def _rows(self) -> Rows:
        """The figures of the wave and of the earlier one, of the population and, for all, of its parts."""
        figures, rows = self.figures, self.figures.rows
        people = [figures.population] if figures.population else ["", *figures.definitions.parts]
        own = rows.words["wave"].having(*filter(None, (figures.wave, self.since)))
        return rows.take(own & rows.words["population"].having(*people))

    @cached_property
    def _now(self) -> Rows:
        return self._rows.take(self._rows.words["wave"].having(self.figures.wave))

    @cached_property
    def indicators(self) -> list[str]:
        """The indicators of the wave, in the order of their declaration."""
        there = set(self._now.words["indicator"].used())
        return [name for name in self.figures.definitions.indicators if name in there]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The total and, for each breakdown that the wave has figures of, its segments, as declared."""
        figures, d = self.figures, self.figures.definitions
        own, rows = figures.population, self._now
        words = words_in(figures.language).banners
        parts_there = [[rows.words[name].values[c] for c in rows.words[name].codes.tolist()] for name in _PLACE]
        there = set(zip(*parts_there, strict=True))
        total = Column((own, "", ""), capital(figures.people(own) or words["everyone"]))
        made = [Group(words["total"], (total,))]
        parts = [(part, "", "") for part in d.parts if (part, "", "") in there and not own]
        if parts and not self.options.breakdowns:
            made.append(Group(words["population"], _lettered((place, figures.people(place[0])) for place in parts)))
        for name, breakdown in d.breakdowns.items():
            if self.options.breakdowns and name not in self.options.breakdowns:
                continue
            places = [place for segment in breakdown.values if (place := (own, name, segment)) in there]
            if places:
                named = ((place, figures.segment_label(_key(place))) for place in places)
                made.append(Group(capital(breakdown[figures.language]), _lettered(named)))
        return tuple(made)

    @cached_property
    def statuses(self) -> set[str]:
        """The statuses of all figures."""
        return set(self._rows.words["status"].used())

    @cached_property
    def sources(self) -> list[str]:
        """The sources of the figures of the wave."""
        return self._now.words["source"].used()

    def __iter__(self) -> Iterator[Table]:
        for number, name in enumerate(self.indicators, 1):
            yield self._table(number, name)

    def _table(self, number: int, name: str) -> Table:
        d, rows = self.figures.definitions, self._rows
        waves: dict[str, dict[tuple[Place, str], Figure]] = {self.figures.wave: {}, self.since: {}}
        for figure in rows.take(rows.words["indicator"].having(name)).in_parts():
            key = figure.key
            waves[key.wave][(key.population, key.segment_by, key.segment), key.category] = figure
        cells = waves[self.figures.wave]
        there = {place for place, _ in cells}
        groups = [g for g in self.groups if g is self.groups[0] or any(c.place in there for c in g.columns)]
        named = {category for _, category in cells}
        categories = tuple(c for c in ("", *d.indicators[name].categories) if c in named)
        crossed = d.breaks_between(name, self.since, self.figures.wave) if self.since else ()
        before = {} if any(item.kind == "full" for item in crossed) else waves[self.since] if self.since else {}
        return Table(number, name, categories, tuple(groups), cells, before, tuple(crossed))


_PLACE = ("population", "segment_by", "segment")


def _key(place: Place) -> Key:
    """A key of this place, of no indicator: for its names."""
    return Key("", "", *place, "")


def _lettered(named: Iterable[tuple[Place, str]]) -> tuple[Column, ...]:
    columns: Sequence[tuple[Place, str]] = list(named)
    letters = LETTERS if 1 < len(columns) <= len(LETTERS) else ""
    return tuple(Column(place, capital(name), letters[at : at + 1]) for at, (place, name) in enumerate(columns))


def _unknown(option: str, name: str, action: str) -> Problem:
    return Problem("W532", f"--{option} {name}", "is not known here", action)
