"""Series through the waves."""

from __future__ import annotations

import altair as alt

from wavebook.charts.chart import Sketch, Table, check
from wavebook.charts.form import form
from wavebook.charts.layout import (
    WIDTHS,
    Axis,
    Spot,
    axis_title,
    dot_box,
    extent,
    tick_texts,
    tick_values,
    ticks_between,
)
from wavebook.charts.layout import value_text as text_of
from wavebook.charts.marks import HUES, frame, scale_of, spot_layers, value_axis
from wavebook.charts.options import Options
from wavebook.charts.rows import series_of
from wavebook.charts.theme import LINE, text_width, wrap
from wavebook.charts.through_time.line_labels import label_marks
from wavebook.charts.through_time.line_marks import (
    Field,
    areas,
    base_mark,
    end_label,
    end_marks,
    ground_of,
    stroke_marks,
)
from wavebook.charts.through_time.line_plan import MOST, Plan
from wavebook.charts.through_time.line_words import gaps, told
from wavebook.charts.through_time.time_axis import band, break_marks, break_names, rule_places, time_axis
from wavebook.charts.words import point, said
from wavebook.core.text import capital
from wavebook.figures import Selection
from wavebook.language.words import words_in


@form("order", "highlight", "label", "note", "reference", "scale", "height")
def lines(name: str, selection: Selection, options: Options) -> Sketch:
    """Series through the waves on a true time axis, each named at its end, with its highest and its lowest value.

    No line runs through a break, which has its reason beside it; through waves in which the question was asked and
    whose figure is not known, it is dotted. Percentages and counts start at zero; grades have a window, which the axis
    states. Of more than four series, those that are highlighted are in colour and all others grey; without
    `highlight` all are grey. Figures are drawn as exactly as all of them are known: where one is rounded, all are.

    Raises
    ------
    ProblemsError
        The name is not a slug (W331), there are no figures or of several units (W332), more than twenty series
        (W333), or more than four of many highlighted (W361).
    """
    figures = selection.figures
    series = options.sorted(
        series_of(selection), lambda row: row.figures[-1].key, lambda row: row.figures[-1].number, default="selected"
    )
    breaks = figures.breaks(selection.keys) if selection.keys else []
    lit = sum(options.is_lit(*(f.key for f in row.figures)) for row in series) if options.highlight else 0
    check(
        name,
        selection,
        (len(series) > MOST, "W333", f"has {len(series)} series", f"Draw at most {MOST}, or make two charts."),
        (
            len(series) > len(HUES) < lit,
            "W361",
            f"highlights {lit} of {len(series)} series",
            f"Highlight at most {len(HUES)}: there are no more colours that readers can tell apart.",
        ),
    )
    plan = Plan.of(series, breaks, options)
    words = words_in(figures.language).charts
    waves = sorted({key.wave for key in selection.keys}, key=figures.definitions.order)
    by_wave = [{f.key.wave: f for f in row.figures} for row in series]
    when = words["year"] if figures.definitions.yearly else words_in(figures.language).tables["wave"]
    table: Table = {
        "head": [when, *(capital(row.label) for row in series)],
        "rows": [[figures.called(w), *(said(found.get(w), figures.language) for found in by_wave)] for w in waves],
    }
    return Sketch(
        lambda width: _draw(plan, width),
        points=[
            [point(row.label, f, f"{row.label}, {figures.called(f.key.wave)}", figures) for f in row.figures]
            for row in series
        ],
        table=table,
        told=told(plan),
        breaks=breaks,
        whiskers=any(plan.lit),
        notes=[f"{sentence}." for sentence in gaps(plan)],
    )


def _draw(plan: Plan, width: int) -> alt.LayerChart:
    """Series through time, their values and names at the ends, and a vertical rule for each break."""
    figures, options, wide = plan.figures, plan.options, width == WIDTHS["wide"]
    unit, language = plan.drawn[0].unit, figures.language
    values = [*extent(plan.drawn), *(reference.value for reference in options.references)]
    ticks = ticks_between(*options.scale, unit) if options.scale else tick_values(unit, values)
    texts = tick_texts(ticks, unit, language)
    title = wrap(axis_title(plan.drawn, ticks, figures), width)
    ends = [end_label(row, lit, wide, plan) for row, lit in zip(plan.rows, plan.lit, strict=True)]
    left, right = 10 + max(map(text_width, texts)), 18 + max(end.width for end in ends)
    plot = width - left - right
    asked = options.height if wide or options.panel else None
    height = max(asked or (250 if wide else 260), sum(e.height for e in ends) - 15)
    times = [figures.definitions.time(wave) for wave in plan.waves]
    first, last = (times[0], times[-1]) if times[0] < times[-1] else (times[0] - 1, times[0] + 1)
    widest = max(text_width(text_of(row.figures[0], language)) for row in plan.rows)
    across = Axis(first, last, max(16, widest / 2 + 2), plot - 6)  # the first values stand clear of the axis
    up = Axis(ticks[0], ticks[-1], height, 0)
    field = Field(across, up, plot, height, wide)
    named = break_names(plan.breaks, across, (-left, plot + 8), figures)
    above = band(named) if plan.breaks else 0
    free = 10 if min(map(up.px, values)) > 22 else 20  # for values above the highest points
    top = LINE * len(title) + max(above + 6, free)
    ground = ground_of(field, plan, max(above, free - 2))
    ground.rule(map(up.px, ticks))
    ground.take(name.box for name in named)
    for rule in rule_places(plan.breaks, across, figures):
        ground.cross([(rule, -above), (rule, height)])

    x = alt.X("year:Q", scale=scale_of(across), axis=time_axis(plan.waves, across, (left, plot + right), figures))
    y = alt.Y("value:Q", scale=scale_of(up), axis=value_axis(ticks, texts, title, (-left, 2 - top)))
    marks = [dot_box(*field.at(f, plan)) for f in plan.drawn]
    layers = [
        *base_mark(unit, up, plot),
        *break_marks(plan.breaks, named, across, height, figures),
        *stroke_marks(x, y, field, plan),
        *end_marks(ends, field, plan, max(above, free - 2)),
        *label_marks(ground, field, plan),
        *spot_layers([*map(Spot, areas(field, plan), marks)], dots=True),
    ]
    return frame(layers, plot, height, left=left, right=right, top=top, bottom=26)
