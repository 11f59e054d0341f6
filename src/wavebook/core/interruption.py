"""The end of a run from outside: by Ctrl-C, by ``kill``, or as its terminal is closed: tidily, and said once."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType

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
    Where Python cannot raise it, as while an object goes, it is raised a moment later; and an error that a library
    makes of it, as when the import of a library is cut off, counts as the signal, without what that says. What was
    under way goes before this block ends, and what a half-made object says as it goes is no news.
    """
    first: list[tuple[int, float]] = []
    late: list[int] = []  # the number of one that could not be raised, for a moment

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not first:
            if _is_within(frame, unraisable):
                later(number)
                return
            first.append((number, time.monotonic()))
            end()
            raise Interrupted(number)
        if time.monotonic() - first[0][1] > PATIENCE:
            os._exit(128 + number)

    def later(number: int) -> None:
        late[:] = [number]
        signal.signal(signal.SIGALRM, lambda _, frame: interrupt(number, frame))
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)  # takes no lock, which the code that was struck may hold

    def unraisable(found: sys.UnraisableHookArgs) -> None:
        if isinstance(found.exc_value, Interrupted):
            first.clear()
            later(found.exc_value.number)
        elif not first:
            before(found)

    before = sys.unraisablehook
    with _heard_by(interrupt), _without_alarm():
        sys.unraisablehook = unraisable
        try:
            yield
        except (Interrupted, SystemExit) as error:  # an exit has been told by whoever made it
            _let_go(error)
            raise
        except BaseException as error:  # a library in Rust may make a panic of it, which is no Exception
            if not first and not late:
                raise
            _let_go(error)
            raise Interrupted(first[0][0] if first else late[0]) from None
        finally:
            sys.unraisablehook = before


def _let_go(error: BaseException | None) -> None:
    """Let go of all that was under way when an error was raised, and those that it followed from."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__


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
def _heard_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
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


@contextmanager
def _without_alarm() -> Iterator[None]:
    """Leave no alarm behind that was set in this block, and what one meant before it."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGALRM)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGALRM) is not before:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)


def _is_within(frame: FrameType | None, function: Callable[..., None]) -> bool:
    while frame is not None and frame.f_code is not function.__code__:
        frame = frame.f_back
    return frame is not None


def _heard() -> list[int]:
    return [number for number in _SIGNALS if signal.getsignal(number) not in (signal.SIG_IGN, None)]
