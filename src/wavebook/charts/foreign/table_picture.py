"""A table as a picture, for those who share or download it: its rows as lines of text, in the two widths."""

from __future__ import annotations

from math import fsum

from wavebook.charts.foreign.cells import Cell, Grid, is_group, spread
from wavebook.charts.layout import WIDTHS
from wavebook.charts.svg import escaped
from wavebook.charts.theme import LINE, PAGE_FONT, SIZE, colour, text_width, wrap

_GAP, _PAD = 14, 5  # px between columns, and above and below a row
_LEAST = 60  # px of a column whose text is broken


def drawn_table(grid: Grid, width: int) -> str:
    """A table as SVG in a width in px; where its columns do not fit, a list of its rows."""
    widths = _widths(grid, width)
    lines = _Lines(width)
    for cell in grid.title:
        lines.put([(0, cell.text, "start")], width, bold=True)
    if widths is None:
        _list(grid, lines, width)
    else:
        for rows in (grid.head, grid.body):
            _rows(spread(rows, grid.columns), lines, widths, grid.numeric(), heading=rows is grid.head)
    for cell in grid.foot:
        lines.put([(0, cell.text, "start")], width)
    return lines.svg()


class _Lines:
    """Lines of text below each other."""

    def __init__(self, width: int) -> None:
        self.width, self.y, self.drawn = width, 0.0, list[str]()

    def put(self, texts: list[tuple[float, str, str]], room: float, *, bold: bool = False) -> None:
        """Put texts beside each other, each broken where it is wider than ``room``."""
        self.put_all([(x, wrap(text, room), anchor) for x, text, anchor in texts], bold=bold)

    def put_all(self, texts: list[tuple[float, list[str], str]], *, bold: bool = False) -> None:
        """Put texts in lines beside each other."""
        weight = ' font-weight="bold"' if bold else ""
        for x, lines, anchor in texts:
            for number, line in enumerate(lines):
                y = self.y + _PAD + LINE * number + SIZE
                at = f'transform="translate({x:g},{y:g})" text-anchor="{anchor}"'
                if line:
                    self.drawn.append(f'<text {at}{weight} fill="{colour("text")}">{escaped(line)}</text>')
        self.y += 2 * _PAD + LINE * max((len(lines) for _, lines, _ in texts), default=1)

    def rule(self, paint: str = "grid") -> None:
        """Draw a rule below what is there."""
        self.drawn.append(f'<path d="M0 {self.y:g}H{self.width}" stroke="{colour(paint)}"/>')

    def svg(self) -> str:
        """The drawing."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.y + 2:g}" font-size="{SIZE}" '
            f'font-family="{PAGE_FONT}">{"".join(self.drawn)}</svg>'
        )


def _widths(grid: Grid, width: int) -> list[float] | None:
    """The widths of the columns; None where they do not fit beside each other."""
    wanted, least = [0.0] * grid.columns, [0.0] * grid.columns
    for row in (*grid.head, *grid.body):
        at = 0
        for cell in row:
            if cell.across == 1 and at < grid.columns:
                words = cell.text.split() or [""]
                wanted[at] = max(wanted[at], text_width(cell.text, bold=cell.heading))
                least[at] = max(least[at], min(wanted[at], max(_LEAST, *(text_width(word) for word in words))))
            at += cell.across
    room = width - _GAP * (grid.columns - 1)
    if fsum(wanted) <= room:
        wanted[0] += room - fsum(wanted)
        return wanted
    if fsum(least) > room:
        return None
    spare, more = room - fsum(least), fsum(wanted) - fsum(least)
    return [low + spare * (high - low) / more for low, high in zip(least, wanted, strict=True)]


def _rows(
    rows: list[list[Cell | None]], lines: _Lines, widths: list[float], numeric: list[bool], *, heading: bool
) -> None:
    """Rows below each other, each cell in its columns; one that takes several rows stands in the first of them."""
    lefts = [sum(widths[:at]) + _GAP * at for at in range(len(widths))]
    seen: set[int] = set()
    for row in rows:
        texts, group = [], is_group(row)
        for at, cell in enumerate(row):
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            room = sum(widths[at : at + cell.across]) + _GAP * (cell.across - 1)
            right = numeric[at] and group is None
            texts.append((lefts[at] + room if right else lefts[at], wrap(cell.text, room), "end" if right else "start"))
        lines.put_all(texts, bold=heading or group is not None)
        lines.rule("muted" if heading and row is rows[-1] else "grid")


def _list(grid: Grid, lines: _Lines, width: int) -> None:
    """The rows below each other, each cell after the heading of its column."""
    heads = grid.names_of_columns()
    for row in grid.body:
        first, *others = row
        lines.put([(0, first.text, "start")], width, bold=True)
        at = first.across
        for cell in others:
            name = heads[at] if at < len(heads) else ""
            half = width * (0.6 if is_short(cell) else 0.35)
            lines.put_all([(0, wrap(name, half), "start"), (width, wrap(cell.text, width - half - _GAP), "end")])
            at += cell.across
        lines.rule()


def is_short(cell: Cell) -> bool:
    """Tell whether the text of a cell takes less than half of a line of a phone."""
    return text_width(cell.text) < WIDTHS["narrow"] * 0.4
