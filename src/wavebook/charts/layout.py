"""The layout of a chart: boxes, axes and their values, in px, so that no machine's fonts move anything."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from wavebook.core.text import capital
from wavebook.core.units import PERCENTAGE_POINT
from wavebook.definitions import Language, Unit
from wavebook.figures import Figure, Figures
from wavebook.language.wording import Style, decimals_of, quantity
from wavebook.language.words import words_in

WIDTHS = {"wide": 640, "narrow": 320}


class Row(NamedTuple):
    """A label with the figures drawn beside it."""

    label: str
    figures: tuple[Figure, ...]


Group = tuple[str, list[Row]]  # a heading and the rows below it


class Box(NamedTuple):
    """A rectangle in px."""

    x: float
    x2: float
    y: float
    y2: float

    def wider(self, margin: float) -> Box:
        """The same with a margin around it."""
        return Box(self.x - margin, self.x2 + margin, self.y - margin, self.y2 + margin)


class Spot(NamedTuple):
    """A point of a chart for a reader who explores it: the area that answers to pointer and focus, and its mark."""

    area: Box
    mark: Box


class Axis(NamedTuple):
    """A linear scale: ``low`` lies at ``start`` px and ``high`` at ``stop`` px."""

    low: float
    high: float
    start: float
    stop: float

    def px(self, value: float) -> float:
        """The position of ``value`` in px."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)


def spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Centres near ``wanted`` at which blocks of ``heights`` stay apart, between ``low`` and ``high``."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    centres = list(wanted)
    for _ in range(200):
        for upper, lower in pairwise(order):
            overlap = (heights[upper] + heights[lower]) / 2 - (centres[lower] - centres[upper])
            if overlap > 0:
                centres[upper] -= overlap / 2
                centres[lower] += overlap / 2
        for i in order:
            centres[i] = min(max(centres[i], low + heights[i] / 2), high - heights[i] / 2)
    return centres


def tick_values(unit: Unit, values: list[float]) -> list[float]:
    """Round axis values around ``values``: from zero, except for grades, a window of at least one and a half."""
    low, high = min(values), max(values)
    if unit.kind == "score":
        step = 0.5 if high - low < 2 else 1
        start, stop = math.floor(max(unit.low, low - 0.05) / step), math.ceil(min(unit.high, high + 0.05) / step)
        while (stop - start) * step < 1.5:
            below = low - start * step <= stop * step - high
            below = (below or stop * step >= unit.high) and start * step > unit.low
            start, stop = (start - 1, stop) if below else (start, stop + 1)
    else:
        low, high = min(low, 0), max(high, 0)
        size = max(high - low, 1e-9) / 5
        power = 10 ** math.floor(math.log10(size))
        step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= size)
        start, stop = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 6) for i in range(start, stop + 1)]


def _decimals(ticks: list[float]) -> int:
    return max(decimals_of(tick) for tick in ticks)


def tick_texts(ticks: list[float], unit: Unit, language: Language) -> list[str]:
    """The values of an axis as it shows them, with equally many decimals."""
    style: Style = "bare" if unit == PERCENTAGE_POINT else "chart"
    return [quantity(tick, unit, _decimals(ticks), language, style=style) for tick in ticks]


def axis_title(drawn: list[Figure], ticks: list[float], figures: Figures) -> str:
    """The words beside an axis: its unit, and for grades its two ends, as it does not start at zero."""
    unit, words = drawn[0].unit, words_in(figures.language).axes
    title = words[unit.name]
    if unit.kind == "score":
        texts = tick_texts(ticks, unit, figures.language)
        title = words["window"].format(unit=title, low=texts[0], high=texts[-1])
    indicators = {f.key.indicator for f in drawn}
    if len(indicators) == 1:
        title = f"{figures.definitions.indicators[indicators.pop()].name[figures.language]}, {title}"
    return capital(title)


def extent(figures: Iterable[Figure]) -> list[float]:
    """All values that must fit on an axis, including ends of intervals."""
    return [v for f in figures for v in (f.value, f.ci_low, f.ci_high) if v is not None]


def value_text(figure: Figure, language: Language) -> str:
    """The value as it stands in the drawing; "procentpunt" stands once, in the heading."""
    return figure.text(language, "bare" if figure.unit == PERCENTAGE_POINT else "chart")


def dot_box(x: float, y: float) -> Box:
    """The box of a dot around its centre."""
    return Box(x - 5, x + 5, y - 5, y + 5)
