"""The questions as they were put, kept from wave to wave: texts and labels, no answers or counts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from wavebook.core import files
from wavebook.core.problems import Problem, fail
from wavebook.core.writing import json_file
from wavebook.definitions import Declaration, Definitions


@dataclass(frozen=True)
class Question:
    """A question as it was asked: its text, its labels by code, the columns of the file that hold it, and the wave."""

    text: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]
    wave: str | None = None


class Change(NamedTuple):
    """Wording that differs between two waves; ``what`` is question, label of a code, or code of a label.

    ``other`` is the name whose question this one was in the earlier wave: then the two may have been swapped.
    """

    name: str
    what: str
    before: str
    after: str
    other: str = ""


def folded(text: str) -> str:
    """A text for comparison: case, spaces, forms of quotes and dashes, and a final stop do not count."""
    plain = unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    return " ".join(plain.split()).rstrip(" .:?!")


_SAME = {ord(c): '"' for c in "“”„«»"} | {ord(c): "'" for c in "‘’‚`´"} | {ord(c): "-" for c in "‐‑‒–—"}


def wording_changes(before: Mapping[str, Question], after: Mapping[str, Question]) -> list[Change]:
    """Questions and labels that both waves have and that differ, and labels that have moved to another code."""
    changes = []
    for name in after.keys() & before.keys():
        old, new = before[name], after[name]
        if old.text and new.text and folded(old.text) != folded(new.text):
            changes.append(Change(name, "question", old.text, new.text, _asked_before(name, new.text, before)))
        relabelled = [
            code for code in old.labels.keys() & new.labels if folded(old.labels[code]) != folded(new.labels[code])
        ]
        changes += [Change(name, f"label of code {code}", old.labels[code], new.labels[code]) for code in relabelled]
        places = {folded(label): code for code, label in old.labels.items()}
        for code, label in new.labels.items():
            earlier = places.get(folded(label), code)
            if earlier != code and earlier not in new.labels and code not in old.labels:
                changes.append(Change(name, f"code of “{label}”", earlier, code))
    return sorted(changes)


def _asked_before(name: str, text: str, before: Mapping[str, Question]) -> str:
    """The other indicator than ``name`` whose question this was; empty when it is new."""
    others = (key for key, item in before.items() if folded(item.text) == folded(text) and key != name)
    return min(others, default="")


class _Kept(Declaration):
    question: str
    labels: dict[str, str]
    columns: list[str]


_KEPT = TypeAdapter(dict[str, _Kept])


def save_codebook(root: Path, wave: str, questions: Mapping[str, Question]) -> Path:
    """Write data/codebooks/<wave>.json: question texts and labels of the indicators."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    kept = {
        name: {"question": item.text, "labels": dict(item.labels), "columns": list(item.columns)}
        for name, item in sorted(questions.items())
    }
    content = {"wave": wave, "questions": kept}
    files.write_whole(path, json_file(content))
    return path


def load_codebook(root: Path, wave: str) -> dict[str, Question] | None:
    """The questions of ``wave``; None when they were not kept. Raises ProblemsError (W202) when the file is damaged."""
    path = root / "data" / "codebooks" / f"{wave}.json"
    if not path.is_file():
        return None
    try:
        content = _KEPT.validate_python(json.loads(files.read(path, files.TABLE))["questions"])
        return {k: Question(v.question, v.labels, tuple(v.columns), wave) for k, v in content.items()}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        place = f"data/codebooks/{path.name}"
        fail(Problem("W202", place, "cannot be read", "Restore it, or estimate its wave again."))


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
