"""The chart forms of a book: one call each, from a selection of figures to a chart with words and table.

They are imported when they are first used: Altair is heavy, and cleaning or drawing a picture needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wavebook.charts.forms.bars import bars
    from wavebook.charts.forms.change import change
    from wavebook.charts.forms.heat import heat
    from wavebook.charts.forms.lines import lines
    from wavebook.charts.forms.part import part
    from wavebook.charts.forms.stacked import stacked
    from wavebook.charts.forms.tally import tally

__all__ = ["bars", "change", "heat", "lines", "part", "stacked", "tally"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module(f"wavebook.charts.forms.{name}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
