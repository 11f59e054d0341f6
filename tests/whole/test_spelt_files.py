"""Many made-up files whose answers are spelt as people and programs spell them: none is read wrong in silence."""

from collections import Counter

import polars as pl
import pytest
from answered import Book
from spelt import DECLARED, Spelt

from wavebook.core.problems import ProblemsError
from wavebook.survey.answers.responses import read_responses


def outcome(book, seed):
    """What came of one file: right, stopped, stopped though it has one reading, or wrong in silence; and why."""
    file = Spelt(seed)
    path = file.write(book.folder)
    try:
        frame = read_responses(book.root, book.definitions(), "2016").frame.collect()
    except ProblemsError as error:
        return "stopped though it has one reading" if file.one_reading else "stopped and named", f"{file.ways}: {error}"
    finally:
        path.unlink()
    found = {name: frame[name].cast(pl.String if name == "theme" else pl.Float64).to_list() for name in file.truth}
    wrong = {name: found[name] for name, right in file.truth.items() if found[name] != right}
    if wrong or not file.one_reading:
        return "wrong in silence", f"{file.kind}, {file.ways}: {wrong or 'nobody was asked'}"
    return "right", str(file.ways)


def sweep(tmp_path, tally, seeds):
    book = Book(tmp_path)
    book.declare(DECLARED)
    counts, examples = Counter(), {}
    for seed in seeds:
        what, why = outcome(book, seed)
        counts[what] += 1
        examples.setdefault(what, f"seed {seed}: {why}")
    for what in ("wrong in silence", "stopped though it has one reading"):
        assert not counts[what], (counts, examples[what])
    for what in ("right", "stopped and named", "wrong in silence"):
        tally(f"made-up files of respondents in other spellings: {what}", counts[what])
    return counts


def test_no_spelling_gives_a_wrong_number_in_silence(tmp_path, tally):
    counts = sweep(tmp_path, tally, range(20))
    assert min(counts["right"], counts["stopped and named"]) > 5


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_spelling_of_thousands_gives_a_wrong_number_in_silence(tmp_path, tally, part):
    sweep(tmp_path, tally, range(1000 + part * 500, 1500 + part * 500))
