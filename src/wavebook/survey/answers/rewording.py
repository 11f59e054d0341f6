"""What differs from an earlier wave stops the estimate until somebody answers for it in the mapping of the wave.

The answers are *same*, *mended* (by the codes in data/waves.toml) and *break*, which a break for the indicator in
data/waves.toml is as well. What is answered is told as a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wavebook.core.problems import Problem
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers.changes import ANSWERS, BASE, DIRECTION, ENDS, EVIDENCE, Change, all_changes, answers_of
from wavebook.survey.answers.mapping import Entry, MappingFile, place_of
from wavebook.survey.answers.mending import contradictions
from wavebook.survey.answers.questions import Question


def answered_changes(
    d: Definitions,
    wave: str,
    plan: ResponseFile,
    place: str,
    before: Mapping[str, Question],
    after: Mapping[str, Question],
    mapping: MappingFile | None = None,
) -> tuple[list[Problem], list[Problem]]:
    """The changes without a fitting answer, which stop the estimate, and those with one, which are reported.

    Parameters
    ----------
    place
        The respondent file, for messages.
    before, after
        The questions by name, as last put before and as put in this wave.
    mapping
        The mapping of the wave, with the answers.
    """
    stops, told = [], []
    changes = all_changes(before, after)
    for change in changes:
        problem = _problem(change, f"{place}, column {after[change.name].columns[0]}", wave, place)
        entry = mapping.answer_to(change.name) if mapping else None
        broken = breaks_at(d, change.name, before[change.name].wave, wave)
        if entry:
            wrong = _wrong(d, wave, plan, change, before[change.name], after[change.name], entry, broken=broken)
            if wrong:
                stops.append(Problem("W129", f"{place_of(wave)}, variables.{change.name}", *wrong))
            else:
                told.append(replace(problem, action=f"{_TOLD[entry.answer]}: {entry.reason}"))
        elif reason := plan.reworded.get(change.name):
            told.append(replace(problem, action=f"It means the same: {reason}"))
        elif broken:
            told.append(replace(problem, action="A break is declared for it."))
        else:
            stops.append(problem)
    for name in plan.reworded.keys() - {change.name for change in changes}:
        known = name in before.keys() & after.keys()
        what = "is worded as before" if known else "is not a question in both this wave and an earlier one"
        where = f"data/waves.toml, [waves.{wave}.responses.reworded] {name}"
        stops.append(Problem("W188", where, what, "Remove it, or correct its name."))
    return list(dict.fromkeys(stops)), told


_TOLD = {"same": "It means the same", "mended": "The codes make up for it", "break": "The series breaks there"}


def breaks_at(d: Definitions, name: str, since: str | None, wave: str) -> bool:
    """Tell whether a break that names an indicator lies between two waves; of a breakdown, one of everything."""
    plain = name.partition(".")[0]
    breaks = d.breaks_between(plain, since, wave) if since is not None else ()
    whole = plain == "population" or plain in d.segments
    return any(plain in item.indicators or (whole and not item.indicators) for item in breaks)


def _wrong(
    d: Definitions,
    wave: str,
    plan: ResponseFile,
    change: Change,
    old: Question,
    new: Question,
    entry: Entry,
    *,
    broken: bool,
) -> tuple[str, str] | None:
    """Why an answer cannot be right, and what to do; None where it can."""
    plain = change.name.partition(".")[0]
    if not entry.reason.strip():
        return f"is answered with “{entry.answer}”, without a reason", "Give the reason."
    if entry.answer == "break" and not broken:
        named = "" if plain == "population" or plain in d.segments else f', indicators = ["{plain}"]'
        lines = f'[[breaks]] to data/waves.toml: from = "{old.wave}", to = "{wave}"{named}'
        return (
            "is answered with “break”, and data/waves.toml declares none",
            f"Add {lines}, with its kind and a reason.",
        )
    columns = {column.casefold() for column in plan.labels_overruled}
    if entry.answer == "same" and change.what == DIRECTION and not {c.casefold() for c in new.columns} & columns:
        found = "is answered with “same”, and its scale runs the other way"
        return found, "Answer “mended” when the codes in data/waves.toml turn it back, or “break”."
    if entry.answer == "mended":
        if change.what in ("question", BASE, EVIDENCE):
            return (
                "is answered with “mended”, and codes cannot mend a question or who was asked",
                "Answer “same” or “break”.",
            )
        if wrong := [*contradictions(d, change.name, plan, old, new)]:
            found = f"is answered with “mended”, and {'; '.join(wrong)}"
            return found, f"Correct [waves.{wave}.responses.codes.{plain}] in data/waves.toml."
    return None


def _problem(change: Change, column: str, wave: str, place: str) -> Problem:
    block = f"[waves.{wave}.responses"
    mean = f"Answer for it under {change.name} in {place_of(wave)}, which wavebook inspect {place} --mapping writes."
    before, after = f"“{change.before}”", f"“{change.after}”"
    if change.other:
        what = f"the question of {change.name} is {after}, which was that of {change.other}"
        return Problem("W189", column, what, f"Correct {block}.columns] if the two are swapped. {mean}")
    code, table, what = {
        "question": ("W145", "columns", f"the question of {change.name} was {before} and is {after}"),
        DIRECTION: ("W117", "codes", f"the scale of {change.name} runs the other way: it was {before} and is {after}"),
        ANSWERS: ("W118", "codes", f"the answers of {change.name} are other ones: {answers_of(change)}"),
        ENDS: ("W118", "ranges", f"the scale of {change.name} ran from {change.before} and runs from {change.after}"),
        BASE: ("W120", "asked_if", f"{change.name} was asked of {change.before}, and now of {change.after}"),
        EVIDENCE: ("W119", "columns", f"nothing tells whether {change.name} is the same: {before}, then {after}"),
    }.get(change.what, ("W146", "codes", f"the {change.what} of {change.name} was {before} and is {after}"))
    return Problem(code, column, what, f"Correct {block}.{table}] if it is not what that says. {mean}")
