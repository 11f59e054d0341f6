"""The tables book as pages: one for each indicator, with a table for each breakdown; no script, nothing from elsewhere.

A banner of all breakdowns does not fit a page, let alone a phone, so each breakdown stands beside the total by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from wavebook.core.files import keep_only, write_whole
from wavebook.core.text import capital
from wavebook.core.units import Language
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.banners import about
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.layout import Column, Layout
from wavebook.pages.banners.letters import Judge
from wavebook.pages.banners.table import Cell, Line, TableSheet
from wavebook.pages.parts import whole

INDEX, METHOD = "index.html", "method.html"
_TEMPLATE = "tables.html"
_FORM = re.compile(
    r'(?P<sign>\+)?(?:\[\$(?P<currency>[A-Z]+)\] )?(?:#,##)?0(?:\.(?P<decimals>0+))?(?P<share>%)?(?:"(?P<mark>[^"]*)")?'
)


class Row(NamedTuple):
    """A row of a table on a page: which figures it has, and the text of each cell, with its look."""

    what: str
    cells: list[tuple[str, str]]


class Answer(NamedTuple):
    """The rows of an answer, or of the bases, under their name."""

    name: str
    rows: list[Row]


class Section(NamedTuple):
    """A breakdown beside the total: its name, the names and letters of columns, and the rows."""

    name: str
    columns: list[Column]
    answers: list[Answer]


def write(folder: Path, layout: Layout, publication: Publication) -> int:
    """Write the pages of a layout into a folder, from which all others are removed; returns the number of tables."""
    figures = layout.figures
    words, d, language = words_in(figures.language).banners, figures.definitions, figures.language
    title = f"{publication.title}: {words['title']}, {figures.called(figures.wave)}"
    shared = {"language": language, "book": title, "words": words, "index": INDEX, "method": METHOD}
    judge, listed = Judge(figures, layout.options), []
    for table in layout:
        sheet = TableSheet(layout, judge, table)
        indicator = d.indicators[table.indicator]
        listed.append((f"{table.number}.html", sheet.title, indicator.definition[language]))
        turn = {"before": _page(table.number - 1, layout), "after": _page(table.number + 1, layout)}
        told = {"title": sheet.title, "asked": sheet.asked, "base": sheet.base, "notes": list(sheet.notes())}
        page = whole(_TEMPLATE, **shared, **turn, **told, kind="table", sections=list(sections(sheet)))
        write_whole(folder / f"{table.number}.html", page.encode())
    lines = [line for line in about.read_me(layout, publication, "pages_are") if line[1]]
    front = whole(_TEMPLATE, **shared, kind="index", title=title, lines=lines, tables=listed)
    write_whole(folder / INDEX, front.encode())
    method = whole(_TEMPLATE, **shared, kind="method", title=words["sheet_method"], lines=list(about.method(layout)))
    write_whole(folder / METHOD, method.encode())
    keep_only(folder, [INDEX, METHOD, *(name for name, *_ in listed)])
    return len(listed)


def _page(number: int, layout: Layout) -> tuple[str, str] | None:
    """The address and the name of a table's page, if there is such a table."""
    if not 0 < number <= len(layout.indicators):
        return None
    figures = layout.figures
    indicator = figures.definitions.indicators[layout.indicators[number - 1]]
    return f"{number}.html", f"{number}. {capital(indicator.name[figures.language])}"


def sections(sheet: TableSheet) -> Iterator[Section]:
    """The tables of a page: the total with each breakdown, or by itself where there is none."""
    lines, start = list(sheet.lines()), 1
    total, *groups = sheet.table.groups
    for group in groups or [total]:
        places = [0] if group is total else [0, *range(start, start + len(group.columns))]
        start += len(group.columns) if groups else 0
        columns = [sheet.columns[place] for place in places]
        own = 1 if group is not total and group is not groups[0] else 0  # what only the total has is told once
        yield Section(group.name, columns, list(_answers(lines, places, own, sheet.language)))


def _answers(lines: Sequence[Line], places: list[int], own: int, language: Language) -> Iterator[Answer]:
    """The rows of some columns by answer, without those of which none of these has anything, from ``own`` on."""
    made: list[Answer] = []
    for line in lines:
        cells = [line.cells[place] for place in places]
        if not any(cells[own:]):
            continue
        what = str(line.what.content) if line.what else ""
        if not (made and what and made[-1].name == line.name.content):
            made.append(Answer(str(line.name.content), []))
        made[-1].rows.append(Row(what, [(shown(cell, language), cell.look if cell else "") for cell in cells]))
    yield from made


def shown(cell: Cell | None, language: Language) -> str:
    """A cell as readers see it, in the notation of their language.

    >>> shown(Cell(0.1426, "", '0.0%" [p]"'), "nl"), shown(Cell(-2.74, "", "+#,##0;−#,##0;#,##0"), "en")
    ('14,3% [p]', '−3')
    """
    if cell is None or isinstance(cell.content, str):
        return str(cell.content) if cell else ""
    form = _FORM.match(cell.form)
    if form is None:
        raise ValueError(f"{cell.form} is no form of a number")
    decimals = len(form["decimals"] or "")
    value = wording.exact(cell.content) * (100 if form["share"] else 1)
    text = wording.number(Decimal(value), decimals, language, signed=bool(form["sign"]))
    if form["share"]:
        text = words_in(language).notation.percent.format(n=text)
    return f"{form['currency'] + ' ' if form['currency'] else ''}{text}{form['mark'] or ''}"
