"""A series as it is drawn: as exactly as all of its figures are known, and in stretches that are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from wavebook.charts.layout import Row
from wavebook.figures import Figure, Figures
from wavebook.language.wording import decimals_of

Bond = Literal["known", "unknown", "broken"]


class Link(NamedTuple):
    """What lies between two figures of a series that follow each other.

    ``known``: nothing that is not drawn. ``unknown``: ``waves`` in which the question was asked and the answer is not
    known. ``broken``: a break of either kind.
    """

    start: Figure
    end: Figure
    bond: Bond
    waves: tuple[str, ...] = ()


def links(series: Sequence[Figure], figures: Figures) -> list[Link]:
    """The links of a series, oldest first: of its own waves, and of no others in its indicator's declaration."""
    return [_link(start, end, figures) for start, end in pairwise(series)]


def _link(start: Figure, end: Figure, figures: Figures) -> Link:
    d, key = figures.definitions, start.key
    if d.breaks_between(key.indicator, key.wave, end.key.wave):
        return Link(start, end, "broken")
    between = (
        w for w in d.asked(key.indicator, end.key.wave) if d.order(key.wave) < d.order(w) < d.order(end.key.wave)
    )
    unknown = tuple(wave for wave in between if not figures.has(key._replace(wave=wave)))
    return Link(start, end, "unknown" if unknown else "known", unknown)


def as_known(figures: Iterable[Figure]) -> list[Figure]:
    """Figures that are drawn on one axis, as exactly as all of them are known.

    A published 7.0 beside an estimate of 6.97 would show a fall that is none. So if one of them has no more decimals
    than readers see, all are drawn as readers see them; an interval stays as it is, and holds its value.
    """
    figures = list(figures)
    rounded = any(decimals_of(f.number) <= f.decimals for f in figures if f.value is not None)
    return [_printed(figure) for figure in figures] if rounded else figures


def rows_as_known(rows: Sequence[Row]) -> list[Row]:
    """Rows that are drawn on one axis, as exactly as all of their figures are known; see ``as_known``."""
    figures = iter(as_known(figure for row in rows for figure in row.figures))
    return [Row(row.label, tuple(next(figures) for _ in row.figures)) for row in rows]


def _printed(figure: Figure) -> Figure:
    """A figure with its value as readers see it."""
    if figure.value is None:
        return figure
    value = float(figure.printed)
    low, high = (None, None) if figure.interval is None else figure.interval
    low, high = None if low is None else min(low, value), None if high is None else max(high, value)
    return replace(figure, value=value, ci_low=low, ci_high=high)
