"""Run as a command in a book's folder: builds it once and prints, as JSON, what each stage and each process took.

With --empty: the floor, an interpreter with the same imports and Sphinx on an empty book.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

_TAKEN: dict[str, float] = {}  # by the main thread; what others do beside it is no stage
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
        if threading.current_thread() is not threading.main_thread():
            return function(*args, **options)
        with stage(name):
            _RUNNING.append(name)
            try:
                return function(*args, **options)
            finally:
                _RUNNING.pop()

    setattr(owner, attribute, wrapped)


IMPORTS = (
    *("myst_nb", "sphinx.application", "sphinx.builders.html", "sphinxcontrib.bibtex"),
    "wavebook.site.extension",
)


def imports() -> None:
    """All that a build imports."""
    with stage("imports"):
        for name in IMPORTS:
            importlib.import_module(name)


def empty_book() -> None:
    """Sphinx on a book of one empty page, with the extensions of the stock tools."""
    from sphinx.application import Sphinx

    from wavebook.site.settings import settings

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
    from wavebook.publish import build

    make = build.make_pages

    def timed_pages(*arguments, **options):
        imports()
        time_sphinx()
        return make(*arguments, **options)

    build.make_pages = timed_pages  # what takes long to start has begun, and Sphinx is not imported yet
    timed(build, "publish", "put in place")
    build.build(Path.cwd())


def time_sphinx() -> None:
    """Count what Sphinx calls to its stages."""
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from wavebook import figures
    from wavebook.core.beside import Beside
    from wavebook.site import loading, sphinx

    timed(loading, "_results", "waiting for the notebooks")
    timed(Beside, "finish", "pictures that are not drawn yet")
    timed(figures, "load", "figures: load and check")
    timed(Sphinx, "__init__", "Sphinx: settings and extensions")
    timed(sphinx, "settings", "Sphinx: settings and extensions")
    timed(Builder, "read", "pages: read")
    timed(Builder, "write", "pages: write")


def by_process() -> dict[str, float]:
    """Processor seconds of a build that is done, by process; ends the others."""
    from wavebook.charts import renderer
    from wavebook.runs import server

    def others() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    server.stop()
    runs = others()
    renderer.stop()
    return {"notebooks": runs, "drawing": others() - runs, "pages, and all else": time.process_time()}


def main() -> None:
    if "--empty" in sys.argv:
        imports()
        empty_book()
    else:
        with stage("all else: search, environment, tables"):
            _RUNNING.append("all else: search, environment, tables")
            book()
            _RUNNING.pop()
    print(json.dumps({"stages": _TAKEN, "processes": by_process()}))


if __name__ == "__main__":
    main()
