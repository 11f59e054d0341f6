"""Changes from baseline to wave."""

from __future__ import annotations

import math

import altair as alt

from wavebook.charts.chart import Sketch, Table, across_full_break, check
from wavebook.charts.form import form
from wavebook.charts.layout import (
    WIDTHS,
    Axis,
    Box,
    Row,
    Spot,
    axis_title,
    dot_box,
    extent,
    tick_texts,
    tick_values,
    value_text,
)
from wavebook.charts.marks import (
    HUES,
    Datum,
    Look,
    at_px,
    block,
    frame,
    haloed,
    layer,
    level_whiskers,
    px,
    scale_of,
    spot_layers,
    strength,
    text_layers,
)
from wavebook.charts.options import Options
from wavebook.charts.rows import series_of
from wavebook.charts.series import rows_as_known
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.words import Point, point, said
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Figures, Selection
from wavebook.language.wording import exact, headed, quantity
from wavebook.language.words import words_in

_DOT: Look = {"filled": True, "opacity": 1}
_THEN: Look = {**_DOT, "size": 80, "strokeWidth": 2, "fill": colour("surface"), "stroke": colour("muted")}
_NOW: Look = {**_DOT, "size": 110, "color": HUES[0]}


@form()
def change(name: str, selection: Selection, options: Options) -> Sketch:
    """Changes from baseline to wave, one dumbbell a figure, a panel for each unit.

    Raises
    ------
    ProblemsError
        The name is not a slug (W331), nothing is selected (W332), or a figure has no pair of waves or crosses a full
        break (W334).
    """
    figures, language = selection.figures, selection.figures.language
    first, last = figures.baseline, figures.wave
    rows = series_of(selection)
    unpaired = [row.label for row in rows if [f.key.wave for f in row.figures] != [first, last]]
    action = 'Select it with waves="both", or leave it out.'
    check(
        name,
        selection,
        (unpaired, "W334", f"needs {first} and {last} of {', '.join(unpaired)}", action),
        across_full_break(selection),
        mixed=True,
    )
    words = words_in(language).charts
    units = dict.fromkeys(f.unit for f in selection)
    panels = [[row for row in rows if row.figures[0].unit == unit] for unit in units]
    rows = [row for panel in panels for row in panel]
    named = figures.called(first), figures.called(last)
    head = [words["topic"], *named, words["difference"]]
    table: Table = {
        "head": head,
        "rows": [
            [capital(row.label), *(said(f, language) for f in row.figures), _difference(row, language)] for row in rows
        ],
    }
    told = [
        headed(
            capital(row.label),
            words["from_to"].format(
                first=said(row.figures[0], language, "prose"), last=said(row.figures[1], language, "prose")
            ),
            language,
        )
        for row in rows
    ]
    return Sketch(
        lambda width: _draw(panels, (first, last), figures, width),
        points=[_pair_points(row, figures) for row in rows],
        table=table,
        told=[words["change"].format(first=named[0], last=named[1]), *told],
        breaks=figures.breaks(selection.keys),
    )


def _draw(panels: list[list[Row]], waves: tuple[str, str], figures: Figures, width: int) -> alt.LayerChart:
    """Then and now as two dots on a line a row; ``panels`` are rows of one unit, each with a scale of its own."""
    language, wide = figures.language, width == WIDTHS["wide"]
    panels = [rows_as_known(panel) for panel in panels]
    rows = [row for panel in panels for row in panel]
    names = {row.label: wrap(row.label, 190 if wide else width) for row in rows}
    left = max(text_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    inset = 14 + max(text_width(value_text(f, language)) for row in rows for f in row.figures)
    headings: list[Datum] = []
    labels: list[Datum] = []
    layers: list[alt.Chart] = []
    spots: list[Spot] = []
    y = LINE + 14.0
    for panel in panels:
        drawn = [f for row in panel for f in row.figures]
        ticks = tick_values(drawn[0].unit, extent(drawn))
        axis = Axis(ticks[0], ticks[-1], inset, width - left - inset)
        title = wrap(axis_title(drawn, ticks, figures), 0.94 * width)
        headings.append(block(-left, y, title))
        y += LINE * len(title) + 6
        top = y
        placed: list[tuple[Row, float]] = []
        for row in panel:
            tall = LINE * len(names[row.label])
            room = max(tall, 20) + 8 if wide else tall + 28
            labels.append(block(-10 if wide else 0, y + (room - tall) / 2 if wide else y + 4, names[row.label]))
            placed.append((row, y + (room / 2 if wide else tall + 14)))
            spots += _pair_spots(*placed[-1], axis, Box(-left, width - left, y, y + room))
            y += room
        texts = tick_texts(ticks, drawn[0].unit, language)
        layers += _scale_marks(ticks, texts, axis, top if wide else y, y)
        layers += _dumbbells(placed, axis, language)
        y += 38
    layers = [
        *layers,
        *_which_is_which(waves, figures, -left, width),
        *text_layers(headings, fontWeight="bold"),
        *text_layers(labels, align="right" if wide else "left"),
        *spot_layers(spots, dots=True),
    ]
    return frame(layers, width - left, y - 18, left=left, own_x=True)


def _pair_points(row: Row, figures: Figures) -> list[Point]:
    """The two points of a row; the later one tells its difference from the earlier one."""
    first, last = row.figures
    then, now = (figures.called(figure.key.wave) for figure in row.figures)
    size = _difference(row, figures.language)
    since = words_in(figures.language).charts["since"].format(wave=then, size=size)
    return [
        point(row.label, first, f"{row.label}, {then}", figures),
        point(row.label, last, f"{row.label}, {now}", figures, since),
    ]


def _difference(row: Row, language: Language) -> str:
    """The change of a row with its sign, taken before rounding."""
    first, last = row.figures
    size = exact(last.number) - exact(first.number)
    return quantity(size, last.unit.difference, last.decimals, language, style="chart", signed=True)


def _scale_marks(ticks: list[float], texts: list[str], axis: Axis, top: float, bottom: float) -> list[alt.Chart]:
    """An axis at ``bottom`` with grid lines from ``top``; Vega-Lite has one axis a view, a panel needs its own."""
    grid: list[Datum] = [{"x": axis.px(tick), "y": top, "y2": bottom + 4} for tick in ticks]
    base: list[Datum] = [{"x": axis.start, "x2": axis.stop, "y": bottom}]
    room = (max(map(text_width, texts)) + 6) / (axis.px(ticks[1]) - axis.px(ticks[0]))
    shown = list(zip(ticks, texts, strict=True))[:: math.ceil(room)]
    below: list[Datum] = [{"x": axis.px(tick), "y": bottom + 14, "text": text} for tick, text in shown]
    return [
        *layer(grid, "rule", {"color": colour("grid")}, **at_px(), y2=alt.Y2(field="y2")),
        *layer(base, "rule", {"color": colour("grid")}, **at_px(), x2=alt.X2(field="x2")),
        *text_layers(below, align="center"),
    ]


def _which_is_which(waves: tuple[str, str], figures: Figures, left: float, width: int) -> list[alt.Chart]:
    """The legend: the names of the two waves, each beside its dot."""
    names = [figures.called(wave) for wave in waves]
    if sum(map(text_width, names)) + 58 > width:
        names = [figures.called(wave, short=True) for wave in waves]
    dots: list[Datum] = [{"x": x, "y": LINE / 2} for x in (left + 6, left + text_width(names[0]) + 46)]
    named = [{**dot, "x": dot["x"] + 12, "text": name} for dot, name in zip(dots, names, strict=True)]
    return [
        *layer(dots[:1], "point", _THEN, **at_px()),
        *layer(dots[1:], "point", _NOW, **at_px()),
        *text_layers(named),
    ]


def _pair_spots(row: Row, y: float, axis: Axis, area: Box) -> list[Spot]:
    """The two points of a row: each has half of ``area``, on its own side."""
    then, now = (axis.px(figure.number) for figure in row.figures)
    left, right = area._replace(x2=(then + now) / 2), area._replace(x=(then + now) / 2)
    return [*map(Spot, (left, right) if then <= now else (right, left), (dot_box(then, y), dot_box(now, y)))]


def _dumbbells(placed: list[tuple[Row, float]], axis: Axis, language: Language) -> list[alt.Chart]:
    """Rows with their two values, the intervals above (then) and below (now) the line between them."""
    pairs: list[Datum] = []
    spans: list[Datum] = []
    beside: dict[str, list[Datum]] = {"right": [], "left": []}
    for row, height in placed:
        values = [figure.number for figure in row.figures]
        pairs.append({"then": values[0], "now": values[1], "y": height, "series": row.label})
        before = values[0] <= values[1], values[1] < values[0]
        for figure, size, offset, is_before in zip(row.figures, values, (-9, 9), before, strict=True):
            text = {"value": size, "y": height, "text": value_text(figure, language)}
            beside["right" if is_before else "left"].append(text)
            if ends := figure.interval:
                spans.append({"low": ends[0], "high": ends[1], "y": height + offset, "series": row.label})
    then, now, value = (alt.X(f"{name}:Q", axis=None, scale=scale_of(axis)) for name in ("then", "now", "value"))
    bar, y = {"strokeWidth": 3, "color": colour("muted")}, px(alt.Y)
    firsts, lasts = ([{k: pair[k] for k in (name, "y", "series")} for pair in pairs] for name in ("then", "now"))
    return [
        *layer(pairs, "rule", bar, x=then, x2=alt.X2(field="now"), y=y, opacity=strength()),
        *level_whiskers(spans, axis, colour("muted")),
        *layer(firsts, "point", _THEN, x=then, y=y, opacity=strength()),
        *layer(lasts, "point", _NOW, x=now, y=y, opacity=strength()),
        *haloed(beside["right"], x=value, align="right", dx=-11),
        *haloed(beside["left"], x=value, dx=11),
    ]
