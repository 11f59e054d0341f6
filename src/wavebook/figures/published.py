"""Figures of published waves as they came out, kept in data/published/, and how those of now differ from them.

``WAVE.csv`` there is a copy of the wave's table, ``questions/WAVE.csv`` what its figures were about. Both are committed
with the book, so that a build anywhere compares with them.
"""

from __future__ import annotations

import csv
import filecmp
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from wavebook.core import files, text
from wavebook.core.files import write_whole
from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.core.tables import NUMBER
from wavebook.core.writing import csv_table
from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import parts_of
from wavebook.figures.key import KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, Key
from wavebook.figures.table import is_excerpt

_NAMED, _MOST = ["name", "part", "text"], 5
_NOISY = (PERTURBED, PERTURBED_REVISED)
Shown = dict[str, str]


class Change(NamedTuple):
    """Something of a published wave that is not as it came out: a figure, or words of a question or an answer.

    ``before`` and ``after`` are values, or other columns as in ``n=500``; empty where there is no figure to see.
    """

    figure: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.figure} was {self.before or 'not shown'}, is {self.after or 'not shown'}"


@dataclass
class Comparison:
    """What differs from the published waves: ``figures`` by wave, all of them, and words by wave, ``meanings``.

    ``problems`` tell of those that no reason was given for.
    """

    figures: dict[str, list[Change]] = field(default_factory=dict)
    meanings: dict[str, list[Change]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unexplained: dict[str, Change] = field(default_factory=dict)  # figures without a reason, by key


def copies(root: Path, wave: str) -> tuple[Path, Path]:
    """The kept table of a wave, and the kept words."""
    folder = root / "data" / "published"
    return folder / f"{wave}.csv", folder / "questions" / f"{wave}.csv"


def compared(root: Path, d: Definitions) -> Comparison:
    """Compare the figures of all waves that are kept with those of now."""
    found = Comparison()
    if is_excerpt(root) or not (root / "data" / "published").is_dir():
        return found
    for path in sorted((root / "data" / "published").glob("*.csv")):
        wave = path.stem
        if wave not in d.waves or not d.waves[wave].published:
            told = "was published, and is not declared so any more"
            action = f"Set published = true for it in data/waves.toml; if it never came out, remove {_place(path)}."
            found.problems.append(Problem("W225", f"data/waves.toml, waves.{wave}", told, action))
            continue
        try:
            found.figures[wave], found.meanings[wave] = differences(root, d, wave)
        except ProblemsError as error:
            found.problems += error.problems
    found.problems += [*_changed(d, found), *_reworded(d, found)]
    return found


def not_kept(root: Path, d: Definitions) -> Iterator[Problem]:
    """A notice of each published wave that no build can compare with, in a book that keeps others (W228)."""
    if is_excerpt(root) or not (root / "data" / "published").is_dir():
        return
    for wave, declared in d.waves.items():
        if declared.published and not copies(root, wave)[0].is_file():
            found = "is published, and its figures are not kept as they came out: nothing notices when one changes"
            action = f"Run wavebook revise {wave}, and commit what it writes."
            yield Problem("W228", f"data/waves.toml, waves.{wave}", found, action)


def keep(root: Path, d: Definitions, wave: str) -> bool:
    """Keep the figures of a wave as they are now; tell whether anything was written."""
    table, (copy, words) = (root / "data" / "figures" / f"{wave}.csv").read_bytes(), copies(root, wave)
    rows = [{"name": name, "part": part, "text": said} for (name, part), said in _words(table, d).items()]
    return any([write_whole(words, csv_table(_NAMED, rows).encode()), write_whole(copy, table)])


def differences(root: Path, d: Definitions, wave: str) -> tuple[list[Change], list[Change]]:
    """The figures of a wave that are not as they were kept, and the words; raises ProblemsError for a faulty copy."""
    copy, words = copies(root, wave)
    now = root / "data" / "figures" / copy.name
    kept = {(row["name"], row["part"]): row["text"] for row in _rows(words, _NAMED)} if words.is_file() else {}
    least = int(said) if (said := kept.pop(("", "minimum_base"), "")).isdecimal() else 0
    changed = []
    if least != _least(d) or not filecmp.cmp(copy, now, shallow=False):
        before = shown(_rows(copy, [*KEY_COLUMNS, *NUMBER_COLUMNS, "status"], d), d, least)
        changed = changes(before, shown(_rows(now, [], d), d, _least(d)))
    today = {place: _said(d, *place) for place in kept}
    meant = [
        Change(f"{name}@{wave} ({part})", kept[name, part], said)
        for (name, part), said in today.items()
        if said is not None and said != kept[name, part]
    ]
    return changed, meant


def shown(rows: Iterable[Mapping[str, str]], d: Definitions, least: int) -> dict[str, Shown]:
    """What readers see of the rows of a table, by key; of a figure that may not be shown, nothing."""
    found = {}
    for row in rows:
        population = row.get("population") or ""
        key = Key(*(row[name] for name in KEY_COLUMNS))._replace(population=population * (population != d.population))
        n = row["n"].strip()
        few = bool(NUMBER.fullmatch(n)) and float(n) < least and row["status"] not in _NOISY
        hidden = row["status"] == "suppressed" or few
        numbers = {} if hidden else {name: plain(row[name]) for name in NUMBER_COLUMNS}
        found[str(key)] = numbers | ({} if hidden else {"status": mark(row["status"])})
    return found


def mark(status: str) -> str:
    """What a status tells of a figure itself: whether it may still change, and whether it holds noise."""
    return "provisional" if status == "provisional" else "noise" if status in _NOISY else "final"


def plain(number: str | float) -> str:
    """A number in one form, empty where there is none.

    >>> plain("6.90"), plain("1e3"), plain(""), plain(20.0)
    ('6.9', '1000', '', '20')
    """
    typed = "" if isinstance(number, float) and math.isnan(number) else str(number).strip()
    exact = NUMBER.fullmatch(typed) and math.isfinite(float(typed))
    return f"{Decimal(repr(float(typed))).normalize():f}" if exact else typed


def changes(before: Mapping[str, Shown], after: Mapping[str, Shown]) -> list[Change]:
    """Figures of which readers see something else: the value, or else what is behind it."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, {}), after.get(name, {})
        if old.get("value", "") != new.get("value", ""):
            found.append(Change(name, old.get("value", ""), new.get("value", "")))
        elif other := [part for part in {**old, **new} if old.get(part, "") != new.get(part, "")]:
            told = ("; ".join(f"{part}={those.get(part, '')}" for part in other) for those in (old, new))
            found.append(Change(name, *told))
    return found


def _changed(d: Definitions, found: Comparison) -> Iterator[Problem]:
    """Report figures that changed without a reason that readers can find; note them among the unexplained."""
    for wave, changed in found.figures.items():
        lacking = [change for change in changed if not is_explained(d, wave, change)]
        found.unexplained |= {change.figure: change for change in lacking}
        if lacking:
            more = f"; and {len(lacking) - _MOST} more" if len(lacking) > _MOST else ""
            told = f"is published, and {_many(lacking)}: {'; '.join(map(str, lacking[:_MOST]))}{more}"
            action = f"Undo it, or give the reason, which readers will see: wavebook revise {wave} {_reasons(d)}."
            if d.waves[wave].responses:
                action += f" What is estimated from answers changes with wavebook estimate {wave} alone."
            yield Problem("W225", f"data/figures/{wave}.csv", told, action)


def _many(changed: list[Change]) -> str:
    return "a figure is not as it came out" if len(changed) == 1 else f"{len(changed)} figures are not as they came out"


def _reasons(d: Definitions) -> str:
    return " ".join(f'--reason {code}="…"' for code in d.languages)


def _reworded(d: Definitions, found: Comparison) -> Iterator[Problem]:
    """Report words of questions and answers that changed, once for all waves that have them."""
    of = defaultdict[tuple[str, str, str], list[str]](list)
    for wave, changed in found.meanings.items():
        for change in changed:
            if not is_explained(d, wave, change):
                of[change.figure.replace(f"@{wave}", ""), change.before, change.after].append(wave)
    for (name, before, after), waves in of.items():
        told = f"{name} was “{before}” when {', '.join(waves)} came out, and is “{after}”"
        command = f"wavebook revise {' '.join(waves)}"
        action = (
            "Undo it, and declare what is asked now as another indicator; or, if it means the same in other words, run "
            f"{command} --reworded; or give the reason, which readers will see: {command} {_reasons(d)}."
        )
        yield Problem("W226", "data/indicators.toml", told, action)


def is_explained(d: Definitions, wave: str, change: Change) -> bool:
    """Tell whether the last record of a revision is of this change."""
    last = next((r.after for r in reversed(d.revisions) if (r.wave, r.figure) == (wave, change.figure)), None)
    return last is not None and plain(last) == change.after


def _words(table: bytes, d: Definitions) -> dict[tuple[str, str], str]:
    """What the figures of a table are about, by the name of an indicator or breakdown and a part of it."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    asked = dict.fromkeys(row["indicator"] for row in rows if row["indicator"] in d.indicators)
    groups = {pair for row in rows for pair in parts_of(row["segment_by"], row["segment"])}
    places = [("", "minimum_base")] if _least(d) else []
    for name in asked:
        places += [(name, part) for part in ("unit", "base", "question")]
        places += [(name, f"answer {answer}") for answer in d.indicators[name].categories]
        places += [(name, "made of")] if d.indicators[name].plus else []
    places += [(by, f"group {value}") for by, value in sorted(groups)]
    return {place: said for place in places if (said := _said(d, *place)) is not None}


def _said(d: Definitions, name: str, part: str) -> str | None:
    """What is declared of a part, in the language of the root; None where it is not declared any more."""
    kind, _, value = part.partition(" ")
    if kind == "minimum_base":
        return str(_least(d))
    if kind == "group":
        label = d.segment(name, value)
        return label.said if label else None
    indicator = d.indicators.get(name)
    if indicator is None:
        return None
    if kind == "answer":
        return indicator.categories[value].said if value in indicator.categories else None
    return {
        "unit": indicator.unit.described,
        "base": d.bases[indicator.base].said,
        "question": indicator.definition.said,
        "made": " ".join([*(f"+{name}" for name in indicator.plus), *(f"-{name}" for name in indicator.minus)]),
    }.get(kind)


def _least(d: Definitions) -> int:
    return d.disclosure.minimum_base if d.disclosure else 0


def _rows(path: Path, columns: list[str], d: Definitions | None = None) -> list[dict[str, str]]:
    """The rows of a table that was checked, or kept; raises ProblemsError (W227) where it is not as it was written."""
    place = _place(path)
    action = "Restore it, from the history of the repository for instance."
    content = text.read(path, place, "W227", most=files.FIGURES, again=action, restore=action)
    optional = {} if d is None or d.populations else {"population": ""}
    try:
        reader = csv.DictReader(io.StringIO(content, newline=""), strict=True)
        rows = [optional | row for row in reader if any(row.values())]
    except csv.Error as error:
        fail(Problem("W227", place, f"cannot be read as CSV: {error}", action))
    needed = {*columns} - {*optional}
    if not needed <= {*(reader.fieldnames or ())} or any(None in row or None in row.values() for row in rows):
        fail(Problem("W227", place, "is not a table as wavebook keeps it", action))
    return rows


def _place(path: Path) -> str:
    data = next(parent for parent in path.parents if parent.name == "data")
    return path.relative_to(data.parent).as_posix()
