"""Charts of level rows with one figure a row, or with several beside each other: their words, order and checks."""

from __future__ import annotations

from typing import NamedTuple

from wavebook.charts.chart import Check, Table, across_full_break
from wavebook.charts.level.facets import (
    Column,
    Facet,
    columns_of,
    common_name,
    differing,
    facets_of,
    within_groups,
)
from wavebook.charts.options import Options, Sort
from wavebook.charts.series import as_known
from wavebook.charts.words import Point, point, said, summary
from wavebook.core.text import capital
from wavebook.figures import Figures, Selection
from wavebook.language.wording import headed, listing
from wavebook.language.words import words_in

MOST = 4  # figures beside each other that readers can tell apart


class Level(NamedTuple):
    """Rows, and what stands beside each other on them: columns of one part of their keys, or one without."""

    rows: list[Facet]
    columns: list[Column]
    across: str | None

    def remarks(self, row: Facet, options: Options) -> list[str]:
        """The remarks on a row; those on some of its figures begin with the names of these."""
        language = options.figures.language
        found: dict[str, list[str]] = {}
        for column in self.columns:
            if column.part in row.cells:
                for text in options.notes_at(row.cells[column.part].key):
                    found.setdefault(text, []).append(column.label)
        return [
            text if len(on) == len(row.cells) else headed(capital(listing(on, language)), text, language)
            for text, on in found.items()
        ]


def level_of(selection: Selection, options: Options, across: str | None) -> Level:
    """The rows of a selection, sorted within their groups by the newest wave or the first of what is beside.

    Their figures are as exact as all of them are known.
    """
    if not selection.keys:
        return Level([], [], across)
    columns = columns_of(selection, across) if across else [Column("", common_name(selection), selection.keys[0])]
    by = columns[-1] if across == "wave" else columns[0]
    rows = facets_of(selection, across)
    last = min(figure.number for figure in selection) - 1
    default = _default(selection, across)

    def value(row: Facet) -> float:
        return row.cells[by.part].number if by.part in row.cells else last

    ranked = within_groups(rows, lambda some: options.sorted(some, lambda row: row.key, value, default=default))
    known = {figure.key: figure for figure in as_known(figure for row in ranked for figure in row.cells.values())}
    drawn = [row._replace(cells={part: known[f.key] for part, f in row.cells.items()}) for row in ranked]
    return Level(drawn, columns, across)


def _default(selection: Selection, across: str | None) -> Sort:
    """Waves, and answers of a scale, have the order of their declaration; all else runs from large to small."""
    parts = differing(selection, across)
    d = selection.figures.definitions
    scale = all(d.indicators[key.indicator].ordered for key in selection.keys)
    return "declared" if parts[-1:] == ["wave"] or (parts[-1:] == ["category"] and scale) else "descending"


def level_checks(selection: Selection, options: Options, level: Level) -> list[Check]:
    """What cannot be drawn rightly on level rows."""
    beside = options.beside
    alone = beside and selection.keys and not selection.figures.segment and len(level.columns) == 1
    names = ", ".join(f'"{part}"' for part in differing(selection)) or "nothing"
    return [
        across_full_break(selection),
        (len(level.columns) > MOST, "W333", f"has {len(level.columns)} beside each other", f"Select at most {MOST}."),
        (alone, "W359", f'has beside="{beside}", in which its figures do not differ', f"They differ in {names}."),
    ]


def table_of(level: Level, figures: Figures) -> Table:
    """The rows as a table."""
    return {
        "head": [words_in(figures.language).charts["topic"], *(capital(column.label) for column in level.columns)],
        "rows": [
            [capital(row.whole_label), *(said(row.cells.get(c.part), figures.language) for c in level.columns)]
            for row in level.rows
        ],
    }


def told_of(level: Level, figures: Figures) -> list[str]:
    """The columns in words: all values if there are few, or else the lowest and the highest."""
    language = figures.language
    told = [
        headed(
            capital(column.label),
            summary([(r.whole_label, r.cells[column.part]) for r in level.rows if column.part in r.cells], language),
            language,
        )
        for column in level.columns
    ]
    many = len(level.rows) * len(level.columns) > 4
    return [*told, words_in(language).charts["in_table"]] if many else told


def points_of(level: Level, figures: Figures) -> list[list[Point]]:
    """The texts for a reader who explores, by row; what stands below each other has one place along its row."""
    return [
        [_point(row, column, i, level, figures) for i, column in enumerate(level.columns) if column.part in row.cells]
        for row in level.rows
    ]


def _point(row: Facet, column: Column, place: int, level: Level, figures: Figures) -> Point:
    series = column.label if level.across else row.whole_label
    made = point(series, row.cells[column.part], f"{row.whole_label}, {column.label}", figures)
    made["wave"] = float(place)
    return made
