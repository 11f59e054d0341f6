"""The layout of a chart: boxes, axes and their values, in px, so that no machine's fonts move anything."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wavebook.core.text import capital
from wavebook.definitions import Language, Unit
from wavebook.figures import Figure, Figures
from wavebook.language.wording import Style, decimals_of, exact, has_symbol, quantity, scale_name
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


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres near ``wanted`` at which blocks of ``heights`` stay apart, between ``low`` and ``high``.

    Blocks that would cover each other stand against each other around the mean of where they are wanted, so that no
    other places are nearer (regression on an order, by pooling neighbours).
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    offsets, reach = dict[int, float](), 0.0  # of each centre when all blocks stand against each other
    for i in order:
        offsets[i] = reach + heights[i] / 2
        reach += heights[i]
    pools: list[list[float]] = []  # where the first block would begin, for each of some neighbours
    for i in order:
        pools.append([wanted[i] - offsets[i]])
        while len(pools) > 1 and _mean(pools[-2]) >= _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    starts = [max(min(_mean(pool), high - reach), low) for pool in pools for _ in pool]
    centres = {i: start + offsets[i] for i, start in zip(order, starts, strict=True)}
    return [centres[i] for i in range(len(wanted))]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def ticks_between(low: float, high: float, unit: Unit) -> list[float]:
    """Axis values from ``low`` to ``high``, both included, and round ones in between."""
    size = (high - low) / 5
    step = _clock_step(size, unit) if unit.clock else _round_step(size)
    inside = _ticks(math.ceil(low / step), math.floor(high / step), step)
    return [low, *(tick for tick in inside if low + 0.6 * step <= tick <= high - 0.6 * step), high]


def tick_values(unit: Unit, values: list[float]) -> list[float]:
    """Round axis values around ``values``: from zero, except for scores and indices, which have a window."""
    low, high = min(values), max(values)
    if unit.is_score or unit.base is not None:
        return _window(unit, low, high)
    low, high = min(low, 0), max(high, 0)
    if high - low < _LEAST:  # all are zero, or print as it
        low, high = 0, 5
    size = (high - low) / 5
    step = _clock_step(size, unit) if unit.clock else _round_step(size)
    return _ticks(math.floor(low / step), math.ceil(high / step), step)


_LEAST = 0.05  # across values that an axis can tell apart


def _window(unit: Unit, low: float, high: float) -> list[float]:
    """The values of an axis that does not start at zero, within the scale; around the base of an index."""
    if unit.base is not None:
        low, high = min(low, unit.base), max(high, unit.base)
    across = unit.high - unit.low if unit.is_bounded else 0
    least = min(max(across / 6, 1.5) if across > 20 else 1.5, across or 1.5)
    if across > 20 or not unit.is_bounded:
        step = _round_step(max(high - low, least) / 4)
    else:
        step = 0.5 if high - low < 2 else 1
    start, stop = math.floor(max(unit.low, low - 0.05) / step), math.ceil(min(unit.high, high + 0.05) / step)
    while (stop - start) * step < least:
        below = low - start * step <= stop * step - high
        below = (below or stop * step >= unit.high) and start * step > unit.low
        start, stop = (start - 1, stop) if below else (start, stop + 1)
    return _ticks(start, stop, step)


def _ticks(start: int, stop: int, step: float) -> list[float]:
    return [round(i * step, 6) for i in range(start, stop + 1)]


def _round_step(size: float) -> float:
    power = 10 ** math.floor(math.log10(size))
    return next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= size)


def _clock_step(step: float, unit: Unit) -> float:
    """A step of whole quarters or hours, in the unit."""
    per = 60 if unit.duration == "hour" else 1
    sizes = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
    return next((size for size in sizes if size >= step * per), math.ceil(step * per / 1440) * 1440) / per


def _times(ticks: list[float], unit: Unit) -> tuple[int, str]:
    """The number by which large ones are divided on an axis, and the words for that."""
    most = max(map(abs, ticks)) if unit.kind in ("count", "amount") else 0
    return (10**6, "millions") if most >= 10**6 else (1000, "thousands") if most >= 10**5 else (1, "")


def tick_texts(ticks: list[float], unit: Unit, language: Language) -> list[str]:
    """The values of an axis as it shows them, with equally many decimals; large ones in thousands or millions."""
    style: Style = "chart" if has_symbol(unit) else "bare"
    times, _ = _times(ticks, unit)
    shown = [exact(tick) / times for tick in ticks]
    places = max(map(decimals_of, shown))
    return [quantity(tick, unit, places, language, style=style) for tick in shown]


def axis_title(drawn: list[Figure], ticks: list[float], figures: Figures) -> str:
    """The words beside an axis: its unit, and the two ends of a window, as that does not start at zero."""
    unit, language = drawn[0].unit, figures.language
    words, title = words_in(language).axes, scale_name(unit, language)
    if large := _times(ticks, unit)[1]:
        title = words[large].format(unit=title)
    if unit.is_score or ticks[0] > 0 or ticks[-1] < 0:
        texts = tick_texts(ticks, unit, language)
        title = words["window"].format(unit=title, low=texts[0], high=texts[-1])
    indicators = {f.key.indicator for f in drawn}
    if len(indicators) == 1:
        title = f"{figures.definitions.indicators[indicators.pop()].name[language]}, {title}"
    return capital(title)


def extent(figures: Iterable[Figure]) -> list[float]:
    """All values that must fit on an axis, including ends of intervals."""
    return [v for f in figures for v in (f.value, f.ci_low, f.ci_high) if v is not None]


def value_text(figure: Figure, language: Language) -> str:
    """The value as it stands in the drawing; a word for its unit stands once, beside the axis."""
    return figure.text(language, "chart" if has_symbol(figure.unit) else "bare")


def dot_box(x: float, y: float) -> Box:
    """The box of a dot around its centre."""
    return Box(x - 5, x + 5, y - 5, y + 5)
