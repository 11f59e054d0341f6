"""The texts in the plot of lines: values, remarks, what the figures are compared with, and where nothing is known."""

from __future__ import annotations

from collections.abc import Container, Iterable

import altair as alt

from wavebook.charts.layout import Box, value_text
from wavebook.charts.marks import Datum, at_px, haloed, layer, when_shown
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.through_time.line_marks import Field
from wavebook.charts.through_time.line_plan import Plan
from wavebook.charts.through_time.placing import Ground, Place, around, distance, nearest, text_box
from wavebook.figures import Figure, Key
from wavebook.language.words import words_in


def label_marks(ground: Ground, field: Field, plan: Plan) -> list[alt.Chart]:
    """All texts in the plot, each where it covers nothing.

    A peak, or a value that is asked for by name, stands farther off with a line to its point where there is no place
    beside it; any other value is left out there.
    """
    compared = _references(ground, field, plan)
    values = _values(ground, field, plan)
    starts = {row.figures[0].key for row in plan.rows} if not isinstance(plan.options.label, tuple) else set()
    left = plan.written - _last(plan) - starts - values.keys() if plan.options.label != "all" else set()
    far = [(f, value_text(f, plan.figures.language)) for f in plan.drawn if f.key in left]
    remarks = _remarks([*far, *plan.notes], ground, field, plan)
    unknown = _unknown(ground, field, plan)
    texts = haloed([*values.values(), *unknown], align="center")
    return [*compared, *remarks, *texts, *_shown(ground, field, plan, values)]


def _text(box: Box, lines: list[str]) -> Datum:
    """Lines of text in the middle of a box."""
    return {"x": (box.x + box.x2) / 2, "y": box.y - 1 + LINE / 2, "text": "\n".join(lines)}


def _values(ground: Ground, field: Field, plan: Plan) -> dict[Key, Datum]:
    """Values beside their points, except the last ones, which stand at the ends: those in colour first, and peaks."""
    starts = {row.figures[0].key for row in plan.rows}
    bright = {f.key for row, lit in zip(plan.rows, plan.lit, strict=True) if lit for f in row.figures}
    wanted = [f for f in plan.drawn if f.key in plan.written - _last(plan)]
    found: dict[Key, Datum] = {}
    dotted = zip(plan.dotted(field.dense(plan)), plan.lit, strict=True)
    others = [field.at(f, plan) for own, lit in dotted if lit or not plan.many for f in own]
    for figure in sorted(wanted, key=lambda f: (f.key not in bright, f.key in starts)):
        text = value_text(figure, plan.figures.language)
        if box := ground.best(_clear(_beside(figure, text, field, plan), field.at(figure, plan), others)):
            found[figure.key] = _text(box, [text])
    return found


def _last(plan: Plan) -> set[Key]:
    """The figures whose values stand at the ends of their lines."""
    return {row.figures[-1].key for row in plan.rows}


def _beside(figure: Figure, text: str, field: Field, plan: Plan) -> list[tuple[Box, float]]:
    """Places for a value, each with how far off it is."""
    at = field.at(figure, plan)
    reach = max((abs(field.up.px(end) - at[1]) for end in figure.interval or ()), default=0)
    is_end = any(figure in (row.figures[0], row.figures[-1]) for row in plan.rows)
    return around(at, [text], max(reach, 5), below=_is_low(figure, plan), other_side=4 if is_end else 16)


def _clear(spots: list[tuple[Box, float]], at: Place, others: list[Place]) -> list[tuple[Box, float]]:
    """Those of the places for a value to which no other dot is nearer."""
    near = [other for other in others if other != at and abs(other[0] - at[0]) < 90 and abs(other[1] - at[1]) < 90]
    return [(box, off) for box, off in spots if all(distance(box, at) <= distance(box, other) for other in near)]


def _is_low(figure: Figure, plan: Plan) -> bool:
    """Tell whether a point is a low of its line; at an end of it, whether it is below the others of its wave."""
    row = next(row for row in plan.rows if figure in row.figures)
    i = row.figures.index(figure)
    beside = [row.figures[j].number for j in (i - 1, i + 1) if 0 <= j < len(row.figures)]
    if len(beside) == 2 and figure.number != sum(beside) / 2:
        return figure.number < sum(beside) / 2
    return figure.number < max(f.number for f in plan.drawn if f.key.wave == figure.key.wave)


def _remarks(remarks: Iterable[tuple[Figure, str]], ground: Ground, field: Field, plan: Plan) -> list[alt.Chart]:
    """Remarks near their points, each with a thin line to it."""
    texts: list[Datum] = []
    leaders: list[Datum] = []
    for figure, remark in remarks:
        at = field.at(figure, plan)
        lines = wrap(remark, 150 if field.wide else 100)
        if box := ground.best(_near(at, lines, ground)):
            texts.append(_text(box, lines))
            (x, y), (x2, y2) = at, nearest(box, at)
            leaders.append({"x": x, "y": y, "x2": x2, "y2": y2})
    to = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    look = {"strokeWidth": 1, "color": colour("text")}
    return [*layer(leaders, "rule", look, **at_px(), **to), *haloed(texts, align="center")]


def _near(at: Place, lines: list[str], ground: Ground) -> Iterable[tuple[Box, float]]:
    """Places for a remark, each with how far off it is, and more for each line that the one to its point meets."""
    box = text_box(0, 0, lines)
    for away in (14, 26, 40, 58, 80, 110):
        for across in (0.0, 0.5, -0.5, 1.0, -1.0):
            for side in (-1, 1):
                x, y = at[0] + across * 2 * (box.x2 + away / 3), at[1] + side * (away + box.y2)
                place = Box(x + box.x, x + box.x2, y + box.y, y + box.y2)
                yield place, away + 10 * abs(across) + 12 * ground.met(at, nearest(place, at))


def _references(ground: Ground, field: Field, plan: Plan) -> list[alt.Chart]:
    """A level rule for each value to compare with, with its name and value on it where there is most room."""
    rules: list[Datum] = []
    texts: list[Datum] = []
    for reference in plan.options.references:
        y = field.up.px(reference.value)
        lines = wrap(reference.text, field.width - 4)
        half = max(map(text_width, lines)) / 2
        rules.append({"x": 0, "x2": field.width, "y": y})
        off, room = LINE * len(lines) / 2 + 2, max(field.width - 2 * half - 6, 0)
        places = [(half + 3 + room * i / 8, side, away) for away in (0, 12) for side in (-1, 1) for i in range(9)]
        boxes = ((text_box(x, y + side * (off + away), lines), away) for x, side, away in places)
        if box := ground.best(boxes, on_dots=True):
            texts.append(_text(box, lines))
    for rule in rules:
        ground.cross([(rule["x"], rule["y"]), (rule["x2"], rule["y"])])
    look = {"strokeWidth": 1.5, "color": colour("muted")}
    return [*layer(rules, "rule", look, **at_px(), x2=alt.X2(field="x2")), *haloed(texts, align="center")]


def _unknown(ground: Ground, field: Field, plan: Plan) -> list[Datum]:
    """The word for what is not known, once, at the first dotted line with room for it."""
    word = words_in(plan.figures.language).axes["unknown"]
    for link in plan.links:
        if link.bond == "unknown":
            (x, y), (x2, y2) = field.at(link.start, plan), field.at(link.end, plan)
            if box := ground.best(around(((x + x2) / 2, (y + y2) / 2), [word], 4), on_lines=False):
                return [_text(box, [word])]
    return []


def _shown(ground: Ground, field: Field, plan: Plan, written: Container[Key]) -> list[alt.Chart]:
    """The other values, each of which a reader sees who explores its point."""
    rows: list[Datum] = []
    for at, figure in enumerate(plan.drawn):
        if figure.key not in written and not (figure.key in plan.written and figure.key in _last(plan)):
            text, (x, y) = value_text(figure, plan.figures.language), field.at(figure, plan)
            spots = [box for box, _ in _beside(figure, text, field, plan)]
            box = next(filter(ground.is_free, spots), None) or text_box(x, y - 17, [text])
            rows.append({"at": at, **_text(box, [text])})
    return when_shown(haloed(rows, align="center"))
