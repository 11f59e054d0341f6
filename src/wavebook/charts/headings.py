"""Headings of columns: above each where they fit, else one below the other with a line down, never turned."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from wavebook.charts.marks import Datum, at_px, block, haloed, layer, text_layers
from wavebook.charts.theme import LINE, colour, text_width, wrap

_LINES = 3


def _wrapped(texts: Sequence[str], cell: float) -> list[list[str]] | None:
    """The headings in lines of the width of a column; None where one does not fit."""
    lines = [wrap(text, cell - 6) for text in texts]
    wide = any(text_width(line) > cell - 2 for some in lines for line in some)
    return None if wide or max(map(len, lines), default=0) > _LINES else lines


def height_of(texts: Sequence[str], cell: float) -> float:
    """The px that headings of columns of this width need."""
    lines = _wrapped(texts, cell)
    return LINE * (len(texts) if lines is None else max(map(len, lines), default=0))


def headings(texts: Sequence[str], left: float, cell: float, bottom: float, width: float) -> list[alt.Chart]:
    """Headings of columns of ``cell`` px from ``left`` on, the last line of each at ``bottom``."""
    if (lines := _wrapped(texts, cell)) is not None:
        placed = [block(left + (i + 0.5) * cell - 1, bottom - LINE * len(some), some) for i, some in enumerate(lines)]
        return text_layers(placed, align="center")
    return _stairs(texts, left, cell, bottom, width)


def width_for(texts: Sequence[str], least: float) -> float:
    """The px of a column in which every heading fits, and no less than ``least``."""
    return max([least, *(text_width(word) + 8 for text in texts for word in text.split())])


def _stairs(texts: Sequence[str], left: float, cell: float, bottom: float, width: float) -> list[alt.Chart]:
    """Headings that begin, or near the right edge end, at a line down to their column."""
    at = [left + (i + 0.5) * cell - 1 for i in range(len(texts))]
    spans = [(x, text_width(text) + 6) for x, text in zip(at, texts, strict=True)]
    turn = min(range(len(texts), -1, -1), key=lambda turn: _crossings(spans, turn, width))
    named: dict[str, list[Datum]] = {"left": [], "right": []}
    rules: list[Datum] = []
    for level, i in enumerate([*reversed(range(turn, len(texts))), *range(turn)]):
        y = bottom - LINE * (len(texts) - level)
        named["right" if i >= turn else "left"].append(block(at[i] + (-4 if i >= turn else 4), y, [texts[i]]))
        rules.append({"x": at[i], "y": y + 3, "y2": bottom + 2})
    return [
        *layer(rules, "rule", {"color": colour("muted")}, **at_px(), y2=alt.Y2(field="y2")),
        *haloed(named["left"]),
        *haloed(named["right"], align="right"),
    ]


def _crossings(spans: Sequence[tuple[float, float]], turn: int, width: float) -> tuple[int, int]:
    """How many headings leave the picture, and how many lines run through one, if those from ``turn`` on end at theirs.

    They stand above the others, the last at the top; so only the others have lines running through them.
    """
    outside = sum(x + long > width for x, long in spans[:turn]) + sum(x < long for x, long in spans[turn:])
    return outside, sum(x < other < x + long for x, long in spans[:turn] for other, _ in spans[turn:])
