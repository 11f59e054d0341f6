"""The cells of a notebook as it lies in its file, which an editor may have damaged: what runs it says so."""

from __future__ import annotations

import json
from typing import Any


def cells_of(content: str | bytes) -> list[dict[str, Any]]:
    """The cells of a notebook that have a source; none where it is no notebook.

    >>> cells_of('{"cells": [{"cell_type": "code", "source": "x"}, {"source": null}, 5]}')
    [{'cell_type': 'code', 'source': 'x'}]
    >>> cells_of("[5]")
    []
    """
    try:
        found = json.loads(content.decode("utf-8-sig") if isinstance(content, bytes) else content)
    except (ValueError, RecursionError):
        return []
    cells = found.get("cells") if isinstance(found, dict) else None
    return [cell for cell in cells if _has_source(cell)] if isinstance(cells, list) else []


def _has_source(cell: object) -> bool:
    source = cell.get("source") if isinstance(cell, dict) else None
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
