"""The Sphinx extensions that make a site of a book's pages, and one run of Sphinx.

A book's settings name only ``wavebook.site``, under ``extensions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx, which is imported by then; see ``extension``."""
    from wavebook.site import extension

    return extension.setup(app)
