"""Doubts: contradictions between the labels of a file and the declared meanings of its codes.

Only meanings that both give are compared: a label that is not understood (``labels``) contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from wavebook.survey.answers import labels as said
from wavebook.survey.answers.labels import Sense, no_answer, no_value, sense
from wavebook.survey.files.codes import Codebook
from wavebook.survey.files.surveyfile import Variable
from wavebook.survey.files.values import Raw, value_of, within

_FACTS = ("yes", "often")  # a label with these is an end of a scale or not on it: "nee, niet gebruikt"
_MIDDLE = 0.5  # 5 and 6 are the middle of 1 to 10
_LONGEST = 40  # points of a scale at most, for each to have a label


@dataclass(frozen=True)
class Doubt:
    """A code whose label contradicts its declared meaning.

    ``order``: so does the order of all codes around it, whether or not anybody gave this one.
    """

    code: str
    label: str
    declared: str
    order: bool = False


def labelled(book: Codebook, variable: Variable) -> dict[str, str]:
    """The labels of a column's codes, except those that the file itself calls missing; codes in words are their own."""
    texts = {word: word for word in book.words}
    return texts | {
        code: label
        for code, label in variable.labels.items()
        if label.strip()
        and not any(within(value_of(code), ends) and book.meaning(value_of(code))[0] == "missing"
                    for ends in variable.missing)
    }  # fmt: skip


# Yes or no, categories, and segments


def doubts_of_shares(book: Codebook, labels: Mapping[str, str], texts: Sequence[str]) -> list[Doubt]:
    """Doubts where yes is labelled more negative than no; ``texts`` give the question: yes may be dissatisfied."""
    sides = said.opposites(labels)
    yes: dict[str, int] = {}
    no: dict[str, int] = {}
    for code, label in labels.items():
        side, (meaning, _) = sides.get(code) or sense(label), book.meaning(value_of(code))
        if side is not None and meaning in ("yes", "no"):
            sign = side.sign * (said.polarity(texts, side.family) if side.family != "yes" else 1)
            (yes if meaning == "yes" else no)[code] = sign
    low, high = min(yes.values(), default=0), max(no.values(), default=0)
    wrong = {code for code in yes if yes[code] < high} | {code for code in no if no[code] > low}
    return _all_doubts(book, labels, wrong, _odd(book, labels))


def _all_doubts(book: Codebook, labels: Mapping[str, str], wrong: Collection[str], odd: Sequence[Doubt]) -> list[Doubt]:
    """All doubts about codes, in the order of the labels."""
    found = {doubt.code: doubt for doubt in [*_strange(book, labels), *odd]}
    found = {code: _ordered(book, code, labels[code]) for code in wrong if code not in found} | found
    return [found[code] for code in labels if code in found]


def _strange(book: Codebook, labels: Mapping[str, str]) -> Iterator[Doubt]:
    """Codes of a range whose labels are not points of the scale that the other labels form."""
    points = {code: value for code in labels if isinstance(value := value_of(code), int | float)}
    sides = {code: side for code in points if (side := sense(labels[code])) and side.family not in _FACTS}
    poles = [points[code] for code, side in sides.items() if side.sign]
    if not {-1, 1} <= {side.sign for side in sides.values()}:
        return
    ends = min(poles), max(poles)
    for code, value in points.items():
        meaning, exact = book.meaning(value)
        known = code in sides or no_answer(labels[code]) or value in said.numbers(labels[code])
        known = known or exact or meaning in (None, "missing")
        if not known and not _point(value, ends, labels[code], points.values()):
            yield Doubt(code, labels[code], str(meaning))


def _point(value: float, ends: tuple[float, float], label: str, labelled_points: Collection[float]) -> bool:
    """Tell whether a label that is not understood may be a point between the ends of a scale.

    It may be if every point has a label, or in the middle; a negation ("niet gebruikt") may not.
    """
    low, high = ends
    middle = abs(value - (low + high) / 2) <= _MIDDLE
    return low <= value <= high and not said.negated(label) and (middle or _every_point(labelled_points, low, high))


def _ordered(book: Codebook, code: str, label: str) -> Doubt:
    meaning, exact = book.meaning(value_of(code))
    return Doubt(code, label, str(meaning), order=not exact and meaning != "missing")


def doubts_of_names(
    labels: Mapping[str, str], declared: Mapping[str, str | float | None], names: Mapping[str, Sequence[str]]
) -> list[str]:
    """The codes (or columns) that are labelled with the name of something other than is declared.

    That is a label equal to the name of another, or containing it where the other's own labels do not.
    """
    own = {code: names.get(str(declared[code]), ()) for code in labels}
    holds = {code: any(said.says(label, text) for text in own[code]) for code, label in labels.items()}
    named = {str(declared[code]) for code in labels if holds[code]}
    wrong = []
    for code, label in labels.items():
        if declared[code] is None or any(said.same(label, text) for text in own[code]):
            continue
        others = {name: texts for name, texts in names.items() if name != str(declared[code])}
        equal = any(said.same(label, text) for texts in others.values() for text in texts)
        taken = [name for name in others if name in declared.values() and name not in named]
        if equal or (
            own[code] and not holds[code] and any(said.says(label, text) for n in taken for text in others[n])
        ):
            wrong.append(code)
    return wrong


def doubts_of_categories(book: Codebook, labels: Mapping[str, str], names: Mapping[str, Sequence[str]]) -> list[Doubt]:
    """Codes that are labelled as a category or segment other than the declared one, or as no answer."""
    declared = {code: book.meaning(value_of(code))[0] for code in labels}
    wrong = doubts_of_names(labels, declared, names)
    wrong += [
        code for code in labels if code not in wrong and _opposed(labels[code], names.get(str(declared[code]), ()))
    ]
    return _all_doubts(book, labels, wrong, _odd(book, labels, names))


def _opposed(label: str, texts: Iterable[str]) -> bool:
    """Tell whether a label and a name are on opposite sides of one question."""
    here = sense(label)
    for text in texts:
        there = sense(text)
        if here and there and here.family == there.family and not said.negated(text):
            return here.sign * there.sign < 0
    return False


def _odd(book: Codebook, labels: Mapping[str, str], names: Mapping[str, Sequence[str]] | None = None) -> list[Doubt]:
    """Codes that mean no answer by their label and an answer by declaration, or the reverse."""
    found = []
    for code, label in labels.items():
        meaning, exact = book.meaning(value_of(code))
        if no_answer(label) or (code == label and no_value(code)):
            meant = [text for text in (names or {}).get(str(meaning), ()) if no_answer(text)]
            if meaning in (None, "missing") or meant or (exact and meaning in ("no", "other")):
                continue
        elif meaning != "missing" or not _sided(label):
            continue
        found.append(Doubt(code, label, str(meaning)))
    return found


def _sided(label: str) -> bool:
    """Tell whether a label is on one side of a question, not in between."""
    side = sense(label)
    return side is not None and side.sign != 0


def _codes(doubts: Iterable[Doubt]) -> set[str]:
    return {doubt.code for doubt in doubts}


# Numbers


@dataclass(frozen=True)
class Scale:
    """A column of numbers as its labels describe it.

    ``doubts`` contradict the declarations; ``undeclared`` codes are labelled and nothing declares them to be numbers;
    ``ends`` are the first and last of the file's own scale, if they are not the declared ones, with their labels.
    """

    doubts: list[Doubt]
    undeclared: list[str]
    ends: tuple[float, float] | None
    end_labels: dict[str, str]


def doubts_of_numbers(
    book: Codebook, labels: Mapping[str, str], low: float, high: float, texts: Sequence[str], *, scale: bool
) -> Scale:
    """Doubts about labels of numbers from ``low`` to ``high``, which are a ``scale`` when its ends have words."""
    undeclared: list[str] = []
    sides: dict[str, Sense] = {}
    meant = {code: value_of(code) if (m := book.meaning(value_of(code))[0]) is None else m for code in labels}
    missing = {code: label for code, label in labels.items() if meant[code] == "missing"}
    doubts = [Doubt(c, label, "missing") for c, label in missing.items() if _is_answer(c, label, low, high, scale)]
    values = {code: float(value) for code, value in meant.items() if not isinstance(value, str)}
    for code, value in values.items():
        side = sense(labels[code])
        if side is not None and (side.family not in _FACTS or value in (low, high)):
            sides[code] = side
    families = {side.family for code, side in sides.items() if values[code] in (low, high)} | {""}
    if len(families) > 1:  # all points are about the subject of the ends
        sides = {code: side for code, side in sides.items() if side.family in families}
    full = scale and not sides and _every_point(values.values(), low, high)
    for code, value in values.items():
        label, (_, exact) = labels[code], book.meaning(value_of(code))
        if exact:
            continue
        spelled = None if scale else said.spelled(label)
        counted = said.numbers(label) or (set() if spelled is None else {spelled})
        if scale and said.percent(label):
            counted = set()
        if no_answer(label) or (value in counted and said.several(label)):
            undeclared.append(code)
        elif counted and value not in counted:
            doubts.append(Doubt(code, label, f"{value:g}"))
        elif not (counted or full or (scale and code in sides)):
            points = [*values.values()]
            fits = _end(value, (low, high), sides, values, label) or _point(value, (low, high), label, points)
            if not (scale and fits):
                undeclared.append(code)
    poles = {code: side.sign * said.polarity(texts, side.family) for code, side in sides.items() if side.sign}
    if scale and any(values[a] < values[b] and poles[a] > poles[b] for a in poles for b in poles):
        known = _codes(doubts)
        doubts += [Doubt(c, labels[c], f"{values[c]:g}", order=True) for c in poles if c not in known]
    ends: tuple[float, float] | None = None
    end_labels: dict[str, str] = {}
    if scale and poles and not doubts:
        first, last = min(poles, key=values.__getitem__), max(poles, key=values.__getitem__)
        if poles[first] * poles[last] < 0 and (values[first], values[last]) != (low, high):
            ends, end_labels = (values[first], values[last]), {code: labels[code] for code in (first, last)}
    undeclared = [code for code in undeclared if low <= values[code] <= high]  # others are reported as such
    return Scale(doubts, undeclared, ends, end_labels)


def _is_answer(code: str, label: str, low: float, high: float, scale: bool) -> bool:
    """Tell whether a code that is declared as missing has the label of an answer."""
    if (_sided(label) and not _between(value_of(code), low, high)) or no_answer(label):
        return False
    return _sided(label) or (value_of(code) in said.numbers(label) and scale)


def _between(value: Raw, low: float, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _every_point(values: Iterable[float], low: float, high: float) -> bool:
    """Tell whether each whole number of a short scale is there."""
    return isfinite(high - low) and high - low <= _LONGEST and set(values) >= {
        float(point) for point in range(int(low), int(high) + 1)
    }  # fmt: skip


def _end(
    value: float, ends: tuple[float, float], sides: Mapping[str, Sense], values: Mapping[str, float], label: str
) -> bool:
    """Tell whether a label may be that of an end: "geen contact" opposite "uitmuntend" is not."""
    if value not in ends:
        return False
    opposite = any(values[code] in ends and values[code] != value for code in sides)
    return not (opposite and said.negated(label))
