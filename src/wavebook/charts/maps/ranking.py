"""A ranking beside a picture: names and values from one end to the other, with what they are compared with."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import Box, value_text
from wavebook.charts.marks import Datum, at_px, block, layer, text_layers
from wavebook.charts.options import Options
from wavebook.charts.ramp import SWATCH, rects
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.figures import Figure, Figures
from wavebook.language.wording import number
from wavebook.language.words import words_in

MOST = 20  # rows; of more, those at both ends
_ROW = 21  # px


class Ranked(NamedTuple):
    """A row: the number of its point, its name, figure and colour, and the mark of its remarks."""

    at: int
    name: str
    figure: Figure
    fill: str
    mark: str


def ranking(
    rows: list[Ranked], options: Options, figures: Figures, width: float, corner: tuple[float, float]
) -> tuple[list[alt.Chart], dict[int, Box], float]:
    """Rows with colour, name and value from ``corner`` on: layers, the place of each row by its point, and the end."""
    left, y = corner
    language = figures.language
    words = words_in(language).charts
    heading = {None: "ranked_down", "descending": "ranked_down", "ascending": "ranked_up"}.get(options.sort, "ranked")
    texts: list[Datum] = [block(left, y, wrap(words["ranked" if options.order else heading], width))]
    values: list[Datum] = []
    swatches: list[Datum] = []
    rules: list[Datum] = []
    spots: dict[int, Box] = {}
    y += LINE + 6
    for item in _with_references(_shown(rows, options), options):
        if isinstance(item, int):
            texts.append(
                {
                    "x": left + SWATCH + 8,
                    "y": y + _ROW / 2,
                    "text": words["between"].format(n=number(item, 0, language)),
                }
            )
            y += _ROW
        elif isinstance(item, str):
            lines = wrap(item, width - SWATCH - 8)
            texts.append(block(left + SWATCH + 8, y + 3, lines))
            rules.append({"x": left, "x2": left + SWATCH, "y": y + 3 + LINE / 2})
            y += LINE * len(lines) + 5
        else:
            value = value_text(item.figure, language)
            lines = wrap(item.name, width - SWATCH - 16 - text_width(value, bold=True))
            tall = LINE * len(lines) + _ROW - LINE
            spots[item.at] = Box(left - 3, left + width, y, y + tall)
            swatches.append({"x": left, "x2": left + SWATCH, "y": y + 3, "y2": y + 3 + SWATCH, "fill": item.fill})
            lines[-1] += item.mark
            texts.append(block(left + SWATCH + 8, y + 2, lines))
            values.append({"x": left + width - 3, "y": y + 2 + LINE / 2, "text": value})
            y += tall
    made = [
        *rects(swatches, outlined=True),
        *layer(rules, "rule", {"color": colour("text"), "strokeWidth": 2}, **at_px(), x2=alt.X2(field="x2")),
        *text_layers(texts),
        *text_layers(values, align="right", fontWeight="bold"),
    ]
    return made, spots, y


def _shown(rows: list[Ranked], options: Options) -> list[Ranked | int]:
    """All rows, or of many those at both ends and what is highlighted or has a remark; else how many are left out."""
    if len(rows) <= MOST:
        return [*rows]
    half = MOST // 2 - 1
    shown: list[Ranked | int] = []
    for place, row in enumerate(rows):
        own = bool(options.highlight) and options.is_lit(row.figure.key)
        if place < half or place >= len(rows) - half or own or row.mark:
            shown.append(row)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return shown


def _with_references(rows: list[Ranked | int], options: Options) -> list[Ranked | int | str]:
    """The rows with what they are compared with, each where it would stand; at the end where there is no ranking."""
    made: list[Ranked | int | str] = [*rows]
    rising = options.sort == "ascending"
    ordered = not options.order and options.sort in (None, "descending", "ascending")
    for reference in options.references:
        before = [
            place
            for place, row in enumerate(made)
            if isinstance(row, Ranked)
            and (row.figure.number < reference.value if rising else row.figure.number > reference.value)
        ]
        made.insert((before[-1] + 1 if before else 0) if ordered else len(made), reference.text)
    return made
