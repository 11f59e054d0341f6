"""A run of Sphinx started by a command of this library, with the objects that the command gave to it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from inspect import ismethod
from types import SimpleNamespace
from typing import Any

from sphinx.application import Sphinx
from sphinx_external_toc import collectors

from wavebook.core.beside import Beside
from wavebook.figures import Figures
from wavebook.runs.execute import Results


@dataclass
class Given:
    """The objects that a run need not make itself.

    ``figures`` are those of its edition and ``results`` those of its notebooks, which may still be running; None where
    the run is to load or run them. ``beside`` does what need not be done before a page is written; who made it waits
    for it.
    """

    figures: Figures | None = None
    results: Future[Results] | None = None
    beside: Beside = field(default_factory=Beside)


class Application(Sphinx):
    """Sphinx with the objects that a command gave to it."""

    def __init__(self, given: Given, **settings) -> None:
        self.given = given  # before Sphinx's own, which loads the extensions
        super().__init__(**settings)

    def setup_extension(self, extname: str) -> None:
        """Set up an extension as Sphinx does."""
        with _found_among_listeners(self) if extname == "sphinx_external_toc" else nullcontext():
            super().setup_extension(extname)


@contextmanager
def _found_among_listeners(app: Sphinx) -> Iterator[None]:
    """Let the extension that puts Sphinx's collector of tables of contents aside find it among what listens to the app.

    By itself it looks through all objects of the process, of which there are hundreds of thousands.
    """
    handlers = [listener.handler for listeners in app.events.listeners.values() for listener in listeners]
    listening = [handler.__self__ for handler in handlers if ismethod(handler)]
    asking: Any = collectors
    whole, asking.gc = asking.gc, SimpleNamespace(get_objects=lambda: listening)
    try:
        yield
    finally:
        asking.gc = whole


def given_to(app: Sphinx) -> Given | None:
    """The objects that a command gave to this run; None when another program, such as Jupyter Book, started it."""
    return app.given if isinstance(app, Application) else None
