"""Pictures that were pasted into a notebook: it holds them itself, and a site needs files."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.environment import BuildEnvironment

from wavebook.core import files, hashes

SCHEME = "attachment:"
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}


def unpack(env: BuildEnvironment, node: nodes.image, cell: int) -> bool:
    """Give a picture that is attached to a cell, counted from 1, a file beside outputs; tell if it is there."""
    name = unquote(str(node["uri"]).removeprefix(SCHEME))
    try:
        cells = json.loads(Path(env.doc2path(env.docname)).read_bytes())["cells"]
        forms = cells[cell - 1]["attachments"][name]
        kind, text = next((kind, text) for kind, text in forms.items() if kind in _SUFFIXES)
        content = base64.b64decode("".join(text), validate=False)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration):
        return False
    path = Path(env.app.outdir).resolve().parent / "jupyter_execute" / f"{hashes.of(content)}{_SUFFIXES[kind]}"
    files.write_whole(path, content)
    node["uri"] = f"/{os.path.relpath(path, env.srcdir)}".replace(os.sep, "/")
    return True
