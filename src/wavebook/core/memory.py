"""The memory that a process may have, and what work takes at least: what cannot be done is said before it is begun.

Libraries in C that get no memory end the process, or ask again for ever, and say nothing that helps an editor.
"""

from __future__ import annotations

import functools
import math
import mmap
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from wavebook.core.problems import Problem, fail

try:
    import resource
except ImportError:  # Windows, which these modules' types do not cover
    resource = None  # type: ignore[assignment]

_MIB = 1 << 20
_ACTION = "End other programs, or use a larger machine, and run it again."
_GROUPS, _MACHINE = Path("/sys/fs/cgroup"), Path("/proc")


@dataclass(frozen=True)
class Need:
    """The least that work takes, in MiB: addresses and data of its largest process, and memory in all of them."""

    what: str
    addresses: int
    data: int
    memory: int


# Measured on the smallest books, on two cores: under less, none of these has ever been done.
PAGES = Need("making pages", 510, 245, 160)
DRAWING = Need("drawing charts", 66_000, 570, 350)
"""The engine of JavaScript takes 64 GiB of addresses at once, and uses next to nothing of them."""
ANSWERS = Need("reading answers", 1_500, 280, 130)
_STATISTICS = 160 * _MIB
"""What SciPy's functions take while they are imported."""
_PATIENCE = 15
"""Seconds at work in which they are imported, on any machine."""
_AMPLE = 2_048
"""MiB of data that no library lacks when it is imported."""


@dataclass(frozen=True)
class Limits:
    """What this process may have, in MiB; infinite where nothing limits it."""

    addresses: float = math.inf
    data: float = math.inf
    memory: float = math.inf

    @property
    def confined(self) -> bool:
        """Tell whether each process has a limit of its own: libraries then get no memory where the machine has some."""
        return self.addresses < DRAWING.addresses or self.data < _AMPLE

    def lack(self, need: Need) -> Problem | None:
        """The problem that keeps ``need`` from being done; None where there is enough."""
        for limit, name, has, takes in (
            (self.addresses, "ulimit -v", "allows {} MB of addresses", need.addresses),
            (self.data, "ulimit -d", "allows {} MB of data", need.data),
            (self.memory, "this machine", "has {} MB of memory to spare", need.memory),
        ):
            if limit < takes:
                found = f"{has.format(f'{limit:,.0f}')}, and {need.what} takes {takes:,} MB"
                lifted = f"Run it where there is no such limit: {name} unlimited."
                return Problem("W507", name, found, lifted if name.startswith("ulimit") else _ACTION)
        return None

    def full(self) -> Problem:
        """The problem of work that began, and then got no more memory."""
        least, name = min((self.addresses, "ulimit -v"), (self.data, "ulimit -d"), (self.memory, "this machine"))
        allowed = f"allows {least:,.0f} MB, which is too little for this"
        return Problem(
            "W507", name, allowed if name.startswith("ulimit") else "has too little memory for this", _ACTION
        )


def limits(groups: Path = _GROUPS, machine: Path = _MACHINE) -> Limits:
    """The limits of this process, of the groups of processes that it is in, and of the machine."""
    memory = min(_spare(machine), *_of_groups(groups, machine), math.inf) / _MIB
    return replace(_own_limits(), memory=memory)


def is_confined() -> bool:
    """Tell whether this process has a limit of its own; asks no file, as pages that are read may not."""
    return _own_limits().confined


def _own_limits() -> Limits:
    if resource is None:
        return Limits()
    own = [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    return Limits(*(math.inf if limit == resource.RLIM_INFINITY else limit / _MIB for limit in own))


def need(what: Need) -> None:
    """Raise ProblemsError (W507), with the amounts, where there is too little memory for this."""
    if problem := limits().lack(what):
        fail(problem)


def is_lack(error: BaseException) -> bool:
    """Tell whether an error is how a library, or Python, puts that it got no memory."""
    if isinstance(error, MemoryError):
        return True
    said = str(error)
    if isinstance(error, ImportError) and ("failed to map segment" in said or "annot allocate memory" in said):
        return True
    if isinstance(error, RuntimeError) and "can't start new thread" in said:
        return True
    return is_confined() and isinstance(error, ImportError | SystemError)


@functools.cache
def special() -> ModuleType:
    """SciPy's special functions, imported when they are first needed.

    Raises MemoryError where there is no room for them: the library below them would ask for it for ever. Another thread
    may take it meanwhile: the system then ends this process.
    """
    with suppress(ValueError):  # of a system that gives no pieces of this size
        try:
            mmap.mmap(-1, _STATISTICS).close()
        except OSError as error:
            raise MemoryError from error
    confined = is_confined()
    if confined:
        signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
    try:
        from scipy import special
    finally:
        if confined:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return special


def _spare(machine: Path) -> float:
    """The bytes that this machine could give, its swap included; infinite where it does not say."""
    with suppress(OSError, ValueError, KeyError, IndexError):
        lines = (machine / "meminfo").read_text(encoding="utf-8").splitlines()
        said = {name: amount for name, _, amount in (line.partition(":") for line in lines)}
        return sum(int(said[name].split()[0]) * 1024 for name in ("MemAvailable", "SwapFree"))
    return math.inf


def _of_groups(groups: Path, machine: Path) -> Iterator[float]:
    """The limits in bytes of the groups that this process is in, by both systems that Linux has for them."""
    with suppress(OSError, ValueError):
        for line in (machine / "self" / "cgroup").read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds and "memory" not in kinds.split(","):
                continue
            for top in (groups / "memory",) if kinds else (groups, groups / "unified"):
                own = Path(path.lstrip("/"))
                for group in (own, *own.parents):
                    for name in ("memory.max", "memory.limit_in_bytes"):
                        with suppress(OSError, ValueError):  # ValueError: "max"
                            yield int((top / group / name).read_text(encoding="utf-8"))
