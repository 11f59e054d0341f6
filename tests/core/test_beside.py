import threading

import pytest

from wavebook.core.beside import Beside


def test_all_work_is_done_when_the_block_ends():
    done = []
    with Beside() as beside:
        for number in range(20):
            beside.later(done.append, number)
    assert sorted(done) == list(range(20))


def test_what_the_thread_has_not_begun_is_done_by_the_one_who_waits_the_newest_first():
    begun, go, done = threading.Event(), threading.Event(), []

    def wait():
        begun.set()
        go.wait(10)

    def last():
        done.append(("last", threading.get_ident()))
        go.set()

    with Beside() as beside:
        beside.later(wait)
        begun.wait(10)
        beside.later(last)
        beside.later(done.append, "newest")
    assert done == ["newest", ("last", threading.get_ident())]


def test_what_comes_last_waits_for_all_else():
    done = []
    with Beside() as beside:
        beside.last(lambda: done.append("last"))
        beside.later(done.append, "first")
    assert done == ["first", "last"]


def test_what_work_raises_is_raised_and_the_last_is_not_done():
    done = []
    with pytest.raises(ZeroDivisionError), Beside() as beside:  # noqa: PT012
        beside.last(lambda: done.append("last"))
        beside.later(lambda: 1 / 0)
    assert not done


def test_a_block_that_fails_leaves_undone_what_was_not_begun():
    begun, go, done = threading.Event(), threading.Event(), []

    def wait():
        begun.set()
        go.wait(10)
        done.append("begun")

    with pytest.raises(KeyError), Beside() as beside:  # noqa: PT012
        beside.later(wait)
        begun.wait(10)
        beside.later(done.append, "not begun")
        beside.last(lambda: done.append("last"))
        threading.Timer(0.1, go.set).start()
        raise KeyError
    assert done == ["begun"]
