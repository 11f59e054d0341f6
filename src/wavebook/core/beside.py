"""Work that is done beside other work: by a thread at once, and by whoever waits for it at the end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial


class Beside:
    """Pieces of work that one other thread does, one after the other; use it in a ``with`` block."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._left: list[tuple[Future, Callable[[], object]]] = []
        self._last: list[Callable[[], object]] = []

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Finish; drop the work when the block that needs it failed."""
        if kind is None:
            self.finish()
        else:
            self.drop()

    def later(self, work: Callable, *arguments, **options) -> None:
        """Do ``work`` as soon as the other thread can."""
        bound = partial(work, *arguments, **options)
        self._left.append((self._thread.submit(bound), bound))

    def last(self, work: Callable[[], object]) -> None:
        """Do ``work`` only once all else is done, and not at all when something failed."""
        self._last.append(work)

    def finish(self) -> None:
        """Wait for all work, doing here what was not begun, the newest first.

        Raises what a piece of work raised.
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
        """Leave undone what was not begun, and wait for the rest."""
        self._left.clear()
        self._last.clear()
        self._thread.shutdown(cancel_futures=True)
