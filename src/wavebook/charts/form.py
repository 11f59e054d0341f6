"""A chart form: what editors call in a notebook, around a module's sketch of a selection."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Protocol, Unpack

from wavebook.charts.chart import Chart, NothingToDrawError, Sketch, basis_of, compose
from wavebook.charts.options import Asked, Options, read
from wavebook.core.problems import Problem, ProblemsError, raise_all
from wavebook.figures import Selection


class Sketcher(Protocol):
    """A function of a form's module: the name is for its problems, the options are checked."""

    __name__: str

    def __call__(self, name: str, selection: Selection, options: Options, /) -> Sketch:
        """Sketch a selection."""
        ...


class Form:
    """A form with the options that it takes; called, it makes a chart.

    In an edition about a segment that has none of the figures, it makes a chart that pages leave out.
    """

    def __init__(self, sketch: Sketcher, takes: tuple[str, ...]) -> None:
        functools.update_wrapper(self, sketch)
        self.name, self.sketch, self.takes = sketch.__name__, sketch, takes
        plain, keyword = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        named = [inspect.Parameter(name, plain) for name in ("name", "selection")]
        self.__signature__ = inspect.Signature([*named, *(inspect.Parameter(n, keyword, default=None) for n in takes)])

    def __call__(self, name: str, selection: Selection, **asked: Unpack[Asked]) -> Chart:
        """Draw the figures of a selection.

        Raises ProblemsError with all that is wrong with the name, the figures and the options.
        """
        if selection.figures.segment and not selection.keys:
            return Chart.absent(name, selection.figures)
        options, wrong = read(asked, self.takes, self.name, selection)
        problems = [Problem(code, f"chart {name}", found, action) for code, found, action in wrong]
        try:
            sketch = self.sketch(name, selection, options)
        except NothingToDrawError:
            return Chart.absent(name, selection.figures)
        except ProblemsError as error:
            raise ProblemsError([*error.problems, *problems]) from None
        raise_all(problems)
        return compose(
            name, self.name, selection.figures, basis_of(selection, options, whiskers=sketch.whiskers), sketch
        )


def form(*takes: str) -> Callable[[Sketcher], Form]:
    """Make a form of a sketch that takes these options."""
    return lambda sketch: Form(sketch, takes)
