"""The records of each wave: the report of its estimation, its questions and labels, and its routing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wavebook.core.problems import ProblemsError
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers import questions
from wavebook.survey.answers.changes import Change, wording_changes


class Kept(NamedTuple):
    """Estimation reports by wave, changes of wording and of routing, and a list of missing records."""

    estimates: dict[str, dict[str, Any]]
    changes: list[Change]
    missing: list[str]


def kept(root: Path, d: Definitions, before: str, after: str) -> Kept:
    """The records of two waves."""
    estimates: dict[str, dict[str, Any]] = {}
    books: dict[str, dict[str, questions.Question]] = {}
    missing: list[str] = []
    for wave in (before, after):
        path = root / "data" / "responses" / f"{wave}.json"
        try:
            estimates[wave] = dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError) as error:
            why = "was not estimated here" if isinstance(error, FileNotFoundError) else "has an unreadable report"
            missing.append(f"Weights and reasons for suppression of {wave}, which {why} (data/responses/{wave}.json).")
        try:
            books[wave] = questions.load_codebook(root, wave) or {}
        except ProblemsError as error:
            missing += map(str, error.problems)
        if not books.get(wave):
            missing.append(f"Questions and labels of {wave}: there is no data/codebooks/{wave}.json.")
    old, new = (d.waves[wave].responses for wave in (before, after))
    changes = _routing(old, new) if old and new else []
    if all(books.get(wave) for wave in (before, after)):
        changes = _wordings(books[before], books[after]) + changes
    return Kept(estimates, changes, missing)


def _wordings(old: dict[str, questions.Question], new: dict[str, questions.Question]) -> list[Change]:
    """Questions and labels that changed, appeared or vanished; empty on the side without one."""
    found = wording_changes(old, new)
    for name in old.keys() ^ new.keys():
        found.append(Change(name, "question", *(book[name].text if name in book else "" for book in (old, new))))
    for name in old.keys() & new.keys():
        one, two = old[name].labels, new[name].labels
        found += [Change(name, f"label of code {c}", one.get(c, ""), two.get(c, "")) for c in one.keys() ^ two.keys()]
    return sorted(found)


def _routing(old: ResponseFile, new: ResponseFile) -> list[Change]:
    """Filters and routing, where two waves declare them differently."""

    def told(table: Mapping[str, Iterable[str]]) -> str:
        return "; ".join(f"{column} in {', '.join(codes)}" for column, codes in table.items())

    found = [Change("all indicators", "respondents kept", told(old.filter), told(new.filter))]
    for name in sorted(old.asked_if.keys() | new.asked_if.keys()):
        found.append(Change(name, "asked if", *(told(side.asked_if.get(name, {})) for side in (old, new))))
    return [change for change in found if change.before != change.after]
