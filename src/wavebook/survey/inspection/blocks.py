"""The tables that `wavebook inspect` proposes for data/waves.toml; uncertain lines are comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wavebook.core.moments import looks_like_moment
from wavebook.core.spans import halves
from wavebook.definitions import Definitions, ResponseFile
from wavebook.survey.answers.questions import Change
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import text_of, value_of
from wavebook.survey.inspection.choices import Proposal
from wavebook.survey.inspection.likeness import meaning_of_yes_no

ROLES = {
    "respondent": r"resp(ondent)?_?(nr|num|id)|^id$|volgnummer|caseid",
    "weight": r"weeg|weight|gewicht|^wgt|^wf$",
    "strata": r"strat",
    "clusters": r"cluster|^psu$",
    "population_size": r"^fpc|pop(ulation)?_?size|populatieomvang",
    "filter": r"complete?d?$|compleet|afgerond|voltooid",
}


def block(
    file: SurveyFile,
    d: Definitions,
    wave: int,
    proposals: Sequence[Proposal],
    changes: Sequence[Change],
    plan: ResponseFile | None,
    *,
    declared: bool,
) -> str:
    """The wave's tables as TOML; see ``proposals.propose`` for ``plan`` and ``declared``."""
    table = f"waves.{wave}.responses"
    lines = []
    if wave not in d.waves:
        lines += [
            f"[waves.{wave}]",
            f'name.nl = "meting {wave}"',
            f'name.en = "measurement of {wave}"',
            'bureau = ""  # fill in',
            'client.nl = ""  # fill in',
            'client.en = ""  # fill in',
            f'source = "bureau{wave}"  # a key of data/references.bib',
            "",
        ]
    lines += [f"[{table}]", f'source = "bureau{wave}"  # a key of data/references.bib']
    lines += [f"locator = {_toml(file.place.rsplit('/', 1)[-1])}", *_design_lines(file, plan, declared)]
    if any(problem.code == "W105" for problem in file.problems):
        lines.append('encoding = "cp1252"  # the file says UTF-8')
    if plan and plan.missing:
        lines.append(f"missing = {_codes(plan.missing)}")
    if plan and isinstance(plan.separator, str):
        lines.append(f"separator = {_toml(plan.separator)}  # as declared before")
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
        lines += ["", f"[{table}.reworded]", *(f"{_key(name)} = {_toml(why)}" for name, why in reworded.items())]
    elif asked:
        lines += ["", f"# [{table}.reworded]  # why each means the same; or correct the above, or declare a break"]
    for name in dict.fromkeys(change.name for change in asked):
        what = "; ".join(f"{c.what}: {c.before} → {c.after}" for c in asked if c.name == name)
        lines.append(f'# {_key(name)} = ""{_remark(what)}')
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _toml(value) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value)


def _remark(text: str) -> str:
    """A comment of one line: TOML allows no control characters there."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"  # {words if len(words) <= 160 else words[:159] + '…'}" if words else ""


def _codes(codes: Iterable[str]) -> str:
    """Codes as TOML: numbers as such, but 01 keeps its zero."""
    values = [(code, value_of(code)) for code in codes]
    return _toml([v if isinstance(v, float) and not code.strip().startswith("0") else code for code, v in values])


def _conditions(rules: Mapping[str, Iterable[str]]) -> str:
    inner = ", ".join(f"{_key(column)} = {_codes(codes)}" for column, codes in rules.items())
    return f"{{ {inner} }}"


def _sizes(by_stratum: Mapping[str, int]) -> str:
    return f"{{ {', '.join(f'{_key(stratum)} = {size}' for stratum, size in by_stratum.items())} }}"


# Columns and codes


def _column_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    """A line for each column; an uncertain one is a comment, with the next best in another below."""
    for category, choice in item.choices.items():
        name = f"{item.name}.{category}" if category else item.name
        if not choice.column:
            yield f'# {name} = ""{_remark(choice.why)}'
            continue
        column = choice.column if isinstance(choice.column, str) else choice.column[0]
        question = file.variables[column].question if column in file.variables else ""
        question = file.sets[column].label if column in file.sets else question
        why = question if choice.sure and question else f"{question}; {choice.why}" if question else choice.why
        yield f"{'' if choice.sure else '# '}{name} = {_toml(choice.column)}{_remark(why)}"
        if choice.next and not choice.sure:
            other, _, asked = choice.next.partition(": ")
            yield f"# {name} = {_toml(other)}{_remark(f'or this: {asked}' if asked else 'or this')}"


def _code_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    labels = _labels(file, item)
    for code, meaning in item.codes.items():
        doubt = item.doubts.get(code, "")
        if isinstance(meaning, dict):
            inner = ", ".join(f"{_key(c)} = {_toml(m)}" for c, m in meaning.items())
            yield f"{_key(code)} = {{ {inner} }}"
        elif meaning is None:
            yield f'# {_key(code)} = ""{_remark(doubt or labels.get(code, ""))}'
        else:
            yield f"{'# ' if doubt else ''}{_key(code)} = {_toml(meaning)}{_remark(doubt or labels.get(code, ''))}"


def _labels(file: SurveyFile, item: Proposal) -> Mapping[str, str]:
    """The labels of the codes in the first column of a proposal."""
    first = item.columns[0]
    if first in file.sets:
        members = file.sets[first].columns
        if file.sets[first].counted is not None:
            return {column: file.variables[column].question for column in members}
        return file.variables[members[0]].labels
    return file.variables[first].labels if first in file.variables else {}


# The design, and earlier declarations


def _design_lines(file: SurveyFile, plan: ResponseFile | None, declared: bool) -> Iterator[str]:
    names = {name.casefold(): variable for name, variable in file.variables.items()}
    for role, pattern in ROLES.items():
        before = getattr(plan, role, None) if plan else None
        if role == "filter":
            yield from _filter_lines(names, pattern, before, declared)
            continue
        if isinstance(before, int | dict):  # a size that is no column
            size = _sizes(before) if isinstance(before, dict) else _toml(before)
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
            yield f"{role} = {_toml(columns[0] if len(columns) == 1 else columns)}  # as declared before"
            continue
        found = [v for v in names.values() if re.search(pattern, v.name, re.I)]
        found = found or [v for v in names.values() if re.search(pattern, v.question, re.I)]
        sure = "" if len(found) == 1 else "# "
        yield from (f"{sure}{role} = {_toml(v.name)}{_remark(v.question)}" for v in found[:2])


def _filter_lines(names: Mapping[str, Variable], pattern: str, before, declared: bool) -> Iterator[str]:
    if before:
        gone = [column for column in before if column.casefold() not in names]
        days = [code for codes in before.values() for code in codes if any(map(looks_like_moment, halves(code)))]
        why = f"not in the file: {', '.join(gone)}" if gone else "as declared before"
        why = "these are the days of an earlier wave" if days and not declared and not gone else why
        doubt = "# " if gone or (days and not declared) else ""
        yield f"{doubt}filter = {_conditions(before)}  # {why}"
        return
    for variable in names.values():
        if re.search(pattern, variable.name, re.I) or re.search(pattern, variable.question, re.I):
            yes = [code for code, label in variable.labels.items() if meaning_of_yes_no(label) == "yes"]
            if yes:
                yield f"filter = {_conditions({variable.name: yes})}{_remark(variable.question)}"
                return


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
        why = _remark(f"not in the file: {', '.join(gone)}") if gone else ""
        yield f"{'# ' if gone or name not in live else ''}{name} = {_conditions(renamed)}{why}"
    if plan.ranges:
        yield from ("", f"[{table}.ranges]")
    yield from (f"{'' if name in live else '# '}{name} = {_toml(ends)}" for name, ends in plan.ranges.items())
    if isinstance(plan.separator, dict):
        yield from ("", f"[{table}.separator]")
        yield from (f"{'' if name in live else '# '}{name} = {_toml(mark)}" for name, mark in plan.separator.items())
    missing = {name: _codes(codes) for name, codes in plan.missing_in.items() if name.casefold() in known | live}
    formats = {name: _toml(form) for name, form in plan.formats.items() if name.casefold() in known}
    for kind, found in (("missing_in", missing), ("formats", formats)):
        if found:
            yield from ("", f"[{table}.{kind}]", *(f"{_key(name)} = {value}" for name, value in found.items()))
    if declared and plan.labels_overruled:
        yield from ("", f"[{table}.labels_overruled]")
        for column, labels in plan.labels_overruled.items():
            if isinstance(labels, str):
                yield f"{_key(column)} = {_toml(labels)}"
                continue
            pairs = ", ".join(f"{_key(code)} = {_toml(text)}" for code, text in labels.items())
            yield f"{_key(column)} = {{ {pairs} }}"
