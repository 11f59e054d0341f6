"""Pairs of figures, of baseline and wave: what each needs, and their words."""

from __future__ import annotations

from collections.abc import Sequence

from wavebook.charts.chart import Check, Table, across_full_break
from wavebook.charts.layout import Row
from wavebook.charts.options import Options
from wavebook.charts.series import as_known
from wavebook.charts.words import Point, point, said
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Figures, Selection
from wavebook.language.wording import exact, headed, number, quantity
from wavebook.language.words import words_in

_TOLD = 6  # pairs that a description lists; of more it tells the largest changes


def pair_checks(rows: Sequence[Row], selection: Selection) -> list[Check]:
    """What is wrong with rows that are to be pairs of baseline and wave."""
    first, last = selection.figures.baseline, selection.figures.wave
    unpaired = [row.label for row in rows if [f.key.wave for f in row.figures] != [first, last]]
    action = 'Select it with waves="both", or leave it out.'
    needed = f"needs {first} and {last} of {', '.join(unpaired)}"
    return [(unpaired, "W334", needed, action), across_full_break(selection)]


def by_change(rows: Sequence[Row], options: Options) -> list[Row]:
    """Pairs in the order that is asked for, sorted by their change; by default that of the selection."""
    return options.sorted(
        rows,
        lambda row: row.figures[-1].key,
        lambda row: row.figures[-1].number - row.figures[0].number,
        default="selected",
    )


def pair_table(rows: Sequence[Row], figures: Figures) -> Table:
    """Pairs as a table, with their differences."""
    words, language = words_in(figures.language).charts, figures.language
    named = figures.called(figures.baseline), figures.called(figures.wave)
    return {
        "head": [words["topic"], *named, words["difference"]],
        "rows": [
            [capital(row.label), *(said(f, language) for f in row.figures), difference(row, language)] for row in rows
        ],
    }


def pairs_told(rows: Sequence[Row], figures: Figures) -> list[str]:
    """Pairs in words: all of a few; of many how many rose and fell, and which did most."""
    words, language = words_in(figures.language).charts, figures.language
    if len(rows) <= _TOLD:
        return [headed(capital(row.label), _from_to(row, language), language) for row in rows]
    moves = [_size(row) for row in rows]
    up, down = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    counts = {"up": up, "down": down, "same": len(rows) - up - down}
    told = [words["changes"].format(**{name: number(count, 0, language) for name, count in counts.items()})]
    for name, count, end in (("most_up", up, max), ("most_down", down, min)):
        if count:
            row = rows[moves.index(end(moves))]
            told.append(words[name].format(what=row.label, change=_from_to(row, language)))
    return [capital(text) for text in (*told, words["in_table"])]


def pair_points(row: Row, figures: Figures) -> list[Point]:
    """The two points of a row; the later one tells its difference from the earlier one."""
    first, last = row.figures
    then, now = (figures.called(figure.key.wave) for figure in row.figures)
    since = words_in(figures.language).charts["since"].format(wave=then, size=difference(row, figures.language))
    return [
        point(row.label, first, f"{row.label}, {then}", figures),
        point(row.label, last, f"{row.label}, {now}", figures, since),
    ]


def difference(row: Row, language: Language) -> str:
    """The change of a row with its sign: taken before rounding, unless one of its figures is known rounded only."""
    first, last = as_known(row.figures)
    size = exact(last.number) - exact(first.number)
    return quantity(size, last.unit.difference, last.decimals, language, style="chart", signed=True)


def _size(row: Row) -> float:
    """The change of a row as readers see it."""
    return float(row.figures[-1].printed - row.figures[0].printed)


def _from_to(row: Row, language: Language) -> str:
    first, last = (said(figure, language, "prose") for figure in row.figures)
    return words_in(language).charts["from_to"].format(first=first, last=last)
