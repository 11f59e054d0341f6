"""The caller's side of the servers that fork kernels."""

from __future__ import annotations

import os
import socket

import pytest
from nbclient.exceptions import DeadKernelError

from wavebook.runs import engine, server

pytestmark = pytest.mark.skipif(not engine.can_fork(), reason="the stock engine serves here")


@pytest.fixture(autouse=True)
def _none_running(monkeypatch):
    """No server for now: that of this process, which runs the notebooks of other tests, is set aside."""
    monkeypatch.setattr(server, "_servers", {})
    yield
    server.stop()


def ends() -> list[int]:
    return [side.detach() for side in (socket.socketpair()[1], socket.socketpair()[1])]


@pytest.mark.slow
def test_there_is_one_server_for_each_setting_of_python(monkeypatch):
    server.start([], [])
    server.start([], ["json"])
    assert len(server.running()) == 1
    server.start(["-B"], [])
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    server.start([], [])
    assert len(server.running()) == 3


def test_a_server_that_does_not_answer_is_ended_and_forgotten():
    server.start([], [])
    (only,) = server.running()
    with pytest.raises(DeadKernelError, match="does not answer"):
        server.fork([], [], ends(), 0.0001)
    assert server.running() == []
    assert only.process.poll() is not None


def test_a_fork_of_this_process_has_no_servers_of_its_own():
    server.start([], [])
    if not (child := os.fork()):
        os._exit(len(server.running()))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
