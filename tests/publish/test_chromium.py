"""Where Chromium is: what the system has comes before what Playwright brings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from wavebook.core import temporary
from wavebook.publish import chromium


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system without Chromium, and a function that installs a program there."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def install(name, text="#!/bin/sh\nexit 1\n"):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
        return str(tmp_path / name)

    return install


def test_without_one_playwright_s_own_serves(system):
    assert (chromium.installed(), chromium.program()) == ([], None)


def test_one_without_windows_comes_first_and_chromium_before_chrome(system):
    chrome, own, shell = system("google-chrome"), system("chromium"), system("chromium-headless-shell")
    assert chromium.installed() == [shell, own, chrome]
    assert chromium.program() == shell


def test_scripts_are_told_what_there_is(system):
    own = system("chromium-browser")
    command = [sys.executable, "-m", "wavebook.publish.chromium"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"{own}\n"


@pytest.mark.browser
def test_one_that_does_not_start_is_told_with_what_it_was_for(system, tmp_path):
    system("chromium")
    script = (
        "from wavebook.publish import chromium; from wavebook.core.problems import ProblemsError\n"
        "try:\n    with chromium.browser('print'): pass\n"
        "except ProblemsError as error: print(error)"
    )  # in a process of its own: Playwright allows one in each
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.startswith("W520 Chromium: could not print: ")


@pytest.mark.browser
def test_a_page_that_takes_too_long_is_no_lack_of_a_browser():
    script = (
        "from wavebook.publish import chromium; from wavebook.core.problems import ProblemsError\n"
        "try:\n    with chromium.browser('print') as browser:\n"
        "        browser.new_page().wait_for_selector('b', timeout=10)\n"
        "except ProblemsError as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[0].startswith(
        "W520 Chromium: could not print: Page.wait_for_selector: Timeout 10ms exceeded"
    )
    assert "Look for a picture that takes long to draw" in said


@pytest.mark.browser
def test_one_that_does_not_end_is_ended_and_told():
    script = (
        "from wavebook.publish import chromium; from wavebook.core.problems import ProblemsError\n"
        "try:\n    with chromium.browser('print', patience=1) as browser:\n"
        "        browser.new_page().evaluate('() => { while (true) {} }')\n"
        "except ProblemsError as error: print(error)\n"
        "print(chromium._children())"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0] == "W520 Chromium: could not print within 0 minutes."
    assert run.stdout.splitlines()[-1] == "set()"
    assert run.stderr == ""


def test_it_works_where_the_folder_for_temporary_files_has_a_long_name(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setenv("TMPDIR", str(deep))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with temporary.room(socket=chromium.SOCKET):
        (place := Path(os.environ["TMPDIR"], "org.chromium.Chromium.123456")).mkdir()
        with socket.socket(socket.AF_UNIX) as its:
            its.bind(str(place / "SingletonSocket"))
    assert os.environ["TMPDIR"] == str(deep)
    assert not place.exists()
