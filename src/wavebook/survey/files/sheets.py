"""The sheet of a workbook that holds the answers: the one that is declared, or the only one that can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from wavebook.core.alike import folded
from wavebook.core.problems import Problem, fail
from wavebook.survey.files.sheet_marks import ByRow

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class Sheet(NamedTuple):
    """A chosen sheet, and a notice of the others; ``named`` tells whether a declaration has to name it."""

    name: str
    cells: CalamineSheet | None = None
    notices: tuple[Problem, ...] = ()
    named: bool = False

    @property
    def height(self) -> int:
        """The rows from the first that holds something to the last."""
        return self.cells.height if self.cells else 0

    @property
    def width(self) -> int:
        """The columns from the first that holds something to the last."""
        return self.cells.width if self.cells else 0

    def rows(self, marked: ByRow) -> Iterator[list[object]]:
        """The rows one by one with what a reader leaves out: errors as texts, and percentages as they are shown."""
        if self.cells is None or not self.height:
            return
        _, left = self.cells.start or (0, 0)
        for number, cells in enumerate(self.cells.iter_rows()):
            row = list[object](cells)
            for column, text in marked.get(number, ()):
                if 0 <= column - left < len(row):
                    value = row[column - left]
                    if text is not None:
                        row[column - left] = text
                    elif isinstance(value, int | float):
                        row[column - left] = f"{value * 100:.15g}%"
            yield row


def chosen(book: CalamineWorkbook, place: str, sheet: str | None) -> Sheet:
    """The sheet that is asked for; else the only visible one that holds cells. Raises W103 where there are several."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [found for found in book.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
    names = [found.name for found in tables]
    if sheet is not None:
        name = next((name for name in names if folded(name) == folded(sheet)), None)
        if name is None:
            charts = [found.name for found in book.sheets_metadata if found.name not in names]
            drawn = any(folded(chart) == folded(sheet) for chart in charts)
            what = f"its sheet {sheet} holds a chart, no table" if drawn else f"has no sheet {sheet}"
            fail(Problem("W103", place, what, f"Its sheets are: {', '.join(names)}."))
        return _opened(book, name)._replace(named=len(names) > 1)
    visible = [found.name for found in tables if found.visible == SheetVisibleEnum.Visible] or names
    full = {name: found for name in visible if (found := _opened(book, name)).height}
    if not full:
        return _opened(book, names[0]) if names else Sheet("")
    likely = max(full, key=lambda name: full[name].height * full[name].width)
    if len(full) > 1:
        told = ", ".join(f"{name} ({found.height} × {found.width} cells)" for name, found in full.items())
        written = json.dumps(likely, ensure_ascii=False)
        action = f"Write sheet = {written}, the largest, or another, under responses; or --sheet with its name."
        fail(Problem("W103", place, f"has several sheets: {told}", action))
    others = [name for name in names if name not in full and (name not in visible) and _opened(book, name).height]
    if not others:
        return full[likely]
    action = f"Write sheet = {json.dumps(likely, ensure_ascii=False)} under responses, or the other one's name."
    what = f"its sheet {likely} is read, and not what is hidden: {', '.join(others)}"
    return full[likely]._replace(notices=(Problem("W149", place, what, action),), named=True)


def _opened(book: CalamineWorkbook, name: str) -> Sheet:
    return Sheet(name, book.get_sheet_by_name(name))
