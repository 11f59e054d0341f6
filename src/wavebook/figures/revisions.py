"""The record of revisions, data/revisions.csv: written here, read with the declarations."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.core.writing import csv_lines, csv_table
from wavebook.definitions import REVISIONS, Definitions


def reasons_in(
    d: Definitions, given: Mapping[Language, str], how: str
) -> tuple[dict[Language, str], list[Language], list[Problem]]:
    """The reasons in each language of the book, those that lack one, and reasons in other languages as problems."""
    action = f"Choose from: {', '.join(d.languages)}."
    wrong = [
        Problem("W501", f"{how} {code}=", "is no language of this book", action)
        for code in given
        if code not in d.languages
    ]
    said = {code: given.get(code, "").strip() for code in d.languages}
    return said, [code for code, text in said.items() if not text], wrong


def recorded(path: Path, wave: str, changed: Iterable[tuple[str, str, str]], reasons: Mapping[Language, str]) -> bytes:
    """The record with these changes added, except those that a stopped run has already recorded.

    ``reasons`` are by language, that of the book's root first.
    """
    first, *_ = reasons
    said = {"reason" if code == first else f"reason_{code}": text for code, text in reasons.items()}
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join([*REVISIONS, *list(said)[1:]]) + "\n"
    record = csv.DictReader(io.StringIO(text, newline=""))
    rows, columns = list(record), [*(record.fieldnames or ())]
    last = {(row["wave"], row["figure"]): row["after"] for row in rows}
    today = datetime.date.today().isoformat()
    added = [
        {"date": today, "wave": wave, "figure": figure, "before": before, "after": after, **said}
        for figure, before, after in changed
        if last.get((wave, figure)) != after
    ]
    if new := [name for name in said if name not in columns]:  # a language that the book did not have before
        return csv_table([*columns, *new], [*rows, *added]).encode()
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    return (ended + csv_lines([row.get(name, "") for name in columns] for row in added)).encode()
