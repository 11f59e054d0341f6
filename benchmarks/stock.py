"""The same book for the stock tools: live numbers as they print, charts as pictures, Jupyter Book's own settings."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import yaml
from bench import Bench
from measure import Cost, command

LANGUAGES = ("nl", "en")
SETTINGS = {
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "off"},
    "parse": {"myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist"]},
    "bibtex_bibfiles": ["references.bib"],
}


def books(bench: Bench, root: Path, languages: tuple[str, ...]) -> dict[str, Path]:
    """The stock tools' books with the content of ``root``, which is built for it, by language."""
    from wavebook.publish import build
    from wavebook.runs import server

    site = root / "_build" / "content"
    report = build.build(root, draft=True, output=site)
    server.stop()
    folder = bench.folder / f"stock-{root.name}"
    return {name: make(root, folder / name, site, report.records, name) for name in languages}


def route(bench: Bench, root: Path, books: dict[str, Path], *, fresh: bool = True) -> Cost:
    """A papermill command a notebook, then Jupyter Book, in each language."""
    cost = Cost(0, 0)
    for language, folder in books.items():
        if fresh:
            shutil.rmtree(folder / "_build", ignore_errors=True)
            shutil.rmtree(folder / "notebooks", ignore_errors=True)
        cost += papermill(folder, root, language, bench.env)
        cost += jupyter_book(folder, bench.env)
    return cost


def make(root: Path, folder: Path, site: Path, records: dict[str, list], language: str) -> Path:
    """The book of ``root`` in one language in ``folder``; ``site`` is what this project made of it."""
    source = root / "book" if language == "nl" else root / "book" / language
    folder.mkdir(parents=True)
    for page in sorted(source.glob("*.md")):
        noted = records.get(page.relative_to(root).as_posix(), [])
        (folder / page.name).write_text(_page(page.read_text(encoding="utf-8"), noted, root), encoding="utf-8")
    shutil.copytree((site if language == "nl" else site / language) / "charts", folder / "charts")
    shutil.copy2(root / "data" / "references.bib", folder)
    shutil.copytree(root / "notebooks", folder / "templates")
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    title = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["title"]
    (folder / "_config.yml").write_text(yaml.safe_dump({"title": title, **SETTINGS}), encoding="utf-8")
    return folder


def _page(text: str, noted: list, root: Path) -> str:
    shown = {(r.kind, r.text): r.shown for r in noted}
    text = re.sub(r"\{(\w+)\}`([^`]*)`", lambda m: shown.get((m[1], m[2].strip()), m[0]), text)
    text = re.sub(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\{\.claim\s+#[\w-]+\}", r"\1", text)
    text = re.sub(r":::\{chart\} ([\w-]+)", r":::{figure} charts/\1.svg", text)
    for name, table in (("figures", _figures), ("facts", _facts), ("waves", _waves), ("claims", _claims)):
        text = re.sub(rf"```\{{{name}\}}\n```", lambda _, table=table: table(root, noted), text)
    return text


def _csv_table(rows: list[list[object]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return f"```{{csv-table}}\n:header-rows: 1\n\n{written.getvalue()}```"


def _figures(root: Path, _) -> str:
    rows: list[list[str]] = []
    for path in sorted((root / "data" / "figures").glob("*.csv")):
        read = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        rows += read if not rows else read[1:]
    return _csv_table(rows)


def _declared(root: Path, name: str) -> list[list[object]]:
    import tomllib

    table = tomllib.loads((root / "data" / name).read_text(encoding="utf-8"))
    table = table.get("waves", table)
    return [["name", "declaration"], *([key, json.dumps(value, default=str)] for key, value in table.items())]


def _facts(root: Path, _) -> str:
    return _csv_table(_declared(root, "context.toml"))


def _waves(root: Path, _) -> str:
    return _csv_table(_declared(root, "waves.toml"))


def _claims(root: Path, noted: list) -> str:
    return _csv_table([["sentence", "verdict"], *([r.shown, r.outcome] for r in noted if r.kind == "claim"), ["", ""]])


def papermill(folder: Path, root: Path, language: str, env: dict[str, str]) -> Cost:
    """One papermill command a notebook, with the stock engine."""
    (folder / "notebooks").mkdir(exist_ok=True)
    cost = Cost(0, 0)
    for notebook in sorted((folder / "templates").glob("*.ipynb")):
        output = folder / "notebooks" / notebook.name
        run = ["papermill", notebook, output, "-p", "language", language, "--cwd", root, "--no-progress-bar"]
        cost += command(run, folder, env)
    return cost


def jupyter_book(folder: Path, env: dict[str, str]) -> Cost:
    """Jupyter Book's build command, with what an earlier build left."""
    return command(["jupyter-book", "build", "."], folder, env)


_ALTAIR = """import altair as alt
import pandas as pd

alt.Chart(pd.DataFrame({"wave": [2008, 2009, 2010, 2013, 2014], "grade": [6.7, 6.6, 6.7, 6.8, 6.9]})).mark_line(
    point=True
).encode(x="wave:O", y="grade:Q")"""


def altair_page(source: Path, folder: Path, env: dict[str, str]) -> Path:
    """A site of one page in ``folder``: the words of the page ``source`` and one Altair chart, as Altair shows it."""
    import nbformat

    folder.mkdir()
    words = "".join(source.read_text(encoding="utf-8").split("---\n", 2)[2].split(":::")[::2])
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(words), nbformat.v4.new_code_cell(_ALTAIR)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "raw.ipynb")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "_config.yml").write_text("title: Page\nexecute:\n  execute_notebooks: 'off'\n")
    command(["papermill", "raw.ipynb", "index.ipynb"], folder, env)
    (folder / "raw.ipynb").unlink()
    jupyter_book(folder, env)
    return folder / "_build" / "html"
