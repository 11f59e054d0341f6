"""Charts that a reader explores, as their browser loads them: Vega in one file for all, and what each chart shows."""

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
    """A script with which a chart is explored: a page that is opened from a folder can read no other file."""
    vega = {variant: json.loads(spec) for variant, spec in payload["vega"].items()}
    content = {"points": payload["points"], "vega": vega}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"wavebook.charts[{json.dumps(payload['name'])}] = {text};\n".encode()


def write_bundle(path: Path, wanted: bool) -> None:
    """Put theme/explore.js with all that it imports at ``path``, made only if what is there was made of something else.

    Where no page shows a chart it is not ``wanted``, and removed.
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
    """The first lines of the bundle: what it is made from, and on what terms."""
    source, held = _made_from()
    licences = _LICENCES.read_text(encoding="utf-8")
    return f"/* Made from explore.js {source}, vl-convert {held}.\n\n{licences}*/\n".encode()


@cache
def _bundle() -> bytes:
    """The script; its names stay its own."""
    return _head() + f'(() => {{\n"use strict";\n{_modules()}\n}})();\n'.encode()


def _modules() -> str:
    """The source and all that it imports in one module, put together once an installation, as Python's modules are."""
    kept = _KEPT / f"explore-{'-'.join(_made_from())}.js"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    made = renderer.bundle(_SOURCE.read_text(encoding="utf-8"))  # fetches nothing
    with suppress(OSError):  # an installation that may not be written
        files.write_whole(kept, made.encode())
    return made
