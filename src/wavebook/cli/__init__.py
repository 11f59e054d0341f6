"""The command line, for editors.

Nothing is imported here that Python has not imported already: until a command hears signals, Ctrl-C is Python's own,
which shows where in an import it was.
"""

from __future__ import annotations

import os
import sys


def command() -> None:
    """The command ``wavebook``: the main function of a process that has nothing else to do."""
    import _signal  # type: ignore[import-not-found]  # built in; signal itself takes as long as all before it

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:  # else the caller has chosen to ignore it
        _signal.signal(_signal.SIGINT, _nothing_begun)
    import atexit
    import gc
    from contextlib import suppress

    from wavebook.cli import surroundings
    from wavebook.core import interruption

    code = 1
    surroundings.complete()
    ends: list = []  # functions

    @atexit.register  # registered first, so run last: taking apart Sphinx's objects costs half a second
    def end() -> None:
        with suppress(OSError):
            sys.stdout.flush()
        for done in ends:
            done()
        os._exit(code)

    gc.set_threshold(20_000, 20, 50)  # nearly all of Sphinx's objects live to the end: 0.5 s less, 10 MB more
    try:
        with interruption.orderly():
            from wavebook.cli import apart  # once signals are heard: imports take longer than all before it

            ends += apart.where_confined()
            code = main()
            interruption.leave_at_once()
    except SystemExit as stopped:
        if type(stopped) is not SystemExit:  # a child's end, which is told by that child alone
            ends.clear()
        code = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    except KeyboardInterrupt as interrupted:
        code = interruption.told(interrupted)
    interruption.leave_at_once()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for incorrect usage."""
    from wavebook.cli import running

    return running.main(arguments)


def _nothing_begun(number: int, _: object) -> None:
    """End at once at a signal: there is nothing to tidy up yet."""
    try:
        os.write(2, b"interrupted; nothing was published\n")  # as interruption.told, of which half may be imported
    finally:
        os._exit(128 + number)
