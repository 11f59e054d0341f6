"""The checks that compare the labels of a file with the declarations in data/waves.toml (``doubts``)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite

import polars as pl

from wavebook.core.problems import how_many
from wavebook.core.spans import Span
from wavebook.definitions import Definitions
from wavebook.survey.answers import labels as said
from wavebook.survey.answers.checks import Check, Checks
from wavebook.survey.answers.doubts import (
    Doubt,
    doubts_of_categories,
    doubts_of_names,
    doubts_of_numbers,
    doubts_of_shares,
    labelled,
)
from wavebook.survey.answers.labels import no_answer, sense
from wavebook.survey.files.codes import Codebook
from wavebook.survey.files.quoting import ENOUGH
from wavebook.survey.files.surveyfile import Variable
from wavebook.survey.files.values import only, text_of, value_of

_SHOWN = 5
_MANY_LABELS = 40  # this many may be typed answers
_FEW_WORDS = 4  # words of a label with a known meaning: more may be somebody's own
_MARGIN = 0.05  # for a code of nines: nobody is this close below it
_HEAP, _MANY = 5, 0.01  # this many respondents, and this part of all, do not give one number of nines by chance
# Codes that surveys use for no answer: 97 to 99, 997 to 999, 77 and 88, and so on.
_SENTINELS = [float(code) for size in (2, 3, 4, 5) for code in (*range(10**size - 3, 10**size), "7" * size, "8" * size)]
_SCALE = re.compile(
    r"(?:schaal|scale|cijfer|grade|mark|skala|note|échelle)\D{0,40}?\b([01])\s*"
    r"(?:tot en met|tot|t/m|through|to|bis|à|-|–)\s*(5|7|10|100)\b",
    re.IGNORECASE,
)


class Agreement:
    """Compares the columns of one wave's file with the declarations; adds to ``checks`` whatever must be counted."""

    def __init__(self, definitions: Definitions, checks: Checks):
        self.d, self.checks, self.plan = definitions, checks, checks.plan
        self.overruled = {column.casefold(): given for column, given in self.plan.labels_overruled.items()}

    def names(self, name: str, book: Codebook, variable: Variable) -> None:
        """Compare labels with the category or segment that each code is declared to be."""
        doubts = doubts_of_categories(book, labelled(book, variable), self._names(name))
        if doubts:
            self.checks.add(self._contradicted(name, book, doubts, variable))

    def shares(self, name: str, books: Sequence[tuple[str, Codebook]], variables: Mapping[str, Variable]) -> None:
        """Compare labels with yes and no, and each column's question with the category that it is declared to be."""
        for category, book in books:
            variable, names = variables[book.column.name], self._names(name).get(category, [])
            labels = labelled(book, variable)
            asked = [variable.question, *names]
            own = {code for code, label in labels.items() if said.titles(label, asked)}  # 1 telefoon, 0 niet genoemd
            labels = {code: label for code, label in labels.items() if code not in own}
            if doubts := doubts_of_shares(book, labels, self._texts(name, category)):
                self.checks.add(self._contradicted(name, book, doubts, variable))
        self._columns(name, [(category, book) for category, book in books if category], variables)

    def _columns(self, name: str, books: Sequence[tuple[str, Codebook]], variables: Mapping[str, Variable]) -> None:
        declared = {book.column.name: category for category, book in books}
        asked = {column: variables[column].question for column in declared if variables[column].question}
        if len({*asked.values()}) < len(books):  # one question for all: then the label of yes tells the category
            asked = {}
            for _, book in books:
                labels = labelled(book, variables[book.column.name]).items()
                yes = [label for code, label in labels if book.meaning(value_of(code))[0] == "yes"]
                if len(yes) == 1 and sense(yes[0]) is None:
                    asked[book.column.name] = yes[0]
        wrong = doubts_of_names(asked, declared, self._names(name))
        if wrong:
            self.checks.add(self._swapped(name, declared, {column: asked[column] for column in wrong}))

    def numbers(
        self,
        name: str,
        book: Codebook,
        variable: Variable,
        ends: tuple[float, float],
        everywhere: Sequence[Span],
    ) -> None:
        """Compare labels with numbers, of a scale with these ends; also check the codes missing ``everywhere``."""
        labels, given, grade = (
            labelled(book, variable),
            name in self.plan.ranges,
            self.d.indicators[name].unit.kind == "score",
        )
        found = doubts_of_numbers(
            book, labels, ends[0], ends[1], self._texts(name), scale=isfinite(ends[1]) and (given or grade)
        )
        add = self.checks.add
        if found.doubts:
            add(self._contradicted(name, book, found.doubts, variable))
        if found.ends:
            add(self._scaled(name, book, found.ends, found.end_labels, ends))
        if found.undeclared:
            add(self._undeclared(name, book, found.undeclared, labels))
        if not given:
            add(
                self._asked_as(name, book.column.name, variable.question, ends)
                if grade
                else self._nines(name, book, labels)
            )
        if everywhere:
            add(self._taken(name, book, everywhere, labels, ends))

    def _names(self, name: str) -> dict[str, list[str]]:
        """The readers' name for each category or segment of ``name``."""
        if name == "population":
            known = {key: self.d.populations[key] for key in self.d.parts}
        else:
            known = self.d.segments[name].values if name in self.d.segments else self.d.indicators[name].categories
        return {key: [*text.words.values()] for key, text in known.items()}

    def _texts(self, name: str, category: str = "") -> list[str]:
        """The words that tell which side of a question an indicator is about, the most telling first."""
        item = self.d.indicators[name]
        return [*item.name.words.values(), *self._names(name).get(category, ()), *item.definition.words.values()]

    def _contradicted(self, name: str, book: Codebook, doubts: Sequence[Doubt], variable: Variable) -> Check:
        """Tell whether a label contradicts the declaration of a code that somebody gave or of a whole range."""
        many = len(variable.labels)
        doubts = [doubt for doubt in doubts if not self._answered(variable.name, {doubt.code: doubt.label})]
        found = yield {doubt.code: _gave(book, doubt.code) for doubt in doubts}
        if not any(found[doubt.code] or doubt.order for doubt in doubts):
            return
        quoted = {d.code: _quoted(d.label, found[d.code], many) for d in doubts}
        told = [
            f"{_labelled(d.code, quoted[d.code])} is declared {d.declared} ({how_many(found[d.code])})" for d in doubts
        ]
        more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        what = f"of {name}, {', '.join(told[:_SHOWN])}{more}"
        right = f"Correct {self.checks.table('codes', name)} in data/waves.toml"
        yield self.checks.problem("W181", book.column.name, what, self._or_overrule(right, variable.name, quoted))

    def _scaled(
        self,
        name: str,
        book: Codebook,
        ends: tuple[float, float],
        labels: Mapping[str, str],
        declared: tuple[float, float],
    ) -> Check:
        """Tell whether the file's scale has the declared ends, or lies inside them and nobody answered beyond it."""
        column, (low, high) = book.column.name, ends
        inside = declared[0] <= low and high <= declared[1]
        found = yield {"beyond": (book.filled & ~book.column.number.is_between(low, high)).sum(), "rows": pl.len()}
        if (inside and found["beyond"]) or self._answered(column, labels):
            return
        runs = " to ".join(f"{value_of(code):g} “{label}”" for code, label in labels.items())
        what = (
            f"the scale of {name} runs from {runs} in the file and from {declared[0]:g} to {declared[1]:g} as declared"
        )
        block = self.checks.table("ranges", name).replace(f".{name}]", "]")
        right = f"Write {name} = [{low:g}, {high:g}] under {block} in data/waves.toml"
        action = self._or_overrule(right, column, labels)
        yield self.checks.problem("W181", column, f"{what} ({how_many(found['rows'])})", action)

    def _asked_as(self, name: str, column: str, question: str, declared: tuple[float, float]) -> Check:
        """Tell whether the question itself mentions the declared scale."""
        asked = _SCALE.search(question)
        yield {}
        if asked and (float(asked[1]), float(asked[2])) != declared:
            what = f"the question of {name} mentions {asked[0]}, and {declared[0]:g} to {declared[1]:g} is expected"
            block = self.checks.table("ranges", name).replace(f".{name}]", "]")
            action = f"Write {name} = [{asked[1]}, {asked[2]}] under {block} in data/waves.toml, or the true ends."
            yield self.checks.problem("W181", column, what, action)

    def _undeclared(self, name: str, book: Codebook, codes: Sequence[str], labels: Mapping[str, str]) -> Check:
        """Tell whether respondents gave a labelled code that nothing declares to be a number."""
        found = yield {code: _gave(book, code) for code in codes}
        for code in codes:
            if found[code]:
                quoted = _labelled(code, _quoted(labels[code], found[code], len(labels)))
                what = f"{quoted} counts as the number {float(value_of(code)):g} of {name} ({how_many(found[code])})"
                yield self.checks.problem("W182", book.column.name, what, self._number_or_none(name, code))

    def _nines(self, name: str, book: Codebook, labels: Mapping[str, str]) -> Check:
        """Tell whether a code of nines, far from all other numbers or given by many, counts as a number."""
        number = pl.when(book.filled & ~book.coded).then(book.column.number).cast(pl.Float64)
        found = yield {"highest": number.max(), "n": number.count()}
        if found["highest"] not in _SENTINELS:
            return
        codes = [code for code in _SENTINELS if text_of(code) not in labels]
        others = number.filter(~number.is_in(_SENTINELS))
        found |= self.checks.aggregated({"least": others.min(), "most": others.max()})
        if found["most"] is None:
            return
        for code, count in self.checks.frequencies(number, number.is_in(codes)).sort("value").rows():
            gap = code - found["most"]
            apart = gap > max(found["most"] - found["least"], 1)
            heaped = gap > _MARGIN * code and count >= max(_HEAP, _MANY * found["n"])
            if apart or heaped:
                what = f"{code:g} counts as a number of {name} ({how_many(count)}), far above all others"
                action = self._number_or_none(name, text_of(code))
                yield self.checks.problem("W182", book.column.name, what, action)

    def _taken(
        self,
        name: str,
        book: Codebook,
        spans: Sequence[Span],
        labels: Mapping[str, str],
        within: tuple[float, float],
    ) -> Check:
        """Tell whether a code that is missing in every column is a possible answer here.

        It lies between the lowest and the highest possible answer or, if there is no highest, the highest given.
        """
        column, (low, high) = book.column, within
        explained = [value_of(code) for code, label in labels.items() if no_answer(label)]
        numbers = [(a, z) for a, z in spans if isinstance(a, int | float) and isinstance(z, int | float)]
        numbers = [(a, z) for a, z in numbers if a not in explained]
        codes = [text_of(a) if a == z else f"{a:g}..{z:g}" for a, z in numbers]
        found = yield {code: column.within([span]).sum() for code, span in zip(codes, numbers, strict=True)}
        least: float | None = None
        most: float | None = None
        if any(found.values()) and not isfinite(high):
            others = pl.when(book.filled).then(column.number)
            ends = self.checks.aggregated({"least": others.min(), "most": others.max()})
            least, most = ends["least"], ends["most"]
        for code, (a, z) in zip(codes, numbers, strict=True):
            inside = a == low or (least is not None and most is not None and least < a <= z < most)
            if isfinite(high):
                inside = z >= low and a <= high
            if found[code] and inside:
                what = (
                    f"{code} is missing in every column and lies among the answers to {name} ({how_many(found[code])})"
                )
                rest = [_code(other) for other in codes if other != code]
                line, other = (f"{_key(column.name)} = [{', '.join(some)}]" for some in (rest, map(_code, codes)))
                block = f"{self.checks.block[:-1]}.missing_in]"
                action = f"Under {block}, write {line} if it is an answer, {other} if it is none."
                yield self.checks.problem("W184", column.name, what, action)

    def _swapped(self, name: str, declared: Mapping[str, str], questions: Mapping[str, str]) -> Check:
        """Columns whose question names a category other than the declared one."""
        yield {}
        for column, question in questions.items():
            if not self._answered(column, question):
                what = f"is asked as “{question}” and declared {declared[column]} of {name}"
                right = f"Correct {self.checks.block[:-1]}.columns] or {self.checks.table('codes', name)}"
                line = f"{_key(column)} = {json.dumps(question, ensure_ascii=False)}"
                action = f"{right}; if they are right all the same, write {line} under {self._overruling}."
                yield self.checks.problem("W181", column, what, action)

    @property
    def _overruling(self) -> str:
        return f"{self.checks.block[:-1]}.labels_overruled]"

    def _number_or_none(self, name: str, code: str) -> str:
        table = self.checks.table("codes", name)
        return (
            f'Write {_key(code)} = "missing" in {table} if it is no answer, or {_key(code)} = {code} if it is a number.'
        )

    def _or_overrule(self, right: str, column: str, quoted: Mapping[str, str | None]) -> str:
        """The action, with the line that says that labels are wrong, if all of these may be quoted."""
        pairs = (f"{_key(code)} = {json.dumps(label or '…', ensure_ascii=False)}" for code, label in quoted.items())
        line = f"{_key(column)} = {{ {', '.join(pairs)} }}"
        rest = "" if all(quoted.values()) else ", with the labels of the file"
        return f"{right}; if they are right all the same, write {line} under {self._overruling}{rest}."

    def _answered(self, column: str, told: Mapping[str, str] | str) -> bool:
        """Tell whether waves.toml declares these labels, or this question, to be wrong."""
        given = self.overruled.get(column.casefold())
        if isinstance(told, str) or isinstance(given, str):
            return isinstance(told, str) and isinstance(given, str) and said.same(told, given)
        known = {text_of(value_of(code)): label for code, label in (given or {}).items()}
        return all(said.same(known.get(text_of(value_of(code)), ""), label) for code, label in told.items())


def _gave(book: Codebook, code: str) -> pl.Expr:
    return book.column.within([only(value_of(code))]).sum()


def _quoted(label: str, count: int, many: int) -> str | None:
    """A label if it may be quoted: not a typed text, since SPSS numbers those and makes labels of them."""
    known = (no_answer(label) or sense(label) or said.numbers(label)) and len(said.words(label)) <= _FEW_WORDS
    return label if many <= _MANY_LABELS and (known or count >= ENOUGH) else None


def _labelled(code: str, label: str | None) -> str:
    return f"code {code} “{label}”" if label and label != code else f"code {code}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _code(code: str) -> str:
    return json.dumps(code) if ".." in code else code
