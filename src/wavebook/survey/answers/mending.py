"""The codes of a wave against those of an earlier one: whether they make up for labels that stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from wavebook.core.spans import span
from wavebook.definitions import Definitions, ResponseFile, meanings_of
from wavebook.survey.answers.labels import sense
from wavebook.survey.answers.questions import Question
from wavebook.survey.answers.wording import folded
from wavebook.survey.files.values import value_of, within


def contradictions(d: Definitions, key: str, plan: ResponseFile, old: Question, new: Question) -> Iterator[str]:
    """What a label meant in the earlier wave and no longer means, in words; nothing where its codes are not known.

    ``key`` is the name, with a category of its own after a stop, and ``plan`` this wave's block.
    """
    name, _, category = key.partition(".")
    earlier = d.waves[old.wave].responses if old.wave in d.waves else None
    if earlier is None:
        return
    for label, before, after in _pairs(old, new):
        meant = meaning_of(d, earlier, name, category, before)
        means = meaning_of(d, plan, name, category, after)
        if None not in (meant, means) and meant != means:
            yield f"“{label}” meant {_said(meant)} at code {before} and means {_said(means)} at code {after}"


def _pairs(old: Question, new: Question) -> Iterator[tuple[str, str, str]]:
    """Each label with its codes then and now; where no label is the same, those on one side of a scale at its ends."""
    now = {folded(label): code for code, label in new.labels.items()}
    found = [(label, code, now[folded(label)]) for code, label in old.labels.items() if folded(label) in now]
    if found:
        yield from found
        return
    sides = {(side.family, side.sign): code for code, label in new.labels.items() if (side := sense(label))}
    for code in _ends(old):
        side = sense(old.labels[code])
        if side and side.sign and (side.family, side.sign) in sides:
            yield old.labels[code], code, sides[side.family, side.sign]


def _ends(question: Question) -> list[str]:
    """The lowest and the highest code that has a label."""
    codes = sorted((value, code) for code in question.labels if isinstance(value := value_of(code), float))
    return [code for _, code in (codes[0], codes[-1])] if len(codes) > 1 else []


def meaning_of(d: Definitions, plan: ResponseFile, name: str, category: str, code: str) -> str | float | None:
    """The meaning of a code in a wave's block, a number in one of numbers; None where the block does not say."""
    for declared, meaning in plan.meanings(name, category).items():
        if declared != "blank" and within(value_of(code), span(declared)):
            return meaning
    value = value_of(code)
    return value if not meanings_of(d, name, category) and isinstance(value, float) else None


def _said(meaning: str | float | None) -> str:
    return f"{meaning:g}" if isinstance(meaning, float | int) else f"{meaning}"
