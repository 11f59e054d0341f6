"""A ramp of colours from little to much: values in classes with round limits, and a legend that says them in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import Box, tick_texts
from wavebook.charts.marks import Datum, at_px, layer, px, text_layers
from wavebook.charts.theme import LINE, STEPS, colour, text_width, wrap
from wavebook.core.text import capital
from wavebook.definitions import Language, Unit
from wavebook.figures import Figure
from wavebook.language.wording import exact, scale_name
from wavebook.language.words import words_in

_SPREAD = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}  # steps of the ramp by classes
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)
SWATCH = 14  # px


@dataclass(frozen=True)
class Ramp:
    """Classes of values between ``limits``, all of one unit; a value on a limit is in the class above it."""

    limits: tuple[Decimal, ...]
    unit: Unit

    @classmethod
    def of(cls, drawn: Iterable[Figure], scale: tuple[float, float] | None = None) -> Ramp:
        """A ramp for these figures, as they are printed; from one end of ``scale`` to the other where it is given."""
        drawn = list(drawn)
        values = [figure.printed for figure in drawn]
        decimals = max(figure.decimals for figure in drawn)
        ends = [*map(exact, scale)] if scale else values
        return cls(_limits(ends, decimals, drawn[0].unit), drawn[0].unit)

    @property
    def steps(self) -> tuple[int, ...]:
        """The step of the ramp of each class."""
        return _SPREAD[len(self.limits) + 1]

    def class_of(self, figure: Figure) -> int:
        """The class of a figure, the lowest first; readers who see its value find it where the legend says."""
        return sum(figure.printed >= limit for limit in self.limits)

    def fill(self, figure: Figure) -> str:
        """The colour of a figure."""
        return colour(f"ramp-{self.steps[self.class_of(figure)]}")

    def ink(self, figure: Figure) -> str:
        """The colour of text on the colour of a figure."""
        return colour(f"ramp-text-{self.steps[self.class_of(figure)]}")

    def words(self, language: Language) -> list[str]:
        """The classes in words, the lowest first."""
        words = words_in(language).charts
        if not self.limits:
            return [words["one_class"]]
        texts = tick_texts([float(limit) for limit in self.limits], self.unit, language)
        between = [words["class_between"].format(low=a, high=b) for a, b in pairwise(texts)]
        return [words["class_below"].format(high=texts[0]), *between, words["class_above"].format(low=texts[-1])]


def _limits(values: Sequence[Decimal], decimals: int, unit: Unit) -> tuple[Decimal, ...]:
    """Round limits within the values, of at most this many decimals, for as many classes as there are steps, or fewer.

    Where the shortest round classes are one more, the one at the end with the fewest values joins the next.
    """
    low, high = min(values), max(values)
    if low == high:
        return ()
    for step in _round_steps(high - low, unit):
        if not unit.clock and step != round(step, decimals):
            continue
        first, last = math.floor(low / step) + 1, math.ceil(high / step)
        if last - first <= STEPS:
            limits = [step * i for i in range(first, last)]
            if len(limits) == STEPS:
                outer = sum(value < limits[0] for value in values), sum(value >= limits[-1] for value in values)
                limits.pop(0 if outer[0] <= outer[1] else -1)
            return tuple(limits) or (high,)
    raise ArithmeticError("no step is long enough")


def _round_steps(size: Decimal, unit: Unit) -> Iterable[Decimal]:
    """Lengths of classes, the shortest first."""
    if unit.clock:
        per = 60 if unit.duration == "hour" else 1
        yield from (Decimal(minutes) / per for minutes in _MINUTES if Decimal(minutes) / per * (STEPS + 1) >= size)
    power = Decimal(10) ** ((size / STEPS).adjusted())
    yield from (power * tens * m for tens in (1, 10) for m in _ROUND if power * tens * m * (STEPS + 1) >= size)


class Entry(NamedTuple):
    """What a legend explains: a mark in words. ``mark`` is text in the swatch, or "hatch"."""

    fill: str
    words: str
    mark: str = ""


def legend(
    unit: Unit, entries: Sequence[Entry], language: Language, width: float, left: float = 0
) -> tuple[list[alt.Chart], list[Box], float]:
    """A heading and swatches with words, in as many lines as they need: layers, places of swatches, and their height.

    ``left`` is the x of the left edge.
    """
    heading = wrap(capital(scale_name(unit, language)), width)
    rows: list[Datum] = []
    texts: list[Datum] = [{"x": left, "y": LINE / 2 + LINE * i, "text": line} for i, line in enumerate(heading)]
    marks: list[Datum] = []
    boxes: list[Box] = []
    x, y = 0.0, LINE * len(heading) + 6.0
    for entry in entries:
        room = SWATCH + 6 + text_width(entry.words)
        if x and x + room > width:
            x, y = 0.0, y + LINE + 4
        box = Box(left + x, left + x + SWATCH, y, y + SWATCH)
        boxes.append(box)
        rows.append({**box._asdict(), "fill": entry.fill})
        texts.append({"x": box.x2 + 6, "y": y + SWATCH / 2, "text": entry.words})
        if entry.mark and entry.mark != "hatch":
            marks.append({"x": box.x + SWATCH / 2, "y": y + SWATCH / 2, "text": entry.mark})
        x += room + 12
    return (
        [*rects(rows, outlined=True), *text_layers(texts), *text_layers(marks, align="center")],
        boxes,
        y + SWATCH + 12,
    )


def rects(rows: list[Datum], *, outlined: bool = False) -> list[alt.Chart]:
    """Rectangles at px, each with its own ``fill``; with a line around them where they must stand out."""
    where = {**at_px(), "x": px(alt.X), "x2": alt.X2(field="x2"), "y": px(alt.Y), "y2": alt.Y2(field="y2")}
    style = {"opacity": 1, **({"stroke": colour("muted"), "strokeWidth": 1} if outlined else {})}
    return layer(rows, "rect", style, **where, color=alt.Color("fill:N", scale=None, legend=None))
