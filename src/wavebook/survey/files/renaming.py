"""A file's names, labels and codes as they look: a Mac writes é in two characters, and a keyboard in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from wavebook.core.alike import folded
from wavebook.core.spans import Span
from wavebook.survey.files.headers import Header, numbered, same_names
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, Variable


def renamed(file: SurveyFile) -> SurveyFile:
    """The file with ``alike.folded`` names; columns that look the same are numbered, as those of one name are."""
    actual = list(file.variables)
    if all(map(_is_plain, file.variables.values())):
        return file
    names = numbered([folded(name) for name in actual])
    now, before = dict(zip(actual, names, strict=True)), dict(zip(names, actual, strict=True))

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        frame, problems = file.load([before[name] for name in columns], staging, [before[name] for name in names])
        return frame.rename({before[name]: name for name in columns}), problems

    return replace(
        file,
        variables={now[name]: _seen(variable, now[name]) for name, variable in file.variables.items()},
        sets={
            folded(name): replace(item, label=folded(item.label), columns=tuple(now.get(c, c) for c in item.columns))
            for name, item in file.sets.items()
        },
        load=load,
        notices=(*file.notices, *same_names(Header(names, [], 1), file.place, given=actual)),
    )


def _is_plain(variable: Variable) -> bool:
    """Tell whether a column is described in ASCII, which looks as it is written."""
    texts = (variable.name, variable.question, *variable.labels, *variable.labels.values())
    return all(map(str.isascii, texts)) and variable.name == variable.name.strip()


def _seen(variable: Variable, name: str) -> Variable:
    return Variable(
        name,
        variable.kind,
        folded(variable.question),
        {folded(code): folded(label) for code, label in variable.labels.items()},
        tuple(map(_ends, variable.missing)),
    )


def _ends(ends: Span) -> Span:
    low, high = ends
    return (folded(low), folded(high)) if isinstance(low, str) and isinstance(high, str) else ends
