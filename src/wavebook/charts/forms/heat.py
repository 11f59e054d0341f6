"""A table of cells whose colour rises with their value: what is asked about, against groups or waves."""

from __future__ import annotations

import altair as alt

from wavebook.charts.chart import Sketch, Table, across_full_break, check
from wavebook.charts.footnotes import Footnotes
from wavebook.charts.form import form
from wavebook.charts.grid import Grid, Line, grid_of
from wavebook.charts.headings import headings, height_of, width_for
from wavebook.charts.layout import WIDTHS, Box, Spot, value_text
from wavebook.charts.marks import Datum, block, frame, inked, spot_layers, text_layers
from wavebook.charts.options import Options
from wavebook.charts.ramp import Entry, Ramp, legend, rects
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.words import Point, point, said
from wavebook.definitions import Language
from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import headed, listing, number
from wavebook.language.words import words_in

HIDDEN, UNKNOWN = "×", "–"
MOST = 12  # columns
_CELL, _GAP, _WIDEST, _LEAST = 26, 2, 92, 34  # px


@form("sort", "order", "highlight", "note", "scale")
def heat(name: str, selection: Selection, options: Options) -> Sketch:
    """A table of cells with their values, the darker the higher (in the dark: the lighter).

    Rows are what is asked about, columns the groups or waves; with one question they are two breakdowns, or a
    breakdown and waves. ``sort`` orders the rows by the mean of their values, ``order`` rows and columns. A cell whose
    figure is hidden, as too few people answered, has a cross, and one that nobody knows a dash.

    Raises
    ------
    ProblemsError
        Units differ (W332), a full break is crossed (W334), or there are more than twelve columns (W365).
    """
    grid = grid_of(selection, options)
    many = len(grid.columns) > MOST
    action = f"Draw at most {MOST}; make two charts, or swap rows and columns."
    check(name, selection, across_full_break(selection), (many, "W365", f"has {len(grid.columns)} columns", action))
    figures = selection.figures
    ramp = Ramp.of(selection, options.scale)
    notes = Footnotes(options)
    for at in _places(grid):
        if figure := grid.cells.get(at):
            notes.number(figure.key)
    return Sketch(
        lambda width: _Drawing(grid, ramp, notes, options, figures, width).layers(),
        points=[[_point(grid, (i, j), figures) for j in range(len(grid.columns))] for i in range(len(grid.rows))],
        table=_table(grid, figures.language),
        told=_told(grid, figures),
        breaks=figures.breaks(selection.keys),
        whiskers=False,
    )


def _places(grid: Grid) -> list[tuple[int, int]]:
    return [(i, j) for i in range(len(grid.rows)) for j in range(len(grid.columns))]


def _label(grid: Grid, at: tuple[int, int]) -> str:
    """The name of a cell: its row and, if there are several, its column."""
    row, column = grid.rows[at[0]].label, grid.columns[at[1]].label
    return f"{row}, {column}" if len(grid.columns) > 1 else row


def _point(grid: Grid, at: tuple[int, int], figures: Figures) -> Point:
    """A cell as a reader who explores is told of it; up and down lead to the same column of another row."""
    row, label = grid.rows[at[0]].label, _label(grid, at)
    if figure := grid.cells.get(at):
        return {**point(row, figure, label, figures), "wave": at[1]}
    words = words_in(figures.language).charts
    why = words["hidden"] if at in grid.hidden else words["unknown"]
    return {"series": row, "wave": at[1], "says": [headed(label, "", figures.language), why, ""]}


def _table(grid: Grid, language: Language) -> Table:
    words = words_in(language).charts
    return {
        "head": [words["topic"], *(column.label for column in grid.columns)],
        "rows": [
            [row.label]
            + [
                words["withheld"] if (i, j) in grid.hidden else said(grid.cells.get((i, j)), language)
                for j in range(len(grid.columns))
            ]
            for i, row in enumerate(grid.rows)
        ],
    }


def _told(grid: Grid, figures: Figures) -> list[str]:
    """The highest and lowest cell, what is highest in most columns and rows, and how many cells have no value."""
    language, words = figures.language, words_in(figures.language).charts
    ranked = sorted(grid.cells, key=lambda at: (-grid.cells[at].printed, at))
    differ = grid.cells[ranked[0]].printed != grid.cells[ranked[-1]].printed
    ends = [(words["highest"], ranked[0]), *([(words["lowest"], ranked[-1])] if differ else [])]
    told = [words["heat"]]
    told += [
        words["with_value"].format(what=what, name=_label(grid, at), value=grid.cells[at].text(language, "prose"))
        for what, at in ends
    ]
    told += _leading(grid.rows, grid.columns, grid.cells, words["leads_columns"], language)
    told += _leading(
        grid.columns, grid.rows, {(j, i): f for (i, j), f in grid.cells.items()}, words["leads_rows"], language
    )
    unknown = [at for at in _places(grid) if at not in grid.cells and at not in grid.hidden]
    for key, places in (("hidden_cells", sorted(grid.hidden)), ("unknown_cells", unknown)):
        if places:
            named = listing([_label(grid, at) for at in places[:5]], language)
            told.append(words[key].format(n=number(len(places), 0, language), named=named))
    return told


def _leading(
    lines: list[Line], across: list[Line], cells: dict[tuple[int, int], Figure], words: str, language: Language
) -> list[str]:
    """Which line has the highest value in most of those across; nothing where that says nothing."""
    tops = []
    for j in range(len(across)):
        there = [(figure.printed, i) for (i, other), figure in cells.items() if other == j]
        best = [i for value, i in there if value == max(there)[0]]
        tops += best if len(best) == 1 and len(there) > 1 else []
    if len(across) < 3 or len(lines) < 3 or not tops:
        return []
    first = max(dict.fromkeys(tops), key=tops.count)
    if tops.count(first) * 2 <= len(across):
        return []
    n, of = (number(count, 0, language) for count in (tops.count(first), len(across)))
    return [words.format(name=lines[first].label, n=n, of=of)]


class _Drawing:
    """The cells at one width; in a narrow picture columns that do not fit beside each other follow below."""

    def __init__(
        self, grid: Grid, ramp: Ramp, notes: Footnotes, options: Options, figures: Figures, width: int
    ) -> None:
        self.grid, self.ramp, self.notes, self.options, self.figures = grid, ramp, notes, options, figures
        self.width, language = width, figures.language
        self.texts = {at: value_text(f, language) + notes.mark(f.key) for at, f in grid.cells.items()}
        least = max([_LEAST, *(text_width(text) + 6 for text in self.texts.values())])
        wanted = max(text_width(row.label) for row in grid.rows) + 10
        most = 200 if width == WIDTHS["wide"] else 124
        left = min(wanted, most)
        self.above = width - left < least * min(len(grid.columns), 4)
        self.left = 0 if self.above else left
        fits = max(1, int((width - self.left) / least))
        blocks = -(-len(grid.columns) // fits)
        size = -(-len(grid.columns) // blocks)
        self.cell = min(width_for([column.label for column in grid.columns], _WIDEST), (width - self.left) / size)
        every = [*range(len(grid.columns))]
        self.blocks = [every[at : at + size] for at in range(0, len(every), size)]
        self.labels = {i: wrap(row.label, width if self.above else left - 10) for i, row in enumerate(grid.rows)}

    def layers(self) -> alt.LayerChart:
        """All marks in a frame."""
        made, _, y = legend(
            self.grid.cells[next(iter(self.grid.cells))].unit, self._entries(), self.language, self.width
        )
        cells: list[Datum] = []
        inks: list[Datum] = []
        names: list[Datum] = []
        boxes: dict[tuple[int, int], Box] = {}
        for columns in self.blocks:
            heads = [self.grid.columns[j].label for j in columns] if len(self.grid.columns) > 1 else []
            y += height_of(heads, self.cell)
            made += headings(heads, self.left, self.cell, y, self.width)
            y += 4
            for i in range(len(self.grid.rows)):
                tall = LINE * len(self.labels[i])
                room = max(_CELL, tall + 4)
                names.append(block(0, y + (0 if self.above else (room - _GAP - tall) / 2), self.labels[i]))
                if self.above:
                    y, room = y + tall + 2, _CELL
                for place, j in enumerate(columns):
                    x = self.left + place * self.cell
                    boxes[i, j] = Box(x, x + self.cell - _GAP, y, y + room - _GAP)
                    cell, text = self._cell((i, j), boxes[i, j])
                    cells += cell
                    inks.append(text)
                y += room + (6 if self.above else 0)
            y += 14
        below, y = self.notes.layers(y, self.width)
        spots = [Spot(boxes[at].wider(_GAP / 2), boxes[at]) for at in _places(self.grid)]
        drawn: list[alt.Chart] = [
            *made,
            *rects(cells, outlined=True),
            *inked(inks),
            *text_layers(names),
            *below,
            *spot_layers(spots),
        ]
        return frame(drawn, self.width, y - 10)

    @property
    def language(self) -> Language:
        return self.figures.language

    def _cell(self, at: tuple[int, int], box: Box) -> tuple[list[Datum], Datum]:
        """The ground of a cell, if it has one, and its text."""
        text = {"x": (box.x + box.x2) / 2, "y": (box.y + box.y2) / 2}
        figure = self.grid.cells.get(at)
        if figure is None:
            mark = HIDDEN if at in self.grid.hidden else UNKNOWN
            return [], {**text, "text": mark, "ink": colour("text")}
        lit = self.options.is_lit(figure.key)
        fill, ink = (self.ramp.fill(figure), self.ramp.ink(figure)) if lit else (colour("grid"), colour("text"))
        return [{**box._asdict(), "fill": fill}], {**text, "text": self.texts[at], "ink": ink}

    def _entries(self) -> list[Entry]:
        """The classes, and the marks of cells without a value."""
        words = words_in(self.language).charts
        told = zip(self.ramp.steps, self.ramp.words(self.language), strict=True)
        entries = [Entry(colour(f"ramp-{step}"), text) for step, text in told]
        if self.grid.hidden:
            entries.append(Entry(colour("surface"), words["hidden"], HIDDEN))
        if len(self.grid.cells) + len(self.grid.hidden) < len(_places(self.grid)):
            entries.append(Entry(colour("surface"), words["unknown"], UNKNOWN))
        return entries
