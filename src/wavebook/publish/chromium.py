"""The only module that knows where Chromium is: the system's own, or else Playwright's.

``python -m wavebook.publish.chromium`` lists the system's own, for scripts.
"""

from __future__ import annotations

import logging
import os
import select
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wavebook.core import temporary
from wavebook.core.problems import Problem, fail

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell, which has no windows, first: it opens a page in a quarter of the processor's time."""
SOCKET = len("org.chromium.Chromium.123456/SingletonSocket")
"""The longest name of a socket of Chromium's in the folder for temporary files."""
_PATIENCE = 900  # seconds for all pages of a print edition; those of the longest book take a minute


def installed() -> list[str]:
    """The programs of this system that are called Chromium; some may be stubs that only ask to install it."""
    return [path for path in map(shutil.which, NAMES) if path]


def program() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return next(iter(installed()), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium, which draws without a graphics card: one that is imitated takes a fifth more of the processor."""
    return playwright.chromium.launch(executable_path=program(), args=["--no-sandbox", "--disable-gpu"])


@contextmanager
def browser(purpose: str, *, patience: float = _PATIENCE) -> Iterator[Browser]:
    """Run a Chromium, which ends with the block.

    Raises ProblemsError (W520), naming its ``purpose``, when there is none, when it fails in the block, or when that
    takes more than ``patience`` seconds: Chromium itself has no limit for drawing or printing a page.
    """
    from playwright.sync_api import Error, sync_playwright
    from playwright.sync_api import TimeoutError as LateError

    watch = _Watch(patience)
    try:
        with temporary.room(socket=SOCKET), watch, sync_playwright() as playwright:
            started = launch(playwright)
            yield started
            started.close()
    except Exception as error:
        if watch.late:  # Playwright may say anything when it is ended while it starts
            found = f"could not {purpose} within {patience / 60:.0f} minutes"
            fail(
                Problem("W520", "Chromium", found, "Look at the clock and the load of this machine, and run it again.")
            )
        if not isinstance(error, Error):
            raise
        said = str(error).strip().splitlines()[0].rstrip(".")
        action = "Install Chromium: tools/browser does."
        if isinstance(error, LateError):
            action = "Look for a picture that takes long to draw, and at the load of this machine."
        fail(Problem("W520", "Chromium", f"could not {purpose}: {said}", action))


class _Watch:
    """A thread that ends what this process started in a block, if the block takes too long."""

    def __init__(self, patience: float):
        self.patience, self.late = patience, False

    def __enter__(self) -> None:
        self.before = _children()
        self.awaits, self.end = os.pipe()
        self.thread = threading.Thread(target=self._wait, daemon=True)
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        os.close(self.end)
        self.thread.join()
        os.close(self.awaits)

    def _wait(self) -> None:
        if select.select([self.awaits], [], [], self.patience)[0]:
            return
        self.late = True
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it would tell of each call that gets no answer
        for process in _children() - self.before:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def _children() -> set[int]:
    """The processes that this one has started, where the system tells."""
    found: set[int] = set()
    for thread in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found.update(map(int, thread.read_text(encoding="ascii").split()))
    return found


if __name__ == "__main__":
    print(*installed(), sep="\n")
