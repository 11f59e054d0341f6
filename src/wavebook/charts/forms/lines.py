"""Series through the waves."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import altair as alt

from wavebook.charts.chart import Sketch, Table, check
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
    spread,
    tick_texts,
    tick_values,
    value_text,
)
from wavebook.charts.marks import (
    HUES,
    Datum,
    at_px,
    block,
    frame,
    haloed,
    layer,
    scale_of,
    spot_layers,
    strength,
    text_layers,
    when_shown,
)
from wavebook.charts.options import Options
from wavebook.charts.rows import series_of
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.words import point, said
from wavebook.core.text import capital
from wavebook.definitions import Break, Unit
from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import headed, listing
from wavebook.language.words import words_in

_SHAPES = ("circle", "square", "triangle-up", "diamond")


@form()
def lines(name: str, selection: Selection, options: Options) -> Sketch:
    """Series through the waves on a true time axis, each labelled at its end.

    Breaks are drawn and named; a full break interrupts the lines. Percentages and counts start at zero; grades
    have a window, which the axis states.

    Raises
    ------
    ProblemsError
        The name is not a slug (W331), there are no figures or of several units (W332), or more than four series
        (W333).
    """
    figures, series = selection.figures, series_of(selection)
    check(
        name,
        selection,
        (len(series) > len(_SHAPES), "W333", f"has {len(series)} series", "Draw at most four; make two charts."),
    )
    words = words_in(figures.language).charts
    breaks = figures.breaks(selection.keys)
    waves = sorted({key.wave for key in selection.keys}, key=figures.definitions.order)
    by_wave = [{f.key.wave: f for f in row.figures} for row in series]
    when = words["year"] if figures.definitions.yearly else words_in(figures.language).tables["wave"]
    table: Table = {
        "head": [when, *(capital(row.label) for row in series)],
        "rows": [[figures.called(w), *(said(found.get(w), figures.language) for found in by_wave)] for w in waves],
    }
    told = [
        headed(
            capital(row.label),
            listing(
                [
                    words["in"].format(value=said(f, figures.language, "prose"), wave=figures.called(f.key.wave))
                    for f in row.figures
                ],
                figures.language,
            ),
            figures.language,
        )
        for row in series
    ]
    return Sketch(
        lambda width: _draw(series, waves, breaks, figures, width),
        points=[
            [point(row.label, f, f"{row.label}, {figures.called(f.key.wave)}", figures) for f in row.figures]
            for row in series
        ],
        table=table,
        told=[words["lines"], *told],
        breaks=breaks,
    )


def _draw(series: list[Row], waves: list[str], breaks: list[Break], figures: Figures, width: int) -> alt.LayerChart:
    """Series through time, their values and names at the ends, and a vertical rule for each break."""
    times = [figures.definitions.time(wave) for wave in waves]
    language, wide = figures.language, width == WIDTHS["wide"]
    drawn = [f for row in series for f in row.figures]
    ticks = tick_values(drawn[0].unit, extent(drawn))
    texts = tick_texts(ticks, drawn[0].unit, language)
    title = wrap(axis_title(drawn, ticks, figures), width)
    ends = [_end_label(row, waves[-1], wide, figures) for row in series]
    left, right = 10 + max(map(text_width, texts)), 18 + max(end.width for end in ends)
    top = LINE * len(title) + (32 if breaks else 10)
    plot_width, plot_height = width - left - right, 250 if wide else 260
    first, last = (times[0], times[-1]) if times[0] < times[-1] else (times[0] - 1, times[0] + 1)
    widest = max(text_width(value_text(row.figures[0], language)) for row in series)
    across = Axis(first, last, max(16, widest / 2 + 2), plot_width - 6)  # the first values stand clear of the axis
    up = Axis(ticks[0], ticks[-1], plot_height, 0)

    labels = [row.label for row in series]
    x = alt.X("year:Q", scale=scale_of(across), axis=_time_axis(waves, across, (left, plot_width + right), figures))
    y = alt.Y("value:Q", scale=scale_of(up), axis=_value_axis(ticks, texts, title, (-left, 2 - top)))
    scale = alt.Scale(domain=labels, range=HUES[: len(labels)])
    hue = alt.Color("series:N", legend=None, scale=scale)
    shape = alt.Shape("series:N", legend=None, scale=alt.Scale(domain=labels, range=list(_SHAPES[: len(labels)])))
    points = [{"year": figures.time(f), "value": f.value, "series": row.label} for row in series for f in row.figures]
    parts = [_part_of_line(f, waves[0], figures) for f in drawn]
    strokes = [{**point, "part": part} for point, part in zip(points, parts, strict=True)]
    stroke, dot = {"strokeWidth": 2.5, "strokeJoin": "round"}, {"filled": True, "size": 70}
    starts, others = _point_values(series, across, up, figures)
    areas = _line_areas(series, waves, across, up, plot_width + 10, figures)
    marks = [dot_box(across.px(figures.time(f)), up.px(f.number)) for f in drawn]
    layers = [
        *_base_mark(drawn[0].unit, up, plot_width),
        *_break_marks(breaks, across, plot_width, plot_height, figures),
        *layer(strokes, "line", stroke, x=x, y=y, color=hue, opacity=strength(), detail=alt.Detail("part:N")),
        *_whiskers(series, x, hue, figures),
        *layer(points, "point", dot, x=x, y=y, color=hue, opacity=strength(), shape=shape),
        *_end_marks(series, ends, across, up, plot_width + 10, hue, figures),
        *haloed(starts, align="center"),
        *when_shown(haloed(others, align="center")),
        *spot_layers([*map(Spot, areas, marks)], dots=True),
    ]
    return frame(layers, plot_width, plot_height, left=left, right=right, top=top, bottom=26)


def _base_mark(unit: Unit, up: Axis, width: float) -> list[alt.Chart]:
    """A level rule at the base of an index."""
    rules: list[Datum] = [] if unit.base is None else [{"x": 0, "x2": width, "y": up.px(unit.base)}]
    return layer(rules, "rule", {"color": colour("muted")}, **at_px(), x2=alt.X2(field="x2"))


def _time_axis(waves: list[str], across: Axis, ends: tuple[float, float], figures: Figures) -> alt.Axis:
    """An axis of the measured waves and no others, with as much of their names as there is room for.

    ``ends`` is the room to the left of the plot, and from its left end to the edge of the picture.
    """
    d = figures.definitions
    if d.yearly:
        return _year_axis([int(wave) for wave in waves], across)
    times = [d.time(wave) for wave in waves]
    places = [across.px(time) for time in times]

    def apart(names: Sequence[str], kept: list[int]) -> bool:
        halves = {i: text_width(names[i]) / 2 for i in kept}
        beside = all(places[b] - places[a] >= halves[a] + halves[b] + 8 for a, b in pairwise(kept))
        return (
            beside and places[kept[0]] - halves[kept[0]] >= -ends[0] and places[kept[-1]] + halves[kept[-1]] <= ends[1]
        )

    every = [*range(len(waves))]
    names = [figures.called(wave) for wave in waves]
    if not apart(names, every):
        names = [figures.called(wave, short=True) for wave in waves]
    kept = every[-1:]
    for i in reversed(every[:-1]):  # from the newest on, those that fit
        kept = [i, *kept] if apart(names, [i, *kept]) else kept
    texts = [name if i in kept else "" for i, name in enumerate(names)]
    label = f"{json.dumps(texts, ensure_ascii=False)}[indexof({json.dumps(times)}, datum.value)]"
    return alt.Axis(values=times, labelExpr=label, labelOverlap=False, title=None, grid=False, tickSize=4)


def _year_axis(years: list[int], across: Axis) -> alt.Axis:
    """An axis of the measured years and no others: in full, as ’09, or only as many as there is room for."""

    def fits(width: float) -> bool:
        return all(across.px(b) - across.px(a) >= width + 3 for a, b in pairwise(years))

    label = "datum.label" if fits(text_width("2008")) else "'’' + slice(datum.label, 2)"
    if not fits(text_width("’08")):
        room = math.ceil((text_width("’08") + 3) / (across.px(1) - across.px(0)))
        label = f"({years[-1]} - datum.value) % {room} == 0 ? {label} : ''"
    return alt.Axis(values=years, format="d", labelExpr=label, title=None, grid=False, tickSize=4)


def _value_axis(ticks: list[float], texts: list[str], title: list[str], corner: tuple[float, float]) -> alt.Axis:
    return alt.Axis(
        values=ticks,
        labelExpr=f"{json.dumps(texts)}[indexof({ticks}, datum.value)]",  # so that Vega does not format numbers
        labelPadding=6,
        domain=False,
        ticks=False,
        title=title,
        titleX=corner[0],
        titleY=corner[1],
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleBaseline="top",
        titleLineHeight=LINE,
    )


def _part_of_line(figure: Figure, first: str, figures: Figures) -> int:
    """The number of full breaks between the first year and this figure: the line stops at each."""
    crossed = figures.definitions.breaks_between(figure.key.indicator, first, figure.key.wave)
    return sum(b.kind == "full" for b in crossed)


def _break_marks(breaks: list[Break], across: Axis, width: float, height: float, figures: Figures) -> list[alt.Chart]:
    """A vertical rule between the two waves, named at its top; all names are short if one does not fit in full."""
    time, words = figures.definitions.time, words_in(figures.language).axes
    rules = [{"x": across.px((time(b.start) + time(b.end)) / 2), "y": -20} for b in breaks]
    quiet = colour("muted")
    for name in (words["break"], words["break_short"]):
        named: dict[str, list[Datum]] = {"right": [], "left": []}
        room, free = text_width(name) + 10, -20.0
        for rule, after in zip(rules, [*(r["x"] for r in rules[1:]), width + 8], strict=bool(rules)):
            before = rule["x"] - room >= free
            text = {"x": rule["x"] + (-6 if before else 6), "y": -13, "text": name}
            if before or rule["x"] + room <= after:
                named["right" if before else "left"].append(text)
            free = rule["x"] + (0 if before else room)
        if sum(map(len, named.values())) == len(rules):
            break
    return [
        *layer(rules, "rule", {"strokeDash": [4, 3], "color": quiet}, **at_px(), y2=alt.Y2Value(height)),
        *(text for side in named for text in text_layers(named[side], align=side)),
    ]


class EndLabel(NamedTuple):
    """The value and the name at the end of a line; the name beside the value, or below it where it is narrow."""

    value: str
    name: list[str]
    indent: float
    width: float
    height: float


def _end_label(row: Row, last: str, wide: bool, figures: Figures) -> EndLabel:
    figure = row.figures[-1]
    value = value_text(figure, figures.language)
    if figure.key.wave != last:
        value += f" ({figures.called(figure.key.wave, short=True)})"
    indent = text_width(value, bold=True) + 5 if wide else 0
    name = wrap(row.label, 150 if wide else 92)
    width = max(text_width(value, bold=True), indent + max(map(text_width, name)))
    return EndLabel(value, name, indent, width, LINE * (len(name) + (not wide)) + 4)


def _end_marks(
    series: list[Row], ends: list[EndLabel], across: Axis, up: Axis, x: float, hue: alt.Color, figures: Figures
) -> list[alt.Chart]:
    """Labels at the ends of the lines, kept apart, with a thin line to an end that is not beside its label."""
    wanted = [up.px(row.figures[-1].number) for row in series]
    centres = spread(wanted, [end.height for end in ends], -LINE, up.start + LINE)
    values, names, leaders = [], [], []
    for row, end, want, centre in zip(series, ends, wanted, centres, strict=True):
        y = centre - end.height / 2 + 2
        values.append(block(x, y, [end.value]))
        names.append(block(x + end.indent, y + (0 if end.indent else LINE), end.name))
        tip = across.px(figures.time(row.figures[-1]))
        if abs(centre - want) > end.height / 2 or tip < across.stop:
            leader = {"x": tip + 7, "x2": x - 3, "y": want, "y2": y + LINE / 2, "series": row.label}
            leaders.append(leader)
    thin, to = {"strokeWidth": 1}, {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return [
        *layer(leaders, "rule", thin, **at_px(), **to, color=hue, opacity=strength()),
        *text_layers(values, fontWeight="bold"),
        *text_layers(names),
    ]


def _point_values(series: list[Row], across: Axis, up: Axis, figures: Figures) -> tuple[list[Datum], list[Datum]]:
    """Values above or below their points, where no point is in the way: the first of each line, and all others.

    The others appear when their point is shown; the last of each line stands at its end.
    """
    language, starts = figures.language, [row.figures[0] for row in series if len(row.figures) > 1]
    drawn = [f for row in series for f in row.figures]
    taken = [(across.px(figures.time(f)), up.px(f.number)) for f in drawn]
    first: list[Datum] = []
    others: list[Datum] = []
    for figure in starts:
        if spot := _beside(figure, starts, across.px(figures.time(figure)), up, taken):
            taken.append(spot)
            first.append({"x": spot[0], "y": spot[1], "text": value_text(figure, language)})
    labelled = {(row["x"], row["text"]) for row in first}
    ends = [row.figures[-1] for row in series]
    for at, figure in enumerate(drawn):
        x, text = across.px(figures.time(figure)), value_text(figure, language)
        if figure not in ends and (x, text) not in labelled:
            spot = _beside(figure, drawn, x, up, taken, 17) or (x, up.px(figure.number) - 17)
            others.append({"at": at, "x": spot[0], "y": spot[1], "text": text})
    return first, others


def _beside(
    figure: Figure, peers: list[Figure], x: float, up: Axis, taken: list[tuple[float, float]], off: float = 14
) -> tuple[float, float] | None:
    """A place for a value: above its point if no other point of its wave is higher, else below, or the reverse."""
    y = up.px(figure.number)
    highest = figure.number == max(f.number for f in peers if f.key.wave == figure.key.wave)
    reach = max(abs(up.px(value) - y) for value in extent([figure]))
    for side in (-off, off + 1) if highest else (off + 1, -off):
        spot = (x, y + side + math.copysign(reach, side))
        if all(math.dist(spot, other) > 13 for other in taken) and spot[1] < up.start:
            return spot
    return None


def _line_areas(
    series: list[Row], waves: list[str], across: Axis, up: Axis, right: float, figures: Figures
) -> list[Box]:
    """The part of the plot nearest to each point: halfway to other waves, and there to other series."""
    places = [across.px(figures.definitions.time(wave)) for wave in waves]
    edges = [0, *((a + b) / 2 for a, b in pairwise(places)), right]
    areas: dict[tuple[int, str], Box] = {}
    for wave, (x, x2) in zip(waves, pairwise(edges), strict=True):
        here = {i: up.px(f.number) for i, row in enumerate(series) for f in row.figures if f.key.wave == wave}
        centres = spread([*here.values()], [LINE] * len(here), -LINE, up.start + LINE)
        order = sorted(zip(centres, here, strict=True))
        cuts = [-10, *((a + b) / 2 for (a, _), (b, _) in pairwise(order)), up.start + 22]
        for (_, i), (y, y2) in zip(order, pairwise(cuts), strict=True):
            areas[i, wave] = Box(x, x2, y, y2)
    return [areas[i, f.key.wave] for i, row in enumerate(series) for f in row.figures]


def _whiskers(series: list[Row], x: alt.X, hue: alt.Color, figures: Figures) -> list[alt.Chart]:
    """Vertical intervals where they are known."""
    rows = [
        {"year": figures.time(f), "low": ends[0], "high": ends[1], "series": row.label}
        for row in series
        for f in row.figures
        if (ends := f.interval)
    ]
    high = alt.Y2(field="high")
    return layer(rows, "rule", {"strokeWidth": 2}, x=x, y=alt.Y("low:Q"), y2=high, color=hue, opacity=strength())
