"""One command from its arguments to its exit code, and what an editor is told when it could not be done."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from contextlib import nullcontext, suppress
from pathlib import Path

from wavebook.cli.apart import stand_apart
from wavebook.cli.commands import parser
from wavebook.cli.surroundings import UnheardError, room
from wavebook.cli.terminal import heard, say
from wavebook.core import extras, interruption, memory
from wavebook.core.problems import Problem, ProblemsError, refusal

_FULL = ProblemsError([memory.limits().full()])
"""Made beforehand: once the memory is full there is none for its text."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for incorrect usage."""
    options = parser().parse_args(arguments)
    kept = room() if arguments is None else nullcontext()  # a process with nothing else to do
    try:
        with interruption.orderly(), kept:  # what a library makes of a signal is told as the signal
            if "needs" in options:  # an extra, and the command that needs it
                extras.need(*options.needs)
            if arguments is None and "respondents" in options:  # a function of the options: the file, and its name
                memory.need(memory.ANSWERS)
                stand_apart(*options.respondents(options))
            code = options.run(options)
            heard()
            return code
    except ProblemsError as error:
        problems = error
    except BrokenPipeError:  # the reader of a listing has seen enough, as in `wavebook check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except UnheardError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        found, action = (
            f"cannot be written: {error.strerror}",
            "Make room for it, and ask again: what was done is done.",
        )
        with suppress(OSError):  # it may be this one
            say(Problem("W550", "what this command says", found, action), file=sys.stderr)
        return 1
    except OSError as error:
        action = "Make room, or change who may read and write there, and run it again: nothing has to be cleaned up."
        found = f"cannot be used: {error.strerror or error}"
        copied = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # from the first to the second, which is full
        place = (error.filename2 if copied else None) or error.filename or "the disk"
        problems = ProblemsError([Problem("W506", str(place), found, action)])
    except MemoryError:
        problems = _FULL
    except KeyboardInterrupt as interrupted:
        return interruption.told(interrupted)
    except Exception as error:  # without its message, which may quote respondents' answers
        if memory.is_lack(error):
            problems = _FULL
        else:
            frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
            place = f"{Path(frame.f_code.co_filename).name}:{line}"
            action = "This is a fault in this program: report this line with the command that you ran."
            problems = ProblemsError([Problem("W508", place, f"met a {type(error).__name__}", action)])
    say(refusal(problems), file=sys.stderr)
    return 1
