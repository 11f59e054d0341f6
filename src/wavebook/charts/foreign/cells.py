"""A table of another program as rows of cells: its HTML is read, and nothing of it but text and structure is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple

from markupsafe import escape

_MOST = 2000  # cells: a larger table is for a download
_VOID = {"br", "img", "col", "hr", "input", "meta", "link", "wbr"}
_SILENT = {"style", "script", "title", "template"}
_LEVELS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sup": "sup", "sub": "sub"}
_REFUSED = {
    "img": "images",
    "svg": "small charts",
    "canvas": "small charts",
    "script": "a script",
    "iframe": "something from elsewhere",
    "a": "links",
}


class Span(NamedTuple):
    """A piece of text of a cell, and the elements that mark it."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass
class Cell:
    """A cell: its text, whether it is a heading, and how many columns and rows it takes."""

    spans: list[Span] = field(default_factory=list)
    heading: bool = False
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Its text, in one line."""
        return " ".join("".join(span.text for span in self.spans).split())


@dataclass
class Grid:
    """A table: its title, its rows of headings, its rows, and the notes below it."""

    title: list[Cell] = field(default_factory=list)
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)
    foot: list[Cell] = field(default_factory=list)
    refused: dict[str, None] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max((sum(cell.across for cell in row) for row in [*self.head, *self.body]), default=0)

    def places(self) -> Iterator[tuple[Cell, list[str], int]]:
        """Each cell of the body that is no heading, with the names beside, above and over it, and its row."""
        over = [self._over(column) for column in range(self.columns)]
        group = ""
        for number, row in enumerate(spread(self.body, self.columns), 1):
            if (only := is_group(row)) is not None:
                group = only.text
                continue
            for column, cell in enumerate(row):
                if cell is not None and not cell.heading and (column == 0 or row[column - 1] is not cell):
                    beside = [other.text for other in row if other is not None and other is not cell]
                    yield cell, [*beside, *over[column], group], number

    def numeric(self) -> list[bool]:
        """Tell of each column whether it holds numbers."""
        rows = [row for row in spread(self.body, self.columns) if is_group(row) is None]
        columns = zip(*rows, strict=True) if rows else ()
        return [
            any(found := [is_number(cell.text) for cell in column if cell and not cell.heading and _says(cell)])
            and sum(found) * 2 >= len(found)
            for column in columns
        ]

    def names_of_columns(self) -> list[str]:
        """The headings of each column, as one text."""
        return [", ".join(dict.fromkeys(filter(None, self._over(column)))) for column in range(self.columns)]

    def _over(self, column: int) -> list[str]:
        """The headings above a column."""
        found = []
        for row in spread(self.head, self.columns):
            if (cell := row[column]) is not None:
                found.append(cell.text)
        return found


def _says(cell: Cell) -> bool:
    """Tell whether something stands in a cell other than a dash."""
    return cell.text not in ("", "-", "–", "—", "−")


def is_group(row: list[Cell | None]) -> Cell | None:
    """The one cell of a row that is a heading of those below it; None for any other row."""
    return row[0] if row and len(row) > 1 and len(set(map(id, row))) == 1 else None


def spread(rows: list[list[Cell]], columns: int) -> list[list[Cell | None]]:
    """Rows with a cell at each place that it takes."""
    laid: list[list[Cell | None]] = [[None] * columns for _ in rows]
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            while at < columns and laid[number][at] is not None:
                at += 1
            for down in range(min(cell.down, len(rows) - number)):
                for across in range(at, min(at + cell.across, columns)):
                    laid[number + down][across] = cell
            at += cell.across
    return laid


class NoTableError(ValueError):
    """Error that something is no table; the message says what it is."""


def grid_of(table: Any) -> Grid:
    """The cells of a table of great_tables, a pandas Styler or frame, or of another that makes HTML of itself.

    Raises NoTableError for anything else, for an empty table, and for one that is too large for a page.
    """
    reader = _Reader()
    reader.feed(_html(table))
    reader.close()
    grid = reader.grid
    if not grid.body:
        raise NoTableError("has no rows")
    _leave_out_numbers(grid)
    _join_names(grid)
    if (count := sum(map(len, grid.body))) > _MOST:
        raise NoTableError(f"has {count} cells, of which a page takes {_MOST}")
    return grid


def _leave_out_numbers(grid: Grid) -> None:
    """Leave out the numbers that pandas gives to rows without names."""
    firsts = [row[0] for row in grid.body if row]
    plain = [cell.text for cell in firsts] == [str(number) for number in range(len(grid.body))]
    if plain and all(cell.heading for cell in firsts) and all(not row[0].text for row in grid.head if row):
        for row in (*grid.head, *grid.body):
            del row[0]


def _join_names(grid: Grid) -> None:
    """Put the name that pandas gives to the rows, in a line of its own, in the empty cell above it."""
    if len(grid.head) > 1 and all(grid.head[-2:]):
        above, last = grid.head[-2], grid.head[-1]
        if last[0].text and not above[0].text and not any(cell.text for cell in last[1:]):
            above[0] = last[0]
            del grid.head[-1]


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number and nothing else but its unit."""
    return re.fullmatch(r"[−–-]?[\d.,\s\u00a0\u202f]*\d[\d.,\s\u00a0\u202f]*%?", text) is not None


def _html(table: Any) -> str:
    for name in ("as_raw_html", "to_html", "_repr_html_"):
        if callable(make := getattr(table, name, None)):
            try:
                return str(make())
            except Exception as error:  # of whatever made it
                raise NoTableError(f"cannot be shown: {type(error).__name__}: {str(error)[:160]}") from None
    raise NoTableError(f"is made of something that is no table: {type(table).__name__}")


class _Reader(HTMLParser):
    """Reads the first table in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grid = Grid()
        self.part, self.silent = "", 0
        self.inside, self.over = False, False
        self.row: list[Cell] | None = None
        self.cell: Cell | None = None
        self.caption: Cell | None = None
        self.marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.inside and tag in _REFUSED:
            self.grid.refused[_REFUSED[tag]] = None
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table" and not self.over:
            self.inside = True
        elif self.inside:
            self._open(tag, given)

    def _open(self, tag: str, given: dict[str, str]) -> None:
        classes = given.get("class", "")
        if tag in ("thead", "tbody", "tfoot"):
            self.part = tag
        elif tag == "caption":
            self.caption = Cell()
        elif tag == "tr":
            self._close()
            self.row = []
            self.part = "title" if "gt_heading" in classes else "thead" if self.part == "title" else self.part
        elif tag in ("td", "th") and self.row is not None:
            heading = tag == "th" and "gt_group_heading" not in classes
            self.cell = Cell([], heading, _count(given.get("colspan")), _count(given.get("rowspan")))
            self.row.append(self.cell)
        elif tag == "br" and (into := self.cell or self.caption):
            into.spans.append(Span(" "))
        elif tag in _LEVELS:
            self.marks.append(_LEVELS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.inside:
            self._close()
            self.inside, self.over = False, True
        elif self.inside and tag == "tr":
            self._close()
        elif tag in ("td", "th"):
            self.cell = None
        elif tag == "caption" and self.caption:
            self.grid.title.append(self.caption)
            self.caption = None
        elif tag in _LEVELS and _LEVELS[tag] in self.marks:
            self.marks.remove(_LEVELS[tag])

    def _close(self) -> None:
        """Keep the row that is open, if something stands in it."""
        row, self.row, self.cell = self.row or [], None, None
        if not any(cell.text for cell in row):
            return
        if self.part == "title":
            self.grid.title += row
        elif self.part == "tfoot":
            self.grid.foot += row
        elif self.part == "thead":
            self.grid.head.append(row)
        else:
            self.grid.body.append(row)

    def handle_data(self, data: str) -> None:
        if self.inside and not self.silent and (into := self.cell or self.caption):
            into.spans.append(Span(data, tuple(self.marks)))


def _count(text: str | None) -> int:
    return min(int(text), 100) if text and text.isascii() and text.isdigit() and int(text) else 1


def html_of(grid: Grid, label: str) -> str:
    """A table as HTML of a page; ``label`` names it for screen readers."""
    numeric = grid.numeric()
    head = "".join(f"<tr>{''.join(_heading(cell) for cell in row)}</tr>" for row in grid.head)
    rows = []
    for row in grid.body:
        cells, at = [], 0
        for cell in row:
            tag, scope = ("th", ' scope="row"') if cell.heading or (at == 0 and len(row) > 1) else ("td", "")
            if len(row) == 1 and cell.across > 1:
                tag, scope = "th", ' scope="colgroup"'
            number = ' class="num"' if tag == "td" and at < len(numeric) and numeric[at] else ""
            cells.append(f"<{tag}{scope}{number}{_spans(cell)}>{_marked(cell)}</{tag}>")
            at += cell.across
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = f"<caption>{'. '.join(_marked(cell) for cell in grid.title)}</caption>" if grid.title else ""
    foot = "".join(f'<p class="note">{_marked(cell)}</p>' for cell in grid.foot)
    return (
        f'<section class="table-scroll" tabindex="0" aria-label="{escape(label)}"><table>{title}'
        f"{f'<thead>{head}</thead>' if head else ''}<tbody>{''.join(rows)}</tbody></table></section>{foot}"
    )


def _heading(cell: Cell) -> str:
    scope = "colgroup" if cell.across > 1 else "col"
    return f'<th scope="{scope}"{_spans(cell)}>{_marked(cell)}</th>' if cell.text else f"<td{_spans(cell)}></td>"


def _spans(cell: Cell) -> str:
    return "".join(f' {name}="{n}"' for name, n in (("colspan", cell.across), ("rowspan", cell.down)) if n > 1)


def _marked(cell: Cell) -> str:
    """The text of a cell with its marks."""
    found = []
    for text, marks in cell.spans:
        opened = "".join(f"<{mark}>" for mark in dict.fromkeys(marks))
        closed = "".join(f"</{mark}>" for mark in reversed(dict.fromkeys(marks)))
        found.append(f"{opened}{escape(text)}{closed}")
    return " ".join("".join(found).split())
