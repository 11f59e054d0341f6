"""Many items at two waves, as lines from one to the other with a label at each end."""

from __future__ import annotations

from wavebook.charts.chart import Sketch, check
from wavebook.charts.form import form
from wavebook.charts.layout import Row
from wavebook.charts.level.facets import facets_of
from wavebook.charts.options import Options
from wavebook.charts.pairs import pair_checks, pair_points, pair_table, pairs_told
from wavebook.charts.slope_marks import SEVERAL, draw_slope
from wavebook.figures import Selection
from wavebook.language.words import words_in

_MOST = 20  # lines whose labels stand below each other


@form("highlight", "label", "note", "reference", "scale", "height")
def slope(name: str, selection: Selection, options: Options) -> Sketch:
    """Lines from baseline to wave, with value and name at both ends, one below the other.

    Figures are drawn as exactly as all of them are known: where one is rounded, all are. The intervals of up to four
    lines are drawn; of more the table has them. A noted break is named, and the lines that cross it are dashed.

    Raises ProblemsError: the name is not a slug (W331), units differ (W332), a figure has no pair of waves or crosses a
    full break (W334), or there are more than twenty lines (W360).
    """
    figures = selection.figures
    rows = [
        Row(row.whole_label, tuple(sorted(row.cells.values(), key=lambda figure: figures.time(figure))))
        for row in facets_of(selection, "wave")
    ]
    check(
        name,
        selection,
        *pair_checks(rows, selection),
        (len(rows) > _MOST, "W360", f"has {len(rows)} lines", f"Draw at most {_MOST}, or use charts.change."),
    )
    kind = words_in(figures.language).charts["slope"]
    return Sketch(
        lambda width: draw_slope(rows, options, width),
        points=[pair_points(row, figures) for row in rows],
        table=pair_table(rows, figures),
        told=[
            kind.format(first=figures.called(figures.baseline), last=figures.called(figures.wave)),
            *pairs_told(rows, figures),
        ],
        breaks=figures.breaks(selection.keys),
        whiskers=len(rows) <= SEVERAL,
    )
