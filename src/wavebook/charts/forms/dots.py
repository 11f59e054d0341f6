"""Many items in one measure, as dots on level rows with their intervals."""

from __future__ import annotations

from wavebook.charts.chart import Sketch, check
from wavebook.charts.form import form
from wavebook.charts.level.dot_marks import draw_dots
from wavebook.charts.level.facets import differing
from wavebook.charts.level.level import level_checks, level_of, points_of, table_of, told_of
from wavebook.charts.options import Options
from wavebook.figures import Selection
from wavebook.language.words import words_in


@form("sort", "order", "highlight", "label", "note", "reference", "scale", "beside")
def dots(name: str, selection: Selection, options: Options) -> Sketch:
    """Dots on level rows, the largest first, with their intervals: a ranking of many items.

    Several waves are dots of differing shapes on one row, and so is what ``beside`` names. Rows are then sorted by the
    newest wave, or by the first of the others. Waves and the answers of a scale keep the order of their declaration.

    Raises ProblemsError: the name is not a slug (W331), units differ (W332), more than four stand beside each other
    (W333), a full break is crossed (W334), or nothing differs in what ``beside`` names (W359).
    """
    figures = selection.figures
    level = level_of(selection, options, options.beside or ("wave" if "wave" in differing(selection) else None))
    check(name, selection, *level_checks(selection, options, level))
    return Sketch(
        lambda width: draw_dots(level, options, width),
        points=points_of(level, figures),
        table=table_of(level, figures),
        told=[words_in(figures.language).charts["dots"], *told_of(level, figures)],
        breaks=figures.breaks(selection.keys),
    )
