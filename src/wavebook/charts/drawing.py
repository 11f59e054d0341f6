"""The charts as Altair draws them: every position is set here, so no machine's fonts move anything."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import ClassVar, NamedTuple

import altair as alt
from altair.utils.schemapi import debug_mode

from wavebook.charts import renderer
from wavebook.charts.svg import SIZE, clean, colour, text_width, wrap
from wavebook.definitions import Break, Fact, Language
from wavebook.figures import Figure, Figures
from wavebook.language.wording import exact, quantity
from wavebook.language.words import words_in

SHAPES = ("circle", "square", "triangle-up", "diamond")
WIDTHS = {"wide": 640, "narrow": 320}

_LINE = 16  # px from line to line
_FONT = "Liberation Sans"  # bundled with vl-convert: the same on every machine
_HUES = [colour(str(i)) for i in range(1, 5)]


_THEME = {
    "background": "transparent",
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SIZE,
        "labelColor": colour("text"),
        "labelOverlap": False,
        "labelLimit": 0,
        "labelFlush": False,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "titleColor": colour("text"),
        "gridColor": colour("grid"),
        "domainColor": colour("muted"),
        "tickColor": colour("muted"),
    },
    "aria": False,  # in a chart that is explored only the areas speak, in words that the page gives them
    "mark": {"aria": False},
}

# What a page sets in a chart that a reader explores: the number of the point that is shown, and its series.
_SIGNALS = [{"name": "at", "value": -1}, {"name": "of", "value": ""}]


class Drawn(NamedTuple):
    """A chart in both widths: the wide one's specification, and by variant SVG and what Vega draws it from, as JSON."""

    spec: str
    svg: dict[str, str]
    vega: dict[str, str]


def draw_both(name: str, draw: Callable[[int], alt.LayerChart]) -> Drawn:
    """Both variants of a chart; ``draw`` is called with a width in px."""
    with debug_mode(False):  # Altair's checks of every part cost twice as much as drawing; the tests check the specs
        specs = {
            variant: _json(draw(width).to_dict(validate=False) | {"params": _SIGNALS})
            for variant, width in WIDTHS.items()
        }
    drawn = {variant: renderer.drawing(spec) for variant, spec in specs.items()}
    svg = {variant: clean(picture, f"{name}-{variant}") for variant, (_, picture) in drawn.items()}
    return Drawn(specs["wide"], svg, {variant: vega for variant, (vega, _) in drawn.items()})


def _json(spec: dict) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Row(NamedTuple):
    """A label with the figures drawn beside it."""

    label: str
    figures: tuple[Figure, ...]


Group = tuple[str, list[Row]]  # a heading and the rows below it


class Box(NamedTuple):
    """A rectangle in px."""

    x: float
    x2: float
    y: float
    y2: float

    def wider(self, margin: float) -> Box:
        """The same with a margin around it."""
        return Box(self.x - margin, self.x2 + margin, self.y - margin, self.y2 + margin)


class Spot(NamedTuple):
    """A point of a chart for a reader who explores it: the area that answers to pointer and focus, and its mark."""

    area: Box
    mark: Box


class Axis(NamedTuple):
    """A linear scale: ``low`` lies at ``start`` px and ``high`` at ``stop`` px."""

    low: float
    high: float
    start: float
    stop: float

    def px(self, value: float) -> float:
        """Where ``value`` lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)

    def scale(self) -> alt.Scale:
        """The same for Vega-Lite."""
        return alt.Scale(domain=[self.low, self.high], range=[self.start, self.stop], nice=False, zero=False)


def _spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Centres near ``wanted`` at which blocks of ``heights`` stay apart, between ``low`` and ``high``."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    centres = list(wanted)
    for _ in range(200):
        for upper, lower in pairwise(order):
            overlap = (heights[upper] + heights[lower]) / 2 - (centres[lower] - centres[upper])
            if overlap > 0:
                centres[upper] -= overlap / 2
                centres[lower] += overlap / 2
        for i in order:
            centres[i] = min(max(centres[i], low + heights[i] / 2), high - heights[i] / 2)
    return centres


def _ticks(unit: str, values: list[float]) -> list[float]:
    """Round axis values around ``values``: from zero, but for grades a window of at least one and a half."""
    low, high = min(values), max(values)
    if unit == "grade":
        step = 0.5 if high - low < 2 else 1
        start, stop = math.floor(max(1, low - 0.05) / step), math.ceil(min(10, high + 0.05) / step)
        while (stop - start) * step < 1.5:
            below = low - start * step <= stop * step - high
            below = (below or stop * step >= 10) and start * step > 1
            start, stop = (start - 1, stop) if below else (start, stop + 1)
    else:
        low, high = min(low, 0), max(high, 0)
        size = max(high - low, 1e-9) / 5
        power = 10 ** math.floor(math.log10(size))
        step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= size)
        start, stop = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 6) for i in range(start, stop + 1)]


def _decimals(ticks: list[float]) -> int:
    return max(max(0, -exact(tick).normalize().as_tuple().exponent) for tick in ticks)


def _tick_texts(ticks: list[float], unit: str, language: Language) -> list[str]:
    style = "bare" if unit == "percentage_point" else "chart"
    return [quantity(tick, unit, _decimals(ticks), language, style=style) for tick in ticks]


def _axis_title(drawn: list[Figure], ticks: list[float], figures: Figures) -> str:
    """What the axis shows, and for grades from where to where: they do not start at zero."""
    unit, words = drawn[0].unit, words_in(figures.language).axes
    title = words[unit]
    if unit == "grade":
        texts = _tick_texts(ticks, unit, figures.language)
        title = words["window"].format(unit=title, low=texts[0], high=texts[-1])
    indicators = {f.key.indicator for f in drawn}
    if len(indicators) == 1:
        title = f"{figures.definitions.indicators[indicators.pop()].name[figures.language]}, {title}"
    return title[:1].upper() + title[1:]


def _extent(figures: Iterable[Figure]) -> list[float]:
    """All values that must fit on an axis, ends of intervals included."""
    return [v for f in figures for v in (f.value, f.ci_low, f.ci_high) if v is not None]


def _mark(figure: Figure, language: Language) -> str:
    """The value as it stands in the drawing; "procentpunt" stands in the heading, once."""
    return figure.text(language, "bare" if figure.unit == "percentage_point" else "chart")


def _has_interval(figure: Figure) -> bool:
    return figure.ci_low is not None and figure.ci_high is not None


class _Rows:
    """Data that Altair's methods pass on as they are: each of them copies the whole chart, list by list."""

    _schema: ClassVar[dict] = {"type": "array"}  # by which Altair knows what can make itself a value

    def __init__(self, rows: list[dict]):
        self.rows = rows

    def to_dict(self) -> list[dict]:
        return self.rows


class _Layer(alt.Chart):
    """A chart that is used once, so Altair need not copy all of it at each step: that takes half of the time."""

    def __deepcopy__(self, _) -> _Layer:
        return self


def _layer(rows: list[dict], mark: str, style: dict, **encoding) -> list[alt.Chart]:
    """One kind of mark for ``rows``; nothing when there are none."""
    chart = _Layer(alt.Data(values=_Rows(rows)))
    return [getattr(chart, f"mark_{mark}")(**style).encode(**encoding)] if rows else []


def _px(channel, field: str = ""):
    """A position that ``field`` gives in px; by default the field of that name."""
    return channel(f"{field or channel.__name__.lower()}:Q", scale=None, axis=None)


def _at() -> dict:
    """Positions in px, from the fields x and y."""
    return {"x": _px(alt.X), "y": _px(alt.Y)}


def _text(rows: list[dict], **style) -> list[alt.Chart]:
    """Texts at x and y in px, the first line centred on y; an encoding in ``style`` goes before."""
    where = {**_at(), **{name: style.pop(name) for name in ("x", "y") if name in style}}
    look = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": _LINE}
    look |= {"fontSize": SIZE, "color": colour("text"), **style}
    return _layer(rows, "text", look, **where, text=alt.Text("text:N"))


def _haloed(rows: list[dict], **style) -> list[alt.Chart]:
    """Texts that stay readable on a line."""
    halo = {"stroke": colour("surface"), "strokeWidth": 4, "strokeJoin": "round"}
    return [*_text(rows, **style, **halo), *_text(rows, **style)]


def _block(x: float, y: float, lines: list[str]) -> dict:
    """Lines of text of which the first has its top at ``y``."""
    return {"x": x, "y": y + _LINE / 2, "text": "\n".join(lines)}


def _strength() -> alt.OpacityValue:
    """Opacity of marks: in a chart that is explored, those of other series recede."""
    shown = {"test": "of === '' || datum.series === of", "value": 1}
    return alt.OpacityValue(1 / 3, condition=shown)  # not alt.condition, whose dict costs Altair 15 ms to understand


def _when_shown(layers: list[alt.Chart]) -> list[alt.Chart]:
    """Layers of which only the rows of the point that is shown appear: nothing in the static picture."""
    return [layer.transform_filter("datum.at === at") for layer in layers]


def _spots(spots: list[Spot], *, dots: bool = False) -> list[alt.Chart]:
    """A ring around the mark of the point that is shown and, above all else, an unseen area for each point.

    Around dots it is a circle with a halo, as lines run there.
    """
    where = {**_at(), "x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    rings = [{"at": at, **spot.mark.wider(3.5 if dots else 3)._asdict()} for at, spot in enumerate(spots)]
    around = {"filled": False, "cornerRadius": 8.5 if dots else 2, "opacity": 1}
    halo = {**around, "stroke": colour("surface"), "strokeWidth": 4}
    areas = _Layer(alt.Data(values=_Rows([spot.area._asdict() for spot in spots])), name="areas")
    return [
        *(_when_shown(_layer(rings, "rect", halo, **where)) if dots else []),
        *_when_shown(_layer(rings, "rect", {**around, "stroke": colour("text"), "strokeWidth": 2}, **where)),
        areas.mark_rect(color="transparent", aria=True).encode(**where),
    ]


def _dot(x: float, y: float) -> Box:
    return Box(x - 5, x + 5, y - 5, y + 5)


def _frame(layers: list, width: float, height: float, *, own_x=False, **margin: float) -> alt.LayerChart:
    """The layers on a plot of ``width`` × ``height`` px with the theme; ``own_x``: each keeps its own x scale."""
    return alt.layer(  # all at once: each further method of Altair's would copy the whole chart
        *layers,
        width=width,
        height=height,
        padding={"left": 0, "right": 0, "top": 2, "bottom": 2, **margin},
        autosize=alt.AutoSizeParams(type="none"),
        resolve={"scale": {"x": "independent" if own_x else "shared"}},
        config=_THEME,
    )


def lines(series: list[Row], years: list[int], breaks: list[Break], figures: Figures, width: int) -> alt.LayerChart:
    """Series through the years, their values and names at the ends, and an upright rule for each break."""
    language, wide = figures.language, width == WIDTHS["wide"]
    drawn = [f for row in series for f in row.figures]
    ticks = _ticks(drawn[0].unit, _extent(drawn))
    texts = _tick_texts(ticks, drawn[0].unit, language)
    title = wrap(_axis_title(drawn, ticks, figures), width)
    ends = [_end_label(row, years[-1], wide, language) for row in series]
    left, right = 10 + max(map(text_width, texts)), 18 + max(end.width for end in ends)
    top = _LINE * len(title) + (32 if breaks else 10)
    plot_width, plot_height = width - left - right, 250 if wide else 260
    first, last = (years[0], years[-1]) if len(years) > 1 else (years[0] - 1, years[0] + 1)
    across = Axis(first, last, 16, plot_width - 6)
    up = Axis(ticks[0], ticks[-1], plot_height, 0)

    labels = [row.label for row in series]
    x = alt.X("year:Q", scale=across.scale(), axis=_year_axis(years, across))
    y = alt.Y("value:Q", scale=up.scale(), axis=_value_axis(ticks, texts, title, (-left, 2 - top)))
    scale = alt.Scale(domain=labels, range=_HUES[: len(labels)])
    hue = alt.Color("series:N", legend=None, scale=scale)
    shape = alt.Shape("series:N", legend=None, scale=alt.Scale(domain=labels, range=list(SHAPES[: len(labels)])))
    points = [{"year": f.key.wave, "value": f.value, "series": row.label} for row in series for f in row.figures]
    parts = [_part_of_line(f, years[0], figures) for f in drawn]
    strokes = [{**point, "part": part} for point, part in zip(points, parts, strict=True)]
    stroke, dot = {"strokeWidth": 2.5, "strokeJoin": "round"}, {"filled": True, "size": 70}
    starts, others = _point_values(series, across, up, language)
    areas = _line_areas(series, years, across, up, plot_width + 10)
    marks = [_dot(across.px(f.key.wave), up.px(f.value)) for f in drawn]
    layers = [
        *_break_marks(breaks, across, plot_width, plot_height, words_in(language).axes),
        *_layer(strokes, "line", stroke, x=x, y=y, color=hue, opacity=_strength(), detail=alt.Detail("part:N")),
        *_whiskers(series, x, hue),
        *_layer(points, "point", dot, x=x, y=y, color=hue, opacity=_strength(), shape=shape),
        *_end_marks(series, ends, across, up, plot_width + 10, hue),
        *_haloed(starts, align="center"),
        *_when_shown(_haloed(others, align="center")),
        *_spots([*map(Spot, areas, marks)], dots=True),
    ]
    return _frame(layers, plot_width, plot_height, left=left, right=right, top=top, bottom=26)


def _year_axis(years: list[int], across: Axis) -> alt.Axis:
    """The measured years, and no others: in full, as ’09, or only those there is room for."""

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
        labelExpr=f"{json.dumps(texts)}[indexof({ticks}, datum.value)]",  # Vega formats no number
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
        titleLineHeight=_LINE,
    )


def _part_of_line(figure: Figure, first: int, figures: Figures) -> int:
    """How many full breaks lie between the first year and this figure: the line stops at each."""
    crossed = figures.definitions.breaks_between(figure.key.indicator, first, figure.key.wave)
    return sum(b.kind == "full" for b in crossed)


def _break_marks(breaks: list[Break], across: Axis, width: float, height: float, words: dict) -> list[alt.Chart]:
    """An upright rule between the two waves, named at its top; all names short where one in full does not fit."""
    rules = [{"x": across.px((b.start + b.end) / 2), "y": -20} for b in breaks]
    quiet = colour("muted")
    for name in (words["break"], words["break_short"]):
        named, room, free = {"right": [], "left": []}, text_width(name) + 10, -20.0
        for rule, after in zip(rules, [*(r["x"] for r in rules[1:]), width + 8], strict=bool(rules)):
            before = rule["x"] - room >= free
            text = {"x": rule["x"] + (-6 if before else 6), "y": -13, "text": name}
            if before or rule["x"] + room <= after:
                named["right" if before else "left"].append(text)
            free = rule["x"] + (0 if before else room)
        if sum(map(len, named.values())) == len(rules):
            break
    return [
        *_layer(rules, "rule", {"strokeDash": [4, 3], "color": quiet}, **_at(), y2=alt.Y2Value(height)),
        *(text for side in named for text in _text(named[side], align=side)),
    ]


class EndLabel(NamedTuple):
    """The value and the name at the end of a line; the name beside the value, or below it where it is narrow."""

    value: str
    name: list[str]
    indent: float
    width: float
    height: float


def _end_label(row: Row, last_year: int, wide: bool, language: Language) -> EndLabel:
    figure = row.figures[-1]
    value = _mark(figure, language)
    if figure.key.wave != last_year:
        value += f" ({figure.key.wave})"
    indent = text_width(value, bold=True) + 5 if wide else 0
    name = wrap(row.label, 150 if wide else 92)
    width = max(text_width(value, bold=True), indent + max(map(text_width, name)))
    return EndLabel(value, name, indent, width, _LINE * (len(name) + (not wide)) + 4)


def _end_marks(series: list[Row], ends: list[EndLabel], across: Axis, up: Axis, x: float, hue) -> list[alt.Chart]:
    """Labels at the ends of the lines, kept apart, with a thin line to an end that is not beside its label."""
    wanted = [up.px(row.figures[-1].value) for row in series]
    centres = _spread(wanted, [end.height for end in ends], -_LINE, up.start + _LINE)
    values, names, leaders = [], [], []
    for row, end, want, centre in zip(series, ends, wanted, centres, strict=True):
        y = centre - end.height / 2 + 2
        values.append(_block(x, y, [end.value]))
        names.append(_block(x + end.indent, y + (0 if end.indent else _LINE), end.name))
        tip = across.px(row.figures[-1].key.wave)
        if abs(centre - want) > end.height / 2 or tip < across.stop:
            leader = {"x": tip + 7, "x2": x - 3, "y": want, "y2": y + _LINE / 2, "series": row.label}
            leaders.append(leader)
    thin, to = {"strokeWidth": 1}, {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return [
        *_layer(leaders, "rule", thin, **_at(), **to, color=hue, opacity=_strength()),
        *_text(values, fontWeight="bold"),
        *_text(names),
    ]


def _point_values(series: list[Row], across: Axis, up: Axis, language: Language) -> tuple[list[dict], list[dict]]:
    """Values above or below their points, where no point is in the way: the first of each line; and all others.

    The others are for when their point is shown; the last of each line stands at its end.
    """
    starts = [row.figures[0] for row in series if len(row.figures) > 1]
    drawn = [f for row in series for f in row.figures]
    taken = [(across.px(f.key.wave), up.px(f.value)) for f in drawn]
    first, others = [], []
    for figure in starts:
        if spot := _beside(figure, starts, across, up, taken):
            taken.append(spot)
            first.append({"x": spot[0], "y": spot[1], "text": _mark(figure, language)})
    labelled = {(row["x"], row["text"]) for row in first}
    ends = [row.figures[-1] for row in series]
    for at, figure in enumerate(drawn):
        x, text = across.px(figure.key.wave), _mark(figure, language)
        if figure not in ends and (x, text) not in labelled:
            spot = _beside(figure, drawn, across, up, taken, 17) or (x, up.px(figure.value) - 17)
            others.append({"at": at, "x": spot[0], "y": spot[1], "text": text})
    return first, others


def _beside(
    figure: Figure, peers: list[Figure], across: Axis, up: Axis, taken: list, off: float = 14
) -> tuple[float, float] | None:
    """Where a value can stand: above its point if no peer of its wave is higher, else below, or the other way round."""
    x, y = across.px(figure.key.wave), up.px(figure.value)
    highest = figure.value == max(f.value for f in peers if f.key.wave == figure.key.wave)
    reach = max(abs(up.px(value) - y) for value in _extent([figure]))
    for side in (-off, off + 1) if highest else (off + 1, -off):
        spot = (x, y + side + math.copysign(reach, side))
        if all(math.dist(spot, other) > 13 for other in taken) and spot[1] < up.start:
            return spot
    return None


def _line_areas(series: list[Row], years: list[int], across: Axis, up: Axis, right: float) -> list[Box]:
    """The part of the plot nearest to each point: halfway to other years, and there to other series."""
    edges = [0, *((across.px(a) + across.px(b)) / 2 for a, b in pairwise(years)), right]
    areas = {}
    for year, (x, x2) in zip(years, pairwise(edges), strict=True):
        here = {i: up.px(f.value) for i, row in enumerate(series) for f in row.figures if f.key.wave == year}
        centres = _spread([*here.values()], [_LINE] * len(here), -_LINE, up.start + _LINE)
        order = sorted(zip(centres, here, strict=True))
        cuts = [-10, *((a + b) / 2 for (a, _), (b, _) in pairwise(order)), up.start + 22]
        for (_, i), (y, y2) in zip(order, pairwise(cuts), strict=True):
            areas[i, year] = Box(x, x2, y, y2)
    return [areas[i, f.key.wave] for i, row in enumerate(series) for f in row.figures]


def _whiskers(series: list[Row], x: alt.X, hue: alt.Color) -> list[alt.Chart]:
    """Upright intervals where they are known."""
    rows = [
        {"year": f.key.wave, "low": f.ci_low, "high": f.ci_high, "series": row.label}
        for row in series
        for f in row.figures
        if _has_interval(f)
    ]
    high = alt.Y2(field="high")
    return _layer(rows, "rule", {"strokeWidth": 2}, x=x, y=alt.Y("low:Q"), y2=high, color=hue, opacity=_strength())


def _level_whiskers(rows: list[dict], axis: Axis, paint: str, halo: bool = False) -> list[alt.Chart]:
    """Level intervals; rows have ``low``, ``high``, ``series`` and ``y`` in px. A halo makes them show on a bar too."""
    where = {"x": alt.X("low:Q", axis=None, scale=axis.scale()), "x2": alt.X2(field="high"), "y": _px(alt.Y)}
    where["opacity"] = _strength()
    around = {"strokeWidth": 6, "color": colour("surface")}
    return [
        *(_layer(rows, "rule", around, **where) if halo else []),
        *_layer(rows, "rule", {"strokeWidth": 2, "color": paint}, **where),
    ]


class Bar(NamedTuple):
    """A bar: its figure and the label that goes with it, its top in px, its thickness in px and its colour."""

    figure: Figure
    label: str
    y: float
    thick: float
    fill: str

    def box(self, axis: Axis) -> Box:
        """Where it lies."""
        ends = sorted((axis.px(0), axis.px(self.figure.value)))
        return Box(*ends, self.y, self.y + self.thick)


def bars(groups: list[Group], language: Language, width: int) -> alt.LayerChart:
    """Level bars from zero in groups below headings; the labels beside the bars, or above them where it is narrow."""
    wide = width == WIDTHS["wide"]
    drawn = [row.figures[0] for _, rows in groups for row in rows]
    names = {row.label: wrap(row.label, 210 if wide else width) for _, rows in groups for row in rows}
    left = max(text_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    indicators = list(dict.fromkeys(f.key.indicator if f.key.category else "" for f in drawn))
    headings, labels, bars, areas, y = [], [], [], [], 0.0
    for heading, rows in groups:
        lines = wrap(heading, 0.94 * width)  # bold is wider
        headings.append(_block(-left, y, lines))
        y += _LINE * len(lines) + 8
        for row in rows:
            key = row.figures[0].key
            fill = _HUES[indicators.index(key.indicator if key.category else "") % len(_HUES)]
            tall = _LINE * len(names[row.label])
            room, thick = (max(tall, 18), 18) if wide else (tall + 17, 14)
            labels.append(_block(-10 if wide else 0, y + (room - tall) / 2 if wide else y, names[row.label]))
            top = y + (room - thick) / 2 if wide else y + tall + 3
            bars.append(Bar(row.figures[0], row.label, top, thick, fill))
            areas.append(Box(-left, width - left, y - 5, y + room + 5))
            y += room + 10
        y += 18
    axis = _bar_axis(drawn, width - left, language)
    layers = [
        *_bar_layers(bars, axis),
        *_bar_values(bars, axis, language),
        *_text(headings, fontWeight="bold"),
        *_text(labels, align="right" if wide else "left"),
        *_spots([Spot(area, bar.box(axis)) for area, bar in zip(areas, bars, strict=True)]),
    ]
    return _frame(layers, width - left, y - 28, left=left, bottom=4)


def _bar_axis(drawn: list[Figure], width: float, language: Language) -> Axis:
    """From zero to the whole (100 %, or a ten) or a round number, so wide that every value fits at its bar's end."""
    low, high = min(0, *_extent(drawn)), {"percent": 100, "grade": 10}.get(drawn[0].unit)
    high = high or max(_ticks(drawn[0].unit, _extent(drawn)))
    rooms = [
        (width - 10 - text_width(_mark(f, language), bold=True)) * (high - low) / max(max(0, *_extent([f])) - low, 1e-9)
        for f in drawn
    ]
    return Axis(low, high, 0, min(width, *rooms))


def _bar_layers(bars: list[Bar], axis: Axis, outline: str | None = None) -> list[alt.Chart]:
    """Bars from zero with their intervals, each on a track that shows the whole."""
    boxes = [
        {"value": bar.figure.value, "y": bar.y, "y2": bar.y + bar.thick, "fill": bar.fill, "series": bar.label}
        for bar in bars
    ]
    tracks = [{"y": bar.y, "y2": bar.y + bar.thick} for bar in bars if bar.figure.unit in ("percent", "grade")]
    spans = [
        {"low": bar.figure.ci_low, "high": bar.figure.ci_high, "y": bar.y + bar.thick / 2, "series": bar.label}
        for bar in bars
        if _has_interval(bar.figure)
    ]
    across = {"y": _px(alt.Y), "y2": alt.Y2(field="y2")}
    whole = {"x": alt.XValue(axis.start), "x2": alt.X2Value(axis.stop), **across}
    value = {"x": alt.X("value:Q", axis=None, scale=axis.scale()), "x2": alt.X2Datum(0), **across}
    fill = alt.Color("fill:N", scale=None, legend=None)
    return [
        *_layer(tracks, "rect", {"color": colour("grid"), "opacity": 0.55}, **whole),
        *_layer(boxes, "rect", {}, **value, color=fill, opacity=_strength()),
        *(_layer(tracks, "rect", {"filled": False, "stroke": outline, "opacity": 1}, **whole) if outline else []),
        *_level_whiskers(spans, axis, colour("text"), halo=True),
    ]


def _bar_values(bars: list[Bar], axis: Axis, language: Language) -> list[alt.Chart]:
    rows = [
        {
            "end": max(0, *_extent([bar.figure])),
            "y": bar.y + bar.thick / 2,
            "text": _mark(bar.figure, language),
        }
        for bar in bars
    ]
    return _text(rows, x=alt.X("end:Q", axis=None, scale=axis.scale()), dx=6, fontWeight="bold")


def part(figure: Figure, text: str, language: Language, width: int) -> alt.LayerChart:
    """One bar of 100 %, filled as far as ``figure`` goes, below its value set large."""
    value = _mark(figure, language)
    indent = text_width(value, 30, bold=True) + 10
    title = wrap(text, width - indent)
    tall = max(_LINE * len(title), 34)
    bar, axis = Bar(figure, text, tall + 8, 30, _HUES[0]), Axis(0, 100, 0.5, width - 0.5)
    zero, whole = (quantity(share, "percent", 0, language, style="chart") for share in (0, 100))
    layers = [
        *_bar_layers([bar], axis, outline=colour("muted")),
        *_text([{"x": 0, "y": tall / 2, "text": value}], fontSize=30, fontWeight="bold"),
        *_text([_block(indent, (tall - _LINE * len(title)) / 2, title)]),
        *_text([{"x": 1, "y": tall + 52, "text": zero}]),
        *_text([{"x": width - 1, "y": tall + 52, "text": whole}], align="right"),
        *_spots([Spot(Box(0, width, 0, tall + 60), bar.box(axis))]),
    ]
    return _frame(layers, width, tall + 60)


def tally(fact: Fact, count: str, text: str, width: int) -> alt.LayerChart:
    """Dots as dashes without length: one line draws a row of them, in a hundredth of the bytes."""
    columns = 40 if width == WIDTHS["wide"] else 20
    pitch = width / columns
    title = wrap(text, width)
    top = 46 + _LINE * len(title)
    counted, rest = [], []
    for row in range(math.ceil(fact.of / columns)):
        start, stop = row * columns, min((row + 1) * columns, fact.of)
        filled = min(max(fact.value, start), stop)
        for strips, first, end in ((counted, start, filled), (rest, filled, stop)):
            x = (first - start + 0.5) * pitch
            if end > first:
                strips.append({"x": x, "x2": x + (end - first - 1) * pitch + 0.5, "y": top + (row + 0.5) * pitch})

    def dots(rows: list[dict], size: float, paint: str) -> list[alt.Chart]:
        look = {"strokeDash": [0, pitch], "strokeCap": "round", "strokeWidth": size * pitch, "color": paint}
        return _layer(rows, "rule", look, **_at(), x2=alt.X2(field="x2"))

    size = 30 if text_width(count, 30, bold=True) < width else 20
    bottom = top + math.ceil(fact.of / columns) * pitch
    layers = [
        *_text([{"x": 0, "y": 18, "text": count}], fontSize=size, fontWeight="bold"),
        *_text([_block(0, 38, title)]),
        *dots(counted, 0.75, _HUES[0]),
        *dots(rest, 0.3, colour("muted")),
        *_spots([Spot(Box(0, width, 0, bottom), Box(0, width, top, bottom))]),
    ]
    return _frame(layers, width, bottom)


_THEN = {"filled": True, "opacity": 1, "size": 80, "strokeWidth": 2}
_THEN |= {"fill": colour("surface"), "stroke": colour("muted")}
_NOW = {"filled": True, "opacity": 1, "size": 110, "color": _HUES[0]}


def change(panels: list[list[Row]], waves: tuple[int, int], figures: Figures, width: int) -> alt.LayerChart:
    """Then and now as two dots on a line a row; ``panels`` are rows of one unit, each with a scale of its own."""
    language, wide = figures.language, width == WIDTHS["wide"]
    rows = [row for panel in panels for row in panel]
    names = {row.label: wrap(row.label, 190 if wide else width) for row in rows}
    left = max(text_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    inset = 14 + max(text_width(_mark(f, language)) for row in rows for f in row.figures)
    headings, labels, layers, spots, y = [], [], [], [], _LINE + 14.0
    for panel in panels:
        drawn = [f for row in panel for f in row.figures]
        ticks = _ticks(drawn[0].unit, _extent(drawn))
        axis = Axis(ticks[0], ticks[-1], inset, width - left - inset)
        title = wrap(_axis_title(drawn, ticks, figures), 0.94 * width)
        headings.append(_block(-left, y, title))
        y += _LINE * len(title) + 6
        top, placed = y, []
        for row in panel:
            tall = _LINE * len(names[row.label])
            room = max(tall, 20) + 8 if wide else tall + 28
            labels.append(_block(-10 if wide else 0, y + (room - tall) / 2 if wide else y + 4, names[row.label]))
            placed.append((row, y + (room / 2 if wide else tall + 14)))
            spots += _pair_spots(*placed[-1], axis, Box(-left, width - left, y, y + room))
            y += room
        texts = _tick_texts(ticks, drawn[0].unit, language)
        layers += _scale_marks(ticks, texts, axis, top if wide else y, y)
        layers += _dumbbells(placed, axis, language)
        y += 38
    layers = [
        *layers,
        *_which_is_which(waves, -left),
        *_text(headings, fontWeight="bold"),
        *_text(labels, align="right" if wide else "left"),
        *_spots(spots, dots=True),
    ]
    return _frame(layers, width - left, y - 18, left=left, own_x=True)


def _scale_marks(ticks: list[float], texts: list[str], axis: Axis, top: float, bottom: float) -> list[alt.Chart]:
    """An axis at ``bottom`` with grid lines from ``top``; Vega-Lite has one axis a view, a panel needs its own."""
    grid = [{"x": axis.px(tick), "y": top, "y2": bottom + 4} for tick in ticks]
    base = [{"x": axis.start, "x2": axis.stop, "y": bottom}]
    room = (max(map(text_width, texts)) + 6) / (axis.px(ticks[1]) - axis.px(ticks[0]))
    shown = list(zip(ticks, texts, strict=True))[:: math.ceil(room)]
    below = [{"x": axis.px(tick), "y": bottom + 14, "text": text} for tick, text in shown]
    return [
        *_layer(grid, "rule", {"color": colour("grid")}, **_at(), y2=alt.Y2(field="y2")),
        *_layer(base, "rule", {"color": colour("grid")}, **_at(), x2=alt.X2(field="x2")),
        *_text(below, align="center"),
    ]


def _which_is_which(waves: tuple[int, int], left: float) -> list[alt.Chart]:
    """The two years beside the dots that stand for them."""
    dots = [{"x": x, "y": _LINE / 2} for x in (left + 6, left + text_width("2008") + 46)]
    years = [{**dot, "x": dot["x"] + 12, "text": str(year)} for dot, year in zip(dots, waves, strict=True)]
    return [
        *_layer(dots[:1], "point", _THEN, **_at()),
        *_layer(dots[1:], "point", _NOW, **_at()),
        *_text(years),
    ]


def _pair_spots(row: Row, y: float, axis: Axis, area: Box) -> list[Spot]:
    """The two points of a row: each has the half of ``area`` on its side."""
    then, now = (axis.px(figure.value) for figure in row.figures)
    left, right = area._replace(x2=(then + now) / 2), area._replace(x=(then + now) / 2)
    return [*map(Spot, (left, right) if then <= now else (right, left), (_dot(then, y), _dot(now, y)))]


def _dumbbells(placed: list[tuple[Row, float]], axis: Axis, language: Language) -> list[alt.Chart]:
    """Rows with their two values, the intervals above (then) and below (now) the line between them."""
    pairs, spans, beside = [], [], {"right": [], "left": []}
    for row, y in placed:
        then, now = row.figures
        pairs.append({"then": then.value, "now": now.value, "y": y, "series": row.label})
        for figure, offset, before in ((then, -9, then.value <= now.value), (now, 9, now.value < then.value)):
            text = {"value": figure.value, "y": y, "text": _mark(figure, language)}
            beside["right" if before else "left"].append(text)
            if _has_interval(figure):
                spans.append({"low": figure.ci_low, "high": figure.ci_high, "y": y + offset, "series": row.label})
    then, now, value = (alt.X(f"{name}:Q", axis=None, scale=axis.scale()) for name in ("then", "now", "value"))
    bar, y = {"strokeWidth": 3, "color": colour("muted")}, _px(alt.Y)
    firsts, lasts = ([{k: pair[k] for k in (name, "y", "series")} for pair in pairs] for name in ("then", "now"))
    return [
        *_layer(pairs, "rule", bar, x=then, x2=alt.X2(field="now"), y=y, opacity=_strength()),
        *_level_whiskers(spans, axis, colour("muted")),
        *_layer(firsts, "point", _THEN, x=then, y=y, opacity=_strength()),
        *_layer(lasts, "point", _NOW, x=now, y=y, opacity=_strength()),
        *_haloed(beside["right"], x=value, align="right", dx=-11),
        *_haloed(beside["left"], x=value, dx=11),
    ]
