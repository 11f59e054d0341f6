"""The chart forms of a book: one call each, from a selection of figures to a chart with words and table.

They are imported when they are first used: Altair is heavy, and cleaning or drawing a picture needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wavebook.charts.foreign.own import own
    from wavebook.charts.foreign.picture import picture
    from wavebook.charts.foreign.table import table
    from wavebook.charts.forms.bars import bars
    from wavebook.charts.forms.change import change
    from wavebook.charts.forms.dots import dots
    from wavebook.charts.forms.heat import heat
    from wavebook.charts.forms.lines import lines
    from wavebook.charts.forms.map import map
    from wavebook.charts.forms.multiples import multiples
    from wavebook.charts.forms.part import part
    from wavebook.charts.forms.post import post
    from wavebook.charts.forms.pyramid import pyramid
    from wavebook.charts.forms.slope import slope
    from wavebook.charts.forms.stacked import stacked
    from wavebook.charts.forms.tally import tally
    from wavebook.charts.theme import colour

__all__ = [
    "bars",
    "change",
    "colour",
    "dots",
    "heat",
    "lines",
    "map",
    "multiples",
    "own",
    "part",
    "picture",
    "post",
    "pyramid",
    "slope",
    "stacked",
    "table",
    "tally",
]

_ELSEWHERE = {
    "colour": "theme",
    "own": "foreign.own",
    "picture": "foreign.picture",
    "table": "foreign.table",
}  # all others are forms


def __getattr__(name: str) -> object:
    if name in __all__:
        module = import_module(f"wavebook.charts.{_ELSEWHERE.get(name, f'forms.{name}')}")
        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
