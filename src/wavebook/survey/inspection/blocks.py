"""The tables that `wavebook inspect` proposes for data/waves.toml; uncertain lines are comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavebook.definitions import Definitions, ResponseFile
from wavebook.language.wave_names import named
from wavebook.language.words import words_in
from wavebook.survey.answers.changes import Change, told_of
from wavebook.survey.files.surveyfile import SurveyFile
from wavebook.survey.inspection.choices import Proposal
from wavebook.survey.inspection.design import design_lines
from wavebook.survey.inspection.lines import code_list, conditions, remark, toml, toml_key
from wavebook.survey.inspection.summaries import ColumnSummary

MEASURED = (
    *("report", "mode", "population", "panel", "fieldwork", "drawn", "screened", "responded", "response"),
    *("weighting", "questionnaire", "remark", "described"),
)
"""What may be declared of how a wave was measured, beside its bureau and client."""


def block(
    file: SurveyFile,
    d: Definitions,
    wave: str,
    proposals: Sequence[Proposal],
    changes: Sequence[Change],
    plan: ResponseFile | None,
    *,
    declared: bool,
    contents: Sequence[ColumnSummary] = (),
) -> str:
    """The wave's tables as TOML; see ``proposals.propose`` for ``plan`` and ``declared``."""
    table = f"waves.{wave}.responses"
    lines = [] if wave in d.waves else _wave_lines(d, wave)
    lines += [f"[{table}]", f'source = "bureau{wave}"  # a key of data/references.bib']
    lines += [
        f"locator = {toml(file.place.rsplit('/', 1)[-1])}",
        *design_lines(file, plan, contents, declared=declared),
    ]
    if file.sheet:
        lines.append(f"sheet = {toml(file.sheet)}")
    if any(problem.code == "W105" for problem in file.problems):
        lines.append('encoding = "cp1252"  # the file says UTF-8')
    if plan and plan.missing:
        lines.append(f"missing = {code_list(plan.missing)}")
    if plan and isinstance(plan.separator, str):
        lines.append(f"separator = {toml(plan.separator)}  # as declared before")
    lines += ["", f"[{table}.columns]"]
    for item in proposals:
        lines += _column_lines(file, item)
    for item in proposals:
        if item.codes and item.columns:
            comment = "" if item.sure or any(choice.sure for choice in item.choices.values()) else "# "
            lines += ["", f"{comment}[{table}.codes.{item.name}]"]
            lines += (f"{comment}{line}" if not line.startswith("#") else line for line in _code_lines(file, item))
    if plan:
        lines += _earlier_lines(file, plan, table, proposals, declared)
    reworded = dict(plan.reworded) if plan and declared else {}
    asked = [change for change in changes if change.name not in reworded]
    if reworded:
        lines += ["", f"[{table}.reworded]", *(f"{toml_key(name)} = {toml(why)}" for name, why in reworded.items())]
    if asked:
        lines += ["", f"# Changed since it was last asked: correct the above, or answer in data/mappings/{wave}.toml."]
    for name in dict.fromkeys(change.name for change in asked):
        what = "; ".join(told_of(change) for change in asked if change.name == name)
        lines.append(f"# {name}:{remark(what).removeprefix('  #')}")
    return "\n".join(lines) + "\n"


def _wave_lines(d: Definitions, wave: str) -> list[str]:
    """The table of a wave that nobody has declared, to be filled in."""
    names = ((code, words_in(code).drafts["wave"].format(wave=named(wave, code))) for code in d.languages)
    return [
        f"[waves.{wave}]",
        *(f"name.{code} = {toml(name)}" for code, name in names),
        'bureau = ""  # fill in',
        *(f'client.{code} = ""  # fill in' for code in d.languages),
        f'source = "bureau{wave}"  # a key of data/references.bib',
        f"# as far as known: {', '.join(MEASURED)}",
        "",
    ]


# Columns and codes


def _column_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    """A line for each column; an uncertain one is a comment, with the next best in another below."""
    for category, choice in item.choices.items():
        name = f"{item.name}.{category}" if category else item.name
        if not choice.column:
            yield f'# {name} = ""{remark(choice.why)}'
            continue
        column = choice.column if isinstance(choice.column, str) else choice.column[0]
        question = file.variables[column].question if column in file.variables else ""
        question = file.sets[column].label if column in file.sets else question
        why = question if choice.sure and question else f"{question}; {choice.why}" if question else choice.why
        yield f"{'' if choice.sure else '# '}{name} = {toml(choice.column)}{remark(why)}"
        if choice.next and not choice.sure:
            other, _, asked = choice.next.partition(": ")
            yield f"# {name} = {toml(other)}{remark(f'or this: {asked}' if asked else 'or this')}"


def _code_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    labels = _labels(file, item)
    for code, meaning in item.codes.items():
        doubt = item.doubts.get(code, "")
        if isinstance(meaning, dict):
            inner = ", ".join(f"{toml_key(c)} = {toml(m)}" for c, m in meaning.items())
            yield f"{toml_key(code)} = {{ {inner} }}"
        elif meaning is None:
            yield f'# {toml_key(code)} = ""{remark(doubt or labels.get(code, ""))}'
        else:
            yield f"{'# ' if doubt else ''}{toml_key(code)} = {toml(meaning)}{remark(doubt or labels.get(code, ''))}"


def _labels(file: SurveyFile, item: Proposal) -> Mapping[str, str]:
    """The labels of the codes in the first column of a proposal."""
    first = item.columns[0]
    if first in file.sets:
        members = file.sets[first].columns
        if file.sets[first].counted is not None:
            return {column: file.variables[column].question for column in members}
        return file.variables[members[0]].labels
    return file.variables[first].labels if first in file.variables else {}


# Earlier declarations


def _earlier_lines(
    file: SurveyFile, plan: ResponseFile, table: str, proposals: Sequence[Proposal], declared: bool
) -> Iterator[str]:
    """Routing, ranges and formats as they were declared, with new names for renamed columns."""
    known = {name.casefold() for name in file.variables}
    now = {
        columns[0].casefold(): choice.column
        for item in proposals
        for category, choice in item.choices.items()
        if choice.sure and isinstance(choice.column, str)
        for columns in [plan.columns.get(item.name, {}).get(category, ())]
        if len(columns) == 1
    }
    live = {item.name for item in proposals if any(choice.sure for choice in item.choices.values())}
    if plan.asked_if:
        yield from ("", f"[{table}.asked_if]")
    for name, rules in plan.asked_if.items():
        renamed = {now.get(column.casefold(), column): codes for column, codes in rules.items()}
        gone = [column for column in renamed if column.casefold() not in known]
        why = remark(f"not in the file: {', '.join(gone)}") if gone else ""
        yield f"{'# ' if gone or name not in live else ''}{name} = {conditions(renamed)}{why}"
    if plan.ranges:
        yield from ("", f"[{table}.ranges]")
    yield from (f"{'' if name in live else '# '}{name} = {toml(ends)}" for name, ends in plan.ranges.items())
    if isinstance(plan.separator, dict):
        yield from ("", f"[{table}.separator]")
        yield from (f"{'' if name in live else '# '}{name} = {toml(mark)}" for name, mark in plan.separator.items())
    missing = {name: code_list(codes) for name, codes in plan.missing_in.items() if name.casefold() in known | live}
    formats = {name: toml(form) for name, form in plan.formats.items() if name.casefold() in known}
    for kind, found in (("missing_in", missing), ("formats", formats)):
        if found:
            yield from ("", f"[{table}.{kind}]", *(f"{toml_key(name)} = {value}" for name, value in found.items()))
    if declared and plan.labels_overruled:
        yield from ("", f"[{table}.labels_overruled]")
        for column, labels in plan.labels_overruled.items():
            if isinstance(labels, str):
                yield f"{toml_key(column)} = {toml(labels)}"
                continue
            pairs = ", ".join(f"{toml_key(code)} = {toml(text)}" for code, text in labels.items())
            yield f"{toml_key(column)} = {{ {pairs} }}"
