"""The only module that knows where Chromium is: the system's own, or else Playwright's.

``python -m wavebook.publish.chromium`` lists the system's own, for scripts.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wavebook.core import temporary
from wavebook.core.problems import Problem, fail

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SOCKET = len("org.chromium.Chromium.123456/SingletonSocket")
"""The longest name of a socket of Chromium's in the folder for temporary files."""


def installed() -> list[str]:
    """The programs of this system that are called Chromium; some may be stubs that only ask to install it."""
    return [path for path in map(shutil.which, NAMES) if path]


def program() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return next(iter(installed()), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium."""
    return playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])


@contextmanager
def browser(purpose: str) -> Iterator[Browser]:
    """Run a Chromium, which ends with the block.

    Raises ProblemsError (W520), naming its ``purpose``, when there is none or when it fails in the block.
    """
    from playwright.sync_api import Error, sync_playwright

    try:
        with temporary.room(socket=SOCKET), sync_playwright() as playwright:
            started = launch(playwright)
            yield started
            started.close()
    except Error as error:
        said = str(error).strip().splitlines()[0]
        fail(Problem("W520", "Chromium", f"could not {purpose}: {said}", "Install Chromium: tools/browser does."))


if __name__ == "__main__":
    print(*installed(), sep="\n")
