"""The drawing process that all runs share: the same pictures with it and without, and never in the way."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from wavebook.charts import renderer

SPEC = '{"mark": "bar", "data": {"values": [{"a": 1}, {"a": 2}]}, "encoding": {"y": {"field": "a", "type": "ordinal"}}}'


@contextmanager
def none_running():
    """No renderer for now: that of this process, with which other tests draw, is set aside, and what is left ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renderer, "_server", None)
        patch.setattr(renderer, "_pipe", None)
        patch.delenv(renderer.ADDRESS, raising=False)
        yield patch
        renderer.stop()


@pytest.fixture
def alone():
    with none_running() as patch:
        yield patch


@pytest.fixture(scope="module")
def started():
    """A renderer that tests draw with and leave as it is."""
    with none_running():
        yield renderer.start()


@pytest.fixture
def own(alone):
    """A renderer that a test may end."""
    return renderer.start()


def without() -> tuple[str, bytes]:
    """What vl-convert itself makes, in a process of its own: it must not start in this one, which may fork."""
    order = "import sys, vl_convert as v; s = v.vegalite_to_svg(sys.argv[1]); print(s, v.svg_to_png(s, scale=2).hex())"
    said = subprocess.run([sys.executable, "-c", order, SPEC], capture_output=True, text=True, check=True).stdout
    drawing, _, picture = said.rpartition(" ")
    return drawing, bytes.fromhex(picture)


def test_it_draws_what_vl_convert_draws(started):
    drawing = renderer.drawing(SPEC)
    assert (drawing, renderer.png(drawing, 2)) == without()


def test_a_mistake_is_told_and_the_next_picture_is_drawn(started):
    with pytest.raises(ValueError, match="Vega"):
        renderer.drawing('{"mark": 3}')
    assert renderer.drawing(SPEC).startswith("<svg")


def test_a_fork_has_a_line_of_its_own(started):
    drawing = renderer.drawing(SPEC)
    read, write = os.pipe()
    if not (child := os.fork()):
        os.write(write, b"same" if renderer.drawing(SPEC) == drawing else b"other")
        os._exit(0)
    os.close(write)
    assert os.read(read, 9) == b"same"
    os.waitpid(child, 0)
    os.close(read)


def test_it_begins_anew_before_it_grows_too_large(alone):
    process = renderer.start(most=3)
    assert len({renderer.drawing(SPEC) for _ in range(5)}) == 1
    assert process.poll() is None


def test_when_it_dies_the_picture_is_drawn_all_the_same(alone):
    order = (
        "import sys\nfrom wavebook.charts import renderer\nprocess = renderer.start()\n"
        "drawn = lambda: renderer.drawing(sys.argv[1])\none = drawn()\n"
        "process.kill()\nprint(drawn() == one)"
    )
    said = subprocess.run([sys.executable, "-c", order, SPEC], capture_output=True, text=True, check=True).stdout
    assert said == "True\n"


@pytest.mark.parametrize("signum", [pytest.param(signal.SIGTERM, marks=pytest.mark.slow), signal.SIGKILL])
def test_it_ends_with_whoever_started_it_and_leaves_no_folder(alone, signum):
    order = (
        "import os, time\nfrom wavebook.charts import renderer\n"
        'process = renderer.start()\nrenderer.drawing(\'{"mark": "point"}\')\n'
        "print(process.pid, os.environ[renderer.ADDRESS], flush=True)\ntime.sleep(60)"
    )
    asker = subprocess.Popen([sys.executable, "-c", order], stdout=subprocess.PIPE, text=True)
    pid, address = asker.stdout.readline().split()
    asker.send_signal(signum)
    asker.wait()
    asker.stdout.close()
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()
    assert not Path(address).parent.exists()


def test_there_is_one_renderer_for_all_and_nothing_of_it_is_left(own):
    folder = Path(os.environ[renderer.ADDRESS]).parent
    assert renderer.start() is None
    renderer.stop()
    assert renderer.ADDRESS not in os.environ
    assert own.returncode == 0
    assert not folder.exists()
    renderer.stop()


def test_an_address_that_leads_nowhere_is_replaced(alone, tmp_path):
    alone.setenv(renderer.ADDRESS, str(tmp_path / "gone"))
    assert renderer.start() is not None
    assert renderer.drawing(SPEC).startswith("<svg")


def test_a_fork_does_not_end_the_renderer_of_its_caller(started):
    if not (child := os.fork()):
        renderer.stop()
        os._exit(0 if renderer.ADDRESS in os.environ else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert started.poll() is None


def test_the_main_thread_does_not_wait_for_a_renderer_that_is_at_work(started):
    drawing = renderer.drawing(SPEC)
    picture = renderer.png(drawing, 2)
    order = (
        "import sys, threading\nfrom wavebook.charts import renderer\n"
        "drawing = sys.stdin.read()\n"
        "with renderer._lock: print(renderer.png(drawing, 2).hex())"
    )  # in a process of its own: vl-convert starts threads in it
    order = [sys.executable, "-c", order]
    said = subprocess.run(order, input=drawing, capture_output=True, text=True, check=True, timeout=120).stdout
    assert bytes.fromhex(said) == picture


def test_a_disk_without_sockets_leaves_each_process_to_draw_by_itself(alone, tmp_path, monkeypatch):
    class Socket(renderer.socket.socket):
        def bind(self, address):
            raise OSError(1, "Operation not permitted")

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(renderer.temporary.tempfile, "tempdir", None)
    monkeypatch.setattr(renderer.socket, "socket", Socket)
    assert renderer.start() is None
    assert renderer.ADDRESS not in os.environ
    assert [*tmp_path.iterdir()] == []
