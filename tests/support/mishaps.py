"""Runs that something happens to, at a chosen moment: the process is killed, or the disk is full or may not be written.

A server, started by ``Mishaps``, imports once what runs of a kind need and forks for every run. A moment is a change
of a file or folder: opening it to write, renaming, linking, removing. Python tells of each before it happens (its
audit events), so that no moment is left to chance.
"""

from __future__ import annotations

import errno
import importlib
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

FAULTS = {"full": errno.ENOSPC, "read-only": errno.EROFS}
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.utime", "os.chmod", "os.truncate"}


class Mishaps:
    """The server; ``run`` gives what became of one run."""

    def __enter__(self) -> Mishaps:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen([sys.executable, __file__], text=True, **pipes)
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(
        self, root: Path, call: str, *arguments, at: int = 0, fault: str = "kill", watch: Path | None = None
    ) -> dict:
        """What ``call`` (``module.function``, or ``wavebook`` for a command) did in ``root``.

        At the ``at``-th change below ``root`` the process is killed; with the fault ``full`` or
        ``read-only`` every change from then on is refused, as the system does. 0 is never.

        Returns
        -------
        dict
            ``code`` of the command or the process (-9 when killed), ``err``, and ``changes``: how many there were.
        """
        order = {"root": str(root), "call": call, "arguments": [str(a) for a in arguments], "at": at, "fault": fault}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


NEEDED = {
    "build": ("wavebook.cli", "wavebook.publish.build", "wavebook.site.extension", "myst_nb"),
    "estimate": ("wavebook.cli", "wavebook.survey.wave"),
}


# What runs of most kinds need, and what those need that make pages: imported before the first fork that needs it.
ALL = ("wavebook.cli", "wavebook.publish.archive", "wavebook.survey.wave")
PAGES = ("wavebook.site.extension", "myst_nb")


def _serve() -> None:
    for module in ALL:
        importlib.import_module(module)
    for line in sys.stdin:
        order = json.loads(line)
        name = order["arguments"][0] if order["call"] == "wavebook" else order["call"]
        for module in NEEDED.get(name, ("wavebook.cli", "wavebook.publish.archive")):
            importlib.import_module(module)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            os.write(write, json.dumps(_run(order)).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(told.decode() if told else json.dumps({"code": status, "err": "", "changes": order["at"]}), flush=True)


def _run(order: dict) -> dict:
    os.chdir(order["root"])
    changes = _listen(order)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = _call(order["call"], order["arguments"])
        except BaseException as error:
            code, said = 70, f"traceback: {type(error).__name__}: {error}"
            print(said, file=sys.stderr)
    return {"code": code, "err": err.getvalue(), "changes": changes[0]}


def _call(call: str, arguments: list[str]) -> int:
    if call == "wavebook":
        return importlib.import_module("wavebook.cli").main(arguments)
    module, _, function = call.rpartition(".")
    getattr(importlib.import_module(module), function)(*arguments)
    return 0


def lay(folder: str, made: str) -> None:
    """The last step of ``wavebook publish``: an edition of 2016 that is ``made`` is laid in ``folder``."""
    archive = importlib.import_module("wavebook.publish.archive")
    edition = archive.Frozen(Path(made), {"wave": "2016", "changes": []})
    archive._lay(Path(folder), {"2016": edition}, Path(made), "2016")


def _listen(order: dict) -> list[int]:
    """Count changes below the root, and let the mishap happen; the count is the list's one item."""
    count, watched = [0], order["root"]

    def heard(event: str, args: tuple) -> None:
        if event == "open":
            path, mode, flags = args
            writes = flags & (os.O_WRONLY | os.O_RDWR) if flags else any(c in str(mode) for c in "wax+")
        elif event in CHANGES:
            path, writes = args[0], True
        else:
            return
        if not writes or not isinstance(path, str | bytes | os.PathLike):
            return
        path = os.path.abspath(os.fsdecode(path))
        if not path.startswith(watched):
            return
        count[0] += 1
        if order["at"] and count[0] >= order["at"]:
            if order["fault"] == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif event not in ("os.remove", "os.rmdir"):
                raise OSError(FAULTS[order["fault"]], os.strerror(FAULTS[order["fault"]]), path)

    sys.addaudithook(heard)
    return count


if __name__ == "__main__":
    _serve()
