"""A picture that an editor drew with matplotlib, with words, source and figures beside it."""

from __future__ import annotations

from collections.abc import Mapping

from wavebook.charts.chart import Chart, Sketch, basis_of, compose
from wavebook.charts.drawing import Drawn
from wavebook.charts.foreign.matplotlib_svg import NoFigureError, drawn_by
from wavebook.charts.foreign.telling import given, is_absent, table_of
from wavebook.charts.layout import WIDTHS
from wavebook.core.problems import Problem, raise_all
from wavebook.figures import Selection
from wavebook.language.words import words_in


def picture(name: str, figure: object, selection: Selection, *, summary: str | Mapping[str, str] = "") -> Chart:
    """A picture that you drew with matplotlib, or with what draws by it, such as seaborn and plotnine.

    It comes on the page as a drawing that stays sharp, on a white ground in the dark too, with ``summary`` as its
    alternative text, and with the table, source and base of the selected figures. What it draws cannot be held against
    them: the page says so below it. Give a function that makes the figure for a width in px (640, and 320 on a phone)
    where a narrower one needs another layout; else the same figure is drawn narrower, with its text as large as it was.

    Prefer ``charts.own`` or a form of the library: those follow the house style, can be explored, and are checked.

    Raises ProblemsError: the name is not a slug (W331), nothing is selected (W332), it has no summary (W341), it is no
    figure (W342), it holds a photo or a link (W343), or its summary shows a number of no selected figure (W344).
    """
    if is_absent(name, selection):
        return Chart.absent(name, selection.figures)
    sentence, problems = given(name, summary, selection)
    drawings: dict[str, str] = {}
    for variant, width in WIDTHS.items():
        try:
            drawings[variant] = drawn_by(figure, width, f"{name}-{variant}")
        except NoFigureError as error:
            problems.append(Problem(error.code, f"chart {name}", str(error), error.action))
    raise_all(dict.fromkeys(problems))
    said = words_in(selection.figures.language).charts["unchecked"]
    sketch = Sketch(Drawn("{}", drawings, {}), [], table_of(selection), [sentence.rstrip(".")], notes=[said])
    return compose(name, "picture", selection.figures, basis_of(selection, whiskers=False), sketch)
