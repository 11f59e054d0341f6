"""The axis of time under lines: the names of its waves, and the breaks between them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import altair as alt

from wavebook.charts.layout import Axis, Box
from wavebook.charts.marks import Datum, Look, at_px, block, layer, text_layers
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.definitions import Break
from wavebook.figures import Figures
from wavebook.language.words import words_in

_MOST_LINES = 3  # of the reason for a break
_LEAST_ROOM = 84  # px, in which a reason can be read

Align = Literal["left", "center", "right"]
Ends = tuple[float, float]  # px


def time_axis(waves: Sequence[str], across: Axis, ends: Ends, figures: Figures) -> alt.Axis:
    """An axis of these waves and no others, with as much of their names as there is room for.

    The newest and the baseline (or else the oldest) always have theirs. ``ends`` is the room to the left of the plot,
    and from its left end to the edge of the picture.
    """
    times = [figures.definitions.time(wave) for wave in waves]
    places = [across.px(time) for time in times]
    every = [*range(len(waves))]
    must = [every[-1], waves.index(figures.baseline) if figures.baseline in waves else 0]
    names, sides = _named(waves, figures, short=False), dict[int, Align]()
    if not _apart(names, places, every, sides, ends):
        names = _named(waves, figures, short=True)
    if not _apart(names, places, every, sides, ends):
        every = sorted(set(must))
        sides = _sides(names, places, every, ends)
        for i in [0, *reversed(range(len(waves)))]:  # those that fit, from the newest on
            kept = sorted({*every, i})
            every = kept if _apart(names, places, kept, sides, ends) else every
    texts = [name if i in every else "" for i, name in enumerate(names)]
    label = f"{json.dumps(texts, ensure_ascii=False)}[indexof({json.dumps(times)}, datum.value)]"
    moved = [{"test": f"datum.value === {json.dumps(times[i])}", "value": s} for i, s in sides.items() if s != "center"]
    align: Any = {"condition": moved, "value": "center"} if moved else alt.Undefined
    look: Look = {"title": None, "grid": False, "tickSize": 4, "labelOverlap": False}
    return alt.Axis(values=times, labelExpr=label, labelAlign=align, **look)


def _named(waves: Sequence[str], figures: Figures, *, short: bool) -> list[str]:
    """The names of waves; years are short as in ’09."""
    if figures.definitions.yearly:
        return [f"’{wave[2:]}" if short else wave for wave in waves]
    return [figures.called(wave, short=short) for wave in waves]


def _span(width: float, place: float, side: str) -> tuple[float, float]:
    """From where to where a name runs that is centred on its wave, or begins or ends there."""
    start = place - width * {"left": 0.0, "right": 1.0}.get(side, 0.5)
    return start, start + width


def _apart(
    names: Sequence[str],
    places: Sequence[float],
    kept: Sequence[int],
    sides: dict[int, Align],
    ends: Ends,
) -> bool:
    """Tell whether the names of the waves that are ``kept`` stay apart, and within the picture."""
    spans = [_span(text_width(names[i]), places[i], sides.get(i, "center")) for i in kept]
    beside = all(b[0] - a[1] >= (4 if len(names[0]) <= 4 else 8) for a, b in pairwise(spans))
    return beside and spans[0][0] >= -ends[0] and spans[-1][1] <= ends[1]


def _sides(names: Sequence[str], places: Sequence[float], kept: Sequence[int], ends: Ends) -> dict[int, Align]:
    """The sides on which the first and last name that must be there stand: in the middle, if they fit there."""
    first, last = kept[0], kept[-1]
    tried: list[dict[int, Align]] = [
        {first: one, last: other} for one in ("center", "left", "right") for other in ("center", "right", "left")
    ]
    fits = (sides for sides in tried if _apart(names, places, kept, sides, ends))
    return next(fits, {first: "right", last: "left"})


class BreakName(NamedTuple):
    """The words at a break: the place of its rule, the side of it on which they stand, and their lines."""

    x: float
    side: Literal["left", "right"]
    lines: list[str]

    @property
    def box(self) -> Box:
        """Where the words stand, above the plot."""
        width = max(map(text_width, self.lines))
        start = self.x + 6 if self.side == "right" else self.x - 6 - width
        return Box(start, start + width, -LINE * len(self.lines) - 8, -8)


def break_names(breaks: Sequence[Break], across: Axis, ends: Ends, figures: Figures) -> list[BreakName]:
    """Words for breaks, between two ends in px: their reasons, or else that they are breaks, in full or in short."""
    words, language = words_in(figures.language).axes, figures.language
    places = rule_places(breaks, across, figures)
    reasons = [words[f"{b.kind}_reason"].format(reason=b.reason[language]) for b in breaks]
    found: list[BreakName] = []
    for texts in (reasons, *([words[name]] * len(breaks) for name in ("break", "break_short"))):
        most = _MOST_LINES if texts is reasons else 1
        found, free = [], ends[0]
        for x, after, text in zip(places, [*places[1:], ends[1]], texts, strict=bool(places)):
            left, right = _in_lines(text, x - 6 - free, most), _in_lines(text, after - x - 10, most)
            if left and (not right or len(left) <= len(right)):
                found.append(BreakName(x, "left", left))
            elif right:
                found.append(BreakName(x, "right", right))
            free = found[-1].box.x2 + 4 if found and found[-1].x == x and found[-1].side == "right" else x + 4
        if len(found) == len(breaks):
            break
    return found


def _in_lines(text: str, room: float, most: int) -> list[str]:
    """A text in as many lines as the room asks for; none if these are too many, or a word is too long."""
    lines = wrap(text, room) if room >= (_LEAST_ROOM if most > 1 else 1) else []
    return lines if len(lines) <= most and max(map(text_width, lines), default=0) <= room else []


def break_marks(
    breaks: Sequence[Break], named: Sequence[BreakName], across: Axis, height: float, figures: Figures
) -> list[alt.Chart]:
    """An upright rule between the two waves of each break, with its words beside its top."""
    rules: list[Datum] = [{"x": x, "y": -band(named)} for x in rule_places(breaks, across, figures)]
    texts: dict[str, list[Datum]] = {"left": [], "right": []}
    for name in named:
        x = name.x + (6 if name.side == "right" else -6)
        texts[name.side].append(block(x, -band(named), name.lines))
    look = {"strokeDash": [4, 3], "color": colour("muted")}
    return [
        *layer(rules, "rule", look, **at_px(), y2=alt.Y2Value(height)),
        *text_layers(texts["left"], align="right"),
        *text_layers(texts["right"]),
    ]


def band(named: Sequence[BreakName]) -> float:
    """The height in px that the words at breaks take above the plot."""
    return LINE * max((len(name.lines) for name in named), default=0) + 8


def rule_places(breaks: Sequence[Break], across: Axis, figures: Figures) -> list[float]:
    """The places of breaks: in the middle between their waves."""
    time = figures.definitions.time
    return [across.px((time(b.start) + time(b.end)) / 2) for b in breaks]
