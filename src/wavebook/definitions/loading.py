"""The files of declarations in ``data/``, read and checked as a whole."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wavebook.core import files, languages, text
from wavebook.core.problems import Problem, ProblemsError, at_line, fail, raise_all
from wavebook.core.unseen import REWRITE, unseen
from wavebook.definitions import check
from wavebook.definitions.model import Definitions, Revision
from wavebook.definitions.references import read_sources
from wavebook.definitions.shapes import read_shapes

REVISIONS = tuple(name for name in Revision.model_fields if name != "reasons")
"""The columns of data/revisions.csv; after them one a further language, as reason_en."""
TABLES = {
    "indicators": ("bases", "populations", "segments", "crossings", "units", "indicators"),
    "waves": ("baseline", "waves", "breaks", "same", "unknown", "disclosure"),
    "corrections": ("corrections",),
    "accessibility": ("deviations",),
}
_LONG = re.compile(r"\d{4301,}")  # more digits than Python reads as a number
OPTIONAL = ("context", "corrections", "accessibility")  # absent until there is a fact, a mistake or a deviation


def load_definitions(root: Path) -> Definitions:
    """The declarations under ``root``/data.

    Raises
    ------
    ProblemsError
        Every unreadable file, unknown or missing field, and undeclared name, at once (W20x).
    """
    data, spoken = root / "data", languages.declared(root)
    problems: list[Problem] = []
    tables = {name: _read_toml(data / f"{name}.toml", problems) for name in ("indicators", "waves")}
    for name in OPTIONAL:
        path = data / f"{name}.toml"
        tables[name] = _read_toml(path, problems) if path.is_file() else {}
    revisions = _read_revisions(data / "revisions.csv", problems)
    sources = read_sources(_text(data / "references.bib", problems), "data/references.bib", problems)
    raise_all(problems)
    problems = [
        Problem("W203", f"data/{name}.toml, {key}", "is not a field known here", "Remove it, or move it.")
        for name, known in TABLES.items()
        for key in tables[name].keys() - known
    ]
    raw = {key: tables[name][key] for name, known in TABLES.items() for key in known if key in tables[name]}
    raw.setdefault("waves", {})
    try:
        stated = {"languages": spoken, "facts": tables["context"], "sources": sources, "revisions": revisions}
        definitions = Definitions.model_validate({**raw, **stated}, context={"languages": spoken})
    except ValidationError as error:
        fail(*problems, *chain.from_iterable(map(_as_problems, error.errors())))
    raise_all(problems)
    raise_all(check.problems(definitions))
    shapes = read_shapes(data, definitions.segments, problems)
    raise_all(problems)
    return definitions.model_copy(update={"shapes": shapes}) if shapes else definitions


def _text(path: Path, problems: list[Problem], most: int = files.TEXT) -> str:
    """The text of a file in data/; empty where it cannot be read, which then joins ``problems``."""
    restore = "Restore it; the user guide describes it."
    try:
        return text.read(path, f"data/{path.name}", "W202", most=most, restore=restore)
    except ProblemsError as error:
        problems += error.problems
        return ""


def _read_toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    most = files.DECLARED if path.stem == "indicators" else files.TEXT
    if path.with_name(files.EXCERPT).is_file():  # made by this library, which writes the same in more bytes
        most = files.TABLE
    place, declared = f"data/{path.name}", _text(path, problems, most)
    try:
        if any(line.count(".") > 100 for line in declared.splitlines()):  # tomllib needs the square of a key's depth
            raise RecursionError
        found = tomllib.loads(declared)
    except RecursionError:
        problems.append(Problem("W202", place, "has tables or lists nested too deep", "Write them flat."))
    except ValueError as error:  # not every error that tomllib raises is a TOMLDecodeError
        if long := _LONG.search(declared):
            line = declared.count("\n", 0, long.start()) + 1
            said = f"holds a number of {len(long[0]):,} digits"
            problems.append(Problem("W202", at_line(place, line), said, "Write it between quotes if it is a text."))
            return {}
        problems.append(Problem("W202", place, f"cannot be read as TOML: {error}", "Correct the line it names."))
    else:
        if re.search(r"\\[bfuU]", declared):  # characters by their codes, which reading the text does not show
            problems += _escaped(found, place, ())
        return found
    return {}


def _escaped(value: object, place: str, keys: tuple[str, ...]) -> Iterator[Problem]:
    """Report texts and keys that hold a character that nobody sees."""
    if isinstance(value, str) and (found := unseen(value)):
        yield Problem("W203", f"{place}, {'.'.join(keys)}", f"holds {found.said}", REWRITE)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _escaped(key, place, (*keys, key))
            yield from _escaped(inner, place, (*keys, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _escaped(inner, place, (*keys, str(number)))


def _read_revisions(path: Path, problems: list[Problem]) -> tuple[dict[str, Any], ...]:
    """The rows of data/revisions.csv; none where nothing was revised."""
    record = _text(path, problems) if path.is_file() else ""
    try:
        head, *rows = list(csv.reader(io.StringIO(record, newline=""), strict=True)) or [[]]
    except csv.Error as error:
        problems.append(Problem("W202", "data/revisions.csv", f"cannot be read: {error}", "Restore it."))
        return ()
    action = "Restore it; wavebook estimate --revise adds to it."
    further = head[len(REVISIONS) :]
    known = all(re.fullmatch("reason_[a-z]{2}", name) for name in further) and len(set(further)) == len(further)
    if record and (tuple(head[: len(REVISIONS)]) != REVISIONS or not known):
        found = f"its columns are not {', '.join(REVISIONS)} and, by language, reason_{languages.shipped()[0]}"
        problems.append(Problem("W202", "data/revisions.csv", found, action))
        return ()
    for line, row in enumerate(rows, 2):
        if len(row) != len(head):
            found = f"has {len(row)} cells where {len(head)} are expected"
            problems.append(Problem("W202", f"data/revisions.csv:{line}", found, action))
    named = [dict(zip(head, row, strict=False)) for row in rows if len(row) == len(head)]
    return tuple(_revision(row, further) for row in named)


def _revision(row: dict[str, str], further: list[str]) -> dict[str, Any]:
    """A row of data/revisions.csv as it is declared, with the reasons that are given in further languages."""
    reasons = {name.removeprefix("reason_"): row[name] for name in further if row[name].strip()}
    return {**{name: row[name] for name in REVISIONS}, "reasons": reasons}


def _as_problems(item: ErrorDetails) -> Iterator[Problem]:
    """An error as problems: one for each language that words lack, and each that is not known."""
    if item["type"] != "languages":
        yield _as_problem(item)
        return
    context = item.get("ctx", {})
    for kind, names in (("missing", context["missing"]), ("extra_forbidden", context["unknown"])):
        for name in names:
            yield _as_problem({**item, "type": kind, "loc": (*item["loc"], name)})


def _as_problem(item: ErrorDetails) -> Problem:
    head, *rest = map(str, item["loc"])
    if head == "revisions":
        row, column = int(rest[0]) + 2, rest[1]
        return Problem("W203", f"data/revisions.csv:{row}, {column}", item["msg"], "Correct the value.")
    file = next((name for name, known in TABLES.items() if head in known), "context")
    rest = rest if file == "context" else [head, *rest]
    place = f"data/{file}.toml, {'.'.join(rest)}"
    kind, message = item["type"], item["msg"]
    if kind == "wave_key" and rest[-1] == "[key]":
        return Problem("W208", f"data/waves.toml, waves.{rest[1]:.60}", message, "Rename the wave everywhere.")
    if kind == "extra_forbidden":
        return Problem("W203", place, "is not a field known here", "Remove it, or correct its spelling.")
    if kind == "missing":
        return Problem("W203", place, "is missing", "Add it.")
    if kind in ("words", "wave_key"):
        return Problem("W203", place, message, "Correct the value.")
    told = f"{message[0].lower()}{message[1:]}, not {_quoted(item['input'])}"
    return Problem("W203", place, told, "Correct the value.")


def _quoted(value: object) -> str:
    """A value as a message says it, cut short; Python writes no number of thousands of digits."""
    try:
        return f"{value!r:.60}"
    except ValueError:
        return "a number of thousands of digits"
