"""Many editions of one book: which, what each may show, what stays, and what a failure leaves whole."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import lending
import municipal
import pytest
from municipal import slug
from sweeps import often

import book
from wavebook.core import marker, processes
from wavebook.publish import reader
from wavebook.publish.editions import plan, queries

# --- what readers get -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    return municipal.built(tmp_path_factory)


@pytest.fixture(scope="session")
def folder(built) -> Path:
    root, run = built
    assert (run.code, run.problems) == (0, [])
    return root / "_build" / "editions"


def pages(folder: Path):
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}


def test_each_municipality_has_its_pages_in_both_languages(folder):
    there = {path.name for path in folder.iterdir()}
    assert there == {*map(slug, range(1, 5)), "_static", "en", "editions.json", "index.html", marker.MARK}
    for number in range(1, 5):
        for name in (*lending.PAGES, "data", "search"):
            for language in ("", "en/"):
                text = (folder / slug(number) / f"{language}{name}.html").read_text(encoding="utf-8")
                assert re.search(rf"(Gemeente|Municipality) {number:03}", text), name


def test_every_page_of_an_edition_leads_back_to_all(folder):
    for path, text in pages(folder).items():
        if path.parent not in (folder, folder / "en") and path.parent.name != "charts":  # which are for frames
            ((address, words),) = re.findall(r'<a href="([^"]*)">(Naar alle uitgaven|Go to all editions)</a>', text)
            index = folder / ("en" if words.startswith("Go") else "") / "index.html"
            assert (path.parent / address).resolve() == index, path


def test_what_all_share_lies_there_once(folder):
    assert {p.parent.relative_to(folder).as_posix() for p in folder.rglob("*.css")} == {"_static", "en/_static"}
    assert not [p for p in folder.rglob("*") if p.suffix == ".png" or p.name in (".buildinfo", "404.html")]


def test_every_address_on_a_page_leads_to_a_file(folder):
    broken = set()
    for path, text in pages(folder).items():
        for address in re.findall(r'(?:href|src)="([^"]*)"', text):
            target = urldefrag(urljoin(path.as_uri(), address.replace("&amp;", "&")))[0]
            if target.startswith("file:") and not Path(target.removeprefix("file://")).is_file():
                broken.add((path.relative_to(folder).as_posix(), address))
    assert not broken


def test_the_index_lists_every_edition_without_script(folder):
    for name, word in (("index.html", "Gemeente"), ("en/index.html", "Municipality")):
        text = (folder / name).read_text(encoding="utf-8")
        links = re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', text)
        assert [label for _, label in links] == [f"{word} {n:03}" for n in range(1, 5)]
        assert "<form" in text
        assert "default-src 'none'" in text
        assert "Verzonnen" in text or "Made-up" in text


def everything(path: Path) -> bytes:
    """All text in a file, that of a workbook too."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book_:
            content += b"".join(book_.read(name) for name in book_.namelist())
    return content


def test_a_figure_of_too_few_people_is_in_no_byte_of_any_edition(built, folder):
    forms = [municipal.CANARY, municipal.CANARY.replace(".", ","), ">7,7<", ">7.7<", "een 7,7", municipal.SECRET]
    table = (built[0] / "data/figures/2014.csv").read_text(encoding="utf-8")
    assert municipal.CANARY in table  # or the search would prove nothing
    own = [everything(p) for p in (folder / slug(3)).rglob("*") if p.is_file()]
    assert not [form for form in forms if any(form.encode() in content for content in own)]
    for path in folder.rglob("*"):
        if path.is_file():
            assert municipal.CANARY.encode() not in everything(path), path
            assert municipal.SECRET.encode() not in everything(path), path


def test_an_edition_has_nothing_of_another_segment(built, folder):
    values = {}
    for line in (built[0] / "data/figures/2014.csv").read_text(encoding="utf-8").splitlines():
        cells = line.split(",")
        values.setdefault(cells[4], set()).add(cells[6])
    for number in range(1, 5):
        others = {f"gemeente_{n:03}" for n in range(1, 5) if n != number}
        names = {form for n in range(1, 5) if n != number for form in (f"Gemeente {n:03}", f"Municipality {n:03}")}
        foreign = {value for other in others for value in values[other] if "." in value} - values[
            f"gemeente_{number:03}"
        ]
        words = [text.encode() for text in {*others, *names, *foreign, *(o.replace("_", "-") for o in others)}]
        for path in (folder / slug(number)).rglob("*"):
            if path.is_file():
                content = everything(path)
                assert not [word for word in words if word in content], path


def test_nothing_half_is_on_a_page(folder):
    for path, text in pages(folder).items():
        assert 'class="missing' not in text, path
        assert not re.search(r"\[[a-z_.@=,0-9]+\?\]", text), path
        assert "claim-fails" not in text, path


def test_what_does_not_hold_is_replaced_by_what_does(folder):
    first = (folder / slug(1) / "index.html").read_text(encoding="utf-8")
    assert "Of het hoger is dan toen, is niet zeker." in first
    assert "hoger cijfer dan in 2008" not in first
    assert "In Gemeente 001 is het geen acht, zoals de" in first
    assert "hoger dan een acht" not in first
    third = re.sub("<[^>]*>", "", (folder / slug(3) / "index.html").read_text(encoding="utf-8"))
    assert "In Gemeente 003" not in third
    assert "Of het hoger is dan toen" not in third


def test_the_report_says_what_was_left_out_and_why(built):
    root, run = built
    report = json.loads((root / "_build/editions-report.json").read_text(encoding="utf-8"))
    assert set(report) == set(map(slug, range(1, 5)))
    replaced = report[slug(1)]["claims_replaced"]
    (dutch,) = [r for r in replaced if (r["page"], r["name"]) == ("book/index.md", "cijfer-steeg")]
    assert (dutch["left_out"][:14], dutch["instead"]) == ("In 2014 gaven ", "Of het hoger is dan toen, is niet zeker.")
    assert "mark_library" in dutch["why"]
    gone = report[slug(3)]["left_out"]
    assert {"value", "claim", "chart"} <= {item["what"] for item in gone}
    assert all(item["why"] for item in gone)
    assert {item["name"] for item in gone if item["what"] == "chart"} >= {"cijfers", "wegen"}
    assert re.search(r"4 editions, 4 made, 0 failed; \d+ statements replaced and \d+ left out", run.out)


@pytest.mark.slow
def test_the_book_itself_shows_no_alternative(built, tmp_path):
    root = shutil.copytree(built[0], tmp_path / "book", ignore=shutil.ignore_patterns("_build"))
    run = book.wavebook(root, "build")
    assert (run.code, run.problems) == (0, [])
    text = (root / "_build/html/index.html").read_text(encoding="utf-8")
    assert "hoger cijfer dan in 2008" in text
    assert not re.search("Of het hoger is dan toen|Lager dan in|In het hele land is", text)
    claims = (root / "_build/html/verantwoording.html").read_text(encoding="utf-8")
    assert "Of het hoger is dan toen" not in claims


# --- again ------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(built, tmp_path) -> Path:
    """A copy of the book with its editions, as they are."""
    return shutil.copytree(built[0], tmp_path / "book")


def build(root: Path, *more: str) -> book.Run:
    return book.wavebook(root, "build", "--editions", "municipality=*", *more, output="_build/editions")


def times(root: Path) -> dict:
    return book.listing(root / "_build" / "editions")


def of(site: dict, number: int) -> dict:
    return {name: file for name, file in site.items() if name.startswith(f"{slug(number)}/")}


@pytest.mark.slow
def test_a_changed_figure_makes_that_municipality_anew_and_no_other(copied):
    before = times(copied)
    municipal.edit_figure(copied, 2, "mark_library", "9.1")
    run = build(copied, "--explain")
    assert f"{slug(2)}: made: data/figures/2014.csv changed" in run.out
    assert "4 editions, 1 made, 0 failed" in run.out
    after = times(copied)
    assert {n: f for n, f in after.items() if not n.startswith(slug(2))} == {
        n: f for n, f in before.items() if not n.startswith(slug(2))
    }
    changed = {name for name, file in of(after, 2).items() if before[name] != file}
    assert f"{slug(2)}/index.html" in changed
    assert f"{slug(2)}/bronnen.html" not in changed
    assert "9,1" in (copied / "_build/editions" / slug(2) / "index.html").read_text(encoding="utf-8")
    again = build(copied)
    assert "0 made" in again.out
    assert again.site == after


def test_a_file_that_was_touched_is_put_back(copied):
    page = copied / "_build/editions" / slug(1) / "lenen.html"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    page.write_text("weg", encoding="utf-8")
    page.with_name("index.html").chmod(0o600)
    assert build(copied).code == 0
    assert page.read_text(encoding="utf-8") == text
    assert {p.stat().st_mode & 0o777 for p in page.parents[1].rglob("*") if p.is_file()} == {0o644}


# --- what goes wrong --------------------------------------------------------------------------------------

BREAK = {  # by municipality: what a cell of a notebook does there
    1: "import os; os._exit(3)",
    2: "raise RuntimeError('kapot')",
}


@pytest.mark.slow
def test_what_fails_is_told_at_the_end_and_the_rest_is_published(copied):
    before = times(copied)
    spoilt = "; ".join(f"exec({code!r}) if segment.endswith({n:03}) else None" for n, code in BREAK.items())
    book.cell(
        copied,
        "lenen",
        "chart-overzicht",
        "charts.change",
        spoilt.replace("001", '"001"').replace("002", '"002"') + "\ncharts.change",
    )
    municipal.edit_figure(copied, 4, "mark_library", "9.1")
    run = build(copied, "--wave", "2014")
    assert run.code == 1
    assert "4 editions, 2 made, 2 failed" in run.out
    assert {p.code for p in run.problems} >= {"W312", "W303"}
    assert any("kapot" in p.text and slug(2) in p.text for p in run.problems)
    after = times(copied)
    assert (of(after, 1), of(after, 2)) == (of(before, 1), of(before, 2))  # as they were
    assert "9,1" in (copied / "_build/editions" / slug(4) / "index.html").read_text(encoding="utf-8")
    report = json.loads((copied / "_build/editions-report.json").read_text(encoding="utf-8"))
    assert report[slug(1)]["outcome"] == "failed"
    assert report[slug(1)]["problems"]


@pytest.mark.slow
def test_a_broken_page_stops_every_edition_and_is_told_once(copied):
    before = times(copied)
    book.edit(copied, "book/lenen.md", "# Lenen", "# Lenen\n\nOver 17 jaar. Zie [dit](weg.md).")
    lending.twins(copied)
    run = build(copied)
    assert run.code == 1
    assert [p.code for p in run.problems] == ["W408", "W412"]
    assert "and 1 more" in run.problems[0].text
    assert times(copied) == before


def stub(copied, makers):
    asked = queries.asked(["municipality=*"], {})
    municipal.edit_figure(copied, 2, "mark_library", "9.1")
    return plan.build_all(copied, asked, makers=makers)


@pytest.mark.slow
def test_interrupted_work_leaves_nothing_half(copied):
    before = times(copied)

    def makers(tasks, shared, into):
        (into / tasks[0].slug).mkdir()
        (into / tasks[0].slug / "half.html").write_text("half")
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        stub(copied, makers)
    assert times(copied) == before
    assert not list(copied.glob("_build/.editions*"))
    assert not list(copied.rglob("half.html"))


def test_a_process_that_ends_or_hangs_is_a_failure_of_its_edition(copied):
    def makers(tasks, shared, into):
        yield tasks[0], processes.Failure("its process ended by signal 9 (SIGKILL)", "twee\nregels"), 0

    (problem,) = plan.problems(stub(copied, makers))
    assert str(problem).startswith(f"W509 edition {slug(2)}: its process ended by signal 9 (SIGKILL).")
    assert "regels" in problem.action


def test_a_folder_with_something_else_in_it_is_left_alone(copied, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("alles")
    run = build(copied, "--output", str(tmp_path / "mine"))
    assert [p.code for p in run.problems] == ["W502"]
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "alles"


def test_editions_are_known_by_their_mark_and_those_of_before_it_by_their_list(tmp_path):
    assert plan._mark(tmp_path) is None
    (tmp_path / "editions.json").write_text('{"editions": [{"folder": "2014"}]}')
    mark = plan._mark(tmp_path)
    assert [name for name in ("2014", "index.html", "CNAME", ".git") if not mark.owns(name)] == ["CNAME", ".git"]
    marker.write(tmp_path, marker.EDITIONS)
    assert plan._mark(tmp_path).holds == {"editions.json"}
    marker.write(tmp_path, marker.SITE)
    assert plan._mark(tmp_path) is None


def test_what_somebody_put_beside_the_editions_stays(copied):
    name = copied / "_build" / "editions" / "CNAME"
    name.write_text("book.example", encoding="utf-8")
    assert build(copied).code == 0
    assert name.read_text(encoding="utf-8") == "book.example"


def test_a_draft_is_of_one_edition(copied):
    assert build(copied, "--draft").code == 2


# --- the page to find them on, in a browser ---------------------------------------------------------------


@pytest.fixture(scope="module")
def reading(folder, browser):
    return reader.Reader(browser, folder)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("page", often(["index", "en/index", f"{slug(3)}/index"], f"{slug(3)}/index"))
def test_readers_with_other_needs_find_their_edition(reading, page):
    assert [fault for found in reading.read(page).values() for fault in found.faults] == []


@pytest.mark.browser
@pytest.mark.parametrize(("page", "word"), [("index", "gemeente 003"), ("en/index", "MUNICIPALITY 003")])
def test_a_search_leaves_the_editions_that_have_the_words(reading, folder, page, word):
    reading.open(page)
    reading.page.keyboard.press("Tab")
    reading.page.get_by_role("searchbox").fill(word)
    shown = [link for link in reading.page.locator("main li a").all() if link.is_visible()]
    assert [link.inner_text().lower() for link in shown] == [word.lower()]
    reading.page.get_by_role("searchbox").fill("nergens")
    assert not [link for link in reading.page.locator("main li a").all() if link.is_visible()]
