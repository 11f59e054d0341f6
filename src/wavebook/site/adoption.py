"""The settings of a book for a run of Sphinx that another program started, such as Jupyter Book's own command.

Such a program reads _config.yml in its own way and adds its own defaults. All that its file must name is this
extension; the rest is set here, as the commands of this library do it.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from wavebook.core.languages import declared
from wavebook.core.problems import ProblemsError
from wavebook.core.root import find_root
from wavebook.site import implied
from wavebook.site.application import given_to
from wavebook.site.checks import UntrueError
from wavebook.site.settings import settings

_KEPT = ("extensions", "language", "external_toc_path", "wavebook_archive")  # the program's own, or needed earlier


def _apply(app: Sphinx, config: Config) -> None:
    """Set what _config.yml says, and what every book has, before any part of Sphinx looks."""
    try:
        found = settings(find_root(Path(app.srcdir)), config.language)
    except ProblemsError as error:
        raise UntrueError(error.problems) from None
    for name, value in found.items():
        if name not in _KEPT:
            setattr(config, name, value)


def _speak(app: Sphinx) -> None:
    """Let the pages be in the language of the root, which Sphinx and the parts of this extension ask for early."""
    try:
        app.config.language = declared(find_root(Path(app.srcdir)))[0]
    except ProblemsError as error:
        raise UntrueError(error.problems) from None


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    if given_to(app) is None:
        _speak(app)
        for name in implied.EXTENSIONS[:-1]:  # the last is this one
            app.setup_extension(name)
        app.connect("config-inited", _apply, priority=0)
