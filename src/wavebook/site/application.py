"""A run of Sphinx started by a command of this library, with the objects that the command gave to it."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field

from sphinx.application import Sphinx

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


def given_to(app: Sphinx) -> Given | None:
    """The objects that a command gave to this run; None when another program, such as Jupyter Book, started it."""
    return app.given if isinstance(app, Application) else None
