"""Everything that differs between two waves of a book: its figures, sentences, charts and questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from wavebook.core.problems import Problem, ProblemsError, fail, raise_all
from wavebook.definitions import Definitions, load_definitions
from wavebook.figures import load
from wavebook.publish import build
from wavebook.publish.review.differences import Edition, Review
from wavebook.publish.review.figures import compare_figures, in_order, without_errors
from wavebook.publish.review.kept import kept
from wavebook.publish.review.sentences import compare_sentences
from wavebook.runs import execute


def compared(root: Path, named: Sequence[str]) -> tuple[str, str]:
    """The two waves to compare: those named, or one and that before it, by default the newest.

    Raises ProblemsError (W501) where none comes before.
    """
    definitions = load_definitions(root)
    after = named[-1] if named else definitions.newest
    before = named[0] if len(named) > 1 else definitions.previous(after)
    if before is None:
        fail(Problem("W501", f"wave {after}", "has none before it", "Compare two waves once there is another."))
    return before, after


def review(
    root: Path, before: str, after: str, *, population: str = "", tell: Callable[[str], None] = lambda _: None
) -> Review:
    """Everything that differs between two waves of the book at ``root``.

    Parameters
    ----------
    before, after
        Keys of waves. Sentences are tested in the edition of each, against the baseline of data/waves.toml.
    population
        The population of the editions, the first declared one if empty; figures of every population are compared.

    Raises
    ------
    ProblemsError
        A wave or population is not known or the waves are out of order (W501), or declarations or tables are wrong.
        Data that only a part of the report needs is listed in ``missing`` instead.
    """
    definitions = load_definitions(root)
    raise_all(_asked(definitions, before, after))
    figures = load(root, wave=after, baseline=before, population=population, language=definitions.for_editors)
    editions = {w: _edition(root, definitions, w, figures.population, tell) for w in (before, after)}
    sentences = compare_sentences(editions[before], editions[after], definitions.languages)
    flipping = {key for s in sentences if s.standing == "flipped" for key in s.record.keys}
    moves = [replace(move, flips=str(move.key) in flipping) for move in compare_figures(figures)]
    estimates, changes, missing = kept(root, definitions, before, after)
    missing = [*(e.missing for e in editions.values() if e.missing), *without_errors(moves, before, after), *missing]
    return Review(before, after, figures, editions, in_order(moves), sentences, changes, estimates, missing)


def _asked(d: Definitions, before: str, after: str) -> Iterator[Problem]:
    known = ", ".join(d.waves)
    for wave in (before, after):
        if wave not in d.waves:
            yield Problem("W501", f"wave {wave!r}", "is not known", f"Choose one of: {known}.")
    if {before, after} <= d.waves.keys() and d.order(before) >= d.order(after):
        yield Problem("W501", f"wave {before}", f"does not come before wave {after}", "Give the earlier one first.")


def _edition(root: Path, d: Definitions, wave: str, population: str, tell: Callable[[str], None]) -> Edition:
    try:
        # None if it is the default: pages that `wavebook check` has read are then not read again
        report = build.check(root, wave=wave, population=population or None, tell=tell)
        parameters: dict[str, object] = {
            "wave": d.plain(wave),
            "baseline": d.plain(d.baseline),
            "language": d.languages[0],
        }
        parameters |= {"population": population} if population else {}
        return Edition(report, execute.run_notebooks(root, parameters, tell=tell))
    except ProblemsError as error:
        return Edition(missing=f"No sentence or chart of {wave}, because there is no such edition: {error.problems[0]}")
