"""Margins to be damaged, and what is right about them."""

import csv
import io
from pathlib import Path

from hostile import outcome

from wavebook.survey.estimation import margins

MARGINS = b"column,category,total\nsex,f,50\nsex,m,50\n"


def margins_are_refused_or_right(folder: Path, content: bytes) -> None:
    path = folder / "margins.csv"
    path.write_bytes(content)
    found = outcome(margins.read_margins, path, wanted={"W160"})
    if isinstance(found, set):
        return
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert sum(len(categories) for categories in found.values()) == len(rows)
    assert {float(row["total"]) for row in rows} == {total for part in found.values() for total in part.values()}
