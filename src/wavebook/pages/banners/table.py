"""The sheet of a table, row by row: what each cell holds, and how it looks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from wavebook.charts.words import break_note
from wavebook.core.text import capital
from wavebook.core.units import Unit
from wavebook.figures import Figure
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.banners.about import ABSENT, FEW, HIDDEN
from wavebook.pages.banners.layout import Column, Layout, Table
from wavebook.pages.banners.letters import LEAST, Judge
from wavebook.pages.sheet_numbers import SheetNumber, sheet_number

HEAD = 6
"""The rows of a sheet that stay in sight: title, question, base, and three of the banner."""
_MOST_PLACES = 3


class Cell(NamedTuple):
    """A cell: a number with its form, or a text; ``look`` is a name of ``workbook``."""

    content: str | float
    look: str = ""
    form: str = ""


class Line(NamedTuple):
    """A row: what it is of, which of its figures it has, and a cell for each column."""

    name: Cell
    what: Cell | None
    cells: Sequence[Cell | None]


class TableSheet:
    """The texts and rows of a table's sheet."""

    def __init__(self, layout: Layout, judge: Judge, table: Table):
        self.layout, self.judge, self.table, self.figures = layout, judge, table, layout.figures
        self.language = self.figures.language
        self.words = words_in(self.language).banners
        self.indicator = self.figures.definitions.indicators[table.indicator]
        self.columns = table.columns
        self.starts = [column is group.columns[0] for group in table.groups for column in group.columns]

    @property
    def title(self) -> str:
        """Number and name of the table."""
        return f"{self.table.number}. {capital(self.indicator.name[self.language])}"

    @property
    def asked(self) -> str:
        """The question: what was measured."""
        return wording.headed(self.words["question"], self.indicator.definition[self.language], self.language)

    @property
    def base(self) -> str:
        """Who was asked, and the unit of the figures."""
        who = self.figures.definitions.bases[self.indicator.base][self.language]
        unit = wording.scale_name(self.indicator.unit, self.language)
        told = (
            wording.headed(self.words["asked_of"], who, self.language),
            wording.headed(self.words["unit"], unit, self.language),
        )
        return wording.in_series(told, self.language)

    @property
    def banner(self) -> Iterator[Line]:
        """The three rows of heads: breakdowns, segments, letters."""
        names = {group.columns[0].place: group.name for group in self.table.groups}
        first = [Cell(names.get(c.place, ""), "group") for c in self.columns]
        yield Line(Cell("", "group"), Cell("", "group"), first)
        yield Line(Cell(""), None, [Cell(c.name, "head") for c in self.columns])
        letters = [Cell(c.letter, "letter") for c in self.columns]
        yield Line(Cell(self.words["answer"], "under"), Cell(self.words["what"], "under"), letters)

    @property
    def lines_of_names(self) -> int:
        """The lines that the longest name of a column takes."""
        return max(math.ceil(len(column.name) / 10) for column in self.columns)

    # --- the rows ---

    def lines(self) -> Iterator[Line]:
        """The bases, and for each answer its figures, letters, margins and changes."""
        yield from self._bases()
        for category in self.table.categories:
            yield from self._answer(category)

    def _bases(self) -> Iterator[Line]:
        for name in ("n", "n_effective"):
            cells = [self._base(column, name) for column in self.columns]
            if any(cells):
                yield Line(Cell(self.words[name]), None, cells)

    def _base(self, column: Column, name: str) -> Cell | None:
        """The smallest base of a column's figures that are shown."""
        known = [getattr(f, name) for c in self.table.categories if (f := self.table.known(column, c))]
        counts = [count for count in known if count is not None]
        if not counts:
            return None
        mark = f'"{FEW}"' if name == "n" and min(counts) < LEAST else ""
        return Cell(float(min(counts)), "", f"#,##0{mark}")

    def _answer(self, category: str) -> Iterator[Line]:
        """The rows of an answer; those of which no column has anything are left out."""
        indicator, words = self.indicator, self.words
        name = capital((indicator.categories[category] if category else indicator.name)[self.language])
        unit = wording.scale_name(indicator.unit, self.language)
        yield Line(Cell(name, "bold"), Cell(unit), [self._value(self.table.at(c, category)) for c in self.columns])
        again = Cell(name, "small")
        yield from self._texts(again, words["higher"], self._letters[category])
        for end, column in (("low", "ci_low"), ("high", "ci_high")):
            cells = [self._number(self.table.known(c, category), column) for c in self.columns]
            if any(cells):
                yield Line(again, Cell(words[end], "small"), cells)
        if self.layout.since:
            yield from self._changes(again, category)

    @cached_property
    def _letters(self) -> dict[str, Mapping[Column, str]]:
        """The letters of each answer."""
        return {category: self.judge.letters(self.table, category) for category in self.table.categories}

    @property
    def _is_compared(self) -> bool:
        """Tell whether two figures of any breakdown could be compared."""
        lettered = [group.columns for group in self.table.groups if group.is_lettered]
        rows = [[self.table.known(c, name) for c in own] for own in lettered for name in self.table.categories]
        return any(sum(self.judge.estimate(figure) is not None for figure in row) > 1 for row in rows)

    def _texts(self, name: Cell, what: str, texts: Mapping[Column, str]) -> Iterator[Line]:
        if texts:
            cells = [Cell(texts[c], "sign") if c in texts else None for c in self.columns]
            yield Line(name, Cell(what, "small"), cells)

    def _changes(self, name: Cell, category: str) -> Iterator[Line]:
        """The figures of the earlier wave, the differences, and which of these are shown."""
        before = [self.table.earlier(c, category) for c in self.columns]
        if not any(before):
            return
        wave = self.figures.called(self.layout.since)
        yield Line(name, Cell(str(wave), "small"), [self._number(f, "value") for f in before])
        now = [self.table.known(c, category) for c in self.columns]
        changed = [_difference(one, then) if one and then else None for one, then in zip(now, before, strict=True)]
        if any(changed):
            unit = wording.scale_name(self.indicator.unit.difference, self.language)
            what = self.words["change"].format(wave=wave, unit=unit)
            yield Line(name, Cell(what, "small"), [Cell(c.content, "small", c.form) if c else None for c in changed])
        yield from self._texts(name, self.words["moved"], self.judge.moved(self.table, category))

    def _value(self, figure: Figure | None) -> Cell:
        """A figure with the mark of its status, or the sign that says why there is none."""
        if figure is None or figure.value is None:
            return Cell(ABSENT if figure is None else HIDDEN, "sign")
        number = _sheet(figure.value, figure.unit, figure.decimals)
        mark = words_in(self.language).marks.get(figure.status, "")
        return Cell(number.content, "bold", number.form + (f'" {mark}"' if mark else ""))

    def _number(self, figure: Figure | None, name: str) -> Cell | None:
        value = getattr(figure, name) if figure else None
        if figure is None or value is None:
            return None
        number = _sheet(value, figure.unit, figure.decimals)
        return Cell(number.content, "small", number.form)

    # --- below them ---

    def notes(self) -> Iterator[str]:
        """What readers must know of the table: breaks, errors, bases, and where it comes from."""
        words, known = self.words, self._known
        if known and self._is_of_people and all(figure.n is None for figure in known):
            yield words_in(self.language).charts["no_n"]
        yield from (break_note(item, self.figures) for item in self.table.breaks)
        bases = {self.judge.basis(figure) for figure in known}
        if "declared" in bases:
            yield words["derived"]
        if bases == {"figures only"}:
            yield words["no_errors"]
        if self._is_compared and not any(self._letters.values()):
            yield words["none_shown"]
        if any(len({f.n for f in own if f.n is not None}) > 1 for own in self._by_column.values()):
            yield words["lowest"]
        if self.figures.definitions.has_several_answers(self.table.indicator, self.figures.wave):
            yield words["several"]
        cells = [self.table.at(column, name) for name in self.table.categories for column in self.columns]
        if any(figure is not None and figure.value is None for figure in cells):
            yield f"{HIDDEN} {words['hidden']}"
        if any(figure is None for figure in cells):
            yield f"{ABSENT} {words['absent']}"
        places: dict[str, dict[str, None]] = {}
        for figure in self.table.cells.values():
            places.setdefault(figure.source, {})[figure.locator.partition(";")[0]] = None
        for source, named in places.items():
            place = wording.in_series(named, self.language) if len(named) <= _MOST_PLACES else ""
            line = self.figures.sourced(source, place)
            yield wording.headed(
                words_in(self.language).theme.words["source"], str(line) if place else line.cited, self.language
            )

    @property
    def _is_of_people(self) -> bool:
        return self.figures.definitions.bases[self.indicator.base].people

    @cached_property
    def _by_column(self) -> dict[Column, list[Figure]]:
        """The figures of each column that have a value."""
        categories = self.table.categories
        return {c: [f for name in categories if (f := self.table.known(c, name))] for c in self.columns}

    @property
    def _known(self) -> list[Figure]:
        return [figure for own in self._by_column.values() for figure in own]


def _sheet(value: float, unit: Unit, decimals: int) -> SheetNumber:
    return sheet_number(wording.exact(value), unit, decimals)


def _difference(now: Figure, then: Figure) -> SheetNumber:
    """The change of a published number, with its sign, in the unit of differences."""
    value: Decimal = wording.exact(now.number) - wording.exact(then.number)
    plain = sheet_number(value, now.unit.difference, now.decimals)
    return SheetNumber(plain.content, f"+{plain.form};−{plain.form};{plain.form}")
