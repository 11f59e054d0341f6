"""Editions on a Dask cluster: the same bytes, from workers that come, go and share no disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import CancelledError
from pathlib import Path
from types import SimpleNamespace

import municipal
import pytest

from wavebook.core import processes
from wavebook.core.problems import ProblemsError
from wavebook.publish.editions import cluster, edition, plan, queries

QUERY = "municipality=*,language=nl"


@contextlib.contextmanager
def running(folder: Path, workers: int, env: dict[str, str] | None = None):
    """A scheduler and workers, each in an empty folder of its own: its address, and the processes, workers first."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address, started = f"tcp://127.0.0.1:{port}", []
    scratch = {"DASK_TEMPORARY_DIRECTORY": str(folder / "scratch")}  # else it stays in the temporary folder of all

    def start(name: str, *arguments: str) -> subprocess.Popen:
        here = folder / f"{name}-{len(started)}"
        here.mkdir(parents=True)
        with open(here / "log", "w") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments, "--no-dashboard"]
            started.append(
                subprocess.Popen(
                    command, cwd=here, stdout=log, stderr=log, env={**os.environ, **scratch, **(env or {})}
                )
            )
        return started[-1]

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        yield address, [*(start("worker", address, "--nthreads", "1", "--no-nanny") for _ in range(workers)), scheduler]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def built(root: Path, output: str, makers=None, progress=lambda *_: None):
    shutil.rmtree(root / "_build" / ".wavebook" / "editions", ignore_errors=True)
    return plan.build_all(
        root, queries.asked([QUERY], {}), output=root / "_build" / output, makers=makers, progress=progress
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_task_and_the_bytes_are_those_of_one_machine(tmp_path, tally):
    from distributed import Client

    root = municipal.make(tmp_path / "book")
    assert not built(root, "here").failed
    with running(tmp_path, 2) as (address, workers), Client(address, timeout=120, set_as_default=False) as watch:
        watch.wait_for_workers(2, timeout=120)
        killed = []

        def progress(done, total, failed, left):
            if done and not killed:  # one edition is there, and others are under way
                os.kill(workers[0].pid, signal.SIGKILL)
                killed.append(workers[0].wait())

        summary = built(root, "there", cluster.makers(address), progress)
        moves = watch.run_on_scheduler(lambda dask_scheduler: [tuple(m)[:3] for m in dask_scheduler.transition_log])
    done = [str(key) for key, *move in moves if str(key).startswith("edition-") and move == ["processing", "memory"]]
    assert killed == [-signal.SIGKILL]
    assert (summary.made, summary.failed) == (municipal.COUNT, {})
    names = [name.rpartition("-")[0] for name in done]
    assert set(names) == {f"edition-{municipal.slug(n)}" for n in range(1, municipal.COUNT + 1)}
    assert len(names) <= municipal.COUNT + 1  # what was done was done once, but for what nobody had fetched yet
    made = contents(root / "_build/here")
    assert contents(root / "_build/there") == made
    tally("bytes of editions that are the same from Dask workers", sum(map(len, made.values())))


def test_a_worker_with_other_code_or_packages_is_refused(tmp_path):
    other = tmp_path / "other"
    shutil.copytree(Path(cluster.__file__).parents[2], other / "wavebook", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "wavebook" / "language" / "wording.py").open("a") as code:
        code.write("\n# another version\n")
    with running(tmp_path, 1, {"PYTHONPATH": str(other)}) as (address, _):
        with pytest.raises(ProblemsError) as caught:
            next(cluster.makers(address)([_task()], {"requirements.txt": b"pandas==0.1"}, tmp_path))
        (problem,) = caught.value.problems
    assert problem.code == "W510"
    assert problem.place.startswith("worker tcp://")
    assert "differs from this one: library" in problem.found


def _task():
    return plan.Task(edition.Edition("2014", "2008", usual="2008"), SimpleNamespace(of=lambda **_: {}), {})


def test_without_a_scheduler_there_is_one_clear_problem(monkeypatch):
    monkeypatch.setattr(cluster, "WORKERLESS", 1)
    with pytest.raises(ProblemsError) as caught:
        next(cluster.makers("tcp://127.0.0.1:1")([_task()], {}, Path()))
    assert [p.code for p in caught.value.problems] == ["W510"]


@pytest.mark.parametrize(
    ("says", "found"),
    [(b"", "says nothing within 1 seconds"), (b"HTTP/1.1 400 Bad\r\n", "is no Dask scheduler")],
)
def test_what_is_no_scheduler_is_named_before_it_is_waited_for(monkeypatch, says, found):
    monkeypatch.setattr(cluster, "GREETING", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(says)
                connection.recv(1)

        other = threading.Thread(target=answer, daemon=True)
        other.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ProblemsError) as caught:
            next(cluster.makers(address)([_task()], {}, Path()))
        other.join(timeout=10)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == ("W510", f"cluster {address}")
    assert found in problem.found


def test_a_result_that_dask_lost_is_a_failure_of_its_edition(tmp_path):
    class Lost:
        def done(self):
            return True

        def result(self):
            raise RuntimeError("KilledWorker")

    made, memory = cluster._landed(Lost(), tmp_path / "site")
    assert (made, memory) == (processes.Failure("RuntimeError: KilledWorker"), 0)


@pytest.mark.slow
@pytest.mark.parametrize(("whom", "said"), [("workers", "no workers to make it"), ("scheduler", "scheduler went away")])
def test_editions_that_a_cluster_takes_with_it_are_named_and_the_others_are_published(
    tmp_path, monkeypatch, capfd, whom, said, tally
):
    root = municipal.make(tmp_path / "book")
    expected = built(root, "here")
    monkeypatch.setattr(cluster, "WORKERLESS", 20)
    with running(tmp_path, 1) as (address, [*workers, scheduler]):

        def progress(done, total, failed, left):
            if done == 1 and not failed:
                for process in workers if whom == "workers" else [scheduler]:
                    process.kill()

        summary = built(root, "there", cluster.makers(address), progress)
    assert summary.made + len(summary.failed) == expected.made == municipal.COUNT
    assert summary.made >= 1
    assert len(summary.failed) >= 1
    assert {(p.code, said in p.found) for problems in summary.failed.values() for p in problems} == {("W509", True)}
    here, there = contents(root / "_build/here"), contents(root / "_build/there")
    made = {name for name in here if name.split("/")[0] in {folder.split("/")[0] for folder in there}}
    assert {name: here[name] for name in made if "/" in name} == {n: there[n] for n in there if "/" in n}
    assert "Traceback" not in capfd.readouterr().err
    tally(f"editions named or right after the loss of {whom} of a cluster", municipal.COUNT)


def test_a_scheduler_without_workers_and_one_that_goes_away_are_clear_problems():
    def raising(error):
        def fail(*_, **__):
            raise error

        return fail

    class Client:
        wait_for_workers = staticmethod(lambda *_, **__: None)

    for error, said in (
        (TimeoutError("0 of 1"), "has no worker after 60 seconds"),
        (OSError("closed"), "went away: OSError"),
        (CancelledError(), "went away: CancelledError"),
    ):
        client = Client()
        client.run = raising(error)
        with pytest.raises(ProblemsError) as caught:
            cluster._check(client, "tcp://127.0.0.1:8786", (), {})
        (problem,) = caught.value.problems
        assert (problem.code, problem.place, problem.found) == ("W510", "cluster tcp://127.0.0.1:8786", said)


def test_what_was_cancelled_with_the_scheduler_is_a_failure_of_its_edition(tmp_path, monkeypatch):
    class Lost:
        def done(self):
            return False

        def result(self):
            raise CancelledError

        def release(self):
            pass

    def wait(*_, **__):
        raise CancelledError

    client = SimpleNamespace(as_current=contextlib.nullcontext, scheduler_info=lambda: {})
    monkeypatch.setattr("distributed.wait", wait)
    first, second = Lost(), Lost()
    assert list(cluster._as_completed(client, {first: 1, second: 2})) == [(first, 1), (second, 2)]
    first.done = lambda: True
    assert cluster._landed(first, tmp_path)[0].reason == "the scheduler went away before it was made"
