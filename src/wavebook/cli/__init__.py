"""The command line, for editors."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

from wavebook.cli import surroundings
from wavebook.core import interruption


def command() -> None:
    """The command ``wavebook``: the main function of a process that has nothing else to do."""
    code = 1
    surroundings.complete()

    @atexit.register  # registered first, so run last: taking apart Sphinx's objects costs half a second
    def end() -> None:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)

    gc.set_threshold(20_000, 20, 50)  # nearly all of Sphinx's objects live to the end: 0.5 s less, 10 MB more
    try:
        with interruption.orderly():
            code = main()
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    except KeyboardInterrupt as interrupted:
        code = interruption.told(interrupted)
    interruption.leave_at_once()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for incorrect usage."""
    from wavebook.cli import running  # once signals are heard: this takes longer than all before it

    return running.main(arguments)
