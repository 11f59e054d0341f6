"""Faults to plant in a made-up wave, one of every kind that stops an estimate."""

from __future__ import annotations

import numpy as np

from wavebook.survey.demo.draft import Draft

Faults = dict[tuple[str, str], int | None]
"""(code, column) → respondents, or None where the fault is not one of respondents."""


def spoil(draft: Draft) -> Faults:
    """Plant one of every fault that the book's questions have a place for; return the problems to be reported."""
    data, roles = draft.data, draft.roles
    rows = iter(np.flatnonzero(draft.complete))
    found: Faults = {("W105", ""): None}

    def take(count: int) -> list[int]:
        return [int(next(rows)) for _ in range(count)]

    def put(code: str, column: str, count: int, value: float | str) -> None:
        data[column][take(count)] = value
        found[code, column] = count

    for grade in roles.grades[:1]:
        column = draft.column_of(grade)
        put("W111", column, 3, 11)
        if any(band.grade == grade for band in roles.bands.values()):
            found["W104", column] = 3
    for name in list(draft.d.segments)[:1]:
        put("W104", draft.column_of(name), 4, "77")
    for name in roles.answers[:1]:
        put("W104", draft.column_of(name), 2, 7)
    put("W122", "respnr", 1, np.nan)
    put("W131", "weegfactor", 2, np.nan)
    put("W132", "weegfactor", 2, 0)
    put("W134", "landsdeel", 1, np.nan)
    put("W135", "gemeenten", 1, 61)
    found["W135", "gemeenten"] = None
    pairs = take(4)
    data["respnr"][pairs[2:]] = data["respnr"][pairs[:2]]
    found["W121", "respnr"] = 4
    _spoil_routing(draft, found)
    data["weegfactor"] = data["weegfactor"] * 1.5
    found["W133", "weegfactor"] = None
    for name, breakdown in list(draft.d.segments.items())[:1]:
        column, codes = draft.column_of(name), draft.codes[name]
        last = next(code for code, meaning in codes.items() if meaning == list(breakdown.values)[-1])
        rest = next(code for code, meaning in codes.items() if meaning == "other")
        data[column] = np.where(data[column] == last, rest, data[column])
        found["W126", column] = None
    _spoil_questions(draft, found)
    return found


def _spoil_questions(draft: Draft, found: Faults) -> None:
    """Empty one question of a block, rename the next, and give a set a column without a meaning."""
    blocks = (columns for name in draft.roles.scales if isinstance(columns := draft.columns[name], dict))
    block = next((list(columns.values()) for columns in blocks if len(columns) > 1), None)
    if block is not None:
        empty, renamed = block[:2]
        draft.data[empty] = np.full(draft.rows, np.nan)
        found["W113", empty] = None
        draft.data[f"{renamed}_nieuw"] = draft.data.pop(renamed)
        found["W107", renamed] = None
    for name, (question, members) in list(draft.sets.items())[:1]:
        extra = draft.add("v99_9", np.full(draft.rows, np.nan), "fax")
        draft.sets[name] = (question, [*members, extra])
        found["W109", f"${name}"] = None


def _spoil_routing(draft: Draft, found: Faults) -> None:
    """Plant answers of people who were not asked, none of people who were, and texts in a column of numbers."""
    if draft.roles.routed is None:
        return
    data = draft.data
    count, grade = map(draft.column_of, draft.roles.routed)
    asked = np.flatnonzero(draft.complete & (data[count] >= 2) & ~np.isnan(data[grade]))[-6:]
    unasked = np.flatnonzero(draft.complete & (data[count] < 2))[-5:]
    data[grade][asked], data[grade][unasked] = np.nan, 7
    found |= {(code, grade): len(rows) for code, rows in (("W124", asked), ("W123", unasked)) if len(rows)}
    typed = np.flatnonzero(draft.complete & (data[count] == 1) & np.isnan(data[grade]))[-3:]
    if not len(typed):
        return
    texts = [f" {number:.0f} " if number == number else "" for number in data[count]]
    for row in typed:
        texts[row] = "geen idee"
    data[count] = np.array(texts)
    draft.labels.pop(count)
    draft.missing.pop(count)
    found["W112", count] = len(typed)
