"""Hidden figures of a table that follow by subtraction from those shown, whoever filled it in.

Tables made from answers have been judged with all answers at hand (``disclosure``). Those entered by hand come from
reports that leave out some rows, so that only sizes can be judged: a group that is hidden, or not in the table at all,
must not be known to be too small. Only figures with an unweighted base give sizes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from wavebook.core import memory
from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import nesting
from wavebook.figures import Figure, Key, everything, is_excerpt
from wavebook.survey.disclosure.groups import Link, Nesting, links
from wavebook.survey.disclosure.sifting import suspects

_ACTION = "Suppress a second part of it as well, or join the two, so that the remainder is not a small group."


def check(root: Path) -> None:
    """Raise ProblemsError for the ``problems`` of a book; an excerpt of one was checked with the whole."""
    if not is_excerpt(root):
        definitions, figures = everything(root)
        raise_all(problems(definitions, suspects(definitions, figures.rows).values()))


def problems(definitions: Definitions, figures: Iterable[Figure]) -> Iterator[Problem]:
    """Groups that are hidden and follow by subtraction, or are the rest of a whole beside the segments shown (W190).

    There is one for each group of a wave, whatever the number of its figures; and for categories that follow from the
    others of an answer that add up to 100. None without ``[disclosure]``. Figures with noise do not add up, and give
    away no group; all others are judged as if those were not there.
    """
    if definitions.disclosure is None:
        return
    figures = [figure for figure in figures if not figure.is_perturbed]
    yield from _categories(definitions, figures)
    measures: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.n is not None or figure.status == "suppressed":
            measures[figure.key.wave, figure.key.indicator, figure.key.category].append(figure)
    within = nesting(definitions.segments, definitions.crossings)
    found: dict[tuple[Key, str], list[str]] = defaultdict(list)
    for rows in measures.values():
        for whole, what in _small(rows, definitions.disclosure.minimum_base, within):
            found[whole._replace(indicator="", category=""), what].append(whole.name)
    for (whole, what), names in found.items():
        more = f" (and of {len(names) - 1} more)" if len(names) > 1 else ""
        place = f"data/figures/{whole.wave}.csv"
        told = f"{names[0]} of {what} follows from {Key(*whole)._replace(indicator=names[0])}{more} by subtraction"
        yield Problem("W190", place, f"{told}, and has too few respondents", _ACTION)


def _categories(definitions: Definitions, figures: list[Figure]) -> Iterator[Problem]:
    """The only hidden category of an answer whose categories together are everyone in another group."""
    answers: dict[Key, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.key.category and figure.unit.is_share:
            answers[figure.key._replace(category="")][figure.key.category] = figure
    whole: set[tuple[str, str]] = set()
    for key, shares in answers.items():
        values = [figure.value for figure in shares.values() if figure.value is not None]
        if len(values) == len(shares) and shares.keys() == definitions.indicators[key.indicator].categories.keys():
            rounding = sum(0.5 * 10.0**-figure.decimals for figure in shares.values())
            whole |= {(key.wave, key.indicator)} if abs(sum(values) - 100) <= rounding else set()
    for key, shares in answers.items():
        hidden = [figure.key for figure in shares.values() if figure.value is None]
        complete = shares.keys() == definitions.indicators[key.indicator].categories.keys()
        if len(hidden) == 1 and complete and (key.wave, key.indicator) in whole:
            found = f"{hidden[0]} is suppressed and follows from the other categories, which add to 100 with it"
            yield Problem("W190", f"data/figures/{key.wave}.csv", found, "Suppress a second category as well.")


def _small(rows: list[Figure], least: int, within: Nesting) -> Iterator[tuple[Key, str]]:
    """The wholes that give away a group smaller than ``least``, with that group."""
    keys = [figure.key for figure in rows]
    known = np.array([figure.n is not None for figure in rows])
    n = np.array([figure.n or 0 for figure in rows], float)
    found, told = [*links(keys, n, within)], set()
    for whole, parts, what, *_ in found:
        hidden = [p for p in parts if not known[p]]
        left = n[whole] - n[parts].sum()
        if known[whole] and 0 < left < least:
            told |= set(hidden) if len(hidden) == 1 else set()
            yield keys[whole], " and ".join(keys[p].segment or keys[p].population for p in hidden) or what
    if any(len(key.parts) > 1 for key in keys):
        for r in _bounded(found, known, n, least):
            if r not in told:
                yield keys[r]._replace(segment_by="", segment=""), keys[r].segment or keys[r].population


def _bounded(found: list[Link], known: np.ndarray, n: np.ndarray, least: int) -> Iterator[int]:
    """The hidden rows of which all sums together tell that they have somebody and fewer than ``least``.

    Where segments are crossed, one sum may leave open what several together give.
    """
    hidden = np.flatnonzero(~known)
    place = {r: k for k, r in enumerate(hidden.tolist())}
    sums, totals = [], []
    for link in found:
        if not link.overlapping and any(p in place for p in link.parts):
            row = np.zeros(len(hidden))
            row[[place[p] for p in link.parts if p in place]] = 1
            row[[place[link.whole]] if link.whole in place else []] = -1
            sums.append(row)
            totals.append(n[link.whole] - n[link.parts].sum())
    if not sums:
        return
    memory.special()  # or says that there is no room for the library below both
    from scipy.optimize import linprog  # a fifth of a second, which few builds need

    for r, k in place.items():
        goal = np.eye(len(hidden))[k]
        low, high = (linprog(sign * goal, A_eq=sums, b_eq=totals) for sign in (1, -1))
        if low.status == high.status == 0 and low.fun > 1e-6 and -high.fun < least - 1e-6:
            yield r
