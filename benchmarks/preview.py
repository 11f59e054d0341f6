"""How long after a save the new page is served, in the running preview."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import Cost

_SERVE = """
import sys
from pathlib import Path
from wavebook.serve import serve
serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True))
"""


@contextmanager
def running(root: Path, env: dict[str, str]) -> Iterator[Preview]:
    """The preview of ``root`` in a process of its own, once its first page is there."""
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(root)], env=env, stdout=subprocess.PIPE, text=True)
    try:
        preview = Preview(root, process.stdout.readline().split()[0], process.pid)
        threading.Thread(target=process.stdout.read, daemon=True).start()
        preview.wait("index.html", lambda page: "being built" not in page)
        yield preview
    finally:
        process.terminate()
        process.wait()


class Preview:
    """A preview to save in and to look at."""

    def __init__(self, root: Path, url: str, pid: int):
        self.root, self.url, self.pid = root, url, pid

    def save(self, file: str, old: str, new: str, page: str, shown: str) -> Cost:
        """Replace ``old`` by ``new`` in ``file``; what it costs until ``page`` shows ``shown``."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{file} no longer holds {old!r}")
        before, began = self.cpu(), time.perf_counter()
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.wait(page, lambda now: shown in now)
        return Cost(time.perf_counter() - began, self.cpu() - before)

    def wait(self, page: str, right: Callable[[str], bool]) -> None:
        """Ask for the page until it is right."""
        end = time.monotonic() + 300
        while not right(self.get(page)):
            if time.monotonic() > end:
                raise SystemExit(f"{page} did not come")
            time.sleep(0.01)

    def get(self, page: str) -> str:
        """The page as it is served."""
        try:
            with urllib.request.urlopen(self.url + page, timeout=300) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def cpu(self) -> float:
        """Processor time of the preview and of all that it ran."""
        import psutil

        process = psutil.Process(self.pid)
        return sum(sum(p.cpu_times()[:4]) for p in (process, *process.children(recursive=True)))
