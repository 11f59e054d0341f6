"""One run as papermill's client sees it, before and after it is there."""

from __future__ import annotations

import asyncio
import socket
from multiprocessing.connection import Connection
from queue import Empty

import pytest
from jupyter_client.session import Session

from wavebook.runs.kernel import Channel, Kernel


@pytest.fixture
def channel():
    ours, its = socket.socketpair()
    other = Connection(its.detach())
    found = Channel(Session(key=b""), Connection(ours.detach()))
    yield found, other
    found.pipe.close()
    if not other.closed:
        other.close()


def test_a_message_comes_as_it_was_sent(channel):
    found, other = channel
    found.send(found.session.msg("execute_request", {"code": "1"}))
    other.send(other.recv())
    message = asyncio.run(found.get_msg(5))
    assert (message["msg_type"], message["content"]) == ("execute_request", {"code": "1"})


def test_without_a_message_in_time_there_is_none(channel):
    with pytest.raises(Empty):
        asyncio.run(channel[0].get_msg(0.01))


def test_what_is_sent_to_a_dead_kernel_is_lost_and_nothing_comes_back(channel):
    found, other = channel
    other.close()
    found.send(found.session.msg("shutdown_request"))
    with pytest.raises(Empty):
        asyncio.run(found.get_msg(0.01))


def test_what_comes_is_counted():
    ours, its = socket.socketpair()
    sizes = []
    with Connection(ours.detach()) as pipe, Connection(its.detach()) as other:
        found = Channel(Session(key=b""), pipe, sizes.append)
        frames = found.session.serialize(found.session.msg("status", {"text": "x" * 1000}))
        other.send(frames)
        asyncio.run(found.get_msg(5))
    assert sizes == [sum(map(len, frames))]


def test_a_run_that_has_not_begun_has_no_channels_and_can_be_closed():
    kernel = Kernel([], [], 1)
    assert (kernel.has_kernel, kernel.is_alive()) == (False, False)
    with pytest.raises(RuntimeError, match="not begun"):
        _ = kernel.shell_channel
    kernel.close()
