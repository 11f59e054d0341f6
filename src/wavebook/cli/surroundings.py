"""What a process expects of its surroundings and may be started without: open streams, a time zone that exists."""

from __future__ import annotations

import io
import os
import sys
import time


class UnheardError(OSError):
    """What a command says could not be written; what it did is done."""


def complete() -> None:
    """Complete the surroundings of this process, before it opens a file."""
    _open_streams()
    # Its threads take memory each, and sums in another order on machines with other numbers of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if max(abs(time.timezone), abs(time.altzone)) >= 86_400:  # a day off, where every library for dates gives up
        os.environ["TZ"] = "UTC"
        time.tzset()


def _open_streams() -> None:
    """Open closed streams to nothing: the next files would otherwise take their places, and be written to.

    Letters that a stream does not have are written as escapes.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
