"""Tables in CSV and records in JSON, always written in the same way."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# A spreadsheet takes these for a formula at the start of a cell, or after any country's separator of cells in CSV.
_FORMULA = re.compile(r"(^|[;,|\t\r\n\"])(?=[=+\-@＝＋－＠].)", re.DOTALL)


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV: commas, Unix line ends, quotes where they are needed; None is an empty cell.

    >>> csv_lines([["wave", "value"], [2014, None], ["a,b", 6.9]])
    'wave,value\\n2014,\\n"a,b",6.9\\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as CSV with a header; only ``columns`` of each row, empty where it has none.

    >>> csv_table(["wave", "n"], [{"wave": 2014, "unit": "grade"}])
    'wave,n\\n2014,\\n'
    """
    return csv_lines([columns, *([row.get(name, "") for name in columns] for row in rows)])


def as_text(cell: str) -> str:
    """A text for a cell of a CSV: with an apostrophe before whatever a spreadsheet would take for a formula.

    >>> as_text("=1+1"), as_text("bladzijde 12"), as_text("-"), as_text("zie;=1+1")
    ("'=1+1", 'bladzijde 12', '-', "zie;'=1+1")
    """
    return _FORMULA.sub(r"\1'", cell)


def json_file(content: object, *, in_order: bool = False) -> bytes:
    """Write a record that people may open: one item a line, no escaped letters; sorted by name when ``in_order``."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=in_order) + "\n").encode()
