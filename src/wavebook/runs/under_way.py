"""Runs under way, which their starter can end at once: nobody waits for results that nobody will read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Endable(Protocol):
    """A run that another thread can end."""

    def kill(self) -> None:
        """End it, or keep it from beginning."""


class UnderWay:
    """Runs that have begun and not ended, of several threads, and whether there may be more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: list[Endable] = []
        self.ended = False

    @contextmanager
    def holding(self, run: Endable) -> Iterator[None]:
        """Count a run among those under way in this block; it ends at once when all have been ended already."""
        with self._lock:
            self._runs.append(run)
            if self.ended:
                run.kill()
        try:
            yield
        finally:
            with self._lock:
                self._runs.remove(run)

    def end(self) -> None:
        """End all runs under way, and each that begins after this."""
        with self._lock:
            self.ended = True
            for run in self._runs:
                run.kill()
