"""Many editions of one book: making those that changed, and one folder with all of them.

The inputs of an edition are hashed: one that is there already is not made again. One that fails does not stop the
others. The folder is put in place by one exchange; every edition that did not change keeps the same files.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from wavebook import figures
from wavebook.core import files, links, marker, outputs, processes
from wavebook.core.languages import shipped
from wavebook.core.marker import Mark
from wavebook.core.problems import Problem, ProblemsError, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.definitions import Definitions
from wavebook.figures import published
from wavebook.figures.excerpt import Excerpts
from wavebook.publish.editions import catalogue, edition
from wavebook.publish.editions.edition import Edition, Made
from wavebook.publish.editions.queries import Query, chosen
from wavebook.survey.disclosure import subtraction


@dataclass(frozen=True)
class Task:
    """An edition to make, the data it may read, and a hash of everything it depends on."""

    edition: Edition
    excerpts: Excerpts = field(repr=False)
    made_from: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def data(self) -> dict[str, bytes]:
        """The data it may read, by name: made when asked for, as there may be hundreds of tasks."""
        wanted = self.edition
        return self.excerpts.of(wave=wanted.wave, baseline=wanted.baseline, segment=wanted.segment)

    @property
    def slug(self) -> str:
        """The name of the edition's folder."""
        return self.edition.slug


@dataclass
class Summary:
    """The results of the editions asked for; ``report`` is the file about each of them."""

    output: Path
    report: Path
    editions: int = 0
    made: int = 0
    failed: dict[str, list[Problem]] = field(default_factory=dict)
    replaced: int = 0
    left_out: int = 0
    why: dict[str, str] = field(default_factory=dict)
    memory: float = 0


Progress = Callable[[int, int, int, float | None], None]
Makers = Callable[[list[Task], dict[str, bytes], Path], Iterator[tuple[Task, Made | processes.Failure, float]]]


def build_all(
    root: Path,
    queries: list[Query],
    *,
    output: Path | None = None,
    makers: Makers | None = None,
    progress: Progress = lambda *_: None,
) -> Summary:
    """Build every edition that is asked for into ``output`` (by default _build/editions).

    Parameters
    ----------
    queries
        As ``queries.asked`` gives them.
    makers
        Makes tasks and lays their sites in a folder; by default in forks of this process, see ``here``.
    progress
        Called with the numbers done, in total and failed, and the seconds that are left, if known.

    Raises
    ------
    ProblemsError
        Problems of the data or the queries. Those of an edition are in the summary: its earlier state stays, and all
        others are published.
    """
    output = output or root / "_build" / "editions"
    output = outputs.chosen(root, output, what="editions", is_ours=lambda folder: _mark(folder) is not None)
    return _build_in_turn(root, queries, output, makers or here, progress)


@one_at_a_time
def _build_in_turn(root: Path, queries: list[Query], output: Path, makers: Makers, progress: Progress) -> Summary:
    d = figures.load(root).definitions
    raise_all(published.compared(root, d).problems)
    subtraction.check(root)
    raise_all(links.problems(root))
    wanted = chosen(d, queries)
    store = root / "_build" / ".wavebook" / "editions"
    shared, library = edition.sources(root), files.digest(files.library())
    excerpts = Excerpts(root)
    tasks = [_task(item, shared, library, excerpts) for item in wanted]
    summary = Summary(output, root / "_build" / "editions-report.json", len(tasks))
    stale = [task for task in tasks if not _is_kept(store, task, summary)]
    assets = store / f"shared-{_looks(shared, library)}"
    if not assets.is_dir() and not stale:
        stale = tasks[:1]  # the style sheets come with an edition
    for task, made in _made(stale, shared, store, assets, makers, progress, summary):
        if made.problems:
            summary.failed[task.slug] = made.problems
        else:
            summary.made += 1
    with files.alone(output.parent):
        _lay(output, store, assets, tasks, d, root, summary)
    _report(store, summary)
    return summary


def here(
    tasks: list[Task], shared: dict[str, bytes], into: Path
) -> Iterator[tuple[Task, Made | processes.Failure, float]]:
    """Make the editions in forks of this process, on all cores; each site is in ``into`` when its task is yielded."""
    with edition.scratch() as scratch:
        if len(tasks) > 1:
            edition.warm_up(shared, tasks[0].data, tasks[0].edition)
        else:
            edition.preload(shared)

        def work(task: Task) -> Made:
            return edition.make(task.edition, shared, task.data, into / task.slug, scratch)

        # one more than can run, as each now and then waits for its charts to be drawn
        yield from processes.each(tasks, work, places=processes.cores() + 1)


def _task(item: Edition, shared: dict[str, bytes], library: str, excerpts: Excerpts) -> Task:
    task = Task(item, excerpts)
    return replace(task, made_from=edition.ingredients(item, shared, task.data, library))


def _looks(shared: dict[str, bytes], library: str) -> str:
    """A hash of everything that style sheets and scripts depend on."""
    look = {name: text for name, text in shared.items() if not name.endswith((".md", ".ipynb"))}
    return edition.key({"library": library, **look})[:16]


def _is_kept(store: Path, task: Task, summary: Summary) -> bool:
    """Tell whether the edition is there, from the same inputs and untouched; if not, note why it is made."""
    try:
        note = _note(store, task.slug)
    except (OSError, ValueError):
        summary.why[task.slug] = "made: it was not made before"
        return False
    before, now = note["made_from"], task.made_from
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        summary.why[task.slug] = f"made: {', '.join(changed[:3])}{more} changed"
    elif note["site"] != outputs.listing(store / task.slug):
        summary.why[task.slug] = "made: its files have changed since it was made"
    else:
        summary.why[task.slug] = "kept: nothing that it is made from changed"
        return True
    return False


def _made(
    tasks: list[Task], shared: dict, store: Path, assets: Path, makers: Makers, progress: Progress, summary: Summary
) -> Iterator[tuple[Task, Made]]:
    """Make tasks and put each that succeeds in the store; yields each as it finishes."""
    into = store / ".new"
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    began, done, failed = time.monotonic(), 0, 0
    progress(0, len(tasks), 0, None)
    try:
        for task, made, memory in makers(tasks, shared, into) if tasks else ():
            if not isinstance(made, Made):
                made = Made(problems=[_failure(task, made)])
            elif not made.problems:
                _keep(task, made, into / task.slug, store, assets)
            summary.memory = max(summary.memory, memory)
            done, failed = done + 1, failed + bool(made.problems)
            left = (time.monotonic() - began) / done * (len(tasks) - done)
            progress(done, len(tasks), failed, left if done >= min(8, len(tasks)) else None)
            yield task, made
    finally:
        shutil.rmtree(into, ignore_errors=True)


def _failure(task: Task, failure: processes.Failure) -> Problem:
    said = f" It said: {failure.said.splitlines()[-1]}" if failure.said else ""
    action = f"Run wavebook build for this edition alone to see more.{said}"
    return Problem("W509", f"edition {task.slug}", failure.reason.replace("\n", " ").rstrip("."), action)


def _keep(task: Task, made: Made, site: Path, store: Path, assets: Path) -> None:
    """Put a new site in the store with a note of its inputs; files that did not change keep their times."""
    if not edition.same_shared(site, assets):
        found, action = "has other style sheets than the rest", "Build all editions on machines with the same packages."
        made.problems.append(Problem("W509", f"edition {task.slug}", found, action))
        return
    kept, note = store / task.slug, store / f"{task.slug}.json"
    if kept.is_dir():
        outputs.keep_times(kept, site)
        note.unlink(missing_ok=True)
        shutil.rmtree(kept)
    os.rename(site, kept)
    content = {"made_from": task.made_from, "left_out": made.left_out, "site": outputs.listing(kept)}
    files.write_whole(note, json.dumps(content).encode())


# --- one folder -------------------------------------------------------------------------------------------


def _mark(folder: Path) -> Mark | None:
    """The mark of a folder of editions that were made here, or what its list says if it is of before the mark."""
    mark = marker.read(folder)
    if mark is not None:
        return mark if mark.what == marker.EDITIONS else None
    try:
        listed = json.loads(files.read(folder / catalogue.RECORD, files.TABLE))["editions"]
        known = {catalogue.RECORD, "index.html", *shipped(), edition.SHARED, *(item["folder"] for item in listed)}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return Mark(marker.EDITIONS, frozenset(known))


def _lay(
    output: Path, store: Path, assets: Path, tasks: list[Task], d: Definitions, root: Path, summary: Summary
) -> None:
    """Put the folder together beside the old one, from links to the store, and exchange them if they differ."""
    fresh = outputs.beside(output)
    try:
        there = []
        for task in tasks:
            failed = task.slug in summary.failed
            source = (output if failed else store) / task.slug
            if source.is_dir():
                shutil.copytree(source, fresh / task.slug, copy_function=files.link_or_copy)
                there.append(task.edition)
        if not there:
            return
        if assets.is_dir():
            shutil.copytree(assets, fresh, copy_function=files.link_or_copy, dirs_exist_ok=True)
        elif output.is_dir():  # all editions failed, and earlier ones stay
            for name in (edition.SHARED, f"en/{edition.SHARED}"):
                if (output / name).is_dir():
                    shutil.copytree(output / name, fresh / name, copy_function=files.link_or_copy)
        catalogue.write(fresh, root, there, d)
        marker.write(fresh, marker.EDITIONS)
        outputs.open_to_readers(fresh)
        if output.is_dir():
            outputs.keep_times(output, fresh)
            marker.take_along(output, fresh, _mark(output))
        if not outputs.is_same(fresh, output):
            outputs.exchange(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _report(store: Path, summary: Summary) -> None:
    """Write one file with the omissions and problems of every edition."""
    with files.writing(summary.report) as report:
        report.write(b"{")
        for number, (slug, why) in enumerate(summary.why.items()):
            failed = slug in summary.failed
            left_out = [] if failed else _note(store, slug)["left_out"]
            told = {
                "outcome": "failed" if failed else why.partition(":")[0],
                "claims_replaced": [item for item in left_out if item["instead"]],
                "left_out": [item for item in left_out if not item["instead"]],
                "problems": [str(problem) for problem in summary.failed.get(slug, [])],
            }
            summary.replaced += len(told["claims_replaced"])
            summary.left_out += len(told["left_out"])
            entry = json.dumps(told, ensure_ascii=False, indent=1).replace("\n", "\n ")
            report.write(f"{',' if number else ''}\n {json.dumps(slug)}: {entry}".encode())
        report.write(b"\n}\n")


def _note(store: Path, slug: str) -> dict:
    """The note kept beside an edition: its inputs, its omissions, and its files."""
    return json.loads((store / f"{slug}.json").read_text(encoding="utf-8"))


def problems(summary: Summary) -> list[Problem]:
    """The problems of editions, each problem once, with the editions that have it."""
    found: dict[Problem, list[str]] = {}
    for slug, wrong in sorted(summary.failed.items()):
        for problem in wrong:
            found.setdefault(problem, []).append(slug)
    told = []
    for problem, slugs in found.items():
        some = ", ".join(slugs[:3]) + (f" and {len(slugs) - 3} more" if len(slugs) > 3 else "")
        where = "" if problem.code == "W509" else f" (in {some})"
        told.append(Problem(problem.code, problem.place, f"{problem.found}{where}", problem.action))
    return list(ProblemsError(told).problems)
