"""Lighthouse on every page of the story and on the same pages by the stock tools: scores, bytes and requests."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import stock
import yaml
from bench import HERE, ROOT, Bench
from hosting import served
from report import Target, table

CATEGORIES = {"performance": "performance", "accessibility": "accessibility"}
CATEGORIES |= {"best-practices": "best practices", "seo": "SEO"}
STOCK = ("index", "een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")
# The defaults, said aloud: a mid-range phone on slow 4G, reckoned from what the page did without being slowed down.
SETTINGS = ("--form-factor=mobile", "--throttling-method=simulate", "--no-enable-error-reporting")


def measure(bench: Bench) -> dict:
    """Scores from 0 to 100 by page and category, one a round, with what the page sent over the line."""
    subprocess.run([ROOT / "tools" / "node"], check=True)
    found = []
    for site, folder, pages in _sites(bench):
        with served(folder) as address:
            for page in pages:
                runs = [_run(f"{address}/{page}.html", bench) for _ in range(bench.rounds)]
                found.append({"site": site, "page": page, **_told(runs, address)})
                scores = [statistics.median(found[-1]["scores"][name]) for name in CATEGORIES]
                print(f"{site}, {page}: {scores} {found[-1]['kib']:.0f} KiB", flush=True)
    return {"pages": found, "rounds": bench.rounds, "version": runs[0]["lighthouseVersion"]}


def _sites(bench: Bench) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Name, folder and pages of this site, of the stock tools' one, and of a stock page with an Altair chart."""
    root = bench.book()
    books = stock.books(bench, root, ("nl",))
    bench.wavebook(root)
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    listed = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    story = [name for name in listed if not name.startswith("notebooks/")]
    english = [f"en/{name}" for name in story if (root / "book" / "en" / f"{name}.md").is_file()]
    yield "this project", root / "_build" / "html", tuple(story[:2] if bench.quick else story + english)
    stock.route(bench, root, books)
    yield "stock", books["nl"] / "_build" / "html", STOCK[1:2] if bench.quick else STOCK
    page = stock.altair_page(books["nl"] / "puberteit.md", bench.folder / "altair", bench.env)
    yield "stock, one Altair chart", page, ("index",)


def _run(address: str, bench: Bench) -> dict:
    """Lighthouse's report on one page; once more when it made none, as a browser may not start on a busy machine."""
    output = bench.folder / "lighthouse.json"
    program = HERE / "node_modules" / ".bin" / "lighthouse"
    out = ("--output=json", f"--output-path={output}", "--quiet", "--chrome-flags=--headless=new --no-sandbox")
    env = {**os.environ, "CHROME_PATH": _chromium()}
    for _ in range(2):
        output.unlink(missing_ok=True)
        command = [program, address, *SETTINGS, *out]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)
        made = json.loads(output.read_text(encoding="utf-8")) if output.is_file() else {}
        if made and "runtimeError" not in made:
            return made
    raise SystemExit(f"Lighthouse made no report on {address}: {made.get('runtimeError') or done.stderr}")


def _chromium() -> str:
    """The system's Chromium, or else Playwright's own."""
    from playwright.sync_api import sync_playwright

    from wavebook.publish.chromium import program

    if found := program():
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _told(runs: list[dict], address: str) -> dict:
    """What the report needs of Lighthouse's runs of one page."""
    last = runs[-1]
    audits = last["audits"]
    loaded = [item for item in audits["network-requests"]["details"]["items"] if item["url"].startswith("http")]
    away = [item for item in loaded if not item["url"].startswith(f"{address}/")]
    outside = (last["categories"][name]["auditRefs"] for name in CATEGORIES if name != "performance")
    graded = {ref["id"] for refs in outside for ref in refs}
    return {
        "scores": {name: [round(100 * run["categories"][name]["score"]) for run in runs] for name in CATEGORIES},
        "kib": sum(item["transferSize"] for item in loaded) / 1024,
        "requests": len(loaded),
        "elsewhere": sorted({urlsplit(item["url"]).hostname for item in away}),
        "short": sorted(audits[name]["title"] for name in graded if audits[name]["score"] not in (None, 1)),
    }


# --- the report -------------------------------------------------------------------------------------------


def _score(page: dict, category: str) -> float:
    return statistics.median(page["scores"][category])


def targets(found: dict) -> list[Target]:
    """A hundred in all four categories, and a hundred kilobytes, on every page of this site."""
    ours = [page for page in found["pages"] if page["site"] == "this project"]
    lowest = {name: min(_score(page, name) for page in ours) for name in CATEGORIES}
    scores = " / ".join(f"{score:.0f}" for score in lowest.values())
    heaviest = max(page["kib"] for page in ours) * 1.024
    work = f"Lighthouse on each of {len(ours)} pages"
    return [
        Target(work, "100 / 100 / 100 / 100", f"at least {scores}", min(lowest.values()) == 100),
        Target("a first view", "100 KB", f"at most {heaviest:.0f} KB", heaviest <= 100),
    ]


def report(found: dict) -> str:
    """A row a page: the four scores, bytes, requests, and what each stock page falls short in."""
    rows = [
        [page["site"], page["page"]]
        + [f"{_score(page, name):.0f}" for name in CATEGORIES]
        + [f"{page['kib']:.0f}", str(page["requests"]), ", ".join(page["elsewhere"])]
        for page in found["pages"]
    ]
    short: dict[str, set[str]] = {}
    for page in found["pages"]:
        short.setdefault(page["site"], set()).update(page["short"])
    said = "\n".join(f"- {site}: {'; '.join(sorted(titles)) or 'nothing'}" for site, titles in short.items())
    times = "one run" if found["rounds"] == 1 else f"the median of {found['rounds']} runs"
    head = ["", "page", *CATEGORIES.values(), "KiB", "requests", "other sites asked"]
    return f"""## What a reader gets

Lighthouse {found["version"]}, mobile, with its simulated throttling, served from this machine with gzip; {times}
of each page. Bytes are those that came over the line; what other sites were asked counts as
a request, whether or not they could be reached from here.

{table(head, rows)}

What fell short outside performance:

{said}"""
