"""Changes from baseline to wave."""

from __future__ import annotations

import altair as alt

from wavebook.charts.chart import Sketch, check
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
    ticks_between,
    value_text,
)
from wavebook.charts.level.level_axis import level_axis
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
from wavebook.charts.pairs import by_change, pair_checks, pair_points, pair_table, pairs_told
from wavebook.charts.rows import series_of
from wavebook.charts.series import rows_as_known
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.figures import Figures, Selection
from wavebook.language.wording import headed
from wavebook.language.words import words_in

_DOT: Look = {"filled": True, "opacity": 1}
_THEN: Look = {**_DOT, "size": 80, "strokeWidth": 2, "fill": colour("surface"), "stroke": colour("muted")}
_NOW: Look = {**_DOT, "size": 110, "color": HUES[0]}


@form("sort", "order", "highlight", "note", "scale")
def change(name: str, selection: Selection, options: Options) -> Sketch:
    """Changes from baseline to wave, one dumbbell a figure, a panel for each unit; sorted by their size, if asked.

    Raises
    ------
    ProblemsError
        The name is not a slug (W331), nothing is selected (W332), a figure has no pair of waves or crosses a full break
        (W334), or there is a scale for several units (W339).
    """
    figures = selection.figures
    rows = series_of(selection)
    units = dict.fromkeys(f.unit for f in selection)
    action = "Leave out the scale, or make a chart for each unit."
    scaled = options.scale and len(units) > 1, "W339", "has one scale for several units", action
    check(name, selection, *pair_checks(rows, selection), scaled, mixed=True)
    panels = [by_change([row for row in rows if row.figures[0].unit == unit], options) for unit in units]
    rows = [row for panel in panels for row in panel]
    kind = words_in(figures.language).charts["change"]
    return Sketch(
        lambda width: _draw(panels, options, width),
        points=[pair_points(row, figures) for row in rows],
        table=pair_table(rows, figures),
        told=[
            kind.format(first=figures.called(figures.baseline), last=figures.called(figures.wave)),
            *pairs_told(rows, figures),
        ],
        breaks=figures.breaks(selection.keys),
    )


def _draw(panels: list[list[Row]], options: Options, width: int) -> alt.LayerChart:
    """Then and now as two dots on a line a row; ``panels`` are rows of one unit, each with a scale of its own."""
    figures, wide = options.figures, width == WIDTHS["wide"]
    language, waves = figures.language, (figures.baseline, figures.wave)
    panels = [rows_as_known(panel) for panel in panels]
    rows = [row for panel in panels for row in panel]
    names = {row.label: wrap(row.label, 190 if wide else width) for row in rows}
    left = max(text_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    inset = 14 + max(text_width(value_text(f, language)) for row in rows for f in row.figures)
    headings: list[Datum] = []
    labels: list[Datum] = []
    noted: list[Datum] = []
    layers: list[alt.Chart] = []
    spots: list[Spot] = []
    y = LINE + 14.0
    for panel in panels:
        drawn = [f for row in panel for f in row.figures]
        unit = drawn[0].unit
        ticks = ticks_between(*options.scale, unit) if options.scale else tick_values(unit, extent(drawn))
        axis = Axis(ticks[0], ticks[-1], inset, width - left - inset)
        title = wrap(axis_title(drawn, ticks, figures), 0.9 * width)
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
            remarks = [line for text in _remarks(row, options) for line in wrap(text, 0.9 * (width - left))]
            if remarks:
                noted.append(block(0, y - 2, remarks))
                y += LINE * len(remarks) + 4
        texts = tick_texts(ticks, drawn[0].unit, language)
        layers += level_axis(ticks, texts, axis, y, [(top, y)] if wide else [])
        layers += _dumbbells(placed, axis, options)
        y += 38
    layers = [
        *layers,
        *_which_is_which(waves, figures, -left, width),
        *text_layers(headings, fontWeight="bold"),
        *text_layers(labels, align="right" if wide else "left"),
        *text_layers(noted, fontStyle="italic"),
        *spot_layers(spots, dots=True),
    ]
    return frame(layers, width - left, y - 18, left=left, own_x=True)


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


def _remarks(row: Row, options: Options) -> list[str]:
    """The remarks on a row; those on one of its waves begin with its name."""
    then, now = ([*options.notes_at(figure.key)] for figure in row.figures)
    named = zip(row.figures, (then, now), strict=True)
    language, called = options.figures.language, options.figures.called
    return [
        text if text in then and text in now else headed(called(figure.key.wave), text, language)
        for figure, texts in named
        for text in texts
        if figure is row.figures[0] or text not in then
    ]


def _dumbbells(placed: list[tuple[Row, float]], axis: Axis, options: Options) -> list[alt.Chart]:
    """Rows with their two values, the intervals above (then) and below (now) the line between them."""
    pairs: list[Datum] = []
    spans: list[Datum] = []
    beside: dict[str, list[Datum]] = {"right": [], "left": []}
    for row, height in placed:
        values = [figure.number for figure in row.figures]
        pairs.append({"then": values[0], "now": values[1], "y": height, "series": row.label})
        before = values[0] <= values[1], values[1] < values[0]
        for figure, size, offset, is_before in zip(row.figures, values, (-9, 9), before, strict=True):
            text = {"value": size, "y": height, "text": value_text(figure, options.figures.language)}
            beside["right" if is_before else "left"].append(text)
            if ends := figure.interval:
                spans.append({"low": ends[0], "high": ends[1], "y": height + offset, "series": row.label})
    then, now, value = (alt.X(f"{name}:Q", axis=None, scale=scale_of(axis)) for name in ("then", "now", "value"))
    bar, y = {"strokeWidth": 3, "color": colour("muted")}, px(alt.Y)
    lit = {row.label for row, _ in placed if options.is_lit(*(figure.key for figure in row.figures))}
    firsts, lasts = ([{k: pair[k] for k in (name, "y", "series")} for pair in pairs] for name in ("then", "now"))
    grey = [pair for pair in lasts if pair["series"] not in lit]
    lasts = [pair for pair in lasts if pair["series"] in lit]
    return [
        *layer(pairs, "rule", bar, x=then, x2=alt.X2(field="now"), y=y, opacity=strength()),
        *level_whiskers(spans, axis, colour("muted")),
        *layer(firsts, "point", _THEN, x=then, y=y, opacity=strength()),
        *layer(grey, "point", {**_NOW, "color": colour("muted")}, x=now, y=y, opacity=strength()),
        *layer(lasts, "point", _NOW, x=now, y=y, opacity=strength()),
        *haloed(beside["right"], x=value, align="right", dx=-11),
        *haloed(beside["left"], x=value, dx=11),
    ]
