"""Characters that no reader sees, in what a notebook says: in its cells, and in what these show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wavebook.core.problems import Problem
from wavebook.core.unseen import REWRITE, unseen
from wavebook.runs.failures import numbered

_COLOURING = re.compile("[\x00-\x1f]")  # of output as on a terminal, which a page shows without


def problems(notebook: Mapping[str, Any], place: str) -> list[Problem]:
    """The cells whose source holds such a character, or that show one (W545): each once."""
    found = []
    for number, cell in numbered(notebook["cells"]):
        where = f"{place}, cell {number}"
        if told := unseen("".join(cell["source"])):
            found.append(Problem("W545", where, f"holds {told.said}", REWRITE))
            continue
        shown = (output for output in cell.get("outputs", ()) if output.get("output_type") != "error")
        told = next(filter(None, (_unseen(text) for output in shown for text in _texts(output))), None)
        if told:
            found.append(Problem("W545", where, f"shows {told.said}", "Leave it out of what the cell makes."))
    return found


def _unseen(text: str):
    return None if text.isascii() else unseen(_COLOURING.sub(" ", text))


def _texts(value: object) -> Iterator[str]:
    """Every text in an output, the names of its parts too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
