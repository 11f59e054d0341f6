"""The book by this project's route and by the stock one: from nothing, again, and after a change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import stock
from bench import HERE, Bench, change, clean, costs
from measure import Spread, command
from report import Target, cpu, ratios, spread, table, wall

SENTENCE = ("book/een-overheid.md", "Wie een kind krijgt")
FIGURE = ("data/figures/2014.csv", "2014,grade_chain,total,,,,", "6.9")
DRAFT = ("--draft", "--output", "_build/draft")
WORK = ("whole book", "nothing changed", "a sentence changed", "a figure changed", "floor")


def measure(bench: Bench) -> dict:
    """Costs of each kind of work on both routes, seconds of each stage by round, and profiles of two builds."""
    root = bench.book()
    books = stock.books(bench, root, stock.LANGUAGES)
    empty = _empty(bench.folder / "empty")
    bench.wavebook(root)  # compiles every module that either route imports
    stock.route(bench, root, books)
    taken: dict[str, dict[str, list[float]]] = {"stages": {}, "processes": {}}
    for number in range(bench.rounds):
        _from_nothing(bench, root, books, empty)
        bench.wavebook(root, *DRAFT)
        _changed(bench, root, books, number)
        clean(root)
        for kind, found in _stages(bench, root).items():
            for name, seconds in found.items():
                taken[kind].setdefault(name, []).append(seconds)
    profiles = {"from nothing": _profile(bench, root, fresh=True), "nothing changed": _profile(bench, root)}
    return {"costs": bench.taken(), **taken, "profiles": profiles}


def _empty(folder: Path) -> Path:
    """A stock book of one empty page."""
    folder.mkdir()
    (folder / "index.md").write_text("# Empty\n")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "_config.yml").write_text("title: Empty\n")
    return folder


def _from_nothing(bench: Bench, root: Path, books: dict[str, Path], empty: Path) -> None:
    clean(root)
    bench.note("whole book", bench.wavebook(root))
    bench.note("whole book, stock", stock.route(bench, root, books))
    bench.note("floor", command(["python", HERE / "stages.py", "--empty"], root, bench.env))
    shutil.rmtree(empty / "_build", ignore_errors=True)
    bench.note("floor, stock", command(["jupyter-book", "build", "."], empty, bench.env))
    bench.note("nothing changed", bench.wavebook(root))
    bench.note("nothing changed, stock", stock.route(bench, root, books, fresh=False))


def _changed(bench: Bench, root: Path, books: dict[str, Path], number: int) -> None:
    file, before = SENTENCE
    after = f"Wie in ronde {'i' * (number + 1)} een kind krijgt"
    pages = (root / file, books["nl"] / Path(file).name)
    for page in pages:
        change(page, before, after)
    bench.note("a sentence changed", bench.wavebook(root, *DRAFT))
    bench.note("a sentence changed, stock", stock.jupyter_book(books["nl"], bench.env))
    for page in pages:
        change(page, after, before)
    file, row, grade = FIGURE
    other = f"5.{number}"
    change(root / file, row + grade, row + other)
    bench.note("a figure changed", bench.wavebook(root, *DRAFT))
    bench.note("a figure changed, stock", stock.route(bench, root, books, fresh=False))
    change(root / file, row + other, row + grade)


def _stages(bench: Bench, root: Path) -> dict[str, dict[str, float]]:
    """What each stage of a build from nothing takes, and each process."""
    done = subprocess.run(
        [sys.executable, HERE / "stages.py"], cwd=root, env=bench.env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _profile(bench: Bench, root: Path, fresh: bool = False) -> dict[str, float]:
    """Own time by package in one profiled build; the profiler itself makes everything slower."""
    import pstats

    if fresh:
        clean(root)
    kept = bench.folder / "profile"
    command(["python", "-m", "cProfile", "-o", kept, "-m", "wavebook", "build"], root, bench.env)
    packages: dict[str, float] = {}
    for (file, _, function), (_, _, own, *_) in pstats.Stats(str(kept)).stats.items():
        name = _package(Path(file).parts, file, function)
        packages[name] = packages.get(name, 0) + own
    return packages


def _package(parts: tuple[str, ...], file: str, function: str) -> str:
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    if "wavebook" in parts:
        return "wavebook"
    if "acquire" in function:
        return "waiting for the notebooks"
    if "vl_convert" in function:
        return "vl_convert"
    return "importing" if "importlib" in file or "marshal" in function else "Python itself"


# --- the report -------------------------------------------------------------------------------------------


def targets(found: dict) -> list[Target]:
    """Five times the stock route, 1.5 times the floor, and at once when nothing changed."""
    taken = costs(found["costs"])
    faster = ratios(taken["whole book"], taken["whole book, stock"])
    floor = ratios(taken["floor"], taken["whole book"])
    again = Spread.of(map(wall, taken["nothing changed"]))
    return [
        Target("whole book from nothing", "5 × stock", f"{faster.text(1)} ×", faster.median >= 5),
        Target("", "1.5 × the floor", f"{floor.text(1)} ×", floor.median < 1.5),
        Target("nothing changed", "0.7 s", f"{again.text()} s", again.median < 0.7),
    ]


def report(found: dict) -> str:
    """Both routes beside each other, stages and profiles."""
    taken, rows = costs(found["costs"]), []
    for name in WORK:
        ours, theirs = taken[name], taken[f"{name}, stock"]
        times = [spread(costs, of) for of in (wall, cpu) for costs in (ours, theirs)]
        rows.append([name, *times, *(ratios(ours, theirs, of).text(1) for of in (wall, cpu))])
    head = ["work", "here, s", "stock, s", "here, cpu s", "stock, cpu s", "stock ÷ here", "stock ÷ here, cpu"]
    stages, processes = (
        [[name, Spread.of(seconds).text()] for name, seconds in found[kind].items()] for kind in ("stages", "processes")
    )
    least = sum(Spread.of(seconds).median for seconds in found["processes"].values()) / 2
    return f"""## Beside the stock route

![Seconds by kind of work, here and by the stock route](results/routes.svg)

{table(head, rows)}

*Nothing changed*, stock: all its commands again, as it cannot know. *A sentence changed*, stock: only
`jupyter-book build` of that language, which favours it. *Floor*, stock: `jupyter-book build` of an empty book.

## By stage

{table(["stage of a build from nothing, Dutch and English", "s"], stages)}

What runs beside these stages is no stage. The processor time of all processes in that build:

{table(["process", "cpu s"], processes)}

Two cores need at least half of it, {least:.1f} s. The floor is an interpreter, imports and an empty page. What a book
adds to that is its runs, its drawings and its pages: work, not waiting. The dearest of the drawings are the PNG of
charts and social pictures, which the stock route does not make.

Own time in a profiled build from nothing, by package (the profiler slows all but waiting):

{_profiled(found["profiles"]["from nothing"])}

And with nothing changed:

{_profiled(found["profiles"]["nothing changed"])}"""


def _profiled(packages: dict[str, float]) -> str:
    most = sorted(packages.items(), key=lambda item: -item[1])[:12]
    total = sum(packages.values())
    return table(["package", "own time, s"], [["all", f"{total:.2f}"], *([n, f"{s:.2f}"] for n, s in most)])


def plots(found: dict) -> dict[str, object]:
    """Seconds by kind of work, a bar a route."""
    import altair as alt

    taken = costs(found["costs"])
    rows = [
        {"work": name, "route": route, "seconds": Spread.of(map(wall, taken[name + suffix])).median}
        for name in WORK
        for route, suffix in (("this project", ""), ("stock", ", stock"))
    ]
    bars = alt.Chart(alt.Data(values=rows), width=480).mark_bar()
    names = {"title": None, "sort": None}
    return {
        "routes": bars.encode(
            y=alt.Y("work:N", **names),
            yOffset=alt.YOffset("route:N", sort=None),
            x="seconds:Q",
            color=alt.Color("route:N", **names),
        )
    }
