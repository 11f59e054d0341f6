"""The figures of a selection as rows and columns: what is asked about, against groups, populations or waves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable
from typing import NamedTuple

from wavebook.charts.naming import group_of
from wavebook.charts.options import Options, Sort
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures, Key, Selection

Value = Hashable


class Line(NamedTuple):
    """A row or column: its name for readers, and a figure's key that stands for it."""

    label: str
    key: Key


class Grid(NamedTuple):
    """Rows, columns, and the figure in each cell; of cells without one, whether it is ``hidden``."""

    rows: list[Line]
    columns: list[Line]
    cells: dict[tuple[int, int], Figure]
    hidden: set[tuple[int, int]]


class Side(NamedTuple):
    """A way in which keys differ: what each has, its name for readers, and how to give a key another's."""

    of: Callable[[Key], Value]
    name: Callable[[Key], str]
    put: Callable[[Key, Key], Key]
    is_time: bool = False


def sides_of(selection: Selection) -> list[Side]:
    """The ways in which the keys of a selection differ: item, segments, population, wave."""
    figures, keys = selection.figures, selection.keys
    sides = [
        *_item_sides(selection),
        *_segment_sides(selection),
        Side(lambda k: k.population, lambda k: figures.people(k.population), _put("population")),
        Side(lambda k: k.wave, lambda k: figures.called(k.wave), _put("wave"), is_time=True),
    ]
    return [side for side in sides if len({side.of(key) for key in keys}) > 1]


def _put(*names: str) -> Callable[[Key, Key], Key]:
    return lambda key, other: key._replace(**{name: getattr(other, name) for name in names})


def _item_sides(selection: Selection) -> list[Side]:
    """One side for what is asked about, or two where several questions have the same answers."""
    figures, language = selection.figures, selection.figures.language
    declared = figures.definitions.indicators
    pairs = {(key.indicator, key.category) for key in selection.keys}
    questions, answers = {name for name, _ in pairs}, {answer for _, answer in pairs}

    def question(key: Key) -> str:
        return declared[key.indicator].name[language]

    def answer(key: Key) -> str:
        return declared[key.indicator].categories[key.category][language] if key.category else ""

    if len(questions) > 1 and len(answers) > 1 and len(pairs) > max(len(questions), len(answers)):
        return [
            Side(lambda k: k.indicator, question, _put("indicator")),
            Side(lambda k: k.category, lambda k: answer(k) or question(k), _put("category")),
        ]

    def both(key: Key) -> str:
        if len(questions) == 1:
            return answer(key) or question(key)
        return ", ".join(filter(None, [question(key), answer(key) if len(answers) > 1 else ""]))

    return [Side(lambda k: (k.indicator, k.category), both, _put("indicator", "category"))]


def _segment_sides(selection: Selection) -> list[Side]:
    """One side for segments, or two where every key crosses the same two breakdowns."""
    figures = selection.figures
    by = {key.segment_by for key in selection.keys}
    if len(by) == 1 and len(parts := selection.keys[0].parts) == 2 and figures.own not in parts:
        return [_part_side(figures, 0), _part_side(figures, 1)]
    place = _put("segment_by", "segment")
    return [Side(lambda k: (k.segment_by, k.segment), lambda k: group_of(k, selection) or figures.label(k), place)]


def _part_side(figures: Figures, at: int) -> Side:
    def put(key: Key, other: Key) -> Key:
        segments = [segment for _, segment in key.parts]
        segments[at] = other.parts[at][1]
        return key._replace(segment="*".join(segments))

    return Side(lambda k: k.parts[at], lambda k: figures.name_of(*k.parts[at]), put)


def grid_of(selection: Selection, options: Options) -> Grid:
    """The first way in which keys differ as rows, all others together as columns, in the order that is asked for."""
    figures = selection.figures
    first, *others = sides_of(selection) or [
        Side(lambda k: k, figures.label, lambda k, other: other),
    ]

    def column_of(key: Key) -> Value:
        return tuple(side.of(key) for side in others)

    rows: dict[Value, Line] = {}
    columns: dict[Value, Line] = {}
    for key in selection.keys:
        across = ", ".join(side.name(key) for side in others) or figures.called(key.wave)
        rows.setdefault(first.of(key), Line(capital(first.name(key)), key))
        columns.setdefault(column_of(key), Line(capital(across), key))
    drawn = {(first.of(key), column_of(key)): figures[key] for key in selection.keys}

    def middle(of: Value) -> float:
        there = [figure.number for (row, _), figure in drawn.items() if row == of]
        return sum(there) / len(there)

    level = dataclasses.replace(options, sort=options.sort if options.sort in ("declared", "selected") else None)
    row_order = options.sorted(rows, lambda of: rows[of].key, middle, default=_default(selection))
    in_time = len({key.wave for key in selection.keys}) > 1 and len(others) == 1
    column_order = level.sorted(
        columns, lambda of: columns[of].key, lambda _: 0, default="declared" if in_time else "selected"
    )
    made = Grid([rows[of] for of in row_order], [columns[of] for of in column_order], {}, set())
    for i, row in enumerate(row_order):
        for j, column in enumerate(column_order):
            if (row, column) in drawn:
                made.cells[i, j] = drawn[row, column]
                continue
            key = first.put(columns[column].key, rows[row].key)
            found = figures.rows.get(key)
            if found is not None and found.value is None:
                made.hidden.add((i, j))
    return made


def _default(selection: Selection) -> Sort:
    """Answers of a scale have the order of their declaration, all else that of the selection."""
    d = selection.figures.definitions
    return "declared" if all(d.indicators[key.indicator].ordered for key in selection.keys) else "selected"
