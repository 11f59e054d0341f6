"""The memory that there is, against what work takes: said before it is begun, with both amounts."""

from __future__ import annotations

import math
import mmap
import os
import resource
import signal
import subprocess
import sys

import pytest

from wavebook.core import memory
from wavebook.core.memory import ANSWERS, DRAWING, PAGES, Limits
from wavebook.core.problems import ProblemsError

MIB = 1 << 20


@pytest.mark.parametrize("need", [PAGES, DRAWING, ANSWERS])
def test_what_is_exactly_enough_is_enough(need):
    enough = Limits(need.addresses, need.data, need.memory)
    assert enough.lack(need) is None
    for name, limit in (("addresses", "ulimit -v"), ("data", "ulimit -d"), ("memory", "this machine")):
        less = Limits(**{**vars(enough), name: getattr(need, name) - 1})
        problem = less.lack(need)
        assert problem is not None
        assert (problem.code, problem.place) == ("W507", limit)
        assert f"{getattr(need, name) - 1:,} MB" in problem.found
        assert problem.found.endswith(f"{need.what} takes {getattr(need, name):,} MB")
        assert ("unlimited" in problem.action) == (name != "memory")
    assert Limits().lack(need) is None


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(), "W507 this machine: has too little memory for this."),
        (Limits(math.inf, math.inf, 100), "W507 this machine: has too little memory for this."),
        (Limits(1_000, 4_000, 16_000), "W507 ulimit -v: allows 1,000 MB, which is too little for this."),
        (Limits(math.inf, 600, 16_000), "W507 ulimit -d: allows 600 MB, which is too little for this."),
    ],
)
def test_work_that_runs_out_of_memory_is_told_by_the_narrowest_limit(limits, said):
    assert str(limits.full()).splitlines()[0] == said


def _machine(folder, *, available, swap=0, groups=""):
    (folder / "proc/self").mkdir(parents=True)
    lines = f"MemTotal: 9999999 kB\nMemAvailable: {available * 1024} kB\nSwapFree: {swap * 1024} kB\n"
    (folder / "proc/meminfo").write_text(lines)
    (folder / "proc/self/cgroup").write_text(groups)
    return folder / "cgroup", folder / "proc"


def _group(folder, path, name, limit):
    (folder / "cgroup" / path).mkdir(parents=True, exist_ok=True)
    (folder / "cgroup" / path / name).write_text(f"{limit}\n")


def test_a_machine_has_what_is_available_and_its_swap(tmp_path):
    assert memory.limits(*_machine(tmp_path, available=300, swap=50)).memory == 350


def test_the_narrowest_group_of_processes_counts(tmp_path):
    where = _machine(tmp_path, available=8_000, groups="0::/user/session\n")
    _group(tmp_path, "", "memory.max", "max")
    _group(tmp_path, "user", "memory.max", 700 * MIB)
    _group(tmp_path, "user/session", "memory.max", 900 * MIB)
    assert memory.limits(*where).memory == 700


def test_a_container_sees_its_own_group_at_the_top(tmp_path):
    where = _machine(tmp_path, available=8_000, groups="5:cpu:/docker/abc\n4:memory:/docker/abc\n0::/\n")
    _group(tmp_path, "memory", "memory.limit_in_bytes", 512 * MIB)
    _group(tmp_path, "cpu/docker/abc", "memory.limit_in_bytes", MIB)
    assert memory.limits(*where).memory == 512


def test_a_system_that_says_nothing_limits_nothing(tmp_path):
    assert memory.limits(tmp_path, tmp_path).memory == math.inf


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (MemoryError(), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (ImportError("libx.so: cannot allocate memory in static TLS block"), True),
        (RuntimeError("can't start new thread"), True),
        (ImportError("No module named 'polars'"), False),
        (SystemError("error return without exception set"), False),
        (RuntimeError("dictionary changed size during iteration"), False),
    ],
)
def test_what_libraries_say_without_memory_is_known(monkeypatch, error, is_one):
    monkeypatch.setattr(memory, "is_confined", lambda: False)
    assert memory.is_lack(error) is is_one
    monkeypatch.setattr(memory, "is_confined", lambda: True)
    assert memory.is_lack(error) is (is_one or isinstance(error, ImportError | SystemError))


def test_pages_that_are_read_may_ask_for_statistics():
    """As no file outside the book may be opened then, but for those of packages."""
    script = (
        "import sys; from wavebook.core import memory;"
        "watch = lambda name, told: name == 'open' and str(told[0]).startswith(('/proc', '/sys')) and exit(3);"
        "sys.addaudithook(watch);"
        "memory.special(); memory.is_lack(ImportError())"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0


def test_statistics_are_not_imported_where_they_would_wait_for_ever(monkeypatch):
    def full(_, size):
        assert size >= 100 * MIB
        raise OSError(12, "Cannot allocate memory")

    memory.special.cache_clear()
    with monkeypatch.context() as narrow:
        narrow.setattr(mmap, "mmap", full)
        with pytest.raises(MemoryError):
            memory.special()
    assert memory.special().ndtr(0) == 0.5


def test_an_import_that_asks_for_ever_is_ended_by_the_system(tmp_path):
    (tmp_path / "scipy.py").write_text("while True: pass")
    script = (
        "import resource; from wavebook.core import memory; memory._PATIENCE = 0.3;"
        f"resource.setrlimit(resource.RLIMIT_DATA, ({1000 * MIB}, {1000 * MIB})); memory.special()"
    )
    order = [sys.executable, "-c", script]
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(order, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=30, check=False)
    assert done.returncode == -signal.SIGPROF


DRAW = """
import resource, sys
resource.setrlimit(getattr(resource, sys.argv[1]), (int(sys.argv[2]) << 20,) * 2)
import vl_convert
vl_convert.vegalite_to_svg('{"mark": "point", "data": {"values": []}}')
"""


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "least"), [("RLIMIT_AS", DRAWING.addresses), ("RLIMIT_DATA", DRAWING.data)])
def test_drawing_takes_what_is_said_of_it_and_not_much_less(limit, least):
    def code(mebibytes):
        order = [sys.executable, "-c", DRAW, limit, str(mebibytes)]
        return subprocess.run(order, capture_output=True, check=False, timeout=60).returncode

    assert code(least * 21 // 20) == 0
    assert code(least * 19 // 20) != 0


def test_a_need_is_refused_with_its_amounts(monkeypatch):
    limits = {resource.RLIMIT_AS: resource.RLIM_INFINITY, resource.RLIMIT_DATA: 550 * MIB}
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (limits[kind], resource.RLIM_INFINITY))
    assert memory.limits().confined
    assert memory.is_confined()
    with pytest.raises(ProblemsError, match="allows 550 MB of data, and drawing charts takes 570 MB"):
        memory.need(DRAWING)
