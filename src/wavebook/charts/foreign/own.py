"""A chart that an editor drew with Altair, with everything that the forms of this library have."""

from __future__ import annotations

import json
from collections.abc import Mapping

from wavebook.charts import renderer
from wavebook.charts.chart import Chart, Sketch, basis_of, compose
from wavebook.charts.drawing import Drawn
from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.colours import unseen
from wavebook.charts.foreign.exploring import explored
from wavebook.charts.foreign.fitting import Fitted, NoRoomError, as_wide, fitted
from wavebook.charts.foreign.judging import Judge
from wavebook.charts.foreign.look import look_of
from wavebook.charts.foreign.specification import NoChartError, Spec, advice, maker, refused
from wavebook.charts.foreign.telling import given, is_absent, table_of
from wavebook.charts.layout import WIDTHS
from wavebook.charts.svg import clean
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.figures import Selection

_HOUSE = 'Name a colour of the house, which follows the page: charts.colour("1"), "muted", "text", "surface".'


def own(name: str, chart: object, selection: Selection, *, summary: str | Mapping[str, str] = "") -> Chart:
    """A chart of your own, drawn with Altair: layers, panels, whatever Vega-Lite can draw without a script.

    It gets what every form has: the colours and type of the house style, two widths, a name and a description, the
    table, source and base of the selected figures, downloads, and what readers explore. ``summary`` says in a sentence
    what kind of picture it is and what it shows, for those who do not see it: a text, or a text for each language. In
    place of the chart you may give a function that makes it for a width in px.

    Every number that it draws is one of the selected figures, exactly or rounded as it is published, or the difference
    between two of them. Draw from ``selection.frame``, whose columns hold them with names for readers.

    Raises ProblemsError: the name is not a slug (W331), nothing is selected (W332), a line runs through a full break
    (W334), it has no summary (W341), it is no chart (W342), it needs what is elsewhere or a script (W343), it shows a
    number that is of no selected figure (W344), it does not fit a page (W345), or a page hides its colours (W348).
    """
    if is_absent(name, selection):
        return Chart.absent(name, selection.figures)
    sentence, problems = given(name, summary, selection)
    specs, wrong = _specs(name, chart)
    raise_all([*problems, *wrong])
    backing = Backing(selection)
    made: dict[str, tuple[Fitted, Judge]] = {}
    for variant, width in WIDTHS.items():
        fit = _fitted(name, specs[variant], width, selection)
        judge = Judge(name, fit.vega, fit.scene, backing)
        made[variant] = fit, judge
    found = dict.fromkeys(problem for _, judge in made.values() for problem in judge.problems())
    if not any(True for fit, _ in made.values() for _ in fit.scene.items):
        found[Problem("W342", f"chart {name}", "draws nothing", "Give it rows to draw, such as selection.frame.")] = (
            None
        )
    raise_all(found)
    points, spots = explored(made, selection)
    svgs = {
        variant: as_wide(clean(renderer.drawn(_json(fit.vega)), f"{name}-{variant}"), WIDTHS[variant])
        for variant, (fit, _) in made.items()
    }
    drawn = Drawn(_json(made["wide"][0].spec), svgs, spots)
    whiskers = all(judge.shows_intervals() for _, judge in made.values())
    breaks = selection.figures.breaks(selection.keys)
    sketch = Sketch(drawn, points, table_of(selection), [sentence.rstrip(".")], breaks, whiskers)
    return compose(name, "own", selection.figures, basis_of(selection, whiskers=whiskers), sketch)


def _specs(name: str, chart: object) -> tuple[dict[str, Spec], list[Problem]]:
    """The specification of each variant, and what is wrong with them."""
    specs, found = dict[str, Spec](), dict[Problem, None]()
    try:
        make = maker(chart)
        specs = {variant: make(width) for variant, width in WIDTHS.items()}
    except NoChartError as error:
        found[Problem("W342", f"chart {name}", str(error), advice())] = None
    for spec in specs.values():
        found |= {
            Problem(
                "W348", f"chart {name}", f"draws in {colour}, which {page} page hides (contrast {ratio:.1f})", _HOUSE
            ): None
            for colour, page, ratio in unseen(spec)
        }
        found |= {Problem(code, f"chart {name}", text, action): None for code, text, action in refused(spec)}
    return specs, list(found)


def _fitted(name: str, spec: Spec, width: int, selection: Selection) -> Fitted:
    try:
        return fitted(spec, width, look_of(selection, narrow=width == WIDTHS["narrow"]))
    except NoRoomError as error:
        fail(Problem("W345", f"chart {name}", str(error), error.action))
    except ValueError as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        found = f"cannot be drawn: {(lines or [''])[-1].strip()[:200]}".rstrip(".: ")
        fail(Problem("W342", f"chart {name}", found, "Draw it in a cell by itself, and correct it."))


def _json(spec: object) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
