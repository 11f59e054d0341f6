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
_TOTAL = re.compile(
    r"(sub|grand |eind)?tota+l(en|s|e)?|totaux|gesamt(summe|ergebnis|zahl)?|insgesamt|summe|somme|ensemble|som|sum|"
    r"gemiddeld(e|en)?|average|mean|mittelwert|durchschnitt|moyenne|aantal|count|anzahl|nombre|n",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(bron|source|quelle|n ?=|\*|noot|note|opmerking|anmerkung|remarque|toelichting|peildatum|©)\W*", re.IGNORECASE
)


def rows_beneath(rows: Sequence[Sequence[str]], width: int) -> int:
    """The number of last rows that are no part of a table of so many columns, empty ones above them too.

    Such a row begins with the word for a total, before nothing but numbers; or it holds one text alone, among numbers
    or after an empty row.

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
    if len(answers) < _LEAST or _NUMBER.fullmatch(text) or text in column:
        return False
    if _TOTAL.fullmatch(text.rstrip(": ")) and rest:
        return all(map(_NUMBER.fullmatch, rest))
    if rest or width < 2 or median(sum(map(bool, other)) for other in answers) < min(width, 3):
        return False
    among = sum(bool(_NUMBER.fullmatch(cell)) for cell in column)
    return not any(above[-1]) or bool(_NOTE.match(text)) or (bool(column) and among >= _MOSTLY * len(column))
