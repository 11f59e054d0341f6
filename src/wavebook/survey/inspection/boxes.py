"""Questions with several answers: multiple response sets, and tick boxes that stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wavebook.survey.answers.labels import no_answer, opposites, sense
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile
from wavebook.survey.inspection.likeness import is_other, without_missing
from wavebook.survey.inspection.naming import names_for
from wavebook.survey.inspection.summaries import ColumnSummary

_PARTS = (r"(?P<stem>.{3,}?)\s*\[(?P<choice>[^\[\]]+)\]", r"(?P<stem>.{3,})\s+[-–]\s+(?P<choice>.+)",
          r"(?P<stem>.{3,}?):\s+(?P<choice>.+)")  # fmt: skip
_TICKED = ("1", "x", "true", "checked", "selected", "y", "v")
_EMPTY = ("0", "false", "unchecked", "not selected", "n")
_MOST = 30  # boxes of one question
Parts = dict[str, Any]


def box_drafts(file: SurveyFile, free: Mapping[str, ColumnSummary]) -> Iterator[tuple[str, Parts]]:
    """The parts of a draft for each such question, by the first of its columns."""
    used: set[str] = set()
    for found in file.sets.values():
        if all(column in free for column in found.columns):
            used |= {*found.columns}
            yield found.columns[0], _of_set(file, found, free)
    for stem, columns in _groups({name: item for name, item in free.items() if name not in used}):
        yield next(iter(columns)), _of_columns(stem, columns, free)


def _of_set(file: SurveyFile, found: ResponseSet, free: Mapping[str, ColumnSummary]) -> Parts:
    if found.counted is None:
        first = file.variables[found.columns[0]]
        labels = dict(without_missing(first, first.labels))
    else:
        labels = {column: _choice(file.variables[column].question or column, found.label) for column in found.columns}
    lost = {code for code, label in labels.items() if no_answer(label) or is_other(label)}
    kept = {code: label for code, label in labels.items() if code not in lost}
    keys = dict(zip(kept, names_for(kept.values()), strict=True))
    codes = {code: keys.get(code, "missing" if no_answer(label) else "other") for code, label in labels.items()}
    if found.counted is not None:
        codes = {code: "other" if to == "missing" else to for code, to in codes.items()}
    empty = any(free[column].empty for column in found.columns)
    return {
        "name": found.name.lstrip("$"),
        "text": found.label or found.name.lstrip("$"),
        "kind": "several",
        "columns": {"": found.name},
        "categories": {key: labels[code] for code, key in keys.items()},
        "codes": codes | ({"blank": "no"} if empty else {}),
        "complete": "other" not in codes.values(),
    }


def _groups(free: Mapping[str, ColumnSummary]) -> Iterator[tuple[str, dict[str, str]]]:
    """Boxes of one question that stand beside each other, with its words and the answer of each."""
    stem, columns = "", dict[str, str]()
    for name, item in [*free.items(), ("", None)]:
        here, choice = split(item.variable.question or name) if item else ("", "")
        boxed = item is not None and is_box(item, choice)
        here = here or (_start(name) if item is not None and len(item.known) == 2 else "")
        open_end = bool(columns) and bool(here) and here == stem and item is not None and not boxed and is_other(choice)
        if columns and not open_end and not (boxed and here == stem):
            if 2 <= len(columns) <= _MOST:
                yield stem, columns
            columns = {}
        if open_end:
            columns = {**columns, "": choice}
        elif boxed and (here or _is_named_so(item, name)):
            stem, columns = here, {**columns, name: choice}


def split(question: str) -> tuple[str, str]:
    """A question and one of its answers, as in *Which do you use? [Phone]*; an answer alone has no question."""
    for form in _PARTS:
        if found := re.fullmatch(form, question):
            stem = re.sub(r"\s+[-–]\s+Selected Choice$", "", found["stem"])
            return stem.strip().rstrip(":"), found["choice"].strip()
    return "", question


def is_box(item: ColumnSummary, choice: str) -> bool:
    """Tell whether a column holds one answer, ticked or not."""
    return (
        bool(item.known)
        and len(item.known) == item.different <= 2
        and "yes" in _sides(item, choice).values()
        and (None not in _sides(item, choice).values())
    )


def _sides(item: ColumnSummary, choice: str) -> dict[str, str | None]:
    """Yes or no for each value of a column; None for what is neither."""
    found: dict[str, str | None] = {}
    labels = item.variable.labels
    against = opposites(labels) if len(labels) == 2 else {}
    for value in item.known:
        if value in against:
            found[value] = "yes" if against[value].sign > 0 else "no"
            continue
        text = labels.get(value, value).strip()
        side = sense(text)
        if text.casefold() in (choice.casefold(), item.variable.name.casefold(), *_TICKED):
            found[value] = "yes"
        elif text.casefold() in _EMPTY or re.match(r"not |niet |nicht |non ", text.casefold()):
            found[value] = "no"
        elif side and side.family == "yes" and side.sign:
            found[value] = "yes" if side.sign > 0 else "no"
        else:
            found[value] = None
    return found


def _is_named_so(item: ColumnSummary | None, name: str) -> bool:
    """Tell whether the one value of a column is its own name, as Typeform writes a ticked box."""
    bare = re.sub(r" \(\d+\)$", "", name).casefold()
    return item is not None and [value.casefold() for value in item.known] == [bare]


def _of_columns(stem: str, columns: Mapping[str, str], free: Mapping[str, ColumnSummary]) -> Parts:
    open_end, columns = "" in columns, {name: choice for name, choice in columns.items() if name}
    lost = {name for name, choice in columns.items() if is_other(choice) or no_answer(choice)}
    keys = names_for(choice for name, choice in columns.items() if name not in lost)
    named = dict(zip((name for name in columns if name not in lost), keys, strict=True))
    sides = {v: s for name, choice in columns.items() for v, s in _sides(free[name], choice).items() if s}
    others = [name for name in columns if name in lost]
    empty = any(free[name].empty for name in columns)
    sides |= {word: "missing" if "no" in sides.values() else "no" for name in columns for word in free[name].absent}
    return {
        "name": _common(list(columns)) or stem or next(iter(columns)),
        "text": stem if " " in stem else ", ".join(columns.values()),
        "kind": "several",
        "columns": {key: name for name, key in named.items()}
        | ({"other": tuple(others) if len(others) > 1 else others[0]} if others else {}),
        "categories": {key: columns[name] for name, key in named.items()},
        "codes": sides | ({"blank": "no"} if empty else {}),
        "complete": not open_end and not others,
        "doubt": "" if stem else "what was the question?",
    }


def _start(name: str) -> str:
    """The start of a short name, as in news_tv and news_web, or v15_1 and v15_2; empty where it has none."""
    found = re.fullmatch(r"([A-Za-z]\w*)_\w+?|([A-Za-z]+)\d+", name)
    return (found[1] or found[2]) if found else ""


def _common(names: list[str]) -> str:
    """The start that short names of columns share, as in v15_1 and v15_2; empty where there is none."""
    stems = {match[1] for name in names if (match := re.fullmatch(r"([A-Za-z]\w*?)_?\d+", name))}
    return stems.pop() if len(stems) == 1 else ""


def _choice(label: str, question: str) -> str:
    """The answer in the label of a column, without its question before it."""
    stem, choice = split(label)
    return (
        choice if stem and (stem.casefold() in question.casefold() or question.casefold() in stem.casefold()) else label
    )
