"""Builds and checks of a book, and the listings of what it says."""

import json
import os
from dataclasses import astuple, replace

import pytest
from leaf import END, TOP, make_leaf
from small import speak

from book import wavebook
from wavebook.core import marker
from wavebook.core.front_matter import twin_of
from wavebook.core.problems import Problem, ProblemsError
from wavebook.pages.records import Record
from wavebook.publish import build
from wavebook.site.sphinx import Report

PROBLEM = Problem("W401", "book/index.md:1", "x", "y")


@pytest.fixture
def root(small, monkeypatch):
    """The small book, with pages that are made without Sphinx: ``made`` lists how, ``report`` is what comes of it."""
    for name in ("book", "notebooks"):
        (small.root / name).mkdir()
    (small.root / "book" / "index.md").write_text("# T\n")
    (small.root / "_config.yml").write_text("languages: [nl, en]\ntitle: T\n")
    state = small
    state.made, state.report, state.fails, state.english = [], Report(pages=1, written=["index"]), None, []

    def make_pages(root, work, builder, **options):
        state.made.append((work.name, builder, options))
        if options.get("halfway"):
            (work / "html").mkdir(parents=True, exist_ok=True)
            (work / "html" / "index.html").write_text("dutch")
            options["halfway"]()
        if state.fails:
            raise state.fails
        (work / "html").mkdir(parents=True, exist_ok=True)
        (work / "html" / "index.html").write_text(f"made {len(state.made)}")
        marker.write(work / "html", marker.SITE)
        return state.report

    def run_sphinx(root, work, builder, **options):
        state.english.append((builder, options["language"]))
        raise ProblemsError([Problem("W403", "book/en/index.md:1", "x", "y")])

    monkeypatch.setattr(build, "make_pages", make_pages)
    monkeypatch.setattr(build, "run_sphinx", run_sphinx)
    monkeypatch.setattr(build, "_warm_up", lambda root: state.made.append("warm"))
    return state


def site(book):
    return (book.root / "_build/html/index.html").read_text()


def test_a_site_is_put_in_place_and_not_made_again_while_nothing_changed(root):
    report = build.build(root.root)
    assert (report.output, report.pages) == (root.root / "_build/html", 1)
    assert root.made[0] == "warm"
    assert root.made[1][:2] == ("edition", "html")
    again = build.build(root.root)
    assert (len(root.made), again.pages, again.written) == (2, 1, [])
    assert again.why["everything"].startswith("kept: ")


@pytest.mark.parametrize(
    ("change", "warm"),
    [("book/index.md", False), ("notebooks/n.ipynb", True), ("data/waves.toml", True), ("_config.yml", False)],
)
def test_a_change_makes_it_again_and_warms_up_where_notebooks_must_run(root, change, warm):
    build.build(root.root)
    root.made.clear()
    path = root.root / change
    path.write_text((path.read_text() if path.exists() else "") + "\n# x\n")
    build.build(root.root)
    assert ("warm" in root.made, len(root.made)) == (warm, 1 + warm)


def test_a_site_that_somebody_touched_is_made_again(root):
    build.build(root.root)
    (root.root / "_build/html/index.html").write_text("other")
    build.build(root.root)
    assert site(root).startswith("made")


def test_what_is_wrong_keeps_the_old_site_and_what_is_saved_meanwhile_is_made_next(root):
    build.build(root.root)
    before = site(root)
    (root.root / "book" / "index.md").write_text("# U\n")
    root.report = Report(problems=[PROBLEM])
    with pytest.raises(ProblemsError) as caught:
        build.build(root.root)
    assert caught.value.problems == (PROBLEM,)
    assert site(root) == before
    root.report = Report(pages=1)
    build.build(root.root)
    assert site(root) != before


def test_a_draft_shows_what_is_wrong_and_tells_it_every_time(root):
    root.report = Report(problems=[PROBLEM])
    for count in (1, 2):
        assert build.build(root.root, draft=True).problems == [PROBLEM]
        assert len([made for made in root.made if made != "warm"]) == count
    assert root.made[-1][0] == "edition-draft"


def test_with_somebody_who_waits_the_dutch_pages_are_there_first(root):
    seen = []
    build.build(root.root, halfway=lambda: seen.append(site(root)))
    assert seen == ["dutch"]
    assert site(root) != "dutch"


@pytest.mark.parametrize(
    ("place", "english", "places"),
    [
        ("book/index.md:1", True, ["book/en/index.md:1", "book/index.md:1"]),
        ("book/index.md:1", False, ["book/index.md:1"]),
        ("book/en/index.md:2", True, ["book/en/index.md:2"]),
    ],
)
def test_where_the_dutch_pages_fail_the_english_are_checked_too(root, place, english, places):
    if not english:
        root.speak("nl")
    root.fails = ProblemsError([Problem("W401", place, "x", "y")])
    with pytest.raises(ProblemsError) as caught:
        build.build(root.root)
    assert [p.place for p in caught.value.problems] == places
    assert root.english == ([("dummy", "en")] if len(places) == 2 else [])


def test_a_link_out_of_the_book_stops_a_build_before_it_begins(root, tmp_path_factory):
    os.symlink(tmp_path_factory.mktemp("elsewhere"), root.root / "book" / "weg")
    with pytest.raises(ProblemsError, match="W419"):
        build.build(root.root)
    assert root.made == []


def test_a_check_writes_no_page_and_has_a_folder_of_its_own(root):
    build.check(root.root, wave="2013", segment="theme=work")
    assert [made[:2] for made in root.made] == [("edition-wave=2013-segment=theme=work-draft-check", "dummy")]
    assert not (root.root / "_build/html").exists()


@pytest.mark.parametrize("value", ["../x", "a b", "a=b=c", "x" * 101, ""])
def test_an_edition_that_is_no_name_is_refused(value):
    with pytest.raises(ProblemsError, match="W501"):
        build._name({"population": value}, draft=False)


@pytest.mark.parametrize("wave", ["2014", "2024-03", "2023H2", "R8"])
def test_each_edition_is_made_in_a_folder_of_its_own(wave):
    named = build._name({"wave": wave, "segment": None, "population": "total"}, draft=True)
    assert named == f"edition-wave={wave}-population=total-draft"
    assert build._name({"wave": "2024-03"}, draft=False) != build._name({"wave": "2024", "baseline": "03"}, draft=False)


def test_a_damaged_note_of_the_last_build_is_as_none(tmp_path):
    note = tmp_path / "made-from.json"
    assert build._last_build(note) == {}
    note.write_text("{")
    assert build._last_build(note) == {}
    note.write_text(json.dumps({"pages": 1}))
    assert build._last_build(note) == {"pages": 1}


# --- listings -----------------------------------------------------------------------------------------------


def test_a_listing_has_each_use_by_line_with_its_verdict_and_figures():
    noted = [
        Record("claim", "rises", 9, "Steeg.", ("grade@2010", "grade@2014"), outcome="holds"),
        Record("value", "grade", 3, "6,9", ("grade@2014",)),
        Record("value", "x", 4, problem=PROBLEM),
        Record("value", "y", 5, left_out="Weg."),
        Record("facts", "", 1),
        Record("fixed", "B1", 1),
    ]
    lines = build.listing(Report(records={"book/index.md": noted})).splitlines()
    assert lines == [
        'book/index.md:3  live        {value}`grade`  "6,9"  [grade@2014]',
        'book/index.md:4  wrong       {value}`x`  ""  [-]',
        'book/index.md:5  left out    {value}`y`  ""  [-]',
        'book/index.md:9  holds       #rises  "Steeg."  [grade@2010 grade@2014]',
    ]


def rows(noted, page="book/index.md", **verdicts):
    table = build.claim_table(Report(records={page: noted}, claims={"nl": verdicts, "en": {}}))
    return [line.strip("| ").split(" | ") for line in table.splitlines()]


def test_the_table_for_reviewers_has_each_statement_and_what_it_rests_on():
    verdict = {"said": "stijgt", "basis": "measured", "facts": ["towns"], "absent": ["grade@2009"]}
    head, _, source, claim, left = rows(
        [
            Record("claim", "b", 9, "Weg.", outcome="fails", left_out="Weg.", reason="lower"),
            Record("claim", "a", 5, "Steeg | hard.", ("grade@2014",), outcome="holds"),
            Record("reported", "one,two", 2, "Zij zeggen."),
            Record("value", "grade", 1),
        ],
        a=verdict,
    )
    assert head == ["place", "sentence", "test", "figures", "basis", "verdict"]
    assert source == ["book/index.md:2", "Zij zeggen.", "", "one, two", "reported", "not tested"]
    assert claim[1:] == ["Steeg / hard.", "stijgt", "grade@2014 towns (not known: grade@2009)", "measured", "holds"]
    assert left[2:] == ["lower", "", "", "left out: fails"]


def test_a_sentence_about_today_has_both_verdicts():
    recent = {"since": "2013", "outcome": "fails"}
    verdict = {"recent": recent, "now": True, "basis": "measured"}
    assert (
        rows([Record("claim", "a", 1, "x", ("k",), outcome="holds")], a=verdict)[2][5] == "holds; against 2013: fails"
    )
    verdict["now"] = False
    assert rows([Record("claim", "a", 1, "x", ("k",), outcome="holds")], a=verdict)[2][5] == "holds"


def test_what_turned_since_the_wave_before_is_told_once_and_has_both_verdicts():
    notice = Problem("W452", "book/index.md:1", "“Het steeg” holds", "y")
    turned = Record("claim", "a", 1, "x", ("k",), outcome="holds", notice=notice)
    verdict = {"recent": {"since": "2013", "outcome": "fails"}, "now": None, "basis": "measured"}
    assert rows([turned], a=verdict)[2][5] == "holds; against 2013: fails"
    english = replace(turned, notice=replace(notice, place="book/en/index.md:1", found="“It rose” holds"))
    left_out = replace(turned, left_out="x", notice=replace(notice, place="book/index.md:2"))
    pages = {"book/index.md": [turned, left_out], "book/en/index.md": [english]}
    (told,) = build.turned(Report(records=pages, claims={"nl": {}, "en": {}}))
    assert told.places == ("book/en/index.md:1", "book/index.md:1")
    assert (told.code, told.found, told.action) == ("W452", "holds", "y")
    assert build.turned(Report(records={"book/index.md": [turned]})) == [notice]
    assert build._restored(json.loads(json.dumps(astuple(told)))) == told


def test_the_verdicts_of_a_page_are_those_of_its_language():
    record = Record("claim", "a", 1, "x", ("k",), outcome="holds", reason="own")
    assert rows([record], "book/en/index.md", a={"said": "stijgt"})[2][2] == "own"


# --- whole --------------------------------------------------------------------------------------------------


def test_english_pages_need_no_settings_of_their_own(tmp_path):
    root = make_leaf(tmp_path)
    config = (root / "_config.yml").read_text(encoding="utf-8").replace("../data/", f"{root}/data/")
    (root / "_config.yml").write_text(config, encoding="utf-8")
    speak(root, "nl", "en")
    (root / "book" / "en").mkdir()
    digest = twin_of(root / "book" / "index.md")
    page = TOP.replace("---\n", f"---\ntwin: '{digest}'\n", 1) + "{fact}`towns.date`" + END
    (root / "book" / "en" / "index.md").write_text(page, encoding="utf-8")
    report = build.check(root)
    assert report.problems == []
    assert report.pages == 2
    assert "August 2015" in [record.shown for record in report.records["book/en/index.md"]]


def test_while_a_wave_is_in_preparation_the_book_is_about_the_newest_published_one(tmp_path):
    root = make_leaf(tmp_path)
    waves, figures = root / "data" / "waves.toml", root / "data" / "figures"
    before = waves.read_text(encoding="utf-8").replace("[waves.2014]\n", "[waves.2014]\npublished = true\n")
    block = '\n[waves.2016]\nbureau = "Twee"\nsource = "report"\n'
    waves.write_text(before + block, encoding="utf-8")
    table = (figures / "2014.csv").read_text(encoding="utf-8").replace("\n2014,", "\n2016,")
    (figures / "2016.csv").write_text(table, encoding="utf-8")
    told = []
    for command in ("build", "build", "review --all", "check --wave 2016", "check"):  # the second keeps the first
        run = wavebook(root, *command.split())
        assert run.code == 0, run.err
        told.append([problem.code for problem in run.problems])
    assert told == [["W453"], ["W453"], [], [], ["W454", "W453"]]
    waves.write_text(before + block + "published = true\n", encoding="utf-8")
    assert wavebook(root, "check").problems == []
