"""What all tests share: made-up books, the site of one, a browser, and the count of what was tried."""

import asyncio
import csv
import gc
import signal
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import hosting
import lending
import pytest
from hypothesis import settings
from small import ROOT, SmallBook

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup and a shell's background ignore these, and so would all
signal.signal(signal.SIGINT, signal.default_int_handler)  # that the tests start
settings.register_profile("often", deadline=None, max_examples=10)
settings.register_profile("whole", deadline=None, max_examples=100)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Find no garbage while tests are collected, leave these thousands out of every later search for it,
    and search as seldom as the command does.
    """
    gc.disable()
    found = yield
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    return found


@pytest.fixture
def small(tmp_path) -> SmallBook:
    """A small book that loads without a problem."""
    return SmallBook(tmp_path)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """The figures of the small book, for tests that only look."""
    return SmallBook(tmp_path_factory.mktemp("small")).load()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


# --- the site ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """A whole book, made up, built from nothing; in tests/book it is the book of this repository."""
    return lending.fresh(tmp_path_factory) / "_build" / "html"


@pytest.fixture(scope="session")
def addressed(tmp_path_factory) -> Path:
    """The same site with its address in _config.yml; beside it, in "without", as it is once that is gone again."""
    return lending.addressed(tmp_path_factory)


@pytest.fixture(scope="session")
def served(site):
    """The address of the same site on a host."""
    with hosting.served(site) as address:
        yield address


# --- what was tried ---------------------------------------------------------------------------------------


def pytest_configure(config):
    """Try more examples of each property in the long run than in `make test`."""
    settings.load_profile("often" if "not slow" in config.option.markexpr else "whole")


def pytest_addoption(parser):
    parser.addoption("--tally", type=Path, metavar="FILE", help="keep what a run tried in FILE, if all tests passed")
    parser.addoption("--strikes", type=int, default=1, help="signals to each command in tests/whole/test_strikes.py")


@pytest.fixture
def tally(record_property):
    """Count what a test tries: ``tally("requests answered", 10_000)``; the run prints all such counts, added up."""
    return lambda what, number: record_property("tally", (what, number))


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if hasattr(config, "workerinput"):
        return  # one of several workers, who knows only what it ran itself
    passed = terminalreporter.stats.get("passed", [])
    counts = Counter()
    for report in passed:
        for name, content in report.user_properties:
            if name == "tally":
                what, number = content
                counts[what] += number
    if not counts:
        return
    rows = [("tests passed", len(passed)), *sorted(counts.items())]
    terminalreporter.section("tried")
    for what, number in rows:
        terminalreporter.write_line(f"{number:>15,}  {what}")
    if (path := config.getoption("tally")) and exitstatus == 0:
        table = [f"| {what} | {number:,} |" for what, number in rows]
        head = ["# What a run of `make test-all` tried", "", "Written by the run itself, when all tests passed.", ""]
        _, mark, others = path.read_text(encoding="utf-8").partition("\n# ") if path.is_file() else ("", "", "")
        path.write_text("\n".join([*head, "| tried | |", "| --- | ---: |", *table, mark + others]), encoding="utf-8")


# --- Chromium ---------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(items):
    """Browser tests last: few processes then hold a browser while other tests run."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@contextmanager
def _without_loop(item):
    """Hide the event loop that Playwright leaves running in its process from tests that have no browser.

    A worker that is done with its browser tests may be given others.
    """
    loop = None if "browser" in item.fixturenames else asyncio._get_running_loop()
    if loop is None:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    csv.field_size_limit(131_072)  # Python's own: frictionless, which some tests import, sets another for all
    with _without_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    with _without_loop(item):
        return (yield)


@pytest.fixture(scope="session")
def browser():
    """Chromium from the system, or else Playwright's own; one a process, as Playwright allows no second."""
    from playwright.sync_api import sync_playwright

    from wavebook.publish import chromium

    with sync_playwright() as playwright:
        found = chromium.launch(playwright)
        yield found
        found.close()
