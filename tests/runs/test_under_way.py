"""Runs that nobody will read are ended."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from leaf import put_notebook

from wavebook.runs import execute
from wavebook.runs.under_way import UnderWay

EDITION = {"wave": "2014", "baseline": "2010", "population": "total", "language": "nl"}


class Run:
    def __init__(self):
        self.kills = 0

    def kill(self):
        self.kills += 1


def test_those_under_way_are_ended_and_those_that_are_done_are_not():
    under_way, done, doing = UnderWay(), Run(), Run()
    with under_way.holding(done):
        pass
    with under_way.holding(doing):
        under_way.end()
        assert (done.kills, doing.kills) == (0, 1)
    assert under_way.ended


def test_one_that_begins_after_the_end_is_ended_at_once():
    under_way, late = UnderWay(), Run()
    under_way.end()
    with under_way.holding(late):
        assert late.kills == 1


def test_a_run_that_raises_is_no_longer_under_way():
    under_way, run = UnderWay(), Run()
    with pytest.raises(KeyError), under_way.holding(run):
        raise KeyError
    under_way.end()
    assert run.kills == 0


def begun(path) -> None:
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until, "the notebook did not begin"
        time.sleep(0.02)


def test_a_notebook_that_runs_is_ended_from_another_thread_and_is_not_kept(small):
    mark, under_way = small.root / "begun", UnderWay()
    put_notebook(small.root, f"import pathlib, time\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(120)")
    with ThreadPoolExecutor(1) as pool:
        results = pool.submit(execute.run_notebooks, small.root, EDITION, under_way=under_way)
        begun(mark)
        under_way.end()
        (problem,) = results.result(30).problems
    assert problem.code == "W312"
    assert not list(small.root.rglob("_build/.wavebook/runs/*"))


def test_no_notebook_begins_after_the_end(small):
    put_notebook(small.root, "import time; time.sleep(120)")
    under_way = UnderWay()
    under_way.end()
    results = execute.run_notebooks(small.root, EDITION, under_way=under_way)
    assert (results.ran, results.problems) == ([], [])


def test_an_interrupt_of_who_waits_for_notebooks_ends_them(small, monkeypatch):
    mark = small.root / "begun"
    quick = small.root / "notebooks" / "a.ipynb"  # its results are read while the other runs
    put_notebook(small.root, "1").rename(quick)
    put_notebook(small.root, f"import pathlib, time\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(120)")

    def interrupted(*_):
        begun(mark)
        raise KeyboardInterrupt

    monkeypatch.setattr(execute, "_collect", interrupted)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        execute.run_notebooks(small.root, EDITION)
    assert time.monotonic() - began < 60
