"""Rows below each other in groups with headings: their names beside them, or above them where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt

from wavebook.charts.layout import WIDTHS, Axis
from wavebook.charts.marks import Datum, at_px, block, haloed, layer, text_layers
from wavebook.charts.options import Reference
from wavebook.charts.theme import LINE, colour, text_width, wrap

_ENTRY = 18  # px between two entries of a legend
_SIGN = 20  # px from the start of a sign to its words


class Rung(NamedTuple):
    """A row before it has a place: its name, the height of what is drawn, and remarks that stand below that."""

    label: str
    tall: float
    remarks: Sequence[str] = ()


class Ladder(NamedTuple):
    """Rows in their places: the room for names to their left, and (top, bottom) of what is drawn and of each row."""

    left: float
    bodies: list[tuple[float, float]]
    rooms: list[tuple[float, float]]
    groups: list[tuple[float, float]]
    height: float
    headings: list[Datum]
    labels: list[Datum]
    remarks: list[Datum]
    wide: bool

    def layers(self) -> list[alt.Chart]:
        """The texts of the rows."""
        return [
            *text_layers(self.headings, fontWeight="bold"),
            *text_layers(self.labels, align="right" if self.wide else "left"),
            *text_layers(self.remarks, fontStyle="italic"),
        ]


def ladder(groups: Sequence[tuple[str, Sequence[Rung]]], width: int, *, top: float = 0, gap: float = 10) -> Ladder:
    """Rows in their places, from ``top`` on, ``gap`` px apart."""
    wide = width == WIDTHS["wide"]
    names = [[wrap(rung.label, 210 if wide else width) for rung in rungs] for _, rungs in groups]
    widest = max((text_width(line) for group in names for lines in group for line in lines), default=0)
    left = widest + 10 if wide else 0
    made = Ladder(left, [], [], [], 0, [], [], [], wide)
    y = top
    for (heading, rungs), labels in zip(groups, names, strict=True):
        if heading:
            lines = wrap(heading, 0.9 * width)  # bold is wider
            made.headings.append(block(-left, y, lines))
            y += LINE * len(lines) + 8
        start = y
        for rung, label in zip(rungs, labels, strict=True):
            tall = LINE * len(label)
            room = max(tall, rung.tall) if wide else tall + 3 + rung.tall
            made.labels.append(block(-10 if wide else 0, y + (room - tall) / 2 if wide else y, label))
            body = y + (room - rung.tall) / 2 if wide else y + tall + 3
            made.bodies.append((body, body + rung.tall))
            below = [line for remark in rung.remarks for line in wrap(remark, 0.9 * (width - left))]
            if below:
                made.remarks.append(block(0, body + rung.tall + 3, below))
                room = max(room, body - y + rung.tall + 5 + LINE * len(below))
            made.rooms.append((y - gap / 2, y + room + gap / 2))
            y += room + gap
        made.groups.append((start - gap / 2, y - gap / 2))
        y += 18
    return made._replace(height=y - gap - 18)


class Sign(NamedTuple):
    """An entry of a legend in its place: the left and the middle of its sign."""

    x: float
    y: float


def legend(labels: Sequence[str], width: float, left: float) -> tuple[list[Sign], list[Datum], float]:
    """The places of signs, their words, and the height of a legend that begins ``left`` px before the plot."""
    signs: list[Sign] = []
    texts: list[Datum] = []
    x, y = 0.0, 0.0
    for label in labels:
        lines = wrap(label, width - _SIGN)
        wide = _SIGN + max(map(text_width, lines))
        if x and x + wide > width:
            x, y = 0, y + LINE + 4
        signs.append(Sign(x - left, y + LINE / 2))
        texts.append(block(x - left + _SIGN, y, lines))
        x += wide + _ENTRY
        if len(lines) > 1:
            x, y = 0, y + LINE * len(lines) + 4
    return signs, texts, y + (LINE if x else -4) + 14


def reference_room(references: Sequence[Reference], width: float) -> float:
    """The height of the names of references above the rows of a picture of this width."""
    lines = [len(some) for some in _reference_names(references, width)]
    return sum(LINE * some + 2 for some in lines) + 6 if lines else 0


def _reference_names(references: Sequence[Reference], width: float) -> list[list[str]]:
    return [wrap(reference.text, 0.9 * width, tight=True) for reference in references]


def reference_layers(
    references: Sequence[Reference], axis: Axis, placed: Ladder, top: float, width: int
) -> list[alt.Chart]:
    """Rules with their names and values above the rows: a stretch at each row, so that no word is crossed."""
    first, last = -placed.left, width - placed.left
    bottom = top + reference_room(references, width) - 2
    rules: list[Datum] = []
    names: list[Datum] = []
    y = top
    for reference, lines in zip(references, _reference_names(references, width), strict=True):
        x, half = axis.px(reference.value), max(map(text_width, lines)) / 2
        names.append(block(min(max(x, first + half), last - half), y, lines))
        y += LINE * len(lines) + 2
        rules.append({"x": x, "y": y - 2, "y2": bottom})
        rules += [{"x": x, "y": body - 4, "y2": end + 4} for body, end in placed.bodies]
    halo, dashed = {"strokeWidth": 4, "color": colour("surface")}, {"strokeDash": [5, 3], "strokeWidth": 1.5}
    return [
        *layer(rules, "rule", halo, **at_px(), y2=alt.Y2(field="y2")),
        *layer(rules, "rule", {**dashed, "color": colour("text")}, **at_px(), y2=alt.Y2(field="y2")),
        *haloed(names, align="center"),
    ]
