"""Charts that a reader explores, as browsers load them: Vega in one file for all, and a script for each chart."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wavebook.charts import renderer
from wavebook.core import files

_KEPT = files.THEME / "__pycache__"
_SOURCE, _LICENCES = files.THEME / "explore.js", files.THEME / "explore-licences.md"


def script(payload: dict[str, Any]) -> bytes:
    """The script for exploring a chart: a page opened from a folder can read no other kind of file."""
    vega = {variant: json.loads(spec) for variant, spec in payload["vega"].items()}
    content = {"points": payload["points"], "vega": vega}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"wavebook.charts[{json.dumps(payload['name'])}] = {text};\n".encode()


def write_bundle(path: Path, wanted: bool) -> None:
    """Put theme/explore.js with everything it imports at ``path``, unless the file there was made from the same.

    If no page shows a chart, it is not ``wanted``, and is removed.
    """
    if not wanted:
        with files.still():
            path.unlink(missing_ok=True)
    elif not (path.is_file() and path.read_bytes().startswith(_head())):
        files.write_whole(path, _bundle())


@cache
def _made_from() -> tuple[str, str]:
    """The start of the source's hash, and the version of vl-convert, which holds Vega's modules."""
    return files.digest([_SOURCE])[:12], version("vl-convert-python")


@cache
def _head() -> bytes:
    """The first lines of the bundle: its sources and their licences."""
    source, held = _made_from()
    licences = _LICENCES.read_text(encoding="utf-8")
    return f"/* Made from explore.js {source}, vl-convert {held}.\n\n{licences}*/\n".encode()


@cache
def _bundle() -> bytes:
    """The script, which adds no global names."""
    return _head() + f'(() => {{\n"use strict";\n{_modules()}\n}})();\n'.encode()


def _modules() -> str:
    """The source and its imports in one module, compiled once for each installation, like Python's modules."""
    kept = _KEPT / f"explore-{'-'.join(_made_from())}.js"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    made = renderer.bundle(_SOURCE.read_text(encoding="utf-8"))  # fetches nothing
    with suppress(OSError):  # an installation that is not writable
        files.write_whole(kept, made.encode())
    return made
