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
        named = f"{problem.place} {problem.found} {problem.action}"
        for i, draft in enumerate(drafts):
            columns = [variable.name for variable in variables_of(draft, plan.file)]
            column = problem.place.rpartition(", column ")[2] if ", column " in problem.place else ""
            spans = column.split(" to ") + column.split(", ")
            if not draft.doubt and (
                any(name in spans or name == column for name in columns)
                or re.search(rf"(?<!\w){re.escape(draft.name)}(?!\w)", named)
            ):
                drafts[i] = replace(draft, doubt=why)
    return replace(plan, drafts=tuple(drafts), design=design, doubts=doubts)
