"""What a command costs, and how that varies."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MEBI = 1024  # ru_maxrss is in KiB


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor time with all children, and the largest process in MiB."""

    wall: float
    cpu: float
    memory: float = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


@dataclass(frozen=True)
class Spread:
    """Median, smallest and largest of several measurements."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        values = list(values)
        return cls(statistics.median(values), min(values), max(values))

    def text(self, digits: int = 2) -> str:
        low, high = f"{self.low:.{digits}f}", f"{self.high:.{digits}f}"
        middle = f"{self.median:.{digits}f}"
        return middle if low == high else f"{middle} ({low}–{high})"


def environment(folder: Path) -> dict[str, str]:
    """Ours, with compiled modules kept in ``folder``: as in an ordinary installation, and apart from it."""
    found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return found | {"PYTHONPYCACHEPREFIX": str(folder)}


def command(arguments: list[object], folder: Path, env: dict[str, str]) -> Cost:
    """The cost of a command of this Python's environment; raises when it fails."""
    name, *rest = map(str, arguments)
    path = Path(sys.executable).with_name(name)
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen([path, *rest], cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(map(str, arguments))} failed:\n{said.read().decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / MEBI)


def load() -> float:
    """How many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def wait_until_quiet(seconds: float) -> None:
    """Wait for other work to end, at most so long."""
    end = time.monotonic() + seconds
    while load() > 0.5 and time.monotonic() < end:
        time.sleep(5)
