"""The rows that ``subtraction`` must look at: sums of a million others show that nothing follows from them."""

from __future__ import annotations

import math

import numpy as np

from wavebook.definitions import Definitions
from wavebook.definitions.breakdowns import CROSS, nesting
from wavebook.figures import KEY_COLUMNS, PERTURBED, PERTURBED_REVISED
from wavebook.figures.rows import Rows


def suspects(d: Definitions, rows: Rows) -> Rows:
    """The rows in which something hidden may follow from what is shown, with all that it takes to judge them.

    Where segments lie in others or are crossed, sums go together in more ways than are looked at here: then all rows.
    """
    if d.disclosure is None:
        return rows.take(np.array([], int))
    crossed = any(CROSS in name for name in rows.words["segment_by"].values)
    most = math.prod(max(len(rows.words[name].values), 1) for name in KEY_COLUMNS)
    if crossed or most >= 2**62 or nesting(d.segments, d.crossings):
        return rows
    judged = rows.take(~rows.words["status"].having(PERTURBED, PERTURBED_REVISED))
    return judged.take(_of_sums(judged, d.disclosure.minimum_base) | _of_answers(judged, d))


def _code(rows: Rows, *names: str) -> np.ndarray:
    """A number for each row, the same for rows that are alike in these columns."""
    code = np.zeros(len(rows), np.int64)
    for name in names:
        code = code * len(rows.words[name].values) + rows.words[name].codes
    return code


def _of_sums(rows: Rows, least: int) -> np.ndarray:
    """Tell of each row whether it is of a measure of which a whole less its parts, or one of them, is too small."""
    n = rows.numbers["n"]
    counted = rows.take(~np.isnan(n) | rows.words["status"].having("suppressed"))
    measure = _code(counted, "wave", "indicator", "category")
    wrong: set[int] = set()
    segments, populations = {"segment_by": "", "segment": ""}, {"population": ""}
    for whole, alike in ((segments, ("population", "segment_by")), (populations, ("segment_by", "segment"))):
        wrong |= set(measure[_leaves_few(counted, whole, alike, least)].tolist())
    return np.isin(_code(rows, "wave", "indicator", "category"), list(wrong))


def _leaves_few(rows: Rows, whole: dict[str, str], alike: tuple[str, ...], least: int) -> np.ndarray:
    """Tell of each part of a whole whether that has fewer than ``least`` outside it, or outside all parts.

    ``whole`` is what the row of a whole has in these columns; its parts have something else there. Those that are
    ``alike`` in the columns named are counted together.
    """
    size, known = np.nan_to_num(rows.numbers["n"]), ~np.isnan(rows.numbers["n"])
    if any(value not in rows.words[name].places for name, value in whole.items()):
        return np.zeros(len(rows), bool)
    names = ("wave", "indicator", "category", "population", "segment_by", "segment")
    of_whole = np.zeros(len(rows), np.int64)
    is_part = np.zeros(len(rows), bool)
    for name in names:
        column = rows.words[name]
        codes = column.codes if name not in whole else column.places[whole[name]]
        of_whole = of_whole * len(column.values) + codes
        is_part |= column.codes != codes
    own = _code(rows, *names)
    order = np.argsort(own)
    at = np.searchsorted(own[order], of_whole)
    at = order[np.minimum(at, len(order) - 1)] if len(order) else at
    is_part &= own[at] == of_whole if len(order) else False
    _, group = np.unique(_code(rows, "wave", "indicator", "category", *alike), return_inverse=True)
    sums = np.bincount(group[is_part], size[is_part], minlength=int(group.max(initial=-1)) + 1)
    rest, beside = size[at] - sums[group], size[at] - size
    few = ((rest > 0) & (rest < least)) | ((beside > 0) & (beside < least))
    return is_part & known[at] & few


def _of_answers(rows: Rows, d: Definitions) -> np.ndarray:
    """Tell of each row whether it is of a question and wave in which one category alone of an answer is hidden."""
    share = np.array([unit.is_share for unit in rows.words["unit"].values], bool)[rows.words["unit"].codes]
    share &= ~rows.words["category"].having("")
    some = rows.take(share)
    if not len(some):
        return share
    _, answer = np.unique(_code(some, "wave", "indicator", "population", "segment_by", "segment"), return_inverse=True)
    number, hidden = np.bincount(answer), np.bincount(answer, np.isnan(some.numbers["value"]))
    of = np.array([len(d.indicators[name].categories) for name in some.words["indicator"].values], int)
    alone = (hidden[answer] == 1) & (number[answer] == of[some.words["indicator"].codes])
    return np.isin(_code(rows, "wave", "indicator"), _code(some, "wave", "indicator")[alone])
