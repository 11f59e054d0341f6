"""Measure this project beside the stock tools, in turn and on the same content, and write README.md.

python benchmarks/run.py            everything, five rounds: half an hour on two quiet cores
python benchmarks/run.py --quick    one round of the book, small samples; prints, writes nothing
python benchmarks/run.py --ten-million    with ten million respondents too
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import growth
import preview
import respondents
import stock
from measure import Cost, Spread, command, environment, load, wait_until_quiet
from weight import weigh

HERE = Path(__file__).parent
ROOT = HERE.parent
PARTS = ("book", "data", "notebooks", "_config.yml", "_toc.yml", "requirements.txt")
SENTENCE = ("book/een-overheid.md", "Wie een kind krijgt", "een-overheid.html")
FIGURE = ("data/figures/2014.csv", "2014,grade_chain,total,,,,", "een-overheid.html")
NOTEBOOK = ("notebooks/een-overheid.ipynb", "Hoe waarderen klanten", "notebooks/een-overheid.html")


@dataclass
class Bench:
    """Where everything is, and all that was measured: costs by name, one a round."""

    folder: Path
    rounds: int
    env: dict[str, str]
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)

    def note(self, name: str, cost: Cost) -> None:
        """Keep a measurement and show it."""
        self.costs.setdefault(name, []).append(cost)
        self.loads.append(load())
        print(f"{name:42} {cost.wall:7.2f} s wall {cost.cpu:7.2f} s cpu   load {load():.1f}", flush=True)

    def wavebook(self, root: Path, *arguments: str) -> Cost:
        return command(["wavebook", "build", *arguments], root, self.env)


# --- the book ---------------------------------------------------------------------------------------------


def copy_book(folder: Path) -> Path:
    """The book's sources, without anything made."""
    folder.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns("responses", ".ipynb_checkpoints")
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, folder / name)
    clean(folder)
    return folder


def clean(root: Path) -> None:
    """Forget all that was made."""
    for made in ("_build", "book/notebooks", "book/en/notebooks", "notebooks/notebooks"):
        shutil.rmtree(root / made, ignore_errors=True)


def stock_books(bench: Bench, root: Path, languages: tuple[str, ...]) -> dict[str, Path]:
    """The stock tools' books with the content of ``root``, which is built for it."""
    from wavebook import build, engine

    report = build.build(root, draft=True, output=root / "_build" / "content")
    engine.stop()
    site = root / "_build" / "content"
    folder = bench.folder / f"stock-{root.name}"
    return {name: stock.make(root, folder / name, site, report.records, name) for name in languages}


def stock_route(bench: Bench, root: Path, books: dict[str, Path], fresh: bool) -> Cost:
    """A papermill command a notebook, then Jupyter Book, in each language."""
    cost = Cost(0, 0)
    for language, folder in books.items():
        if fresh:
            shutil.rmtree(folder / "_build", ignore_errors=True)
            shutil.rmtree(folder / "notebooks", ignore_errors=True)
        cost += stock.papermill(folder, root, language, bench.env)
        cost += stock.jupyter_book(folder, bench.env)
    return cost


def change(path: Path, old: str, new: str) -> None:
    """Replace the first ``old``; a change that changes nothing would measure nothing."""
    text = path.read_text(encoding="utf-8")
    if old not in text or old == new:
        raise SystemExit(f"{path.name} no longer holds {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def book(bench: Bench) -> dict[str, list[float]]:
    """The rows of the table about the book, and the seconds of each stage by round."""
    root = copy_book(bench.folder / "book")
    languages = tuple(name for name in stock.LANGUAGES if name == "nl" or (root / "book" / name).is_dir())
    books = stock_books(bench, root, languages)
    empty = bench.folder / "empty"
    empty.mkdir()
    (empty / "index.md").write_text("# Empty\n")
    (empty / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (empty / "_config.yml").write_text("title: Empty\n")
    draft = ("--draft", "--output", "_build/draft")
    stages: dict[str, list[float]] = {}
    grade = "6.9"
    for number in range(-1, bench.rounds):
        note = bench.note if number >= 0 else lambda *_: None  # the first round fills the caches of both
        clean(root)
        note("whole book", bench.wavebook(root))
        note("whole book, stock", stock_route(bench, root, books, fresh=True))
        note("floor", command(["python", HERE / "stages.py", "--empty"], root, bench.env))
        shutil.rmtree(empty / "_build", ignore_errors=True)
        note("floor, stock", command(["jupyter-book", "build", "."], empty, bench.env))
        note("nothing changed", bench.wavebook(root))
        note("nothing changed, stock", stock_route(bench, root, books, fresh=False))
        bench.wavebook(root, *draft)

        words = f"Wie in ronde {'i' * (number + 2)} een kind krijgt"
        change(root / SENTENCE[0], SENTENCE[1], words)
        change(books["nl"] / Path(SENTENCE[0]).name, SENTENCE[1], words)
        note("a sentence changed", bench.wavebook(root, *draft))
        note("a sentence changed, stock", stock.jupyter_book(books["nl"], bench.env))
        change(root / SENTENCE[0], words, SENTENCE[1])
        change(books["nl"] / Path(SENTENCE[0]).name, words, SENTENCE[1])

        other = f"6.{number + 1}"
        change(root / FIGURE[0], FIGURE[1] + grade, FIGURE[1] + other)
        note("a figure changed", bench.wavebook(root, *draft))
        note("a figure changed, stock", stock_route(bench, root, books, fresh=False))
        change(root / FIGURE[0], FIGURE[1] + other, FIGURE[1] + grade)

        clean(root)
        for name, seconds in stages_of(bench, root).items():
            if number >= 0:
                stages.setdefault(name, []).append(seconds)
    return stages


def stages_of(bench: Bench, root: Path) -> dict[str, float]:
    """What each stage of a build from nothing takes."""
    done = subprocess.run(
        [sys.executable, HERE / "stages.py"], cwd=root, env=bench.env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def running_preview(bench: Bench) -> None:
    """Save a sentence, a figure and a notebook, and look at the page."""
    root = copy_book(bench.folder / "preview")
    with preview.running(root, bench.env) as shown:
        before, grade, title = SENTENCE[1], "6.9", NOTEBOOK[1]
        for number in range(-1, bench.rounds):
            note = bench.note if number >= 0 else lambda *_: None
            after = f"Wie in ronde {'i' * (number + 2)} een kind krijgt"
            note("preview: a sentence", shown.save(SENTENCE[0], before, after, SENTENCE[2], after))
            before, other = after, f"5.{number + 1}"
            text = f">{other.replace('.', ',')}</a>"
            note("preview: a figure", shown.save(FIGURE[0], FIGURE[1] + grade, FIGURE[1] + other, FIGURE[2], text))
            grade, other = other, f"{NOTEBOOK[1]} {'i' * (number + 2)}"
            note("preview: a notebook", shown.save(NOTEBOOK[0], title, other, NOTEBOOK[2], other))
            title = other
        bench.note("preview: a hundred saves", hundred_saves(shown, before))


def hundred_saves(shown: preview.Preview, before: str) -> Cost:
    """As fast as files are written, until the last one shows."""
    for number in range(99):
        after = f"Wie {'en wie ' * (number + 1)}een kind krijgt"
        change(shown.root / SENTENCE[0], before, after)
        before = after
    return shown.save(SENTENCE[0], before, "Wie als laatste een kind krijgt", SENTENCE[2], "Wie als laatste een kind")


def growing(bench: Bench, times: tuple[int, ...]) -> list[dict]:
    """Seconds from nothing for books of more and more notebooks."""
    rows = []
    for number in times:
        root = copy_book(bench.folder / f"growth-{number}")
        growth.grow(root, number)
        books = stock_books(bench, root, ("nl",))
        count = len(list((root / "notebooks").glob("*.ipynb")))
        clean(root)
        bench.note(f"{count} notebooks", bench.wavebook(root, "--draft"))
        bench.note(f"{count} notebooks, stock", stock_route(bench, root, books, fresh=True))
        for route, suffix in (("this project", ""), ("stock", ", stock")):
            cost = bench.costs[f"{count} notebooks{suffix}"][-1]
            rows.append({"notebooks": count, "route": route, "seconds": cost.wall, "cpu": cost.cpu})
    return rows


# --- respondents ------------------------------------------------------------------------------------------


def estimating(bench: Bench, sizes: list[int]) -> list[dict]:
    """Seconds and memory of estimates and of the bare sums, by number of respondents."""
    rows = []
    for people in sizes:
        folder = respondents.make(bench.folder / f"people-{people}", people)
        rounds = min(bench.rounds, 3) if people >= 1_000_000 else bench.rounds
        for _ in range(rounds):
            for route in ("estimate", "bare"):
                cost = command(["python", HERE / "respondents.py", route, folder], bench.folder, bench.env)
                bench.note(f"{people} respondents, {route}", cost)
        for route in ("estimate", "bare"):
            costs = bench.costs[f"{people} respondents, {route}"]
            rows.append(
                {
                    "respondents": people,
                    "route": {"estimate": "wavebook.estimate", "bare": "bare Polars pass"}[route],
                    "seconds": statistics.median(c.wall for c in costs),
                    "cpu": statistics.median(c.cpu for c in costs),
                    "MiB": max(c.memory for c in costs),
                }
            )
        shutil.rmtree(folder)
    return rows


# --- the weight of a page ---------------------------------------------------------------------------------

_ALTAIR = """import altair as alt
import pandas as pd

alt.Chart(pd.DataFrame({"wave": [2008, 2009, 2010, 2013, 2014], "grade": [6.7, 6.6, 6.7, 6.8, 6.9]})).mark_line(
    point=True
).encode(x="wave:O", y="grade:Q")"""


def page_weights(bench: Bench) -> list[list[str]]:
    """A page of the story beside a stock page of the same words with one Altair chart."""
    import nbformat

    root = bench.folder / "book"
    bench.wavebook(root)
    folder = bench.folder / "stock-page"
    folder.mkdir()
    words = (bench.folder / "stock-book" / "nl" / "puberteit.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    words = "".join(part for part in words.split(":::")[::2])
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(words), nbformat.v4.new_code_cell(_ALTAIR)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "raw.ipynb")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "_config.yml").write_text("title: Page\nexecute:\n  execute_notebooks: 'off'\n")
    command(["papermill", "raw.ipynb", "index.ipynb"], folder, bench.env)
    (folder / "raw.ipynb").unlink()
    stock.jupyter_book(folder, bench.env)
    pages = {
        "this project, puberteit.html, one chart": root / "_build" / "html" / "puberteit.html",
        "stock Jupyter Book, the same words, one Altair chart": folder / "_build" / "html" / "index.html",
    }
    return [
        [name, f"{w.raw / 1024:.0f}", f"{w.compressed / 1024:.0f}", str(w.own), str(w.elsewhere)]
        for name, w in ((name, weigh(path)) for name, path in pages.items())
    ]


# --- the report -------------------------------------------------------------------------------------------


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def spread(costs: list[Cost], of: Callable[[Cost], float] = lambda cost: cost.wall, digits: int = 2) -> str:
    """Median and range of one kind of cost."""
    return Spread.of(map(of, costs)).text(digits)


def ratios(costs: list[Cost], others: list[Cost], of: Callable[[Cost], float]) -> Spread:
    """How many times ``others`` are ``costs``, round by round."""
    return Spread.of(of(b) / of(a) for a, b in zip(costs, others, strict=True))


def wall(cost: Cost) -> float:
    return cost.wall


def cpu(cost: Cost) -> float:
    return cost.cpu


def compared(bench: Bench) -> str:
    """The table of this project beside the stock route."""
    rows = []
    for name in ("whole book", "nothing changed", "a sentence changed", "a figure changed", "floor"):
        ours, theirs = bench.costs[name], bench.costs[f"{name}, stock"]
        times = [spread(costs, of) for of in (wall, cpu) for costs in (ours, theirs)]
        rows.append([name, *times, *(ratios(ours, theirs, of).text(1) for of in (wall, cpu))])
    head = ["work", "here, s", "stock, s", "here, cpu s", "stock, cpu s", "stock ÷ here", "stock ÷ here, cpu"]
    return table(head, rows)


def shown(bench: Bench) -> str:
    """The table of the running preview."""
    names = [name for name in bench.costs if name.startswith("preview")]
    rows = [[n.removeprefix("preview: "), spread(bench.costs[n]), spread(bench.costs[n], cpu)] for n in names]
    return table(["saved", "on screen after, s", "cpu s"], rows)


def targets(bench: Bench, estimates: list[dict]) -> str:
    """Issue 4's table, with what was reached."""
    costs = bench.costs
    floor = ratios(costs["floor"], costs["whole book"], wall)
    rows: list[tuple[str, str, str, bool]] = []

    def row(work: str, aim: str, reached: str, met: bool) -> None:
        rows.append([work, aim, reached, "yes" if met else "**no**"])

    faster = ratios(costs["whole book"], costs["whole book, stock"], wall)
    row("whole book from nothing", "5 × stock", f"{faster.text(1)} ×", faster.median >= 5)
    row("", "1.5 × the floor", f"{floor.text(1)} ×", floor.median < 1.5)
    for name, aim in (
        ("nothing changed", 0.7),
        ("preview: a sentence", 1),
        ("preview: a figure", 2),
        ("preview: a notebook", 2),
    ):
        found = Spread.of(map(wall, costs[name]))
        row(name, f"{aim} s", f"{found.text()} s", found.median < aim)
    largest = max((e["respondents"] for e in estimates), default=0)
    of = {e["route"]: e for e in estimates if e["respondents"] == largest}
    if of:
        ours, bare = of["wavebook.estimate"], of["bare Polars pass"]
        row(f"{largest:,} respondents", "1 GB", f"{ours['MiB'] / 1000:.2f} GB", ours["MiB"] < 1e9 / 2**20)
        times = ours["seconds"] / bare["seconds"]
        row("", "1.5 × the bare pass", f"{times:.2f} ×", times < 1.5)
    return table(["work", "to reach", "reached", ""], rows)


def estimated(rows: list[dict]) -> str:
    """The table of respondents."""
    head = ["respondents", "", "s", "cpu s", "largest process, MiB"]
    return table(
        head,
        [
            [f"{r['respondents']:,}", r["route"], f"{r['seconds']:.2f}", f"{r['cpu']:.2f}", f"{r['MiB']:.0f}"]
            for r in rows
        ],
    )


def plot(rows: list[dict], x: str, y: str, name: str, title: str) -> str:
    """A chart of two routes beside this file; its Markdown."""
    import altair as alt

    logarithmic = alt.Scale(type="log") if x == "respondents" else alt.Scale(zero=True)
    chart = (
        alt.Chart(alt.Data(values=rows), width=480, height=260, title=title)
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:Q", scale=logarithmic),
            y=alt.Y(f"{y}:Q", scale=logarithmic),
            color=alt.Color("route:N", title=None),
            strokeDash=alt.StrokeDash("route:N", title=None),
        )
    )
    chart.save(HERE / f"{name}.svg")
    return f"![{title}]({name}.svg)"


def profile(bench: Bench, root: Path, fresh: bool) -> str:
    """Own time by package in one profiled build; the profiler itself makes everything slower."""
    import pstats

    if fresh:
        clean(root)
    kept = bench.folder / "profile"
    command(["python", "-m", "cProfile", "-o", kept, "-m", "wavebook", "build"], root, bench.env)
    stats = pstats.Stats(str(kept)).stats
    packages: dict[str, float] = {}
    for (file, _, function), (_, _, own, *_) in stats.items():
        parts = Path(file).parts
        if "site-packages" in parts:
            name = parts[parts.index("site-packages") + 1].removesuffix(".py")
        elif "wavebook" in parts:
            name = "wavebook"
        elif "acquire" in function:
            name = "waiting for the notebooks"
        elif "vl_convert" in function:
            name = "vl_convert"
        else:
            name = "importing" if "importlib" in file or "marshal" in function else "Python itself"
        packages[name] = packages.get(name, 0) + own
    most = sorted(packages.items(), key=lambda item: -item[1])[:12]
    total = sum(packages.values())
    return table(["package", "own time, s"], [["all", f"{total:.2f}"], *([n, f"{s:.2f}"] for n, s in most)])


def machine(bench: Bench) -> str:
    """What it ran on, and what else ran there."""
    busy = statistics.median(bench.loads) if bench.loads else 0
    cores = os.cpu_count() or 1
    also = (
        f" Other work kept the machine busy (median load {busy:.1f}): seconds on the clock are too high for both,"
        " and processor time and ratios say more."
        if busy > 1.5 * cores
        else ""
    )
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}.{also}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round, small samples; writes nothing")
    parser.add_argument("--ten-million", action="store_true", help="ten million respondents too: 1 GB of disk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wait", type=int, default=300, metavar="SECONDS", help="for a quiet machine, at most")
    options = parser.parse_args()
    if not options.quick:
        wait_until_quiet(options.wait)
    with tempfile.TemporaryDirectory(prefix="wavebook-bench-") as name:
        folder = Path(name)
        bench = Bench(folder, 1 if options.quick else options.rounds, environment(folder / "compiled"))
        report = measured(bench, options)
    print(report)
    if not options.quick:
        (HERE / "README.md").write_text(report, encoding="utf-8")


def measured(bench: Bench, options: argparse.Namespace) -> str:
    """Everything, as the text of README.md."""
    stages = book(bench)
    root = bench.folder / "book"
    running_preview(bench)
    sizes = [10_000, 100_000] if options.quick else [10_000, 100_000, 1_000_000]
    estimates = estimating(bench, [*sizes, *([10_000_000] if options.ten_million else [])])
    weights = page_weights(bench)
    profiles = profile(bench, root, fresh=True), profile(bench, root, fresh=False)
    grown = growing(bench, (1, 2) if options.quick else (1, 2, 4))
    text = (HERE / "report.md").read_text(encoding="utf-8")
    plots = {"growth_plot": "", "estimates_plot": "", "memory_plot": ""}
    if not options.quick:
        plots = {
            "growth_plot": plot(grown, "notebooks", "seconds", "growth", "Seconds from nothing, by notebooks"),
            "estimates_plot": plot(estimates, "respondents", "seconds", "seconds", "Seconds, by respondents"),
            "memory_plot": plot(estimates, "respondents", "MiB", "memory", "Largest process in MiB, by respondents"),
        }
    parts = [[name, Spread.of(seconds).text()] for name, seconds in stages.items()]
    return text.format(
        machine=machine(bench),
        rounds=bench.rounds,
        targets=targets(bench, estimates),
        compared=compared(bench),
        preview=shown(bench),
        stages=table(["stage of a build from nothing, Dutch and English", "s"], parts),
        profile_whole=profiles[0],
        profile_nothing=profiles[1],
        growth=table(
            ["notebooks", "", "s", "cpu s"],
            [[str(r["notebooks"]), r["route"], f"{r['seconds']:.1f}", f"{r['cpu']:.1f}"] for r in grown],
        ),
        estimates=estimated(estimates),
        weights=table(["page", "KiB", "KiB, gzip", "requests", "to other sites"], weights),
        **plots,
    )


if __name__ == "__main__":
    main()
