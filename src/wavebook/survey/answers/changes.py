"""The changes of a question from one wave to the next: its words, labels, scale, and what tells that it is the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from wavebook.survey.answers.labels import sense
from wavebook.survey.answers.questions import Question
from wavebook.survey.answers.routing import differs
from wavebook.survey.answers.routing import told as told_who
from wavebook.survey.answers.wording import folded, is_same, says_what
from wavebook.survey.files.values import value_of

_SHOWN = 5  # answers of a question in a message


class Change(NamedTuple):
    """A difference between two waves; ``what`` is question, label of a code, code of a label, or what is listed below.

    ``other`` is the name whose question this one was in the earlier wave: then the two may have been swapped.
    """

    name: str
    what: str
    before: str
    after: str
    other: str = ""


DIRECTION = "direction of the scale"
"""The codes run the other way than in the earlier wave."""
ANSWERS = "answers"
"""Answers were added or dropped."""
ENDS = "ends of the scale"
"""The scale of numbers has other ends."""
BASE = "base"
"""Others were asked."""
EVIDENCE = "evidence"
"""There is nothing to compare: texts or labels are in one of both files only, or are those of other columns too."""


def wording_changes(before: Mapping[str, Question], after: Mapping[str, Question]) -> list[Change]:
    """Questions and labels that both waves have and that differ, and labels that have moved to another code."""
    changes = []
    for name in after.keys() & before.keys():
        old, new = before[name], after[name]
        if old.text and new.text and not is_same(old.text, new.text):
            changes.append(Change(name, "question", old.text, new.text, _asked_before(name, new.text, before)))
        relabelled = [
            code for code in old.labels.keys() & new.labels if folded(old.labels[code]) != folded(new.labels[code])
        ]
        changes += [Change(name, f"label of code {code}", old.labels[code], new.labels[code]) for code in relabelled]
        places = {folded(label): code for code, label in old.labels.items()}
        for code, label in new.labels.items():
            earlier = places.get(folded(label), code)
            in_words = folded(label) in (folded(code), folded(earlier))
            if earlier != code and not in_words and earlier not in new.labels and code not in old.labels:
                changes.append(Change(name, f"code of “{label}”", earlier, code))
    return sorted(changes)


def all_changes(before: Mapping[str, Question], after: Mapping[str, Question]) -> list[Change]:
    """All that differs between two waves of the questions that both have; a scale that was turned is one change."""
    worded = wording_changes(before, after)
    swapped = {change.name for change in worded if change.other}  # then the rest is that of another question
    both = sorted((after.keys() & before.keys()) - swapped)
    turned = {name for name in both if is_turned(before[name].labels, after[name].labels)}
    changes = [c for c in worded if c.what == "question" or c.name not in turned | swapped]
    changes += [
        Change(name, DIRECTION, *(_scale(book[name].labels) for book in (before, after))) for name in sorted(turned)
    ]
    whole = {name.partition(".")[0] for name in after if "." in name}  # told apart by the texts of their answers
    for name in both:
        old, new = before[name], after[name]
        changes += _of_answers(name, old, new)
        within = _within(name, before, after)
        changes += _of_evidence(name, old, new, within) if old.text or new.text or name not in whole else []
    return sorted(changes)


def _within(name: str, before: Mapping[str, Question], after: Mapping[str, Question]) -> bool | None:
    """Tell whether a box is one of the same set in both waves, by the set's label; None if it is one of no set."""
    if "." not in name:
        return None
    sets = [book[whole] for book in (before, after) if (whole := name.partition(".")[0]) in book]
    if not sets:
        return None
    return len(sets) > 1 and bool(sets[0].text) and is_same(sets[0].text, sets[1].text)


def is_turned(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Tell whether codes run the other way: by labels that both have, else by the sides that the ends are on."""
    places = {folded(label): value_of(code) for code, label in new.items()}
    both = [
        (value_of(code), places[folded(label)])
        for code, label in old.items()
        if folded(label) in places and len(places) == len(new)
    ]
    pairs = sorted((a, b) for a, b in both if isinstance(a, float) and isinstance(b, float))
    if len(pairs) > 1:
        return all(first[1] > second[1] for first, second in pairwise(pairs))
    one, other = _sides(old), _sides(new)
    return one is not None and other is not None and one[0] == other[0] and one[1] == -other[1]


def _sides(labels: Mapping[str, str]) -> tuple[str, int] | None:
    """What the labels at the ends of a scale are about, and the side of the lowest code; None if they do not say."""
    codes = sorted((value, code) for code in labels if isinstance(value := value_of(code), float))
    ends = [sense(labels[code]) for _, code in (codes[:1] + codes[-1:] if len(codes) > 1 else [])]
    if len(ends) < 2 or None in ends:
        return None
    low, high = (end for end in ends if end)
    return (low.family, low.sign) if low.sign and low.family == high.family and low.sign == -high.sign else None


def _scale(labels: Mapping[str, str]) -> str:
    """The ends of a scale, for people."""
    codes = sorted(labels, key=lambda code: (str(type(value_of(code))), value_of(code)))
    return " … ".join(f"{code} {labels[code]}" for code in dict.fromkeys([codes[0], codes[-1]]))


def _of_answers(name: str, old: Question, new: Question) -> Iterator[Change]:
    """Answers that were added or dropped, labels that only one wave has, others who were asked, another scale."""
    then, now = ({folded(label) for label in labels.values()} for labels in (old.labels, new.labels))
    if then and now:
        dropped = [t for code, t in old.labels.items() if folded(t) not in now and code not in new.labels]
        added = [t for code, t in new.labels.items() if folded(t) not in then and code not in old.labels]
        if dropped or added:
            yield Change(name, ANSWERS, _listed(dropped), _listed(added))
    elif then or now:
        yield Change(name, EVIDENCE, _labelled(old), _labelled(new))
    if differs(old.asked, new.asked):
        yield Change(name, BASE, *(told_who(who or {}) for who in (old.asked, new.asked)))
    if old.ends and new.ends and old.ends != new.ends:
        yield Change(name, ENDS, *(f"{low:g} to {high:g}" for low, high in (old.ends, new.ends)))


def _of_evidence(name: str, old: Question, new: Question, within: bool | None) -> Iterator[Change]:
    """A text that only one wave has, or none that tells the question from others.

    ``within`` tells whether it is a part of one and the same set in both; None if it is a part of none.
    """
    if bool(old.text) != bool(new.text):
        yield Change(name, EVIDENCE, old.text or "no text", new.text or "no text")
    elif not _named(old, new) and (not old.text or _twins(old, new, within)):
        yield Change(name, EVIDENCE, _placed(old), _placed(new))


def _named(old: Question, new: Question) -> bool:
    """Tell whether a question has kept the names of its columns, and these say what it is."""
    names = [{column.casefold() for column in side.columns} for side in (old, new)]
    return names[0] == names[1] and all(map(says_what, names[0]))


def _twins(old: Question, new: Question, within: bool | None) -> bool:
    """Tell whether the text of both is that of other columns too, in a wave, and neither set nor label helps."""
    if not is_same(old.text, new.text):
        return False
    plain = [{code: folded(label) for code, label in side.labels.items()} for side in (old, new)]
    helped = within if within is not None else plain[0] == plain[1] != {}
    return bool(old.twins or new.twins or ((old.namesakes or new.namesakes) and not helped))


def _labelled(question: Question) -> str:
    return _scale(question.labels) if question.labels else "no labels"


def _placed(question: Question) -> str:
    """Where a question stands that nothing else tells apart from others."""
    where = ", ".join(question.columns)
    if not question.text:
        return f"{where}, without a text"
    others = (*question.twins, *question.namesakes)
    return f"{where}, alike {_listed(others)}" if others else where


def _listed(texts: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return "; ".join(texts[:_SHOWN]) + more


def _asked_before(name: str, text: str, before: Mapping[str, Question]) -> str:
    """The other indicator than ``name`` whose question this was; empty when it is new."""
    others = (key for key, item in before.items() if item.text and is_same(item.text, text) and key != name)
    return min(others, default="")


def answers_of(change: Change) -> str:
    """What answers were added and dropped."""
    told = (("no longer", change.before), ("newly", change.after))
    return ", ".join(f"{how} “{which}”" for how, which in told if which)


def told_of(change: Change) -> str:
    """A change in one line.

    >>> told_of(Change("mark", "question", "Wat vindt u?", "Wat vond u?"))
    'question: “Wat vindt u?” → “Wat vond u?”'
    """
    if change.what == ANSWERS:
        return f"answers: {answers_of(change)}"
    if change.what == BASE:
        return f"asked of {change.before}, and now of {change.after}"
    if change.what == EVIDENCE:
        return f"nothing tells whether it is the same: “{change.before}”, then “{change.after}”"
    swapped = f", which was that of {change.other}" if change.other else ""
    return f"{change.what}: “{change.before}” → “{change.after}”{swapped}"
