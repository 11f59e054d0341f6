"""The check of a chart: every number and text that its scene shows is of a selected figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise

from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.coding import Coded, Stack, Vega, prettily, stacks_in, transforms_in
from wavebook.charts.foreign.scene import ROW, Cell, Item, Scene
from wavebook.core.problems import Problem
from wavebook.figures import Figure, Key

_MOST = 8  # problems of one kind that are listed
_WHOLE = 100  # per cent
_RANKS = ("rank", "dense_rank", "row_number")
_TICKS = ("axis-label", "legend-label")


class Judge:
    """Holds a scene against the figures that an editor selected for it."""

    def __init__(self, name: str, vega: Vega, scene: Scene, backing: Backing) -> None:
        self.place, self.scene, self.backing = f"chart {name}", scene, backing
        self.stacks = {end: stack for stack in stacks_in(vega) for end in stack.ends}
        self.computed = _computed(vega)
        self._figures: dict[int, list[Figure]] = {}
        self.waves = self._columns_of_waves()

    def problems(self) -> list[Problem]:
        """All that no figure backs, and lines and stacks of what does not belong together."""
        numbers = list(dict.fromkeys(self._numbers()))
        more = len(numbers) - _MOST
        if more > 0:
            action = "Draw from selection.frame, whose numbers are all of figures."
            numbers[_MOST:] = [Problem("W344", self.place, f"{more} more numbers are of no selected figure", action)]
        return [*numbers, *self._constants(), *self._texts(), *self._lines(), *self._stacks(), *self._wholes()]

    def figures_of(self, item: Item) -> list[Figure]:
        """The figures that the names in an item's row fit."""
        if id(item) not in self._figures:
            self._figures[id(item)] = self.backing.of(
                value
                for name, value in item.row.items()
                if not name.startswith("__") and (isinstance(value, str) or name in self.waves)
            )
        return self._figures[id(item)]

    def _columns_of_waves(self) -> set[str]:
        """The columns whose numbers are all years of waves."""
        waves = {self.backing.figures.definitions.plain(key.wave) for key in self.backing.selection.keys}
        found: dict[str, bool] = {}
        for item in self.scene.items:
            for name, value in item.row.items():
                if isinstance(value, float):
                    found[name] = found.get(name, True) and value in waves
        return {name for name, all_waves in found.items() if all_waves}

    def behind(self, item: Item) -> list[Figure]:
        """The figures that an item shows, by its names and its numbers."""
        figures = self.figures_of(item)
        numbers = [item.row.get(self._shown(one)[0]) for one in item.coded if one.kind == "number"]
        values = [value for value in numbers if isinstance(value, float)]
        return [f for f in figures if not values or any(self.backing.backs(value, [f]) and value for value in values)]

    def shows_intervals(self) -> bool:
        """Tell whether some mark shows the end of an interval."""
        ends = {end for figure in self.backing.all for end in figure.interval or () if end != figure.value}
        return any(item.row.get(one.field) in ends for item in self.scene.items for one in item.coded)

    def _shown(self, one: Coded) -> tuple[str, Stack | None]:
        """The field whose number a channel shows: of a part of a stack, the field that is stacked."""
        stack = self.stacks.get(one.field)
        return (stack.field, stack) if stack else (one.field, None)

    def _numbers(self) -> Iterator[Problem]:
        for item in self.scene.items:
            for one in item.coded:
                if one.field in self.computed:
                    continue
                field, _ = self._shown(one)
                yield from self._cell(item, one, field, item.row.get(field))
            if item.kind == "text" and item.text:
                figures = self._columned(item, "")
                for shown in self.backing.unbacked(item.text, figures):
                    yield self._found(item, "text", f"{item.text!r} shows {shown}", figures)

    def _cell(self, item: Item, one: Coded, field: str, value: Cell) -> Iterator[Problem]:
        figures = self._columned(item, field)
        if isinstance(value, str):
            if one.kind == "name" and (wrong := self.backing.unbacked(value, figures)):
                yield self._found(item, field, f"{value!r} shows {wrong[0]}", figures)
        elif value is not None and one.kind != "text":
            is_day = one.kind == "time" or field in item.dates
            fits = self.backing.is_day(value, figures) if is_day else self.backing.backs(value, figures)
            if not fits or not figures:
                shown = f"the day {_day(value)}" if is_day else f"{value:.10g}"
                yield self._found(item, field, shown, figures, hint=not is_day)

    def _columned(self, item: Item, field: str) -> list[Figure]:
        """The figures of a row, and of a column that is named after some of them."""
        figures = self.figures_of(item)
        if self.backing.is_name(field):
            named = self.backing.of([field])
            return [figure for figure in figures if figure in named]
        return figures

    def _found(self, item: Item, field: str, what: str, figures: list[Figure], *, hint: bool = True) -> Problem:
        row = item.row.get(ROW)
        told = self.scene.columns
        names = ", ".join(
            f"{name}={value}" for name, value in item.row.items() if name in told and isinstance(value, str)
        )
        where = f"row {row:.0f}" if isinstance(row, float) else f"the {item.kind} of {names or 'all rows'}"
        among = "" if len(figures) == len(self.backing.all) else " with the names in that row"
        found = f"{where}, column {prettily(field)}: {what}, which no selected figure{among} is"
        values = dict.fromkeys(figure.text(self.backing.figures.language, "chart") for figure in figures[:4])
        listed = f"It is {' or '.join(values)} in the figures. " if hint and 0 < len(figures) <= 3 else ""
        action = f"{listed}Select its figure, or draw from selection.frame; figures are computed before they are drawn."
        return Problem("W344", self.place, found, action)

    def _constants(self) -> Iterator[Problem]:
        action = "Select the figure and draw it from selection.frame, so that readers can trace it."
        for value in dict.fromkeys(c.value for c in self.scene.constants if not self.backing.on_axis(c.value)):
            yield Problem("W344", self.place, f"draws {value:g}, a number that is no selected figure", action)

    def _texts(self) -> Iterator[Problem]:
        action = "Leave the number to the marks, or write it from a figure: figures[…].text(language)."
        for text in dict.fromkeys(t.text for t in self.scene.texts if t.role not in _TICKS):
            for shown in self.backing.unbacked(text, self.backing.all):
                yield Problem(
                    "W344", self.place, f"the text {text!r} shows {shown}, which no selected figure is", action
                )

    def _lines(self) -> Iterator[Problem]:
        """Report lines through a full break, or through waves of which nothing is known."""
        d = self.backing.figures.definitions
        found: dict[Problem, None] = {}
        for run in self.scene.runs:
            for one, other in pairwise(run) if run and run[0].kind in ("line", "area", "trail") else ():
                pairs = [
                    (a, b) for a in self.behind(one) for b in self.behind(other) if _are_of_one_series(a.key, b.key)
                ]
                full = [d.full_break(a.key.indicator, a.key.wave, b.key.wave) for a, b in pairs]
                if full and all(full):
                    action = "Draw a line on each side: give detail the column stretch of selection.frame."
                    found[Problem("W334", self.place, "draws a line through a full break", action)] = None
                elif len(pairs) == 1 and (unknown := self._between(*pairs[0], in_time=_is_in_time(one))):
                    what = f"draws a line through {', '.join(unknown)}, of which {pairs[0][0].key.name} is not known"
                    action = "Draw a line on each side: give detail the column stretch of selection.frame."
                    found[Problem("W344", self.place, what, action)] = None
        yield from found

    def _between(self, one: Figure, other: Figure, *, in_time: bool) -> list[str]:
        """The waves between two figures of a series of which none is known, if the chart has a place for them."""
        figures, d = self.backing.figures, self.backing.figures.definitions
        low, high = sorted(d.order(figure.key.wave) for figure in (one, other))
        asked = [wave for wave in d.asked(one.key.indicator, figures.wave) if low < d.order(wave) < high]
        selected = {key.wave for key in self.backing.selection.keys}
        unknown = [wave for wave in asked if not figures.has(one.key._replace(wave=wave))]
        return [wave for wave in unknown if in_time or wave in selected]

    def _stacks(self) -> Iterator[Problem]:
        """Report what is stacked and is no part of the same whole."""
        for run in self.scene.runs:
            piles: dict[tuple[Cell, ...], list[list[Figure]]] = {}
            for item in run:
                stack = next((self.stacks[one.field] for one in item.coded if one.field in self.stacks), None)
                if stack and item.row.get(stack.field):
                    group = tuple(item.row.get(name) for name in stack.groups)
                    piles.setdefault(group, []).append(self.behind(item))
            for one, other in (pair for pile in piles.values() for pair in pairwise(pile)):
                if not any(_are_parts(a, b) for a in one for b in other):
                    found = f"stacks {_told(one)} and {_told(other)}, which are no parts of one whole"
                    yield Problem(
                        "W344", self.place, found, "Draw them beside each other, with stack=False or an offset."
                    )
                    return

    def _wholes(self) -> Iterator[Problem]:
        """Report shares that are stretched until they fill a whole."""
        for run in self.scene.runs:
            sums: dict[tuple[Cell, ...], list[float]] = {}
            for item in run:
                stack = next((self.stacks[one.field] for one in item.coded if one.field in self.stacks), None)
                if not stack or not (stack.offset == "normalize" or item.kind == "arc"):
                    continue
                part = item.row.get(stack.field)
                if isinstance(part, float) and any(figure.unit.is_share for figure in self.behind(item)):
                    times = 100 if part <= 1 < max(figure.number for figure in self.behind(item)) else 1
                    sums.setdefault(tuple(item.row.get(name) for name in stack.groups), []).append(times * part)
            for parts in sums.values():
                if abs(sum(parts) - _WHOLE) > len(parts) / 2 + 0.5:
                    found = f"stretches parts that are {sum(parts):g}% together until they fill a whole"
                    yield Problem("W344", self.place, found, "Select the other parts too, or do not stretch them.")
                    return


def _is_in_time(item: Item) -> bool:
    """Tell whether a mark lies on an axis of time."""
    return any(one.kind == "time" for one in item.coded)


def _are_of_one_series(one: Key, other: Key) -> bool:
    return one._replace(wave="") == other._replace(wave="")


def _day(moment: float) -> str:
    return str((datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=moment)).date())


def _told(figures: Iterable[Figure]) -> str:
    return ", ".join(str(figure.key) for figure in list(figures)[:1]) or "rows of no figure"


def _are_parts(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are answers to one question by the same people, or counts of different ones."""
    a, b = one.key, other.key
    if one.unit.kind == "count" and one.unit == other.unit and a.wave == b.wave:
        return a != b
    return a._replace(category="") == b._replace(category="") and a.category != b.category


def _computed(vega: Vega) -> set[str]:
    """Fields that Vega computes and that are no numbers of a survey: places on a map in px, and ranks."""
    found: set[str] = set()
    for step in transforms_in(vega):
        names = [name for name in step.get("as", ()) if isinstance(name, str)]
        if step.get("type") in ("geopoint", "geoshape", "geopath"):
            found.update(names)
        elif step.get("type") == "window":
            found.update(name for op, name in zip(step.get("ops", ()), names, strict=False) if op in _RANKS)
    return found
