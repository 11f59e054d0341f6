"""What the labels of a file say of its codes, held against what data/waves.toml declares them to mean.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W181      A code, a column or the ends of a scale are labelled otherwise than they are declared.
W182      A labelled code, or one of nines far above all others, counts as a number and nothing says so.
W184      A code that is missing in every column lies among the answers of this one.
========  ==========================================================================================

Only what both say is compared: a label that is not understood (``labels``) contradicts nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import polars as pl

from wavebook import labels as said
from wavebook.checks import Check, Checks
from wavebook.codes import Codebook
from wavebook.definitions import Span
from wavebook.labels import Sense, no_answer, sense
from wavebook.problems import how_many
from wavebook.surveyfile import Raw, Variable, text_of, value_of, within

_SHOWN = 5
_MANY_LABELS = 40  # so many that they may be answers that were typed
_MARGIN = 0.05  # of a code of nines: nobody is so near below it
_MANY = 0.01  # of the respondents, who give no number of nines by chance
_SCALE = re.compile(
    r"(?:schaal|scale|cijfer|grade|mark|skala|note|échelle)\D{0,40}?\b([01])\s*"
    r"(?:tot en met|tot|t/m|through|to|bis|à|-|–)\s*(5|7|10|100)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Doubt:
    """A code whose label and declared meaning do not go together."""

    code: str
    label: str
    declared: str


def labelled(book: Codebook, variable: Variable) -> dict[str, str]:
    """The labels of a column's codes, but for those that the file itself calls missing; words say what they are."""
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
    """Where yes is labelled more negative than no; ``texts`` say what is asked: yes may be dissatisfied."""
    sides = said.opposites(labels)
    yes, no = {}, {}
    for code, label in labels.items():
        side, (meaning, _) = sides.get(code) or sense(label), book.meaning(value_of(code))
        if side is not None and meaning in ("yes", "no"):
            sign = side.sign * (said.polarity(texts, side.family) if side.family != "yes" else 1)
            (yes if meaning == "yes" else no)[code] = sign
    low, high = min(yes.values(), default=0), max(no.values(), default=0)
    wrong = [*(code for code in yes if yes[code] < high), *(code for code in no if no[code] > low)]
    return [*_odd(book, labels), *(Doubt(code, labels[code], str(book.meaning(value_of(code))[0])) for code in wrong)]


def doubts_of_names(
    labels: Mapping[str, str], declared: Mapping[str, str | float | None], names: Mapping[str, Sequence[str]]
) -> list[str]:
    """The codes (or columns) that are labelled with the name of something else than is declared.

    A label that is the name of another, that holds the name of another whose own codes do not, or that is on the
    other side of the same question.
    """
    own = {code: names.get(str(declared[code]), ()) for code in labels}
    named = {
        name for code, label in labels.items() for name in [str(declared[code])]
        if any(said.says(label, text) for text in own[code])
    }  # fmt: skip
    wrong = []
    for code, label in labels.items():
        others = {name: texts for name, texts in names.items() if name != str(declared[code])}
        if any(said.says(label, text) for text in own[code]) and any(said.same(label, text) for text in own[code]):
            continue
        equal = any(said.same(label, text) for texts in others.values() for text in texts)
        holds = not any(said.says(label, text) for text in own[code]) and any(
            said.says(label, text)
            for name, texts in others.items()
            if name in declared.values() and name not in named
            for text in texts
        )
        if declared[code] is not None and (equal or (holds and own[code]) or _opposed(label, own[code])):
            wrong.append(code)
    return wrong


def doubts_of_categories(book: Codebook, labels: Mapping[str, str], names: Mapping[str, Sequence[str]]) -> list[Doubt]:
    """Codes that are labelled as another category or segment than the declared one, or as no answer."""
    declared = {code: book.meaning(value_of(code))[0] for code in labels}
    wrong = doubts_of_names(labels, declared, names)
    odd = _odd(book, labels, names)
    return [*odd, *(Doubt(code, labels[code], str(declared[code])) for code in wrong if code not in _codes(odd))]


def _opposed(label: str, texts: Iterable[str]) -> bool:
    """Whether a label and a name are on two sides of one question."""
    here = sense(label)
    for text in texts:
        there = sense(text)
        if here and there and here.family == there.family and not said.negated(text):
            return here.sign * there.sign < 0
    return False


def _odd(book: Codebook, labels: Mapping[str, str], names: Mapping[str, Sequence[str]] | None = None) -> list[Doubt]:
    """No answer by label and an answer as declared, or the other way round."""
    found = []
    for code, label in labels.items():
        meaning, exact = book.meaning(value_of(code))
        if no_answer(label):
            meant = [text for text in (names or {}).get(str(meaning), ()) if no_answer(text)]
            if meaning in (None, "missing") or meant or (exact and meaning in ("no", "other")):
                continue
        elif meaning != "missing" or not (sense(label) and sense(label).sign):
            continue
        found.append(Doubt(code, label, str(meaning)))
    return found


def _codes(doubts: Iterable[Doubt]) -> set[str]:
    return {doubt.code for doubt in doubts}


# Numbers


@dataclass(frozen=True)
class Scale:
    """A column of numbers as its labels describe it.

    ``doubts`` contradict what is declared; ``undeclared`` codes are labelled and nothing says that they are numbers;
    ``ends`` are first and last of the file's own scale, where they are not the declared ones, with their labels.
    """

    doubts: list[Doubt]
    undeclared: list[str]
    ends: tuple[float, float] | None
    end_labels: dict[str, str]


def scale_of(
    book: Codebook, labels: Mapping[str, str], low: float, high: float, texts: Sequence[str], *, scale: bool
) -> Scale:
    """The labels of numbers from ``low`` to ``high``, which are a ``scale`` when its ends have words."""
    doubts, undeclared, sides = [], [], {}
    values: dict[str, float] = {}
    for code, label in labels.items():
        meaning, exact = book.meaning(value_of(code))
        value = value_of(code) if meaning is None else meaning
        if value == "missing":
            counted = said.numbers(label)
            if (sense(label) and sense(label).sign and not _between(value_of(code), low, high)) or no_answer(label):
                continue
            if (sense(label) and sense(label).sign) or (value_of(code) in counted and scale):
                doubts.append(Doubt(code, label, "missing"))
            continue
        if isinstance(value, str):
            continue
        values[code] = float(value)
        if (side := sense(label)) is not None and not (exact and no_answer(label)):
            sides[code] = side
    full = scale and _every_point(values.values(), low, high)
    for code, value in values.items():
        label, (_, exact) = labels[code], book.meaning(value_of(code))
        if exact:
            continue
        counted = said.numbers(label) or ({said.spelled(label)} if not scale else set()) - {None}
        if no_answer(label):
            undeclared.append(code)
        elif counted and value not in counted:
            doubts.append(Doubt(code, label, f"{value:g}"))
        elif not (counted or full or (scale and (code in sides or _end(value, (low, high), sides, values, label)))):
            undeclared.append(code)
    poles = {code: side.sign * said.polarity(texts, side.family) for code, side in sides.items() if side.sign}
    if scale and any(values[a] < values[b] and poles[a] > poles[b] for a in poles for b in poles):
        doubts += [Doubt(code, labels[code], f"{values[code]:g}") for code in poles if code not in _codes(doubts)]
    ends, end_labels = None, {}
    if scale and poles and not doubts:
        first, last = min(poles, key=values.get), max(poles, key=values.get)
        if poles[first] * poles[last] < 0 and (values[first], values[last]) != (low, high):
            ends, end_labels = (values[first], values[last]), {code: labels[code] for code in (first, last)}
    return Scale(doubts, undeclared, ends, end_labels)


def _between(value: Raw, low: float, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _every_point(values: Iterable[float], low: float, high: float) -> bool:
    """Whether each whole number of a short scale is there."""
    return isfinite(high - low) and high - low <= _MANY_LABELS and set(values) >= {
        float(point) for point in range(int(low), int(high) + 1)
    }  # fmt: skip


def _end(value: float, ends: Span, sides: Mapping[str, Sense], values: Mapping[str, float], label: str) -> bool:
    """Whether a label may be one of an end: "geen contact" opposite "uitmuntend" is none."""
    if value not in ends:
        return False
    opposite = any(values[code] in ends and values[code] != value for code in sides)
    return not (opposite and said.negated(label))


# Checks


class Agreement:
    """The checks of labels against declarations; each gives a ``Check`` for ``Checks.add``."""

    def __init__(self, checks: Checks):
        self.checks, self.plan = checks, checks.plan
        self.overruled = {column.casefold(): given for column, given in self.plan.labels_overruled.items()}

    def contradicted(self, name: str, book: Codebook, doubts: Sequence[Doubt], many: int) -> Check:
        """Whether respondents gave a code whose label says something else; ``many`` labels are there."""
        column = book.column.name
        doubts = [doubt for doubt in doubts if not self._answered(column, {doubt.code: doubt.label})]
        found = yield {doubt.code: _gave(book, doubt.code) for doubt in doubts}
        if not any(found.values()):
            return
        told = [
            f"{_quoted(d.code, d.label, many)} is declared {d.declared} ({how_many(found[d.code])})" for d in doubts
        ]
        more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        what = f"of {name}, {', '.join(told[:_SHOWN])}{more}"
        right = f"Mend {self.checks.table('codes', name)} in data/waves.toml"
        yield self.checks._problem("W181", column, what, self._or_overrule(right, column, doubts, many))

    def scaled(self, name: str, book: Codebook, scale: Scale, declared: Span) -> Check:
        """Whether the scale of the file has the declared ends; inside those, unless somebody answered beyond."""
        column, (low, high) = book.column.name, scale.ends
        inside = declared[0] <= low and high <= declared[1]
        found = yield {"beyond": (book.filled & ~book.column.number.is_between(low, high)).sum(), "rows": pl.len()}
        if (inside and found["beyond"]) or self._answered(column, scale.end_labels):
            return
        ends = " to ".join(f"{value_of(code):g} “{label}”" for code, label in scale.end_labels.items())
        what = (
            f"the scale of {name} runs from {ends} in the file and from {declared[0]:g} to {declared[1]:g} as declared"
        )
        block = self.checks.table("ranges", name).replace(f".{name}]", "]")
        right = f"Write {name} = [{low:g}, {high:g}] under {block} in data/waves.toml"
        doubts = [Doubt(code, label, "") for code, label in scale.end_labels.items()]
        action = self._or_overrule(right, column, doubts, 0)
        yield self.checks._problem("W181", column, f"{what} ({how_many(found['rows'])})", action)

    def asked_as(self, name: str, column: str, question: str, declared: Span) -> Check:
        """Whether the question itself speaks of the declared scale."""
        asked = _SCALE.search(question)
        yield {}
        if asked and (float(asked[1]), float(asked[2])) != declared:
            what = f"the question of {name} speaks of {asked[0]}, and {declared[0]:g} to {declared[1]:g} is expected"
            block = self.checks.table("ranges", name).replace(f".{name}]", "]")
            action = f"Write {name} = [{asked[1]}, {asked[2]}] under {block} in data/waves.toml, or what it is."
            yield self.checks._problem("W181", column, what, action)

    def undeclared(self, name: str, book: Codebook, codes: Sequence[str], labels: Mapping[str, str]) -> Check:
        """Whether respondents gave a labelled code of which nothing says that it is a number."""
        found = yield {code: _gave(book, code) for code in codes}
        for code in codes:
            if found[code]:
                quoted = _quoted(code, labels[code], len(labels))
                what = f"{quoted} counts as the number {float(value_of(code)):g} of {name} ({how_many(found[code])})"
                yield self.checks._problem("W182", book.column.name, what, self._number_or_none(name, code))

    def nines(self, name: str, book: Codebook, labels: Mapping[str, str]) -> Check:
        """Whether a code of nines, far from all other numbers or given by many, counts as a number."""
        number = pl.when(book.filled & ~book.coded).then(book.column.number).cast(pl.Float64)
        codes = [code for code in _sentinels() if text_of(code) not in labels]
        others = number.filter(~number.is_in(list(_sentinels())))
        counts = {text_of(code): (number == code).sum() for code in codes}
        found = yield {**counts, "least": others.min(), "most": others.max(), "n": number.count()}
        if found["most"] is None:
            return
        for code in codes:
            count, gap = found[text_of(code)], code - found["most"]
            apart = gap > max(found["most"] - found["least"], 1)
            heaped = gap > _MARGIN * code and count >= max(5, _MANY * found["n"])
            if count and (apart or heaped):
                what = f"{code:g} counts as a number of {name} ({how_many(count)}), far above all others"
                action = self._number_or_none(name, text_of(code))
                yield self.checks._problem("W182", book.column.name, what, action)

    def taken(self, name: str, book: Codebook, spans: Sequence[Span], labels: Mapping[str, str], ends: Span) -> Check:
        """Whether a code that is missing in every column is a number that can be answered here.

        It is one between the lowest and highest that can be answered or, where there is no highest, that was.
        """
        column, (low, high) = book.column, ends
        explained = [value_of(code) for code, label in labels.items() if no_answer(label)]
        spans = [(a, z) for a, z in spans if not isinstance(a, str) and a not in explained]
        codes = [text_of(a) if a == z else f"{a:g}..{z:g}" for a, z in spans]
        others = pl.when(book.filled).then(column.number)
        counts = {code: column.within([span]).sum() for code, span in zip(codes, spans, strict=True)}
        found = yield {**counts, "least": others.min(), "most": others.max()}
        least, most = found["least"], found["most"]
        for code, (a, z) in zip(codes, spans, strict=True):
            inside = (
                z >= low and a <= high if isfinite(high) else a == low or (most is not None and least < a <= z < most)
            )
            if found[code] and inside:
                what = (
                    f"{code} is missing in every column and lies among the answers to {name} ({how_many(found[code])})"
                )
                rest = [_code(other) for other in codes if other != code]
                line, other = (f"{_key(column.name)} = [{', '.join(some)}]" for some in (rest, map(_code, codes)))
                action = f"Under {self.checks.block[:-1]}.missing_in], write {line} if it is an answer, {other} if it is none."
                yield self.checks._problem("W184", column.name, what, action)

    def swapped(
        self, name: str, columns: Mapping[str, str], questions: Mapping[str, str], wrong: Sequence[str]
    ) -> Check:
        """Columns, by what they are declared to be, of which the file's question names another."""
        yield {}
        wrong = [column for column in wrong if not self._answered(column, questions[column])]
        for column in wrong:
            what = f"is asked as “{questions[column]}” and declared {columns[column]} of {name}"
            line = f"{_key(column)} = {json.dumps(questions[column], ensure_ascii=False)}"
            right = f"Mend {self.checks.block[:-1]}.columns] or {self.checks.table('codes', name)}"
            yield self.checks._problem("W181", column, what, f"{right}; if that question is wrong, write {line} under "
                                       f"{self.checks.block[:-1]}.labels_overruled].")  # fmt: skip

    def _number_or_none(self, name: str, code: str) -> str:
        table = self.checks.table("codes", name)
        return (
            f'Write {_key(code)} = "missing" in {table} if it is no answer, or {_key(code)} = {code} if it is a number.'
        )

    def _or_overrule(self, right: str, column: str, doubts: Sequence[Doubt], many: int) -> str:
        if many > _MANY_LABELS:
            return f"{right}."
        pairs = ", ".join(f"{_key(d.code)} = {json.dumps(d.label, ensure_ascii=False)}" for d in doubts)
        block = f"{self.checks.block[:-1]}.labels_overruled]"
        return f"{right}; if the labels are wrong, write {_key(column)} = {{ {pairs} }} under {block}."

    def _answered(self, column: str, told: Mapping[str, str] | str) -> bool:
        """Whether waves.toml says that these labels, or this question, are known to be wrong."""
        given = self.overruled.get(column.casefold())
        if isinstance(told, str) or isinstance(given, str):
            return isinstance(told, str) and isinstance(given, str) and said.same(told, given)
        known = {text_of(value_of(code)): label for code, label in (given or {}).items()}
        return all(said.same(known.get(text_of(value_of(code)), ""), label) for code, label in told.items())


def _sentinels() -> Iterator[float]:
    """Codes that surveys give to no answer: 97 to 99, 997 to 999, 77 and 88, and so on."""
    for size in (2, 3, 4, 5):
        yield from (10.0**size - back for back in (3, 2, 1))
        yield from (float(digit * size) for digit in "78")


def _gave(book: Codebook, code: str) -> pl.Expr:
    value = value_of(code)
    return book.column.within([(value, value)]).sum()


def _quoted(code: str, label: str, many: int) -> str:
    return f"code {code} “{label}”" if label != code and many <= _MANY_LABELS else f"code {code}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _code(code: str) -> str:
    return json.dumps(code) if ".." in code else code
