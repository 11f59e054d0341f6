"""Problems: what is wrong, where, and what to do. Every error that editors see has this form; all come at once.

Problems that have one cause are one problem, with the places that it touches: ``grouped``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

_WIDTH = 110  # columns of a list of places
_LAST = ("W413", "W414")  # reading the pages: done when all else is right


@dataclass(frozen=True, order=True)
class Problem:
    """A single thing that is wrong.

    ``code`` is stable and explained in problems.toml (W1 respondents, W2 declarations and figures, W3 notebooks,
    W4 pages, W5 commands); ``place`` names file, line (``file:line``) or column; ``found`` is a full
    sentence without its closing stop; ``action`` says what to do.

    ``because`` are the problems that are behind this one: when those are solved, so is this. ``touches`` are all that
    are there because of this one.
    """

    code: str
    place: str
    found: str
    action: str
    touches: tuple[Problem, ...] = ()
    because: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        """The code, place and finding; then, indented, quoted text, the places that it touches, and the action."""
        quote, said = self.parts
        lines = [f"{self.code} {printable(self.place)}: {printable(said)}.", *filter(None, [printable(quote)])]
        return "\n     ".join([*lines, *map(printable, self.touched), printable(self.action)])

    @property
    def parts(self) -> tuple[str, str]:
        """The text of a page with which the finding begins, in its quotation marks, and the rest of the finding."""
        quoted = re.match(r"(“[^“”]{3,}”) (?=\w)", self.found)
        return (quoted[1], self.found[quoted.end() :]) if quoted else ("", self.found)

    @property
    def touched(self) -> list[str]:
        """The places that it touches as lines: each with its text if it is about texts, else a line for each file."""
        if all(touch.code == self.code and touch.parts[0] for touch in self.touches):
            return [f"{touch.place}  {touch.parts[0]}" for touch in self.touches]
        lines: dict[str, dict[str, None]] = {}
        for touch in self.touches:
            path, _, line = touch.place.rpartition(":")
            number = path and line.isdecimal()
            lines.setdefault(path if number else touch.place, {}).update({line: None} if number else {})
        whole = ", ".join(place for place, numbers in lines.items() if not numbers)
        each = [f"{place}:{', '.join(numbers)}" for place, numbers in lines.items() if numbers]
        return [*each, *textwrap.wrap(whole, _WIDTH, break_long_words=False, break_on_hyphens=False)]

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that is wrong because of it, each once: those that it touches, or else its own."""
        return tuple(dict.fromkeys(touch.place for touch in self.touches or (self,)))


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


def by_place(problem: Problem) -> tuple[str, ...]:
    """A key that sorts problems by place, for somebody who corrects a file."""
    return natural(problem.place), problem.code, problem.found, problem.action


def as_worked(problem: Problem) -> tuple:
    """A key that sorts problems as they are best solved: what has most effect, then file by file, then reading."""
    return problem.code in _LAST, -len(problem.touches), *by_place(problem)


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Make one problem of all that have one cause, in the order in which they are best solved; each comes once.

    What has several causes is a place of each. A cause that is nowhere but in one place is told there, as what it is.
    Groups may be grouped again, with further problems.
    """
    found: dict[Problem, dict[Problem, None]] = {}
    told = set()  # by themselves, and not only as the cause of others
    for problem in dict.fromkeys(problems):
        alone = replace(problem, touches=())
        if problem.touches or not problem.because:
            told.add(alone)
            found.setdefault(alone, {}).update(dict.fromkeys(problem.touches))
        else:
            for root in roots(problem):
                found.setdefault(root, {})[alone] = None

    def is_sole(problem: Problem) -> bool:
        return all(len(found[root]) == 1 and root not in told for root in roots(problem))

    made = []
    for root, touches in found.items():
        one = next(iter(touches)) if len(touches) == 1 and root not in told else None
        if one is not None and is_sole(one):
            made.append(one)
        else:
            made.append(replace(root, touches=tuple(sorted(touches, key=by_place))))
    return sorted(dict.fromkeys(made), key=as_worked)


def roots(problem: Problem) -> list[Problem]:
    """The problems at the bottom of this one; itself if none is behind it."""
    if not problem.because:
        return [problem]
    return list(dict.fromkeys(root for cause in problem.because for root in roots(cause)))


class ProblemsError(Exception):
    """Problems that stop the work; ``problems`` holds all of them, each cause once, as they are best solved."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(grouped(problems))
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


def refusal(error: ProblemsError) -> str:
    """What a command that is refused ends with: each problem, and their number.

    >>> print(refusal(ProblemsError([Problem("W401", "a.md:3", "x", "y.")])))
    W401 a.md:3: x.
         y.
    <BLANKLINE>
    1 problem; nothing was published.
    """
    return f"{error}\n\n{counted(error.problems)}; nothing was published."


def counted(problems: Iterable[Problem]) -> str:
    """The number of problems in words, and of places if there are more: every command counts them with this.

    >>> counted([Problem("W401", "a.md:3", "x", "y.")])
    '1 problem'
    """
    problems = list(problems)
    places = {place for problem in problems for place in problem.places}
    more = f" in {how_many(len(places), 'place')}" if len(places) > len(problems) else ""
    return how_many(len(problems), "problem") + more
