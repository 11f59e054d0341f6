"""The causes of the problems of a book: one for all that one missing figure, failed cell or unknown name brings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wavebook.core.problems import Problem
from wavebook.figures import FirstWaveError, absence
from wavebook.pages.records import Book, Record

_VERDICTS = ("W403", "W404", "W420")
_NOTEBOOK = re.compile(r"notebooks/[^'\"\s]+?(?=\.ipynb['\"\s]|['\"\s])")


def explained(book: Book, problems: Iterable[Problem], noted: Iterable[Record] = ()) -> list[Problem]:
    """The problems, and those that pages noted, each with its causes.

    These are looked for once all pages are read, and never kept: a page that is read no more may have other ones.
    """
    recorded = [(record.problem, record) for record in noted if record.problem]
    alone = [(problem, None) for problem in problems]
    return [replace(problem, because=_causes(book, problem, record)) for problem, record in [*alone, *recorded]]


def follows(book: Book, warning: str) -> bool:
    """Tell whether a warning is only of a notebook's page that is not there, as the notebook failed: that is told."""
    named = _NOTEBOOK.search(warning)
    return named is not None and any(p.place.startswith(f"{named[0]}.ipynb") for p in book.results.problems)


def _causes(book: Book, problem: Problem, record: Record | None) -> tuple[Problem, ...]:
    code, found = problem.code, problem.found
    if code == "W413":
        wave = book.figures.wave
        action = f"Read each with the figures of {wave}, then run wavebook review PAGE --wave {wave}, or --all."
        return (Problem(code, "book", f"nobody reviewed these pages with the figures of {wave}", action),)
    if code == "W434" and FirstWaveError.FOUND in found:
        return (Problem(code, "data/waves.toml", FirstWaveError.FOUND, "Take these out until there is a second wave."),)
    if code == "W304":
        return absence.causes(book.figures, found)
    if record is None:
        return ()
    if code == "W225":
        tables = {f"data/figures/{key.rpartition('@')[2].rpartition(',')[2]}.csv" for key in record.keys}
        return tuple(p for p in book.kept.problems if p.code == code and p.place in tables)
    untested = code == "W404" and record.text not in book.results.claims
    if (code == "W405" or untested) and (failed := book.results.behind(record.text)):
        return tuple(explained(book, failed))
    if code == "W405":
        return absence.causes(book.figures, found)
    if code in _VERDICTS:
        said = found.removeprefix(f"“{record.shown}” ")
        origin = book.results.origin.get(record.text, "notebooks")
        return absence.causes(book.figures, said) or (Problem(code, origin, said, problem.action),)
    if code in ("W401", "W402"):
        action = "Correct it everywhere, or add what it names."
        return absence.causes(book.figures, found) or (Problem(code, "book", found, action),)
    return ()
