"""The cells of a notebook as it lies in its file, which an editor may have damaged: what runs it says so."""

from __future__ import annotations

import json
import re
from typing import Any

_MOST = 100_000  # lists and mappings, which take 3 KB each while a notebook runs
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"')


def crowd(content: bytes) -> str:
    """What is said of a notebook that holds more than one is read with; empty of any other.

    >>> crowd(b'{"cells": [{"source": "[{}]"}]}')
    ''
    """
    if content.count(b"{") + content.count(b"[") <= _MOST:
        return ""
    bare = _TEXT.sub(b"", content)
    found = bare.count(b"{") + bare.count(b"[")
    return f"it holds {found:,} lists and mappings, and at most {_MOST:,} are read" if found > _MOST else ""


def cells_of(content: str | bytes) -> list[dict[str, Any]]:
    """The cells of a notebook that have a source; none where it is no notebook.

    >>> cells_of('{"cells": [{"cell_type": "code", "source": "x"}, {"source": null}, 5]}')
    [{'cell_type': 'code', 'source': 'x'}]
    >>> cells_of("[5]")
    []
    """
    try:
        content = content if isinstance(content, bytes) else content.encode()
        found = None if crowd(content) else json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    cells = found.get("cells") if isinstance(found, dict) else None
    return [cell for cell in cells if _has_source(cell)] if isinstance(cells, list) else []


def _has_source(cell: object) -> bool:
    source = cell.get("source") if isinstance(cell, dict) else None
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
