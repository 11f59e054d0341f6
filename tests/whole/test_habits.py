"""Many made-up respondent files, whose right figures are known: none is read wrong in silence."""

import re
from collections import Counter
from itertools import compress

import polars as pl
import pytest
from answered import Book
from habits import DECLARED, Survey

from wavebook.core.problems import ProblemsError
from wavebook.survey.answers.responses import read_responses


def outcome(book, seed):
    """What came of one file: right, stopped as it should, stopped though right, or wrong in silence; and why."""
    survey = Survey(seed)
    path = survey.write(book.folder)
    book.declare(survey.declaration())
    try:
        frame = read_responses(book.root, book.definitions(), "2016").frame.collect()
    except ProblemsError as error:
        problems = error.problems
        if survey.fault is None:
            return "stopped though right", str(error)
        named = any(re.search(rf"column.*\b{survey.fault}\b|set \$kanalen", p.place) for p in problems)
        spanned = any(p.code in ("W180", "W183") for p in problems) and survey.fault.startswith("v6")
        return "stopped and named" if named or spanned else "stopped for something else", str(error)
    finally:
        path.unlink()
    right = {name: known(compress(answers, survey.kept)) for name, answers in survey.truth.items()}
    found = {name: known(numbers(frame[name]).to_list()) for name in right}
    wrong = {name: (found[name], right[name]) for name in right if found[name] != right[name]}
    if wrong:
        return "wrong in silence", f"{survey.fault}, {survey.habits}: {wrong}\n{survey.declaration()}"
    return "right", str(survey.habits)


def numbers(column):
    """Segments as their numbers, in the order of their declaration."""
    return column.to_physical() if column.dtype == pl.Enum else column


def known(answers):
    """The mean, rounded, and of how many it is."""
    given = [answer for answer in answers if answer is not None]
    return round(sum(given) / len(given), 9) if given else None, len(given)


def sweep(tmp_path, tally, seeds):
    book = Book(tmp_path)
    book.write("indicators.toml", DECLARED)
    counts, examples = Counter(), {}
    for seed in seeds:
        what, why = outcome(book, seed)
        counts[what] += 1
        examples.setdefault(what, f"seed {seed}: {why}")
    assert not counts["wrong in silence"], examples["wrong in silence"]
    assert not counts["stopped for something else"], examples["stopped for something else"]
    for what in ("right", "stopped and named", "stopped though right", "wrong in silence"):
        tally(f"made-up files of respondents with habits of bureaus: {what}", counts[what])
    return counts, examples


def test_no_habit_of_a_bureau_gives_a_wrong_number_in_silence(tmp_path, tally):
    counts, examples = sweep(tmp_path, tally, range(20))
    assert counts["right"] > 5
    assert counts["stopped and named"] > 6
    assert counts["stopped though right"] == 0, examples["stopped though right"]


@pytest.mark.slow
@pytest.mark.parametrize("first", [20, *range(1000, 10_750, 750)])
def test_nor_in_ten_thousand_files(tmp_path, tally, first):
    counts, examples = sweep(tmp_path, tally, range(first, first + 750))
    assert counts["stopped though right"] == 0, examples["stopped though right"]
