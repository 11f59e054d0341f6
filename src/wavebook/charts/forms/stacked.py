"""Ordered answers as parts of a whole, stacked along level bars."""

from __future__ import annotations

from math import fsum

from wavebook.charts.chart import Check, Sketch, Table, across_full_break, check
from wavebook.charts.form import form
from wavebook.charts.level.facets import Facet, facets_of, within_groups
from wavebook.charts.level.scale_parts import MOST_ASIDE, Scale, answers_of, gap_side, is_over, scale_of
from wavebook.charts.level.stacked_marks import draw_stacked
from wavebook.charts.options import Options
from wavebook.charts.theme import STEPS
from wavebook.charts.words import point, said, summary
from wavebook.core.text import capital
from wavebook.figures import Figures, Selection
from wavebook.language.wording import headed
from wavebook.language.words import words_in

_TOLD = 8  # values that the description lists; of more it tells the ends of the scale


@form("sort", "order", "highlight", "label", "note", "middle", "apart")
def stacked(name: str, selection: Selection, options: Options) -> Sketch:
    """Level bars of 100 %, each divided into the answers of a scale, in the order of their declaration.

    Rows are items, groups or waves, in the order of the selection. With ``middle``, bars lie around an answer, or
    between the two that it names. ``apart`` names answers outside the scale, as don't know; they stand apart, in grey.
    Rows are sorted by the answers that ``highlight`` names, or else by those right of the middle, or else by the first.

    Raises ProblemsError: the name is not a slug (W331), units differ (W332), a full break is crossed (W334), the scale
    has more answers than there are colours (W355), parts are no shares of one whole (W356), rows have different answers
    (W357), or the place of a hidden answer is not known (W358).
    """
    figures, language = selection.figures, selection.figures.language
    rows = facets_of(selection, "category")
    scale = scale_of(answers_of(selection, rows), options.middle, options.apart, figures)
    check(name, selection, across_full_break(selection), *_checks(rows, scale, figures))
    by = _sorted_by(scale, options)

    def share(row: Facet) -> float:
        return fsum(row.cells[part].number for part in by if part in row.cells)

    rows = within_groups(rows, lambda some: options.sorted(some, lambda row: row.key, share, default="selected"))
    words = words_in(language).charts
    table: Table = {
        "head": [words["topic"], *(capital(column.label) for column in scale.columns)],
        "rows": [
            [capital(row.whole_label), *(said(row.cells.get(c.part), language) for c in scale.columns)] for row in rows
        ],
    }
    many = len(selection.keys) > _TOLD
    inner = scale.on("left", "middle", "right")
    told = [
        headed(
            capital(column.label),
            summary([(r.whole_label, r.cells[column.part]) for r in rows if column.part in r.cells], language),
            language,
        )
        for column in ((inner[0], inner[-1]) if many and inner else scale.columns)
    ]
    kind = "stacked_around" if scale.has_middle else "stacked"
    return Sketch(
        lambda width: draw_stacked(rows, scale, options, width),
        points=[
            [
                {
                    **point(column.label, row.cells[column.part], f"{row.whole_label}, {column.label}", figures),
                    "wave": float(i),
                }
                for i, column in enumerate(scale.columns)
                if column.part in row.cells
            ]
            for row in rows
        ],
        table=table,
        told=[words[kind], *told, *([words["in_table"]] if many else [])],
        breaks=figures.breaks(selection.keys),
        whiskers=False,
    )


def _checks(rows: list[Facet], scale: Scale, figures: Figures) -> list[Check]:
    """What cannot be shown rightly as parts of a whole."""
    d, language = figures.definitions, figures.language
    keys = [figure.key for row in rows for figure in row.cells.values()]
    indicators = {key.indicator: d.indicators[key.indicator] for key in keys}
    shares = all(indicator.unit.is_share for indicator in indicators.values()) and all(key.category for key in keys)
    several = list(dict.fromkeys(key.indicator for key in keys if d.has_several_answers(key.indicator, key.wave)))
    over = [row.whole_label for row in rows if shares and not several and is_over(row, figures)]
    answers = {
        tuple(text[language] if (text := item.categories.get(column.key.category)) else "" for column in scale.columns)
        for item in indicators.values()
    }
    most, sides = max(len(scale.on("left")), len(scale.on("right"))), " on one side" if scale.has_middle else ""
    unplaced = [row.whole_label for row in rows if scale.has_middle and gap_side(row, scale, figures) is None]
    other = "Use charts.bars or charts.dots."
    return [
        (keys and not shares, "W356", "stacks figures that are no shares of answers", "Select answers in per cent."),
        (several, "W356", f"stacks answers of which people gave several, to {', '.join(several)}", other),
        (over, "W356", f"stacks answers that are more than their whole, in {', '.join(over)}", other),
        (len(answers) > 1, "W357", f"stacks {', '.join(indicators)}, with different answers", "Make a chart for each."),
        (
            most > (MOST_ASIDE if scale.has_middle else STEPS),
            "W355",
            f"has {most} answers{sides}",
            f"Stack at most {STEPS}, or name the middle, with at most {MOST_ASIDE} on each side; set others apart.",
        ),
        (
            unplaced,
            "W358",
            f"has hidden answers on both sides of the middle, in {', '.join(unplaced)}",
            "Stack without a middle, or leave these rows out.",
        ),
    ]


def _sorted_by(scale: Scale, options: Options) -> list[str]:
    """The answers by whose share rows are sorted."""
    named = [column.part for column in scale.columns if options.highlight and options.is_lit(column.key)]
    sides = scale.on("right") if scale.has_middle else scale.on("right")[:1]
    return named if 0 < len(named) < len(scale.columns) else [column.part for column in sides]
