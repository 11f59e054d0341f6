"""The words beside an editor's own chart: its summary, the table of its figures, and what its points tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wavebook.charts.chart import Table, check
from wavebook.charts.foreign.backing import Backing
from wavebook.charts.rows import series_of
from wavebook.charts.words import said
from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.core.text import capital
from wavebook.figures import Figures, Selection
from wavebook.language.words import words_in

_LEAST = 3  # words that say what a picture shows


def summary_of(name: str, summary: str | Mapping[str, str], figures: Figures) -> tuple[str, list[Problem]]:
    """The summary in the language of the figures, and what is wrong with it."""
    text = summary.get(figures.language, "") if isinstance(summary, Mapping) else summary
    text = " ".join(text.split()) if isinstance(text, str) else ""
    place = f"chart {name}"
    if len(re.findall(r"\w+", text)) < _LEAST:
        found = f"has no summary in {figures.language}" if isinstance(summary, Mapping) else "has no summary"
        action = 'Write summary="…": what kind of picture it is and what it shows, for those who do not see it.'
        return "", [Problem("W341", place, found, action)]
    return text, []


def is_absent(name: str, selection: Selection) -> bool:
    """Tell whether an edition about a segment has none of the figures.

    Raises ProblemsError for what is no selection.
    """
    if not isinstance(selection, Selection):
        found = f"has no selection of figures, but {type(selection).__name__}"
        fail(Problem("W332", f"chart {name}", found, "Give it figures.select(…), what it is drawn from."))
    return bool(selection.figures.segment and not selection.keys)


def given(name: str, summary: str | Mapping[str, str], selection: Selection) -> tuple[str, list[Problem]]:
    """The summary of a picture or table, and all that is wrong with what is given beside it."""
    sentence, problems = summary_of(name, summary, selection.figures)
    try:
        check(name, selection, mixed=True)
    except ProblemsError as error:
        problems += error.problems
    if selection.keys:
        problems += summary_problems(name, sentence, Backing(selection))
    return sentence, problems


def summary_problems(name: str, text: str, backing: Backing) -> list[Problem]:
    """Numbers in a summary that are of no selected figure."""
    action = "Leave the number out, or write it from a figure: figures[…].text(language)."
    return [
        Problem("W344", f"chart {name}", f"its summary shows {shown}, which no selected figure is", action)
        for shown in dict.fromkeys(backing.unbacked(text, backing.all))
    ]


def table_of(selection: Selection) -> Table:
    """The figures as a table: a row for each that differs in more than its wave, a column for each wave."""
    figures, language = selection.figures, selection.figures.language
    words, order = words_in(language).charts, figures.definitions.order
    waves = sorted({key.wave for key in selection.keys}, key=order)
    rows = []
    for row in series_of(selection):
        by_wave = {figure.key.wave: figure for figure in row.figures}
        rows.append([capital(row.label), *(said(by_wave.get(wave), language) for wave in waves)])
    head = [str(figures.called(wave)) for wave in waves] if len(waves) > 1 else [words["value"]]
    return {"head": [words["topic"], *head], "rows": rows}
