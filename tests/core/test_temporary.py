"""What is temporary is there as long as its maker lives, and is removed by the next run after that."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wavebook.core import files, interruption, processes, temporary


def made_by_a_process_that_is_killed(work, folder: Path, before=lambda: None) -> list[str]:
    """What is in ``folder`` while another process holds what ``work`` made; then that process is killed."""

    def hold(pipe):
        kept = work()
        pipe.send(None)
        pipe.recv()
        del kept

    fork = processes.Fork(hold)
    fork.pipe.recv()
    before()
    there = sorted(os.listdir(folder))
    fork.end(kill=True)
    return there


def half_a_file(path: Path):
    writing = files.writing(path)
    writing.__enter__().write(b"half")
    return writing


KINDS = {
    "a folder": lambda folder: temporary.Folder(folder),
    "half a file": lambda folder: half_a_file(folder / "2014.csv"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_living_process_holds_stays_and_what_a_killed_one_held_goes(tmp_path, kind):
    there = made_by_a_process_that_is_killed(
        lambda: KINDS[kind](tmp_path), tmp_path, before=lambda: temporary.sweep(tmp_path)
    )
    assert len(there) == 1
    assert sorted(os.listdir(tmp_path)) == there
    temporary.sweep(tmp_path)
    assert os.listdir(tmp_path) == []


def test_below_a_folder_halves_are_found_and_links_are_not_followed(tmp_path):
    (tmp_path / "data" / "figures").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for folder in ("data/figures", "elsewhere"):
        (tmp_path / folder / f"{temporary.PREFIX}x{temporary.PART}").write_bytes(b"half")
    (tmp_path / "data" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "data" / f"{temporary.PREFIX}link").symlink_to(tmp_path / "elsewhere")
    temporary.sweep_below(tmp_path / "data")
    assert os.listdir(tmp_path / "data" / "figures") == []
    assert len(os.listdir(tmp_path / "elsewhere")) == 1
    assert (tmp_path / "data" / f"{temporary.PREFIX}link").is_symlink()


def test_what_is_another_users_stays(tmp_path, monkeypatch):
    (tmp_path / f"{temporary.PREFIX}x").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    temporary.sweep(tmp_path)
    assert len(os.listdir(tmp_path)) == 1


def test_where_a_disk_has_no_locks_nothing_is_removed_and_all_is_written(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(37, "No locks available")

    (tmp_path / f"{temporary.PREFIX}x").mkdir()
    monkeypatch.setattr(temporary.fcntl, "flock", refused)
    temporary.sweep(tmp_path)
    files.write_whole(tmp_path / "a", b"whole")
    with temporary.folder(tmp_path) as made:
        assert made.is_dir()
    assert sorted(os.listdir(tmp_path)) == [f"{temporary.PREFIX}x", "a"]


def test_a_folder_that_is_swept_up_before_it_is_locked_is_made_again(tmp_path, monkeypatch):
    lock = temporary.lock

    def late(path, *, wait):
        if wait:
            monkeypatch.setattr(temporary, "lock", lock)
            path.rmdir()
        return lock(path, wait=wait)

    monkeypatch.setattr(temporary, "lock", late)
    with temporary.folder(tmp_path) as made:
        assert made.is_dir()
    assert os.listdir(tmp_path) == []


def test_a_fork_that_outlives_its_maker_holds_the_folder(tmp_path):
    made = temporary.Folder(tmp_path)
    fork = processes.Fork(lambda pipe: pipe.recv())
    made._release()
    temporary.sweep(tmp_path)
    assert made.path.is_dir()
    os.kill(fork.pid, signal.SIGKILL)
    fork.end(kill=False)
    temporary.sweep(tmp_path)
    assert not made.path.exists()


def in_a_folder(place: Path) -> None:
    with temporary.folder(place) as made:
        (made / "file").touch()


def in_a_file(place: Path) -> None:
    with temporary.part(place / "whole", 0o644) as file:
        file.write(b"whole")


def in_a_room(place: Path) -> None:
    os.environ["TMPDIR"] = tempfile.tempdir = str(place)
    with temporary.room():
        Path(tempfile.gettempdir(), "file").touch()


def strikes(work: Callable[[Path], None], place: Path) -> Iterator[list[str]]:
    """Of a signal at each instruction in turn, of this library and of what it calls in Python's: what is left there.

    Python counts an error that is raised at the last instruction of an except block as handled from then on, by all
    that its thread does; but not beyond a generator.
    """
    of_interest = {temporary.__file__, contextlib.__file__, shutil.__file__, tempfile.__file__, __file__}
    passed = struck = 0

    def trace(frame, event, _):
        nonlocal passed
        frame.f_trace_opcodes = True
        if frame.f_code.co_filename not in of_interest:
            return None
        passed += event == "opcode"
        if passed == struck:
            sys.settrace(None)
            signal.raise_signal(signal.SIGTERM)
        return trace

    while passed == struck:
        passed, struck = 0, struck + 1
        with contextlib.suppress(interruption.Interrupted), interruption.orderly():
            sys.settrace(trace)
            try:
                work(place)
            finally:
                sys.settrace(None)
        yield [name for name in os.listdir(place) if name != "whole"]


@pytest.mark.parametrize("work", [in_a_folder, in_a_file, in_a_room])
def test_a_signal_leaves_nothing_at_whatever_instruction_it_strikes(work, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)  # which is undone at the end, as all that a strike may leave set
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    left = list(strikes(work, tmp_path))
    assert len(left) > 100
    assert [(number, names) for number, names in enumerate(left, start=1) if names] == []
    assert sys.exception() is None  # tests after this one would show it beside every error


def test_a_socket_s_name_is_never_too_long_where_another_folder_of_the_system_has_room(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(temporary.tempfile, "gettempdir", lambda: str(deep))
    with temporary.folder() as usual:
        assert usual.parent == deep
    with temporary.folder(socket=40) as short:
        assert len(os.fsencode(short)) + len("/") + 40 <= 103
        assert short.is_dir()
    assert not short.exists()
    with temporary.folder(socket=200) as hopeless:
        assert hopeless.parent == deep


def test_in_a_room_are_the_temporary_files_of_libraries_and_of_other_programs(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with temporary.room():
        (made,) = tmp_path.iterdir()
        assert temporary.places()[0] == tmp_path
        left = Path(tempfile.mkstemp()[1])
        other = [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"]
        there = Path(subprocess.run(other, capture_output=True, text=True, check=True).stdout.strip())
        assert {left.parent, there.parent} == {made}
    assert list(tmp_path.iterdir()) == []
    assert (os.environ["TMPDIR"], tempfile.gettempdir()) == (str(tmp_path), str(tmp_path))


def test_where_no_room_can_be_made_temporary_files_are_where_they_would_be(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "mkdir", lambda *_: os.listdir(tmp_path / "none"))
    before = tempfile.gettempdir()
    with temporary.room():
        assert tempfile.gettempdir() == before


def test_the_folder_for_temporary_files_is_that_of_python_and_no_file_is_made_to_try_it(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for given, chosen in ((tmp_path, tmp_path), (tmp_path / "none", Path("/tmp")), (tmp_path / "file", Path("/tmp"))):
        monkeypatch.setenv("TMPDIR", str(given))
        monkeypatch.setattr(tempfile, "tempdir", None)
        with monkeypatch.context() as still:
            still.setattr(tempfile, "_get_default_tempdir", None)
            assert temporary.places()[0] == chosen
