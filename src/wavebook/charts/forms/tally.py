"""A dated fact, counted out in dots."""

from __future__ import annotations

import math

import altair as alt

from wavebook.charts.chart import Basis, Chart, Sketch, check, compose, csv_of
from wavebook.charts.columns import FACTS
from wavebook.charts.layout import WIDTHS, Box, Spot
from wavebook.charts.marks import HUES, Datum, Look, at_px, block, frame, layer, spot_layers, text_layers
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.core.text import capital
from wavebook.figures import Figures
from wavebook.language.wording import date, headed, number
from wavebook.language.words import words_in


def tally(name: str, figures: Figures, fact: str) -> Chart:
    """A dated fact of data/context.toml as dots, one for each of its ``of``, the counted ones filled.

    Raises ProblemsError: the name is not a slug (W331), or the fact is unknown or not part of a whole of at most a
    thousand (W335).
    """
    known = figures.definitions.facts
    of = known[fact].of if fact in known else None
    whole = -1 if of is None else of
    value = known[fact].value if fact in known else -1
    drawable = value == int(value) and 0 <= value <= whole <= 1000
    action = f"Choose a fact with `of`: {', '.join(key for key, item in known.items() if item.of)}."
    check(name, None, (not drawable, "W335", f"cannot be drawn from the fact {fact}", action))
    told, language, words = known[fact], figures.language, words_in(figures.language).charts
    count = number(told.value, 0, language)
    if told.bound:
        count = words[told.bound].format(value=count)
    text = words["of"].format(value=count, of=number(whole, 0, language))
    day = date(told.date, language)
    source = figures.sourced(told.source, told.locator)
    row = {"fact": fact, **told.model_dump(), "fact_label": told.name[language]}
    basis = Basis(csv_of(FACTS, [row]), (), [source], [words["state"].format(date=day)], facts=[fact])
    says = [headed(f"{capital(told.name[language])}, {day}", "", language), text, ""]
    sketch = Sketch(
        lambda width: _draw((int(told.value), whole), text, f"{told.name[language]}, {day}", width),
        points=[[{"series": fact, "wave": 0, "says": says}]],
        table={
            "head": [words["topic"], words["value"]],
            "rows": [[capital(told.name[language]), count], [capital(words["all"]), number(whole, 0, language)]],
        },
        told=[words["tally"], f"{capital(text)} {told.name[language]}, {day}"],
    )
    return compose(name, "tally", figures, basis, sketch)


def _draw(counts: tuple[int, int], count: str, text: str, width: int) -> alt.LayerChart:
    """Dots as dashes of zero length: one line draws a row of them, in a hundredth of the bytes."""
    counted, whole = counts
    columns = 40 if width == WIDTHS["wide"] else 20
    pitch = width / columns
    title = wrap(text, width)
    top = 46 + LINE * len(title)
    full: list[Datum] = []
    rest: list[Datum] = []
    for row in range(math.ceil(whole / columns)):
        start, stop = row * columns, min((row + 1) * columns, whole)
        filled = min(max(counted, start), stop)
        for strips, first, end in ((full, start, filled), (rest, filled, stop)):
            x = (first - start + 0.5) * pitch
            if end > first:
                strips.append({"x": x, "x2": x + (end - first - 1) * pitch + 0.5, "y": top + (row + 0.5) * pitch})

    def dots(rows: list[Datum], size: float, paint: str) -> list[alt.Chart]:
        look: Look = {"strokeDash": [0, pitch], "strokeCap": "round", "strokeWidth": size * pitch, "color": paint}
        return layer(rows, "rule", look, **at_px(), x2=alt.X2(field="x2"))

    size = 30 if text_width(count, 30, bold=True) < width else 20
    bottom = top + math.ceil(whole / columns) * pitch
    layers = [
        *text_layers([{"x": 0, "y": 18, "text": count}], fontSize=size, fontWeight="bold"),
        *text_layers([block(0, 38, title)]),
        *dots(full, 0.75, HUES[0]),
        *dots(rest, 0.3, colour("muted")),
        *spot_layers([Spot(Box(0, width, 0, bottom), Box(0, width, top, bottom))]),
    ]
    return frame(layers, width, bottom)
