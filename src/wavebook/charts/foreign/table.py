"""A table that an editor made with great_tables or pandas, as a table of the page, held against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wavebook.charts.chart import Chart, Sketch, basis_of, compose
from wavebook.charts.drawing import Drawn
from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.cells import Grid, NoTableError, grid_of, html_of, is_number
from wavebook.charts.foreign.table_picture import drawn_table
from wavebook.charts.foreign.telling import given, is_absent, table_of
from wavebook.charts.layout import WIDTHS
from wavebook.core.problems import Problem, how_many, raise_all
from wavebook.figures import Selection
from wavebook.figures.frames import FRAME

_MOST = 8  # problems that are listed
_TAKEN = "Give a table of great_tables, a pandas Styler, or a frame."


def table(name: str, table: object, selection: Selection, *, summary: str | Mapping[str, str] = "") -> Chart:
    """A table that you made with great_tables, as a pandas Styler, or as a plain frame.

    It comes on the page as a table that screen readers can walk through and phones can scroll, in the type of the
    house: texts, headings, groups, title and notes are kept, colours and other styles are not. It has the source and
    base of the selected figures and their downloads. Each number in it is one of them, written as in the language of
    the page; the names in its row and its headings say whose it is. ``summary`` says in a sentence what it shows.

    Raises ProblemsError: the name is not a slug (W331), nothing is selected (W332), it has no summary (W341), it shows
    a number that is of no selected figure (W344), or it is no table that a page can show (W347).
    """
    if is_absent(name, selection):
        return Chart.absent(name, selection.figures)
    sentence, problems = given(name, summary, selection)
    grid = Grid()
    try:
        grid = grid_of(table)
        problems += _problems(name, grid, selection)
    except NoTableError as error:
        problems.append(Problem("W347", f"chart {name}", str(error), _TAKEN))
    raise_all(problems)
    drawings = {variant: drawn_table(grid, width) for variant, width in WIDTHS.items()}
    sketch = Sketch(
        Drawn("{}", drawings, {}), [], table_of(selection), [sentence.rstrip(".")], html=html_of(grid, sentence)
    )
    return compose(name, "table", selection.figures, basis_of(selection, whiskers=False), sketch)


def _problems(name: str, grid: Grid, selection: Selection) -> Iterator[Problem]:
    place, backing = f"chart {name}", Backing(selection)
    for what in grid.refused:
        action = "Leave it out: a page shows the text of a table. Make a chart beside it."
        yield Problem("W347", place, f"holds {what}", action)
    language = selection.figures.language
    if foreign := [cell.text for cell, *_ in grid.places() if _is_foreign(cell.text, backing)]:
        found = (
            f"writes numbers as {foreign[0]!r}, in {how_many(len(foreign), 'cell')}, which is not how {language} does"
        )
        action = "Take the column text of selection.frame, or give great_tables its locale."
        yield Problem("W347", place, found, action)
    for named in dict.fromkeys(cell.text for row in grid.head for cell in row if cell.text in FRAME):
        found = f"has the heading {named}, the name of a column of selection.frame"
        yield Problem("W347", place, found, "Rename the column in words for readers, or leave its heading empty.")
    wrong = dict.fromkeys(_numbers(place, grid, backing))
    yield from list(wrong)[:_MOST]
    if len(wrong) > _MOST:
        more = f"{len(wrong) - _MOST} more cells show what is of no selected figure"
        yield Problem("W344", place, more, "Make the table of selection.frame.")
    for cell in (*grid.title, *grid.foot, *(cell for row in grid.head for cell in row)):
        for shown in backing.unbacked(cell.text, backing.all):
            action = "Leave the number out, or write it from a figure."
            yield Problem("W344", place, f"the text {cell.text!r} shows {shown}, which no selected figure is", action)


def _numbers(place: str, grid: Grid, backing: Backing) -> Iterator[Problem]:
    """What is wrong with the numbers of the cells."""
    language = backing.figures.language
    for cell, names, row in grid.places():
        column = next((name for name in names if name and backing.is_name(name)), "")
        where = f"row {row}{f' ({column})' if column else ''}"
        if _is_foreign(cell.text, backing):
            continue
        figures = backing.of(names)
        for shown in backing.unbacked(cell.text, figures):
            values = dict.fromkeys(figure.text(language, "chart") for figure in figures)
            listed = f"It is {' or '.join(values)} in the figures. " if 0 < len(values) <= 3 else ""
            told = re.sub(r"\s+", " ", cell.text)[:60]
            found = f"{where}: {told!r} shows {shown}, which no selected figure of its row and column is"
            yield Problem("W344", place, found, f"{listed}Make the table of selection.frame.")


def _is_foreign(text: str, backing: Backing) -> bool:
    """Tell whether a cell is a number that the language of the page writes in another way."""
    return is_number(text) and not backing.is_written(text) and not backing.is_name(text)
