"""Work in forks: one that dies, hangs or raises is told, and takes nobody along."""

from __future__ import annotations

import os
import signal
import time

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
        return renderer.drawing(SPEC)[1][:4]
    if kind == "mark":
        os.environ["MARKED"] = "1"
    return value, os.environ.get("MARKED"), os.getpid()


def done(tasks, **more):
    return {task: result for task, result, _ in processes.each(tasks, behave, places=2, **more)}


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
