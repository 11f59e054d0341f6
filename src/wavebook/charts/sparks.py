"""Sparks: lines the size of a word, on one axis of time and, where they stand together, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from wavebook.charts.series import as_known, links
from wavebook.charts.theme import colour
from wavebook.figures import Figure, Figures

Series = Sequence[Figure]

WIDTH, HEIGHT = 160, 40  # px; as large as two lines of text
_EDGE = 5
_STEPS = 8  # a change that text may call hardly one is no more than this part of the height
_INTERVALS = 3  # and an interval no more than this part


class Frame(NamedTuple):
    """What sparks share: the times of their left and right end, and how much of the unit their height is."""

    first: float
    last: float
    span: float


def sparks(sets: Sequence[Sequence[Series]], figures: Figures) -> list[list[str]]:
    """The sparks of a page, set by set: all on one axis of time, those of a set with one unit on one scale.

    A scale is never so fine that a change which the text may call hardly one, or an interval, fills it.
    """
    times = [figures.time(figure) for together in sets for series in together for figure in series]
    drawn: list[list[str]] = []
    for together in sets:
        found: list[str] = []
        for series in together:
            alike = [as_known(other) for other in together if other[0].unit == series[0].unit]
            span = max(_span(other, figures) for other in alike)
            found.append(spark(series, Frame(min(times), max(times), span), figures))
        drawn.append(found)
    return drawn


def _span(series: Series, figures: Figures) -> float:
    """The part of its unit that a series takes, or the least that may fill the height."""
    values = [figure.number for figure in series]
    intervals = [ends[1] - ends[0] for figure in series if (ends := figure.interval)]
    margins = [figures.definitions.indicators[figure.key.indicator].margin for figure in series]
    return max(max(values) - min(values), _STEPS * max(margins), _INTERVALS * max(intervals, default=0))


def spark(series: Series, frame: Frame, figures: Figures) -> str:
    """A line without axes, with a dot at its end.

    It stops at a break, which is an upright dashed rule, and is dotted through waves whose figures are not known. It
    says nothing to a screen reader: the sentence beside it does.
    """
    series = as_known(series)
    values = [figure.number for figure in series]
    middle = (min(values) + max(values)) / 2

    def across(time: float) -> float:
        return round(_EDGE + (time - frame.first) / ((frame.last - frame.first) or 1) * (WIDTH - 2 * _EDGE), 1)

    def at(figure: Figure) -> tuple[str, str]:
        y = HEIGHT / 2 - (figure.number - middle) / (frame.span or 1) * (HEIGHT - 2 * _EDGE)
        return f"{across(figures.time(figure)):g}", f"{y:.1f}"

    between, strokes, cuts = links(series, figures), "", ""
    for start, end, bond, _ in between:
        if bond == "broken":
            x = across((figures.time(start) + figures.time(end)) / 2)
            cuts += f'<line x1="{x:g}" x2="{x:g}" y1="2" y2="{HEIGHT - 2}"/>'
        else:
            dotted = ' stroke-width="1.5" stroke-dasharray="0 4"' if bond == "unknown" else ""
            strokes += f'<path d="M{",".join(at(start))}L{",".join(at(end))}"{dotted}/>'
    if cuts:
        cuts = f'<g stroke="{colour("muted")}" stroke-dasharray="2 2">{cuts}</g>'
    bonds = ["broken", *(link.bond for link in between), "broken"]
    alone = [f for f, sides in zip(series, pairwise(bonds), strict=True) if "known" not in sides]
    dots = [(figure, 4 if figure is series[-1] else 2.5) for figure in dict.fromkeys([*alone, series[-1]])]
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{cuts}'
        f'<g fill="none" stroke="{colour("1")}" stroke-width="2" stroke-linecap="round">{strokes}</g>'
        + "".join(f'<circle cx="{x}" cy="{y}" r="{r:g}" fill="{colour("1")}"/>' for f, r in dots for x, y in [at(f)])
        + "</svg>"
    )
