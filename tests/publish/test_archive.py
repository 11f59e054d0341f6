"""Editions beside each other: what is published stays, what changes is recorded, and readers can see both."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import atom
import feedparser
import lending
import pytest
from sweeps import LONG

import book
from wavebook.core.problems import ProblemsError
from wavebook.definitions import REVISIONS
from wavebook.publish import archive

CORRECTION = """
[[corrections]]
date = 2026-12-01
wave = 2014
pages = ["lenen"]
what.nl = "Er stond <b>stap</b> in plaats van stapje."
what.en = "It said <b>step</b>."
reason.nl = "Een vergissing."
reason.en = "A slip."
"""
SAID = (
    ("what", "nl", "Er stond boekje."),
    ("what", "en", "It said booklet."),
    ("reason", "nl", "Slordig."),
    ("reason", "en", "Careless."),
)


def next_wave(root: Path) -> None:
    """A wave of 2016, made up for this test: the figures of 2014 once more, but for one."""
    table = (root / "data/figures/2014.csv").read_text(encoding="utf-8").replace("\n2014,", "\n2016,")
    table = table.replace("high,40,", "high,42,")
    (root / "data/figures/2016.csv").write_text(table, encoding="utf-8")
    lending.declare_wave(root, "2016", published=True)
    for page in (root / "book").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("reviewed: 2014", "reviewed: 2016"), encoding="utf-8")
    lending.twins(root)


@pytest.fixture(scope="module", params=LONG)
def story(tmp_path_factory) -> dict[str, object]:
    """An edition published, again, changed in silence, changed with a record, and followed by a newer one."""

    def make(folder: Path):
        root, told = lending.copy(folder / "book", lending.fresh(tmp_path_factory), english=True), {}
        kept = folder / "kept"
        target = folder / "web"

        def step(name: str, *arguments: str) -> None:
            run = book.wavebook(root, *(arguments or ("publish", str(target))))
            shutil.copytree(target, kept / name, copy_function=shutil.copy2)
            told[name] = (run, kept / name, book.listing(target))

        step("first")
        step("again")
        book.edit(root, "book/lenen.md", "Wie een boek leent", "Wie een boekje leent")
        lending.twins(root)
        step("silent")
        (target / "2014/index.html").write_text("damaged", encoding="utf-8")
        (target / "data/figures.csv").unlink()
        book.edit(root, "book/lenen.md", "Wie een boekje leent", "Wie een boek leent")
        lending.twins(root)
        step("repaired")
        book.edit(root, "book/lenen.md", "Wie een boek leent", "Wie een boekje leent")
        lending.twins(root)
        (root / "data/corrections.toml").write_text(CORRECTION, encoding="utf-8")
        step("recorded")
        next_wave(root)
        step("newer")
        book.edit(root, "book/lenen.md", "Wie een boekje leent", "Wie iets leent")
        lending.twins(root)
        words = [f"--{name}={code}={said}" for name, code, said in SAID]
        step("corrected", "correct", str(target), "--wave", "2014", "--page", "lenen", *words)
        with (target / "2014/index.html").open("a", encoding="utf-8") as file:
            file.write("more")
        step("on top of damage")
        return told

    return book.once(tmp_path_factory, "archive", make)


def test_an_edition_lies_at_the_root_and_at_an_address_of_its_own(story):
    run, site, _ = story["first"]
    assert run.code == 0, run.err
    assert "edition 2014 published" in run.out
    for name in ("index.html", "en/index.html", "charts/overzicht.png", "data/figures.csv"):
        assert (site / name).is_file()
        assert (site / "2014" / name).is_file()


def test_a_chart_keeps_its_page_at_the_address_of_its_edition(story):
    before, now = (story[step][1] for step in ("recorded", "newer"))
    for folder in ("", "en/"):
        frozen = (now / f"2014/{folder}charts/overzicht.html").read_bytes()
        newest = (now / f"{folder}charts/overzicht.html").read_bytes()
        assert frozen == (before / f"2014/{folder}charts/overzicht.html").read_bytes()
        assert frozen != newest
        assert b'class="frozen"' in frozen
        assert b'class="frozen"' not in newest


def test_publishing_the_same_again_writes_no_file(story):
    run, _, listing = story["again"]
    assert "is there already" in run.out
    assert listing == story["first"][2]


def test_a_published_edition_does_not_change_without_a_record(story):
    run, _, listing = story["silent"]
    assert run.code == 1
    assert [p.code for p in run.problems] == ["W521"]
    assert "data/corrections.toml" in run.problems[0].action
    assert listing == story["first"][2]


def test_publishing_again_puts_back_what_was_damaged(story):
    run, site, _ = story["repaired"]
    assert run.code == 0, run.err
    assert archive.sums(site) == archive.sums(story["first"][1])


def test_nothing_is_laid_beside_an_edition_that_is_not_what_it_was(story):
    run, _, _ = story["on top of damage"]
    assert [(p.code, p.place[-15:]) for p in run.problems] == [("W522", "2014/index.html")]


def test_an_edition_says_what_it_was_made_from_and_when(story):
    record = json.loads((story["recorded"][1] / "2014/edition.json").read_text(encoding="utf-8"))
    assert record["wave"] == 2014
    assert (record["released"], record["changed"]) == ("2026-11-24", "2026-12-01")
    assert len(record["made_from"]) == 64
    assert len(record["changes"]) == 1


@pytest.mark.parametrize(("page", "feed"), [("index.html", "feed.xml"), ("en/notebooks/lenen.html", "en/feed.xml")])
def test_a_frozen_page_leads_to_the_feed_of_the_newest_edition(story, page, feed):
    site = story["newer"][1]
    html = (site / "2014" / page).read_text(encoding="utf-8")
    link = re.search(r'type="application/atom\+xml"[^>]* href="([^"]+)"', html)[1]
    assert ((site / "2014" / page).parent / link).resolve() == (site / feed).resolve()
    assert (site / feed).is_file()
    assert not list((site / "2014").rglob("feed.xml"))


def test_with_a_record_it_changes_and_readers_see_why(story):
    run, site, _ = story["recorded"]
    assert run.code == 0, run.err
    assert "Wie een boekje leent" in (site / "2014/lenen.html").read_text(encoding="utf-8")
    page = (site / "2014/wijzigingen.html").read_text(encoding="utf-8")
    assert "Er stond &lt;b&gt;stap&lt;/b&gt; in plaats van stapje." in page
    assert "1 december 2026" in page
    assert "Er zijn geen cijfers herzien." in page
    assert "A slip." in (site / "en/wijzigingen.html").read_text(encoding="utf-8")


def test_a_newer_edition_takes_the_root_and_leaves_the_older_as_it_was(story):
    run, site, _ = story["newer"]
    assert run.code == 0, run.err
    before, after = (archive.sums(story[name][1] / "2014") for name in ("recorded", "newer"))
    assert before == after
    assert "Meting 2016" in (site / "index.html").read_text(encoding="utf-8")
    assert "Meting 2014" in (site / "2014/index.html").read_text(encoding="utf-8")
    assert archive.editions(site) == ["2014", "2016"]


def test_correcting_an_earlier_edition_reaches_the_newest_and_the_feed(story):
    run, site, _ = story["corrected"]
    assert run.code == 0, run.err
    assert "Wie iets leent" in (site / "2014/lenen.html").read_text(encoding="utf-8")
    for place, said in (("", "Er stond boekje."), ("en/", "It said booklet.")):
        for edition in ("", "2014/", "2016/"):
            assert said in (site / edition / place / "wijzigingen.html").read_text(encoding="utf-8")
        read = feedparser.parse((site / place / "feed.xml").read_bytes())
        assert [said in entry.summary for entry in read.entries].count(True) == 1
        assert "2014" in next(entry.title for entry in read.entries if said in entry.summary)
    assert len(archive.verify(site)) == 3


@pytest.mark.parametrize("page", ["lenen.html", "en/lenen.html"])
def test_the_newest_edition_leads_to_the_same_page_of_each_other(story, page):
    site = story["newer"][1]
    html = (site / page).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]*/(?:2014|2016)/[^"]*|(?:2014|2016)/[^"]*)"', html)
    found = {((site / page).parent / link).resolve() for link in links}
    assert found == {(site / "2014" / page).resolve(), (site / "2016" / page).resolve()}


@pytest.mark.parametrize(("page", "newest"), [("lenen.html", "index.html"), ("en/data.html", "en/index.html")])
def test_a_frozen_page_says_so_and_leads_to_the_newest_edition(story, page, newest):
    site = story["newer"][1]
    html = (site / "2014" / page).read_text(encoding="utf-8")
    banner = html[html.index('class="edition-banner"') :]
    link = re.search(r'href="([^"]+)"', banner)[1]
    assert ((site / "2014" / page).parent / link).resolve() == (site / newest).resolve()
    assert 'class="edition-banner"' not in (site / page).read_text(encoding="utf-8")


def test_the_feed_tells_of_editions_and_corrections_and_is_valid_atom(story):
    site = story["newer"][1]
    for name in ("feed.xml", "en/feed.xml"):
        assert atom.faults(site / name) == []
        read = feedparser.parse((site / name).read_bytes())
        assert len(read.entries) == 3
        assert all(entry.id.startswith("urn:uuid:") for entry in read.entries)
        assert read.feed.updated == max(entry.updated for entry in read.entries)
        page = (site / name).with_name("index.html").read_text(encoding="utf-8")
        assert '<link rel="alternate" type="application/atom+xml"' in page


def test_the_sums_are_those_that_sha256sum_reads(story):
    site = story["newer"][1]
    for place in (site, site / "2014", site / "2016"):
        for line in (place / archive.SUMS).read_text(encoding="utf-8").splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest


def test_verify_is_content_with_what_was_published(story):
    assert len(archive.verify(story["newer"][1])) == 3


def test_verify_names_every_file_that_is_not_what_it_was(story, tmp_path):
    site = shutil.copytree(story["newer"][1], tmp_path / "web")
    data = bytearray((site / "2014/charts/overzicht.png").read_bytes())
    data[100] ^= 1
    (site / "2014/charts/overzicht.png").write_bytes(data)
    (site / "2016/index.html").unlink()
    (site / "en/more.html").write_text("?", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        archive.verify(site)
    found = {Path(p.place).relative_to(site).as_posix(): p.found.split(" since")[0] for p in caught.value.problems}
    assert found == {
        "2014/charts/overzicht.png": "was changed",
        "2016/index.html": "is missing",
        "en/more.html": "was added",
    }


@pytest.mark.parametrize("lost", ["2014/edition.json", "2014/SHA256SUMS", "2016", "edition.json", "2014/index.html"])
def test_verify_misses_whatever_is_gone(story, tmp_path, lost):
    site = shutil.copytree(story["newer"][1], tmp_path / "web")
    gone = [site / lost] if (site / lost).is_file() else [p for p in (site / lost).rglob("*") if p.is_file()]
    for path in gone:
        path.unlink()
    with pytest.raises(ProblemsError) as caught:
        archive.verify(site)
    assert {p.place for p in caught.value.problems} == {str(path) for path in gone}


@pytest.mark.parametrize("place", ["2099/index.html", "12/x.js", "2014/x.html", "en/x.html"])
def test_verify_finds_whatever_was_added(story, tmp_path, place):
    site = shutil.copytree(story["newer"][1], tmp_path / "web")
    (site / place).parent.mkdir(exist_ok=True)
    (site / place).write_text("?", encoding="utf-8")
    with pytest.raises(ProblemsError, match="was added"):
        archive.verify(site)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", None])
def test_verify_proves_nothing_without_a_list(story, tmp_path, content):
    site = shutil.copytree(story["newer"][1], tmp_path / "web")
    (site / archive.SUMS).unlink() if content is None else (site / archive.SUMS).write_bytes(content)
    with pytest.raises(ProblemsError) as caught:
        archive.verify(site)
    assert {p.code for p in caught.value.problems} == {"W522"}


@pytest.mark.parametrize("place", ["", "en/", "2014/", "2014/en/"])
def test_a_revised_figure_reaches_every_page_of_the_edition_and_of_the_root(revised, place):
    before, after = revised
    for page in ("app.html", "data.html"):
        row = r'href="[^"]*#app-used-2014"[^>]*>(\d+)' if page != "data.html" else r'id="app-used-2014".*?(\d\d)%'
        old, new = (
            re.search(row, (site / place / page).read_text(encoding="utf-8"), re.DOTALL) for site in (before, after)
        )
        assert (old[1], new[1]) == ("22", "21")
    changes = (after / place / "wijzigingen.html").read_text(encoding="utf-8")
    day, reason = ("2 December 2026", '<span lang="nl">Telfout') if "en/" in place else ("2 december 2026", "Telfout")
    assert day in changes
    assert reason in changes
    assert re.search(r"22%.*?21%", changes, re.DOTALL)


@pytest.fixture(scope="module", params=LONG)
def revised(tmp_path_factory) -> tuple[Path, Path]:
    """An edition published, and again after nothing but a figure was revised."""

    def make(folder: Path):
        root, target = lending.copy(folder / "book", lending.fresh(tmp_path_factory), english=True), folder / "web"
        run = book.wavebook(root, "publish", str(target), keep=None)
        assert run.code == 0, run.err
        shutil.copytree(target, folder / "before")
        book.edit(root, "data/figures/2014.csv", "app_used,total,,,,22,", "app_used,total,,,,21,")
        record = ",".join([*REVISIONS, "reason_en"]) + "\n2026-12-02,2014,app_used@2014,22,21,Telfout,\n"
        (root / "data/revisions.csv").write_text(record, encoding="utf-8")
        run = book.wavebook(root, "publish", str(target))
        assert run.code == 0, run.err
        return folder / "before", target

    return book.once(tmp_path_factory, "revised", make)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path_factory, tmp_path):
    runs = lending.fresh(tmp_path_factory)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "thesis.doc").write_text("years of work", encoding="utf-8")
    run = book.wavebook(runs, "publish", str(tmp_path / "web"))
    assert [p.code for p in run.problems] == ["W502"]
    assert [p.name for p in (tmp_path / "web").iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("link", [os.link, None])
def test_earlier_editions_stay_also_where_the_disk_knows_no_hard_links(tmp_path, monkeypatch, link):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", link or refuse)
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "index.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "made" / "index.html").chmod(0o600)
    for wave in ("2014", "2016"):
        made = {wave: archive.Frozen(tmp_path / "made", {"wave": wave, "changes": []})}
        archive._lay(tmp_path / "web", made, tmp_path / "made", wave)
    assert len(archive.verify(tmp_path / "web")) == 3
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "web").rglob("*") if p.is_file()} == {0o644}


@pytest.mark.parametrize(("status", "mark"), [("provisional", "[v]"), ("revised", "[r]"), ("published", "")])
def test_a_provisional_or_revised_figure_carries_its_mark_wherever_it_shows(small, status, mark):
    from wavebook import charts
    from wavebook.pages import panels

    small.row("2014", 2, status=status)
    figures = small.load()
    figure = figures["grade"]
    assert figure.text("nl", "chart") == "6,9" + (f"\u00a0{mark}" if mark else "")
    payload = charts.lines("cijfers", figures.select("grade", waves="all")).payload
    for shown in (payload["svg"]["wide"], str(payload["table"]), " ".join(payload["notes"])):
        assert re.findall(r"\[[vr]\]", shown) == ([mark] if mark else [])
    assert ("<dt>Status</dt>" in panels.of_figures(figures, (figure,))[1]) == bool(mark)


@pytest.mark.parametrize(
    ("language", "statuses", "said"),
    [
        ("nl", ("provisional", "revised"), "Tekens bij een cijfer: [v] voorlopig, [r] herzien."),
        ("en", ("provisional", "published"), "Marks beside a figure: [p] provisional."),
        ("nl", ("published", "published"), ""),
    ],
)
def test_the_page_with_all_figures_says_what_the_marks_on_them_mean(small, language, statuses, said):
    from docutils import nodes

    from wavebook.pages import figure_tables

    for wave, status in zip(("2010", "2014"), statuses, strict=True):
        small.row(wave, 2, status=status)
    first = figure_tables.figures_tables(small.load(language=language), lambda source: [nodes.Text(source)])[0]
    told = first.astext() if isinstance(first, nodes.paragraph) else ""
    assert (told if told.startswith(("Tekens", "Marks")) else "") == said  # or what is known of no figure


@pytest.mark.parametrize(
    ("wave", "released", "found"), [("2016", "2015-01-01", 1), ("2016", "2015-02-03", 0), ("2014", "2015-01-01", 0)]
)
def test_a_new_edition_does_not_come_out_before_one_that_is_there(tmp_path, wave, released, found):
    for name, day in (("2014", "2015-02-03"), ("2013", None)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.json").write_text(json.dumps({"released": day}))
    (tmp_path / "2012").mkdir()
    problems = list(archive._too_early(tmp_path, ["2012", "2013", "2014"], wave, released))
    assert [p.code for p in problems] == ["W203"] * found
    assert all("2015-02-03" in p.found and "about 2014" in p.found for p in problems)


def test_where_a_later_wave_is_in_preparation_an_editor_is_told_which_was_published(small):
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    told = [(notice.code, notice.place) for notice in archive.notices(small.root, "2013")]
    assert told == [("W453", "data/waves.toml, waves.2014")]
    assert archive.notices(small.root, "2010") == archive.notices(small.root, "2014") == []


@pytest.mark.parametrize(("held", "refused"), [([], False), (["1999", "2014"], False), (["1999", "R8"], True)])
def test_the_editions_of_another_book_keep_their_root(loaded, tmp_path, held, refused):
    found = [*archive._of_another_book(tmp_path, held, loaded.definitions)]
    assert [problem.code for problem in found] == ["W502"] * refused
