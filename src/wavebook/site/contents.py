"""The choice of a book's files that are pages in one language."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.matching import patmatch

from wavebook.core import files, languages
from wavebook.core.root import find_root


def _leave_out_languages(app: Sphinx, config: Config) -> None:
    """Keep pages in other languages out of the root's; Sphinx reads everything anew when this list changes."""
    first, *others = languages.declared(find_root(Path(app.srcdir)))
    if config.language == first:
        config.exclude_patterns = [*config.exclude_patterns, *others]


def _leave_out_notebooks(app: Sphinx, config: Config) -> None:
    """Leave out notebooks that are not in the table of contents, whatever becomes of other pages.

    Their pages may not be made yet: notebooks may still be running at this moment.
    """
    contents = getattr(config, "external_site_map", None)
    if contents is None:
        return
    pages = [f"notebooks/{path.stem}" for path in files.notebooks(find_root(Path(app.srcdir)))]
    missing = [
        f"{page}.ipynb"
        for page in pages
        if page not in contents
        and f"{page}.ipynb" not in contents
        and not any(patmatch(page, pattern) for pattern in contents.globs())
    ]
    config.exclude_patterns = [*config.exclude_patterns, *(p for p in missing if p not in config.exclude_patterns)]


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("config-inited", _leave_out_languages, priority=850)  # before sphinx-external-toc (900) lists the rest
    app.connect("config-inited", _leave_out_notebooks, priority=950)
