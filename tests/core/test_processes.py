"""Work in forks: one that dies, hangs or raises is told, and takes nobody along."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from wavebook.charts import renderer
from wavebook.core import processes

SPEC = '{"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{"a": 1}]}, "mark": "point"}'


def behave(task):
    """What a piece of work may do to its process."""
    kind, value = task
    if kind == "raise":
        raise ValueError(value)
    if kind == "say":
        os.write(1, value.encode())
        os._exit(4)
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "hang":
        time.sleep(600)
    if kind == "draw":
        return renderer.drawing(SPEC)[:4]
    if kind == "nothing":
        return None
    if kind == "leave":
        os._exit(0)
    if kind == "signal":
        os.kill(os.getpid(), value)
    if kind == "long":
        os.write(2, b"a" * 5000 + b"end")
        os._exit(1)
    if kind == "mark":
        os.environ["MARKED"] = "1"
    return value, os.environ.get("MARKED"), os.getpid()


def done(tasks, **more):
    return {task: result for task, result, _ in processes.each(tasks, behave, places=2, **more)}


@pytest.fixture(autouse=True)
def light():
    """Leave the collector nothing to go through each time that work begins: a process with all tests is large."""
    gc.freeze()
    yield
    gc.unfreeze()


def test_every_task_is_done_in_a_process_of_its_own():
    found = done([("give", n) for n in range(5)])
    assert [found["give", n][0] for n in range(5)] == list(range(5))
    assert len({pid for _, _, pid in found.values()} - {os.getpid()}) == 5


def test_what_fails_is_told_and_the_rest_goes_on():
    tasks = [("raise", "mis"), ("kill", ""), ("say", "ten slotte"), ("give", 1), ("mark", 2), ("give", 3)]
    found = done(tasks)
    assert found["raise", "mis"].reason == "ValueError: mis"
    assert "in behave" in found["raise", "mis"].said
    assert found["kill", ""].reason == "its process ended by signal 9 (SIGKILL)"
    assert found["say", "ten slotte"] == processes.Failure("its process ended with exit code 4", "ten slotte")
    assert (found["give", 1][0], found["give", 3][:2]) == (1, (3, None))
    assert "MARKED" not in os.environ


def test_what_hangs_is_ended():
    found = done([("hang", ""), ("give", 1)], patience=0.5)
    assert found["hang", ""].reason == "was not done after 0.5 seconds"
    assert found["give", 1][0] == 1


def test_forks_draw_in_a_process_that_has_drawn_before():
    assert set(done([("draw", n) for n in range(4)]).values()) == {"<svg"}


@pytest.mark.slow
def test_a_picture_that_nobody_came_for_is_given_to_no_other():
    found = list(processes.each([("kill", ""), ("draw", 1), ("hang", ""), ("draw", 2)], behave, places=1, patience=5))
    assert [r if isinstance(r, str) else "failed" for _, r, _ in found] == ["failed", "<svg", "failed", "<svg"]


def test_when_the_caller_stops_all_forks_end():
    renderer.start()
    before = _children()
    running = processes.each([("hang", 1), ("give", 2), ("hang", 3)], behave, places=2)
    next(running)
    children = _children() - before
    assert children
    running.close()
    assert not _children() - before


def _children() -> set[int]:
    with open(f"/proc/self/task/{os.getpid()}/children") as listed:
        return set(map(int, listed.read().split()))


def test_memory_is_told_of_each():
    assert all(memory > 1 for _, _, memory in processes.each([("give", 1)], behave, places=1))


@pytest.mark.parametrize("count", [0, 1])
def test_few_tasks_are_no_special_case(count):
    assert len(done([("give", n) for n in range(count)])) == count


def test_a_worker_that_leaves_without_an_answer_has_failed_and_one_that_answers_nothing_has_not():
    found = done([("leave", ""), ("nothing", "")])
    assert found["leave", ""] == processes.Failure("its process ended with exit code 0")
    assert found["nothing", ""] is None


def test_ctrl_c_is_for_the_caller_and_a_termination_ends_the_work():
    found = done([("signal", signal.SIGINT), ("signal", signal.SIGTERM)])
    assert found["signal", signal.SIGINT][0] == signal.SIGINT
    assert found["signal", signal.SIGTERM].reason == "its process ended by signal 15 (SIGTERM)"


def test_only_the_end_of_what_a_failure_said_is_kept():
    said = done([("long", "")])["long", ""].said
    assert len(said) == 2000
    assert said.endswith("aend")


@pytest.mark.slow
@pytest.mark.parametrize("tasks", [[None, None], [0, 1], ["", ()]])
def test_a_task_may_be_anything(tasks):
    assert [(task, result) for task, result, _ in processes.each(tasks, lambda task: [task], places=1)] == [
        (task, [task]) for task in tasks
    ]


def test_no_more_is_under_way_than_there_are_places():
    running = processes.each([("give", n) for n in range(9)], behave, places=2)
    before = _children()
    next(running)
    assert len(_children() - before) <= 2
    running.close()


def test_afterwards_the_collector_is_as_before():
    done([("give", 1)])
    assert gc.get_freeze_count() == 0


def test_a_place_without_work_says_so():
    place = processes.Place()
    assert not place.busy
    with pytest.raises(RuntimeError, match="nothing is under way"):
        place.end()
    place.close()
    gc.unfreeze()


# --- forks and helpers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("work", "code"), [(lambda pipe: pipe.send("x"), 0), (lambda pipe: 1 / 0, 1)])
def test_a_fork_ends_after_its_work(work, code):
    fork = processes.Fork(work)
    if code == 0:
        assert fork.pipe.recv() == "x"
    assert fork.end(kill=False)[0] == code
    assert fork.pipe.closed


def test_a_fork_that_is_killed_says_so():
    fork = processes.Fork(lambda pipe: time.sleep(600))
    assert fork.end(kill=True)[0] == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="Linux ends a process with its caller")
def test_a_fork_ends_with_its_caller_however_that_ends():
    script = (
        "import os, time; from wavebook.core import processes\n"
        "pid = processes.fork()\n"
        "if pid: print(pid, flush=True)\n"
        "time.sleep(600)"
    )
    caller = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pid = int(caller.stdout.readline())
    caller.kill()
    caller.wait()
    caller.stdout.close()
    for _ in range(200):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} outlived its caller")


@pytest.fixture
def helper(tmp_path, monkeypatch):
    """A function that starts a helper of this text: its process, and the socket to it."""
    found = []
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)

    def begin(text, *arguments, **more):
        (tmp_path / "helper_of_a_test.py").write_text(text)
        ours, its = socket.socketpair()
        with its:
            process = processes.start("helper_of_a_test", its, *arguments, **more)
        found.append((process, ours))
        return process, ours

    yield begin
    for process, ours in found:
        processes.end(process)
        ours.close()


TELL = """
import os, socket, sys
with socket.socket(fileno=int(sys.argv[1])) as line:
    apart = os.getsid(0) == os.getpid()
    line.send(repr((sys.argv[2:], sys.flags.dont_write_bytecode, apart, sys.stdin.read())).encode())
"""


@pytest.mark.parametrize("apart", [True, False])
def test_a_helper_has_its_end_of_the_socket_its_arguments_and_its_options(helper, apart):
    process, ours = helper(TELL, "a", "b", options=["-B"], apart=apart)
    assert ours.recv(1000).decode() == repr((["a", "b"], 1, apart, ""))
    assert process.wait(60) == 0


def test_a_helper_has_time_to_end_and_is_killed_after_it(helper):
    slow, ours = helper("import socket, sys; socket.socket(fileno=int(sys.argv[1])).recv(1); sys.exit(5)")
    ours.close()
    processes.end(slow, 60)
    assert slow.returncode == 5
    deaf, _ = helper("import time; time.sleep(600)")
    processes.end(deaf, 0.1)
    assert deaf.returncode == -signal.SIGKILL


def test_a_fork_that_hears_no_signal_is_killed(tmp_path):
    script = (
        "import os, signal, time; from wavebook.core import interruption, processes; processes._TIDYING = 0.3\n"
        "with interruption.orderly():\n"
        "    code = processes.go_on_in_fork()\n"
        "    if code is None:\n"
        "        signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(0.5)\n"
        "        os.kill(os.getppid(), signal.SIGTERM); signal.pause()\n"
        "print(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("143\n", "")
