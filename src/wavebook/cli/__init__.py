"""The command line, for editors."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from wavebook.cli.apart import stand_apart
from wavebook.cli.commands import parser
from wavebook.cli.terminal import say
from wavebook.core import extras
from wavebook.core.problems import Problem, ProblemsError, counted


def command() -> None:
    """The command ``wavebook``: the main function of a process that has nothing else to do."""
    code = 1

    @atexit.register  # registered first, so run last: taking apart Sphinx's objects costs half a second
    def end() -> None:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)

    gc.set_threshold(20_000, 20, 50)  # nearly all of Sphinx's objects live to the end: 0.5 s less, 10 MB more
    try:
        code = main()
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for incorrect usage."""
    options = parser().parse_args(arguments)
    try:
        if "needs" in options:  # an extra, and the command that needs it
            extras.need(*options.needs)
        if arguments is None and "respondents" in options:  # a function of the options: the file, and what to call it
            stand_apart(*options.respondents(options))
        code = options.run(options)
        sys.stdout.flush()
        return code
    except ProblemsError as error:
        problems = error
    except BrokenPipeError:  # the reader of a listing has seen enough, as in `wavebook check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        action = "Make room, or change who may read and write there, and run it again: nothing has to be cleaned up."
        found = f"cannot be used: {error.strerror or error}"
        problems = ProblemsError([Problem("W506", str(error.filename or "the disk"), found, action)])
    except MemoryError:
        action = "End other programs, or use a larger machine, and run it again."
        problems = ProblemsError([Problem("W507", "this machine", "has too little memory for this", action)])
    except KeyboardInterrupt:
        say("interrupted; nothing was published", file=sys.stderr)
        return 130
    except Exception as error:  # without its message, which may quote respondents' answers
        frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
        place = f"{Path(frame.f_code.co_filename).name}:{line}"
        action = "This is a fault in this program: report this line with the command that you ran."
        problems = ProblemsError([Problem("W508", place, f"met a {type(error).__name__}", action)])
    say(f"{problems}\n\n{counted(problems.problems)}; nothing was published.", file=sys.stderr)
    return 1
