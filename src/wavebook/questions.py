"""The questions as they were put, kept from wave to wave: texts and labels, no answers and no counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from wavebook import files
from wavebook.definitions import Declaration
from wavebook.problems import Problem, raise_all


@dataclass(frozen=True)
class Question:
    """What was asked: the question, its labels by code, and the columns of the file that hold it."""

    text: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]


class Change(NamedTuple):
    """Wording that differs between two waves; ``what`` is question or label of a code."""

    name: str
    what: str
    before: str
    after: str


def wording_changes(before: dict[str, Question], after: dict[str, Question]) -> list[Change]:
    """Questions and labels that both waves have and that differ, but for spaces."""
    changes = []
    for name in after.keys() & before.keys():
        old, new = before[name], after[name]
        pairs = [("question", old.text, new.text)]
        pairs += [
            (f"label of code {code}", old.labels[code], new.labels[code]) for code in old.labels.keys() & new.labels
        ]
        changes += [Change(name, what, a, b) for what, a, b in pairs if a and b and a.split() != b.split()]
    return sorted(changes)


class _Kept(Declaration):
    question: str
    labels: dict[str, str]
    columns: list[str]


_KEPT = TypeAdapter(dict[str, _Kept])


def save_codebook(root: Path, wave: int, questions: Mapping[str, Question]) -> Path:
    """Write data/codebooks/<wave>.json: question texts and labels of the indicators."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        name: {"question": item.text, "labels": dict(item.labels), "columns": list(item.columns)}
        for name, item in sorted(questions.items())
    }
    content = {"wave": wave, "questions": kept}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def load_codebook(root: Path, wave: int) -> dict[str, Question] | None:
    """The questions of ``wave``; None when they are not kept. Raises ProblemsError (W202) when they are spoilt."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    if not path.is_file():
        return None
    try:
        content = _KEPT.validate_python(json.loads(files.read(path, files.TABLE))["questions"])
        return {k: Question(v.question, v.labels, tuple(v.columns)) for k, v in content.items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        place = f"data/codebooks/{path.name}"
        raise_all([Problem("W202", place, "cannot be read", "Restore it, or estimate its wave again.")])


def earlier_codebook(root: Path, wave: int) -> tuple[int, dict[str, Question]] | None:
    """The newest wave before ``wave`` of which the questions are kept, and those; None when there is none."""
    kept = [int(p.stem) for p in (root / "data" / "codebooks").glob("*.json") if p.stem.isdecimal()]
    newest = max((year for year in kept if year < wave), default=None)
    return (newest, load_codebook(root, newest)) if newest else None
