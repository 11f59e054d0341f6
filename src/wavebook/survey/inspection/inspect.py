"""The contents of a new respondent file beside those expected: the report and the proposal of `wavebook inspect`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from wavebook.core.hints import nearest
from wavebook.core.moments import FORMATS, ISO, Format
from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import Definitions
from wavebook.survey.answers.questions import Change, earlier_codebook, wording_changes
from wavebook.survey.files.damage import readable
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.quoting import ENOUGH, quoted
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import SurveyFile, Variable
from wavebook.survey.files.values import NUMBER, text_of, value_of
from wavebook.survey.inspection.blocks import ROLES, block
from wavebook.survey.inspection.choices import Proposal, questions_of
from wavebook.survey.inspection.proposals import propose

_LISTED = 40
_CODE = 3  # characters: a longer number identifies somebody, unless more have it
_PARTS = 1000  # texts of a column that are checked for several answers in a cell


@dataclass(frozen=True)
class ColumnSummary:
    """A column of the file in counts; ``low`` and ``high`` for numbers only, without user-missing codes.

    They are empty if most respondents have a number of their own: the highest is then somebody's. Neither is a
    number of more than three digits that few have. ``given`` are the values that ``enough`` respondents gave (five, or
    as many as the smallest group that is published), most frequent first; of other texts there is the length of the
    shortest and of the longest. ``formats`` are those in which all texts are dates or times, ``first`` and ``last``
    the ends of the days on which enough answered, and ``separator`` the mark that seems to stand between answers in a
    cell.
    """

    variable: Variable
    answers: int
    empty: int
    missing: int
    different: int
    low: float | None
    high: float | None
    numeric: bool
    given: tuple[tuple[str, int], ...] = ()
    shortest: int = 0
    longest: int = 0
    formats: tuple[Format, ...] = ()
    first: str = ""
    last: str = ""
    separator: str = ""
    enough: int = ENOUGH


@dataclass(frozen=True)
class Inspection:
    """The contents of a respondent file beside the declarations; ``str`` is the report, ``block`` the TOML.

    The report lists the columns that are proposed and some others; all of them where ``everything`` is asked for, and
    only those in ``shown``, with all their values, where there are such.
    """

    place: str
    wave: int
    rows: int
    file: SurveyFile
    columns: tuple[ColumnSummary, ...]
    proposals: tuple[Proposal, ...]
    changes: tuple[Change, ...]
    compared_with: int | None
    block: str
    problems: tuple[Problem, ...] = ()
    shown: tuple[str, ...] = ()
    everything: bool = False
    uses: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        # Names and questions come from a file that anybody may have made: they must not control a terminal.
        return "".join(c if c == "\n" or c.isprintable() else " " for c in "\n".join(_report(self)))


def inspect(
    path: Path,
    definitions: Definitions,
    *,
    root: Path | None = None,
    wave: int | None = None,
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
        By default the year in the file's name, else the one after the newest wave.
    columns
        The columns that the report shows, with their values; by default those that are proposed, and some others.
    everything
        Whether it shows all columns.

    Raises ProblemsError (W101, W103, W107, W108) when the file cannot be opened, or has no such column.
    """
    year = re.search(r"(?:19|20)\d\d", path.stem)
    wave = wave or (int(year.group()) if year else definitions.newest + 1)
    known = definitions.waves[wave].responses if wave in definitions.waves else None
    chosen = (known.encoding, known.sheet) if known else (None, None)
    file = open_file(path, encoding=encoding or chosen[0], sheet=sheet or chosen[1])
    shown = _columns(file, columns)
    earlier = [y for y in definitions.waves if y < wave and definitions.waves[y].responses]
    plan = known or (definitions.waves[max(earlier)].responses if earlier else None)
    with readable(file.place):
        rules = definitions.disclosure
        enough = max(ENOUGH, rules.minimum_base or 0) if rules else ENOUGH
        summaries, problems = _summaries(file, path, _people(file, plan), enough)
    rows = summaries[0].answers + summaries[0].empty + summaries[0].missing if summaries else 0
    compared, asked = (root and earlier_codebook(root, wave)) or (None, {})
    declared = known is not None
    proposals = propose(file, definitions, plan, asked, declared=declared)
    questions = dict(questions_of(file, proposals))
    changes = wording_changes(asked, questions)
    toml = block(file, definitions, wave, proposals, changes, plan, declared=declared)
    uses: dict[str, list[str]] = {}
    for name, question in questions.items():
        for column in question.columns:
            uses.setdefault(column, []).append(name)
    return Inspection(
        file.place,
        wave,
        rows,
        file,
        tuple(summaries),
        proposals,
        tuple(changes),
        compared,
        toml,
        tuple(dict.fromkeys([*file.problems, *problems])),
        shown,
        everything,
        uses,
    )


def _columns(file: SurveyFile, names: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, as written in the file; those of a set for its name."""
    folded = {name.casefold(): name for name in (*file.variables, *file.sets)}
    problems: list[Problem] = []
    found: list[str] = []
    for name in names:
        if (actual := folded.get(name.casefold())) is None:
            close = nearest(name.casefold(), folded, at_least=0.6)
            hint = f"The nearest is {folded[close]}." if close else "Show all with --all."
            problems.append(Problem("W107", f"{file.place}, column {name}", "is not in the file", hint))
        else:
            found += file.sets[actual].columns if actual in file.sets else [actual]
    raise_all(problems)
    return tuple(dict.fromkeys(found))


def _people(file: SurveyFile, plan) -> str | None:
    """The column that tells which rows belong to one person, so that a text in several rows of one is still theirs."""
    declared = [plan.respondent or (plan.clusters[0] if len(plan.clusters) == 1 else None)] if plan else []
    folded = {name.casefold(): name for name in file.variables}
    found = [folded[name.casefold()] for name in declared if name and name.casefold() in folded]
    found += [name for name in file.variables if re.search(ROLES["respondent"], name, re.I)]
    return found[0] if found else None


# Columns in counts


def _summaries(
    file: SurveyFile, path: Path, people: str | None, enough: int
) -> tuple[list[ColumnSummary], list[Problem]]:
    names = list(file.variables)
    found: list[ColumnSummary] = []
    problems: list[Problem] = []
    persons = None
    for start in range(0, len(names), 200):  # columns at a time: the staged part of a wide file stays small
        batch, staging = names[start : start + 200], Staging(path)
        wanted = list(dict.fromkeys([*batch, *([people] if people and persons is None else [])]))
        raw, spoilt = file.load(wanted, staging)
        problems += spoilt
        if people and persons is None:
            persons = _column(raw, people).hash()
        for name in batch:  # one fits in memory, however long the file is
            found.append(
                _summary(file.variables[name], _column(raw, name), None if name == people else persons, enough)
            )
    return found, problems


def _column(raw: pl.LazyFrame, name: str) -> pl.Series:
    return raw.select(name).collect(engine="streaming").to_series()


def _summary(variable: Variable, cells: pl.Series, people: pl.Series | None, enough: int) -> ColumnSummary:
    texts = cells.dtype == pl.String
    numeric = not texts or (
        cells.count() > 0 and bool(cells.drop_nulls().str.contains(f"^(?:{NUMBER.pattern})$").all())
    )
    if texts and numeric:
        cells = cells.str.replace(",", ".", literal=True).cast(pl.Float64)
    missing = pl.repeat(False, len(cells), eager=True)
    for first, last in variable.missing:
        if isinstance(first, str) == (cells.dtype == pl.String):
            missing |= cells.is_between(first, last).fill_null(False)
    answered = cells.is_not_null() & ~missing
    frame = pl.DataFrame({"value": cells, "person": pl.int_range(len(cells), eager=True) if people is None else people})
    pairs = frame.filter(answered).unique() if people is not None else frame.filter(answered)
    counts = pairs.group_by("value").len().sort("len", "value", descending=[True, False])
    different, people_with = counts.height, pairs.height
    given = counts.filter(pl.col("len") >= enough)
    rest = counts.filter(pl.col("len") < enough)["value"]
    lengths = rest.str.len_chars() if rest.dtype == pl.String else None
    told = [(text_of(value), n) for value, n in given.head(_LISTED).rows()]
    low, high = _ends(counts, enough) if numeric and 2 * different <= people_with else (None, None)
    formats = tuple(_formats(counts["value"])) if not numeric and variable.kind == "text" else ()
    read = ISO if variable.kind == "date" else formats[0] if len(formats) == 1 and formats[0].order else None
    first, last = _days(counts, read, enough) if read and not numeric else ("", "")
    return ColumnSummary(
        variable,
        int(answered.sum()),
        cells.null_count(),
        int(missing.sum()),
        different,
        low,
        high,
        numeric,
        tuple(told),
        *_extremes(lengths),
        formats,
        first,
        last,
        _separator(counts["value"]) if not numeric and variable.kind == "text" else "",
        enough,
    )


def _extremes(lengths: pl.Series | None) -> tuple[int, int]:
    """The length of the shortest and the longest text; 0 where there are none."""
    found = (0, 0) if lengths is None else (lengths.min(), lengths.max())
    least, most = (length if isinstance(length, int) else 0 for length in found)
    return least, most


def _ends(counts: pl.DataFrame, enough: int) -> tuple[float | None, float | None]:
    """The lowest and highest number that is a code, or that enough respondents have."""
    short = [len(text_of(value)) <= _CODE for value in counts["value"]]
    numbers = counts.filter(pl.Series(short, dtype=pl.Boolean) | (pl.col("len") >= enough))["value"]
    low, high = numbers.min(), numbers.max()
    return float(low) if isinstance(low, int | float) else None, float(high) if isinstance(high, int | float) else None


def _days(counts: pl.DataFrame, form: Format, least: int) -> tuple[str, str]:
    """The first and last day on which enough respondents answered; empty where there is no such day."""
    days = (
        counts.select(day=form.moment(pl.col("value")).dt.strftime("%Y-%m-%d"), n="len")
        .group_by("day")
        .agg(pl.sum("n"))
    )
    enough = days.filter(pl.col("n") >= least)["day"].drop_nulls()
    return str(enough.min() or ""), str(enough.max() or "")


def _formats(texts: pl.Series) -> Iterator[Format]:
    """The formats in which all these texts are dates or times."""
    if len(texts):
        frame = texts.to_frame("text")
        for form in FORMATS:
            if (
                frame.head(20).select(form.moment(pl.col("text")).is_not_null().all()).item()
                and frame.select(form.moment(pl.col("text")).is_not_null().all()).item()
            ):
                yield form


def _separator(texts: pl.Series) -> str:
    """The mark between several answers in a cell: split on it, there are far fewer different texts."""
    texts = texts.head(_PARTS)
    for mark in (";", "|", ","):
        split = texts.filter(texts.str.contains(mark, literal=True))
        parts = Counter(part.strip() for text in split for part in text.split(mark))
        if len(split) > 0 and len(parts) > 1 and all(n > 1 or part in set(texts) for part, n in parts.items()):
            return mark
    return ""


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
        return
    ordered = sorted(found.columns, key=lambda item: item.variable.name not in found.uses)
    listed = ordered if found.everything else ordered[:_LISTED]
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
            swapped = f"  (this was the question of {change.other})" if change.other else ""
            yield f"  {change.name}, {change.what}: “{change.before}” → “{change.after}”{swapped}"
    yield "\nFor data/waves.toml, after a look at every line; uncertain lines are comments:\n"
    yield found.block


def _column_lines(item: ColumnSummary, used: list[str], *, whole: bool = False) -> Iterator[str]:
    variable = item.variable
    kind = "number" if item.numeric and variable.kind == "text" else variable.kind
    row = f"{variable.name:<16} {kind:<7} {item.answers:>8} {item.empty:>8} {item.missing:>8}  {_values(item)}"
    yield f"{row}  → {', '.join(used)}" if used else row
    if variable.question and variable.question != variable.name:
        yield f"{'':<16} {variable.question}"
    if labels := _labels(item):
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
        said += f"; several answers in a cell, with “{item.separator}” between them?"
    return said


def _labelled(value: str, variable: Variable) -> str:
    plain = {text_of(value_of(code)): label for code, label in variable.labels.items()}
    label = variable.labels.get(value) or plain.get(value)
    return f"{value} {label}" if label else value


def _labels(item: ColumnSummary) -> dict[str, str]:
    """The labels of a question; not those that SPSS makes when it numbers typed texts alphabetically."""
    labels = item.variable.labels
    if not 0 < len(labels) <= _LISTED:
        return {}
    texts = [label.casefold() for _, label in sorted(labels.items(), key=lambda pair: _in_order(pair[0]))]
    typed = len(labels) > ENOUGH and texts == sorted(texts) and item.different == len(labels)
    given = {value for value, _ in item.given}
    few = sum(code not in given for code in labels)
    return (
        {code: label for code, label in labels.items() if code in given}
        if typed and 2 * few > len(labels)
        else {**labels}
    )


def _in_order(code: str) -> tuple[bool, float | str]:
    value = value_of(code)
    return isinstance(value, str), value
