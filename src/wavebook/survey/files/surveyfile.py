"""A respondent file as its maker left it: its columns, labels, missing values and encoding, whatever its format."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import polars as pl

from wavebook.core.problems import Problem, how_many
from wavebook.core.spans import Span
from wavebook.core.unseen import unseen, visible
from wavebook.survey.files.staging import Staging

Loaded = tuple[pl.LazyFrame, list[Problem]]


@dataclass(frozen=True)
class Variable:
    """A column as its maker described it; ``missing`` holds the codes SPSS calls user-missing.

    ``is_weight`` tells whether the file says that its answers are weighted by it.
    """

    name: str
    kind: str
    question: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Span, ...] = ()
    is_weight: bool = False


@dataclass(frozen=True)
class ResponseSet:
    """A multiple response set; ``counted`` is the code of a chosen column, None when columns hold codes."""

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str | None


class Load(Protocol):
    """A function that loads the answers in some columns, see ``SurveyFile``."""

    def __call__(self, columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        """Load the columns; also give the problems met."""
        ...


@dataclass(frozen=True)
class SurveyFile:
    """An opened file: its description of itself, and a way to load its columns.

    ``load(columns, staging, names)`` gives a lazy frame of those columns, numbers as whole ones or Float64, all else
    as text without blanks around it, and the problems met; an empty cell is null, a user-missing code is still there.
    ``names`` are columns in which 07 differs from 7. ``sheet`` is that of a workbook with several.
    """

    place: str
    variables: dict[str, Variable]
    load: Load
    sets: dict[str, ResponseSet] = field(default_factory=dict)
    title: str = ""
    notes: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    sheet: str = ""


def as_seen(file: SurveyFile) -> SurveyFile:
    """The file with all that it says of itself as readers see it, and a notice if that differs (W197).

    Names of columns and codes stay: answers are found by them.
    """
    told = {
        name: found.said
        for name, variable in file.variables.items()
        if (found := unseen("\n".join((variable.question, *variable.labels.values()))))
    }
    variables = {
        name: replace(
            variable,
            question=visible(variable.question),
            labels={code: visible(label) for code, label in variable.labels.items()},
        )
        if name in told
        else variable
        for name, variable in file.variables.items()
    }
    sets = {name: replace(item, label=visible(item.label)) for name, item in file.sets.items()}
    notices = file.notices
    if told:
        first, rest = next(iter(told)), len(told) - 1
        more = f" and {how_many(rest, 'more column')}" if rest else ""
        said = f"the question or a label{' of each' if rest else ''} holds {told[first]}"
        action = "Nothing, as it is left out; whoever made the file may want to know."
        notices = (*notices, Problem("W197", f"{file.place}, column {first}{more}", said, action))
    title, notes = visible(file.title), tuple(map(visible, file.notes))
    return replace(file, variables=variables, sets=sets, title=title, notes=notes, notices=notices)


def question_in(name: str) -> str:
    """The question in the name of a column without a label, as web forms export it; empty for a code."""
    return name if len(name.split()) > 1 else ""
