"""What may enter a site: files of book/ and of packages; nothing from elsewhere."""

from __future__ import annotations

import glob
from pathlib import Path
from types import SimpleNamespace

from sphinx.application import Sphinx

# --- folders' names ---------------------------------------------------------------------------------------


def found(pattern: str, **options) -> list[str]:
    """As ``glob.glob``, but the folder that is there under that very name is no pattern: a book in ``poll [2]``."""
    folder = next((str(path) for path in Path(pattern).parents if path.is_absolute() and path.is_dir()), "")
    return glob.glob(glob.escape(folder) + pattern.removeprefix(folder), **options)


def _take_names_as_they_are() -> None:
    """Let Sphinx and its table of contents look for files in the book, not in whatever folder its name fits."""
    import sphinx.environment.collectors.asset
    import sphinx.project
    import sphinx_external_toc.events

    for module in (sphinx.environment.collectors.asset, sphinx.project):
        module.glob = found
    sphinx_external_toc.events.glob = SimpleNamespace(glob=found, iglob=found)


def setup(app: Sphinx) -> None:
    """Keep Sphinx within the book."""
    _take_names_as_they_are()
