"""The marks of lines: strokes and dots, intervals, and the labels at their ends."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import Axis, Box, Row, dot_box, spread, value_text
from wavebook.charts.marks import Datum, Look, at_px, block, layer, strength, text_layers
from wavebook.charts.series import Link
from wavebook.charts.theme import LINE, text_width, wrap
from wavebook.charts.through_time.line_plan import QUIET, Plan
from wavebook.charts.through_time.placing import Ground
from wavebook.definitions import Unit
from wavebook.figures import Figure


class Field(NamedTuple):
    """The plot of lines: its axes, its size in px, and whether it is the wide picture."""

    across: Axis
    up: Axis
    width: float
    height: float
    wide: bool

    def at(self, figure: Figure, plan: Plan) -> tuple[float, float]:
        """The place of a figure in px."""
        return self.across.px(plan.figures.time(figure)), self.up.px(figure.number)

    def dense(self, plan: Plan) -> bool:
        """Tell whether the dots of waves that follow each other would touch."""
        places = [self.across.px(plan.figures.definitions.time(wave)) for wave in plan.waves]
        return any(b - a < 12 for a, b in pairwise(places))


class EndLabel(NamedTuple):
    """The value and the name at the end of a line; the name beside the value, or below it where it is narrow."""

    value: str
    name: list[str]
    indent: float
    width: float
    height: float
    bold: bool


def end_label(row: Row, lit: bool, wide: bool, plan: Plan) -> EndLabel:
    """The label at the end of one line."""
    figure, figures = row.figures[-1], plan.figures
    value = value_text(figure, figures.language) if figure.key in plan.written else ""
    if figure.key.wave != max((f.key.wave for f in plan.drawn), key=figures.definitions.order):
        value = f"{value} ({figures.called(figure.key.wave, short=True)})".strip()
    beside = wide or plan.many or not value
    bold = lit
    indent = text_width(value, bold=bold) + 5 if beside and value else 0
    word = max(text_width(word) for other in plan.rows for word in other.label.split())
    is_headed = plan.options.panel and len(plan.rows) == 1  # the heading of the panel is its name
    name = [] if is_headed else wrap(row.label, 150 if wide else min(max(92, word), 120))
    longest = max((text_width(line, bold=lit and plan.many) for line in name), default=0)
    width = max(text_width(value, bold=bold), indent + longest)
    return EndLabel(value, name, indent, width, LINE * (len(name) + (not beside)) + (4 if not plan.many else 1), bold)


def end_marks(ends: list[EndLabel], field: Field, plan: Plan, above: float) -> list[alt.Chart]:
    """Labels at the ends of the lines, kept apart, with a thin line to an end that is not beside its label.

    ``above`` is the room above the plot.
    """
    x = field.width + 10
    wanted = [field.up.px(row.figures[-1].number) for row in plan.rows]
    centres = spread(wanted, [end.height for end in ends], -min(above, LINE), field.height + 7)
    texts: dict[bool, list[Datum]] = {True: [], False: []}
    leaders: list[Datum] = []
    for row, lit, end, want, centre in zip(plan.rows, plan.lit, ends, wanted, centres, strict=True):
        y = centre - end.height / 2 + (2 if not plan.many else 0.5)
        if end.value:
            texts[end.bold].append(block(x, y, [end.value]))
        below = bool(end.value) and not end.indent
        texts[lit and plan.many].append(block(x + end.indent, y + LINE * below, end.name))
        tip = field.across.px(plan.figures.time(row.figures[-1]))
        if abs(centre - want) > (end.height / 2 if not plan.many else 2) or tip < field.across.stop:
            leaders.append({"x": tip + 7, "x2": x - 3, "y": want, "y2": y + LINE / 2, "series": row.label})
    to = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return [
        *layer(leaders, "rule", {"strokeWidth": 1}, **at_px(), **to, color=_hue(plan), opacity=strength()),
        *text_layers(texts[True], fontWeight="bold"),
        *text_layers(texts[False]),
    ]


def _hue(plan: Plan) -> alt.Color:
    """The colour of each series."""
    scale = alt.Scale(domain=[row.label for row in plan.rows], range=plan.hues)
    return alt.Color("series:N", legend=None, scale=scale)


def stroke_marks(x: alt.X, y: alt.Y, field: Field, plan: Plan) -> list[alt.Chart]:
    """Lines, intervals and dots, those in colour above the grey ones; dotted where figures in between are unknown."""
    made: list[alt.Chart] = []
    of_series = alt.Scale(domain=[row.label for row in plan.rows], range=plan.shapes)
    shape = alt.Shape("series:N", legend=None, scale=of_series)
    dotted = plan.dotted(field.dense(plan))
    for lit in sorted(set(plan.lit)):
        those = [i for i, is_lit in enumerate(plan.lit) if is_lit == lit]
        rows, between = [plan.rows[i] for i in those], [plan.between[i] for i in those]
        thin = plan.many and not lit
        points = [[_datum(figure, row, plan) for figure in row.figures] for row in rows]
        parts: list[Datum] = []
        for own, inside in zip(points, between, strict=True):
            parts += [{**point, "part": part} for point, part in zip(own, _parts(inside), strict=True)]
        line: Look = {"strokeWidth": 2.5 if lit else 1.25 if thin else 1.5, "strokeJoin": "round"}
        dot: Look = {"filled": True, "size": 24 if thin else 70 if lit else 36}
        dots = [_datum(f, plan.rows[i], plan) for i in those for f in dotted[i]]
        look: Look = {"x": x, "y": y, "color": _hue(plan), "opacity": strength()}
        made += [
            *_dotted(rows, between, field, plan),
            *layer(parts, "line", line, **look, detail=alt.Detail("part:N")),
            *(() if thin else _whiskers(rows, x, plan)),
            *layer(dots, "point", dot, **look, shape=shape),
        ]
    return made


def _datum(figure: Figure, row: Row, plan: Plan) -> Datum:
    return {"year": plan.figures.time(figure), "value": figure.value, "series": row.label}


def _parts(between: list[Link]) -> list[int]:
    """For each figure the number of the stroke that it is on: a new one begins where nothing is known in between."""
    return [*accumulate((link.bond != "known" for link in between), initial=0)]


def _dotted(rows: list[Row], between: list[list[Link]], field: Field, plan: Plan) -> list[alt.Chart]:
    """A dotted line through the waves of a series whose figures are unknown."""
    found: list[Datum] = []
    for row, inside in zip(rows, between, strict=True):
        for link in inside:
            if link.bond == "unknown":
                (x, y), (x2, y2) = field.at(link.start, plan), field.at(link.end, plan)
                found.append({"x": x, "x2": x2, "y": y, "y2": y2, "series": row.label})
    look: Look = {"strokeWidth": 2, "strokeDash": [0.1, 5], "strokeCap": "round"}
    to = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    return layer(found, "rule", look, **at_px(), **to, color=_hue(plan), opacity=strength())


def _whiskers(rows: list[Row], x: alt.X, plan: Plan) -> list[alt.Chart]:
    """Vertical intervals where they are known."""
    found: list[Datum] = [
        {"year": plan.figures.time(f), "low": ends[0], "high": ends[1], "series": row.label}
        for row in rows
        for f in row.figures
        if (ends := f.interval)
    ]
    to = {"y": alt.Y("low:Q"), "y2": alt.Y2(field="high")}
    return layer(found, "rule", {"strokeWidth": 2}, x=x, **to, color=_hue(plan), opacity=strength())


def base_mark(unit: Unit, up: Axis, width: float) -> list[alt.Chart]:
    """A level rule at the base of an index."""
    rules: list[Datum] = [] if unit.base is None else [{"x": 0, "x2": width, "y": up.px(unit.base)}]
    return layer(rules, "rule", {"color": QUIET}, **at_px(), x2=alt.X2(field="x2"))


def ground_of(field: Field, plan: Plan, above: float) -> Ground:
    """The plot with its lines, dots and intervals, where texts may not stand; ``above`` it there is more room."""
    ground = Ground(Box(1, field.width + 6, -above, field.height - 1))
    for row, lit, dotted in zip(plan.rows, plan.lit, plan.dotted(field.dense(plan)), strict=True):
        ground.dot(dot_box(*field.at(figure, plan)) for figure in dotted)
        for figure in row.figures if lit or not plan.many else ():
            if ends := figure.interval:
                x = field.across.px(plan.figures.time(figure))
                ground.dot([Box(x - 2, x + 2, field.up.px(ends[1]), field.up.px(ends[0]))])
    for link in plan.links:
        if link.bond != "broken":
            ground.cross([field.at(link.start, plan), field.at(link.end, plan)])
    return ground


def areas(field: Field, plan: Plan) -> list[Box]:
    """The part of the plot nearest to each point: halfway to other waves, and there to other series."""
    waves = sorted({f.key.wave for f in plan.drawn}, key=plan.figures.definitions.order)
    places = [field.across.px(plan.figures.definitions.time(wave)) for wave in waves]
    edges = [0, *((a + b) / 2 for a, b in pairwise(places)), field.width + 10]
    found: dict[tuple[int, str], Box] = {}
    for wave, (x, x2) in zip(waves, pairwise(edges), strict=True):
        here = {i: field.up.px(f.number) for i, row in enumerate(plan.rows) for f in row.figures if f.key.wave == wave}
        centres = spread([*here.values()], [LINE] * len(here), -LINE, field.height + LINE)
        order = sorted(zip(centres, here, strict=True))
        cuts = [-10, *((a + b) / 2 for (a, _), (b, _) in pairwise(order)), field.height + 22]
        for (_, i), (y, y2) in zip(order, pairwise(cuts), strict=True):
            found[i, wave] = Box(x, x2, y, y2)
    return [found[i, f.key.wave] for i, row in enumerate(plan.rows) for f in row.figures]
