"""Rows beneath a table that are nobody's answers: totals, the number of respondents, sources and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

MOST = 12
"""Rows that may stand beneath the answers."""
_ABOVE = 40  # rows that show what a row of answers looks like
_LEAST = 3  # of these
_MOSTLY = 0.8
_NUMBER = re.compile(r"[\s\d.,:/T+%-]*\d[\s\d.,:/T+%Z-]*")  # also a date
_STATISTIC = (
    r"(sub|grand |eind)?tota+l(en|s|e)?|totaux|gesamt(summe|ergebnis|zahl)?|insgesamt|summe|somme|ensemble|som|sum|"
    r"gemiddeld(e|en)?|gem|average|avg|mean|mittelwert|durchschnitt|moyenne|aantal|count|anzahl|nombre|number|n|"
    r"mediaan|median|médiane|min(imum)?|max(imum)?|st(andard|d)?[ .-]*(deviation|dev|afw(ijking)?|abw(eichung)?)|sd|"
    r"standaard(deviatie|afwijking)|standardabweichung|écart[- ]type|modus|mode|variantie|variance|varianz|percentage"
)
_TOTAL = re.compile(_STATISTIC, re.IGNORECASE)
_TOTAL_OF = re.compile(rf"({_STATISTIC})([ .:]+[^\W\d]+){{1,4}}", re.IGNORECASE)  # total respondents, number of answers
_SUMMED = 10  # numbers above a sum that has no word beside it
_NOTE = re.compile(
    r"(bron|source|quelle|n ?=|\*|noot|note|opmerking|anmerkung|remarque|toelichting|peildatum|©)\W*", re.IGNORECASE
)


def rows_beneath(rows: Sequence[Sequence[str]], width: int) -> int:
    """The number of last rows that are no part of a table of so many columns, empty ones above them too.

    Such a row begins with the word for a total or another statistic, before nothing but numbers; or it holds one text
    alone, among numbers or after an empty row; or numbers alone behind a first cell that nobody else left empty, of
    which one is as large as all above it together.

    >>> rows_beneath([["1", "7", "2"], ["2", "8", "2"], ["3", "7", "1"], ["N=3", "", ""]], 3)
    1
    """
    cells = [[cell.strip() for cell in row] for row in rows[-_ABOVE - MOST :]]
    found = 0
    for place in range(len(cells) - 1, max(len(cells) - 1 - MOST, _LEAST - 1), -1):
        if any(cells[place]):
            if not _is_beneath(cells[place], cells[:place], width):
                break
            found = len(cells) - place
    while 0 < found < len(cells) and not any(cells[-found - 1]):
        found += 1
    return found


def _is_beneath(row: Sequence[str], above: Sequence[Sequence[str]], width: int) -> bool:
    answers = [other for other in above if len(other) == width and any(other)]
    first = next(place for place, cell in enumerate(row) if cell)
    text, rest = row[first], [cell for cell in row[first + 1 :] if cell]
    column = [other[first] for other in answers if first < width and other[first]]
    if len(answers) >= _LEAST and _NUMBER.fullmatch(text):
        return _is_summed(row, answers)
    if len(answers) < _LEAST or text in column:
        return False
    of_numbers = bool(column) and sum(bool(_NUMBER.fullmatch(cell)) for cell in column) >= _MOSTLY * len(column)
    said = text.rstrip(".: ")
    if rest and (_TOTAL.fullmatch(said) or (of_numbers and _TOTAL_OF.fullmatch(said))):
        return all(map(_NUMBER.fullmatch, rest))
    if rest or width < 2 or median(sum(map(bool, other)) for other in answers) < min(width, 3):
        return False
    return not any(above[-1]) or bool(_NOTE.match(text)) or of_numbers


def _is_summed(row: Sequence[str], answers: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row of numbers, whose first cell only it has empty, holds the sum of those above it."""
    lacks = not row[0] and all(other[0] for other in answers)
    if not lacks or not all(_NUMBER.fullmatch(cell) for cell in row if cell):
        return False
    for place, cell in enumerate(row[: len(answers[0])]):
        told = [_value(other[place]) for other in answers]
        if cell and len(told) >= _SUMMED and None not in told:
            numbers = [number for number in told if number is not None]
            total = _value(cell)
            if total is not None and min(numbers) >= 0 < max(numbers) and total >= sum(numbers):
                return True
    return False


def _value(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None
