"""Run the section notebooks with papermill and collect their charts and verdicts.

A run is kept under the hash of all it depends on: notebook, what stands beside it, parameters, library, pins, and the
part of data/ that its edition may read. It finds these where it does in Jupyter: beside it, and in ../data. A run that
is kept is not repeated, and one that fails leaves only its problems behind.
"""

from __future__ import annotations

import contextlib
import glob
import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wavebook import claims
from wavebook.charts import renderer, svg
from wavebook.core import files, hashes, hints, languages
from wavebook.core.notebooks import crowd
from wavebook.core.problems import Problem
from wavebook.figures import Figures, excerpt, is_excerpt
from wavebook.figures.excerpt import Excerpts
from wavebook.runs import bare, concealed, failures, shell, source
from wavebook.runs.under_way import UnderWay

PARAMETERS = ("wave", "baseline", "population", "segment", "language")
CELL_SECONDS = 300  # seconds after which a cell is taken to hang: the slowest of a real book takes one
KEPT_RUNS = 6  # runs per notebook: a few editions, so that switching between them runs nothing


@dataclass
class Results:
    """The results of one edition's notebooks: charts and verdicts by name, problems, and why each ran or not."""

    parameters: dict[str, object] = field(default_factory=dict)
    charts: dict[str, dict] = field(default_factory=dict)
    claims: dict[str, dict] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    failed: list[failures.Failed] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """A hint at the known name nearest to ``name``."""
        return hints.after(name, known)

    def behind(self, name: str) -> tuple[Problem, ...]:
        """The failures behind a chart or claim that is not there; empty if no cell that failed would make it."""
        return tuple(dict.fromkeys(problem for cell in self.failed if cell.makes(name) for problem in cell.problems))


def parameters_of(figures: Figures) -> dict[str, object]:
    """The parameters for notebooks; these need ``population`` and ``segment`` only for editions about one."""
    named = {name: getattr(figures, name) for name in PARAMETERS}
    named |= {name: figures.definitions.plain(named[name]) for name in ("wave", "baseline")}
    return {name: value for name, value in named.items() if value != ""}


def run_notebooks(
    root: Path,
    parameters: dict[str, object],
    *,
    pages: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
    here: bool = False,
    under_way: UnderWay | None = None,
) -> Results:
    """Run every stale notebook under ``root``/notebooks, and read all their results.

    Parameters
    ----------
    root
        The book's folder.
    parameters
        As ``parameters_of`` gives them.
    pages
        Folder that gets the executed notebooks as appendix pages; rewritten only where they differ.
    tell
        Called with one line a notebook that runs.
    here
        Whether the runs are forks of this process, one after the other, rather than parallel kernels; see
        ``shell``.
    under_way
        What another thread can end these runs by; none begins after that.

    Returns
    -------
    Results
        ``problems`` names notebook, cell and cause of every failure (W30x); never raises for those.
    """
    results, under_way = Results(parameters=parameters), under_way or UnderWay()
    notebooks = files.notebooks(root)
    if not notebooks:
        results.problems.append(Problem("W301", "notebooks/", "there are no notebooks", "Restore them."))
    if here:
        shell.register()
    try:
        beside = {p.relative_to(root).as_posix(): files.read(p, files.TABLE) for p in files.beside_notebooks(root)}
    except OSError as error:
        place = f"notebooks/{Path(str(error.filename)).name}"
        action = "Keep it elsewhere: what stands beside the notebooks goes with every run."
        results.problems.append(Problem("W301", place, f"cannot be read: {error.strerror}", action))
        return results
    folder, data = _readable(root, parameters, beside)
    shared = {"library": files.digest(files.library()), "pins": files.digest(files.pins(root)), "data": data}
    store = root / "_build" / ".wavebook" / "runs"
    run = _Runs(parameters, folder, shared, store, results, tell, here, under_way).run

    # Threads suffice: the work is done in the kernels, some of which wait for their drawings. A process that forks has
    # none.
    with contextlib.nullcontext() if here else ThreadPoolExecutor(max_workers=(os.cpu_count() or 1) + 2) as pool:
        try:
            for path, text, problems in (pool.map if pool else map)(run, notebooks):
                results.problems += problems
                if problems:
                    results.failed += failures.failed(text, path, problems)
                if text is None:
                    continue
                _collect(path, json.loads(text), results)
                if pages and not problems:
                    files.write_whole(pages / path.name, text.encode())
        except BaseException:  # Ctrl-C too: else the threads are waited for until every notebook is done
            under_way.end()
            raise
    if pages and pages.is_dir():
        for page in set(pages.glob("*.ipynb")) - {pages / path.name for path in notebooks}:
            page.unlink()
    return results


@dataclass
class _Runs:
    """The runs of one edition's notebooks, in ``folder``, each kept in ``store`` by the hash of all it depends on.

    ``shared`` has the hashes of what every notebook depends on; ``results`` is told which ran, and why.
    """

    parameters: dict[str, object]
    folder: Path
    shared: Mapping[str, object]
    store: Path
    results: Results
    tell: Callable[[str], None]
    here: bool
    under_way: UnderWay

    def run(self, path: Path) -> tuple[Path, str | None, list[Problem]]:
        """Run a notebook, or read its kept run: the notebook, its executed text, and its problems.

        There is no text of one that cannot be read or did not end.
        """
        if self.under_way.ended:
            return path, None, []
        try:
            content = files.read(path, files.TABLE)
        except OSError as error:
            action = "Restore it; it must be a Jupyter notebook."
            return path, None, [Problem("W301", f"notebooks/{path.name}", f"cannot be read: {error.strerror}", action)]
        if found := crowd(content):
            action = "Clear its outputs, or divide it."
            return path, None, [Problem("W301", f"notebooks/{path.name}", f"cannot be read: {found}", action)]
        made_from = {"notebook": hashes.of(content), "parameters": self.parameters, **self.shared}
        key = hashes.of(json.dumps(made_from, sort_keys=True), hashes.NAMED)
        kept = self.store / f"{path.stem}-{key}.ipynb"
        if kept.is_file() and _is_whole(kept):
            os.utime(kept)
            self.results.why[path.stem] = "kept: nothing that it depends on changed"
            return path, kept.read_text(encoding="utf-8"), []
        self.tell(f"running notebooks/{path.name}")
        self.results.why[path.stem] = f"ran: {_difference(self.store, path.stem, made_from)}"
        renderer.start()
        how = {"engine": shell.NAME} if self.here else {"engine": "wavebook", "under_way": self.under_way}
        text, problems = _run(path, self.parameters, self.folder, **how)
        self.results.ran.append(path.stem)
        if text is not None and not problems and files.holds(path, content):  # else it ran a newer file
            files.write_whole(kept.with_suffix(".json"), json.dumps(made_from, sort_keys=True).encode())
            files.write_whole(kept, text.encode())
            _forget_old(self.store, path.stem, kept)
        return path, text, problems


def _readable(root: Path, parameters: dict[str, Any], beside: dict[str, bytes]) -> tuple[Path, dict[str, str]]:
    """The folder in which the edition's runs find what they may read, ``beside`` them too, and a hash of each file."""
    if is_excerpt(root):
        content = {path.relative_to(root).as_posix(): path.read_bytes() for path in files.data(root)}
        return root / "notebooks", hashes.by_name(content | beside)
    segment = str(parameters.get("segment", ""))
    wave, baseline = (str(parameters[name]) for name in ("wave", "baseline"))
    made = Excerpts(root).of(wave=wave, baseline=baseline, segment=segment) | beside
    made[languages.SETTINGS] = f"languages: [{', '.join(languages.declared(root))}]\n".encode()
    store = root / "_build" / ".wavebook" / "data"
    folder = store / excerpt.digest(made)[: hashes.NAMED]
    for name, text in made.items():
        files.write_whole(folder / name, text)
    (folder / "notebooks").mkdir(exist_ok=True)
    os.utime(folder)
    for old in files.outdated(store.iterdir(), KEPT_RUNS, newest=folder):
        shutil.rmtree(old, ignore_errors=True)
    return folder / "notebooks", hashes.by_name(made)


def _difference(store: Path, stem: str, made_from: dict) -> str:
    """The inputs of a run that differ from those of the kept run most like it."""
    earlier = []
    for path in _kept(store, stem, "json"):
        with contextlib.suppress(OSError, ValueError):
            earlier.append(json.loads(path.read_text(encoding="utf-8")))
    alike = [before for before in earlier if before["parameters"] == made_from["parameters"]]
    told = [_differences(before, made_from) for before in alike or earlier]
    fewest: list[str] = min(told, key=len, default=[])
    return "; ".join(fewest) if told else "no earlier run is kept"


def _differences(before: dict, now: dict) -> list[str]:
    names = {"library": "the library's code", "pins": "requirements.txt", "notebook": "the notebook itself"}
    found = [f"{text} changed" for name, text in names.items() if before[name] != now[name]]
    changed = sorted(
        n for n in before["data"].keys() | now["data"].keys() if before["data"].get(n) != now["data"].get(n)
    )
    for name in sorted(before["parameters"].keys() | now["parameters"].keys()):
        old, new = (run["parameters"].get(name, "none") for run in (before, now))
        if old != new:
            found.append(f"parameter {name} was {old} and is {new}")
    return [*found, *(f"{name} changed" for name in changed)]


def _run(
    path: Path, parameters: dict[str, object], root: Path, engine: str, **more: object
) -> tuple[str | None, list[Problem]]:
    """The executed notebook as text, and its problems; None when it was not executed to its end.

    The steps are those of ``papermill.execute_notebook``, which also turns the notebook into text and back three times.
    """
    from papermill.engines import papermill_engines
    from papermill.iorw import load_notebook_node, papermill_io
    from papermill.parameterize import parameterize_notebook

    for name in ("papermill", "traitlets"):  # a failed run is reported as a problem instead
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # papermill keeps a current folder for the whole process; runs side by side may have left another book's there.
    papermill_io.get_handler("local").cwd(None)  # pyright: ignore[reportAttributeAccessIssue]  (a handler of files)
    place = f"notebooks/{path.name}"
    try:
        written = load_notebook_node(str(path))
        source.check_shape(written)
    except Exception as error:  # whatever is in the file
        action = "Restore it; it must be a Jupyter notebook."
        return None, [Problem("W301", place, f"cannot be read: {failures.one_line(error)}", action)]
    if problems := [*concealed.problems(written, place), *source.problems(written, parameters, place)]:
        return None, problems
    source.settle(written)
    try:
        notebook = parameterize_notebook(written, parameters, engine_name=engine)
        notebook.metadata.papermill["input_path"] = str(path)  # by which the engine names it
        notebook = papermill_engines.execute_notebook_with_engine(
            engine,
            notebook,
            kernel_name=papermill_engines.nb_kernel_name(engine_name=engine, nb=notebook),
            input_path=str(path),
            output_path=None,  # nobody reads on while it runs
            # not papermill's cwd, which moves the whole process: runs in other threads would read another book
            resources={"metadata": {"path": str(root.resolve())}},
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
            allow_errors=True,  # the rest runs too, so that everything missing is listed at once
            **more,
        )
    except Exception as error:  # a kernel that dies or hangs can raise any exception of its client
        return None, [_unfinished(error, place)]
    if problems := concealed.problems(notebook, place):
        return None, problems
    return _reproducible(notebook), failures.problems(notebook, place)


def _unfinished(error: Exception, place: str) -> Problem:
    """The reason a run stopped before its end; the engine's own codes (W311, W312) are kept."""
    if form := bare.unheld(error):
        what, action = bare.bare({form: ""}) or (f"{form}, which no notebook can hold", "Show it in another form.")
        return Problem("W346", place, f"shows {what} by itself", action)
    code, _, rest = failures.one_line(error).partition(" ")
    known = re.fullmatch(r"W31\d", code)
    found = f"did not finish: {rest.partition(': ')[2] if known else failures.one_line(error)}"
    return Problem(code if known else "W303", place, found, "Run the notebook in Jupyter to see where it stops.")


def _reproducible(notebook) -> str:
    """The notebook without times, paths and addresses of this run: the same inputs give the same bytes."""
    import nbformat

    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
    return re.sub(r" at 0x[0-9a-f]+>", ">", nbformat.writes(notebook))


def _is_whole(kept: Path) -> bool:
    """Tell whether a kept run is intact: neither damaged by a broken disk nor edited."""
    try:
        return isinstance(json.loads(kept.read_bytes())["cells"], list)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


_CHART, _VERDICT = {"name"}, {"outcome", "reason", "figures", "breaks"}


def _collect(path: Path, notebook: dict, results: Results) -> None:
    results.problems += bare.problems(notebook, f"notebooks/{path.name}")
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            chart, verdicts = data.get(svg.MIME), data.get(claims.MIME, {})
            if not _are_ours([chart] if svg.MIME in data else [], _CHART) or not (
                isinstance(verdicts, dict) and _are_ours(verdicts.values(), _VERDICT)
            ):
                found = "shows something as a chart or claim that charts and claims did not make"
                action = "Let the cell end with charts.lines(...), claims.judge(...) or the like."
                results.problems.append(Problem("W306", f"notebooks/{path.name}", found, action))
                continue
            if chart:
                _add(results, results.charts, chart["name"], chart, "chart", path)
            for name, verdict in verdicts.items():
                _add(results, results.claims, name, verdict, "claim", path)


def _are_ours(made: Iterable[object], parts: set[str]) -> bool:
    return all(isinstance(item, dict) and parts <= item.keys() for item in made)


def _add(results: Results, target: dict, name: str, item: dict, what: str, path: Path) -> None:
    place = f"notebooks/{path.name}"
    if name in target:
        found = f"{what} {name} is also made by {results.origin[name]}"
        results.problems.append(Problem("W305", place, found, "Give one of the two another name."))
    target[name] = item
    results.origin[name] = place


def _kept(store: Path, stem: str, kind: str) -> Iterable[Path]:
    """The kept runs of one notebook; another notebook's name may begin with its name."""
    return store.glob(f"{glob.escape(stem)}-{'[0-9a-f]' * 24}.{kind}")


def _forget_old(store: Path, stem: str, newest: Path) -> None:
    for path in files.outdated(_kept(store, stem, "ipynb"), KEPT_RUNS, newest=newest):
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)
