"""The measurement of 2015, as its sources tell of it, added to copies of this book."""

import os
import subprocess
import sys

import next_wave
import pytest
from sweeps import LONG

import book
from wavebook.definitions import load_definitions
from wavebook.figures import load
from wavebook.pages import technical_notes

pytestmark = pytest.mark.skipif(
    next_wave.WAVE in load_definitions(book.ROOT).waves, reason="the book has this wave already"
)


def test_a_wave_in_preparation_loads_and_leaves_the_book_about_the_one_before(tmp_path):
    root = book.copy(tmp_path / "book")
    before = load(root).wave
    next_wave.add(root, published=False)
    d = load_definitions(root)  # bureau and panel are the same: nobody asks whether the series breaks
    assert (load(root).wave, d.newest) == (before, next_wave.WAVE)
    figures = load(root, wave=next_wave.WAVE)
    assert figures["grade_chain"].value == 7.0
    told = technical_notes.told(figures, next_wave.WAVE)
    assert (told["screened"], told["responded"]) == ("9.470 mensen", "2.385 mensen")
    assert "response" not in told  # those who were screened were not all asked the rest
    line = technical_notes.source_line(d, next_wave.WAVE, "nl")
    assert "De kwaliteit van de overheidsdienstverlening 2015" in line


@pytest.fixture(scope="module", params=LONG)
def tried():
    """The tests of the book take half an hour each time."""


@pytest.mark.parametrize("published", [False, True], ids=["in preparation", "published"])
def test_the_tests_of_the_book_pass_with_another_wave(tmp_path, tried, published):
    root = next_wave.add(next_wave.repository(tmp_path / "book"), published=published)
    paths = [root / "src", *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, filter(None, paths)))}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS"):
        environment.pop(name, None)
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", "tests/book"]
    said = {"cwd": root, "env": environment, "capture_output": True, "text": True, "timeout": 5400, "check": False}
    run = subprocess.run(tests, **said)
    assert run.returncode == 0, run.stdout[-8000:]
