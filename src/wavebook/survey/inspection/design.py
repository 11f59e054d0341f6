"""The lines of a proposed block about the sample: who is a row, weights, strata, clusters, and who completed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wavebook.core.moments import looks_like_moment
from wavebook.core.spans import halves
from wavebook.definitions import ResponseFile
from wavebook.survey.answers.labels import sense
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.inspection.likeness import meaning_of_yes_no
from wavebook.survey.inspection.lines import conditions, remark, toml, toml_key
from wavebook.survey.inspection.roles import ROLES, named_as
from wavebook.survey.inspection.summaries import ColumnSummary

_AROUND_ONE = (0.5, 2.0)  # the mean of weights that are scaled to the sample


def design_lines(
    file: SurveyFile, plan: ResponseFile | None, contents: Iterable[ColumnSummary], *, declared: bool
) -> Iterator[str]:
    """The lines for each role: as declared before, else those of columns with such names and contents."""
    names = {name.casefold(): variable for name, variable in file.variables.items()}
    counts = {item.variable.name: item for item in contents}
    for role in ROLES:
        before = getattr(plan, role, None) if plan else None
        if role == "filter":
            yield from _filter_lines(names, before, declared)
            continue
        if isinstance(before, int | dict):  # a size that is no column
            size = _sizes(before) if isinstance(before, dict) else toml(before)
            yield (
                f"{role} = {size}  # as declared before"
                if declared
                else f"# {role} = {size}  # that of an earlier wave"
            )
            if declared:
                continue
            before = None
        columns = [before] if isinstance(before, str) else list(before or ())
        if columns and all(column.casefold() in names for column in columns):
            yield f"{role} = {toml(columns[0] if len(columns) == 1 else columns)}  # as declared before"
            continue
        found = columns_for(role, names.values(), counts)
        for variable, doubt in found[:2]:
            doubt = doubt or ("there are several" if len(found) > 1 else "")
            why = "; ".join(filter(None, (variable.question, doubt)))
            yield f"{'# ' if doubt else ''}{role} = {toml(variable.name)}{remark(why)}"


def columns_for(
    role: str, variables: Iterable[Variable], counts: Mapping[str, ColumnSummary]
) -> list[tuple[Variable, str]]:
    """The columns that are named for a role, and the doubt about each; none that its contents or labels rule out."""
    listed = list(variables)
    by_name = [v for v in listed if v.is_weight] if role == "weight" else []  # as the file itself says
    by_name = by_name or [v for v in listed if named_as(role, v.name)]
    found = []
    for variable in by_name or [v for v in listed if named_as(role, v.question)]:
        if role in ("strata", "clusters") and any(named_as("weight", t) for t in (variable.name, variable.question)):
            continue  # a post-stratification weight is no stratum
        item = counts.get(variable.name)
        doubt = "known by its name only" if item is None else contents_doubt(role, item)
        if doubt is not None:
            found.append((variable, doubt))
    certain = [pair for pair in found if not pair[1]]
    return certain if len(certain) == 1 else found


def contents_doubt(role: str, item: ColumnSummary) -> str | None:
    """The doubt whether a column holds what its role asks for; empty if there is none, None if it cannot."""
    labels = item.variable.labels
    if any((side := sense(label)) and side.sign for label in labels.values()):
        return None  # an answer: yes, agree, satisfied
    rows = item.answers + item.empty + item.missing
    match role:
        case "weight":
            if labels or not item.answers:
                return None
            if not item.numeric or not item.positive:
                return "not all it holds are numbers above nought: is this a weight?"
            if item.variable.is_weight:
                return ""
            low, high = _AROUND_ONE
            if item.mean is not None and not low <= item.mean <= high:
                return f"its mean is {item.mean:.3g}: is this a weight?"
            return "" if not item.whole else "all its numbers are whole: is this a weight?"
        case "respondent":
            if labels or not item.answers:
                return None
            return "" if item.apart else "several rows have the same: is this one person?"
        case "strata" | "clusters":
            if item.different < 2 or item.missing:
                return None
            return "" if 2 * item.different <= rows and not item.empty else "is this a column of the sample?"
        case "population_size":
            return "" if item.numeric and item.positive and item.whole and not labels else None
    return "known by its name only"


def _sizes(by_stratum: Mapping[str, int]) -> str:
    return f"{{ {', '.join(f'{toml_key(stratum)} = {size}' for stratum, size in by_stratum.items())} }}"


def _filter_lines(names: Mapping[str, Variable], before, declared: bool) -> Iterator[str]:
    if before:
        gone = [column for column in before if column.casefold() not in names]
        days = [code for codes in before.values() for code in codes if any(map(looks_like_moment, halves(code)))]
        why = f"not in the file: {', '.join(gone)}" if gone else "as declared before"
        why = "these are the days of an earlier wave" if days and not declared and not gone else why
        doubt = "# " if gone or (days and not declared) else ""
        yield f"{doubt}filter = {conditions(before)}  # {why}"
        return
    if found := filter_in(names.values()):
        yield f"filter = {conditions({found[0].name: found[1]})}{remark(found[0].question)}"


def filter_in(variables: Iterable[Variable]) -> tuple[Variable, list[str]] | None:
    """The column that tells who completed the questionnaire, and its codes of those who did; None if there is none."""
    for variable in variables:
        if named_as("filter", variable.name) or named_as("filter", variable.question):
            yes = [code for code, label in variable.labels.items() if meaning_of_yes_no(label) == "yes"]
            if yes and (not variable.question or len(variable.question.split()) <= 4):
                return variable, yes
    return None
