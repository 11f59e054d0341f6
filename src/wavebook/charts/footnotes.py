"""Remarks at points of a picture in which there is no room for them: a raised figure there, the text below."""

from __future__ import annotations

import altair as alt

from wavebook.charts.marks import Datum, block, text_layers
from wavebook.charts.options import Options
from wavebook.charts.theme import LINE, wrap
from wavebook.figures import Key

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Footnotes:
    """The remarks of a chart, numbered as they are met."""

    def __init__(self, options: Options) -> None:
        self.options, self.texts = options, list[str]()

    def number(self, key: Key) -> None:
        """Give the remarks at a figure their numbers."""
        self.texts += [text for text in self.options.notes_at(key) if text not in self.texts]

    def mark(self, key: Key) -> str:
        """The raised numbers of the remarks at a figure."""
        numbers = [str(self.texts.index(text) + 1) for text in self.options.notes_at(key) if text in self.texts]
        return " ".join(numbers).translate(_RAISED).replace(" ", "⁺")

    def layers(self, y: float, width: float, left: float = 0) -> tuple[list[alt.Chart], float]:
        """The remarks below the picture from ``y`` on, and where they end."""
        rows: list[Datum] = []
        for number, text in enumerate(self.texts, 1):
            lines = wrap(f"{str(number).translate(_RAISED)} {text}", width)
            rows.append(block(left, y, lines))
            y += LINE * len(lines) + 2
        return text_layers(rows), y + (8 if rows else 0)
