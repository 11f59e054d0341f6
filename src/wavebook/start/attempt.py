"""Estimates of a new book, tried until what is left declares what its file holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from wavebook.core.problems import Problem, ProblemsError
from wavebook.start.declare import Plan, with_figures
from wavebook.survey.inspection.drafts import variables_of
from wavebook.survey.wave import estimate_wave

_ROLES = {
    "respondent": ("W121", "W122"),
    "weight": ("W131", "W132", "W133", "W152"),
    "strata": ("W134", "W148", "W153", "W154", "W157"),
    "clusters": ("W134", "W153", "W154"),
    "population_size": ("W135", "W156"),
}
_TRIES = 6


def estimated(root: Path, plan: Plan, declare: Callable[[Plan], None]) -> Plan:
    """Declare and estimate; what a problem names is put in doubt, with the problem as its reason, and tried again.

    Raises ProblemsError when no question is left, or a problem is of nothing that was drafted.
    """
    for _ in range(_TRIES):
        declare(plan)
        try:
            estimate_wave(root, plan.options.wave)
            return plan
        except ProblemsError as error:
            doubted = without(plan, error.problems)
            if doubted == plan:
                raise
            plan = doubted
            with_figures(plan)
    declare(plan)
    estimate_wave(root, plan.options.wave)
    return plan


def without(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """The plan with those of its parts in doubt that these problems are about."""
    doubts = dict(plan.doubts)
    design = dict(plan.design)
    drafts = list(plan.drafts)
    for problem in problems:
        why = f"{problem.code}, {problem.found}"
        roles = [role for role, codes in _ROLES.items() if problem.code in codes and role in design]
        for role in roles:
            doubts[role] = f"{design.pop(role)}: {why}"
        if roles:
            continue
        for i in _meant(plan, problem):
            if not drafts[i].doubt:
                drafts[i] = replace(drafts[i], doubt=why)
    return replace(plan, drafts=tuple(drafts), design=design, doubts=doubts)


def _meant(plan: Plan, problem: Problem) -> list[int]:
    """The drafts that a problem is about: of the column at its place, or else those named there, or in what it says.

    A column may be called *a* or *number*, as words of any sentence are.
    """
    column = problem.place.rpartition(", column ")[2] if ", column " in problem.place else ""
    spans = {column, *column.split(" to "), *column.split(", ")}
    named = [{v.name for v in variables_of(draft, plan.file)} for draft in plan.drafts]
    if column and (found := [i for i, names in enumerate(named) if names & spans]):
        return found
    for text in (problem.place, f"{problem.found} {problem.action}"):
        words = [rf"(?<!\w){re.escape(draft.name)}(?!\w)" for draft in plan.drafts]
        if found := [i for i, word in enumerate(words) if re.search(word, text)]:
            return found
    return []
