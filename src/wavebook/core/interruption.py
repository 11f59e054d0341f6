"""The end of a run from outside: by Ctrl-C, by ``kill``, or as its terminal is closed: tidily, and said once."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread

PATIENCE = 3  # seconds in which an end should be complete
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interrupted(KeyboardInterrupt):
    """A signal to end, with its number: whatever stops at Ctrl-C stops at the others too."""

    def __init__(self, number: int):
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def orderly(end: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Raise Interrupted in this block at the first signal to end, after calling ``end``, as a library may swallow it.

    A second one within `PATIENCE` seconds adds nothing to an end under way; one after that ends this process at once,
    and with it all that it started. A signal that the caller of this program has chosen to ignore stays ignored.
    """
    first: list[float] = []

    def interrupt(number: int, _: object) -> None:
        if not first:
            first.append(time.monotonic())
            end()
            raise Interrupted(number)
        if time.monotonic() - first[0] > PATIENCE:
            os._exit(128 + number)

    with _heard_by(interrupt):
        yield


def told(interrupted: KeyboardInterrupt) -> int:
    """Say that a signal ended the run; return the exit code that shells know for it."""
    with suppress(OSError):  # the terminal may be what has gone
        print("interrupted; nothing was published", file=sys.stderr)
    return 128 + (interrupted.number if isinstance(interrupted, Interrupted) else signal.SIGINT)


def leave_at_once() -> None:
    """Let a signal to end be the end without another word: all is done, and what is left would say what it missed."""
    for number in _heard():
        signal.signal(number, lambda number, _: os._exit(128 + number))


@contextmanager
def _heard_by(handler: Callable[[int, object], None]) -> Iterator[None]:
    if current_thread() is not main_thread():  # nobody interrupts it
        yield
        return
    before = {number: signal.signal(number, handler) for number in _heard()}
    try:
        yield
    finally:
        for number, handled in before.items():
            signal.signal(number, handled)


def _heard() -> list[int]:
    return [number for number in _SIGNALS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
