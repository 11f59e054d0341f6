"""The figures of a chart as a workbook that opens without an import: words for codes, numbers as numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from wavebook.charts.columns import LABEL
from wavebook.core.text import capital
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.chart_alone import ChartAlone
from wavebook.pages.sheet_numbers import sheet_number

_MEASURED = ("value", "se", "ci_low", "ci_high")
"""The columns with numbers in the unit of their row."""
_COUNTED = ("n", "n_effective", "of")
_DATES = ("date",)


class Cell(NamedTuple):
    """The content of a cell, and the form in which a sheet shows it."""

    content: str | float | date
    form: str = ""


def workbook(chart: ChartAlone) -> bytes:
    """The figures, and on a second sheet what they are; the bytes do not hold the day."""
    import xlsxwriter

    target, words = io.BytesIO(), words_in(chart.language).travel
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    figures = chart.book.figures
    with xlsxwriter.Workbook(target, options) as made:
        created = datetime(figures.definitions.period(figures.wave).start.year, 1, 1)
        made.set_properties({"title": chart.headline, "author": chart.author, "created": created})
        bold = made.add_format({"bold": True, "bottom": 1})
        terms, wrapped = ({"bold": True, "valign": "top"}, {"text_wrap": True, "valign": "top"})
        term_form, text_form = made.add_format(terms), made.add_format(wrapped)
        forms: dict[str, Any] = {}
        head, rows = table(chart.payload["csv"], chart.book.figures)
        sheet = made.add_worksheet(words["sheet"])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            title, cells = words.get(name, name), [row[column] for row in rows]
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, min(50, max(len(text) for text in (title, *map(_shown, cells))) + 2))
            for place, cell in enumerate(cells, 1):
                if cell is None:
                    continue
                if cell.form and cell.form not in forms:
                    forms[cell.form] = made.add_format({"num_format": cell.form})
                if isinstance(cell.content, str):
                    sheet.write_string(place, column, cell.content)
                elif isinstance(cell.content, date):
                    sheet.write_datetime(place, column, datetime(*cell.content.timetuple()[:3]), forms[cell.form])
                else:
                    sheet.write_number(place, column, cell.content, forms.get(cell.form))
        if rows:
            sheet.autofilter(0, 0, len(rows), len(head) - 1)
        sheet = made.add_worksheet(words["sheet_about"])
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        told = [(words["chart"], chart.headline), ("", chart.subtitle), *(("", text) for text in chart.warnings)]
        before = None
        for place, (term, text) in enumerate([*((t, x) for t, x in told if x), *chart.about]):
            sheet.write_string(place, 0, "" if term == before else term, term_form)
            sheet.write_string(place, 1, text, text_form)
            before = term
    return target.getvalue()


def table(text: str, figures: Figures) -> tuple[list[str], list[list[Cell | None]]]:
    """The table of a chart's CSV with words for its codes: names of columns, and rows; no column is empty."""
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [name for name in (rows[0] if rows else ()) if not name.endswith(LABEL)]
    made = [_cells(row, names, figures) for row in rows]
    kept = [name for name in names if any(row[name] is not None for row in made)]
    return kept, [[row[name] for name in kept] for row in made]


def _cells(row: Mapping[str, str], names: list[str], figures: Figures) -> dict[str, Cell | None]:
    d, language = figures.definitions, figures.language
    indicator = d.indicators.get(row.get("indicator", ""))
    found: dict[str, Cell | None] = {}
    for name in names:
        text = row[name]
        if not text:
            found[name] = None
        elif name in _MEASURED:
            unit, decimals = (indicator.unit, indicator.decimals) if indicator else (None, None)
            found[name] = Cell(*sheet_number(Decimal(text), unit, decimals))
        elif name in _COUNTED:
            found[name] = Cell(float(text), "#,##0")
        elif name in _DATES:  # a fact may be of a year or a month
            day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
            found[name] = Cell(date.fromisoformat(text), "yyyy-mm-dd") if day else Cell(wording.date(text, language))
        elif name == "unit" and indicator:
            found[name] = Cell(wording.scale_name(indicator.unit, language))
        elif name == "source" and text in d.sources:
            found[name] = Cell(wording.cited(d.sources[text], language))
        elif name in ("status", "bound"):
            words = words_in(language)
            found[name] = Cell(words.panels.get(text) or words.travel.get(text, text))
        elif name == "wave" and re.fullmatch(r"\d{4}", label := row.get(f"{name}{LABEL}") or text):
            found[name] = Cell(float(label), "0")
        else:
            found[name] = Cell(capital(row.get(f"{name}{LABEL}") or text.removeprefix("'")))
    return found


def _shown(cell: Cell | None) -> str:
    return "" if cell is None else cell.content if isinstance(cell.content, str) else f"{cell.content!s:.8}"
