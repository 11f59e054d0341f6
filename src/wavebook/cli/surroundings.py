"""What a process expects of its surroundings and may be started without: open streams, a time zone that exists."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from wavebook.core import temporary


class UnheardError(OSError):
    """What a command says could not be written; what it did is done."""


def complete() -> None:
    """Complete the surroundings of this process, before it opens a file."""
    _open_streams()
    # Its threads take memory each, and sums in another order on machines with other numbers of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.umask(os.umask(0) & 0o077)  # a mask against oneself: what one has made could not be read again
    if max(abs(time.timezone), abs(time.altzone)) >= 86_400:  # a day off, where every library for dates gives up
        os.environ["TZ"] = "UTC"
        time.tzset()


@contextmanager
def room() -> Iterator[None]:
    """Let temporary files be in one folder during a block, and IPython's own too.

    Nothing of a person's profile then changes what notebooks make, and no home folder has to be there to be written.
    """
    given = os.environ.get("IPYTHONDIR")
    with temporary.room():
        os.environ["IPYTHONDIR"] = os.path.join(tempfile.gettempdir(), "ipython")
        try:
            yield
        finally:
            if given is None:
                del os.environ["IPYTHONDIR"]
            else:
                os.environ["IPYTHONDIR"] = given


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
