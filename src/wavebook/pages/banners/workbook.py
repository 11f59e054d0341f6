"""The tables book as a workbook: sheets that explain it, one with links to all tables, and one for each table.

It is written row by row and sheet by sheet, so that memory does not grow with the tables. Text is never a formula, and
the bytes do not hold the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from typing import IO, Any

from wavebook.core.text import capital
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.banners import about
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.layout import Layout
from wavebook.pages.banners.letters import Judge
from wavebook.pages.banners.table import HEAD, Line, TableSheet

_A4 = 9
_LONGEST = 31
"""The letters of the name of a sheet in Excel."""
_FORMS: dict[str, dict[str, object]] = {
    "": {},
    "title": {"bold": True, "font_size": 13},
    "text": {"text_wrap": True, "valign": "top"},
    "term": {"bold": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "align": "center"},
    "group": {"bold": True},
    "letter": {"bold": True, "align": "center", "bottom": 1},
    "under": {"bold": True, "bottom": 1},
    "link": {"font_color": "#0B4F8A", "underline": 1, "valign": "top"},
    "number": {"valign": "top", "align": "left"},
    "sign": {"align": "right"},
    "small": {"font_color": "#555555"},
    "bold": {"bold": True},
}


def write(file: IO[bytes], layout: Layout, publication: Publication) -> int:
    """Write all tables of a layout; returns their number."""
    import xlsxwriter

    figures = layout.figures
    d, words = figures.definitions, words_in(figures.language).banners
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made: AbstractContextManager[Any] = xlsxwriter.Workbook(file, options | {"strings_to_numbers": False})
    with made as book:
        book.use_zip64()
        title = f"{publication.title}: {words['title']}, {figures.called(figures.wave)}"
        created = datetime(d.period(figures.wave).start.year, 1, 1)
        book.set_properties({"title": title, "author": publication.author, "created": created})
        form = _forms(book)
        names = _names(layout)
        contents = _name(words["sheet_contents"])
        lines = [("", title), *about.read_me(layout, publication)]
        _explain(book, _name(words["sheet_read_me"]), lines, form, "", words)
        _list(book, contents, layout, names, form)
        method = _name(words["sheet_method"])
        _explain(book, method, [("", words["sheet_method"]), *about.method(layout)], form, contents, words)
        judge = Judge(figures, layout.options)
        for table, name in zip(layout, names, strict=True):
            sheet = _sheet(book, name, title)
            _table(sheet, TableSheet(layout, judge, table), form, contents, method)
            sheet._opt_close()  # noqa: SLF001  (its file, or a thousand tables would keep a thousand open)
    return len(names)


def _forms(book: Any) -> Callable[..., Any]:
    """The forms of cells, each made once: by name, the form of numbers, and whether a breakdown begins there."""

    @cache
    def form(name: str = "", number: str = "", start: bool = False) -> Any:
        edge = {"left": 1, "left_color": "#888888"} if start else {}
        return book.add_format(_FORMS[name] | edge | ({"num_format": number} if number else {}))

    return form


def _name(text: str) -> str:
    """The name of a sheet: without what Excel forbids there."""
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]+", " ", text)[:_LONGEST].strip()


def _names(layout: Layout) -> list[str]:
    """The names of the sheets of tables, which differ by their numbers."""
    d, language = layout.figures.definitions, layout.figures.language
    return [_name(f"{n} {capital(d.indicators[key].name[language])}") for n, key in enumerate(layout.indicators, 1)]


def _link(name: str) -> str:
    return f"internal:'{name}'!A1"


def _sheet(book: Any, name: str, title: str) -> Any:
    """A sheet with its print set-up."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&8{title.replace('&', '&&')[:150]}&C&8&A&R&8&P / &N")
    return sheet


def _explain(book: Any, name: str, lines: Iterable[about.Line], form: Any, back: str, words: Any) -> None:
    """A sheet of texts, each beside what it is about; the first is the title."""
    (_, title), *rest = lines
    sheet = _sheet(book, name, title)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.fit_to_pages(1, 0)
    start = 0
    if back:
        sheet.write_url(0, 0, _link(back), form("link"), words["back"])
        start = 1
    sheet.write_string(start, 0, title, form("title"))
    before = None
    for row, (term, text) in enumerate(((term, text) for term, text in rest if text), start + 2):
        sheet.write_string(row, 0, "" if term == before else term, form("term"))
        sheet.write_string(row, 1, text, form("text"))
        sheet.set_row(row, 15 * (1 + len(text) // 105))
        before = term


def _list(book: Any, name: str, layout: Layout, names: list[str], form: Any) -> None:
    """The sheet with a link to each table."""
    figures = layout.figures
    d, language, words = figures.definitions, figures.language, words_in(figures.language).banners
    sheet = _sheet(book, name, words["sheet_contents"])
    for column, width in enumerate((6, 44, 70, 24, 40)):
        sheet.set_column(column, column, width)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for column, head in enumerate(("number", "subject", "question", "unit", "asked_of")):
        sheet.write_string(0, column, words[head], form("under"))
    for row, (key, target) in enumerate(zip(layout.indicators, names, strict=True), 1):
        indicator = d.indicators[key]
        told = (
            indicator.definition[language],
            wording.scale_name(indicator.unit, language),
            d.bases[indicator.base][language],
        )
        sheet.write_number(row, 0, row, form("number"))
        sheet.write_url(row, 1, _link(target), form("link"), capital(indicator.name[language]))
        for column, text in enumerate(told, 2):
            sheet.write_string(row, column, text, form("text"))
        sheet.set_row(row, 15 * max(1 + len(told[0]) // 72, 1 + len(told[2]) // 42))


def _table(sheet: Any, table: TableSheet, form: Any, contents: str, method: str) -> None:
    """A table: title, question, the banner, the bases, the rows, and what readers must know of it below."""
    words = words_in(table.figures.language).banners
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 2 + len(table.columns), 11)
    sheet.freeze_panes(HEAD, 3)
    sheet.repeat_rows(3, HEAD - 1)
    sheet.repeat_columns(0, 2)
    sheet.set_print_scale(75)
    sheet.write_url(0, 0, _link(contents), form("link"), words["back"])
    sheet.write_string(0, 1, table.title, form("title"))
    sheet.write_string(1, 0, table.asked)
    sheet.write_string(2, 0, table.base)
    row = 3
    for line in table.banner:
        _line(sheet, row, line, form, table.starts)
        row += 1
    sheet.set_row(4, 15 * table.lines_of_names)
    for line in table.lines():
        _line(sheet, row, line, form, table.starts)
        row += 1
    row += 1
    for note in table.notes():
        sheet.write_string(row, 0, note)
        row += 1
    sheet.write_url(row, 0, _link(method), form("link"), words["to_method"])


def _line(sheet: Any, row: int, line: Line, form: Any, starts: list[bool]) -> None:
    """A row of cells, with an edge where a breakdown begins."""
    for column, (cell, start) in enumerate(
        zip((line.name, line.what, *line.cells), [False, False, *starts], strict=True)
    ):
        if cell is None or cell.content == "":
            if cell or start:
                sheet.write_blank(row, column, None, form(cell.look if cell else "", "", start))
        elif isinstance(cell.content, str):
            sheet.write_string(row, column, cell.content, form(cell.look, "", start))
        else:
            sheet.write_number(row, column, cell.content, form(cell.look, cell.form, start))
