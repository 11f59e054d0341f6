"""The questions as they were put, kept from wave to wave: texts and labels, no answers or counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from wavebook.core import files
from wavebook.core.problems import Problem, fail
from wavebook.core.writing import json_file
from wavebook.definitions import Declaration, Definitions


@dataclass(frozen=True)
class Question:
    """A question as it was asked: its text, its labels by code, the columns of the file that hold it, and the wave.

    ``twins`` are other columns of its file with the same text and labels, which only their names tell apart, and
    ``namesakes`` those with the same text and other labels, or in another set; ``ends`` are those of its scale, where
    it is one of numbers. ``asked`` is who was asked, see ``routing``; None is not known.
    """

    text: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]
    wave: str | None = None
    twins: tuple[str, ...] = ()
    ends: tuple[float, float] | None = None
    asked: Mapping[str, tuple[str, ...]] | None = None
    namesakes: tuple[str, ...] = ()


def with_bases(
    questions: Mapping[str, Question], asked: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, Question]:
    """The questions with who was asked, which is known by the name that each is, or is part of."""
    return {key: replace(item, asked=asked.get(key.partition(".")[0])) for key, item in questions.items()}


class _Kept(Declaration):
    question: str
    labels: dict[str, str]
    columns: list[str]
    twins: list[str] = Field(default_factory=list)
    ends: Annotated[tuple[float, float], Field(strict=False)] | None = None
    asked: dict[str, list[str]] | None = None
    namesakes: list[str] = Field(default_factory=list)


_KEPT = TypeAdapter(dict[str, _Kept])


def save_codebook(root: Path, wave: str, questions: Mapping[str, Question]) -> Path:
    """Write data/codebooks/<wave>.json: question texts and labels of the indicators."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    content = {"wave": wave, "questions": {name: _record(item) for name, item in sorted(questions.items())}}
    files.write_whole(path, json_file(content))
    return path


def _record(item: Question) -> dict[str, object]:
    """A question as it is kept; what there is none of is left out."""
    found: dict[str, object] = {"question": item.text, "labels": dict(item.labels), "columns": list(item.columns)}
    more = {"twins": item.twins, "namesakes": item.namesakes, "ends": item.ends}
    found |= {name: list(kept) for name, kept in more.items() if kept}
    return found if item.asked is None else found | {"asked": {key: list(kept) for key, kept in item.asked.items()}}


def load_codebook(root: Path, wave: str) -> dict[str, Question] | None:
    """The questions of ``wave``; None when they were not kept. Raises ProblemsError (W202) when the file is damaged."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    if not path.is_file():
        return None
    try:
        content = _KEPT.validate_python(json.loads(files.read(path, files.TABLE))["questions"])
        return {name: _question(item, wave) for name, item in content.items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        place = f"data/codebooks/{path.name}"
        fail(Problem("W202", place, "cannot be read", "Restore it, or estimate its wave again."))


def _question(item: _Kept, wave: str) -> Question:
    asked = None if item.asked is None else {key: tuple(labels) for key, labels in item.asked.items()}
    twins, namesakes = tuple(item.twins), tuple(item.namesakes)
    return Question(item.question, item.labels, tuple(item.columns), wave, twins, item.ends, asked, namesakes)


def earlier_codebook(root: Path, wave: str, d: Definitions) -> tuple[str, dict[str, Question]] | None:
    """The newest wave before ``wave`` whose questions were kept, and each question as last put before it.

    None when none were kept. Waves need not be declared (any more) if their keys are periods.
    """
    found = {path.stem: d.period_of(path.stem) for path in (root / "data" / "codebooks").glob("*.json")}
    now = d.period_of(wave)
    dated = {
        other: period for other, period in found.items() if period and other != wave and not (now and period > now)
    }
    kept = sorted(dated, key=lambda other: dated[other])
    if not kept:
        return None
    asked: dict[str, Question] = {}
    for wave in kept:
        asked |= load_codebook(root, wave) or {}
    return kept[-1], asked
