"""Continuation of a command in a process of its own, for files that can crash the libraries that read them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from wavebook.core.problems import Problem, fail


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
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
        return
    if code >= 0:
        raise SystemExit(code)
    from wavebook.survey.files.staging import Staging

    Staging(path)  # removes the child's leftovers
    found = f"cannot be read: what reads it crashed ({signal.Signals(-code).name})"
    action = "Save or export it again; if it is very large, use a machine with more memory."
    fail(Problem("W103", place, found, action))
