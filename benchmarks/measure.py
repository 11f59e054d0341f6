"""What a command costs, and how that varies."""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from wavebook.charts.renderer import ADDRESS

LIMIT = 900  # seconds; what takes longer hangs, and would keep all that comes after it from being measured


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor time with all children, and the process's largest memory in MiB."""

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
    """Ours, with compiled modules kept in ``folder``: as in an ordinary installation, and apart from it.

    A renderer that drew something for this process is not for what is measured.
    """
    found = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", ADDRESS)}
    return found | {"PYTHONPYCACHEPREFIX": str(folder)}


def command(arguments: list[object], folder: Path, env: dict[str, str]) -> Cost:
    """The cost of a command, of this Python's environment unless it is a path; raises when it fails or hangs."""
    name, *rest = map(str, arguments)
    path = Path(name) if "/" in name else Path(sys.executable).with_name(name)
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen([path, *rest], cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT)
        with ThreadPoolExecutor(1) as beside:
            ended = threading.Event()
            largest = beside.submit(_watch, process, ended)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            ended.set()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(map(str, arguments))} failed ({process.returncode}):\n{said.read().decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, largest.result())


def _watch(process: subprocess.Popen, ended: threading.Event) -> float:
    """The process's largest memory in MiB until it ended, or was killed as it took too long.

    What the system tells at the end (ru_maxrss) is never less than what this process had when it started the other.
    """
    largest, began = 0, time.monotonic()
    while not ended.wait(0.02):
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                largest = max(largest, int(found[1]))
        if time.monotonic() - began > LIMIT:
            process.kill()
    return largest / 1024


def load() -> float:
    """How many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def wait_until_quiet(seconds: float) -> None:
    """Wait for other work to end, at most so long."""
    end = time.monotonic() + seconds
    while load() > 0.5 and time.monotonic() < end:
        time.sleep(5)
