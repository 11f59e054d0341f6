"""Two groups back to back over the same categories, such as men and women by age."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from wavebook.charts.chart import Check, Sketch, Table, across_full_break, check
from wavebook.charts.footnotes import Footnotes
from wavebook.charts.form import form
from wavebook.charts.grid import Line, Side, sides_of
from wavebook.charts.layout import WIDTHS, Axis, Box, Spot, extent, value_text
from wavebook.charts.marks import HUES, Datum, Look, at_px, block, frame, layer, px, spot_layers, text_layers
from wavebook.charts.options import Options
from wavebook.charts.ramp import SWATCH, rects
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.words import Point, point, said
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import number
from wavebook.language.words import words_in

_THICK, _APART = 18, 6  # px
_CENTRE = {"wide": 130, "narrow": 92}  # the most px for the names of categories between both sides, else above them


class Half(NamedTuple):
    """A bar: its figure, that of the wave before if there is one, and its side."""

    figure: Figure
    before: Figure | None
    side: int


class Tier(NamedTuple):
    """A category with its bars to the left and to the right, as far as they are known."""

    label: str
    halves: tuple[Half | None, Half | None]


class Pyramid(NamedTuple):
    """All that is drawn: tiers from the top down, the names of both sides, and the waves, oldest first."""

    tiers: list[Tier]
    sides: tuple[Line, Line]
    waves: list[str]


@form("sort", "order", "highlight", "label", "note", "scale")
def pyramid(name: str, selection: Selection, options: Options) -> Sketch:
    """Bars of two groups back to back over ordered categories, such as men and women by age.

    The groups are the first way in which the figures differ that has two values, the categories the other. The first
    declared category is at the bottom, unless ``sort`` or ``order`` says otherwise. With two waves the newest is filled
    and the other an outline. ``label`` says which values are written: "all", "peaks" (the highest of each side),
    "none", or names.

    Raises
    ------
    ProblemsError
        Units differ (W332), a full break is crossed (W334), the figures are not of two groups over categories in one or
        two waves (W368), or one is below zero (W369).
    """
    figures = selection.figures
    shape = [side for side in sides_of(selection) if not side.is_time]
    pair = _pair(shape, selection)
    waves = sorted({key.wave for key in selection.keys}, key=figures.definitions.order)
    below = [str(figure.key) for figure in selection if figure.number < 0]
    check(
        name,
        selection,
        across_full_break(selection),
        (
            pair is None or len(waves) > 2,
            "W368",
            f"differs in {len(shape)} ways, over {len(waves)} waves",
            'Select two groups over categories, say "share@sex=*,age=*", in one wave or two.',
        ),
        (below, "W369", f"has values below zero: {', '.join(below)}", "Use charts.bars or charts.dots."),
        _from_zero(options),
    )
    made = _pyramid(selection, options, pair or (shape[0], shape[1]), waves)
    notes = Footnotes(options)
    for half in _halves(made):
        notes.number(half.figure.key)
    return Sketch(
        lambda width: _Drawing(made, options, notes, figures, width).layers(),
        points=[[_point(tier, half, made, figures) for half in tier.halves if half] for tier in made.tiers],
        table=_table(made, figures),
        told=_told(made, figures),
        breaks=figures.breaks(selection.keys),
    )


def _pair(shape: list[Side], selection: Selection) -> tuple[Side, Side] | None:
    """The way in which both groups differ, and that of the categories; None if the figures have another shape."""
    two = next((side for side in shape if len({side.of(key) for key in selection.keys}) == 2), None)
    others = [side for side in shape if side is not two]
    return (two, others[0]) if two and len(others) == 1 else None


def _from_zero(options: Options) -> Check:
    low, high = options.scale or (0, 0)
    return low != 0, "W339", f"has bars on a scale from {low:g} to {high:g}", "Begin at zero."


def _pyramid(selection: Selection, options: Options, pair: tuple[Side, Side], waves: list[str]) -> Pyramid:
    """The tiers from the top down: the first declared at the bottom unless another order is asked for."""
    figures, (halves, tier) = selection.figures, pair
    found: dict[object, dict[tuple[object, str], Figure]] = {}
    lines: dict[object, Line] = {}
    groups: dict[object, Line] = {}
    for key in selection.keys:
        found.setdefault(tier.of(key), {})[halves.of(key), key.wave] = figures[key]
        lines.setdefault(tier.of(key), Line(capital(tier.name(key)), key))
        groups.setdefault(halves.of(key), Line(capital(halves.name(key)), key))
    order = options.sorted(
        lines, lambda of: lines[of].key, lambda of: max(f.number for f in found[of].values()), default="declared"
    )
    if options.sort is None and not options.order:
        order.reverse()
    left, right = groups

    def half(of: object, group: object, side: int) -> Half | None:
        figure = found[of].get((group, waves[-1]))
        before = found[of].get((group, waves[0])) if len(waves) > 1 else None
        return Half(figure, before, side) if figure else None

    tiers = [Tier(lines[of].label, (half(of, left, 0), half(of, right, 1))) for of in order]
    return Pyramid(tiers, (groups[left], groups[right]), waves)


def _halves(made: Pyramid) -> list[Half]:
    return [half for tier in made.tiers for half in tier.halves if half]


def _point(tier: Tier, half: Half, made: Pyramid, figures: Figures) -> Point:
    """A bar as a reader who explores is told of it, with the wave before; its place is its side."""
    side = made.sides[half.side].label
    more = []
    if half.before:
        then = value_text(half.before, figures.language)
        more = [words_in(figures.language).charts["in"].format(value=then, wave=figures.called(made.waves[0]))]
    return {**point(side, half.figure, f"{tier.label}, {side}", figures, *more), "wave": half.side}


def _table(made: Pyramid, figures: Figures) -> Table:
    language = figures.language
    several = len(made.waves) > 1
    columns = [(side, wave) for side in (0, 1) for wave in made.waves]

    def cell(tier: Tier, side: int, wave: str) -> str:
        half = tier.halves[side]
        found = half and (half.figure if wave == made.waves[-1] else half.before)
        return said(found or None, language)

    names = [made.sides[s].label + (f", {figures.called(w)}" if several else "") for s, w in columns]
    return {
        "head": [words_in(language).charts["topic"], *names],
        "rows": [[tier.label, *(cell(tier, *column) for column in columns)] for tier in made.tiers],
    }


def _told(made: Pyramid, figures: Figures) -> list[str]:
    """Which group is on which side, the highest of each, where they differ most, and in how many one is the higher."""
    language = figures.language
    words = words_in(language).charts
    left, right = (side.label for side in made.sides)
    told = [words["pyramid"].format(left=left, right=right)]
    for side, name in enumerate((left, right)):
        there = [(tier, half) for tier in made.tiers if (half := tier.halves[side])]
        if there:
            tier, half = max(there, key=lambda item: item[1].figure.printed)
            value = half.figure.text(language, "prose")
            told.append(words["with_value"].format(what=words["highest"], name=f"{name}, {tier.label}", value=value))
    both = [(t.label, a.figure, b.figure) for t in made.tiers if (a := t.halves[0]) and (b := t.halves[1])]
    if len(both) > 2:
        label, one, other = max(both, key=lambda item: abs(item[1].printed - item[2].printed))
        texts = {"left": one.text(language, "prose"), "right": other.text(language, "prose")}
        told.append(words["widest"].format(name=label, a=left, b=right, **texts))
        higher = [sum(a.printed > b.printed for _, a, b in both), sum(a.printed < b.printed for _, a, b in both)]
        most = 0 if higher[0] >= higher[1] else 1
        n, of = (number(count, 0, language) for count in (higher[most], len(both)))
        told.append(words["higher_in"].format(name=(left, right)[most], n=n, of=of))
    return told


class _Drawing:
    """The pyramid at one width."""

    def __init__(self, made: Pyramid, options: Options, notes: Footnotes, figures: Figures, width: int) -> None:
        self.made, self.options, self.notes, self.figures, self.width = made, options, notes, figures, width
        most = _CENTRE["wide" if width >= WIDTHS["wide"] else "narrow"]
        longest = max(text_width(tier.label) for tier in made.tiers)
        self.above = width < WIDTHS["wide"] and (longest > most or len(made.waves) > 1)
        self.names = [wrap(tier.label, width if self.above else most) for tier in made.tiers]
        inner = max(text_width(line) for lines in self.names for line in lines)
        self.centre = 8 if self.above else inner + 16
        drawn = [f for half in _halves(made) for f in (half.figure, half.before) if f]
        high = options.scale[1] if options.scale else max(extent(drawn))
        half = (width - self.centre) / 2
        self.middle = width / 2
        texts = [text_width(self._text(item), bold=True) for item in _halves(made) if self._is_written(item)]
        room = half - max(texts, default=0) - 10
        ends = self.middle - self.centre / 2, self.middle + self.centre / 2
        self.axes = Axis(0, high or 1, ends[0], ends[0] - room), Axis(0, high or 1, ends[1], ends[1] + room)

    def _text(self, half: Half) -> str:
        """The value, and that of the wave before in brackets."""
        before = f" ({value_text(half.before, self.figures.language)})" if half.before else ""
        return value_text(half.figure, self.figures.language) + before + self.notes.mark(half.figure.key)

    def _is_written(self, half: Half) -> bool:
        label = self.options.label
        if label in ("peaks", "ends"):
            return half.figure.number == max(h.figure.number for h in _halves(self.made) if h.side == half.side)
        return label is None or self.options.is_labelled(half.figure.key)

    def layers(self) -> alt.LayerChart:
        """All marks in a frame."""
        made, y = self._legend()
        bars: list[Datum] = []
        outlines: list[Datum] = []
        values: tuple[list[Datum], list[Datum]] = ([], [])
        spans: list[Datum] = []
        names: list[Datum] = []
        spots: list[Spot] = []
        for tier, lines in zip(self.made.tiers, self.names, strict=True):
            tall = LINE * len(lines)
            room = tall + _THICK + 2 * _APART if self.above else max(_THICK + _APART, tall + 4)
            names.append(block(self.middle, y if self.above else y + (room - tall) / 2, lines))
            top = y + tall + 1 if self.above else y + (room - _THICK) / 2
            for half in filter(None, tier.halves):
                axis = self.axes[half.side]
                box = self._box(half.figure, axis, top)
                fill = HUES[half.side] if self.options.is_lit(half.figure.key) else colour("muted")
                bars.append({**box._asdict(), "fill": fill})
                if half.before:
                    outlines.append(self._box(half.before, axis, top)._asdict())
                if ends := half.figure.interval:
                    spans.append({"x": axis.px(ends[0]), "x2": axis.px(ends[1]), "y": top + _THICK / 2})
                if self._is_written(half):
                    furthest = max(extent([f for f in (half.figure, half.before) if f]))
                    x = axis.px(furthest) + (6 if half.side else -6)
                    values[half.side].append({"x": x, "y": top + _THICK / 2, "text": self._text(half)})
                area = Box(0, self.middle, y, y + room) if not half.side else Box(self.middle, self.width, y, y + room)
                spots.append(Spot(area, box))
            y += room
        below, y = self.notes.layers(y + 8, self.width)
        whiskers: Look = {**at_px(), "x2": alt.X2(field="x2")}
        drawn = [
            *made,
            *rects(bars),
            *_outlined(outlines),
            *layer(spans, "rule", {"strokeWidth": 6, "color": colour("surface")}, **whiskers),
            *layer(spans, "rule", {"strokeWidth": 2, "color": colour("text")}, **whiskers),
            *text_layers(names, align="center"),
            *text_layers(values[0], align="right", fontWeight="bold"),
            *text_layers(values[1], fontWeight="bold"),
            *below,
            *spot_layers(spots),
        ]
        return frame(drawn, self.width, y)

    def _box(self, figure: Figure, axis: Axis, top: float) -> Box:
        x, x2 = sorted((axis.start, axis.px(figure.number)))
        return Box(x, x2, top, top + _THICK)

    def _legend(self) -> tuple[list[alt.Chart], float]:
        """The names of both sides above them, and of two waves which is filled."""
        y, swatches, texts = 0.0, list[Datum](), list[Datum]()
        if len(self.made.waves) > 1:
            x = 0.0
            now, before = (self.figures.called(wave) for wave in reversed(self.made.waves))
            for name in (now, f"({before})"):
                swatches.append({"x": x, "x2": x + SWATCH, "y": y + 1, "y2": y + 1 + SWATCH})
                texts.append({"x": x + SWATCH + 6, "y": y + LINE / 2, "text": name})
                x += SWATCH + 6 + text_width(name) + 16
            y += LINE + 10
        left, right = (wrap(side.label, self.middle - self.centre / 2, 13) for side in self.made.sides)
        tall = LINE * max(len(left), len(right))
        heads = (
            [block(self.axes[0].start, y + tall - LINE * len(left), left)],
            [block(self.axes[1].start, y + tall - LINE * len(right), right)],
        )
        filled = [{**row, "fill": colour("muted")} for row in swatches[:1]]
        return [
            *rects(filled),
            *_outlined(swatches[1:]),
            *text_layers(texts),
            *text_layers(heads[0], align="right", fontWeight="bold"),
            *text_layers(heads[1], fontWeight="bold"),
        ], y + tall + 6


def _outlined(rows: list[Datum]) -> list[alt.Chart]:
    """Boxes without ground: what was before."""
    where: Look = {"x": px(alt.X), "x2": alt.X2(field="x2"), "y": px(alt.Y), "y2": alt.Y2(field="y2")}
    style: Look = {"filled": False, "stroke": colour("text"), "strokeWidth": 1.5, "opacity": 1}
    return layer(rows, "rect", style, **where)
