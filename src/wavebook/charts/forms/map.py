"""Regions coloured by value, with a ranking beside them."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from wavebook.charts.chart import NothingToDrawError, Sketch, Table, check
from wavebook.charts.footnotes import Footnotes
from wavebook.charts.form import form
from wavebook.charts.layout import WIDTHS, Box, value_text
from wavebook.charts.maps.ranking import Ranked, ranking
from wavebook.charts.maps.region_marks import areas, hatches, outlines, rings
from wavebook.charts.maps.regions import Atlas, Region, hatching, lean
from wavebook.charts.marks import Datum, block, frame, haloed, inked
from wavebook.charts.options import Options
from wavebook.charts.ramp import Entry, Ramp, legend
from wavebook.charts.theme import LINE, colour, text_width
from wavebook.charts.words import Point, point, said
from wavebook.core.text import capital
from wavebook.definitions.shapes import Ring
from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import headed, listing, number
from wavebook.language.words import words_in

_BESIDE, _APART = 226, 24  # px for the ranking, and between it and the map
_TALLEST = {"wide": 440, "narrow": 400}
_MOST = {"wide": 20_000, "narrow": 14_000}  # characters of outlines, so that the picture stays below 30 KB


class Part(NamedTuple):
    """A region of the map: its key, its name, and its figure if it has one."""

    segment: str
    name: str
    figure: Figure | None
    hidden: bool


@form("sort", "order", "highlight", "label", "note", "reference", "scale")
def map(name: str, selection: Selection, options: Options) -> Sketch:
    """A map of the segments of a breakdown that has shapes, the darker the higher, with a ranking beside it.

    ``label`` says which regions have their name and value on the map: "peaks" (highest and lowest), "all", "none", or
    names; ``sort`` is that of the ranking, and ``reference`` has its place in it. A region without a figure is hatched.
    Where all regions lie within one segment of a larger breakdown, the map shows that one.

    Raises
    ------
    ProblemsError
        Units differ (W332), no breakdown of the figures has shapes (W366), or a region has several figures (W367).
    """
    figures = selection.figures
    by = _breakdown(selection)
    if figures.segment and figures.own[0] == by:
        raise NothingToDrawError
    twice = _twice(selection, by)
    known = ", ".join(figures.definitions.shapes) or "no breakdown"
    check(
        name,
        selection,
        (not by, "W366", "is of no breakdown with shapes", f"Declare shapes for one; {known} has them."),
        (twice, "W367", f"has several figures of {', '.join(twice)}", "Select one of each, or use charts.multiples."),
    )
    parts = _parts(selection, by, options)
    drawn = [part.figure for part in parts if part.figure]
    atlas = Atlas(_shapes(figures, by, parts))
    ramp, notes = Ramp.of(drawn, options.scale), Footnotes(options)
    for figure in drawn:
        notes.number(figure.key)
    made = _Map(parts, atlas, ramp, notes, options, figures)
    return Sketch(
        made.draw,
        points=[[_point(part, figures)] for part in made.explored],
        table=_table(parts, by, figures),
        told=_told(parts, ramp, made.regions(WIDTHS["wide"]), figures),
        whiskers=False,
    )


def _breakdown(selection: Selection) -> str:
    """The breakdown with shapes of which every key has a segment; empty if there is none."""
    shapes = selection.figures.definitions.shapes
    own = selection.figures.own[0]
    return next((by for by in (*shapes, own) if by and all(by in dict(key.parts) for key in selection.keys)), "")


def _twice(selection: Selection, by: str) -> list[str]:
    found = [dict(key.parts).get(by, "") for key in selection.keys]
    return [segment for segment in dict.fromkeys(found) if segment and found.count(segment) > 1]


def _parts(selection: Selection, by: str, options: Options) -> list[Part]:
    """The regions in the order of the ranking; after them those without a figure."""
    figures = selection.figures
    declared = figures.definitions.segments[by]
    found = {dict(key.parts)[by]: figures[key] for key in selection.keys}
    inside = {declared.parents.get(segment) for segment in found}
    shown = [s for s in declared.values if len(inside) > 1 or declared.parents.get(s) in inside]
    ranked = options.sorted(found, lambda s: found[s].key, lambda s: found[s].number, default="descending")
    hidden = {segment for segment in shown if segment not in found and _is_hidden(selection, by, segment)}
    without = [segment for segment in shown if segment not in found]
    return [Part(s, figures.name_of(by, s), found.get(s), s in hidden) for s in (*ranked, *without)]


def _is_hidden(selection: Selection, by: str, segment: str) -> bool:
    key = selection.keys[0]
    combined = "*".join(segment if name == by else value for name, value in key.parts)
    found = selection.figures.rows.get(key._replace(segment=combined))
    return found is not None and found.value is None


def _shapes(figures: Figures, by: str, parts: list[Part]) -> dict[str, tuple[Ring, ...]]:
    rings = figures.definitions.shapes[by].rings
    return {part.segment: rings[part.segment] for part in parts}


def _point(part: Part, figures: Figures) -> Point:
    if part.figure:
        return {**point(part.name, part.figure, part.name, figures), "wave": 0}
    words = words_in(figures.language).charts
    says = [headed(part.name, "", figures.language), words["hidden" if part.hidden else "no_figure"], ""]
    return {"series": part.name, "wave": 0, "says": says}


def _table(parts: list[Part], by: str, figures: Figures) -> Table:
    language, d = figures.language, figures.definitions
    words = words_in(language).charts
    key = next(part.figure for part in parts if part.figure).key
    indicator = d.indicators[key.indicator]
    category = indicator.categories[key.category][language] if key.category else ""
    others = [figures.name_of(*other) for other in key.parts if other[0] != by]
    what = capital(", ".join(filter(None, [indicator.name[language], category, *others, figures.called(key.wave)])))
    return {
        "head": [capital(d.segments[by][language]), what],
        "rows": [[p.name, words["withheld"] if p.hidden else said(p.figure, language)] for p in parts],
    }


def _told(parts: list[Part], ramp: Ramp, regions: dict[str, Region], figures: Figures) -> list[str]:
    """The highest and lowest region, the class of most, a side towards which values rise, and what is missing."""
    language = figures.language
    words = words_in(language).charts
    known = sorted((p for p in parts if p.figure), key=lambda p: -p.figure.number if p.figure else 0)
    ends = [(words["highest"], known[0]), *([(words["lowest"], known[-1])] if ramp.limits else [])]
    told = [words["map"]]
    told += [
        words["with_value"].format(what=what, name=part.name, value=part.figure.text(language, "prose"))
        for what, part in ends
        if part.figure
    ]
    classes = [ramp.class_of(part.figure) for part in known if part.figure]
    most = max(sorted(set(classes)), key=classes.count)
    if ramp.limits and classes.count(most) * 2 > len(known):
        n, of = (number(count, 0, language) for count in (classes.count(most), len(known)))
        told.append(words["most_in_class"].format(n=n, of=of, values=ramp.words(language)[most]))
    if side := lean(regions, {part.segment: part.figure.number for part in known if part.figure}):
        told.append(words[f"rises_{side}"])
    for key, some in (
        ("hidden_cells", [part.name for part in parts if part.hidden]),
        ("no_figures", [part.name for part in parts if not part.figure and not part.hidden]),
    ):
        if some:
            told.append(words[key].format(n=number(len(some), 0, language), named=listing(some, language)))
    return told


class _Map:
    """The map at each width."""

    def __init__(
        self,
        parts: list[Part],
        atlas: Atlas,
        ramp: Ramp,
        notes: Footnotes,
        options: Options,
        figures: Figures,
    ) -> None:
        self.parts, self.atlas, self.ramp, self.notes = parts, atlas, ramp, notes
        self.options, self.figures, self.language = options, figures, figures.language
        self._fitted: dict[tuple[int, float], dict[str, Region]] = {}
        narrow = self.regions(WIDTHS["narrow"])
        # As they are ranked; but a dot is above the region that it lies in, so that a reader can point at it.
        self.explored = sorted(parts, key=lambda part: narrow[part.segment].is_dot)

    def _room(self, width: int) -> tuple[float, bool]:
        """The width of the map, and whether the ranking stands beside it."""
        beside = width >= WIDTHS["wide"] and self.atlas.ratio < 1.9
        return (width - _BESIDE - _APART if beside else width), beside

    def regions(self, width: int, top: float = 0) -> dict[str, Region]:
        """The regions as this width draws them."""
        variant = "wide" if width >= WIDTHS["wide"] else "narrow"
        if (width, top) not in self._fitted:
            room = self._room(width)[0] - 12  # a dot at the edge stays inside
            corner = (6, top + 6)
            most = _MOST[variant] // (3 if self.options.panel else 1)
            self._fitted[width, top] = self.atlas.fitted(room, _TALLEST[variant], most, corner)
        return self._fitted[width, top]

    def draw(self, width: int) -> alt.LayerChart:
        """All marks in a frame."""
        room, beside = self._room(width)
        figure = next(part.figure for part in self.parts if part.figure)
        made, swatches, top = legend(figure.unit, self._entries(), self.language, room)
        regions = self.regions(width, top)
        bottom = max(region.box.y2 for region in regions.values()) + 10
        corner = (room + _APART, 0) if beside else (4, bottom + 12)  # a ring around a row stays inside
        across = _BESIDE if beside else width - 8
        ranked, spots, end = ranking(self._ranked(), self.options, self.figures, across, corner)
        below, bottom = self.notes.layers(max(bottom, end) + 6, width)
        rows = [
            {"at": i, "path": regions[part.segment].path, "fill": self._fill(part)}
            for i, part in enumerate(self.explored)
        ]
        lines = [line for part in self.parts if not part.figure for line in hatching(regions[part.segment])]
        if any(not part.figure for part in self.parts):
            lines += _hatched(swatches[-1])
        small = [row for row, part in zip(rows, self.explored, strict=True) if regions[part.segment].is_dot]
        drawn = [
            *made,
            *outlines([row for row in rows if row not in small]),
            *outlines(small),
            *hatches(lines),
            *self._labels(regions),
            *ranked,
            *below,
            *rings(rows, spots),
            *areas(rows),
        ]
        return frame(drawn, width, bottom - 4)

    def _fill(self, part: Part) -> str:
        if not part.figure:
            return colour("surface")
        return self.ramp.fill(part.figure) if self.options.is_lit(part.figure.key) else colour("grid")

    def _entries(self) -> list[Entry]:
        told = zip(self.ramp.steps, self.ramp.words(self.language), strict=True)
        entries = [Entry(colour(f"ramp-{step}"), text) for step, text in told]
        if any(not part.figure for part in self.parts):
            entries.append(Entry(colour("surface"), words_in(self.language).charts["no_figure"], "hatch"))
        return entries

    def _ranked(self) -> list[Ranked]:
        return [
            Ranked(
                self.explored.index(part), part.name, part.figure, self._fill(part), self.notes.mark(part.figure.key)
            )
            for part in self.parts
            if part.figure
        ]

    def _labels(self, regions: dict[str, Region]) -> list[alt.Chart]:
        """Names and values on the map, of those that are asked for; of all, those that fit in their regions."""
        figures = {part.segment: part.figure.number for part in self.parts if part.figure}
        peaks = (max(figures, key=figures.__getitem__), min(figures, key=figures.__getitem__))
        dots = [region.box for region in regions.values() if region.is_dot]
        edge = max(region.box.x2 for region in regions.values())
        plain: list[Datum] = []
        across: list[Datum] = []
        taken: list[Box] = []
        for part in sorted(self.parts, key=lambda part: part.segment not in peaks):
            if not part.figure or not self._is_labelled(part.figure, part.segment in peaks):
                continue
            region = regions[part.segment]
            lines = [part.name, value_text(part.figure, self.language) + self.notes.mark(part.figure.key)]
            half = max(text_width(line) for line in lines) / 2 + 2
            x = min(max(region.x, half), max(edge - half, half))
            tries = [
                Box(x - half, x + half, region.y + off - LINE, region.y + off + LINE)
                for off in (0, -LINE * 1.4, LINE * 1.4)
            ]
            free = [box for box in tries if not any(_overlap(box, other) for other in (*dots, *taken))]
            box = (free or tries)[0]
            inside = box is tries[0] and 2 * half <= region.room
            if self.options.label == "all" and part.segment not in peaks and not (free and (inside or region.is_dot)):
                continue
            taken.append(box)
            row = block(x, box.y, lines)
            (plain if inside else across).append({**row, "ink": self._ink(part.figure)} if inside else row)
        return [*inked(plain), *haloed(across, align="center")]

    def _is_labelled(self, figure: Figure, is_peak: bool) -> bool:
        by_default = self.options.label in (None, "peaks", "ends") and is_peak
        return by_default or self.options.is_labelled(figure.key)

    def _ink(self, figure: Figure) -> str:
        return self.ramp.ink(figure) if self.options.is_lit(figure.key) else colour("text")


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x2 and b.x < a.x2 and a.y < b.y2 and b.y < a.y2


def _hatched(box: Box) -> list[Datum]:
    """The hatching of a swatch."""
    size = box.x2 - box.x
    return [
        {"x": box.x, "y": box.y + size / 2, "x2": box.x + size / 2, "y2": box.y},
        {"x": box.x, "y": box.y2, "x2": box.x2, "y2": box.y},
        {"x": box.x + size / 2, "y": box.y2, "x2": box.x2, "y2": box.y + size / 2},
    ]
