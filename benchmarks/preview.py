"""How long after a save the new page is served, in the running preview."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import Bench, change, costs
from measure import Cost, Spread
from report import Target, cpu, spread, table, wall

SENTENCE = ("book/een-overheid.md", "Wie een kind krijgt", "een-overheid.html")
FIGURE = ("data/figures/2014.csv", "2014,grade_chain,total,,,,", "een-overheid.html")
NOTEBOOK = ("notebooks/een-overheid.ipynb", "Hoe waarderen klanten", "notebooks/een-overheid.html")
AIMS = {"a sentence": 1, "a figure": 2, "a notebook": 2}  # seconds

_SERVE = """
import sys
from pathlib import Path
from wavebook.publish.serve import serve
serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True))
"""


def measure(bench: Bench) -> dict:
    """Save a sentence, a figure and a notebook, and look at the page."""
    with running(bench.book(), bench.env) as shown:
        before, grade, title = SENTENCE[1], "6.9", NOTEBOOK[1]
        for number in range(-1, bench.rounds):
            note = bench.note if number >= 0 else lambda *_: None  # the first saves fill the caches
            after = f"Wie in ronde {'i' * (number + 2)} een kind krijgt"
            note("a sentence", shown.save(SENTENCE[0], before, after, SENTENCE[2], after))
            before, other = after, f"5.{number + 1}"
            text = f">{other.replace('.', ',')}</a>"
            note("a figure", shown.save(FIGURE[0], FIGURE[1] + grade, FIGURE[1] + other, FIGURE[2], text))
            grade, other = other, f"{NOTEBOOK[1]} {'i' * (number + 2)}"
            note("a notebook", shown.save(NOTEBOOK[0], title, other, NOTEBOOK[2], other))
            title = other
        bench.note("a hundred sentences", _hundred_saves(shown, before))
    return {"costs": bench.taken()}


def _hundred_saves(shown: Preview, before: str) -> Cost:
    """As fast as files are written, until the last one shows."""
    for number in range(99):
        after = f"Wie {'en wie ' * (number + 1)}een kind krijgt"
        change(shown.root / SENTENCE[0], before, after)
        before = after
    return shown.save(SENTENCE[0], before, "Wie als laatste een kind krijgt", SENTENCE[2], "Wie als laatste een kind")


def targets(found: dict) -> list[Target]:
    """What was saved is to be seen within one or two seconds."""
    taken = {name: Spread.of(map(wall, costs(found["costs"])[name])) for name in AIMS}
    return [
        Target(f"{name} saved in the preview", f"{aim} s", f"{taken[name].text()} s", taken[name].median < aim)
        for name, aim in AIMS.items()
    ]


def report(found: dict) -> str:
    """Seconds from each kind of save to the page."""
    rows = [[name, spread(taken), spread(taken, cpu)] for name, taken in costs(found["costs"]).items()]
    return f"""## In the running preview

From saving the file to the page being served; cpu seconds are those until then.

{table(["saved", "on screen after, s", "cpu s"], rows)}"""


@contextmanager
def running(root: Path, env: dict[str, str]) -> Iterator[Preview]:
    """The preview of ``root`` in a process of its own, once its first page is there."""
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(root)], env=env, stdout=subprocess.PIPE, text=True)
    try:
        preview = Preview(root, process.stdout.readline().split()[0], process.pid)
        threading.Thread(target=preview.listen, args=(process.stdout,), daemon=True).start()
        preview.wait("index.html", lambda page: "being built" not in page)
        preview.wait_for_build(0)
        yield preview
    finally:
        process.terminate()
        process.wait()


class Preview:
    """A preview to save in and to look at."""

    def __init__(self, root: Path, url: str, pid: int):
        self.root, self.url, self.pid, self.said = root, url, pid, []

    def listen(self, lines: Iterable[str]) -> None:
        """Keep what the preview says."""
        self.said.extend(lines)

    @property
    def builds(self) -> int:
        """How many builds are done, English pages too."""
        return sum(" built in " in line or " run in " in line for line in self.said)

    def save(self, file: str, old: str, new: str, page: str, shown: str) -> Cost:
        """Replace ``old`` by ``new`` in ``file``: seconds until ``page`` shows ``shown``, and what all of it costs."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{file} no longer holds {old!r}")
        before, builds, began = self.cpu(), self.builds, time.perf_counter()
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.wait(page, lambda now: shown in now)
        took = time.perf_counter() - began
        self.wait_for_build(builds)
        return Cost(took, self.cpu() - before)

    def wait(self, page: str, right: Callable[[str], bool]) -> None:
        """Ask for the page until it is right."""
        end = time.monotonic() + 300
        while not right(self.get(page)):
            if time.monotonic() > end:
                raise SystemExit(f"{page} did not come; the preview said:\n{''.join(self.said)}")
            time.sleep(0.01)

    def wait_for_build(self, builds: int) -> None:
        """Wait until more than so many builds are done."""
        while self.builds <= builds:
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
