"""The rows above the answers: names and questions of columns, as the tools of web surveys write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from wavebook.core.problems import Problem
from wavebook.survey.files.surveyfile import question_in

MOST_ROWS = 23
"""Rows that are looked at: Qualtrics has three of names, questions and its own numbers, and others show the answers."""
_FEW, _SOME = 3, 10  # rows of answers that show which columns hold numbers: several of these, or one
_IMPORT = re.compile(r"""^\s*\{\s*['"]ImportId['"]\s*:""")
_NUMBER = re.compile(r"[+-]?[\d.,:/T -]*\d[\d.,:/TZ+ %-]*([eE][+-]?\d+)?")  # also a date
_OPEN = re.compile(r"(open[- ]ended )?(response|answer)|r[ée]ponse( ouverte)?|antwort|antwoord", re.IGNORECASE)


class Header(NamedTuple):
    """The names of columns, each different; their questions; and the rows that these take.

    It is ``guessed`` that the second one holds questions if no program that writes files so is known by it.
    """

    names: list[str]
    questions: list[str]
    rows: int
    guessed: bool = False


def header_of(rows: Sequence[Sequence[str]]) -> Header:
    """The header that the first rows of a file hold.

    One row of names; with Qualtrics, questions and numbers below it; with SurveyMonkey, the answers that the columns
    of a question stand for; with others, the question of each column. Equal names are numbered, and a column without
    one has that of its place.
    """
    lines = [[" ".join(cell.split()) for cell in row] for row in rows[:MOST_ROWS]]
    first = lines[0] if lines else []
    if len(lines) > 2 and any(map(_IMPORT.match, lines[2])) and all(map(_IMPORT.match, filter(None, lines[2]))):
        asked = [text if text != name else "" for name, text in zip(first, lines[1], strict=False)]
        return Header(numbered(first), asked, 3)
    if len(lines) > 1 and _names_answers(first, lines[1]):
        named = _with_answers(first, lines[1])
        return Header(numbered(named), [question_in(name) for name in named], 2)
    if len(lines) > 1 and _asks(first, lines[1], lines[2:]):
        as_asked = sum(map(bool, map(question_in, lines[1]))) >= sum(map(bool, map(question_in, first)))
        return Header(numbered(first), list(lines[1]) if as_asked else [*map(question_in, first)], 2, guessed=True)
    return Header(numbered(first), [question_in(name) for name in first], 1)


def _asks(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the second row names columns too, as nobody answers: with a text where all others have a number.

    None of its texts is a number, stands there twice, or is also given as an answer.
    """
    filled = [place for place, text in enumerate(second) if text]
    texts = [second[place] for place in filled]
    if len(second) != len(first) or 2 * len(filled) <= len(first) or len(set(texts)) < len(texts) or second == first:
        return False
    numbers = 0
    for place in filled:
        answers = [row[place] for row in below if place < len(row) and row[place]]
        if _NUMBER.fullmatch(second[place]) or second[place] in answers:
            return False
        numbers += len(answers) >= _FEW and all(map(_NUMBER.fullmatch, answers))
    return numbers > 1 or (numbers > 0 and len(below) >= _SOME)


def same_names(header: Header, place: str, given: Sequence[str] = ()) -> tuple[Problem, ...]:
    """A notice where columns had the same name, other than ``given`` ones."""
    new = [name for name in header.names if name not in given]
    again = sorted({name.rpartition(" (")[0] for name in new if name.endswith(" (2)")})
    stems = [stem for stem in again if f"{stem} (1)" in header.names]
    if not stems:
        return ()
    action = f"They are numbered as they stand: {stems[0]} (1), {stems[0]} (2). Declare them by these names."
    found = f"have the same name: {', '.join(stems[:5])}" + (" and others" if len(stems) > 5 else "")
    return (Problem("W108", f"{place}, its columns", found, action),)


def _names_answers(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether the second row names the answers to questions of the first, which stand above the first of each."""
    gaps = [i for i, name in enumerate(first) if not name]
    return (
        bool(gaps and first[0])
        and len(second) == len(first)
        and not second[0]
        and all(second[i] for i in gaps)
        and not any(re.fullmatch(r"[\d.,:/ -]+", cell) for cell in second if cell)
    )


def _with_answers(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Each question with the answer below it; alone where there is one column, for any answer."""
    asked: list[str] = []
    for name in first:
        asked.append(name or asked[-1])
    columns = Counter(asked)
    return [
        question if not answer or (columns[question] == 1 and _OPEN.fullmatch(answer)) else f"{question}: {answer}"
        for question, answer in zip(asked, second, strict=True)
    ]


def numbered(names: Sequence[str]) -> list[str]:
    """Names that differ: a, a, b become a (1), a (2), b."""
    named = [name or f"column {place}" for place, name in enumerate(names, 1)]
    times, taken, made = Counter(named), set(named), []
    following = {name: count(1) for name in times}
    for name in named:
        new = name
        if times[name] > 1:
            new = next(text for i in following[name] if (text := f"{name} ({i})") not in taken)
            taken.add(new)
        made.append(new)
    return made
