"""A worker of a cluster: what it must have, and what it sends."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from wavebook.core import processes
from wavebook.publish.editions import worker


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_packages_that_differ_are_named():
    ours = worker.identity(("pandas", "no-such-package"))
    assert set(ours) == {"python", "library", "pandas"}
    told = worker.unlike(ours | {"pandas": "0.1"}, ours)
    assert told == f"differs from this one: pandas 0.1, here {ours['pandas']}"


def test_a_site_travels_as_bytes_that_know_no_time(tmp_path):
    for name in ("een", "twee"):
        (tmp_path / name / "en").mkdir(parents=True)
        (tmp_path / name / "en" / "a.html").write_text("é")
        (tmp_path / name / "leeg.txt").write_bytes(b"")
        time.sleep(0.01)
    packed = worker.pack(tmp_path / "een")
    assert packed == worker.pack(tmp_path / "twee")
    worker.unpack(packed, tmp_path / "drie")
    assert contents(tmp_path / "drie") == contents(tmp_path / "een")
    assert (tmp_path / "drie/leeg.txt").stat().st_mtime > time.time() - 60


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("No module\nwavebook.", "cannot run wavebook: No module wavebook"),
        ({"python": "3"}, "differs from this one: pandas missing, here 2"),
        ({"python": "3", "pandas": "2", "extra": "1"}, "differs from this one: extra 1, here missing"),
    ],
)
def test_a_worker_that_lacks_something_says_what(there, told):
    assert worker.unlike(there, {"python": "3", "pandas": "2"}) == told


def test_of_many_differences_three_are_named():
    told = worker.unlike({}, dict.fromkeys("abcde", "1"))
    assert told.count("missing") == 3
    assert told.endswith("; and 2 more")


def test_a_worker_that_is_not_alike_makes_nothing(monkeypatch):
    monkeypatch.setattr(worker, "_Helper", lambda: pytest.fail("a helper was started"))
    made, packed, memory = worker.make(None, {}, {}, (), {"python": "0"})
    assert isinstance(made, processes.Failure)
    assert "differs from this one: library" in made.reason
    assert (packed, memory) == (b"", 0)


@pytest.fixture
def helpers(monkeypatch):
    """Helpers in place of processes: the first so many die at what they are sent."""
    state = SimpleNamespace(dying=0, started=0, ended=0, sent=[])

    class Helper:
        def __init__(self):
            state.started += 1
            self.pipe, self.dies = self, state.started <= state.dying

        def send(self, task):
            state.sent.append(task)

        def recv(self):
            if self.dies:
                raise EOFError
            return "made", b"", 1

        def end(self):
            state.ended += 1

    monkeypatch.setattr(worker, "_Helper", Helper)
    monkeypatch.setattr(worker, "_helpers", SimpleNamespace())
    return state


def test_a_helper_is_kept_for_the_next_edition(helpers):
    for item in ("a", "b"):
        assert worker.make(item, {"d": 1}, {"s": 1}, (), worker.identity(())) == ("made", b"", 1)
    assert helpers.sent == [("a", {"d": 1}, {"s": 1}), ("b", {"d": 1}, {"s": 1})]
    assert (helpers.started, helpers.ended) == (1, 0)


def test_a_helper_that_died_is_replaced_once(helpers):
    helpers.dying = 1
    assert worker.make("a", {}, {}, (), worker.identity(()))[0] == "made"
    assert (helpers.started, helpers.ended) == (2, 1)
    helpers.dying, helpers.started = 9, 0
    worker._helpers.mine = None
    with pytest.raises(EOFError):
        worker.make("a", {}, {}, (), worker.identity(()))
    assert helpers.started == 2


def test_a_helper_ends_when_its_worker_is_gone():
    helper = worker._Helper()
    helper.pipe.close()
    assert helper.process.wait(30) == 0
