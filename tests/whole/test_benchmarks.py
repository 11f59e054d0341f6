"""The benchmarks: what is kept when a part fails, what the targets say, and no claim of speed without a measurement."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import hosting
import lighthouse
import measure
import preview
import pytest
import report
import respondents
import route
import run
import tables

import book


@pytest.fixture
def bench(monkeypatch, tmp_path):
    """Runs benchmarks of made-up parts in a folder of their own: the exit code, and README.md if there is one."""

    def fail(_):
        raise SystemExit("no node here")

    def part(name):
        return SimpleNamespace(
            measure=lambda bench: {"rounds": bench.rounds},
            report=lambda found: f"## {name}: {found['rounds']}",
        )

    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results")
    parts = {"first": part("first"), "second": SimpleNamespace(measure=fail, report=str), "third": part("third")}
    monkeypatch.setattr(run, "PARTS", parts)

    def command(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["run.py", "--wait", "0", *arguments])
        code, written = run.main(), tmp_path / "README.md"
        return code, written.read_text(encoding="utf-8") if written.exists() else ""

    return command


# --- running ----------------------------------------------------------------------------------------------


def test_a_part_that_fails_is_told_and_loses_nothing_of_the_others(bench, capsys):
    code, text = bench()
    assert code == 1
    assert "## first: 3" in text
    assert "## third: 3" in text
    assert "Not measured yet: `benchmarks/run.py --only second`" in text
    said = capsys.readouterr().err
    assert "no node here" in said
    assert "failed: second" in said


def test_parts_that_were_measured_before_stay_when_another_is_measured(bench):
    bench("--only", "first", "--rounds", "7")
    code, text = bench("--only", "third")
    assert code == 0
    assert "## first: 7" in text
    assert "## third: 3" in text


def test_the_report_is_written_again_without_measuring(bench, tmp_path):
    bench("--only", "first")
    (tmp_path / "README.md").unlink()
    code, text = bench("--only", "")
    assert code == 0
    assert "## first: 3" in text


def test_a_quick_run_prints_and_keeps_nothing(bench, capsys, tmp_path):
    code, text = bench("--quick", "--only", "first")
    assert (code, text) == (0, "")
    assert "## first: 1" in capsys.readouterr().out
    assert not (tmp_path / "results").exists()


def test_a_part_that_is_not_there_is_refused(bench):
    with pytest.raises(SystemExit):
        bench("--only", "fourth")


def test_a_command_that_hangs_is_ended_and_told(monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "LIMIT", 0.5)
    with pytest.raises(SystemExit, match=r"time\.sleep"):
        measure.command(["python", "-c", "import time; time.sleep(60)"], tmp_path, {})


def test_memory_is_that_of_the_command_and_not_of_what_started_it(tmp_path):
    held = bytearray(300_000_000)
    large = "held = bytearray(100_000_000); import time; time.sleep(.2)"
    cost = measure.command(["python", "-c", large], tmp_path, {})
    assert 95 < cost.memory < 200
    assert len(held) > cost.memory


# --- what the targets say ---------------------------------------------------------------------------------


def taken(**seconds: list[float]) -> dict:
    named = {name.replace("_", " ").replace(" stock", ", stock"): of for name, of in seconds.items()}
    return {"costs": {name: [{"wall": s, "cpu": s, "memory": 0} for s in of] for name, of in named.items()}}


BOOK = taken(
    whole_book=[2, 2, 4],
    whole_book_stock=[11, 9, 24],
    floor=[1, 1, 1],
    floor_stock=[3, 3, 3],
    nothing_changed=[0.5, 0.7, 0.6],
    nothing_changed_stock=[9, 9, 9],
    a_sentence_changed=[1, 1, 1],
    a_sentence_changed_stock=[4, 4, 4],
    a_figure_changed=[1, 1, 1],
    a_figure_changed_stock=[9, 9, 9],
) | {
    "stages": {"pages: read": [1, 2, 3]},
    "processes": {"drawing": [4, 4, 4]},
    "profiles": {"from nothing": {"sphinx": 2}, "nothing changed": {"json": 1}},
}
PREVIEW = taken(a_sentence=[0.9, 0.8, 1.2], a_figure=[2.1, 2.2, 1.1], a_notebook=[1, 1, 1], a_hundred_sentences=[2])
RESPONDENTS = {
    "rows": [
        {"respondents": people, "form": "parquet", "design": design, "route": route}
        | {"seconds": seconds, "cpu": seconds * people / 1e7, "MiB": memory}
        for people in (10_000_000, 100_000_000)
        for design in respondents.DESIGNS
        for route, seconds, memory in (("wavebook", 6, 900), ("streaming", 5, 700))
        if people == 10_000_000 or design == "weights"
    ]
}


def page(site: str, kib: float, seo: list[float]) -> dict:
    scores = {"performance": [100, 90, 100], "accessibility": [100] * 3, "best-practices": [100] * 3, "seo": seo}
    return {
        "site": site,
        "page": "index",
        "scores": scores,
        "kib": kib,
        "requests": 5,
        "elsewhere": [],
        "short": ["Document does not have a description"] if min(seo) < 100 else [],
    }


PAGES = {
    "version": "12",
    "rounds": 3,
    "pages": [page("this project", 97, [100] * 3), page("this project", 98, [91] * 3), page("stock", 800, [90] * 3)],
}


def test_ratios_are_taken_round_by_round_and_each_target_says_whether_it_was_reached():
    assert [(t.reached, t.met) for t in route.targets(BOOK)] == [
        ("5.5 (4.5–6.0) ×", True),
        ("2.0 (2.0–4.0) ×", False),
        ("0.60 (0.50–0.70) s", True),
    ]
    assert [t.met for t in preview.targets(PREVIEW)] == [True, False, True]
    reached = [("0.94 GB", True), ("1.20 ×", True)]
    assert [(t.reached, t.met) for t in respondents.targets(RESPONDENTS)] == [*reached * 2, ("10.0 ×", True)]


def test_a_single_page_below_a_hundred_or_too_heavy_misses_the_target():
    assert [(t.reached, t.met) for t in lighthouse.targets(PAGES)] == [
        ("at least 100 / 100 / 100 / 91", False),
        ("at most 100 KB", False),
    ]


def test_a_large_table_must_load_quickly_in_little_memory_and_every_page_be_light():
    costs = {
        f"{tables.LARGEST}, {work}": [{"wall": 9, "cpu": seconds, "memory": memory}] * 3
        for work, seconds, memory in (
            ("load", 2.9, 480),
            ("load again", 1, 200),
            ("build", 50, 700),
            ("nothing changed", 0.1, 20),
        )
    }
    found = {"costs": costs, "pages": {tables.LARGEST: {"count": 1050, "largest": 100_400}}}
    assert [(t.reached, t.met) for t in tables.targets(found)] == [
        ("2.90 s", True),
        ("503 MB", False),
        ("0.10 s", True),
        ("at most 100 KB", False),
    ]
    text = tables.report(found)
    assert f"| {tables.LARGEST}, build | 9.00 | 50.00 | 734 |" in text
    assert f"{tables.LARGEST}: 1,050 pages, the largest 100 KB" in text


def test_the_report_holds_every_part_beside_the_stock_tools_with_its_plots(tmp_path):
    found = {"book": BOOK, "preview": PREVIEW, "respondents": RESPONDENTS, "lighthouse": PAGES}
    circumstances = {"day": "2026-01-01", "machine": "2 cores", "rounds": 3, "load": 0.1, "minutes": 5}
    kept = {name: circumstances | {"found": of} for name, of in found.items()}
    text = report.write(run.PARTS, kept, tmp_path)
    assert "| whole book | 2.00 (2.00–4.00) | 11.00 (9.00–24.00) |" in text
    assert "| stock | index | 100 | 100 | 100 | 90 | 800 | 5 |  |" in text
    assert "- this project: Document does not have a description" in text
    assert "--only growth" in text
    assert {path.name for path in tmp_path.glob("*.svg")} == set(re.findall(r"\(results/(\w+\.svg)\)", text))


# --- claims -----------------------------------------------------------------------------------------------


def test_every_number_of_speed_or_weight_in_the_readme_is_one_that_the_benchmarks_print():
    claim = re.compile(r"\d[\d.,]*\s*(?:[KMG]i?B|ms|seconds?|s|minutes?|×|times)\b")
    said = {" ".join(found.split()) for found in claim.findall((book.ROOT / "README.md").read_text(encoding="utf-8"))}
    aims = [t.aim for t in (*route.targets(BOOK), *preview.targets(PREVIEW), *lighthouse.targets(PAGES))]
    written = book.ROOT / "benchmarks" / "README.md"
    printed = " ".join(aims) + (written.read_text(encoding="utf-8") if written.exists() else "")
    assert "100 KB" in said
    assert {number for number in said if number not in printed} == set()


def test_what_is_kept_can_be_reported():
    for path in sorted((book.ROOT / "benchmarks" / "results").glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        assert run.PARTS[path.stem].report(kept["found"]).startswith("## ")


# --- serving ----------------------------------------------------------------------------------------------


def test_a_folder_is_served_as_a_host_does_with_text_gzipped(tmp_path):
    import gzip

    (tmp_path / "a.html").write_text("page " * 100, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"picture")
    with hosting.served(Path(tmp_path)) as address:
        page = urlopen(Request(f"{address}/a.html"))
        assert page.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(page.read()).decode() == "page " * 100
        assert urlopen(f"{address}/a.png").read() == b"picture"
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{address}/b.html")
