"""Stacked bars: their parts in their places, with values in them and what is hidden as gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair as alt

from wavebook.charts.layout import Box, Spot, spread, value_text
from wavebook.charts.level.facets import Facet, grouped
from wavebook.charts.level.ladder import Ladder, Rung, ladder, legend
from wavebook.charts.level.scale_parts import GREY, Paint, Scale, Stretch, missing_in, stretches_of
from wavebook.charts.marks import Datum, Look, at_px, frame, layer, spot_layers, strength, text_layers
from wavebook.charts.options import Options
from wavebook.charts.theme import colour, text_width
from wavebook.core.text import capital
from wavebook.figures import Figure
from wavebook.language.wording import headed, quantity
from wavebook.language.words import words_in

_THICK, _APART = 26, 18  # px of a bar, and between the scale and what stands apart from it
_START = Stretch(0, 0, None, "")  # the middle, or where all bars begin
_LEAST = 9  # px that answer to pointer and focus for the smallest part


def draw_stacked(rows: list[Facet], scale: Scale, options: Options, width: int) -> alt.LayerChart:
    """Bars of parts below a legend; the middle is a level for all rows, and what stands apart begins at one place."""
    figures, words = options.figures, words_in(options.figures.language).charts
    parts = [stretches_of(row, scale, figures) for row in rows]
    empty = [row for row, some in zip(rows, parts, strict=True) if any(part.figure is None for part in some)]
    hidden = all(missing_in(row, scale, figures)[1] for row in empty)
    groups = [
        (heading, [Rung(row.label, _THICK, _remarks(row, scale, options)) for row in some])
        for heading, some in grouped(rows)
    ]
    names = [capital(column.label) for column in scale.columns] + (
        [capital(words["hidden" if hidden else "left_out"])] if empty else []
    )
    left = ladder(groups, width).left
    signs, texts, top = legend(names, width, left)
    placed = ladder(groups, width, top=top)
    across = _across(parts, width - left - 1)
    boxes = [
        [Box(across(part, part.start), across(part, part.stop), *body) for part in row]
        for row, body in zip(parts, placed.bodies, strict=True)
    ]
    shown = [
        (part, box) for row, around in zip(parts, boxes, strict=True) for part, box in zip(row, around, strict=True)
    ]
    paints, series = scale.paints, {column.part: column.label for column in scale.columns}
    known = [
        (part.figure, box, paints[part.part] if options.is_lit(part.figure.key) else GREY)
        for part, box in shown
        if part.figure
    ]
    lit = {figure.key.category for figure, _, paint in known if paint is paints[figure.key.category]}
    keys = [(Box(x, x + 14, y - 7, y + 7), column.part) for (x, y), column in zip(signs, scale.columns, strict=False)]
    spots = [
        spot
        for row, around, room in zip(parts, boxes, placed.rooms, strict=True)
        for spot in _spots(row, around, room, (-left, width - left))
    ]
    layers = [
        *_middle(scale, across(_START, 0), placed),
        *_boxes([(box, paint.fill, series[figure.key.category]) for figure, box, paint in known if box.x2 > box.x]),
        *_gaps([box for part, box in shown if part.figure is None]),
        *_values(known, scale, options),
        *_boxes([(box, (paints[part] if part in lit else GREY).fill, series[part]) for box, part in keys]),
        *_gaps([Box(x, x + 14, y - 7, y + 7) for x, y in signs[len(scale.columns) :]]),
        *text_layers(texts),
        *placed.layers(),
        *spot_layers(spots),
    ]
    return frame(layers, width - left, placed.height, left=left, bottom=4)


def _across(parts: list[list[Stretch]], width: float) -> Callable[[Stretch, float], float]:
    """Where a value in per cent lies, in px: one scale for all, with what stands apart to the right of it."""
    inner = [part for row in parts for part in row if not part.apart]
    low, high = min((part.start for part in inner), default=0), max((part.stop for part in inner), default=0)
    apart = [part.stop for row in parts for part in row if part.apart]
    aside = max(apart, default=0)
    share = (width - (2 * _APART if apart else 0)) / max(high - low + aside, 1e-9)
    return lambda part, value: 0.5 + (value + high - low if part.apart else value - low) * share + _APART * part.apart


def _middle(scale: Scale, x: float, placed: Ladder) -> list[alt.Chart]:
    """A rule at the middle, behind the bars; where names stand above them it keeps clear of these."""
    spans = placed.groups if placed.wide else [(y - 5, y2 + 5) for y, y2 in placed.bodies]
    rules: list[Datum] = [{"x": x, "y": y, "y2": y2} for y, y2 in spans] if scale.has_middle else []
    return layer(rules, "rule", {"color": colour("text")}, **at_px(), y2=alt.Y2(field="y2"))


def _boxes(boxes: Sequence[tuple[Box, str, str]]) -> list[alt.Chart]:
    """Parts with an edge, which sets off those as light as the ground."""
    rows: list[Datum] = [{**box._asdict(), "fill": fill, "series": series} for box, fill, series in boxes]
    where: Look = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    fill = alt.Color("fill:N", scale=None, legend=None)
    edge = {"stroke": colour("muted"), "strokeWidth": 1}
    return layer(rows, "rect", edge, **where, color=fill, opacity=strength())


def _gaps(boxes: Sequence[Box]) -> list[alt.Chart]:
    """Gaps: a dashed edge around nothing."""
    rows: list[Datum] = [box._asdict() for box in boxes]
    edge = {"fill": colour("surface"), "stroke": colour("muted"), "strokeDash": [3, 3]}
    return layer(rows, "rect", edge, **at_px(), x2=alt.X2(field="x2"), y2=alt.Y2(field="y2"))


def _values(parts: Sequence[tuple[Figure, Box, Paint]], scale: Scale, options: Options) -> list[alt.Chart]:
    """Values within their parts, or beside those that stand apart, where there is room; with a sign if all have it."""
    language = options.figures.language
    inside, aside = scale.on("left", "middle", "right"), {column.part for column in scale.on("apart")}
    ends = {inside[0].part, inside[-1].part} if inside else set()
    largest = {row: max(f.number for f, box, _ in parts if box.y == row) for row in {box.y for _, box, _ in parts}}
    texts = {
        f.key: (quantity(f.number, f.unit, f.decimals, language, style="bare"), value_text(f, language))
        for f, _, _ in parts
    }

    def wanted(figure: Figure, box: Box) -> bool:
        if options.label in ("ends", "peaks") and figure.key.category in ends:
            return True
        if options.label == "peaks":
            return figure.number == largest[box.y]
        return options.label is None or options.is_labelled(figure.key)

    def fits(text: str, box: Box) -> bool:
        return text_width(text) + 4 <= box.x2 - box.x

    chosen = [
        (figure, box, paint)
        for figure, box, paint in parts
        if wanted(figure, box) and (figure.key.category in aside or fits(texts[figure.key][0], box))
    ]
    signed = all(fits(texts[figure.key][1], box) for figure, box, _ in chosen)
    found: dict[tuple[str, str], list[Datum]] = {}
    for figure, box, paint in chosen:
        text = texts[figure.key][signed]
        within = fits(text, box)
        x, place = ((box.x + box.x2) / 2, "center") if within else (box.x2 + 4, "left")
        row = {"x": x, "y": (box.y + box.y2) / 2, "text": text}
        found.setdefault((place, paint.ink if within else colour("text")), []).append(row)
    return [made for (place, ink), rows in found.items() for made in text_layers(rows, align=place, color=ink)]


def _remarks(row: Facet, scale: Scale, options: Options) -> list[str]:
    """The remarks on a row; those on one of its parts begin with its name."""
    language = options.figures.language
    found: dict[str, list[str]] = {}
    for column in scale.columns:
        if column.part in row.cells:
            for remark in options.notes_at(row.cells[column.part].key):
                found.setdefault(remark, []).append(capital(column.label))
    return [text if len(on) == len(row.cells) else headed(on[0], text, language) for text, on in found.items() if on]


def _spots(row: list[Stretch], boxes: list[Box], room: tuple[float, float], ends: tuple[float, float]) -> list[Spot]:
    """The area of each part that has a figure: its own width, or a little more where it is small."""
    own = [box for stretch, box in zip(row, boxes, strict=True) if stretch.figure]
    centres = spread([(b.x + b.x2) / 2 for b in own], [max(b.x2 - b.x, _LEAST) for b in own], *ends)
    sizes = [max(b.x2 - b.x, _LEAST) / 2 for b in own]
    areas = [Box(centre - half, centre + half, *room) for centre, half in zip(centres, sizes, strict=True)]
    return [*map(Spot, areas, own)]
