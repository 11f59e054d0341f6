"""Requests for editions: queries on the command line and in files, and the editions that they name."""

from __future__ import annotations

import fnmatch
import itertools
import tomllib
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from wavebook.core import hints
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.definitions import Definitions
from wavebook.publish.editions.edition import Edition

FIELDS = ("segment", "waves", "baseline", "population", "languages")

Query = tuple[str, dict[str, Any]]
"""The place of a query, and its fields."""


def asked(texts: Iterable[str], defaults: dict[str, object]) -> list[Query]:
    """Queries with their place: tables of the files named, and texts such as ``municipality=*,wave=2016`` as they are.

    ``defaults`` hold for fields that a query leaves out.
    """
    found: list[Query] = []
    for text in texts:
        path = Path(text)
        if path.suffix == ".toml" or path.is_file():
            found += _read(path)
        else:
            found.append((f"query {text!r}", _parsed(text)))
    return [(place, {**defaults, **query}) for place, query in found]


def _read(path: Path) -> list[Query]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        fail(Problem("W202", str(path), f"cannot be read as TOML: {error}", "Correct the line it names."))
    listed = tables.get("editions")
    if set(tables) != {"editions"} or not isinstance(listed, list) or not listed:
        action = 'Write [[editions]] and, below it, segment = "municipality=*" or the like.'
        fail(Problem("W203", str(path), "is not a list of editions", action))
    places = [(f"{path}, editions, number {number}", query) for number, query in enumerate(listed, 1)]
    raise_all(
        Problem("W203", f"{place}, {name}", "is not a field known here", f"One of: {', '.join(FIELDS)}.")
        for place, query in places
        for name in query.keys() - set(FIELDS)
    )
    return places


def _parsed(text: str) -> dict[str, Any]:
    """``municipality=*,wave=2016`` as the table of a file would have it; a bare name means all its values."""
    query: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, value = part.partition("=")
        name = {"wave": "waves", "language": "languages"}.get(name, name)
        if name in FIELDS and name != "segment":
            query.setdefault(name, [])
            query[name].append(value if equals else "*")
        else:
            query.setdefault("segment", [])
            query["segment"].append(f"{name}={value if equals else '*'}")
    return query


def chosen(d: Definitions, queries: list[Query]) -> list[Edition]:
    """The editions that the queries ask for, each once, in their order.

    Raises
    ------
    ProblemsError
        Every unknown name, with the nearest known one, and queries that cannot be an edition (W501).
    """
    problems: list[Problem] = []
    found: dict[Edition, None] = {}
    segments = [f"{name}={value}" for name, breakdown in d.segments.items() for value in breakdown.values]
    for place, query in queries:
        pick = partial(_matching, problems, place)
        waves = pick("wave", query.get("waves", [d.current]), [*d.waves], only_named=d.in_preparation)
        bases = pick("baseline", query.get("baseline", d.baseline), [*d.waves])
        usual = d.population
        people = pick("population", query["population"], list(d.populations)) if "population" in query else [usual]
        parts = pick("segment", query["segment"], segments) if query.get("segment") else [""]
        asked = pick("language", query.get("languages", list(d.languages)), list(d.languages))
        shown = tuple(code for code in d.languages if code in asked)
        if shown and shown[0] != d.languages[0]:
            action = f"Add {d.languages[0]}: the others are below them."
            problems.append(Problem("W501", place, f"has no pages in {d.languages[0]}", action))
        for wave, base, population, part in itertools.product(waves, bases, people, parts):
            if d.order(base) >= d.order(wave) and not wave == base == next(iter(d.waves)):
                action = "Choose an earlier baseline."
                problems.append(Problem("W501", place, f"baseline {base} does not come before wave {wave}", action))
            found[Edition(wave, base, population if population != usual else "", part, shown, usual=d.baseline)] = None
    slugs = [item.slug for item in found]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        problems.append(Problem("W501", f"edition {slug}", "is asked for in two ways", "Ask for it once."))
    raise_all(problems)
    return list(found)


def _matching(
    problems: list[Problem], place: str, what: str, asked: object, known: list[str], only_named: Collection[str] = ()
) -> list[str]:
    """The known names that match those asked for, or their wildcards, which some do not: they must be named."""
    found: dict[str, None] = {}
    for pattern in map(str, asked if isinstance(asked, list) else [asked]):
        names = [name for name in fnmatch.filter(known, pattern) if name == pattern or name not in only_named]
        found |= dict.fromkeys(names)
        if not names:
            few = ", ".join(known[:12]) + (" and more" if len(known) > 12 else "")
            action = hints.before(pattern, known, f"Choose of: {few}." if known else "This book declares none.")
            problems.append(Problem("W501", place, f"{what} {pattern!r} is not known", action))
    return list(found)
