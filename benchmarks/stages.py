"""Run as a command in a book's folder: builds it once and prints, as JSON, what each stage took.

With --empty: the floor, an interpreter with the same imports and Sphinx on an empty book.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import tempfile
import time
from pathlib import Path

_TAKEN: dict[str, float] = {}
_RUNNING: list[str] = []


@contextlib.contextmanager
def stage(name: str):
    """Count the time to ``name``, and take it from the stage that this one is part of."""
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    _TAKEN[name] = _TAKEN.get(name, 0) + took
    if _RUNNING:
        _TAKEN[_RUNNING[-1]] = _TAKEN.get(_RUNNING[-1], 0) - took


def timed(owner, attribute: str, name: str) -> None:
    """Count each call of a function to a stage."""
    function = getattr(owner, attribute)

    def wrapped(*args, **options):
        with stage(name):
            _RUNNING.append(name)
            try:
                return function(*args, **options)
            finally:
                _RUNNING.pop()

    setattr(owner, attribute, wrapped)


IMPORTS = (
    *("myst_nb", "sphinx.application", "sphinx.builders.html", "sphinxcontrib.bibtex"),
    "wavebook.weave",
)


def empty_book() -> None:
    """Sphinx on a book of one empty page, with the extensions of the stock tools."""
    from sphinx.application import Sphinx

    from wavebook.settings import settings

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "book").mkdir()
        (root / "book" / "index.md").write_text("# Empty\n")
        (root / "_toc.yml").write_text("format: jb-book\nroot: index\n")
        extensions = ["myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex"]
        config = {"title": "Empty", "sphinx": {"config": {"extensions": extensions, "html_theme": "basic"}}}
        (root / "_config.yml").write_text(json.dumps(config))
        overrides = {**settings(root), "bibtex_bibfiles": []}
        silent = {"status": None, "warning": io.StringIO()}
        out = str(root / "out")
        Sphinx(str(root / "book"), None, out, out, "html", confoverrides=overrides, **silent).build()


def book() -> None:
    """The book in the current folder."""
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from wavebook import build, execute, figures

    timed(execute, "run_notebooks", "notebooks")
    timed(figures, "load", "figures: load and check")
    timed(Sphinx, "__init__", "Sphinx: settings and extensions")
    timed(build, "settings", "Sphinx: settings and extensions")
    timed(Builder, "read", "pages: read")
    timed(Builder, "write", "pages: write")
    timed(build, "publish", "put in place")
    build.build(Path.cwd())


def main() -> None:
    with stage("imports"):
        for name in IMPORTS:
            importlib.import_module(name)
    if "--empty" in sys.argv:
        empty_book()
    else:
        with stage("all else: downloads, search, environment"):
            _RUNNING.append("all else: downloads, search, environment")
            book()
            _RUNNING.pop()
    print(json.dumps(_TAKEN))


if __name__ == "__main__":
    main()
