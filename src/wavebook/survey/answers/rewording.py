"""Questions and labels worded differently than before: each stops the estimate until data/waves.toml explains it.

An explanation is a reason under ``reworded``, or a break for the indicator; W145, W146 and W189 are then notices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wavebook.core.problems import Problem
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers.changes import ANSWERS, DIRECTION, ENDS, EVIDENCE, Change, all_changes
from wavebook.survey.answers.questions import Question


def answered_changes(
    d: Definitions,
    wave: str,
    plan: ResponseFile,
    place: str,
    before: Mapping[str, Question],
    after: Mapping[str, Question],
) -> tuple[list[Problem], list[Problem]]:
    """The changes without an explanation, which stop the estimate, and those with one, which are reported.

    Parameters
    ----------
    place
        The respondent file, for messages.
    before, after
        The questions by name, as last put before and as put in this wave.
    """
    stops, told = [], []
    block = f"[waves.{wave}.responses"
    changes = all_changes(before, after)
    for change in changes:
        problem = _problem(change, f"{place}, column {after[change.name].columns[0]}", block)
        name, since = change.name.partition(".")[0], before[change.name].wave
        breaks = d.breaks_between(name, since, wave) if since is not None else ()
        if reason := plan.reworded.get(change.name):
            told.append(replace(problem, action=f"It means the same: {reason}"))
        elif any(name in item.indicators for item in breaks):
            told.append(replace(problem, action="A break is declared for it."))
        else:
            stops.append(problem)
    for name in plan.reworded.keys() - {change.name for change in changes}:
        known = name in before.keys() & after.keys()
        what = "is worded as before" if known else "is not a question in both this wave and an earlier one"
        stops.append(
            Problem("W188", f"data/waves.toml, {block}.reworded] {name}", what, "Remove it, or correct its name.")
        )
    return stops, told


def _problem(change: Change, place: str, block: str) -> Problem:
    name = change.name.partition(".")[0]
    mean = f'If it means the same, write {change.name} = "why" under {block}.reworded]; if it measures something else '
    mean += f"now, declare a break that names {name} under indicators, in data/waves.toml."
    before, after = f"“{change.before}”", f"“{change.after}”"
    if change.other:
        what = f"the question of {change.name} is {after}, which was that of {change.other}"
        return Problem("W189", place, what, f"Correct {block}.columns] if the two are swapped. {mean}")
    code, table, what = {
        "question": ("W145", "columns", f"the question of {change.name} was {before} and is {after}"),
        DIRECTION: ("W117", "codes", f"the scale of {change.name} runs the other way: it was {before} and is {after}"),
        ANSWERS: ("W118", "codes", f"the answers of {change.name} are other ones: {_answers(change)}"),
        ENDS: ("W118", "ranges", f"the scale of {change.name} ran from {change.before} and runs from {change.after}"),
        EVIDENCE: ("W119", "columns", f"nothing tells whether {change.name} is the same: {before}, then {after}"),
    }.get(change.what, ("W146", "codes", f"the {change.what} of {change.name} was {before} and is {after}"))
    return Problem(code, place, what, f"Correct {block}.{table}] if it is not what that says. {mean}")


def _answers(change: Change) -> str:
    """What answers were added and dropped."""
    told = (("no longer", change.before), ("newly", change.after))
    return ", ".join(f"{how} “{which}”" for how, which in told if which)
