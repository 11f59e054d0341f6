"""Values through the waves as marks on a door post, where parents measure a child."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt

from wavebook.charts.chart import Sketch, Table, check
from wavebook.charts.form import form
from wavebook.charts.layout import WIDTHS, Axis, Box, Row, Spot, axis_title, spread, tick_texts, tick_values
from wavebook.charts.layout import value_text as shown
from wavebook.charts.marks import HUES, Datum, at_px, block, frame, layer, spot_layers, strength, text_layers
from wavebook.charts.options import Options
from wavebook.charts.rows import series_of
from wavebook.charts.theme import LINE, colour, wrap
from wavebook.charts.words import point, said
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import headed, listing
from wavebook.language.words import words_in

MOST = 2  # series: one on each side of the post
_HEIGHT = 300  # px of the post


class _Sizes(NamedTuple):
    """Sizes in px: half of the post, a mark beside it, and the thin line from there to its label."""

    half: float
    mark: float
    lead: float


_WIDE, _NARROW = _Sizes(28, 44, 12), _Sizes(21, 14, 6)


class Mark(NamedTuple):
    """A mark: the figures of one series that readers see as the same value, oldest first."""

    figures: tuple[Figure, ...]
    last: bool

    @property
    def height(self) -> float:
        """The value at which it is drawn: that of the newest."""
        return self.figures[-1].number


@form("highlight", "scale", "height")
def post(name: str, selection: Selection, options: Options) -> Sketch:
    """Each value as a pencil mark on a door post with its waves beside it; two series stand on its two sides.

    The post is a ruler: it begins where its lowest number says, and the newest marks are the boldest. Waves in which
    readers see the same value share a mark. Time has no direction here; use `charts.lines` where order matters.

    Raises
    ------
    ProblemsError
        The name is not a slug (W331), there are no figures or several units (W332), or more than two series (W333).
    """
    figures, series = selection.figures, series_of(selection)
    action = "Draw one or two; use charts.lines for more."
    check(name, selection, (len(series) > MOST, "W333", f"has {len(series)} series", action))
    words, language = words_in(figures.language).charts, figures.language
    waves = sorted({key.wave for key in selection.keys}, key=figures.definitions.order)
    by_wave = [{f.key.wave: f for f in row.figures} for row in series]
    when = words["year"] if figures.definitions.yearly else words_in(language).tables["wave"]
    table: Table = {
        "head": [when, *(capital(row.label) for row in series)],
        "rows": [[figures.called(w), *(said(found.get(w), language) for found in by_wave)] for w in waves],
    }
    told = [
        headed(
            capital(row.label),
            listing(
                [
                    words["in"].format(value=said(f, language, "prose"), wave=figures.called(f.key.wave))
                    for f in row.figures
                ],
                language,
            ),
            language,
        )
        for row in series
    ]
    return Sketch(
        lambda width: _draw(series, options, figures, width),
        points=[
            [point(row.label, f, f"{row.label}, {figures.called(f.key.wave)}", figures) for f in row.figures]
            for row in series
        ],
        table=table,
        told=[words["post"], *told],
        breaks=figures.breaks(selection.keys),
        whiskers=False,
    )


def _marks(row: Row, figures: Figures) -> list[Mark]:
    """The marks of a series: its figures by the value that readers see, in the order of their newest."""
    groups: dict[str, list[Figure]] = {}
    for figure in row.figures:
        groups.setdefault(shown(figure, figures.language), []).append(figure)
    return [Mark(tuple(found), row.figures[-1] in found) for found in groups.values()]


def _draw(series: list[Row], options: Options, figures: Figures, width: int) -> alt.LayerChart:
    """A post in the middle with its scale, marks and their labels on both sides, and the names of the series above."""
    language, middle = figures.language, width / 2
    sizes = _WIDE if width == WIDTHS["wide"] else _NARROW
    drawn = [f for row in series for f in row.figures]
    ticks = tick_values(drawn[0].unit, [f.number for f in drawn] + list(options.scale or ()))
    title = wrap(axis_title(drawn, ticks, figures), width)
    sides = [-1, 1][: len(series)]
    room = middle - sizes.half - 2
    names = [wrap(capital(row.label), (room - 6) / 1.1) for row in series]
    head = LINE * len(title) + 12
    top = head + LINE * max(map(len, names)) + 16
    height = options.height or _HEIGHT
    up = Axis(ticks[0], ticks[-1], top + height, top)
    layers = _post(ticks, tick_texts(ticks, drawn[0].unit, language), up, middle, sizes.half)
    areas: dict[int, Spot] = {}
    for side, row, lines in zip(sides, series, names, strict=True):
        layers += _side(row, side, up, middle, sizes, options, figures, areas)
        heading = block(middle + side * (sizes.half + 8), head, lines)
        layers += text_layers([heading], align="left" if side > 0 else "right", fontWeight="bold")
    layers += text_layers([block(0, 0, title)])
    layers += spot_layers([areas[id(f)] for f in drawn])
    return frame(layers, width, top + height + 14)


def _post(ticks: list[float], texts: list[str], up: Axis, middle: float, half: float) -> list[alt.Chart]:
    """The post, with its numbers and, between them, lines for each tenth of a step."""
    box: list[Datum] = [{"x": middle - half, "x2": middle + half, "y": up.stop - 14, "y2": up.start + 14}]
    where = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    step = (ticks[1] - ticks[0]) / 5
    lines = [ticks[0] + i * step for i in range(5 * (len(ticks) - 1) + 1)]
    small: list[Datum] = [
        {"x": middle + side * half, "x2": middle + side * (half - 6), "y": up.px(value)}
        for value in lines
        for side in (-1, 1)
    ]
    numbers: list[Datum] = [
        {"x": middle, "y": up.px(tick), "text": text} for tick, text in zip(ticks, texts, strict=True)
    ]
    edge = {"color": colour("muted"), "strokeWidth": 1}
    return [
        *layer(box, "rect", {"color": colour("grid"), "opacity": 0.45}, **where),
        *layer([{**b, "x": x, "x2": x} for b in box for x in (b["x"], b["x2"])], "rule", edge, **where),
        *layer(small, "rule", edge, **at_px(), x2=alt.X2(field="x2")),
        *text_layers(numbers, align="center", color=colour("text")),
    ]


def _side(
    row: Row,
    side: int,
    up: Axis,
    middle: float,
    sizes: _Sizes,
    options: Options,
    figures: Figures,
    areas: dict[int, Spot],
) -> list[alt.Chart]:
    """The marks of a series on one side of the post, with their labels, which are kept apart."""
    marks = _marks(row, figures)
    edge, far = middle + side * sizes.half, 2 * middle if side > 0 else 0
    tip = edge + side * sizes.mark
    start = tip + side * (sizes.lead + 3)
    labels = [_label(mark, figures, abs(far - start)) for mark in marks]
    heights = [LINE * len(lines) + 4 for lines in labels]
    centres = spread([up.px(mark.height) for mark in marks], heights, up.stop - 12, up.start + 12)
    paint = HUES[0] if options.is_lit(*(f.key for f in row.figures)) else colour("muted")
    strokes: dict[bool, list[Datum]] = {True: [], False: []}
    leads: list[Datum] = []
    texts: dict[bool, list[Datum]] = {True: [], False: []}
    for mark, lines, tall, centre in zip(marks, labels, heights, centres, strict=True):
        y = up.px(mark.height)
        strokes[mark.last].append({"x": edge, "x2": tip, "y": y, "y2": y, "series": row.label})
        leads.append({"x": tip, "x2": tip + side * sizes.lead, "y": y, "y2": centre, "series": row.label})
        texts[mark.last].append(block(start, centre - tall / 2 + 2, lines))
        area = Box(min(edge, far), max(edge, far), centre - tall / 2, centre + tall / 2)
        for at, figure in enumerate(mark.figures):
            share = (area.y2 - area.y) / len(mark.figures)
            own = area._replace(y=area.y + at * share, y2=area.y + (at + 1) * share)
            areas[id(figure)] = Spot(own, Box(min(edge, tip), max(edge, tip), y - 3, y + 3))
    align = "left" if side > 0 else "right"
    where = {**at_px(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2"), "opacity": strength()}
    return [
        *layer(leads, "rule", {"color": colour("muted"), "strokeWidth": 1}, **where),
        *layer(strokes[False], "rule", {"color": paint, "strokeWidth": 2, "strokeCap": "round"}, **where),
        *layer(strokes[True], "rule", {"color": paint, "strokeWidth": 6, "strokeCap": "round"}, **where),
        *text_layers(texts[False], align=align),
        *text_layers(texts[True], align=align, fontWeight="bold"),
    ]


def _label(mark: Mark, figures: Figures, room: float) -> list[str]:
    """The value of a mark and the waves that have it, in lines that fit beside it."""
    waves = ", ".join(figures.called(figure.key.wave, short=True) for figure in mark.figures)
    value = shown(mark.figures[-1], figures.language)
    return wrap(f"{value} · {waves}", room / (1.1 if mark.last else 1))
