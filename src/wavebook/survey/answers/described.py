"""The questions of a wave as its file describes them, by the names that they are declared under; no answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from math import isfinite

from wavebook.core.spans import Span, span
from wavebook.definitions import meanings_of
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.questions import Question
from wavebook.survey.answers.wording import folded, key_of
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable, question_in
from wavebook.survey.files.values import value_of, within


class Texts:
    """The columns of a file by the texts of their questions."""

    def __init__(self, file: SurveyFile):
        self.variables = file.variables
        self._by_text: dict[str, list[str]] = {}
        for name, variable in file.variables.items():
            if text := text_of(variable):
                self._by_text.setdefault(key_of(text), []).append(name)

    def columns_with(self, text: str) -> list[str]:
        """The columns with this question, as far as both texts go."""
        return self._by_text.get(key_of(text), []) if text else []


def text_of(variable: Variable) -> str:
    """The question of a column; empty where it is no more than the column's name, which is a code."""
    plain = folded(variable.question) == folded(variable.name) and not question_in(variable.name)
    return "" if plain else variable.question


def questions_of_wave(source: Columns) -> dict[str, Question]:
    """Every question that the wave's block in waves.toml declares."""
    found: dict[str, Question] = {}
    texts = Texts(source.file)
    for name, by_category in source.columns.items():
        columns = {
            category: tuple(source.actual[column] for column in sources if column in source.actual)
            for category, sources in by_category.items()
        }
        found |= described(source, name, columns, texts)
    return found


def described(source: Columns, name: str, columns: Mapping[str, tuple[str, ...]], texts: Texts) -> dict[str, Question]:
    """The questions that ``name`` is read from; ``columns`` are those of the file, by category."""
    found: dict[str, Question] = {}
    inside: ResponseSet | None = None
    sets = source.file.sets.values()
    if name in source.counted:
        members = tuple(chain.from_iterable(columns.values()))
        inside = next((s for s in sets if set(members) <= set(s.columns)), None)
        twins = tuple(s.name for s in sets if inside and s is not inside and key_of(s.label) == key_of(inside.label))
        found[name] = Question(inside.label if inside else "", {}, members, twins=twins)
    for category, sources in columns.items():
        if not sources or category == "other":
            continue
        first = source.file.variables[sources[0]]
        text = text_of(first)
        if not category:
            text = next((s.label for s in sets if s.columns == sources), text)
        key = f"{name}.{category}" if category else name
        twins, others = namesakes_of(texts, sources, inside) if text == text_of(first) else ((), ())
        labels = dict(_told(source, name, category, first))
        found[key] = Question(text, labels, sources, twins=twins, ends=_ends(source, name), namesakes=others)
    return found


def namesakes_of(
    texts: Texts, columns: tuple[str, ...], inside: ResponseSet | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Other columns with the text of the first of these: twins with its labels too, and those with other labels.

    Of a column ``inside`` a set only those of that set are twins: the set tells it from all others.
    """
    first = texts.variables[columns[0]]
    among = [name for name in texts.columns_with(text_of(first)) if name not in columns]
    near = [name for name in among if inside is None or name in inside.columns]
    twins = tuple(name for name in near if texts.variables[name].labels == first.labels)
    return twins, tuple(name for name in among if name not in twins)


def _ends(source: Columns, name: str) -> tuple[float, float] | None:
    """The ends of a scale of numbers; None where there are none."""
    if meanings_of(source.d, name):
        return None
    low, high = source.plan.ranges.get(name) or source.d.indicators[name].unit.ends
    return (float(low), float(high)) if isfinite(low) and isfinite(high) else None


def _told(source: Columns, name: str, category: str, variable: Variable) -> Iterator[tuple[str, str]]:
    """The labels of the codes that are published; any other may hold one respondent's typed text.

    Answers in words, in a file without labels, are their own labels, as far as they are declared.
    """
    known, declared = meanings_of(source.d, name), source.plan.meanings(name, category)
    everywhere = source.plan.missing_codes(name, variable.name)
    usual = (0, 0) if known else source.d.indicators[name].unit.ends
    low, high = source.plan.ranges.get(name) or usual
    if name in source.counted:
        declared = {"0": "no", source.counted[name]: "yes"}
    elif not declared.keys() - {"blank"}:
        declared = {"0": "no", "1": "yes"} if "yes" in known else {key: key for key in known}
    spans: list[tuple[Span, str | float]] = [(span(code), to) for code, to in declared.items() if code != "blank"]
    spans += [(ends, "missing") for ends in (*variable.missing, *everywhere)]
    if not known:
        spans.append(((float(low), float(high)), "number"))
    words = {code: code for code, _ in declared.items() if isinstance(value_of(code), str) and code != "blank"}
    for code, label in (variable.labels or words).items():
        meaning = next((m for ends, m in spans if within(value_of(code), ends)), "other")
        if meaning not in ("other", "missing"):
            yield code, label
