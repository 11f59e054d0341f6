"""The contents of a new respondent file beside those expected: the report and the proposal of `wavebook inspect`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wavebook.core import alike, periods
from wavebook.core.hints import nearest
from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import Definitions
from wavebook.survey.answers.changes import Change, all_changes, told_of
from wavebook.survey.answers.questions import earlier_codebook
from wavebook.survey.files.damage import foreign, readable
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.quoting import ENOUGH, quoted, said_mark
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import text_of, value_of
from wavebook.survey.inspection.blocks import block
from wavebook.survey.inspection.choices import Proposal, questions_of
from wavebook.survey.inspection.draft_toml import answer_tables, indicator_tables, unit_tables
from wavebook.survey.inspection.drafts import Draft, drafts_of, variables_of
from wavebook.survey.inspection.proposals import propose
from wavebook.survey.inspection.summaries import LISTED, ColumnSummary, labels_of, people_of, summaries_of

_DRAFTED = 8  # questions that nothing declares


@dataclass(frozen=True)
class Inspection:
    """The contents of a respondent file beside the declarations; ``str`` is the report, ``block`` the TOML.

    The report lists the columns that are proposed and some others; all of them where ``everything`` is asked for, and
    only those in ``shown``, with all their values, where there are such.
    """

    place: str
    wave: str
    rows: int
    file: SurveyFile
    columns: tuple[ColumnSummary, ...]
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    compared_with: str | None
    block: str
    problems: tuple[Problem, ...] = ()
    shown: tuple[str, ...] = ()
    everything: bool = False
    uses: dict[str, list[str]] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()
    languages: tuple[str, ...] = ()
    base: str = ""

    def __str__(self) -> str:
        # Names and questions come from a file that anybody may have made: they must not control a terminal.
        return "".join(c if c == "\n" or c.isprintable() else " " for c in "\n".join(_report(self)))


def wave_in(name: str, d: Definitions) -> str:
    """The wave that a file is about by its name: a declared one, or a period; else the one after the newest."""
    declared = sorted((wave for wave in d.waves if re.search(rf"(?<![0-9A-Za-z]){wave}(?![0-9A-Za-z])", name)), key=len)
    if declared:
        return declared[-1]
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?:-?[HhQq]\d|-?[Ww]\d\d|-\d\d(?:-\d\d)?)?(?!\d)", name)
    named = [n for n in (found[0], found[0][:4]) if periods.named(n)] if found else []
    return named[0] if named else periods.following(d.newest)


def inspect(
    path: Path,
    definitions: Definitions,
    *,
    root: Path | None = None,
    wave: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    columns: Sequence[str] = (),
    everything: bool = False,
) -> Inspection:
    """Describe the file at ``path``, and propose its block in data/waves.toml.

    Parameters
    ----------
    root
        The book, for the questions of earlier waves (data/codebooks/); None compares nothing.
    wave
        By default the one in the file's name, else the one after the newest wave.
    columns
        The columns that the report shows, with their values; by default those that are proposed, and some others.
    everything
        Whether it shows all columns.

    Raises ProblemsError (W101, W103, W107) when the file cannot be opened, or has no such column.
    """
    wave = wave or wave_in(path.stem, definitions)
    known = definitions.waves[wave].responses if wave in definitions.waves else None
    chosen = (known.encoding, known.sheet) if known else (None, None)
    file = open_file(path, encoding=encoding or chosen[0], sheet=sheet or chosen[1])
    shown = _columns(file, columns)
    before = definitions.before(wave)
    read = [definitions.waves[w].responses for w in before if definitions.waves[w].responses]
    plan = known or (read[-1] if read else None)
    with readable(file.place), foreign(file.place):
        rules = definitions.disclosure
        enough = max(ENOUGH, rules.minimum_base or 0) if rules else ENOUGH
        summaries, problems = summaries_of(file, path, people_of(file, plan), enough)
    rows = summaries[0].answers + summaries[0].empty + summaries[0].missing if summaries else 0
    compared, asked = (root and earlier_codebook(root, wave, definitions)) or (None, {})
    declared = known is not None
    proposals = propose(file, definitions, plan, asked, declared=declared)
    questions = dict(questions_of(file, proposals))
    changes = all_changes(asked, questions)
    toml = block(file, definitions, wave, proposals, changes, plan, declared=declared, contents=summaries)
    uses: dict[str, list[str]] = {}
    for name, question in questions.items():
        for column in question.columns:
            uses.setdefault(column, []).append(name)
    return Inspection(
        place=file.place,
        wave=wave,
        rows=rows,
        file=file,
        columns=tuple(summaries),
        proposals=proposals,
        changes=tuple(changes),
        compared_with=compared,
        block=toml,
        problems=tuple(dict.fromkeys([*file.problems, *problems])),
        shown=shown,
        everything=everything,
        uses=uses,
        drafts=tuple(drafts_of(file, summaries, uses)[0]),
        languages=definitions.languages,
        base=next(iter(definitions.bases), ""),
    )


def _columns(file: SurveyFile, names: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, as written in the file; those of a set for its name."""
    folded = {name.casefold(): name for name in (*file.variables, *file.sets)}
    problems: list[Problem] = []
    found: list[str] = []
    for name in names:
        if (actual := folded.get(alike.folded(name).casefold())) is None:
            close = nearest(name.casefold(), folded)
            hint = f"The nearest is {folded[close]}." if close else "Show all with --all."
            problems.append(Problem("W107", f"{file.place}, column {name}", "is not in the file", hint))
        else:
            found += file.sets[actual].columns if actual in file.sets else [actual]
    raise_all(problems)
    return tuple(dict.fromkeys(found))


# The report


def _report(found: Inspection) -> Iterator[str]:
    file = found.file
    yield f"{found.place}: {found.rows} rows, {len(found.columns)} columns, {file.encoding}"
    yield from (f"  {text}" for text in (file.title, *file.notes) if text)
    yield from map(str, (*found.problems, *file.notices))
    yield ""
    yield f"{'column':<16} {'kind':<7} {'answers':>8} {'empty':>8} {'missing':>8}  values"
    if found.shown:
        by_name = {item.variable.name: item for item in found.columns}
        for name in found.shown:
            yield from _column_lines(by_name[name], found.uses.get(name, []), whole=True)
        yield from _drafted(found)
        return
    ordered = sorted(found.columns, key=lambda item: item.variable.name not in found.uses)
    listed = ordered if found.everything else ordered[:LISTED]
    for item in listed:
        yield from _column_lines(item, found.uses.get(item.variable.name, []))
    if len(ordered) > len(listed):
        yield f"and {len(ordered) - len(listed)} other columns: --all shows them, --column NAME one of them"
    for name, found_set in file.sets.items():
        what = f"chosen is {found_set.counted}" if found_set.counted is not None else "columns hold codes"
        yield f"{name}: multiple response set of {', '.join(found_set.columns)}; {what}; {found_set.label}"
    absent = [item.name for item in found.proposals if not item.columns]
    if absent:
        yield f"\nDeclared and not found: {', '.join(absent)}"
    if found.compared_with:
        yield f"\nChanged since {found.compared_with}: " + ("" if found.changes else "no question, no label")
        for change in found.changes:
            yield f"  {change.name}, {told_of(change)}"
    yield "\nFor data/waves.toml, after a look at every line; uncertain lines are comments:\n"
    yield found.block
    if found.compared_with:
        yield f"Once it stands there: wavebook inspect {found.place} --mapping, to write which variable was which.\n"
    yield from _drafted(found)


def _drafted(found: Inspection) -> Iterator[str]:
    """Declarations of questions that nothing declares: of the columns asked for, or of the first few."""
    drafts = [
        draft
        for draft in found.drafts
        if not found.shown or any(v.name in found.shown for v in variables_of(draft, found.file))
    ]
    listed = drafts if found.shown or found.everything else drafts[:_DRAFTED]
    if not listed:
        return
    yield "\nNot declared yet; for data/indicators.toml, with what readers see as you want it:\n"
    yield from unit_tables(listed)
    for draft in listed:
        yield from indicator_tables(draft, found.languages, found.base)
    yield "and for data/waves.toml:\n"
    yield from answer_tables(listed, f"waves.{found.wave}.responses")
    if len(drafts) > len(listed):
        yield f"\nand {len(drafts) - len(listed)} other questions: --column NAME drafts one of them, --all every one"


def _column_lines(item: ColumnSummary, used: list[str], *, whole: bool = False) -> Iterator[str]:
    variable = item.variable
    kind = "number" if item.numeric and variable.kind == "text" else variable.kind
    row = f"{variable.name:<16} {kind:<7} {item.answers:>8} {item.empty:>8} {item.missing:>8}  {_values(item)}"
    yield f"{row}  → {', '.join(used)}" if used else row
    if variable.question and variable.question != variable.name:
        yield f"{'':<16} {variable.question}"
    if labels := labels_of(item):
        yield f"{'':<16} {'; '.join(f'{code} {label}' for code, label in labels.items())}"
    if whole:
        yield from (f"{'':<16} {count:>8}  {_labelled(value, variable)}" for value, count in item.given)
        if rest := item.different - len(item.given):
            others = f"{rest} {'other ' if item.given else ''}value{'s' * (rest != 1)}"
            length = f", of {item.shortest} to {item.longest} characters" if item.longest else ""
            yield f"{'':<16} {'':>8}  {others}, each of fewer than {item.enough} respondents{length}"


def _values(item: ColumnSummary) -> str:
    kind = item.variable.kind
    if item.numeric and item.low is not None:
        return f"{item.low:g} to {item.high:g}" + (", stored as text" if kind == "text" else "")
    said = f"{item.different} different"
    if item.formats:
        names = " or ".join(map(str, item.formats))
        said += f", all {'times' if not item.formats[0].order else 'dates'} as {names}"
    if item.first:
        said += f", {item.first} to {item.last}"
    if item.numeric or item.formats or kind in ("date", "time"):
        return said
    if item.given:
        said += f": {quoted(item.given, item.enough)}"
    if item.separator:
        between = said_mark(item.separator, "“{}”")
        said += f"; several answers in a cell, with {between} between them?"
    return said


def _labelled(value: str, variable: Variable) -> str:
    plain = {text_of(value_of(code)): label for code, label in variable.labels.items()}
    label = variable.labels.get(value) or plain.get(value)
    return f"{value} {label}" if label else value
