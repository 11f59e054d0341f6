"""What a new respondent file holds, beside what is expected: the report and the proposal of `wavebook inspect`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from pathlib import Path

import polars as pl

from wavebook.definitions import Definitions, ResponseFile, meanings_of
from wavebook.questions import Change, Question, earlier_codebook, wording_changes
from wavebook.surveyfile import NUMBER, Staging, SurveyFile, Variable, open_file, readable, text_of, value_of, within

_ROLES = {
    "respondent": r"resp(ondent)?_?(nr|num|id)|^id$|volgnummer|caseid",
    "weight": r"weeg|weight|gewicht|^wgt|^wf$",
    "strata": r"strat",
    "clusters": r"cluster|^psu$",
    "population_size": r"^fpc|pop(ulation)?_?size|populatieomvang",
    "filter": r"complete?d?$|compleet|afgerond|voltooid",
}
_YES_NO = {"yes": ("ja", "yes", "gekozen", "genoemd", "selected"), "no": ("nee", "no", "niet gekozen", "niet genoemd")}
_NO_ANSWER = re.compile(
    r"weet (ik )?niet|geen (antwoord|mening)|wil niet|n\.?v\.?t|niet van toepassing|don.?t know|refus", re.I
)
_OTHER = re.compile(r"^(iets |een )?(ander|overig|other)", re.I)
_ALIKE = 0.6  # difflib's ratio above which difflib itself calls two texts close
_LISTED = 40


@dataclass(frozen=True)
class ColumnSummary:
    """A column of the file in counts; ``low`` and ``high`` for numbers only, without user-missing codes.

    They are empty where most respondents have a number for themselves: the highest is then somebody's.
    """

    variable: Variable
    answers: int
    empty: int
    missing: int
    different: int
    low: float | None
    high: float | None
    numeric: bool


@dataclass(frozen=True)
class Proposal:
    """How one declared name may be read: its columns as in waves.toml, its codes, and why this was chosen.

    ``columns`` is empty when nothing in the file resembles it; ``codes`` with None still need a meaning.
    """

    name: str
    columns: str | dict[str, str]
    codes: dict[str, str | float | None]
    why: str


@dataclass(frozen=True)
class Inspection:
    """What is in a respondent file beside what is declared; ``str`` is the report, ``block`` the TOML."""

    place: str
    wave: int
    rows: int
    file: SurveyFile
    columns: tuple[ColumnSummary, ...]
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    compared_with: int | None
    block: str

    def __str__(self) -> str:
        # Names and questions come from a file that anybody may have made: nothing in them that a terminal obeys.
        return "".join(c if c == "\n" or c.isprintable() else " " for c in "\n".join(_report(self)))


def inspect(
    path: Path,
    definitions: Definitions,
    *,
    root: Path | None = None,
    wave: int | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Inspection:
    """What is in the file at ``path``, and a proposal for its block in data/waves.toml.

    Parameters
    ----------
    root
        The book, for the questions of the previous wave (data/codebooks/); None compares nothing.
    wave
        By default the year in the file's name, else the one after the newest wave.

    Raises ProblemsError (W101, W103, W108) when the file cannot be opened.
    """
    year = re.search(r"(?:19|20)\d\d", path.stem)
    wave = wave or (int(year.group()) if year else definitions.newest + 1)
    known = definitions.waves[wave].responses if wave in definitions.waves else None
    chosen = (known.encoding, known.sheet) if known else (None, None)
    file = open_file(path, encoding=encoding or chosen[0], sheet=sheet or chosen[1])
    with readable(file.place):
        summaries = tuple(_summaries(file, path))
    rows = summaries[0].answers + summaries[0].empty + summaries[0].missing if summaries else 0
    earlier = [y for y in definitions.waves if y < wave and definitions.waves[y].responses]
    plan = known or (definitions.waves[max(earlier)].responses if earlier else None)
    compared, kept = (root and earlier_codebook(root, wave)) or (None, {})
    proposals = tuple(_proposals(file, definitions, plan))
    changes = wording_changes(kept, dict(_questions(file, proposals)))
    block = _block(file, definitions, wave, summaries, proposals, plan)
    return Inspection(file.place, wave, rows, file, summaries, proposals, tuple(changes), compared, block)


def _summaries(file: SurveyFile, path: Path) -> Iterator[ColumnSummary]:
    names = list(file.variables)
    for start in range(0, len(names), 200):  # columns at a time: what is staged of a wide file stays small
        batch, staging = names[start : start + 200], Staging(path)
        raw, _ = file.load(batch, staging)
        for name in batch:  # one is in memory, however long the file is
            yield _summary(file.variables[name], raw.select(name).collect(engine="streaming").to_series())


def _summary(variable: Variable, cells: pl.Series) -> ColumnSummary:
    values = cells.drop_nulls()
    if values.dtype == pl.String:
        numeric = len(values) > 0 and values.str.contains(f"^(?:{NUMBER.pattern})$").all()
        if numeric:
            values = values.str.replace(",", ".", literal=True).cast(pl.Float64)
    else:
        numeric = True
    missing = pl.zeros(len(values), pl.Boolean, eager=True)
    for low, high in variable.missing:
        if isinstance(low, str) == (values.dtype == pl.String):
            missing |= values.is_between(low, high)
    answers = values.filter(~missing)
    different = answers.n_unique()
    shared = numeric and 2 * different <= len(answers)
    numbers = answers if shared else answers.clear().cast(pl.Float64)
    return ColumnSummary(
        variable,
        len(answers),
        cells.null_count(),
        int(missing.sum()),
        different,
        numbers.min(),
        numbers.max(),
        bool(numeric),
    )


@lru_cache(maxsize=100_000)
def _folded(text: str) -> tuple[str, frozenset[str]]:
    """A text without case and spare spaces, and its longer words."""
    folded = " ".join(text.casefold().replace("_", " ").split())
    return folded, frozenset(re.findall(r"\w{4,}", folded))


def _alike(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1, by difflib; case and spaces do not count."""
    (a, words), (b, others) = _folded(first), _folded(second)
    if not a or not b or min(len(a), len(b)) < 0.4 * max(len(a), len(b)):
        return 0.0
    if len(a) > 20 and not words & others:  # saves a file of thousands of columns most of the time
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE else 0.0


def _texts(item) -> list[str]:
    """The words an indicator, category or breakdown may be recognised by."""
    if hasattr(item, "definition"):
        return [item.name.nl, item.name.en, item.definition.nl, item.definition.en]
    return [item.nl, item.en]


def _nearest(texts: Iterable[str], choices: Mapping[str, Sequence[str]]) -> tuple[str | None, float]:
    """The choice that one of ``texts`` is most like, and how much; None below the threshold."""
    scores = {key: max((_alike(t, c) for t in texts for c in found), default=0) for key, found in choices.items()}
    best = max(scores, key=scores.get, default=None)
    return (best, scores[best]) if best is not None and scores[best] >= _ALIKE else (None, 0.0)


def _proposals(file: SurveyFile, d: Definitions, plan: ResponseFile | None) -> Iterator[Proposal]:
    wanted = {"population": None, **d.segments, **d.indicators}
    words = {name: [v.name, v.question] for name, v in file.variables.items()}
    grades: dict[str, str] = {}
    for name, item in wanted.items():
        texts = [name, "doelgroep", "populatie"] if item is None else [name, *_texts(item)]
        found = _as_before(file, name, plan)
        if not found and getattr(item, "categories", None):
            found = _several(file, name, item, words)
        found = found or _single(file, d, name, texts, words)
        if not found.columns and meanings_of(d, name):
            found = _banded(name, grades) or found
        if name not in d.indicators and isinstance(found.columns, str):
            words.pop(found.columns, None)  # who somebody is, is no answer to a question too
        elif d.indicators[name].unit == "grade" and isinstance(found.columns, str) and found.columns:
            grades[name] = found.columns
        yield found


def _banded(name: str, grades: Mapping[str, str]) -> Proposal | None:
    """A share in bands of a grade, known by its name: grade_band_chain is of grade_chain."""
    words = set(name.split("_"))
    of = max((g for g in grades if set(g.split("_")) < words), key=len, default=None)
    return Proposal(name, grades[of], {}, f"bands of {of}? say which marks are which category") if of else None


def _as_before(file: SurveyFile, name: str, plan: ResponseFile | None) -> Proposal | None:
    """The declared reading of ``name``, of this wave or the one before, if its columns are there."""
    if plan is None or name not in plan.columns:
        return None
    by_category = plan.columns[name]
    known = {key.casefold() for key in (*file.variables, *file.sets)}
    if any(column.casefold() not in known for column in chain.from_iterable(by_category.values())):
        return None
    parts = {c: list(columns) if len(columns) > 1 else columns[0] for c, columns in by_category.items()}
    columns = parts[""] if set(parts) == {""} else parts
    return Proposal(name, columns, dict(plan.meanings(name)), "as declared before")


def _several(file: SurveyFile, name: str, item, words: Mapping[str, list[str]]) -> Proposal | None:
    """A multiple response set, or one column a category."""
    named = {key: _texts(text) for key, text in item.categories.items()}
    for found in file.sets.values():
        labels = {column: [file.variables[column].question] for column in found.columns}
        if found.counted is None:
            labels = {code: [label] for code, label in file.variables[found.columns[0]].labels.items()}
        codes = {code: _meaning(text[0], named) for code, text in labels.items()}
        if len({v for v in codes.values() if v in named}) * 2 > len(named):
            return Proposal(name, found.name, codes, f"set: {found.label}")
    columns = {}
    for category, texts in named.items():
        both = [f"{start}: {text}" for start in (item.name.nl, item.name.en) for text in texts]
        best, _ = _nearest([*both, f"{name}_{category}"], words)
        if best:
            columns[category] = best
    if len(set(columns.values())) * 2 <= len(named):
        return None
    first = file.variables[next(iter(columns.values()))]
    return Proposal(name, columns, _asked(first, _codes_for(first.labels, _YES_NO)), "questions")


def _single(file: SurveyFile, d: Definitions, name: str, texts: list[str], words) -> Proposal:
    best, score = _nearest(texts, words)
    if best is None:
        return Proposal(name, "", {}, "nothing in the file resembles it")
    labels = file.variables[best].labels
    why = f"question alike ({100 * score:.0f} %)"
    known = meanings_of(d, name)
    if name in d.segments or name == "population":
        declared = d.segments[name].values if name in d.segments else d.populations
        codes = _codes_for(labels, {key: _texts(text) for key, text in declared.items() if key != "total"})
    elif known and d.indicators[name].categories:
        codes = _codes_for(labels, {key: _texts(text) for key, text in d.indicators[name].categories.items()})
        if not set(codes.values()) & d.indicators[name].categories.keys():
            codes, why = {}, f"{why}; say which codes or ranges are which category"
    elif known:
        codes = _codes_for(labels, _YES_NO)
    else:
        codes = {code: "missing" for code, label in labels.items() if _NO_ANSWER.search(label)}
    return Proposal(name, best, _asked(file.variables[best], codes), why)


def _asked(variable: Variable, codes: dict) -> dict:
    """``codes`` without those that the file itself calls missing."""
    return {k: v for k, v in codes.items() if not any(within(value_of(k), ends) for ends in variable.missing)}


def _codes_for(labels: Mapping[str, str], named: Mapping[str, Sequence[str]]) -> dict:
    return {code: _meaning(label, named) for code, label in labels.items()}


def _meaning(label: str, named: Mapping[str, Sequence[str]]) -> str | None:
    """What a label says: one of ``named``, else no answer or something else, else unknown."""
    best, _ = _nearest([label], named)
    if best:
        return best
    if _NO_ANSWER.search(label):
        return "missing"
    return "other" if _OTHER.search(label) and "yes" not in named else None


def _questions(file: SurveyFile, proposals: Iterable[Proposal]) -> Iterator[tuple[str, Question]]:
    folded = {name.casefold(): name for name in (*file.variables, *file.sets)}
    for item in proposals:
        parts = item.columns if isinstance(item.columns, dict) else {"": item.columns}
        for category, column in parts.items():
            columns = [column] if isinstance(column, str) else column
            columns = [folded.get(c.casefold(), c) for c in columns if c]
            if not columns or category == "other":
                continue
            if columns[0] in file.sets:
                found = file.sets[columns[0]]
                yield item.name, Question(found.label, {}, found.columns)
                for member in found.columns:
                    variable, meaning = file.variables[member], item.codes.get(member)
                    if found.counted is not None and meaning not in (None, "other"):
                        yield f"{item.name}.{meaning}", Question(variable.question, variable.labels, (member,))
                continue
            variable = file.variables[columns[0]]
            key = f"{item.name}.{category}" if category else item.name
            yield key, Question(variable.question, variable.labels, tuple(columns))


# The proposal as TOML, and the report


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _toml(value) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value)


def _remark(text: str) -> str:
    """A comment of one line: TOML knows no control characters there."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"  # {words[:100]}" if words else ""


def _block(file, d: Definitions, wave: int, summaries, proposals, plan: ResponseFile | None) -> str:
    """The wave's tables for data/waves.toml; what is not certain stands in a comment."""
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
    lines += [f"locator = {_toml(file.place.rsplit('/', 1)[-1])}", *_design_lines(summaries, plan)]
    if any(problem.code == "W105" for problem in file.problems):
        lines.append('encoding = "cp1252"  # the file says UTF-8')
    if plan and plan.missing:
        lines.append(f"missing = {_codes(plan.missing)}")
    lines += ["", f"[{table}.columns]"]
    for item in proposals:
        parts = item.columns.items() if isinstance(item.columns, dict) else [("", item.columns)]
        for category, column in parts:
            name = f"{item.name}.{category}" if category else item.name
            if not column:
                lines.append(f'# {name} = ""  # {item.why}')
                continue
            unsure = "# " if "say which" in item.why else ""
            known = file.variables.get(column) if isinstance(column, str) else None
            why = item.why if unsure or not known else known.question
            lines.append(f"{unsure}{name} = {_toml(column)}{_remark(why)}")
    for item in proposals:
        if item.codes and item.columns and "say which" not in item.why:
            lines += ["", f"[{table}.codes.{item.name}]", *_code_lines(file, item)]
    for name, rules in (plan.asked_if if plan else {}).items():
        lines += ["", f"[{table}.asked_if]"] if f"[{table}.asked_if]" not in lines else []
        lines.append(f"{name} = {_conditions(rules)}")
    for name, ends in (plan.ranges if plan else {}).items():
        lines += ["", f"[{table}.ranges]"] if f"[{table}.ranges]" not in lines else []
        lines.append(f"{name} = {_toml(ends)}")
    return "\n".join(lines) + "\n"


def _codes(codes: Iterable[str]) -> str:
    """Codes as TOML: numbers where they are, but 01 keeps its nought."""
    values = [(code, value_of(code)) for code in codes]
    return _toml([v if isinstance(v, float) and not code.strip().startswith("0") else code for code, v in values])


def _conditions(rules: Mapping[str, Iterable[str]]) -> str:
    inner = ", ".join(f"{_key(column)} = {_codes(codes)}" for column, codes in rules.items())
    return f"{{ {inner} }}"


def _design_lines(summaries: Sequence[ColumnSummary], plan: ResponseFile | None) -> Iterator[str]:
    names = {item.variable.name.casefold(): item.variable for item in summaries}
    for role, pattern in _ROLES.items():
        before = getattr(plan, role, None) if plan else None
        if role == "filter":
            yield from _filter_lines(summaries, pattern, before)
            continue
        columns = [before] if isinstance(before, str) else list(before or ()) if not isinstance(before, dict) else []
        if columns and all(column.casefold() in names for column in columns):
            yield f"{role} = {_toml(columns[0] if len(columns) == 1 else columns)}  # as declared before"
            continue
        found = [v for v in names.values() if re.search(pattern, v.name, re.I)]
        found = found or [v for v in names.values() if re.search(pattern, v.question, re.I)]
        if found:
            yield f"{role} = {_toml(found[0].name)}{_remark(found[0].question)}"


def _filter_lines(summaries: Sequence[ColumnSummary], pattern: str, before) -> Iterator[str]:
    if before:
        yield f"filter = {_conditions(before)}  # as declared before"
        return
    for item in summaries:
        variable = item.variable
        if re.search(pattern, variable.name, re.I) or re.search(pattern, variable.question, re.I):
            yes = [code for code, label in variable.labels.items() if _meaning(label, _YES_NO) == "yes"]
            if yes:
                yield f"filter = {_conditions({variable.name: yes})}{_remark(variable.question)}"
                return


def _code_lines(file: SurveyFile, item: Proposal) -> Iterator[str]:
    first = next(iter(item.columns.values())) if isinstance(item.columns, dict) else item.columns
    first = first if isinstance(first, str) else first[0]
    labels = file.variables[first].labels if first in file.variables else {}
    if first in file.sets:
        counted = file.sets[first].counted is not None
        members = file.sets[first].columns
        labels = {c: file.variables[c].question for c in members} if counted else file.variables[members[0]].labels
    for code, meaning in item.codes.items():
        if isinstance(meaning, dict):
            inner = ", ".join(f"{_key(c)} = {_toml(m)}" for c, m in meaning.items())
            yield f"{_key(code)} = {{ {inner} }}"
        elif meaning is None:
            yield f'# {_key(code)} = ""{_remark(labels.get(code, ""))}'
        else:
            yield f"{_key(code)} = {_toml(meaning)}{_remark(labels.get(code, ''))}"


def _report(found: Inspection) -> Iterator[str]:
    file = found.file
    yield f"{found.place}: {found.rows} rows, {len(found.columns)} columns, {file.encoding}"
    yield from (f"  {text}" for text in (file.title, *file.notes) if text)
    yield from map(str, (*file.problems, *file.notices))
    yield ""
    used: dict[str, list[str]] = {}
    for name, question in _questions(file, found.proposals):
        for column in question.columns:
            used.setdefault(column, []).append(name)
    yield f"{'column':<16} {'kind':<7} {'answers':>8} {'empty':>8} {'missing':>8}  values"
    ordered = sorted(found.columns, key=lambda item: item.variable.name not in used)
    for item in ordered[:_LISTED]:
        yield from _column_lines(item, used.get(item.variable.name, []))
    if len(ordered) > _LISTED:
        yield f"and {len(ordered) - _LISTED} other columns"
    for name, item in file.sets.items():
        what = f"chosen is {item.counted}" if item.counted is not None else "columns hold codes"
        yield f"{name}: multiple response set of {', '.join(item.columns)}; {what}; {item.label}"
    absent = [item.name for item in found.proposals if not item.columns]
    if absent:
        yield f"\nDeclared and not found: {', '.join(absent)}"
    if found.compared_with:
        yield f"\nChanged since {found.compared_with}: " + ("" if found.changes else "no question, no label")
        yield from (f"  {c.name}, {c.what}: “{c.before}” → “{c.after}”" for c in found.changes)
    yield "\nFor data/waves.toml, after a look at every line:\n"
    yield found.block


def _column_lines(item: ColumnSummary, used: list[str]) -> Iterator[str]:
    variable = item.variable
    kind = "number" if item.numeric and variable.kind != "date" else variable.kind
    values = f"{item.different} different"
    if item.numeric and variable.kind != "date" and item.low is not None:
        values = f"{item.low:g} to {item.high:g}"
        values += ", stored as text" if variable.kind == "text" else ""
    row = f"{variable.name:<16} {kind:<7} {item.answers:>8} {item.empty:>8} {item.missing:>8}  {values}"
    yield f"{row}  → {', '.join(used)}" if used else row
    if variable.question:
        yield f"{'':<16} {variable.question}"
    if 0 < len(variable.labels) <= _LISTED:
        labels = "; ".join(f"{code} {label}" for code, label in variable.labels.items())
        yield f"{'':<16} {labels}"
