"""The figures of a book: one table a wave, checked as it is loaded; look up, select, compare."""

from wavebook.figures.figure import AbsentFigureError, Figure, FirstWaveError, MissingFigureError
from wavebook.figures.figures import Figures, Selection, SourceLine
from wavebook.figures.key import (
    COLUMNS,
    KEY_COLUMNS,
    NUMBER_COLUMNS,
    PERTURBED,
    PERTURBED_REVISED,
    STATUSES,
    Key,
    span_names,
    wave_names,
)
from wavebook.figures.loading import everything, load
from wavebook.figures.table import figures_of, is_excerpt, load_table, read_wave
from wavebook.figures.waves import called

__all__ = [
    "COLUMNS",
    "KEY_COLUMNS",
    "NUMBER_COLUMNS",
    "PERTURBED",
    "PERTURBED_REVISED",
    "STATUSES",
    "AbsentFigureError",
    "Figure",
    "Figures",
    "FirstWaveError",
    "Key",
    "MissingFigureError",
    "Selection",
    "SourceLine",
    "called",
    "everything",
    "figures_of",
    "is_excerpt",
    "load",
    "load_table",
    "read_wave",
    "span_names",
    "wave_names",
]
