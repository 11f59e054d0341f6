"""The chart forms of a book: one call each, from a selection of figures to a chart with words and table.

They are imported when they are first used, as Altair is heavy and who cleans or draws a picture has no need of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wavebook.charts.chart import bars, change, lines, part, tally

__all__ = ["bars", "change", "lines", "part", "tally"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("wavebook.charts.chart"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
