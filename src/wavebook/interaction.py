"""What a reader's browser loads when asked to explore a chart: Vega in one file for all, and what each chart shows."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

from wavebook import files, renderer

_THEME = Path(__file__).parent / "theme"
_SOURCE, _LICENCES = _THEME / "explore.js", _THEME / "explore-licences.md"


def script(payload: dict) -> bytes:
    """What a chart is explored with, as a script: a page that is opened from a folder can read no other file."""
    vega = {variant: json.loads(spec) for variant, spec in payload["vega"].items()}
    content = {"points": payload["points"], "vega": vega}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"wavebook.charts[{json.dumps(payload['name'])}] = {text};\n".encode()


def write_bundle(path: Path, wanted: bool) -> None:
    """Put theme/explore.js with all that it imports at ``path``, made only if what is there was made of something else.

    Where no page shows a chart it is not ``wanted``, and removed.
    """
    if not wanted:
        path.unlink(missing_ok=True)
    elif not (path.is_file() and path.read_bytes().startswith(_head())):
        files.write_whole(path, _bundle())


@cache
def _head() -> bytes:
    """The first lines of the bundle: what it is made from, and on what terms."""
    made_from = f"{files.digest([_SOURCE])[:12]}, vl-convert {version('vl-convert-python')}"
    return f"/* Made from explore.js {made_from}.\n\n{_LICENCES.read_text(encoding='utf-8')}*/\n".encode()


@cache
def _bundle() -> bytes:
    """The script; its names stay its own. vl-convert holds Vega's modules and fetches nothing."""
    return _head() + f'(() => {{\n"use strict";\n{begin().result()}\n}})();\n'.encode()


@cache
def begin() -> Future:
    """Have the modules put together, which takes two thirds of a second, while the caller does something else."""
    return ThreadPoolExecutor(1).submit(renderer.bundle, _SOURCE.read_text(encoding="utf-8"))
