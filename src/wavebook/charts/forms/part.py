"""One percentage, as a part of a whole."""

from __future__ import annotations

import altair as alt

from wavebook.charts.chart import Sketch, Table, check
from wavebook.charts.form import form
from wavebook.charts.layout import Axis, Box, Spot, value_text
from wavebook.charts.level.bar_marks import Bar, bar_layers
from wavebook.charts.marks import HUES, block, frame, spot_layers, text_layers
from wavebook.charts.options import Options
from wavebook.charts.theme import LINE, colour, text_width, wrap
from wavebook.charts.words import point, said
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Figure, Selection
from wavebook.language.wording import headed, quantity
from wavebook.language.words import words_in


@form()
def part(name: str, selection: Selection, options: Options) -> Sketch:
    """One percentage as the filled part of a bar of 100 %.

    Raises ProblemsError: the name is not a slug (W331), or the selection is not exactly one percentage (W332).
    """
    chosen, figures = list(selection), selection.figures
    one = len(chosen) == 1 and chosen[0].unit.is_share
    check(name, None, (not one, "W332", "is not of exactly one percentage", "Select one figure."))
    figure, language = chosen[0], figures.language
    key, declared = figure.key, figures.definitions.indicators[figure.key.indicator]
    category = declared.categories[key.category][language] if key.category else ""
    named = filter(None, (declared.name[language], category, figures.apart(key), figures.called(key.wave)))
    text = capital(", ".join(named))
    table: Table = {
        "head": [words_in(language).charts["topic"], words_in(language).charts["value"]],
        "rows": [[text, said(figure, language)]],
    }
    return Sketch(
        lambda width: _draw(figure, text, language, width),
        points=[[point(text, figure, text, figures)]],
        table=table,
        told=[words_in(language).charts["part"], headed(text, said(figure, language, "prose"), language)],
    )


def _draw(figure: Figure, text: str, language: Language, width: int) -> alt.LayerChart:
    """One bar of 100 %, filled up to ``figure``, below its value in large type."""
    value = value_text(figure, language)
    indent = text_width(value, 30, bold=True) + 10
    title = wrap(text, width - indent)
    tall = max(LINE * len(title), 34)
    bar, axis = Bar(figure, text, tall + 8, 30, HUES[0]), Axis(0, 100, 0.5, width - 0.5)
    zero, whole = (quantity(share, figure.unit, 0, language, style="chart") for share in (0, 100))
    layers = [
        *bar_layers([bar], axis, outline=colour("muted")),
        *text_layers([{"x": 0, "y": tall / 2, "text": value}], fontSize=30, fontWeight="bold"),
        *text_layers([block(indent, (tall - LINE * len(title)) / 2, title)]),
        *text_layers([{"x": 1, "y": tall + 52, "text": zero}]),
        *text_layers([{"x": width - 1, "y": tall + 52, "text": whole}], align="right"),
        *spot_layers([Spot(Box(0, width, 0, tall + 60), bar.box(axis))]),
    ]
    return frame(layers, width, tall + 60)
