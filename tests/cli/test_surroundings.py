"""A command in odd surroundings: it does its work, or says in a sentence what is wrong."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from sweeps import often

import book
from wavebook.cli import surroundings

UNHEARD = (
    "W550 what this command says: cannot be written: No space left on device.\n"
    "     Make room for it, and ask again: what was done is done.\n"
)
FULL = partial(os.open, "/dev/full", os.O_WRONLY)


def _shut(*numbers: int) -> None:
    for number in numbers:
        os.close(number)


def _fill(*numbers: int) -> None:
    for number in numbers:
        os.dup2(FULL(), number)


def _break(*numbers: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for number in numbers:
        os.dup2(writing, number)


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


@dataclass(frozen=True)
class Odd:
    """Surroundings of a process: what is done in it before it begins, its environment, and options of Python."""

    begin: Callable[[], object] | None = None
    env: dict[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    code: int = 0
    err: str = ""
    silent: bool = False  # nobody can read what it says

    def run(self, folder: Path, *arguments: str, within: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
        env = {name: value for name, value in {**os.environ, **self.env}.items() if value is not None}
        command = [*within, sys.executable, *self.options, "-m", "wavebook", *arguments]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.run(command, cwd=folder, env=env, preexec_fn=self.begin, timeout=300, check=False, **pipes)


ODD = {
    "no input": Odd(partial(_shut, 0)),
    "no output": Odd(partial(_shut, 1), silent=True),
    "no errors": Odd(partial(_shut, 2)),
    "no streams": Odd(partial(_shut, 0, 1, 2), silent=True),
    "full output": Odd(partial(_fill, 1), code=1, err=UNHEARD, silent=True),
    "full output and errors": Odd(partial(_fill, 1, 2), code=1, silent=True),
    "full errors": Odd(partial(_fill, 2)),
    "broken output": Odd(partial(_break, 1), code=1, silent=True),
    "broken output and errors": Odd(partial(_break, 1, 2), code=1, silent=True),
    "a strict mask": Odd(partial(os.umask, 0o777)),
    "no mask": Odd(partial(os.umask, 0)),
    "sixty-four files": Odd(partial(_limit, resource.RLIMIT_NOFILE, 64)),
    "no new process": Odd(partial(_limit, resource.RLIMIT_NPROC, 1)),
    "one core": Odd(lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])),
    "optimised": Odd(options=("-OO",)),
    "no home": Odd(env={"HOME": None}),
    "a home that is not there": Odd(env={"HOME": "/nowhere"}),
    "no folder for anybody's own files": Odd(
        env={"HOME": "/proc", "IPYTHONDIR": "/proc/x", "XDG_CACHE_HOME": "/proc/x"}
    ),
    "no folder for temporary files": Odd(env={"TMPDIR": "/nowhere"}),
    "no path": Odd(env={"PATH": None}),
    "the language C": Odd(env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "Turkish": Odd(env={"LC_ALL": "tr_TR.UTF-8"}),
    "a language that is not there": Odd(env={"LC_ALL": "xx_XX.UTF-8"}),
    "letters of 1963": Odd(env={"PYTHONIOENCODING": "ascii:strict"}),
    "a time zone that is none": Odd(env={"TZ": "../../etc/passwd"}),
    "a time zone more than a day off": Odd(env={"TZ": "UTC+25"}),
    "a terminal of no width": Odd(env={"COLUMNS": "0", "TERM": ""}),
}


OFTEN = (
    *("no output", "no errors", "no streams", "full output", "broken output", "a strict mask", "optimised", "no home"),
    *("a home that is not there", "letters of 1963"),
)


@pytest.mark.parametrize("name", often(ODD, *OFTEN))
def test_a_command_answers_in_odd_surroundings(tmp_path, name):
    odd = ODD[name]
    done = odd.run(tmp_path, "explain", "W213")
    assert (done.returncode, done.stderr) == (odd.code, odd.err)
    if not odd.silent:
        assert done.stdout.startswith("W213: ")


def test_a_problem_is_not_told_where_the_output_goes_when_errors_are_closed(tmp_path):
    done = Odd(partial(_shut, 2)).run(tmp_path, "explain", "W999")
    assert (done.returncode, done.stdout) == (2, "")


def test_letters_that_the_output_does_not_have_are_escapes(tmp_path):
    done = Odd(env={"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}).run(tmp_path, "explain", "W529")
    assert done.returncode == 0
    assert "table \\u201cRegion Grade" in done.stdout


@pytest.mark.parametrize("zone", ["UTC+25", "UTC-167", "AAA0BBB-48,M3.2.0,M11.1.0"])
def test_a_time_zone_that_no_library_knows_is_taken_for_the_world_s(monkeypatch, zone):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        surroundings.complete()
        assert (os.environ["TZ"], time.timezone, time.altzone) == ("UTC", 0, 0)
    time.tzset()


def test_a_time_zone_that_is_one_stays(monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        surroundings.complete()
        assert os.environ["TZ"] == "Pacific/Kiritimati"
    time.tzset()


# --- a whole book ---------------------------------------------------------------------------------------


def _elsewhere(script: str) -> tuple[str, ...]:
    """A shell that changes what this process alone sees of the disks, and then runs the command."""
    return ("unshare", "-m", "sh", "-c", f'{script} && exec "$@"', "-")


WITHIN = {
    "shared memory that cannot be written": _elsewhere("mount -t tmpfs -o ro none /dev/shm"),
    "shared memory of a page": _elsewhere("mount -t tmpfs -o size=4k none /dev/shm"),
    "a clock before computers": ("faketime", "1970-01-02 00:00:00"),
    "a clock at the end of 32 bits": ("faketime", "2038-01-19 03:14:05"),
    "a clock of the next century": ("faketime", "2101-03-01 12:00:00"),
    "a disk of 100 kB": _elsewhere("mount -t tmpfs -o size=100k none _build"),
    "a disk of 1 MB": _elsewhere("mount -t tmpfs -o size=1m none _build"),
    "a disk of 2 MB": _elsewhere("mount -t tmpfs -o size=2m none _build"),
    "a book that cannot be written": _elsewhere('mount --bind . "$PWD" && mount -o remount,bind,ro "$PWD"; cd "$PWD"'),
    "a folder that another user owns": ("setpriv", "--reuid=54321", "--clear-groups"),
    "memory of 300 MB": ("prlimit", f"--as={300 << 20}"),
    "memory of 700 MB": ("prlimit", f"--as={700 << 20}"),
    "memory of 3 GB": ("prlimit", f"--as={3 << 30}"),
    "files of 50 kB": ("prlimit", f"--fsize={50_000}"),
    "optimised notebooks": ("env", "PYTHONOPTIMIZE=2"),
    "the folder of pages": ("env", "-C", "book"),
    "a folder that is gone": ("sh", "-c", 'mkdir -p gone && cd gone && rmdir ../gone && exec "$@"', "-"),
}
NAMED = re.compile(r"^W(?!503|508)\d{3} .+\n     .+", re.MULTILINE)  # and not a fault of Sphinx, or of this program


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A small book that was built, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    assert book.wavebook(folder, "init", "book", "--language", "nl", "--yes").code == 0
    assert book.wavebook(folder / "book", "build").code == 0
    return folder / "book"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ODD, *WITHIN])
def test_a_book_is_made_in_odd_surroundings_or_a_problem_says_why_not(begun, tmp_path, name, tally):
    odd, within = ODD.get(name, Odd()), WITHIN.get(name, ())
    if within and subprocess.run([*within, "true"], cwd=begun, capture_output=True, check=False).returncode:
        pytest.skip(f"{within[0]} cannot do this here")
    root = tmp_path / "book"
    shutil.copytree(begun, root, ignore=shutil.ignore_patterns("_build"))
    (root / "_build").mkdir()
    figures = (root / "data" / "figures" / "2026.csv").read_bytes()
    for command in (("build",), ("estimate", "2026")):
        done = odd.run(root, *command, within=within)
        assert done.returncode in {0, 1}, done.stderr
        assert "Traceback" not in done.stderr
        assert "IPython" not in done.stderr
        assert done.returncode == 0 or odd.silent or NAMED.search(done.stderr), done.stderr
        if command == ("build",) and done.returncode == 0 and (root / "_build" / "html").is_dir():
            assert _hashes(root / "_build" / "html") == _hashes(begun / "_build" / "html")
        assert (root / "data" / "figures" / "2026.csv").read_bytes() == figures
    tally("odd surroundings of a command: the same book, or a named problem", 2)


def _hashes(site: Path) -> dict[str, str]:
    """The hash of each file, but for the one that names its folder."""
    return {name: digest for name, (digest, _) in book.listing(site).items() if name != ".buildinfo"}


@pytest.mark.parametrize(("mask", "left"), [(0o777, 0o077), (0o077, 0o077), (0o027, 0o027), (0o022, 0o022), (0, 0)])
def test_a_mask_never_keeps_people_from_their_own_files(mask, left):
    before = os.umask(mask)
    try:
        surroundings.complete()
        assert os.umask(before) == left
    finally:
        os.umask(before)


def test_notebooks_run_without_anybody_s_own_profile_and_leave_none(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", "/proc/nowhere")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with surroundings.room():
        profile = Path(os.environ["IPYTHONDIR"])
        assert profile.parent.parent == tmp_path
        profile.mkdir()
    assert os.environ["IPYTHONDIR"] == "/proc/nowhere"
    assert list(tmp_path.iterdir()) == []
