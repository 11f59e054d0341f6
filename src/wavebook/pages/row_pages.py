"""Pages of figures, for a table that is too large for one: each with the rows of an indicator, or of a part of it.

Rows are in the order of declarations: breakdown, segment, category, wave. A page ends between two categories or
segments, so that the index, or a small script, can tell from a row's anchor on which page it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from docutils import nodes

from wavebook.core import hashes
from wavebook.core.text import capital
from wavebook.figures import Figures, Key
from wavebook.figures.rows import Rows
from wavebook.language.words import words_in
from wavebook.pages.uses import Generated

MOST = 1000
"""The most rows on a page, unless a book says otherwise; a page of so many is some 40 KB, compressed."""
FOLDER = "figures"
"""The folder of these pages in a site."""


class row_index(Generated, nodes.General, nodes.Element):
    """The place of the list of all pages of figures; ``series`` has the address and text of each, for the search."""


@dataclass(frozen=True)
class RowPage:
    """A page of figures: its name in the site, and the places of its rows in the table.

    ``breakdown`` is None on a page with all of an indicator. ``first`` and ``last`` are the places of a segment among
    those of its breakdown, and of a category among those of its indicator.
    """

    name: str
    indicator: str
    breakdown: str | None
    rows: np.ndarray
    first: tuple[int, int]
    last: tuple[int, int]


class Layout:
    """The pages of figures of an edition: none when all its figures are few enough for one page."""

    def __init__(self, figures: Figures, most: int = MOST):
        self.figures, self.most = figures, most

    @cached_property
    def pages(self) -> list[RowPage]:
        """The pages, in the order of the indicators."""
        return _pages(self.figures, self.most) if len(self.figures) > self.most else []

    @cached_property
    def _page_of(self) -> np.ndarray:
        """For each row, the place of its page."""
        found = np.zeros(len(self.figures), np.int32)
        for place, page in enumerate(self.pages):
            found[page.rows] = place
        return found

    def page_of(self, key: Key) -> str:
        """The name of the page with a figure's row; empty when no page but that of all figures has it."""
        row = self.figures.rows.find(key) if self.pages else None
        return "" if row is None else self.pages[self._page_of[row]].name

    @property
    def ends(self) -> str:
        """Where each page begins and ends: as long as it is the same, links to rows are."""
        told = [(page.name, page.first, page.last, len(page.rows)) for page in self.pages]
        return hashes.of(repr(told), hashes.COMPARED) if told else ""

    @cached_property
    def segments(self) -> dict[str, list[str]]:
        """The segments of each breakdown, in the order of the pages."""
        return {by: segments for by, segments in _groups(self.figures)[1].items() if by}

    def neighbours(self, place: int) -> tuple[RowPage | None, RowPage | None]:
        """The pages of the same indicator before and after one."""
        found = [self.pages[at] if 0 <= at < len(self.pages) else None for at in (place - 1, place + 1)]
        own = self.pages[place].indicator
        before, after = (page if page and page.indicator == own else None for page in found)
        return before, after


def _pages(figures: Figures, most: int) -> list[RowPage]:
    rows, d = figures.rows, figures.definitions
    group, segments = _groups(figures)
    place = {name: _ranks(rows, name, order) for name, order in _orders(figures).items()}
    ordered = np.lexsort((place["wave"], place["population"], place["category"], group, place["indicator"]))
    breakdowns, starts = list(segments), np.cumsum([0, *map(len, segments.values())])
    made: list[RowPage] = []
    ends = np.flatnonzero(np.diff(place["indicator"][ordered])) + 1
    for own in np.split(ordered, ends):
        indicator = rows.words["indicator"].at(own[0])
        declared = ["", *d.indicators[indicator].categories]
        nth = {category: at for at, category in enumerate(declared)}
        by_code = np.array([nth.get(value, 0) for value in rows.words["category"].values])
        part, kind = group[own], by_code[rows.words["category"].codes[own]]
        if len(own) <= most:
            made.append(RowPage(f"{FOLDER}/{indicator}", indicator, None, own, (0, 0), (0, 0)))
            continue
        within = np.searchsorted(starts, part, side="right") - 1
        for some in np.split(np.arange(len(own)), np.flatnonzero(np.diff(within)) + 1):
            breakdown = breakdowns[within[some[0]]]
            for number, (start, end) in enumerate(_cuts(part[some], kind[some], most), start=1):
                at = some[start:end]
                first, last = ((int(part[r] - starts[within[r]]), int(kind[r])) for r in (at[0], at[-1]))
                nth_page = str(number) if number > 1 else ""
                name = "-".join(filter(None, (indicator, breakdown.replace("*", "."), nth_page)))
                made.append(RowPage(f"{FOLDER}/{name}", indicator, breakdown, own[at], first, last))
    return made


def _cuts(part: np.ndarray, kind: np.ndarray, most: int) -> Iterable[tuple[int, int]]:
    """Where pages of rows begin and end: at most ``most`` rows, but all of a category and segment together."""
    bounds = np.append(np.flatnonzero((np.diff(part) != 0) | (np.diff(kind) != 0)) + 1, len(part))
    start = 0
    while start < len(part):
        fits = int(np.searchsorted(bounds, start + most, side="right")) - 1
        end = int(bounds[max(fits, int(np.searchsorted(bounds, start, side="right")))])
        yield start, end
        start = end


def _groups(figures: Figures) -> tuple[np.ndarray, dict[str, list[str]]]:
    """For each row the place of its group among all, and the segments by breakdown; those without one come first."""
    rows, d = figures.rows, figures.definitions
    by, segment = rows.words["segment_by"], rows.words["segment"]
    codes, inverse = np.unique(by.codes.astype(np.int64) * len(segment.values) + segment.codes, return_inverse=True)
    pairs = [(by.values[code // len(segment.values)], segment.values[code % len(segment.values)]) for code in codes]
    nth = {(name, value): at for name, split in d.breakdowns.items() for at, value in enumerate(split.values)}
    declared = {name: at for at, name in enumerate(["", *d.breakdowns])}
    ordered = sorted(pairs, key=lambda pair: (declared.get(pair[0], len(declared)), pair[0], nth.get(pair, 0), pair[1]))
    rank = {pair: at for at, pair in enumerate(ordered)}
    segments: dict[str, list[str]] = {}
    for name, value in ordered:
        segments.setdefault(name, []).append(value)
    return np.array([rank[pair] for pair in pairs])[inverse], segments


def _orders(figures: Figures) -> dict[str, Sequence[object]]:
    """The order of the contents of columns on a page."""
    d, rows = figures.definitions, figures.rows
    categories = dict.fromkeys(["", *(name for item in d.indicators.values() for name in item.categories)])
    return {
        "wave": [*d.waves],
        "population": ["", *d.populations],
        "category": list(categories),
        "indicator": rows.words["indicator"].used(),
    }


def _ranks(rows: Rows, name: str, order: Sequence[object]) -> np.ndarray:
    column, nth = rows.words[name], {value: at for at, value in enumerate(order)}
    return np.array([nth.get(value, len(nth)) for value in column.values], int)[column.codes]


# --- texts ------------------------------------------------------------------------------------------------


def title(figures: Figures, page: RowPage) -> str:
    """The name of a page for readers."""
    name = figures.definitions.indicators[page.indicator].name[figures.language]
    part = about(figures, page)
    return capital(f"{name}{', ' if page.breakdown else ': '}{part}" if part else name)


def about(figures: Figures, page: RowPage) -> str:
    """The part of an indicator that a page has, for readers: empty for all of it."""
    if page.breakdown is None:
        return ""
    d, language = figures.definitions, figures.language
    everyone = figures.people("") or words_in(language).tables["everyone"]
    keys = [figures.rows.key(int(page.rows[at])) for at in (0, -1)]
    ends = " – ".join(dict.fromkeys(figures.segment_label(key) or everyone for key in keys))
    split = d.breakdowns.get(page.breakdown)
    return f"{split[language]}: {ends}" if split else ends


def stamp(figures: Figures, page: RowPage) -> str:
    """A hash of what the page's figures are."""
    return figures.rows.take(page.rows).digest


def anchor_of(rows: Rows, breakdown: str, segment: str) -> str:
    """The part of a row's anchor that names its segment."""
    key = Key(rows.words["wave"].values[0], "x", rows.words["population"].values[0], "", "", "")
    rest = key.anchor.removeprefix("x-")
    return key._replace(segment_by=breakdown, segment=segment).anchor[len("x-") : -len(rest) - 1]
