"""Continuation of a command in a process of its own, for files that can crash the libraries that read them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wavebook.core import memory
from wavebook.core.problems import Problem, ProblemsError, fail, refusal


class EndedAsChild(SystemExit):
    """The end of a process whose child did the work, and said what was to be said."""


def stand_apart(path: Path, place: str) -> None:
    """Go on in a process of its own: a damaged respondent file can crash the libraries that read it.

    The child is limited to the machine's memory, and the libraries' messages about a crash are not shown. The parent
    does not return: it ends as its child does, and ends the child when it is killed itself.

    Raises ProblemsError (W103) in the parent when the child crashed; ``place`` names the file at ``path``.
    """
    if not hasattr(os, "fork"):
        return
    import resource

    from wavebook.core import processes

    code = processes.go_on_in_fork()
    if code is None:
        processes.leave_no_core()
        _hide_words_of_libraries()
        all_of_it = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if soft == resource.RLIM_INFINITY or soft > all_of_it:
            resource.setrlimit(resource.RLIMIT_DATA, (all_of_it, hard))
        return
    if code >= 0:
        raise EndedAsChild(code)
    if code == -signal.SIGABRT and (limits := memory.limits()).confined:  # as Rust ends
        fail(limits.full())
    from wavebook.survey.files.staging import Staging

    Staging(path)  # removes the child's leftovers
    found = f"cannot be read: what reads it crashed ({signal.Signals(-code).name})"
    action = "Save or export it again; if it is very large, use a machine with more memory."
    fail(Problem("W103", place, found, action))


def _hide_words_of_libraries() -> None:
    sys.stderr = os.fdopen(os.dup(sys.stderr.fileno()), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def where_confined() -> list[Callable[[], object]]:
    """Go on in a process of its own where the memory of each is limited; return what that one calls as it ends.

    Libraries in C that get no memory end the process, some with words of their own, which are not shown. The parent
    does not return: it ends as its child does, and says (W507) what became of one that ended without that call.
    """
    if not hasattr(os, "fork") or not memory.is_confined():
        return []
    from wavebook.core import processes

    said, saying = os.pipe()
    code = processes.go_on_in_fork()
    if code is None:
        _hide_words_of_libraries()
        return [lambda: os.write(saying, b".")]
    os.set_blocking(said, False)
    with suppress(BlockingIOError):  # nothing was said
        os.read(said, 1)
        raise SystemExit(code)
    if code <= 128:  # else a signal was sent to end it
        print(refusal(ProblemsError([memory.limits().full()])), file=sys.stderr)
    raise SystemExit(max(1, code))
