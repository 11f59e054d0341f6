"""The columns proposed for declared names, and their questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wavebook.survey.answers.questions import Question
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile


@dataclass(frozen=True)
class Choice:
    """A column, or a set of columns, for one name: the reason, and whether it is ``sure``; ``next`` is the next best.

    ``column`` is empty when nothing in the file resembles it.
    """

    column: str | tuple[str, ...]
    why: str
    sure: bool = False
    next: str = ""


@dataclass(frozen=True)
class Proposal:
    """A proposal for reading a declared name: its columns by category ("" for all in one), and their codes' meanings.

    ``codes`` with None still need a meaning; ``doubts`` gives reasons why a code may have another meaning than before.
    """

    name: str
    choices: Mapping[str, Choice]
    codes: Mapping[str, object]
    doubts: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """The columns or sets of columns that are proposed, sure or not."""
        found = [choice.column for choice in self.choices.values() if choice.column]
        return [name for column in found for name in ([column] if isinstance(column, str) else column)]

    @property
    def sure(self) -> bool:
        """Tell whether all columns that were found are certain."""
        return bool(self.columns) and all(choice.sure for choice in self.choices.values() if choice.column)


def questions_of(file: SurveyFile, proposals: Iterable[Proposal]) -> Iterator[tuple[str, Question]]:
    """The questions of the proposed columns, by name; for a set, also those of its columns."""
    for item in proposals:
        for category, choice in item.choices.items():
            columns = [choice.column] if isinstance(choice.column, str) else choice.column
            columns = _as_written(file, filter(None, columns))
            if not columns or category == "other":
                continue
            if columns[0] in file.sets:
                yield from _set_questions(file, item, file.sets[columns[0]])
                continue
            variable = file.variables[columns[0]]
            key = f"{item.name}.{category}" if category else item.name
            yield key, Question(variable.question, variable.labels, tuple(columns))


def _set_questions(file: SurveyFile, item: Proposal, found: ResponseSet) -> Iterator[tuple[str, Question]]:
    yield item.name, Question(found.label, {}, found.columns)
    for member in found.columns:
        variable, meaning = file.variables[member], item.codes.get(member)
        if found.counted is not None and meaning not in (None, "other"):
            yield f"{item.name}.{meaning}", Question(variable.question, variable.labels, (member,))


def _as_written(file: SurveyFile, columns: Iterable[str]) -> list[str]:
    """Columns by their names in the file: SPSS does not distinguish V12 from v12."""
    folded_names = {name.casefold(): name for name in (*file.variables, *file.sets)}
    return [folded_names.get(column.casefold(), column) for column in columns]
