"""Work done alongside other work: in a second thread, or in the end by the thread that waits for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial


class Beside:
    """Pieces of work that one other thread does in turn; use it in a ``with`` block."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._left: list[tuple[Future, Callable[[], object]]] = []
        self._last: list[Callable[[], object]] = []

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Finish the work, or drop it when the block that needs it failed."""
        if kind is None:
            self.finish()
        else:
            self.drop()

    def later(self, work: Callable, *arguments, **options) -> None:
        """Do ``work`` as soon as the other thread is free."""
        bound = partial(work, *arguments, **options)
        self._left.append((self._thread.submit(bound), bound))

    def last(self, work: Callable[[], object]) -> None:
        """Do ``work`` once everything else is done, and not at all when something failed."""
        self._last.append(work)

    def finish(self) -> None:
        """Wait for all work, and do what has not begun in this thread, newest first.

        Raises the exception that a piece of work raised.
        """
        while self._left:
            begun, work = self._left.pop()
            if begun.cancel():
                work()
            else:
                begun.result()
        while self._last:
            self._last.pop(0)()
        self._thread.shutdown(wait=False)

    def drop(self) -> None:
        """Drop the work that has not begun, and wait for the rest."""
        self._left.clear()
        self._last.clear()
        self._thread.shutdown(cancel_futures=True)
