"""What people said of each page: the wave with whose figures they read it, and the text of its twin at the time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from sphinx.environment import BuildEnvironment

from wavebook.core import front_matter
from wavebook.core.problems import Problem, how_many, natural
from wavebook.definitions import Definitions, waves
from wavebook.pages.records import Book, source_of
from wavebook.site import enclosure


def unreviewed(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Report pages that nobody has read with this wave's figures: tests see only the marked statements."""
    wave = book.figures.wave
    for docname, reviewed in _reviews(env):
        if reviewed != wave and not _is_later(book.figures.definitions, reviewed, wave):
            place = source_of(env, docname)
            action = f"Read the page with the figures of {wave}, then run wavebook review {place} --wave {wave}."
            yield Problem("W413", place, f"is reviewed for {reviewed}, not for {wave}", action)


def read_later(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Notices of pages that were read with the figures of a later wave since the edition came out."""
    wave = book.figures.wave
    for docname, reviewed in _reviews(env):
        if _is_later(book.figures.definitions, reviewed, wave):
            action = f"Nothing needs to be done unless its text changed; else read it with the figures of {wave} too."
            found = f"was last read with the figures of {reviewed}, and here has those of {wave}"
            yield Problem("W454", source_of(env, docname), found, action)


def _is_later(d: Definitions, reviewed: str, wave: str) -> bool:
    """Tell whether a review for a later wave will do: that of an edition which came out was done when it did."""
    out = (bool(d.waves[wave].released) and not d.waves[wave].embargo) or (d.waves[wave].is_out and wave == d.current)
    return out and reviewed in d.waves and d.order(reviewed) > d.order(wave)


def _reviews(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """Each page with the wave for which it says that it was reviewed."""
    for docname in sorted(env.found_docs):
        if not docname.startswith("notebooks/"):
            yield docname, _reviewed(env, docname)


def _reviewed(env: BuildEnvironment, docname: str) -> str:
    """The wave for which a page says that it was reviewed, as it is typed: YAML would read 07 as 7."""
    read, path = str(env.metadata.get(docname, {}).get("reviewed", "no wave")), Path(env.doc2path(docname))
    if read == "no wave" or path.suffix != ".md":
        return read
    top = front_matter.marks(path.read_text("utf-8-sig"))
    typed = re.search(r"^reviewed:[ \t]*(['\"]?)([\w-]+)\1[ \t]*(?:#.*)?$", top, re.MULTILINE)
    return typed[2] if typed else read


class Unfinished:
    """The pages that were not brought in line with the root's since that changed, and what waits for it."""

    def __init__(self, env: BuildEnvironment, book: Book):
        self.env, self.book = env, book

    @cached_property
    def _twins(self) -> dict[str, Path]:
        """The files of all pages that have a twin, each with that of its twin."""
        twins = {name: self.book.root / "book" / f"{name}.md" for name in sorted(self.env.found_docs)}
        shown = {name: twin for name, twin in twins.items() if not name.startswith("notebooks/") and twin.is_file()}
        return {} if self.book.of_root else {source_of(self.env, name): twin for name, twin in shown.items()}

    @cached_property
    def pages(self) -> dict[str, Problem]:
        """Why each of them is not finished."""
        marks = {source_of(self.env, name): self.env.metadata.get(name, {}) for name in self.env.found_docs}
        found = {}
        for page, twin in self._twins.items():
            if str(marks[page].get("twin", "")) != front_matter.twin_of(twin):
                said = f"its twin {twin.relative_to(self.book.root).as_posix()} changed since the two were compared"
                action = f"Bring the page in line with it, then run wavebook review {page}."
                found[page] = Problem("W414", page, said, action)
        return found

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {page: self._twins[page].read_text(encoding="utf-8-sig") for page in self.pages}

    def is_waiting(self, name: str) -> bool:
        """Tell whether the twin of one of them shows a chart, statement or fact of this name."""
        return any(self._lacks(page, name) for page in self.pages)

    def _lacks(self, page: str, name: str) -> bool:
        return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", self._texts[page]))

    def waits(self, problem: Problem) -> bool:
        """Tell whether a problem is on one of them, and does not stop a draft too."""
        return _page_of(problem) in self.pages and problem.code not in enclosure.CODES

    def grouped(self, problems: list[Problem], lacking: list[str]) -> list[Problem]:
        """One problem for each of them, in the place of all that is wrong on it.

        ``lacking`` are the names of charts, statements and facts that no page in the language shows.
        """
        waiting = defaultdict[str, list[Problem]](list)
        for problem in filter(self.waits, problems):
            waiting[_page_of(problem)].append(problem)
        made = [self._problem(page, waiting[page], [n for n in lacking if self._lacks(page, n)]) for page in self.pages]
        return [*(problem for problem in problems if not self.waits(problem)), *made]

    def _problem(self, page: str, waiting: list[Problem], lacking: list[str]) -> Problem:
        why = self.pages[page]
        found = why.found
        if lacking:
            found += f"; it does not show {', '.join(lacking)} yet"
        if waiting:
            where = sorted({problem.place.removeprefix(page).lstrip(":, ") for problem in waiting}, key=natural)
            lines = [place for place in where if place.isdecimal()]
            at = f", on line{'s' * (len(lines) > 1)} {', '.join(lines)}" if lines else ""
            codes = ", ".join(sorted({problem.code for problem in waiting}))
            found += f"; {how_many(len(waiting), 'problem')} on it may be due to that ({codes}{at})"
        action = why.action + (" Each problem by itself: wavebook check --each." if waiting else "")
        return Problem(why.code, page, found, action)


def _page_of(problem: Problem) -> str:
    return re.split("[:,]", problem.place)[0]


def in_preparation(book: Book) -> Iterator[Problem]:
    """A notice of waves after the one that the book is about now, in the edition about that."""
    d = book.figures.definitions
    if book.of_root and not book.among and book.figures.wave == d.current:
        yield from waves.preparing(d.current, {w: d.waves[w].embargo for w in d.in_preparation})
