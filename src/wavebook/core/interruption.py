"""The end of a run from outside: by Ctrl-C, by ``kill``, or as its terminal is closed: tidily, and said once."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer, current_thread, main_thread

PATIENCE = 3  # seconds in which an end should be complete
_AGAIN = 0.01  # seconds after which a signal that went unheard is raised again
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
    Where Python cannot raise it, as while an object goes, it is raised again; and an error that a library makes of it,
    as when the import of a library is cut off, counts as the signal, without what that says.
    """
    first: list[tuple[int, float]] = []

    def interrupt(number: int, _: object) -> None:
        if not first:
            first.append((number, time.monotonic()))
            end()
            raise Interrupted(number)
        if time.monotonic() - first[0][1] > PATIENCE:
            os._exit(128 + number)

    def again(number: int) -> None:
        first.clear()
        os.kill(os.getpid(), number)

    def unraisable(found: sys.UnraisableHookArgs) -> None:
        struck = found.exc_value
        try:
            if not isinstance(struck, Interrupted):
                before(found)
                return
        except Interrupted as here:
            struck = here
        Timer(_AGAIN, again, [struck.number]).start()  # until then, another signal adds nothing

    before = sys.unraisablehook
    with _heard_by(interrupt):
        sys.unraisablehook = unraisable
        try:
            yield
        except Exception:
            if first:
                raise Interrupted(first[0][0]) from None
            raise
        finally:
            sys.unraisablehook = before


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
            if signal.getsignal(number) is handler:
                signal.signal(number, handled)


def _heard() -> list[int]:
    return [number for number in _SIGNALS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
