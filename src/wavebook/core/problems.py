"""Problems: what is wrong, where, and what to do. Every error that editors see has this form; all come at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, order=True)
class Problem:
    """A single thing that is wrong.

    ``code`` is stable and explained in problems.toml (W1 respondents, W2 declarations and figures, W3 notebooks,
    W4 pages, W5 commands); ``place`` names file, line (``file:line``) or column; ``found`` is a full
    sentence without its closing stop; ``action`` says what to do.
    """

    code: str
    place: str
    found: str
    action: str

    def __str__(self) -> str:
        """Two lines: the code, place and finding; then, indented, the action."""
        return f"{self.code} {printable(self.place)}: {printable(self.found)}.\n     {printable(self.action)}"


def printable(text: str) -> str:
    """Put ``text`` on one line, without control codes for a terminal: anybody may have made the files it is from."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) if not text.isprintable() else text


def at_line(place: str, number: int) -> str:
    """The place of a line in a file."""
    return f"{place}:{number}"


def natural(text: str) -> str:
    """A key that sorts line 9 before line 14.

    >>> sorted(["index.md:14", "index.md:9"], key=natural)
    ['index.md:9', 'index.md:14']
    """
    return re.sub(r"\d+", lambda number: number.group().zfill(6), text)


def by_code(problem: Problem) -> tuple[str, ...]:
    """A key that sorts problems by code, then by place."""
    return problem.code, natural(problem.place), problem.found, problem.action


def by_place(problem: Problem) -> tuple[str, ...]:
    """A key that sorts problems by place, for somebody who corrects a file."""
    return natural(problem.place), problem.code, problem.found, problem.action


class ProblemsError(Exception):
    """Problems that stop the work; ``problems`` holds all of them, in order of code and place."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems), key=by_code))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):
        return type(self), (self.problems,)


def fail(*problems: Problem) -> NoReturn:
    """Raise ProblemsError with these problems, at least one."""
    raise ProblemsError(problems)


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise ProblemsError when there is at least one problem."""
    problems = list(problems)
    if problems:
        raise ProblemsError(problems)


def how_many(count: int, what: str = "respondent") -> str:
    """Count something in words, as a message does."""
    return f"{count} {what}{'s' * (count != 1)}"
