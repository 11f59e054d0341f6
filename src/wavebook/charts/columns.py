"""The columns of a chart's CSV: codes as the tables of figures have them, each with what readers call it beside it."""

from __future__ import annotations

from wavebook.figures import COLUMNS, Figure, Figures

LABEL = "_label"
"""The end of the name of a column with readers' words for the code before it."""
_CODED = ("wave", "indicator", "population", "segment_by", "segment", "category")
FIGURES = tuple(name for column in COLUMNS for name in (column, *([column + LABEL] if column in _CODED else ())))
"""The columns of figures, with their labels."""
FACTS = ("fact", f"fact{LABEL}", "date", "value", "of", "bound", "source", "locator")
"""The columns of a dated fact."""


def labels_of(figure: Figure, figures: Figures) -> dict[str, str]:
    """Readers' words for the codes of a figure, by name of column; empty for what it does not have."""
    key, d, language = figure.key, figures.definitions, figures.language
    indicator = d.indicators[key.indicator]
    told = {
        "wave": figures.called(key.wave),
        "indicator": indicator.name[language],
        "population": figures.people(key.population),
        "segment_by": d.breakdowns[key.segment_by][language] if key.segment_by else "",
        "segment": figures.segment_label(key),
        "category": indicator.categories[key.category][language] if key.category else "",
    }
    return {f"{name}{LABEL}": str(text) for name, text in told.items()}
