"""Revisions of published figures that were not estimated here: recorded with a reason, and marked beside the figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from wavebook import figures
from wavebook.core import files
from wavebook.core.problems import Problem, how_many, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.core.units import Language
from wavebook.core.writing import csv_lines
from wavebook.definitions import Definitions
from wavebook.figures import PERTURBED, PERTURBED_REVISED, published
from wavebook.figures.key import KEY_COLUMNS, Key
from wavebook.figures.lines import read_rows
from wavebook.figures.published import Change
from wavebook.figures.revisions import reasons_in, recorded

_ESTIMATED = ("estimated", "suppressed", PERTURBED, PERTURBED_REVISED)
_MARKED = {"published": "revised", "estimated": "revised", PERTURBED: PERTURBED_REVISED}


@one_at_a_time
def revise(
    root: Path, waves: Sequence[str] = (), *, reasons: Mapping[Language, str] | None = None, reworded: bool = False
) -> list[str]:
    """Accept what differs from the published figures of ``waves`` (all unless given); a line on what was done in each.

    Each figure that changed is recorded in data/revisions.csv with its old and new value and the ``reasons``, gets the
    status revised, and is kept as it is now. Of a wave of which nothing was kept, the figures are kept. ``reworded``
    says that other words of questions and answers mean the same: these are then not recorded.

    Raises
    ------
    ProblemsError
        A wave that is not published (W501), figures that changed without a reason in each language (W229), or that
        ``wavebook estimate`` makes (W230); faults of the declarations, the tables and the copies.
    """
    d = figures.load(root).definitions
    raise_all(_unfit(d, waves))
    said, lacking, wrong = reasons_in(d, reasons or {}, "--reason")
    raise_all(wrong)
    chosen = [wave for wave, declared in d.waves.items() if declared.published and wave in (waves or d.waves)]
    kept = {wave: published.copies(root, wave)[0].is_file() for wave in chosen}
    found = {wave: published.differences(root, d, wave) if kept[wave] else ([], []) for wave in chosen}
    told: dict[str, list[Change]] = {}
    meant: set[str] = set()
    for wave, (changed, meanings) in found.items():
        new = [change for change in meanings if not reworded and change.figure.replace(f"@{wave}", "") not in meant]
        meant |= {change.figure.replace(f"@{wave}", "") for change in new}  # said once, of the first wave that has it
        told[wave] = [c for c in [*changed, *new] if not published.is_explained(d, wave, c)]
    raise_all(_made_elsewhere(root, d, {wave: changed for wave, (changed, _) in found.items()}))
    if lacking:
        raise_all(_unexplained(d, told, lacking))
    record = root / "data" / "revisions.csv"
    for wave in chosen:
        changed, _ = found[wave]
        if told[wave]:
            files.write_whole(record, recorded(record, wave, told[wave], said))
        table = root / "data" / "figures" / f"{wave}.csv"
        files.write_whole(table, _marked(table.read_bytes(), d, changed))
    d = figures.load(root).definitions
    return [_line(wave, told[wave], found[wave], kept[wave], published.keep(root, d, wave)) for wave in chosen]


def _unfit(d: Definitions, waves: Sequence[str]) -> Iterator[Problem]:
    """Report what is asked for and is no published wave."""
    known = [wave for wave, declared in d.waves.items() if declared.published]
    for wave in waves:
        if wave not in known:
            action = f"Choose from: {', '.join(known)}." if known else "Set published = true for a wave that came out."
            yield Problem("W501", f"wave {wave!r}", "is not published", action)


def _unexplained(d: Definitions, told: Mapping[str, list[Change]], lacking: list[Language]) -> Iterator[Problem]:
    """Report waves with changes of which readers would not find a reason in every language."""
    for wave, changed in told.items():
        if changed:
            found = f"{how_many(len(changed), 'change')} ({changed[0]}), and no reason in {', '.join(lacking)}"
            action = (
                f"Give it: wavebook revise {wave} " + " ".join(f'--reason {code}="…"' for code in d.languages) + "."
            )
            yield Problem("W229", f"data/figures/{wave}.csv", found, action)


def _made_elsewhere(root: Path, d: Definitions, found: Mapping[str, list[Change]]) -> Iterator[Problem]:
    """Report figures that are estimated from answers: by hand nobody sees whether they show too much of people."""
    for wave, changed in found.items():
        if not (changed and d.waves[wave].responses):
            continue
        made = {key for path in _tables(root, wave) for key in _with_status(path, d, _ESTIMATED)}
        here = [change.figure for change in changed if change.figure in made]
        if here:
            told = f"{how_many(len(here), 'figure')} estimated from answers changed ({here[0]} first)"
            reasons = " ".join(f'--reason {code}="…"' for code in d.languages[1:])
            action = f'Undo it, and run wavebook estimate {wave} --revise "…" {reasons}'.strip() + "."
            yield Problem("W230", f"data/figures/{wave}.csv", told, action)


def _tables(root: Path, wave: str) -> tuple[Path, Path]:
    return published.copies(root, wave)[0], root / "data" / "figures" / f"{wave}.csv"


def _with_status(path: Path, d: Definitions, wanted: Collection[str]) -> Iterator[str]:
    rows = read_rows(path.read_text(encoding="utf-8-sig"))
    return (_key(row, d) for row in rows if row.get("status") in wanted)


def _key(row: Mapping[str, str], d: Definitions) -> str:
    population = row.get("population") or ""
    key = Key(*(row.get(name) or "" for name in KEY_COLUMNS))
    return str(key._replace(population="" if population == d.population else population))


def _marked(table: bytes, d: Definitions, changed: Sequence[Change]) -> bytes:
    """A table in which these figures are marked as revised; every other line stays as it was typed."""
    wanted = {change.figure for change in changed if not change.after.startswith("status=")}
    if not wanted:
        return table
    lines = list(io.StringIO(table.decode("utf-8-sig"), newline=""))
    reader = csv.reader(lines, strict=True)
    head, at = next(reader), reader.line_num
    made = lines[:at]
    for cells in reader:
        typed, at = lines[at : reader.line_num], reader.line_num
        row = dict(zip(head, cells, strict=False))
        status = _MARKED.get(row.get("status", ""))
        if status and len(cells) == len(head) and _key(row, d) in wanted:
            end = typed[-1][len(typed[-1].rstrip("\r\n")) :]
            typed = [csv_lines([[*({**row, "status": status}).values()]]).rstrip("\n") + end]
        made += typed
    return "".join(made).encode()


def _line(wave: str, told: list[Change], found: tuple[list[Change], list[Change]], kept: bool, wrote: bool) -> str:
    """What was done in one wave, for the editor."""
    place = f"data/published/{wave}.csv"
    if not kept:
        return f"{place}: the figures are kept as they came out; commit them with the book"
    if told:
        return f"data/revisions.csv: {how_many(len(told), 'change')} of {wave} recorded and kept; commit all of it"
    if found[0] or found[1]:
        return f"{place}: kept as it is now; nothing was left to record"
    return f"{place}: {'renewed' if wrote else 'as it came out: nothing changed'}"
