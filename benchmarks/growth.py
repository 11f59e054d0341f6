"""A book of many times the same sections, under names of their own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import stock
import yaml
from bench import Bench, clean
from report import lines, table


def measure(bench: Bench) -> dict:
    """Seconds from nothing, on both routes, for books of more and more notebooks."""
    bench.wavebook(bench.book(), "--draft")  # its modules are compiled from now on
    rows = []
    for times in (1, 2) if bench.quick else (1, 2, 4):
        root = bench.book(f"book-{times}")
        grow(root, times)
        books = stock.books(bench, root, ("nl",))
        count = len(list((root / "notebooks").glob("*.ipynb")))
        clean(root)
        taken = {"this project": bench.wavebook(root, "--draft"), "stock": stock.route(bench, root, books)}
        for route, cost in taken.items():
            bench.note(f"{count} notebooks, {route}", cost)
            rows.append({"notebooks": count, "route": route, "seconds": cost.wall, "cpu": cost.cpu})
    return {"rows": rows}


def report(found: dict) -> str:
    """Seconds by number of notebooks."""
    rows = [[str(r["notebooks"]), r["route"], f"{r['seconds']:.1f}", f"{r['cpu']:.1f}"] for r in found["rows"]]
    return f"""## More notebooks

The same sections many times over, Dutch only, from nothing, one round.

![Seconds from nothing, by notebooks](results/growth.svg)

{table(["notebooks", "", "s", "cpu s"], rows)}"""


def plots(found: dict) -> dict[str, object]:
    """Seconds by number of notebooks, a line a route."""
    return {"growth": lines(found["rows"], "notebooks", "seconds")}


def grow(root: Path, times: int) -> None:
    """Give the book in ``root`` each of its sections, notebook and page, ``times`` over; Dutch only."""
    shutil.rmtree(root / "book" / "en", ignore_errors=True)
    sections = [path.stem for path in sorted((root / "notebooks").glob("*.ipynb"))]
    for section in sections:
        for number in range(2, times + 1):
            _copy(root, section, number)
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    more = [f"{section}-{number}" for number in range(2, times + 1) for section in sections]
    chapters = [{"file": name} for section in more for name in (section, f"notebooks/{section}")]
    toc["parts"].append({"caption": "More", "chapters": chapters or [{"file": "index"}]})
    if chapters:
        (root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")


def _copy(root: Path, section: str, number: int) -> None:
    notebook = (root / "notebooks" / f"{section}.ipynb").read_text(encoding="utf-8")
    page = (root / "book" / f"{section}.md").read_text(encoding="utf-8")
    charts = re.findall(r'charts\.\w+\(\\"([\w-]+)\\"', notebook)
    claims = re.findall(r'\\"([\w-]+)\\": [~(]*claims\.', notebook)
    for name in {*charts, *claims}:
        notebook = notebook.replace(f'\\"{name}\\"', f'\\"{name}-{number}\\"')
        page = re.sub(rf"(#|\{{chart\}} ){name}(?=[}}\n])", rf"\g<1>{name}-{number}", page)
    (root / "notebooks" / f"{section}-{number}.ipynb").write_text(notebook, encoding="utf-8")
    (root / "book" / f"{section}-{number}.md").write_text(page, encoding="utf-8")
